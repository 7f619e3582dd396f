//! What an author writes: the types behind `docs/policy-format.md` and the JSON Schema.
//!
//! Parts that need no translation are the compiled types themselves
//! ([`draftguard_core::policy`]); these are the others.

use draftguard_core::policy::{
    Disguises, FixSpec, Localized, Manners, Mode, Near, ReasonSpec, Scope, Selector, Settings,
    UnavailableOutcome,
};
use draftguard_core::{Action, Context, Kind, Link, Media, Part, Severity};
use serde::de::{self, Deserializer, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};

/// The table `[policy]`.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Header {
    /// Stable id: lower-case letters, digits, dots, dashes.
    pub(crate) id: String,
    /// Grows with every publication.
    pub(crate) version: u64,
    /// What people call the policy.
    #[cfg_attr(feature = "schema", schemars(with = "crate::schema::Text"))]
    pub(crate) name: Localized,
    /// The language of texts that name none.
    pub(crate) default_language: String,
    /// Languages in which every text must exist.
    pub(crate) languages: Vec<String>,
    /// Where bare dates begin: a name of the IANA time zone database, such as `Asia/Jakarta`.
    pub(crate) time_zone: String,
    /// Policies that this one builds upon: `pack:core`, or a file.
    pub(crate) extends: Vec<String>,
    /// Oldest browser version that is not reported as out of date, by browser: `{ chrome = 140 }`.
    pub(crate) min_browser: std::collections::BTreeMap<String, u32>,
    /// Oldest version of the extension that is not reported as out of date.
    pub(crate) min_extension: Option<String>,
}

impl Default for Header {
    fn default() -> Self {
        Self {
            id: String::new(),
            version: 1,
            name: Localized::default(),
            default_language: "en".to_owned(),
            languages: Vec::new(),
            time_zone: "UTC".to_owned(),
            extends: Vec::new(),
            min_browser: std::collections::BTreeMap::new(),
            min_extension: None,
        }
    }
}

/// The table `[settings]`: how a policy behaves as a whole, and how it treats the people who write.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename = "Settings", default, deny_unknown_fields)]
pub(crate) struct SettingsSpec {
    /// `observe` shows and holds nothing; it only counts.
    pub(crate) mode: Mode,
    /// Whether direct messages are checked.
    pub(crate) messages: bool,
    /// What happens to a post when the engine cannot answer.
    pub(crate) unavailable: UnavailableOutcome,
    /// Whether an employee may pause the checking, and for how many minutes at most (0: not at all).
    pub(crate) pause_minutes: u32,
    /// Whether an employee may switch the checking off.
    pub(crate) may_disable: bool,
    /// How many cards of the action `warn` may hold a post on one site within an hour; later ones
    /// show in the badge only, and the post goes. 0: no limit.
    pub(crate) warn_cards_per_hour: u32,
    /// How many per cent of an approved reply's words may be changed (0: word for word, 100: freely).
    #[cfg_attr(feature = "schema", schemars(range(max = 100)))]
    pub(crate) reply_changes: u32,
    /// What happens to a reply that was changed further.
    pub(crate) reply_changed: Action,
    /// Words in an answered text that call for whoever handles a crisis, beside the built-in ones.
    pub(crate) crisis_words: Vec<String>,
}

impl Default for SettingsSpec {
    fn default() -> Self {
        let Settings { mode, messages, unavailable, pause_minutes, may_disable } =
            Settings::default();
        let Manners { warn_cards_per_hour, reply_changes, reply_changed, crisis_words } =
            Manners::default();
        Self {
            mode,
            messages,
            unavailable,
            pause_minutes,
            may_disable,
            warn_cards_per_hour,
            reply_changes,
            reply_changed,
            crisis_words,
        }
    }
}

impl SettingsSpec {
    /// As a policy carries them.
    pub(crate) fn split(self) -> (Settings, Manners) {
        let Self {
            mode,
            messages,
            unavailable,
            pause_minutes,
            may_disable,
            warn_cards_per_hour,
            reply_changes,
            reply_changed,
            crisis_words,
        } = self;
        (
            Settings { mode, messages, unavailable, pause_minutes, may_disable },
            Manners { warn_cards_per_hour, reply_changes, reply_changed, crisis_words },
        )
    }
}

/// A name, or `{ name, common_word }`.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename = "Name", deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct NameSpec {
    /// As it is written.
    pub(crate) name: String,
    /// Whether it is also an everyday word, and so needs its exact case.
    #[serde(default)]
    pub(crate) common_word: bool,
}

