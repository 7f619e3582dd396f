/*!
The index of a term list: made once, when a policy is compiled, and used as it lies in the bundle.

A draft is cut into words once; each has a hash. A term is a sequence of word hashes. Two gates
(Bloom filters of 16 bits a key, 14 in very long lists) say of nearly every word, and of nearly every pair of words, that
no term begins there. What passes is looked up in buckets of 32-bit fingerprints, and what has the
right fingerprint is compared with the term itself. So the cost of a check hardly depends on the
number of terms, and a list of 100,000 is ready as soon as its lengths have been verified.

```text
header   magic, entries, slots, buckets, words of both gates, longest term, flags, masked, bytes of records
gates    64-bit words: terms of one word; first two words of longer terms
buckets  the first slot of each, and one past the last
slots    fingerprints, then the place of the record of each
masked   for lists that look through masked letters: first letter and length, place of the record
records  every entry as it was written, with variants, exceptions, replacement, dates
```

Numbers are little-endian. The hashes hide nothing: a plain list is readable by whoever has the
bundle. Lists of secrets are concealed instead, which is another structure.
*/

mod build;
mod bytes;
mod forms;
mod matching;
mod record;
mod shape;
mod views;

use std::ops::Range;

pub use bytes::Bytes;
use bytes::Reader;
pub(crate) use matching::{Forms, Found};

use crate::policy::{Disguises, Entry, List};

const MAGIC: u32 = u32::from_le_bytes(*b"DGT1");
/// Bytes of the header.
const HEADER: usize = 40;
/// Some term is looked for at characters beyond ASCII.
const FLAG_ANYWHERE: u32 = 1;
/// Some term is looked for at ASCII signs.
const FLAG_ANYWHERE_ASCII: u32 = 2;

fn gate_bits(key: u64) -> u64 {
    1 << (key & 63) | 1 << ((key >> 6) & 63)
}

/// Writes an entry alone.
pub(crate) fn write_entry(entry: &Entry, to: &mut Vec<u8>) {
    record::write(entry, to);
}

/// Reads an entry that was written alone.
pub(crate) fn read_entry(bytes: &Bytes, at: u32) -> Option<Entry> {
    record::read(&mut Reader::at(&bytes.0, at as usize))
}

/// Compiles entries.
pub(crate) fn build(entries: &[Entry], disguises: Disguises) -> Bytes {
    build::build(entries, disguises).into()
}

/// A compiled list, ready to be looked up in.
#[derive(Debug, Clone)]
pub(crate) struct ListIndex {
    bytes: Bytes,
    disguises: Disguises,
    entries: usize,
    max_words: usize,
    flags: u32,
    buckets: u64,
    singles: Range<usize>,
    pairs: Range<usize>,
    starts: Range<usize>,
    prints: Range<usize>,
    places: Range<usize>,
    masked: Range<usize>,
    records: Range<usize>,
    /// A gate for the fingerprints of a long list, which are too many to stay in a cache: two bits
    /// of one word for each. Empty for a list that needs none.
    known: Vec<u64>,
}

/// From so many slots on, a list has a gate for its fingerprints. Making it takes about a
/// nanosecond a slot when the list is loaded.
const MANY_SLOTS: usize = 50_000;

