//! Check digits and shapes of the numbers that identify people, cards and accounts.
//!
//! Every function takes ASCII digits (or, for an IBAN, letters and digits)
//! without separators and answers whether they can be what they claim to be.

use std::ops::RangeInclusive;

/// The Luhn check (ISO/IEC 7812-1 annex B): cards, the first nine digits of an NPWP.
///
/// False for fewer than two digits and for anything but digits.
pub fn luhn(digits: &[u8]) -> bool {
    if digits.len() < 2 || !digits.iter().all(u8::is_ascii_digit) {
        return false;
    }
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(i, d)| {
            let d = u32::from(d - b'0');
            match (i % 2, d) {
                (0, d) => d,
                (_, d) if d > 4 => d * 2 - 9,
                (_, d) => d * 2,
            }
        })
        .sum();
    sum.is_multiple_of(10)
}

/// The remainder by 97 of a number in which letters count 10 to 35 (ISO/IEC 7064 MOD 97-10).
/// None where a sign is neither a letter nor a digit.
fn mod97_of(signs: impl Iterator<Item = u8>) -> Option<u32> {
    signs.into_iter().try_fold(0u32, |rest, c| match c {
        b'0'..=b'9' => Some((rest * 10 + u32::from(c - b'0')) % 97),
        b'a'..=b'z' => Some((rest * 100 + u32::from(c - b'a') + 10) % 97),
        b'A'..=b'Z' => Some((rest * 100 + u32::from(c - b'A') + 10) % 97),
        _ => None,
    })
}

/// Whether the signs, read as one number, leave 1 when divided by 97.
pub fn mod97(signs: &[u8]) -> bool {
    signs.len() >= 3 && mod97_of(signs.iter().copied()) == Some(1)
}

/// Length of an IBAN by country (SWIFT IBAN registry, release 99).
const IBAN_LENGTHS: &[(&[u8; 2], usize)] = &[
    (b"ad", 24),
    (b"ae", 23),
    (b"al", 28),
    (b"at", 20),
    (b"az", 28),
    (b"ba", 20),
    (b"be", 16),
    (b"bg", 22),
    (b"bh", 22),
    (b"bi", 27),
    (b"br", 29),
    (b"by", 28),
    (b"ch", 21),
    (b"cr", 22),
    (b"cy", 28),
    (b"cz", 24),
    (b"de", 22),
    (b"dj", 27),
    (b"dk", 18),
    (b"do", 28),
    (b"ee", 20),
    (b"eg", 29),
    (b"es", 24),
    (b"fi", 18),
    (b"fk", 18),
    (b"fo", 18),
    (b"fr", 27),
    (b"gb", 22),
    (b"ge", 22),
    (b"gi", 23),
    (b"gl", 18),
    (b"gr", 27),
    (b"gt", 28),
    (b"hr", 21),
    (b"hu", 28),
    (b"ie", 22),
    (b"il", 23),
    (b"iq", 23),
    (b"is", 26),
    (b"it", 27),
    (b"jo", 30),
    (b"kw", 30),
    (b"kz", 20),
    (b"lb", 28),
    (b"lc", 32),
    (b"li", 21),
    (b"lt", 20),
    (b"lu", 20),
    (b"lv", 21),
    (b"ly", 25),
    (b"mc", 27),
    (b"md", 24),
    (b"me", 22),
    (b"mk", 19),
    (b"mn", 20),
    (b"mr", 27),
    (b"mt", 31),
    (b"mu", 30),
    (b"ni", 28),
    (b"nl", 18),
    (b"no", 15),
    (b"om", 23),
    (b"pk", 24),
    (b"pl", 28),
    (b"ps", 29),
    (b"pt", 25),
    (b"qa", 29),
    (b"ro", 24),
    (b"rs", 22),
    (b"ru", 33),
    (b"sa", 24),
    (b"sc", 31),
    (b"sd", 18),
    (b"se", 24),
    (b"si", 19),
    (b"sk", 24),
    (b"sm", 27),
    (b"so", 23),
    (b"st", 25),
    (b"sv", 28),
    (b"tl", 23),
    (b"tn", 24),
    (b"tr", 26),
    (b"ua", 29),
    (b"va", 22),
    (b"vg", 24),
    (b"xk", 20),
    (b"ye", 30),
];

