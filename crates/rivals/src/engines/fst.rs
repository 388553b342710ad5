//! `fst` searched by the automata of `levenshtein_automata`: the nearest alias within one or two edits.
//!
//! An exact look-up comes first, because the automaton costs more than that.

use fst::{IntoStreamer, Map, Streamer};
use levenshtein_automata::{Distance, LevenshteinAutomatonBuilder};

use super::{Engine, Started, start};
use crate::list::List;

struct Fst {
    map: Map<Vec<u8>>,
    automata: LevenshteinAutomatonBuilder,
}

impl Fst {
    fn new(list: &List, edits: u8) -> Fst {
        let map = Map::from_iter(list.entries.iter().map(|entry| (&entry.folded, u64::from(entry.job))));
        Fst { map: map.expect("keys are in order"), automata: LevenshteinAutomatonBuilder::new(edits, true) }
    }
}

impl Engine for Fst {
    fn find(&self, title: &str) -> Option<u32> {
        let title = title.to_lowercase();
        if let Some(job) = self.map.get(&title) {
            return u32::try_from(job).ok();
        }
        let automaton = self.automata.build_dfa(&title);
        let mut found: Option<(u8, u64)> = None;
        let mut stream = self.map.search_with_state(&automaton).into_stream();
        while let Some((_, job, state)) = stream.next() {
            if let Distance::Exact(edits) = automaton.distance(state)
                && found.is_none_or(|(least, _)| edits < least)
            {
                found = Some((edits, job));
            }
        }
        u32::try_from(found?.1).ok()
    }
}

pub(super) fn start_all(list: &'static List) -> Vec<Started> {
    vec![
        start("fst, 1 edit", "with levenshtein_automata, after an exact look-up; the nearest", || Fst::new(list, 1)),
        start("fst, 2 edits", "with levenshtein_automata, after an exact look-up; the nearest", || Fst::new(list, 2)),
    ]
}
