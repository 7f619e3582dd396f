//! `cargo xtask eval`: how well the detectors do on the labelled sets that are at hand.
//!
//! The sets are not part of the repository. They are looked for under `DRAFTGUARD_CORPORA`, else in
//! `../shared/corpora` beside the checkout; a set that is absent is skipped by name.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use serde_json::{Value, json};

mod checked;
pub(crate) mod company;
mod links;
pub(crate) mod peers;
mod pii;
mod secrets;
mod table;
pub(crate) mod tone;

/// What one family of examples came to.
#[derive(Debug, Default)]
pub(crate) struct Family {
    /// Its name in the table.
    pub(crate) name: String,
    /// Labelled things that were found.
    pub(crate) hits: usize,
    /// Labelled things that were not found, in a line each.
    pub(crate) misses: Vec<String>,
    /// Findings where nothing is labelled, in a line each.
    pub(crate) alarms: Vec<String>,
    /// Texts without anything to find.
    pub(crate) clean: usize,
    /// Labelled things left out because they are documented safe values.
    pub(crate) safe: usize,
    /// Findings that somebody read and found right although nothing is labelled there (see `checked`).
    pub(crate) checked: usize,
    /// Texts that other programs judge too, each with whether it should be found and whether we do.
    pub(crate) compared: Vec<peers::Judged>,
    /// The programs that judge them.
    pub(crate) peers: &'static [&'static str],
    /// Goals for recall and precision (or for false alarms, where nothing is labelled).
    pub(crate) goal: &'static str,
}

impl Family {
    /// An empty family.
    pub(crate) fn new(name: &str, goal: &'static str) -> Self {
        Self { name: name.to_owned(), goal, ..Self::default() }
    }

    fn recall(&self) -> Option<f64> {
        ratio(self.hits, self.hits + self.misses.len())
    }

    fn precision(&self) -> Option<f64> {
        ratio(self.hits, self.hits + self.alarms.len())
    }

    fn per_thousand(&self) -> Option<f64> {
        ratio(self.alarms.len(), self.clean).map(|r| r * 1000.0)
    }

    fn f1(&self) -> Option<f64> {
        match (self.recall(), self.precision()) {
            (Some(r), Some(p)) if r + p > 0.0 => Some(2.0 * r * p / (r + p)),
            _ => None,
        }
    }

    fn json(&self) -> Value {
        let f1 = self.f1();
        let interval = |k: usize, n: usize| (n > 0).then(|| json!(wilson(k, n)));
        json!({
            "family": self.name, "goal": self.goal,
            "labelled": self.hits + self.misses.len(), "found": self.hits,
            "false_alarms": self.alarms.len(), "clean_texts": self.clean, "safe_left_out": self.safe,
            "checked_by_hand_and_right": self.checked,
            "recall": self.recall(), "precision": self.precision(), "f1": f1,
            "recall_interval": interval(self.hits, self.hits + self.misses.len()),
            "precision_interval": interval(self.hits, self.hits + self.alarms.len()),
            "false_alarms_per_1000": self.per_thousand(),
            "false_alarms_per_1000_interval": interval(self.alarms.len().min(self.clean), self.clean)
                .filter(|_| self.clean >= self.alarms.len())
                .map(|_| json!(wilson(self.alarms.len(), self.clean).map(|r| r * 1000.0))),
        })
    }
}

