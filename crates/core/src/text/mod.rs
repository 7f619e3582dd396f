//! One pass over each text of a draft; every rule kind works on its result.

use std::ops::Range;

use crate::context::Context;
use crate::draft::{Draft, PartRole};

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
}

impl<'a> Scan<'a> {
    /// Reads every text of the draft once.
    pub fn new(draft: &'a Draft, context: &'a Context) -> Self {
        let parts = draft.parts.iter().map(|p| PartText::new(&p.id, p.role, &p.text)).collect();
        let answering =
            context.answering.as_deref().map(|t| PartText::new("answering", PartRole::Body, t));
        Self { draft, context, parts, answering, now: None }
    }
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
    pub(crate) speech: std::cell::OnceCell<crate::speech::Reading>,
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
            speech: std::cell::OnceCell::new(),
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
        let mut from = 0;
        for (at, c) in self.raw.char_indices() {
            if matches!(c, '.' | '!' | '?' | '\n') {
                self.sentences.push(from..at + c.len_utf8());
                from = at + c.len_utf8();
            }
        }
        if from < self.raw.len() {
            self.sentences.push(from..self.raw.len());
        }
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
