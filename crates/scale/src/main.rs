//! Measures taxonomies of 1,000 to a million aliases that are compiled at run time: loading, memory, and time for a title.
//!
//! ```text
//! cargo run --release --manifest-path crates/scale/Cargo.toml   # -> reports/scale.json, reports/scale.svg
//! ```
//!
//! Each taxonomy is written to a folder for temporary files and loaded from there by processes of its own. With
//! `write ALIASES DIR` it only writes one, and with `measure DIR` it only measures one, whatever taxonomy it is.

#[path = "../../../tests/common/mod.rs"]
mod common;
mod measure;
mod plot;
mod report;
mod synthetic;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::{env, fs};

use measure::Figures;
use report::Row;

/// How many aliases the taxonomies have.
const SIZES: [usize; 4] = [1_000, 10_000, 100_000, 1_000_000];

/// How many processes measure each.
const REPETITIONS: usize = 7;

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    let done = match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => all(),
        ["write", aliases, dir] => write(aliases, Path::new(dir)),
        ["measure", dir] => one(Path::new(dir)),
        _ => Err("usage: titlecanon-scale [write ALIASES DIR | measure DIR]".into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("titlecanon-scale: {error}");
            ExitCode::from(2)
        }
    }
}

/// A file or folder of the project.
fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

fn write(aliases: &str, dir: &Path) -> Result<(), Box<dyn Error>> {
    synthetic::write(aliases.parse()?, &project("data"), dir)?;
    Ok(())
}

/// Measures in this process and prints the figures.
fn one(dir: &Path) -> Result<(), Box<dyn Error>> {
    let figures = measure::measure(dir)?.to_array().map(|figure| figure.to_string());
    println!("{}", figures.join("\t"));
    Ok(())
}

/// Measures every size and writes the report.
fn all() -> Result<(), Box<dyn Error>> {
    let scratch = env::temp_dir().join(format!("titlecanon-scale-{}", std::process::id()));
    let rows: Result<Vec<Row>, Box<dyn Error>> = SIZES
        .iter()
        .map(|&aliases| {
            eprintln!("{aliases} aliases");
            let dir = scratch.join(aliases.to_string());
            let counts = synthetic::write(aliases, &project("data"), &dir)?;
            let figures = best((0..REPETITIONS).map(|_| apart(&dir)).collect::<Result<_, _>>()?);
            Ok(Row { aliases, counts, figures })
        })
        .collect();
    fs::remove_dir_all(&scratch)?;
    let rows = rows?;
    fs::write(project("reports/scale.json"), serde_json::to_string_pretty(&report::json(&rows))? + "\n")?;
    fs::write(project("reports/scale.svg"), plot::svg(&rows))?;
    print!("{}", report::markdown(&rows));
    Ok(())
}

/// Measures in a new process.
fn apart(dir: &Path) -> Result<Figures, Box<dyn Error>> {
    let output = Command::new(env::current_exe()?).arg("measure").arg(dir).stderr(Stdio::inherit()).output()?;
    let figures: Result<Vec<f64>, _> = String::from_utf8(output.stdout)?.trim().split('\t').map(str::parse).collect();
    let figures = figures?.try_into().map_err(|_| "the measuring process has said something else than its figures")?;
    Ok(Figures::from_array(figures))
}

/// The least of each figure: what else the machine does only adds to time. Memory and answers are the same in all runs, within
/// the system's whims.
fn best(runs: Vec<Figures>) -> Figures {
    let least = |nth: usize| runs.iter().map(|run| run.to_array()[nth]).fold(f64::INFINITY, f64::min);
    Figures::from_array(std::array::from_fn(least))
}
