//! United States: social security and taxpayer numbers.

use super::{Candidate, Source, Words, uniform};
use crate::detect::nearby::words::{COUNTING, ITIN, NOT_SSN, SSN};
use crate::detect::numbers::{Atom, Gap};
use crate::detect::validate;

/// Numbers printed in advertisements and sample cards, and so void.
const VOID: &[&[u8]] = &[b"078051120", b"219099999", b"123456789", b"111111111", b"457555462"];

pub(super) fn at(source: &Source<'_>, at: usize, out: &mut Vec<Candidate>) {
    let numbers = &source.numbers;
    if numbers.glued_left(at) && source.near(&numbers.span_of(at..at + 1)).find(SSN, 0, 0).is_none()
    {
        return;
    }
    let chain = numbers.chain(at, 10);
    let lens: Vec<usize> = chain.iter().map(Atom::len).collect();
    let (count, base, form) = match lens.as_slice() {
        [3, 2, 4, ..] => match uniform(chain.get(..3).unwrap_or_default()) {
            Some(Gap::Dash) => (3, 80, "grouped 3-2-4"),
            Some(Gap::Space) => (3, 60, "grouped 3-2-4"),
            Some(Gap::Dot) => (3, 60, "grouped 3-2-4"),
            _ => return,
        },
        [5, 4, ..] | [3, 6, ..] => (2, 45, "nine digits"),
        [9, ..] => (1, 25, "nine digits"),
        [1, 1, 1, 1, 1, 1, 1, 1, 1] => (9, 40, "nine digits one by one"),
        _ => return,
    };
    let atoms = at..at + count;
    // A longer chain in the same writing is another number.
    let more = chain.get(count - 1).is_some_and(|a| a.gap == Gap::Dash && chain.len() > count);
    if more || numbers.glued_right(atoms.clone()) {
        return;
    }
    let before = source.before(numbers.span_of(atoms.clone()).start);
    if matches!(before, Some('-' | '.' | '/' | '$' | '+' | '#')) {
        return;
    }
    let digits = numbers.digits_of(atoms.clone());
    if VOID.contains(&digits) || digits.starts_with(b"98765432") {
        return;
    }
    let span = numbers.span_of(atoms.clone());
    if validate::us_ssn(digits) {
        let words = Words { with: SSN, up: 50, reach: (6, 3), against: NOT_SSN, down: 35 };
        let why = format!("{form}, area, group and serial in use");
        out.push(source.judge("pii.us.ssn", atoms, span, base, &why, &words));
    } else if validate::us_itin(digits) {
        let words = Words { with: ITIN, up: 50, reach: (6, 3), against: COUNTING, down: 35 };
        let why = format!("{form}, begins with 9 and has a taxpayer group");
        out.push(source.judge("pii.us.itin", atoms, span, base, &why, &words));
    }
}
