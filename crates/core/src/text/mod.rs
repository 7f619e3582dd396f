//! One pass over each text of a draft; every rule kind works on its result.

use std::cell::{Cell, OnceCell};
use std::ops::Range;

use crate::context::Context;
use crate::draft::{Draft, PartRole};
use crate::report::Unavailable;
use crate::site::{Limit, Row};
use crate::time;

mod entities;
mod fold;
pub(crate) mod lanes;
pub(crate) mod language;
mod map;
mod sentences;
mod table;
pub(crate) mod words;

use map::Map;
pub use words::hash;

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
    /// Limits of sites whose data came with a policy.
    pub limits: &'a [Row],
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
    /// The limit of a text of the draft, where the site's data has one.
    pub fn limit(&self, role: PartRole) -> Option<Limit> {
        Limit::of(self.limits, self.context, role)
    }

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
            limits: &[],
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

/// The least that any check by words can do: find every word of an ASCII text and hash it. The
/// measure that the benchmarks compare the whole check with.
pub fn floor(raw: &str) -> u64 {
    let lower = raw.to_ascii_lowercase();
    let mut sum = 0;
    words::runs(lower.as_bytes(), |start, end| {
        sum ^= words::hash_at(lower.as_bytes(), start, end);
    });
    sum
}

/// A term as a draft's text would be folded and cut: once, or twice where only the text around
/// a word tells whether it is of another script or imitates Latin.
pub(crate) fn fold_term(term: &str) -> Vec<(String, Vec<Word>)> {
    let mut ways = Vec::with_capacity(1);
    for imitations in [true, false] {
        let (folded, map) = fold::fold_as(term, imitations);
        let words = words::cut(&folded, &map);
        if ways.iter().all(|(before, _)| *before != folded) {
            ways.push((folded, words));
        }
        if term.is_ascii() {
            break;
        }
    }
    ways
}

/// A text of the draft: as typed, folded for matching, and cut into words and sentences.
///
/// Three kinds of offsets meet here, and are converted only by the methods of this type: bytes of
/// [`raw`](Self::raw), bytes of [`folded`](Self::folded), and UTF-16 units of the text as typed,
/// which is what the browser counts. A span in a hit is bytes of `raw`.
#[derive(Debug, Clone)]
pub struct PartText {
    /// The part's id.
    pub id: String,
    /// The part's role.
    pub role: PartRole,
    /// The text as typed.
    pub raw: String,
    /// The text folded for matching: lower case, without accents and invisible characters,
    /// look-alikes of other scripts as the letters they imitate.
    pub folded: String,
    map: Map,
    /// Words, in order.
    pub words: Vec<Word>,
    /// Sentences as byte ranges of `raw`, in order, together covering every word.
    pub sentences: Vec<Range<usize>>,
    /// Web addresses, mentions and hashtags, in order.
    pub entities: Vec<Entity>,
    /// UTF-16 units before every `STRIDE` bytes of `raw`, counted when first asked for.
    units: OnceCell<Vec<u32>>,
    /// What the speech lexicons found, read when first asked.
    pub(crate) speech: OnceCell<crate::speech::Reading>,
    /// What the built-in detectors found, once one was asked for.
    pub(crate) detected: crate::detect::Detected,
    /// What its words may be forms of, worked out when the first list asks.
    pub(crate) forms: OnceCell<crate::index::Forms>,
}

/// Bytes of text between two counts of UTF-16 units.
const STRIDE: usize = 256;

