//! `draftguard lint`: every problem of a policy at once.

use std::process::ExitCode;

use draftguard_policy::{Diagnostics, Level, Lint, lint};

use crate::policies;
use crate::problems::{self, Format};

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Policies: files, or packs that are shipped
    #[arg(required = true, value_name = "FILE|pack:NAME")]
    policy: Vec<String>,
    /// How problems are written
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
    /// Warnings count as problems: the exit code is 1
    #[arg(long)]
    deny_warnings: bool,
}

pub(crate) fn run(args: Args) -> anyhow::Result<ExitCode> {
    let now = Some(jiff::Timestamp::now().as_second());
    let mut all = Diagnostics::default();
    for name in &args.policy {
        let found = match policies::compile(name)? {
            Ok(compiled) => lint(&compiled, Lint { now })?,
            Err(found) => found,
        };
        all.0.extend(found.0);
    }
    problems::write(&mut anstream::stdout(), &all, args.format)?;
    let failed = all.has_errors() || (args.deny_warnings && all.count(Level::Warning) > 0);
    Ok(ExitCode::from(u8::from(failed)))
}
