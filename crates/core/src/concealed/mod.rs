/*!
Lists whose terms travel as keyed hashes only.

A term is the sequence of its folded words. Two things of it travel:
- one bit in a filter, chosen by a fast hash keyed with the list's salt. About one word in 256
  passes by chance, so the filter alone confirms nothing;
- 16 bytes of Argon2id over the words, keyed with the salt. Only what passed the filter is
  worth the milliseconds that a comparison takes.

A draft's runs of words are compared in the same way. Confirmations are remembered, so typing
repeats none, and bounded in each check: beyond [`MOST_CONFIRMATIONS`] new ones the report says
`too-many-candidates`, and the next check goes on where this one stopped.

`docs/concealed-lists.md` says what this protects and what it does not.
*/

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Mutex;

use argon2::{Algorithm, Argon2, Params, Version};
use serde::{Deserialize, Serialize};

use crate::index::{Bytes, Forms, read_entry, write_entry};
use crate::policy::Entry;
use crate::text::words::{hash, join};
use crate::text::{PartText, fold_term};

/// Version of folding and cutting that the hashes were made with. A list of another version
/// would silently find nothing, so it is refused instead.
const NORMALISER: u32 = 1;
/// Slow comparisons that one check may add to those it remembers.
pub const MOST_CONFIRMATIONS: usize = 48;
/// Comparisons remembered.
const REMEMBERED: usize = 8_192;
/// Bits of the filter per term: one in so many words passes by chance.
const FILTER_BITS: usize = 256;
/// The longest term, in words.
const MOST_WORDS: usize = 8;
/// Bytes of a slow hash that travel.
const TAG: usize = 16;

/// The cost of one comparison. Travels with the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cost {
    /// KiB of memory.
    pub memory: u32,
    /// Passes over it.
    pub passes: u32,
}

impl Default for Cost {
    /// 8 MiB once: 2.3 ms natively where it was measured (`docs/concealed-lists.md`).
    fn default() -> Self {
        Self { memory: 8 * 1024, passes: 1 }
    }
}

/// A concealed list, as it travels.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Concealed {
    normaliser: u32,
    salt: [u8; 16],
    cost: Cost,
    /// Entries of the author, variants not counted.
    entries: u32,
    /// A bit for each number of words that some term has.
    lengths: u32,
    filter: Bytes,
    /// Slow hashes, in order, and the record of each.
    tags: Bytes,
    places: Vec<u32>,
    /// Entries without their terms.
    records: Bytes,
}

/// Why a list cannot be concealed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ConcealError {
    /// A term without a letter or digit has no words to hash.
    #[error("a concealed term needs letters or digits")]
    NoWords,
    /// A term of too many words.
    #[error("a concealed term has {MOST_WORDS} words at most")]
    TooLong,
    /// The cost is out of the range of Argon2.
    #[error("the cost of a concealed list is out of range")]
    Cost,
}

impl Concealed {
    /// Hashes entries. Their exceptions quote the terms and are left out.
    pub(crate) fn new(entries: &[Entry], salt: [u8; 16], cost: Cost) -> Result<Self, ConcealError> {
        let slow = slow_hash(&salt, cost).ok_or(ConcealError::Cost)?;
        let mut records = Vec::new();
        let mut runs: Vec<(String, u32)> = Vec::new();
        let mut lengths = 0;
        for entry in entries {
            let at = records.len() as u32;
            let bare = Entry {
                term: String::new(),
                variants: Vec::new(),
                exceptions: Vec::new(),
                ..entry.clone()
            };
            write_entry(&bare, &mut records);
            for term in std::iter::once(&entry.term).chain(&entry.variants) {
                for (folded, words) in fold_term(term) {
                    let words: Vec<&str> =
                        words.iter().filter_map(|w| folded.get(w.folded.clone())).collect();
                    match words.len() {
                        0 => return Err(ConcealError::NoWords),
                        n if n > MOST_WORDS => return Err(ConcealError::TooLong),
                        n => lengths |= 1 << n,
                    }
                    runs.push((words.join(" "), at));
                }
            }
        }
        runs.sort();
        runs.dedup();
        let bits = (runs.len() * FILTER_BITS).next_multiple_of(8).max(8);
        let mut filter = vec![0_u8; bits / 8];
        let mut tags = Vec::with_capacity(runs.len());
        for (run, place) in &runs {
            let key = run.split(' ').map(hash).fold(seed(&salt), join);
            let bit = filter_bit(key, bits);
            if let Some(byte) = filter.get_mut(bit / 8) {
                *byte |= 1 << (bit % 8);
            }
            tags.push((slow.tag(run).ok_or(ConcealError::Cost)?, *place));
        }
        tags.sort_unstable();
        Ok(Self {
            normaliser: NORMALISER,
            salt,
            cost,
            entries: entries.len() as u32,
            lengths,
            filter: filter.into(),
            tags: tags.iter().flat_map(|(tag, _)| *tag).collect::<Vec<u8>>().into(),
            places: tags.iter().map(|(_, place)| *place).collect(),
            records: records.into(),
        })
    }

    pub(crate) fn len(&self) -> usize {
        self.entries as usize
    }

