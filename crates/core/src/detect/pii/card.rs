//! Payment cards: a known network's first digits, its length, and the Luhn check.

use super::{Candidate, Source, Words, uniform};
use crate::detect::nearby::words::{CARD, COUNTING};
use crate::detect::numbers::{Atom, Gap};
use crate::detect::validate;

/// Numbers that the networks and payment providers publish for testing.
const TEST_CARDS: &[&str] = &[
    "4111111111111111",
    "4012888888881881",
    "4222222222222",
    "4242424242424242",
    "4000056655665556",
    "4000002500003155",
    "4000000000009995",
    "4000000000000002",
    "4000000000000077",
    "4000000000003220",
    "4000002760003184",
    "4000000000000069",
    "4000000000000127",
    "4000000000000119",
    "4917610000000000",
    "4917300800000000",
    "4484070000000000",
    "4462030000000000",
    "4485480221084675",
    "4005519200000004",
    "4009348888881881",
    "4012000033330026",
    "4012000077777777",
    "4012000088888888",
    "4217651111111119",
    "4500600000000061",
    "4508750015741019",
    "4444333322221111",
    "5555555555554444",
    "5105105105105100",
    "5200828282828210",
    "5454545454545454",
    "5425233430109903",
    "5555341244441115",
    "5424000000000015",
    "2223003122003222",
    "2223000048410010",
    "2222420000001113",
    "2720992720992729",
    "5019717010103742",
    "5500000000000004",
    "5555558265554449",
    "5204740009900014",
    "2223016768739313",
    "378282246310005",
    "371449635398431",
    "378734493671000",
    "340000000000009",
    "374245455400126",
    "370000000000002",
    "6011111111111117",
    "6011000990139424",
    "6011981111111113",
    "6011000400000000",
    "6011000000000012",
    "6011601160116611",
    "3056930009020004",
    "30569309025904",
    "38520000023237",
    "36227206271667",
    "36006666333344",
    "36148900647913",
    "3566002020360505",
    "3530111333300000",
    "3528000700000000",
    "3566111111111113",
    "3088000000000017",
    "6200000000000005",
    "6200000000000047",
    "6205500000000000004",
    "6759649826438453",
    "6304000000000000",
    "6799990100000000019",
    "6331101999990016",
    "5610591081018250",
    "122000000000003",
    "6771798021000008",
    "5067990000000000028",
    "4571736000000075",
    "5076000000000001234",
];

/// Cards that begin at an atom.
pub(super) fn at(source: &Source<'_>, at: usize, out: &mut Vec<Candidate>) {
    let numbers = &source.numbers;
    if numbers.glued_left(at) && !prefixed(source, at) {
        return;
    }
    let chain = numbers.chain(at, 19);
    let mut total = 0;
    let mut best = None;
    for (i, atom) in chain.iter().enumerate() {
        total += atom.len();
        if total > 19 {
            break;
        }
        let part = chain.get(..=i).unwrap_or_default();
        if total < 12 || !shape(part, chain.get(i + 1)) {
            continue;
        }
        let digits = numbers.digits_of(at..at + i + 1);
        if let Some(network) = validate::card_network(digits)
            && validate::luhn(digits)
        {
            best = Some((i, network, part.len() > 1));
        }
    }
    let Some((last, network, grouped)) = best else { return };
    let atoms = at..at + last + 1;
    let digits = numbers.digits_of(atoms.clone());
    let repeated = digits.iter().all(|d| Some(d) == digits.first());
    if numbers.glued_right(atoms.clone()) {
        return;
    }
    if repeated || TEST_CARDS.iter().any(|t| t.as_bytes() == digits) {
        out.push(Candidate::published(atoms.clone(), numbers.span_of(atoms), 100));
        return;
    }
    // A bare run of digits passes by chance once in some thirty cases, groups of four hardly ever.
    let major = matches!(network, "Visa" | "Mastercard" | "American Express") && digits.len() > 13;
    let base = match (grouped, major) {
        (true, true) => 85,
        (true, false) => 70,
        (false, true) => 65,
        (false, false) => 40,
    };
    let why = format!("passes the Luhn check, first digits of {network}");
    let words = Words { with: CARD, up: 30, reach: (8, 4), against: COUNTING, down: 40 };
    let span = numbers.span_of(atoms.clone());
    out.push(source.judge("pii.card", atoms, span, base, &why, &words));
}

/// Whether the letters that touch the number are a word for it ("cc4539...").
fn prefixed(source: &Source<'_>, at: usize) -> bool {
    let span = source.numbers.span_of(at..at + 1);
    source.near(&span).find(CARD, 0, 0).is_some()
}

/// The groups that cards are printed and typed in.
fn shape(atoms: &[Atom], next: Option<&Atom>) -> bool {
    if atoms.len() == 1 {
        return atoms[0].len() >= 12;
    }
    if !matches!(uniform(atoms), Some(Gap::Space | Gap::Dash | Gap::Dot)) {
        return false;
    }
    let first = atoms[0].len();
    let last = atoms.last().map_or(0, Atom::len);
    if atoms.iter().all(|a| a.len() == 1) {
        // One by one: the row must end with the number.
        return next.is_none_or(|n| n.len() > 1);
    }
    let same = atoms.split_last().is_some_and(|(_, rest)| rest.iter().all(|a| a.len() == first));
    match atoms.iter().map(Atom::len).collect::<Vec<_>>().as_slice() {
        [4, 6, 4 | 5] | [8, 8] | [6, 10] | [4, 4, 5] | [4, 12] | [12, 4] => true,
        // Groups of four (the last may be shorter), or pairs.
        _ => same && ((first == 4 && last <= 4) || (first == 2 && last <= 2)),
    }
}
