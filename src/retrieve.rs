//! Retrieval: which aliases share words with a title, and which fields its words speak for.
//!
//! It works from indices baked into the tables and never scans all aliases.
//! This module gathers and orders by similarity. What a similarity is worth is the score module's.

use alloc::vec::Vec;

use arrayvec::ArrayVec;

use crate::lookup::{Lookup, Word};
use crate::math::sqrt;
use crate::parse::{Parse, Use};
use crate::tables::{AFFINITY_UNIT, AliasReader, AliasRow, COMMON, MOST_FIELDS, Tables, mark};
use crate::text::Text;

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
                    *strength = strength.saturating_add(affinity.strength.into());
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
        f32::from(less) * AFFINITY_UNIT as f32 / sqrt(f32::from(self.words.max(1)))
    }
}

/// An alias that shares words with a title.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Similar {
    pub(crate) alias: u32,
    /// Weighted share of words in common, 0 to 1: twice the weight of the common words over the weight of all.
    pub(crate) similarity: f32,
}

/// What a word that the taxonomy doesn't know weighs in a title: less than a word it knows, for it is mostly a product,
/// a team or an employer.
pub(crate) const UNKNOWN_WEIGHT: f32 = 5.0 * 256.0;

/// The aliases that share most with the title, best first; at most `limit`, none below `least`.
pub(crate) fn similar(lookup: &Lookup<'_>, text: &Text, parse: &Parse, limit: usize, least: f32) -> Vec<Similar> {
    let best = Query::new(lookup, text, parse).best(lookup.tables, limit.max(VOTERS), least);
    let mut found: Vec<Similar> = best.found.into_iter().map(|(_, similar)| similar).collect();
    vote(lookup.tables, &mut found);
    found.truncate(limit);
    found
}

/// A word of a title that aliases are looked for by.
pub(crate) struct Asked {
    pub(crate) word: Word,
    pub(crate) weight: f32,
    /// It may name a job, unlike a word of level.
    pub(crate) in_core: bool,
}

impl Asked {
    fn is_common(&self) -> bool {
        self.word.row.postings.0 as usize > COMMON
    }
}

/// The words of a title that aliases hold, the rarest first.
pub(crate) struct Query {
    pub(crate) words: Vec<Asked>,
    /// Their lexemes beside one another, so that an alias's words are looked for in one or two cache lines.
    lexemes: ArrayVec<u32, MOST_WORDS>,
    /// Weight of all words of the title, those included that no alias holds.
    pub(crate) total: f32,
    /// Only one word may name a job.
    single: bool,
}

impl Query {
    /// The title's words: those of the job and those not understood in full, cues by a third, as they may be part of a name.
    pub(crate) fn new(lookup: &Lookup<'_>, text: &Text, parse: &Parse) -> Query {
        let mut words: Vec<Asked> = Vec::new();
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
                let row = lookup.tables.lexemes().get(lexeme as usize);
                if words.iter().any(|asked| asked.word.lexeme == lexeme) {
                    continue;
                }
                let weight = if row.weight == 0 { UNKNOWN_WEIGHT } else { f32::from(row.weight) } * share;
                total += weight;
                words.push(Asked { word: Word { lexeme, row }, weight, in_core });
            }
        }
        words.retain(|asked| asked.word.row.postings.0 > 0);
        words.sort_unstable_by_key(|asked| (asked.word.row.postings.0, asked.word.lexeme));
        words.truncate(MOST_WORDS);
        let lexemes = words.iter().map(|asked| asked.word.lexeme).collect();
        Query { words, lexemes, total, single: core == 1 }
    }

    /// The aliases of the greatest worth that hold one of the words. Those that hold none but common words are looked at only
    /// when the title has no other.
    fn best(&self, tables: Tables<'_>, kept: usize, least: f32) -> Best {
        let aliases = tables.alias_reader();
        let mut best = Best { kept, least, found: Vec::with_capacity(kept + 1) };
        let mut remaining: f32 = self.words.iter().map(|asked| asked.weight).sum();
        for (nth, asked) in self.words.iter().enumerate() {
            // An alias that holds none of the rarer words shares at most what remains, and then some words of its own.
            let enough = best.admits(2.0 * remaining / (self.total + remaining), 100.0);
            if !enough || (asked.is_common() && nth > 0) {
                break;
            }
            remaining -= asked.weight;
            let shares = self.may_share(nth);
            for alias in tables.postings(&asked.word.row) {
                let row = aliases.rows.get(alias as usize);
                let percent = f32::from(aliases.classes.get(row.class.into()).percent);
                let bound = 2.0 * shares[usize::from(row.signature())] / (self.total + row.weight());
                if best.admits(bound, percent)
                    && let Some(similarity) = self.similarity(&aliases, alias, &row, nth)
                    && best.admits(similarity, percent)
                {
                    best.put(Similar { alias, similarity }, similarity * percent);
                }
            }
        }
        best
    }

    /// What an alias that holds word `nth` and none before it shares at most with the title, by the marks of common words that
    /// the alias bears.
    fn may_share(&self, nth: usize) -> [f32; 16] {
        let mut shares = [self.words[nth].weight; 16];
        for asked in &self.words[nth + 1..] {
            for (signature, share) in shares.iter_mut().enumerate() {
                if !asked.is_common() || signature as u8 & mark(asked.word.lexeme) != 0 {
                    *share += asked.weight;
                }
            }
        }
        shares
    }

    /// How similar an alias that holds word `nth` is. `None` if it holds a word before that too, by which it was looked at
    /// already; if words of level are all that is shared; or if the title has one word only and it is not the alias's head.
    fn similarity(&self, aliases: &AliasReader<'_>, alias: u32, row: &AliasRow, nth: usize) -> Option<f32> {
        let (mut common, mut in_core, mut headed) = (0.0, false, false);
        // Which words of the title are counted; one that the alias repeats ("One on One Aide") counts once.
        let mut counted = 0_u64;
        for lexeme in aliases.words(alias as usize) {
            let held = self.lexemes.iter().position(|&known| known == lexeme);
            // The last word is the head.
            headed = held.is_some();
            if held.is_some_and(|held| held < nth) {
                return None;
            }
            if let Some(held) = held.filter(|held| counted >> held & 1 == 0) {
                let asked = &self.words[held];
                counted |= 1 << held;
                common += asked.weight;
                in_core |= asked.in_core;
            }
        }
        if !in_core || (self.single && row.words() > 1 && !headed) {
            return None;
        }
        let similarity = (2.0 * common / (self.total + row.weight())).min(1.0);
        Some(if headed { similarity } else { similarity * crate::score::HEADLESS })
    }
}

