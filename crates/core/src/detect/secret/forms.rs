//! Secrets by the words of people: a password after its word, a one-time code, a user and password
//! in an address, a key block.

use std::ops::Range;

use super::{Secret, placeholder};
use crate::detect::marked::{Mark, marked};
use crate::text::PartText;

/// Words for a password; what follows must look like one.
pub(in crate::detect) const PASSWORD: &[&str] = &[
    "password",
    "passwd",
    "pwd",
    "pw",
    "passcode",
    "passphrase",
    "sandi",
    "katasandi",
    "pass",
    "passwordnya",
    "sandinya",
    "pwnya",
    "passnya",
];
/// Words that may stand between.
const BETWEEN: &[&str] = &[
    "is",
    "adalah",
    "ialah",
    "nya",
    "for",
    "untuk",
    "the",
    "wifi",
    "baru",
    "new",
    "saya",
    "kita",
    "kami",
    "our",
    "my",
    "account",
    "akun",
    "admin",
    "to",
    "ke",
    "it",
    "s",
    "yaitu",
    "now",
    "of",
    "in",
    "on",
    "at",
    "from",
    "di",
    "dari",
    "buat",
    "kantor",
    "office",
    "guest",
    "guests",
    "tamu",
    "router",
    "server",
    "email",
    "laptop",
    "company",
    "perusahaan",
    "staging",
    "production",
    "prod",
    "database",
    "db",
    "network",
    "jaringan",
    "vpn",
    "portal",
    "shared",
    "team",
    "tim",
    "root",
    "user",
    "login",
    "wi",
    "fi",
    "printer",
    "meeting",
    "room",
];
/// Words for a code that is good once.
pub(in crate::detect) const CODE: &[&str] =
    &["otp", "verification", "verifikasi", "2fa", "mfa", "pin", "authenticator"];

pub(super) fn find(text: &PartText, out: &mut Vec<Secret>) {
    blocks(text, out);
    addresses(text, out);
    words(text, out);
}

/// Where a sign stands next.
fn next(text: &PartText, from: usize, sign: &str) -> Option<usize> {
    memchr::memmem::find(text.raw.as_bytes().get(from..)?, sign.as_bytes()).map(|i| from + i)
}

