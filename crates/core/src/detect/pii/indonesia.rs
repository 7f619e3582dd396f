//! Indonesia: NIK, KK, NPWP, BPJS, passports, number plates.

use crate::detect::nearby::words::{BPJS, COUNTING, KK, NIK, NPWP, PASSPORT, PLATE};
use crate::detect::nearby::{Group, Nearby};
use std::ops::Range;

use super::{Candidate, Source, Words, uniform};
use crate::detect::numbers::{Atom, Gap};
use crate::detect::validate;

/// Number of the last regency (from 01) and of the last city (from 71) of each province, as the
/// Ministry of Home Affairs numbers them, with the codes from before provinces were split.
const REGIONS: &[(u32, u32, u32)] = &[
    (11, 18, 75),
    (12, 25, 78),
    (13, 12, 77),
    (14, 10, 72),
    (15, 9, 72),
    (16, 13, 74),
    (17, 9, 71),
    (18, 13, 72),
    (19, 6, 71),
    (21, 5, 72),
    (31, 1, 75),
    (32, 18, 79),
    (33, 29, 76),
    (34, 4, 71),
    (35, 29, 79),
    (36, 4, 74),
    (51, 8, 71),
    (52, 8, 72),
    (53, 21, 71),
    (61, 12, 72),
    (62, 13, 71),
    (63, 11, 72),
    (64, 11, 74),
    (65, 4, 71),
    (71, 11, 74),
    (72, 12, 71),
    (73, 26, 73),
    (74, 15, 72),
    (75, 5, 71),
    (76, 6, 70),
    (81, 9, 72),
    (82, 8, 72),
    (91, 20, 71),
    (92, 12, 71),
    (93, 4, 70),
    (94, 10, 70),
    (95, 8, 70),
    (96, 5, 71),
];

/// Letters that number plates begin with, by region.
const PLATE_REGIONS: &[&str] = &[
    "a", "aa", "ab", "ad", "ae", "ag", "b", "ba", "bb", "bd", "be", "bg", "bh", "bk", "bl", "bm",
    "bn", "bp", "d", "da", "db", "dc", "dd", "de", "dg", "dh", "dk", "dl", "dm", "dn", "dp", "dr",
    "ds", "dt", "dw", "e", "ea", "eb", "ed", "f", "g", "h", "k", "kb", "kh", "kt", "ku", "l", "m",
    "n", "p", "pa", "pb", "pg", "ps", "pt", "py", "r", "s", "t", "w", "z",
];

/// Units that stand after a number and look like the end of a plate.
const UNITS: &[&str] = &[
    "am", "pm", "th", "km", "kg", "cm", "mm", "idr", "usd", "cc", "hp", "gb", "mb", "tb", "kb",
    "rpm", "mah", "ml", "px", "ce", "bce", "bc", "ad", "utc", "wib", "wit", "gmt", "k", "m", "jt",
];

pub(super) fn at(source: &Source<'_>, at: usize, out: &mut Vec<Candidate>) {
    let numbers = &source.numbers;
    let chain = numbers.chain(at, 18);
    if let Some(first) = chain.first()
        && first.glued_left
        && [NIK, KK, NPWP, BPJS].iter().all(|w| source.near(&first.span).find(*w, 0, 0).is_none())
    {
        return;
    }
    let mut total = 0;
    for (i, atom) in chain.iter().enumerate() {
        total += atom.len();
        if total > 16 {
            break;
        }
        let atoms = at..at + i + 1;
        let part = chain.get(..=i).unwrap_or_default();
        // Digits one by one or in small groups: the row has to end with the number.
        let ends = chain.get(i + 1).is_none_or(|n| n.len() > 1 || part.iter().any(|a| a.len() > 2));
        if !ends || numbers.glued_right(atoms.clone()) {
            continue;
        }
        match total {
            16 => sixteen(source, atoms, part, out),
            15 => fifteen(source, atoms, part, out),
            11 | 13 => bpjs(source, atoms, part, total, out),
            _ => {}
        }
    }
}

