//! `draftguard check`: the engine of the extension for texts from a file or standard input.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use clap::ValueEnum;
use draftguard_core::{
    Action, Context, Draft, Engine, Finding, Fix, Kind, Report, Severity, Verdict,
};
use serde::Serialize;
use serde_json::Value;

use crate::input::{self, Input};
use crate::{policies, style};

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// A policy: a file, or a pack that is shipped; may be given several times
    #[arg(long, value_name = "FILE|pack:NAME", default_value = "pack:core")]
    policy: Vec<String>,
    /// Where the text is written, such as site=x, surface=reply, account=brand, role=press;
    /// a line of input overrides it key by key
    #[arg(long, value_name = "KEY=VALUE", value_parser = key_value)]
    context: Vec<(String, String)>,
    /// How findings are written [default: jsonl for jsonl input, else human]
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// What comes in: one text, or one JSON object a line
    #[arg(long, value_enum, default_value = "auto")]
    input: InputKind,
    /// The file to read; `-` is standard input
    #[arg(default_value = "-")]
    file: PathBuf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Human,
    /// One JSON object for each draft
    Jsonl,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum InputKind {
    /// By the file's ending, or by a first line that is a JSON object
    Auto,
    /// The whole input is one draft
    Text,
    /// Each line is a JSON object: {"id", "text" or "parts", "links", "media", "context"}
    Jsonl,
}

fn key_value(text: &str) -> Result<(String, String), String> {
    let (key, value) = text.split_once('=').ok_or("write KEY=VALUE, such as site=x")?;
    input::set(&mut Context::default(), key, value).map_err(|e| e.to_string())?;
    Ok((key.to_owned(), value.to_owned()))
}

/// What goes out for a draft.
#[derive(Serialize)]
struct Line<'a> {
    id: &'a Value,
    verdict: Verdict,
    findings: Vec<LineFinding<'a>>,
}

#[derive(Serialize)]
struct LineFinding<'a> {
    part: &'a str,
    rule: &'a str,
    kind: Kind,
    #[serde(skip_serializing_if = "Option::is_none")]
    detector: Option<&'a str>,
    severity: Severity,
    action: Action,
    start: u32,
    end: u32,
    text: &'a str,
    message: &'a str,
    fixes: &'a [Fix],
}

impl<'a> From<&'a Finding> for LineFinding<'a> {
    fn from(f: &'a Finding) -> Self {
        Self {
            part: &f.part,
            rule: &f.rule,
            kind: f.kind,
            detector: f.detector.as_deref(),
            severity: f.severity,
            action: f.action,
            start: f.start,
            end: f.end,
            text: &f.text,
            message: &f.message,
            fixes: &f.fixes,
        }
    }
}

/// What goes out for a line that cannot be read.
#[derive(Serialize)]
struct LineError {
    error: String,
    line: u64,
}

pub(crate) fn run(args: Args) -> anyhow::Result<ExitCode> {
    let mut defaults = Context::default();
    for (key, value) in &args.context {
        input::set(&mut defaults, key, value)?;
    }
    // The engine has no clock of its own.
    defaults.now.get_or_insert_with(|| jiff::Timestamp::now().to_string());

    let compiled = policies::compile_all(&args.policy)?;
    let engine = draftguard_policy::engine(compiled.into_iter().map(|c| c.policy).collect())
        .context("the policy cannot be used")?;

    let source: Box<dyn Read> = if args.file == Path::new("-") {
        Box::new(io::stdin())
    } else {
        let file = File::open(&args.file).map_err(|e| {
            anyhow::anyhow!("cannot read `{}`: {}", args.file.display(), policies::reason(&e))
        })?;
        Box::new(file)
    };
    let mut reader = BufReader::with_capacity(1 << 16, source);
    let is_jsonl = match args.input {
        InputKind::Jsonl => true,
        InputKind::Text => false,
        InputKind::Auto => looks_like_jsonl(&args.file, &mut reader)?,
    };
    let format = args.format.unwrap_or(if is_jsonl { Format::Jsonl } else { Format::Human });
    let mut run = Run {
        engine,
        format,
        named: is_jsonl,
        out: BufWriter::with_capacity(1 << 16, output(format)),
        worst: 0,
    };
    if is_jsonl {
        run.lines(&mut reader, &defaults)?;
    } else {
        let mut bytes = Vec::new();
        reader.read_to_end(&mut bytes).context("cannot read the text")?;
        let text = match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(e) => {
                bail!("the text is not UTF-8: byte {} is none of it", e.utf8_error().valid_up_to())
            }
        };
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let input = Input { id: Value::Null, draft: Draft::from_text(text), context: defaults };
        run.check(&input)?;
    }
    run.out.flush()?;
    Ok(ExitCode::from(run.worst))
}

/// Where reports go. Lines for programs have no colours to look for; for people they are decided
/// by NO_COLOR and by what standard output is.
fn output(format: Format) -> Box<dyn Write> {
    match format {
        Format::Jsonl => Box::new(io::stdout()),
        Format::Human => Box::new(anstream::stdout()),
    }
}

/// Whether the input is one JSON object a line, as far as its beginning tells.
fn looks_like_jsonl(file: &Path, reader: &mut impl BufRead) -> anyhow::Result<bool> {
    let ending = file.extension().and_then(|e| e.to_str()).unwrap_or_default();
    if matches!(ending, "jsonl" | "ndjson") {
        return Ok(true);
    }
    let start = reader.fill_buf().context("cannot read the text")?;
    let start = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(start).trim_ascii_start();
    let line = start.split(|b| *b == b'\n').next().unwrap_or_default();
    Ok(line.starts_with(b"{")
        && serde_json::from_slice::<serde_json::Map<String, Value>>(line)
            .is_ok_and(|object| object.contains_key("text") || object.contains_key("parts")))
}