/// `-----BEGIN ... PRIVATE KEY-----` and what follows.
fn blocks(text: &PartText, out: &mut Vec<Secret>) {
    let mut from = 0;
    while let Some(at) = next(text, from, "-----BEGIN") {
        from = at + 10;
        let rest = text.raw.get(at..).unwrap_or_default();
        let Some(head_end) = rest.get(10..).and_then(|r| r.find("-----")).filter(|i| *i < 60)
        else {
            continue;
        };
        let head = rest.get(10..10 + head_end).unwrap_or_default();
        if !head.contains("PRIVATE KEY") {
            continue;
        }
        let body_start = 10 + head_end + 5;
        let body = rest.get(body_start..).unwrap_or_default();
        let body_end = body.find("-----END").unwrap_or_else(|| body.floor_char_boundary(4000));
        let body = body.get(..body_end).unwrap_or_default();
        let signs =
            body.bytes().filter(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/')).count();
        if signs < 32 || body.contains("...") || body.contains("…") {
            continue;
        }
        let tail = rest.get(body_start + body_end..).unwrap_or_default();
        let tail = tail
            .strip_prefix("-----END")
            .and_then(|t| t.find("-----"))
            .filter(|i| *i < 60)
            .map_or(0, |i| i + 13);
        let end = at + body_start + body_end + tail;
        out.push(Secret {
            name: "secret.private-key",
            span: at..end,
            score: 95,
            why: "a private key block".to_owned(),
        });
        from = end.max(from);
    }
}

/// `scheme://user:password@host`.
fn addresses(text: &PartText, out: &mut Vec<Secret>) {
    let raw = text.raw.as_bytes();
    let mut from = 0;
    while let Some(at) = next(text, from, "://") {
        from = at + 3;
        let rest = raw.get(from..).unwrap_or_default();
        let stop = |b: &u8| {
            b.is_ascii_whitespace() || matches!(b, b'/' | b'"' | b'\'' | b'<' | b'>' | b'`')
        };
        let end = rest.iter().take(300).position(stop).unwrap_or(rest.len().min(300));
        let authority = rest.get(..end).unwrap_or_default();
        // A slash may stand in a password; then the last "@" of the word decides.
        let authority = if authority.contains(&b'@') {
            authority
        } else {
            let word = rest
                .iter()
                .take(300)
                .position(|b| b.is_ascii_whitespace() || matches!(b, b'"' | b'\'' | b'`'));
            let word = rest.get(..word.unwrap_or(rest.len().min(300))).unwrap_or_default();
            let scheme = text.raw.get(..at).unwrap_or_default();
            if scheme.ends_with("http") || scheme.ends_with("https") { continue } else { word }
        };
        let Some(sign) = authority.iter().rposition(|b| *b == b'@') else { continue };
        let userinfo = authority.get(..sign).unwrap_or_default();
        let Some(colon) = userinfo.iter().position(|b| *b == b':') else { continue };
        let password = userinfo.get(colon + 1..).unwrap_or_default();
        let host = authority.get(sign + 1..).unwrap_or_default();
        let user = userinfo.get(..colon).unwrap_or_default();
        if password.len() < 3
            || host.is_empty()
            || host.first() == Some(&b'$')
            || template(password)
            || password == user
            || placeholder(password)
        {
            continue;
        }
        let start = from + colon + 1;
        out.push(Secret {
            name: "secret.url-credentials",
            span: start..start + password.len(),
            score: 85,
            why: "a user name and a password in an address".to_owned(),
        });
        from += end.max(1);
    }
}

/// Whether `user:password`, in quotes or not, has a placeholder for its password.
pub(super) fn no_password(value: &[u8]) -> bool {
    let inner = value.trim_ascii();
    let inner = inner
        .strip_prefix(b"\"")
        .or_else(|| inner.strip_prefix(b"'"))
        .and_then(|v| v.split_last().map(|(_, v)| v))
        .unwrap_or(inner);
    let colon = inner.iter().position(|b| *b == b':');
    colon.is_some_and(|at| {
        let (user, password) = (inner.get(..at), inner.get(at + 1..).unwrap_or_default());
        template(password) || Some(password) == user
    })
}

/// Words for a password, and variables to be filled in.
fn template(value: &[u8]) -> bool {
    let lower = value.to_ascii_lowercase();
    let text = String::from_utf8_lossy(&lower);
    let plain = text.trim_matches(|c: char| !c.is_alphanumeric());
    matches!(
        plain,
        "password"
            | "pass"
            | "passwd"
            | "pwd"
            | "secret"
            | "token"
            | "user"
            | "changeme"
            | "xxx"
            | "foo"
            | "bar"
            | "test"
            | ""
            | "pw"
            | "key"
            | "username"
            | "hostname"
    ) || text.contains(['{', '}', '<', '>', '*'])
        || text.starts_with(['%', '$'])
        || text.starts_with('[')
}

/// "password: hunter2!", "kata sandi wifi adalah ...", "OTP saya 123456".
fn words(text: &PartText, out: &mut Vec<Secret>) {
    let words = &text.words;
    for (i, word) in words.iter().enumerate() {
        match marked(word.hash) {
            Some(Mark::Password) => out.extend(password(text, i)),
            Some(Mark::Code) => {
                let before = || (i.saturating_sub(6)..i).find_map(|n| code_before(text, n));
                out.extend(code(text, i).or_else(before));
            }
            _ => {}
        }
    }
}

/// What stands after a word for a password and a colon, "=" or "is".
fn password(text: &PartText, word: usize) -> Option<Secret> {
    let words = &text.words;
    let mut last = words.get(word)?;
    let mut linked = false;
    let mut next = word + 1;
    // Up to six words between, of which one may be the verb: "the password of the office is".
    let (start, joined) = loop {
        let gap_end = words.get(next).map_or(text.raw.len(), |w| w.raw.start);
        let gap = text.raw.get(last.raw.end..gap_end)?;
        if gap.contains('\n') && !gap.trim_start().is_empty() && !gap.contains([':', '=']) {
            return None;
        }
        if let Some(at) = gap.find([':', '=']) {
            if !gap.get(..at)?.chars().all(|c| c.is_whitespace() || "\"')*_`".contains(c)) {
                return None;
            }
            break (last.raw.end + at + 1, true);
        }
        if gap.contains(['.', '!', '?', ',', ';', '/']) {
            return None;
        }
        let between = words.get(next).map(|w| text.word(w))?;
        if linked || next > word + 6 || !BETWEEN.contains(&between) {
            break (words.get(next)?.raw.start, false);
        }
        linked |= matches!(between, "is" | "adalah" | "ialah" | "nya" | "yaitu" | "s");
        last = words.get(next)?;
        next += 1;
    };
    if !joined && !linked {
        return None;
    }
    // Signs that a word never begins with belong to the password.
    let tail = text.raw.get(start..)?;
    let lead = tail.len()
        - tail.trim_start_matches([' ', '\t', '=', ':', '"', '\'', '`', '>', '“', '*']).len();
    let rest = tail.get(lead..)?;
    let open = lead > 0 && tail.get(..lead)?.ends_with(['"', '\'', '`', '“']);
    let len = rest
        .find(|c: char| c.is_whitespace() || (open && "\"'`”".contains(c)))
        .unwrap_or(rest.len());
    let value = rest.get(..len)?.trim_end_matches(['.', ',', ';', ')', '"', '\'', '”', '`', '?']);
    let value = if value.ends_with('!') && !joined { value.trim_end_matches('!') } else { value };
    let span = start + lead..start + lead + value.len();
    strong(value).then(|| Secret {
        name: "secret.password",
        span,
        score: if joined { 68 } else { 62 },
        why: "what looks like a password after the word for it".to_owned(),
    })
}

/// Whether a word looks like a password and not like one of a sentence.
fn strong(value: &str) -> bool {
    let length = value.chars().count();
    if !(6..=64).contains(&length)
        || value.contains("://")
        || value.starts_with(['@', '#', '/', '<', '(', '[', '&'])
        || value.ends_with([':', '…'])
        || template(value.as_bytes())
        || placeholder(value.as_bytes())
    {
        return false;
    }
    let digits = value.chars().filter(char::is_ascii_digit).count();
    let letters = value.chars().filter(|c| c.is_alphabetic()).count();
    let upper = value.chars().filter(|c| c.is_uppercase()).count();
    let lower = letters - upper;
    let signs = value.chars().filter(|c| c.is_ascii_punctuation()).count();
    let special = value.chars().any(|c| "!@#$%^&*+=~|?".contains(c));
    let units = ["am", "pm", "th", "st", "nd", "rd", "x"];
    let counted = units.iter().any(|u| {
        value
            .to_lowercase()
            .strip_suffix(u)
            .is_some_and(|n| n.bytes().all(|b| b.is_ascii_digit() || b == b':' || b == b'.'))
    });
    let camel = upper >= 2
        && lower >= 2
        && value.chars().skip(1).any(char::is_uppercase)
        && value.is_ascii();
    (digits >= 1 && letters >= 2 && !counted)
        || (special && letters >= 3 && signs <= length / 2 && !value.ends_with(['!', '?']))
        || (camel && length >= 8 && signs > 0)
        || (digits >= 6 && digits == length && length <= 12)
}

/// Four to eight digits after a word for a one-time code, said to be one's own.
fn code(text: &PartText, word: usize) -> Option<Secret> {
    let words = &text.words;
    let first = words.get(word)?;
    let named = text.word(first);
    for (n, next) in words.iter().enumerate().skip(word + 1).take(5) {
        let previous = words.get(n - 1)?;
        let gap = text.raw.get(previous.raw.end..next.raw.start)?;
        if gap.contains(['\n', '!', '?', ';']) || (gap.contains('.') && !gap.contains(':')) {
            return None;
        }
        let sign = text.word(next);
        let digits = sign.bytes().all(|b| b.is_ascii_digit());
        if digits && (4..=8).contains(&sign.len()) {
            if matches!(named, "pin") && !pin(text, word) {
                return None;
            }
            // A year is no code.
            let year = sign.len() == 4 && (sign.starts_with("19") || sign.starts_with("20"));
            return (!year).then(|| Secret {
                name: "secret.one-time-code",
                span: Range { start: next.raw.start, end: next.raw.end },
                score: 64,
                why: format!("digits after \"{named}\""),
            });
        }
        if !matches!(
            sign,
            "code"
                | "kode"
                | "is"
                | "adalah"
                | "saya"
                | "my"
                | "nya"
                | "anda"
                | "your"
                | "kamu"
                | "untuk"
                | "for"
                | "atm"
                | "number"
                | "nomor"
                | "ku"
                | "sms"
                | "whatsapp"
                | "wa"
        ) {
            return None;
        }
    }
    None
}

/// "G-482913 is your Google verification code", "482913 adalah kode verifikasi Anda": four to eight
/// digits that are said to be a code behind them.
fn code_before(text: &PartText, word: usize) -> Option<Secret> {
    let words = text.words.get(word..(word + 8).min(text.words.len()))?;
    let (first, rest) = words.split_first()?;
    let digits = text.word(first);
    if !(4..=8).contains(&digits.len()) || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let (says, rest) = rest.split_first()?;
    if !matches!(text.word(says), "is" | "adalah" | "ialah" | "merupakan") {
        return None;
    }
    let mut code = false;
    let mut named = false;
    let mut end = says.raw.end;
    for next in rest {
        if !text.raw.get(end..next.raw.start)?.chars().all(|c| matches!(c, ' ' | '-')) {
            break;
        }
        end = next.raw.end;
        let sign = text.word(next);
        named |= CODE.contains(&sign) && sign != "pin";
        code |= matches!(sign, "code" | "kode" | "otp");
    }
    (named && code).then(|| Secret {
        name: "secret.one-time-code",
        span: Range { start: first.raw.start, end: first.raw.end },
        score: 64,
        why: "digits said to be a code".to_owned(),
    })
}

/// A "pin" may be a badge or a place on a map: a bank or a person has to be named.
fn pin(text: &PartText, word: usize) -> bool {
    let around = text.words.get(word.saturating_sub(3)..(word + 3).min(text.words.len()));
    around.unwrap_or_default().iter().any(|w| {
        matches!(
            text.word(w),
            "atm" | "my" | "saya" | "card" | "kartu" | "nya" | "bank" | "kode" | "ku" | "code"
        )
    })
}