fn sixteen(source: &Source<'_>, atoms: Range<usize>, part: &[Atom], out: &mut Vec<Candidate>) {
    let numbers = &source.numbers;
    let digits = numbers.digits_of(atoms.clone());
    let span = numbers.span_of(atoms.clone());
    let near = source.near(&span);
    let nik = validate::nik(digits);
    if validate::npwp(digits) && near.find(NPWP, 5, 2).is_some() && closer(&near, NPWP, NIK) {
        let words = Words { with: NPWP, up: 35, reach: (5, 2), against: COUNTING, down: 40 };
        let why = if nik {
            "a resident's sixteen digits"
        } else {
            "0 and an old NPWP with its check digit"
        };
        out.push(source.judge("pii.id.npwp", atoms, span, 55, why, &words));
        return;
    }
    if !nik {
        return;
    }
    let why = "province, district and birth date of a NIK";
    if near.find(KK, 5, 2).is_some() && closer(&near, KK, NIK) {
        let words = Words { with: KK, up: 40, reach: (5, 2), against: COUNTING, down: 40 };
        out.push(source.judge("pii.id.kk", atoms, span, 50, why, &words));
        return;
    }
    let lens: Vec<usize> = part.iter().map(Atom::len).collect();
    let known = region(digits);
    let base = match (lens.as_slice(), known) {
        ([6, 6, 4], _) => 75,
        ([2, 2, 2, 6, 4], _) => 80,
        ([16] | [4, 4, 4, 4], true) => 60,
        // One by one: nobody writes an order number like that.
        (all, true) if all.len() == 16 => 62,
        (_, true) => 50,
        _ => 35,
    };
    let why = if known { "province, regency and birth date of a NIK" } else { why };
    let words = Words { with: NIK, up: 55, reach: (6, 3), against: COUNTING, down: 45 };
    out.push(source.judge("pii.id.nik", atoms, span, base, why, &words));
}

/// Whether a word of `a` stands nearer before the number than any of `b`.
fn closer(near: &Nearby<'_, '_>, a: Group, b: Group) -> bool {
    near.distance(a, 6).unwrap_or(99) <= near.distance(b, 6).unwrap_or(99)
}

/// Whether the first four digits are a regency or city there is.
fn region(digits: &[u8]) -> bool {
    let code = |range: Range<usize>| digits.get(range).and_then(validate::number).unwrap_or(0);
    let (province, regency) = (code(0..2), code(2..4));
    REGIONS.iter().any(|(p, last, city)| {
        *p == province && ((1..=*last).contains(&regency) || (71..=*city).contains(&regency))
    })
}

fn fifteen(source: &Source<'_>, atoms: Range<usize>, part: &[Atom], out: &mut Vec<Candidate>) {
    let numbers = &source.numbers;
    let digits = numbers.digits_of(atoms.clone());
    let lens: Vec<usize> = part.iter().map(Atom::len).collect();
    let official = lens.as_slice() == [2, 3, 3, 1, 3, 3];
    if !validate::npwp(digits) {
        // Mistyped, but nothing else is written like this.
        if official {
            let span = numbers.span_of(atoms.clone());
            let words = Words { with: NPWP, up: 45, reach: (5, 2), against: COUNTING, down: 40 };
            let why = "written like an NPWP; its check digit is wrong";
            out.push(source.judge("pii.id.npwp", atoms, span, 35, why, &words));
        }
        return;
    }
    let words = Words { with: NPWP, up: 55, reach: (5, 2), against: COUNTING, down: 40 };
    let base = if official { 85 } else { 30 };
    let span = numbers.span_of(atoms.clone());
    out.push(source.judge("pii.id.npwp", atoms, span, base, "check digit of an NPWP", &words));
}

