//! The project's own drafts for fictional companies: rules expected and rules that fired, each pair of a
//! draft and a rule counted once.

use std::collections::BTreeSet;
use std::path::Path;

use draftguard_core::{Action, Engine};

use super::Family;
use crate::corpus::{self, Expected};

const GOAL: &str = "F1 .95";

pub(super) fn run(root: &Path, families: &mut Vec<Family>, skipped: &mut Vec<String>) {
    let Ok(files) = corpus::read(&root.join("tests/corpus/company")) else {
        skipped.push("tests/corpus/company".to_owned());
        return;
    };
    let mut all = Family::new("company rules, all own drafts", GOAL);
    let mut blind = Family::new("company rules, drafts written blind", GOAL);
    for file in files {
        let Ok(engine) = Engine::new(file.policies) else {
            skipped.push(file.name);
            continue;
        };
        for case in &file.cases {
            let report = engine.check(&case.draft, &case.context);
            let fired: BTreeSet<&str> = report
                .findings
                .iter()
                .filter(|f| f.action >= Action::Warn)
                .map(|f| f.rule.as_str())
                .collect();
            let notes: BTreeSet<&str> = report.findings.iter().map(|f| f.rule.as_str()).collect();
            let expected: BTreeSet<&str> = case.expect.iter().filter_map(rule).collect();
            for family in [&mut all, &mut blind] {
                if family.name.ends_with("blind") && !file.name.contains("blind") {
                    continue;
                }
                family.clean += usize::from(expected.is_empty());
                for rule in &expected {
                    match notes.contains(rule) {
                        true => family.hits += 1,
                        false => family.misses.push(format!("{rule}: {}", case.name)),
                    }
                }
                for rule in fired.difference(&expected) {
                    family.alarms.push(format!("{rule}: {}", case.name));
                }
            }
        }
    }
    families.push(all);
    families.push(blind);
}

fn rule(expected: &Expected) -> Option<&str> {
    match expected {
        Expected::Rule(rule) => Some(rule),
        Expected::Fields(fields) => fields.get("rule")?.as_str(),
    }
}
