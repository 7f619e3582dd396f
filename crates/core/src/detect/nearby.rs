//! Words that stand near a candidate and speak for or against it.

use std::ops::Range;

use crate::text::{PartText, Word};

/// Looks for words around a range of the folded text.
#[derive(Debug, Clone)]
pub(super) struct Nearby<'a> {
    text: &'a PartText,
    /// Index of the first word that ends after the candidate's start.
    from: usize,
    /// Index of the first word that starts at or after the candidate's end.
    to: usize,
}

impl<'a> Nearby<'a> {
    pub(super) fn new(text: &'a PartText, folded: &Range<usize>) -> Self {
        let from = text.words.partition_point(|w| w.folded.end <= folded.start);
        let to = text.words.partition_point(|w| w.folded.start < folded.end);
        Self { text, from, to: to.max(from) }
    }

    /// The first of `phrases` (folded words, several parted by one space) that stands among the
    /// `before` words before the candidate or the `after` words after it. A word glued to the
    /// candidate itself (`NIK3201...`) counts as one before.
    pub(super) fn find(
        &self,
        phrases: &[&'static str],
        before: usize,
        after: usize,
    ) -> Option<&'static str> {
        let words = &self.text.words;
        let first = self.from.saturating_sub(before);
        let last = (self.to + after).min(words.len());
        let glued = words.get(self.from).filter(|_| self.from < self.to).and_then(|w| {
            let letters = self.text.word(w).trim_end_matches(|c: char| c.is_ascii_digit());
            (!letters.is_empty()).then_some(letters)
        });
        let ahead = words.get(first..self.from).unwrap_or_default();
        let behind = words.get(self.to..last).unwrap_or_default();
        // Nearest first: what stands right before a number names it best.
        let starts = (0..ahead.len()).rev().map(|i| (ahead, i));
        let starts = starts.chain((0..behind.len()).map(|i| (behind, i)));
        if let Some(letters) = glued
            && let Some(p) = phrases.iter().find(|p| **p == letters)
        {
            return Some(p);
        }
        for (words, at) in starts {
            let rest = words.get(at..).unwrap_or_default();
            let head = self.text.word(&words[at]);
            if let Some(p) = phrases.iter().find(|p| self.reads(p, head, rest)) {
                return Some(p);
            }
        }
        None
    }

    fn reads(&self, phrase: &str, head: &str, words: &[Word]) -> bool {
        if !phrase.contains(' ') {
            return head == phrase;
        }
        let mut signs = phrase.split(' ');
        signs.next() == Some(head)
            && signs
                .enumerate()
                .all(|(i, sign)| words.get(i + 1).is_some_and(|w| self.text.word(w) == sign))
    }

    /// The nearest words before the candidate, nearest first.
    pub(super) fn before(&self, count: usize) -> impl Iterator<Item = &'a str> + use<'a> {
        let text = self.text;
        let words = text.words.get(self.from.saturating_sub(count)..self.from).unwrap_or_default();
        words.iter().rev().map(move |w| text.word(w))
    }
}
