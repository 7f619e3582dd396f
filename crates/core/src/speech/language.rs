//! English or Indonesian? By the little words that no text does without.

use super::phrases::{Hashed, hash};
use super::reading::Token;
use std::sync::LazyLock;

const EN: &str = "the a an and or but of to in on at for with from by is are was were be been am i you he she it we they \
my your our their his her its this that these those not no do does did have has had will would can could should what \
who when where why how if so as than then there here just about into out up all some any more most very one only also \
i'm it's don't can't we're you're i've that's me us them own views opinions";
const ID: &str = "yang dan di ke dari untuk dengan ini itu adalah tidak ada saya aku kami kita kamu anda dia mereka juga \
sudah akan bisa dapat pada oleh karena atau tapi tetapi jika kalau saat lebih sangat hanya lagi masih belum bukan nya \
ya sih dong deh nih kok gak ga nggak enggak gue gua lu lo udah aja banget buat sama yg dgn utk tdk gk krn jd jadi \
apa siapa kapan mana kenapa bagaimana gimana semua para agar supaya setelah sebelum dalam antara bahwa mau biar min kak \
saja pun lah terima kasih tolong mohon hari pendapat pribadi";

static WORDS: LazyLock<Hashed<u8>> = LazyLock::new(|| {
    let mut words = Hashed::default();
    for (list, bit) in [(EN, 1), (ID, 2)] {
        for word in list.split_whitespace() {
            *words.entry(hash(word)).or_default() |= bit;
        }
    }
    words
});

/// The language of some words: `en`, `id`, or none where they do not tell.
pub(crate) fn of(tokens: &[Token]) -> Option<&'static str> {
    let (mut en, mut id) = (0_u32, 0_u32);
    for token in tokens {
        match WORDS.get(&token.hash) {
            Some(1) => en += 1,
            Some(2) => id += 1,
            _ => {}
        }
    }
    match en.cmp(&id) {
        std::cmp::Ordering::Greater => Some("en"),
        std::cmp::Ordering::Less => Some("id"),
        std::cmp::Ordering::Equal => None,
    }
}

/// The language of a text: `en`, `id`, or none where its words do not tell.
pub fn guess(text: &str) -> Option<&'static str> {
    let part = crate::text::PartText::new("", crate::draft::PartRole::Body, text);
    of(&super::reading::tokenize(&part))
}
