//! The class `Normalizer`: a taxonomy and settings. Must not know of Arrow.

use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use pyo3::exceptions::{PyImportError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString, PyTuple};
use serde::Serialize;
use titlecanon::MAX_CANDIDATES;

use crate::answer::Answer;
use crate::answers::Answers;
use crate::canon::Canon;
use crate::json::{failure, to_python};
use crate::{failure, input, work};

/// What the library takes for `confident` and `review` where only one of them is said, as its documentation promises.
const USUALLY: (f64, f64) = (0.86, 0.30);

/// Answers titles from a taxonomy, with settings. All are keywords but the first.
///
/// ``taxonomy`` is a folder of sources or a compiled file (usually the embedded taxonomy), ``overlay`` a folder of sources that are
/// laid over it and win. ``confident`` and ``review`` are the function confidences from which an answer is confident (usually 0.86)
/// and worth a review (usually 0.30). Without ``fuzzy`` misspelt words are not corrected. ``candidates`` is how many an answer under
/// review carries: usually 5, from 1 to 8.
///
/// What is wrong with a taxonomy is a ``TaxonomyError``. It pickles by its arguments: who unpickles it reads the same files.
///
/// >>> from titlecanon import Normalizer
/// >>> Normalizer(fuzzy=False).normalize_title("Elecrician").verdict
/// 'no_match'
/// >>> Normalizer(confident=0.99)
/// Normalizer(confident=0.99)
#[pyclass(frozen, module = "titlecanon")]
#[derive(Debug)]
pub(crate) struct Normalizer {
    canon: Arc<Canon>,
    taxonomy: Option<PathBuf>,
    overlay: Option<PathBuf>,
    confident: Option<f64>,
    review: Option<f64>,
    fuzzy: bool,
    candidates: Option<usize>,
}

impl Normalizer {
    /// The library's.
    fn engine(&self) -> titlecanon::Normalizer<'_> {
        let mut engine = titlecanon::Normalizer::with_taxonomy(self.canon.taxonomy()).with_fuzzy(self.fuzzy);
        if self.confident.is_some() || self.review.is_some() {
            engine = engine.with_thresholds(self.confident.unwrap_or(USUALLY.0), self.review.unwrap_or(USUALLY.1));
        }
        match self.candidates {
            Some(count) => engine.with_candidates(count),
            None => engine,
        }
    }

    pub(crate) fn explanation(&self, title: &str) -> String {
        self.engine().explain(title).to_string()
    }

    /// The settings that are not as usual, by name.
    fn arguments<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let arguments = PyDict::new(py);
        let path = |path: &Option<PathBuf>| path.as_ref().map(|path| path.as_os_str().to_owned());
        for (name, value) in [("taxonomy", path(&self.taxonomy)), ("overlay", path(&self.overlay))] {
            value.map(|value| arguments.set_item(name, value)).transpose()?;
        }
        for (name, value) in [("confident", self.confident), ("review", self.review)] {
            value.map(|value| arguments.set_item(name, value)).transpose()?;
        }
        if !self.fuzzy {
            arguments.set_item("fuzzy", false)?;
        }
        self.candidates.map(|count| arguments.set_item("candidates", count)).transpose()?;
        Ok(arguments)
    }
}

#[pymethods]
impl Normalizer {
    #[new]
    #[pyo3(signature = (taxonomy=None, *, overlay=None, confident=None, review=None, fuzzy=true, candidates=None))]
    fn new(
        py: Python<'_>,
        taxonomy: Option<PathBuf>,
        overlay: Option<PathBuf>,
        confident: Option<f64>,
        review: Option<f64>,
        fuzzy: bool,
        candidates: Option<usize>,
    ) -> PyResult<Normalizer> {
        for (name, value) in [("confident", confident), ("review", review)] {
            if value.is_some_and(|value| !(0.0..=1.0).contains(&value)) {
                return Err(PyValueError::new_err(format!("{name} is a confidence, from 0 to 1")));
            }
        }
        if candidates.is_some_and(|count| !(1..=MAX_CANDIDATES).contains(&count)) {
            return Err(PyValueError::new_err(format!(
                "candidates is how many an answer carries, from 1 to {MAX_CANDIDATES}; the method candidates(title, k) gives more"
            )));
        }
        // Those who unpickle it may work elsewhere.
        let absolute = |path: Option<PathBuf>| path.map(std::path::absolute).transpose();
        let (taxonomy, overlay) = (absolute(taxonomy)?, absolute(overlay)?);
        let canon = py.detach(|| Canon::read(taxonomy.as_deref(), overlay.as_deref()));
        let canon = canon.map_err(|(path, error): (&Path, _)| failure::taxonomy(py, path, &error))?;
        Ok(Normalizer { canon, taxonomy, overlay, confident, review, fuzzy, candidates })
    }

    /// The answer to one title. Any ``str`` has one, in bounded time.
    ///
    /// >>> from titlecanon import Normalizer
    /// >>> Normalizer().normalize_title("Engineer, Technical Support, Sr").code
    /// 'TSE.GEN.P4'
    fn normalize_title(slf: Bound<'_, Normalizer>, title: Bound<'_, PyAny>) -> PyResult<Answer> {
        let resolution = slf.get().engine().normalize(&input::title(&title)?);
        Answer::new(title.cast_into::<PyString>()?.unbind(), slf.clone().unbind(), &resolution)
    }

