//! `draftguard schema`: the format of policies for editors.

use std::io::Write;
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {}

pub(crate) fn run(_args: Args) -> anyhow::Result<ExitCode> {
    let mut out = std::io::stdout().lock();
    serde_json::to_writer_pretty(&mut out, &draftguard_policy::schema::schema())?;
    writeln!(out)?;
    Ok(ExitCode::SUCCESS)
}
