//! titlecanon as it is used, and without correction and similar aliases.

use std::hint::black_box;

use titlecanon::Normalizer;

use super::{Engine, Started, start};
use crate::list::List;
use crate::queries::Query;

struct Titlecanon {
    normalizer: Normalizer<'static>,
    list: &'static List,
}

impl Engine for Titlecanon {
    fn find(&self, title: &str) -> Option<u32> {
        let best = self.normalizer.normalize(title).best()?;
        self.list.jobs.get(&(best.function().code(), best.focus().code())).copied()
    }

    fn pass(&self, queries: &[Query]) {
        for query in queries {
            black_box(self.normalizer.normalize(black_box(&query.title)));
        }
    }
}

pub(super) fn start_all(list: &'static List) -> Vec<Started> {
    vec![
        start("titlecanon", "Normalizer::builtin().normalize; tables within the program", || Titlecanon {
            normalizer: Normalizer::builtin(),
            list,
        }),
        start("titlecanon, not fuzzy", "the same with_fuzzy(false)", || Titlecanon {
            normalizer: Normalizer::builtin().with_fuzzy(false),
            list,
        }),
    ]
}
