//! Columns: an answer as named values, in CSV and in JSON.
//!
//! The names and their order are the library's serde fields, and a contract. Must not know where rows come from.

use std::borrow::Cow;
use std::fmt::{Display, Write as _};
use std::io;

use titlecanon::Resolution;

use crate::rows::Members;

/// The fields of an answer. All are in JSON; CSV and TSV do without the last, `candidates`.
pub(crate) const NAMES: [&str; 16] = [
    "verdict",
    "code",
    "role",
    "function",
    "focus",
    "level",
    "family",
    "soc",
    "confidence",
    "function_confidence",
    "level_confidence",
    "band",
    "method",
    "qualifiers",
    "candidates",
    "",
];
