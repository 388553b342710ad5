//! The answers to many titles, as an Arrow array of structs. Must not know how titles were read.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::Float64Type;
use arrow_array::{Array, ArrayRef, Float64Array, StringArray, StructArray, UInt32Array};
use arrow_buffer::NullBuffer;
use arrow_schema::{ArrowError, DataType, Field, FieldRef, Fields};
use arrow_select::take::take;
use pyo3::IntoPyObjectExt;
use pyo3::exceptions::{PyIndexError, PyOverflowError};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict, PyList, PyTuple};
use pyo3_arrow::ffi::{to_array_pycapsules, to_schema_pycapsule};
use titlecanon::{Confidence, Level, Method, Normalizer, Resolution, Verdict};

use crate::canon::{Canon, OfRole, Roles};
use crate::distinct::{Distinct, NULL};
use crate::work;

/// How many titles a thread takes at once: a millisecond's work, so that the last thread to finish is not late.
const AT_ONCE: usize = 256;

/// An answer in a few bytes.
#[derive(Clone, Copy)]
struct Brief {
    verdict: Verdict,
    /// The row of the best role.
    role: Option<u32>,
    method: Option<Method>,
    level: Option<Level>,
    confidence: Option<Confidence>,
    function_confidence: Option<Confidence>,
    level_confidence: Option<Confidence>,
}

impl Brief {
    const NONE: Brief = Brief {
        verdict: Verdict::NoMatch,
        role: None,
        method: None,
        level: None,
        confidence: None,
        function_confidence: None,
        level_confidence: None,
    };

    fn of(answer: &Resolution<'_>, roles: &Roles) -> Brief {
        let best = answer.best();
        Brief {
            verdict: answer.verdict(),
            role: best.and_then(|best| roles.row(best.role().code())),
            method: best.map(|best| best.method()),
            level: answer.level(),
            confidence: best.map(|best| best.confidence()),
            function_confidence: best.map(|best| best.function_confidence()),
            level_confidence: answer.level_confidence(),
        }
    }
}

/// Where a field's values come from.
#[derive(Clone, Copy)]
enum Source {
    Role(OfRole),
    Word(fn(&Brief) -> Option<&'static str>),
    Number(fn(&Brief) -> Option<Confidence>),
}

/// The fields, named as the library serialises them.
const FIELDS: [(&str, Source); 12] = [
    ("verdict", Source::Word(|brief| Some(brief.verdict.as_str()))),
    ("code", Source::Role(OfRole::Code)),
    ("role", Source::Role(OfRole::Role)),
    ("function", Source::Role(OfRole::Function)),
    ("focus", Source::Role(OfRole::Focus)),
    ("level", Source::Word(|brief| brief.level.map(Level::as_str))),
    ("family", Source::Role(OfRole::Family)),
    ("soc", Source::Role(OfRole::Soc)),
    ("confidence", Source::Number(|brief| brief.confidence)),
    ("function_confidence", Source::Number(|brief| brief.function_confidence)),
    ("level_confidence", Source::Number(|brief| brief.level_confidence)),
    ("method", Source::Word(|brief| brief.method.map(Method::as_str))),
];

fn fields() -> Fields {
    let of = |source| match source {
        Source::Role(_) | Source::Word(_) => DataType::Utf8,
        Source::Number(_) => DataType::Float64,
    };
    FIELDS.iter().map(|&(name, source)| Field::new(name, of(source), true)).collect()
}

/// The answers to many titles: an Arrow array of structs, null where the title was null.
///
/// Anything that takes Arrow arrays takes it: ``pyarrow.array(answers)``, ``polars.Series(answers)``; no bytes are copied. Without
/// either it is a sequence of dicts:
///
/// >>> answers = Normalizer()._normalize_titles(["Sr. Technical Support Engineer", None])
/// >>> len(answers), answers[0]["code"], answers[1]
/// (2, 'TSE.GEN.P4', None)
#[pyclass(frozen, sequence, module = "titlecanon")]
pub(crate) struct Answers {
    array: StructArray,
}

impl Answers {
    /// Answers titles, each distinct one once, on so many threads. Needs no lock of the interpreter's.
    pub(crate) fn new(
        canon: &Canon,
        normalizer: Normalizer<'_>,
        titles: &[ArrayRef],
        threads: usize,
    ) -> PyResult<Answers> {
        let titles = Distinct::of(titles);
        let roles = canon.roles();
        let mut answers = vec![Brief::NONE; titles.texts.len()];
        let tasks = titles.texts.chunks(AT_ONCE).zip(answers.chunks_mut(AT_ONCE));
        work::spread(threads, tasks, |(titles, answers)| {
            for (title, answer) in titles.iter().zip(answers) {
                *answer = Brief::of(&normalizer.normalize(title), roles);
            }
        })?;
        let batch = Batch { answers: &answers, rows: &titles.rows };
        let mut columns = FIELDS.map(|_| Ok(None));
        work::spread(threads, FIELDS.iter().zip(&mut columns), |(&(_, source), column)| {
            *column = batch.column(source, roles).map(Some);
        })?;
        let columns: Result<Vec<ArrayRef>, ArrowError> = columns.into_iter().filter_map(Result::transpose).collect();
        let nulls: NullBuffer = titles.rows.iter().map(|&row| row != NULL).collect();
        let nulls = (nulls.null_count() > 0).then_some(nulls);
        let array = StructArray::try_new_with_length(fields(), columns.map_err(failure)?, nulls, titles.rows.len());
        Ok(Answers { array: array.map_err(failure)? })
    }

