//! Lookup: which of a title's words and phrases the taxonomy knows.
//!
//! Every word is looked up once; phrases are found by extending hashes word by word, abbreviations spelled out on the way.
//! This module finds what is there. It must not decide which of it counts: that is the parse module's.

use arrayvec::ArrayVec;

use crate::hash;
use crate::tables::{LexemeRow, MIN_HEAD, SenseRow, Tables, WordsRef, index};
use crate::text::{MAX_TOKENS, Separator, Text};

/// Spans kept for one title. Real titles have about two for each word; what is beyond is dropped.
pub(crate) const MAX_SPANS: usize = 64;

/// Phrase look-ups for one title, so that a title made of abbreviations with many senses stays bounded.
const MAX_PROBES: u32 = 256;

/// A word's entry in the lexicon.
#[derive(Clone, Copy)]
pub(crate) struct Word {
    pub(crate) lexeme: u32,
    pub(crate) row: LexemeRow,
}

/// Words `start..end` of a title, which together are a known phrase.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Span {
    pub(crate) start: u8,
    pub(crate) end: u8,
    /// How many words the phrase has when spelled out.
    pub(crate) words: u8,
    /// How many abbreviations were not read in their likeliest sense.
    pub(crate) unlikely: u8,
    /// What the phrase is: indices into the tables.
    pub(crate) alias: Option<u32>,
    pub(crate) ambiguity: Option<u32>,
    pub(crate) cue: Option<u16>,
    pub(crate) qualifier: Option<u16>,
}

impl Span {
    pub(crate) fn overlaps(&self, other: &Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether `other` lies inside and is shorter.
    pub(crate) fn covers(&self, other: &Span) -> bool {
        self.start <= other.start && other.end <= self.end && self.end - self.start > other.end - other.start
    }

    /// Whether it is a title that no job may claim.
    pub(crate) fn is_block(&self, tables: Tables<'_>) -> bool {
        self.ambiguity.is_some_and(|at| tables.ambiguities().get(at as usize).is_block())
    }

    pub(crate) fn tokens(&self) -> core::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// The known phrases of a title.
pub(crate) type Spans = ArrayVec<Span, MAX_SPANS>;

/// The words of a title with their entries.
pub(crate) struct Lookup<'t> {
    pub(crate) tables: Tables<'t>,
    pub(crate) words: ArrayVec<Option<Word>, MAX_TOKENS>,
}

impl<'t> Lookup<'t> {
    /// The look-up of no title, to be [`read`](Self::read) into, as it is large.
    #[inline]
    pub(crate) fn empty(tables: Tables<'t>) -> Lookup<'t> {
        Lookup { tables, words: ArrayVec::new_const() }
    }

    /// Looks up every word of `title`, and parts the compounds in `text` whose last part the taxonomy knows as one.
    pub(crate) fn read(&mut self, text: &mut Text, title: &str) {
        let tables = self.tables;
        let longest = usize::from(tables.meta().get(0).longest_head);
        // What a compound was parted in has been looked at: a head ends only the whole.
        let (mut at, mut parted) = (0, 0);
        while at < text.tokens.len() {
            let mut found = tables.lexeme(text.tokens[at].key);
            if found.is_none() && longest > 0 && at >= parted {
                if let Some(stem) = masculine(tables, text, at) {
                    text.shorten(at, stem);
                } else if let Some((end, start)) = compound(tables, text, at, longest) {
                    text.part(at, end, start, title);
                    parted = at + 2;
                }
                found = tables.lexeme(text.tokens[at].key);
            }
            self.words.push(found.map(|(slot, row)| Word { lexeme: slot as u32, row }));
            at += 1;
        }
    }

    /// The alternatives of a word: each a list of lexemes. An abbreviation's senses, or the word itself.
    fn alternatives(&self, at: usize) -> impl Iterator<Item = ArrayVec<(u64, u32), 4>> + use<'_, 't> {
        let tables = self.tables;
        let word = self.words[at];
        let abbreviation = word.and_then(|word| index(word.row.abbreviation)).map(|i| tables.abbreviations().get(i));
        let plain = match (word, abbreviation) {
            (Some(word), None) => Some(ArrayVec::from_iter([(word.row.key.0, word.lexeme)])),
            _ => None,
        };
        let spelled = abbreviation.into_iter().flat_map(move |abbreviation| {
            let first = abbreviation.first as usize;
            (first..first + usize::from(abbreviation.alternatives)).map(move |i| {
                let alternative = tables.alternatives().get(i);
                tables
                    .words_of(alternative.words)
                    .take(4)
                    .map(|lexeme| (tables.lexemes().get(lexeme as usize).key.0, lexeme))
                    .collect()
            })
        });
        plain.into_iter().chain(spelled)
    }

    /// How many alternatives the word has.
    pub(crate) fn senses(&self, at: usize) -> usize {
        match self.words[at].and_then(|word| index(word.row.abbreviation)) {
            Some(i) => self.tables.abbreviations().get(i).alternatives.into(),
            None => 1,
        }
    }

    /// The lexemes of a word in one of its senses.
    pub(crate) fn sense(&self, at: usize, nth: usize) -> ArrayVec<(u64, u32), 4> {
        self.alternatives(at).nth(nth).unwrap_or_default()
    }

    /// Gathers every known phrase of the title in `spans`, which is empty: by start, then longest last.
    pub(crate) fn spans(&self, text: &Text, spans: &mut Spans) {
        let mut walk = Walk { lookup: self, text, words: ArrayVec::new(), spans, probes: 0 };
        for start in 0..self.words.len() {
            walk.from(start, start, Phrase { bag: hash::EMPTY_BAG, reach: 1, unlikely: 0 });
        }
    }
}

fn lexeme(tables: Tables<'_>, word: &str) -> Option<LexemeRow> {
    tables.lexeme(hash::word(word.as_bytes())).map(|(_, row)| row)
}

/// Where the first part of an unknown word ends and its head begins, if it ends in a known head no longer than `longest`:
/// "Vertriebsleiter" in "vertrieb" and "leiter".
fn compound(tables: Tables<'_>, text: &Text, at: usize, longest: usize) -> Option<(usize, usize)> {
    let token = &text.tokens[at];
    let word = text.word(token);
    if word.len() < MIN_FIRST + MIN_HEAD || token.digits {
        return None;
    }
    let start = (word.len().saturating_sub(longest).max(MIN_FIRST)..=word.len() - MIN_HEAD)
        .filter(|&cut| word.is_char_boundary(cut))
        .find(|&cut| lexeme(tables, &word[cut..]).is_some_and(|row| row.is_head()))?;
    let first = &word[..start];
    // Letters that join: the first part as it stands if it is known so, else without them.
    let joined = JOINTS.iter().filter_map(|joint| first.strip_suffix(joint)).filter(|first| first.len() >= MIN_FIRST);
    let end = core::iter::once(first).chain(joined).find(|part| lexeme(tables, part).is_some()).unwrap_or(first).len();
    Some((end, start))
}

/// How long the masculine form of an unknown word is, if it is a known one: "Dachdeckerin".
fn masculine(tables: Tables<'_>, text: &Text, at: usize) -> Option<usize> {
    let word = text.word(&text.tokens[at]);
    let stem = word.strip_suffix("innen").or_else(|| word.strip_suffix("in"))?;
    let agent = stem.len() >= MIN_STEM && AGENTS.iter().any(|ending| stem.ends_with(ending));
    (agent && lexeme(tables, stem).is_some()).then_some(stem.len())
}

/// How German names for who does something end; "Martin" and "Berlin" are no women at work.
const AGENTS: [&str; 10] = ["er", "or", "eur", "ist", "ent", "ant", "wirt", "loge", "log", "at"];

/// See [`AGENTS`].
const MIN_STEM: usize = 5;

/// The shortest first part of a compound.
const MIN_FIRST: usize = 3;

/// What stands between the parts of German compounds.
const JOINTS: [&str; 4] = ["s", "n", "en", "es"];

/// A phrase in the making.
#[derive(Clone, Copy)]
struct Phrase {
    bag: u64,
    /// How long phrases with this first word can be.
    reach: u8,
    unlikely: u8,
}

struct Walk<'a, 't> {
    lookup: &'a Lookup<'t>,
    text: &'a Text,
    /// The words of the phrase in the making.
    words: ArrayVec<u32, { WordsRef::MOST + 4 }>,
    spans: &'a mut Spans,
    probes: u32,
}

impl Walk<'_, '_> {
    /// Extends the phrase that starts at word `start` by the word `at`.
    fn from(&mut self, start: usize, at: usize, phrase: Phrase) {
        // A phrase does not run over a comma, a dash or a bracket.
        if at >= self.lookup.words.len() || (at > start && self.text.tokens[at].before > Separator::And) {
            return;
        }
        match self.lookup.words[at] {
            None => {}
            Some(Word { lexeme, row }) if row.abbreviation == 0 => {
                self.step(start, at, phrase, &[(row.key.0, lexeme)]);
            }
            Some(_) => {
                for (sense, alternative) in self.lookup.alternatives(at).enumerate() {
                    let unlikely = phrase.unlikely + u8::from(sense > 0);
                    self.step(start, at, Phrase { unlikely, ..phrase }, &alternative);
                }
            }
        }
    }

