//! Perfect-hash maps over records: `phf`'s construction, laid out in the blob.
//!
//! `phf_generator` finds the displacements when a taxonomy is compiled and `phf_shared` evaluates them, exactly as for
//! a `phf::Map`. The map type itself is not used, because its fields differ when any crate of a build turns on
//! `phf/ptrhash`, because it can only be made of literals that rustc must read, and because a taxonomy loaded at run
//! time needs the same map.

use phf_shared::{displace, hash};

use super::{DisplacementRow, Record, Rows};

/// A map from 64-bit keys to records. Each key has one slot; a key that is not in
/// the map meets a record that is not its own, which the caller tells by what the record keeps of its key.
#[derive(Clone, Copy)]
pub(crate) struct PerfectMap<'t, R> {
    pub(super) seed: u64,
    pub(super) displacements: Rows<'t, DisplacementRow>,
    pub(super) rows: Rows<'t, R>,
}

impl<R: Record> PerfectMap<'_, R> {
    /// The slot and record of `key`, if the record is its own.
    #[inline]
    pub(crate) fn get(&self, key: u64, own: impl FnOnce(&R) -> bool) -> Option<(usize, R)> {
        let (buckets, len) = (self.displacements.len(), self.rows.len());
        if buckets == 0 || len == 0 {
            return None;
        }
        let hashes = hash(&key, &self.seed);
        let d = self.displacements.get((hashes.g % buckets as u32) as usize);
        let slot = (displace(hashes.f1, hashes.f2, d.first, d.second) % len as u32) as usize;
        let row = self.rows.get(slot);
        own(&row).then_some((slot, row))
    }
}