/// The table `[company]`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct CompanySpec {
    /// The company's names, as the public writes them.
    #[cfg_attr(feature = "schema", schemars(with = "Vec<crate::schema::NameOrText>"))]
    pub(crate) names: Vec<NameSpec>,
    /// Its products and services.
    #[cfg_attr(feature = "schema", schemars(with = "Vec<crate::schema::NameOrText>"))]
    pub(crate) products: Vec<NameSpec>,
    /// Companies it competes with.
    #[cfg_attr(feature = "schema", schemars(with = "Vec<crate::schema::NameOrText>"))]
    pub(crate) competitors: Vec<NameSpec>,
    /// Companies it works with.
    #[cfg_attr(feature = "schema", schemars(with = "Vec<crate::schema::NameOrText>"))]
    pub(crate) partners: Vec<NameSpec>,
    /// Customers whose names are not public.
    #[cfg_attr(feature = "schema", schemars(with = "Vec<crate::schema::NameOrText>"))]
    pub(crate) clients: Vec<NameSpec>,
    /// Domains it owns: `acme.example`.
    pub(crate) domains: Vec<String>,
    /// Hosts, or suffixes of hosts, that only exist inside: `intranet.acme.example`, `.corp`.
    pub(crate) internal_hosts: Vec<String>,
    /// Accounts that speak for it.
    pub(crate) brand_accounts: Vec<draftguard_core::policy::BrandAccount>,
    /// Mail addresses, phone numbers and accounts that it publishes: never personal data.
    pub(crate) public_contacts: Vec<String>,
    /// Figures it has published itself.
    pub(crate) public_facts: Vec<String>,
}

/// A moment as an author writes it: `2026-01-01`, `2026-03-01T09:00:00+07:00`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct Moment(pub(crate) String);

/// A list of terms.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct ListSpec {
    /// Its id.
    pub(crate) id: String,
    /// A file of terms beside the policy: CSV, XLSX or plain text with one term a line.
    pub(crate) file: Option<String>,
    /// The sheet of a spreadsheet; the first one where none is named.
    pub(crate) sheet: Option<String>,
    /// Terms written here.
    #[cfg_attr(feature = "schema", schemars(with = "Vec<crate::schema::TermOrText>"))]
    pub(crate) terms: Vec<TermSpec>,
    /// Whether the terms travel as keyed hashes only.
    pub(crate) concealed: bool,
    /// Disguises that are looked through.
    pub(crate) disguises: Disguises,
}

/// A term, or a table with its details.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename = "Term", deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct TermSpec {
    /// As it is written.
    pub(crate) term: String,
    /// Other ways to write it.
    #[serde(default)]
    pub(crate) variants: Vec<String>,
    /// Contexts in which it is harmless: "bluehawk helicopter".
    #[serde(default)]
    pub(crate) exceptions: Vec<String>,
    /// What to say instead: one text, or one for each language of the policy.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(with = "crate::schema::Text"))]
    pub(crate) replacement: Localized,
    /// Its weight, where it differs from the rule's.
    #[serde(default)]
    pub(crate) severity: Option<Severity>,
    /// A remark for the employee.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(with = "crate::schema::Text"))]
    pub(crate) note: Localized,
    /// Not matched before.
    #[serde(default)]
    pub(crate) from: Option<Moment>,
    /// Not matched from then on.
    #[serde(default)]
    pub(crate) until: Option<Moment>,
    /// Matched in exactly this case only.
    #[serde(default)]
    pub(crate) exact_case: bool,
}

