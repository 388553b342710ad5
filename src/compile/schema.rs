//! The schema of the sources: which files there are, their columns, and their canonical order.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::vec::Vec;

use super::Source;
use super::tsv::{Layer, MOST_COLUMNS, Row, Sheet};
use crate::error::Problem;

/// A kind of source file. It is `NAME.tsv`, or any number of files `NAME/….tsv`.
pub(super) struct Kind {
    pub(super) name: &'static str,
    pub(super) columns: &'static [&'static str],
    /// How many of them a file must have; of the others it may leave out the last.
    pub(super) least: usize,
    /// The columns that its rows are sorted by, first to last.
    pub(super) order: &'static [usize],
}

macro_rules! kinds {
    ($($id:ident $name:literal [$($needed:ident),*] [$($column:ident),*] by [$($order:expr),*];)*) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub(super) enum Id { $($id),* }

        pub(super) const KINDS: &[(Id, Kind)] = &[$(
            (Id::$id, Kind {
                name: $name,
                columns: &[$(stringify!($needed),)* $(stringify!($column)),*],
                least: [$(stringify!($needed)),*].len(),
                order: &[$($order),*],
            }),
        )*];
    };
}

// First the columns that a file must have, then those that may be empty or, from the last on, left out.
kinds! {
    Taxonomy "taxonomy" [name] [version, licence] by [0];
    Families "families" [code, name] [summary] by [0];
    Functions "functions" [code, name]
        [tracks, default_level, status, scope, version, confidence, summary, source, external_id] by [0];
    Focuses "focuses" [function, code, name] [job, area, default_level, external_id] by [0, 1];
    // The last three are notes to whoever looks a draft through, and nothing reads them.
    Aliases "aliases" [text, function]
        [focus, level, type, confidence, approval, source, count, verdict, candidates] by [1, 2, 0];
    Ambiguities "ambiguities" [text, function, focus, share] [source] by [0, 1, 2];
    Blocks "blocks" [text] [source] by [0];
    Crosswalk "crosswalk" [function, focus, scope, soc] [status, source] by [0, 1, 2];
    Profiles "profiles" [function, part, level, text] [source] by [0, 1, 2];
    Levels "levels" [code, name, title, min_years, max_years]
        [scope, autonomy, complexity, impact, decision_rights, leadership] by [0];
    Grades "grades" [name, kind, support, professional, management, executive] [above] by [0];
    Cues "cues" [text, grade, place, confidence] [rank, pattern, language] by [1, 0];
    Combinations "combinations" [first, second, grade, confidence] [] by [0, 1];
    Abbreviations "abbreviations" [text, expansion] [kind, source] by [0];
    Qualifiers "qualifiers" [text, kind] [place, language] by [1, 0];
    Heads "heads" [text] [language] by [0];
    Soc "soc" [code, title] [] by [0];
}

const _: () = {
    let mut kind = 0;
    while kind < KINDS.len() {
        assert!(KINDS[kind].1.columns.len() <= MOST_COLUMNS);
        kind += 1;
    }
};

/// All files, by kind.
pub(super) struct Sheets<'s>(BTreeMap<Id, Vec<Sheet<'s>>>);

impl<'s> Sheets<'s> {
    pub(super) fn of(&self, id: Id) -> &[Sheet<'s>] {
        self.0.get(&id).map(Vec::as_slice).unwrap_or_default()
    }

    /// The rows of all files of a kind.
    pub(super) fn rows(&self, id: Id) -> Vec<Row<'s>> {
        self.of(id).iter().copied().flat_map(Sheet::rows).collect()
    }

    /// These rows laid over others, before which they come.
    pub(super) fn over(mut self, below: Sheets<'s>) -> Sheets<'s> {
        self.0.values_mut().flatten().for_each(|sheet| sheet.layer = Layer::Over);
        for (id, mut sheets) in below.0 {
            sheets.iter_mut().for_each(|sheet| sheet.layer = Layer::Under);
            self.0.entry(id).or_default().extend(sheets);
        }
        self
    }
}

/// What files and folders of a kind are called.
pub(super) fn name_of(id: Id) -> &'static str {
    KINDS[id as usize].1.name
}

/// The kind of the file at `path`.
pub(super) fn kind_of(path: &str) -> Option<&'static (Id, Kind)> {
    let stem = path.strip_suffix(".tsv")?;
    let name = stem.split_once('/').map_or(stem, |(folder, _)| folder);
    KINDS.iter().find(|(_, kind)| kind.name == name)
}

/// Opens every source.
pub(super) fn read<'s>(sources: &'s [Source], problems: &mut Vec<Problem>) -> Sheets<'s> {
    let mut sheets = BTreeMap::<Id, Vec<Sheet<'s>>>::new();
    for source in sources {
        let Some((id, kind)) = kind_of(&source.path) else {
            let names: Vec<_> = KINDS.iter().map(|(_, kind)| kind.name).collect();
            let message = format!("not a file of a taxonomy; files and folders are named {}", names.join(", "));
            problems.push(Problem::new(source.path.as_str(), 0, message));
            continue;
        };
        let sheet = Sheet::open(&source.path, &source.text, kind, problems);
        sheets.entry(*id).or_default().extend(sheet);
    }
    Sheets(sheets)
}
