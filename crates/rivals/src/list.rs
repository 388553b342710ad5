//! The list that all engines answer from: every alias of the embedded taxonomy in lower case, with the job it names.
//!
//! The build script includes this module too, for the map that is generated. Must not know any engine.

#![allow(dead_code, reason = "the build script uses its part")]

use std::collections::{HashMap, HashSet};

use titlecanon::{Mnemonic, Taxonomy};

/// An alias.
#[derive(Debug)]
pub(crate) struct Entry {
    /// As the taxonomy writes it.
    pub(crate) text: String,
    /// In lower case: the key.
    pub(crate) folded: String,
    /// Which function and focus it names: a number in [`List::jobs`].
    pub(crate) job: u32,
}

/// The aliases and jobs.
#[derive(Debug)]
pub(crate) struct List {
    /// Ordered by key, each key once.
    pub(crate) entries: Vec<Entry>,
    /// The number of each function and focus.
    pub(crate) jobs: HashMap<(Mnemonic, Mnemonic), u32>,
}

impl List {
    pub(crate) fn builtin() -> List {
        let taxonomy = Taxonomy::builtin();
        let jobs: HashMap<(Mnemonic, Mnemonic), u32> =
            (0..).zip(taxonomy.focuses()).map(|(job, focus)| ((focus.function().code(), focus.code()), job)).collect();
        let mut entries: Vec<Entry> = taxonomy
            .aliases()
            .map(|alias| {
                let text = alias.text().into_owned();
                let focus = alias.focus();
                Entry { folded: text.to_lowercase(), text, job: jobs[&(focus.function().code(), focus.code())] }
            })
            .collect();
        entries.sort_by(|a, b| a.folded.cmp(&b.folded));
        entries.dedup_by(|a, b| a.folded == b.folded);
        List { entries, jobs }
    }

    /// The keys.
    pub(crate) fn keys(&self) -> HashSet<&str> {
        self.entries.iter().map(|entry| entry.folded.as_str()).collect()
    }
}
