//! Search: whether words stand in texts, folded as titles are: case, accents, marks and plurals make no difference.
//!
//! Must not know which texts a row has.

use titlecanon::{Focus, Level, Wording};

use crate::failure::{Failure, Result};

/// The words that are looked for. Each counts where it stands by itself or begins a longer word.
#[derive(Debug)]
pub(super) struct Needles {
    /// Each with a space before it.
    words: Vec<String>,
    /// It spells no abbreviation out, so that what is found has the letters that were said.
    wording: Wording,
}

impl Needles {
    /// The words of a text; that there are none is a failure.
    pub(super) fn new(text: &str) -> Result<Needles> {
        let wording = Wording::from_sources::<&str, &str>([]).map_err(Failure::new)?;
        let words: Vec<_> = folded(&wording, [text]).split_whitespace().map(|word| format!(" {word}")).collect();
        if words.is_empty() {
            return Err(Failure::new(format_args!("--search: no letter or digit in \"{text}\"; say a word")));
        }
        Ok(Needles { words, wording })
    }

    /// Whether all stand in some texts together.
    pub(super) fn all_in<'a>(&self, texts: impl IntoIterator<Item = &'a str>) -> bool {
        let hay = folded(&self.wording, texts);
        self.words.iter().all(|word| hay.contains(word.as_str()))
    }

    /// Of the aliases of a focus in each of which all stand, the levels that they pin.
    pub(super) fn in_aliases(&self, focus: Focus<'_>) -> Vec<Option<Level>> {
        let found = focus.aliases().filter(|alias| self.all_in([&*alias.text()]));
        found.map(|alias| alias.level()).collect()
    }
}

/// The folded words of texts, each with a space before it.
fn folded<'a>(wording: &Wording, texts: impl IntoIterator<Item = &'a str>) -> String {
    let mut out = String::new();
    // Piece by piece, since a summary has more words than a title may.
    for piece in texts.into_iter().flat_map(str::split_whitespace) {
        for word in wording.words(piece).into_iter().flatten() {
            out.push(' ');
            out += &word;
        }
    }
    out
}
