//! Target: batches become a Parquet file.
//!
//! Must not know where they come from.

use std::io::{self, Write};
use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_schema::SchemaRef;
use parquet::arrow::arrow_writer::ArrowWriterOptions;
use parquet::arrow::{ARROW_SCHEMA_META_KEY, ArrowSchemaConverter, ArrowWriter};
use parquet::basic::Compression;
use parquet::errors::Result as ParquetResult;
use parquet::file::metadata::{FileMetaData, KeyValue};
use parquet::file::properties::WriterProperties;
use parquet::schema::types::{ColumnDescriptor, SchemaDescPtr, SchemaDescriptor, Type};

use crate::failure::{Failure, Result};
use crate::sink::Sink;

/// A row group is written when it is that big, compressed: until then it is in memory. Big enough for those who read it to
/// skip by row groups and to read a column in one go, small enough for any machine.
const GROUP_BYTES: usize = 32 << 20;

/// A row group has at most so many rows, as is usual. It is the bytes that count, but for the narrowest of tables.
const GROUP_ROWS: usize = 1 << 20;

/// What Parquet says of a file's columns beyond what Arrow has words for.
#[derive(Clone)]
pub(super) struct Original {
    schema: SchemaDescPtr,
    notes: Vec<KeyValue>,
}

impl Original {
    /// What a file says.
    pub(super) fn of(file: &FileMetaData) -> Original {
        let notes = file.key_value_metadata().into_iter().flatten();
        // How Arrow sees the columns is told anew, with those that are added.
        let notes = notes.filter(|note| note.key != ARROW_SCHEMA_META_KEY).cloned().collect();
        Original { schema: file.schema_descr_ptr(), notes }
    }

    /// `derived`, whose first columns are these, with the columns as they were declared. A column is declared anew if what
    /// Arrow makes of it is laid out otherwise, as timestamps of 96 bits are.
    fn keep(&self, derived: &SchemaDescriptor) -> ParquetResult<SchemaDescriptor> {
        let own = self.schema.root_schema().get_fields();
        let all = derived.root_schema().get_fields();
        let fields = all.iter().enumerate().map(|(nth, field)| match own.get(nth) {
            Some(own) if own.name() == field.name() && layout(&self.schema, nth) == layout(derived, nth) => own,
            _ => field,
        });
        let root = Type::group_type_builder(self.schema.root_schema().name());
        let root = root.with_fields(fields.map(Arc::clone).collect()).build()?;
        Ok(SchemaDescriptor::new(Arc::new(root)))
    }
}

/// How the leaves of the nth column are laid out.
fn layout(schema: &SchemaDescriptor, nth: usize) -> Vec<(parquet::basic::Type, i32, i16, i16)> {
    let of = |leaf: &ColumnDescriptor| {
        // Only where it means something.
        let length =
            if leaf.physical_type() == parquet::basic::Type::FIXED_LEN_BYTE_ARRAY { leaf.type_length() } else { 0 };
        (leaf.physical_type(), length, leaf.max_def_level(), leaf.max_rep_level())
    };
    let leaves = schema.columns().iter().enumerate();
    leaves.filter(|(leaf, _)| schema.get_column_root_idx(*leaf) == nth).map(|(_, leaf)| of(leaf)).collect()
}

/// A file in the making.
pub(super) struct Target<'s> {
    writer: ArrowWriter<Way<'s>>,
}

impl<'s> Target<'s> {
    /// Begins a file of these columns, of which the first are those of the `original`.
    pub(super) fn new(sink: &'s mut Sink, schema: &SchemaRef, original: Option<Original>) -> Result<Target<'s>> {
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_created_by(concat!("titlecanon ", env!("CARGO_PKG_VERSION")).into())
            .set_max_row_group_row_count(Some(GROUP_ROWS))
            .set_max_row_group_bytes(Some(GROUP_BYTES))
            .set_key_value_metadata(original.as_ref().map(|original| original.notes.clone()))
            .build();
        let way = Way { sink: Some(sink), failure: None };
        let begin = || {
            let mut parquet = ArrowSchemaConverter::new().convert(schema)?;
            if let Some(original) = &original {
                parquet = original.keep(&parquet)?;
            }
            let options = ArrowWriterOptions::new().with_properties(properties).with_parquet_schema(parquet);
            ArrowWriter::try_new_with_options(way, Arc::clone(schema), options)
        };
        begin().map(|writer| Target { writer }).map_err(Failure::new)
    }

    /// Writes a batch.
    pub(super) fn write(&mut self, batch: &RecordBatch) -> Result<()> {
        self.writer.write(batch).map_err(|error| self.failure(error))
    }

    /// All batches are written, or something failed: then nothing more is.
    pub(super) fn end(mut self, ended: Result<()>) -> Result<()> {
        let ended = ended.and_then(|()| self.writer.finish().map(drop).map_err(|error| self.failure(error)));
        self.writer.inner_mut().sink = None;
        ended
    }

    fn failure(&mut self, error: parquet::errors::ParquetError) -> Failure {
        self.writer.inner_mut().failure.take().unwrap_or_else(|| Failure::new(error))
    }
}

/// The way to the sink, which keeps the failure that is met on it.
struct Way<'s> {
    /// `None` when nothing more is to be written: what has begun to write would still write the rest when dropped.
    sink: Option<&'s mut Sink>,
    failure: Option<Failure>,
}

impl Write for Way<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if let Some(sink) = &mut self.sink {
            sink.write(bytes).map_err(|failure| {
                self.failure = Some(failure);
                io::Error::other("see the failure")
            })?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
