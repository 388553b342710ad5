//! Source: a Parquet file as batches of rows, and where its titles are.
//!
//! Must not know what becomes of the batches.

use std::cell::Cell;
use std::fmt::Display;
use std::fs::File;
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;
use std::sync::Once;

use arrow_array::RecordBatch;
use arrow_schema::{DataType, SchemaRef};
use parquet::arrow::arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};
use parquet::basic::Compression;
use parquet::file::metadata::{ParquetMetaData, RowGroupMetaData};

use crate::failure::{Failure, Result};
use crate::rows::{Shape, all_differ, did_you_mean, quoted_list};

use super::target::Original;

/// How many rows a batch has at most: enough that what is done once a batch costs nothing, few enough that all cores
/// have work from the start.
const ROWS: usize = 8_192;

/// How big a batch of big rows may become, in bytes as the file counts them: what a batch of 8,192 rows of a kilobyte is.
/// A dozen are in memory on eight cores.
const BYTES: u64 = 8 << 20;

/// An open file.
pub(super) struct Source {
    name: String,
    reader: ParquetRecordBatchReader,
    schema: SchemaRef,
    original: Original,
    title: usize,
    /// How many rows there are, and how many were read.
    rows: u64,
    read: u64,
    failed: bool,
}

impl Source {
    /// Opens the file at `path`, whose titles are in `column`.
    pub(super) fn open(path: &Path, column: Option<&str>) -> Result<Source> {
        if path == Path::new("-") {
            return Err(Failure::new(
                "<stdin>: Parquet cannot be read from standard input, since it is read from its end; say a file",
            ));
        }
        let name = path.display().to_string();
        let failure = |error: &dyn Display| Failure::new(format_args!("{name} cannot be read: {error}"));
        let file = File::open(path).map_err(|error| failure(&error))?;
        if !file.metadata().map_err(|error| failure(&error))?.is_file() {
            return Err(failure(&"Parquet is read from its end, which only a regular file has"));
        }
        let builder = careful(|| ParquetRecordBatchReaderBuilder::try_new(file))
            .map_err(|error| failure(&format_args!("{error}; is it Parquet, and whole?")))?;
        let (schema, metadata) = (builder.schema().clone(), builder.metadata().clone());
        is_readable(&name, &metadata)?;
        let title = title_column(&name, &schema, column)?;
        let original = Original::of(metadata.file_metadata());
        let rows = u64::try_from(metadata.file_metadata().num_rows()).unwrap_or_default();
        let builder = builder.with_batch_size(batch_size(&metadata));
        let reader = careful(|| builder.build()).map_err(|error| failure(&error))?;
        Ok(Source { name, reader, schema, original, title, rows, read: 0, failed: false })
    }

    /// What it is called in messages.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// How many rows there are.
    pub(super) fn rows(&self) -> u64 {
        self.rows
    }

    /// What the columns are.
    pub(super) fn schema(&self) -> SchemaRef {
        self.schema.clone()
    }

    /// What Parquet says of them.
    pub(super) fn original(&self) -> Original {
        self.original.clone()
    }

    /// Which column holds the titles.
    pub(super) fn title_column(&self) -> usize {
        self.title
    }

    /// What the rows have in common where each is a JSON object.
    pub(super) fn shape(&self) -> Shape {
        Shape::objects(&self.name, names(&self.schema), self.title)
    }
}

impl Iterator for Source {
    type Item = Result<RecordBatch>;

    fn next(&mut self) -> Option<Result<RecordBatch>> {
        if self.failed {
            return None;
        }
        match careful(|| self.reader.next().transpose()).transpose()? {
            Ok(batch) => {
                self.read += batch.num_rows() as u64;
                Some(Ok(batch))
            }
            Err(error) => {
                self.failed = true;
                let (name, read) = (&self.name, self.read);
                Some(Err(Failure::new(format_args!(
                    "{name}: the rows after row {read} cannot be read: {error}; is the file damaged?"
                ))))
            }
        }
    }
}

