//! Regular expressions of the policy's own, in linear time.

use serde::{Deserialize, Serialize};

use crate::engine::{Env, KindError, Matcher};
use crate::report::Kind;

/// What an author may write.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// The expression, in the syntax of the `regex` crate. A group named
    /// `hit` narrows the span.
    pub pattern: String,
    /// Letters match in either case unless this is set.
    pub case_sensitive: bool,
    /// A check on the digits or letters found: `luhn`, `iban`, `mod97`.
    pub validator: Option<String>,
    /// Words of which one must stand within `window` words of the hit, if any are given.
    pub context_words: Vec<String>,
    /// How many words to either side `context_words` may stand; 0 means 8.
    pub window: u32,
}

pub(crate) fn compile(_: &Options, _: &Env<'_>) -> Result<Box<dyn Matcher>, KindError> {
    Err(KindError::NotReady(Kind::Pattern))
}
