//! Map: a file of rows in, the same rows with answers out.
//!
//! It joins the others; must not know what is in a row, nor how it is written.

use std::iter;
use std::path::Path;

use titlecanon::Normalizer;

use crate::args::{InputFormat, MapArgs, MapInput, MapOutput, OutputFormat};
use crate::blocks::Blocks;
use crate::failure::Result;
use crate::input::{Input, SAY_FORMAT, guess_format, is_parquet, open};
use crate::pipeline;
use crate::render::{Piece, Renderer};
use crate::report::Report;
use crate::rows::Shape;
use crate::sink::Sink;

/// Runs `map`.
pub(crate) fn run(args: &MapArgs, normalizer: Normalizer<'_>) -> Result<()> {
    let input = input_format(args)?;
    match (input, output_format(args, input)) {
        (Some(input), Some(output)) => text_to_text(args, normalizer, input, output),
        (input, output) => with_parquet(args, normalizer, input, output),
    }
}

/// What is read; `None` is Parquet.
fn input_format(args: &MapArgs) -> Result<Option<InputFormat>> {
    Ok(match args.input_format {
        Some(MapInput::Csv) => Some(InputFormat::Csv),
        Some(MapInput::Tsv) => Some(InputFormat::Tsv),
        Some(MapInput::Jsonl) => Some(InputFormat::Jsonl),
        Some(MapInput::Lines) => Some(InputFormat::Lines),
        Some(MapInput::Parquet) => None,
        None if is_parquet(&args.file) => None,
        None => Some(guess_format(&args.file, args.column.as_deref(), SAY_FORMAT)?),
    })
}

/// What is written; `None` is Parquet.
fn output_format(args: &MapArgs, input: Option<InputFormat>) -> Option<OutputFormat> {
    let path = args.output.as_deref();
    match args.format {
        Some(MapOutput::Csv) => Some(OutputFormat::Csv),
        Some(MapOutput::Tsv) => Some(OutputFormat::Tsv),
        Some(MapOutput::Jsonl) => Some(OutputFormat::Jsonl),
        Some(MapOutput::Parquet) => None,
        None if path.is_some_and(is_parquet) => None,
        // Nobody who calls a file .csv wants Parquet in it.
        None => match input.or_else(|| path.and_then(named_format))? {
            InputFormat::Csv => Some(OutputFormat::Csv),
            InputFormat::Tsv | InputFormat::Unquoted | InputFormat::Lines => Some(OutputFormat::Tsv),
            InputFormat::Jsonl => Some(OutputFormat::Jsonl),
        },
    }
}

/// What a file's extension says, if anything.
fn named_format(path: &Path) -> Option<InputFormat> {
    path.extension().and_then(|_| guess_format(path, None, "").ok())
}

/// Rows of text on both sides.
fn text_to_text(args: &MapArgs, normalizer: Normalizer<'_>, input: InputFormat, output: OutputFormat) -> Result<()> {
    let Input { name, reader, length } = open(&args.file)?;
    let mut blocks = Blocks::new(&name, reader, input.delimiter());
    let (shape, first) = Shape::read(&mut blocks, input, args.column.as_deref())?;
    let renderer = Renderer::new(normalizer, shape, output);
    let blocks = iter::once(Ok(first)).chain(blocks);
    write_text(args, length, renderer.header()?, blocks, |block| renderer.block(block))
}

#[cfg(feature = "parquet")]
use crate::columnar::run as with_parquet;

/// Says how Parquet can be had.
#[cfg(not(feature = "parquet"))]
fn with_parquet(args: &MapArgs, _: Normalizer<'_>, input: Option<InputFormat>, _: Option<OutputFormat>) -> Result<()> {
    let path = if input.is_none() { Some(&args.file) } else { args.output.as_ref() };
    let place = path.map(|path| format!("{}: ", path.display())).unwrap_or_default();
    let verb = if input.is_none() { "reading" } else { "writing" };
    Err(crate::failure::Failure::new(format_args!(
        "{place}{verb} Parquet needs the feature parquet: cargo install titlecanon-cli --features parquet"
    )))
}

/// Writes what `work` makes of the blocks of an input of that length, behind the header.
pub(crate) fn write_text<B: Send>(
    args: &MapArgs,
    length: Option<u64>,
    header: Vec<u8>,
    blocks: impl Iterator<Item = Result<B>> + Send,
    work: impl Fn(&B) -> Result<Piece> + Sync,
) -> Result<()> {
    let mut sink = open_sink(args)?;
    let mut report = Report::begin(args.quiet, length, sink.is_terminal());
    // The header waits for the first answers, so that a bad beginning leaves nothing on standard output.
    let mut header = Some(header);
    pipeline::run(args.threads.map(usize::from), blocks, work, |piece| {
        if let Some(header) = header.take() {
            sink.write(&header)?;
        }
        sink.write(&piece.text)?;
        report.advance(piece.read, piece.tally);
        Ok(())
    })?;
    if let Some(header) = header {
        sink.write(&header)?;
    }
    sink.commit()?;
    report.end();
    Ok(())
}

/// Opens what is written to.
pub(crate) fn open_sink(args: &MapArgs) -> Result<Sink> {
    args.output.as_deref().map_or_else(|| Ok(Sink::stdout()), Sink::file)
}