    fn passes(&self, key: u64) -> bool {
        let bit = filter_bit(key, self.filter.0.len() * 8);
        self.filter.0.get(bit / 8).is_some_and(|byte| byte & (1 << (bit % 8)) != 0)
    }

    /// The record of a slow hash.
    fn place(&self, tag: &[u8; TAG]) -> Option<u32> {
        let tags = self.tags.0.as_chunks::<TAG>().0;
        tags.binary_search(tag).ok().and_then(|n| self.places.get(n)).copied()
    }
}

/// Where a key falls into a filter of so many bits.
fn filter_bit(key: u64, bits: usize) -> usize {
    (((key >> 32) * bits as u64) >> 32) as usize
}

/// The salt as the start of fast hashes.
fn seed(salt: &[u8; 16]) -> u64 {
    let whole = u128::from_le_bytes(*salt);
    join(whole as u64, (whole >> 64) as u64)
}

struct Slow {
    argon: Argon2<'static>,
    salt: [u8; 16],
}

fn slow_hash(salt: &[u8; 16], cost: Cost) -> Option<Slow> {
    let params = Params::new(cost.memory, cost.passes, 1, Some(TAG)).ok()?;
    Some(Slow { argon: Argon2::new(Algorithm::Argon2id, Version::V0x13, params), salt: *salt })
}

impl Slow {
    fn tag(&self, run: &str) -> Option<[u8; TAG]> {
        let mut tag = [0; TAG];
        self.argon.hash_password_into(run.as_bytes(), &self.salt, &mut tag).ok()?;
        Some(tag)
    }
}

/// A concealed list, ready to be looked up in.
pub(crate) struct ConcealedIndex {
    list: Concealed,
    slow: Slow,
    seed: u64,
    /// What has been confirmed or refuted, by the fast hash of the run.
    known: Mutex<HashMap<u64, Option<u32>>>,
}

impl std::fmt::Debug for ConcealedIndex {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ConcealedIndex")
            .field("entries", &self.list.entries)
            .finish_non_exhaustive()
    }
}

impl ConcealedIndex {
    /// Takes a list as it travelled.
    ///
    /// # Errors
    /// What does not fit.
    pub(crate) fn load(list: &Concealed) -> Result<Self, &'static str> {
        if list.normaliser != NORMALISER {
            return Err("its terms were hashed by another version of the engine");
        }
        if list.tags.0.len() != list.places.len() * TAG {
            return Err("its lengths do not add up");
        }
        // A cost that would freeze the browser is no cost that this engine has written.
        if list.cost.memory > 256 * 1024 || list.cost.passes > 16 {
            return Err("its cost is out of range");
        }
        let slow = slow_hash(&list.salt, list.cost).ok_or("its cost is out of range")?;
        let seed = seed(&list.salt);
        Ok(Self { list: list.clone(), slow, seed, known: Mutex::default() })
    }

    /// The entry of a record, without its term.
    pub(crate) fn entry(&self, record: u32) -> Option<Entry> {
        read_entry(&self.list.records, record)
    }

    /// Finds every term in a text. `budget` is how many slow comparisons are left for this
    /// check; false where it did not suffice.
    pub(crate) fn find(
        &self,
        part: &PartText,
        budget: &mut usize,
        found: &mut Vec<(Range<usize>, u32)>,
    ) -> bool {
        // Kept for the other lists too, and those may want what Indonesian derivation leads to.
        let forms = part.forms.get_or_init(|| Forms::new(part, true));
        let mut complete = true;
        let mut run = String::new();
        for first in 0..part.words.len() {
            let mut key = self.seed;
            run.clear();
            for count in 1..=MOST_WORDS {
                let Some(last) = part.words.get(first + count - 1) else { break };
                let start = part.words.get(first).map_or(0, |w| w.raw.start);
                let wanted = self.list.lengths & (1 << count) != 0;
                if count > 1 {
                    run.push(' ');
                }
                if wanted {
                    // The last word may be a plural or carry a clitic.
                    for (hash, form) in forms.plain_of(part, first + count - 1) {
                        let key = join(key, hash);
                        if self.list.passes(key) {
                            let run = format!("{run}{form}");
                            match self.confirm(key, &run, budget) {
                                Ok(Some(place)) => found.push((start..last.raw.end, place)),
                                Ok(None) => {}
                                Err(()) => complete = false,
                            }
                        }
                    }
                }
                key = join(key, last.hash);
                run.push_str(part.word(last));
                if wanted && self.list.passes(key) {
                    match self.confirm(key, &run, budget) {
                        Ok(Some(place)) => found.push((start..last.raw.end, place)),
                        Ok(None) => {}
                        Err(()) => complete = false,
                    }
                }
                if self.list.lengths >> (count + 1) == 0 {
                    break;
                }
            }
        }
        complete
    }

    /// The record of a run of words, if it is a term.
    fn confirm(&self, key: u64, run: &str, budget: &mut usize) -> Result<Option<u32>, ()> {
        let mut known = self.known.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(place) = known.get(&key) {
            return Ok(*place);
        }
        *budget = budget.checked_sub(1).ok_or(())?;
        let place = self.slow.tag(run).and_then(|tag| self.list.place(&tag));
        if known.len() >= REMEMBERED {
            known.clear();
        }
        known.insert(key, place);
        Ok(place)
    }
}

#[cfg(test)]
mod tests;
