//! `draftguard test`: the examples that a policy carries.

use std::io::Write;
use std::process::ExitCode;

use clap::ValueEnum;
use serde_json::json;

use crate::{policies, style};

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Policies: files, or packs that are shipped
    #[arg(required = true, value_name = "FILE|pack:NAME")]
    policy: Vec<String>,
    /// Only the examples of rules whose id begins so
    #[arg(long, value_name = "ID")]
    rule: Option<String>,
    /// How the result is written
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Human,
    /// A JSON object
    Json,
}

pub(crate) fn run(args: Args) -> anyhow::Result<ExitCode> {
    let mut out = anstream::stdout();
    let (mut passed, mut failures) = (0, Vec::new());
    for mut compiled in policies::compile_all(&args.policy)? {
        if let Some(prefix) = &args.rule {
            compiled.examples.retain(|e| e.rule.starts_with(prefix.as_str()));
        }
        let failed = compiled.run_examples()?;
        passed += compiled.examples.len() - failed.len();
        failures.extend(failed);
    }
    match args.format {
        Format::Json => {
            let result =
                json!({ "passed": passed, "failed": failures.len(), "failures": failures });
            serde_json::to_writer_pretty(&mut out, &result)?;
            writeln!(out)?;
        }
        Format::Human => {
            for failure in &failures {
                let place = failure.location.as_ref();
                let place = place.map_or_else(String::new, |l| format!("{}:{}: ", l.file, l.line));
                writeln!(out, "{place}{}", style::paint(style::BOLD, &failure.rule))?;
                writeln!(out, "  “{}”", failure.text)?;
                writeln!(out, "  {}\n", failure.explain())?;
            }
            writeln!(out, "{passed} passed, {} failed", failures.len())?;
        }
    }
    Ok(ExitCode::from(u8::from(!failures.is_empty())))
}
