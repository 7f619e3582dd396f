//! Web addresses, mail addresses, mentions and hashtags, found in one pass over a text as typed.
//!
//! Every byte is looked at a bounded number of times: a run of address characters is judged
//! as a whole, and the search goes on behind it whatever the judgement.

use std::ops::Range;

use super::{Entity, EntityKind, lanes};

/// Everything in `raw` that is more than words, in order and without overlap.
pub(crate) fn find(raw: &str) -> Vec<Entity> {
    let mut found = Vec::new();
    // Nothing before `done` may be part of what is found next; no sign before `next` is looked at.
    let (mut done, mut next) = (0, 0);
    let bytes = raw.as_bytes();
    lanes::places(bytes, is_sign, |at| {
        if at < next || !is_whole_sign(bytes, at) {
            return;
        }
        let entity = match bytes[at] {
            b':' => schemed(raw, at, done),
            b'.' => bare_host(raw, at, done),
            b'@' => at_sign(raw, at, done),
            // `#` in ASCII or the last byte of its full-width form (U+FF03).
            _ => hashtag(raw, at),
        };
        match entity {
            Found::Entity(kind, range) => {
                done = range.end;
                next = range.end;
                found.push(Entity { kind, raw: range });
            }
            Found::Nothing { until } => next = next.max(until),
        }
    });
    found
}

enum Found {
    Entity(EntityKind, Range<usize>),
    /// Nothing, and no use in looking at signs before `until`.
    Nothing {
        until: usize,
    },
}

const NOTHING: Found = Found::Nothing { until: 0 };

/// The bytes that an entity cannot do without: `.`, `@`, `#`, `:` and the last byte of a full-width
/// `＃`.
fn is_sign(byte: u8) -> bool {
    (byte == b'.') | (byte == b'@') | (byte == b'#') | (byte == b':') | (byte == 0x83)
}

/// Whether such a byte is one with what stands around it.
fn is_whole_sign(bytes: &[u8], at: usize) -> bool {
    match bytes.get(at) {
        Some(b':') => bytes.get(at + 1..at + 3) == Some(b"//"),
        Some(0x83) => bytes.get(..at).is_some_and(|before| before.ends_with(&[0xEF, 0xBC])),
        _ => true,
    }
}

/// Letters, digits and the marks that belong to them.
fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\u{300}'..='\u{36F}' | '\u{200C}' | '\u{200D}')
}

fn is_host(c: char) -> bool {
    is_word(c) || matches!(c, '.' | '-' | '_')
}

/// Where the run of characters that `fits` and ends at `end` begins, not before `floor`.
fn back(raw: &str, floor: usize, end: usize, fits: impl Fn(char) -> bool) -> usize {
    let text = raw.get(floor..end).unwrap_or_default();
    end - text.chars().rev().take_while(|c| fits(*c)).map(char::len_utf8).sum::<usize>()
}

/// Where the run of characters that `fits` and begins at `start` ends.
fn forth(raw: &str, start: usize, fits: impl Fn(char) -> bool) -> usize {
    let text = raw.get(start..).unwrap_or_default();
    start + text.chars().take_while(|c| fits(*c)).map(char::len_utf8).sum::<usize>()
}

