//! Links that deceive, or that lead where outsiders should not look.

use serde::{Deserialize, Serialize};

use crate::engine::{Env, KindError, Matcher};
use crate::report::Kind;

/// What an author may write.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// `lookalike`, `mixed-script`, `hidden-target`, `internal-host`, `shortener`,
    /// `document-share`, `ip`, `userinfo`; empty: all of them.
    pub checks: Vec<String>,
    /// Domains that never fire.
    pub allow: Vec<String>,
    /// Domains that always fire.
    pub deny: Vec<String>,
}

pub(crate) fn compile(_: &Options, _: &Env<'_>) -> Result<Box<dyn Matcher>, KindError> {
    Err(KindError::NotReady(Kind::Link))
}
