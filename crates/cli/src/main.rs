//! `titlecanon`: job titles to canonical role codes, on the command line.
//!
//! | module | what it is for |
//! |---|---|
//! | `args` | what can be said on the command line |
//! | `titles` | `resolve` and `explain` |
//! | `map` | `map` |
//! | `taxonomy` | `taxonomy stats`, `check` and `fmt` |
//! | `input` → `blocks` → `rows` → `render` → `sink` | the way of rows, from a file to a stream of bytes |
//! | `pipeline` | many blocks at once, in order |
//! | `columns`, `table` | how an answer looks in CSV and JSON, and in a table |
//! | `grid` | rows of cells in aligned columns |
//! | `report`, `failure` | what is told on standard error |

mod args;
mod blocks;
mod columns;
mod failure;
mod grid;
mod input;
mod map;
mod pipeline;
mod render;
mod report;
mod rows;
mod sink;
mod table;
mod taxonomy;
mod titles;

use std::process::ExitCode;

use clap::Parser as _;
use titlecanon::{Normalizer, Taxonomy};

use crate::args::{Cli, Command, TaxonomyCommand};
use crate::failure::{Failure, Result};

fn main() -> ExitCode {
    run(&Cli::parse()).map_or_else(Failure::report, |()| ExitCode::SUCCESS)
}

fn run(cli: &Cli) -> Result<()> {
    // These look at sources only.
    match &cli.command {
        Command::Taxonomy(TaxonomyCommand::Check { dir }) => return taxonomy::check(dir),
        Command::Taxonomy(TaxonomyCommand::Fmt { dir, check }) => return taxonomy::format(dir, *check),
        _ => {}
    }
    let own = cli.engine.taxonomy.as_deref().map(taxonomy::load).transpose()?;
    let taxonomy = own.as_ref().unwrap_or(Taxonomy::builtin());
    let normalizer = Normalizer::with_taxonomy(taxonomy)
        .with_fuzzy(!cli.engine.no_fuzzy)
        .with_candidates(cli.engine.candidates.into());
    match &cli.command {
        Command::Resolve(args) => titles::resolve(args, normalizer),
        Command::Explain(args) => titles::explain(args, normalizer),
        Command::Map(args) => map::run(args, normalizer),
        Command::Taxonomy(TaxonomyCommand::Stats { missing }) => taxonomy::stats(taxonomy, *missing),
        Command::Taxonomy(_) => Ok(()),
    }
}
