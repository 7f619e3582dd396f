//! One entry of a list, as the compiled form carries it. It is only read where the index has a
//! hit, or where somebody wants to see the list.

use super::bytes::{Reader, put_text, put_var};
use crate::policy::{Entry, Localized};
use crate::report::Severity;

const EXACT_CASE: u8 = 1;
const REPLACEMENT: u8 = 1 << 1;
const SEVERITY: u8 = 1 << 2;
const FROM: u8 = 1 << 3;
const UNTIL: u8 = 1 << 4;
const NOTE: u8 = 1 << 5;
const EXCEPTIONS: u8 = 1 << 6;
const VARIANTS: u8 = 1 << 7;

/// Writes an entry.
pub(super) fn write(entry: &Entry, to: &mut Vec<u8>) {
    let flag = |on: bool, bit: u8| if on { bit } else { 0 };
    to.push(
        flag(entry.exact_case, EXACT_CASE)
            | flag(entry.replacement.is_some(), REPLACEMENT)
            | flag(entry.severity.is_some(), SEVERITY)
            | flag(entry.from.is_some(), FROM)
            | flag(entry.until.is_some(), UNTIL)
            | flag(!entry.note.0.is_empty(), NOTE)
            | flag(!entry.exceptions.is_empty(), EXCEPTIONS)
            | flag(!entry.variants.is_empty(), VARIANTS),
    );
    put_text(to, &entry.term);
    for list in [&entry.variants, &entry.exceptions] {
        if !list.is_empty() {
            put_var(to, list.len());
            list.iter().for_each(|text| put_text(to, text));
        }
    }
    if let Some(replacement) = &entry.replacement {
        put_text(to, replacement);
    }
    if let Some(severity) = entry.severity {
        to.push(match severity {
            Severity::Low => 0,
            Severity::Medium => 1,
            Severity::High => 2,
        });
    }
    for time in [entry.from, entry.until].into_iter().flatten() {
        to.extend_from_slice(&time.to_le_bytes());
    }
    if !entry.note.0.is_empty() {
        put_var(to, entry.note.0.len());
        for (language, text) in &entry.note.0 {
            put_text(to, language);
            put_text(to, text);
        }
    }
}

/// Reads an entry.
pub(super) fn read(reader: &mut Reader<'_>) -> Option<Entry> {
    let flags = reader.byte()?;
    let has = |bit: u8| flags & bit != 0;
    let mut entry =
        Entry { exact_case: has(EXACT_CASE), term: reader.text()?.to_owned(), ..Entry::default() };
    let texts = |reader: &mut Reader<'_>| -> Option<Vec<String>> {
        let count = reader.var()?;
        (0..count).map(|_| reader.text().map(str::to_owned)).collect()
    };
    if has(VARIANTS) {
        entry.variants = texts(reader)?;
    }
    if has(EXCEPTIONS) {
        entry.exceptions = texts(reader)?;
    }
    if has(REPLACEMENT) {
        entry.replacement = Some(reader.text()?.to_owned());
    }
    if has(SEVERITY) {
        entry.severity = Some(match reader.byte()? {
            0 => Severity::Low,
            1 => Severity::Medium,
            2 => Severity::High,
            _ => return None,
        });
    }
    if has(FROM) {
        entry.from = Some(reader.i64()?);
    }
    if has(UNTIL) {
        entry.until = Some(reader.i64()?);
    }
    if has(NOTE) {
        let mut note = Localized::default();
        for _ in 0..reader.var()? {
            note.0.insert(reader.text()?.to_owned(), reader.text()?.to_owned());
        }
        entry.note = note;
    }
    Some(entry)
}

/// The term alone, and whether there is nothing more to the entry: the cheap look at a hit.
pub(super) fn plain_term<'a>(reader: &mut Reader<'a>) -> Option<(&'a str, bool)> {
    let flags = reader.byte()?;
    Some((reader.text()?, flags == 0))
}
