//! Resolution: the stages put in order, from the folded title to an answer.
//!
//! Most titles end at an exact alias or an alias with cues, without an allocation. Only what is left unexplained goes on
//! to other word orders, to corrections, and to the aliases that share words.

use alloc::vec::Vec;

use arrayvec::ArrayVec;

use crate::answer::{EvidenceKind, Found, MAX_CANDIDATES, Method, Resolution, Step};
use crate::confidence::{Confidence, Verdict};
use crate::correct::{self, Corrections};
use crate::hash;
use crate::level::{Level, Track};
use crate::lookup::{Lookup, Span, Spans};
use crate::names::{Named, QualifierKind};
use crate::parse::{self, Parse, Use};
use crate::rank;
use crate::retrieve;
use crate::score::{self, Coverage, Thresholds};
use crate::tables::{ClassRow, NO_LEVEL, SenseRow, Tables, WordsRef, index};
use crate::taxonomy::{Focus, PINNED, Taxonomy, default_confidence};
use crate::text::{MAX_TOKENS, Separator, Text};

/// What a normaliser was set to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Settings {
    pub(crate) thresholds: Thresholds,
    pub(crate) candidates: usize,
    pub(crate) fuzzy: bool,
}

/// A way to read the title as a job, before its level is read.
#[derive(Clone, Copy)]
struct Reading {
    /// One-based alias, or 0 for a member of an ambiguity.
    alias: u32,
    focus: u16,
    method: Method,
    confidence: Confidence,
    /// The words that name the job, first to last.
    start: u8,
    end: u8,
}

/// Answers one title.
pub(crate) fn resolve<'t>(taxonomy: &'t Taxonomy, settings: &Settings, title: &str) -> Resolution<'t> {
    let mut text = Text::empty();
    text.read(title);
    if let Some((found, source)) = whole(taxonomy, settings, &text) {
        return exact(taxonomy, settings, &found, source);
    }
    let mut reader = Reader::new(taxonomy, settings, &mut text);
    reader.start(title);
    let readings = reader.read(title, settings.candidates);
    reader.answer(&readings)
}

/// The `k` likeliest roles for a title, however unlikely; distinct in function and focus. `near` says how near a guide finds
/// each focus, if there is one.
pub(crate) fn candidates(taxonomy: &Taxonomy, settings: &Settings, title: &str, k: usize, near: &[f32]) -> Vec<Found> {
    let mut text = Text::empty();
    text.read(title);
    let mut reader = Reader::new(taxonomy, settings, &mut text);
    reader.start(title);
    let readings = reader.read(title, k);
    if reader.block.is_some() && readings.is_empty() {
        return Vec::new();
    }
    reader.ranked(&readings, k, near)
}

/// The answer where an alias is the whole title.
fn exact<'t>(taxonomy: &'t Taxonomy, settings: &Settings, found: &Found, source: LevelSource) -> Resolution<'t> {
    let verdict = settings.thresholds.verdict(found.function_confidence);
    let mut answer = Resolution::new(taxonomy);
    answer.set_found(core::slice::from_ref(found), verdict);
    evidence_of(taxonomy.tables(), &mut answer, found, source, None);
    answer
}

/// The alias that is the whole title and nothing else, worth a review at least. One look-up.
fn whole(taxonomy: &Taxonomy, settings: &Settings, text: &Text) -> Option<(Found, LevelSource)> {
    let tables = taxonomy.tables();
    let alias = match &text.tokens[..] {
        [] => return None,
        _ if text.truncated => return None,
        [word] => {
            let (_, lexeme) = tables.lexeme(word.key)?;
            tables.sense(lexeme.sense).filter(|sense| sense.ambiguity == 0)?.alias
        }
        words => {
            let lexemes = tables.lexemes();
            let same = |sense: &SenseRow| {
                let held = tables.words_of(sense.words);
                held.len() == words.len()
                    && held.zip(words).all(|(held, word)| lexemes.get(held as usize).key.0 == word.key)
            };
            tables
                .phrases(hash::bag(words.iter().map(|word| word.key)))
                .find(same)
                .filter(|sense| sense.ambiguity == 0)?
                .alias
        }
    };
    let alias = index(alias.0)?;
    let class = tables.class(&tables.aliases().get(alias));
    let focus = tables.alias_focus(alias);
    let default = Focus::new(taxonomy, focus.into()).bare_level();
    let function_confidence = unled(class, default);
    if settings.thresholds.verdict(function_confidence) == Verdict::NoMatch {
        return None;
    }
    let (level, level_confidence, source) = unspoken_level(class.level, default);
    let (first, last) = (text.tokens.first()?, text.tokens.last()?);
    let found = Found {
        focus,
        level,
        method: Method::Exact,
        function_confidence,
        level_confidence,
        alias: alias as u32 + 1,
        start: first.start,
        end: last.end,
    };
    Some((found, source))
}

