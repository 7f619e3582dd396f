//! A long random value after a word that says it is a key, whoever issued it.

use std::ops::Range;

use super::{Secret, entropy, placeholder};
use crate::text::{EntityKind, PartText};

/// Words that say that what follows gives access.
const WORDS: &[&str] = &[
    "key",
    "keys",
    "token",
    "tokens",
    "secret",
    "secrets",
    "password",
    "passwd",
    "pwd",
    "passwort",
    "passphrase",
    "credential",
    "credentials",
    "creds",
    "auth",
    "authorization",
    "bearer",
    "apikey",
    "pat",
    "jwt",
    "cookie",
    "session",
    "signature",
    "dsn",
    "sandi",
    "kunci",
    "kredensial",
    "license",
    "licence",
    "passcode",
    "api",
    "access",
    "pass",
    "pw",
    "appkey",
    "appsecret",
];
/// Words that end like one of them and are none.
const OTHERS: &[&str] =
    &["monkey", "turkey", "hockey", "jockey", "donkey", "whiskey", "hotkey", "keynote"];
/// Words that say that the value is public, or counts something.
const PUBLIC: &[&str] = &[
    "commit",
    "sha",
    "sha1",
    "sha256",
    "sha512",
    "md5",
    "hash",
    "checksum",
    "digest",
    "revision",
    "public",
    "pubkey",
    "fingerprint",
    "rsa",
    "ed25519",
    "uuid",
    "guid",
    "etag",
    "integrity",
    "isbn",
    "order",
    "tracking",
    "resi",
    "invoice",
    "tx",
    "txid",
    "transaction",
    "block",
    "cid",
];

/// Signs of a token.
const SIGNS: [bool; 256] = {
    let mut signs = [false; 256];
    let mut b = 0;
    while b < 128 {
        let c = b as u8;
        signs[b] = c.is_ascii_alphanumeric()
            || matches!(c, b'_' | b'-' | b'+' | b'/' | b'=' | b'.' | b'~' | b'%' | b':');
        b += 1;
    }
    signs
};

fn sign(b: u8) -> bool {
    SIGNS[usize::from(b)]
}

/// Runs of at least 16 signs.
pub(super) fn tokens(raw: &[u8]) -> Vec<Range<usize>> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < raw.len() {
        // Long tokens only: look at every sixteenth byte, and at its neighbours where it fits.
        let probe = at + 15;
        match raw.get(at..=probe).map(|w| w.iter().rposition(|b| !sign(*b))) {
            None => break,
            Some(Some(last)) => at += last + 1,
            Some(None) => {
                let rest = raw.get(probe..).unwrap_or_default();
                let end = probe + rest.iter().position(|b| !sign(*b)).unwrap_or(rest.len());
                tokens.push(at..end);
                at = end + 1;
            }
        }
    }
    tokens
}

/// Judges tokens by themselves and by the words before them.
pub(super) fn find(text: &PartText, tokens: &[Range<usize>], out: &mut Vec<Secret>) {
    let raw = text.raw.as_bytes();
    for token in tokens {
        let link = text
            .entities_in(&(token.start..token.start + 1))
            .iter()
            .any(|e| e.kind == EntityKind::Link);
        for part in values(raw, token.clone(), link) {
            if let Some(secret) = judge(raw, &part, link) {
                out.push(secret);
            }
        }
    }
}

/// The values of a token: what follows `=` or `:`, and the whole.
fn values(raw: &[u8], token: Range<usize>, link: bool) -> Vec<Range<usize>> {
    let bytes = raw.get(token.clone()).unwrap_or_default();
    let mut parts = Vec::new();
    let mut from = 0;
    for (i, b) in bytes.iter().enumerate() {
        let padding = bytes.get(i..).is_some_and(|r| r.len() <= 3 && r.iter().all(|b| *b == b'='));
        if matches!(b, b'=' | b':') && !padding && i > 0 {
            parts.push(from..i);
            from = i + 1;
        }
    }
    parts.push(from..bytes.len());
    if link && parts.len() == 1 {
        // A path: nothing in it follows a name.
        return Vec::new();
    }
    parts
        .into_iter()
        .map(|p| {
            let value = bytes.get(p.clone()).unwrap_or_default();
            let trim = value.iter().rev().take_while(|b| matches!(b, b'.' | b'-' | b'/')).count();
            token.start + p.start..token.start + p.end - trim
        })
        .filter(|p| p.len() >= 16)
        .collect()
}

