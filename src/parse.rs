//! Parse: what each word of a title is for: the job, its level, a qualifier, a joining word, or none of these.
//!
//! It chooses among the spans that lookup found. It must not weigh confidences: that is the score module's.

use arrayvec::ArrayVec;

use crate::level::{GradeKind, Level};
use crate::lookup::{Lookup, MAX_SPANS, Span};
use crate::names::{Named, Place, QualifierKind};
use crate::tables::Tables;
use crate::text::{MAX_TOKENS, Separator, Text};

/// What a word is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Use {
    /// Part of the name of the job.
    Job,
    /// Part of a level cue.
    Cue,
    /// Part of a qualifier.
    Qualifier,
    /// "of", "and", "for".
    Connector,
    /// Nothing that was understood.
    Rest,
}

/// A level cue of the title.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CueSpan {
    pub(crate) cue: u16,
    pub(crate) start: u8,
    pub(crate) end: u8,
}

/// A qualifier of the title; `row` where the taxonomy lists it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct QualifierSpan {
    pub(crate) kind: QualifierKind,
    pub(crate) row: Option<u16>,
    pub(crate) start: u8,
    pub(crate) end: u8,
}

/// Most cues that a title can have; real ones have at most four.
pub(crate) const MAX_CUES: usize = 6;

/// Most qualifiers that are recorded.
const MAX_QUALIFIERS: usize = 12;

/// A title taken apart.
#[derive(Default)]
pub(crate) struct Parse {
    pub(crate) uses: ArrayVec<Use, MAX_TOKENS>,
    /// The segment that each word is in, counted from 0.
    pub(crate) segments: ArrayVec<u8, MAX_TOKENS>,
    pub(crate) cues: ArrayVec<CueSpan, MAX_CUES>,
    pub(crate) qualifiers: ArrayVec<QualifierSpan, MAX_QUALIFIERS>,
    /// The span that names the job.
    pub(crate) job: Option<Span>,
}

impl Parse {
    pub(crate) fn count(&self, what: Use) -> usize {
        self.uses.iter().filter(|&&used| used == what).count()
    }

    /// Makes words a qualifier that no table lists.
    fn set_aside(&mut self, kind: QualifierKind, words: core::ops::Range<usize>) {
        let (start, end) = (words.start as u8, words.end as u8);
        self.uses[words].fill(Use::Qualifier);
        let _ = self.qualifiers.try_push(QualifierSpan { kind, row: None, start, end });
    }

    /// The words that may name a job: those of the job and those not understood.
    pub(crate) fn core(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.uses.len()).filter(|&at| matches!(self.uses[at], Use::Job | Use::Rest))
    }
}

/// Takes the title apart.
pub(crate) fn parse(lookup: &Lookup<'_>, text: &Text, spans: &[Span]) -> Parse {
    let mut parse = Parse {
        uses: text.tokens.iter().map(|_| Use::Rest).collect(),
        segments: segments(text),
        cues: ArrayVec::new(),
        qualifiers: ArrayVec::new(),
        job: None,
    };
    patterns(lookup, text, &mut parse);
    parse.job = job(lookup, text, spans, &parse);
    if let Some(job) = parse.job {
        for at in job.tokens() {
            parse.uses[at] = Use::Job;
        }
    }
    cues(lookup.tables, text, spans, &mut parse);
    qualifiers(lookup, text, spans, &mut parse);
    parse.qualifiers.sort_by_key(|qualifier| qualifier.start);
    parse
}

fn segments(text: &Text) -> ArrayVec<u8, MAX_TOKENS> {
    let mut segment = 0;
    text.tokens
        .iter()
        .enumerate()
        .map(|(at, token)| {
            // "Cashier at Walmart": what follows "at" is where, not what.
            let at_place = text.word(token) == "at";
            if at > 0 && (at_place || (token.before.breaks() && token.before != Separator::And)) {
                segment += 1;
            }
            segment
        })
        .collect()
}

