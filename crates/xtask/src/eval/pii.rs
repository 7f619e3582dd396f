//! Personal data: synthetic posts with spans, and the unit cases of Presidio's recognisers.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use draftguard_core::PartRole;
use draftguard_core::detect::{Facts, Found, find};
use draftguard_core::text::PartText;
use serde_json::Value;

use super::peers::Judged;
use super::{Family, cut, lines};

/// Labels of the synthetic posts, and the detectors that answer for them.
const LABELS: &[(&str, &str, &[&str])] = &[
    ("EMAIL", "pii e-mail", &["pii.email"]),
    ("PHONE", "pii phone, Indonesia", &["pii.phone"]),
    ("US_PHONE", "pii phone, US", &["pii.phone"]),
    ("CARD", "pii card", &["pii.card"]),
    ("IBAN", "pii IBAN", &["finance.iban"]),
    ("US_SSN", "pii SSN", &["pii.us.ssn"]),
    ("NIK", "pii NIK", &["pii.id.nik"]),
    ("KK", "pii KK", &["pii.id.kk"]),
    ("NPWP", "pii NPWP", &["pii.id.npwp"]),
    ("BPJS", "pii BPJS", &["pii.id.bpjs"]),
    ("PASSPORT", "pii passport", &["pii.id.passport"]),
    ("PLATE", "pii plate", &["pii.id.plate"]),
    ("BANK_ACCOUNT", "pii bank account", &["pii.bank-account"]),
    ("ADDRESS", "pii address", &["pii.address"]),
];

/// Recognisers of Presidio that Draftguard has a detector for.
const RECOGNIZERS: &[(&str, &str)] = &[
    ("credit_card", "pii.card"),
    ("email", "pii.email"),
    ("phone", "pii.phone"),
    ("us_ssn", "pii.us.ssn"),
    ("us_itin", "pii.us.itin"),
    ("ip", "pii.ip"),
];

fn scan(text: &str) -> Vec<Found> {
    let text = PartText::new("body", PartRole::Body, text);
    find("*", &text, &Facts::default())
        .into_iter()
        .filter(|f| !f.name.starts_with("health.") && !f.name.starts_with("secret."))
        .collect()
}

/// Values that are published as examples and never fire, by design.
fn safe(label: &str, value: &str) -> bool {
    let digits: String = value.chars().filter(char::is_ascii_digit).collect();
    match label {
        "EMAIL" | "email" => {
            let host = value.rsplit('@').next().unwrap_or_default();
            host.ends_with(".example")
                || matches!(host, "example.com" | "example.net" | "example.org")
        }
        "US_PHONE" | "phone" => {
            digits.get(digits.len().wrapping_sub(7)..).is_some_and(|d| d.starts_with("55501"))
                && digits.len() >= 10
        }
        "credit_card" => TEST_CARDS.contains(&digits.as_str()),
        "ip" => {
            ["192.0.2", "198.51.100", "203.0.113", "2001:db8", "127.", "::1", "255.255.255.255"]
                .iter()
                .any(|p| value.starts_with(p))
        }
        _ => false,
    }
}

/// Test cards among the unit cases.
const TEST_CARDS: &[&str] = &[
    "4012888888881881",
    "122000000000003",
    "371449635398431",
    "5555555555554444",
    "5019717010103742",
    "30569309025904",
    "6011000400000000",
    "3528000700000000",
    "6759649826438453",
    "4111111111111111",
    "4917300800000000",
    "4484070000000000",
];

pub(super) fn run(
    corpora: &Path,
    ordinary: &[String],
    families: &mut Vec<Family>,
    skipped: &mut Vec<String>,
) {
    if !ordinary.is_empty() {
        let mut family = Family::new("pii in ordinary posts", "");
        family.clean = ordinary.len();
        for text in ordinary {
            for f in find("*", &PartText::new("body", PartRole::Body, text), &Facts::default()) {
                if !f.name.starts_with("secret.") {
                    let found = cut(text, f.span.clone());
                    family
                        .alarms
                        .push(format!("{} {found:?} ({}, {}) in {text}", f.name, f.score, f.why));
                }
            }
        }
        families.push(family);
    }
    match lines(&corpora.join("pii/id-synth-dev.jsonl")) {
        Some(rows) => posts(&rows, families),
        None => skipped.push("pii/id-synth-dev.jsonl".to_owned()),
    }
    match lines(&corpora.join("pii/recognizer_unit_cases.jsonl")) {
        Some(rows) => cases(&rows, families),
        None => skipped.push("pii/recognizer_unit_cases.jsonl".to_owned()),
    }
}