/// The confidence of an alias beside which nothing speaks of leading: less than its own if it names an area, not a job.
fn unled(class: ClassRow, default: Option<Level>) -> Confidence {
    if !class.area() {
        return class.confidence();
    }
    let managed = default.is_some_and(|default| default.track() >= Track::Management);
    class.confidence().and(if managed { score::MANAGED_AREA } else { score::BARE_AREA })
}

/// The level where no cue speaks of it: what the alias fixes, else the function's default, if there is any choice.
fn unspoken_level(pinned: u8, default: Option<Level>) -> (Level, Confidence, LevelSource) {
    match (Level::from_index(pinned), default) {
        (Some(level), _) => (level, PINNED, LevelSource::Alias),
        (None, Some(level)) => (level, default_confidence(default), LevelSource::Default),
        (None, None) => (Level::WITHOUT_LADDER, default_confidence(default), LevelSource::Only),
    }
}

struct Reader<'t, 'a> {
    taxonomy: &'t Taxonomy,
    tables: Tables<'t>,
    text: &'a mut Text,
    settings: &'a Settings,
    lookup: Lookup<'t>,
    parse: Parse,
    spans: Spans,
    corrections: Corrections,
    /// What forbids an answer.
    block: Option<Block>,
}

/// A row of the blocks, and the words of the title that are its.
#[derive(Clone, Copy)]
struct Block {
    row: u32,
    start: u8,
    end: u8,
}

impl<'t, 'a> Reader<'t, 'a> {
    /// A reader that has read nothing; it is large, and returning it full would copy it.
    #[inline]
    fn new(taxonomy: &'t Taxonomy, settings: &'a Settings, text: &'a mut Text) -> Self {
        let tables = taxonomy.tables();
        Reader {
            taxonomy,
            tables,
            text,
            settings,
            lookup: Lookup::empty(tables),
            parse: Parse::default(),
            spans: Spans::new_const(),
            corrections: Corrections::new_const(),
            block: None,
        }
    }

    /// Looks the words of the title up and takes it apart.
    fn start(&mut self, title: &str) {
        self.lookup.read(self.text, title);
        self.lookup.spans(self.text, &mut self.spans);
        self.parse = parse::parse(&self.lookup, self.text, &self.spans);
    }

    /// The ways to read the title, likeliest first, one for each function and focus.
    fn read(&mut self, title: &str, limit: usize) -> Readings {
        let mut readings = Readings::default();
        self.job(&mut readings);
        if self.parse.count(Use::Rest) > 0 || readings.is_empty() || self.inverted_cue() {
            self.block = self.find_block();
            self.reordered(&mut readings);
            let explained = self.block.is_some() || readings.iter().any(|reading| reading.method != Method::Composed);
            let held = self.parse.job.map_or(0, |job| job.words);
            if self.settings.fuzzy && !explained && self.correct(title) {
                // An alias that explains more outdoes the one inside it.
                if self.parse.job.is_some_and(|job| job.words > held) {
                    readings.each(|reading| reading.confidence = reading.confidence.and(score::BESIDE_EXPLAINED));
                }
                self.job(&mut readings);
                self.block = self.find_block();
                if self.parse.count(Use::Rest) > 0 {
                    self.reordered(&mut readings);
                }
            }
        }
        // Only a longer name that holds the blocked words is stronger than the block.
        if let Some(block) = self.block {
            readings.retain(|reading| {
                reading.method == Method::Inverted && reading.end - reading.start > block.end - block.start
            });
            if readings.is_empty() {
                return readings;
            }
        }
        // What explains every word needs no other word's support.
        let fields =
            (self.leaves_words() || readings.is_empty()).then(|| retrieve::Fields::new(&self.lookup, &self.parse));
        if let Some(fields) = &fields {
            readings.each(|reading| self.weigh(reading, fields));
        }
        self.other_jobs(&mut readings);
        let sure = readings.iter().any(|reading| reading.confidence >= Thresholds::DEFAULT.confident);
        // A title that one reading explains in full is left to it, however sure that is.
        if self.settings.fuzzy && !sure && fields.is_some() {
            self.similar(&mut readings, limit, fields.as_ref());
        }
        readings.settle(limit);
        readings
    }

    /// The block that claims the title: the one that was taken for its job, or that has all its words in another order.
    fn find_block(&self) -> Option<Block> {
        if !self.tables.has_blocks() {
            return None;
        }
        if let Some(job) = self.parse.job.filter(|job| job.is_block(self.tables)) {
            return Some(Block { row: job.ambiguity?, start: job.start, end: job.end });
        }
        let core: ArrayVec<usize, MAX_TOKENS> = self.parse.core().collect();
        let lexemes = || core.iter().flat_map(|&at| self.lookup.sense(at, 0));
        let sense = self.tables.phrases(hash::bag(lexemes().map(|(key, _)| key))).find(|sense| {
            let row = index(sense.ambiguity).map(|at| self.tables.ambiguities().get(at));
            row.is_some_and(|row| row.is_block()) && self.has_all(sense.words, lexemes())
        })?;
        let (first, last) = (core.first()?, core.last()?);
        Some(Block { row: index(sense.ambiguity)? as u32, start: *first as u8, end: *last as u8 + 1 })
    }

