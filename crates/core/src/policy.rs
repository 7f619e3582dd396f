//! The compiled policy: what a bundle carries and the engine loads.
//!
//! Everything here is plain data that any serde format can carry, binary ones
//! included: no untagged enums, no flattening, no skipped fields. How an
//! administrator writes it down is the business of `draftguard-policy`.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::concealed::{ConcealError, Concealed, Cost};
use crate::context::{AccountKind, Audience, Context, Surface};
use crate::draft::PartRole;
use crate::handbook::Example;
use crate::index::{Bytes, ListIndex};
use crate::report::{Action, Severity};
use crate::rules::Options;

mod manners;
mod oldest;
mod refined;

pub use manners::Manners;
pub use oldest::{BROWSERS, Oldest};
pub use refined::Refined;

/// Text in several languages, by BCP 47 primary subtag.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Localized(pub BTreeMap<String, String>);

impl Localized {
    /// The text in the first of `languages` that exists, then English, then any.
    pub fn resolve<'a>(&'a self, languages: &[&str]) -> &'a str {
        languages
            .iter()
            .find_map(|l| self.0.get(*l))
            .or_else(|| self.0.get("en"))
            .or_else(|| self.0.values().next())
            .map_or("", String::as_str)
    }

    /// Whether no language has a text.
    pub fn is_empty(&self) -> bool {
        self.0.values().all(String::is_empty)
    }
}

/// A compiled policy.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Policy {
    /// Stable id, lower-case words with dots and dashes.
    pub id: String,
    /// Grows with every publication.
    pub version: u64,
    /// What people call it.
    pub name: Localized,
    /// The language its author writes first.
    pub default_language: String,
    /// How it behaves as a whole.
    pub settings: Settings,
    /// The company it protects.
    pub company: Company,
    /// Roles and what they may do.
    pub roles: Vec<Role>,
    /// Whom to ask.
    pub contacts: Vec<Contact>,
    /// The handbook.
    pub sections: Vec<Section>,
    /// Term lists.
    pub lists: Vec<List>,
    /// Rules.
    pub rules: Vec<Rule>,
    /// Responses approved in advance.
    pub responses: Vec<Response>,
    /// A few of the rules' examples, for people to read; none of a concealed list.
    pub examples: Vec<Example>,
    /// How it treats the people who write. New fields of a policy stand after this one: a payload
    /// of an older format ends before them.
    pub manners: Manners,
    /// Data of sites that counts instead of what the extension brings along: JSON texts of
    /// [`SiteFile`](crate::site::file::SiteFile), so that a newer field does not make the whole
    /// policy unreadable for an older extension.
    pub sites: Vec<String>,
    /// Which versions are reported as out of date.
    pub oldest: Oldest,
    /// What later formats say of rules and lists.
    pub refined: Refined,
}

impl Policy {
    /// Conceals lists, before the policy travels. `salt` is asked for random bytes once a list.
    ///
    /// # Errors
    /// The first list that cannot be concealed, and why.
    pub fn conceal(
        &mut self,
        lists: &BTreeSet<String>,
        mut salt: impl FnMut() -> [u8; 16],
        cost: Cost,
    ) -> Result<(), (String, ConcealError)> {
        for list in self.lists.iter_mut().filter(|l| lists.contains(&l.id) && !l.is_concealed()) {
            *list = List::conceal(list.id.clone(), &list.entries(), salt(), cost)
                .map_err(|reason| (list.id.clone(), reason))?;
        }
        Ok(())
    }
}

/// How a policy behaves as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// `observe` shows and holds nothing; it only counts.
    pub mode: Mode,
    /// Whether direct messages are checked.
    pub messages: bool,
    /// What happens to a post when the engine cannot answer.
    pub unavailable: UnavailableOutcome,
    /// Whether an employee may pause the checking, and for how many minutes at most (0: not at all).
    pub pause_minutes: u32,
    /// Whether an employee may switch the checking off.
    pub may_disable: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            mode: Mode::Enforce,
            messages: false,
            unavailable: UnavailableOutcome::Notice,
            pause_minutes: 0,
            may_disable: false,
        }
    }
}

/// Whether findings are acted upon or only counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// Shown and held.
    #[default]
    Enforce,
    /// Counted locally, otherwise silent.
    Observe,
}

/// What happens to a post when the engine cannot answer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum UnavailableOutcome {
    /// Let go, with a notice.
    #[default]
    Notice,
    /// Hold, with a way out.
    Hold,
}

