//! Writes the reports that the README's figures come from.
//!
//! ```text
//! cargo run --release -p titlecanon-report -- accuracy SET=FILE...     # -> reports/accuracy.json
//! cargo bench --features rayon && cargo run --release -p titlecanon-report -- speed   # -> reports/speed.json
//! ```
//!
//! `accuracy` joins what `titlecanon evaluate --format json` said of several sets; `speed` gathers what criterion
//! measured last. `reports/regenerate` does all of it.

mod accuracy;
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
        ["speed"] => speed::report(Path::new("target/criterion")).and_then(|report| write("speed", &report)),
        _ => Err("usage: titlecanon-report accuracy SET=FILE... | speed".into()),
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
