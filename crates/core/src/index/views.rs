//! Other ways to read a text: the same places, cut or spelled differently.

use std::borrow::Cow;
use std::ops::Range;

use super::shape;
use crate::text::words::{hash_at, is_word_char, pieces as pieces_of};
use crate::text::{EntityKind, PartText, Word};

/// A text to look for terms in. `folded` of its words are bytes of `text`, `raw` bytes of the
/// draft as typed.
pub(super) struct View<'a> {
    pub text: Cow<'a, str>,
    pub words: Cow<'a, [Word]>,
    /// Words may be several words of a term written as one.
    pub joins: bool,
    /// Runs of a letter are written as one.
    pub squeezes: bool,
    /// Bytes of `text` are bytes of the folded text.
    pub in_place: bool,
}

impl<'a> View<'a> {
    pub(super) fn plain(part: &'a PartText) -> Self {
        Self {
            text: Cow::Borrowed(&part.folded),
            words: Cow::Borrowed(&part.words),
            joins: false,
            squeezes: false,
            in_place: true,
        }
    }

    fn of_words(part: &'a PartText, words: Vec<Word>) -> Self {
        Self { words: Cow::Owned(words), ..Self::plain(part) }
    }

    /// A word cut in two at a byte of the folded text.
    pub(super) fn cut(part: &'a PartText, word: &Word, at: usize) -> Self {
        let half = |folded: Range<usize>| word_at(part, folded);
        Self::of_words(part, vec![half(word.folded.start..at), half(at..word.folded.end)])
    }

    pub(super) fn word(&self, n: usize) -> &str {
        self.words.get(n).and_then(|w| self.text.get(w.folded.clone())).unwrap_or_default()
    }

    pub(super) fn gap(&self, n: usize) -> &str {
        let range = self.words.get(n).zip(self.words.get(n + 1));
        range.and_then(|(a, b)| self.text.get(a.folded.end..b.folded.start)).unwrap_or_default()
    }
}

fn word_at(part: &PartText, folded: Range<usize>) -> Word {
    let hash = hash_at(part.folded.as_bytes(), folded.start, folded.end);
    Word { raw: part.to_raw(folded.clone()), folded, hash }
}

/// Words that are several by their capitals: `#ProjectBluehawk`, `launchOfBluehawk`; in hashtags
/// and handles by their digits too: `#bluehawk2026`.
pub(super) fn pieces(part: &PartText) -> Option<View<'_>> {
    let tags = part.entities.iter().any(|e| e.kind != EntityKind::Mail);
    if !tags && part.raw.is_ascii() && !has_joint(part.raw.as_bytes()) {
        return None;
    }
    let tagged = |word: &Word| {
        let after = part.entities.partition_point(|e| e.raw.start <= word.raw.start);
        after
            .checked_sub(1)
            .and_then(|n| part.entities.get(n))
            .is_some_and(|e| e.raw.end >= word.raw.end)
    };
    let mut words = Vec::new();
    for word in &part.words {
        let raw = part.raw_text(word.raw.clone());
        if raw.bytes().skip(1).all(|b| b.is_ascii_lowercase()) {
            continue;
        }
        let cut = pieces_of(raw);
        let of_tag = tagged(word);
        // Outside of tags a short piece is rather a name: `YouTube`, `iPhone`, `McDonald`.
        if cut.is_empty() || (!of_tag && cut.iter().any(|p| p.len() < 4)) {
            continue;
        }
        if !words.is_empty() {
            // Pieces of different words do not make a term: a word that is in no list parts them.
            words.push(Word {
                raw: word.raw.start..word.raw.start,
                folded: word.folded.start..word.folded.start,
                hash: 0,
            });
        }
        // Digits first as part of the word before (`Q3Results` is `Q3` and `Results`).
        let by_case = merge_digits(raw, &cut);
        let place = |piece: &Range<usize>| {
            let range = word.raw.start + piece.start..word.raw.start + piece.end;
            word_at(part, part.to_folded(range))
        };
        words.extend(by_case.iter().map(place));
        if of_tag && by_case != cut {
            words.push(Word {
                raw: word.raw.start..word.raw.start,
                folded: word.folded.start..word.folded.start,
                hash: 0,
            });
            words.extend(cut.iter().map(place));
        }
    }
    (!words.is_empty()).then(|| View::of_words(part, words))
}

/// Whether a capital stands right behind a small letter or a digit. A stretch at a time without a
/// branch inside, which the compiler turns into a few wide instructions.
fn has_joint(bytes: &[u8]) -> bool {
    const STRETCH: usize = 128;
    let joint =
        |(a, b): (&u8, &u8)| (a.is_ascii_lowercase() | a.is_ascii_digit()) & b.is_ascii_uppercase();
    let behind = bytes.get(1..).unwrap_or_default();
    bytes
        .chunks(STRETCH)
        .zip(behind.chunks(STRETCH))
        .any(|(a, b)| a.iter().zip(b).map(joint).fold(false, |any, here| any | here))
}

/// Joins pieces that begin with a digit to the one before.
fn merge_digits(raw: &str, cut: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut merged: Vec<Range<usize>> = Vec::with_capacity(cut.len());
    for piece in cut {
        let digit = raw.get(piece.clone()).is_some_and(|t| t.starts_with(char::is_numeric));
        match merged.last_mut() {
            Some(last) if digit => last.end = piece.end,
            _ => merged.push(piece.clone()),
        }
    }
    merged
}

