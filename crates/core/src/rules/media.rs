//! Attachments: their names, what their metadata tells, what is missing beside them.

use serde::{Deserialize, Serialize};

use crate::engine::{Env, KindError, Matcher};
use crate::report::Kind;

/// What an author may write.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// `file-name`, `place`, `author`, `missing-credit`, `missing-description`, `reminder`; empty: all but the reminder.
    pub checks: Vec<String>,
    /// Lists whose terms may not stand in a file name.
    pub lists: Vec<String>,
}

pub(crate) fn compile(_: &Options, _: &Env<'_>) -> Result<Box<dyn Matcher>, KindError> {
    Err(KindError::NotReady(Kind::Media))
}