/// The span that names the job: the one that tells most, where the head of a phrase and the beginning of a title count
/// for more, and the name of an area for less than that of a job.
fn job(lookup: &Lookup<'_>, text: &Text, spans: &[Span], parse: &Parse) -> Option<Span> {
    let mut best: Option<(f32, Span)> = None;
    let named = spans.iter().filter(|span| span.alias.is_some() || span.ambiguity.is_some());
    for span in named.filter(|span| span.tokens().all(|at| parse.uses[at] == Use::Rest)) {
        // "Part" inside "Part Time", "Engineer" inside "Software Engineer".
        let named = |other: &Span| other.alias.is_some() || other.ambiguity.is_some() || other.qualifier.is_some();
        if spans.iter().any(|other| other.covers(span) && named(other)) {
            continue;
        }
        let mut worth = f32::from(span.words);
        // "President" inside "Vice President", "Executive Director" inside "Senior Executive Director".
        if spans.iter().any(|other| other.covers(span) && other.cue.is_some()) {
            worth *= INSIDE;
        }
        match span.alias {
            Some(alias) => {
                let row = lookup.tables.aliases().get(alias as usize);
                worth += row.weight() / WORD_WORTH;
                let class = lookup.tables.class(&row);
                worth *= f32::from(class.percent) / 100.0;
                if class.area() && !led(lookup.tables, spans, span) {
                    worth *= AREA;
                }
            }
            // As much as an alias of words of middling rarity, of which nobody doubts what it means.
            None if span.is_block(lookup.tables) => worth *= 2.0,
            None => worth *= AMBIGUOUS,
        }
        if span.cue.is_some() || span.qualifier.is_some() {
            worth *= DOUBLE;
        }
        for _ in 0..span.unlikely {
            worth *= UNLIKELY_SENSE;
        }
        if ends_phrase(text, spans, span.end as usize) {
            worth *= HEAD;
        }
        worth *= unexplained(text, spans, parse, span);
        if parse.segments[span.start as usize] == 0 && !is_second(lookup.tables, text, spans, span) {
            worth *= FIRST_SEGMENT;
        }
        if is_top(lookup.tables, text, span) {
            // The first of several: "CEO & Founder".
            let second = spans.iter().any(|other| other.start < span.start && is_top(lookup.tables, text, other));
            worth *= if second { OUTRANKS / 2.0 } else { OUTRANKS };
        }
        // At a tie the earlier span stays: "Firefighter/EMT" is a firefighter first.
        if best.is_none_or(|(most, _)| worth > most) {
            best = Some((worth, *span));
        }
    }
    best.map(|(_, span)| span)
}

/// A word of middling rarity weighs about 6 × 256; by this it counts about as much again as being a word at all.
const WORD_WORTH: f32 = 1536.0;
/// "Marketing" in "Marketing Accountant" says where the accountant works.
const AREA: f32 = 0.5;
/// A word that several trades share yields to any that one trade has.
const AMBIGUOUS: f32 = 0.4;
/// What a longer cue holds is its own only when nothing else names a job.
const INSIDE: f32 = 0.1;
/// "Tech" is "technical" before it is "technology", and any of them if only that gives a job.
const UNLIKELY_SENSE: f32 = 0.8;
/// What can be a cue or a credential too is the job only when nothing else is: "Executive Director", "RN".
const DOUBLE: f32 = 0.3;
/// English names put the head last: a "Physician Recruiter" recruits.
const HEAD: f32 = 1.35;
/// What comes first is what the job is; what follows a dash or comma is more often where or for whom.
const FIRST_SEGMENT: f32 = 1.3;

/// A web developer who is the chief officer too is that first.
const OUTRANKS: f32 = 4.0;
/// See [`OUTRANKS`].
const TOP: Level = Level::E5;

/// Whether a span names a job at the top by itself.
fn is_top(tables: Tables<'_>, text: &Text, span: &Span) -> bool {
    span.alias.is_some_and(|alias| level_of_alias(tables, alias) >= Some(TOP)) && alone(text, span)
}

/// Whether an alias names an area rather than a job.
fn names_area(tables: Tables<'_>, alias: u32) -> bool {
    tables.class(&tables.aliases().get(alias as usize)).area()
}

/// The level of an alias by itself.
fn level_of_alias(tables: Tables<'_>, alias: u32) -> Option<Level> {
    let row = tables.aliases().get(alias as usize);
    let focus = || tables.focuses().get(tables.alias_focus(alias as usize).into());
    Level::from_index(tables.class(&row).level).or_else(|| Level::from_index(focus().default_level))
}

