//! The answer: a resolution, its matches, and the evidence from raw text to role code.
//!
//! Everything is kept inline, so that an answer is copied without an allocation and outlives the title.

use alloc::borrow::Cow;
use alloc::string::String;
use core::fmt;
use core::ops::Range;

use crate::code::RoleCode;
use crate::confidence::{Band, Confidence, Verdict};
use crate::level::Level;
use crate::names::{AliasType, Named, QualifierKind};
use crate::tables::{QualifierRow, index};
use crate::taxonomy::{Alias, Family, Focus, Function, Role, Taxonomy};

/// The most candidates that a [`Resolution`] carries; [`Normalizer::candidates`](crate::Normalizer::candidates) gives more.
pub const MAX_CANDIDATES: usize = 8;

/// The most steps of evidence that a [`Resolution`] carries.
const MAX_STEPS: usize = 24;

/// How a match came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Method {
    /// An alias is the whole title, qualifiers aside.
    Exact,
    /// An alias together with cues of level, or inside a longer title.
    Composed,
    /// The words of an alias in another order: "Engineer, Technical Support".
    Inverted,
    /// Words were corrected, or an alias is similar but not the same.
    Fuzzy,
}

impl Method {
    /// `"exact"`, `"composed"`, `"inverted"` or `"fuzzy"`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Method::Exact => "exact",
            Method::Composed => "composed",
            Method::Inverted => "inverted",
            Method::Fuzzy => "fuzzy",
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A candidate, by numbers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Found {
    pub(crate) focus: u16,
    pub(crate) level: Level,
    pub(crate) method: Method,
    pub(crate) function_confidence: Confidence,
    pub(crate) level_confidence: Confidence,
    /// One-based; 0 for a candidate that an ambiguity names.
    pub(crate) alias: u32,
    /// Byte range of the words that the alias matched; no more than `MAX_RAW` bytes are read.
    pub(crate) start: u16,
    pub(crate) end: u16,
}

impl Found {
    pub(crate) const NONE: Found = Found {
        focus: 0,
        level: Level::S1,
        method: Method::Exact,
        function_confidence: Confidence::ZERO,
        level_confidence: Confidence::ZERO,
        alias: 0,
        start: 0,
        end: 0,
    };
}

/// What a step of evidence is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum EvidenceKind {
    /// A qualifier was set aside.
    Qualifier,
    /// An abbreviation or spelling was read as the word that the evidence's text gives.
    Abbreviation,
    /// A misspelt word was read as the word that the evidence's text gives.
    Correction,
    /// An alias matched; the confidence is the alias's.
    Alias,
    /// A title that several jobs share; the confidence is the share of the likeliest.
    Ambiguity,
    /// A title that the taxonomy says is no job's, so that there is no answer.
    Blocked,
    /// A cue of level; the confidence is the cue's.
    Cue,
    /// The alias itself fixes the level.
    PinnedLevel,
    /// Nothing speaks of level, so the function's default was taken.
    DefaultLevel,
    /// The function has no ladder, and all its roles the same level.
    OnlyLevel,
    /// The name of another job that the title names beside the one of the answer: it is among the candidates.
    OtherJob,
    /// Words that were not understood.
    Rest,
    /// The title was too long and only its beginning was read.
    Truncated,
}

impl EvidenceKind {
    /// The name in explanations.
    pub const fn as_str(self) -> &'static str {
        match self {
            EvidenceKind::Qualifier => "qualifier",
            EvidenceKind::Abbreviation => "abbreviation",
            EvidenceKind::Correction => "correction",
            EvidenceKind::Alias => "alias",
            EvidenceKind::Ambiguity => "ambiguity",
            EvidenceKind::Blocked => "blocked",
            EvidenceKind::Cue => "cue",
            EvidenceKind::PinnedLevel => "pinned level",
            EvidenceKind::DefaultLevel => "default level",
            EvidenceKind::OnlyLevel => "only level",
            EvidenceKind::OtherJob => "another job",
            EvidenceKind::Rest => "not understood",
            EvidenceKind::Truncated => "truncated",
        }
    }
}

