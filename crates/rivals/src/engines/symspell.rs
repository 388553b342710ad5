//! `symspell_rs`: the nearest alias, whole, within two edits, by an index of what remains when letters are left out.

use foldhash::fast::FixedState;
use hashbrown::HashMap;
use symspell_rs::{SymSpell, Verbosity};

use super::{Engine, Started, maps, start};
use crate::list::List;

/// The length of the part of each alias that is indexed: what the crate's documentation uses.
const PREFIX: usize = 7;

struct Symmetric {
    index: SymSpell,
    jobs: HashMap<Box<str>, u32, FixedState>,
}

impl Engine for Symmetric {
    fn find(&self, title: &str) -> Option<u32> {
        let found = self.index.lookup(&title.to_lowercase(), Verbosity::Top, 2, &None, None, false);
        self.jobs.get(found.first()?.term.as_str()).copied()
    }
}

pub(super) fn start_all(list: &'static List) -> Vec<Started> {
    vec![start("symspell_rs, 2 edits", "prefix length 7, with a map from alias to job behind it; the nearest", || {
        let mut index = SymSpell::new(2, None, PREFIX, 1);
        for entry in &list.entries {
            index.create_dictionary_entry(entry.folded.as_str(), 1);
        }
        Symmetric { index, jobs: maps::hash_map(list) }
    })]
}