struct Run<W: Write> {
    engine: Engine,
    format: Format,
    /// Whether drafts have ids of their own.
    named: bool,
    out: BufWriter<W>,
    /// The exit code so far: 0, 1 or 2.
    worst: u8,
}

impl<W: Write> Run<W> {
    fn lines<R: Read>(
        &mut self,
        reader: &mut BufReader<R>,
        defaults: &Context,
    ) -> anyhow::Result<()> {
        let mut bytes = Vec::new();
        let mut number = 0;
        loop {
            bytes.clear();
            if reader.read_until(b'\n', &mut bytes).context("cannot read the drafts")? == 0 {
                return Ok(());
            }
            number += 1;
            let mut line = bytes.as_slice();
            if number == 1 {
                line = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line);
            }
            let line = line.trim_ascii();
            if line.is_empty() {
                continue;
            }
            let input = std::str::from_utf8(line)
                .map_err(|e| {
                    anyhow::anyhow!("the line is not UTF-8: byte {} is none of it", e.valid_up_to())
                })
                .and_then(|line| input::read_line(line, defaults));
            match input {
                Ok(input) => self.check(&input)?,
                Err(error) => self.fault(number, &error)?,
            }
            // Somebody who feeds one line and waits for its answer gets it.
            if reader.buffer().is_empty() {
                self.out.flush()?;
            }
        }
    }

    fn fault(&mut self, line: u64, error: &anyhow::Error) -> io::Result<()> {
        self.worst = 2;
        match self.format {
            Format::Jsonl => {
                serde_json::to_writer(
                    &mut self.out,
                    &LineError { error: error.to_string(), line },
                )?;
                writeln!(self.out)
            }
            Format::Human => writeln!(self.out, "line {line}: {error}\n"),
        }
    }

    fn check(&mut self, input: &Input) -> anyhow::Result<()> {
        let report = self.engine.check(&input.draft, &input.context);
        if report.verdict.holds() {
            self.worst = self.worst.max(1);
        }
        match self.format {
            Format::Jsonl => {
                let line = Line {
                    id: &input.id,
                    verdict: report.verdict,
                    findings: report.findings.iter().map(LineFinding::from).collect(),
                };
                serde_json::to_writer(&mut self.out, &line)?;
                writeln!(self.out)?;
            }
            Format::Human => self.human(input, &report)?,
        }
        Ok(())
    }

    fn human(&mut self, input: &Input, report: &Report) -> io::Result<()> {
        let out = &mut self.out;
        if self.named {
            let id = input.id.as_str().map_or_else(|| input.id.to_string(), str::to_owned);
            write!(out, "{} ", style::paint(style::BOLD, &id))?;
        }
        let count = report.findings.len();
        match count {
            0 => writeln!(out, "{}", style::verdict(report.verdict))?,
            1 => writeln!(out, "{}: 1 finding", style::verdict(report.verdict))?,
            _ => writeln!(out, "{}: {count} findings", style::verdict(report.verdict))?,
        }
        for finding in &report.findings {
            let part = input.draft.parts.iter().find(|p| p.id == finding.part);
            let place = part.map_or_else(|| "-".to_owned(), |p| place(&p.text, finding.start));
            let place = if input.draft.parts.len() > 1 && !finding.part.is_empty() {
                format!("{} {place}", finding.part)
            } else {
                place
            };
            writeln!(
                out,
                "  {place} {} {}{}",
                style::action(finding.action),
                if finding.text.is_empty() {
                    String::new()
                } else {
                    format!("“{}” ", shown(&finding.text))
                },
                style::paint(style::DIM, finding.detector.as_deref().unwrap_or(&finding.rule)),
            )?;
            writeln!(out, "      {}", finding.message)?;
            for fix in &finding.fixes {
                writeln!(out, "      {} {}", style::paint(style::DIM, "fix:"), fix_text(fix))?;
            }
        }
        if !report.observed.is_empty() {
            let rules = report.observed.join(", ");
            writeln!(out, "  {} {rules}", style::paint(style::DIM, "only observed:"))?;
        }
        if self.named {
            writeln!(out)?;
        }
        Ok(())
    }
}

/// Line and column of a UTF-16 offset, from 1.
fn place(text: &str, offset: u32) -> String {
    let (mut line, mut column, mut units) = (1, 1, 0);
    for c in text.chars() {
        if units >= offset {
            break;
        }
        units += u32::try_from(c.len_utf16()).unwrap_or(1);
        if c == '\n' {
            line += 1;
            column = 1;
        } else {
            column += 1;
        }
    }
    format!("{line}:{column}")
}

/// At most 60 characters of a text, on one line.
fn shown(text: &str) -> String {
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if flat.chars().count() <= 60 {
        return flat;
    }
    flat.chars().take(59).chain(['…']).collect()
}

fn fix_text(fix: &Fix) -> String {
    match fix {
        Fix::Replace { text, .. } => format!("write “{text}”"),
        Fix::Remove { .. } => "take it out".to_owned(),
        Fix::Insert { text, .. } => format!("add “{}”", shown(text)),
        Fix::Response { title, .. } => format!("use the approved response “{title}”"),
        Fix::Contact { name, mail, url, .. } => {
            let way = mail.as_deref().or(url.as_deref());
            way.map_or_else(|| format!("ask {name}"), |way| format!("ask {name} ({way})"))
        }
    }
}
