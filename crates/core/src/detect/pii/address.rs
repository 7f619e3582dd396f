//! Postal addresses: a street with a number, and what stands around it.

use super::{Candidate, Source};
use crate::detect::nearby::words::HOME;

const STREETS: &[&str] = &[
    "street",
    "st",
    "avenue",
    "ave",
    "road",
    "rd",
    "boulevard",
    "blvd",
    "lane",
    "ln",
    "drive",
    "dr",
    "court",
    "ct",
    "place",
    "pl",
    "terrace",
    "ter",
    "parkway",
    "pkwy",
    "highway",
    "hwy",
    "circle",
    "cir",
    "square",
    "sq",
    "way",
    "crescent",
    "close",
    "alley",
    "plaza",
    "trail",
];

pub(super) fn find(source: &Source<'_>, out: &mut Vec<Candidate>) {
    english(source, out);
    indonesian(source, out);
}

/// `221 Baker Street`, `742 Evergreen Terrace, Springfield, IL 62704`.
fn english(source: &Source<'_>, out: &mut Vec<Candidate>) {
    let text = source.text;
    let words = &text.words;
    for (i, word) in words.iter().enumerate() {
        let number = text.word(word);
        let digits = number.bytes().take_while(u8::is_ascii_digit).count();
        if digits == 0 || digits > 5 || number.len() > digits + 1 {
            continue;
        }
        // One to four capitalised words, then a word for a street.
        let mut last = None;
        for (n, next) in words.iter().enumerate().skip(i + 1).take(5) {
            let typed = source.typed(next.folded.clone());
            let gap = words.get(n - 1).map_or("", |p| {
                text.folded.get(p.folded.end..next.folded.start).unwrap_or_default()
            });
            if n > i + 1 && STREETS.contains(&text.word(next)) && gap == " " {
                last = Some(n);
                break;
            }
            let named = typed.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
            if !named || gap.contains('\n') || !matches!(gap, " " | ". " | "-" | "'" | "’") {
                break;
            }
        }
        let Some(last) = last.and_then(|n| words.get(n).map(|w| (n, w))) else { continue };
        let street = source.typed(last.1.folded.clone());
        if street.starts_with(|c: char| c.is_lowercase()) {
            continue;
        }
        let (mut end, mut score) = (last.1.folded.end, 52);
        let mut why = format!("a number and a street (\"{street}\")");
        // City, state and postal code within the next few words.
        for next in words.iter().skip(last.0 + 1).take(8) {
            let sign = text.word(next);
            let gap = text.folded.get(end..next.folded.start).unwrap_or_default();
            if gap.contains(['.', '!', '?', ';']) && !gap.starts_with(", ") {
                break;
            }
            let code = sign.len() == 5 && sign.bytes().all(|b| b.is_ascii_digit());
            if code {
                (end, score) = (next.folded.end, score + 18);
                why.push_str(", postal code");
                break;
            }
            if matches!(sign, "apt" | "apartment" | "unit" | "suite" | "ste" | "floor") {
                score += 10;
            }
        }
        let span = word.folded.start..end;
        if let Some(near) = source.near(&span).find(HOME, 6, 5) {
            score += 14;
            super::add(&mut why, "near", near);
        }
        out.push(Candidate { name: "pii.address", atoms: 0..0, span, score, why });
    }
}

/// `Jl. Merdeka No. 12 RT 03/RW 05`, `Gang Mawar 7`.
fn indonesian(source: &Source<'_>, out: &mut Vec<Candidate>) {
    let text = source.text;
    let words = &text.words;
    let mut after = 0;
    for (i, word) in words.iter().enumerate() {
        if word.folded.start < after {
            continue;
        }
        let sign = text.word(word);
        let street = match sign {
            "jl" | "jln" | "gg" | "gang" | "perum" | "komplek" | "kompleks" | "dusun" => true,
            "jalan" => false,
            _ => continue,
        };
        let mut end = 0;
        let (mut number, mut house, mut parish) = (false, false, false);
        let mut name = 0;
        let mut previous = word.folded.end;
        for (n, next) in words.iter().enumerate().skip(i + 1).take(22) {
            let sign = text.word(next);
            let gap = text.folded.get(previous..next.folded.start).unwrap_or_default();
            if gap.contains(['!', '?', ';', '\n']) || (gap == ". " && name > 1 && sign.len() > 3) {
                break;
            }
            previous = next.folded.end;
            let digits = sign.starts_with(|c: char| c.is_ascii_digit()) && sign.len() <= 5;
            let last = n.checked_sub(1).and_then(|p| words.get(p)).map_or("", |w| text.word(w));
            match sign {
                "no" | "nomor" | "blok" | "kav" => house = true,
                "rt" | "rw" => parish = true,
                _ if sign.starts_with("rt0") || sign.starts_with("rw0") => {
                    (parish, end) = (true, next.folded.end);
                }
                _ if digits && name + usize::from(house) > 0 => {
                    number = true;
                    end = next.folded.end;
                    if matches!(last, "no" | "nomor") {
                        house = true;
                    }
                }
                "kelurahan" | "kel" | "kecamatan" | "kec" | "desa" => parish = true,
                _ if number && n > i + 12 => break,
                _ => name += 1,
            }
            if name > 5 && !number {
                break;
            }
        }
        if !number || end == 0 {
            continue;
        }
        let span = word.folded.start..end;
        after = end;
        let capital = words.get(i + 1).is_some_and(|w| {
            source.typed(w.folded.clone()).starts_with(|c: char| c.is_uppercase())
        });
        let mut score = 40;
        let mut why = "a street and a number".to_owned();
        if street {
            score += 5;
        }
        if house {
            score += 10;
        }
        if parish {
            score += 30;
            why.push_str(", RT/RW");
        }
        if !capital && !parish {
            score -= 15;
        }
        if let Some(near) = source.near(&span).find(HOME, 6, 3) {
            score += 20;
            super::add(&mut why, "near", near);
        }
        out.push(Candidate { name: "pii.address", atoms: 0..0, span, score, why });
    }
}