/// Digits and signs read as letters; a view for each way to read a `1`.
pub(super) fn letters_for_signs(part: &PartText) -> Vec<View<'_>> {
    let letter = |c: u8, one: u8| match c {
        b'0' => b'o',
        b'1' | b'!' | b'|' => one,
        b'2' => b'z',
        b'3' => b'e',
        b'4' | b'@' => b'a',
        b'5' | b'$' => b's',
        b'6' | b'9' => b'g',
        b'7' | b'+' => b't',
        b'8' => b'b',
        b'(' => b'c',
        other => other,
    };
    let read = |one: u8| {
        let mut bytes = part.folded.clone().into_bytes();
        let mut changed = false;
        // Only where a letter and a sign stand together: `bl4ck`, not `2 4 6` or `(see`.
        let mut at = 0;
        while at < bytes.len() {
            let fits = |b: &u8| b.is_ascii_alphanumeric() || b"!|@$+(".contains(b);
            let len = bytes.get(at..).unwrap_or_default().iter().take_while(|b| fits(b)).count();
            if let Some(run) = bytes.get_mut(at..at + len) {
                // A sign at the end of a word is punctuation.
                let end = run.iter().rposition(u8::is_ascii_alphanumeric).map_or(0, |n| n + 1);
                let run = run.get_mut(..end).unwrap_or_default();
                let letters = run.iter().filter(|b| b.is_ascii_alphabetic()).count();
                if letters > 0 && letters < run.len() && run.len() >= 3 {
                    for byte in run.iter_mut() {
                        *byte = letter(*byte, one);
                    }
                    changed = true;
                }
            }
            at += len + 1;
        }
        let text = String::from_utf8(bytes).ok().filter(|_| changed)?;
        let words = cut_again(part, &text);
        Some(View {
            text: Cow::Owned(text),
            words: Cow::Owned(words),
            joins: false,
            squeezes: false,
            in_place: true,
        })
    };
    let first = read(b'i');
    let second = read(b'l').filter(|v| first.as_ref().is_none_or(|f| f.text != v.text));
    first.into_iter().chain(second).collect()
}

/// The words of a text of the same length as the folded one.
fn cut_again(part: &PartText, text: &str) -> Vec<Word> {
    let mut words = Vec::with_capacity(part.words.len());
    let mut open = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (is_word_char(c), open) {
            (true, None) => open = Some(at),
            (false, Some(start)) => {
                let hash = hash_at(text.as_bytes(), start, at);
                words.push(Word { raw: part.to_raw(start..at), folded: start..at, hash });
                open = None;
            }
            _ => {}
        }
    }
    words
}

/// Each run of a letter as one letter.
pub(super) fn squeezed(part: &PartText) -> Option<View<'_>> {
    let mut text = String::with_capacity(part.folded.len());
    let mut words = Vec::with_capacity(part.words.len());
    let mut end = 0;
    let mut changed = false;
    for word in &part.words {
        text.push_str(part.folded.get(end..word.folded.start).unwrap_or_default());
        end = word.folded.end;
        let start = text.len();
        let squeezed = shape::squeezed(part.word(word));
        changed |= squeezed.len() != word.folded.len();
        text.push_str(&squeezed);
        let hash = hash_at(text.as_bytes(), start, text.len());
        words.push(Word { raw: word.raw.clone(), folded: start..text.len(), hash });
    }
    changed.then_some(View {
        text: Cow::Owned(text),
        words: Cow::Owned(words),
        joins: false,
        squeezes: true,
        in_place: false,
    })
}

/// Words spelled out: `b l u e h a w k`, `b.l.u.e`. A wider gap than the one before begins a
/// new word.
pub(super) fn spelled(part: &PartText) -> Option<View<'_>> {
    let mut text = String::new();
    let mut words = Vec::new();
    let mut run: Vec<&Word> = Vec::new();
    let single = |word: &Word| part.word(word).chars().nth(1).is_none();
    let gap =
        |a: &Word, b: &Word| part.folded.get(a.folded.end..b.folded.start).unwrap_or_default();
    let mut flush = |run: &mut Vec<&Word>| {
        if let (true, Some(first), Some(last)) = (run.len() >= 3, run.first(), run.last()) {
            if !text.is_empty() {
                text.push(' ');
            }
            let start = text.len();
            run.iter().for_each(|w| text.push_str(part.word(w)));
            let hash = hash_at(text.as_bytes(), start, text.len());
            let raw = first.raw.start..last.raw.end;
            words.push(Word { raw, folded: start..text.len(), hash });
        }
        run.clear();
    };
    for word in &part.words {
        if !single(word) {
            flush(&mut run);
            continue;
        }
        if let Some(before) = run.last() {
            let here = gap(before, word);
            let same = match run.as_slice() {
                [first, second, ..] => gap(first, second) == here,
                _ => here.chars().count() <= 2,
            };
            if !same {
                flush(&mut run);
            }
        }
        run.push(word);
    }
    flush(&mut run);
    (!words.is_empty()).then_some(View {
        text: Cow::Owned(text),
        words: Cow::Owned(words),
        joins: true,
        squeezes: false,
        in_place: false,
    })
}

/// Words with letters hidden behind signs: their places in the folded text.
pub(super) fn masked(folded: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open: Option<usize> = None;
    let mut masks = false;
    for (at, c) in folded.char_indices().chain([(folded.len(), ' ')]) {
        let mask = shape::is_mask(c);
        match open {
            Some(start) if !(mask || is_word_char(c)) => {
                if masks && at - start <= 64 {
                    found.push(start..at);
                }
                open = None;
                masks = false;
            }
            Some(_) => masks |= mask,
            // The first letter must show.
            None if is_word_char(c) => open = Some(at),
            None => {}
        }
    }
    found
}