/// Whether a span fills a part of the title by itself: a break, an "and" or an end at either side.
fn alone(text: &Text, span: &Span) -> bool {
    let open = |at: usize| match text.tokens.get(at) {
        Some(token) => token.before.breaks() || text.word(token) == "and",
        None => true,
    };
    let start = usize::from(span.start);
    let begins = start == 0 || text.tokens[start].before.breaks() || text.word(&text.tokens[start - 1]) == "and";
    begins && open(usize::from(span.end))
}

/// Whether the title names a job before this one, each by itself: the stocker of "Cashier and Stocker".
fn is_second(tables: Tables<'_>, text: &Text, spans: &[Span], span: &Span) -> bool {
    let names = |other: &Span| other.alias.is_some_and(|alias| !names_area(tables, alias)) && alone(text, other);
    span.start > 0 && alone(text, span) && spans.iter().any(|other| other.end <= span.start && names(other))
}

/// Whether a cue of leading people stands beside the span.
fn led(tables: Tables<'_>, spans: &[Span], span: &Span) -> bool {
    spans.iter().any(|other| !other.overlaps(span) && other.cue.is_some_and(|cue| cue_leads(tables, cue)))
}

/// What a span is worth for each word of its segment that it leaves unexplained: "Administration Manager" explains less of
/// "Systems Administration Manager" than "Systems Administration" and a cue.
fn unexplained(text: &Text, spans: &[Span], parse: &Parse, span: &Span) -> f32 {
    /// One word in three may be a name that no reading explains.
    const EACH: f32 = 0.82;
    let segment = parse.segments[span.start as usize];
    (0..text.tokens.len())
        .filter(|&at| parse.segments[at] == segment && parse.uses[at] == Use::Rest && !span.tokens().contains(&at))
        .filter(|&at| {
            !spans.iter().any(|other| {
                (other.cue.is_some() || other.qualifier.is_some())
                    && other.tokens().contains(&at)
                    && !other.overlaps(span)
            })
        })
        .fold(1.0, |worth, _| worth * EACH)
}

/// Whether a phrase ends before the word `at`: at a break, a joining word, or when only cues and qualifiers follow.
fn ends_phrase(text: &Text, spans: &[Span], mut at: usize) -> bool {
    while at < text.tokens.len() {
        if text.tokens[at].before.breaks() || text.word(&text.tokens[at]) == "and" {
            return true;
        }
        let Some(skip) = spans
            .iter()
            .filter(|span| span.start as usize == at && (span.cue.is_some() || span.qualifier.is_some()))
            .max_by_key(|span| span.end)
        else {
            return false;
        };
        at = skip.end as usize;
    }
    true
}

/// Reads the cues: the longest first, where nothing else has claimed the words and the cue counts.
fn cues(tables: Tables<'_>, text: &Text, spans: &[Span], parse: &mut Parse) {
    let mut taken: ArrayVec<Span, MAX_CUES> = ArrayVec::new();
    while taken.remaining_capacity() > 1 {
        let next = spans
            .iter()
            .filter_map(|span| Some(Span { cue: Some(standing(tables, text, parse, span)?), ..*span }))
            .filter(|span| {
                span.tokens().all(|at| parse.uses[at] == Use::Rest) && !in_other_name(text, spans, parse, span)
            })
            .max_by_key(|span| (span.words, core::cmp::Reverse(span.start)));
        let Some(span) = next else { break };
        for at in span.tokens() {
            parse.uses[at] = Use::Cue;
        }
        taken.push(span);
    }
    // A job that is a cue as well speaks for its own level: "Executive Director", "Manager".
    taken.extend(parse.job.filter(|job| job.cue.is_some()));
    taken.sort_by_key(|span| span.start);
    for span in taken {
        if let Some(cue) = span.cue {
            parse.cues.push(CueSpan { cue, start: span.start, end: span.end });
        }
    }
}

