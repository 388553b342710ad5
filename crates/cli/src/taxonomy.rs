//! Taxonomy: how a taxonomy is read; what it counts; its sources written, compiled, checked and put in order.
//!
//! Must not know of titles.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use titlecanon::Taxonomy;

use crate::failure::{Failure, Result};
use crate::folder;
use crate::report::Grouped;
use crate::rows::plural;
use crate::sink::Sink;

/// Runs `taxonomy stats`.
pub(crate) fn stats(taxonomy: &Taxonomy, missing: bool) -> Result<()> {
    let reached: HashSet<u32> =
        taxonomy.roles().flat_map(|role| role.soc().map(|mapping| mapping.code().number())).collect();
    let mut out = String::new();
    // A string takes whatever is written to it.
    if missing {
        for code in taxonomy.soc_codes().filter(|code| !reached.contains(&code.number())) {
            let _ = writeln!(out, "{code}\t{}", code.title());
        }
        return Sink::stdout().write(out.as_bytes());
    }
    let _ = writeln!(out, "{:<10}{} {}", "taxonomy", taxonomy.name(), taxonomy.version());
    for (what, count) in [
        ("families", taxonomy.families().count()),
        ("functions", taxonomy.functions().count()),
        ("focuses", taxonomy.focuses().count()),
        ("roles", taxonomy.roles().count()),
        ("aliases", taxonomy.aliases().count()),
    ] {
        let _ = writeln!(out, "{what:<10}{:>9}", Grouped(count as u64));
    }
    let all = taxonomy.soc_codes().count();
    let share = if all == 0 { 0.0 } else { 100.0 * reached.len() as f64 / all as f64 };
    let _ = writeln!(out, "{:<10}{:>9} of {} reached by a role ({share:.1}%)", "SOC codes", reached.len(), all);
    Sink::stdout().write(out.as_bytes())
}

/// Reads a taxonomy from a folder of sources or a compiled file; what is wrong with it is the message of the failure.
pub(crate) fn load(path: &Path) -> Result<Taxonomy> {
    match fs::metadata(path) {
        Ok(found) if found.is_dir() => Taxonomy::from_dir(path).map_err(|error| failure(path, &error)),
        Ok(_) => Taxonomy::from_file(path).map_err(Failure::new),
        Err(error) => Err(Failure::new(format_args!("{} cannot be read: {error}", path.display()))),
    }
}

/// Lays the sources in a folder over a taxonomy.
pub(crate) fn overlay(taxonomy: &Taxonomy, dir: &Path) -> Result<Taxonomy> {
    is_folder(dir)?;
    taxonomy.overlay_dir(dir).map_err(|error| failure(dir, &error))
}

/// The failure of sources in a folder.
pub(crate) fn failure(dir: &Path, error: &titlecanon::Error) -> Failure {
    let count = plural(error.problems().len(), "problem");
    Failure::new(format_args!("{} has {count}:\n{}", dir.display(), problems(dir, error).trim_end()))
}

/// Runs `compile`.
pub(crate) fn compile(taxonomy: &Taxonomy, file: &Path) -> Result<()> {
    let bytes = taxonomy.to_bytes();
    let mut sink = Sink::file(file)?;
    sink.write(&bytes)?;
    sink.commit()?;
    Sink::stdout().write(format!("{}: {} bytes\n", file.display(), Grouped(bytes.len() as u64)).as_bytes())
}

/// Runs `taxonomy export`.
pub(crate) fn export(taxonomy: &Taxonomy, dir: &Path) -> Result<()> {
    let sources = taxonomy.to_sources();
    folder::write(dir, &sources)?;
    Sink::stdout().write(format!("{}: {}\n", dir.display(), plural(sources.len(), "file")).as_bytes())
}

/// Runs `taxonomy check`.
pub(crate) fn check(dir: &Path) -> Result<()> {
    is_folder(dir)?;
    let mut sink = Sink::stdout();
    match Taxonomy::from_dir(dir) {
        Ok(taxonomy) => {
            let counts = [
                plural(taxonomy.functions().count(), "function"),
                format!("{} focuses", taxonomy.focuses().count()),
                plural(taxonomy.roles().count(), "role"),
                format!("{} aliases", taxonomy.aliases().count()),
            ];
            sink.write(format!("{}: no problems; {}\n", dir.display(), counts.join(", ")).as_bytes())
        }
        Err(error) => {
            sink.write(problems(dir, &error).as_bytes())?;
            Err(Failure::Found)
        }
    }
}

/// Runs `taxonomy fmt`. Files with problems are told of, and then none is written.
pub(crate) fn format(dir: &Path, only_check: bool) -> Result<()> {
    is_folder(dir)?;
    let mut files = Vec::new();
    find_sources(dir, &mut files)?;
    let mut sink = Sink::stdout();
    let mut disordered = Vec::new();
    let mut problematic = false;
    for path in &files {
        let text =
            fs::read(path).map_err(|error| Failure::new(format_args!("{} cannot be read: {error}", path.display())))?;
        let text = crate::rows::text(&path.display().to_string(), 1, &text)?;
        let inside: Vec<_> = path.strip_prefix(dir).unwrap_or(path).iter().map(|part| part.to_string_lossy()).collect();
        match titlecanon::canonical_source(&inside.join("/"), text) {
            Ok(canonical) if canonical == text => {}
            Ok(canonical) => disordered.push((path, canonical)),
            Err(error) => {
                problematic = true;
                sink.write(problems(dir, &error).as_bytes())?;
            }
        }
    }
    if problematic {
        return Err(Failure::Found);
    }
    for (path, canonical) in &disordered {
        if !only_check {
            let mut file = Sink::file(path)?;
            file.write(canonical.as_bytes())?;
            file.commit()?;
        }
        sink.write(format!("{}{}\n", path.display(), if only_check { ": not in order" } else { "" }).as_bytes())?;
    }
    let (changed, count) = (disordered.len(), plural(files.len(), "file"));
    match (changed, only_check) {
        (0, _) => sink.write(format!("{count} in order\n").as_bytes()),
        (_, true) => Err(Failure::Found),
        (_, false) => sink.write(format!("{changed} of {count} put in order\n").as_bytes()),
    }
}

/// The `.tsv` files in a folder and the folders in it, by path.
fn find_sources(dir: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    let failure = |error| Failure::new(format_args!("{} cannot be read: {error}", dir.display()));
    let mut paths = Vec::new();
    for entry in fs::read_dir(dir).map_err(failure)? {
        paths.push(entry.map_err(failure)?.path());
    }
    paths.sort();
    for path in paths {
        if path.is_dir() {
            find_sources(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "tsv") {
            files.push(path);
        }
    }
    Ok(())
}

/// Fails unless `dir` is a folder.
pub(crate) fn is_folder(dir: &Path) -> Result<()> {
    match fs::metadata(dir) {
        Ok(found) if found.is_dir() => Ok(()),
        Ok(_) => Err(Failure::new(format_args!("{} is not a folder", dir.display()))),
        Err(error) => Err(Failure::new(format_args!("{} cannot be read: {error}", dir.display()))),
    }
}

/// The problems, one a line, each with the path of its file from here.
fn problems(dir: &Path, error: &titlecanon::Error) -> String {
    let mut out = String::new();
    for problem in error.problems() {
        // Some name the folder itself.
        let file = Path::new(problem.file());
        let path = if file.starts_with(dir) { file.to_owned() } else { dir.join(file) };
        let _ = write!(out, "{}", path.display());
        if problem.line() > 0 {
            let _ = write!(out, ":{}", problem.line());
        }
        let _ = writeln!(out, ": {}", problem.message());
    }
    out
}
