//! The lexicon: what the aliases as a whole say of each word — which aliases hold it, how much it tells, how it is written.

use alloc::string::String;
use alloc::vec::Vec;

use super::intern::Map;
use super::model::Model;
use super::vocabulary::is_capital;
use crate::tables::{AFFINITY_SMOOTHING, AFFINITY_UNIT, AffinityRow, MOST_FIELDS};

/// Facts by the number of the word.
pub(super) struct Lexicon<'s> {
    /// How many words the longest phrase has that begins with it.
    pub(super) reach: Vec<u8>,
    /// How much it tells: its inverse document frequency over the aliases, in 1/256.
    pub(super) weights: Vec<u16>,
    /// How it is usually written, if aliases say.
    pub(super) usual: Vec<Option<Written<'s>>>,
    postings: Postings,
}

impl<'s> Lexicon<'s> {
    /// `order` are the aliases as they are numbered.
    pub(super) fn new(model: &Model<'s>, order: &[u32]) -> Lexicon<'s> {
        let words = model.vocabulary.words.len();
        let mut reach = alloc::vec![1; words];
        for phrase in model.vocabulary.phrases.iter() {
            let reach = &mut reach[phrase[0] as usize];
            *reach = phrase.len().min(u8::MAX.into()).max(usize::from(*reach)) as u8;
        }
        let postings = Postings::new(model, order);
        let total = model.aliases.len() as f64;
        let weight = |word| match postings.of(word).len() {
            0 => 0,
            frequency => ((total / frequency as f64).ln_1p() * 256.0) as u16,
        };
        let weights = (0..words as u32).map(weight).collect();
        Lexicon { reach, weights, usual: usual(model), postings }
    }

    /// The aliases that hold a word, ascending.
    pub(super) fn postings(&self, word: u32) -> &[u32] {
        self.postings.of(word)
    }
}

/// How a word is written.
#[derive(Clone, Copy)]
pub(super) enum Written<'s> {
    /// As it is folded, with a capital.
    Capital,
    As(&'s str),
}

/// How each word is written by most of the aliases that write their words one by one.
fn usual<'s>(model: &Model<'s>) -> Vec<Option<Written<'s>>> {
    // Nearly all are written with capitals and counted without a look at any text.
    let mut capitals = alloc::vec![0; model.vocabulary.words.len()];
    let mut others = Map::<(u32, &str), u32>::default();
    for alias in &model.aliases {
        let words = model.vocabulary.phrases.get(alias.phrase);
        if alias.capitals {
            words.iter().for_each(|&word| capitals[word as usize] += 1);
        } else if alias.text.split(' ').count() == words.len() {
            for (&word, text) in words.iter().zip(alias.text.split(' ')) {
                if is_capital(model.vocabulary.words.get(word), text.as_bytes()) {
                    capitals[word as usize] += 1;
                } else {
                    *others.entry((word, text)).or_default() += 1;
                }
            }
        }
    }
    let mut usual: Vec<(u32, Option<Written<'_>>)> =
        capitals.into_iter().map(|count| (count, (count > 0).then_some(Written::Capital))).collect();
    for ((word, text), count) in others {
        let (most, best) = &mut usual[word as usize];
        // Of those as frequent the first in the alphabet.
        let before = match best {
            None => true,
            Some(Written::Capital) => text < capital(model.vocabulary.word(word)).as_str(),
            Some(Written::As(best)) => text < *best,
        };
        if count > *most || count == *most && before {
            (*most, *best) = (count, Some(Written::As(text)));
        }
    }
    usual.into_iter().map(|(_, best)| best).collect()
}

/// A word with a capital.
pub(super) fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

/// For each word the aliases that hold it, one list behind the other.
struct Postings {
    aliases: Vec<u32>,
    /// Where each word's list begins, and where the last ends.
    starts: Vec<u32>,
}

impl Postings {
    /// Counts, then fills.
    fn new(model: &Model<'_>, order: &[u32]) -> Postings {
        // An alias that holds a word twice counts once.
        let held = || {
            order.iter().zip(0..).flat_map(|(&index, number)| {
                let words = model.vocabulary.phrases.get(model.aliases[index as usize].phrase);
                let first = move |&(at, word): &(usize, &u32)| !words[..at].contains(word);
                words.iter().enumerate().filter(first).map(move |(_, &word)| (word as usize, number))
            })
        };
        let mut starts = alloc::vec![0; model.vocabulary.words.len() + 1];
        held().for_each(|(word, _)| starts[word + 1] += 1);
        for word in 1..starts.len() {
            starts[word] += starts[word - 1];
        }
        let mut aliases = alloc::vec![0; starts.last().map_or(0, |&end| end as usize)];
        let mut next = starts.clone();
        for (word, number) in held() {
            aliases[next[word] as usize] = number;
            next[word] += 1;
        }
        Postings { aliases, starts }
    }

    fn of(&self, word: u32) -> &[u32] {
        let word = word as usize;
        &self.aliases[self.starts[word] as usize..self.starts[word + 1] as usize]
    }
}

/// How much the words speak for fields.
pub(super) struct Affinities {
    /// The field of each alias.
    fields: Vec<u8>,
    /// How many aliases each field has.
    sizes: [f64; MOST_FIELDS],
}

impl Affinities {
    pub(super) fn new(fields: Vec<u8>) -> Affinities {
        let mut sizes = [0.0; MOST_FIELDS];
        fields.iter().for_each(|&field| sizes[usize::from(field)] += 1.0);
        Affinities { fields, sizes }
    }

    /// The fields that a word of these aliases speaks for, ascending.
    pub(super) fn of(&self, postings: &[u32]) -> Vec<AffinityRow> {
        let mut held = [0.0; MOST_FIELDS];
        postings.iter().for_each(|&alias| held[usize::from(self.fields[alias as usize])] += 1.0);
        let lent = AFFINITY_SMOOTHING * postings.len() as f64 / self.fields.len() as f64;
        let strength = |count: f64, size: f64| ((count / size + lent) / lent).ln();
        held.iter()
            .zip(self.sizes)
            .zip(0..=u8::MAX)
            .filter(|&((&count, _), _)| count > 0.0)
            .map(|((&count, size), field)| {
                let strength = (strength(count, size) / AFFINITY_UNIT).round().min(u8::MAX.into()) as u8;
                AffinityRow { field, strength }
            })
            .filter(|row| row.strength > 0)
            .collect()
    }
}
