//! Scripts of host names, as browsers judge them before they show a name in Unicode.
//!
//! The rules follow what Chromium documents for its address bar: a label may mix scripts only in
//! the combinations of UTS 39 "highly restrictive", a label wholly of letters that look like
//! Latin ones is not shown unless the top-level domain is of that script, digits of two systems and
//! invisible signs are not shown.

/// What is wrong with a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Suspicion {
    /// Letters of several scripts in one label.
    MixedScript,
    /// Every letter is of another script and looks like a Latin one.
    LooksLatin,
    /// Invisible signs, or signs that no name may have.
    Invisible,
    /// Digits of several systems.
    MixedDigits,
    /// Written in punycode that does not decode, or that encodes plain ASCII.
    Broken,
}

impl Suspicion {
    /// In a few English words.
    pub fn why(self) -> &'static str {
        match self {
            Self::MixedScript => "mixes letters of several scripts",
            Self::LooksLatin => "letters of another script that look like Latin ones",
            Self::Invisible => "has invisible signs",
            Self::MixedDigits => "mixes digits of several systems",
            Self::Broken => "punycode that does not decode",
        }
    }
}

/// Scripts as far as mixing them matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Script {
    Common,
    Latin,
    Greek,
    Cyrillic,
    Han,
    Kana,
    Hangul,
    Bopomofo,
    Other(u8),
}

/// The script of a character, by the blocks that letters of host names come from.
fn script(c: char) -> Script {
    match c as u32 {
        0x61..=0x7a
        | 0x41..=0x5a
        | 0xaa
        | 0xba
        | 0xc0..=0xd6
        | 0xd8..=0xf6
        | 0xf8..=0x2b8
        | 0x1d00..=0x1d25
        | 0x1d2c..=0x1d5c
        | 0x1d62..=0x1d65
        | 0x1d6b..=0x1d77
        | 0x1d79..=0x1dbe
        | 0x1e00..=0x1eff
        | 0x2071
        | 0x207f
        | 0x2c60..=0x2c7f
        | 0xa722..=0xa7ff
        | 0xab30..=0xab64
        | 0xff21..=0xff3a
        | 0xff41..=0xff5a => Script::Latin,
        0x370..=0x3ff | 0x1f00..=0x1fff => Script::Greek,
        0x400..=0x52f | 0x1c80..=0x1c8f | 0x2de0..=0x2dff | 0xa640..=0xa69f => Script::Cyrillic,
        0x530..=0x58f => Script::Other(1),
        0x590..=0x5ff => Script::Other(2),
        0x600..=0x6ff | 0x750..=0x77f | 0x8a0..=0x8ff => Script::Other(3),
        0x900..=0xdff => Script::Other(4 + ((c as u32 - 0x900) / 0x80) as u8),
        0xe00..=0xe7f => Script::Other(20),
        0xe80..=0xeff => Script::Other(21),
        0xf00..=0xfff => Script::Other(22),
        0x1000..=0x109f => Script::Other(23),
        0x10a0..=0x10ff | 0x1c90..=0x1cbf | 0x2d00..=0x2d2f => Script::Other(24),
        0x1100..=0x11ff | 0x3130..=0x318f | 0xac00..=0xd7ff => Script::Hangul,
        0x1200..=0x139f => Script::Other(25),
        0x13a0..=0x13ff | 0xab70..=0xabbf => Script::Other(26),
        0x1400..=0x167f => Script::Other(27),
        0x1780..=0x17ff => Script::Other(28),
        0x1800..=0x18af => Script::Other(29),
        0x3005
        | 0x3007
        | 0x2e80..=0x2fdf
        | 0x3400..=0x4dbf
        | 0x4e00..=0x9fff
        | 0xf900..=0xfaff
        | 0x20000..=0x3ffff => Script::Han,
        0x3041..=0x30ff | 0x31f0..=0x31ff | 0xff66..=0xff9f => Script::Kana,
        0x3105..=0x312f | 0x31a0..=0x31bf => Script::Bopomofo,
        0xa4d0..=0xa4ff => Script::Other(30),
        _ => Script::Common,
    }
}

/// Cyrillic and Greek letters that cannot be told from Latin ones.
const LATIN_LOOKING: &str = "асԁеһіјӏорԛѕԝхуъЬҽпгѵѡкьԍοανρτυικγωϲϳҺћ";

/// What is wrong with the labels of a host (in Unicode, lower case), if anything is.
pub fn inspect(host: &str) -> Option<Suspicion> {
    let tld = host.rsplit('.').next().unwrap_or_default();
    host.split('.').find_map(|label| inspect_label(label, tld))
}

