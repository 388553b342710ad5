//! The answer to one title. Its fields are what the library serialises. Must not know how titles are resolved.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString, PyTuple, PyType};
use serde_json::{Map, Value};
use titlecanon::Resolution;

use crate::json::{failure, to_python};
use crate::normalizer::Normalizer;

/// The answer to one title. It can't be changed; what is missing is ``None``.
///
/// >>> import titlecanon
/// >>> answer = titlecanon.normalize_title("Sr. Technical Support Engineer (Remote)")
/// >>> answer
/// Answer(verdict='confident', code='TSE.GEN.P4', role='Senior Technical Support Engineer', confidence=0.8)
/// >>> answer.function_confidence, answer.level_confidence, answer.band, answer.qualifiers
/// (1.0, 0.8, 'high', ['remote'])
/// >>> titlecanon.normalize_title("asdf")
/// Answer(verdict='no_match', code=None, role=None, confidence=None)
#[pyclass(frozen, module = "titlecanon")]
pub(crate) struct Answer {
    title: Py<PyString>,
    normalizer: Py<Normalizer>,
    fields: Map<String, Value>,
}

impl Answer {
    pub(crate) fn new(
        title: Py<PyString>,
        normalizer: Py<Normalizer>,
        resolution: &Resolution<'_>,
    ) -> PyResult<Answer> {
        match serde_json::to_value(resolution).map_err(failure)? {
            Value::Object(fields) => Ok(Answer { title, normalizer, fields }),
            other => Err(PyValueError::new_err(format!("no answer: {other}"))),
        }
    }

    fn get<'py>(&self, py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyAny>> {
        to_python(py, self.fields.get(name).unwrap_or(&Value::Null))
    }
}

#[pymethods]
impl Answer {
    /// The title that was asked for.
    #[getter]
    fn title<'py>(&self, py: Python<'py>) -> Bound<'py, PyString> {
        self.title.bind(py).clone()
    }

    /// Which job is it? ``'confident'``, ``'needs_review'`` or ``'no_match'``.
    #[getter]
    fn verdict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.get(py, "verdict")
    }

    /// The role code, as ``'TSE.GEN.P4'``.
    #[getter]
    fn code<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.get(py, "code")
    }

    /// What the role is called.
    #[getter]
    fn role<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.get(py, "role")
    }

    /// The name of the function: which job.
    #[getter]
    fn function<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.get(py, "function")
    }

    /// The name of the focus: which specialisation of the job.
    #[getter]
    fn focus<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.get(py, "focus")
    }

    /// The code of the level, as ``'P4'``. May be there without a role.
    #[getter]
    fn level<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.get(py, "level")
    }

    /// The name of the family of functions.
    #[getter]
    fn family<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.get(py, "family")
    }

    /// The best SOC 2018 code.
    #[getter]
    fn soc<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.get(py, "soc")
    }

    /// The publisher's id; only of a taxonomy that has any.
    #[getter]
    fn external_id<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.get(py, "external_id")
    }

    /// How sure the role as a whole is, from 0 to 1: function confidence × level confidence.
    #[getter]
    fn confidence<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.get(py, "confidence")
    }

    /// How sure function and focus are, from 0 to 1.
    #[getter]
    fn function_confidence<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.get(py, "function_confidence")
    }

    /// How sure the level is, from 0 to 1. May be there without a role.
    #[getter]
    fn level_confidence<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.get(py, "level_confidence")
    }

    /// ``'high'``, ``'medium'`` or ``'low'``, of ``confidence``.
    #[getter]
    fn band<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.get(py, "band")
    }

    /// How it matched: ``'exact'``, ``'composed'``, ``'inverted'`` or ``'fuzzy'``.
    #[getter]
    fn method<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.get(py, "method")
    }

    /// The kinds of qualifier that the title has, each once, as ``['remote']``.
    #[getter]
    fn qualifiers<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.get(py, "qualifiers")
    }

    /// The candidates, best first: dicts of ``code``, ``role``, ``soc`` and ``confidence``.
    #[getter]
    fn candidates<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.get(py, "candidates")
    }

    /// Why, in words: how each part of the title was read, and what it was worth.
    ///
    /// >>> import titlecanon
    /// >>> print(titlecanon.normalize_title("Sr. Technical Support Engineer").explain())  # doctest: +ELLIPSIS
    /// "Sr. Technical Support Engineer": confident
    /// TSE.GEN.P4  Senior Technical Support Engineer
    /// confidence 0.80 (high) = function 1.00 x level 0.80, composed match
    /// ...
    fn explain(&self, py: Python<'_>) -> String {
        self.normalizer.get().explanation(&self.title.bind(py).to_string_lossy())
    }

    /// The fields as a dict, named and ordered as in the library's JSON.
    ///
    /// >>> import titlecanon
    /// >>> list(titlecanon.normalize_title("Welder").to_dict())[:5]
    /// ['verdict', 'code', 'role', 'function', 'focus']
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let dict = PyDict::new(py);
        for (name, value) in &self.fields {
            dict.set_item(name, to_python(py, value)?)?;
        }
        Ok(dict)
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let shown =
            ["verdict", "code", "role", "confidence"].map(|name| Ok(format!("{name}={}", self.get(py, name)?.repr()?)));
        Ok(format!("Answer({})", shown.into_iter().collect::<PyResult<Vec<_>>>()?.join(", ")))
    }

    fn __eq__(&self, py: Python<'_>, other: &Answer) -> PyResult<bool> {
        Ok(self.fields == other.fields && self.title.bind(py).as_any().eq(other.title.bind(py))?)
    }

    fn __hash__(&self, py: Python<'_>) -> PyResult<u64> {
        let mut hasher = DefaultHasher::new();
        self.title.bind(py).hash()?.hash(&mut hasher);
        Ok(hasher.finish())
    }

    fn __reduce__<'py>(slf: &Bound<'py, Answer>) -> PyResult<(Bound<'py, PyAny>, Bound<'py, PyTuple>)> {
        let (py, answer) = (slf.py(), slf.get());
        let fields = serde_json::to_string(&answer.fields).map_err(failure)?;
        let arguments = (&answer.title, &answer.normalizer, fields).into_pyobject(py)?;
        Ok((slf.get_type().getattr("_restore")?, arguments))
    }

    /// What was pickled: an answer stays what it was, whatever the taxonomy says now.
    #[classmethod]
    fn _restore(
        _class: &Bound<'_, PyType>,
        title: Py<PyString>,
        normalizer: Py<Normalizer>,
        fields: &str,
    ) -> PyResult<Answer> {
        let fields =
            serde_json::from_str(fields).map_err(|why| PyValueError::new_err(format!("no pickled answer: {why}")))?;
        Ok(Answer { title, normalizer, fields })
    }
}
