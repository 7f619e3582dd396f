//! Insults, profanity, slurs, threats, accusations, inflammatory, promissory and negative words.

use serde::{Deserialize, Serialize};

use crate::engine::{Env, KindError, Matcher};
use crate::report::Kind;

/// What an author may write.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// `insult`, `profanity`, `slur`, `threat`, `accusation`, `inflammatory`, `promissory`,
    /// `exaggerated`, `illegal`, `negative`.
    pub categories: Vec<String>,
    /// Whom it must be aimed at to count: `any`, `person`, `group`, `company`, `competitor`, `partner`, `party`.
    pub target: String,
    /// Lexicon severity (1 to 3) from which it counts; 0 means 1.
    pub min_severity: u32,
    /// Lists of this policy whose terms count too, by category.
    pub lists: Vec<String>,
    /// Words that never count.
    pub allow: Vec<String>,
}

pub(crate) fn compile(_: &Options, _: &Env<'_>) -> Result<Box<dyn Matcher>, KindError> {
    Err(KindError::NotReady(Kind::Tone))
}