/// What every rule has, whatever its kind.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct RuleHeader {
    /// Its id: lower-case words with dots and dashes, unique in the policy.
    pub(crate) id: String,
    /// Which kind of rule.
    #[cfg_attr(feature = "schema", schemars(with = "crate::schema::KindName"))]
    #[expect(dead_code, reason = "read before the header, to know which options belong to it")]
    pub(crate) kind: Kind,
    /// What it asks for.
    #[serde(default)]
    pub(crate) action: Action,
    /// Its weight.
    #[serde(default)]
    pub(crate) severity: Severity,
    /// Observed (counted only) or enforced.
    #[serde(default)]
    pub(crate) mode: Mode,
    /// The handbook section it comes from.
    #[serde(default)]
    pub(crate) section: Option<String>,
    /// A few words that name what was found.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(with = "crate::schema::Text"))]
    pub(crate) title: Localized,
    /// What is wrong and what to do. `{text}`, `{company}`, `{replacement}` and `{contact}` are filled in.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(with = "crate::schema::Text"))]
    pub(crate) message: Localized,
    /// What follows from breaking it.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(with = "crate::schema::Text"))]
    pub(crate) consequence: Localized,
    /// The regulation or principle behind it.
    #[serde(default)]
    pub(crate) reference: Option<String>,
    /// Where to read more (https).
    #[serde(default)]
    pub(crate) learn: Option<String>,
    /// What it is about, in a word: findings of rules with the same topic at the same words are one.
    #[serde(default)]
    pub(crate) topic: Option<String>,
    /// Where it applies; unknown context counts as fitting.
    #[serde(default)]
    pub(crate) when: Selector,
    /// Where it does not apply; unknown context counts as not fitting.
    #[serde(default)]
    pub(crate) unless: Selector,
    /// In force from.
    #[serde(default)]
    pub(crate) from: Option<Moment>,
    /// In force until, exclusive.
    #[serde(default)]
    pub(crate) until: Option<Moment>,
    /// Whether a thread is judged post by post or as one.
    #[serde(default)]
    pub(crate) scope: Scope,
    /// What must stand near a hit for it to count.
    #[serde(default)]
    pub(crate) near: Option<Near>,
    /// What must not stand near a hit.
    #[serde(default)]
    pub(crate) not_near: Option<Near>,
    /// Fixes offered, best first: `replace`, `remove`, `insert`, `contact:ID`, `response:ID`.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<crate::schema::FixSpec>"))]
    pub(crate) fixes: Vec<FixSpec>,
    /// Reasons to choose from where the action is `justify`.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<crate::schema::ReasonSpec>"))]
    pub(crate) reasons: Vec<ReasonSpec>,
    /// Drafts and what the rule must find in them.
    #[serde(default)]
    pub(crate) examples: Vec<ExampleSpec>,
}

/// A draft and what a rule must find in it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct ExampleSpec {
    /// The draft's text, where it has one part only.
    pub(crate) text: String,
    /// The draft's parts, where it has several.
    pub(crate) parts: Vec<Part>,
    /// Its links.
    pub(crate) links: Vec<Link>,
    /// Its attachments.
    pub(crate) media: Vec<Media>,
    /// Where it is written.
    pub(crate) context: Context,
    /// `true`: the rule fires; texts: it finds exactly these; absent: it must not fire.
    #[cfg_attr(feature = "schema", schemars(with = "crate::schema::Expect"))]
    pub(crate) expect: Expect,
}

/// What a rule must find in an example.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Expect {
    /// Whether it finds anything.
    Fires(bool),
    /// The texts of its findings, in their order.
    Texts(Vec<String>),
}

impl Default for Expect {
    fn default() -> Self {
        Self::Fires(false)
    }
}

impl<'de> Deserialize<'de> for Expect {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Read;
        impl<'de> Visitor<'de> for Read {
            type Value = Expect;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("`true`, `false` or a list of texts")
            }
            fn visit_bool<E: de::Error>(self, fires: bool) -> Result<Expect, E> {
                Ok(Expect::Fires(fires))
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Expect, E> {
                Ok(Expect::Texts(vec![text.to_owned()]))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Expect, A::Error> {
                let mut texts = Vec::new();
                while let Some(text) = items.next_element()? {
                    texts.push(text);
                }
                Ok(if texts.is_empty() { Expect::Fires(false) } else { Expect::Texts(texts) })
            }
        }
        deserializer.deserialize_any(Read)
    }
}

/// A point of a checklist that the policy was written from.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct ChecklistPoint {
    /// The point in the author's words.
    pub(crate) point: String,
    /// The rules that see to it.
    pub(crate) rules: Vec<String>,
    /// Why no rule can, where none does.
    pub(crate) reason: String,
}

/// A change to a rule of a policy that is built upon, or the rule switched off.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct OverrideHead {
    /// The rule's id.
    pub(crate) id: String,
    /// Whether the rule is left out.
    pub(crate) off: bool,
}

/// The keys of the whole document.
pub(crate) const DOCUMENT_KEYS: [&str; 12] = [
    "policy",
    "settings",
    "company",
    "roles",
    "contacts",
    "sections",
    "lists",
    "rules",
    "responses",
    "sites",
    "sample",
    "checklist",
];

/// See [`DOCUMENT_KEYS`]; a table of its own since it changes rules instead of adding to them.
pub(crate) const OVERRIDE_KEY: &str = "override";
