//! Tab-separated text: one header line, one row a line, no quoting.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use arrayvec::ArrayVec;

use super::schema::Kind;
use crate::error::Problem;
use crate::tables::TextRef;

/// The most columns that a kind of file has.
pub(super) const MOST_COLUMNS: usize = 11;

/// A line of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Line<'s> {
    pub(super) file: &'s str,
    pub(super) number: u32,
}

impl fmt::Display for Line<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.number)
    }
}

impl Line<'_> {
    pub(super) fn problem(&self, message: impl Into<String>) -> Problem {
        Problem::new(self.file, self.number as usize, message)
    }
}

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
    pub(super) line: Line<'s>,
    pub(super) fields: ArrayVec<&'s str, MOST_COLUMNS>,
    pub(super) layer: Layer,
}

impl<'s> Row<'s> {
    pub(super) fn is_under(&self) -> bool {
        self.layer == Layer::Under
    }

    /// Whether the file has the column.
    pub(super) fn has(&self, column: usize) -> bool {
        column < self.fields.len()
    }

    /// What stands in a column: nothing in one that the file leaves out.
    pub(super) fn field(&self, column: usize) -> &'s str {
        self.fields.get(column).copied().unwrap_or_default()
    }

    pub(super) fn problem(&self, message: impl Into<String>) -> Problem {
        self.line.problem(message)
    }
}

/// The header of `text`.
pub(super) fn header(text: &str) -> Vec<&str> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    text.lines().next().map(|line| line.split('\t').collect()).unwrap_or_default()
}

/// The text of one file. Its rows are read anew whenever they are asked for: a row in memory takes several times its text.
#[derive(Clone, Copy)]
pub(super) struct Sheet<'s> {
    pub(super) file: &'s str,
    text: &'s str,
    columns: usize,
    pub(super) layer: Layer,
}

impl<'s> Sheet<'s> {
    /// Opens a text whose header must be the columns of its kind, as many as there have to be at least, and says what is wrong
    /// with its lines.
    pub(super) fn open(file: &'s str, text: &'s str, kind: &Kind, problems: &mut Vec<Problem>) -> Option<Sheet<'s>> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let header = header(text);
        if header.len() < kind.least || !kind.columns.starts_with(&header) {
            let optional = match kind.columns.get(kind.least) {
                Some(first) => format!("; from {first} on they may be left out"),
                None => String::new(),
            };
            let columns = kind.columns.join(", ");
            let message = format!("the header must be the columns {columns}, separated by tabs{optional}");
            problems.push(Problem::new(file, 1, message));
            return None;
        }
        let sheet = Sheet { file, text, columns: header.len(), layer: Layer::Alone };
        problems.extend(sheet.lines().filter_map(Result::err));
        Some(sheet)
    }

    /// The rows in which nothing is wrong.
    pub(super) fn rows(self) -> impl Iterator<Item = Row<'s>> {
        self.lines().filter_map(Result::ok)
    }

    /// Every line but the header as a row, or what is wrong with it.
    fn lines(self) -> impl Iterator<Item = Result<Row<'s>, Problem>> {
        self.text.lines().zip(1..).skip(1).map(move |(text, number)| {
            let line = Line { file: self.file, number };
            let fields: ArrayVec<&str, MOST_COLUMNS> = text.split('\t').take(MOST_COLUMNS).collect();
            if text.is_empty() {
                return Err(line.problem("empty line; delete it"));
            }
            let has = if fields.is_full() { text.split('\t').count() } else { fields.len() };
            if has != self.columns {
                let needs = self.columns;
                return Err(line.problem(format!("{has} fields where the header has {needs}; check the tabs")));
            }
            if text.len() > TextRef::LONGEST && fields.iter().any(|field| field.len() > TextRef::LONGEST) {
                let most = TextRef::LONGEST;
                return Err(line.problem(format!("a field of more than {most} bytes; shorten it")));
            }
            let padded = |field: &&&str| field.starts_with(char::is_whitespace) || field.ends_with(char::is_whitespace);
            match fields.iter().find(padded) {
                Some(field) => Err(line.problem(format!("white space around \"{field}\"; remove it"))),
                None => Ok(Row { line, fields, layer: self.layer }),
            }
        })
    }
}
