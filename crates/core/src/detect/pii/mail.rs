//! Mail addresses, also disguised ones ("name at example dot com").

use super::{Candidate, Source};
use crate::detect::marked::{Mark, marked};
use crate::detect::web::suffix;
use crate::text::PartText;

pub(super) fn find(source: &Source<'_>, out: &mut Vec<Candidate>) {
    let text = source.text;
    let bytes = text.folded.as_bytes();
    let mut from = 0;
    while let Some(at) = bytes.get(from..).and_then(|b| memchr::memchr(b'@', b)).map(|i| from + i) {
        from = at + 1;
        if let Some(candidate) = address(text, at) {
            from = candidate.span.end.max(from);
            out.push(candidate);
        }
    }
    disguised(source, out);
}

/// The address around an `@`.
fn address(text: &PartText, at: usize) -> Option<Candidate> {
    let head = text.folded.get(..at)?;
    let local: usize = head
        .chars()
        .rev()
        .take(64)
        .take_while(|c| c.is_alphanumeric() || "._%+-'".contains(*c))
        .map(char::len_utf8)
        .sum();
    let name = head.get(at - local..)?;
    let name = name.trim_start_matches(['.', '-', '\'', '%', '+']);
    let start = at - name.len();
    if name.is_empty() || name.ends_with('.') {
        return None;
    }
    // `@user@host` is an account; `scheme://user@host` is an address with a user name.
    let before = text.folded.get(..start)?.chars().next_back();
    if matches!(before, Some('@' | '/' | ':')) && !mailto(text.folded.get(..start)?) {
        return None;
    }
    let rest = text.folded.get(at + 1..)?;
    let host: usize = rest
        .chars()
        .take(253)
        .take_while(|c| c.is_alphanumeric() || *c == '.' || *c == '-')
        .map(char::len_utf8)
        .sum();
    let host = rest.get(..host)?.trim_end_matches(['.', '-']);
    judge(name, host, start..at + 1 + host.len(), 85)
}

/// Whether what stands before an address is `mailto:` or a label such as `email:`.
fn mailto(head: &str) -> bool {
    let Some(head) = head.strip_suffix(':') else { return false };
    // A password in an address: `scheme://user:password@host`.
    let word = head.rsplit(char::is_whitespace).next().unwrap_or_default();
    if word.contains("://") {
        return false;
    }
    head.ends_with(|c: char| c.is_ascii_lowercase())
}

fn judge(name: &str, host: &str, span: std::ops::Range<usize>, base: i32) -> Option<Candidate> {
    let (rest, tld) = host.rsplit_once('.')?;
    if rest.is_empty() || host.split('.').any(str::is_empty) || tld.len() < 2 || safe_host(host) {
        return None;
    }
    // A file at two pixels a point (`logo@2x.png`) has no known suffix; nor has a typing slip.
    let known = suffix::known_tld(tld);
    if !known && !tld.chars().all(char::is_alphabetic) && !tld.starts_with("xn--") {
        return None;
    }
    if matches!((name, host), ("git", "github.com" | "gitlab.com" | "bitbucket.org")) {
        return None;
    }
    let (score, why) = match (known || tld.starts_with("xn--"), function(name)) {
        (false, _) => (40, "written like a mail address; no such top-level domain".to_owned()),
        (true, true) => (base - 20, format!("a mail address of a function at {host}")),
        (true, false) => (base, format!("a mail address at {host}")),
    };
    Some(Candidate { name: "pii.email", atoms: 0..0, span, score, why })
}

/// Names that stand for an office, not for a person. Still found, but with less certainty.
fn function(name: &str) -> bool {
    matches!(
        name,
        "info"
            | "support"
            | "sales"
            | "help"
            | "hello"
            | "halo"
            | "cs"
            | "contact"
            | "press"
            | "office"
            | "admin"
            | "noreply"
            | "no-reply"
            | "jobs"
            | "careers"
            | "hr"
            | "media"
            | "marketing"
            | "customerservice"
            | "customercare"
            | "service"
            | "team"
            | "webmaster"
            | "privacy"
            | "legal"
            | "security"
            | "abuse"
            | "billing"
            | "newsletter"
            | "hrd"
    )
}

/// Domains kept for examples and tests (RFC 2606, RFC 6761).
pub(super) fn safe_host(host: &str) -> bool {
    let host = host.trim_end_matches('.');
    let mut labels = host.rsplit('.');
    let (tld, second) = (labels.next().unwrap_or_default(), labels.next().unwrap_or_default());
    matches!(tld, "example" | "test" | "invalid" | "localhost" | "local")
        || (second == "example" && matches!(tld, "com" | "net" | "org"))
        || matches!(
            host,
            "email.com"
                | "domain.com"
                | "yourdomain.com"
                | "company.com"
                | "yourcompany.com"
                | "domain.tld"
        )
}

/// `name [at] host [dot] com`, `name (at) host.com`, `name at host dot com`.
fn disguised(source: &Source<'_>, out: &mut Vec<Candidate>) {
    let text = source.text;
    let words = &text.words;
    for (i, word) in words.iter().enumerate() {
        if marked(word.hash) != Some(Mark::At) {
            continue;
        }
        let (Some(before), Some(after)) =
            (i.checked_sub(1).and_then(|i| words.get(i)), words.get(i + 1))
        else {
            continue;
        };
        let between = |a: usize, b: usize| text.folded.get(a..b).unwrap_or_default();
        let left = between(before.folded.end, word.folded.start);
        let right = between(word.folded.end, after.folded.start);
        let bracketed = left.contains(['[', '(', '{', '<']) && right.contains([']', ')', '}', '>']);
        if !bracketed && (left != " " || right != " ") {
            continue;
        }
        // The host: words parted by ".", "dot" or "[dot]".
        let mut host = text.word(after).to_owned();
        let mut end = after.folded.end;
        let mut next = i + 2;
        let mut dots = 0;
        while let Some(word) = words.get(next) {
            let gap = between(end, word.folded.start);
            if gap == "." || gap == "-" {
                host.push_str(gap);
                host.push_str(text.word(word));
                dots += usize::from(bracketed && gap == ".");
                end = word.folded.end;
                next += 1;
            } else if matches!(text.word(word), "dot" | "titik")
                && gap.trim_matches([' ', '[', '(', '{', '<']).is_empty()
                && let Some(label) = words.get(next + 1)
                && between(word.folded.end, label.folded.start)
                    .trim_matches([' ', ']', ')', '}', '>'])
                    .is_empty()
            {
                host.push('.');
                host.push_str(text.word(label));
                dots += 1;
                end = label.folded.end;
                next += 2;
            } else {
                break;
            }
            if host.len() > 253 {
                break;
            }
        }
        if dots == 0 {
            continue;
        }
        // The name may have dots, as words parted by "." or "dot".
        let mut start = before.folded.start;
        let mut name = text.word(before).to_owned();
        let mut j = i - 1;
        while let Some(previous) = j.checked_sub(1).and_then(|j| words.get(j)) {
            let gap = between(previous.folded.end, start);
            if !matches!(gap, "." | "_" | "-" | "+") || name.len() > 64 {
                break;
            }
            name.insert_str(0, gap);
            name.insert_str(0, text.word(previous));
            start = previous.folded.start;
            j -= 1;
        }
        if let Some(mut candidate) =
            judge(&name, &host, start..end, if bracketed { 80 } else { 72 })
        {
            candidate.why.push_str(", disguised");
            out.push(candidate);
        }
    }
}
