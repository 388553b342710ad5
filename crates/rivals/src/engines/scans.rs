//! Scans that compare a title with every alias and take the most similar: `rapidfuzz` and `strsim`.
//!
//! They always have an answer; a score below which to have none is left to their users.

use rapidfuzz::fuzz::{Args, RatioBatchComparator};

use super::{Engine, Started, start};
use crate::list::List;

struct Rapidfuzz(&'static List);

impl Engine for Rapidfuzz {
    fn find(&self, title: &str) -> Option<u32> {
        let title = title.to_lowercase();
        let comparator = RatioBatchComparator::new(title.bytes());
        let mut best = (0.0, None);
        for entry in &self.0.entries {
            let args = Args::default().score_cutoff(best.0);
            if let Some(score) = comparator.similarity_with_args(entry.folded.bytes(), &args)
                && score > best.0
            {
                best = (score, Some(entry.job));
            }
        }
        best.1
    }
}

struct Strsim(&'static List);

impl Engine for Strsim {
    fn find(&self, title: &str) -> Option<u32> {
        let title = title.to_lowercase();
        let mut best = (0.0, None);
        for entry in &self.0.entries {
            let score = strsim::normalized_levenshtein(&title, &entry.folded);
            if score > best.0 {
                best = (score, Some(entry.job));
            }
        }
        best.1
    }
}

pub(super) fn start_all(list: &'static List) -> Vec<Started> {
    let scan = |started: Started| Started { scan: true, ..started };
    vec![
        scan(start("rapidfuzz", "the best ratio, over all aliases with the best so far as cut-off", || {
            Rapidfuzz(list)
        })),
        scan(start("strsim", "the best normalized_levenshtein, over all aliases", || Strsim(list))),
    ]
}