/// A step, by numbers. `reference` is an index into the table that the kind speaks of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Step {
    pub(crate) kind: EvidenceKind,
    pub(crate) qualifier: QualifierKind,
    pub(crate) start: u16,
    pub(crate) end: u16,
    pub(crate) reference: u32,
    pub(crate) confidence: Confidence,
}

impl Step {
    pub(crate) const NO_REFERENCE: u32 = u32::MAX;

    pub(crate) const NONE: Step = Step {
        kind: EvidenceKind::Rest,
        qualifier: QualifierKind::Noise,
        start: 0,
        end: 0,
        reference: Step::NO_REFERENCE,
        confidence: Confidence::ZERO,
    };

    /// A place without a step: all zeros, so that many are written at once.
    const FREE: Step =
        Step { qualifier: QualifierKind::Remote, kind: EvidenceKind::Qualifier, reference: 0, ..Step::NONE };
}

/// The answer to one title.
///
/// Cheap to copy (well under a kilobyte, nothing on the heap) and independent of the title's lifetime: byte ranges point
/// into the raw title.
#[derive(Clone, Copy)]
pub struct Resolution<'t> {
    taxonomy: &'t Taxonomy,
    verdict: Verdict,
    found: [Found; MAX_CANDIDATES],
    count: u8,
    steps: [Step; MAX_STEPS],
    step_count: u8,
    /// What the cues say where no job was found.
    level: Option<(Level, Confidence)>,
}

impl<'t> Resolution<'t> {
    /// The answer that nothing was found.
    #[inline]
    pub(crate) fn new(taxonomy: &'t Taxonomy) -> Resolution<'t> {
        Resolution {
            taxonomy,
            verdict: Verdict::NoMatch,
            found: [Found::NONE; MAX_CANDIDATES],
            count: 0,
            steps: [Step::FREE; MAX_STEPS],
            step_count: 0,
            level: None,
        }
    }

    /// Sets the candidates, best first, and the verdict over the first.
    #[inline]
    pub(crate) fn set_found(&mut self, found: &[Found], verdict: Verdict) {
        let count = found.len().min(MAX_CANDIDATES);
        self.found[..count].copy_from_slice(&found[..count]);
        self.count = count as u8;
        self.verdict = verdict;
    }

    /// Sets what the cues say where no job was found.
    pub(crate) fn set_level(&mut self, level: Option<(Level, Confidence)>) {
        self.level = level;
    }

    /// Adds a step while there is room; the last place is kept for saying that the title was cut.
    pub(crate) fn push_step(&mut self, step: Step) {
        let room = if step.kind == EvidenceKind::Truncated { MAX_STEPS } else { MAX_STEPS - 1 };
        if let Some(slot) = self.steps[..room].get_mut(usize::from(self.step_count)) {
            *slot = step;
            self.step_count += 1;
        }
    }

    /// The taxonomy that answered.
    pub fn taxonomy(&self) -> &'t Taxonomy {
        self.taxonomy
    }

    /// Whether the job is sure, to be reviewed, or not there.
    pub fn verdict(&self) -> Verdict {
        self.verdict
    }

