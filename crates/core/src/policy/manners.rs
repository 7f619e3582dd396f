//! How a policy treats the people who write: how often it speaks up, and how free they are with
//! replies that were approved in advance.

use serde::{Deserialize, Serialize};

use crate::report::Action;

/// How a policy treats the people who write. It stands at the end of a compiled policy: payloads
/// of format 1 end before it, and mean the default.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Manners {
    /// How many cards of the action `warn` may hold a post on one site within an hour; later ones
    /// show in the badge only, and the post goes. 0: no limit. Stricter actions know none.
    pub warn_cards_per_hour: u32,
    /// How many per cent of an approved reply's words may be changed before it no longer counts
    /// as approved: 0 word for word, 100 freely.
    pub reply_changes: u32,
    /// What happens to a reply that was changed further.
    pub reply_changed: Action,
    /// Words in an answered text that call for whoever handles a crisis, beside the built-in ones.
    pub crisis_words: Vec<String>,
}

impl Default for Manners {
    /// Six cards an hour: somebody who writes all day is asked every ten minutes at most. A third
    /// of the words: a greeting, a name and a detail are one's own, the statement is not.
    fn default() -> Self {
        Self {
            warn_cards_per_hour: 6,
            reply_changes: 30,
            reply_changed: Action::Warn,
            crisis_words: Vec::new(),
        }
    }
}
