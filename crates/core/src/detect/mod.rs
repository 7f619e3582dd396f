/*!
The built-in detectors: personal data, secrets, links, metadata of files.

A detector reads a [`PartText`] and says what it found, how sure it is (0 to
100) and why. What is a finding at all is decided by the rule's threshold,
allow list and choice of detectors ([`crate::rules::sensitive`]).

Cost comes first: one pass over the bytes finds digits, `@` and the keywords of
secrets; nothing else runs where these are absent.

```
use draftguard_core::detect::{Facts, find};
use draftguard_core::text::PartText;
use draftguard_core::PartRole;

let text = PartText::new("body", PartRole::Body, "Card 4539 1488 0343 6467, thanks");
let found = find("pii.*", &text, &Facts::default());
assert_eq!(found[0].name, "pii.card");
assert!(found[0].why.contains("Luhn"));
```
*/

use std::borrow::Cow;
use std::cell::OnceCell;
use std::ops::Range;

use crate::policy::{Company, Contact};
use crate::text::PartText;

mod marked;
pub mod metadata;
mod nearby;
mod numbers;
mod pii;
mod plain;
mod secret;
pub mod validate;
pub mod web;

/// The score from which a candidate counts where a rule does not say otherwise.
pub const THRESHOLD: u8 = 60;

/// Something that a detector found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The detector: `pii.email`, `secret.github-pat`.
    pub name: Cow<'static, str>,
    /// Bytes of the text as typed.
    pub span: Range<usize>,
    /// How sure the detector is, 0 to 100.
    pub score: u8,
    /// Why, in a few English words: "passes the Luhn check; near \"card\"".
    pub why: String,
}

/// What the detectors found in a text: they run once, however many rules ask.
#[derive(Debug, Clone, Default)]
pub(crate) struct Detected {
    personal: OnceCell<Vec<Found>>,
    secrets: OnceCell<Vec<Found>>,
}

/// What the company has made public, and so is never personal data.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    allowed: Vec<Allowed>,
}

/// A value that never fires.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Allowed {
    /// A mail address or any other text, lower case.
    Text(String),
    /// Every mail address of a domain.
    Domain(String),
    /// A number, digits only.
    Digits(String),
}

impl Facts {
    /// The company's published contacts, and values that a rule allows besides. A value that
    /// begins with `@` stands for every mail address of that domain.
    pub fn new(company: &Company, contacts: &[Contact], allow: &[String]) -> Self {
        let mut allowed = Vec::new();
        let published = contacts.iter().flat_map(|c| [c.mail.as_ref(), c.phone.as_ref()]).flatten();
        for value in company.public_contacts.iter().chain(published).chain(allow) {
            let value = value.trim().to_lowercase();
            let value = value.strip_prefix("mailto:").unwrap_or(&value);
            let value = value.strip_prefix("tel:").unwrap_or(value);
            let digits: String = value.chars().filter(char::is_ascii_digit).collect();
            if let Some(domain) = value.strip_prefix('*').unwrap_or(value).strip_prefix('@') {
                if domain.contains('.') {
                    allowed.push(Allowed::Domain(domain.to_owned()));
                }
            } else if digits.len() >= 5 && !value.contains(|c: char| c.is_alphabetic()) {
                allowed.push(Allowed::Digits(digits));
            } else if !value.is_empty() {
                allowed.push(Allowed::Text(value.chars().filter(|c| !c.is_whitespace()).collect()));
            }
        }
        Self { allowed }
    }

    /// Whether a found text is one of the allowed values, however it is spaced or prefixed.
    pub fn allows(&self, text: &str) -> bool {
        if self.allowed.is_empty() {
            return false;
        }
        let plain: String =
            text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        self.allowed.iter().any(|a| match a {
            Allowed::Text(t) => *t == plain,
            Allowed::Domain(d) => plain.split_once('@').is_some_and(|(_, host)| host == d),
            Allowed::Digits(d) => same_number(d, &digits),
        })
    }
}

