//! Perfect-hash maps over records: `phf`'s construction over a hash of ours, laid out in the blob.
//!
//! `phf_generator` finds the displacements when a taxonomy is compiled and `phf_shared` evaluates them. The keys are
//! hashes already, so that a multiplication takes the place of `phf`'s SipHash. The map type itself is not used, because
//! its fields differ when any crate of a build turns on `phf/ptrhash`, because it can only be made of literals that rustc
//! must read, and because a taxonomy loaded at run time needs the same map.

use phf_shared::displace;

use super::{DisplacementRow, Record, Rows};
use crate::hash;

/// A map from 64-bit hashes to records. Each key has one slot; a key that is not in
/// the map meets a record that is not its own, which the caller tells by what the record keeps of its key.
#[derive(Clone, Copy)]
pub(crate) struct PerfectMap<'t, R> {
    pub(super) seed: u64,
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
        let (buckets, len) = (self.displacements.len(), self.rows.len());
        if buckets == 0 || len == 0 {
            return None;
        }
        let [g, f1, f2] = placing(key, self.seed);
        let d = self.displacements.get((g % buckets as u32) as usize);
        let slot = (displace(f1, f2, d.first.into(), d.second.0) % len as u32) as usize;
        let row = self.rows.get(slot);
        own(&row).then_some((slot, row))
    }
}