fn judge(raw: &[u8], span: &Range<usize>, link: bool) -> Option<Secret> {
    let value = raw.get(span.clone())?;
    let (mut upper, mut lower, mut digits, mut slashes) = (0, 0, 0, 0);
    for b in value {
        match b {
            b'A'..=b'Z' => upper += 1,
            b'a'..=b'z' => lower += 1,
            b'0'..=b'9' => digits += 1,
            b'/' | b'.' => slashes += 1,
            _ => {}
        }
    }
    // Long base64 with a single digit happens.
    let few = if value.len() >= 32 && upper >= 4 && lower >= 4 { 1 } else { 2 };
    if digits < few
        || upper + lower < 2
        || file(value)
        || words_only(value)
        || variable(raw, span)
        || placeholder(value)
        || slashes * 8 > value.len()
    {
        return None;
    }
    let bits = entropy(value);
    let words = before(raw, span.start);
    let public = words.iter().take(4).any(|(w, _)| PUBLIC.contains(&w.as_str()));
    let named = words.iter().find(|(w, _)| names_a_key(w));
    if let Some((word, distance)) = named
        && !public
    {
        // Right after the word and an operator less is asked than some words further on.
        let close = *distance <= 6;
        let enough = if close { 3.0 } else { 3.4 };
        let weak = matches!(
            word.as_str(),
            "api"
                | "access"
                | "pat"
                | "session"
                | "cookie"
                | "pass"
                | "pw"
                | "license"
                | "licence"
                | "auth"
                | "signature"
        );
        if bits >= enough && (!weak || (close && value.len() >= 20) || value.len() >= 32) {
            return Some(Secret {
                name: "secret.generic-api-key",
                span: span.clone(),
                score: if close { 75 } else { 65 },
                why: format!("a random value of {} signs after \"{word}\"", value.len()),
            });
        }
    }
    // A prefix that issuers use ("abc_live_...") and much randomness tell by themselves.
    let text = std::str::from_utf8(value).ok()?;
    let (prefix, rest) = text.split_once(['_', '-'])?;
    let prefixed = (2..=10).contains(&prefix.len())
        && prefix.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        && prefix.bytes().next().is_some_and(|b| b.is_ascii_lowercase());
    let random = rest.len() >= 28 && bits >= 4.2 && upper >= 3 && lower >= 3 && digits >= 3;
    let touching = span.start.checked_sub(1).and_then(|i| raw.get(i));
    let inside = link || matches!(touching, Some(b'/' | b'@' | b'#' | b'?' | b'&'));
    (prefixed && random && slashes == 0 && !inside && !public).then(|| Secret {
        name: "secret.prefixed-token",
        span: span.clone(),
        score: 62,
        why: format!("a random value with the prefix \"{prefix}\""),
    })
}

/// Whether a value is words and numbers with signs between: `ACME_TOKEN_2024`, `my-first-key-1`.
fn words_only(value: &[u8]) -> bool {
    value.split(|b| !b.is_ascii_alphanumeric()).all(|part| {
        let letters = part.iter().filter(|b| b.is_ascii_alphabetic()).count();
        // "v2" and "key1" are words too; two changes and more are not.
        let changes =
            part.windows(2).filter(|w| w[0].is_ascii_digit() != w[1].is_ascii_digit()).count();
        part.len() <= 14 && (letters == 0 || changes <= 1)
    })
}

/// Whether a value is the name of a variable that stands for one: `${NAME}`, `%NAME%`, `<name>`.
fn variable(raw: &[u8], span: &Range<usize>) -> bool {
    let before = span.start.checked_sub(1).and_then(|i| raw.get(i));
    matches!(before, Some(b'{' | b'$' | b'%' | b'<'))
}

/// Whether a value is the name of a file.
fn file(value: &[u8]) -> bool {
    const ENDS: &[&[u8]] = &[
        b".pem", b".key", b".pub", b".crt", b".cer", b".json", b".yaml", b".yml", b".txt", b".png",
        b".jpg", b".js", b".ts", b".html", b".php", b".py", b".rs", b".go", b".java", b".md",
    ];
    ENDS.iter().any(|e| value.ends_with(e))
}

/// Whether a word says that a key follows: alone, or at its end ("accesstoken").
fn names_a_key(word: &str) -> bool {
    WORDS.contains(&word)
        || (word.len() >= 6
            && !OTHERS.contains(&word)
            && ["key", "token", "secret", "password", "passwd", "pwd", "auth", "credentials"]
                .iter()
                .any(|w| word.ends_with(w)))
}

/// The words before a position, nearest first, with the bytes between: split at signs and at
/// capitals (`clientSecret`), in lower case.
fn before(raw: &[u8], at: usize) -> Vec<(String, usize)> {
    let from = at.saturating_sub(72);
    let head = raw.get(from..at).unwrap_or_default();
    let line = head.iter().rposition(|b| *b == b'\n').map_or(0, |i| {
        // A value may stand on the line after its name.
        if head.len() - i <= 3 { 0 } else { i + 1 }
    });
    let head = head.get(line..).unwrap_or_default();
    let mut words = Vec::new();
    let mut end = head.len();
    while end > 0 && words.len() < 8 {
        let gap = head.get(..end).unwrap_or_default();
        let Some(last) = gap.iter().rposition(u8::is_ascii_alphanumeric) else { break };
        let mut start = last;
        while start > 0 && head[start - 1].is_ascii_alphanumeric() {
            // camelCase parts here.
            if head[start].is_ascii_uppercase() && head[start - 1].is_ascii_lowercase() {
                break;
            }
            start -= 1;
        }
        let word = String::from_utf8_lossy(head.get(start..=last).unwrap_or_default());
        words.push((word.to_ascii_lowercase(), head.len() - last - 1));
        end = start;
    }
    words
}
