//! How the command looks in a terminal.

use std::io::Write as _;

use anstyle::{AnsiColor, Style};
use draftguard_core::{Action, Verdict};

/// For what needs attention first.
pub(crate) const BOLD: Style = Style::new().bold();
/// For what is only there for completeness.
pub(crate) const DIM: Style = Style::new().dimmed();

const RED: Style = AnsiColor::Red.on_default().bold();
const YELLOW: Style = AnsiColor::Yellow.on_default().bold();
const GREEN: Style = AnsiColor::Green.on_default().bold();
const BLUE: Style = AnsiColor::Blue.on_default().bold();

/// A word in a style; the style is left out later where colours are not wanted.
pub(crate) fn paint(style: Style, text: &str) -> String {
    format!("{style}{text}{style:#}")
}

pub(crate) fn verdict(verdict: Verdict) -> String {
    let (style, word) = match verdict {
        Verdict::Clear => (GREEN, "clear"),
        Verdict::Note => (BLUE, "note"),
        Verdict::Warn => (YELLOW, "warn"),
        Verdict::Justify => (YELLOW, "justify"),
        Verdict::Approve => (RED, "approve"),
        Verdict::Block => (RED, "block"),
    };
    paint(style, word)
}

pub(crate) fn action(action: Action) -> String {
    verdict(action.into())
}

/// Writes an error and its causes to standard error.
pub(crate) fn error(error: &anyhow::Error) {
    let mut out = anstream::stderr();
    // Nowhere is left to report that standard error is closed.
    let _ = writeln!(out, "{} {error:#}", paint(RED, "error:"));
}
