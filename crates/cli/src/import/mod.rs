//! Import: from publishers' own files, unchanged, to sources of a taxonomy.
//!
//! | module | what it is for |
//! |---|---|
//! | `onet`, `esco`, `list` | what each kind of file holds, as an edition of occupations |
//! | `edition` | what all of them come to |
//! | `mnemonic` | codes of functions, where publishers' own are too long |
//! | `titles` | which occupation has which title |
//! | `language` | our tables of how titles are worded |
//! | `sources` | an edition as sources |
//!
//! It joins them; must not know how files are read, nor how sources look.

mod edition;
mod esco;
mod language;
mod list;
mod mnemonic;
mod onet;
mod sources;
mod titles;

use std::collections::BTreeMap;
use std::io::{self, Write as _};
use std::path::Path;

use titlecanon::{Taxonomy, Wording};

use crate::args::{ImportArgs, ImportCommand};
use crate::failure::{Failure, Result};
use crate::folder;
use crate::report::Grouped;
use crate::rows::plural;
use crate::sink::Sink;

use edition::Edition;
use titles::Settled;

/// Runs `import`.
pub(crate) fn run(command: &ImportCommand) -> Result<()> {
    let (edition, how) = match command {
        ImportCommand::Onet { dir, how, ladders } => (onet::read(dir, !ladders.no_levels)?, how),
        ImportCommand::Esco { file, how, ladders } => (esco::read(file, !ladders.no_levels)?, how),
        ImportCommand::Csv { file, title, code, licence, tracks, default_level, how } => {
            let ladder = tracks.as_ref().map(|tracks| (tracks.clone(), *default_level));
            (list::read(file, title.as_deref(), code.as_deref(), licence, ladder)?, how)
        }
    };
    write(edition, how)
}

/// Writes an edition as sources, once they are known to compile.
fn write(mut edition: Edition, how: &ImportArgs) -> Result<()> {
    if let Some(named) = &how.edition {
        edition.version = edition::clean(named);
    }
    let mut language = if how.bare { Vec::new() } else { language::tables() };
    let wording = Wording::from_sources(language.clone()).map_err(Failure::new)?;
    let settled = titles::settle(&edition.occupations, &wording);
    language::keep_used(&mut language, &wording, &settled.words);
    if settled.functions.is_empty() {
        return Err(Failure::new("nothing is written: no occupation has a title that can be matched"));
    }
    let sources = sources::write(&edition, &settled, language)?;
    if let Err(error) = Taxonomy::from_sources(sources.clone()) {
        let count = plural(error.problems().len(), "problem");
        return Err(Failure::new(format_args!("nothing is written: the sources would have {count}:\n{error}")));
    }
    folder::is_free(&how.output)?;
    if let Some(path) = &how.report {
        report(path, &settled)?;
    }
    folder::write(&how.output, &sources)?;
    tell(&edition, &settled);
    Sink::stdout().write(format!("{}: {}\n", how.output.display(), plural(sources.len(), "file")).as_bytes())
}

/// Lists the titles that are left out.
fn report(path: &Path, settled: &Settled<'_>) -> Result<()> {
    let mut out = String::from("id\ttitle\treason\n");
    for left in &settled.left_out {
        out += &format!("{}\t{}\t{}\n", left.occupation.id, left.title, left.reason);
    }
    let mut sink = Sink::file(path)?;
    sink.write(out.as_bytes())?;
    sink.commit()
}

/// Says on standard error what became of the titles.
fn tell(edition: &Edition, settled: &Settled<'_>) {
    let mut reasons = BTreeMap::<_, u64>::new();
    settled.left_out.iter().for_each(|left| *reasons.entry(left.reason.to_string()).or_default() += 1);
    let titles: usize = edition.occupations.iter().map(|occupation| occupation.titles.len()).sum();
    let mut out = format!(
        "{} occupations with {} titles: {} of one alone, {} that several have ({} different ones), {} left out\n",
        Grouped(edition.occupations.len() as u64),
        Grouped(titles as u64),
        Grouped((titles - settled.claims() - settled.left_out.len()) as u64),
        Grouped(settled.claims() as u64),
        Grouped(settled.shared.len() as u64),
        Grouped(settled.left_out.len() as u64),
    );
    let nameless = edition.occupations.len() - settled.functions.len();
    if nameless > 0 {
        out += &format!("{} left out: no title that can be matched\n", plural(nameless, "occupation"));
    }
    for (reason, count) in reasons {
        out += &format!("{} title{} left out: {reason}\n", Grouped(count), if count == 1 { "" } else { "s" });
    }
    // There is nowhere left to complain that one cannot complain.
    let _ = io::stderr().write_all(out.as_bytes());
}
