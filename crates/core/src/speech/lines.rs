//! Phrases of lexicons and policies, read by the same eyes as a draft.

use std::ops::Range;

use crate::draft::PartRole;
use crate::text::PartText;
use crate::text::words::hash_of;

use super::reading::tokenize;

/// The words of a phrase as hashes, each with whether others may stand before it.
pub(crate) type PhraseWords = Vec<(bool, u64)>;

/// Many phrases as the hashes of their words, each with a tag.
///
/// Nearly all are ASCII, on which a draft's reading has nothing to decide: they are cut where they
/// stand. It matters when the engine wakes from nothing, and somebody waits for the first verdict.
#[derive(Debug, Default)]
pub(crate) struct Lines {
    words: PhraseWords,
    /// Which of the words, and the tag.
    lines: Vec<(Range<usize>, u32)>,
    /// Those that must be read as a draft is, with their places among `lines`.
    others: Vec<(usize, String)>,
}

impl Lines {
    /// Adds a phrase. Only `…` has a meaning: others may stand there.
    pub(crate) fn add(&mut self, phrase: &str, tag: u32) {
        let start = self.words.len();
        if !cut(phrase, &mut self.words) {
            self.words.truncate(start);
            let spaced = phrase.split_whitespace().collect::<Vec<_>>().join(" ");
            self.others.push((self.lines.len(), spaced));
        }
        self.lines.push((start..self.words.len(), tag));
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.lines.len()
    }

    /// Every phrase, in the order in which they were added.
    pub(crate) fn each(mut self, mut found: impl FnMut(&[(bool, u64)], u32)) {
        let others = std::mem::take(&mut self.others);
        let read = read(others.iter().map(|(_, phrase)| phrase.as_str()));
        for ((line, _), words) in others.iter().zip(read) {
            let start = self.words.len();
            self.words.extend(words);
            if let Some((range, _)) = self.lines.get_mut(*line) {
                *range = start..self.words.len();
            }
        }
        for (range, tag) in self.lines {
            found(self.words.get(range).unwrap_or_default(), tag);
        }
    }
}

/// Cuts a phrase of ASCII and `…` into words; false where it has anything else, or what may be a
/// character reference.
fn cut(phrase: &str, words: &mut PhraseWords) -> bool {
    let mut lower = [0; 32];
    let first = words.len();
    let mut gap = false;
    let mut rest = phrase.as_bytes();
    while let [byte, after @ ..] = rest {
        if byte.is_ascii_alphanumeric() {
            let len = rest.iter().take_while(|b| b.is_ascii_alphanumeric()).count();
            let (Some(word), Some(lower)) = (rest.get(..len), lower.get_mut(..len)) else {
                return false;
            };
            lower.copy_from_slice(word);
            lower.make_ascii_lowercase();
            words.push((gap && words.len() > first, hash_of(lower)));
            gap = false;
            rest = rest.get(len..).unwrap_or_default();
        } else if let Some(after) = rest.strip_prefix("…".as_bytes()) {
            gap = true;
            rest = after;
        } else if byte.is_ascii() && *byte != b'&' {
            rest = after;
        } else {
            return false;
        }
    }
    true
}

/// Reads phrases as parts of one draft.
fn read<'a>(lines: impl Iterator<Item = &'a str>) -> Vec<PhraseWords> {
    let mut text = String::new();
    let mut ends = Vec::new();
    for line in lines {
        text.push_str(line);
        ends.push(text.len());
        text.push('\n');
    }
    let part = PartText::new("", PartRole::Body, &text);
    let tokens = tokenize(&part);
    let mut out = Vec::with_capacity(ends.len());
    let mut at = 0;
    let mut from = 0;
    for end in ends {
        let mut words: PhraseWords = Vec::new();
        while let Some(token) = tokens.get(at).filter(|t| t.raw.start < end) {
            let gap = part.raw.get(from..token.raw.start).unwrap_or_default();
            words.push((!words.is_empty() && gap.contains('…'), token.hash));
            from = token.raw.end;
            at += 1;
        }
        from = end;
        out.push(words);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::lexicon::each_line;
    use super::*;
    use proptest::prelude::*;

    fn quickly(line: &str) -> Option<PhraseWords> {
        let mut words = Vec::new();
        cut(line, &mut words).then_some(words)
    }

    #[test]
    fn phrases_are_read_as_a_draft_is() {
        let mut lines = Vec::new();
        each_line(|line, _| lines.push(line.to_owned()));
        let slowly = read(lines.iter().map(String::as_str));
        assert_eq!(slowly.len(), lines.len());
        let mut quick = 0;
        for (line, slow) in lines.iter().zip(slowly) {
            if let Some(words) = quickly(line) {
                assert_eq!(words, slow, "{line}");
                quick += 1;
            }
        }
        assert!(quick * 100 > lines.len() * 95, "{quick} of {} phrases are plain", lines.len());
    }

    proptest! {
        #[test]
        fn any_phrase_is_read_as_a_draft_is(line in "[a-zA-Z0-9 .,'…&;#é🤮-]{0,40}") {
            if let Some(words) = quickly(&line) {
                prop_assert_eq!(vec![words], read([line.as_str()].into_iter()));
            }
        }
    }
}