fn ratio(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// The Wilson score interval at 95 %: for shares near 0 and 1 it stays inside them.
fn wilson(k: usize, n: usize) -> [f64; 2] {
    let (k, n, z) = (k as f64, n as f64, 1.96_f64);
    let p = k / n;
    let middle = p + z * z / (2.0 * n);
    let spread = z * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt();
    let whole = 1.0 + z * z / n;
    [((middle - spread) / whole).max(0.0), ((middle + spread) / whole).min(1.0)]
}

/// The folder of the labelled sets, if there is one.
pub(crate) fn corpora(root: &Path) -> Option<PathBuf> {
    if let Some(path) = std::env::var_os("DRAFTGUARD_CORPORA") {
        return Some(path.into());
    }
    ["../shared/corpora", "../../shared/corpora"].iter().map(|p| root.join(p)).find(|p| p.is_dir())
}

/// The objects of a file with one JSON object a line; none where the file is absent.
pub(crate) fn lines(path: &Path) -> Option<Vec<Value>> {
    let text = std::fs::read_to_string(path).ok()?;
    Some(text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect())
}

/// Ordinary posts, for counting false alarms: nothing in them is labelled.
pub(crate) fn ordinary(corpora: &Path) -> Vec<String> {
    let mut posts = Vec::new();
    if let Ok(text) = std::fs::read_to_string(corpora.join("davidson-en/labeled_data.csv")) {
        posts.extend(csv(&text).into_iter().skip(1).filter_map(|mut row| row.pop()));
    }
    for name in ["train.inf", "unlabelled.inf", "train.for"] {
        let text = std::fs::read_to_string(corpora.join("id-posts").join(name)).unwrap_or_default();
        posts.extend(text.lines().map(str::to_owned));
    }
    let text = std::fs::read_to_string(corpora.join("id-posts/smsa_train.tsv")).unwrap_or_default();
    posts.extend(text.lines().filter_map(|l| l.split('\t').next()).map(str::to_owned));
    posts
}

/// A stretch of a text; empty where it does not fit.
pub(crate) fn cut(text: &str, range: std::ops::Range<usize>) -> &str {
    text.get(range).unwrap_or_default()
}

/// Rows of comma-separated values (RFC 4180).
pub(crate) fn csv(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut field) = (Vec::new(), Vec::new(), String::new());
    let mut quoted = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                field.push('"');
                chars.next();
            }
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut field)),
            '\n' if !quoted => {
                row.push(std::mem::take(&mut field));
                rows.push(std::mem::take(&mut row));
            }
            '\r' if !quoted => {}
            c => field.push(c),
        }
    }
    if !field.is_empty() || !row.is_empty() {
        row.push(field);
        rows.push(row);
    }
    rows
}

/// Runs every set that is present, prints the table, writes `target/eval/`.
///
/// # Errors
/// `target/eval/` cannot be written.
pub(crate) fn run(root: &Path) -> Result<()> {
    let mut out = std::io::stdout().lock();
    let Some(corpora) = corpora(root) else {
        writeln!(out, "eval: skipped, no labelled sets (set DRAFTGUARD_CORPORA)")?;
        return Ok(());
    };
    let mut families = Vec::new();
    let mut skipped = Vec::new();
    let posts = ordinary(&corpora);
    if posts.is_empty() {
        skipped.push("davidson-en, id-posts (ordinary posts)".to_owned());
    }
    pii::run(&corpora, &posts, &mut families, &mut skipped);
    tone::run(&corpora, &mut families, &mut skipped);
    secrets::run(&corpora, &posts, &mut families, &mut skipped);
    links::run(&corpora, &mut families, &mut skipped);

    company::run(root, &mut families, &mut skipped);
    let target = root.join("target/eval");
    std::fs::create_dir_all(&target).with_context(|| format!("making {}", target.display()))?;
    let rivals = peers::run(root, &families, &mut skipped)?;
    write!(out, "{}", table::text(&families, &rivals, &skipped))?;
    table::into_document(&root.join("docs/accuracy.md"), &families, &rivals)?;

    let summary: Vec<Value> = families.iter().map(Family::json).collect();
    let rivals: Vec<Value> = rivals.iter().map(peers::Score::json).collect();
    let summary = json!({ "families": summary, "peers": rivals, "skipped": skipped });
    std::fs::write(target.join("summary.json"), serde_json::to_string_pretty(&summary)?)
        .context("writing summary.json")?;
    for family in &families {
        let name: String =
            family.name.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
        for (kind, lines) in [("misses", &family.misses), ("alarms", &family.alarms)] {
            let text = lines.iter().take(limit()).cloned().collect::<Vec<_>>().join("\n");
            std::fs::write(target.join(format!("{name}.{kind}.txt")), text)
                .context("writing misses and alarms")?;
        }
    }
    Ok(())
}

/// How many misses and false alarms of a family are written out (`EVAL_LINES`, else 50).
fn limit() -> usize {
    std::env::var("EVAL_LINES").ok().and_then(|n| n.parse().ok()).unwrap_or(50)
}
