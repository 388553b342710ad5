//! Correction: which words of the taxonomy the unknown words of a title may be misspellings of.
//!
//! A word by itself has many neighbours; beside the other words of an alias it mostly has one. So of the words that a misspelt
//! one may have been, that which makes a phrase with its neighbours goes first, and only for such a phrase is a space moved,
//! put in or taken out. This module changes how words are read. What they mean together is not its business.

use core::cell::LazyCell;

use arrayvec::{ArrayString, ArrayVec};

use crate::lookup::{Lookup, Word};
use crate::tables::{MIN_CORRECTED, Tables, WordsRef, deletions};
use crate::text::{MAX_TOKENS, Separator, Text};
use crate::{hash, text};

/// A word of a title that was read as another.
#[derive(Clone, Copy)]
pub(crate) struct Correction {
    /// Which word of the title.
    pub(crate) at: u8,
    pub(crate) word: Word,
    /// 1 for the same word, less by the share of letters that differ.
    pub(crate) similarity: f32,
}

/// The corrections of one title. Beyond four misspelt words nothing is left to correct by.
pub(crate) type Corrections = ArrayVec<Correction, 4>;

/// Reads the unknown words of a title as those they may have been.
pub(crate) fn correct(lookup: &mut Lookup<'_>, text: &mut Text, title: &str, corrections: &mut Corrections) {
    let mut at = 0;
    while at < text.tokens.len() {
        let unknown = lookup.words[at].is_none() && !text.tokens[at].digits;
        if unknown && corrections.remaining_capacity() >= 2 {
            at += word(lookup, text, title, at, corrections);
        } else {
            at += 1;
        }
    }
}

/// Corrects the word `at`, and answers by how many words to go on.
fn word(lookup: &mut Lookup<'_>, text: &mut Text, title: &str, at: usize, corrections: &mut Corrections) -> usize {
    match reading(lookup, text, at) {
        Some(Reading::Word(Candidate { word, similarity, .. })) => read(lookup, at, &[word], similarity, corrections),
        Some(Reading::Two { end, start, words }) => {
            let similarity = half_an_edit(text.word(&text.tokens[at]).len());
            text.part(at, end, start, title);
            lookup.words.insert(at + 1, None);
            read(lookup, at, &words, similarity, corrections)
        }
        Some(Reading::Joined { first, word }) => {
            text.merge(first);
            lookup.words.remove(first + 1);
            let similarity = half_an_edit(text.word(&text.tokens[first]).len());
            read(lookup, first, &[word], similarity, corrections) + first - at
        }
        Some(Reading::Moved { first, cut, words }) => {
            text.merge(first);
            let similarity = half_an_edit(text.word(&text.tokens[first]).len());
            text.part(first, cut, cut, title);
            read(lookup, first, &words, similarity, corrections) + first - at
        }
        None => 1,
    }
}

/// What an unknown word is read as.
enum Reading {
    /// As another word.
    Word(Candidate),
    /// As two words that lost the space between them, "MachineOperator": where the first ends and the second starts.
    Two { end: usize, start: usize, words: [Word; 2] },
    /// The words `first` and the next as one that got a space: "Elec trician".
    Joined { first: usize, word: Word },
    /// The words `first` and the next as two whose space is a letter off: "Foo dPhotographer".
    Moved { first: usize, cut: usize, words: [Word; 2] },
}

/// What the word `at` is most likely read as.
fn reading(lookup: &Lookup<'_>, text: &Text, at: usize) -> Option<Reading> {
    let row = LazyCell::new(|| Row::new(lookup, text));
    let mut near = neighbours(lookup.tables, text.word(&text.tokens[at]));
    // The first of those that make the longest phrase.
    let longest = near
        .iter()
        .enumerate()
        .rev()
        .map(|(nth, near)| (row.longest(at, 1, &[near.word]), nth))
        .max_by_key(|best| best.0);
    if let Some((_, nth)) = longest.filter(|&(words, _)| words > 1) {
        return Some(Reading::Word(near.swap_remove(nth)));
    }
    let written = text.word(&text.tokens[at]);
    let makes_phrase = |first: usize, count: usize, words: &[Word]| row.longest(first, count, words) > 1;
    two(lookup.tables, text, written, |words| makes_phrase(at, 1, words))
        .or_else(|| respaced(lookup.tables, text, at, &makes_phrase))
        // With an unknown word before it, it was tried from there.
        .or_else(|| {
            let before = at.checked_sub(1).filter(|&before| lookup.words[before].is_some())?;
            respaced(lookup.tables, text, before, &makes_phrase)
        })
        .or_else(|| near.into_iter().find(|near| near.alone).map(Reading::Word))
}

