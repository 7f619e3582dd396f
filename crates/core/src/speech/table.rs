//! Tables whose keys are hashes of words, and gates before them.

/// Says of nearly every key that is not in a table that it is not: two bits of one word of 64,
/// small enough to stay in the nearest cache.
#[derive(Debug, Clone, Default)]
pub(crate) struct Gate(Vec<u64>);

/// Bits of a gate per key: some one in a hundred of other keys passes.
const BITS: usize = 20;

impl Gate {
    /// A gate with room for so many keys.
    pub(crate) fn for_keys(count: usize) -> Self {
        Self(vec![0; (count * BITS).div_ceil(64)])
    }

    /// A gate that lets these keys pass.
    pub(crate) fn of(keys: impl ExactSizeIterator<Item = u64>) -> Self {
        let mut gate = Self::for_keys(keys.len());
        keys.for_each(|key| gate.add(key));
        gate
    }

    fn bits(key: u64) -> u64 {
        1 << (key & 63) | 1 << ((key >> 6) & 63)
    }

    fn place(&self, key: u64) -> usize {
        (((key >> 32) * self.0.len() as u64) >> 32) as usize
    }

    #[inline]
    pub(crate) fn add(&mut self, key: u64) {
        let place = self.place(key);
        if let Some(word) = self.0.get_mut(place) {
            *word |= Self::bits(key);
        }
    }

    /// Whether a key may be in the table.
    #[inline]
    pub(crate) fn passes(&self, key: u64) -> bool {
        let bits = Self::bits(key);
        self.0.get(self.place(key)).is_some_and(|word| word & bits == bits)
    }
}

/// A map whose keys are hashes already: every bit of them is as good as any other.
#[derive(Debug, Clone, Default)]
pub(crate) struct Table<T> {
    /// One more than the place among `entries`; 0 is free. A power of two, at most half full, so
    /// that a search ends soon.
    slots: Vec<u32>,
    entries: Vec<(u64, T)>,
}

impl<T: Default> Table<T> {
    /// A table with room for so many keys.
    pub(crate) fn for_keys(count: usize) -> Self {
        let slots = (2 * count).next_power_of_two();
        Self { slots: vec![0; slots], entries: Vec::with_capacity(count) }
    }

    fn slots_of(&self, key: u64) -> impl Iterator<Item = usize> + use<T> {
        let len = self.slots.len();
        (0..len).map(move |n| (key as usize).wrapping_add(n) & (len - 1))
    }

    #[inline]
    fn find(&self, key: u64) -> Option<usize> {
        let last = self.slots.len().wrapping_sub(1);
        let mut at = key as usize & last;
        // Ends at a free slot, of which there are as many as others.
        loop {
            let place = (*self.slots.get(at)? as usize).checked_sub(1)?;
            if self.entries.get(place)?.0 == key {
                return Some(place);
            }
            at = (at + 1) & last;
        }
    }

    /// What is known of a key.
    #[inline]
    pub(crate) fn get(&self, key: u64) -> Option<&T> {
        self.find(key).and_then(|place| self.entries.get(place)).map(|(_, value)| value)
    }

    /// The value of a key, made where there is none.
    pub(crate) fn entry(&mut self, key: u64) -> &mut T {
        let place = self.find(key).unwrap_or_else(|| {
            self.entries.push((key, T::default()));
            let place = self.entries.len() - 1;
            if self.entries.len() * 2 > self.slots.len() {
                self.grow();
            } else {
                self.take_slot(place);
            }
            place
        });
        &mut self.entries[place].1
    }

    fn grow(&mut self) {
        let len = (self.entries.len() * 4).next_power_of_two();
        self.slots.clear();
        self.slots.resize(len, 0);
        (0..self.entries.len()).for_each(|place| self.take_slot(place));
    }

    /// Gives an entry the first slot that is free for it.
    fn take_slot(&mut self, place: usize) {
        let Some((key, _)) = self.entries.get(place) else { return };
        let free = self.slots_of(*key).find(|slot| self.slots.get(*slot) == Some(&0));
        if let Some(slot) = free.and_then(|slot| self.slots.get_mut(slot)) {
            *slot = place as u32 + 1;
        }
    }

    /// Every key with its value, in the order in which they came.
    pub(crate) fn iter(&self) -> impl ExactSizeIterator<Item = &(u64, T)> {
        self.entries.iter()
    }

    /// Every key, in the order in which they came.
    pub(crate) fn keys(&self) -> impl ExactSizeIterator<Item = u64> {
        self.entries.iter().map(|(key, _)| *key)
    }

    /// How many keys there are.
    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        /// Keys that share their low bits too.
        #[test]
        fn a_table_is_a_map(keys in prop::collection::vec((0..40_u64, 0..4_u64), 0..200)) {
            let mut table: Table<u32> = Table::default();
            let mut map: BTreeMap<u64, u32> = BTreeMap::new();
            for (low, high) in keys {
                let key = low | high << 40;
                *table.entry(key) += 1;
                *map.entry(key).or_default() += 1;
            }
            prop_assert_eq!(table.len(), map.len());
            let gate = Gate::of(table.keys());
            for key in (0..40).flat_map(|low| (0..5).map(move |high| low | high << 40)) {
                prop_assert_eq!(table.get(key), map.get(&key));
                prop_assert!(gate.passes(key) || !map.contains_key(&key));
            }
        }
    }
}
