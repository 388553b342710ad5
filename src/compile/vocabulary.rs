//! Vocabulary: how a text becomes canonical words, abbreviations spelled out.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::tsv::Row;
use crate::error::Problem;
use crate::text::Text;

/// A phrase as its canonical words.
pub(super) type Words = Vec<String>;

/// An abbreviation or other spelling, with what it may stand for, the likeliest first.
pub(super) struct Abbreviation {
    pub(super) word: String,
    pub(super) text: String,
    pub(super) alternatives: Vec<Words>,
}

/// All abbreviations, resolved: no alternative holds another abbreviation, save itself.
#[derive(Default)]
pub(super) struct Abbreviations {
    by_word: BTreeMap<String, Abbreviation>,
}

/// The folded words of a text of the sources.
pub(super) fn fold(text: &str) -> Result<Words, &'static str> {
    let folded = Text::new(text);
    if folded.truncated {
        return Err("too long: at most 32 words can be matched");
    }
    if folded.tokens.is_empty() {
        return Err("no letter or digit in the text");
    }
    Ok(folded.tokens.iter().map(|token| folded.word(token).to_string()).collect())
}

impl Abbreviations {
    /// Reads the rows `text, expansion, kind, source`.
    pub(super) fn read(rows: &[Row<'_>], problems: &mut Vec<Problem>) -> Abbreviations {
        let mut raw = BTreeMap::<String, (&Row<'_>, Vec<Words>)>::new();
        for row in rows {
            if row.has(3) && row.field(3).is_empty() {
                problems.push(row.problem("source is empty"));
            }
            let word = match fold(row.field(0)) {
                Ok(words) if words.len() == 1 => words[0].clone(),
                Ok(_) => {
                    problems.push(row.problem("an abbreviation is one word; write several as aliases"));
                    continue;
                }
                Err(why) => {
                    problems.push(row.problem(why));
                    continue;
                }
            };
            if !["", "abbreviation", "spelling", "compound", "form"].contains(&row.field(2)) {
                problems.push(
                    row.problem(format!("kind \"{}\" is not abbreviation, spelling, compound or form", row.field(2))),
                );
            }
            let mut alternatives = Vec::new();
            for text in row.field(1).split('|') {
                match fold(text) {
                    Ok(words) => alternatives.push(words),
                    Err(why) => problems.push(row.problem(format!("expansion \"{text}\": {why}"))),
                }
            }
            if alternatives.len() > MAX_ALTERNATIVES {
                problems.push(row.problem(format!("more than {MAX_ALTERNATIVES} expansions; keep the likeliest")));
            }
            if raw.contains_key(&word) && row.is_under() {
                continue;
            }
            if let Some((other, _)) = raw.get(&word) {
                let place = format!("{}:{}", other.file, other.line);
                problems
                    .push(row.problem(format!("\"{}\" folds to \"{word}\" like {place}; join the rows", row.field(0))));
                continue;
            }
            raw.insert(word, (row, alternatives));
        }
        let mut by_word = BTreeMap::new();
        for (word, (row, alternatives)) in &raw {
            let mut resolved = Vec::new();
            for words in alternatives {
                let mut out = Vec::new();
                let mut path = BTreeSet::from([word.as_str()]);
                if let Err(cycle) = spell(words, word, &raw, &mut path, &mut out)
                    && !row.is_under()
                {
                    problems.push(row.problem(format!("the abbreviations go round in a circle at \"{cycle}\"")));
                }
                resolved.push(out);
            }
            let text = row.field(0).to_string();
            by_word.insert(word.clone(), Abbreviation { word: word.clone(), text, alternatives: resolved });
        }
        Abbreviations { by_word }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Abbreviation> {
        self.by_word.values()
    }

    /// The canonical words of a text: folded, abbreviations spelled out in their likeliest sense.
    pub(super) fn canonical(&self, text: &str) -> Result<Words, &'static str> {
        let mut out = Vec::new();
        for word in fold(text)? {
            match self.by_word.get(&word).and_then(|abbreviation| abbreviation.alternatives.first()) {
                Some(words) => out.extend(words.iter().cloned()),
                None => out.push(word),
            }
        }
        Ok(out)
    }
}

/// More senses than this make every title that holds the word dear to look up, and none of them likely.
const MAX_ALTERNATIVES: usize = 4;

/// Spells out the abbreviations among `words` into `out`. A word may stand for itself in its own expansion.
fn spell<'a>(
    words: &'a [String],
    owner: &str,
    raw: &'a BTreeMap<String, (&Row<'_>, Vec<Words>)>,
    path: &mut BTreeSet<&'a str>,
    out: &mut Words,
) -> Result<(), String> {
    for word in words {
        match raw.get(word) {
            Some((_, alternatives)) if word != owner => {
                if !path.insert(word) {
                    return Err(word.clone());
                }
                if let Some(first) = alternatives.first() {
                    spell(first, word, raw, path, out)?;
                }
                path.remove(word.as_str());
            }
            _ => out.push(word.clone()),
        }
    }
    Ok(())
}
