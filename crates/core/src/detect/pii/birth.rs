//! Dates of birth: a full date next to a word for birth.

use super::{Candidate, Source};
use crate::detect::nearby::words::{BIRTH_LABEL, BORN, WHO};
use crate::detect::numbers::Gap;
use crate::detect::validate::number;

const MONTHS: &[&str] = &[
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "jan",
    "feb",
    "mar",
    "apr",
    "jun",
    "jul",
    "aug",
    "sep",
    "sept",
    "oct",
    "nov",
    "dec",
    "januari",
    "februari",
    "maret",
    "mei",
    "juni",
    "juli",
    "agustus",
    "oktober",
    "desember",
    "agu",
    "agt",
    "okt",
    "des",
    "nopember",
];

pub(super) fn find(source: &Source<'_>, out: &mut Vec<Candidate>) {
    for at in 0..source.numbers.atoms.len() {
        let Some((span, count, year)) = numeric(source, at).or_else(|| named(source, at)) else {
            continue;
        };
        let near = source.near(&span);
        let recent = (1920..=2030).contains(&year);
        let (base, word) = if let Some(word) = near.find(BIRTH_LABEL, 5, 1) {
            (80, word)
        } else if let Some(word) = near.find(BORN, 4, 1) {
            let known = near.find(WHO, 8, 6).is_some();
            (if known { 64 } else { 45 }, word)
        } else {
            continue;
        };
        // A century ago is history.
        let score = if recent { base } else { base - 30 };
        out.push(Candidate {
            name: "pii.birth-date",
            atoms: at..at + count,
            span,
            score,
            why: format!("a full date near \"{word}\""),
        });
    }
}

/// `1990-08-17`, `17/08/1990`, `8/17/90`.
fn numeric(source: &Source<'_>, at: usize) -> Option<(std::ops::Range<usize>, usize, u32)> {
    let numbers = &source.numbers;
    let [a, b, c] = numbers.atoms.get(at..at + 3)? else { return None };
    let parted = |g: Gap| matches!(g, Gap::Dash | Gap::Slash | Gap::Dot | Gap::Space);
    if a.gap != b.gap || !parted(a.gap) || numbers.glued(at..at + 3) {
        return None;
    }
    let value = |i: usize| number(numbers.digits_of(i..i + 1));
    let (x, y, z) = (value(at)?, value(at + 1)?, value(at + 2)?);
    let (day, month, year) = match (a.len(), b.len(), c.len()) {
        (4, 1 | 2, 1 | 2) => (z, y, x),
        (1 | 2, 1 | 2, 4) if y > 12 => (y, x, z),
        (1 | 2, 1 | 2, 4) => (x, y, z),
        (1 | 2, 1 | 2, 2) if a.gap != Gap::Space => (x.min(y), x.max(y).min(12), 1900 + z),
        _ => return None,
    };
    let fits = (1..=31).contains(&day) && (1..=12).contains(&month) && (1000..2100).contains(&year);
    fits.then(|| (numbers.span_of(at..at + 3), 3, year))
}

/// `17 Agustus 1990`, `August 17, 1990`.
fn named(source: &Source<'_>, at: usize) -> Option<(std::ops::Range<usize>, usize, u32)> {
    let numbers = &source.numbers;
    let [day, year] = numbers.atoms.get(at..at + 2)? else { return None };
    if day.len() > 2 || year.len() != 4 {
        return None;
    }
    let value = number(numbers.digits_of(at + 1..at + 2))?;
    let between = source.text.folded.get(day.span.end..year.span.start)?;
    if between.len() > 24 {
        return None;
    }
    let word = between.trim_matches(|c: char| !c.is_alphabetic());
    let word = word.strip_prefix("th").or(word.strip_prefix("of")).unwrap_or(word).trim();
    if MONTHS.contains(&word) {
        return Some((day.span.start..year.span.end, 2, value));
    }
    // "August 17, 1990"
    let head = source.text.folded.get(..day.span.start)?.trim_end_matches([' ', ',', '.']);
    let letters: usize =
        head.chars().rev().take_while(|c| c.is_alphabetic()).take(12).map(char::len_utf8).sum();
    let month = head.get(head.len() - letters..)?;
    let ordinal = between.trim_matches([' ', ',', '.']);
    (MONTHS.contains(&month) && matches!(ordinal, "" | "st" | "nd" | "rd" | "th" | "th,"))
        .then(|| (head.len() - letters..year.span.end, 2, value))
}
