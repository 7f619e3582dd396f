/*!
Links that deceive, or that lead where outsiders should not look.

| check | finds |
|---|---|
| `lookalike` | a domain that imitates one of the company's, or a well-known one |
| `mixed-script` | a host that mixes scripts, or spells a Latin name in letters of another |
| `punycode` | punycode that hides such a host, or does not decode |
| `hidden-target` | a link whose text shows one domain and that leads to another |
| `internal-host` | a host of `company.internal_hosts`, a name without a dot, a private address |
| `shortener` | a shortened link: nobody sees where it leads |
| `document-share` | a shared document (Google Drive, SharePoint, Dropbox, Notion, Figma, ...) |
| `ip` | a number instead of a name |
| `userinfo` | something before `@` that a reader takes for the host |

`allow` and the company's own domains never fire (an internal host does); `deny` always fires, as
`link.denied`. Where a site shows a shortened form of the very address, that is no hidden target.

```
use draftguard_core::detect::web::{Address, Lookalikes};

let names = Lookalikes::new(["acme.example"], []);
let address = Address::read("https://acrne.example/login").unwrap();
let imitation = names.judge(&address.host).unwrap();
assert_eq!((imitation.of.as_str(), imitation.own), ("acme.example", true));
```
*/

use std::ops::Range;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use crate::detect::web::{Address, Lookalikes, document_share, inspect, shortener, suffix, under};
use crate::engine::{Env, KindError, Matcher};
use crate::rules::Hit;
use crate::text::{EntityKind, PartText, Scan};

/// What an author may write.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// `lookalike`, `mixed-script`, `punycode`, `hidden-target`, `internal-host`, `shortener`,
    /// `document-share`, `ip`, `userinfo`; empty: all of them.
    pub checks: Vec<String>,
    /// Domains that never fire.
    pub allow: Vec<String>,
    /// Domains that always fire.
    pub deny: Vec<String>,
}

/// The checks there are.
const CHECKS: &[&str] = &[
    "lookalike",
    "mixed-script",
    "punycode",
    "hidden-target",
    "internal-host",
    "shortener",
    "document-share",
    "ip",
    "userinfo",
];

/// Top-level names that only exist inside a network (RFC 6762 appendix G, RFC 8375, and habit).
const INSIDE: &[&str] =
    &["local", "localdomain", "internal", "intranet", "intern", "corp", "lan", "private", "arpa"];

/// Hosts through which sites send every link of theirs: the address shown is the one meant.
const WRAPPERS: &[&str] = &[
    "t.co",
    "lnkd.in",
    "fb.me",
    "l.facebook.com",
    "lm.facebook.com",
    "l.instagram.com",
    "l.threads.com",
    "out.reddit.com",
    "href.li",
    "t.umblr.com",
    "away.vk.com",
    "exit.sc",
    "safelinks.protection.outlook.com",
    "youtu.be",
];

/// The checks of a rule made ready.
#[derive(Debug)]
struct Links {
    checks: Vec<&'static str>,
    allow: Vec<String>,
    deny: Vec<String>,
    own: Vec<String>,
    internal: Vec<String>,
    /// Made ready when the first link is judged: most drafts have none.
    names: OnceLock<Lookalikes>,
}

/// Makes the kind ready.
///
/// # Errors
/// A check that there is none of.
pub(crate) fn compile(options: &Options, env: &Env<'_>) -> Result<Box<dyn Matcher>, KindError> {
    let mut checks = Vec::new();
    for name in &options.checks {
        let plain = name.strip_prefix("link.").unwrap_or(name);
        match CHECKS.iter().find(|c| **c == plain) {
            Some(check) => checks.push(*check),
            None => {
                return Err(KindError::UnknownName {
                    what: "check",
                    name: name.clone(),
                    known: CHECKS.join(", "),
                });
            }
        }
    }
    if checks.is_empty() {
        checks = CHECKS.to_vec();
    }
    let plain = |list: &[String]| -> Vec<String> {
        list.iter().map(|d| plain_domain(d)).filter(|d| !d.is_empty()).collect()
    };
    let company = &env.policy.company;
    let (allow, own) = (plain(&options.allow), plain(&company.domains));
    Ok(Box::new(Links {
        names: OnceLock::new(),
        checks,
        allow,
        own,
        deny: plain(&options.deny),
        internal: company
            .internal_hosts
            .iter()
            .map(|h| h.trim().to_lowercase())
            .filter(|h| !h.trim_matches('.').is_empty())
            .collect(),
    }))
}

