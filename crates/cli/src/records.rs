//! Records: rows of which several columns are asked for, read block by block.
//!
//! Must not know what the columns mean.

use std::borrow::Cow;
use std::fmt::Display;
use std::path::Path;

use crate::args::InputFormat;
use crate::blocks::{Block, Blocks};
use crate::failure::{Failure, Result};
use crate::input::{SAY_FORMAT, guess_format, open};
use crate::rows::{Decoder, Row, Shape};

/// What to do where the format of a file that only explains another does not follow from its name.
const CALL: &str = "call it .csv, .tsv or .jsonl";

/// An input that is read row by row.
pub(crate) struct Records {
    name: String,
    shape: Shape,
    first: Option<Block>,
    blocks: Blocks,
}

/// A column of some [`Records`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column(usize);

impl Records {
    /// Opens the file at `path`, whose rows must have a column called `key`.
    pub(crate) fn open(path: &Path, format: Option<InputFormat>, key: &str) -> Result<Records> {
        Records::open_with(path, format, key, SAY_FORMAT)
    }

    /// Opens a file that explains another, with rows under names.
    pub(crate) fn open_table(path: &Path, key: &str) -> Result<Records> {
        Records::open_with(path, None, key, CALL)
    }

    /// Opens a table of whatever columns.
    pub(crate) fn open_any(path: &Path) -> Result<Records> {
        let format = guess_format(path, Some(""), CALL)?;
        let input = open(path)?;
        let mut blocks = Blocks::new(&input.name, input.reader, format.delimiter());
        let (shape, first) = Shape::read_first(&mut blocks, format)?;
        Ok(Records { name: input.name, shape, first: Some(first), blocks })
    }

    fn open_with(path: &Path, format: Option<InputFormat>, key: &str, advice: &str) -> Result<Records> {
        let format = match format {
            Some(format) => format,
            None => guess_format(path, Some(key), advice)?,
        };
        let input = open(path)?;
        let mut blocks = Blocks::new(&input.name, input.reader, format.delimiter());
        let (shape, first) = Shape::read(&mut blocks, format, Some(key))?;
        Ok(Records { name: input.name, shape, first: Some(first), blocks })
    }

    /// What the input is called.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// The column of that name; that there is none is a failure.
    pub(crate) fn column(&self, name: &str) -> Result<Column> {
        self.shape.column(name).map(Column)
    }

    /// The nth column, from 0.
    pub(crate) fn nth(&self, nth: usize) -> Option<Column> {
        (nth < self.shape.columns().len()).then_some(Column(nth))
    }

    /// Whether there is a column of that name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.shape.columns().iter().any(|column| column == name)
    }

    /// What `read` makes of the rows of the next block; `None` at the end.
    pub(crate) fn next_block<T>(&mut self, mut read: impl FnMut(&Record<'_>) -> Result<T>) -> Result<Option<Vec<T>>> {
        let Some(block) = self.first.take().map(Ok).or_else(|| self.blocks.next()).transpose()? else {
            return Ok(None);
        };
        let mut decoder = Decoder::new(&self.shape);
        let mut out = Vec::new();
        for (line, row) in block.rows() {
            if let Some((key, row)) = decoder.decode(line, row)? {
                out.push(read(&Record { name: &self.name, shape: &self.shape, line, key, row })?);
            }
        }
        Ok(Some(out))
    }

    /// Reads all rows; that there are none is a failure.
    pub(crate) fn for_each(mut self, mut read: impl FnMut(&Record<'_>) -> Result<()>) -> Result<()> {
        let mut rows = 0;
        while let Some(read) = self.next_block(&mut read)? {
            rows += read.len();
        }
        if rows == 0 { Err(self.no_rows()) } else { Ok(()) }
    }

    /// The failure of an input of a header only.
    pub(crate) fn no_rows(&self) -> Failure {
        Failure::new(format_args!("{} has a header and no rows", self.name))
    }
}

/// A row.
#[derive(Debug)]
pub(crate) struct Record<'a> {
    name: &'a str,
    shape: &'a Shape,
    /// Its first line.
    pub(crate) line: u64,
    /// What the key column holds.
    pub(crate) key: Cow<'a, str>,
    row: Row<'a>,
}

impl Record<'_> {
    /// What a column holds, without white space around it; nothing where JSON has null or no such field.
    pub(crate) fn get(&self, column: Column) -> Result<Cow<'_, str>> {
        let value = self.row.value(self.shape.columns(), column.0).map_err(|problem| self.failure(problem))?;
        Ok(match value {
            Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
            Cow::Owned(text) => Cow::Owned(text.trim().into()),
        })
    }

    /// A failure at this row.
    pub(crate) fn failure(&self, message: impl Display) -> Failure {
        Failure::at(self.name, self.line, message)
    }
}
