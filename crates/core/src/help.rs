//! What helps before a word is typed: who answers such posts, and which approved replies there are.

use serde::{Deserialize, Serialize};

/// What helps with an answer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export, optional_fields))]
pub struct Help {
    /// Who answers such posts, where the author may not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub route: Option<Route>,
    /// Every approved reply; those that fit the answered text first.
    pub replies: Vec<Suggestion>,
}

/// Who answers posts like the one being answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export, optional_fields))]
pub struct Route {
    /// What kind of post it is.
    pub cause: Cause,
    /// The contact's id.
    pub id: String,
    /// Who.
    pub name: String,
    /// Mail address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mail: Option<String>,
    /// A chat or web address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// A ready hand-over message.
    pub message: String,
}

/// Why a post is answered by somebody in particular.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "lowercase")]
pub enum Cause {
    /// Somebody complains about the company.
    Complaint,
    /// An accident, a breach, a recall, or a word that the policy names.
    Crisis,
}

/// An approved reply on offer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct Suggestion {
    /// The reply's id.
    pub id: String,
    /// What it is about.
    pub topic: String,
    /// Its title in the reader's language.
    pub title: String,
    /// Its text; placeholders that nobody knows a value for stay.
    pub text: String,
    /// Whether the answered text holds one of its words.
    pub fits: bool,
    /// How many per cent of its words may be changed.
    pub changes: u32,
}
