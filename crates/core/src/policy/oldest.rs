//! Which versions of browser and extension are too old.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The oldest versions that are not reported as out of date. It stands at the end of a compiled
/// policy: payloads of formats 1 to 3 end before it, and ask for nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct Oldest {
    /// Major versions, by browser: `chrome`, `edge`, `firefox`.
    pub browser: BTreeMap<String, u32>,
    /// Version of the extension: numbers with dots.
    pub extension: Option<String>,
}

/// Browsers that a policy can name.
pub const BROWSERS: [&str; 3] = ["chrome", "edge", "firefox"];
