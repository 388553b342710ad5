//! Perfect-hash maps over records: `phf`'s construction over a hash of ours, laid out in the blob.
//!
//! `phf_generator` finds the displacements when a taxonomy is compiled and `phf_shared` evaluates them. The keys are
//! hashes already, so that a multiplication takes the place of `phf`'s SipHash. The map type itself is not used, because
//! its fields differ when any crate of a build turns on `phf/ptrhash`, because it can only be made of literals that rustc
//! must read, and because a taxonomy loaded at run time needs the same map.

use phf_shared::displace;

use super::{DisplacementRow, PartRow, Record, Rows};
use crate::hash;

/// How many keys a part of a map has. The search for displacements reads and writes at random, and takes several times as long
/// for a key, and 60 bytes for each, when what it works on is larger than a cache.
pub(crate) const PART: usize = 1 << 15;

/// Which of so many parts a key is in.
#[inline]
pub(crate) fn part(key: u64, parts: usize) -> usize {
    ((u64::from(key as u32) * parts as u64) >> 32) as usize
}

/// A map from 64-bit hashes to records, in parts of about [`PART`] keys. Each key has one slot; a key that is not in
/// the map meets a record that is not its own, which the caller tells by what the record keeps of its key.
#[derive(Clone, Copy)]
pub(crate) struct PerfectMap<'t, R> {
    pub(super) parts: Rows<'t, PartRow>,
    pub(super) displacements: Rows<'t, DisplacementRow>,
    pub(super) rows: Rows<'t, R>,
}

/// The three numbers that `phf` places a key by.
#[inline]
pub(crate) fn placing(key: u64, seed: u64) -> [u32; 3] {
    let mixed = hash::seeded(key, seed);
    [(mixed >> 32) as u32, mixed as u32, (key >> 16) as u32]
}

impl<R: Record> PerfectMap<'_, R> {
    /// The slot and record of `key`, if the record is its own.
    #[inline]
    pub(crate) fn get(&self, key: u64, own: impl FnOnce(&R) -> bool) -> Option<(usize, R)> {
        let part = self.parts.get(part(key, self.parts.len()));
        if part.displacements == 0 || part.rows == 0 {
            return None;
        }
        let [g, f1, f2] = placing(key, part.seed);
        let d = self.displacements.get(part.first_displacement.wrapping_add(g % part.displacements) as usize);
        let slot = part.first_row.wrapping_add(displace(f1, f2, d.first.into(), d.second.0) % part.rows) as usize;
        let row = self.rows.get(slot);
        own(&row).then_some((slot, row))
    }
}
