//! Vocabulary: how a text becomes canonical words, abbreviations spelled out, and the numbers of words and phrases.

use alloc::format;
use alloc::vec::Vec;

use super::intern::{Interner, Map};
use super::tsv::Row;
use super::wording::Refusal;
use crate::error::Problem;
use crate::tables::index;
use crate::text::Text;

/// All words and phrases of the sources. A phrase is made of canonical words: no abbreviation, save one that stands for itself.
#[derive(Default)]
pub(super) struct Vocabulary<'s> {
    pub(super) words: Interner<u8>,
    pub(super) phrases: Interner<u32>,
    /// By word, in the order of the alphabet.
    pub(super) abbreviations: Vec<Abbreviation<'s>>,
    /// The one-based number of a word's abbreviation, for those words that were there when abbreviations were read.
    abbreviation_of: Vec<u32>,
    /// The words of the phrase in the making.
    making: Vec<u32>,
}

/// An abbreviation or other spelling, with what it may stand for, the likeliest first.
pub(super) struct Abbreviation<'s> {
    pub(super) word: u32,
    pub(super) text: &'s str,
    pub(super) alternatives: Vec<Vec<u32>>,
}

impl<'s> Vocabulary<'s> {
    /// A word's text.
    pub(super) fn word(&self, word: u32) -> &str {
        // Only whole words of texts are ever interned.
        core::str::from_utf8(self.words.get(word)).unwrap_or_default()
    }

    /// The texts of a phrase's words.
    pub(super) fn texts(&self, phrase: u32) -> Vec<&str> {
        self.phrases.get(phrase).iter().map(|&word| self.word(word)).collect()
    }

    /// Whether a text is the words of a phrase one by one, each with a capital.
    pub(super) fn capitals(&self, phrase: u32, text: &str) -> bool {
        let mut parts = text.as_bytes().split(|&byte| byte == b' ');
        let mut words = self.phrases.get(phrase).iter().map(|&word| self.words.get(word));
        words.all(|word| parts.next().is_some_and(|part| is_capital(word, part))) && parts.next().is_none()
    }

    pub(super) fn is_abbreviation(&self, word: u32) -> bool {
        self.abbreviation(word).is_some()
    }

    /// The phrase that a text is: its canonical words, abbreviations spelled out in their likeliest sense.
    pub(super) fn phrase(&mut self, text: &str) -> Result<u32, Refusal> {
        self.making.clear();
        let folded = folded(text)?;
        for token in &folded.tokens {
            let word = self.words.intern(folded.word(token).as_bytes());
            match self.abbreviation(word).and_then(|abbreviation| self.abbreviations[abbreviation].alternatives.first())
            {
                Some(words) => self.making.extend(words),
                None => self.making.push(word),
            }
        }
        Ok(self.phrases.intern(&self.making))
    }

    /// A word's abbreviation.
    fn abbreviation(&self, word: u32) -> Option<usize> {
        index(self.abbreviation_of.get(word as usize).copied().unwrap_or_default())
    }

    /// The folded words of a text.
    pub(super) fn fold(&mut self, text: &str) -> Result<Vec<u32>, Refusal> {
        let folded = folded(text)?;
        Ok(folded.tokens.iter().map(|token| self.words.intern(folded.word(token).as_bytes())).collect())
    }

    /// Reads the rows `text, expansion, kind, source`.
    pub(super) fn abbreviate(&mut self, rows: &[Row<'s>], problems: &mut Vec<Problem>) {
        let mut raw = Map::<u32, (&Row<'s>, Vec<Vec<u32>>)>::default();
        for row in rows {
            if row.has(3) && row.field(3).is_empty() {
                problems.push(row.problem("source is empty"));
            }
            let word = match self.fold(row.field(0)) {
                Ok(words) if words.len() == 1 => words[0],
                Ok(_) => {
                    problems.push(row.problem("an abbreviation is one word; write several as aliases"));
                    continue;
                }
                Err(why) => {
                    problems.push(row.problem(why.as_str()));
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
                match self.fold(text) {
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
                let (text, line) = (self.word(word), other.line);
                problems
                    .push(row.problem(format!("\"{}\" folds to \"{text}\" like {line}; join the rows", row.field(0))));
                continue;
            }
            raw.insert(word, (row, alternatives));
        }
        for (&word, (row, alternatives)) in &raw {
            let mut resolved = Vec::new();
            for words in alternatives {
                let mut out = Vec::new();
                if let Err(cycle) = spell(words, word, &raw, &mut alloc::vec![word], &mut out)
                    && !row.is_under()
                {
                    let cycle = self.word(cycle);
                    problems.push(row.problem(format!("the abbreviations go round in a circle at \"{cycle}\"")));
                }
                resolved.push(out);
            }
            self.abbreviations.push(Abbreviation { word, text: row.field(0), alternatives: resolved });
        }
        let words = &self.words;
        self.abbreviations.sort_by_key(|abbreviation| words.get(abbreviation.word));
        self.abbreviation_of = alloc::vec![0; words.len()];
        for (abbreviation, number) in self.abbreviations.iter().zip(1..) {
            self.abbreviation_of[abbreviation.word as usize] = number;
        }
    }
}

/// The words of a text that can be matched.
pub(super) fn folded(text: &str) -> Result<Text, Refusal> {
    let folded = Text::new(text);
    if folded.truncated {
        return Err(Refusal::TooLong);
    }
    if folded.tokens.is_empty() {
        return Err(Refusal::NoLetter);
    }
    Ok(folded)
}

/// Whether a word is written as it is folded, with a capital. It is an ASCII letter or digit that is asked for.
pub(super) fn is_capital(word: &[u8], written: &[u8]) -> bool {
    let (Some((first, rest)), Some((capital, others))) = (word.split_first(), written.split_first()) else {
        return false;
    };
    first.is_ascii() && first.to_ascii_uppercase() == *capital && rest == others
}

/// More senses than this make every title that holds the word dear to look up, and none of them likely.
const MAX_ALTERNATIVES: usize = 4;

/// Spells out the abbreviations among `words` into `out`; fails with the word that a circle closes at. A word may stand for
/// itself in its own expansion.
fn spell(
    words: &[u32],
    owner: u32,
    raw: &Map<u32, (&Row<'_>, Vec<Vec<u32>>)>,
    path: &mut Vec<u32>,
    out: &mut Vec<u32>,
) -> Result<(), u32> {
    for &word in words {
        match raw.get(&word) {
            Some((_, alternatives)) if word != owner => {
                if path.contains(&word) {
                    return Err(word);
                }
                path.push(word);
                if let Some(first) = alternatives.first() {
                    spell(first, word, raw, path, out)?;
                }
                path.pop();
            }
            _ => out.push(word),
        }
    }
    Ok(())
}