/// Bytes of a range of characters.
fn bytes(text: &str, start: usize, end: usize) -> Range<usize> {
    let at = |n: usize| text.char_indices().nth(n).map_or(text.len(), |(i, _)| i);
    at(start)..at(end)
}

fn posts(rows: &[Value], families: &mut Vec<Family>) {
    let mut by_label: BTreeMap<&str, Family> =
        LABELS.iter().map(|(label, name, _)| (*label, Family::new(name, ".98 / .99"))).collect();
    let mut all = Family::new("pii with structure, all", ".98 / .99");
    all.peers = &["presidio-analyzer", "lokal-id"];
    for row in rows {
        let text = row["text"].as_str().unwrap_or_default();
        let found = scan(text);
        let known = |s: &Value| LABELS.iter().any(|(label, _, _)| s["type"] == *label);
        all.compared.push(Judged {
            text: text.to_owned(),
            labelled: row["spans"].as_array().is_some_and(|spans| spans.iter().any(known)),
            found: !found.is_empty(),
        });
        let mut used = vec![false; found.len()];
        let spans = row["spans"].as_array().map(Vec::as_slice).unwrap_or_default();
        if spans.is_empty() {
            all.clean += 1;
        }
        for span in spans {
            let label = span["type"].as_str().unwrap_or_default();
            let Some((_, _, detectors)) = LABELS.iter().find(|(l, _, _)| *l == label) else {
                continue;
            };
            let Some(family) = by_label.get_mut(label) else { continue };
            let at = |k: &str| span[k].as_u64().unwrap_or(0) as usize;
            let range = bytes(text, at("start"), at("end"));
            if safe(label, cut(text, range.clone())) {
                family.safe += 1;
                all.safe += 1;
                continue;
            }
            let hit = found.iter().position(|f| {
                detectors.iter().any(|d| f.name.starts_with(d))
                    && f.span.start < range.end
                    && range.start < f.span.end
                    && f.span.len() * 2 >= range.len()
            });
            match hit {
                Some(i) => {
                    used[i] = true;
                    family.hits += 1;
                    all.hits += 1;
                }
                None => {
                    let line = format!("{label} {:?} in {text}", cut(text, range));
                    family.misses.push(line.clone());
                    all.misses.push(line);
                }
            }
        }
        for (f, _) in found.iter().zip(used).filter(|(_, used)| !used) {
            let line = format!(
                "{} {:?} ({}, {}) in {text}",
                f.name,
                cut(text, f.span.clone()),
                f.score,
                f.why
            );
            if let Some((label, _, _)) =
                LABELS.iter().find(|(_, _, d)| d.iter().any(|d| f.name.starts_with(d)))
                && let Some(family) = by_label.get_mut(label)
            {
                family.alarms.push(line.clone());
            }
            all.alarms.push(line);
        }
    }
    families.push(all);
    families.extend(LABELS.iter().filter_map(|(label, _, _)| by_label.remove(label)));
}

fn cases(rows: &[Value], families: &mut Vec<Family>) {
    for (recognizer, detector) in RECOGNIZERS {
        let mut family = Family::new(&format!("presidio cases, {recognizer}"), "");
        for row in rows.iter().filter(|r| r["recognizer"] == *recognizer) {
            let text = row["text"].as_str().unwrap_or_default();
            let found: Vec<Found> =
                scan(text).into_iter().filter(|f| f.name.starts_with(detector)).collect();
            let values: Vec<&str> = row["spans"]
                .as_array()
                .map(|spans| {
                    spans
                        .iter()
                        .map(|s| {
                            let at = |i: usize| s[i].as_u64().unwrap_or(0) as usize;
                            cut(text, bytes(text, at(0), at(1)))
                        })
                        .collect()
                })
                .unwrap_or_default();
            if row["label"] == 1 {
                let expected = values.iter().filter(|v| !safe(recognizer, v)).count();
                family.safe += values.len() - expected;
                if values.is_empty() {
                    match found.is_empty() {
                        true => family.misses.push(text.to_owned()),
                        false => family.hits += 1,
                    }
                    continue;
                }
                let hits = found.len().min(expected);
                family.hits += hits;
                for _ in hits..expected {
                    family.misses.push(format!("{values:?} in {text}"));
                }
            } else {
                family.clean += 1;
                for f in found {
                    family.alarms.push(format!(
                        "{} {:?} in {text}",
                        f.name,
                        cut(text, f.span.clone())
                    ));
                }
            }
        }
        families.push(family);
    }
}