/// A domain as an author may write it: with `*.`, a scheme or a path.
fn plain_domain(text: &str) -> String {
    let text = text.trim().trim_start_matches("*.").trim_start_matches('.');
    Address::read(text).map_or_else(String::new, |a| a.host)
}

/// A link of the draft: where it stands, what is read, where it leads.
struct Found<'a> {
    part: Option<usize>,
    span: Range<usize>,
    /// What the reader sees in place of the address, if that differs.
    shown: Option<&'a str>,
    address: Address,
}

impl Matcher for Links {
    fn check(&self, scan: &Scan<'_>, hits: &mut Vec<Hit>) {
        for (index, part) in scan.parts.iter().enumerate() {
            for entity in part.entities.iter().filter(|e| e.kind == EntityKind::Link) {
                let text = part.raw_text(entity.raw.clone());
                let Some(address) = Address::read(text) else { continue };
                let shown = markdown(part, &entity.raw);
                let span = entity.raw.clone();
                self.judge(&Found { part: Some(index), span, shown, address }, hits);
            }
            self.internal_names(index, part, hits);
        }
        for link in &scan.draft.links {
            let Some(address) = Address::read(&link.href) else { continue };
            // A place without a part is one in the first: a draft of a bare text has no other.
            let part = match &link.part {
                Some(id) => scan.parts.iter().position(|p| p.id == *id),
                None => link.start.and(link.end).map(|_| 0),
            };
            let text = part.and_then(|i| scan.parts.get(i));
            let span = match (text, link.start, link.end) {
                (Some(text), Some(start), Some(end)) => bytes(&text.raw, start, end),
                _ => 0..0,
            };
            let part = part.filter(|_| !span.is_empty());
            // The same address in the text has been looked at already.
            let seen = Address::read(&link.text).is_some_and(|a| a == address) && part.is_some();
            let shown = Some(link.text.as_str()).filter(|t| !t.trim().is_empty());
            let mut found = Vec::new();
            self.judge(&Found { part, span, shown, address }, &mut found);
            found.retain(|hit| !seen || hit.detector.as_deref() == Some("link.hidden-target"));
            hits.append(&mut found);
        }
    }
}

impl Links {
    fn names(&self) -> &Lookalikes {
        self.names.get_or_init(|| {
            Lookalikes::new(
                self.own.iter().map(String::as_str),
                self.allow.iter().map(String::as_str),
            )
        })
    }

    fn has(&self, check: &str) -> bool {
        self.checks.contains(&check)
    }

