//! Text: rows of text become batches of texts, and batches of whatever become rows of text.
//!
//! Must not know Parquet, nor answers.

use std::sync::Arc;

use arrow_array::builder::StringBuilder;
use arrow_array::{ArrayRef, RecordBatch};
use arrow_json::WriterBuilder;
use arrow_json::writer::LineDelimited;
use arrow_schema::{ArrowError, DataType, Field, Schema};

use crate::blocks::Block;
use crate::failure::{Failure, Result};
use crate::rows::{Decoder, Row, Shape};

/// The columns of rows of text: all of them strings. Null is what JSON calls null or does not have.
pub(super) fn schema(shape: &Shape) -> Schema {
    let fields: Vec<_> = shape.columns().iter().map(|name| Field::new(name, DataType::Utf8, true)).collect();
    Schema::new(fields)
}

/// A block of rows as a batch.
pub(super) fn batch(shape: &Shape, block: &Block) -> Result<RecordBatch> {
    let mut columns: Vec<_> = shape.columns().iter().map(|_| StringBuilder::new()).collect();
    let mut decoder = Decoder::new(shape);
    for (line, row) in block.rows() {
        match decoder.decode(line, row)? {
            Some((_, Row::Cells(cells))) => {
                for (column, cell) in columns.iter_mut().zip(cells.iter()) {
                    column.append_value(cell);
                }
            }
            Some((_, Row::Object(object))) => {
                for (column, cell) in columns.iter_mut().zip(shape.object_cells(line, &object)?) {
                    column.append_option(cell);
                }
            }
            None => {}
        }
    }
    let arrays = columns.iter_mut().map(|column| Arc::new(column.finish()) as ArrayRef).collect();
    RecordBatch::try_new(Arc::new(schema(shape)), arrays).map_err(Failure::new)
}

/// A batch as JSON objects, one a line, with all fields; `name` is for messages.
pub(super) fn block(name: &str, batch: &RecordBatch) -> Result<Block> {
    objects(batch).map(Block::of_lines).map_err(|error| {
        let alone = |at: &usize| batch.project(&[*at]).is_ok_and(|column| objects(&column).is_err());
        let schema = batch.schema();
        let column = (0..batch.num_columns()).find(alone).map_or("a", |at| schema.field(at).name());
        Failure::new(format_args!("{name}: column \"{column}\" cannot be told as text: {error}; say --format parquet"))
    })
}

fn objects(batch: &RecordBatch) -> std::result::Result<Vec<u8>, ArrowError> {
    let mut writer = WriterBuilder::new().with_explicit_nulls(true).build::<_, LineDelimited>(Vec::new());
    writer.write(batch)?;
    Ok(writer.into_inner())
}
