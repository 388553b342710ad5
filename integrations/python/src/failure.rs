//! The errors that users meet. Must not know of titles.

use std::path::Path;

use pyo3::exceptions::{PyLookupError, PyValueError};
use pyo3::prelude::*;
use titlecanon::{Role, Taxonomy};

/// `titlecanon.TaxonomyError`, with every problem that the sources in a folder, or a compiled file, have.
pub(crate) fn taxonomy(py: Python<'_>, path: &Path, error: &titlecanon::Error) -> PyErr {
    let problem = |problem: &titlecanon::Problem| {
        // Some name the folder or file itself.
        let file = Path::new(problem.file());
        let file = if file.starts_with(path) { file.to_owned() } else { path.join(file) };
        (file.display().to_string(), problem.line(), problem.message().to_owned())
    };
    let problems: Vec<_> = error.problems().iter().map(problem).collect();
    let made = py.import("titlecanon._errors").and_then(|errors| errors.getattr("TaxonomyError")?.call1((problems,)));
    made.map_or_else(|failed| failed, PyErr::from_value)
}

/// The role with this code.
///
/// # Errors
///
/// `ValueError` for what is no code, `LookupError` for what is no role of the taxonomy.
pub(crate) fn role<'t>(taxonomy: &'t Taxonomy, text: &str) -> PyResult<Role<'t>> {
    let code = text.parse().map_err(|why| PyValueError::new_err(format!("{text:?} is no role code: {why}")))?;
    taxonomy.role(code).ok_or_else(|| {
        let why = match taxonomy.function(code.function().as_str()) {
            None => format!("the taxonomy has no function {}", code.function()),
            Some(function) if function.focuses().all(|focus| focus.code() != code.focus()) => {
                format!("{} has no focus {}", function.name(), code.focus())
            }
            Some(function) => format!("{} is on no level {}", function.name(), code.level()),
        };
        PyLookupError::new_err(format!("{text} is no role: {why}"))
    })
}
