//! `titlecanon`: job titles to canonical role codes, on the command line.
//!
//! | module | what it is for |
//! |---|---|
//! | `args` | what can be said on the command line |
//! | `titles` | `resolve` and `explain` |
//! | `map` | `map` |
//! | `roles` | `show` and `compare`: what the taxonomy says of roles |
//! | `evaluate` | `evaluate`: answers against labels |
//! | `diff` | `diff`: answers against other answers |
//! | `lint` | `lint` |
//! | `import` | `import`: sources of what others publish |
//! | `suggest` | `suggest`: drafts of aliases |
//! | `browse` | `taxonomy families`, `functions`, `focuses` and `roles` |
//! | `site` | `site`: the taxonomy as a static site |
//! | `taxonomy` | `compile`, `taxonomy stats`, `export`, `check` and `fmt` |
//! | `input` → `blocks` → `rows` → `render` → `sink` | the way of rows, from a file to a stream of bytes |
//! | `columnar` | Parquet in `map`, on either side (feature `parquet`) |
//! | `records` | rows of which several columns are asked for |
//! | `folder` | a folder of files, whole or not at all |
//! | `unfinished` | what an interruption must not leave behind |
//! | `pipeline` | many blocks at once, in order |
//! | `columns`, `table` | how an answer looks in CSV and JSON, and in a table |
//! | `page`, `grid`, `html`, `publish` | reports, how they look as text and as HTML, and which of these is written where |
//! | `soc` | how SOC codes are written |
//! | `report`, `failure` | what is told on standard error |

mod args;
mod blocks;
mod browse;
#[cfg(feature = "parquet")]
mod columnar;
mod columns;
mod diff;
mod evaluate;
mod failure;
mod folder;
mod grid;
mod html;
mod import;
mod input;
mod lint;
mod map;
mod page;
mod pipeline;
mod publish;
mod records;
mod render;
mod report;
mod roles;
mod rows;
mod sink;
mod site;
mod soc;
mod suggest;
mod table;
mod taxonomy;
mod titles;
mod unfinished;

use std::process::ExitCode;

use clap::Parser as _;
use titlecanon::{Normalizer, Taxonomy};

use crate::args::{Cli, Command, CompileArgs, EngineArgs, TaxonomyArgs, TaxonomyCommand};
use crate::browse::List;
use crate::failure::{Failure, Result};

fn main() -> ExitCode {
    run(&Cli::parse()).map_or_else(Failure::report, |()| ExitCode::SUCCESS)
}

fn run(cli: &Cli) -> Result<()> {
    // These look at sources only.
    match &cli.command {
        Command::Lint(args) => return lint::run(args),
        Command::Taxonomy(TaxonomyArgs { command: Some(TaxonomyCommand::Check { dir }) }) => {
            return taxonomy::check(dir);
        }
        Command::Taxonomy(TaxonomyArgs { command: Some(TaxonomyCommand::Fmt { dir, check }) }) => {
            return taxonomy::format(dir, *check);
        }
        _ => {}
    }
    if let Command::Diff(args) = &cli.command {
        for (given, option) in [(&cli.engine.taxonomy, "--taxonomy"), (&cli.engine.overlay, "--overlay")] {
            if given.is_some() {
                return Err(Failure::new(format_args!("diff has its taxonomies as OLD and NEW; leave {option} out")));
            }
        }
        return diff::run(args, |taxonomy| set(&cli.engine, taxonomy));
    }
    if let Command::Import(command) = &cli.command {
        if cli.engine.taxonomy.is_some() || cli.engine.overlay.is_some() {
            return Err(Failure::new("import makes a taxonomy by itself; leave --taxonomy and --overlay out"));
        }
        return import::run(command);
    }
    let sources = match &cli.command {
        Command::Compile(CompileArgs { dir: Some(dir), .. }) => Some(dir),
        _ => cli.engine.taxonomy.as_ref(),
    };
    let mut own = sources.map(|path| taxonomy::load(path)).transpose()?;
    if let Some(dir) = &cli.engine.overlay {
        own = Some(taxonomy::overlay(own.as_ref().unwrap_or(Taxonomy::builtin()), dir)?);
    }
    let taxonomy = own.as_ref().unwrap_or(Taxonomy::builtin());
    let normalizer = set(&cli.engine, taxonomy);
    match &cli.command {
        Command::Resolve(args) => titles::resolve(args, normalizer),
        Command::Explain(args) => titles::explain(args, normalizer),
        Command::Map(args) => map::run(args, normalizer),
        Command::Show(args) => roles::show(args, normalizer),
        Command::Compare(args) => roles::compare(args, normalizer),
        Command::Evaluate(args) => evaluate::run(args, normalizer),
        Command::Site(args) => site::run(args, &cli.engine, taxonomy),
        Command::Compile(args) => taxonomy::compile(taxonomy, &args.output),
        Command::Suggest(args) => suggest::run(args, cli.engine.candidates, normalizer),
        Command::Taxonomy(TaxonomyArgs { command }) => match command {
            None => browse::overview(taxonomy),
            Some(TaxonomyCommand::Families(args)) => browse::run(List::Families, args, taxonomy),
            Some(TaxonomyCommand::Functions(args)) => browse::run(List::Functions, args, taxonomy),
            Some(TaxonomyCommand::Focuses(args)) => browse::run(List::Focuses, args, taxonomy),
            Some(TaxonomyCommand::Roles(args)) => browse::run(List::Roles, args, taxonomy),
            Some(TaxonomyCommand::Stats { missing }) => taxonomy::stats(taxonomy, *missing),
            Some(TaxonomyCommand::Export { dir }) => taxonomy::export(taxonomy, dir),
            Some(TaxonomyCommand::Check { .. } | TaxonomyCommand::Fmt { .. }) => Ok(()),
        },
        Command::Diff(_) | Command::Lint(_) | Command::Import(_) => Ok(()),
    }
}

/// A normaliser for a taxonomy, with the settings of the command line.
fn set<'t>(engine: &EngineArgs, taxonomy: &'t Taxonomy) -> Normalizer<'t> {
    let normalizer = Normalizer::with_taxonomy(taxonomy).with_fuzzy(!engine.no_fuzzy);
    engine.candidates.map_or(normalizer, |count| normalizer.with_candidates(count.into()))
}