    /// The best match; `None` under [`Verdict::NoMatch`].
    pub fn best(&self) -> Option<Match<'t>> {
        self.candidates().next()
    }

    /// The role code of the best match.
    pub fn code(&self) -> Option<RoleCode> {
        self.best().map(|best| best.role().code())
    }

    /// The level: that of the best match, or, under [`Verdict::NoMatch`], what the title says of level all the same, on the
    /// professional, management or executive track.
    ///
    /// ```
    /// use titlecanon::{Level, Verdict, normalize_title};
    ///
    /// let answer = normalize_title("Intern");
    /// assert_eq!((answer.verdict(), answer.level()), (Verdict::NoMatch, Some(Level::P1)));
    /// ```
    pub fn level(&self) -> Option<Level> {
        self.best().map(|best| best.level()).or(self.level.map(|(level, _)| level))
    }

    /// How sure [`level`](Self::level) is.
    pub fn level_confidence(&self) -> Option<Confidence> {
        self.best().map(|best| best.level_confidence()).or(self.level.map(|(_, confidence)| confidence))
    }

    /// The candidates, best first. Under [`Verdict::Confident`] they are the best match and what other jobs the title
    /// names; under [`Verdict::NeedsReview`] as many as the normaliser was set to give, at most [`MAX_CANDIDATES`]. A title that
    /// one alias explains in full comes alone, however sure it is: [`Normalizer::candidates`](crate::Normalizer::candidates)
    /// gives what is beside it.
    pub fn candidates(&self) -> impl ExactSizeIterator<Item = Match<'t>> + use<'t> {
        let Resolution { taxonomy, found, .. } = *self;
        (0..usize::from(self.count)).map(move |i| Match { taxonomy, found: found[i] })
    }

    /// The trail from the raw title to the best match, by place in the title.
    pub fn evidence(&self) -> impl ExactSizeIterator<Item = Evidence<'t>> + use<'t> {
        let Resolution { taxonomy, steps, .. } = *self;
        (0..usize::from(self.step_count)).map(move |i| Evidence { taxonomy, step: steps[i] })
    }

    /// What the title says beside job and level, by place in the title.
    pub fn qualifiers(&self) -> impl Iterator<Item = Qualifier> + use<'t> {
        self.evidence().filter_map(|evidence| {
            let kind = evidence.qualifier_kind()?;
            Some(Qualifier { kind, range: evidence.range() })
        })
    }

    /// The title without its qualifiers. `title` must be the one that was resolved. Allocates the text.
    ///
    /// ```
    /// let title = "Sr. Technical Support Engineer (Remote) - $45/hr";
    /// assert_eq!(titlecanon::normalize_title(title).cleaned(title), "Sr. Technical Support Engineer");
    /// ```
    pub fn cleaned(&self, title: &str) -> String {
        without(title, self.qualifiers().map(|qualifier| qualifier.range))
    }

    /// The title without its qualifiers and its words of level, nor the joining words that these leave at an edge: what is left
    /// to name the job, as an alias would be written. `title` must be the one that was resolved. Nothing is left of a title that
    /// names no job. Linear in the number of the taxonomy's qualifiers; allocates the text.
    ///
    /// ```
    /// let bare = |title| titlecanon::normalize_title(title).bare(title);
    /// assert_eq!(bare("Sr. Widget Wrangler II (Remote)"), "Widget Wrangler");
    /// assert_eq!(bare("Director of Zebras"), "Zebras");
    /// assert_eq!(bare("Senior Manager"), "");
    /// ```
    pub fn bare(&self, title: &str) -> String {
        let set_aside = |step: &Evidence<'_>| matches!(step.kind(), EvidenceKind::Qualifier | EvidenceKind::Cue);
        let ranges = self.evidence().filter(set_aside).map(|step| {
            // The full stop of "Sr." is no part of the word.
            let Range { start, end } = step.range();
            start..end + usize::from(title.get(end..).is_some_and(|after| after.starts_with('.')))
        });
        let mut text = without(title, ranges);
        if text == tidy(title) {
            return text;
        }
        loop {
            let first = text.split(' ').next().filter(|word| self.is_connector(word)).map_or(0, str::len);
            let last = text.rsplit(' ').next().filter(|word| self.is_connector(word)).map_or(0, str::len);
            if first + last == 0 {
                return text;
            }
            text = tidy(text.get(first..text.len() - last).unwrap_or_default());
        }
    }

    /// Whether a word only joins others.
    fn is_connector(&self, word: &str) -> bool {
        let tables = self.taxonomy.tables();
        let word = word.to_lowercase();
        let connectors = |row: &QualifierRow| QualifierKind::from_index(row.kind) == QualifierKind::Connector;
        tables.qualifiers().iter().filter(connectors).any(|row| tables.str(row.text).to_lowercase() == word)
    }
}