    fn judge(&self, link: &Found<'_>, hits: &mut Vec<Hit>) {
        let host = link.address.host.as_str();
        let mut report = |check: &str, why: String| {
            hits.push(Hit {
                part: link.part,
                span: link.span.clone(),
                detector: Some(format!("link.{check}")),
                why: Some(why),
                ..Hit::default()
            });
        };
        if let Some(domain) = self.deny.iter().find(|d| under(host, d)) {
            report("denied", format!("{domain} is on the list of domains not to link to"));
            return;
        }
        if self.allow.iter().any(|d| under(host, d)) {
            return;
        }
        if self.has("hidden-target")
            && let Some(shown) = link.shown.and_then(|text| self.shown_domain(text))
            && let Some(why) = hidden(&shown, &link.address)
        {
            report("hidden-target", why);
        }
        if self.has("internal-host")
            && let Some(why) = self.internal(&link.address)
        {
            report("internal-host", why);
            return;
        }
        if self.own.iter().any(|d| under(host, d)) {
            return;
        }
        if self.has("userinfo")
            && let Some(user) = &link.address.user
            && !link.address.scheme.is_empty()
        {
            let user: String =
                user.split(':').next().unwrap_or_default().chars().take(40).collect();
            report("userinfo", format!("leads to {host}; \"{user}\" before the @ is not the host"));
        }
        let ip = link.address.is_ip();
        if self.has("ip") && ip && !documentation(&link.address) {
            report("ip", format!("{host} is a number, not a name"));
        }
        if ip {
            return;
        }
        let imitation = self.has("lookalike").then(|| self.names().judge(host)).flatten();
        let suspicion = inspect(host);
        if let Some(i) = &imitation {
            let whose = if i.own { ", a domain of the company" } else { "" };
            report("lookalike", format!("looks like {}{whose}: {}", i.of, i.how));
        }
        if let Some(suspicion) = suspicion {
            if link.address.broken {
                if self.has("punycode") {
                    report("punycode", suspicion.why().to_owned());
                }
            } else if self.has("mixed-script") {
                report("mixed-script", format!("{host}: {}", suspicion.why()));
            } else if self.has("punycode") && link.address.punycode {
                report("punycode", format!("stands for {host}, which {}", suspicion.why()));
            }
        } else if self.has("punycode") && link.address.punycode && imitation.is_some() {
            report("punycode", format!("stands for {host}"));
        }
        if self.has("shortener") && shortener(host) {
            report("shortener", format!("{host} hides where the link leads"));
        } else if self.has("document-share") && document_share(&link.address) {
            report("document-share", format!("a shared document at {host}"));
        }
    }

    /// The address that a text reads as, if it reads as one: "shop.example/…", "https://a.example".
    fn shown_domain(&self, text: &str) -> Option<Address> {
        let text = text.trim().trim_end_matches(['…', '.', ',', ')']);
        if text.contains(char::is_whitespace) {
            return None;
        }
        let address = Address::read(text)?;
        let tld = address.host.rsplit('.').next()?;
        // The company's own need not be ones of the open network.
        let named = address.host.contains('.')
            && (suffix::known_tld(tld) || self.own.iter().any(|d| under(&address.host, d)));
        (named && address.user.is_none() && address.registrable().is_some()).then_some(address)
    }

    /// Why an address is one that only exists inside.
    fn internal(&self, address: &Address) -> Option<String> {
        let host = address.host.as_str();
        if let Some(inner) = self.internal.iter().find(|inner| matches_inner(host, inner)) {
            return Some(format!("{host} is an internal host ({inner})"));
        }
        if address.ipv6().is_some_and(|ip| {
            ip.is_loopback() || ip.is_unique_local() || ip.is_unicast_link_local()
        }) {
            return Some(format!("{host} is an address inside a network"));
        }
        if let Some(ip) = address.ipv4() {
            return (ip.is_private() || ip.is_link_local() || ip.is_loopback())
                .then(|| format!("{host} is an address inside a network"));
        }
        let tld = host.rsplit('.').next().unwrap_or_default();
        if host.contains('.') {
            return (INSIDE.contains(&tld) && !suffix::known_tld(tld))
                .then(|| format!("names under .{tld} only exist inside a network"));
        }
        let named = !address.scheme.is_empty()
            && host.chars().all(|c| c.is_alphanumeric() || c == '-')
            && host.chars().any(char::is_alphabetic);
        named.then(|| format!("{host} has no dot: it only exists inside a network"))
    }

