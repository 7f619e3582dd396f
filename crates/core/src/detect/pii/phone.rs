//! Telephone numbers: Indonesia, the United States, `+` and a country code, and any number
//! that stands next to a word for telephone.

use crate::detect::nearby::words::{COUNTING, NUMBER, OWNER, PHONE};
use std::ops::Range;

use super::{Candidate, SURE, Source, Words};
use crate::detect::numbers::{Atom, Gap};

const LETTERED: &[&str] = &["office", "fax", "mobile", "cell", "desk", "phone", "home", "work"];

const WORDS: Words = Words { with: PHONE, up: 25, reach: (7, 3), against: COUNTING, down: 40 };

/// First digits of Indonesian mobile numbers after the leading zero.
fn mobile_prefix(digits: &[u8]) -> bool {
    matches!(
        digits,
        [b'8', b'1', b'1'..=b'9', ..]
            | [b'8', b'2', b'1'..=b'3' | b'8', ..]
            | [b'8', b'3', b'1'..=b'3' | b'8', ..]
            | [b'8', b'5', b'1'..=b'3' | b'5'..=b'9', ..]
            | [b'8', b'7', b'0' | b'7'..=b'9', ..]
            | [b'8', b'8', b'1'..=b'9', ..]
            | [b'8', b'9', b'5'..=b'9', ..]
    )
}

/// Area codes of Indonesian fixed lines, without the leading zero.
fn area_code(digits: &[u8]) -> Option<usize> {
    match digits {
        [b'2', b'1' | b'2' | b'4', ..] | [b'3', b'1', ..] | [b'6', b'1', ..] => Some(2),
        [b'2', b'3' | b'5'..=b'9', b'0'..=b'9', ..]
        | [b'3', b'2'..=b'8', b'0'..=b'9', ..]
        | [b'4', b'0'..=b'8', b'0'..=b'9', ..]
        | [b'5', b'1'..=b'6', b'0'..=b'9', ..]
        | [b'6', b'2'..=b'5', b'0'..=b'9', ..]
        | [b'7', b'0'..=b'7', b'0'..=b'9', ..]
        | [b'9', b'0'..=b'8', b'0'..=b'9', ..] => Some(3),
        _ => None,
    }
}

pub(super) fn at(source: &Source<'_>, at: usize, out: &mut Vec<Candidate>) {
    let numbers = &source.numbers;
    let Some(first) = numbers.atoms.get(at) else { return };
    if first.glued_left && source.near(&first.span).find(PHONE, 0, 0).is_none() {
        return;
    }
    let chain = chain(numbers.chain(at, 20));
    let (start, plus) = opening(source, first.span.start);
    let number = Number { source, at, start, plus, chain };
    if plus {
        number.international(out);
    }
    number.indonesian(out);
    // The rest of a number that was not taken ("800-736-5000") is no number of its own.
    let rest = at.checked_sub(1).and_then(|i| numbers.atoms.get(i)).map_or(Gap::End, |a| a.gap);
    if matches!(rest, Gap::End | Gap::Space | Gap::Slash) {
        number.american(out);
        number.any(out);
    }
}

/// A number may be parted by anything but slashes.
fn chain(atoms: &[Atom]) -> &[Atom] {
    let end = atoms.iter().position(|a| a.gap == Gap::Slash).map_or(atoms.len(), |i| i + 1);
    atoms.get(..end).unwrap_or_default()
}

/// Where the number begins with its plus and bracket, and whether there is a plus.
fn opening(source: &Source<'_>, start: usize) -> (usize, bool) {
    let head = source.text.folded.get(..start).unwrap_or_default();
    let bare = head.strip_suffix(' ').unwrap_or(head);
    for (open, plus) in [("(+", true), ("+(", true), ("+ (", true), ("+", true), ("(", false)] {
        if let Some(rest) = head.strip_suffix(open) {
            return (rest.len(), plus);
        }
    }
    match bare.strip_suffix('+') {
        Some(rest) if rest.is_empty() || rest.ends_with([' ', '(', ':']) => (rest.len(), true),
        _ => (start, false),
    }
}

struct Number<'a, 'b> {
    source: &'b Source<'a>,
    at: usize,
    start: usize,
    plus: bool,
    chain: &'b [Atom],
}

impl Number<'_, '_> {
    fn digits(&self, count: usize) -> &[u8] {
        self.source.numbers.digits_of(self.at..self.at + count)
    }

    fn atoms(&self, count: usize) -> Range<usize> {
        self.at..self.at + count
    }