/// One of several letters is not where it should be, or is a space.
fn half_an_edit(letters: usize) -> f32 {
    1.0 - 0.5 / letters as f32
}

/// A word of the taxonomy that a misspelt word may have been.
struct Candidate {
    word: Word,
    similarity: f32,
    /// It is long enough to be believed whatever stands beside it.
    alone: bool,
}

/// Shorter words have too many neighbours at one edit to be corrected without a phrase that they belong to.
const ONE_EDIT: usize = 5;
/// At eight letters two edits still leave three quarters of the word.
const TWO_EDITS: usize = 8;
/// So many neighbours are looked at; a word of five letters seldom has more.
const MOST_NEIGHBOURS: usize = 6;

/// The words of the taxonomy near to `word`, the likeliest first.
///
/// Finds every word at one insertion, deletion, substitution or transposition, and those at two that share a one-letter
/// deletion with it. By itself a word is believed to have one wrong letter from [`ONE_EDIT`] letters, two from [`TWO_EDITS`];
/// in a phrase one and two from [`MIN_CORRECTED`] and [`ONE_EDIT`].
fn neighbours(tables: Tables<'_>, word: &str) -> ArrayVec<Candidate, MOST_NEIGHBOURS> {
    let letters = word.chars().count();
    let (allowed, alone) = match letters {
        TWO_EDITS.. => (2, 2),
        ONE_EDIT.. => (2, 1),
        MIN_CORRECTED.. => (1, 0),
        _ => return ArrayVec::new(),
    };
    let mut near = ArrayVec::<(usize, Candidate), { MOST_NEIGHBOURS + 1 }>::new();
    deletions(word, |hash| {
        for lexeme in tables.deleted(hash) {
            let row = tables.lexemes().get(lexeme as usize);
            let text = tables.str(row.text);
            let edits = strsim::osa_distance(word, text);
            if edits > allowed || near.iter().any(|(_, candidate)| candidate.word.lexeme == lexeme) {
                continue;
            }
            // The first letter is seldom wrong; a slip there counts as one more.
            let cost = edits * 2 + usize::from(word.as_bytes().first() != text.as_bytes().first());
            let before = |(least, other): &(usize, Candidate)| {
                (*least, core::cmp::Reverse(other.word.row.postings.0)) <= (cost, core::cmp::Reverse(row.postings.0))
            };
            let place = near.partition_point(before);
            let longest = letters.max(text.chars().count()) as f32;
            let similarity = 1.0 - edits as f32 / longest;
            let candidate = Candidate { word: Word { lexeme, row }, similarity, alone: edits <= alone };
            near.insert(place, (cost, candidate));
            near.truncate(MOST_NEIGHBOURS);
        }
    });
    near.into_iter().map(|(_, candidate)| candidate).collect()
}

/// The known word that a part of a word is.
fn known(tables: Tables<'_>, part: &str) -> Option<Word> {
    let (lexeme, row) = tables.lexeme(text::key(part))?;
    Some(Word { lexeme: lexeme as u32, row })
}

/// Two words that lost the space between them, or have a letter in its place, if they are known and fit.
fn two(tables: Tables<'_>, text: &Text, written: &str, fit: impl Fn(&[Word]) -> bool) -> Option<Reading> {
    if text.tokens.is_full() {
        return None;
    }
    cuts(written).find_map(|end| {
        let first = known(tables, &written[..end])?;
        let skipped = end + written[end..].chars().next().map_or(0, char::len_utf8);
        [end, skipped].into_iter().filter(|&start| written.len() >= start + MIN_PART).find_map(|start| {
            let words = [first, known(tables, &written[start..])?];
            fit(&words).then_some(Reading::Two { end, start, words })
        })
    })
}

/// The words `first` and the next as one, or with the space between them a letter off, if that gives known words that fit.
fn respaced(
    tables: Tables<'_>,
    text: &Text,
    first: usize,
    fit: &impl Fn(usize, usize, &[Word]) -> bool,
) -> Option<Reading> {
    let next = text.tokens.get(first + 1).filter(|next| next.before <= Separator::Hyphen)?;
    let (left, right) = (text.word(&text.tokens[first]), text.word(next));
    let mut whole = ArrayString::<LONGEST>::new();
    whole.try_push_str(left).and_then(|()| whole.try_push_str(right)).ok()?;
    if !text.has_room_for(whole.len()) {
        return None;
    }
    if let Some(word) = known(tables, &whole).filter(|&word| fit(first, 2, &[word])) {
        return Some(Reading::Joined { first, word });
    }
    cuts(&whole).filter(|cut| cut.abs_diff(left.len()) == 1).find_map(|cut| {
        let words = [known(tables, &whole[..cut])?, known(tables, &whole[cut..])?];
        fit(first, 2, &words).then_some(Reading::Moved { first, cut, words })
    })
}