    /// The `k` focuses that fit best, whatever the title leaves unexplained.
    fn ranked(&self, readings: &Readings, k: usize, near: &[f32]) -> Vec<Found> {
        let query = retrieve::Query::new(&self.lookup, self.text, &self.parse);
        let mut fits = rank::rank(&query, self.tables);
        for (fit, &near) in fits.iter_mut().zip(near) {
            fit.guided = near;
        }
        for reading in readings.iter() {
            if let Some(fit) = fits.get_mut(usize::from(reading.focus)) {
                fit.most = fit.most.max(reading.confidence.value() as f32);
            }
        }
        let fitting = fits.iter().zip(0..).filter(|(fit, _)| fit.most > 0.0 || fit.guided > 0.0);
        let mut order: Vec<(f32, u16)> = fitting.map(|(fit, focus)| (fit.worth(), focus)).collect();
        let by_worth = |a: &(f32, u16), b: &(f32, u16)| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1));
        if order.len() > k {
            order.select_nth_unstable_by(k, by_worth);
            order.truncate(k);
        }
        order.sort_unstable_by(by_worth);
        let mut found: Vec<Found> = order
            .into_iter()
            .map(|(_, focus)| {
                let read = readings.iter().find(|reading| reading.focus == focus).copied();
                self.found(&read.unwrap_or_else(|| self.fitting(focus, &fits[usize::from(focus)]))).0
            })
            .collect();
        // None is likelier than the one before it.
        let mut least = Confidence::ONE;
        for found in &mut found {
            least = least.min(found.function_confidence);
            found.function_confidence = least;
        }
        found
    }

    /// The reading of a focus that fits the title by its aliases together, or by a guide.
    fn fitting(&self, focus: u16, fit: &rank::Fit) -> Reading {
        let words = self.text.tokens.len() as u8;
        let alias = index(fit.alias).unwrap_or(self.tables.focuses().get(focus.into()).first_alias as usize);
        let similarity = fit.similarity.max(fit.guided);
        let confidence = score::similar(self.class(alias as u32).confidence(), similarity);
        Reading {
            alias: (alias as u32).saturating_add(1),
            focus,
            method: Method::Fuzzy,
            confidence,
            start: 0,
            end: words,
        }
    }

    /// Makes the score of a reading that leaves words unexplained a chance: lowered by how much less the words speak for its
    /// field than for another, then calibrated, unless it hangs on a word that may have been misspelt.
    fn weigh(&self, reading: &mut Reading, fields: &retrieve::Fields) {
        let field = self.tables.focuses().get(reading.focus.into()).field;
        if reading.method != Method::Inverted {
            reading.confidence = reading.confidence.and(score::in_field(fields.gap(field)));
        }
        if self.corrections.is_empty() {
            reading.confidence = score::calibrated(reading.method, reading.confidence);
        }
    }

    /// Whether a cue stands in another segment than the job, where it may be part of the name: "Manager, Product".
    fn inverted_cue(&self) -> bool {
        let Some(job) = self.parse.job else { return false };
        let segment = self.parse.segments[job.start as usize];
        self.parse.cues.iter().any(|cue| self.parse.segments[cue.start as usize] != segment)
    }

    fn class(&self, alias: u32) -> ClassRow {
        self.tables.class(&self.tables.aliases().get(alias as usize))
    }

    fn alias_reading(&self, alias: u32, method: Method, confidence: Confidence, start: usize, end: usize) -> Reading {
        let focus = self.tables.alias_focus(alias as usize);
        Reading { alias: alias + 1, focus, method, confidence, start: start as u8, end: end as u8 }
    }

    /// The span that names the job, with what is left around it.
    fn job(&self, readings: &mut Readings) {
        let Some(job) = self.parse.job else { return };
        let penalty = self.correction_penalty(job.tokens());
        match (job.ambiguity, job.alias) {
            (Some(ambiguity), _) => {
                let row = self.tables.ambiguities().get(ambiguity as usize);
                let first = row.first as usize;
                let (coverage, whole) = (self.coverage(&job), self.is_whole(&job));
                for at in first..first + usize::from(row.members) {
                    let member = self.tables.members().get(at);
                    let share = Confidence::from_steps(member.share);
                    readings.push(Reading {
                        alias: 0,
                        focus: member.focus,
                        method: if whole { Method::Exact } else { Method::Composed },
                        confidence: score::composed(share, coverage).and(penalty),
                        start: job.start,
                        end: job.end,
                    });
                }
            }
            (None, Some(alias)) => {
                let class = self.class(alias);
                let focus = Focus::new(self.taxonomy, self.tables.alias_focus(alias as usize).into());
                let led = parse::leads(self.tables, &self.parse.cues);
                let confidence = if led { class.confidence() } else { unled(class, focus.bare_level()) };
                let confidence = score::composed(confidence, self.coverage(&job)).and(penalty);
                let method = if penalty < Confidence::ONE {
                    Method::Fuzzy
                } else if self.is_whole(&job) {
                    Method::Exact
                } else {
                    Method::Composed
                };
                readings.push(self.alias_reading(alias, method, confidence, job.start.into(), job.end.into()));
            }
            (None, None) => {}
        }
    }

    /// Nothing but the job and qualifiers.
    fn is_whole(&self, job: &Span) -> bool {
        self.parse.cues.is_empty()
            && self.parse.count(Use::Rest) == 0
            && self.parse.count(Use::Job) == job.tokens().len()
    }

    /// What of the title's weight the span explains.
    fn coverage(&self, job: &Span) -> Coverage {
        let matched = match job.alias {
            Some(alias) => self.tables.aliases().get(alias as usize).weight(),
            None => job.tokens().map(|at| self.weight(at)).sum(),
        };
        let segment = self.parse.segments[job.start as usize];
        let mut rest = 0.0;
        for at in 0..self.parse.uses.len() {
            if self.parse.uses[at] != Use::Rest {
                continue;
            }
            let other = self.other_job(job, at);
            // "Registered Nurse, RN" says it twice.
            let focus = |span: &Span| span.alias.map(|alias| self.tables.alias_focus(alias as usize));
            if other.is_some_and(|span| focus(span) == focus(job)) {
                continue;
            }
            rest += self.weight(at)
                * if other.is_some() && self.apart(job, at) {
                    score::REST_OTHER_JOB
                } else if self.parse.segments[at] != segment {
                    score::REST_APART
                } else if at >= usize::from(job.end) && !self.behind_connector(job, at) {
                    score::REST_HEAD
                } else {
                    score::REST_NEAR
                };
        }
        Coverage { matched, rest }
    }

    /// The name of another job that the word `at` is part of.
    fn other_job(&self, job: &Span, at: usize) -> Option<&Span> {
        let names = |span: &&Span| span.alias.is_some() && span.tokens().contains(&at) && !span.overlaps(job);
        self.spans.iter().filter(names).max_by_key(|span| span.words)
    }

    /// The name of another job that the word `at` is part of, when the title names it beside the one that was read.
    fn named_beside(&self, reading: &Reading, at: usize) -> Option<Span> {
        let job = self.parse.job.filter(|job| (job.start, job.end) == (reading.start, reading.end))?;
        let other = self.other_job(&job, at)?;
        let whole = other.tokens().all(|at| self.parse.uses[at] == Use::Rest);
        (whole && self.apart(&job, at)).then_some(*other)
    }

    /// Whether a word is left that no job of the title explains.
    fn leaves_words(&self) -> bool {
        let Some(job) = &self.parse.job else { return true };
        (0..self.parse.uses.len())
            .any(|at| self.parse.uses[at] == Use::Rest && !(self.apart(job, at) && self.other_job(job, at).is_some()))
    }

    /// Whether the word `at` stands in another part of the title than the job, or beyond an "and" or another joining word.
    fn apart(&self, job: &Span, at: usize) -> bool {
        let between = if at < job.start.into() { at + 1..=job.start.into() } else { job.end.into()..=at };
        let joined = |at: usize| self.text.tokens[at].before == Separator::And || self.parse.uses[at] == Use::Connector;
        self.parse.segments[at] != self.parse.segments[usize::from(job.start)] || between.into_iter().any(joined)
    }

    /// Whether a joining word stands between the job and the word `at`: "Engineer for Bridges".
    fn behind_connector(&self, job: &Span, at: usize) -> bool {
        (job.end.into()..at).any(|between| self.parse.uses[between] == Use::Connector)
    }

    fn weight(&self, at: usize) -> f32 {
        match self.lookup.words[at] {
            Some(word) if word.row.weight > 0 => f32::from(word.row.weight),
            _ => retrieve::UNKNOWN_WEIGHT,
        }
    }

    fn correction_penalty(&self, tokens: core::ops::Range<usize>) -> Confidence {
        self.corrections
            .iter()
            .filter(|correction| tokens.contains(&usize::from(correction.at)))
            .fold(Confidence::ONE, |product, correction| product.and(score::corrected(correction.similarity)))
    }

    /// Aliases with the words of the title in another order: of all its words, of all but the cues, and of its first segment
    /// with each other one.
    fn reordered(&self, readings: &mut Readings) {
        let held = self.parse.job.map_or(0, |job| usize::from(job.words));
        let core: ArrayVec<usize, MAX_TOKENS> = self.parse.core().collect();
        if core.is_empty() || self.names_another_job() {
            return;
        }
        // Cue words may be part of the name: "Manager, Product".
        for cue in core::iter::once(None).chain(self.parse.cues.iter().map(Some)).rev() {
            let mut words = core.clone();
            if let Some(cue) = cue {
                words.extend((cue.start.into()..cue.end.into()).take(words.remaining_capacity()));
            }
            if self.bag(&words, None, held, Confidence::ONE, readings) {
                return;
            }
        }
        let segments = self.parse.segments.last().copied().unwrap_or(0);
        let first = self.parse.job.map_or(self.parse.segments[core[0]], |job| self.parse.segments[job.start as usize]);
        for other in (0..=segments).filter(|&segment| segment != first) {
            let words: ArrayVec<usize, MAX_TOKENS> = core
                .iter()
                .copied()
                .filter(|&at| self.parse.segments[at] == first || self.parse.segments[at] == other)
                .collect();
            if words.len() < core.len() && self.bag(&words, None, held, score::INVERTED, readings) {
                return;
            }
        }
        // The head of "Plant" does what a plant manager does.
        if self.parse.job.is_none() && parse::leads(self.tables, &self.parse.cues) {
            let leaders = LEADERS.iter().filter_map(|word| self.tables.lexeme(hash::word(word.as_bytes())));
            for (lexeme, row) in leaders {
                if self.bag(&core, Some((row.key.0, lexeme as u32)), 0, score::LED, readings) {
                    return;
                }
            }
        }
    }

    /// Whether a slash or "and" parts the job from another: a "DevOps Engineer / SRE" is both, not a third.
    fn names_another_job(&self) -> bool {
        let Some(job) = self.parse.job else { return false };
        self.spans.iter().filter(|span| span.alias.is_some() && !span.overlaps(&job)).any(|span| {
            let (first, second) = if span.start < job.start { (span, &job) } else { (&job, span) };
            self.text.tokens[first.end.into()..=second.start.into()]
                .iter()
                .any(|token| matches!(token.before, Separator::Slash | Separator::And))
        })
    }

    /// Looks up the bag of `words`, with one more that the title lacks if it is given, trying the other senses of one abbreviation at a time; true if it held an alias of
    /// more words than `held`.
    fn bag(
        &self,
        words: &[usize],
        more: Option<(u64, u32)>,
        held: usize,
        factor: Confidence,
        readings: &mut Readings,
    ) -> bool {
        if words.len() + usize::from(more.is_some()) < 2 {
            return false;
        }
        let mut try_bag = |changed: usize, sense: usize| -> bool {
            let senses = || words.iter().flat_map(|&at| self.lookup.sense(at, if at == changed { sense } else { 0 }));
            let lexemes = || senses().chain(more);
            let Some(alias) = self.alias_of_bag(lexemes) else { return false };
            if self.tables.alias_words(alias as usize).len() <= held
                || words.iter().any(|&at| self.lookup.words[at].is_none())
            {
                return false;
            }
            let start = words.iter().copied().min().unwrap_or(0);
            let end = words.iter().copied().max().unwrap_or(0) + 1;
            let confidence = self.class(alias).confidence().and(score::INVERTED).and(factor);
            let confidence = confidence.and(self.correction_penalty(start..end));
            // An alias that explains more outdoes the one inside it.
            readings.each(|reading| reading.confidence = reading.confidence.and(score::BESIDE_EXPLAINED));
            readings.push(self.alias_reading(alias, Method::Inverted, confidence, start, end));
            true
        };
        if try_bag(usize::MAX, 0) {
            return true;
        }
        words.iter().any(|&at| (1..self.lookup.senses(at)).any(|sense| try_bag(at, sense)))
    }

    /// The alias of these words in any order, joining words aside. None where the order decides between two focuses; the
    /// name of a job rather than that of its area.
    fn alias_of_bag<I: Iterator<Item = (u64, u32)>>(&self, lexemes: impl Fn() -> I) -> Option<u32> {
        let mut best: Option<(u32, u16)> = None;
        for sense in self.tables.phrases(hash::bag(lexemes().map(|(key, _)| key))) {
            let Some(alias) = index(sense.alias.0) else { continue };
            if !self.has_all(sense.words, lexemes()) {
                continue;
            }
            let focus = self.tables.alias_focus(alias);
            match best {
                Some((_, other)) if other != focus => return None,
                Some((other, _)) if !self.class(other).area() => {}
                _ => best = Some((alias as u32, focus)),
            }
        }
        best.map(|(alias, _)| alias)
    }

    /// Whether a phrase has these words and no others, in whatever order, joining words aside.
    fn has_all(&self, phrase: WordsRef, lexemes: impl Iterator<Item = (u64, u32)>) -> bool {
        let mut missing: ArrayVec<u32, { 4 * MAX_TOKENS }> = lexemes.map(|(_, lexeme)| lexeme).collect();
        let held = self.tables.words_of(phrase).all(|word| match missing.iter().position(|&m| m == word) {
            Some(at) => {
                missing.swap_remove(at);
                true
            }
            None => self.joins(word),
        });
        held && missing.is_empty()
    }

    /// Whether a word is a joining word: "of", "and".
    fn joins(&self, lexeme: u32) -> bool {
        let sense = self.tables.sense(self.tables.lexemes().get(lexeme as usize).sense);
        let qualifier = sense.and_then(|sense| index(sense.qualifier)).map(|row| self.tables.qualifiers().get(row));
        qualifier.is_some_and(|row| QualifierKind::from_index(row.kind) == QualifierKind::Connector)
    }

    /// Whether every one of these words stands in the alias.
    fn has_words(&self, alias: usize, mut lexemes: impl Iterator<Item = u32>) -> bool {
        let words = self.tables.alias_words(alias);
        lexemes.all(|lexeme| self.tables.words_of(words).any(|word| word == lexeme))
    }

    /// Reads misspelt words as the words they may have been, where that gives a job or a cue; true if anything changed.
    fn correct(&mut self, title: &str) -> bool {
        correct::correct(&mut self.lookup, self.text, title, &mut self.corrections);
        if self.corrections.is_empty() {
            return false;
        }
        self.spans.clear();
        self.lookup.spans(self.text, &mut self.spans);
        let parse = parse::parse(&self.lookup, self.text, &self.spans);
        // A correction stands only where the word then has a use; a name beside a job is left the unknown word it was.
        let Reader { corrections, lookup, .. } = self;
        corrections.retain(|correction| {
            let at = usize::from(correction.at);
            let used = matches!(parse.uses[at], Use::Job | Use::Cue);
            if !used && parse.job.is_some() {
                lookup.words[at] = None;
            }
            used || parse.job.is_none()
        });
        self.parse = parse;
        true
    }

    /// What other jobs the title names: "Cashier/Stocker" is a stocker too.
    fn other_jobs(&self, readings: &mut Readings) {
        let Some(job) = self.parse.job else { return };
        for span in self.spans.iter().filter(|span| !span.overlaps(&job)) {
            let Some(alias) = span.alias else { continue };
            if self.spans.iter().any(|other| other.covers(span)) {
                continue;
            }
            let confidence = self.class(alias).confidence().and(OTHER_JOB);
            readings.push(self.alias_reading(alias, Method::Composed, confidence, span.start.into(), span.end.into()));
        }
    }

    /// The aliases that share words with the title.
    fn similar(&self, readings: &mut Readings, limit: usize, fields: Option<&retrieve::Fields>) {
        let few = 4 * limit.max(4);
        // What explains every word outdoes whatever merely shares some.
        let explained = self.parse.count(Use::Rest) == 0 || readings.iter().any(|r| r.method == Method::Inverted);
        let best = readings.iter().map(|reading| reading.confidence).max();
        let bound = best.filter(|_| explained).map_or(Confidence::ONE, |best| best.and(score::BESIDE_EXPLAINED));
        let words = self.text.tokens.len();
        let penalty = self.correction_penalty(0..words);
        for similar in retrieve::similar(&self.lookup, self.text, &self.parse, few, score::LEAST_SIMILAR) {
            let confidence =
                score::similar(self.class(similar.alias).confidence(), similar.similarity).and(penalty).min(bound);
            let mut reading = self.alias_reading(similar.alias, Method::Fuzzy, confidence, 0, words);
            if let Some(fields) = fields {
                self.weigh(&mut reading, fields);
            }
            readings.push(reading);
        }
    }

    /// The level of a reading: what the cues say, else what the alias fixes, else the function's default.
    fn level(&self, reading: &Reading) -> (Level, Confidence, LevelSource) {
        let focus = Focus::new(self.taxonomy, reading.focus.into());
        let pinned = index(reading.alias).map_or(NO_LEVEL, |alias| self.class(alias as u32).level);
        // A senior charge nurse is a senior leader, not a senior nurse: the alias's level says whose "senior" it is.
        let bare = Level::from_index(pinned).unwrap_or_else(|| focus.default_level());
        let outside = |cue: &&parse::CueSpan| reading.method != Method::Inverted || !self.in_name(reading, cue);
        let cues: ArrayVec<parse::CueSpan, { parse::MAX_CUES }> =
            self.parse.cues.iter().filter(outside).copied().collect();
        if let Some((grade, confidence)) = parse::grade(self.tables, &cues)
            && let Some(level) = focus.function().level_of_grade(grade, bare)
            && !self.outranks(reading, bare, level)
        {
            return (level, Confidence::from_steps(confidence), LevelSource::Cues);
        }
        unspoken_level(pinned, focus.bare_level())
    }

    /// What the cues say of level when no job is found: "Intern", "SVP, News". A number may count anything then.
    fn level_without_job(&self) -> Option<(Level, Confidence)> {
        let words: ArrayVec<parse::CueSpan, { parse::MAX_CUES }> = self
            .parse
            .cues
            .iter()
            .filter(|cue| {
                !self.text.tokens[usize::from(cue.start)..usize::from(cue.end)].iter().all(|token| token.digits)
            })
            .copied()
            .collect();
        let (grade, confidence) = parse::grade(self.tables, &words)?;
        let level = parse::level_of_itself(self.tables, grade)?;
        Some((level, Confidence::from_steps(confidence)))
    }

    /// Whether cues that stand elsewhere in the title are not this job's: a founder who leads a team founded all the same, and
    /// only what stands right before such a name ("Deputy") takes from it.
    fn outranks(&self, reading: &Reading, bare: Level, level: Level) -> bool {
        // "Executive Director" alone leads an organisation, the "Executive Director, Cloud Practice" a practice.
        let part = self.parse.count(Use::Rest) > 0;
        let beside = |cue: &parse::CueSpan| {
            cue.end == reading.start && !self.text.tokens[usize::from(reading.start)].before.breaks()
        };
        let own = |cue: &parse::CueSpan| beside(cue) || (part && cue.start == reading.start);
        bare >= FOUNDER && level < bare && !self.parse.cues.iter().any(own)
    }

    /// Whether the words of a cue are part of the name of an inverted alias.
    fn in_name(&self, reading: &Reading, cue: &parse::CueSpan) -> bool {
        let Some(alias) = index(reading.alias) else { return false };
        let words = (cue.start..cue.end).flat_map(|at| self.lookup.sense(at.into(), 0));
        self.has_words(alias, words.map(|(_, lexeme)| lexeme))
    }

    /// The candidate that a reading makes, and where its level is from.
    fn found(&self, reading: &Reading) -> (Found, LevelSource) {
        let (level, level_confidence, source) = self.level(reading);
        let byte = |at: usize| self.text.tokens.get(at);
        let found = Found {
            focus: reading.focus,
            level,
            method: reading.method,
            function_confidence: reading.confidence,
            level_confidence,
            alias: reading.alias,
            start: byte(reading.start.into()).map_or(0, |token| token.start),
            end: byte(usize::from(reading.end).wrapping_sub(1)).map_or(0, |token| token.end),
        };
        (found, source)
    }

    fn answer(&self, readings: &Readings) -> Resolution<'t> {
        let best = readings.first().map(|reading| reading.confidence).unwrap_or_default();
        let mut verdict = self.settings.thresholds.verdict(best);
        // A title that several jobs share and that says no more is theirs to choose from, neither sure nor unknown.
        if readings.first().is_some_and(|reading| reading.alias == 0) {
            let explained = self.parse.count(Use::Rest) == 0;
            verdict = if explained { Verdict::NeedsReview } else { verdict.min(Verdict::NeedsReview) };
        }
        let read = if verdict == Verdict::NoMatch { &[] } else { &readings[..] };
        let found: ArrayVec<(Found, LevelSource), MAX_CANDIDATES> =
            read.iter().take(MAX_CANDIDATES).map(|reading| self.found(reading)).collect();
        let candidates: ArrayVec<Found, MAX_CANDIDATES> = found.iter().map(|&(found, _)| found).collect();
        let mut answer = Resolution::new(self.taxonomy);
        answer.set_found(&candidates, verdict);
        match (read.first(), found.first()) {
            (Some(first), Some(&(best, source))) => {
                let ambiguity = self.parse.job.and_then(|job| job.ambiguity);
                evidence_of(self.tables, &mut answer, &best, source, ambiguity);
                self.steps(&mut answer, Some((first, source)));
            }
            _ => {
                answer.set_level(self.level_without_job());
                self.steps(&mut answer, None);
            }
        }
        if self.text.truncated {
            let at = self.text.tokens.last().map_or(0, |token| token.end);
            answer.push_step(Step { kind: EvidenceKind::Truncated, start: at, end: at, ..Step::NONE });
        }
        answer
    }

    /// The steps of the words that are not the job's, by place.
    fn steps(&self, answer: &mut Resolution<'t>, best: Option<(&Reading, LevelSource)>) {
        let range = |start: u8, end: u8| {
            let (first, last) = (&self.text.tokens[usize::from(start)], &self.text.tokens[usize::from(end) - 1]);
            (first.start, last.end)
        };
        let mut steps: ArrayVec<Step, 48> = ArrayVec::new();
        for qualifier in &self.parse.qualifiers {
            let (start, end) = range(qualifier.start, qualifier.end);
            let reference = qualifier.row.map_or(Step::NO_REFERENCE, u32::from);
            let step =
                Step { kind: EvidenceKind::Qualifier, qualifier: qualifier.kind, start, end, reference, ..Step::NONE };
            let _ = steps.try_push(step);
        }
        for correction in &self.corrections {
            let (start, end) = range(correction.at, correction.at + 1);
            let (reference, confidence) = (correction.word.lexeme, score::corrected(correction.similarity));
            let step = Step { kind: EvidenceKind::Correction, start, end, reference, confidence, ..Step::NONE };
            let _ = steps.try_push(step);
        }
        for (at, &used) in self.parse.uses.iter().enumerate() {
            let in_job = best.is_some_and(|(reading, _)| {
                reading.method != Method::Composed
                    && (usize::from(reading.start)..usize::from(reading.end)).contains(&at)
            });
            let abbreviated = self.lookup.words[at].is_some_and(|word| word.row.abbreviation != 0);
            if abbreviated && matches!(used, Use::Job | Use::Cue) {
                let (start, end) = range(at as u8, at as u8 + 1);
                if let Some(&(_, lexeme)) = self.lookup.sense(at, 0).first() {
                    let step = Step { kind: EvidenceKind::Abbreviation, start, end, reference: lexeme, ..Step::NONE };
                    let _ = steps.try_push(step);
                }
            }
            if used == Use::Rest && !in_job {
                let step = match best.and_then(|(reading, _)| self.named_beside(reading, at)) {
                    Some(other) if at > other.start.into() => continue,
                    Some(other) => {
                        let (start, end) = range(other.start, other.end);
                        let reference = other.alias.unwrap_or_default();
                        Step { kind: EvidenceKind::OtherJob, start, end, reference, ..Step::NONE }
                    }
                    None => {
                        let (start, end) = range(at as u8, at as u8 + 1);
                        Step { kind: EvidenceKind::Rest, start, end, ..Step::NONE }
                    }
                };
                let _ = steps.try_push(step);
            }
        }
        if let Some(block) = self.block.filter(|_| best.is_none()) {
            let (start, end) = range(block.start, block.end);
            let _ =
                steps.try_push(Step { kind: EvidenceKind::Blocked, start, end, reference: block.row, ..Step::NONE });
        }
        if best.is_none_or(|(_, source)| source == LevelSource::Cues) {
            for cue in &self.parse.cues {
                if best.is_some_and(|(reading, _)| reading.method == Method::Inverted && self.in_name(reading, cue)) {
                    continue;
                }
                let (start, end) = range(cue.start, cue.end);
                let confidence = Confidence::from_steps(self.tables.cues().get(cue.cue.into()).confidence);
                let reference = cue.cue.into();
                let _ =
                    steps.try_push(Step { kind: EvidenceKind::Cue, start, end, reference, confidence, ..Step::NONE });
            }
        }
        steps.sort_by_key(|step| (step.start, step.kind));
        for step in steps {
            answer.push_step(step);
        }
    }
}