impl ListIndex {
    /// Takes a compiled list as it lies. Its lengths are verified here, everything else where it
    /// is read: damaged bytes find nothing.
    ///
    /// # Errors
    /// What does not fit.
    pub(crate) fn load(list: &List) -> Result<Self, &'static str> {
        let bytes = list.compiled.clone();
        if bytes.0.is_empty() {
            return Self::load(&List {
                compiled: build(&[], list.disguises),
                ..List { id: list.id.clone(), ..List::default() }
            });
        }
        let mut header = Reader::at(&bytes.0, 0);
        let mut next = || header.u32().map(|n| n as usize).ok_or("the header is cut off");
        if next()? != MAGIC as usize {
            return Err("it was made for another version of the engine");
        }
        let (entries, slots, buckets) = (next()?, next()?, next()?);
        let (singles, pairs) = (next()?, next()?);
        let (max_words, flags) = (next()?, next()? as u32);
        let (masked, records) = (next()?, next()?);
        let mut at = HEADER;
        let mut stretch = |count: usize, size: usize| {
            let start = at;
            at = count
                .checked_mul(size)
                .and_then(|len| at.checked_add(len))
                .ok_or("a length overflows")?;
            Ok::<_, &'static str>(start..at)
        };
        let mut index = Self {
            known: Vec::new(),
            singles: stretch(singles, 8)?,
            pairs: stretch(pairs, 8)?,
            starts: stretch(buckets.checked_add(1).ok_or("a length overflows")?, 4)?,
            prints: stretch(slots, 4)?,
            places: stretch(slots, 4)?,
            masked: stretch(masked, 8)?,
            records: stretch(records, 1)?,
            disguises: list.disguises,
            entries,
            max_words: max_words.min(shape::MAX_WORDS),
            flags,
            buckets: buckets as u64,
            bytes,
        };
        if index.records.end != index.bytes.0.len() {
            return Err("its lengths do not add up");
        }
        let prints = index.part(&index.prints).as_chunks::<4>().0;
        if prints.len() >= MANY_SLOTS {
            let mut known = vec![0_u64; prints.len() / 4];
            for print in prints {
                let (at, bits) = known_bits(u32::from_le_bytes(*print), known.len());
                if let Some(word) = known.get_mut(at) {
                    *word |= bits;
                }
            }
            index.known = known;
        }
        Ok(index)
    }

    /// Every entry, in the author's order.
    pub(crate) fn entries(&self) -> Vec<Entry> {
        let records = self.bytes.0.get(self.records.clone()).unwrap_or_default();
        let mut reader = Reader::at(records, 0);
        // An entry takes two bytes or more: a damaged count reserves no more than is there.
        let mut entries = Vec::with_capacity(self.entries.min(records.len() / 2));
        while reader.place() < records.len() {
            let Some(entry) = record::read(&mut reader) else { break };
            entries.push(entry);
        }
        entries
    }

    /// How many entries there are.
    pub(crate) fn len(&self) -> usize {
        self.entries
    }

    /// Bytes of everything but the entries themselves.
    pub(crate) fn index_bytes(&self) -> usize {
        self.records.start
    }

    /// The entry of a record.
    pub(crate) fn entry(&self, record: u32) -> Option<Entry> {
        record::read(&mut self.record(record))
    }

    fn record(&self, record: u32) -> Reader<'_> {
        Reader::at(self.bytes.0.get(self.records.clone()).unwrap_or_default(), record as usize)
    }

    fn part(&self, range: &Range<usize>) -> &[u8] {
        self.bytes.0.get(range.clone()).unwrap_or_default()
    }

    /// Whether a key's fingerprint is among those of a long list. Most that the gates of words let
    /// pass are not: two common words begin some phrase of a million, and the third tells.
    fn may_hold(&self, key: u64) -> bool {
        let (at, bits) = known_bits((key >> 32) as u32, self.known.len());
        self.known.get(at).is_none_or(|word| word & bits == bits)
    }

    /// Records whose key has the same bucket and fingerprint.
    fn candidates(&self, key: u64) -> impl Iterator<Item = u32> {
        let number = |range: &Range<usize>, n: usize| {
            let bytes = self.part(range).as_chunks::<4>().0.get(n);
            bytes.map_or(0, |b| u32::from_le_bytes(*b))
        };
        let bucket = (((key & 0xFFFF_FFFF) * self.buckets) >> 32) as usize;
        let (from, to) = (number(&self.starts, bucket), number(&self.starts, bucket + 1));
        let prints = self.part(&self.prints).as_chunks::<4>().0;
        let places = self.part(&self.places).as_chunks::<4>().0;
        let range = from as usize..(to as usize).min(prints.len());
        let print = ((key >> 32) as u32).to_le_bytes();
        range.filter_map(move |n| {
            (prints.get(n)? == &print).then(|| places.get(n).map(|p| u32::from_le_bytes(*p)))?
        })
    }
}

/// The word and the bits of a fingerprint in a gate of so many words: its high bits choose the
/// word, its low ones the bits.
fn known_bits(print: u32, words: usize) -> (usize, u64) {
    let at = (u64::from(print) * words as u64) >> 32;
    (at as usize, 1 << (print & 63) | 1 << ((print >> 6) & 63))
}

/// Whether a gate lets a key pass.
#[inline]
fn passes(gate: &[[u8; 8]], key: u64) -> bool {
    let at = (((key >> 32) * gate.len() as u64) >> 32) as usize;
    let bits = gate_bits(key);
    gate.get(at).is_some_and(|word| u64::from_le_bytes(*word) & bits == bits)
}

#[cfg(test)]
mod tests;
