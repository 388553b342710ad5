//! Columnar: `map` with Parquet on one side or on both.
//!
//! | module | what it is for |
//! |---|---|
//! | `source` | a Parquet file as batches of rows |
//! | `text` | rows of text become batches, and batches rows of text |
//! | `answers` | a column of titles becomes columns of answers |
//! | `target` | batches become a Parquet file |
//!
//! It joins them; must not know what is in a batch.

mod answers;
mod source;
mod target;
mod text;

use std::iter;
use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{Schema, SchemaRef};
use titlecanon::Normalizer;

use crate::args::{InputFormat, MapArgs, OutputFormat};
use crate::blocks::Blocks;
use crate::failure::{Failure, Result};
use crate::input::{Input, open};
use crate::map::{open_sink, write_text};
use crate::pipeline;
use crate::render::Renderer;
use crate::report::{Report, Tally};
use crate::rows::Shape;

use self::answers::Answers;
use self::source::Source;
use self::target::{Original, Target};

/// Runs `map` where not both sides are text; `None` is Parquet.
pub(crate) fn run(
    args: &MapArgs,
    normalizer: Normalizer<'_>,
    input: Option<InputFormat>,
    output: Option<OutputFormat>,
) -> Result<()> {
    match (input, output) {
        (Some(input), _) => text_to_parquet(args, normalizer, input),
        (None, Some(output)) => parquet_to_text(args, normalizer, output),
        (None, None) => parquet_to_parquet(args, normalizer),
    }
}

fn text_to_parquet(args: &MapArgs, normalizer: Normalizer<'_>, input: InputFormat) -> Result<()> {
    let Input { name, reader, length } = open(&args.file)?;
    let mut blocks = Blocks::new(&name, reader, input.delimiter());
    let (shape, first) = Shape::read(&mut blocks, input, args.column.as_deref())?;
    let own = Arc::new(text::schema(&shape));
    let answering = Answering::new(normalizer, own, shape.title_column());
    let blocks = iter::once(Ok(first)).chain(blocks);
    write_parquet(args, length, &answering, None, blocks, |block| {
        let piece = answering.add(text::batch(&shape, block)?)?;
        Ok(Piece { read: block.len(), ..piece })
    })
}

fn parquet_to_text(args: &MapArgs, normalizer: Normalizer<'_>, output: OutputFormat) -> Result<()> {
    let source = Source::open(&args.file, args.column.as_deref())?;
    let (name, rows) = (source.name().to_owned(), source.rows());
    let renderer = Renderer::new(normalizer, source.shape(), output);
    write_text(args, Some(rows), renderer.header()?, source, |batch| {
        let mut piece = renderer.block(&text::block(&name, batch)?)?;
        piece.read = batch.num_rows();
        Ok(piece)
    })
}

fn parquet_to_parquet(args: &MapArgs, normalizer: Normalizer<'_>) -> Result<()> {
    let source = Source::open(&args.file, args.column.as_deref())?;
    let (rows, original) = (source.rows(), source.original());
    let answering = Answering::new(normalizer, source.schema(), source.title_column());
    write_parquet(args, Some(rows), &answering, Some(original), source, |batch| answering.add(batch.clone()))
}

/// Some rows with their answers.
struct Piece {
    batch: RecordBatch,
    tally: Tally,
    /// How much of the input's length it took.
    read: usize,
}

/// Adds the answers to batches.
struct Answering<'t> {
    answers: Answers<'t>,
    title: usize,
    /// Of the batches with answers.
    schema: SchemaRef,
}

impl<'t> Answering<'t> {
    /// For batches of this schema, whose column `title` holds the titles.
    fn new(normalizer: Normalizer<'t>, own: SchemaRef, title: usize) -> Answering<'t> {
        let answers = Answers::new(normalizer);
        let added = answers.fields(|name| own.fields().iter().any(|field| field.name() == name));
        let fields: Vec<_> = own.fields().iter().cloned().chain(added).collect();
        let schema = Arc::new(Schema::new_with_metadata(fields, own.metadata().clone()));
        Answering { answers, title, schema }
    }

    fn add(&self, batch: RecordBatch) -> Result<Piece> {
        let (added, tally) = self.answers.to(batch.column(self.title))?;
        let read = batch.num_rows();
        let columns: Vec<ArrayRef> = batch.columns().iter().cloned().chain(added).collect();
        let batch = RecordBatch::try_new(Arc::clone(&self.schema), columns).map_err(Failure::new)?;
        Ok(Piece { batch, tally, read })
    }
}

/// Writes what `work` makes of the blocks of an input of that length.
fn write_parquet<B: Send>(
    args: &MapArgs,
    length: Option<u64>,
    answering: &Answering<'_>,
    original: Option<Original>,
    blocks: impl Iterator<Item = Result<B>> + Send,
    work: impl Fn(&B) -> Result<Piece> + Sync,
) -> Result<()> {
    let mut sink = open_sink(args)?;
    if sink.is_terminal() {
        return Err(Failure::new("Parquet is nothing to read on a terminal; say -o FILE"));
    }
    let mut report = Report::begin(args.quiet, length, false);
    let mut target = Target::new(&mut sink, &answering.schema, original)?;
    let ended = pipeline::run(args.threads.map(usize::from), blocks, work, |piece| {
        target.write(&piece.batch)?;
        report.advance(piece.read, piece.tally);
        Ok(())
    });
    target.end(ended)?;
    sink.commit()?;
    report.end();
    Ok(())
}
