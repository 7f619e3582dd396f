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

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Language {
    English,
    Indonesian,
}

/// Slots of the table: some six for each word, so that nearly every word of a text is told by the
/// first slot that is looked at.
const SLOTS: usize = 1024;

/// The function words by the hash that every word of a text already has.
struct Known([Option<(u64, Language)>; SLOTS]);

static KNOWN: LazyLock<Known> = LazyLock::new(|| {
    let mut known = Known([None; SLOTS]);
    for (words, language) in [(ENGLISH, Language::English), (INDONESIAN, Language::Indonesian)] {
        for word in words {
            let hash = hash(word);
            if let Some(free) = places(hash).find(|at| known.0[*at].is_none()) {
                known.0[free] = Some((hash, language));
            }
        }
    }
    known
});

/// The slots that a hash may stand in, first choice first.
fn places(hash: u64) -> impl Iterator<Item = usize> {
    let first = hash as usize % SLOTS;
    (0..SLOTS).map(move |n| (first + n) % SLOTS)
}

impl Known {
    fn language(&self, word: &Word) -> Option<Language> {
        places(word.hash)
            .map_while(|at| self.0[at])
            .find(|(hash, _)| *hash == word.hash)
            .map(|(_, language)| language)
    }
}

/// `en` or `id`, or none where the words do not tell: one language must have at least one
/// function word and twice as many as the other.
pub(crate) fn detect<'a>(parts: impl Iterator<Item = &'a PartText>) -> Option<&'static str> {
    let (mut english, mut indonesian) = (0_u32, 0_u32);
    for part in parts {
        for word in &part.words {
            match KNOWN.language(word) {
                Some(Language::English) => english += 1,
                Some(Language::Indonesian) => indonesian += 1,
                None => {}
            }
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
        let kept = KNOWN.0.iter().flatten().count();
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
