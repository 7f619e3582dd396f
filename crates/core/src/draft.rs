//! What the employee is about to send.

use serde::{Deserialize, Serialize};

/// The text (and links, mentions, attachments) in a compose box.
///
/// A thread is several [`PartRole::Body`] parts. Offsets that enter or leave
/// the engine are UTF-16 code units, as the browser counts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(default)]
pub struct Draft {
    /// Every text field that travels with the post.
    pub parts: Vec<Part>,
    /// Links with an address of their own, and link cards (which have no span).
    pub links: Vec<Link>,
    /// Attachments.
    pub media: Vec<Media>,
    /// The approved reply that the text began as.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reply: Option<UsedReply>,
}

/// An approved reply that was put into a compose box.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct UsedReply {
    /// Its id in the policy.
    pub id: String,
    /// Its text as it was put there.
    pub text: String,
}

impl Draft {
    /// A draft of one body part.
    pub fn from_text(text: impl Into<String>) -> Self {
        Self { parts: vec![Part::body("body", text)], ..Self::default() }
    }
}

/// One text field of a draft.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
#[serde(default)]
pub struct Part {
    /// Names the part in findings; unique in its draft.
    pub id: String,
    /// What the field is for.
    pub role: PartRole,
    /// Its text. Each lone surrogate of the browser arrives as one U+FFFD, so
    /// that UTF-16 offsets stay those of the compose box.
    pub text: String,
}

impl Part {
    /// A body part.
    pub fn body(id: impl Into<String>, text: impl Into<String>) -> Self {
        Self { id: id.into(), role: PartRole::Body, text: text.into() }
    }
}

/// What a text field is for.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "lowercase")]
pub enum PartRole {
    /// The post itself, or one post of a thread.
    #[default]
    Body,
    /// A title or subject.
    Title,
    /// A content warning.
    Warning,
    /// The description of an image.
    Alt,
    /// An option of a poll.
    Poll,
    /// A profile text (biography, headline, display name).
    Profile,
}

/// A link whose address is known apart from its text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(default)]
pub struct Link {
    /// The part it stands in; none for a link card.
    pub part: Option<String>,
    /// First UTF-16 unit in that part.
    pub start: Option<u32>,
    /// One past the last UTF-16 unit.
    pub end: Option<u32>,
    /// The text that the reader sees.
    pub text: String,
    /// Where it leads.
    pub href: String,
}

/// An attachment.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(default)]
pub struct Media {
    /// File name, where the page or the file picker tells it.
    pub name: String,
    /// What kind of file.
    pub kind: MediaKind,
    /// The first bytes of the file (at most 256 KiB), for its metadata.
    #[cfg_attr(feature = "ts", ts(optional, type = "Uint8Array"))]
    pub bytes: Option<Vec<u8>>,
    /// The description that stands with it, where the site shows one.
    pub alt: Option<String>,
}

/// What kind of file an attachment is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "lowercase")]
pub enum MediaKind {
    /// A still or animated picture.
    #[default]
    Image,
    /// A moving picture.
    Video,
    /// A recording.
    Audio,
    /// Anything else.
    Document,
}