/// A title without some parts of it, which come by place.
fn without(title: &str, parts: impl Iterator<Item = Range<usize>>) -> String {
    let mut kept = String::with_capacity(title.len());
    let mut at = 0;
    for part in parts {
        kept.push_str(title.get(at..part.start).unwrap_or_default());
        at = part.end.max(at);
    }
    kept.push_str(title.get(at..).unwrap_or_default());
    tidy(&kept)
}

/// Removes what stood around words that were taken out: empty brackets, dangling marks, doubled spaces.
fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let closes = matches!(c, ')' | ']' | '}');
        let opened = out.trim_end().ends_with(['(', '[', '{']);
        if closes && (opened || !out.contains(['(', '[', '{'])) {
            while out.ends_with([' ', '(', '[', '{', '-', ',', '/']) {
                out.pop();
            }
            out.push(' ');
        } else if c.is_whitespace() {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        } else {
            out.push(c);
        }
    }
    let marks = |c: char| {
        c.is_whitespace()
            || matches!(c, '-' | '–' | '—' | ',' | ';' | '/' | '|' | ':' | '@' | '$' | '(' | '[' | '!' | '+' | '*')
    };
    out.trim_matches(marks).into()
}

impl fmt::Debug for Resolution<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Resolution").field("verdict", &self.verdict).field("best", &self.best()).finish_non_exhaustive()
    }
}

/// A role that a title may mean, and how sure that is.
#[derive(Clone, Copy)]
pub struct Match<'t> {
    taxonomy: &'t Taxonomy,
    found: Found,
}

impl<'t> Match<'t> {
    pub(crate) fn new(taxonomy: &'t Taxonomy, found: Found) -> Match<'t> {
        Match { taxonomy, found }
    }

    #[cfg(feature = "serde")]
    pub(crate) fn taxonomy(&self) -> &'t Taxonomy {
        self.taxonomy
    }

    /// The role.
    pub fn role(&self) -> Role<'t> {
        Role::new(self.focus(), self.found.level)
    }

    /// The function.
    pub fn function(&self) -> Function<'t> {
        self.focus().function()
    }

    /// The focus.
    pub fn focus(&self) -> Focus<'t> {
        Focus::new(self.taxonomy, self.found.focus.into())
    }

    /// The level.
    pub fn level(&self) -> Level {
        self.found.level
    }

    /// The family.
    pub fn family(&self) -> Family<'t> {
        self.function().family()
    }

    /// How sure the role as a whole is: function confidence × level confidence.
    pub fn confidence(&self) -> Confidence {
        self.found.function_confidence.and(self.found.level_confidence)
    }

    /// How sure function and focus are.
    pub fn function_confidence(&self) -> Confidence {
        self.found.function_confidence
    }

    /// How sure the level is, if function and focus are right.
    pub fn level_confidence(&self) -> Confidence {
        self.found.level_confidence
    }

    /// The band of [`confidence`](Self::confidence).
    pub fn band(&self) -> Band {
        self.confidence().band()
    }

    /// How it matched.
    pub fn method(&self) -> Method {
        self.found.method
    }

    /// The alias that matched; `None` for a candidate that an ambiguous title names.
    pub fn alias(&self) -> Option<Alias<'t>> {
        index(self.found.alias).map(|i| Alias::new(self.taxonomy, i))
    }

    /// The type of the alias that matched.
    pub fn alias_type(&self) -> Option<AliasType> {
        self.alias().map(|alias| alias.alias_type())
    }

    /// The byte range of the raw title that named the job: from the first to the last of the words that matched.
    pub fn range(&self) -> Range<usize> {
        self.found.start.into()..self.found.end.into()
    }
}

