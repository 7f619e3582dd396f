//! Words of a folded text, with their hashes.

use std::ops::Range;

use super::map::Map;
use super::{Word, lanes};

/// Calls `word` with the byte range of each run of letters and digits. Bytes beyond ASCII
/// count as letters here; [`cut`] looks at them again.
pub(crate) fn runs(text: &[u8], mut word: impl FnMut(usize, usize)) {
    let mut open = None;
    let mut step = |mask: u64, at: usize, open: &mut Option<usize>| {
        // A bit of `edges` marks where words begin or end.
        let mut edges = mask ^ ((mask << 1) | u64::from(open.is_some()));
        while edges != 0 {
            let edge = at + edges.trailing_zeros() as usize;
            match open.take() {
                Some(start) => word(start, edge),
                None => *open = Some(edge),
            }
            edges &= edges - 1;
        }
    };
    lanes::blocks(text, b' ', |block, at| step(lanes::word_mask(block), at, &mut open));
    if let Some(start) = open {
        word(start, text.len());
    }
}

/// Cuts a folded text into words.
pub(super) fn cut(folded: &str, map: &Map) -> Vec<Word> {
    let bytes = folded.as_bytes();
    // A word every five bytes or so; moving all words is dearer than room for some more.
    let mut words = Vec::with_capacity(bytes.len() / 4 + 1);
    if map.is_in_place() && folded.is_ascii() {
        runs(bytes, |start, end| {
            let hash = hash_at(bytes, start, end);
            words.push(Word { raw: start..end, folded: start..end, hash });
        });
        return words;
    }
    let mut push = |start: usize, end: usize| {
        let folded = start..end;
        words.push(Word {
            raw: map.to_raw(folded.clone()),
            folded,
            hash: hash_at(bytes, start, end),
        });
    };
    runs(bytes, |start, end| {
        let run = folded.get(start..end).unwrap_or_default();
        if run.is_ascii() {
            push(start, end);
            return;
        }
        let mut open: Option<usize> = None;
        for (at, c) in run.char_indices() {
            match (is_word_char(c), open) {
                (true, None) => open = Some(at),
                (false, Some(from)) => {
                    push(start + from, start + at);
                    open = None;
                }
                _ => {}
            }
        }
        if let Some(from) = open {
            push(start + from, end);
        }
    });
    words
}

/// Letters, digits, and the marks without which a word of Indic or South-East Asian scripts
/// would fall apart: viramas, nuktas, tone marks.
pub(crate) fn is_word_char(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    c.is_alphanumeric()
        || matches!(c,
            '\u{93C}' | '\u{94D}' | '\u{9BC}' | '\u{9CD}' | '\u{A3C}' | '\u{A4D}' | '\u{ABC}'
            | '\u{ACD}' | '\u{B3C}' | '\u{B4D}' | '\u{BCD}' | '\u{C3C}' | '\u{C4D}' | '\u{CBC}'
            | '\u{CCD}' | '\u{D3B}' | '\u{D3C}' | '\u{D4D}' | '\u{DCA}' | '\u{E3A}'
            | '\u{E47}'..='\u{E4E}' | '\u{EBA}' | '\u{EC8}'..='\u{ECE}' | '\u{F39}' | '\u{F84}'
            | '\u{1037}' | '\u{1039}' | '\u{103A}' | '\u{17C9}'..='\u{17D3}' | '\u{3099}' | '\u{309A}')
}

/// Whether a script writes words without spaces between them, so that a term is looked for
/// anywhere in a run: Han, kana, Thai, Lao, Burmese, Khmer, Tibetan; Hangul too, whose particles
/// are glued to the word before.
pub(crate) fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{E01}'..='\u{EDF}' | '\u{F00}'..='\u{FFF}' | '\u{1000}'..='\u{109F}'
        | '\u{1100}'..='\u{11FF}' | '\u{1780}'..='\u{17FF}' | '\u{2E80}'..='\u{2FDF}'
        | '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{30FF}' | '\u{3105}'..='\u{318E}'
        | '\u{31A0}'..='\u{31FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}'
        | '\u{AC00}'..='\u{D7FF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

const K1: u64 = 0x9E37_79B9_7F4A_7C15;
const K2: u64 = 0xC2B2_AE3D_27D4_EB4F;
const K3: u64 = 0xD6E8_FEB8_6659_FD93;

/// The hash of a folded word, as [`Word::hash`] has it: for lexicons and term lists that are
/// looked up by it. Fixed for this version of the compiled list format; it hides nothing.
pub fn hash(word: &str) -> u64 {
    hash_of(word.as_bytes())
}

/// The hash of a stretch of bytes.
pub(crate) fn hash_at(text: &[u8], start: usize, end: usize) -> u64 {
    let len = end - start;
    if let Some((mask_low, mask_high)) = KEPT.get(len)
        && let Some(window) = text.get(start..).and_then(|t| t.first_chunk::<16>())
    {
        // What lies behind the word is masked out instead of branched around.
        let (low, high) = halves(window);
        return finish(0, low & mask_low, high & mask_high, len);
    }
    // The last word of a text: no window of 16 bytes to load.
    hash_of(text.get(start..end).unwrap_or_default())
}

