//! What a clean release build of the library takes, as `cargo build --timings` says.

use std::error::Error;
use std::path::Path;
use std::process::Command;
use std::{env, fs};

use serde_json::{Value, json};

/// Builds the library alone into an empty folder and reads the timings.
pub(crate) fn report(root: &Path) -> Result<Value, Box<dyn Error>> {
    let target = env::temp_dir().join(format!("titlecanon-build-{}", std::process::id()));
    let done = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["build", "--release", "-p", "titlecanon", "--timings", "--target-dir"])
        .arg(&target)
        .current_dir(root)
        .status()?;
    let page = fs::read_to_string(target.join("cargo-timings/cargo-timing.html"));
    fs::remove_dir_all(&target)?;
    if !done.success() {
        return Err("the library does not build".into());
    }
    let page = page?;
    // The page holds its figures as JSON: each unit with when it started and how long it took.
    let units =
        page.split_once("UNIT_DATA = ").and_then(|(_, rest)| rest.split_once("];")).ok_or("no units in the timings")?.0;
    let units: Vec<Value> = serde_json::from_str(&format!("{units}]"))?;
    let seconds = |unit: &Value, name: &str| unit[name].as_f64().unwrap_or(0.0);
    let round = |seconds: f64| (seconds * 10.0).round() / 10.0;
    let own = |target: &str| {
        let unit = units.iter().find(|unit| unit["name"] == "titlecanon" && unit["target"].as_str() == Some(target));
        unit.map(|unit| round(seconds(unit, "duration")))
    };
    Ok(json!({
        "cores": std::thread::available_parallelism()?.get(),
        "crates": units.len(),
        "seconds": round(units.iter().map(|unit| seconds(unit, "start") + seconds(unit, "duration")).fold(0.0, f64::max)),
        "library_seconds": own(""),
        "taxonomy_seconds": own(" build-script (run)").or_else(|| own(" build script (run)")),
    }))
}
