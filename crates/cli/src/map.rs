//! Map: a file of rows in, the same rows with answers out.
//!
//! It joins the others; must not know what is in a row, nor how it is written.

use std::fs::File;
use std::io::{self, Read};
use std::iter;
use std::path::Path;

use titlecanon::Normalizer;

use crate::args::{InputFormat, MapArgs, OutputFormat};
use crate::blocks::Blocks;
use crate::failure::{Failure, Result};
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
        None => guess_format(&args.file, column)?,
    };
    let output = args.format.unwrap_or(match input {
        InputFormat::Csv => OutputFormat::Csv,
        InputFormat::Tsv | InputFormat::Lines => OutputFormat::Tsv,
        InputFormat::Jsonl => OutputFormat::Jsonl,
    });

    let (name, reader, length) = open(&args.file)?;
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

/// Opens the file: what to call it, a reader, and how long it is, if that is known.
fn open(path: &Path) -> Result<(String, Box<dyn Read + Send>, Option<u64>)> {
    if path == Path::new("-") {
        return Ok(("<stdin>".into(), Box::new(io::stdin()), None));
    }
    let name = path.display().to_string();
    let failure = |error| Failure::new(format_args!("{name} cannot be read: {error}"));
    let file = File::open(path).map_err(failure)?;
    let metadata = file.metadata().map_err(failure)?;
    let length = metadata.is_file().then_some(metadata.len());
    Ok((name, Box::new(file), length))
}

/// What a file holds, by its extension.
fn guess_format(path: &Path, column: Option<&str>) -> Result<InputFormat> {
    let Some(extension) = path.extension() else {
        return Ok(if column.is_some() { InputFormat::Csv } else { InputFormat::Lines });
    };
    match extension.to_string_lossy().to_ascii_lowercase().as_str() {
        "csv" => Ok(InputFormat::Csv),
        "tsv" | "tab" => Ok(InputFormat::Tsv),
        "jsonl" | "ndjson" => Ok(InputFormat::Jsonl),
        "txt" | "lst" => Ok(InputFormat::Lines),
        _ => Err(Failure::new(format_args!(
            "{}: what is in it does not follow from its extension; say --input-format csv, tsv, jsonl or lines",
            path.display()
        ))),
    }
}