    /// The answers to many titles, in order, as an Arrow array of structs: a ``pyarrow.StructArray`` where there is pyarrow, else
    /// ``Answers``.
    ///
    /// ``titles`` is a list (or anything else to go through) of ``str`` and ``None``, a Series of pandas or Polars, or anything with
    /// an Arrow array of texts inside, dictionaries among them. ``None``, ``NaN`` and pandas' ``NA`` are null, and have null for
    /// an answer. Each distinct title is answered once. Works without the interpreter's lock, on ``threads`` threads: usually
    /// one a core.
    ///
    /// >>> from titlecanon import Normalizer
    /// >>> answers = Normalizer().normalize_titles(["Cashier/Stocker", None, "asdf"])
    /// >>> [answer and answer["code"] for answer in answers.to_pylist()]
    /// ['CSH.GEN.S1', None, None]
    #[pyo3(signature = (titles, *, threads=None))]
    fn normalize_titles<'py>(
        &self,
        py: Python<'py>,
        titles: &Bound<'py, PyAny>,
        threads: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let answers = Bound::new(py, self._normalize_titles(py, titles, threads)?)?.into_any();
        match py.import("pyarrow") {
            Ok(pyarrow) => pyarrow.getattr("array")?.call1((answers,)),
            Err(error) if error.is_instance_of::<PyImportError>(py) => Ok(answers),
            Err(error) => Err(error),
        }
    }

    /// As ``normalize_titles``, but always ``Answers``.
    #[pyo3(signature = (titles, *, threads=None))]
    fn _normalize_titles(
        &self,
        py: Python<'_>,
        titles: &Bound<'_, PyAny>,
        threads: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Answers> {
        let threads = work::threads(threads.map(count).transpose()?);
        let titles = input::titles(titles)?;
        py.detach(|| Answers::new(&self.canon, self.engine(), &titles, threads))
    }

    /// The ``k`` likeliest roles for a title, best first, however unlikely: dicts of ``code``, ``role``, ``soc`` and ``confidence``.
    ///
    /// >>> from titlecanon import Normalizer
    /// >>> [found["code"] for found in Normalizer().candidates("Technical Support Engineer", 2)][0]
    /// 'TSE.GEN.P3'
    #[pyo3(signature = (title, k=10))]
    fn candidates<'py>(&self, py: Python<'py>, title: &Bound<'py, PyAny>, k: usize) -> PyResult<Bound<'py, PyAny>> {
        let title = input::title(title)?;
        as_python(py, &py.detach(|| self.engine().candidates(&title, k)))
    }

    /// Why a title has the answer that it has, in words.
    ///
    /// >>> from titlecanon import Normalizer
    /// >>> print(Normalizer().explain("asdf").splitlines()[0])
    /// "asdf": no_match
    fn explain(&self, title: &Bound<'_, PyAny>) -> PyResult<String> {
        Ok(self.explanation(&input::title(title)?))
    }

    /// Everything that the taxonomy says of a role: level, function, focus, family, SOC codes, aliases, profile.
    ///
    /// ``ValueError`` for what is no role code, ``LookupError`` where there is no such role.
    ///
    /// >>> from titlecanon import Normalizer
    /// >>> Normalizer().role("TSE.GEN.P4")["level"]["name"]
    /// 'Senior Professional'
    fn role<'py>(&self, py: Python<'py>, code: &str) -> PyResult<Bound<'py, PyAny>> {
        as_python(py, &failure::role(self.canon.taxonomy(), code)?)
    }

    /// How far apart two roles are by level and taxonomy, from 0 to 1: up to 0.30 one may stand for the other.
    ///
    /// >>> from titlecanon import Normalizer
    /// >>> Normalizer().role_distance("TSE.GEN.P4", "TSE.GEN.P5")
    /// 0.07
    fn role_distance(&self, one: &str, other: &str) -> PyResult<f64> {
        let taxonomy = self.canon.taxonomy();
        Ok(failure::role(taxonomy, one)?.distance(failure::role(taxonomy, other)?).value())
    }

    /// The ``k`` other roles that are nearest, nearest first: dicts of ``code``, ``title``, ``distance`` and ``verdict``.
    ///
    /// >>> from titlecanon import Normalizer
    /// >>> [near["code"] for near in Normalizer().neighbors("TSE.GEN.P4", 2)]
    /// ['TSE.GEN.P3', 'TSE.GEN.P5']
    #[pyo3(signature = (code, k=10))]
    fn neighbors<'py>(&self, py: Python<'py>, code: &str, k: usize) -> PyResult<Bound<'py, PyAny>> {
        as_python(py, &failure::role(self.canon.taxonomy(), code)?.neighbors(k))
    }

    /// Which edition of the taxonomy answers: of the embedded one ``YEAR.MONTH.NUMBER``.
    fn data_version(&self) -> &str {
        self.canon.taxonomy().version()
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let shown: PyResult<Vec<String>> =
            self.arguments(py)?.iter().map(|(name, value)| Ok(format!("{name}={}", value.repr()?))).collect();
        Ok(format!("Normalizer({})", shown?.join(", ")))
    }

    fn __getnewargs_ex__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyTuple>, Bound<'py, PyDict>)> {
        Ok((PyTuple::empty(py), self.arguments(py)?))
    }
}

fn as_python<'py>(py: Python<'py>, value: &impl Serialize) -> PyResult<Bound<'py, PyAny>> {
    to_python(py, &serde_json::to_value(value).map_err(failure)?)
}

/// A number of threads.
pub(crate) fn count(threads: &Bound<'_, PyAny>) -> PyResult<NonZero<usize>> {
    let wrong =
        || PyValueError::new_err(format!("threads is a whole number from 1, or None for one a core; not {threads}"));
    threads.extract::<NonZero<usize>>().map_err(|error| match error.is_instance_of::<PyTypeError>(threads.py()) {
        true => PyTypeError::new_err(wrong().value(threads.py()).to_string()),
        false => wrong(),
    })
}
