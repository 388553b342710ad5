//! Measures titlecanon beside engines that look strings up or correct them, over the same aliases and titles.
//!
//! ```text
//! cargo run --release --manifest-path crates/rivals/Cargo.toml   # -> reports/rivals.json, reports/rivals.svg
//! ```
//!
//! One process, one thread; prints a Markdown table. The crate stands outside the workspace, so that nobody who builds or
//! tests the library builds the others.

#[path = "../../../tests/common/mod.rs"]
mod common;
mod engines;
mod list;
mod measure;
mod plot;
mod queries;
mod report;

use std::error::Error;
use std::fs;
use std::path::Path;

use list::List;

fn main() -> Result<(), Box<dyn Error>> {
    let list: &'static List = Box::leak(Box::new(List::builtin()));
    let mut engines = engines::start_all(list);
    // The heaviest to start is no scan, and is shown before them.
    engines.sort_by_key(|engine| engine.scan);
    let classes = queries::classes(list);
    let figures = measure::measure(&engines, &classes);

    let reports = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../reports");
    let json = report::json(list.entries.len(), &classes, &engines, &figures);
    fs::write(reports.join("rivals.json"), serde_json::to_string_pretty(&json)? + "\n")?;
    fs::write(reports.join("rivals.svg"), plot::svg(&classes, &engines, &figures))?;
    print!("{}", report::markdown(&classes, &engines, &figures));
    Ok(())
}
