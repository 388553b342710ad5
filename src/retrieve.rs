//! Retrieval: what a misspelt word may have been, and which aliases share words with a title.
//!
//! Both work from indices baked into the tables; neither ever scans all words or all aliases.
//! This module gathers and orders by similarity. What a similarity is worth is the score module's.

use alloc::vec::Vec;

use arrayvec::ArrayVec;

use crate::lookup::{Lookup, Word};
use crate::parse::{Parse, Use};
use crate::tables::{AFFINITY_UNIT, MIN_CORRECTED, MOST_FIELDS, Tables, deletions};
use crate::text::Text;

/// A word of the taxonomy that a misspelt word may have been.
#[derive(Clone, Copy)]
pub(crate) struct Correction {
    pub(crate) word: Word,
    /// 1 for the same word, less by the share of letters that differ.
    pub(crate) similarity: f32,
}

/// The likeliest word of the taxonomy that `word` is a misspelling of.
///
/// Finds every word at one insertion, deletion, substitution or transposition, and those at two that share a
/// one-letter deletion with it. One edit is allowed from [`ONE_EDIT`] letters, two from [`TWO_EDITS`].
pub(crate) fn correct(tables: Tables<'_>, word: &str) -> Option<Correction> {
    let letters = word.chars().count();
    let allowed = match letters {
        TWO_EDITS.. => 2,
        ONE_EDIT.. => 1,
        _ => return None,
    };
    let mut best: Option<(usize, u32, Correction)> = None;
    deletions(word, |hash| {
        for lexeme in tables.deleted(hash) {
            let row = tables.lexemes().get(lexeme as usize);
            let text = tables.str(row.text);
            let edits = strsim::osa_distance(word, text);
            // The first letter is seldom wrong; a slip there counts as one more.
            let cost = edits * 2 + usize::from(word.as_bytes().first() != text.as_bytes().first());
            if edits > allowed {
                continue;
            }
            let better = match &best {
                Some((least, postings, _)) => {
                    (cost, core::cmp::Reverse(row.postings.0)) < (*least, core::cmp::Reverse(*postings))
                }
                None => true,
            };
            if better {
                let longest = letters.max(text.chars().count()) as f32;
                let similarity = 1.0 - edits as f32 / longest;
                let word = Word { lexeme, row };
                best = Some((cost, row.postings.0, Correction { word, similarity }));
            }
        }
    });
    best.map(|(_, _, correction)| correction)
}

/// Shorter words have too many neighbours at one edit.
const ONE_EDIT: usize = 5;
/// At eight letters two edits still leave three quarters of the word.
const TWO_EDITS: usize = 8;
const _: () = assert!(ONE_EDIT >= MIN_CORRECTED);

/// How much the words of a title speak for each field.
pub(crate) struct Fields {
    strengths: [u16; MOST_FIELDS],
    most: u16,
    words: u16,
}

impl Fields {
    /// Adds up what the words that may name a job say.
    pub(crate) fn new(lookup: &Lookup<'_>, parse: &Parse) -> Fields {
        let mut fields = Fields { strengths: [0; MOST_FIELDS], most: 0, words: 0 };
        for at in parse.core() {
            for (_, lexeme) in lookup.sense(at, 0) {
                let row = lookup.tables.lexemes().get(lexeme as usize);
                fields.words += u16::from(row.postings.0 > 0);
                for affinity in lookup.tables.affinities_of(&row) {
                    let strength = &mut fields.strengths[usize::from(affinity.field)];
                    *strength += u16::from(affinity.strength);
                    fields.most = fields.most.max(*strength);
                }
            }
        }
        fields
    }

    /// By how much less the words speak for a field than for the field that they speak for most: the difference of the
    /// logarithms, over the square root of the number of words, as these are not independent.
    pub(crate) fn gap(&self, field: u8) -> f32 {
        let less = self.most - self.strengths[usize::from(field)];
        f32::from(less) * AFFINITY_UNIT as f32 / sqrt(self.words.max(1))
    }
}

/// Square root by Newton's method, as `core` has none; four steps are exact to a thousandth below 100.
fn sqrt(number: u16) -> f32 {
    let number = f32::from(number);
    (0..4).fold(number.max(1.0) / 2.0 + 0.5, |root, _| (root + number / root) / 2.0)
}

/// An alias that shares words with a title.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Similar {
    pub(crate) alias: u32,
    /// Weighted share of words in common, 0 to 1: twice the weight of the common words over the weight of all.
    pub(crate) similarity: f32,
}

/// A word held by more aliases than this tells too little to gather by, unless the title has none rarer.
const COMMON: u32 = 800;

/// What a word that the taxonomy doesn't know weighs in a title: less than a word it knows, for it is mostly a product,
/// a team or an employer.
pub(crate) const UNKNOWN_WEIGHT: f32 = 5.0 * 256.0;

