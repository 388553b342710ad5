//! How many instructions each path takes for a title, counted by callgrind: the same on a busy machine as on a quiet one.
//!
//! `cargo bench --bench instructions` compares the counts with `reports/instructions.json` and fails where one has grown by
//! more than a tenth; `TITLECANON_REWRITE=1` makes them the new ceilings. Without valgrind it skips, with a message.

#[path = "../tests/common/mod.rs"]
mod common;
mod inputs;

use std::collections::BTreeMap;
use std::hint::black_box;
use std::process::{Command, ExitCode};
use std::{env, fs};

use inputs::{TITLES, inputs};
use titlecanon::normalize_title;

/// The ceilings, in instructions for a title, by the kind of title.
const REPORT: &str = "reports/instructions.json";

/// What a change may add before it counts as dearer.
const SLACK: f64 = 1.10;

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    if let [mode, kind, times] = &args[..]
        && mode == RESOLVE
    {
        resolve(kind, times.parse().expect("a number of times"));
        return ExitCode::SUCCESS;
    }
    if args.iter().any(|arg| arg == "--test") {
        resolve("exact", 1);
        return ExitCode::SUCCESS;
    }
    if Command::new("valgrind").arg("--version").output().is_err() {
        eprintln!("skipped: instructions are counted by valgrind, which is not here");
        return ExitCode::SUCCESS;
    }
    let counted: BTreeMap<&str, u64> = inputs().iter().map(|&(kind, _)| (kind, instructions(kind))).collect();
    if env::var_os("TITLECANON_REWRITE").is_some() {
        let text = serde_json::to_string_pretty(&counted).expect("numbers by name");
        fs::write(common::package_file(REPORT), text + "\n").expect("the report can be written");
    }
    let ceilings = fs::read_to_string(common::package_file(REPORT)).expect("the report is there");
    let ceilings: BTreeMap<String, u64> = serde_json::from_str(&ceilings).expect("numbers by name");
    let mut dearer = false;
    for (kind, count) in counted {
        let ceiling = ceilings.get(kind).copied().unwrap_or(0);
        let ratio = count as f64 / ceiling as f64;
        println!("{kind:<10}{count:>8} instructions a title, {ratio:.2} of {ceiling}");
        if ratio > SLACK {
            eprintln!("{kind}: more than a tenth dearer; make it cheaper, or argue for new ceilings and write them");
            dearer = true;
        }
    }
    ExitCode::from(u8::from(dearer))
}

/// Tells this program to resolve titles rather than to count.
const RESOLVE: &str = "resolve";

/// Resolves the titles of a kind so many times.
fn resolve(kind: &str, times: usize) {
    let titles = inputs().into_iter().find(|(name, _)| *name == kind).expect("a kind of title").1;
    for _ in 0..times {
        titles.iter().for_each(|title| {
            black_box(normalize_title(black_box(title)));
        });
    }
}

/// What a title of a kind takes, less what it takes to make the titles.
fn instructions(kind: &str) -> u64 {
    (collected(kind, 3) - collected(kind, 1)) / (2 * TITLES as u64)
}

/// The instructions of one run of this program under callgrind.
fn collected(kind: &str, times: usize) -> u64 {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(env::current_exe().expect("this program has a path"))
        .args([RESOLVE, kind, &times.to_string()])
        .output()
        .expect("valgrind runs");
    let text = String::from_utf8_lossy(&output.stderr);
    let count = text.lines().find_map(|line| line.split("Collected : ").nth(1));
    count.and_then(|count| count.trim().parse().ok()).unwrap_or_else(|| panic!("no count in: {text}"))
}
