//! Answers as Arrow arrays: each distinct title's is kept in a few bytes, and written once for each row that has it. It must not
//! know how arguments were read.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, Float64Array, Int64Array, ListArray, StringViewArray, StructArray, UInt32Array};
use arrow::buffer::{NullBuffer, OffsetBuffer};
use arrow::datatypes::{DataType, Field, FieldRef, Fields};
use datafusion::common::exec_err;
use datafusion::error::Result;
use hashbrown::HashMap;
use titlecanon::{Confidence, Level, Match, Method, Normalizer, Verdict};

use crate::distinct::Distinct;
use crate::roles::{Column, Roles};
use crate::titles::Titles;

/// Where a field's values come from.
enum Source<T> {
    Role(Column),
    Text(fn(&T) -> Option<&'static str>),
    Number(fn(&T) -> Option<Confidence>),
}

/// What structs are made of: fields in order.
type Layout<T> = [(&'static str, Source<T>)];

/// As they are serialised.
const ANSWER: &Layout<Answer> = &[
    ("verdict", Source::Text(|answer| Some(answer.verdict.as_str()))),
    ("code", Source::Role(Column::Code)),
    ("role", Source::Role(Column::Role)),
    ("function", Source::Role(Column::Function)),
    ("focus", Source::Role(Column::Focus)),
    ("level", Source::Text(|answer| answer.level.map(Level::as_str))),
    ("family", Source::Role(Column::Family)),
    ("soc", Source::Role(Column::Soc)),
    ("confidence", Source::Number(|answer| answer.best.map(|best| best.confidence))),
    ("function_confidence", Source::Number(|answer| answer.best.map(|best| best.function_confidence))),
    ("level_confidence", Source::Number(|answer| answer.level_confidence)),
    ("method", Source::Text(|answer| answer.best.map(|best| best.method.as_str()))),
];

/// As they are serialised.
const CANDIDATE: &Layout<Candidate> = &[
    ("code", Source::Role(Column::Code)),
    ("role", Source::Role(Column::Role)),
    ("soc", Source::Role(Column::Soc)),
    ("confidence", Source::Number(|candidate| Some(candidate.confidence))),
];

/// The type of an answer.
pub(crate) fn answer_type() -> DataType {
    DataType::Struct(fields(ANSWER))
}

/// The type of a list of candidates.
pub(crate) fn candidates_type() -> DataType {
    DataType::List(candidate())
}

fn candidate() -> FieldRef {
    Arc::new(Field::new_list_field(DataType::Struct(fields(CANDIDATE)), true))
}

fn fields<T>(layout: &Layout<T>) -> Fields {
    let data_type = |source: &Source<T>| match source {
        Source::Role(_) | Source::Text(_) => DataType::Utf8View,
        Source::Number(_) => DataType::Float64,
    };
    layout.iter().map(|(name, source)| Field::new(*name, data_type(source), true)).collect()
}

/// A role that a title may mean, by its number.
#[derive(Clone, Copy)]
struct Candidate {
    role: Option<u32>,
    method: Method,
    confidence: Confidence,
    function_confidence: Confidence,
}

impl Candidate {
    fn new(found: Match<'_>, roles: &Roles) -> Candidate {
        Candidate {
            role: roles.row(found.role()),
            method: found.method(),
            confidence: found.confidence(),
            function_confidence: found.function_confidence(),
        }
    }
}

struct Answer {
    verdict: Verdict,
    best: Option<Candidate>,
    level: Option<Level>,
    level_confidence: Option<Confidence>,
}

/// The answers to the titles of a batch.
pub(crate) struct Answers {
    /// To each distinct title; none to null.
    answers: Vec<Option<Answer>>,
    rows: Vec<u32>,
}

impl Answers {
    pub(crate) fn new(titles: &Titles, of: Distinct<'_>) -> Answers {
        let (normalizer, roles) = (titles.normalizer(), titles.roles());
        let answer = |title: &str| {
            let answer = normalizer.normalize(title);
            Answer {
                verdict: answer.verdict(),
                best: answer.best().map(|best| Candidate::new(best, roles)),
                level: answer.level(),
                level_confidence: answer.level_confidence(),
            }
        };
        Answers { answers: of.texts.iter().map(|title| title.map(answer)).collect(), rows: of.rows }
    }

    fn rows(&self) -> impl Iterator<Item = Option<&Answer>> {
        self.rows.iter().map(|&number| self.answers[number as usize].as_ref())
    }

    fn best(&self) -> impl Iterator<Item = Option<&Candidate>> {
        self.rows().map(|answer| answer.and_then(|answer| answer.best.as_ref()))
    }

    /// As structs. The roles are those of the titles that answered; so they are for codes.
    pub(crate) fn structs(&self, roles: &Roles) -> Result<ArrayRef> {
        let rows: Vec<_> = self.rows().collect();
        structs(ANSWER, &rows, |answer| answer.best?.role, roles)
    }

    pub(crate) fn codes(&self, roles: &Roles) -> Result<ArrayRef> {
        roles.take(Column::Code, &self.best().map(|best| best?.role).collect())
    }

    pub(crate) fn confidences(&self) -> ArrayRef {
        Arc::new(self.best().map(|best| Some(best?.confidence.value())).collect::<Float64Array>())
    }
}

/// A struct for each row; null for none.
fn structs<T>(
    layout: &Layout<T>,
    rows: &[Option<&T>],
    role: impl Fn(&T) -> Option<u32>,
    roles: &Roles,
) -> Result<ArrayRef> {
    let of_roles: UInt32Array = rows.iter().map(|row| row.and_then(&role)).collect();
    let column = |source: &Source<T>| -> Result<ArrayRef> {
        Ok(match source {
            Source::Role(column) => roles.take(*column, &of_roles)?,
            Source::Text(text) => Arc::new(rows.iter().map(|row| row.and_then(text)).collect::<StringViewArray>()),
            Source::Number(number) => {
                let numbers = rows.iter().map(|row| row.and_then(number).map(Confidence::value));
                Arc::new(numbers.collect::<Float64Array>())
            }
        })
    };
    let columns = layout.iter().map(|(_, source)| column(source)).collect::<Result<Vec<_>>>()?;
    let nulls: NullBuffer = rows.iter().map(Option::is_some).collect();
    let nulls = (nulls.null_count() > 0).then_some(nulls);
    Ok(Arc::new(StructArray::try_new(fields(layout), columns, nulls)?))
}

/// Which candidates a row asks for.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Asked {
    OfTheAnswer,
    Likeliest(usize),
}

impl Asked {
    /// None for null. A single count stands for all rows.
    fn by_row(counts: Option<&Int64Array>, row: usize) -> Result<Option<Asked>> {
        let Some(counts) = counts else { return Ok(Some(Asked::OfTheAnswer)) };
        let row = if counts.len() == 1 { 0 } else { row };
        if counts.is_null(row) {
            return Ok(None);
        }
        match usize::try_from(counts.value(row)) {
            Ok(k) => Ok(Some(Asked::Likeliest(k))),
            Err(_) => exec_err!("title_candidates: k is {}, and must be 0 or more", counts.value(row)),
        }
    }

    fn candidates(self, title: &str, normalizer: Normalizer<'_>, roles: &Roles) -> Vec<Candidate> {
        let candidate = |found| Candidate::new(found, roles);
        match self {
            Asked::OfTheAnswer => normalizer.normalize(title).candidates().map(candidate).collect(),
            Asked::Likeliest(k) => normalizer.candidates(title, k).into_iter().map(candidate).collect(),
        }
    }
}

/// The candidates for the titles of a batch: those of their answers, or as many as are asked for.
pub(crate) fn candidates(titles: &Titles, of: &Distinct<'_>, counts: Option<&Int64Array>) -> Result<ArrayRef> {
    let (normalizer, roles) = (titles.normalizer(), titles.roles());
    let mut lists: HashMap<(u32, Asked), Vec<Candidate>> = HashMap::new();
    let mut keys = Vec::with_capacity(of.rows.len());
    for (row, &number) in of.rows.iter().enumerate() {
        let asked = Asked::by_row(counts, row)?;
        keys.push(of.texts[number as usize].zip(asked).map(|(title, asked)| {
            lists.entry((number, asked)).or_insert_with(|| asked.candidates(title, normalizer, roles));
            (number, asked)
        }));
    }
    let rows = || keys.iter().map(|key| key.as_ref().map(|key| lists[key].as_slice()));
    let lengths = rows().map(|list| list.map_or(0, <[_]>::len));
    if i32::try_from(lengths.clone().sum::<usize>()).is_err() {
        return exec_err!("title_candidates: a batch has more than 2,147,483,647 candidates; ask for a smaller k");
    }
    let flat: Vec<_> = rows().flatten().flatten().map(Some).collect();
    let items = structs(CANDIDATE, &flat, |candidate| candidate.role, roles)?;
    let nulls: NullBuffer = rows().map(|list| list.is_some()).collect();
    Ok(Arc::new(ListArray::try_new(candidate(), OffsetBuffer::from_lengths(lengths), items, Some(nulls))?))
}
