//! The language of a draft, by its function words. English and Indonesian are told apart;
//! anything else is unknown.

use super::PartText;

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

/// `en` or `id`, or none where the words do not tell: one language must have at least one
/// function word and twice as many as the other.
pub(crate) fn detect<'a>(parts: impl Iterator<Item = &'a PartText>) -> Option<&'static str> {
    let (mut english, mut indonesian) = (0_u32, 0_u32);
    for part in parts {
        for word in &part.words {
            // The longest function word has 7 letters; most words of a text are longer.
            if word.folded.len() > 7 {
                continue;
            }
            let word = part.word(word);
            english += u32::from(ENGLISH.binary_search(&word).is_ok());
            indonesian += u32::from(INDONESIAN.binary_search(&word).is_ok());
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
        assert!(ENGLISH.iter().chain(INDONESIAN).all(|w| w.len() <= 7));
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
