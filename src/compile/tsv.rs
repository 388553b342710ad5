//! Tab-separated text: one header line, one row a line, no quoting.

use alloc::format;
use alloc::string::ToString;
use alloc::vec::Vec;

use crate::error::Problem;

/// A row: where it stands and its fields, as many as the header has.
#[derive(Clone, Debug)]
pub(super) struct Row<'s> {
    pub(super) file: &'s str,
    pub(super) line: usize,
    pub(super) fields: Vec<&'s str>,
}

impl<'s> Row<'s> {
    pub(super) fn field(&self, column: usize) -> &'s str {
        self.fields.get(column).copied().unwrap_or_default()
    }

    pub(super) fn problem(&self, message: impl Into<alloc::string::String>) -> Problem {
        Problem::new(self.file, self.line, message)
    }
}

/// Reads the rows of `text`, whose header must be `columns`.
pub(super) fn read<'s>(file: &'s str, text: &'s str, columns: &[&str], problems: &mut Vec<Problem>) -> Vec<Row<'s>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut lines = text.lines().enumerate();
    let header: Vec<&str> = lines.next().map(|(_, line)| line.split('\t').collect()).unwrap_or_default();
    if header != columns {
        let message = format!("the header must be the columns {}, separated by tabs", columns.join(", "));
        problems.push(Problem::new(file, 1, message));
        return Vec::new();
    }
    let mut rows = Vec::new();
    for (at, line) in lines {
        let row = Row { file, line: at + 1, fields: line.split('\t').collect() };
        if line.is_empty() {
            problems.push(row.problem("empty line; delete it"));
        } else if row.fields.len() != columns.len() {
            let (has, needs) = (row.fields.len().to_string(), columns.len());
            problems.push(row.problem(format!("{has} fields where the header has {needs}; check the tabs")));
        } else if let Some(field) = row.fields.iter().find(|field| field.trim() != **field) {
            problems.push(row.problem(format!("white space around \"{field}\"; remove it")));
        } else {
            rows.push(row);
        }
    }
    rows
}
