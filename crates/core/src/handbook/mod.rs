//! The policy as people read it: sections, rules in plain words, examples,
//! contacts and responses, resolved into one language.
//!
//! The same texts that the card shows, so that the handbook never says
//! something else than the check does.

mod markdown;

use serde::{Deserialize, Serialize};

use crate::context::{AccountKind, Context, Surface};
use crate::policy::{FixSpec, Localized, Manners, Mode, Oldest, Policy, Response, Rule, Settings};
use crate::report::{Action, Kind, Severity};

pub use markdown::{Block, Inline};

/// What the interface needs to know about a policy in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct Summary {
    /// Its id.
    pub id: String,
    /// Its version.
    #[cfg_attr(feature = "ts", ts(type = "number"))]
    pub version: u64,
    /// Its name.
    pub name: String,
    /// Its roles.
    pub roles: Vec<RoleName>,
    /// How many rules it has.
    pub rules: u32,
    /// How it behaves as a whole.
    #[cfg_attr(
        feature = "ts",
        ts(
            type = "{ mode: \"enforce\" | \"observe\"; messages: boolean; unavailable: \"notice\" | \"hold\"; pause_minutes: number; may_disable: boolean }"
        )
    )]
    pub settings: Settings,
    /// How it treats the people who write.
    #[cfg_attr(
        feature = "ts",
        ts(
            type = "{ warn_cards_per_hour: number; reply_changes: number; reply_changed: \"note\" | \"warn\" | \"justify\" | \"approve\" | \"block\"; crisis_words: string[] }"
        )
    )]
    pub manners: Manners,
    /// Which versions are reported as out of date.
    pub oldest: Oldest,
}

/// A role, named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct RoleName {
    /// Its id.
    pub id: String,
    /// What people call it.
    pub name: String,
}

/// A policy as people read it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct Handbook {
    /// The policy's id.
    pub id: String,
    /// Its version.
    #[cfg_attr(feature = "ts", ts(type = "number"))]
    pub version: u64,
    /// Its name.
    pub name: String,
    /// What the company is called; empty where the policy names none.
    pub company: String,
    /// One of its products; empty where the policy names none.
    pub product: String,
    /// One of its competitors; empty where the policy names none.
    pub competitor: String,
    /// Sections with their rules. Rules of no section come last, in one without an id.
    pub sections: Vec<HandbookSection>,
    /// Whom to ask.
    pub contacts: Vec<HandbookContact>,
    /// Responses approved in advance.
    pub responses: Vec<HandbookResponse>,
}

/// A section and the rules that come from it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct HandbookSection {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its text.
    pub body: Vec<Block>,
    /// Its rules, heaviest first.
    pub rules: Vec<HandbookRule>,
}

/// A rule in plain words.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export, optional_fields))]
pub struct HandbookRule {
    /// Its id.
    pub id: String,
    /// Changes when what the rule asks for changes, in whichever language; for "what changed".
    pub mark: String,
    /// Its kind.
    pub kind: Kind,
    /// A few words that name it.
    pub title: String,
    /// What it asks for, without the text of any draft.
    pub message: String,
    /// What happens when it is broken.
    pub action: Action,
    /// Its weight.
    pub severity: Severity,
    /// Only counted, not shown.
    pub observed: bool,
    /// What follows from breaking it.
    pub consequence: Option<String>,
    /// The regulation or principle behind it.
    pub reference: Option<String>,
    /// Where to read more.
    pub learn: Option<String>,
    /// Site ids that it is limited to; empty: everywhere.
    pub sites: Vec<String>,
    /// Surfaces that it is limited to.
    pub surfaces: Vec<Surface>,
    /// Account kinds that it is limited to.
    pub accounts: Vec<AccountKind>,
    /// In force from (seconds since 1970 UTC).
    #[cfg_attr(feature = "ts", ts(optional, type = "number"))]
    pub from: Option<i64>,
    /// In force until, exclusive.
    #[cfg_attr(feature = "ts", ts(optional, type = "number"))]
    pub until: Option<i64>,
    /// Texts that it finds something in, and texts that it leaves alone.
    pub examples: Vec<HandbookExample>,
}

