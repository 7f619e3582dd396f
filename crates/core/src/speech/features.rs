//! Features of a stretch of text that need no lexicon: numbers, money, quotations.

use std::ops::Range;

use crate::text::{EntityKind, PartText, lanes};

use super::cue::Cue;
use super::reading;

/// A quotation in the text: bytes as typed, marks included.
pub(crate) fn quotations(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open: Option<(usize, char)> = None;
    lanes::places(text.as_bytes(), may_quote, |at| {
        let (lead, rest) = text.split_at_checked(at).unwrap_or_default();
        let mut letters = rest.chars();
        let Some(c) = letters.next() else { return };
        let before = lead.chars().next_back().unwrap_or(' ');
        let after = letters.next().unwrap_or(' ');
        let end = at + c.len_utf8();
        match (open, c) {
            (None, '"' | '“' | '„' | '«' | '「') => open = Some((at, c)),
            // An apostrophe opens only between a space and a letter, closes only before a space.
            (None, '‘' | '\'') if !before.is_alphanumeric() && after.is_alphanumeric() => {
                open = Some((at, c));
            }
            (Some((from, '"')), '"' | '”')
            | (Some((from, '“' | '„')), '”' | '“' | '"')
            | (Some((from, '«')), '»')
            | (Some((from, '「')), '」') => {
                found.push(from..end);
                open = None;
            }
            (Some((from, '‘' | '\'')), '’' | '\'') if !after.is_alphanumeric() => {
                found.push(from..end);
                open = None;
            }
            (Some((_, '‘' | '\'')), '"' | '“') => open = Some((at, c)),
            (Some(_), '\n') => open = None,
            _ => {}
        }
    });
    found
}

/// Whether a byte is the first of a quotation mark or a line break: `"`, `'`, `«` `»` (C2), `“` `”`
/// `„` `‘` `’` (E2), `「` `」` (E3).
fn may_quote(byte: u8) -> bool {
    (byte == b'"')
        | (byte == b'\'')
        | (byte == b'\n')
        | (byte == 0xC2)
        | (byte == 0xE2)
        | (byte == 0xE3)
}

/// A quotation of some length: at least `words` words between marks, or a quoted line (`> …`).
pub(crate) fn quote_in(
    part: &PartText,
    range: &Range<usize>,
    words: usize,
) -> Option<Range<usize>> {
    let text = part.raw_text(range.clone());
    quotations(text)
        .into_iter()
        .find(|q| text.get(q.clone()).is_some_and(|t| t.split_whitespace().count() >= words))
        .or_else(|| {
            let mut at = 0;
            text.split_inclusive('\n').find_map(|line| {
                let span = at..at + line.trim_end().len();
                at += line.len();
                (line.starts_with("> ") && line.split_whitespace().count() > words).then_some(span)
            })
        })
        .map(|q| range.start + q.start..range.start + q.end)
}

/// Units that turn a number into money.
const MONEY_WORDS: &[&str] = &[
    "usd", "eur", "gbp", "idr", "sgd", "rp", "rupiah", "dollar", "dollars", "euro", "euros",
    "pounds", "bucks", "million", "billion", "mn", "bn", "juta", "miliar", "milyar", "triliun",
    "jt",
];

/// What a number in the text states.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NumberKind {
    /// A plain quantity.
    Plain,
    /// An amount of money.
    Money,
    /// A percentage.
    Percent,
}

/// The numbers within a range that state something: not years, times, dates or list numbers.
pub(crate) fn numbers(part: &PartText, range: &Range<usize>) -> Vec<(Range<usize>, NumberKind)> {
    let mut found: Vec<(Range<usize>, NumberKind)> = Vec::new();
    let words = &part.words;
    let from = words.partition_point(|w| w.raw.start < range.start);
    let mut done = range.start;
    for (i, word) in words.iter().enumerate().skip(from) {
        if word.raw.end > range.end {
            break;
        }
        let text = part.word(word);
        if !text.starts_with(|c: char| c.is_ascii_digit())
            || word.raw.start < done
            || part
                .entities
                .iter()
                .any(|e| e.raw.start <= word.raw.start && word.raw.end <= e.raw.end)
        {
            continue;
        }
        // 1,250.5 and 07:30 are one number each.
        let mut end = word.raw.end;
        let mut clock = false;
        for next in words.iter().skip(i + 1) {
            let gap = part.raw_text(end..next.raw.start);
            if !matches!(gap, "." | "," | ":" | "/" | "-")
                || !part.word(next).starts_with(|c: char| c.is_ascii_digit())
            {
                break;
            }
            clock |= matches!(gap, ":" | "/" | "-");
            end = next.raw.end;
        }
        done = end;
        let before = part.raw.get(..word.raw.start).unwrap_or_default();
        let after = part.raw.get(end..).unwrap_or_default();
        let after_word = after.trim_start().split(|c: char| !c.is_alphanumeric()).next();
        let after_word = after_word.unwrap_or_default().to_lowercase();
        let before_word = i.checked_sub(1).and_then(|p| words.get(p)).map_or("", |w| part.word(w));
        let suffix = text.trim_start_matches(|c: char| c.is_ascii_digit());
        let kind = if after.trim_start().starts_with('%')
            || matches!(after_word.as_str(), "percent" | "persen" | "pct")
        {
            NumberKind::Percent
        } else if before.trim_end().ends_with(['$', '€', '£', '¥', '₹'])
            || matches!(before_word, "rp" | "idr" | "usd" | "us" | "eur" | "gbp" | "sgd")
                && !before.ends_with('\n')
            || MONEY_WORDS.contains(&after_word.as_str())
            || matches!(suffix, "jt" | "juta" | "m" | "bn" | "mn")
        {
            NumberKind::Money
        } else {
            NumberKind::Plain
        };
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        let year = digits == 4 && (text.starts_with("19") || text.starts_with("20"));
        let listed = before.is_empty() || before.ends_with('\n');
        if kind == NumberKind::Plain
            && (clock || year || (listed && after.starts_with(['.', ')'])) || before.ends_with('#'))
        {
            continue;
        }
        found.push((word.raw.start..end, kind));
    }
    found
}

/// A question mark that ends words, or a question by its words.
pub(crate) fn question_in(part: &PartText, range: &Range<usize>) -> Option<Range<usize>> {
    let text = part.raw_text(range.clone());
    if let Some(at) = text.find('?') {
        let link = part
            .entities
            .iter()
            .any(|e| e.kind == EntityKind::Link && e.raw.contains(&(range.start + at)));
        if !link {
            return Some(part.sentence_at((range.start + at).saturating_sub(1)));
        }
    }
    reading(part).within(Cue::Question.bit(), range).next().map(|m| m.raw.clone())
}

/// An entity of a kind within a range.
pub(crate) fn entity_in(
    part: &PartText,
    range: &Range<usize>,
    kind: EntityKind,
) -> Option<Range<usize>> {
    part.entities
        .iter()
        .find(|e| e.kind == kind && e.raw.start >= range.start && e.raw.end <= range.end)
        .map(|e| e.raw.clone())
}
