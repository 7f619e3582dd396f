//! What a check found, and what may be done about it.

use serde::{Deserialize, Serialize};

/// What a rule asks for, mildest first. The order decides: a report's verdict
/// is the strictest action among its findings.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "lowercase")]
pub enum Action {
    /// Shown on demand; the post goes through.
    Note,
    /// Shown before the post leaves; one click posts anyway.
    #[default]
    Warn,
    /// A reason is asked.
    Justify,
    /// An approval is needed.
    Approve,
    /// The post does not leave.
    Block,
}

/// The strictest action of a report, or `clear`.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Nothing found.
    #[default]
    Clear,
    /// See [`Action::Note`].
    Note,
    /// See [`Action::Warn`].
    Warn,
    /// See [`Action::Justify`].
    Justify,
    /// See [`Action::Approve`].
    Approve,
    /// See [`Action::Block`].
    Block,
}

impl Verdict {
    /// Whether the post has to wait for its author: `warn` and above.
    pub fn holds(self) -> bool {
        self >= Self::Warn
    }
}

impl From<Action> for Verdict {
    fn from(action: Action) -> Self {
        match action {
            Action::Note => Self::Note,
            Action::Warn => Self::Warn,
            Action::Justify => Self::Justify,
            Action::Approve => Self::Approve,
            Action::Block => Self::Block,
        }
    }
}

/// How much a finding weighs. Orders the card; only [`Action`] decides.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// A matter of style or care.
    Low,
    /// A breach that can be mended.
    #[default]
    Medium,
    /// A breach that harms.
    High,
}

/// The verdict and the findings for one revision of a draft.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct Report {
    /// The strictest action of `findings`.
    pub verdict: Verdict,
    /// Heaviest first; equal ones in the order of the text.
    pub findings: Vec<Finding>,
    /// Ids of rules in mode `observe` that would have fired. Counted, never shown.
    pub observed: Vec<String>,
    /// Why part of the policy could not be applied to this draft; the outcome is the policy's choice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub unavailable: Option<Unavailable>,
    /// Length of each body part as the site counts, where the site's limit is known.
    pub lengths: Vec<Length>,
    /// How far the text has moved away from the approved reply that it began as.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub reply: Option<Reply>,
}

/// Why part of a policy could not be applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "kebab-case")]
pub enum Unavailable {
    /// More candidates for concealed lists than may be confirmed in one check.
    TooManyCandidates,
    /// The draft is longer than the engine reads.
    TooLong,
}

/// Length of a part as the site counts it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct Length {
    /// The part.
    pub part: String,
    /// Its length in the site's own unit.
    pub used: u32,
    /// The site's limit in that unit.
    pub max: u32,
}

/// How far a text has moved away from the approved reply that it began as.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct Reply {
    /// The reply's id.
    pub id: String,
    /// Its title in the reader's language.
    pub title: String,
    /// How many per cent of its words were changed, at most 100.
    pub changed: u32,
    /// How many may be; beyond that a finding says so.
    pub allowed: u32,
}

/// One hit of one rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export, optional_fields))]
pub struct Finding {
    /// The part it is in; empty for the draft as a whole (an attachment, a link card).
    pub part: String,
    /// The rule's id.
    pub rule: String,
    /// Other rules that said the same of the same words; this one's words stand for all of them.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub also: Vec<String>,
    /// The rule's kind.
    pub kind: Kind,
    /// What found it, where a kind has several detectors: `pii.email`, `link.lookalike`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detector: Option<String>,
    /// Its weight.
    pub severity: Severity,
    /// What the rule asks for.
    pub action: Action,
    /// First UTF-16 unit of the span in the part.
    pub start: u32,
    /// One past the last UTF-16 unit.
    pub end: u32,
    /// The text of the span. Empty where a concealed rule found it.
    pub text: String,
    /// Set where a concealed list found it: the text is stored nowhere.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub concealed: bool,
    /// A few words that name what was found.
    pub title: String,
    /// What is wrong and what to do, in the reader's language.
    pub message: String,
    /// Why exactly this span, where the detector can say: "passes the Luhn check".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// What follows from breaking the rule, where the policy says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub consequence: Option<String>,
    /// The handbook section that the rule comes from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub section: Option<SectionRef>,
    /// The regulation or principle behind the rule.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// Where to read more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub learn: Option<String>,
    /// Changes on offer, best first.
    pub fixes: Vec<Fix>,
    /// Reasons to choose from where `action` is `justify`.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub reasons: Vec<Reason>,
}

/// A handbook section, named in the reader's language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct SectionRef {
    /// The section's id.
    pub id: String,
    /// Its title.
    pub title: String,
}

/// A reason that may be given for posting anyway.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct Reason {
    /// The code that may be reported.
    pub code: String,
    /// Its words in the reader's language.
    pub text: String,
}

/// The kinds of rules: a closed set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Words and phrases of a list.
    Terms,
    /// A regular expression.
    Pattern,
    /// Built-in detectors of personal data and secrets.
    Sensitive,
    /// Something that must be there when something else is.
    Require,
    /// Insults, threats, promises and the like.
    Tone,
    /// Links that deceive or lead inside.
    Link,
    /// Who speaks.
    Voice,
    /// Attachments.
    Media,
}

/// A change on offer. Offsets are UTF-16 units of the revision that was checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Fix {
    /// Put `text` in place of the span.
    Replace {
        /// The part.
        part: String,
        /// First unit.
        start: u32,
        /// One past the last unit.
        end: u32,
        /// What to put there.
        text: String,
    },
    /// Take the span out, with the space that would be left double.
    Remove {
        /// The part.
        part: String,
        /// First unit.
        start: u32,
        /// One past the last unit.
        end: u32,
    },
    /// Put `text` at `at`.
    Insert {
        /// The part.
        part: String,
        /// Where.
        at: u32,
        /// What, with the spaces or line breaks it needs.
        text: String,
        /// What would remain of the site's limit afterwards, in the site's unit.
        #[serde(skip_serializing_if = "Option::is_none")]
        remaining: Option<u32>,
    },
    /// Use an approved response.
    Response {
        /// The response's id.
        id: String,
        /// Its title in the reader's language.
        title: String,
        /// Its text, placeholders filled in as far as the context knows them.
        text: String,
    },
    /// Ask somebody.
    Contact {
        /// The contact's id.
        id: String,
        /// Who.
        name: String,
        /// Mail address.
        #[serde(skip_serializing_if = "Option::is_none")]
        mail: Option<String>,
        /// A chat or web address.
        #[serde(skip_serializing_if = "Option::is_none")]
        url: Option<String>,
        /// A ready hand-over message.
        message: String,
    },
}
