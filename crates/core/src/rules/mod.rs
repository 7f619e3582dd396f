//! The rule kinds: a closed set, one file each.
//!
//! A kind is an `Options` struct (what an author may write), and a compiled
//! form that looks at a [`Scan`](crate::text::Scan) and reports [`Hit`]s.

use serde::{Deserialize, Serialize};

use crate::report::{Fix, Kind, Severity};

pub mod link;
pub mod media;
pub mod pattern;
pub mod require;
pub mod sensitive;
pub mod terms;
pub mod tone;
pub mod voice;

/// A rule's kind together with its options.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Options {
    /// See [`terms`].
    Terms(terms::Options),
    /// See [`pattern`].
    Pattern(pattern::Options),
    /// See [`sensitive`].
    Sensitive(sensitive::Options),
    /// See [`require`].
    Require(require::Options),
    /// See [`tone`].
    Tone(tone::Options),
    /// See [`link`].
    Link(link::Options),
    /// See [`voice`].
    Voice(voice::Options),
    /// See [`media`].
    Media(media::Options),
}

impl Options {
    /// The kind alone.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Terms(_) => Kind::Terms,
            Self::Pattern(_) => Kind::Pattern,
            Self::Sensitive(_) => Kind::Sensitive,
            Self::Require(_) => Kind::Require,
            Self::Tone(_) => Kind::Tone,
            Self::Link(_) => Kind::Link,
            Self::Voice(_) => Kind::Voice,
            Self::Media(_) => Kind::Media,
        }
    }
}

/// What a kind found, before the engine dresses it as a finding.
#[derive(Debug, Clone, Default)]
pub struct Hit {
    /// Index of the part in the scan; none for the draft as a whole.
    pub part: Option<usize>,
    /// Bytes of that part's text.
    pub span: std::ops::Range<usize>,
    /// The detector, where the kind has several.
    pub detector: Option<String>,
    /// Why exactly this span.
    pub why: Option<String>,
    /// Weight, where it differs from the rule's.
    pub severity: Option<Severity>,
    /// What to say instead.
    pub replacement: Option<String>,
    /// Fixes that only the kind can make.
    pub fixes: Vec<Fix>,
    /// Contact id or topic that the kind names by itself.
    pub contact: Option<String>,
    /// Found by a concealed list: its text must not be stored or shown in clear elsewhere.
    pub concealed: bool,
}