/// Where a level was read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum LevelSource {
    Cues,
    Alias,
    Default,
    /// The function has no other.
    Only,
}

/// From this level on a job is its own level: chief officers, founders, presidents, members of a board.
const FOUNDER: Level = Level::E4;

/// What leaders of an area are called in the names of their jobs.
const LEADERS: [&str; 2] = ["manager", "director"];

/// The job that a title names second is its job about every other time.
const OTHER_JOB: Confidence = Confidence::from_steps(5000);

/// The steps of the best match: the alias or ambiguity, and where its level is from if no cue speaks of it.
fn evidence_of(
    tables: Tables<'_>,
    answer: &mut Resolution<'_>,
    found: &Found,
    source: LevelSource,
    ambiguity: Option<u32>,
) {
    let range = |kind, reference, confidence| Step {
        kind,
        start: found.start,
        end: found.end,
        reference,
        confidence,
        ..Step::NONE
    };
    match index(found.alias) {
        Some(alias) => {
            let confidence = tables.class(&tables.aliases().get(alias)).confidence();
            answer.push_step(range(EvidenceKind::Alias, alias as u32, confidence));
        }
        None => {
            let reference = ambiguity.unwrap_or(Step::NO_REFERENCE);
            answer.push_step(range(EvidenceKind::Ambiguity, reference, found.function_confidence));
        }
    }
    let kind = match source {
        LevelSource::Cues => None,
        LevelSource::Alias => Some(EvidenceKind::PinnedLevel),
        LevelSource::Default => Some(EvidenceKind::DefaultLevel),
        LevelSource::Only => Some(EvidenceKind::OnlyLevel),
    };
    if let Some(kind) = kind {
        answer.push_step(range(kind, found.level as u32, found.level_confidence));
    }
}

