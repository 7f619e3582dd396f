//! The one table: for a terminal, and for `docs/accuracy.md`.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context as _, Result, bail};

use super::peers::Score;
use super::{Family, ratio, wilson};

const HEAD: [&str; 9] = [
    "family",
    "labelled",
    "recall",
    "precision",
    "F1",
    "false",
    "clean texts",
    "false per 1,000",
    "goal",
];
const BEGIN: &str = "<!-- written by `cargo xtask eval`: begin -->";
const END: &str = "<!-- written by `cargo xtask eval`: end -->";

fn share(r: Option<f64>) -> String {
    r.map_or_else(|| "–".to_owned(), |r| format!("{r:.3}"))
}

/// A share with its interval at 95 % (Wilson).
fn with_interval(part: usize, whole: usize) -> String {
    if whole == 0 {
        return "–".to_owned();
    }
    let [low, high] = wilson(part, whole);
    format!("{} ({low:.2}–{high:.2})", share(ratio(part, whole)))
}

fn row(family: &Family) -> [String; 9] {
    let labelled = family.hits + family.misses.len();
    let per_thousand = if family.clean == 0 {
        "–".to_owned()
    } else if family.alarms.len() > family.clean {
        format!("{:.1}", family.per_thousand().unwrap_or_default())
    } else {
        let [low, high] = wilson(family.alarms.len(), family.clean).map(|r| r * 1000.0);
        format!("{:.1} ({low:.1}–{high:.1})", family.per_thousand().unwrap_or_default())
    };
    let apart = match family.checked {
        0 => String::new(),
        n => format!(" and {n} read and right"),
    };
    let precision = if labelled == 0 {
        "–".to_owned()
    } else {
        with_interval(family.hits, family.hits + family.alarms.len())
    };
    [
        family.name.clone(),
        labelled.to_string(),
        with_interval(family.hits, labelled),
        precision,
        if labelled == 0 { "–".to_owned() } else { share(family.f1()) },
        format!("{}{apart}", family.alarms.len()),
        family.clean.to_string(),
        per_thousand,
        family.goal.to_owned(),
    ]
}

fn peer_row(score: &Score) -> [String; 6] {
    if let Some(why) = &score.absent {
        return [
            score.set.clone(),
            score.who.clone(),
            format!("absent: {why}"),
            String::new(),
            String::new(),
            String::new(),
        ];
    }
    let found = score.hits + score.alarms;
    [
        score.set.clone(),
        score.who.clone(),
        format!("{} + {}", score.labelled, score.clean),
        with_interval(score.hits, score.labelled),
        if score.labelled == 0 { "–".to_owned() } else { share(ratio(score.hits, found)) },
        ratio(score.alarms, score.clean)
            .map_or_else(|| "–".to_owned(), |r| format!("{:.1}", r * 1000.0)),
    ]
}

const PEER_HEAD: [&str; 6] =
    ["set", "program", "texts: labelled + clean", "recall", "precision", "flagged per 1,000 clean"];

/// The table for a terminal.
pub(super) fn text(families: &[Family], peers: &[Score], skipped: &[String]) -> String {
    let mut out = columns(&HEAD, &families.iter().map(row).collect::<Vec<_>>());
    if !peers.is_empty() {
        out.push('\n');
        out.push_str(&columns(&PEER_HEAD, &peers.iter().map(peer_row).collect::<Vec<_>>()));
    }
    for name in skipped {
        let _ = writeln!(out, "skipped: {name}");
    }
    out
}

fn columns<const N: usize>(head: &[&str; N], rows: &[[String; N]]) -> String {
    let width = |c: usize| {
        rows.iter()
            .map(|r| r[c].chars().count())
            .chain([head[c].chars().count()])
            .max()
            .unwrap_or(0)
    };
    let widths: [usize; N] = std::array::from_fn(width);
    let mut out = String::new();
    let mut line = |cells: [&str; N]| {
        let mut text = String::new();
        for (cell, width) in cells.iter().zip(widths) {
            let _ = write!(text, "{cell:<width$}  ");
        }
        out.push_str(text.trim_end());
        out.push('\n');
    };
    line(*head);
    for row in rows {
        line(std::array::from_fn(|c| row[c].as_str()));
    }
    out
}

/// Writes the table between its marks in the document.
///
/// # Errors
/// The document cannot be read or written, or has no marks.
pub(super) fn into_document(path: &Path, families: &[Family], peers: &[Score]) -> Result<()> {
    let old = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let Some((before, rest)) = old.split_once(BEGIN) else {
        bail!("{}: no `{BEGIN}`", path.display())
    };
    let Some((_, after)) = rest.split_once(END) else { bail!("{}: no `{END}`", path.display()) };
    let mut table = String::new();
    markdown(&mut table, &HEAD, families.iter().map(row));
    if !peers.is_empty() {
        table.push_str("\nBeside other programs, text by text, at most 2,000 texts of a set:\n\n");
        markdown(&mut table, &PEER_HEAD, peers.iter().map(peer_row));
    }
    let new = format!("{before}{BEGIN}\n\n{table}\n{END}{after}");
    if new != old {
        std::fs::write(path, new).with_context(|| path.display().to_string())?;
    }
    Ok(())
}

fn markdown<const N: usize>(
    out: &mut String,
    head: &[&str; N],
    rows: impl Iterator<Item = [String; N]>,
) {
    let _ = writeln!(out, "| {} |\n|{}", head.join(" | "), "---|".repeat(N));
    for row in rows {
        let _ = writeln!(out, "| {} |", row.join(" | "));
    }
}
