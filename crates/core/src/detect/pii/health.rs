//! Identifiers of patients: HIPAA's list (45 CFR 164.514(b)(2)) next to words of care.

use super::{Candidate, Source, add};
use crate::detect::marked::{Mark, marked};
use crate::detect::nearby::words::{CARE, PLAN, RECORD};

/// Personal data that identifies a patient when care is spoken of.
const IDENTIFIERS: &[&str] = &[
    "pii.email",
    "pii.phone",
    "pii.phone.id",
    "pii.phone.us",
    "pii.us.ssn",
    "pii.id.nik",
    "pii.id.bpjs",
    "pii.birth-date",
    "pii.address",
    "pii.id.plate",
    "pii.id.kk",
    "pii.bank-account",
];

pub(super) fn find(source: &Source<'_>, out: &mut Vec<Candidate>) {
    records(source, out);
    beside_care(source, out);
    named_patient(source, out);
}

/// Record and plan numbers after their label.
fn records(source: &Source<'_>, out: &mut Vec<Candidate>) {
    let numbers = &source.numbers;
    let mut after = 0;
    for at in 0..numbers.atoms.len() {
        if at < after {
            continue;
        }
        let chain = numbers.chain(at, 4);
        let digits: usize = chain.iter().map(|a| a.len()).sum();
        if !(5..=14).contains(&digits) {
            continue;
        }
        let atoms = at..at + chain.len();
        let mut span = numbers.span_of(atoms.clone());
        // Letters that belong to the number: "MBI 1EG4", "XY123456".
        let bytes = source.text.folded.as_bytes();
        while span.start > 0 && bytes.get(span.start - 1).is_some_and(u8::is_ascii_alphanumeric) {
            span.start -= 1;
        }
        let near = source.near(&span);
        let (name, word) = match (near.find(RECORD, 4, 0), near.find(PLAN, 4, 0)) {
            (Some(word), _) => ("health.record-number", word),
            (None, Some(word)) => ("health.plan-number", word),
            _ => continue,
        };
        after = atoms.end;
        out.push(Candidate {
            name,
            atoms,
            span,
            score: 75,
            why: format!("a number after \"{word}\""),
        });
    }
}

/// Any personal datum in a sentence about care.
fn beside_care(source: &Source<'_>, out: &mut Vec<Candidate>) {
    let mut health = Vec::new();
    for candidate in out.iter() {
        if candidate.score < 50 || !IDENTIFIERS.contains(&candidate.name) {
            continue;
        }
        if let Some(word) = source.near(&candidate.span).find(CARE, 12, 12) {
            let mut why = format!("{} in words about care", candidate.name);
            add(&mut why, "near", word);
            health.push(Candidate {
                name: "health.identifier",
                atoms: 0..0,
                span: candidate.span.clone(),
                score: (candidate.score + 5).min(95),
                why,
            });
        }
    }
    out.append(&mut health);
}

/// "my patient John Smith", "pasien Ibu Sari kamar 12": a name right after the word for patient.
fn named_patient(source: &Source<'_>, out: &mut Vec<Candidate>) {
    let text = source.text;
    let words = &text.words;
    for (i, word) in words.iter().enumerate() {
        if marked(word.hash) != Some(Mark::Patient) {
            continue;
        }
        // "Be patient, Mr. Smith": a virtue, not a case.
        let virtue = i.checked_sub(1).and_then(|n| words.get(n)).is_some_and(|before| {
            matches!(
                text.word(before),
                "be" | "am" | "is" | "are" | "was" | "been" | "being" | "so" | "very" | "more"
            )
        });
        let comma = text.folded.get(word.folded.end..).is_some_and(|rest| rest.starts_with(','));
        if virtue && comma {
            continue;
        }
        let sign = text.word(word);
        let mut end = None;
        let mut count = 0;
        let mut honorific = false;
        let mut previous = word.folded.end;
        for next in words.iter().skip(i + 1).take(5) {
            let gap = text.folded.get(previous..next.folded.start).unwrap_or_default();
            let typed = source.typed(next.folded.clone());
            let title = matches!(
                text.word(next),
                "mr" | "mrs"
                    | "ms"
                    | "miss"
                    | "pak"
                    | "bapak"
                    | "ibu"
                    | "bu"
                    | "tn"
                    | "ny"
                    | "an"
                    | "nn"
            );
            let capital = typed.starts_with(char::is_uppercase)
                && typed.chars().any(char::is_lowercase)
                && typed.chars().all(char::is_alphabetic);
            if !matches!(gap, " " | ". " | ", " | ": ") || !(title || capital) {
                break;
            }
            honorific |= title;
            if capital && !title && !COMMON.contains(&text.word(next)) {
                count += 1;
                end = Some(next.folded.end);
            } else if !title {
                break;
            }
            previous = next.folded.end;
        }
        let Some(end) = end else { continue };
        if count >= 2 || honorific {
            out.push(Candidate {
                name: "health.patient-name",
                atoms: 0..0,
                span: word.folded.start..end,
                score: 70,
                why: format!("a name right after \"{sign}\""),
            });
        }
    }
}

/// Capitalised words after "Patient" that are titles and headlines, not names.
const COMMON: &[&str] = &[
    "safety",
    "care",
    "experience",
    "day",
    "week",
    "services",
    "portal",
    "rights",
    "advocacy",
    "advocate",
    "outcomes",
    "engagement",
    "access",
    "first",
    "centered",
    "education",
    "support",
    "relations",
    "monitoring",
    "zero",
    "and",
    "bpjs",
    "covid",
    "rawat",
    "umum",
    "jkn",
    "is",
    "the",
    "journey",
    "story",
    "stories",
    "summit",
    "conference",
    "association",
    "registry",
    "flow",
];