/// A word: letters and digits that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Bytes of `raw`.
    pub raw: Range<usize>,
    /// Bytes of `folded`.
    pub folded: Range<usize>,
    /// [`hash`] of its folded text.
    pub hash: u64,
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
        let (folded, map) = fold::fold(raw);
        let words = words::cut(&folded, &map);
        Self {
            id: id.to_owned(),
            role,
            raw: raw.to_owned(),
            folded,
            map,
            words,
            sentences: sentences::find(raw),
            entities: entities::find(raw),
            units: OnceCell::new(),
            speech: OnceCell::new(),
            detected: crate::detect::Detected::default(),
            forms: OnceCell::new(),
        }
    }

    /// Where a range of the folded text stands in the text as typed (bytes). What was folded
    /// as one is kept whole, with the marks and invisible characters behind it.
    pub fn to_raw(&self, folded: Range<usize>) -> Range<usize> {
        self.map.to_raw(folded)
    }

    /// Where a range of the text as typed (bytes) stands in the folded text.
    pub fn to_folded(&self, raw: Range<usize>) -> Range<usize> {
        self.map.to_folded(raw)
    }

    /// The text of a range of `raw`; empty where the range does not fit.
    pub fn raw_text(&self, range: Range<usize>) -> &str {
        self.raw.get(range).unwrap_or_default()
    }

    /// The folded text of a word.
    pub fn word(&self, word: &Word) -> &str {
        self.folded.get(word.folded.clone()).unwrap_or_default()
    }

    /// A range of bytes of `raw` in UTF-16 units. An offset inside a character counts as its start.
    pub fn to_utf16(&self, raw: Range<usize>) -> Range<u32> {
        self.unit_at(raw.start)..self.unit_at(raw.end)
    }

    /// A range of UTF-16 units in bytes of `raw`, if it lies in the text. An offset between the
    /// halves of a surrogate pair counts as before the pair.
    pub fn from_utf16(&self, units: Range<u32>) -> Option<Range<usize>> {
        let range = self.byte_at(units.start)?..self.byte_at(units.end)?;
        (range.start <= range.end).then_some(range)
    }

    /// The sentence that a byte of `raw` stands in.
    pub fn sentence_at(&self, at: usize) -> Range<usize> {
        let after = self.sentences.partition_point(|s| s.start <= at);
        let sentence = after.checked_sub(1).and_then(|n| self.sentences.get(n));
        sentence.filter(|s| s.contains(&at)).cloned().unwrap_or(0..self.raw.len())
    }

    /// The sentences that a range of `raw` lies in, with the one before and the one after.
    pub fn sentences_around(&self, range: &Range<usize>) -> Range<usize> {
        let first = self.sentences.partition_point(|s| s.end <= range.start);
        let last = self.sentences.partition_point(|s| s.start < range.end.max(range.start + 1));
        let start = self.sentences.get(first.saturating_sub(1)).map_or(0, |s| s.start);
        let end = self.sentences.get(last).or(self.sentences.last()).map_or(0, |s| s.end);
        start..end.max(range.end)
    }

    /// The entities that lie in a range of `raw`, at least in part.
    pub(crate) fn entities_in(&self, raw: &Range<usize>) -> &[Entity] {
        let first = self.entities.partition_point(|e| e.raw.end <= raw.start);
        let last = self.entities.partition_point(|e| e.raw.start < raw.end);
        self.entities.get(first..last).unwrap_or_default()
    }

    /// The words that lie in a range of `raw`, at least in part: their numbers.
    pub fn words_in(&self, raw: Range<usize>) -> Range<usize> {
        let first = self.words.partition_point(|w| w.raw.end <= raw.start);
        let last = self.words.partition_point(|w| w.raw.start < raw.end);
        first..last.max(first)
    }

    /// UTF-16 units before each `STRIDE` bytes; empty for ASCII, where they are the bytes.
    fn units(&self) -> &[u32] {
        self.units.get_or_init(|| {
            if self.raw.is_ascii() {
                return Vec::new();
            }
            let mut counts = Vec::with_capacity(self.raw.len() / STRIDE + 1);
            let mut count = 0;
            for chunk in self.raw.as_bytes().chunks(STRIDE) {
                counts.push(count);
                count += chunk.iter().map(|b| units_of(*b)).sum::<u32>();
            }
            counts
        })
    }

    fn unit_at(&self, at: usize) -> u32 {
        let at = self.raw.floor_char_boundary(at);
        let Some(before) = self.units().get(at / STRIDE).or(self.units().last()) else {
            return at as u32;
        };
        let from = (at / STRIDE).min(self.units().len() - 1) * STRIDE;
        let rest = self.raw.as_bytes().get(from..at).unwrap_or_default();
        before + rest.iter().map(|b| units_of(*b)).sum::<u32>()
    }

    fn byte_at(&self, unit: u32) -> Option<usize> {
        let counts = self.units();
        let stride = counts.partition_point(|n| *n <= unit).checked_sub(1);
        let Some(stride) = stride else {
            return Some(unit as usize).filter(|at| counts.is_empty() && *at <= self.raw.len());
        };
        let mut count = *counts.get(stride)?;
        let from = stride * STRIDE;
        for (n, byte) in self.raw.as_bytes().get(from..)?.iter().enumerate() {
            let units = units_of(*byte);
            // A continuation byte begins nothing.
            if units > 0 && count + units > unit {
                return Some(from + n);
            }
            count += units;
        }
        (count == unit).then_some(self.raw.len())
    }
}

/// UTF-16 units of the character that a byte begins; 0 for a continuation byte.
fn units_of(byte: u8) -> u32 {
    match byte {
        0x80..=0xBF => 0,
        0xF0.. => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests;
