//! Interning: what is equal gets one number, so that whatever belongs to it is found by number and no text is kept twice.
//!
//! A million aliases are made of few words. Words are interned as bytes and phrases as the numbers of their words, each in one
//! buffer, so that neither costs an allocation of its own.

use alloc::vec::Vec;
use core::hash::{BuildHasherDefault, Hasher};
use std::collections::HashMap;

use crate::hash;

/// A map for what is not numbered.
pub(super) type Map<K, V> = HashMap<K, V, BuildHasherDefault<Mixer>>;

/// Hashes as the tables do: several times as fast as what std has against keys that somebody chose in order to slow maps down,
/// of which the sources of a taxonomy are not suspected.
#[derive(Default)]
pub(super) struct Mixer(u64);

impl Hasher for Mixer {
    fn write(&mut self, bytes: &[u8]) {
        self.write_u64(hash::word(bytes));
    }

    fn write_u8(&mut self, number: u8) {
        self.write_u64(number.into());
    }

    fn write_u32(&mut self, number: u32) {
        self.write_u64(number.into());
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = hash::seeded(number, self.0);
    }

    fn write_usize(&mut self, number: usize) {
        self.write_u64(number as u64);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// What sequences are made of.
pub(super) trait Item: Copy + Eq {
    fn hash(sequence: &[Self]) -> u64;
}

/// A text, by its bytes.
impl Item for u8 {
    fn hash(sequence: &[u8]) -> u64 {
        hash::word(sequence)
    }
}

/// A phrase, by the numbers of its words.
impl Item for u32 {
    fn hash(sequence: &[u32]) -> u64 {
        sequence.iter().fold(1, |state, &word| hash::seeded(u64::from(word) + 1, state))
    }
}

/// Sequences, numbered in the order in which they first came.
pub(super) struct Interner<T> {
    items: Vec<T>,
    /// Where each sequence ends; it begins where the one before it ends.
    ends: Vec<u32>,
    index: Index,
}

impl<T> Default for Interner<T> {
    fn default() -> Self {
        Interner { items: Vec::new(), ends: Vec::new(), index: Index::default() }
    }
}

impl<T: Item> Interner<T> {
    /// The number of a sequence, which is a new one if it has none yet.
    pub(super) fn intern(&mut self, sequence: &[T]) -> u32 {
        let hash = T::hash(sequence);
        if let Some(number) = self.index.find(hash, |number| self.get(number) == sequence) {
            return number;
        }
        self.items.extend_from_slice(sequence);
        self.ends.push(self.items.len() as u32);
        self.index.push(hash)
    }

    /// The number of a sequence that has one.
    pub(super) fn find(&self, sequence: &[T]) -> Option<u32> {
        self.index.find(T::hash(sequence), |number| self.get(number) == sequence)
    }

    pub(super) fn get(&self, number: u32) -> &[T] {
        let at = number as usize;
        let start = if at == 0 { 0 } else { self.ends[at - 1] };
        &self.items[start as usize..self.ends[at] as usize]
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// All sequences, by number.
    pub(super) fn iter(&self) -> impl Iterator<Item = &[T]> {
        (0..self.len() as u32).map(|number| self.get(number))
    }
}

/// Numbers from 0 on, found by the hash of what they stand for; whoever asks knows what that is.
#[derive(Default)]
pub(super) struct Index {
    /// Open addressing: half of the hash and the one-based number, each in the first slot from its hash's on that was free. A
    /// power of two. With the hash at hand nearly nothing is compared that is not equal, and a larger index is made of this one.
    slots: Vec<(u32, u32)>,
    len: u32,
}

impl Index {
    /// The number of this hash for which `same` holds.
    #[inline]
    pub(super) fn find(&self, hash: u64, same: impl Fn(u32) -> bool) -> Option<u32> {
        let chain = self.chain(hash as u32).map(|slot| self.slots[slot]).take_while(|&(_, number)| number != 0);
        chain.filter(|&(half, _)| half == hash as u32).map(|(_, number)| number - 1).find(|&number| same(number))
    }

    /// Gives the next number to what has this hash and was not found.
    pub(super) fn push(&mut self, hash: u64) -> u32 {
        // At most half full, so that chains stay short.
        if self.slots.len() <= 2 * self.len as usize {
            let larger = alloc::vec![(0, 0); (2 * self.slots.len()).max(64)];
            let slots = core::mem::replace(&mut self.slots, larger);
            slots.into_iter().filter(|&(_, number)| number != 0).for_each(|slot| self.put(slot));
        }
        self.len += 1;
        self.put((hash as u32, self.len));
        self.len - 1
    }

    fn put(&mut self, slot: (u32, u32)) {
        if let Some(free) = self.chain(slot.0).find(|&at| self.slots[at].1 == 0) {
            self.slots[free] = slot;
        }
    }

    /// The slots that may have a hash.
    #[inline]
    fn chain(&self, half: u32) -> impl Iterator<Item = usize> + use<> {
        let slots = self.slots.len();
        let first = half as usize & slots.wrapping_sub(1);
        (first..slots).chain(0..first.min(slots))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_sequences_have_one_number() {
        let mut texts = Interner::<u8>::default();
        assert_eq!(texts.find(b"x"), None);
        let numbers: Vec<u32> =
            (0..1000).map(|n| texts.intern(alloc::format!("text {}", n % 500).as_bytes())).collect();
        assert_eq!(texts.len(), 500);
        assert!((0..1000).all(|n| numbers[n] as usize == n % 500));
        assert_eq!(texts.get(numbers[7]), b"text 7");
        assert_eq!(texts.find(b"text 499"), Some(499));
        assert_eq!(texts.find(b"text 500"), None);
    }
}
