/*!
Secrets: keys, tokens and passwords that give access.

A keyword has to stand in the text before any expression is compiled, and it then runs on a window
around the keyword only. Beside the rules by issuer (`secret/rules.txt`, generated from gitleaks, and
`secret/own.txt`) there are forms that no issuer owns: a long random value after a word such as
"token" ([`generic`]), a password after its word, a user and password in an address, a key block.
*/

use std::ops::Range;
use std::sync::OnceLock;

use super::Found;
use crate::automaton::{Program, parse};
use crate::text::PartText;

pub(super) mod forms;
mod generic;

/// Rules of gitleaks; see `cargo xtask secret-rules`.
const RULES: &str = include_str!("secret/rules.txt");
/// Rules for formats that issuers document themselves.
const OWN: &str = include_str!("secret/own.txt");

/// Memory that the largest rule takes is far below, in bytes.
const SIZE_LIMIT: usize = 10 << 20;
/// Groups in groups.
const NEST_LIMIT: u32 = 250;

/// Bytes before a keyword that a secret may begin in.
const BEFORE: usize = 100;
/// Bytes after a keyword that a secret may end in.
const AFTER: usize = 1200;
/// Bytes of a window that the next window of the same rule looks at again.
const OVERLAP: usize = 500;

/// One rule by issuer.
#[derive(Debug)]
struct Rule {
    name: String,
    entropy: f64,
    pattern: &'static str,
    regex: OnceLock<Option<Program>>,
}

impl Rule {
    /// The expression, compiled when first asked for. None if it does not compile, which a test
    /// rules out.
    fn regex(&self) -> Option<&Program> {
        self.regex.get_or_init(|| compile(self.pattern)).as_ref()
    }
}

fn compile(pattern: &str) -> Option<Program> {
    let form = pattern.strip_prefix('~').and_then(|p| p.split_once('~'));
    let whole = form.map(|(names, value)| {
        // "acme_key: value", "acme key is value".
        format!(
            r#"(?i)(?:{names})[ \t\w.-]{{0,20}}[\s'"]{{0,3}}(?:=|>|:{{1,3}}=|\|\||:|=>|\?=|,|\bis\b|\badalah\b)[\x60'"\s=]{{0,5}}({value})(?:[\x60'"\s;,.)]|\\[nr]|$)"#
        )
    });
    let hir = parse(whole.as_deref().unwrap_or(pattern), true, false, NEST_LIMIT).ok()?;
    Program::new(&hir, false, SIZE_LIMIT).ok()
}

/// Rules and keywords, read once.
#[derive(Debug)]
struct Table {
    rules: Vec<Rule>,
    /// Keywords with their rules, in the order of their first four bytes ([`head`]).
    keywords: Vec<(u32, &'static [u8], u16)>,
    /// One bit for each hash of four bytes that begin a keyword.
    gate: Vec<u64>,
    /// Rules with a keyword too short to be looked for everywhere ("pat" stands in every
    /// Indonesian text): tried where it stands inside a long token.
    tokens: Vec<(Vec<&'static [u8]>, u16)>,
}

/// Four bytes in one case: a few signs fall together with letters too, which the comparison of the
/// whole keyword tells apart.
fn head(bytes: [u8; 4]) -> u32 {
    u32::from_le_bytes(bytes) | 0x2020_2020
}

fn hash(head: u32) -> usize {
    (head.wrapping_mul(0x9E37_79B1) >> 17) as usize
}

fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table = Table {
            rules: Vec::new(),
            keywords: Vec::new(),
            gate: vec![0; (1 << 15) / 64],
            tokens: Vec::new(),
        };
        for line in RULES.lines().chain(OWN.lines()) {
            let mut fields = line.splitn(4, '\t');
            let (Some(id), Some(entropy), Some(keywords), Some(pattern)) =
                (fields.next(), fields.next(), fields.next(), fields.next())
            else {
                continue;
            };
            let index = table.rules.len() as u16;
            table.rules.push(Rule {
                name: format!("secret.{id}"),
                entropy: entropy.parse().unwrap_or(0.0),
                pattern,
                regex: OnceLock::new(),
            });
            let short = keywords.split(',').any(|k| k.len() <= 4 && k != "curl");
            if short && !pattern.starts_with('~') {
                let keywords = keywords.split(',').map(str::as_bytes).collect();
                table.tokens.push((keywords, index));
                continue;
            }
            for keyword in keywords.split(',') {
                if let Some(four) = keyword.as_bytes().first_chunk() {
                    let head = head(*four);
                    table.gate[hash(head) / 64] |= 1 << (hash(head) % 64);
                    table.keywords.push((head, keyword.as_bytes(), index));
                }
            }
        }
        table.keywords.sort_by_key(|(head, ..)| *head);
        table
    })
}

/// The names of all rules.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    table().rules.iter().map(|r| r.name.as_str()).chain(FORMS.iter().copied())
}

/// Forms that no issuer owns.
const FORMS: &[&str] = &[
    "secret.private-key",
    "secret.password",
    "secret.one-time-code",
    "secret.url-credentials",
    "secret.generic-api-key",
    "secret.prefixed-token",
];

/// Finds all secrets of a text.
pub(super) fn find(text: &PartText, found: &mut Vec<Found>) {
    let table = table();
    let raw = text.raw.as_bytes();
    let mut secrets = Vec::new();
    by_keyword(table, raw, &mut secrets);
    let tokens = generic::tokens(raw);
    for token in &tokens {
        let from = token.start.saturating_sub(16);
        let window = from..(token.end + 160).min(raw.len());
        let lower = raw.get(token.clone()).unwrap_or_default().to_ascii_lowercase();
        for (keywords, index) in &table.tokens {
            if keywords.iter().any(|k| memchr::memmem::find(&lower, k).is_some())
                && let Some(rule) = table.rules.get(usize::from(*index))
            {
                run(rule, raw, window.clone(), &mut secrets);
            }
        }
    }
    generic::find(text, &tokens, &mut secrets);
    forms::find(text, &mut secrets);
    settle(secrets, text, found);
}

