//! Plain titles: nothing but ASCII letters, spaces and hyphens, as most are. They fold eight bytes at a time.
//!
//! It does to such a title what the fold module does, only faster; a property test holds the two together.

use super::{Separator, Text, Token, plural};
use crate::hash;

/// Nine titles in ten are no longer; so many bytes have a bit each in a word of the machine.
const LONGEST: usize = u64::BITS as usize;

/// Folds `title` into `text`, which is empty. `None`, and an empty text, if the title is not plain or too long.
pub(super) fn fold(title: &str, text: &mut Text) -> Option<()> {
    let raw = title.as_bytes();
    let mut folded = [b' '; LONGEST];
    folded.get_mut(..raw.len())?.copy_from_slice(raw);
    let Bits { mut marks, capitals } = lower(&mut folded[..raw.len().next_multiple_of(LANE)]);
    // Where the gap before the word and where the word begins.
    let (mut gap, mut from) = (0, 0);
    while from < raw.len() {
        let at = (marks.trailing_zeros() as usize).min(raw.len());
        if !matches!(raw.get(at), None | Some(b' ' | b'-')) {
            text.tokens.clear();
            return None;
        }
        if at > from {
            let (keep, append) = plural::singular(&folded[from..at]);
            // What is appended is never longer than what was cut.
            let end = from + keep + append.len();
            folded[from + keep..end].copy_from_slice(append);
            let letters = u64::MAX >> (LONGEST - (at - from)) << from;
            text.tokens.push(Token {
                start: from as u16,
                end: at as u16,
                from: from as u16,
                to: end as u16,
                key: hash::word(&folded[from..end]),
                before: separator(&raw[gap..from]),
                money: false,
                digits: false,
                upper: capitals & letters == letters,
            });
            gap = at;
        }
        from = at + 1;
        marks &= marks.wrapping_sub(1);
    }
    text.folded.try_extend_from_slice(&folded[..raw.len()]).ok()
}

/// What spaces and hyphens between two words are together.
fn separator(gap: &[u8]) -> Separator {
    match gap {
        [] | [b' '] => Separator::Space,
        _ if !gap.contains(&b'-') => Separator::Space,
        _ if gap.contains(&b' ') => Separator::Dash,
        _ => Separator::Hyphen,
    }
}

/// A bit for each byte.
struct Bits {
    /// It is no letter.
    marks: u64,
    /// It was a capital.
    capitals: u64,
}

/// How many bytes are looked at together.
const LANE: usize = size_of::<u64>();

/// Makes capitals small; the bytes fill whole lanes.
#[inline]
fn lower(bytes: &mut [u8]) -> Bits {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x80 * ONES;
    /// The bit that tells capitals from small letters.
    const SMALL: u64 = 0x20 * ONES;
    let mut bits = Bits { marks: 0, capitals: 0 };
    for (nth, lane) in bytes.chunks_exact_mut(LANE).enumerate() {
        let raw = u64::from_le_bytes([lane[0], lane[1], lane[2], lane[3], lane[4], lane[5], lane[6], lane[7]]);
        // Makes a letter of nothing that is none.
        let small = raw | SMALL;
        let seven = small & !HIGH;
        // In the high bit of each byte: not below "a", and above "z". Sums of seven bits and less than 128 never carry over.
        let (from_a, above_z) = (seven + (0x80 - u64::from(b'a')) * ONES, seven + (0x7f - u64::from(b'z')) * ONES);
        let letters = from_a & !above_z & !raw & HIGH;
        bits.marks |= gather(!letters & HIGH) << (LANE * nth);
        bits.capitals |= gather(letters & !(raw << 2)) << (LANE * nth);
        lane.copy_from_slice(&small.to_le_bytes());
    }
    bits
}

/// The high bits of eight bytes as the lowest eight.
fn gather(high: u64) -> u64 {
    (high >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold as full;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn folds_alike(title in "([a-zA-Z -]{0,70}|([A-Z]?[a-z]{0,5}(ies|s|men|woman|person|sses|xes)?[ -]{1,2}){0,9}|.{0,9})") {
            let (mut fast, mut slow) = (Text::empty(), Text::empty());
            full::fold(&title, &mut slow);
            if fold(&title, &mut fast).is_some() {
                prop_assert_eq!(fast.tokens.len(), slow.tokens.len());
                for (a, b) in fast.tokens.iter().zip(&slow.tokens) {
                    prop_assert_eq!(fast.word(a), slow.word(b));
                    prop_assert_eq!((a.start, a.end, a.key, a.before), (b.start, b.end, b.key, b.before));
                    prop_assert_eq!((a.money, a.digits, a.upper), (b.money, b.digits, b.upper));
                }
                prop_assert!(!slow.truncated);
            } else {
                prop_assert!(fast.tokens.is_empty() && fast.folded.is_empty());
            }
        }
    }
}