/// A text that a rule finds something in, or leaves alone.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct HandbookExample {
    /// The text.
    pub text: String,
    /// Where it is written.
    pub context: Context,
    /// Whether the rule finds something in it.
    pub fires: bool,
}

/// Somebody to ask.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export, optional_fields))]
pub struct HandbookContact {
    /// The id.
    pub id: String,
    /// Who.
    pub name: String,
    /// What for.
    pub topics: Vec<String>,
    /// Mail address.
    pub mail: Option<String>,
    /// Chat or web address.
    pub url: Option<String>,
    /// Phone number.
    pub phone: Option<String>,
}

/// A response approved in advance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct HandbookResponse {
    /// The id.
    pub id: String,
    /// What it is about.
    pub topic: String,
    /// Its title.
    pub title: String,
    /// Its text; `{handle}`, which depends on the post, stays.
    pub text: String,
}

/// An example that travels with a compiled policy, for people to read. The
/// tests of a policy are run when it is compiled; these are a few of them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Example {
    /// The rule's id.
    pub rule: String,
    /// The text.
    pub text: String,
    /// Where it is written.
    pub context: Context,
    /// Whether the rule finds something in it.
    pub fires: bool,
}

/// Names a policy in `language`.
pub fn summary(policy: &Policy, language: &str) -> Summary {
    let words = Words { policy, languages: languages(policy, language) };
    Summary {
        id: policy.id.clone(),
        version: policy.version,
        name: words.of(&policy.name),
        roles: policy
            .roles
            .iter()
            .map(|role| RoleName {
                id: role.id.clone(),
                name: or_id(words.of(&role.name), &role.id),
            })
            .collect(),
        rules: u32::try_from(policy.rules.len()).unwrap_or(u32::MAX),
        settings: policy.settings.clone(),
        manners: policy.manners.clone(),
        oldest: policy.oldest.clone(),
    }
}

/// A policy as people read it, in `language`.
pub fn handbook(policy: &Policy, language: &str) -> Handbook {
    let words = Words { policy, languages: languages(policy, language) };
    let mut sections: Vec<HandbookSection> = policy
        .sections
        .iter()
        .map(|section| HandbookSection {
            id: section.id.clone(),
            title: or_id(words.of(&section.title), &section.id),
            body: markdown::parse(&words.of(&section.body)),
            rules: words.rules(|rule| rule.section.as_deref() == Some(section.id.as_str())),
        })
        .collect();
    // A rule of no section, or of one that does not exist, must still be readable.
    let known = |id: &str| policy.sections.iter().any(|section| section.id == id);
    let rest = words.rules(|rule| !rule.section.as_deref().is_some_and(known));
    if !rest.is_empty() {
        sections.push(HandbookSection {
            id: String::new(),
            title: String::new(),
            body: Vec::new(),
            rules: rest,
        });
    }
    let first = |names: &[crate::policy::Name]| {
        names.first().map(|name| name.name.clone()).unwrap_or_default()
    };
    Handbook {
        id: policy.id.clone(),
        version: policy.version,
        name: words.of(&policy.name),
        company: first(&policy.company.names),
        product: first(&policy.company.products),
        competitor: first(&policy.company.competitors),
        sections,
        contacts: policy
            .contacts
            .iter()
            .map(|contact| HandbookContact {
                id: contact.id.clone(),
                name: or_id(words.of(&contact.name), &contact.id),
                topics: contact.topics.clone(),
                mail: contact.mail.clone(),
                url: contact.url.clone(),
                phone: contact.phone.clone(),
            })
            .collect(),
        responses: policy
            .responses
            .iter()
            .map(|response| HandbookResponse {
                id: response.id.clone(),
                topic: response.topic.clone(),
                title: or_id(words.of(&response.title), &response.id),
                text: words
                    .of(&response.text)
                    .replace("{company}", &words.company())
                    .replace("{contact}", &words.contact_of(response)),
            })
            .collect(),
    }
}