/// A secret before overlaps are settled.
#[derive(Debug, Clone)]
struct Secret {
    name: &'static str,
    span: Range<usize>,
    score: u8,
    why: String,
}

fn by_keyword(table: &'static Table, raw: &[u8], out: &mut Vec<Secret>) {
    // How far each rule has looked.
    let mut seen: Vec<(u16, usize)> = Vec::new();
    for (at, four) in raw.array_windows().enumerate() {
        let key = head(*four);
        let bit = hash(key);
        if table.gate[bit / 64] >> (bit % 64) & 1 == 0 {
            continue;
        }
        let first = table.keywords.partition_point(|(head, ..)| *head < key);
        let keywords = table.keywords.get(first..).unwrap_or_default();
        for (_, keyword, index) in keywords.iter().take_while(|(head, ..)| *head == key) {
            let here = raw.get(at..at + keyword.len());
            if !here.is_some_and(|h| h.eq_ignore_ascii_case(keyword)) {
                continue;
            }
            let place = seen.iter().position(|(rule, _)| rule == index).unwrap_or_else(|| {
                seen.push((*index, 0));
                seen.len() - 1
            });
            let Some((_, seen)) = seen.get_mut(place) else { continue };
            if at + OVERLAP < *seen {
                continue;
            }
            let Some(rule) = table.rules.get(usize::from(*index)) else { continue };
            let window = at.saturating_sub(BEFORE)..(at + AFTER).min(raw.len());
            *seen = window.end.max(at + OVERLAP + 1);
            run(rule, raw, window, out);
        }
    }
}

/// Runs a rule on a window.
fn run(rule: &'static Rule, raw: &[u8], window: Range<usize>, out: &mut Vec<Secret>) {
    let Some(regex) = rule.regex() else { return };
    let from = window.start;
    let text = raw.get(window).unwrap_or_default();
    regex.each(text, None, |groups| {
        // The innermost named part: the first group that took part, else the whole.
        let part = groups.first().unwrap_or_else(|| groups.whole());
        let bytes = text.get(part.clone()).unwrap_or_default();
        let known = bytes.is_empty() || entropy(bytes) < rule.entropy || stands_in(bytes);
        if known || rule.name == "secret.curl-auth-user" && forms::no_password(bytes) {
            return true;
        }
        out.push(Secret {
            name: &rule.name,
            span: from + part.start..from + part.end,
            score: 90,
            why: format!("the form of {}", rule.name.trim_start_matches("secret.")),
        });
        true
    });
}

/// Shannon's entropy in bits a sign.
fn entropy(bytes: &[u8]) -> f64 {
    let mut counts = [0u32; 256];
    for b in bytes {
        counts[usize::from(*b)] += 1;
    }
    let total = bytes.len() as f64;
    counts
        .iter()
        .filter(|n| **n > 0)
        .map(|n| {
            let share = f64::from(*n) / total;
            -share * share.log2()
        })
        .sum()
}

/// Values that stand for a value, where the form alone says that one was meant.
fn stands_in(value: &[u8]) -> bool {
    let lower = value.to_ascii_lowercase();
    let text = String::from_utf8_lossy(&lower);
    const SIGNS: &[&str] = &["xxxx", "****", "....", "${", "{{", "<", "%(", "placeholder", "your"];
    SIGNS.iter().any(|s| text.contains(s))
        || text.ends_with("example")
        || text.ends_with("examplekey")
}

/// Values that stand for a value, where only a word before says that one was meant.
fn placeholder(value: &[u8]) -> bool {
    let lower = value.to_ascii_lowercase();
    let text = String::from_utf8_lossy(&lower);
    const SIGNS: &[&str] = &[
        "example",
        "xxxx",
        "****",
        "....",
        "${",
        "{{",
        "<",
        "%(",
        "placeholder",
        "changeme",
        "your_",
        "your-",
        "yourkey",
        "yourtoken",
        "insert",
        "replace_",
        "replace-",
        "mypassword",
        "notareal",
        "fake",
        "redacted",
        "dummy",
        "abcdefghijklmnopqrstuvwxyz",
    ];
    let all_same = value.iter().all(|b| Some(b) == value.first());
    all_same || SIGNS.iter().any(|s| text.contains(s)) || text.starts_with('$')
}

/// Of secrets that overlap the surest stays; spans end at whole characters.
fn settle(mut secrets: Vec<Secret>, text: &PartText, found: &mut Vec<Found>) {
    secrets.sort_by(|a, b| {
        b.score
            .cmp(&a.score)
            .then(b.span.len().cmp(&a.span.len()))
            .then(a.span.start.cmp(&b.span.start))
            .then(a.name.cmp(b.name))
    });
    let mut taken = std::collections::BTreeMap::<usize, usize>::new();
    for secret in secrets {
        let start = text.raw.floor_char_boundary(secret.span.start);
        let end = text.raw.ceil_char_boundary(secret.span.end);
        let overlaps =
            taken.range(..end.max(start + 1)).next_back().is_some_and(|(_, e)| *e > start);
        if !overlaps {
            taken.insert(start, end);
            found.push(Found {
                name: secret.name.into(),
                span: start..end,
                score: secret.score,
                why: secret.why,
            });
        }
    }
}

#[cfg(test)]
mod tests;
