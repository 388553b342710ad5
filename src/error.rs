//! The error of taxonomy sources: every problem of them at once, each with file and line; and of compiled taxonomies.
//!
//! Titles never cause one: any string has an answer.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

/// What is wrong with the sources of a taxonomy: all of it, not only the first. Or why a compiled one is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    problems: Vec<Problem>,
}

impl Error {
    pub(crate) fn new(mut problems: Vec<Problem>) -> Error {
        problems.sort();
        problems.dedup();
        Error { problems }
    }

    /// The error of a file as a whole.
    pub(crate) fn one(file: impl Into<String>, message: impl Into<String>) -> Error {
        Error { problems: alloc::vec![Problem::new(file, 0, message)] }
    }

    /// The problems, ordered by file and line. There is at least one.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }
}

/// One problem a line, as `file:line: what is wrong; what to do`.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, problem) in self.problems.iter().enumerate() {
            if i > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{problem}")?;
        }
        Ok(())
    }
}

impl core::error::Error for Error {}

/// One problem in one line of a taxonomy's sources.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    file: String,
    line: usize,
    message: String,
}

impl Problem {
    pub(crate) fn new(file: impl Into<String>, line: usize, message: impl Into<String>) -> Problem {
        Problem { file: file.into(), line, message: message.into() }
    }

    /// The file, as a path inside the taxonomy's folder.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The line, from 1 (the header); 0 when the file as a whole is meant.
    pub fn line(&self) -> usize {
        self.line
    }

    /// What is wrong and what to do about it.
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.line == 0 {
            write!(f, "{}: {}", self.file, self.message)
        } else {
            write!(f, "{}:{}: {}", self.file, self.line, self.message)
        }
    }
}