/// Whether a cue is part of the name of a job beside the one that was chosen: the directors of a "CEO, Board of Directors".
/// What ends a pair is of both: the manager of "Investor Relations and Operations Manager".
fn in_other_name(text: &Text, spans: &[Span], parse: &Parse, cue: &Span) -> bool {
    let Some(job) = &parse.job else { return false };
    let pairs = |other: &Span| {
        other.start >= job.end
            && other.end == cue.end
            && (job.end..=other.start).any(|at| {
                matches!(text.tokens[usize::from(at)].before, Separator::And | Separator::Slash)
                    || text.word(&text.tokens[usize::from(at)]) == "and"
            })
    };
    spans.iter().any(|other| other.alias.is_some() && other.covers(cue) && !other.overlaps(job) && !pairs(other))
}

/// The cue that a span is where it stands: "Head" before the name of a job is a lead ("Head Nurse"); apart from it ("Head,
/// Marketing") or beside the name of an area ("Head Internal Audit") who runs it.
fn standing(tables: Tables<'_>, text: &Text, parse: &Parse, span: &Span) -> Option<u16> {
    let first = span.cue?;
    let same = tables.cues().get(first.into()).text;
    let alike = |&cue: &u16| cue == first || tables.cues().get(cue.into()).text == same;
    (first..tables.cues().len() as u16).take_while(alike).find(|&cue| counts(tables, text, parse, span, cue))
}

/// Whether a cue stands where it counts.
fn counts(tables: Tables<'_>, text: &Text, parse: &Parse, span: &Span, cue: u16) -> bool {
    let Some(job) = &parse.job else { return true };
    if text.tokens[span.start as usize].digits && span.words == 1 && !numbers_the_job(text, parse, span) {
        return false;
    }
    let apart = parse.segments[span.start as usize] != parse.segments[job.start as usize];
    match Place::from_index(tables.cues().get(cue.into()).place) {
        Place::Any => true,
        Place::Before => span.end <= job.start || apart,
        Place::After => span.start >= job.end,
        Place::Tail => apart || job.alias.is_some_and(|alias| names_area(tables, alias)),
    }
}

/// Whether a bare number is the job's grade: right behind it or another cue, and counting nothing else ("2 years", "4/10s").
fn numbers_the_job(text: &Text, parse: &Parse, span: &Span) -> bool {
    let (start, end) = (span.start as usize, span.end as usize);
    let behind = start > 0 && matches!(parse.uses[start - 1], Use::Job | Use::Cue);
    let counts_other = text
        .tokens
        .get(end)
        .is_some_and(|next| COUNTED.contains(&text.word(next)) || (next.digits && next.before == Separator::Slash));
    behind && !counts_other
}

/// What a number before it counts, as folded words.
const COUNTED: [&str; 18] = [
    "year", "yr", "month", "mo", "week", "wk", "day", "hour", "hr", "opening", "position", "vacancy", "job", "time",
    "x", "shift", "location", "spot",
];

fn qualifiers(lookup: &Lookup<'_>, text: &Text, spans: &[Span], parse: &mut Parse) {
    // Longest first, so that "New York" is one place and not a new York.
    let mut order: ArrayVec<&Span, MAX_SPANS> = spans.iter().filter(|span| span.qualifier.is_some()).collect();
    order.sort_by_key(|span| (core::cmp::Reverse(span.words), span.start));
    for span in order {
        let Some(number) = span.qualifier else { continue };
        let row = lookup.tables.qualifiers().get(number.into());
        let kind = QualifierKind::from_index(row.kind);
        // An intern's level and an intern's contract are one word.
        let free = |at: usize| matches!(parse.uses[at], Use::Rest | Use::Cue);
        let is_cue = span.cue.is_some();
        if !span.tokens().all(|at| free(at) && (is_cue || parse.uses[at] == Use::Rest)) {
            continue;
        }
        if Place::from_index(row.place) == Place::Tail && !at_tail(text, parse, span) {
            continue;
        }
        for at in span.tokens() {
            if parse.uses[at] == Use::Rest {
                parse.uses[at] = if kind == QualifierKind::Connector { Use::Connector } else { Use::Qualifier };
            }
        }
        if kind != QualifierKind::Connector {
            let _ =
                parse.qualifiers.try_push(QualifierSpan { kind, row: Some(number), start: span.start, end: span.end });
        }
    }
}