    /// From the plus or bracket to the last digit.
    fn span(&self, count: usize) -> Range<usize> {
        let span = self.source.numbers.span_of(self.atoms(count));
        let inner = self.source.text.folded.get(span.clone()).unwrap_or_default();
        // An opening bracket belongs to the number only where it closes inside.
        let open = self.source.text.folded.get(self.start..span.start).unwrap_or_default();
        let closes = inner.matches(')').count();
        let start = if open.contains('(') && closes <= inner.matches('(').count() {
            span.start - usize::from(open.ends_with('+'))
        } else {
            self.start
        };
        start..span.end
    }

    fn grouped(&self, count: usize) -> bool {
        count > 1
    }

    fn free(&self, count: usize) -> bool {
        let range = self.atoms(count);
        if !self.source.numbers.glued_right(range.clone()) {
            return true;
        }
        // "555-1234-Office" and the like are parted by our own separators; letters that touch
        // are a unit or a hash, unless they are a word for telephone.
        let end = self.source.numbers.span_of(range).end;
        let tail = self.source.text.folded.get(end..).unwrap_or_default();
        LETTERED.iter().any(|w| tail.starts_with(w))
    }

    /// How many atoms make `min..=max` digits: as many as fit, each group a sensible one.
    fn fit(&self, min: usize, max: usize) -> Option<usize> {
        let mut total = 0;
        let mut best = None;
        let singles = self.chain.first().is_some_and(|a| a.len() == 1)
            && self.chain.get(2).is_some_and(|a| a.len() == 1);
        for (i, atom) in self.chain.iter().enumerate() {
            total += atom.len();
            if total > max {
                break;
            }
            // A new number after a space: "0812 3456 7890 0813 ...".
            let begins = i > 0
                && total > min
                && best.is_some()
                && self.chain.get(i - 1).is_some_and(|a| a.gap == Gap::Space)
                && self.source.numbers.digits.get(atom.digits.start) == Some(&b'0')
                && atom.len() >= 4
                // "+44 20 7946 0958": what is left is too short for a number of its own.
                && self.chain.get(i..).is_some_and(|rest| {
                    rest.iter().map(Atom::len).sum::<usize>() >= 7
                });
            if begins {
                break;
            }
            let lone = atom.len() == 1 && !singles && i > 1;
            if total >= min && !lone && self.free(i + 1) {
                best = Some(i + 1);
            }
        }
        best
    }

    fn push(
        &self,
        out: &mut Vec<Candidate>,
        name: &'static str,
        count: usize,
        base: i32,
        why: &str,
        words: &Words,
    ) {
        let candidate =
            self.source.judge(name, self.atoms(count), self.span(count), base, why, words);
        out.push(candidate);
    }

    fn indonesian(&self, out: &mut Vec<Candidate>) {
        let head = self.digits(1).to_vec();
        let all = self.digits(self.chain.len());
        // How many digits stand before the national number.
        let (skip, sure) = match all {
            [b'6', b'2', b'0', b'8', ..] => (3, self.plus),
            [b'6', b'2', ..] => (2, self.plus),
            [b'0', b'0', b'6', b'2', ..] => (4, true),
            [b'0', ..] => (1, false),
            [b'8', ..] => (0, false),
            _ => return,
        };
        let national = all.get(skip..).unwrap_or_default();
        if mobile_prefix(national) {
            let Some(count) = self.fit(skip + 9, skip + 12) else { return };
            let bare = head.len() >= 10;
            let base = match (skip, sure) {
                (_, true) => 90,
                (0, _) => 35,
                (1, _) => 80,
                _ if bare => 72,
                _ => 62,
            };
            let why = "an Indonesian mobile number";
            self.push(out, "pii.phone.id", count, base, why, &WORDS);
            return;
        }
        let Some(area) = area_code(national).filter(|_| skip > 0) else { return };
        if national.starts_with(b"800") {
            return;
        }
        let Some(count) = self.fit(skip + area + 5, skip + area + 8) else { return };
        let parted = self
            .chain
            .first()
            .is_some_and(|a| a.len() == skip + area && matches!(a.gap, Gap::Dash | Gap::Bracket));
        let base = match (sure, parted) {
            (true, _) => 85,
            (_, true) => 62,
            (_, false) => 42,
        };
        let words = Words { down: 45, ..WORDS };
        self.push(out, "pii.phone.id", count, base, "an Indonesian area code", &words);
    }

