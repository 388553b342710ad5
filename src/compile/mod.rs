//! Compile: taxonomy source files → checked model → tables.
//!
//! `build.rs` runs it for the embedded taxonomy and [`Taxonomy::from_dir`](crate::Taxonomy::from_dir) at run time, so that
//! one pipeline decides what is right and both answer alike. It collects every problem before it gives up.
//! It must not know how titles are matched, only what the tables hold.

mod emit;
mod export;
mod intern;
mod lexicon;
mod model;
mod order;
mod pool;
mod schema;
mod tsv;
mod vocabulary;
mod wording;

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use std::path::Path;

use crate::error::{Error, Problem};
use crate::tables::Tables;

pub(crate) use export::export;
pub(crate) use order::canonical;
pub use wording::{Refusal, Wording};

/// One source file: its path inside the taxonomy's folder, with `/`, and its text.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    pub(crate) path: String,
    pub(crate) text: String,
}

/// Sources from pairs of path and text.
pub(crate) fn sources<P: Into<String>, T: Into<String>>(pairs: impl IntoIterator<Item = (P, T)>) -> Vec<Source> {
    pairs.into_iter().map(|(path, text)| Source { path: path.into(), text: text.into() }).collect()
}

/// What the pipeline makes: the text pool and the blob that [`crate::tables`] reads.
#[derive(Debug)]
pub(crate) struct Compiled {
    pub(crate) text: String,
    pub(crate) blob: Vec<u8>,
}

/// The rows of a kind of file: file, line and fields.
pub(crate) fn rows<'s>(sources: &'s [Source], kind: &str) -> Vec<(&'s str, usize, Vec<&'s str>)> {
    let sheets = schema::read(sources, &mut Vec::new());
    let id = schema::KINDS.iter().find(|(_, of)| of.name == kind).map(|(id, _)| *id);
    let rows = id.map(|id| sheets.rows(id)).unwrap_or_default();
    rows.iter().map(|row| (row.line.file, row.line.number as usize, row.fields.to_vec())).collect()
}

/// Twice what as many aliases take as the tables can hold. Positions in what is made of so much fit 32 bits.
const MOST_SOURCES: usize = 1 << 30;

/// Compiles sources, or says everything that is wrong with them.
pub(crate) fn compile(sources: &[Source]) -> Result<Compiled, Error> {
    let mut problems = Vec::new();
    if sources.iter().map(|source| source.text.len()).sum::<usize>() > MOST_SOURCES {
        problems.push(Problem::new("taxonomy", 0, "more than 1 GB of sources"));
        return Err(Error::new(problems));
    }
    let sheets = schema::read(sources, &mut problems);
    finish(&sheets, problems)
}

/// Compiles sources laid over a taxonomy. Where they contradict it they win, so that whatever is wrong is wrong with them.
pub(crate) fn overlay(below: Tables<'_>, sources: &[Source]) -> Result<Compiled, Error> {
    let mut problems = Vec::new();
    let below = export(below);
    let sheets = schema::read(sources, &mut problems).over(schema::read(&below, &mut problems));
    finish(&sheets, problems)
}

fn finish(sheets: &schema::Sheets<'_>, mut problems: Vec<Problem>) -> Result<Compiled, Error> {
    let model = model::check(sheets, &mut problems);
    if !problems.is_empty() {
        return Err(Error::new(problems));
    }
    let compiled = emit::emit(model, &mut problems);
    if problems.is_empty() { Ok(compiled) } else { Err(Error::new(problems)) }
}

/// Reads the `.tsv` files of a taxonomy's folder and of the folders in it.
pub(crate) fn read_dir(dir: &Path) -> Result<Vec<Source>, Error> {
    let mut sources = Vec::new();
    let mut problems = Vec::new();
    walk(dir, dir, &mut sources, &mut problems);
    if sources.is_empty() && problems.is_empty() {
        problems.push(Problem::new(
            dir.display().to_string(),
            0,
            "no .tsv file here; a taxonomy is a folder with functions, focuses and aliases as .tsv files",
        ));
    }
    if !problems.is_empty() {
        return Err(Error::new(problems));
    }
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(sources)
}

fn walk(root: &Path, dir: &Path, sources: &mut Vec<Source>, problems: &mut Vec<Problem>) {
    let entries = match std::fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(error) => {
            problems.push(Problem::new(dir.display().to_string(), 0, alloc::format!("cannot be read: {error}")));
            return;
        }
    };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            walk(root, &path, sources, problems);
        } else if path.extension().is_some_and(|extension| extension == "tsv") {
            let inside = path.strip_prefix(root).unwrap_or(&path);
            let parts: Vec<_> = inside.iter().map(|part| part.to_string_lossy()).collect();
            let name = parts.join("/");
            match std::fs::read(&path).map(String::from_utf8) {
                Ok(Ok(text)) => sources.push(Source { path: name, text }),
                Ok(Err(error)) => {
                    let valid = &error.as_bytes()[..error.utf8_error().valid_up_to()];
                    let line = valid.iter().filter(|&&byte| byte == b'\n').count() + 1;
                    problems.push(Problem::new(name, line, "not UTF-8; save the file as UTF-8"));
                }
                Err(error) => problems.push(Problem::new(name, 0, alloc::format!("cannot be read: {error}"))),
            }
        }
    }
}

#[cfg(all(test, feature = "builtin"))]
mod tests {
    use super::*;
    use crate::taxonomy::Taxonomy;

    #[test]
    fn what_is_exported_compiles_to_the_same_tables() {
        let builtin = Taxonomy::builtin().tables();
        let compiled = compile(&export(builtin)).unwrap();
        let again = crate::tables::Tables::new(&compiled.text, &compiled.blob);
        assert!(again == builtin, "export and compile lose something");
    }
}
