//! Building the compiled form of a list.

use super::record;
use super::shape::{self, Reach, Shape};
use super::{FLAG_ANYWHERE, FLAG_ANYWHERE_ASCII, HEADER, MAGIC};
use crate::policy::{Disguises, Entry};
use crate::text::words::{hash, join};

/// How much room an index takes for its speed.
struct Room {
    /// Bits of a gate per key: with two bits set by each and 16 of them, one word in seventy
    /// passes by chance; with 14, one in fifty-five.
    gate_bits: usize,
    /// Keys per bucket, on average.
    bucket: usize,
}

impl Room {
    const PLENTY: Self = Self { gate_bits: 16, bucket: 4 };
    const SCARCE: Self = Self { gate_bits: 14, bucket: 20 };
    /// From so many keys on, a byte a term is worth more than the longer look into a bucket.
    const MANY: usize = 500_000;

    fn of(keys: usize) -> Self {
        if keys < Self::MANY { Self::PLENTY } else { Self::SCARCE }
    }
}

/// Every key of a list, on its way into the index.
#[derive(Default)]
struct Keys {
    /// Key and record of each slot.
    slots: Vec<(u64, u32)>,
    singles: Vec<u64>,
    pairs: Vec<u64>,
    masked: Vec<(u32, u32)>,
    max_words: usize,
    flags: u32,
}

/// The compiled form of some entries.
pub(super) fn build(entries: &[Entry], disguises: Disguises) -> Vec<u8> {
    let mut keys = Keys::default();
    let mut records = Vec::new();
    for entry in entries {
        let at = records.len() as u32;
        record::write(entry, &mut records);
        for term in std::iter::once(&entry.term).chain(&entry.variants) {
            for shape in Shape::of(term) {
                keys.add(&shape, at, disguises);
            }
        }
    }
    keys.slots.sort_unstable();
    keys.slots.dedup();
    keys.masked.sort_unstable();
    keys.masked.dedup();
    keys.serialise(entries.len(), &records)
}

impl Keys {
    fn single(&mut self, key: u64, record: u32) {
        self.singles.push(key);
        self.slots.push((key, record));
    }

    fn add(&mut self, shape: &Shape, record: u32, disguises: Disguises) {
        if shape.folded.trim().is_empty() {
            return;
        }
        if let Reach::Anywhere(at) = shape.reach() {
            let ascii =
                shape.folded.get(at..).is_some_and(|t| t.starts_with(|c: char| c.is_ascii()));
            self.flags |= if ascii { FLAG_ANYWHERE_ASCII } else { FLAG_ANYWHERE };
            self.single(shape.key(), record);
            return;
        }
        self.words(shape, record);
        if let Some(short) = shape.reduplicated() {
            self.single(hash(&short), record);
        }
        if disguises.repeats {
            for squeezed in Shape::of(&shape::squeezed(&shape.folded)) {
                if squeezed.key() != shape.key() {
                    self.words(&squeezed, record);
                }
            }
        }
        let joined = shape.joined();
        if disguises.spelled && shape.words.len() > 1 {
            self.single(hash(&joined), record);
        }
        // Shorter words are too many to take an exchanged or a hidden letter for a disguise.
        if disguises.swapped && shape.words.len() == 1 && joined.len() >= 5 {
            self.single(shape::swapped_key(&joined), record);
        }
        if disguises.masked && shape.words.len() == 1 {
            let chars = joined.chars().count();
            if let Some(first) = joined.chars().next().filter(|_| chars >= 3) {
                self.masked.push((shape::masked_key(first, chars), record));
            }
        }
    }

    fn words(&mut self, shape: &Shape, record: u32) {
        let key = shape.key();
        match shape.words.as_slice() {
            [] => return,
            [_] => self.singles.push(key),
            [first, second, ..] => self.pairs.push(join(first.hash, second.hash)),
        }
        self.max_words = self.max_words.max(shape.words.len().min(shape::MAX_WORDS));
        self.slots.push((key, record));
    }

    fn serialise(&self, entries: usize, records: &[u8]) -> Vec<u8> {
        let room = Room::of(self.slots.len());
        let buckets = self.slots.len().div_ceil(room.bucket).max(1);
        let bucket = |key: u64| ((key & 0xFFFF_FFFF) * buckets as u64) >> 32;
        let mut slots = self.slots.clone();
        slots.sort_unstable_by_key(|(key, record)| (bucket(*key), *key, *record));
        let singles = gate(&self.singles, room.gate_bits);
        let pairs = gate(&self.pairs, room.gate_bits);
        let mut out = Vec::with_capacity(HEADER + slots.len() * 13 + records.len());
        let mut put = |n: usize| out.extend_from_slice(&(n as u32).to_le_bytes());
        put(MAGIC as usize);
        for n in [
            entries,
            slots.len(),
            buckets,
            singles.len(),
            pairs.len(),
            self.max_words,
            self.flags as usize,
            self.masked.len(),
            records.len(),
        ] {
            put(n);
        }
        for word in singles.iter().chain(&pairs) {
            out.extend_from_slice(&word.to_le_bytes());
        }
        let mut at = 0;
        for n in 0..=buckets as u64 {
            while slots.get(at).is_some_and(|(key, _)| bucket(*key) < n) {
                at += 1;
            }
            out.extend_from_slice(&(at as u32).to_le_bytes());
        }
        for (key, _) in &slots {
            out.extend_from_slice(&((key >> 32) as u32).to_le_bytes());
        }
        for (_, record) in &slots {
            out.extend_from_slice(&record.to_le_bytes());
        }
        for (key, record) in &self.masked {
            out.extend_from_slice(&key.to_le_bytes());
            out.extend_from_slice(&record.to_le_bytes());
        }
        out.extend_from_slice(records);
        out
    }
}

/// A blocked Bloom filter: both bits of a key in one word of 64.
fn gate(keys: &[u64], bits: usize) -> Vec<u64> {
    let mut keys = keys.to_vec();
    keys.sort_unstable();
    keys.dedup();
    let mut words = vec![0_u64; (keys.len() * bits).div_ceil(64)];
    let len = words.len() as u64;
    for key in keys {
        if let Some(word) = words.get_mut((((key >> 32) * len) >> 32) as usize) {
            *word |= super::gate_bits(key);
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The bundle has to reach every browser, so a list may take no more than this a term.
    #[test]
    fn an_index_stays_small() {
        for (count, most) in [(10_000_u32, 13), (1_000_000, 10)] {
            let key = |n: u32| hash(&format!("term {n}"));
            let keys = Keys {
                slots: (0..count).map(|n| (key(n), n)).collect(),
                singles: (0..count).filter(|n| n % 3 > 0).map(key).collect(),
                pairs: (0..count).filter(|n| n % 3 == 0).map(key).collect(),
                ..Keys::default()
            };
            let bytes = keys.serialise(count as usize, &[]).len();
            assert!(bytes <= most * count as usize, "{bytes} bytes for {count} terms");
        }
    }
}
