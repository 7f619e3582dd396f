//! Bank accounts: IBANs by their check digits, local accounts by the words before them.

use super::{Candidate, Source, Words};
use crate::detect::nearby::words::{ACCOUNT, MONEY, NONE, NOT_ACCOUNT};
use crate::detect::numbers::{Atom, Gap};
use crate::detect::validate;

pub(super) fn at(source: &Source<'_>, at: usize, out: &mut Vec<Candidate>) {
    iban(source, at, out);
    local(source, at, out);
}

/// Two letters, two check digits, then what the country wants. Groups may be parted by one
/// space or hyphen.
fn iban(source: &Source<'_>, at: usize, out: &mut Vec<Candidate>) {
    let Some(atom) = source.numbers.atoms.get(at) else { return };
    if !atom.glued_left || atom.len() < 2 {
        return;
    }
    let bytes = source.text.folded.as_bytes();
    let Some(start) = atom.span.start.checked_sub(2) else { return };
    let Some(&[a, b]) = bytes.get(start..atom.span.start) else { return };
    if !a.is_ascii_lowercase() || !b.is_ascii_lowercase() {
        return;
    }
    // "IBANGB59..." is one word: the letters before may be the word for it.
    let head = source.text.folded.get(..start).unwrap_or_default();
    let alone = head.chars().next_back().is_none_or(|c| !c.is_alphanumeric() && c != '_');
    if !alone && !head.ends_with("iban") {
        return;
    }
    let Some(length) = validate::iban_length([a, b]) else { return };
    let mut signs = [0u8; 34];
    let (mut count, mut end) = (0, start);
    let mut parted = false;
    for (offset, &byte) in bytes.get(start..).unwrap_or_default().iter().enumerate() {
        match byte {
            b if b.is_ascii_alphanumeric() => {
                if let Some(slot) = signs.get_mut(count) {
                    *slot = b;
                }
                count += 1;
                end = start + offset + 1;
                parted = false;
                if count == length {
                    break;
                }
            }
            b' ' | b'-' | b'.' if !parted && count >= 4 => parted = true,
            _ => break,
        }
    }
    let signs = signs.get(..count).unwrap_or_default();
    if bytes.get(end).is_some_and(u8::is_ascii_alphanumeric) || !validate::iban(signs) {
        return;
    }
    let covered = source.numbers.atoms.get(at..).unwrap_or_default();
    let atoms = at..at + covered.iter().take_while(|a| a.span.start < end).count().max(1);
    // Examples of standards and textbooks: no account either.
    if signs == b"gb82west12345698765432" || signs == b"de89370400440532013000" {
        out.push(Candidate::published(atoms, start..end, 95));
        return;
    }
    let country = String::from_utf8_lossy(signs.get(..2).unwrap_or_default()).to_uppercase();
    out.push(Candidate {
        name: "finance.iban",
        atoms,
        span: start..end,
        score: 95,
        why: format!("passes the IBAN check for {country}"),
    });
}

/// Accounts without check digits: 8 to 17 digits right after a word for them.
fn local(source: &Source<'_>, at: usize, out: &mut Vec<Candidate>) {
    let numbers = &source.numbers;
    let chain = numbers.chain(at, 8);
    let Some(first) = chain.first() else { return };
    if first.glued_left && source.near(&first.span).find(ACCOUNT, 0, 0).is_none() {
        return;
    }
    let mut total = 0;
    let mut count = 0;
    for (i, atom) in chain.iter().enumerate() {
        total += atom.len();
        if total > 18 {
            break;
        }
        count = i + 1;
        if !matches!(atom.gap, Gap::Dash | Gap::Space | Gap::Dot) {
            break;
        }
    }
    let atoms = at..at + count;
    let digits: usize = chain.get(..count).unwrap_or_default().iter().map(Atom::len).sum();
    if !(8..=18).contains(&digits) || numbers.glued_right(atoms.clone()) {
        return;
    }
    let span = numbers.span_of(atoms.clone());
    let near = source.near(&span);
    let (Some(word), Some(_)) = (near.find(ACCOUNT, 4, 0), near.find(MONEY, 6, 4)) else { return };
    let words = Words { with: NONE, up: 0, reach: (0, 0), against: NOT_ACCOUNT, down: 40 };
    let mut candidate = source.judge("pii.bank-account", atoms, span, 75, "", &words);
    let plural = format!("{digits} digits, near \"{word}\"");
    candidate.why =
        if candidate.why.is_empty() { plural } else { format!("{plural}; {}", candidate.why) };
    out.push(candidate);
}