    fn row<'py>(&self, py: Python<'py>, row: usize) -> PyResult<Bound<'py, PyAny>> {
        if self.array.is_null(row) {
            return Ok(py.None().into_bound(py));
        }
        let answer = PyDict::new(py);
        for ((name, source), column) in FIELDS.iter().zip(self.array.columns()) {
            let value = match source {
                _ if column.is_null(row) => py.None().into_bound(py),
                Source::Role(_) | Source::Word(_) => column.as_string::<i32>().value(row).into_bound_py_any(py)?,
                Source::Number(_) => column.as_primitive::<Float64Type>().value(row).into_bound_py_any(py)?,
            };
            answer.set_item(*name, value)?;
        }
        Ok(answer.into_any())
    }

    fn field(&self) -> FieldRef {
        Arc::new(Field::new("answer", self.array.data_type().clone(), true))
    }
}

#[pymethods]
impl Answers {
    fn __len__(&self) -> usize {
        self.array.len()
    }

    fn __getitem__<'py>(&self, py: Python<'py>, row: isize) -> PyResult<Bound<'py, PyAny>> {
        let rows = self.array.len();
        let found = if row < 0 { rows.checked_add_signed(row) } else { row.try_into().ok() };
        match found.filter(|&row| row < rows) {
            Some(row) => self.row(py, row),
            None => Err(PyIndexError::new_err(format!("there is no answer {row} among {rows}"))),
        }
    }

    fn __repr__(&self) -> String {
        let rows = self.array.len();
        format!("<titlecanon.Answers: {rows} answer{}>", if rows == 1 { "" } else { "s" })
    }

    /// The answers as a list of dicts, with ``None`` where the title was null.
    fn to_pylist<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        let list = PyList::empty(py);
        for row in 0..self.array.len() {
            list.append(self.row(py, row)?)?;
        }
        Ok(list)
    }

    /// The type, as a capsule of the Arrow PyCapsule interface.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        Ok(to_schema_pycapsule(py, self.field().as_ref())?)
    }

    /// Type and array, as capsules of the Arrow PyCapsule interface.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_array__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyCapsule>>,
    ) -> PyResult<Bound<'py, PyTuple>> {
        Ok(to_array_pycapsules(py, self.field(), &self.array, requested_schema)?)
    }
}

/// The answers to distinct titles, and which row has which.
struct Batch<'a> {
    answers: &'a [Brief],
    rows: &'a [u32],
}

impl Batch<'_> {
    fn column(&self, source: Source, roles: &Roles) -> Result<ArrayRef, ArrowError> {
        match source {
            Source::Role(of) => {
                take(roles.column(of), &self.numbers(self.answers.iter().map(|brief| brief.role)), None)
            }
            Source::Word(word) => {
                let mut words: Vec<&str> = Vec::new();
                // Their numbers; there are never more than the levels.
                let numbers = self.numbers(self.answers.iter().map(|brief| {
                    let word = word(brief)?;
                    let known = words.iter().position(|&known| known == word).unwrap_or(words.len());
                    if known == words.len() {
                        words.push(word);
                    }
                    Some(known as u32)
                }));
                take(&StringArray::from(words), &numbers, None)
            }
            Source::Number(number) => {
                let value = |&row: &u32| Some(number(self.answers.get(row as usize)?)?.value());
                Ok(Arc::new(self.rows.iter().map(value).collect::<Float64Array>()))
            }
        }
    }

    /// For each row what `of` has for its title.
    fn numbers(&self, of: impl Iterator<Item = Option<u32>>) -> UInt32Array {
        let of: Vec<Option<u32>> = of.collect();
        // The row of a null has no title.
        self.rows.iter().map(|&row| *of.get(row as usize)?).collect()
    }
}

fn failure(error: ArrowError) -> PyErr {
    PyOverflowError::new_err(format!(
        "the answers are too many for one Arrow array ({error}); give the titles in parts"
    ))
}