    /// Extends the phrase by the word `at` in one of its senses.
    fn step(&mut self, start: usize, at: usize, mut phrase: Phrase, sense: &[(u64, u32)]) {
        let (tables, held) = (self.lookup.tables, self.words.len());
        for &(word, lexeme) in sense {
            phrase.bag = hash::put(phrase.bag, word);
            if self.words.is_empty() {
                phrase.reach = tables.lexemes().get(lexeme as usize).reach();
            }
            self.words.push(lexeme);
        }
        let reach = usize::from(phrase.reach);
        let found = match *sense {
            // A single word's sense is at hand; anything longer takes a look-up.
            [(_, lexeme)] if held == 0 => tables.sense(tables.lexemes().get(lexeme as usize).sense),
            _ if self.words.len() > reach || self.probes >= MAX_PROBES => None,
            _ => {
                self.probes += 1;
                tables.phrase(phrase.bag, self.words.iter().copied())
            }
        };
        if let Some(sense) = found {
            self.push(start, at + 1, &phrase, sense);
        }
        if self.words.len() < reach && self.probes < MAX_PROBES {
            self.from(start, at + 1, phrase);
        }
        self.words.truncate(held);
    }

    fn push(&mut self, start: usize, end: usize, phrase: &Phrase, sense: SenseRow) {
        let span = Span {
            start: start as u8,
            end: end as u8,
            words: self.words.len() as u8,
            unlikely: phrase.unlikely,
            alias: index(sense.alias.0).map(|i| i as u32),
            ambiguity: index(sense.ambiguity).map(|i| i as u32),
            cue: index(sense.cue).map(|i| i as u16),
            qualifier: index(sense.qualifier).map(|i| i as u16),
        };
        let _ = self.spans.try_push(span);
    }
}