/// How long an IBAN of this country is (two letters, either case).
pub fn iban_length(country: [u8; 2]) -> Option<usize> {
    let country = country.map(|c| c.to_ascii_lowercase());
    IBAN_LENGTHS.binary_search_by(|(c, _)| (*c).cmp(&country)).ok().map(|i| IBAN_LENGTHS[i].1)
}

/// An international bank account number: the country's length, and MOD 97-10
/// with the first four signs moved to the end (ISO 13616).
pub fn iban(signs: &[u8]) -> bool {
    let [a, b, c, d, rest @ ..] = signs else { return false };
    let head = [*a, *b, *c, *d];
    c.is_ascii_digit()
        && d.is_ascii_digit()
        && iban_length([*a, *b]) == Some(signs.len())
        && mod97_of(rest.iter().copied().chain(head)) == Some(1)
}

/// A payment card's network, by the first digits and the length.
/// None where no network issues such numbers. Ranges: ISO/IEC 7812 registrations
/// as the networks publish them.
pub fn card_network(digits: &[u8]) -> Option<&'static str> {
    let prefix = |n: usize| number(digits.get(..n)?);
    let (two, three, four) = (prefix(2)?, prefix(3)?, prefix(4)?);
    let six = prefix(6)?;
    let long: RangeInclusive<usize> = 16..=19;
    Some(match digits.len() {
        13 | 16 | 19 if digits.first() == Some(&b'4') => "Visa",
        16 if (51..=55).contains(&two) || (2221..=2720).contains(&four) => "Mastercard",
        15 if two == 34 || two == 37 => "American Express",
        15 if four == 2131 || four == 1800 => "JCB",
        n if long.contains(&n) && (3528..=3589).contains(&four) => "JCB",
        14..=19 if (300..=305).contains(&three) || three == 309 || matches!(two, 36 | 38 | 39) => {
            "Diners Club"
        }
        n if long.contains(&n) && (four == 6011 || (644..=649).contains(&three) || two == 65) => {
            "Discover"
        }
        n if long.contains(&n) && two == 62 => "UnionPay",
        n if long.contains(&n) && (2200..=2204).contains(&four) => "Mir",
        n if (16..=19).contains(&n) && (506_099..=506_198).contains(&six) => "Verve",
        n if (12..=19).contains(&n) && (two == 50 || (56..=58).contains(&two) || two == 67) => {
            "Maestro"
        }
        16 if four == 6304 || four == 6759 || four == 6390 || six == 606_282 => "Maestro",
        16 if matches!(two, 60 | 81 | 82) => "RuPay",
        15 if digits.first() == Some(&b'1') => "UATP",
        _ => return None,
    })
}

/// A US social security number that can have been issued: nine digits, by area, group and serial.
pub fn us_ssn(digits: &[u8]) -> bool {
    let [a, b, c, g, h, s @ ..] = digits else { return false };
    if digits.len() != 9 || !digits.iter().all(u8::is_ascii_digit) {
        return false;
    }
    let area = [*a, *b, *c];
    area != *b"000" && area != *b"666" && *a != b'9' && [*g, *h] != *b"00" && s != b"0000"
}

/// A US taxpayer number for people without an SSN: 9xx, and a group in use.
pub fn us_itin(digits: &[u8]) -> bool {
    let group = digits.get(3..5).and_then(number);
    digits.len() == 9
        && digits.iter().all(u8::is_ascii_digit)
        && digits.first() == Some(&b'9')
        && matches!(group, Some(50..=65 | 70..=88 | 90..=92 | 94..=99))
}

/// What the sixteen digits of an Indonesian NIK say, if they can be one:
/// a province in use, a district, a date of birth (day + 40 for women), a serial.
///
/// The year has two digits and says nothing about the century, so 29 February
/// is taken in any of them.
pub fn nik(digits: &[u8]) -> bool {
    if digits.len() != 16 || !digits.iter().all(u8::is_ascii_digit) {
        return false;
    }
    let part = |range: std::ops::Range<usize>| digits.get(range).and_then(number).unwrap_or(0);
    let day = match part(6..8) {
        d @ 1..=31 => d,
        d @ 41..=71 => d - 40,
        _ => return false,
    };
    let month = part(8..10);
    let days = match month {
        2 if part(10..12).is_multiple_of(4) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return false,
    };
    matches!(part(0..2), 11..=19 | 21 | 31..=36 | 51..=53 | 61..=65 | 71..=76 | 81 | 82 | 91..=97)
        && part(2..4) != 0
        && part(4..6) != 0
        && day <= days
        && part(12..16) != 0
}

