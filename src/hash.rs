//! Hashes of words and phrases, the keys of every look-up table.
//!
//! A phrase is hashed as a bag, the sum of its words' hashes: the hashes of all spans of a title cost one multiplication each,
//! and one table finds a phrase in whatever order its words stand.
//! The same function runs when tables are built and when they are read; it must never depend on the machine.

/// Odd constants with well mixed bits (from the digits of pi and e); any such would do.
const WORD: u64 = 0x243f_6a88_85a3_08d3;
const NEXT: u64 = 0xb7e1_5162_8aed_2a6b;
const BAG: u64 = 0x9e37_79b9_7f4a_7c15;

/// Multiplies to 128 bits and folds the halves: every input bit reaches every output bit.
#[inline]
const fn mix(a: u64, b: u64) -> u64 {
    let wide = (a as u128).wrapping_mul(b as u128);
    (wide as u64) ^ ((wide >> 64) as u64)
}

/// Hash of one folded word, of 48 bits: tables keep it whole for each of their words, and of a million words no two are likely
/// to share one.
#[inline]
pub(crate) fn word(word: &[u8]) -> u64 {
    bytes(word) >> 16
}

/// Hash of any bytes, of 64 bits.
#[inline]
pub(crate) fn bytes(bytes: &[u8]) -> u64 {
    let mut state = WORD ^ (bytes.len() as u64).wrapping_mul(BAG);
    let mut chunks = bytes.chunks_exact(8);
    for chunk in &mut chunks {
        let lane = u64::from_le_bytes([chunk[0], chunk[1], chunk[2], chunk[3], chunk[4], chunk[5], chunk[6], chunk[7]]);
        state = mix(state ^ lane, NEXT);
    }
    // Overlapping reads cover what is left; the length, which is in the state, tells which bytes were read twice.
    let rest = chunks.remainder();
    let half = |at: usize| u64::from(u32::from_le_bytes([rest[at], rest[at + 1], rest[at + 2], rest[at + 3]]));
    let byte = |at: usize| u64::from(rest[at]);
    let lane = match rest.len() {
        0 => 0,
        len @ 4.. => half(0) | half(len - 4) << 32,
        len => byte(0) | byte(len / 2) << 8 | byte(len - 1) << 16,
    };
    mix(mix(state ^ lane, NEXT) ^ BAG, WORD)
}

/// Hash of a hash, different for each seed.
#[inline]
pub(crate) fn seeded(key: u64, seed: u64) -> u64 {
    mix(seed.rotate_left(29) ^ key, NEXT)
}

/// The bag of no words.
pub(crate) const EMPTY_BAG: u64 = BAG;

/// Hash of words in any order, from that of all but one and the hash of that one.
#[inline]
pub(crate) fn put(bag: u64, word: u64) -> u64 {
    bag.wrapping_add(mix(word, BAG))
}

/// Hash of the words in any order.
#[inline]
pub(crate) fn bag(words: impl IntoIterator<Item = u64>) -> u64 {
    words.into_iter().fold(EMPTY_BAG, put)
}
