//! The language of a draft, by its function words. English and Indonesian are told apart;
//! anything else is unknown.

use std::sync::LazyLock;

use super::words::hash;
use super::{PartText, Word};

/// Words that hold English sentences together and are no Indonesian words.
const ENGLISH: &[&str] = &[
    "a", "about", "after", "all", "also", "an", "and", "are", "as", "at", "be", "because", "been",
    "but", "by", "can", "could", "did", "do", "does", "for", "from", "had", "has", "have", "he",
    "her", "his", "how", "if", "in", "into", "is", "it", "its", "just", "my", "no", "not", "of",
    "on", "or", "our", "out", "over", "she", "should", "so", "than", "that", "the", "their",
    "them", "there", "they", "this", "to", "was", "we", "were", "what", "when", "where", "which",
    "who", "why", "will", "with", "would", "you", "your",
];

/// Words that hold Indonesian sentences together, colloquial ones included, and are no English words.
const INDONESIAN: &[&str] = &[
    "ada", "adalah", "aja", "akan", "aku", "anda", "apa", "atau", "banget", "belum", "bisa",
    "buat", "bukan", "dan", "dari", "deh", "dengan", "di", "dia", "dong", "enggak", "ga", "gak",
    "gue", "gw", "hanya", "harus", "ini", "itu", "jadi", "jangan", "jika", "juga", "kak", "kalau",
    "kalo", "kami", "kamu", "karena", "ke", "kita", "kok", "lagi", "lah", "lebih", "lo", "mau",
    "mereka", "nggak", "nih", "oleh", "pada", "para", "pun", "saja", "sama", "sampai", "sangat",
    "saya", "sebagai", "semua", "seperti", "sih", "sudah", "tak", "tapi", "telah", "tentang",
    "tetapi", "tidak", "udah", "untuk", "yang", "yg",
];

/// Slots of the table, a power of two.
const SLOTS: usize = 1024;

/// The function words by the hash that every word of a text already has: its lowest bit gives way
/// to the language, 1 for Indonesian. Each stands in one of the two slots that its hash names; a
/// free slot is 0.
struct Known([u64; SLOTS]);

static KNOWN: LazyLock<Known> = LazyLock::new(|| {
    let mut known = Known([0; SLOTS]);
    for (words, language) in [(ENGLISH, 0), (INDONESIAN, 1)] {
        for word in words {
            known.put((hash(word) & !1) | language);
        }
    }
    known
});

/// The slots that a hash may stand in.
fn places(hash: u64) -> [usize; 2] {
    [(hash >> 1) as usize % SLOTS, (hash >> 33) as usize % SLOTS]
}

impl Known {
    /// Puts a word into one of its slots. What stood there moves to its other one, and so on: a
    /// sixth of the slots is taken, and so a free one is near.
    fn put(&mut self, word: u64) {
        let [first, second] = places(word);
        let mut at = if self.0[first] == 0 { first } else { second };
        let mut word = word;
        for _ in 0..SLOTS {
            word = std::mem::replace(&mut self.0[at], word);
            if word == 0 {
                return;
            }
            let [first, second] = places(word);
            at = if at == first { second } else { first };
        }
    }

    /// Whether a word is an English function word, and whether an Indonesian one: 0 or 1 each, so
    /// that they are added up without a branch that half of the words take.
    #[inline]
    fn counts(&self, word: &Word) -> (u32, u32) {
        let [first, second] = places(word.hash).map(|at| self.0[at]);
        let same = |slot: u64| u64::from((slot ^ word.hash) & !1 == 0);
        let known = same(first) | same(second);
        let indonesian = (first & same(first)) | (second & same(second));
        ((known & !indonesian) as u32, indonesian as u32)
    }
}

/// `en` or `id`, or none where the words do not tell: one language must have at least one
/// function word and twice as many as the other.
pub(crate) fn detect<'a>(parts: impl Iterator<Item = &'a PartText>) -> Option<&'static str> {
    let (mut english, mut indonesian) = (0_u32, 0_u32);
    let known = &*KNOWN;
    for part in parts {
        for word in &part.words {
            let (e, i) = known.counts(word);
            english += e;
            indonesian += i;
        }
    }
    match (english, indonesian) {
        (0, 0) => None,
        (e, i) if e >= 2 * i.max(1) || (i == 0 && e > 0) => Some("en"),
        (e, i) if i >= 2 * e.max(1) || (e == 0 && i > 0) => Some("id"),
        _ => None,
    }
}

/// The primary subtag of a language tag, lower case, with the old code of Indonesian mended:
/// `en-US` is `en`, `in_ID` is `id`.
pub(crate) fn primary(tag: &str) -> String {
    let subtag = tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    if subtag == "in" { "id".to_owned() } else { subtag }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::PartRole;

    #[test]
    fn function_words_are_sorted_and_apart() {
        assert!(ENGLISH.is_sorted() && INDONESIAN.is_sorted());
        assert!(ENGLISH.iter().all(|w| INDONESIAN.binary_search(w).is_err()));
        let kept = KNOWN.0.iter().filter(|slot| **slot != 0).count();
        assert_eq!(kept, ENGLISH.len() + INDONESIAN.len());
    }

    #[test]
    fn tells_english_from_indonesian() {
        for (text, language) in [
            ("We are happy with the results of this quarter", Some("en")),
            ("Kami senang dengan hasil kuartal ini", Some("id")),
            ("keren banget sih", Some("id")),
            ("Bluehawk 2026", None),
            ("Launching di Jakarta for sure", None),
            ("", None),
        ] {
            let part = PartText::new("", PartRole::Body, text);
            assert_eq!(detect(std::iter::once(&part)), language, "{text}");
        }
        assert_eq!(primary("in_ID"), "id");
        assert_eq!(primary("EN-us"), "en");
    }
}
