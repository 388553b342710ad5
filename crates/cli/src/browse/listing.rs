//! Listing: rows as they come, written as a table, as CSV, TSV or JSONL.
//!
//! Must not know what is listed.

use titlecanon::Confidence;

use crate::args::ResolveFormat;
use crate::failure::{Failure, Result};
use crate::grid::{Align, Grid};
use crate::sink::Sink;

/// So many bytes are written at once, or the last of a row more.
const CHUNK: usize = 1 << 16;

/// A column of a list.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    /// What it is called, in all formats for machines.
    name: &'static str,
    /// What it is called in a table.
    head: &'static str,
    align: Align,
}

impl Column {
    pub(super) const fn new(name: &'static str, align: Align) -> Column {
        Column { name, head: name, align }
    }

    /// The same with a shorter name in tables.
    pub(super) const fn called(self, head: &'static str) -> Column {
        Column { head, ..self }
    }
}

/// What a row has in a column.
#[derive(Clone, Debug)]
pub(super) enum Cell<'t> {
    /// A text; an empty one is nothing.
    Text(&'t str),
    /// A text made for it.
    Made(String),
    Count(usize),
    Confidence(Confidence),
    Flag(bool),
    /// Texts, with what stands between them.
    List(Vec<String>, &'static str),
}

impl<'t> From<&'t str> for Cell<'t> {
    fn from(text: &'t str) -> Cell<'t> {
        Cell::Text(text)
    }
}

impl From<String> for Cell<'_> {
    fn from(text: String) -> Self {
        Cell::Made(text)
    }
}

impl From<usize> for Cell<'_> {
    fn from(count: usize) -> Self {
        Cell::Count(count)
    }
}

impl Cell<'_> {
    fn text(self) -> String {
        match self {
            Cell::Text(text) => text.into(),
            Cell::Made(text) => text,
            Cell::Count(count) => count.to_string(),
            Cell::Confidence(confidence) => confidence.value().to_string(),
            Cell::Flag(flag) => if flag { "yes" } else { "no" }.into(),
            Cell::List(texts, between) => texts.join(between),
        }
    }

    /// As it stands in a table.
    fn shown(self) -> String {
        match self {
            Cell::Confidence(confidence) => confidence.to_string(),
            cell => Some(cell.text()).filter(|text| !text.is_empty()).unwrap_or_else(|| "-".into()),
        }
    }

    fn json(self) -> serde_json::Value {
        match self {
            Cell::Text("") => serde_json::Value::Null,
            Cell::Text(text) => text.into(),
            Cell::Made(text) => text.into(),
            Cell::Count(count) => count.into(),
            Cell::Confidence(confidence) => confidence.value().into(),
            Cell::Flag(flag) => flag.into(),
            Cell::List(texts, _) => texts.into(),
        }
    }
}

/// A list in the making.
pub(super) struct Listing {
    columns: &'static [Column],
    kind: Kind,
    sink: Sink,
    limit: usize,
    wanted: usize,
}

enum Kind {
    /// All rows have to be there before any is aligned.
    Table(Grid),
    /// With what is between cells.
    Cells(u8, Box<csv::Writer<Vec<u8>>>),
    Objects(Vec<u8>),
}

fn csv_writer(delimiter: u8) -> Box<csv::Writer<Vec<u8>>> {
    Box::new(csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::with_capacity(CHUNK)))
}

impl Listing {
    /// A list on standard output, of so many rows at most.
    pub(super) fn new(columns: &'static [Column], format: ResolveFormat, limit: Option<usize>) -> Listing {
        let kind = match format {
            ResolveFormat::Table => {
                Kind::Table(Grid::new("", columns.iter().map(|column| (column.head, column.align))))
            }
            ResolveFormat::Csv => Kind::Cells(b',', csv_writer(b',')),
            ResolveFormat::Tsv => Kind::Cells(b'\t', csv_writer(b'\t')),
            ResolveFormat::Jsonl => Kind::Objects(Vec::with_capacity(CHUNK)),
        };
        Listing { columns, kind, sink: Sink::stdout(), limit: limit.unwrap_or(usize::MAX), wanted: 0 }
    }

    /// How many rows are wanted.
    pub(super) fn wanted(&self) -> usize {
        self.wanted
    }

    /// How many of them there is room for.
    pub(super) fn written(&self) -> usize {
        self.wanted.min(self.limit)
    }

    /// Adds a row, or only counts it where there is no room for more.
    pub(super) fn push<'t>(&mut self, row: impl FnOnce() -> Vec<Cell<'t>>) -> Result<()> {
        self.wanted += 1;
        if self.wanted > self.limit {
            return Ok(());
        }
        if self.wanted == 1 {
            self.head()?;
        }
        match &mut self.kind {
            Kind::Table(grid) => grid.push(row().into_iter().map(Cell::shown)),
            Kind::Cells(_, writer) => writer.write_record(row().into_iter().map(Cell::text)).map_err(Failure::new)?,
            Kind::Objects(out) => {
                for (nth, (column, cell)) in self.columns.iter().zip(row()).enumerate() {
                    out.extend_from_slice(if nth == 0 { b"{\"" } else { b",\"" });
                    out.extend_from_slice(column.name.as_bytes());
                    out.extend_from_slice(b"\":");
                    serde_json::to_writer(&mut *out, &cell.json()).map_err(Failure::new)?;
                }
                out.extend_from_slice(b"}\n");
            }
        }
        self.write(CHUNK)
    }

    /// What comes before all rows.
    fn head(&mut self) -> Result<()> {
        match &mut self.kind {
            Kind::Cells(_, writer) => {
                writer.write_record(self.columns.iter().map(|column| column.name)).map_err(Failure::new)
            }
            Kind::Table(_) | Kind::Objects(_) => Ok(()),
        }
    }

    /// Writes what has come together, if it is so much.
    fn write(&mut self, least: usize) -> Result<()> {
        let bytes = match &mut self.kind {
            Kind::Table(_) => return Ok(()),
            Kind::Cells(delimiter, writer) => {
                if writer.get_ref().len() < least {
                    return Ok(());
                }
                let full = std::mem::replace(writer, csv_writer(*delimiter));
                full.into_inner().map_err(|error| Failure::new(error.error()))?
            }
            Kind::Objects(out) => {
                if out.len() < least {
                    return Ok(());
                }
                std::mem::take(out)
            }
        };
        self.sink.write(&bytes)
    }

    /// Writes what is left. Of a list without rows that is the header, and in a table nothing.
    pub(super) fn end(mut self) -> Result<()> {
        if self.written() == 0 {
            self.head()?;
        }
        self.write(0)?;
        match self.kind {
            Kind::Table(grid) if !grid.rows.is_empty() => self.sink.write(grid.text().as_bytes()),
            _ => Ok(()),
        }
    }
}
