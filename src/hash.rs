//! Hashes of words and phrases, the keys of every look-up table.
//!
//! A phrase's hash is built from its words' hashes, so that the hashes of all spans of a title cost one multiplication each.
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

/// Hash of one folded word.
#[inline]
pub(crate) fn word(bytes: &[u8]) -> u64 {
    let mut state = WORD ^ bytes.len() as u64;
    let mut chunks = bytes.chunks_exact(8);
    for chunk in &mut chunks {
        let lane = u64::from_le_bytes([chunk[0], chunk[1], chunk[2], chunk[3], chunk[4], chunk[5], chunk[6], chunk[7]]);
        state = mix(state ^ lane, NEXT);
    }
    let mut lane = 0;
    for &byte in chunks.remainder() {
        lane = lane << 8 | u64::from(byte);
    }
    mix(mix(state ^ lane, NEXT) ^ BAG, WORD)
}

/// Hash of a phrase, from the hash of all its words but the last and the hash of the last.
#[inline]
pub(crate) fn extend(phrase: u64, word: u64) -> u64 {
    mix(phrase.rotate_left(29) ^ word, NEXT)
}

/// Hash of the phrase that these words form; that of a single word is the word's own.
#[inline]
pub(crate) fn phrase(words: impl IntoIterator<Item = u64>) -> Option<u64> {
    words.into_iter().reduce(extend)
}

/// Hash of the words in any order.
#[inline]
pub(crate) fn bag(words: impl IntoIterator<Item = u64>) -> u64 {
    words.into_iter().fold(BAG, |sum, word| sum.wrapping_add(mix(word, BAG)))
}