/// The hash of a word on its own.
pub(crate) fn hash_of(word: &[u8]) -> u64 {
    let len = word.len();
    // Short words are put together from a load at either end, the second moved behind the first.
    if let (Some(first), Some(last)) = (word.first_chunk::<8>(), word.last_chunk::<8>())
        && len <= 16
    {
        let high = u64::from_le_bytes(*last).checked_shr(8 * (16 - len) as u32);
        return finish(0, u64::from_le_bytes(*first), high.unwrap_or(0), len);
    }
    if let (Some(first), Some(last)) = (word.first_chunk::<4>(), word.last_chunk::<4>())
        && len < 8
    {
        let last = u64::from(u32::from_le_bytes(*last)) << (8 * (len - 4));
        return finish(0, u64::from(u32::from_le_bytes(*first)) | last, 0, len);
    }
    if len < 4 {
        let low = word.iter().rev().fold(0_u64, |all, b| (all << 8) | u64::from(*b));
        return finish(0, low, 0, len);
    }
    let mut hash = 0;
    let mut chunks = word.chunks(16).peekable();
    while let Some(chunk) = chunks.next() {
        let mut window = [0; 16];
        for (to, from) in window.iter_mut().zip(chunk) {
            *to = *from;
        }
        let (low, high) = halves(&window);
        hash = finish(hash, low, high, if chunks.peek().is_some() { 16 } else { len });
    }
    hash
}

/// Two numbers of 64 bits: WebAssembly has no shifts of 128, and would call a function for each.
fn halves(window: &[u8; 16]) -> (u64, u64) {
    let all = u128::from_le_bytes(*window);
    (all as u64, (all >> 64) as u64)
}

/// What is kept of a window's halves for a word of each length up to 16.
const KEPT: [(u64, u64); 17] = {
    let mut kept = [(0, 0); 17];
    let mut len = 1;
    while len <= 16 {
        let (low, high) = kept[len - 1];
        kept[len] = if len <= 8 { ((low << 8) | 0xFF, 0) } else { (u64::MAX, (high << 8) | 0xFF) };
        len += 1;
    }
    kept
};

fn finish(seed: u64, low: u64, high: u64, len: usize) -> u64 {
    let low = (low ^ seed).wrapping_mul(K1);
    let high = (high ^ len as u64).wrapping_mul(K2);
    let mixed = (low ^ high.rotate_left(29) ^ (low >> 32)).wrapping_mul(K3);
    mixed ^ (mixed >> 32)
}

/// The hash of a sequence of words, one more word at a time.
pub(crate) fn join(sequence: u64, word: u64) -> u64 {
    let mixed = (sequence.rotate_left(25) ^ word).wrapping_mul(K3);
    mixed ^ (mixed >> 29)
}

/// Pieces of a word that is several written as one: `ProjectBluehawk`, `Q3Results`.
/// Empty where the word is one piece.
pub(crate) fn pieces(raw: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut chars = raw.char_indices().peekable();
    let mut before: Option<char> = None;
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, c)| *c);
        let cut = before.is_some_and(|b| {
            // "tB" and the last capital of "XMLFile".
            (c.is_uppercase() && (b.is_lowercase() || b.is_numeric()))
                || (c.is_uppercase() && b.is_uppercase() && next.is_some_and(char::is_lowercase))
                || (c.is_alphabetic() && b.is_numeric())
                || (c.is_numeric() && b.is_alphabetic())
        });
        if cut && at > start {
            found.push(start..at);
            start = at;
        }
        before = Some(c);
    }
    if start > 0 {
        found.push(start..raw.len());
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn slow_runs(text: &[u8]) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        let mut open = None;
        for (at, byte) in text.iter().chain([&b' ']).enumerate() {
            match (byte.is_ascii_alphanumeric() || !byte.is_ascii(), open) {
                (true, None) => open = Some(at),
                (false, Some(start)) => {
                    found.push((start, at));
                    open = None;
                }
                _ => {}
            }
        }
        found
    }

    #[test]
    fn every_byte_is_classified_right() {
        for byte in 0..=255_u8 {
            let text = [byte; 70];
            let mut found = Vec::new();
            runs(&text, |a, b| found.push((a, b)));
            assert_eq!(found, slow_runs(&text), "{byte:#x}");
        }
    }

    #[test]
    fn a_word_has_one_hash_wherever_it_stands() {
        let word = "bluehawk";
        for around in ["", " ", "x ", "                          "] {
            let text = format!("{around}{word}{around}");
            let at = around.len();
            assert_eq!(hash_at(text.as_bytes(), at, at + word.len()), hash(word));
        }
        // Fixed for this version of the compiled list format, at every length of a load.
        let letters = "abcdefghijklmnopqrstuvwxyzabcdefghijklm";
        for end in 0..letters.len() {
            let (word, text) = (letters.get(..end).unwrap(), format!("{letters} {letters}"));
            assert_eq!(hash_at(text.as_bytes(), 0, end), hash(word), "{word}");
        }
        assert_eq!(hash("bluehawk"), 0xDC01_71B1_977E_440F);
        assert_ne!(hash("a"), hash("b"));
        assert_ne!(hash(""), hash("\0"));
        assert_ne!(hash("aaaaaaaaaaaaaaaaa"), hash("aaaaaaaaaaaaaaaaaa"));
    }

    #[test]
    fn joined_words_come_apart() {
        let cut = |raw: &'static str| -> Vec<&str> {
            pieces(raw).into_iter().map(|r| raw.get(r).unwrap()).collect()
        };
        assert_eq!(cut("ProjectBluehawk"), ["Project", "Bluehawk"]);
        assert_eq!(cut("XMLFile2"), ["XML", "File", "2"]);
        assert_eq!(cut("Q3Results"), ["Q", "3", "Results"]);
        assert!(cut("bluehawk").is_empty() && cut("BLUEHAWK").is_empty());
    }

    proptest! {
        #[test]
        fn runs_are_the_runs(text in proptest::collection::vec(any::<u8>(), 0..300)) {
            let mut found = Vec::new();
            runs(&text, |a, b| found.push((a, b)));
            prop_assert_eq!(found, slow_runs(&text));
        }
    }
}