impl fmt::Debug for Match<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Match({} {} {})", self.role().code(), self.confidence(), self.method())
    }
}

/// Something that a title says beside job and level.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Qualifier {
    kind: QualifierKind,
    range: Range<usize>,
}

impl Qualifier {
    /// What it speaks of.
    pub fn kind(&self) -> QualifierKind {
        self.kind
    }

    /// The byte range of the raw title that says it.
    pub fn range(&self) -> Range<usize> {
        self.range.clone()
    }
}

/// One step of the trail from raw title to role code.
#[derive(Clone, Copy)]
pub struct Evidence<'t> {
    taxonomy: &'t Taxonomy,
    step: Step,
}

impl<'t> Evidence<'t> {
    /// What the step is.
    pub fn kind(&self) -> EvidenceKind {
        self.step.kind
    }

    /// The byte range of the raw title that it speaks of.
    pub fn range(&self) -> Range<usize> {
        self.step.start.into()..self.step.end.into()
    }

    /// What the taxonomy has for it: the alias's or cue's text, the spelled-out word, the grade; empty where there is nothing.
    pub fn text(&self) -> Cow<'t, str> {
        let tables = self.taxonomy.tables();
        let at = self.step.reference as usize;
        Cow::Borrowed(match self.step.kind {
            EvidenceKind::Qualifier if self.step.reference == Step::NO_REFERENCE => self.step.qualifier.name(),
            _ if self.step.reference == Step::NO_REFERENCE => "",
            EvidenceKind::Qualifier => tables.str(tables.qualifiers().get(at).text),
            EvidenceKind::Abbreviation | EvidenceKind::Correction => tables.str(tables.lexemes().get(at).text),
            EvidenceKind::Alias | EvidenceKind::OtherJob => return tables.alias_text(at),
            EvidenceKind::Ambiguity | EvidenceKind::Blocked => tables.str(tables.ambiguities().get(at).text),
            EvidenceKind::Cue => tables.str(tables.cues().get(at).text),
            EvidenceKind::PinnedLevel | EvidenceKind::DefaultLevel | EvidenceKind::OnlyLevel => {
                Level::from_index(at as u8).map_or("", Level::as_str)
            }
            EvidenceKind::Rest | EvidenceKind::Truncated => "",
        })
    }

    /// Where the row that it names is from: the source of the alias or block; `None` for other steps.
    pub fn source(&self) -> Option<&'t str> {
        let tables = self.taxonomy.tables();
        let at = self.step.reference as usize;
        let source = match self.step.kind {
            EvidenceKind::Alias | EvidenceKind::OtherJob => tables.class(&tables.aliases().get(at)).source.into(),
            EvidenceKind::Blocked => tables.ambiguities().get(at).first as usize,
            _ => return None,
        };
        Some(tables.str(tables.sources().get(source).text))
    }

    /// What kind of qualifier was set aside; `None` for other steps.
    pub fn qualifier_kind(&self) -> Option<QualifierKind> {
        (self.step.kind == EvidenceKind::Qualifier).then_some(self.step.qualifier)
    }

    /// What the step is worth, for aliases, ambiguities, cues and levels.
    pub fn confidence(&self) -> Option<Confidence> {
        matches!(
            self.step.kind,
            EvidenceKind::Alias
                | EvidenceKind::Ambiguity
                | EvidenceKind::Cue
                | EvidenceKind::PinnedLevel
                | EvidenceKind::DefaultLevel
                | EvidenceKind::OnlyLevel
        )
        .then_some(self.step.confidence)
    }
}

impl fmt::Debug for Evidence<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Evidence({} {:?} {:?})", self.kind().as_str(), self.range(), self.text())
    }
}
