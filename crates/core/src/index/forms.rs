//! What a word of a draft may be a form of.
//!
//! English plurals and simple verb forms (`leaks`, `leaked`, `leaking`, `merged`, `allies`),
//! Indonesian clitics (`-nya`, `-lah`, `-kah`, `-pun`, `-ku`, `-mu`), reduplication by digit
//! (`kode2`), and derivation (`me-`, `di-`, `ber-`, `ter-`, `per-`, `pe-`, `ke-`, `se-`, `-kan`,
//! `-an`, `-i`), the nasal of `me-` and `pe-` undone (`memukul` is a form of `pukul`).
//!
//! Each guess is only a candidate: a term is found where it *is* one of the candidates.

/// The longest word that is looked at; longer ones have no forms.
const LONGEST: usize = 31;

/// Tells every candidate: its bytes, and whether it takes Indonesian derivation to get there. An
/// English draft uses none of those; without `derive` they are not made.
pub(super) fn each(word: &[u8], derive: bool, mut found: impl FnMut(&[u8], bool)) {
    if !may_be_form(word, word.len(), derive)
        || !word.iter().all(|b| b.is_ascii_lowercase() | b.is_ascii_digit())
        || !word.first().is_some_and(u8::is_ascii_lowercase)
    {
        return;
    }
    let last = word.last().copied().unwrap_or_default();
    if matches!(last, b's' | b'd' | b'g') {
        english(word, &mut found);
    }
    if matches!(last, b'h' | b'n' | b'a' | b'u' | b'i' | b'2') {
        indonesian(word, derive, &mut found);
    } else if derive {
        prefixes(word, &mut found);
    }
}

/// Whether the length and the last two letters of a word, which ends `text`, leave it to be a form.
/// Told without a branch, since of a text's words some are and most are not.
#[inline]
pub(super) fn may_be_form(text: &[u8], len: usize, derive: bool) -> bool {
    (len.wrapping_sub(4) <= LONGEST - 4) & (derive | ends_as_form(text))
}

/// `-s`, `-ed`, `-ing`, `-lah`, `-kah`, `-tah`, `-pun`, `-nya`, `-ku`, `-mu`, `2`: what forms end
/// in, Indonesian derivation aside, as far as two letters say it.
#[inline]
fn ends_as_form(word: &[u8]) -> bool {
    const ENDS: [[u8; 256]; 2] = {
        let mut ends = [[0b1000_0001; 256], [0; 256]];
        // `-ss` is no plural.
        ends[0][b's' as usize] = 0b1000_0000;
        ends[1][b's' as usize] = 1;
        let pairs = [*b"ed", *b"ng", *b"ah", *b"un", *b"ya", *b"ku", *b"mu"];
        let mut n = 0;
        while n < pairs.len() {
            // `-ku` and `-mu` share a bit: any other pair of their letters is one of them.
            let bit = 1 << (if n < 6 { n + 1 } else { 6 });
            ends[0][pairs[n][0] as usize] |= bit;
            ends[1][pairs[n][1] as usize] |= bit;
            n += 1;
        }
        ends[1][b'2' as usize] = 0b1000_0000;
        ends
    };
    match word {
        [.., a, b] => ENDS[0][usize::from(*a)] & ENDS[1][usize::from(*b)] != 0,
        _ => false,
    }
}

fn is_vowel(b: u8) -> bool {
    matches!(b, b'a' | b'e' | b'i' | b'o' | b'u')
}

/// Puts `stem` and `tail` together for a moment.
fn with(stem: &[u8], tail: u8, found: &mut impl FnMut(&[u8], bool)) {
    let mut buffer = [tail; LONGEST + 1];
    if let Some(start) = buffer.get_mut(..stem.len()) {
        start.copy_from_slice(stem);
    }
    found(buffer.get(..=stem.len()).unwrap_or_default(), false);
}

fn english(word: &[u8], found: &mut impl FnMut(&[u8], bool)) {
    if let Some(stem) = word.strip_suffix(b"s") {
        if !stem.ends_with(b"s") {
            found(stem, false);
        }
        if let Some(stem) = stem.strip_suffix(b"e") {
            if stem.ends_with(b"s")
                || stem.ends_with(b"x")
                || stem.ends_with(b"z")
                || stem.ends_with(b"h")
                || stem.ends_with(b"o")
            {
                found(stem, false);
            }
            if let Some(stem) = stem.strip_suffix(b"i").filter(|s| s.len() >= 2) {
                with(stem, b'y', found);
            }
        }
        return;
    }
    let (stem, with_e) = if let Some(stem) = word.strip_suffix(b"ed") {
        (stem, true)
    } else if let Some(stem) = word.strip_suffix(b"ing") {
        (stem, false)
    } else {
        return;
    };
    if stem.len() < 3 {
        return;
    }
    found(stem, false);
    with(stem, b'e', found);
    if with_e && let Some(stem) = stem.strip_suffix(b"i") {
        with(stem, b'y', found);
    }
    if let [rest @ .., a, b] = stem
        && a == b
        && !is_vowel(*a)
        && rest.len() >= 2
    {
        found(stem.get(..stem.len() - 1).unwrap_or_default(), false);
    }
}

