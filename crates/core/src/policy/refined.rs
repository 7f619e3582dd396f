//! What later formats say of rules and lists that stand further up in a policy.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Localized;

/// What later formats say of rules and lists. It stands at the end of a compiled policy: payloads
/// of formats 1 to 4 end before it, and refine nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refined {
    /// What rules are about, by their ids. Findings of two rules with the same topic at the same
    /// words are one.
    pub topics: BTreeMap<String, String>,
    /// Replacements in several languages: by list, then by the text that the entry itself carries.
    pub replacements: BTreeMap<String, BTreeMap<String, Localized>>,
}