fn inspect_label(label: &str, tld: &str) -> Option<Suspicion> {
    if label.is_ascii() {
        return label.starts_with("xn--").then_some(Suspicion::Broken);
    }
    let mut scripts: Vec<Script> = Vec::new();
    let mut digits: Vec<u32> = Vec::new();
    for c in label.chars() {
        let code = c as u32;
        if matches!(code, 0xad | 0x34f | 0x61c | 0x115f..=0x1160 | 0x17b4..=0x17b5 | 0x180b..=0x180e
            | 0x200b..=0x200f | 0x202a..=0x202e | 0x2060..=0x206f | 0x3164 | 0xfe00..=0xfe0f
            | 0xfeff | 0xffa0 | 0xe0000..=0xe0fff)
        {
            return Some(Suspicion::Invisible);
        }
        if c.is_numeric() {
            let system = if c.is_ascii_digit() { 0 } else { 1 + code / 0x40 };
            if !digits.contains(&system) {
                digits.push(system);
            }
        }
        let script = script(c);
        if script != Script::Common && !scripts.contains(&script) {
            scripts.push(script);
        }
    }
    if digits.len() > 1 {
        return Some(Suspicion::MixedDigits);
    }
    if !together(&scripts) {
        return Some(Suspicion::MixedScript);
    }
    let foreign = matches!(scripts.as_slice(), [Script::Cyrillic | Script::Greek]);
    let ascii_tld = tld.is_ascii()
        && !matches!(
            tld,
            "ru" | "su"
                | "ua"
                | "by"
                | "bg"
                | "rs"
                | "mk"
                | "kz"
                | "mn"
                | "kg"
                | "gr"
                | "cy"
                | "eu"
        );
    (foreign
        && ascii_tld
        && label.chars().all(|c| script(c) == Script::Common || LATIN_LOOKING.contains(c)))
    .then_some(Suspicion::LooksLatin)
}

/// Whether scripts may stand in one label: one alone; Latin with Han and the syllabaries of one
/// language.
fn together(scripts: &[Script]) -> bool {
    let all = |allowed: &[Script]| scripts.iter().all(|s| allowed.contains(s));
    scripts.len() <= 1
        || all(&[Script::Latin, Script::Han, Script::Kana])
        || all(&[Script::Latin, Script::Han, Script::Hangul])
        || all(&[Script::Latin, Script::Han, Script::Bopomofo])
        || (!scripts.contains(&Script::Cyrillic)
            && !scripts.contains(&Script::Greek)
            && scripts.len() == 2
            && scripts.contains(&Script::Latin)
            // Latin beside one script of another shape is allowed (UTS 39, moderately), but not
            // beside one whose letters pass for Latin.
            && !scripts.iter().any(|s| matches!(s, Script::Other(1 | 26 | 27 | 30))))
}

/// Undoes punycode (RFC 3492) of a label without its `xn--`. None where it does not decode.
pub fn punycode(code: &str) -> Option<String> {
    let (basic, tail) = code.rsplit_once('-').unwrap_or(("", code));
    if tail.is_empty() || !code.is_ascii() || code.len() > 63 {
        return None;
    }
    let mut out: Vec<char> = basic.chars().collect();
    let (mut n, mut i, mut bias) = (128u32, 0u32, 72u32);
    let mut input = tail.bytes();
    let mut first = true;
    while !input.as_slice_is_empty() {
        let old = i;
        let mut weight = 1u32;
        let mut k = 36u32;
        loop {
            let digit = match input.next()? {
                b @ b'a'..=b'z' => u32::from(b - b'a'),
                b @ b'0'..=b'9' => u32::from(b - b'0') + 26,
                _ => return None,
            };
            i = i.checked_add(digit.checked_mul(weight)?)?;
            let t = k.saturating_sub(bias).clamp(1, 26);
            if digit < t {
                break;
            }
            weight = weight.checked_mul(36 - t)?;
            k += 36;
        }
        let length = u32::try_from(out.len()).ok()? + 1;
        let mut delta = if first { (i - old) / 700 } else { (i - old) / 2 };
        first = false;
        delta += delta / length;
        let mut steps = 0;
        while delta > 455 {
            delta /= 35;
            steps += 36;
        }
        bias = steps + 36 * delta / (delta + 38);
        n = n.checked_add(i / length)?;
        i %= length;
        out.insert(i as usize, char::from_u32(n)?);
        i += 1;
    }
    Some(out.into_iter().collect())
}

/// Whether a byte iterator is at its end.
trait AtEnd {
    fn as_slice_is_empty(&self) -> bool;
}

impl AtEnd for std::str::Bytes<'_> {
    fn as_slice_is_empty(&self) -> bool {
        self.len() == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn punycode_is_undone() {
        for (code, text) in [
            ("bcher-kva", "bücher"),
            ("mnchen-3ya", "münchen"),
            ("80ak6aa92e", "аррӏе"),
            ("p1ai", "рф"),
            ("wgv71a119e", "日本語"),
        ] {
            assert_eq!(punycode(code).as_deref(), Some(text));
        }
        for bad in ["", "-", "a!", "99999999999999", "a-b-"] {
            assert_eq!(punycode(bad), None, "{bad}");
        }
    }

    #[test]
    fn scripts_are_judged_as_browsers_do() {
        for (host, is) in [
            ("münchen.example", None),
            ("日本語.example", None),
            ("日本abc.example", None),
            ("почта.example", None),
            ("аррӏе.com", Some(Suspicion::LooksLatin)),
            ("аррӏе.рф", None),
            ("pаypal.com", Some(Suspicion::MixedScript)),
            ("goοgle.com", Some(Suspicion::MixedScript)),
            ("goo\u{200b}gle.com", Some(Suspicion::Invisible)),
            ("a1٢ب.example", Some(Suspicion::MixedDigits)),
            ("plain.example", None),
        ] {
            assert_eq!(inspect(host), is, "{host}");
        }
    }
}