/// Two writings of one telephone number: equal, or equal but for a country code or a leading zero.
fn same_number(a: &str, b: &str) -> bool {
    let (a, b) = (a.trim_start_matches('0'), b.trim_start_matches('0'));
    let (long, short) = if a.len() < b.len() { (b, a) } else { (a, b) };
    !short.is_empty()
        && long.len() - short.len() <= 3
        && (long.len() == short.len() || short.len() >= 7)
        && long.ends_with(short)
}

/// Detectors of personal data.
const NAMES: &[&str] = &[
    "pii.email",
    "pii.phone",
    "pii.phone.id",
    "pii.phone.us",
    "pii.card",
    "pii.bank-account",
    "pii.us.ssn",
    "pii.us.itin",
    "pii.id.nik",
    "pii.id.kk",
    "pii.id.npwp",
    "pii.id.bpjs",
    "pii.id.passport",
    "pii.id.plate",
    "pii.address",
    "pii.ip",
    "pii.birth-date",
    "finance.iban",
    "health.identifier",
    "health.record-number",
    "health.plan-number",
    "health.patient-name",
];

/// The name of every built-in detector of personal data and secrets.
pub fn names() -> impl Iterator<Item = &'static str> {
    NAMES.iter().copied().chain(secret::names())
}

/// Whether a detector's name is chosen by a name or a family: `pii.email`, `pii.id.*`, `pii.phone`
/// (which chooses `pii.phone.us` too), `*`.
pub fn chosen(name: &str, by: &str) -> bool {
    let by = by.strip_suffix('*').unwrap_or(by);
    let by = by.strip_suffix('.').unwrap_or(by);
    by.is_empty() || name == by || name.strip_prefix(by).is_some_and(|rest| rest.starts_with('.'))
}

/// Everything that detectors of this name or family find from [`THRESHOLD`] up, in the order of
/// the text; values that `facts` allow are left out.
pub fn find(name: &str, text: &PartText, facts: &Facts) -> Vec<Found> {
    find_from(THRESHOLD, text, facts, |detector| chosen(detector, name))
}

/// Like [`find`], with a threshold and a choice of detectors.
pub fn find_from(
    threshold: u8,
    text: &PartText,
    facts: &Facts,
    choose: impl Fn(&str) -> bool,
) -> Vec<Found> {
    let mut found = Vec::new();
    let mut take = |all: &[Found]| {
        found.extend(
            all.iter()
                .filter(|f| f.score >= threshold && choose(&f.name))
                .filter(|f| !facts.allows(text.raw_text(f.span.clone())))
                .cloned(),
        );
    };
    if NAMES.iter().any(|name| choose(name)) {
        take(text.detected.personal.get_or_init(|| {
            let mut found = Vec::new();
            pii::find(text, &mut found);
            found
        }));
    }
    if secret::names().any(&choose) {
        take(text.detected.secrets.get_or_init(|| {
            let mut found = Vec::new();
            secret::find(text, &mut found);
            found
        }));
    }
    found.sort_by_key(|f| (f.span.start, f.span.end));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn families_choose_what_is_beneath_them() {
        for (name, by, is) in [
            ("pii.email", "pii.email", true),
            ("pii.email", "pii.*", true),
            ("pii.email", "*", true),
            ("pii.phone.us", "pii.phone", true),
            ("pii.phone.us", "pii.phone.id", false),
            ("pii.id.nik", "pii.id.*", true),
            ("pii.ip", "pii.id.*", false),
            ("pii.identity", "pii.id", false),
        ] {
            assert_eq!(chosen(name, by), is, "{name} by {by}");
        }
    }

    #[test]
    fn published_contacts_are_known_in_every_writing() {
        let company = Company {
            public_contacts: vec!["Press@Acme.example".into(), "+62 21 555 1234".into()],
            ..Company::default()
        };
        let facts = Facts::new(&company, &[], &["@help.acme.example".into()]);
        for text in ["press@acme.example", "(021) 555-1234", "62215551234", "joe@help.acme.example"]
        {
            assert!(facts.allows(text), "{text}");
        }
        for text in ["joe@acme.example", "555-9999", "0", ""] {
            assert!(!facts.allows(text), "{text}");
        }
    }
}