/// The aliases of the greatest worth, which is similarity × confidence in hundredths; greatest first.
struct Best {
    kept: usize,
    least: f32,
    found: Vec<(f32, Similar)>,
}

impl Best {
    /// Whether an alias of at most this similarity comes in.
    fn admits(&self, similarity: f32, percent: f32) -> bool {
        let full = self.found.len() == self.kept;
        similarity >= self.least && (!full || self.found.last().is_none_or(|&(worth, _)| similarity * percent >= worth))
    }

    fn put(&mut self, similar: Similar, worth: f32) {
        let before =
            |&(other, found): &(f32, Similar)| other > worth || (other == worth && found.alias < similar.alias);
        let at = self.found.partition_point(before);
        self.found.insert(at, (worth, similar));
        self.found.truncate(self.kept);
    }
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
    found.sort_unstable_by(|a, b| b.similarity.total_cmp(&a.similarity).then(a.alias.cmp(&b.alias)));
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

#[cfg(all(test, feature = "builtin"))]
mod tests {
    use super::*;
    use crate::taxonomy::Taxonomy;

    /// Every alias in turn, with nothing left out by a bound.
    fn brute(query: &Query, tables: Tables<'_>, kept: usize, least: f32) -> Best {
        let aliases = tables.alias_reader();
        let mut best = Best { kept, least, found: Vec::new() };
        for alias in 0..tables.aliases().len() as u32 {
            let row = aliases.rows.get(alias as usize);
            let words: Vec<u32> = aliases.words(alias as usize).collect();
            let gathered = query
                .words
                .iter()
                .enumerate()
                .any(|(nth, asked)| (nth == 0 || !asked.is_common()) && words.contains(&asked.word.lexeme));
            let percent = f32::from(aliases.classes.get(row.class.into()).percent);
            if gathered
                && let Some(similarity) = query.similarity(&aliases, alias, &row, 0)
                && similarity >= least
            {
                best.put(Similar { alias, similarity }, similarity * percent);
            }
        }
        best
    }

    #[test]
    fn the_bounds_lose_nothing() {
        let tables = Taxonomy::builtin().tables();
        for title in [
            "Senior Acme Project Manager",
            "Hydraulic Widget Press Helper",
            "Regional Director of Nursing Informatics",
            "Assistant",
            "Engineer Analyst Coordinator",
            "Lead Potato Inspection Technician (Nights)",
            "Bilingual Spanish Customer Happiness Hero",
            "Kindergarten Robot Repair Teacher",
            "qwertz uiop",
        ] {
            let mut text = Text::new(title);
            let (mut lookup, mut spans) = (Lookup::empty(tables), crate::lookup::Spans::new());
            lookup.read(&mut text, title);
            lookup.spans(&text, &mut spans);
            let parse = crate::parse::parse(&lookup, &text, &spans);
            let query = Query::new(&lookup, &text, &parse);
            for least in [0.42, 0.7] {
                let list = |best: Best| best.found.iter().map(|(_, similar)| similar.alias).collect::<Vec<_>>();
                let (fast, slow) = (query.best(tables, VOTERS, least), brute(&query, tables, VOTERS, least));
                assert_eq!(list(fast), list(slow), "{title}");
            }
        }
    }
}
