//! Problems of a policy, written for people, for programs and for code review.

use std::io::{self, Write};

use clap::ValueEnum;
use draftguard_policy::{Diagnostic, Diagnostics, Level};
use serde_json::{Value, json};

/// How problems are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Human,
    /// A JSON array
    Json,
    /// SARIF 2.1.0, as code review tools read it
    Sarif,
}

/// Writes problems.
pub(crate) fn write(out: &mut dyn Write, found: &Diagnostics, format: Format) -> io::Result<()> {
    match format {
        Format::Human => human(out, found),
        Format::Json => {
            serde_json::to_writer_pretty(&mut *out, found)?;
            writeln!(out)
        }
        Format::Sarif => {
            serde_json::to_writer_pretty(&mut *out, &sarif(found))?;
            writeln!(out)
        }
    }
}

fn human(out: &mut dyn Write, found: &Diagnostics) -> io::Result<()> {
    for diagnostic in &found.0 {
        writeln!(out, "{diagnostic}\n")?;
    }
    let count = |n: usize, word: &str| match n {
        1 => format!("1 {word}"),
        n => format!("{n} {word}s"),
    };
    match (found.count(Level::Error), found.count(Level::Warning)) {
        (0, 0) => writeln!(out, "no problems"),
        (errors, warnings) => {
            writeln!(out, "{}, {}", count(errors, "error"), count(warnings, "warning"))
        }
    }
}

/// A SARIF log (OASIS, Static Analysis Results Interchange Format 2.1.0).
fn sarif(found: &Diagnostics) -> Value {
    let mut codes: Vec<&str> = found.0.iter().map(|d| d.code).collect();
    codes.sort_unstable();
    codes.dedup();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "draftguard",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": codes.iter().map(|code| json!({ "id": code })).collect::<Vec<_>>(),
            }},
            "results": found.0.iter().map(result).collect::<Vec<_>>(),
        }],
    })
}

fn result(diagnostic: &Diagnostic) -> Value {
    let text = match &diagnostic.help {
        Some(help) => format!("{}: {help}", diagnostic.message),
        None => diagnostic.message.clone(),
    };
    let level = match diagnostic.level {
        Level::Error => "error",
        Level::Warning => "warning",
    };
    let mut result = json!({
        "ruleId": diagnostic.code,
        "level": level,
        "message": { "text": text },
    });
    if let (Some(at), Some(object)) = (&diagnostic.location, result.as_object_mut()) {
        let mut region = json!({ "startLine": at.line });
        if let (true, Some(region)) = (at.column > 0, region.as_object_mut()) {
            region.insert("startColumn".to_owned(), json!(at.column));
            region.insert("endColumn".to_owned(), json!(at.column + at.width));
        }
        let place = json!([{ "physicalLocation": {
            "artifactLocation": { "uri": at.file },
            "region": region,
        }}]);
        object.insert("locations".to_owned(), place);
    }
    result
}
