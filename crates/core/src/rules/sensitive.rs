//! Built-in detectors of personal data (`pii.*`) and secrets (`secret.*`).

use serde::{Deserialize, Serialize};

/// What an author may write.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// Detectors by name or family: `pii.email`, `pii.id.*`, `secret.*`.
    pub detectors: Vec<String>,
    /// Detectors left out again, by name or family.
    pub except: Vec<String>,
    /// Score from 0 to 100 that a candidate must reach; 0 means 60.
    pub threshold: u32,
    /// Values that never fire, besides the company's public contacts.
    pub allow: Vec<String>,
}