/// The aliases that share most with the title, best first; at most `limit`, none below `least`.
pub(crate) fn similar(lookup: &Lookup<'_>, text: &Text, parse: &Parse, limit: usize, least: f32) -> Vec<Similar> {
    let tables = lookup.tables;
    // The title's words: those of the job and those not understood in full, cues by a third, as they may be part of a name.
    let mut query: Vec<(Word, f32, bool)> = Vec::new();
    let mut total = 0.0;
    let mut core = 0;
    for at in 0..text.tokens.len() {
        let share = match parse.uses[at] {
            Use::Job | Use::Rest => 1.0,
            Use::Cue => 0.3,
            Use::Qualifier | Use::Connector => continue,
        };
        // A single letter ("N/A") is no word to be similar by.
        let in_core = parse.uses[at] != Use::Cue && text.word(&text.tokens[at]).len() > 1;
        core += usize::from(in_core);
        let sense = lookup.sense(at, 0);
        if sense.is_empty() {
            total += UNKNOWN_WEIGHT * share;
        }
        for (_, lexeme) in sense {
            let row = tables.lexemes().get(lexeme as usize);
            if query.iter().any(|(word, ..)| word.lexeme == lexeme) {
                continue;
            }
            let weight = if row.weight == 0 { UNKNOWN_WEIGHT } else { f32::from(row.weight) } * share;
            total += weight;
            query.push((Word { lexeme, row }, weight, in_core));
        }
    }
    query.retain(|(word, ..)| word.row.postings.0 > 0);
    query.sort_by_key(|(word, ..)| word.row.postings.0);
    query.truncate(MOST_WORDS);
    let mut gathered: Vec<u32> = Vec::new();
    let mut remaining: f32 = query.iter().map(|(_, weight, _)| weight).sum();
    for (word, weight, _) in &query {
        // An alias that holds none of the words so far shares at most what remains, and then some words of its own.
        let enough = 2.0 * remaining / (total + remaining) >= least;
        if !enough || (word.row.postings.0 > COMMON && !gathered.is_empty()) {
            break;
        }
        gathered.extend(tables.postings(&word.row));
        remaining -= weight;
    }
    gathered.sort_unstable();
    gathered.dedup();
    // Beside one another, so that an alias's words are looked for in one cache line.
    let lexemes: Vec<u32> = query.iter().map(|(word, ..)| word.lexeme).collect();
    let known: f32 = query.iter().map(|(_, weight, _)| weight).sum();
    let heaviest = 2.0 * known / least - total;
    let mut found: Vec<Similar> = Vec::new();
    for alias in gathered {
        let row = tables.aliases().get(alias as usize);
        if row.weight() > heaviest {
            continue;
        }
        let (mut common, mut in_core, mut headed) = (0.0, false, false);
        // Which words of the title are counted; one that the alias repeats ("One on One Aide") counts once.
        let mut counted = 0_u64;
        for lexeme in tables.words_of(tables.alias_words(alias as usize)) {
            let held = lexemes.iter().position(|&known| known == lexeme);
            // The last word is the head.
            headed = held.is_some();
            if let Some(nth) = held.filter(|nth| counted >> nth & 1 == 0) {
                let (_, weight, of_core) = &query[nth];
                counted |= 1 << nth;
                common += weight;
                in_core |= of_core;
            }
        }
        // Words of level alone make nothing similar, nor does the one word of a title that is no head.
        if !in_core || (core == 1 && row.words > 1 && !headed) {
            continue;
        }
        let mut similarity = (2.0 * common / (total + row.weight())).min(1.0);
        if !headed {
            similarity *= crate::score::HEADLESS;
        }
        if similarity >= least {
            found.push(Similar { alias, similarity });
        }
    }
    let worth = |s: &Similar| s.similarity * f32::from(tables.class(&tables.aliases().get(s.alias as usize)).percent);
    let order = |a: &Similar, b: &Similar| worth(b).total_cmp(&worth(a)).then(a.alias.cmp(&b.alias));
    let kept = limit.max(VOTERS);
    if found.len() > kept {
        found.select_nth_unstable_by(kept, order);
        found.truncate(kept);
    }
    found.sort_unstable_by(order);
    vote(tables, &mut found);
    found.truncate(limit);
    found
}

/// Lets aliases speak for their function: where several are similar, the title is more likely one of theirs.
fn vote(tables: Tables<'_>, found: &mut [Similar]) {
    let function = |alias: u32| {
        let focus = tables.alias_focus(alias as usize);
        tables.focuses().get(focus.into()).function
    };
    let voters: ArrayVec<(u16, f32), VOTERS> =
        found.iter().take(VOTERS).map(|similar| (function(similar.alias), similar.similarity)).collect();
    for (nth, similar) in found.iter_mut().enumerate() {
        let own = function(similar.alias);
        let others = voters.iter().enumerate().filter(|&(voter, &(of, _))| voter != nth && of == own);
        let votes: f32 = others.take(3).map(|(_, (_, similarity))| similarity * similarity).sum();
        similar.similarity = (similar.similarity + VOTE * votes).min(MOST_SIMILAR);
    }
    found.sort_by(|a, b| b.similarity.total_cmp(&a.similarity).then(a.alias.cmp(&b.alias)));
}

/// Words of a title that are looked for in aliases, the rarest first; a bit each must do.
const MOST_WORDS: usize = u64::BITS as usize;

/// The aliases whose functions are counted.
const VOTERS: usize = 24;
/// What a like alias of the same function adds. Measured on labelled titles: from 0.05 on the right function comes up one
/// title in a hundred more often; above 0.1 what is under review becomes Confident more often than it should.
const VOTE: f32 = 0.07;
/// However many speak for it, a title that only shares words is not the same.
const MOST_SIMILAR: f32 = 0.98;
