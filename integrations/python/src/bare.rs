//! The library's own speed in this very process, for the benchmark to compare with.

use std::hint::black_box;
use std::num::NonZero;
use std::time::Instant;

use pyo3::prelude::*;
use pyo3::pybacked::PyBackedStr;

use crate::work;

/// How many seconds the library takes to answer these titles, on so many threads, and to do nothing with the answers.
#[pyfunction]
pub(crate) fn bare_seconds(py: Python<'_>, titles: Vec<PyBackedStr>, threads: NonZero<usize>) -> PyResult<f64> {
    py.detach(|| {
        let normalizer = titlecanon::Normalizer::builtin();
        let begun = Instant::now();
        work::spread(work::threads(Some(threads)), titles.chunks(256), |titles| {
            for title in titles {
                black_box(normalizer.normalize(black_box(title)));
            }
        })?;
        Ok(begun.elapsed().as_secs_f64())
    })
}