/// How long the word is without `-lah`, `-kah`, `-tah` or `-pun`. Patterns of single bytes: a
/// comparison of slices would be a call, and every word comes through here.
fn without_particle(word: &[u8]) -> Option<usize> {
    match word {
        [rest @ .., b'l' | b'k' | b't', b'a', b'h'] | [rest @ .., b'p', b'u', b'n'] => {
            Some(rest.len())
        }
        _ => None,
    }
}

/// How long the word is without `-nya`, `-ku` or `-mu`.
fn without_pronoun(word: &[u8]) -> Option<usize> {
    match word {
        [rest @ .., b'n', b'y', b'a'] | [rest @ .., b'k' | b'm', b'u'] => Some(rest.len()),
        _ => None,
    }
}

fn indonesian(word: &[u8], derive: bool, found: &mut impl FnMut(&[u8], bool)) {
    if derive {
        prefixes(word, found);
    }
    let part = |end: usize| word.get(..end).unwrap_or_default();
    // `-ku` and `-mu` end too many English words to be taken off those.
    let derived = matches!(word, [.., b'k' | b'm', b'u']);
    // Particle, then pronoun, then suffix: each may be missing.
    let particle = without_particle(word).filter(|n| *n >= 3);
    for after_particle in [Some(word.len()), particle].into_iter().flatten() {
        let pronoun = without_pronoun(part(after_particle)).filter(|n| *n >= 3);
        for after_pronoun in [Some(after_particle), pronoun].into_iter().flatten() {
            let clitic = part(after_pronoun);
            if after_pronoun < word.len() && (derive || !derived) {
                found(clitic, derived);
                if derive {
                    prefixes(clitic, found);
                }
            }
            if let [once @ .., b'2'] = clitic {
                found(once, false);
            }
            if !derive {
                continue;
            }
            let suffixes: [Option<&[u8]>; 2] = match clitic {
                [long @ .., b'k', b'a', b'n'] => [Some(long), clitic.get(..clitic.len() - 2)],
                // "-in" is how "-kan" and "-i" are said among friends: "bocorin", "kirimin".
                [rest @ .., b'a' | b'i', b'n'] | [rest @ .., b'i'] => [Some(rest), None],
                _ => [None, None],
            };
            for stem in suffixes.into_iter().flatten().filter(|s| s.len() >= 4) {
                found(stem, true);
                prefixes(stem, found);
            }
        }
    }
}

/// Takes an Indonesian prefix off.
fn prefixes(word: &[u8], found: &mut impl FnMut(&[u8], bool)) {
    // Most words are told apart by their first two letters.
    let (Some(&first), Some(&second)) = (word.first(), word.get(1)) else { return };
    let mut derived = |stem: &[u8]| {
        if stem.len() >= 4 {
            found(stem, true);
        }
    };
    // The one word that takes "pel-": "pelajaran", "dipelajari", "mempelajari".
    for prefix in [&b"pel"[..], b"dipel", b"mempel"] {
        if let Some(stem) = word.strip_prefix(prefix).filter(|s| s.starts_with(b"ajar")) {
            derived(stem);
        }
    }
    match (first, second) {
        (b'd', b'i') | (b'k', b'e') | (b's', b'e') | (b'k', b'u') => {
            derived(word.get(2..).unwrap_or_default());
            if let Some(stem) = word.strip_prefix(b"diper") {
                derived(stem);
            }
        }
        (b'b' | b't', b'e') if word.get(2) == Some(&b'r') => {
            derived(word.get(3..).unwrap_or_default());
        }
        (b'b', b'e') if word.starts_with(b"bekerja") || word.starts_with(b"belajar") => {
            derived(word.get(if word.starts_with(b"bek") { 2 } else { 3 }..).unwrap_or_default());
        }
        // "ngirim", "ngebocorin", "nyebar": what is left of "me-" among friends.
        (b'n', b'g' | b'y') => nasal(word, &mut derived),
        (b'm' | b'p', b'e') => {
            let rest = word.get(2..).unwrap_or_default();
            if first == b'p' {
                derived(rest.strip_prefix(b"r").unwrap_or_default());
            } else if let Some(stem) = rest.strip_prefix(b"mper") {
                derived(stem);
            }
            nasal(rest, &mut derived);
        }
        _ => {}
    }
}