    /// Hosts of the company's inside that are written without a scheme, and so may be no link.
    fn internal_names(&self, index: usize, part: &PartText, hits: &mut Vec<Hit>) {
        if !self.has("internal-host") {
            return;
        }
        for inner in &self.internal {
            for (at, _) in part.folded.match_indices(inner.as_str()) {
                let head = part.folded.get(..at).unwrap_or_default();
                let tail = part.folded.get(at + inner.len()..).unwrap_or_default();
                let name = |c: char| c.is_alphanumeric() || c == '-' || c == '_' || c == '.';
                let ends = !tail.starts_with(|c: char| c.is_alphanumeric() || c == '-' || c == '_');
                // "a.corp" may be followed by a full stop, not by another label.
                let longer =
                    tail.strip_prefix('.').is_some_and(|t| t.starts_with(char::is_alphanumeric));
                if !ends || longer {
                    continue;
                }
                let front: usize = match inner.starts_with('.') {
                    // A name has at most 253 characters (RFC 1035).
                    true => {
                        let signs = head.chars().rev().take(253).take_while(|c| name(*c));
                        signs.map(char::len_utf8).sum()
                    }
                    false
                        if head
                            .ends_with(|c: char| c.is_alphanumeric() || c == '-' || c == '@') =>
                    {
                        continue;
                    }
                    false => 0,
                };
                let whole = inner.starts_with('.') == (front > 0);
                // A mail address is personal data, not a host.
                let mail = head.get(..head.len() - front).is_some_and(|h| h.ends_with('@'));
                if !whole || mail {
                    continue;
                }
                let span = part.to_raw(at - front..at + inner.len());
                let seen = part.entities_in(&span).iter().any(|e| {
                    e.kind == EntityKind::Link && e.raw.start < span.end && span.start < e.raw.end
                });
                if !seen {
                    hits.push(Hit {
                        part: Some(index),
                        span,
                        detector: Some("link.internal-host".to_owned()),
                        why: Some(format!("an internal host ({inner})")),
                        ..Hit::default()
                    });
                }
            }
        }
    }
}

/// `.corp` stands for everything under it, `intranet.acme.example` for itself and what is under it.
fn matches_inner(host: &str, inner: &str) -> bool {
    match inner.strip_prefix('.') {
        Some(_) => host.ends_with(inner),
        None => under(host, inner),
    }
}

/// Addresses kept for documents (RFC 5737).
fn documentation(address: &Address) -> bool {
    address.ipv4().is_some_and(|ip| {
        matches!(ip.octets(), [192, 0, 2, _] | [198, 51, 100, _] | [203, 0, 113, _])
    })
}

/// Why what is shown and where it leads do not fit. The same registrable domain fits.
fn hidden(shown: &Address, target: &Address) -> Option<String> {
    let there = target.registrable().unwrap_or(&target.host);
    let here = shown.registrable().unwrap_or(&shown.host);
    let wrapped = WRAPPERS.iter().any(|w| under(&target.host, w))
        // A redirector that carries the shown host: "https://site/l?u=https%3A%2F%2Fshop.example".
        || target.path.to_lowercase().contains(&shown.host);
    (here != there && !wrapped).then(|| format!("shows {}, leads to {}", shown.host, target.host))
}

/// The words of a Markdown link that an address belongs to: `[words](address)`.
fn markdown<'a>(part: &'a PartText, span: &Range<usize>) -> Option<&'a str> {
    let head = part.raw.get(..span.start)?.strip_suffix("](")?;
    let line = head.rsplit('\n').next()?;
    let open = line.rfind('[')?;
    line.get(open + 1..)
}

/// Bytes of a range of UTF-16 units; empty where it does not fit.
fn bytes(text: &str, start: u32, end: u32) -> Range<usize> {
    let (mut units, mut from, mut to) = (0u32, None, None);
    for (at, c) in text.char_indices().chain([(text.len(), '\0')]) {
        if units >= start && from.is_none() {
            from = Some(at);
        }
        if units >= end {
            to = Some(at);
            break;
        }
        units += c.len_utf16() as u32;
    }
    match (from, to) {
        (Some(from), Some(to)) if from < to => from..to,
        _ => 0..0,
    }
}

#[cfg(test)]
mod tests;