/// The texts of a policy in one language.
struct Words<'a> {
    policy: &'a Policy,
    languages: Vec<&'a str>,
}

impl Words<'_> {
    fn of(&self, text: &Localized) -> String {
        text.resolve(&self.languages).to_owned()
    }

    fn some(&self, text: &Localized) -> Option<String> {
        Some(self.of(text)).filter(|text| !text.is_empty())
    }

    fn company(&self) -> String {
        self.policy.company.names.first().map(|name| name.name.clone()).unwrap_or_default()
    }

    /// Whom a response names, with the address.
    fn contact_of(&self, response: &Response) -> String {
        let Some(contact) = response.contact(self.policy) else { return "…".to_owned() };
        let name = or_id(self.of(&contact.name), &contact.id);
        match &contact.mail {
            Some(mail) => format!("{name} ({mail})"),
            None => name,
        }
    }

    fn rules(&self, wanted: impl Fn(&Rule) -> bool) -> Vec<HandbookRule> {
        let mut rules: Vec<HandbookRule> = self
            .policy
            .rules
            .iter()
            .filter(|rule| wanted(rule))
            .map(|rule| self.rule(rule))
            .collect();
        // Stable: rules of one weight stay in the author's order.
        rules.sort_by_key(|rule| std::cmp::Reverse((rule.severity, rule.action)));
        rules
    }

    fn rule(&self, rule: &Rule) -> HandbookRule {
        HandbookRule {
            id: rule.id.clone(),
            mark: mark(rule),
            kind: rule.options.kind(),
            title: or_id(self.of(&rule.title), &rule.id),
            message: self.general(&self.of(&rule.message), rule),
            action: rule.action,
            severity: rule.severity,
            observed: rule.mode == Mode::Observe || self.policy.settings.mode == Mode::Observe,
            consequence: self.some(&rule.consequence),
            reference: rule.reference.clone(),
            learn: rule.learn.clone(),
            sites: rule.when.site.clone(),
            surfaces: rule.when.surface.clone(),
            accounts: rule.when.account.clone(),
            from: rule.from,
            until: rule.until,
            examples: self
                .policy
                .examples
                .iter()
                .filter(|example| example.rule == rule.id)
                .map(|example| HandbookExample {
                    text: example.text.clone(),
                    context: example.context.clone(),
                    fires: example.fires,
                })
                .collect(),
        }
    }

    /// A message as it reads without a draft: what would be quoted is left open.
    fn general(&self, message: &str, rule: &Rule) -> String {
        let contact = rule.fixes.iter().find_map(|fix| match fix {
            FixSpec::Contact(wanted) => self
                .policy
                .contacts
                .iter()
                .find(|contact| contact.id == *wanted || contact.topics.contains(wanted))
                .map(|contact| or_id(self.of(&contact.name), &contact.id)),
            _ => None,
        });
        message
            .replace("{text}", "…")
            .replace("{replacement}", "…")
            .replace("{company}", &self.company())
            .replace("{contact}", contact.as_deref().unwrap_or("…"))
    }
}

fn languages<'a>(policy: &'a Policy, language: &'a str) -> Vec<&'a str> {
    vec![language, policy.default_language.as_str(), "en"]
}

/// FNV-1a over what people are told: the words in every language, the action, the weight. Not over how a rule
/// finds things, which may be sharpened without anybody having to read again.
fn mark(rule: &Rule) -> String {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    let mut take = |text: &str| {
        // The separator keeps "ab" + "c" apart from "a" + "bc".
        for byte in text.bytes().chain([0xff]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    };
    for text in [&rule.title, &rule.message, &rule.consequence] {
        for (language, words) in &text.0 {
            take(language);
            take(words);
        }
        take("");
    }
    take(&format!("{:?} {:?}", rule.action, rule.severity));
    format!("{hash:016x}")
}

fn or_id(name: String, id: &str) -> String {
    if name.is_empty() { id.to_owned() } else { name }
}

#[cfg(test)]
mod tests;