/// What stands behind `me` or `pe`: the nasal and the stem it was made from.
fn nasal(rest: &[u8], derived: &mut impl FnMut(&[u8])) {
    let mut with_first = |first: u8, stem: &[u8]| {
        let mut buffer = [first; LONGEST + 1];
        if let Some(rest) = buffer.get_mut(1..=stem.len()) {
            rest.copy_from_slice(stem);
        }
        derived(buffer.get(..=stem.len()).unwrap_or_default());
    };
    let vowel = |stem: &[u8]| stem.first().is_some_and(|b| is_vowel(*b));
    if let Some(stem) = rest.strip_prefix(b"ny") {
        if vowel(stem) {
            with_first(b's', stem);
        }
    } else if let Some(stem) = rest.strip_prefix(b"ng") {
        if vowel(stem) {
            with_first(b'k', stem);
        }
        derived(stem);
        if let Some(stem) = stem.strip_prefix(b"e") {
            derived(stem);
        }
    } else if let Some(stem) = rest.strip_prefix(b"m") {
        if vowel(stem) {
            with_first(b'p', stem);
            derived(rest);
        } else {
            derived(stem);
        }
    } else if let Some(stem) = rest.strip_prefix(b"n") {
        if vowel(stem) {
            with_first(b't', stem);
            derived(rest);
        } else {
            derived(stem);
        }
    } else if rest.first().is_some_and(|b| matches!(b, b'l' | b'r' | b'w' | b'y')) {
        derived(rest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(form: &str, term: &str) -> bool {
        let mut yes = false;
        each(form.as_bytes(), true, |candidate, _| yes |= candidate == term.as_bytes());
        yes
    }

    /// Without derivation, what is told by a word's last two letters is all there is.
    #[test]
    fn forms_are_told_by_their_ends() {
        let letters = b"abcdeghiklmnopstuwxy2";
        for a in letters {
            for b in letters {
                for c in letters {
                    for lead in ["w", "war", "memu"] {
                        let end = String::from_utf8(vec![*a, *b, *c]).unwrap();
                        let word = format!("{lead}{end}");
                        let mut some = false;
                        let bytes = word.as_bytes();
                        let last = bytes.last().copied().unwrap();
                        if matches!(last, b's' | b'd' | b'g') {
                            english(bytes, &mut |_, _| some = true);
                        } else {
                            indonesian(bytes, false, &mut |_, _| some = true);
                        }
                        assert!(!some || ends_as_form(bytes), "{word}");
                    }
                }
            }
        }
    }

    #[test]
    fn english_forms() {
        for (term, forms) in [
            ("bluehawk", &["bluehawks", "bluehawked", "bluehawking"][..]),
            ("merge", &["merges", "merged", "merging"]),
            ("plan", &["plans", "planned", "planning"]),
            ("ally", &["allies", "allied"]),
            ("boss", &["bosses"]),
            ("launch", &["launches", "launched", "launching"]),
        ] {
            for form in forms {
                assert!(of(form, term), "{form} of {term}");
            }
        }
        for (form, term) in [("boss", "bos"), ("taxi", "tax"), ("thing", "th"), ("news", "newss")] {
            assert!(!of(form, term), "{form} of {term}");
        }
    }

    #[test]
    fn indonesian_forms() {
        for (term, forms) in [
            (
                "rapat",
                &["rapatnya", "rapatlah", "rapatkah", "rapatpun", "rapatkan", "merapatkan"][..],
            ),
            (
                "bocor",
                &["membocorkan", "dibocorkan", "bocornya", "kebocoran", "bocoran", "terbocor"],
            ),
            ("pukul", &["memukul", "pemukul", "dipukul", "memukulnya", "pukulan"]),
            ("tulis", &["menulis", "penulis", "ditulis", "tulisan"]),
            ("kirim", &["kirimin", "ngirim", "ngirimin", "dikirimin"]),
            ("bocor", &["bocorin", "ngebocorin", "dibocorin"]),
            ("umum", &["umumin", "ngumumin", "diumumin"]),
            (
                "sebar",
                &[
                    "nyebar",
                    "nyebarin",
                    "menyebar",
                    "menyebarkan",
                    "penyebaran",
                    "disebarkan",
                    "tersebar",
                ],
            ),
            ("kirim", &["mengirim", "pengiriman", "dikirimkan", "kirimanku", "kirimanmu"]),
            ("gaji", &["gajinya", "menggaji", "penggajian", "digaji"]),
            ("lapor", &["melapor", "melaporkan", "pelapor", "laporan", "laporannya"]),
            ("kode", &["kode2", "kode2nya", "kodenya"]),
            ("ajar", &["mengajar", "mempelajari", "dipelajari", "pelajarannya"]),
            ("besar", &["memperbesar", "diperbesar", "terbesar", "sebesar"]),
        ] {
            for form in forms {
                assert!(of(form, term), "{form} of {term}");
            }
        }
    }
}
