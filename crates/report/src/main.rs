//! Writes the reports that the README's figures come from, and says what confidences should be.
//!
//! ```text
//! cargo run --release -p titlecanon-report -- accuracy SET=FILE...     # -> reports/accuracy.json
//! cargo bench --features rayon && cargo run --release -p titlecanon-report -- speed   # -> reports/speed.json
//! cargo run --release -p titlecanon-report -- real DIR   # -> reports/real.json
//! cargo run --release -p titlecanon-report -- build   # -> reports/build.json
//! cargo run --release -p titlecanon-report -- calibration FILE[:WEIGHT]...
//! ```
//!
//! `accuracy` joins what `titlecanon evaluate --format json` said of several sets; `speed` gathers what criterion
//! measured last; `real` resolves the titles of a folder of real ones; `build` builds the library from nothing.
//! `reports/regenerate` does all of it.
//!
//! `calibration` writes no report but prints what the confidences are fitted by. Its files are tab-separated, with a
//! header, the columns `title` and `soc2018` (codes such as 15-1252, several with `|` between), and perhaps `rows`, how
//! often the title occurs. A weight is what a row counts beside those of other files, 1 if none is given. It prints
//!
//! - for each kind of answer how often it was right at three digits of the SOC code, by the confidence that was said;
//! - for the two kinds whose scores `src/score.rs` makes chances of, new knots, ready to be pasted there. The score is
//!   found by turning the present map round; the fit is isotonic;
//! - how often exact answers were right, by the confidence of the alias, and for the functions where they were right
//!   least often the factor by which the confidences in `data/aliases` would become honest.
//!
//! A number that was fitted to some titles looks better on these than on others: fit to one half, look at the other.

mod accuracy;
mod build;
mod calibration;
mod real;
mod speed;

use std::error::Error;
use std::path::Path;
use std::process::ExitCode;
use std::{env, fs};

use serde_json::Value;

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    let done = match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["accuracy", ref sets @ ..] if !sets.is_empty() => {
            accuracy::report(sets).and_then(|report| write("accuracy", &report))
        }
        ["calibration", ref files @ ..] if !files.is_empty() => {
            calibration::report(files).map(|report| print!("{report}"))
        }
        ["speed"] => speed::report(Path::new("target/criterion")).and_then(|report| write("speed", &report)),
        ["real", dir] => real::report(Path::new(dir)).and_then(|report| write("real", &report)),
        ["build"] => {
            let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
            build::report(&root).and_then(|report| write("build", &report))
        }
        _ => Err(
            "usage: titlecanon-report accuracy SET=FILE... | speed | real DIR | build | calibration FILE[:WEIGHT]..."
                .into(),
        ),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("titlecanon-report: {error}");
            ExitCode::from(2)
        }
    }
}

fn write(name: &str, report: &Value) -> Result<(), Box<dyn Error>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../reports").join(format!("{name}.json"));
    let text = serde_json::to_string_pretty(report)? + "\n";
    print!("{text}");
    fs::write(path, text)?;
    Ok(())
}
