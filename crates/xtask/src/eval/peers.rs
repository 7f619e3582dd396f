//! Other programs on the same texts. They are installed by `cargo xtask peers` into `target/peers`,
//! from the npm registry and PyPI; what is not there is named as absent.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};
use serde_json::{Value, json};

use super::Family;

/// At most so many texts of a set are given to the peers; some of them take milliseconds a text.
const TEXTS: usize = 2_000;

const NPM: &[(&str, &str)] = &[
    ("obscenity", "obscenity@0.4.6"),
    ("indonesian-badwords", "indonesian-badwords@1.0.1"),
    ("alex", "alex@11.0.1"),
    ("secretlint", "@secretlint/core@13.0.7"),
    ("secretlint", "@secretlint/secretlint-rule-preset-recommend@13.0.7"),
];
const PYPI: &[(&str, &str)] = &[
    ("presidio-analyzer", "presidio-analyzer"),
    ("detect-secrets", "detect-secrets"),
    ("lokal-id", "lokal-id"),
];

/// A text that peers judge too.
#[derive(Debug, Clone)]
pub(crate) struct Judged {
    pub(crate) text: String,
    /// Whether it should be found.
    pub(crate) labelled: bool,
    /// Whether we find it.
    pub(crate) found: bool,
}

/// What one program came to on one set.
#[derive(Debug)]
pub(crate) struct Score {
    pub(crate) set: String,
    pub(crate) who: String,
    /// Why there is nothing, where the program is absent.
    pub(crate) absent: Option<String>,
    pub(crate) labelled: usize,
    pub(crate) clean: usize,
    pub(crate) hits: usize,
    pub(crate) alarms: usize,
}

impl Score {
    fn of(set: &str, who: &str, texts: &[&Judged], found: impl Fn(usize, &Judged) -> bool) -> Self {
        let count = |labelled: bool| {
            let mine = texts.iter().enumerate().filter(|(_, t)| t.labelled == labelled);
            let (all, found): (Vec<_>, Vec<_>) = mine.map(|(i, t)| ((), found(i, t))).unzip();
            (all.len(), found.into_iter().filter(|f| *f).count())
        };
        let ((labelled, hits), (clean, alarms)) = (count(true), count(false));
        Self {
            set: set.to_owned(),
            who: who.to_owned(),
            absent: None,
            labelled,
            clean,
            hits,
            alarms,
        }
    }

    pub(crate) fn json(&self) -> Value {
        json!({
            "set": self.set, "who": self.who, "absent": self.absent, "labelled": self.labelled,
            "clean": self.clean, "found": self.hits, "false_alarms": self.alarms,
        })
    }
}

/// Installs the peers.
///
/// # Errors
/// npm, python or pip is missing or fails.
pub(crate) fn install(root: &Path) -> Result<()> {
    let folder = root.join("target/peers");
    std::fs::create_dir_all(&folder)?;
    if !folder.join("package.json").exists() {
        std::fs::write(folder.join("package.json"), "{ \"private\": true }\n")?;
    }
    let mut npm = Command::new("npm");
    npm.args(["install", "--no-audit", "--no-fund", "--ignore-scripts"]);
    finish(npm.args(NPM.iter().map(|(_, package)| package)).current_dir(&folder))?;
    if !python(&folder).exists() {
        finish(Command::new("python3").args(["-m", "venv", "venv"]).current_dir(&folder))?;
    }
    let mut pip = Command::new(python(&folder));
    pip.args(["-m", "pip", "install", "--quiet"]);
    finish(pip.args(PYPI.iter().map(|(_, package)| package)).current_dir(&folder))
}

fn finish(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("{command:?}"))?;
    if !status.success() {
        bail!("{command:?}: {status}");
    }
    Ok(())
}

fn python(folder: &Path) -> PathBuf {
    folder.join("venv/bin/python")
}

/// Lets every peer of every family judge its texts, and us beside it on the same ones.
///
/// # Errors
/// `target/eval/` cannot be written.
pub(crate) fn run(
    root: &Path,
    families: &[Family],
    skipped: &mut Vec<String>,
) -> Result<Vec<Score>> {
    let folder = root.join("target/peers");
    let scripts = std::path::absolute(root.join("crates/xtask/peers"))?;
    let mut scores = Vec::new();
    for family in families.iter().filter(|f| !f.compared.is_empty()) {
        let every = family.compared.len().div_ceil(TEXTS);
        let texts: Vec<&Judged> = family.compared.iter().step_by(every).collect();
        scores.push(Score::of(&family.name, "draftguard", &texts, |_, t| t.found));
        let set = std::path::absolute(root.join("target/eval/peers.json"))?;
        let all: Vec<&str> = texts.iter().map(|t| t.text.as_str()).collect();
        std::fs::write(&set, serde_json::to_vec(&all)?)?;
        let mut answers = Vec::new();
        let npm: Vec<&str> = wanted(family.peers, NPM);
        if !npm.is_empty() {
            let mut node = Command::new("node");
            node.arg(scripts.join("peers.mjs")).arg(&set).args(&npm).current_dir(&folder);
            answers.extend(ask(&mut node));
        }
        let pypi: Vec<&str> = wanted(family.peers, PYPI);
        if !pypi.is_empty() {
            let mut own = Command::new(std::path::absolute(python(&folder))?);
            own.arg(scripts.join("peers.py")).arg(&set).args(&pypi).current_dir(&folder);
            answers.extend(ask(&mut own));
        }
        std::fs::remove_file(&set)?;
        for peer in family.peers {
            let answer = answers.iter().find(|a| a["peer"] == *peer);
            match answer.and_then(|a| a["found"].as_array()) {
                Some(found) => {
                    let found: HashSet<u64> = found.iter().filter_map(Value::as_u64).collect();
                    let hit = |i: usize, _: &Judged| found.contains(&(i as u64));
                    scores.push(Score::of(&family.name, peer, &texts, hit));
                }
                None => {
                    let why = answer
                        .and_then(|a| a["absent"].as_str())
                        .unwrap_or("not installed: cargo xtask peers");
                    skipped.push(format!("{peer} on {} ({why})", family.name));
                    let mut score = Score::of(&family.name, peer, &[], |_, _| false);
                    score.absent = Some(why.to_owned());
                    scores.push(score);
                }
            }
        }
    }
    Ok(scores)
}

fn wanted<'a>(peers: &[&'a str], of: &[(&str, &str)]) -> Vec<&'a str> {
    peers.iter().filter(|p| of.iter().any(|(name, _)| name == *p)).copied().collect()
}

/// The lines that a peer's script answers; none where it cannot run.
fn ask(command: &mut Command) -> Vec<Value> {
    let Ok(output) = command.output() else { return Vec::new() };
    String::from_utf8_lossy(&output.stdout)
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok())
        .collect()
}
