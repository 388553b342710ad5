//! Map: a file of rows in, the same rows with answers out.
//!
//! It joins the others; must not know what is in a row, nor how it is written.

use std::iter;

use titlecanon::Normalizer;

use crate::args::{InputFormat, MapArgs, OutputFormat};
use crate::blocks::Blocks;
use crate::failure::Result;
use crate::input::{Input, SAY_FORMAT, guess_format, open};
use crate::pipeline;
use crate::render::Renderer;
use crate::report::Report;
use crate::rows::Shape;
use crate::sink::Sink;

/// Runs `map`.
pub(crate) fn run(args: &MapArgs, normalizer: Normalizer<'_>) -> Result<()> {
    let column = args.column.as_deref();
    let input = match args.input_format {
        Some(format) => format,
        None => guess_format(&args.file, column, SAY_FORMAT)?,
    };
    let output = args.format.unwrap_or(match input {
        InputFormat::Csv => OutputFormat::Csv,
        InputFormat::Tsv | InputFormat::Unquoted | InputFormat::Lines => OutputFormat::Tsv,
        InputFormat::Jsonl => OutputFormat::Jsonl,
    });

    let Input { name, reader, length } = open(&args.file)?;
    let mut blocks = Blocks::new(&name, reader, input.delimiter());
    let (shape, first) = Shape::read(&mut blocks, input, column)?;
    let mut sink = match &args.output {
        Some(path) => Sink::file(path)?,
        None => Sink::stdout(),
    };
    let mut report = Report::begin(args.quiet, length, sink.is_terminal());
    let renderer = Renderer::new(normalizer, &name, shape, output);
    let blocks = iter::once(Ok(first)).chain(blocks);
    // The header waits for the first answers, so that a bad beginning leaves nothing on standard output.
    let mut header = Some(renderer.header()?);
    pipeline::run(
        args.threads.map(usize::from),
        blocks,
        |block| renderer.block(block),
        |piece| {
            if let Some(header) = header.take() {
                sink.write(&header)?;
            }
            sink.write(&piece.text)?;
            report.advance(piece.read, piece.tally);
            Ok(())
        },
    )?;
    sink.commit()?;
    report.end();
    Ok(())
}
