//! What is wrong with a policy, where, and what to write instead.

use std::fmt;

use serde::Serialize;

/// A stretch of one of the files that make up a policy.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// Index into [`Sources`].
    pub file: u32,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

/// The files that make up a policy, as they were read.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    files: Vec<Source>,
}

/// A file that is part of a policy.
#[derive(Debug, Clone)]
struct Source {
    name: String,
    text: String,
    /// Byte at which each line starts.
    lines: Vec<usize>,
}

impl Sources {
    /// Adds a file and returns its index.
    pub fn add(&mut self, name: &str, text: &str) -> u32 {
        let lines = std::iter::once(0)
            .chain(text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(i, _)| i + 1))
            .collect();
        self.files.push(Source { name: name.to_owned(), text: text.to_owned(), lines });
        u32::try_from(self.files.len() - 1).unwrap_or(u32::MAX)
    }

    /// The name under which a file was added.
    pub fn name(&self, file: u32) -> &str {
        self.files.get(file as usize).map_or("", |f| f.name.as_str())
    }

    /// Where a span stands, in lines and columns.
    pub fn locate(&self, span: Span) -> Option<Location> {
        let source = self.files.get(span.file as usize)?;
        let start = (span.start as usize).min(source.text.len());
        let line = source.lines.partition_point(|&at| at <= start).saturating_sub(1);
        let begin = source.lines.get(line).copied().unwrap_or(0);
        let text = source.text.get(begin..)?.lines().next().unwrap_or_default();
        let column = source.text.get(begin..start).map_or(0, |t| t.chars().count());
        let within = (begin + text.len()).min((span.end as usize).max(start));
        let width = source.text.get(start..within).map_or(1, |t| t.chars().count());
        Some(Location {
            file: source.name.clone(),
            line: line + 1,
            column: column + 1,
            width: width.max(1),
            text: text.to_owned(),
        })
    }
}

/// A place in a file, as people count.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Location {
    /// The file, as it was named on the command line or in the policy.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1; 0 where only the line is known.
    pub column: usize,
    /// How many characters of the line are meant.
    pub width: usize,
    /// The line itself.
    pub text: String,
}

/// How much a problem weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// The policy is refused.
    Error,
    /// The policy works, but probably not as meant.
    Warning,
}

/// One problem.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// How much it weighs.
    pub level: Level,
    /// A stable name for this kind of problem; the table is in `docs/policy-format.md`.
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// Where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let level = match self.level {
            Level::Error => "error",
            Level::Warning => "warning",
        };
        write!(f, "{level}[{}]: {}", self.code, self.message)?;
        if let Some(at) = &self.location {
            write!(f, "\n  --> {}:{}", at.file, at.line)?;
            if at.column > 0 {
                write!(f, ":{}", at.column)?;
            }
            if !at.text.is_empty() {
                write_line(f, at)?;
            }
        }
        if let Some(help) = &self.help {
            write!(f, "\n  = {help}")?;
        }
        Ok(())
    }
}

/// Longest piece of a line that is shown: a list on one line of 50 MB is not repeated.
const SHOWN_COLUMNS: usize = 100;

fn write_line(f: &mut fmt::Formatter<'_>, at: &Location) -> fmt::Result {
    let number = at.line.to_string();
    let gutter = " ".repeat(number.len());
    let column = at.column.saturating_sub(1);
    let skipped = column.saturating_sub(SHOWN_COLUMNS / 2);
    let mut shown: String = at.text.chars().skip(skipped).take(SHOWN_COLUMNS).collect();
    shown = shown.replace('\t', " ");
    let before = if skipped > 0 { "…" } else { "" };
    let after = if at.text.chars().count() > skipped + SHOWN_COLUMNS { "…" } else { "" };
    write!(f, "\n {gutter} |\n {number} | {before}{}{after}", shown.trim_end())?;
    if at.column > 0 {
        let indent = column - skipped + before.chars().count();
        let width = at.width.min(SHOWN_COLUMNS.saturating_sub(column - skipped)).max(1);
        write!(f, "\n {gutter} | {}{}", " ".repeat(indent), "^".repeat(width))?;
    }
    Ok(())
}

/// Every problem found in one go, in the order of the files.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Diagnostics(pub Vec<Diagnostic>);

impl Diagnostics {
    /// Whether the policy is refused.
    pub fn has_errors(&self) -> bool {
        self.0.iter().any(|d| d.level == Level::Error)
    }

    /// How many there are of a level.
    pub fn count(&self, level: Level) -> usize {
        self.0.iter().filter(|d| d.level == level).count()
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, diagnostic) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str("\n\n")?;
            }
            write!(f, "{diagnostic}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Diagnostics {}

/// Collects problems while a policy is read.
#[derive(Debug, Default)]
pub(crate) struct Sink {
    pub(crate) sources: Sources,
    found: Vec<Diagnostic>,
}

impl Sink {
    pub(crate) fn error(&mut self, code: &'static str, at: Span, message: impl Into<String>) {
        self.push(Level::Error, code, Some(at), message.into(), None);
    }

    pub(crate) fn error_help(
        &mut self,
        code: &'static str,
        at: Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.push(Level::Error, code, Some(at), message.into(), Some(help.into()));
    }

    pub(crate) fn warn_help(
        &mut self,
        code: &'static str,
        at: Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.push(Level::Warning, code, Some(at), message.into(), Some(help.into()));
    }

    pub(crate) fn push(
        &mut self,
        level: Level,
        code: &'static str,
        at: Option<Span>,
        message: String,
        help: Option<String>,
    ) {
        let location = at.and_then(|span| self.sources.locate(span));
        self.add(Diagnostic { level, code, message, help, location });
    }

    /// Adds a problem unless the very same one is known: values are read again
    /// after each error, and report their unknown keys each time.
    pub(crate) fn add(&mut self, diagnostic: Diagnostic) {
        if !self.found.contains(&diagnostic) {
            self.found.push(diagnostic);
        }
    }

    pub(crate) fn has_errors(&self) -> bool {
        self.found.iter().any(|d| d.level == Level::Error)
    }

    pub(crate) fn finish(self) -> Diagnostics {
        let mut found = self.found;
        found.sort_by(|a, b| {
            let key =
                |d: &Diagnostic| d.location.as_ref().map(|l| (l.file.clone(), l.line, l.column));
            key(a).cmp(&key(b)).then(a.level.cmp(&b.level))
        });
        Diagnostics(found)
    }
}