/// Facts about the company.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Company {
    /// Its names, as the public writes them.
    pub names: Vec<Name>,
    /// Its products and services.
    pub products: Vec<Name>,
    /// Companies it competes with.
    pub competitors: Vec<Name>,
    /// Companies it works with.
    pub partners: Vec<Name>,
    /// Customers whose names are not public.
    pub clients: Vec<Name>,
    /// Registrable domains it owns (`acme.example`).
    pub domains: Vec<String>,
    /// Hosts, or suffixes of hosts, that only exist inside (`intranet.acme.example`, `.corp`).
    pub internal_hosts: Vec<String>,
    /// Accounts that speak for it.
    pub brand_accounts: Vec<BrandAccount>,
    /// Mail addresses, phone numbers and accounts that it publishes: never personal data.
    pub public_contacts: Vec<String>,
    /// Figures it has published itself.
    pub public_facts: Vec<String>,
}

/// A name, and how strictly it is matched.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Name {
    /// As it is written.
    pub name: String,
    /// Whether it is also an everyday word ("Target", "Satu"), and so needs its
    /// exact case and company-like surroundings.
    pub common_word: bool,
}

/// An account that speaks for the company.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct BrandAccount {
    /// Site id.
    pub site: String,
    /// Handle without `@`, or the name where the site shows no handle.
    pub handle: String,
}

impl BrandAccount {
    /// Whether it is the account that a draft is written on.
    pub(crate) fn is(&self, context: &Context) -> bool {
        // A page's address has hyphens where its name has spaces.
        let plain = |handle: &str| {
            let letters = handle.trim_start_matches('@').chars();
            letters
                .filter(|c| *c != '-' && !c.is_whitespace())
                .flat_map(char::to_lowercase)
                .collect::<String>()
        };
        (self.site.is_empty() || context.site.as_ref().is_none_or(|s| *s == self.site))
            && context.handle.as_deref().is_some_and(|h| plain(h) == plain(&self.handle))
    }
}

impl Company {
    /// Whose account a draft is written on, as far as the company's own accounts tell: one of them
    /// is the brand's; another on a site where the company lists its accounts is personal.
    pub(crate) fn account_kind(&self, context: &Context) -> Option<AccountKind> {
        context.handle.as_ref()?;
        if self.brand_accounts.iter().any(|a| a.is(context)) {
            return Some(AccountKind::Brand);
        }
        let listed = self.brand_accounts.iter().any(|a| context.site.as_ref() == Some(&a.site));
        listed.then_some(AccountKind::Personal)
    }
}

/// What somebody is to the company.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Role {
    /// Its id, as managed settings name it.
    pub id: String,
    /// What people call it.
    pub name: Localized,
    /// What it may do: `speak`, `announce`, `answer_customers`, `brand_account`, or the policy's own.
    pub may: Vec<String>,
    /// Titles that people of this role may claim ("spokesperson", "CFO").
    pub titles: Vec<String>,
}

/// Somebody to ask.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Contact {
    /// Its id.
    pub id: String,
    /// Who.
    pub name: Localized,
    /// What for: `press`, `customers`, `legal`, `security`, `approval`, or the policy's own.
    pub topics: Vec<String>,
    /// Mail address.
    pub mail: Option<String>,
    /// Chat or web address (https).
    pub url: Option<String>,
    /// Phone number.
    pub phone: Option<String>,
    /// Text to hand over with; `{site}`, `{rule}`, `{handle}` are filled in.
    pub handover: Localized,
}

/// A section of the handbook.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Section {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: Localized,
    /// Its text: Markdown without raw HTML.
    pub body: Localized,
}

/// A response approved in advance.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Response {
    /// Its id.
    pub id: String,
    /// What it is about.
    pub topic: String,
    /// Its title.
    pub title: Localized,
    /// Words in the answered text that bring it up.
    pub triggers: Vec<String>,
    /// The text; `{handle}`, `{company}`, `{contact}` are filled in.
    pub text: Localized,
}

impl Response {
    /// Whom it names: the contact for its topic, else whoever answers customers.
    pub(crate) fn contact<'a>(&self, policy: &'a Policy) -> Option<&'a Contact> {
        [self.topic.as_str(), "customers", "care", "support"]
            .into_iter()
            .find_map(|topic| policy.contacts.iter().find(|c| c.topics.iter().any(|t| t == topic)))
    }
}

