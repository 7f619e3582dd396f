//! Something that must be there when something else is.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::engine::{Env, KindError, Matcher};
use crate::report::Kind;

use crate::policy::{Condition, Within};

/// What an author may write.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// What brings the requirement about; none: every draft that `when` selects.
    pub trigger: Option<Condition>,
    /// Where all of the trigger must be found together.
    pub within: Within,
    /// Words, phrases or hashtags that fulfil it, in any language.
    pub accept: Vec<String>,
    /// Expressions that fulfil it.
    pub accept_patterns: Vec<String>,
    /// A condition that fulfils it (a link, a credit, a list).
    pub accept_condition: Option<Condition>,
    /// Where it must stand.
    pub placement: Placement,
    /// Whether it must stand in the draft's own language.
    pub same_language: bool,
    /// Texts to insert, by language, longest first: the longest that fits the site's limit is offered.
    pub insert: BTreeMap<String, Vec<String>>,
    /// Where the text is inserted.
    pub insert_at: InsertAt,
}

/// Where something required must stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Placement {
    /// Anywhere in the text.
    #[default]
    Anywhere,
    /// Before the site hides the rest behind "more".
    BeforeFold,
    /// At the start.
    Start,
    /// Anywhere but among three or more hashtags at the end.
    NotOnlyTags,
}

/// Where a required text is inserted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum InsertAt {
    /// After the last word, on its own line where the site has lines.
    #[default]
    End,
    /// Before the first word.
    Start,
}

pub(crate) fn compile(_: &Options, _: &Env<'_>) -> Result<Box<dyn Matcher>, KindError> {
    Err(KindError::NotReady(Kind::Require))
}