    fn american(&self, out: &mut Vec<Candidate>) {
        let lens: Vec<usize> = self.chain.iter().take(5).map(Atom::len).collect();
        let (skip, count, grouped) = match lens.as_slice() {
            [1, 3, 3, 4, ..] => (1, 4, true),
            [3, 3, 4, ..] => (0, 3, true),
            [1, 3, 7, ..] => (1, 3, true),
            [3, 7, ..] => (0, 2, true),
            [1, 10, ..] => (1, 2, false),
            [11, ..] => (1, 1, false),
            [10, ..] => (0, 1, false),
            [3, 4, ..] => return self.local(out),
            [1, 1, 1, 1, 1, ..] => {
                let ones = self.chain.iter().take_while(|a| a.len() == 1).count();
                match ones {
                    10 => (0, 10, false),
                    11 => (1, 11, false),
                    _ => return,
                }
            }
            _ => return,
        };
        if self.chain.get(count).is_some_and(|a| {
            a.len() <= 4 && self.chain.get(count - 1).is_some_and(|b| b.gap != Gap::Space)
        }) || !self.free(count)
        {
            return;
        }
        let all = self.digits(count);
        if skip == 1 && all.first() != Some(&b'1') {
            return;
        }
        let Some(number) = all.get(skip..).filter(|n| n.len() == 10) else { return };
        if !american_number(number) || toll_free(number) {
            return;
        }
        let first_gap = self.chain.get(skip).map_or(Gap::End, |a| a.gap);
        let base = match (self.plus || skip == 1, grouped, first_gap) {
            (true, true, _) => 90,
            (true, false, _) if self.plus => 90,
            (_, true, Gap::Bracket | Gap::Dash | Gap::Dot) => 80,
            (_, true, _) => 68,
            (true, false, _) => 45,
            (false, false, _) => 38,
        };
        let words = Words { up: 30, ..WORDS };
        self.push(out, "pii.phone.us", count, base, "area and exchange of a US number", &words);
    }

    /// Seven digits: only right beside a word for telephone.
    fn local(&self, out: &mut Vec<Candidate>) {
        let digits = self.digits(2);
        let span = self.span(2);
        if self.chain.len() > 2
            || self.chain.first().is_none_or(|a| a.gap != Gap::Dash)
            || !self.free(2)
            || digits.starts_with(b"55501")
            || digits.first().is_none_or(|d| *d < b'2')
        {
            return;
        }
        let near = self.source.near(&span);
        if near.find(PHONE, 3, 2).is_some() {
            self.push(out, "pii.phone.us", 2, 40, "seven digits", &WORDS);
        }
    }

    /// A plus and a country code.
    fn international(&self, out: &mut Vec<Candidate>) {
        let all = self.digits(self.chain.len());
        let Some(code) = country_code(all) else { return };
        if code == 1 && american_number(all.get(1..11).unwrap_or_default()) {
            return;
        }
        let Some(count) = self.fit(8, 15) else { return };
        let digits = self.digits(count);
        // Numbers for films, books and examples.
        if digits.starts_with(b"447700900") || digits.starts_with(b"442079460") {
            out.push(Candidate::published(self.atoms(count), self.span(count), 95));
            return;
        }
        // Premium and free numbers; +1 with a void area.
        if code == 1
            || digits.starts_with(b"6215005")
            || digits.starts_with(b"62800")
            || digits.starts_with(b"800")
            || digits.iter().skip(2).all(|d| *d == b'0')
        {
            return;
        }
        let why = format!("+ and the country code {code}");
        self.push(out, "pii.phone", count, 82, &why, &WORDS);
    }

    /// Any number of seven digits and more beside a word for telephone.
    fn any(&self, out: &mut Vec<Candidate>) {
        let Some(count) = self.fit(7, 14) else { return };
        let digits = self.digits(count);
        let part = self.chain.get(..count).unwrap_or_default();
        let lens: Vec<usize> = part.iter().map(Atom::len).collect();
        let opens = digits.first() == Some(&b'0');
        let published = american_safe(digits) || (opens && hotline(digits));
        if published && count == self.chain.len() {
            out.push(Candidate::published(self.atoms(count), self.span(count), SURE));
            return;
        }
        if date(&lens, digits)
            || thousands(&lens, part)
            || hotline(digits)
            || american_safe(digits)
            || american_number(digits)
            || digits.iter().all(|d| Some(d) == digits.first())
            || (lens.len() > 1 && lens.iter().any(|l| *l > 8))
        {
            return;
        }
        let span = self.span(count);
        let before = self.source.before(span.start);
        if matches!(before, Some('$' | '#' | '£' | '€' | '/' | '=' | '.' | '-')) {
            return;
        }
        let near = self.source.near(&span);
        // A word right beside it, or anywhere in reach where the number is written like one.
        let close = near.find(PHONE, 3, 2).is_some();
        let numbered = near.find(NUMBER, 2, 0).is_some() && near.find(PHONE, 7, 4).is_some();
        let written = (self.grouped(count) || opens || self.start < span.end - digits.len())
            && near.find(PHONE, 7, 3).is_some();
        // "My Israeli number is 09-7625400".
        let owned = near.find(NUMBER, 2, 0).is_some()
            && near.find(OWNER, 5, 0).is_some()
            && near.find(COUNTING, 5, 1).is_none()
            && (opens || self.grouped(count) || digits.len() == 11);
        let international = digits.starts_with(b"00") && digits.len() >= 10;
        let base = match () {
            () if close && (opens || self.grouped(count)) => 45,
            () if close || numbered => 38,
            () if written && opens => 42,
            () if written => 36,
            () if owned => 62,
            () if international => 30,
            () => return,
        };
        let long = if digits.len() >= 9 { 3 } else { 0 };
        self.push(out, "pii.phone", count, base + long, "digits of a telephone number", &WORDS);
    }
}