/// A list of terms, as compiled: see [`index`](crate::index).
///
/// ```
/// use draftguard_core::policy::{Disguises, Entry, List};
///
/// let entry = Entry { term: "Project Bluehawk".into(), ..Entry::default() };
/// let list = List::build("codenames", &[entry.clone()], Disguises::default());
/// assert_eq!(list.entries(), [entry]);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct List {
    /// Its id.
    pub id: String,
    /// Which disguises are looked through.
    pub disguises: Disguises,
    /// Its terms and their index.
    pub(crate) compiled: Bytes,
    /// Its terms as keyed hashes, in place of `compiled`.
    pub(crate) concealed: Option<Concealed>,
}

impl List {
    /// Compiles entries.
    pub fn build(id: impl Into<String>, entries: &[Entry], disguises: Disguises) -> Self {
        Self {
            id: id.into(),
            disguises,
            compiled: crate::index::build(entries, disguises),
            concealed: None,
        }
    }

    /// Compiles entries so that no term can be read: see [`concealed`](crate::concealed).
    /// Disguises and exceptions are not looked at; `salt` is random, and new for each list.
    ///
    /// # Errors
    /// A term that cannot be hashed, or a cost out of range.
    pub fn conceal(
        id: impl Into<String>,
        entries: &[Entry],
        salt: [u8; 16],
        cost: Cost,
    ) -> Result<Self, ConcealError> {
        let concealed = Some(Concealed::new(entries, salt, cost)?);
        Ok(Self { id: id.into(), concealed, ..Self::default() })
    }

    /// Whether its terms travel as hashes only.
    pub fn is_concealed(&self) -> bool {
        self.concealed.is_some()
    }

    /// Every entry, in the author's order; empty for a concealed list, and where the compiled
    /// form is damaged.
    pub fn entries(&self) -> Vec<Entry> {
        ListIndex::load(self).map(|index| index.entries()).unwrap_or_default()
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        if let Some(concealed) = &self.concealed {
            return concealed.len();
        }
        ListIndex::load(self).map(|index| index.len()).unwrap_or_default()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Bytes of the index, without the entries themselves.
    pub fn index_bytes(&self) -> usize {
        ListIndex::load(self).map(|index| index.index_bytes()).unwrap_or_default()
    }
}

/// Steps of the normaliser that can raise false alarms, and so are chosen list by list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Disguises {
    /// Digits and signs for letters (`bl4ckb1rd`).
    pub leet: bool,
    /// Repeated letters (`bluuuehawk`).
    pub repeats: bool,
    /// Spelled-out and dotted words (`b l u e h a w k`, `b.l.u.e`).
    pub spelled: bool,
    /// Masked letters (`f*ck`).
    pub masked: bool,
    /// Neighbouring letters swapped (`bluehwak`).
    pub swapped: bool,
}

/// One term.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// As the author wrote it.
    pub term: String,
    /// Other ways to write it.
    pub variants: Vec<String>,
    /// Contexts in which it is harmless ("bluehawk helicopter").
    pub exceptions: Vec<String>,
    /// What to say instead.
    pub replacement: Option<String>,
    /// Its weight, where it differs from the rule's.
    pub severity: Option<Severity>,
    /// A remark for the employee.
    pub note: Localized,
    /// Not matched before (seconds since 1970 UTC).
    pub from: Option<i64>,
    /// Not matched from then on (seconds since 1970 UTC).
    pub until: Option<i64>,
    /// Matched in exactly this case only.
    pub exact_case: bool,
}

/// One requirement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Rule {
    /// Its id.
    pub id: String,
    /// What it asks for.
    pub action: Action,
    /// Its weight.
    pub severity: Severity,
    /// Observed or enforced.
    pub mode: Mode,
    /// The handbook section it comes from.
    pub section: Option<String>,
    /// A few words that name what was found.
    pub title: Localized,
    /// What is wrong and what to do. `{text}`, `{company}`, `{replacement}` and `{contact}` are filled in.
    pub message: Localized,
    /// What follows from breaking it.
    pub consequence: Localized,
    /// The regulation or principle behind it.
    pub reference: Option<String>,
    /// Where to read more (https).
    pub learn: Option<String>,
    /// Where it applies.
    pub when: Selector,
    /// Where it does not.
    pub unless: Selector,
    /// In force from (seconds since 1970 UTC).
    pub from: Option<i64>,
    /// In force until, exclusive.
    pub until: Option<i64>,
    /// Whether a thread is judged post by post or as one.
    pub scope: Scope,
    /// What must stand near a hit for it to count; none: nothing.
    pub near: Option<Near>,
    /// What must not stand near a hit.
    pub not_near: Option<Near>,
    /// Fixes offered, best first.
    pub fixes: Vec<FixSpec>,
    /// Reasons to choose from where the action is `justify`.
    pub reasons: Vec<ReasonSpec>,
    /// The kind and its options.
    pub options: Options,
}

