//! The native half of the Python package `titlecanon`: titles from Python or Arrow in, answers out. Its documentation for users is
//! the docstrings, and `README.md`.

mod answer;
mod answers;
mod bare;
mod canon;
mod distinct;
mod failure;
mod input;
mod json;
mod normalizer;
mod work;

use pyo3::prelude::*;

/// The native half of the package: use what `titlecanon` has of it.
#[pymodule]
mod _native {
    #[pymodule_export]
    use crate::answer::Answer;
    #[pymodule_export]
    use crate::answers::Answers;
    #[pymodule_export]
    use crate::bare::bare_seconds;
    #[pymodule_export]
    use crate::normalizer::Normalizer;
}