/// Readings: a few on the stack, more on the heap only when similar aliases are gathered.
#[derive(Default)]
struct Readings {
    few: ArrayVec<Reading, 16>,
    many: Vec<Reading>,
}

impl Readings {
    fn push(&mut self, reading: Reading) {
        if self.many.is_empty() {
            if self.few.try_push(reading).is_ok() {
                return;
            }
            self.many.extend(self.few.drain(..));
        }
        self.many.push(reading);
    }

    fn retain(&mut self, keep: impl Fn(&Reading) -> bool) {
        self.few.retain(|reading| keep(reading));
        self.many.retain(keep);
    }

    fn each(&mut self, change: impl FnMut(&mut Reading)) {
        self.few.iter_mut().chain(&mut self.many).for_each(change);
    }

    /// Sorts by confidence and keeps the best reading of each focus.
    fn settle(&mut self, limit: usize) {
        let slice = if self.many.is_empty() { self.few.as_mut_slice() } else { self.many.as_mut_slice() };
        slice.sort_unstable_by_key(|r| (core::cmp::Reverse(r.confidence), r.method, r.alias, r.focus));
        let mut kept = 0;
        for at in 0..slice.len() {
            let reading = slice[at];
            if kept < limit.max(1) && slice[..kept].iter().all(|other| other.focus != reading.focus) {
                slice[kept] = reading;
                kept += 1;
            }
        }
        if self.many.is_empty() { self.few.truncate(kept) } else { self.many.truncate(kept) }
    }
}

impl core::ops::Deref for Readings {
    type Target = [Reading];

    fn deref(&self) -> &[Reading] {
        if self.many.is_empty() { &self.few } else { &self.many }
    }
}
