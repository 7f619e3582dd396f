//! One pass over each text of a draft; every rule kind works on its result.

use std::cell::{Cell, OnceCell};
use std::ops::Range;

use crate::context::Context;
use crate::draft::{Draft, PartRole};
use crate::report::Unavailable;
use crate::time;

mod entities;
pub(crate) mod language;
mod sentences;

/// Bytes of text that one check reads, all parts together (4 MiB). No site takes a post of a
/// hundredth of it; beyond it the report says `too-long`.
pub const MAX_BYTES: usize = 4 << 20;

/// A draft made ready for the rules: what every kind looks at.
#[derive(Debug)]
pub struct Scan<'a> {
    /// The draft as it came.
    pub draft: &'a Draft,
    /// Its context.
    pub context: &'a Context,
    /// Its texts, in the order of the draft.
    pub parts: Vec<PartText>,
    /// The text being answered, if known.
    pub answering: Option<PartText>,
    /// Seconds since 1970 UTC, if the context says so.
    pub now: Option<i64>,
    /// The reader's language (primary subtag), if the context says so.
    pub reader: Option<String>,
    /// Set where the draft was longer than the engine reads.
    pub too_long: bool,
    /// Set by a kind that could not look at everything.
    pub unavailable: Cell<Option<Unavailable>>,
    language: OnceCell<Option<String>>,
}

impl<'a> Scan<'a> {
    /// Reads every text of the draft once.
    pub fn new(draft: &'a Draft, context: &'a Context) -> Self {
        let mut left = MAX_BYTES;
        let mut too_long = false;
        let mut read = |id: &str, role, text: &str| {
            let end = text.floor_char_boundary(left);
            too_long |= end < text.len();
            left -= end;
            PartText::new(id, role, text.get(..end).unwrap_or_default())
        };
        let parts = draft.parts.iter().map(|p| read(&p.id, p.role, &p.text)).collect();
        let answering = context.answering.as_deref().map(|t| read("answering", PartRole::Body, t));
        Self {
            draft,
            context,
            parts,
            answering,
            now: context.now.as_deref().and_then(time::parse),
            reader: context.interface.as_deref().map(language::primary),
            too_long,
            unavailable: Cell::new(None),
            language: OnceCell::new(),
        }
    }

    /// The draft's language (primary subtag): as the context says, else `en` or `id` where
    /// the words of its texts tell, else unknown.
    pub fn language(&self) -> Option<&str> {
        self.language
            .get_or_init(|| {
                let told = self.context.language.as_deref().map(language::primary);
                told.filter(|l| !l.is_empty())
                    .or_else(|| language::detect(self.parts.iter()).map(str::to_owned))
            })
            .as_deref()
    }
}

/// Web addresses, mentions, hashtags and mail addresses of a text, in order.
pub fn entities_of(raw: &str) -> Vec<Entity> {
    entities::find(raw)
}

/// A text of the draft: as typed, folded for matching, and cut into words and sentences.
#[derive(Debug, Clone)]
pub struct PartText {
    /// The part's id.
    pub id: String,
    /// The part's role.
    pub role: PartRole,
    /// The text as typed.
    pub raw: String,
    /// The text folded for matching.
    pub folded: String,
    /// For each byte of `folded`, and its end, the byte of `raw` it comes from.
    map: Vec<u32>,
    /// Words, in order.
    pub words: Vec<Word>,
    /// Sentences as byte ranges of `raw`, in order, together covering every word.
    pub sentences: Vec<Range<usize>>,
    /// Web addresses, mentions and hashtags, in order.
    pub entities: Vec<Entity>,
    /// What the speech lexicons found, read when first asked.
    pub(crate) speech: OnceCell<crate::speech::Reading>,
}

/// A word: letters and digits that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Bytes of `raw`.
    pub raw: Range<usize>,
    /// Bytes of `folded`.
    pub folded: Range<usize>,
}

/// Something in a text that is more than words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// What it is.
    pub kind: EntityKind,
    /// Bytes of `raw`, sign included.
    pub raw: Range<usize>,
}

/// What an [`Entity`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntityKind {
    /// A web address, with or without scheme.
    Link,
    /// `@name`, `@name@host`.
    Mention,
    /// `#word`.
    Hashtag,
    /// A mail address.
    Mail,
}

impl PartText {
    /// Reads a text once.
    pub fn new(id: &str, role: PartRole, raw: &str) -> Self {
        let mut folded = String::with_capacity(raw.len());
        let mut map = Vec::with_capacity(raw.len() + 1);
        for (at, c) in raw.char_indices() {
            for lower in c.to_lowercase() {
                folded.push(lower);
                map.resize(folded.len(), at as u32);
            }
        }
        map.push(raw.len() as u32);
        let mut text = Self {
            id: id.to_owned(),
            role,
            raw: raw.to_owned(),
            folded,
            map,
            words: Vec::new(),
            sentences: Vec::new(),
            entities: Vec::new(),
            speech: OnceCell::new(),
        };
        text.cut();
        text
    }

    fn cut(&mut self) {
        let mut start = None;
        for (at, c) in self.folded.char_indices().chain([(self.folded.len(), ' ')]) {
            match (c.is_alphanumeric(), start) {
                (true, None) => start = Some(at),
                (false, Some(from)) => {
                    let folded = from..at;
                    self.words.push(Word { raw: self.to_raw(folded.clone()), folded });
                    start = None;
                }
                _ => {}
            }
        }
        self.sentences = sentences::find(&self.raw);
        self.entities = entities::find(&self.raw);
    }

    /// Where a range of the folded text stands in the text as typed (bytes).
    pub fn to_raw(&self, folded: Range<usize>) -> Range<usize> {
        let at = |i: usize| self.map.get(i).copied().unwrap_or(self.raw.len() as u32) as usize;
        at(folded.start)..at(folded.end)
    }

    /// The text of a range of `raw`; empty where the range does not fit.
    pub fn raw_text(&self, range: Range<usize>) -> &str {
        self.raw.get(range).unwrap_or_default()
    }

    /// The folded text of a word.
    pub fn word(&self, word: &Word) -> &str {
        self.folded.get(word.folded.clone()).unwrap_or_default()
    }

    /// A range of bytes of `raw` in UTF-16 units.
    pub fn to_utf16(&self, raw: Range<usize>) -> Range<u32> {
        let units = |end: usize| self.raw.get(..end).map_or(0, |t| t.encode_utf16().count() as u32);
        units(raw.start)..units(raw.end)
    }

    /// The sentence that a byte of `raw` stands in.
    pub fn sentence_at(&self, at: usize) -> Range<usize> {
        self.sentences.iter().find(|s| s.contains(&at)).cloned().unwrap_or(0..self.raw.len())
    }
}
