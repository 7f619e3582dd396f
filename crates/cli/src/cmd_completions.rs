//! `draftguard completions`: scripts for shells.

use std::io::Write;
use std::process::ExitCode;

use clap::CommandFactory;
use clap_complete::Shell;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

pub(crate) fn run(args: Args) -> anyhow::Result<ExitCode> {
    // Written in one go: the generator itself panics where its output ends early.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut crate::Cli::command(), "draftguard", &mut script);
    std::io::stdout().lock().write_all(&script)?;
    Ok(ExitCode::SUCCESS)
}
