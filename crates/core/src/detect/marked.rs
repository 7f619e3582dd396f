//! Words that some detector has to see wherever they stand, told by the hashes that the words of a
//! text already have: a text without them is read without a comparison of letters.

use std::sync::LazyLock;

use super::secret::forms::{CODE, PASSWORD};
use crate::text::hash;

/// What a word is to a detector.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// A digit written as a word, English or Indonesian.
    Digit(u8),
    /// Says how often the next digit stands.
    Repeat(usize),
    /// Stands for `@` in a disguised mail address.
    At,
    /// Names a patient.
    Patient,
    /// Names a password.
    Password,
    /// Names a code that is good once.
    Code,
}

const WORDS: &[(Mark, &[&str])] = &[
    (Mark::Digit(b'0'), &["nol", "kosong", "zero", "oh", "o"]),
    (Mark::Digit(b'1'), &["satu", "one"]),
    (Mark::Digit(b'2'), &["dua", "two"]),
    (Mark::Digit(b'3'), &["tiga", "three"]),
    (Mark::Digit(b'4'), &["empat", "four"]),
    (Mark::Digit(b'5'), &["lima", "five"]),
    (Mark::Digit(b'6'), &["enam", "six"]),
    (Mark::Digit(b'7'), &["tujuh", "seven"]),
    (Mark::Digit(b'8'), &["delapan", "lapan", "eight"]),
    (Mark::Digit(b'9'), &["sembilan", "nine"]),
    (Mark::Repeat(2), &["double", "dobel"]),
    (Mark::Repeat(3), &["triple", "tripel"]),
    (Mark::At, &["at", "et"]),
    (Mark::Patient, &["patient", "pasien"]),
    (Mark::Password, PASSWORD),
    (Mark::Code, CODE),
];

/// Bits of the gate; a word in some sixty passes it by chance.
const BITS: u64 = 4096;

struct Table {
    gate: [u64; (BITS / 64) as usize],
    words: Vec<(u64, Mark)>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table { gate: [0; (BITS / 64) as usize], words: Vec::new() };
    for (mark, words) in WORDS {
        for hash in words.iter().map(|w| hash(w)) {
            table.gate[(hash % BITS / 64) as usize] |= 1 << (hash % 64);
            table.words.push((hash, *mark));
        }
    }
    table.words.sort_by_key(|(hash, _)| *hash);
    table
});

/// What the word with this hash is.
#[inline]
pub(super) fn marked(hash: u64) -> Option<Mark> {
    let table = &*TABLE;
    if table.gate[(hash % BITS / 64) as usize] >> (hash % 64) & 1 == 0 {
        return None;
    }
    let found = table.words.binary_search_by_key(&hash, |(h, _)| *h).ok()?;
    table.words.get(found).map(|(_, mark)| *mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_told_and_none_is_two_things() {
        for (mark, words) in WORDS {
            for word in *words {
                assert_eq!(marked(hash(word)), Some(*mark), "{word}");
            }
        }
        assert_eq!(marked(hash("password-less")), None);
    }
}