fn bpjs(
    source: &Source<'_>,
    atoms: Range<usize>,
    part: &[Atom],
    total: usize,
    out: &mut Vec<Candidate>,
) {
    let span = source.numbers.span_of(atoms.clone());
    if part.len() > 1 && !matches!(uniform(part), Some(Gap::Space | Gap::Dash)) {
        return;
    }
    if source.near(&span).find(BPJS, 5, 2).is_none() {
        return;
    }
    let words = Words { with: BPJS, up: 45, reach: (5, 2), against: COUNTING, down: 40 };
    let why = format!("{total} digits");
    out.push(source.judge("pii.id.bpjs", atoms, span, 40, &why, &words));
}

/// Passports and plates: letters belong to them.
pub(super) fn lettered(source: &Source<'_>, at: usize, out: &mut Vec<Candidate>) {
    passport(source, at, out);
    plate(source, at, out);
}

fn passport(source: &Source<'_>, at: usize, out: &mut Vec<Candidate>) {
    let Some(atom) = source.numbers.atoms.get(at) else { return };
    if !(6..=9).contains(&atom.len()) || atom.glued_right {
        return;
    }
    let head = source.text.folded.get(..atom.span.start).unwrap_or_default();
    let spaced = head.strip_suffix(' ').unwrap_or(head);
    let letters = |head: &str| head.bytes().rev().take_while(u8::is_ascii_lowercase).count();
    let (count, gap) = match letters(head) {
        0 if spaced.len() < head.len() => match letters(spaced) {
            1 => (1, 1),
            _ => (0, 0),
        },
        n => (n, 0),
    };
    if count > 2 || (count == 0 && atom.len() < 8) {
        return;
    }
    let span = atom.span.start - count - gap..atom.span.end;
    if source.near(&span).find(PASSPORT, 5, 2).is_none() {
        return;
    }
    let words = Words { with: PASSPORT, up: 45, reach: (5, 2), against: COUNTING, down: 40 };
    let base = if count > 0 { 40 } else { 25 };
    let why = "a passport's letters and digits";
    out.push(source.judge("pii.id.passport", at..at + 1, span, base, why, &words));
}

fn plate(source: &Source<'_>, at: usize, out: &mut Vec<Candidate>) {
    let Some(atom) = source.numbers.atoms.get(at) else { return };
    if atom.len() > 4 || atom.spelled || source.numbers.digits.get(atom.digits.start) == Some(&b'0')
    {
        return;
    }
    let folded = &source.text.folded;
    let gap = |c: Option<char>| matches!(c, Some(' ' | '-' | '.')) as usize;
    let left = gap(source.before(atom.span.start));
    let right = gap(source.after(atom.span.end));
    let head = folded.get(..atom.span.start - left).unwrap_or_default();
    let tail = folded.get(atom.span.end + right..).unwrap_or_default();
    let first = head.bytes().rev().take_while(u8::is_ascii_lowercase).count();
    let last = tail.bytes().take_while(u8::is_ascii_lowercase).count();
    let lone = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && c != '_');
    if !(1..=2).contains(&first) || !(1..=3).contains(&last) {
        return;
    }
    let start = atom.span.start - left - first;
    let end = atom.span.end + right + last;
    if !lone(source.before(start)) || !lone(source.after(end)) {
        return;
    }
    let region = folded.get(start..start + first).unwrap_or_default();
    let tail = folded.get(end - last..end).unwrap_or_default();
    if !PLATE_REGIONS.contains(&region) || UNITS.contains(&tail) {
        return;
    }
    // Plates are written in capitals; without them only a word for a vehicle tells.
    let span = start..end;
    let capitals = !source.typed(span.clone()).contains(|c: char| c.is_lowercase());
    let base = match (capitals, atom.len(), last) {
        (true, 4, 2 | 3) => 62,
        (true, 3, 3) => 50,
        (true, 3..=4, _) => 40,
        (true, ..) => 30,
        (false, 3..=4, 2..=3) => 25,
        _ => return,
    };
    let words = Words { with: PLATE, up: 40, reach: (6, 4), against: COUNTING, down: 40 };
    let why = format!("plate letters of a region ({})", region.to_uppercase());
    out.push(source.judge("pii.id.plate", at..at + 1, span, base, &why, &words));
}
