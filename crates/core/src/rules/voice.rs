//! Who speaks: brand account, company voice, an answer for the company, a claimed title.

use serde::{Deserialize, Serialize};

use crate::engine::{Env, KindError, Matcher};
use crate::report::Kind;

/// What an author may write.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// `brand-account`, `company-voice`, `answer`, `claimed-title`; empty: all of them.
    pub checks: Vec<String>,
    /// The permission that excuses; empty: the one that fits each check
    /// (`brand_account`, `speak`, `answer_customers`, the role's titles).
    pub permission: String,
}

pub(crate) fn compile(_: &Options, _: &Env<'_>) -> Result<Box<dyn Matcher>, KindError> {
    Err(KindError::NotReady(Kind::Voice))
}
