//! Guides: a taxonomy of many titles lends what it knows to one of few.
//!
//! A guide resolves the titles of one's own taxonomy in another, and remembers which focus there goes with which here. A title
//! that no word of one's own is in may then still find its place, by way of the other. It must not know how titles are matched.

use alloc::collections::BTreeMap;
use alloc::vec;
use alloc::vec::Vec;
use core::fmt;

use crate::math::sqrt;
use crate::normalizer::Normalizer;
use crate::taxonomy::Taxonomy;

/// What one taxonomy knows of another: see [`Normalizer::with_guide`].
///
/// ```
/// use titlecanon::{Guide, Normalizer, Taxonomy};
///
/// let own = Taxonomy::from_sources([("functions.tsv", "code\tname\nWARD\tHospital Nurse\nSHOP\tShop Assistant\n")])?;
/// let guide = Guide::new(Taxonomy::builtin(), &own);
/// let normalizer = Normalizer::with_taxonomy(&own).with_guide(&guide);
/// // Neither word is in the taxonomy.
/// let found = normalizer.candidates("RN, Med-Surg", 1);
/// assert_eq!(found[0].function().name(), "Hospital Nurse");
/// # Ok::<(), titlecanon::Error>(())
/// ```
pub struct Guide<'t> {
    by: Normalizer<'t>,
    /// Where the pairs of each of the guide's focuses begin.
    first: Vec<u32>,
    /// Focuses of one's own, each with its nearness.
    pairs: Vec<(u16, f32)>,
    focuses: usize,
}

impl<'t> Guide<'t> {
    /// Works out what `by` knows of the titles of `own`. Resolves each of them: about a second for 20,000.
    pub fn new(by: &'t Taxonomy, own: &Taxonomy) -> Guide<'t> {
        let by = Normalizer::with_taxonomy(by);
        let focuses = own.focuses().count();
        // For each focus of one's own, how much its titles are of each focus of the guide's.
        let mut shares: Vec<BTreeMap<u16, f32>> = vec![BTreeMap::new(); focuses];
        for alias in own.aliases() {
            for found in by.candidates(&alias.text(), OF_A_TITLE) {
                let share = shares[alias.focus().index()].entry(found.focus().index() as u16).or_default();
                *share += found.function_confidence().value() as f32;
            }
        }
        let mut pairs: Vec<(u16, u16, f32)> = Vec::new();
        for (focus, shares) in shares.iter().enumerate() {
            let length = sqrt(shares.values().map(|share| share * share).sum());
            pairs.extend(shares.iter().map(|(&other, share)| (other, focus as u16, share / length)));
        }
        pairs.sort_unstable_by_key(|&(other, focus, _)| (other, focus));
        let start = |other: usize| pairs.partition_point(|&(of, ..)| usize::from(of) < other) as u32;
        let first = (0..=by.taxonomy().focuses().count()).map(start).collect();
        Guide { by, first, pairs: pairs.into_iter().map(|(_, focus, near)| (focus, near)).collect(), focuses }
    }

    /// How near each focus of one's own is to a title, by number: the cosine of what the guide says of the title and of theirs.
    pub(crate) fn near(&self, title: &str) -> Vec<f32> {
        let mut near = vec![0.0; self.focuses];
        let found = self.by.candidates(title, OF_THE_TITLE);
        let shares = found.iter().map(|found| found.function_confidence().value() as f32);
        let length = sqrt(shares.clone().map(|share| share * share).sum());
        for (found, share) in found.iter().zip(shares) {
            let share = share / length;
            let at = found.focus().index();
            let (Some(&first), Some(&end)) = (self.first.get(at), self.first.get(at + 1)) else { continue };
            for &(focus, nearness) in &self.pairs[first as usize..end as usize] {
                near[usize::from(focus)] += share * nearness;
            }
        }
        near
    }
}

/// How many candidates are asked for each title of one's own; from 6 to 12 equally good.
const OF_A_TITLE: usize = 6;

/// How many are asked for the title to be found; with 6, one answer in a hundred is wrong that is right with 12.
const OF_THE_TITLE: usize = 12;

impl fmt::Debug for Guide<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Guide")
            .field("by", self.by.taxonomy())
            .field("pairs", &self.pairs.len())
            .finish_non_exhaustive()
    }
}