thread_local! {
    /// Whether this thread is being [`careful`].
    static CAREFUL: Cell<bool> = const { Cell::new(false) };
}

/// Reads with a reader that was made for sound files: of some damaged ones it expects what is not there, and panics. That is
/// an error like others.
fn careful<T, E: Display>(read: impl FnOnce() -> std::result::Result<T, E>) -> std::result::Result<T, String> {
    static QUIET: Once = Once::new();
    QUIET.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            if !CAREFUL.get() {
                usual(panic);
            }
        }));
    });
    CAREFUL.set(true);
    let read = panic::catch_unwind(AssertUnwindSafe(read));
    CAREFUL.set(false);
    match read {
        Ok(read) => read.map_err(|error| error.to_string()),
        Err(_) => Err("what it says of itself does not hold".into()),
    }
}

/// Fails if a column is compressed in a way that is not read.
fn is_readable(name: &str, metadata: &ParquetMetaData) -> Result<()> {
    let mut chunks = metadata.row_groups().iter().flat_map(RowGroupMetaData::columns);
    let wrong = chunks.find(|chunk| matches!(chunk.compression(), Compression::BROTLI(_) | Compression::LZO));
    wrong.map_or(Ok(()), |chunk| {
        let (column, compression) = (chunk.column_path().string(), chunk.compression_codec());
        let advice = "write the file with Snappy or Zstandard";
        Err(Failure::new(format_args!(
            "{name}: column \"{column}\" is compressed by {compression}, which is not read; {advice}"
        )))
    })
}

/// How many rows to read at once.
fn batch_size(metadata: &ParquetMetaData) -> usize {
    let sum = |of: fn(&RowGroupMetaData) -> i64| {
        metadata.row_groups().iter().map(|group| u64::try_from(of(group)).unwrap_or_default()).sum::<u64>()
    };
    let (bytes, rows) = (sum(|group| group.total_byte_size()), sum(|group| group.num_rows()));
    let row = bytes.checked_div(rows).unwrap_or_default().max(1);
    usize::try_from(BYTES / row).unwrap_or(ROWS).clamp(1, ROWS)
}

fn names(schema: &SchemaRef) -> Vec<String> {
    schema.fields().iter().map(|field| field.name().clone()).collect()
}

/// Which column holds the titles.
fn title_column(name: &str, schema: &SchemaRef, column: Option<&str>) -> Result<usize> {
    let names = names(schema);
    let failure = |problem: &dyn Display| Err(Failure::new(format_args!("{name}: {problem}")));
    if names.is_empty() {
        return failure(&"there are no columns");
    }
    if let Err(problem) = all_differ(&names) {
        return failure(&problem);
    }
    let there = format!("the columns are {}", quoted_list(&names));
    let Some(wanted) = column else {
        return failure(&format_args!("which column holds the titles? Say --column NAME; {there}"));
    };
    let Some(title) = names.iter().position(|name| name == wanted) else {
        let hint = did_you_mean(&names, wanted);
        return failure(&format_args!("there is no column \"{wanted}\"; {there}.{hint}"));
    };
    let kind = schema.field(title).data_type();
    let text = |kind: &DataType| matches!(kind, DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View);
    if text(kind) || matches!(kind, DataType::Dictionary(_, values) if text(values)) {
        return Ok(title);
    }
    failure(&format_args!("column \"{wanted}\" holds {kind} and not text; titles are strings or a dictionary of them"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_that_panics_is_an_error() {
        let read = careful(|| if CAREFUL.get() { panic!("silently") } else { Err::<(), _>("not careful") });
        assert_eq!(read.unwrap_err(), "what it says of itself does not hold");
        assert_eq!(careful(|| Err::<(), _>("as it is")).unwrap_err(), "as it is");
        assert!(!CAREFUL.get());
    }
}