/// The shortest part of a word that is read as two.
const MIN_PART: usize = 2;

/// The longest two words that are read as one or parted anew.
const LONGEST: usize = 40;

/// Where a word can be parted.
fn cuts(word: &str) -> impl Iterator<Item = usize> + '_ {
    (MIN_PART..(word.len() + 1).saturating_sub(MIN_PART)).filter(|&cut| word.is_char_boundary(cut))
}

/// Makes the words from `at` on these.
fn read(lookup: &mut Lookup<'_>, at: usize, words: &[Word], similarity: f32, corrections: &mut Corrections) -> usize {
    for (nth, &word) in words.iter().enumerate() {
        lookup.words[at + nth] = Some(word);
        corrections.push(Correction { at: (at + nth) as u8, word, similarity });
    }
    words.len()
}

/// The words of a title as a row of lexemes, abbreviations in their likeliest sense; unknown words and breaks part it.
struct Row<'t> {
    tables: Tables<'t>,
    /// Each with the word of the title that it is of.
    lexemes: ArrayVec<(u8, Option<(u64, u32)>), { 2 * MAX_TOKENS }>,
}

impl<'t> Row<'t> {
    fn new(lookup: &Lookup<'t>, text: &Text) -> Row<'t> {
        let mut lexemes = ArrayVec::new();
        for (at, token) in text.tokens.iter().enumerate() {
            let mut put = |of, lexeme| {
                let _ = lexemes.try_push((of, lexeme));
            };
            if token.before > Separator::And {
                put(BREAK, None);
            }
            match lookup.words[at] {
                Some(_) => lookup.sense(at, 0).into_iter().for_each(|lexeme| put(at as u8, Some(lexeme))),
                None => put(at as u8, None),
            }
        }
        Row { tables: lookup.tables, lexemes }
    }

    /// How many words the longest phrase has that holds `words`, put in the place of the `count` words of the title from `at`
    /// on, and names a job; 0 if there is none. A phrase that is one word, but was two, has lost nothing and counts as two.
    fn longest(&self, at: usize, count: usize, words: &[Word]) -> usize {
        let inside = |&(of, _): &(u8, Option<_>)| (at..at + count).contains(&usize::from(of));
        let Some(start) = self.lexemes.iter().position(inside) else { return 0 };
        let end = self.lexemes.iter().rposition(inside).map_or(start, |last| last + 1);
        let known = |lexeme: &(u8, Option<(u64, u32)>)| lexeme.1;
        let before: ArrayVec<_, REACH> = self.lexemes[..start].iter().rev().map_while(known).take(REACH).collect();
        let after: ArrayVec<_, REACH> = self.lexemes[end..].iter().map_while(known).take(REACH).collect();
        let mut phrase = ArrayVec::<(u64, u32), { WordsRef::MOST }>::new();
        let mut longest = 0;
        for left in 0..=before.len() {
            phrase.clear();
            phrase.extend(before[..left].iter().rev().copied());
            phrase.extend(words.iter().map(|word| (word.row.key.0, word.lexeme)));
            if self.names_job(&phrase) {
                longest = longest.max(phrase.len().max(count));
            }
            for &lexeme in &after {
                phrase.push(lexeme);
                if phrase.len() > longest && self.names_job(&phrase) {
                    longest = phrase.len();
                }
            }
        }
        longest
    }

    /// Whether the words are the name of a job.
    fn names_job(&self, words: &[(u64, u32)]) -> bool {
        let tables = self.tables;
        let sense = match *words {
            [(_, lexeme)] => tables.sense(tables.lexemes().get(lexeme as usize).sense),
            _ => {
                let bag = hash::bag(words.iter().map(|&(key, _)| key));
                tables.phrase(bag, words.iter().map(|&(_, lexeme)| lexeme))
            }
        };
        sense.is_some_and(|sense| sense.names_job())
    }
}

/// Stands for no word: nothing is read across it.
const BREAK: u8 = u8::MAX;

/// So many words at either side are looked at; few aliases have more than five in all.
const REACH: usize = 5;
