//! Render: a block of rows becomes a piece of output, each row with its answer.
//!
//! It runs on many blocks at once and keeps nothing between them. Must not know where the output goes.

use std::borrow::Cow;

use titlecanon::Normalizer;

use crate::args::OutputFormat;
use crate::blocks::Block;
use crate::columns;
use crate::failure::{Failure, Result};
use crate::report::Tally;
use crate::rows::{Decoder, Row, Shape};

/// A piece of output.
#[derive(Debug)]
pub(crate) struct Piece {
    /// What is to be written.
    pub(crate) text: Vec<u8>,
    /// What the answers were.
    pub(crate) tally: Tally,
    /// How much of the input's length it took.
    pub(crate) read: usize,
}

/// Turns blocks into output.
#[derive(Debug)]
pub(crate) struct Renderer<'t> {
    normalizer: Normalizer<'t>,
    shape: Shape,
    format: OutputFormat,
    /// The start of each member of a JSON object made of cells: `{"title":`, `,"name":`.
    labels: Vec<String>,
    /// Whether a column is called as a field of answers is.
    clash: bool,
}

impl<'t> Renderer<'t> {
    /// A renderer of rows of this shape.
    pub(crate) fn new(normalizer: Normalizer<'t>, shape: Shape, format: OutputFormat) -> Renderer<'t> {
        let label = |(nth, column): (usize, &String)| {
            let brace = if nth == 0 { '{' } else { ',' };
            format!("{brace}{}:", serde_json::Value::from(column.as_str()))
        };
        let labels = shape.columns().iter().enumerate().map(label).collect();
        let clash =
            shape.columns().iter().any(|column| columns::names(normalizer.taxonomy()).any(|name| name == column));
        Renderer { normalizer, shape, format, labels, clash }
    }

    /// The delimiter of the output, if it has any.
    fn delimiter(&self) -> Option<u8> {
        match self.format {
            OutputFormat::Csv => Some(b','),
            OutputFormat::Tsv => Some(b'\t'),
            OutputFormat::Jsonl => None,
        }
    }

    /// What comes before all rows.
    pub(crate) fn header(&self) -> Result<Vec<u8>> {
        let Some(delimiter) = self.delimiter() else { return Ok(Vec::new()) };
        let mut writer = csv_writer(delimiter, 0);
        let own = self.shape.columns();
        let added = columns::header(self.normalizer.taxonomy(), |name| own.iter().any(|column| column == name));
        let names = own.iter().cloned().chain(added.map(Cow::into_owned));
        writer.write_record(names).map_err(Failure::new)?;
        finish(writer)
    }

    /// The rows of a block with their answers.
    pub(crate) fn block(&self, block: &Block) -> Result<Piece> {
        let mut tally = Tally::default();
        let text = match self.delimiter() {
            Some(delimiter) => self.cells(block, delimiter, &mut tally)?,
            None => self.objects(block, &mut tally)?,
        };
        Ok(Piece { text, tally, read: block.len() })
    }

    fn cells(&self, block: &Block, delimiter: u8, tally: &mut Tally) -> Result<Vec<u8>> {
        let mut decoder = Decoder::new(&self.shape);
        let mut writer = csv_writer(delimiter, block.len() * 6);
        let mut scratch = String::new();
        for (line, row) in block.rows() {
            let Some((title, row)) = decoder.decode(line, row)? else { continue };
            match &row {
                Row::Cells(cells) => {
                    for cell in cells.iter() {
                        writer.write_field(cell).map_err(Failure::new)?;
                    }
                }
                Row::Object(object) => {
                    for cell in self.shape.object_cells(line, object)? {
                        writer.write_field(cell.as_deref().unwrap_or_default()).map_err(Failure::new)?;
                    }
                }
            }
            let answer = self.normalizer.normalize(&title);
            tally.add(answer.verdict());
            columns::write_cells(&answer, &mut writer, &mut scratch).map_err(Failure::new)?;
            writer.write_record(None::<&[u8]>).map_err(Failure::new)?;
        }
        finish(writer)
    }

    fn objects(&self, block: &Block, tally: &mut Tally) -> Result<Vec<u8>> {
        let mut decoder = Decoder::new(&self.shape);
        let mut out = Vec::with_capacity(block.len() * 12);
        let taken = |name: &str| self.clash && self.shape.columns().iter().any(|column| column == name);
        for (line, row) in block.rows() {
            let Some((title, row)) = decoder.decode(line, row)? else { continue };
            let answer = self.normalizer.normalize(&title);
            tally.add(answer.verdict());
            match &row {
                Row::Cells(cells) => {
                    for (label, cell) in self.labels.iter().zip(cells.iter()) {
                        out.extend_from_slice(label.as_bytes());
                        serde_json::to_writer(&mut out, cell).map_err(Failure::new)?;
                    }
                    columns::write_members(&answer, &mut out, taken);
                }
                Row::Object(object) => {
                    // The object goes out as it came in, to the byte.
                    out.extend_from_slice(object.raw.strip_suffix('}').unwrap_or_default().as_bytes());
                    columns::write_members(&answer, &mut out, |name| object.members.iter().any(|(own, _)| own == name));
                }
            }
            out.push(b'\n');
        }
        Ok(out)
    }
}

fn csv_writer(delimiter: u8, capacity: usize) -> csv::Writer<Vec<u8>> {
    csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::with_capacity(capacity))
}

fn finish(writer: csv::Writer<Vec<u8>>) -> Result<Vec<u8>> {
    writer.into_inner().map_err(|error| Failure::new(error.error()))
}
