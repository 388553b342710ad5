//! Tab-separated text: one header line, one row a line, no quoting.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::schema::Kind;
use crate::error::Problem;

/// Whose a row is, where sources are laid over a taxonomy.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Layer {
    /// Nothing is laid over anything.
    #[default]
    Alone,
    /// The row is laid over others: it wins.
    Over,
    /// Others are laid over the row: where it contradicts them it is as if it were not there.
    Under,
}

/// A row: where it stands and its fields, as many as its file's header has.
#[derive(Clone, Debug)]
pub(super) struct Row<'s> {
    pub(super) file: &'s str,
    pub(super) line: usize,
    pub(super) fields: Vec<&'s str>,
    pub(super) layer: Layer,
}

impl<'s> Row<'s> {
    pub(super) fn is_under(&self) -> bool {
        self.layer == Layer::Under
    }

    /// What stands in a column: nothing in one that the file leaves out.
    pub(super) fn field(&self, column: usize) -> &'s str {
        self.fields.get(column).copied().unwrap_or_default()
    }

    /// Whether the file has the column.
    pub(super) fn has(&self, column: usize) -> bool {
        column < self.fields.len()
    }

    pub(super) fn problem(&self, message: impl Into<String>) -> Problem {
        Problem::new(self.file, self.line, message)
    }
}

/// The header of `text`.
pub(super) fn header(text: &str) -> Vec<&str> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    text.lines().next().map(|line| line.split('\t').collect()).unwrap_or_default()
}

/// Reads the rows of `text`, whose header must be the columns of its kind, as many as there have to be at least.
pub(super) fn read<'s>(file: &'s str, text: &'s str, kind: &Kind, problems: &mut Vec<Problem>) -> Vec<Row<'s>> {
    let header = header(text);
    let lines = text.lines().enumerate().skip(1);
    if header.len() < kind.least || !kind.columns.starts_with(&header) {
        let optional = match kind.columns.get(kind.least) {
            Some(first) => format!("; from {first} on they may be left out"),
            None => String::new(),
        };
        let columns = kind.columns.join(", ");
        let message = format!("the header must be the columns {columns}, separated by tabs{optional}");
        problems.push(Problem::new(file, 1, message));
        return Vec::new();
    }
    let mut rows = Vec::new();
    for (at, line) in lines {
        let row = Row { file, line: at + 1, fields: line.split('\t').collect(), layer: Layer::Alone };
        if line.is_empty() {
            problems.push(row.problem("empty line; delete it"));
        } else if row.fields.len() != header.len() {
            let (has, needs) = (row.fields.len().to_string(), header.len());
            problems.push(row.problem(format!("{has} fields where the header has {needs}; check the tabs")));
        } else if let Some(field) = row.fields.iter().find(|field| field.trim() != **field) {
            problems.push(row.problem(format!("white space around \"{field}\"; remove it")));
        } else {
            rows.push(row);
        }
    }
    rows
}
