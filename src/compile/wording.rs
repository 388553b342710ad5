//! Wording: which titles in sources are the same, and which are refused, before anything is compiled.
//!
//! It asks the vocabulary, as the model does; must not know what titles lead to.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;
use core::fmt;

use super::model::MAX_ALIAS_WORDS;
use super::schema::{self, Id};
use super::tsv::Row;
use super::vocabulary::{Vocabulary, folded};
use crate::error::Error;
use crate::names::Place;

/// The words that titles in sources are known by: for whoever makes sources of something else, and has to know beforehand which
/// titles are the same and which the compiler refuses.
///
/// ```
/// use titlecanon::{Refusal, Wording};
///
/// let wording = Wording::from_sources([
///     ("abbreviations.tsv", "text\texpansion\nmgr\tmanager\n"),
///     ("cues.tsv", "text\tgrade\tplace\tconfidence\nManager\tmanager\tany\t0.80\n"),
/// ])?;
/// assert_eq!(wording.title("Office MGR"), wording.title("office managers"));
/// assert_eq!(wording.title("Mgr"), Err(Refusal::NoJob));
/// # Ok::<(), titlecanon::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Wording {
    /// The likeliest sense of each abbreviation.
    spelled_out: BTreeMap<String, Vec<String>>,
    /// Cues, and the qualifiers that count anywhere.
    level_words: BTreeSet<Vec<String>>,
}

impl Wording {
    /// The wording of a taxonomy's sources: of their abbreviations, cues and qualifiers.
    ///
    /// # Errors
    ///
    /// What is wrong with the rows of abbreviations, or cannot be read as rows at all.
    pub fn from_sources<P, T>(sources: impl IntoIterator<Item = (P, T)>) -> Result<Wording, Error>
    where
        P: Into<String>,
        T: Into<String>,
    {
        let mut problems = Vec::new();
        let sources = super::sources(sources);
        let sheets = schema::read(&sources, &mut problems);
        let mut vocabulary = Vocabulary::default();
        vocabulary.abbreviate(&sheets.rows(Id::Abbreviations), &mut problems);
        let (cues, qualifiers) = (sheets.rows(Id::Cues), sheets.rows(Id::Qualifiers));
        if !problems.is_empty() {
            return Err(Error::new(problems));
        }
        let text = |&word: &u32| vocabulary.word(word).to_string();
        let spelled_out = vocabulary.abbreviations.iter().filter_map(|abbreviation| {
            let first = abbreviation.alternatives.first()?;
            Some((text(&abbreviation.word), first.iter().map(text).collect()))
        });
        let mut wording = Wording { spelled_out: spelled_out.collect(), level_words: BTreeSet::new() };
        let anywhere = |row: &&Row<'_>| ["", Place::Any.as_str()].contains(&row.field(2));
        let rows = cues.iter().chain(qualifiers.iter().filter(anywhere));
        wording.level_words = rows.filter_map(|row| wording.words(row.field(0)).ok()).collect();
        Ok(wording)
    }

    /// The words of a text: folded, abbreviations spelled out in their likeliest sense. Texts of the same words are the same.
    ///
    /// # Errors
    ///
    /// The compiler would refuse it anywhere.
    pub fn words(&self, text: &str) -> Result<Vec<String>, Refusal> {
        let folded = folded(text)?;
        let words = folded.tokens.iter().map(|token| folded.word(token));
        Ok(words.flat_map(|word| self.spelled_out.get(word).cloned().unwrap_or_else(|| vec![word.into()])).collect())
    }

    /// The words of a title that is to be an alias.
    ///
    /// # Errors
    ///
    /// The compiler would refuse it as one.
    pub fn title(&self, title: &str) -> Result<Vec<String>, Refusal> {
        let words = self.words(title)?;
        if words.len() > MAX_ALIAS_WORDS {
            return Err(Refusal::ManyWords);
        }
        if self.level_words.contains(&words) { Err(Refusal::NoJob) } else { Ok(words) }
    }
}

/// Why a title can be no alias.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Refusal {
    /// Nothing to match by.
    NoLetter,
    /// Longer than any title that is matched.
    TooLong,
    /// More words than an alias may have.
    ManyWords,
    /// Nothing but a cue or a qualifier, such as "Manager".
    NoJob,
}

impl Refusal {
    /// What is wrong, in words.
    pub const fn as_str(self) -> &'static str {
        match self {
            Refusal::NoLetter => "no letter or digit in the text",
            Refusal::TooLong => "too long: at most 32 words can be matched",
            Refusal::ManyWords => "more than 12 words when spelled out",
            Refusal::NoJob => "a cue or qualifier; a title of nothing else names no job",
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl core::error::Error for Refusal {}
