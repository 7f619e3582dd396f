//! The project's own drafts for fictional companies: rules expected and rules that fired, each pair of a
//! draft and a rule counted once.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::Path;

use anyhow::Result;
use draftguard_core::{Action, Engine};

use super::Family;
use crate::corpus::{self, Corpus, Expected};

const GOAL: &str = "F1 .95";

pub(super) fn run(root: &Path, families: &mut Vec<Family>, skipped: &mut Vec<String>) {
    let Ok(files) = corpus::read(&root.join("tests/corpus/company")) else {
        skipped.push("tests/corpus/company".to_owned());
        return;
    };
    let mut all = Family::new("company rules, all own drafts", GOAL);
    let mut blind = Family::new("company rules, drafts written blind", GOAL);
    for file in files {
        let is_blind = file.name.contains("blind");
        let Some(judged) = judge(file) else {
            continue;
        };
        for draft in &judged {
            draft.count(&mut all);
            if is_blind {
                draft.count(&mut blind);
            }
        }
    }
    families.push(all);
    families.push(blind);
}

/// Measures the drafts of a folder, rule by rule, with a line for every miss and false alarm.
///
/// # Errors
/// The folder cannot be read, or the output cannot be written.
pub(crate) fn folder(folder: &Path, out: &mut impl Write) -> Result<()> {
    let mut whole = Family::new("all rules", GOAL);
    let mut rules: BTreeMap<String, Family> = BTreeMap::new();
    for draft in corpus::read(folder)?.into_iter().filter_map(judge).flatten() {
        draft.count(&mut whole);
        for rule in draft.expected.union(&draft.fired) {
            let family = rules.entry(rule.clone()).or_default();
            match (draft.expected.contains(rule), draft.noted.contains(rule)) {
                (true, true) => family.hits += 1,
                (true, false) => family.misses.push(String::new()),
                (false, _) => family.alarms.push(String::new()),
            }
        }
    }
    let share = |r: Option<f64>| r.map_or_else(|| "-".to_owned(), |r| format!("{r:.2}"));
    for (name, f) in rules.iter().chain([(&whole.name, &whole)]) {
        let (missed, wrong) = (f.misses.len(), f.alarms.len());
        writeln!(
            out,
            "{name}: {} found, {missed} missed, {wrong} false; recall {} precision {} F1 {}",
            f.hits,
            share(f.recall()),
            share(f.precision()),
            share(f.f1())
        )?;
    }
    for line in &whole.misses {
        writeln!(out, "missed {line}")?;
    }
    for line in &whole.alarms {
        writeln!(out, "false {line}")?;
    }
    Ok(())
}

/// What a draft should bring and what it brought.
struct Judged {
    name: String,
    expected: BTreeSet<String>,
    /// Rules that fired with `warn` or more.
    fired: BTreeSet<String>,
    /// Rules that fired at all.
    noted: BTreeSet<String>,
}

impl Judged {
    fn count(&self, family: &mut Family) {
        family.clean += usize::from(self.expected.is_empty());
        for rule in &self.expected {
            match self.noted.contains(rule) {
                true => family.hits += 1,
                false => family.misses.push(format!("{rule}: {}", self.name)),
            }
        }
        for rule in self.fired.difference(&self.expected) {
            family.alarms.push(format!("{rule}: {}", self.name));
        }
    }
}

fn judge(file: Corpus) -> Option<Vec<Judged>> {
    let engine = Engine::new(file.policies).ok()?;
    // Rules with the same topic ask for the same thing; which of them spoke makes no difference.
    let topics: BTreeMap<String, String> =
        engine.policies().flat_map(|p| p.refined.topics.clone()).collect();
    let about = |rule: &str| topics.get(rule).cloned().unwrap_or_else(|| rule.to_owned());
    let judged = file.cases.into_iter().map(|case| {
        let report = engine.check(&case.draft, &case.context);
        let of = |least: Action| {
            let asks = report.findings.iter().filter(|f| f.action >= least);
            asks.map(|f| about(&f.rule)).collect::<BTreeSet<_>>()
        };
        // A rule that another spoke for has found what it looks for.
        let also = report.findings.iter().flat_map(|f| f.also.iter().map(|rule| about(rule)));
        Judged {
            fired: of(Action::Warn),
            noted: of(Action::Note).into_iter().chain(also).collect(),
            expected: case.expect.iter().filter_map(rule).map(about).collect(),
            name: case.name,
        }
    });
    Some(judged.collect())
}

fn rule(expected: &Expected) -> Option<&str> {
    match expected {
        Expected::Rule(rule) => Some(rule),
        Expected::Fields(fields) => fields.get("rule")?.as_str(),
    }
}
