//! Words that stand near a candidate and speak for or against it.
//!
//! Each word of a text is looked up once, when first asked for, and then known by the groups it
//! belongs to: a draft full of numbers costs little more than one with a single number.

use std::cell::Cell;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::OnceLock;

use crate::text::{PartText, Word};

pub(in crate::detect) mod words;

/// A group of words, by its number (0 to 30).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::detect) struct Group(u32);

impl Group {
    fn bit(self) -> u32 {
        1 << self.0
    }
}

/// Marks a word that has not been looked up yet.
const UNREAD: u32 = u32::MAX;

/// What is known of a word: the groups that it belongs to alone, and those with an entry of
/// several words that it begins.
#[derive(Debug, Default)]
struct Entry {
    alone: u32,
    begins: Vec<(&'static str, Group)>,
}

fn table() -> &'static HashMap<&'static str, Entry> {
    static TABLE: OnceLock<HashMap<&'static str, Entry>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table: HashMap<&str, Entry> = HashMap::new();
        for (group, entries) in words::GROUPS {
            for entry in *entries {
                match entry.split_once(' ') {
                    Some((first, rest)) => {
                        table.entry(first).or_default().begins.push((rest, *group));
                    }
                    None => table.entry(entry).or_default().alone |= group.bit(),
                }
            }
        }
        table
    })
}

/// The words of a text, with what is known of them.
#[derive(Debug)]
pub(in crate::detect) struct Reader<'a> {
    text: &'a PartText,
    groups: Vec<Cell<u32>>,
}

impl<'a> Reader<'a> {
    pub(in crate::detect) fn new(text: &'a PartText) -> Self {
        Self { text, groups: vec![Cell::new(UNREAD); text.words.len()] }
    }

    /// The words around a range of the folded text.
    pub(in crate::detect) fn near(&self, folded: &Range<usize>) -> Nearby<'a, '_> {
        let words = &self.text.words;
        let from = words.partition_point(|w| w.folded.end <= folded.start);
        let inside = words.get(from..).unwrap_or_default();
        let to = from + inside.iter().take_while(|w| w.folded.start < folded.end).count();
        Nearby { reader: self, from, to }
    }

    /// The groups of a word; the highest bit says that entries of several words begin with it.
    fn groups(&self, index: usize) -> u32 {
        let Some(cell) = self.groups.get(index) else { return 0 };
        if cell.get() == UNREAD {
            let word = self.text.words.get(index).map_or("", |w| self.text.word(w));
            let known = table().get(word);
            let begins = known.is_some_and(|e| !e.begins.is_empty());
            cell.set(known.map_or(0, |e| e.alone) | u32::from(begins) << 31);
        }
        cell.get()
    }

    fn belongs(&self, index: usize, group: Group, end: usize) -> bool {
        let groups = self.groups(index);
        if groups & group.bit() != 0 {
            return true;
        }
        if groups >> 31 == 0 {
            return false;
        }
        let word = |i: usize| self.text.words.get(i).map_or("", |w| self.text.word(w));
        table().get(word(index)).is_some_and(|entry| {
            entry.begins.iter().any(|(rest, g)| {
                *g == group
                    && rest
                        .split(' ')
                        .enumerate()
                        .all(|(i, sign)| index + 1 + i < end && word(index + 1 + i) == sign)
            })
        })
    }
}

/// The words around a candidate.
#[derive(Debug, Clone, Copy)]
pub(in crate::detect) struct Nearby<'a, 'b> {
    reader: &'b Reader<'a>,
    /// Index of the first word that ends after the candidate's start.
    from: usize,
    /// Index of the first word that starts at or after the candidate's end.
    to: usize,
}

impl<'a> Nearby<'a, '_> {
    /// The nearest word of a group among the `before` words before the candidate, else among the
    /// `after` words after it. Letters glued to the candidate itself (`NIK3201...`) come first.
    pub(in crate::detect) fn find(
        &self,
        group: Group,
        before: usize,
        after: usize,
    ) -> Option<&'a str> {
        if group == words::NONE {
            return None;
        }
        let text = self.reader.text;
        let word = |i: usize| text.words.get(i).map(|w: &Word| text.word(w));
        if self.from < self.to
            && let Some(glued) = word(self.from)
        {
            let letters = glued.trim_end_matches(|c: char| c.is_ascii_digit());
            if !letters.is_empty()
                && table().get(letters).is_some_and(|e| e.alone & group.bit() != 0)
            {
                return Some(letters);
            }
        }
        let ahead = self.from.saturating_sub(before)..self.from;
        let behind = self.to..(self.to + after).min(text.words.len());
        // Nearest first: what stands right before a number names it best.
        ahead
            .rev()
            .map(|i| (i, self.from))
            .chain(behind.clone().map(|i| (i, behind.end)))
            .find(|(i, end)| self.reader.belongs(*i, group, *end))
            .and_then(|(i, _)| word(i))
    }

    /// How many words before the candidate a word of the group stands, at most `reach`.
    pub(in crate::detect) fn distance(&self, group: Group, reach: usize) -> Option<usize> {
        let first = self.from.saturating_sub(reach);
        (first..self.from).rev().position(|i| self.reader.belongs(i, group, self.from))
    }
}
