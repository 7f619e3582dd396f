//! Where, as whom and in answer to what a draft is written.
//!
//! Unknown context (`None`) satisfies `when` and never `unless`: not knowing
//! must neither silence a rule nor excuse a draft.

use serde::{Deserialize, Serialize};

/// The circumstances of a draft. Everything may be unknown.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(default)]
pub struct Context {
    /// The site's id, as its data file names it (`x`, `linkedin`, ...).
    pub site: Option<String>,
    /// What is being composed.
    pub surface: Option<Surface>,
    /// Whose account.
    pub account: Option<AccountKind>,
    /// The account's handle, without `@`.
    pub handle: Option<String>,
    /// The author's role id in the policy.
    pub role: Option<String>,
    /// Whether the author chose that role for himself. It selects rules then, and neither permits
    /// nor excuses anything.
    pub claimed: Option<bool>,
    /// The text being answered.
    pub answering: Option<String>,
    /// The draft's language (BCP 47 primary subtag), where the page or the author says so.
    pub language: Option<String>,
    /// The language of the interface, in which messages are shown.
    pub interface: Option<String>,
    /// The time of the check, RFC 3339. The engine has no clock of its own.
    pub now: Option<String>,
    /// The limit of this very compose box, where it differs from the site's usual one; 0: it has none.
    pub limit: Option<u32>,
    /// Who can see what is posted.
    pub audience: Option<Audience>,
}

/// Who can see what is posted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "lowercase")]
pub enum Audience {
    /// Everybody.
    Public,
    /// Followers, friends or connections.
    Followers,
    /// The members of a group, a community, a channel or a repository.
    Group,
    /// Its author, or the people it names.
    Private,
}

/// What is being composed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "lowercase")]
pub enum Surface {
    /// A new post.
    Post,
    /// An answer to a post or a comment.
    Reply,
    /// A comment under somebody's post, video or page.
    Comment,
    /// A repost with words of one's own.
    Quote,
    /// Several posts sent together.
    Thread,
    /// A direct message.
    Message,
    /// A profile text.
    Profile,
    /// A change to something already published.
    Edit,
    /// A poll.
    Poll,
    /// The description of an image, edited on its own.
    Alt,
}

/// Whose account a draft is written on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "lowercase")]
pub enum AccountKind {
    /// The employee's own.
    Personal,
    /// The company's.
    Brand,
}
