//! Interning: what is equal gets one number, so that whatever belongs to it is found by number and no text is kept twice.
//!
//! A million aliases are made of few words. Words are interned as bytes and phrases as the numbers of their words, each in one
//! buffer, so that neither costs an allocation of its own.

use alloc::vec::Vec;
use core::ops::Range;

use crate::hash;

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
        sequence.iter().fold(0, |state, &word| hash::seeded(word.into(), state))
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
        let (items, ends) = (&self.items, &self.ends);
        if let Some(number) = self.index.find(hash, |number| items[range(ends, number)] == *sequence) {
            return number;
        }
        self.items.extend_from_slice(sequence);
        self.ends.push(self.items.len() as u32);
        let (items, ends) = (&self.items, &self.ends);
        self.index.push(hash, |number| T::hash(&items[range(ends, number)]))
    }

    /// The number of a sequence that has one.
    pub(super) fn find(&self, sequence: &[T]) -> Option<u32> {
        self.index.find(T::hash(sequence), |number| self.get(number) == sequence)
    }

    pub(super) fn get(&self, number: u32) -> &[T] {
        &self.items[range(&self.ends, number)]
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// All sequences, by number.
    pub(super) fn iter(&self) -> impl Iterator<Item = &[T]> {
        (0..self.len() as u32).map(|number| self.get(number))
    }
}

fn range(ends: &[u32], number: u32) -> Range<usize> {
    let at = number as usize;
    let start = if at == 0 { 0 } else { ends[at - 1] };
    start as usize..ends[at] as usize
}

/// Numbers from 0 on, found by the hash of what they stand for; whoever asks knows what that is.
#[derive(Default)]
pub(super) struct Index {
    /// Open addressing: one-based numbers, each in the first slot from its hash's on that was free. A power of two.
    slots: Vec<u32>,
    len: u32,
}

impl Index {
    /// The number of this hash for which `same` holds.
    pub(super) fn find(&self, hash: u64, same: impl Fn(u32) -> bool) -> Option<u32> {
        self.chain(hash)
            .map(|slot| self.slots[slot])
            .take_while(|&number| number != 0)
            .map(|n| n - 1)
            .find(|&n| same(n))
    }

    /// Puts the next number, whose hash this is and which was not found; `hash_of` knows the hashes of all.
    pub(super) fn push(&mut self, hash: u64, hash_of: impl Fn(u32) -> u64) -> u32 {
        // At most half full, so that chains stay short.
        if self.slots.len() <= 2 * self.len as usize {
            self.slots = alloc::vec![0; (2 * self.slots.len()).max(64)];
            (0..self.len).for_each(|number| self.put(hash_of(number), number));
        }
        self.put(hash, self.len);
        self.len += 1;
        self.len - 1
    }

    fn put(&mut self, hash: u64, number: u32) {
        if let Some(slot) = self.chain(hash).find(|&slot| self.slots[slot] == 0) {
            self.slots[slot] = number + 1;
        }
    }

    /// The slots that may have a hash.
    fn chain(&self, hash: u64) -> impl Iterator<Item = usize> + use<> {
        let slots = self.slots.len();
        let first = hash as usize & slots.wrapping_sub(1);
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
