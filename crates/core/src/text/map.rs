//! The way back from the folded text to the text as typed.

use std::ops::Range;

/// Where each stretch of the folded text comes from.
///
/// A text without stretches is folded byte by byte in place. Otherwise stretches follow each
/// other without gaps in the folded text; one that is `even` has as many bytes on either side,
/// character by character, any other stands for one character of the folding as a whole.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Map {
    stretches: Vec<Stretch>,
    folded_len: u32,
    raw_len: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stretch {
    folded: u32,
    raw: u32,
    even: bool,
}

impl Map {
    /// The map of a text that is folded in place.
    pub(super) fn in_place(len: usize) -> Self {
        Self { stretches: Vec::new(), folded_len: len as u32, raw_len: len as u32 }
    }

    /// Whether offsets are the same on both sides.
    pub(super) fn is_in_place(&self) -> bool {
        self.stretches.is_empty() && self.folded_len == self.raw_len
    }

    /// Adds bytes that were folded in place, `end`ing where the two texts end now.
    pub(super) fn even(&mut self, folded: usize, raw: usize) {
        let shift = |s: &Stretch| s.raw.wrapping_sub(s.folded);
        let next = Stretch { folded: folded as u32, raw: raw as u32, even: true };
        if !self.stretches.last().is_some_and(|s| s.even && shift(s) == shift(&next)) {
            self.stretches.push(next);
        }
    }

    /// Adds a character that became something of another length.
    pub(super) fn odd(&mut self, folded: usize, raw: usize) {
        self.stretches.push(Stretch { folded: folded as u32, raw: raw as u32, even: false });
    }

    /// Something was dropped: it belongs to the folded character that begins at `folded` and
    /// came from `raw`, so that a range up to that character takes it along.
    pub(super) fn dropped_after(&mut self, folded: usize, raw: usize) {
        match self.stretches.last_mut() {
            Some(last) if last.folded == folded as u32 => last.even = false,
            Some(last) if last.even => self.odd(folded, raw),
            _ => {}
        }
    }

    /// Ends the map.
    pub(super) fn finish(&mut self, folded: usize, raw: usize) {
        self.folded_len = folded as u32;
        self.raw_len = raw as u32;
    }

    /// Bytes of the text as typed behind a range of the folded text.
    pub(super) fn to_raw(&self, folded: Range<usize>) -> Range<usize> {
        if self.is_in_place() {
            return folded;
        }
        let start = self.start_of(folded.start as u32);
        if folded.is_empty() {
            return start..start;
        }
        start..self.end_of(folded.end as u32)
    }

    fn start_of(&self, folded: u32) -> usize {
        let after = self.stretches.partition_point(|s| s.folded <= folded);
        match after.checked_sub(1).and_then(|n| self.stretches.get(n)) {
            _ if folded >= self.folded_len => self.raw_len as usize,
            Some(s) if s.even => (s.raw + (folded - s.folded)) as usize,
            Some(s) => s.raw as usize,
            None => folded as usize,
        }
    }

    /// `folded` is the end of a range, and so the end of a character.
    fn end_of(&self, folded: u32) -> usize {
        let folded = folded.min(self.folded_len);
        let next = self.stretches.partition_point(|s| s.folded < folded);
        match next.checked_sub(1).and_then(|n| self.stretches.get(n)) {
            Some(s) if s.even => (s.raw + (folded - s.folded)) as usize,
            Some(_) => self.stretches.get(next).map_or(self.raw_len, |s| s.raw) as usize,
            None => folded as usize,
        }
    }

    /// Bytes of the folded text behind a range of the text as typed, whole characters of the
    /// folding at either end.
    pub(super) fn to_folded(&self, raw: Range<usize>) -> Range<usize> {
        if self.is_in_place() {
            return raw;
        }
        let start = self.folded_at(raw.start as u32, false);
        if raw.is_empty() {
            return start..start;
        }
        start..self.folded_at(raw.end as u32, true).max(start)
    }

    fn folded_at(&self, raw: u32, end: bool) -> usize {
        let after =
            self.stretches.partition_point(|s| if end { s.raw < raw } else { s.raw <= raw });
        let next = self.stretches.get(after).map_or(self.folded_len, |s| s.folded);
        match after.checked_sub(1).and_then(|n| self.stretches.get(n)) {
            _ if raw >= self.raw_len => self.folded_len as usize,
            Some(s) if s.even => (s.folded + (raw - s.raw)).min(next) as usize,
            Some(_) if end => next as usize,
            Some(s) => s.folded as usize,
            None => raw.min(next) as usize,
        }
    }
}
