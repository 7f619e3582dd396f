//! A term as the index sees it: folded and cut like a draft.

use crate::text::words::{self, hash, is_unspaced, join};
use crate::text::{Word, fold_term};

/// The most words of a term that make up its key; longer terms are told apart when verified.
pub(super) const MAX_WORDS: usize = 16;

const ANYWHERE: u64 = 0x5BD1_E995_27D4_EB2F;
const SWAPPED: u64 = 0x1656_67B1_9E37_79F9;

/// A term, folded and cut into words.
#[derive(Debug)]
pub(super) struct Shape {
    pub folded: String,
    pub words: Vec<Word>,
}

/// How a term is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// By its words.
    Words,
    /// Anywhere, by the characters at this byte of its folded text.
    Anywhere(usize),
}

impl Shape {
    /// The shapes of a term: one, or two where its word could be another script or an imitation
    /// of Latin, and only the text around it could tell.
    pub(super) fn of(term: &str) -> Vec<Self> {
        fold_term(term).into_iter().map(|(folded, words)| Self { folded, words }).collect()
    }

    pub(super) fn word(&self, n: usize) -> &str {
        self.words.get(n).and_then(|w| self.folded.get(w.folded.clone())).unwrap_or_default()
    }

    /// What stands between a word and the next.
    pub(super) fn gap(&self, n: usize) -> &str {
        let range = self.words.get(n).zip(self.words.get(n + 1));
        range.and_then(|(a, b)| self.folded.get(a.folded.end..b.folded.start)).unwrap_or_default()
    }

    /// Signs before the first word and behind the last that belong to the term (`.NET`, `C++`).
    pub(super) fn signs(&self) -> (&str, &str) {
        let (Some(first), Some(last)) = (self.words.first(), self.words.last()) else {
            return ("", "");
        };
        let lead = self.folded.get(..first.folded.start).unwrap_or_default().trim_start();
        let trail = self.folded.get(last.folded.end..).unwrap_or_default().trim_end();
        let lead = if lead.chars().all(|c| ".@#$".contains(c)) { lead } else { "" };
        let trail = if trail.chars().all(|c| "+#".contains(c)) { trail } else { "" };
        (lead, trail)
    }

    pub(super) fn reach(&self) -> Reach {
        match self.folded.char_indices().find(|(_, c)| is_unspaced(*c)) {
            Some((at, _)) => Reach::Anywhere(at),
            None if self.words.is_empty() => Reach::Anywhere(0),
            None => Reach::Words,
        }
    }

    /// The key of the whole term.
    pub(super) fn key(&self) -> u64 {
        match self.reach() {
            Reach::Words => sequence(self.words.iter().map(|w| w.hash)),
            Reach::Anywhere(at) => anywhere_key(self.folded.get(at..).unwrap_or_default()),
        }
    }

    /// All its words as one.
    pub(super) fn joined(&self) -> String {
        (0..self.words.len()).map(|n| self.word(n)).collect()
    }

    /// `x2` for `x-x`, as Indonesian is typed.
    pub(super) fn reduplicated(&self) -> Option<String> {
        (self.words.len() == 2 && self.word(0) == self.word(1) && self.gap(0) == "-")
            .then(|| format!("{}2", self.word(0)))
    }
}

pub(super) fn sequence(hashes: impl Iterator<Item = u64>) -> u64 {
    hashes.take(MAX_WORDS).reduce(join).unwrap_or_default()
}

/// Whether a character can begin the key of a term that is found anywhere.
pub(super) fn begins_anywhere(c: char) -> bool {
    is_unspaced(c) || !(words::is_word_char(c) || c.is_whitespace())
}

/// The key of a term found anywhere: its first two characters, or the first where the second
/// is of another sort.
pub(super) fn anywhere_key(text: &str) -> u64 {
    let mut chars = text.char_indices();
    let first = chars.next();
    let end = match chars.next() {
        Some((at, c)) if begins_anywhere(c) => at + c.len_utf8(),
        Some((at, _)) => at,
        None => first.map_or(0, |(_, c)| c.len_utf8()),
    };
    join(ANYWHERE, hash(text.get(..end).unwrap_or_default()))
}

/// The same for the first character alone.
pub(super) fn anywhere_key_of_one(c: char) -> u64 {
    join(ANYWHERE, hash(c.encode_utf8(&mut [0; 4])))
}

/// A key that words with the same letters in any order share.
pub(super) fn swapped_key(word: &str) -> u64 {
    let sum = word.bytes().fold(0_u64, |sum, b| {
        let mixed = u64::from(b).wrapping_add(1).wrapping_mul(0x9FB2_1C65_1E98_DF25);
        sum.wrapping_add((mixed ^ (mixed >> 29)).wrapping_mul(0xD6E8_FEB8_6659_FD93))
    });
    join(SWAPPED, sum)
}

/// Whether two words differ by two neighbouring letters that changed places.
pub(super) fn is_swap(a: &str, b: &str) -> bool {
    let differ: Vec<usize> = a
        .bytes()
        .zip(b.bytes())
        .enumerate()
        .filter(|(_, (x, y))| x != y)
        .map(|(n, _)| n)
        .take(3)
        .collect();
    let (a, b) = (a.as_bytes(), b.as_bytes());
    match differ.as_slice() {
        [m, n] => {
            a.len() == b.len() && n - m == 1 && a.get(*m) == b.get(*n) && a.get(*n) == b.get(*m)
        }
        _ => false,
    }
}

/// A word with each run of a letter as one.
pub(super) fn squeezed(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for c in word.chars() {
        if !out.ends_with(c) || c.is_ascii_digit() {
            out.push(c);
        }
    }
    out
}

/// The key of words whose letters are partly masked: the first letter and the length.
pub(super) fn masked_key(first: char, chars: usize) -> u32 {
    (first as u32) << 8 | (chars.min(255) as u32)
}

/// Whether a masked word can be the word: every letter that shows is in its place.
pub(super) fn unmasks(masked: &str, word: &str) -> bool {
    masked.chars().count() == word.chars().count()
        && masked.chars().zip(word.chars()).all(|(m, w)| m == w || is_mask(m))
}

/// Signs that stand for a hidden letter.
pub(super) fn is_mask(c: char) -> bool {
    matches!(c, '*' | '•' | '●' | '█' | '▇' | '■')
}