impl Rule {
    /// A rule of these options that applies everywhere and warns.
    pub fn of(options: Options) -> Self {
        Self {
            id: String::new(),
            action: Action::Warn,
            severity: Severity::default(),
            mode: Mode::default(),
            section: None,
            title: Localized::default(),
            message: Localized::default(),
            consequence: Localized::default(),
            reference: None,
            learn: None,
            when: Selector::default(),
            unless: Selector::default(),
            from: None,
            until: None,
            scope: Scope::default(),
            near: None,
            not_near: None,
            fixes: Vec::new(),
            reasons: Vec::new(),
            options,
        }
    }
}

/// A condition on the surroundings of a hit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Near {
    /// What is looked for.
    pub condition: Condition,
    /// How far around the hit.
    #[serde(default)]
    pub within: Within,
}

/// How far around a hit a condition looks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Within {
    /// The sentence that the hit stands in.
    #[default]
    Sentence,
    /// The part that the hit stands in.
    Part,
    /// The whole draft.
    Draft,
    /// The sentence that the hit stands in, the one before it and the one after.
    Nearby,
}

/// Something that is, or is not, in a stretch of text. Written in TOML as
/// `{ party = "company" }` or `{ all = [{ party = "company" }, { cue = "praise" }] }`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Condition {
    /// All of these.
    All(Vec<Condition>),
    /// At least one of these.
    Any(Vec<Condition>),
    /// Not this.
    Not(Box<Condition>),
    /// A party of the company facts is named.
    Party(Party),
    /// A built-in cue, by name: `praise`, `complaint`, `question`, `opinion`, `statistic`, ...
    Cue(String),
    /// A term of a list of this policy, by id.
    List(String),
    /// One of these words or phrases.
    Terms(Vec<String>),
    /// A regular expression.
    Pattern(String),
    /// A built-in detector, by name: `pii.email`, or a family: `pii.*`.
    Detector(String),
    /// A feature of the draft.
    Has(Feature),
    /// The text being answered fulfils this.
    Answering(Box<Condition>),
}

/// A party of the company facts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Party {
    /// One of the company's names.
    Company,
    /// One of its products.
    Product,
    /// A competitor.
    Competitor,
    /// A partner.
    Partner,
    /// A client.
    Client,
    /// The company by one of its names, or "my employer", "kantor saya" and the like.
    Employer,
    /// Any of them.
    Any,
}

/// A feature of a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Feature {
    /// A link.
    Link,
    /// An attachment.
    Media,
    /// A mention of an account.
    Mention,
    /// A hashtag.
    Hashtag,
    /// A quotation of some length.
    Quote,
    /// A number that states something.
    Number,
    /// An amount of money.
    Money,
    /// A percentage.
    Percent,
    /// A question.
    Question,
    /// A credit to a source: "via", "source:", "foto:", a link, a handle with a photo word.
    Credit,
}

/// Where a rule applies. Empty lists select everything; lists are "one of",
/// fields are "all of". Unknown context satisfies `when` and never `unless`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Selector {
    /// Site ids.
    pub site: Vec<String>,
    /// Surfaces.
    pub surface: Vec<Surface>,
    /// Account kinds.
    pub account: Vec<AccountKind>,
    /// Role ids.
    pub role: Vec<String>,
    /// Roles that have one of these permissions.
    pub may: Vec<String>,
    /// Draft languages.
    pub language: Vec<String>,
    /// Audiences.
    pub audience: Vec<Audience>,
    /// Parts of the draft that are looked at.
    pub part: Vec<PartRole>,
    /// Conditions on the draft or on the text being answered.
    pub condition: Option<Condition>,
}

/// Whether a thread is judged post by post or as one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// Each body part alone.
    #[default]
    Post,
    /// All body parts as one.
    Thread,
}

/// A fix that a rule offers. Which text it carries follows from the finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FixSpec {
    /// The entry's replacement, or this text.
    Replace(Option<Localized>),
    /// Take the span out.
    Remove,
    /// The requirement's own text (disclaimer, disclosure, credit).
    Insert,
    /// An approved response, by id or topic.
    Response(String),
    /// A contact, by id or topic.
    Contact(String),
}

/// A reason that may be given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReasonSpec {
    /// Its code.
    pub code: String,
    /// Its words.
    pub text: Localized,
}
