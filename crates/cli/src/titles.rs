//! Titles: `resolve` and `explain`, for titles on the command line or one a line on standard input.
//!
//! Must not know of files and columns.

use std::io::{self, IsTerminal as _, Write as _};
use std::iter;

use titlecanon::Normalizer;

use crate::args::{OutputFormat, ResolveArgs, ResolveFormat, TitleArgs};
use crate::blocks::{Block, Blocks};
use crate::failure::Result;
use crate::pipeline;
use crate::render::Renderer;
use crate::rows::{Shape, text};
use crate::sink::Sink;
use crate::table::Table;

/// What the titles' origin is called in messages.
const STDIN: &str = "<stdin>";

/// Runs `resolve`.
pub(crate) fn resolve(args: &ResolveArgs, normalizer: Normalizer<'_>) -> Result<()> {
    let format = match args.format {
        ResolveFormat::Table => return tabulate(&args.titles, normalizer),
        ResolveFormat::Csv => OutputFormat::Csv,
        ResolveFormat::Tsv => OutputFormat::Tsv,
        ResolveFormat::Jsonl => OutputFormat::Jsonl,
    };
    let mut sink = Sink::stdout();
    let renderer = Renderer::new(normalizer, Shape::lines(STDIN, None), format);
    let mut header = Some(renderer.header()?);
    pipeline::run(
        None,
        blocks(&args.titles),
        |block| renderer.block(block),
        |piece| {
            if let Some(header) = header.take() {
                sink.write(&header)?;
            }
            sink.write(&piece.text)
        },
    )?;
    header.map_or(Ok(()), |header| sink.write(&header))
}

/// Runs `resolve` as a table.
fn tabulate(args: &TitleArgs, normalizer: Normalizer<'_>) -> Result<()> {
    let mut sink = Sink::stdout();
    let mut table = Table::default();
    for block in blocks(args) {
        let block = block?;
        let titles = block.rows().map(|(line, row)| text(STDIN, line, row)).collect::<Result<Vec<_>>>()?;
        let answers = normalizer.normalize_batch(&titles);
        sink.write(table.lines(&titles, &answers).as_bytes())?;
    }
    Ok(())
}

/// Runs `explain`.
pub(crate) fn explain(args: &TitleArgs, normalizer: Normalizer<'_>) -> Result<()> {
    let mut sink = Sink::stdout();
    let mut gap = "";
    for block in blocks(args) {
        for (line, row) in block?.rows() {
            let title = text(STDIN, line, row)?;
            sink.write(format!("{gap}{}", normalizer.explain(title)).as_bytes())?;
            gap = "\n";
        }
    }
    Ok(())
}

/// The titles, from wherever they are.
fn blocks(args: &TitleArgs) -> Box<dyn Iterator<Item = Result<Block>> + Send> {
    if !args.titles.is_empty() {
        let block = Block::of_texts(args.titles.iter().map(String::as_str));
        return Box::new(iter::once(Ok(block)));
    }
    if io::stdin().is_terminal() {
        let _ = writeln!(io::stderr(), "One title a line; end with Ctrl-D.");
    }
    Box::new(Blocks::new(STDIN, Box::new(io::stdin()), None).at_once())
}
