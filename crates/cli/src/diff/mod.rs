//! Diff: which titles two taxonomies, or two outputs of `map`, answer differently.
//!
//! | module | what it is for |
//! |---|---|
//! | `answers` | titles and their answers, from either |
//! | `compare` | what changed, which is also the JSON |

mod answers;
mod compare;

use std::path::Path;

use titlecanon::{Normalizer, Taxonomy};

use crate::args::{DiffArgs, ReportFormat};
use crate::diff::answers::Answers;
use crate::diff::compare::{Changes, Join, Kind, Told};
use crate::failure::{Failure, Result};
use crate::grid::{Align, Grid};
use crate::page::{Page, Part, Section};
use crate::report::Grouped;
use crate::sink::Sink;
use crate::taxonomy;

/// The word for the embedded taxonomy.
const BUILTIN: &str = "builtin";

/// Runs `diff`. `set` makes a normaliser for a taxonomy as the command line says.
pub(crate) fn run(args: &DiffArgs, set: impl for<'t> Fn(&'t Taxonomy) -> Normalizer<'t>) -> Result<()> {
    let changes = match &args.file {
        Some(file) => {
            // The file first: it is quickly seen to be wrong, and a taxonomy takes a while to be compiled.
            let titles = answers::titles(file, args.input_format, &args.title)?;
            let (old, new) = (side(&args.old)?, side(&args.new)?);
            let names = [described(&args.old, &old), described(&args.new, &new)];
            let [old, new] = [&old, &new].map(|own| {
                let taxonomy = own.as_ref().unwrap_or(Taxonomy::builtin());
                Answers { answers: answers::resolve(&titles, set(taxonomy)), titles: titles.clone() }
            });
            Changes::between(names, &old, &new, args.tolerance)
        }
        None => {
            for path in [&args.old, &args.new] {
                if path == Path::new(BUILTIN) || path.is_dir() {
                    let message = "is a taxonomy; name the file of titles that both are to answer: diff OLD NEW FILE";
                    return Err(Failure::new(format_args!("{} {message}", path.display())));
                }
            }
            let read = |path| answers::read(path, args.input_format, &args.title);
            let names = [&args.old, &args.new].map(|path| path.display().to_string());
            Changes::between(names, &read(&args.old)?, &read(&args.new)?, args.tolerance)
        }
    };
    let text = match args.format {
        ReportFormat::Text => page(&changes).text(),
        ReportFormat::Json => serde_json::to_string_pretty(&changes).map_err(Failure::new)? + "\n",
    };
    Sink::stdout().write(text.as_bytes())?;
    if changes.any() { Err(Failure::Found) } else { Ok(()) }
}

/// The taxonomy that OLD or NEW names; `None` for the embedded one.
fn side(path: &Path) -> Result<Option<Taxonomy>> {
    if path == Path::new(BUILTIN) {
        return Ok(None);
    }
    taxonomy::load(path).map(Some).map_err(|failure| match failure {
        Failure::Message(message) if path.is_file() => {
            Failure::new(format_args!("{message}; to compare two outputs of map, leave FILE out"))
        }
        other => other,
    })
}

/// What one side is called: its name on the command line, and what taxonomy that is.
fn described(path: &Path, own: &Option<Taxonomy>) -> String {
    let taxonomy = own.as_ref().unwrap_or(Taxonomy::builtin());
    format!("{} ({} {})", path.display(), taxonomy.name(), taxonomy.version())
}

/// Changes as tables.
fn page(changes: &Changes) -> Page {
    let count = |count: u64, what: &str| {
        let noun = if count == 1 { "title" } else { "titles" };
        Part::Note(format!("{} {noun} {what}", Grouped(count)))
    };
    let how = match changes.joined_by {
        Join::Order => "compared row by row",
        Join::Title => "compared by their text, because the rows are not the same",
    };
    let mut lead = vec![count(changes.titles, how), count(changes.unchanged, "with the same answer")];
    let mut counts = Grid::new("", [("change", Align::Text), ("titles", Align::Number)]);
    let mut sections = Vec::new();
    for kind in Kind::ALL.into_iter().filter(|kind| changes.kinds.get(*kind) > 0) {
        counts.push([kind.name().into(), Grouped(changes.kinds.get(kind)).to_string()]);
        let numbers = [("times", Align::Number)];
        let head = [("title", Align::Text), ("old", Align::Text), ("new", Align::Text)];
        let mut grid = Grid::new("", head.into_iter().chain(numbers));
        for change in changes.changes.iter().filter(|change| change.kind == kind) {
            let [old, new] = [&change.old, &change.new].map(told);
            grid.push([change.title.clone(), old, new, Grouped(change.times).to_string()]);
        }
        sections.push(Section { heading: kind.name().into(), parts: vec![Part::Table(grid)] });
    }
    for (heading, titles) in [("only in the old", &changes.only_old), ("only in the new", &changes.only_new)] {
        if !titles.is_empty() {
            counts.push([heading.into(), Grouped(titles.len() as u64).to_string()]);
            let mut grid = Grid::new("", [("title", Align::Text)]);
            titles.iter().for_each(|title| grid.push([title.clone()]));
            sections.push(Section { heading: heading.into(), parts: vec![Part::Table(grid)] });
        }
    }
    if !counts.rows.is_empty() {
        lead.push(Part::Table(counts));
    }
    Page { title: format!("{} -> {}", changes.old, changes.new), lead, sections }
}

/// An answer in a cell.
fn told(answer: &Told) -> String {
    match (&answer.code, answer.confidence) {
        (Some(code), Some(confidence)) => format!("{code} {confidence} {}", answer.verdict),
        (Some(code), None) => format!("{code} {}", answer.verdict),
        (None, _) => answer.verdict.into(),
    }
}
