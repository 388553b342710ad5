//! Edition: what a publisher's files come to: occupations in families, each with its titles.
//!
//! Must not know any publisher.

use std::collections::HashMap;

use titlecanon::{AliasType, Level};

use crate::failure::Result;
use crate::records::Record;

/// A publication of occupations.
#[derive(Debug)]
pub(super) struct Edition {
    /// What the taxonomy is called.
    pub(super) name: String,
    pub(super) version: String,
    pub(super) licence: String,
    /// The source of its rows.
    pub(super) source: &'static str,
    /// Where its occupations are found: `global` or a country.
    pub(super) scope: &'static str,
    /// Families by code; none for occupations that are in no groups.
    pub(super) families: Vec<(String, String)>,
    pub(super) occupations: Vec<Occupation>,
}

/// An occupation, which becomes a function.
#[derive(Debug)]
pub(super) struct Occupation {
    /// The function's code.
    pub(super) code: String,
    /// What the publisher calls it.
    pub(super) id: String,
    /// The code of its family; nothing where there are none.
    pub(super) family: String,
    pub(super) summary: String,
    /// Its tracks and the level of its bare title.
    pub(super) ladder: Option<(String, Level)>,
    /// Its SOC 2018 code.
    pub(super) soc: Option<String>,
    /// What it is called, the preferred title first.
    pub(super) titles: Vec<Title>,
}

/// A title of an occupation.
#[derive(Debug)]
pub(super) struct Title {
    pub(super) text: String,
    pub(super) kind: AliasType,
    /// In hundredths.
    pub(super) confidence: u8,
}

impl Title {
    /// The name of the occupation.
    pub(super) fn preferred(text: &str) -> Title {
        Title { text: clean(text), kind: AliasType::Common, confidence: 100 }
    }

    /// Another title.
    pub(super) fn alternate(text: &str) -> Title {
        Title { text: clean(text), kind: AliasType::Variant, confidence: 90 }
    }

    /// A short form.
    pub(super) fn short(text: &str) -> Title {
        Title { text: clean(text), kind: AliasType::Abbreviation, confidence: 80 }
    }

    /// A title that is for finding only.
    pub(super) fn hidden(text: &str) -> Title {
        Title { confidence: 80, ..Title::alternate(text) }
    }
}

/// The ladders that groups of occupations have. Neither O*NET nor ESCO knows levels: these are our derivation.
#[derive(Clone, Copy, Debug)]
pub(super) enum Ladder {
    /// Who leads.
    Managers,
    /// Who has studied or trained for years.
    Professionals,
    /// Everybody else.
    Others,
}

impl Ladder {
    /// Tracks, and the level of a bare title.
    pub(super) fn levels(self) -> (String, Level) {
        let (tracks, level) = match self {
            Ladder::Managers => ("M E", Level::M2),
            Ladder::Professionals => ("P M E", Level::P3),
            Ladder::Others => ("S P M", Level::S2),
        };
        (tracks.into(), level)
    }
}

/// The longest id that a taxonomy keeps, in bytes.
const MAX_ID: usize = 255;

/// Where each id of a publisher stands, none twice.
#[derive(Debug, Default)]
pub(super) struct Ids(HashMap<String, (usize, u64)>);

impl Ids {
    /// Notes the id of an occupation, in this row.
    pub(super) fn add(&mut self, id: &str, record: &Record<'_>) -> Result<()> {
        if id.len() > MAX_ID {
            return Err(
                record.failure(format_args!("the id is longer than {MAX_ID} bytes, more than a taxonomy keeps"))
            );
        }
        if let Some((_, line)) = self.0.insert(id.into(), (self.0.len(), record.line)) {
            return Err(record.failure(format_args!("\"{id}\" is also in line {line}; delete one")));
        }
        Ok(())
    }

    /// Which occupation has an id.
    pub(super) fn get(&self, id: &str) -> Option<usize> {
        self.0.get(id).map(|&(nth, _)| nth)
    }
}

/// A text on one line, with single spaces.
pub(super) fn clean(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The first sentence of a text. A full stop after a letter or two, as in "e.g.", ends none.
pub(super) fn first_sentence(text: &str) -> String {
    let text = clean(text);
    let ends = |&(at, _): &(usize, &str)| {
        let word = text[..at].rsplit(' ').next().unwrap_or_default();
        let next = text[at + 2..].chars().next();
        word.chars().count() > 2 && !word.contains('.') && next.is_some_and(char::is_uppercase)
    };
    let end = text.match_indices(". ").find(ends).map_or(text.len(), |(at, _)| at + 1);
    text[..end].into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_where_they_do() {
        assert_eq!(first_sentence("Sets type,\n e.g. Roman. Prints it."), "Sets type, e.g. Roman.");
        assert_eq!(first_sentence("Works for the U.S. Navy. Sails."), "Works for the U.S. Navy.");
        assert_eq!(first_sentence("No end"), "No end");
        assert_eq!(first_sentence(""), "");
    }
}