/// An Indonesian tax number: the old fifteen digits (Luhn over the first nine),
/// or sixteen: 0 and an old one, or the NIK of a resident.
pub fn npwp(digits: &[u8]) -> bool {
    match digits {
        [b'0', old @ ..] if old.len() == 15 => npwp(old),
        d if d.len() == 15 => {
            d.iter().all(u8::is_ascii_digit)
                && d.iter().any(|c| *c != b'0')
                && d.get(..9).is_some_and(luhn)
        }
        d if d.len() == 16 => nik(d),
        _ => false,
    }
}

/// A validator by the name a policy gives it: `luhn`, `iban`, `mod97`, `card`, `ssn`, `itin`,
/// `nik`, `npwp`. Signs other than letters and digits are passed over. None: no such validator.
pub fn by_name(name: &str, text: &str) -> Option<bool> {
    let signs: Vec<u8> = text.bytes().filter(u8::is_ascii_alphanumeric).collect();
    let digits: Vec<u8> = text.bytes().filter(u8::is_ascii_digit).collect();
    Some(match name {
        "luhn" => luhn(&digits),
        "iban" => iban(&signs),
        "mod97" => mod97(&signs),
        "card" => luhn(&digits) && card_network(&digits).is_some(),
        "ssn" => us_ssn(&digits),
        "itin" => us_itin(&digits),
        "nik" => nik(&digits),
        "npwp" => npwp(&digits),
        _ => return None,
    })
}

/// The names that [`by_name`] knows.
pub const NAMES: &[&str] = &["luhn", "iban", "mod97", "card", "ssn", "itin", "nik", "npwp"];

/// A short run of digits as a number; none for other signs or more than nine.
pub(crate) fn number(digits: &[u8]) -> Option<u32> {
    if digits.is_empty() || digits.len() > 9 {
        return None;
    }
    digits.iter().try_fold(0, |n: u32, d| d.is_ascii_digit().then(|| n * 10 + u32::from(d - b'0')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn luhn_knows_right_from_wrong() {
        assert!(luhn(b"4012888888881881"));
        assert!(!luhn(b"4012888888881882"));
        assert!(!luhn(b"") && !luhn(b"0") && !luhn(b"40a2"));
    }

    #[test]
    fn iban_needs_its_countrys_length_and_remainder() {
        assert!(iban(b"GB82WEST12345698765432"));
        assert!(iban(b"nl91abna0417164300"));
        assert!(!iban(b"GB82WEST12345698765433"));
        assert!(!iban(b"GB82WEST1234569876543"));
        assert!(!iban(b"ZZ82WEST12345698765432") && !iban(b"GB"));
    }

    #[test]
    fn iban_lengths_are_in_order() {
        assert!(IBAN_LENGTHS.is_sorted_by_key(|(c, _)| *c));
    }

    #[test]
    fn a_resident_of_indonesia_has_a_province_and_a_birthday() {
        assert!(nik(b"3204015708900003"), "woman, 17 August");
        assert!(!nik(b"3204013213900003"), "day 32");
        assert!(!nik(b"2904011708900003"), "no such province");
        assert!(!nik(b"3204011708900000"), "serial 0000");
        assert!(!nik(b"320401170890000") && !nik(b"32040117089000x3"));
    }

    #[test]
    fn american_numbers_have_areas() {
        assert!(us_ssn(b"078051123"));
        for bad in [b"000051123", b"666051123", b"978051123", b"078001123", b"078050000"] {
            assert!(!us_ssn(bad));
        }
        assert!(us_itin(b"911701234") && !us_itin(b"911891234") && !us_itin(b"811701234"));
    }

    #[test]
    fn names_lead_to_validators() {
        for name in NAMES {
            assert!(by_name(name, "x").is_some());
        }
        assert_eq!(by_name("npwp", "02.227.201.7-411.000"), Some(true));
        assert_eq!(by_name("nothing", "1"), None);
    }
}