fn schemed(raw: &str, colon: usize, done: usize) -> Found {
    let start = back(raw, done, colon, |c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-'));
    if !raw.get(start..colon).is_some_and(|s| s.starts_with(|c: char| c.is_ascii_alphabetic())) {
        return NOTHING;
    }
    let end = address_end(raw, colon + 3);
    if end <= colon + 3 {
        return NOTHING;
    }
    Found::Entity(EntityKind::Link, start..end)
}

/// Where an address that goes on at `from` ends: at white space or a quotation mark, less
/// the punctuation of the sentence around it.
fn address_end(raw: &str, from: usize) -> usize {
    let stop = |c: char| {
        c.is_whitespace()
            || c.is_control()
            || matches!(c, '<' | '>' | '"' | '“' | '”' | '«' | '»' | '「' | '」' | '`')
    };
    let end = forth(raw, from, |c| !stop(c));
    let mut text = raw.get(from..end).unwrap_or_default();
    // A closing bracket belongs to the address only where its opening one does. The balance is
    // counted once and kept up while the end is trimmed, so that a row of brackets costs no more.
    let count = |c: char| text.matches(c).count() as i64;
    let mut surplus = [('(', ')'), ('[', ']'), ('{', '}')].map(|(o, c)| (c, count(c) - count(o)));
    while let Some(last) = text.chars().next_back() {
        let trimmed = match last {
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '’' | '‘' | '…' | '。' | '，' | '、'
            | '！' | '？' | '*' | '|' => true,
            _ => match surplus.iter_mut().find(|(c, _)| *c == last) {
                Some((_, n)) if *n > 0 => {
                    *n -= 1;
                    true
                }
                _ => false,
            },
        };
        if !trimmed {
            break;
        }
        text = text.get(..text.len() - last.len_utf8()).unwrap_or_default();
    }
    from + text.len()
}

/// An address without a scheme: `acme.example/about`.
fn bare_host(raw: &str, dot: usize, done: usize) -> Found {
    // Nearly every dot ends a sentence. No other stands before it in its run: that one would have
    // been judged with the whole run.
    if raw.as_bytes().get(dot + 1).is_none_or(|b| b.is_ascii_whitespace()) {
        return Found::Nothing { until: dot + 1 };
    }
    let start = back(raw, done, dot, is_host);
    let end = forth(raw, dot, is_host);
    // What is judged is the whole run, so the search goes on behind it.
    let nothing = Found::Nothing { until: end };
    // A run with an `@` at either side is half of a mail address or a mention.
    if raw.get(end..).is_some_and(|t| t.starts_with('@'))
        || raw.get(..start).is_some_and(|t| t.ends_with('@'))
    {
        return nothing;
    }
    let run = raw.get(start..end).unwrap_or_default();
    let lead = run.len() - run.trim_start_matches(['.', '-', '_']).len();
    let host = run.trim_matches(['.', '-', '_']);
    let start = start + lead;
    if !is_bare_host(host) {
        return nothing;
    }
    let host_end = start + host.len();
    let rest = raw.get(host_end..).unwrap_or_default();
    let end = if rest.starts_with(['/', '?', '#'])
        || (rest.starts_with(':')
            && rest.get(1..).is_some_and(|r| r.starts_with(|c: char| c.is_ascii_digit())))
    {
        address_end(raw, host_end)
    } else {
        host_end
    };
    Found::Entity(EntityKind::Link, start..end.max(host_end))
}

/// Top-level domains of more than two letters that are written without a scheme. The two-letter
/// ones are countries and all count; a host with another ending needs its scheme to be seen.
const TOP: &[&str] = &[
    "academy",
    "agency",
    "app",
    "art",
    "asia",
    "bank",
    "bid",
    "biz",
    "blog",
    "blue",
    "business",
    "capital",
    "care",
    "cash",
    "center",
    "chat",
    "city",
    "click",
    "cloud",
    "club",
    "codes",
    "com",
    "community",
    "company",
    "consulting",
    "corp",
    "country",
    "dance",
    "date",
    "design",
    "dev",
    "digital",
    "direct",
    "directory",
    "domains",
    "download",
    "edu",
    "education",
    "email",
    "energy",
    "engineer",
    "events",
    "example",
    "exchange",
    "expert",
    "express",
    "finance",
    "financial",
    "foundation",
    "fun",
    "fund",
    "games",
    "global",
    "gov",
    "group",
    "guru",
    "health",
    "help",
    "home",
    "host",
    "hosting",
    "house",
    "icu",
    "inc",
    "info",
    "ink",
    "insurance",
    "int",
    "internal",
    "international",
    "intranet",
    "invalid",
    "invest",
    "investments",
    "jobs",
    "lan",
    "land",
    "legal",
    "life",
    "limited",
    "link",
    "live",
    "loan",
    "loans",
    "local",
    "localhost",
    "ltd",
    "market",
    "marketing",
    "media",
    "men",
    "mil",
    "mobi",
    "mom",
    "money",
    "monster",
    "museum",
    "name",
    "net",
    "network",
    "news",
    "ngo",
    "ninja",
    "ong",
    "online",
    "org",
    "page",
    "partners",
    "party",
    "photo",
    "photos",
    "pics",
    "plus",
    "press",
    "pro",
    "productions",
    "promo",
    "properties",
    "pub",
    "quest",
    "racing",
    "rent",
    "report",
    "rest",
    "review",
    "reviews",
    "rocks",
    "run",
    "sale",
    "school",
    "science",
    "services",
    "shop",
    "show",
    "site",
    "social",
    "software",
    "solutions",
    "space",
    "store",
    "stream",
    "studio",
    "style",
    "support",
    "surf",
    "systems",
    "team",
    "tech",
    "technology",
    "test",
    "tips",
    "today",
    "tools",
    "top",
    "tours",
    "town",
    "trade",
    "trading",
    "training",
    "travel",
    "tube",
    "university",
    "vip",
    "wang",
    "watch",
    "webcam",
    "website",
    "wiki",
    "win",
    "work",
    "works",
    "world",
    "xxx",
    "xyz",
    "yoga",
    "zone",
    "zip",
    "mov",
];

fn is_bare_host(host: &str) -> bool {
    let Some((name, top)) = host.rsplit_once('.') else { return false };
    if name.is_empty() || host.split('.').any(str::is_empty) {
        return false;
    }
    if top.bytes().all(|b| b.is_ascii_digit()) {
        // Only a full IPv4 address: `3.14` and `2.0.1` are numbers.
        return host.split('.').count() == 4
            && host.split('.').all(|l| l.len() <= 3 && l.parse::<u8>().is_ok());
    }
    // `end.Next` is two sentences run together, `acme.com` and `ACME.COM` are addresses.
    let one_case = top.chars().all(|c| !c.is_uppercase()) || top.chars().all(|c| !c.is_lowercase());
    if !one_case || !name.chars().any(char::is_alphabetic) {
        return false;
    }
    let lower = top.to_lowercase();
    // `e.g` and `i.e` and `a.m` are no hosts: a country's domain has a name of two letters or more.
    (lower.len() == 2 && lower.bytes().all(|b| b.is_ascii_alphabetic()) && name.len() >= 2)
        || lower.starts_with("xn--")
        || (!lower.is_ascii() && lower.chars().count() >= 2)
        || TOP.contains(&lower.as_str())
}

/// A mention or a mail address.
fn at_sign(raw: &str, sign: usize, done: usize) -> Found {
    let local = back(raw, done, sign, |c| is_host(c) || matches!(c, '+' | '%'));
    let host_end = forth(raw, sign + 1, is_host);
    let host = raw.get(sign + 1..host_end).unwrap_or_default().trim_end_matches(['.', '-', '_']);
    let local_text = raw.get(local..sign).unwrap_or_default().trim_start_matches(['.', '-', '_']);
    if !local_text.is_empty() {
        let has_dot = host.rsplit_once('.').is_some_and(|(name, top)| {
            !name.is_empty() && top.chars().count() >= 2 && top.chars().all(char::is_alphabetic)
        });
        return if has_dot {
            Found::Entity(EntityKind::Mail, sign - local_text.len()..sign + 1 + host.len())
        } else {
            Found::Nothing { until: sign + 1 }
        };
    }
    if host.is_empty() || !host.starts_with(is_word) {
        return NOTHING;
    }
    let mut end = sign + 1 + host.len();
    // `@name@host`: an account on another server.
    if raw.get(end..).is_some_and(|t| t.starts_with('@')) {
        let server_end = forth(raw, end + 1, is_host);
        let server =
            raw.get(end + 1..server_end).unwrap_or_default().trim_end_matches(['.', '-', '_']);
        if server.contains('.') {
            end += 1 + server.len();
        }
    }
    Found::Entity(EntityKind::Mention, sign..end)
}

fn hashtag(raw: &str, last: usize) -> Found {
    let bytes = raw.as_bytes();
    let start = if bytes[last] == b'#' { last } else { last - 2 };
    let before = raw.get(..start).and_then(|t| t.chars().next_back());
    // `&#39;` is a character reference, `a#b` an address or a name like `C#minor`.
    if before.is_some_and(|c| is_word(c) || matches!(c, '&' | '/' | '_')) {
        return NOTHING;
    }
    let end = forth(raw, last + 1, |c| is_word(c) || c == '_');
    let tag = raw.get(last + 1..end).unwrap_or_default();
    if !tag.chars().any(|c| c.is_alphabetic()) {
        return NOTHING;
    }
    Found::Entity(EntityKind::Hashtag, start..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(raw: &str) -> Vec<(EntityKind, &str)> {
        find(raw).into_iter().map(|e| (e.kind, raw.get(e.raw).unwrap())).collect()
    }

    #[test]
    fn finds_each_kind() {
        use EntityKind::{Hashtag, Link, Mail, Mention};
        for (raw, expected) in [
            ("see https://acme.example/a?b=c#d.", vec![(Link, "https://acme.example/a?b=c#d")]),
            ("(see http://a.example/x_(y))", vec![(Link, "http://a.example/x_(y)")]),
            ("go to acme.example/about, now", vec![(Link, "acme.example/about")]),
            ("acme.co.id:8080/x", vec![(Link, "acme.co.id:8080/x")]),
            ("10.0.0.1 and 3.14 and v2.0.1", vec![(Link, "10.0.0.1")]),
            ("The end.Next sentence e.g. this", vec![]),
            ("mail jane.doe+x@acme.example!", vec![(Mail, "jane.doe+x@acme.example")]),
            (
                "@acme and @jane@social.example.",
                vec![(Mention, "@acme"), (Mention, "@jane@social.example")],
            ),
            (
                "#ProjectBluehawk #1 #日本 ＃café &#39;",
                vec![(Hashtag, "#ProjectBluehawk"), (Hashtag, "#日本"), (Hashtag, "＃café")],
            ),
            ("пример.рф", vec![(Link, "пример.рф")]),
            ("a@b c @ d # e . f :// g", vec![]),
            ("it costs 5.000.000 rupiah...really", vec![]),
        ] {
            assert_eq!(kinds(raw), expected, "{raw}");
        }
    }

    #[test]
    fn long_runs_cost_their_length() {
        // Quadratic work on a megabyte would not end within the test's patience.
        for unit in ["a.", ".", "@", "a@", "#", "://", "a://", ")", "http://x)", "[", "1."] {
            let text = unit.repeat(1_000_000 / unit.len());
            let _ = find(&text);
            let _ = find(&format!("http://{text}"));
        }
    }
}