/// In a later segment, or the last word and written in capitals: "Nurse, RN", "Driver Austin TX".
fn at_tail(text: &Text, parse: &Parse, span: &Span) -> bool {
    let start = span.start as usize;
    parse.segments[start] > 0 || (start > 0 && span.end as usize == text.tokens.len() && text.tokens[start].upper)
}

/// Pay and codes, which no table can list: read first, so that the "hr" of "$20/hr" is no department.
fn patterns(lookup: &Lookup<'_>, text: &Text, parse: &mut Parse) {
    let mut at = 0;
    while at < text.tokens.len() {
        let token = &text.tokens[at];
        let start = at;
        at += 1;
        // "JR-00981": letters tied to a number of three digits or more.
        let tied = text.tokens.get(at).is_some_and(|next| {
            next.digits
                && next.before == Separator::Hyphen
                && next.end - next.start >= 3
                && lookup.words[at].is_none()
                && !token.digits
        });
        if tied && token.upper_or_short() {
            at += 1;
            parse.set_aside(QualifierKind::Code, start..at);
            continue;
        }
        if !token.digits || (!token.money && lookup.words[start].is_some()) {
            continue;
        }
        let kind = if token.money { QualifierKind::Pay } else { QualifierKind::Code };
        if token.money {
            // "$18 - $20 an hour", "$45/hr"
            while at < text.tokens.len() {
                let next = &text.tokens[at];
                let range = next.digits && (next.money || matches!(next.before, Separator::Hyphen | Separator::Dash));
                if !range && !PAY_WORDS.contains(&text.word(next)) {
                    break;
                }
                at += 1;
            }
        }
        parse.set_aside(kind, start..at);
    }
}

/// What follows an amount of money and belongs to it, as folded words.
const PAY_WORDS: [&str; 16] = [
    "hr", "hour", "hourly", "yr", "year", "yearly", "annually", "wk", "week", "weekly", "day", "month", "k", "per",
    "an", "a",
];

/// The grade that the cues of a title mean together, with its confidence: neighbours that have a rule become one,
/// and of what remains the highest kind leads.
pub(crate) fn grade(tables: Tables<'_>, cues: &[CueSpan]) -> Option<(u8, u16)> {
    let mut grades: ArrayVec<(u8, u16), MAX_CUES> = cues
        .iter()
        .map(|span| {
            let row = tables.cues().get(span.cue.into());
            (row.grade, row.confidence)
        })
        .collect();
    let rule =
        |first: u8, second: u8| tables.combinations().iter().find(|rule| rule.first == first && rule.second == second);
    let mut at = 0;
    while at + 1 < grades.len() {
        let (first, second) = (grades[at].0, grades[at + 1].0);
        match rule(first, second) {
            Some(rule) => {
                grades[at] = (rule.grade, rule.confidence);
                grades.remove(at + 1);
                at = 0;
            }
            None => at += 1,
        }
    }
    let kind = |grade: u8| tables.grades().get(grade.into()).kind;
    // A number beside a word ("Senior Engineer II") steps inside the word's level: the word leads.
    let word = |grade: u8| !tables.str(tables.grades().get(grade.into()).name).starts_with("grade_");
    grades.into_iter().rev().max_by_key(|&(grade, confidence)| (kind(grade), word(grade), confidence))
}

/// The level that a grade is by itself, whatever the job.
pub(crate) fn level_of_itself(tables: Tables<'_>, grade: u8) -> Option<Level> {
    let row = tables.grades().get(grade.into());
    Level::from_index(match GradeKind::ALL.get(usize::from(row.kind))? {
        GradeKind::Individual => row.professional,
        GradeKind::Managerial => row.management,
        GradeKind::Executive => row.executive,
    })
}

/// Whether any cue speaks of leading people or an organisation.
pub(crate) fn leads(tables: Tables<'_>, cues: &[CueSpan]) -> bool {
    cues.iter().any(|span| cue_leads(tables, span.cue))
}

fn cue_leads(tables: Tables<'_>, cue: u16) -> bool {
    let grade = tables.cues().get(cue.into()).grade;
    tables.grades().get(grade.into()).kind != GradeKind::Individual as u8
}
