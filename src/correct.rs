//! Correction: which words of the taxonomy the unknown words of a title may be misspellings of.
//!
//! A word by itself has many neighbours; beside the other words of an alias it mostly has one. So of the words that a misspelt
//! one may have been, that which makes a phrase with its neighbours goes first, and only for such a phrase is a space moved,
//! put in or taken out. This module changes how words are read. What they mean together is not its business.

use arrayvec::ArrayVec;

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

/// Corrects the word `at`, and answers how many words it is then.
fn word(lookup: &mut Lookup<'_>, text: &mut Text, title: &str, at: usize, corrections: &mut Corrections) -> usize {
    let row = Row::new(lookup, text);
    let near = neighbours(lookup.tables, text.word(&text.tokens[at]));
    let context = |candidate: &Candidate| row.longest(at, 1, &[candidate.word]);
    // The first of those that make the longest phrase.
    let best = near.iter().rev().max_by_key(|candidate| context(candidate));
    if let Some(best) = best.filter(|best| context(best) > 1) {
        return best.read(lookup, at, corrections);
    }
    if let Some(words) = parted(lookup, text, &row, title, at, corrections) {
        return words;
    }
    match near.iter().find(|candidate| candidate.alone) {
        Some(candidate) => candidate.read(lookup, at, corrections),
        None => 1,
    }
}

/// A word of the taxonomy that a misspelt word may have been.
struct Candidate {
    word: Word,
    similarity: f32,
    /// It is long enough to be believed whatever stands beside it.
    alone: bool,
}

impl Candidate {
    fn read(&self, lookup: &mut Lookup<'_>, at: usize, corrections: &mut Corrections) -> usize {
        lookup.words[at] = Some(self.word);
        corrections.push(Correction { at: at as u8, word: self.word, similarity: self.similarity });
        1
    }
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

/// Reads the word `at` as two that lost the space between them ("MachineOperator"), or it and the next, or the one before, as
/// two whose space is a letter off ("Foo dPhotographer") or as one that got a space ("Elec trician"). `None` if that makes no
/// phrase.
fn parted(
    lookup: &mut Lookup<'_>,
    text: &mut Text,
    row: &Row<'_>,
    title: &str,
    at: usize,
    corrections: &mut Corrections,
) -> Option<usize> {
    let tables = lookup.tables;
    let known = |part: &str| {
        let (lexeme, row) = tables.lexeme(text::key(part))?;
        Some(Word { lexeme: lexeme as u32, row })
    };
    let written = text.word(&text.tokens[at]);
    let within = cuts(written, MIN_PART).find_map(|cut| {
        let first = known(&written[..cut])?;
        // As it is, and with a letter in the place of the space.
        let skipped = cut + written[cut..].chars().next().map_or(0, char::len_utf8);
        [cut, skipped].into_iter().filter(|&from| written.len() >= from + MIN_PART).find_map(|from| {
            let words = [first, known(&written[from..])?];
            (row.longest(at, 1, &words) > 1).then_some((cut, from, words))
        })
    });
    if let Some((end, start, words)) = within {
        if text.tokens.is_full() {
            return None;
        }
        let similarity = 1.0 - 0.5 / written.len() as f32;
        text.part(at, end, start, title);
        lookup.words.insert(at + 1, None);
        return Some(read(lookup, at, &words, similarity, corrections));
    }
    for first in [Some(at), at.checked_sub(1)].into_iter().flatten() {
        let Some(next) = text.tokens.get(first + 1).filter(|next| next.before <= Separator::Hyphen) else { continue };
        let (left, right) = (text.word(&text.tokens[first]), text.word(next));
        let mut whole = ArrayVec::<u8, LONGEST>::new();
        if whole.try_extend_from_slice(left.as_bytes()).and(whole.try_extend_from_slice(right.as_bytes())).is_err() {
            continue;
        }
        let Ok(whole) = core::str::from_utf8(&whole) else { continue };
        let similarity = 1.0 - 0.5 / whole.len() as f32;
        if let Some(one) = known(whole)
            && row.longest(first, 2, &[one]) > 0
        {
            text.merge(first);
            lookup.words.remove(first + 1);
            read(lookup, first, &[one], similarity, corrections);
            return Some(if first < at { 0 } else { 1 });
        }
        let moved = cuts(whole, MIN_PART).filter(|&cut| cut.abs_diff(left.len()) == 1).find_map(|cut| {
            let words = [known(&whole[..cut])?, known(&whole[cut..])?];
            (row.longest(first, 2, &words) > 1).then_some((cut, words))
        });
        if let Some((cut, words)) = moved {
            if !text.merge(first) {
                return None;
            }
            text.part(first, cut, cut, title);
            read(lookup, first, &words, similarity, corrections);
            return Some(if first < at { 1 } else { 2 });
        }
    }
    None
}

/// The shortest part of a word that is read as two.
const MIN_PART: usize = 2;

/// The longest two words that are read as one or parted anew.
const LONGEST: usize = 40;

/// Where a word can be parted so that both parts have at least `least` bytes.
fn cuts(word: &str, least: usize) -> impl Iterator<Item = usize> + '_ {
    (least..(word.len() + 1).saturating_sub(least)).filter(|&cut| word.is_char_boundary(cut))
}

/// Makes the words from `at` on these.
fn read(
    lookup: &mut Lookup<'_>,
    at: usize,
    words: &[Word],
    similarity: f32,
    corrections: &mut Corrections,
) -> usize {
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
    /// on, and names a job; 0 if there is none.
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
                longest = longest.max(phrase.len());
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
        match words {
            &[(_, lexeme)] => tables.sense(tables.lexemes().get(lexeme as usize).sense).is_some_and(|sense| sense.names_job()),
            _ => tables
                .phrases(hash::bag(words.iter().map(|&(key, _)| key)))
                .any(|sense| sense.names_job() && tables.words_of(sense.words).eq(words.iter().map(|&(_, lexeme)| lexeme))),
        }
    }
}

/// Stands for no word: nothing is read across it.
const BREAK: u8 = u8::MAX;

/// So many words at either side are looked at; few aliases have more than five in all.
const REACH: usize = 5;