/// Ten digits: area and exchange that can be dialled, and not the examples 555-0100 to 555-0199.
fn american_number(digits: &[u8]) -> bool {
    let [a, b, c, d, e, f, _, _, _, _] = digits else { return false };
    let opens = |x: u8, y: u8, z: u8| x >= b'2' && !(y == b'1' && z == b'1');
    opens(*a, *b, *c) && opens(*d, *e, *f) && *b != b'9' && !american_safe(digits)
}

fn american_safe(digits: &[u8]) -> bool {
    let national = if digits.len() == 11 { digits.strip_prefix(b"1") } else { Some(digits) };
    national.is_some_and(|n| n.len() == 10 && (n.get(3..8) == Some(b"55501") || toll_free(n)))
        || (digits.len() == 7 && digits.starts_with(b"55501"))
}

fn toll_free(digits: &[u8]) -> bool {
    matches!(
        digits.get(..3),
        Some(b"800" | b"888" | b"877" | b"866" | b"855" | b"844" | b"833" | b"822")
    )
}

/// Service numbers that a company publishes: Indonesian 1500xxx, 140xx, 0800, 0804.
fn hotline(digits: &[u8]) -> bool {
    let home = digits.strip_prefix(b"021").unwrap_or(digits);
    (home.starts_with(b"1500") && home.len() <= 8)
        || digits.starts_with(b"0800")
        || digits.starts_with(b"0804")
        || digits.starts_with(b"0807")
        || digits.starts_with(b"0809")
        || digits.starts_with(b"1800")
        || digits.starts_with(b"1300")
}

/// A date: year first or last, or three short groups.
fn date(lens: &[usize], digits: &[u8]) -> bool {
    let year = |d: Option<&[u8]>| matches!(d, Some([b'1', b'9', ..] | [b'2', b'0', ..]));
    match lens {
        [4, 2, 2] | [4, 1, 2] | [4, 2, 1] => year(digits.get(..4)),
        [1 | 2, 1 | 2, 4] => year(digits.get(digits.len().saturating_sub(4)..)),
        [4, 4] => year(digits.get(..4)) && year(digits.get(4..)),
        [8] => {
            year(digits.get(..4))
                && digits.get(4..6).is_some_and(|m| (b"01".as_slice()..=b"12").contains(&m))
        }
        [2, 2, 2, ..] => lens.len() <= 3 && digits.len() == 6,
        _ => false,
    }
}

/// `1.000.000`: a number, not a telephone.
fn thousands(lens: &[usize], atoms: &[Atom]) -> bool {
    lens.len() > 1
        && lens.iter().skip(1).all(|l| *l == 3)
        && atoms.iter().take(atoms.len() - 1).all(|a| matches!(a.gap, Gap::Dot))
}

/// The country code that digits begin with, if there is one (ITU-T E.164 assignments).
fn country_code(digits: &[u8]) -> Option<u32> {
    let head = |n: usize| digits.get(..n).and_then(crate::detect::validate::number);
    let one = head(1)?;
    let two = head(2)?;
    let three = head(3)?;
    Some(match (one, two) {
        (1 | 7, _) => one,
        (
            _,
            20 | 27 | 30..=34 | 36 | 39 | 40 | 41 | 43..=49 | 51..=58 | 60..=66 | 81 | 82 | 84 | 86,
        )
        | (_, 90..=95 | 98) => two,
        (_, 21..=29 | 35 | 37 | 38 | 42 | 50 | 59 | 67..=69 | 80 | 85 | 87 | 88 | 96 | 97 | 99) => {
            three
        }
        _ => return None,
    })
}
