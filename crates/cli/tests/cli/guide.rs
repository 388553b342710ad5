//! The guide to taxonomies of one's own: its commands are run one after the other in a folder, and print what it says.
//! `TITLECANON_REWRITE=1` puts in what they print.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::Folder;

/// What stands for any text in a line.
const ANY: &str = "…";

#[test]
fn the_guide_does_what_it_says() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap();
    let path = root.join("docs/own-taxonomy.md");
    let guide = fs::read_to_string(&path).unwrap();
    let folder = Folder::new();
    // The crate is this one, and what it depends on was fetched to build it.
    let config = format!("[net]\noffline = true\n[patch.crates-io]\ntitlecanon = {{ path = {:?} }}\n", root);
    folder.write(".cargo/config.toml", config);

    let mut rewritten = String::new();
    let mut wrong = Vec::new();
    let mut rest = guide.as_str();
    while let Some((before, after)) = rest.split_once("```sh\n") {
        let (commands, after) = after.split_once("```\n").expect("the block ends");
        let printed = shell(folder.0.path(), commands);
        rewritten += &format!("{before}```sh\n{commands}```\n");
        rest = after;
        let (said, after) = match rest.strip_prefix("\n```text\n") {
            Some(after) => after.split_once("```\n").expect("the block ends"),
            None => ("", rest),
        };
        if !agree(said, &printed) {
            wrong.push(format!("{commands}prints\n{printed}"));
        }
        if !printed.is_empty() {
            let printed = if agree(said, &printed) { said } else { &printed };
            rewritten += &format!("\n```text\n{printed}```\n");
        }
        rest = after;
    }
    rewritten += rest;
    if env::var_os("TITLECANON_REWRITE").is_some() {
        fs::write(&path, rewritten).unwrap();
    } else {
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}

/// What commands print, on standard output and standard error; they must succeed.
fn shell(dir: &Path, commands: &str) -> String {
    let program = Path::new(env!("CARGO_BIN_EXE_titlecanon")).parent().unwrap().to_path_buf();
    let path = env::var_os("PATH").unwrap_or_default();
    let path = env::join_paths([program].into_iter().chain(env::split_paths(&path))).unwrap();
    let mut shell = Command::new("sh");
    shell.args(["-ec", &format!("exec 2>&1\n{commands}")]).current_dir(dir).env("PATH", path);
    // What was compiled for the guide before need not be compiled again.
    shell.env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("guide"));
    let output = shell.output().expect("there is a shell");
    let printed = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(output.status.success(), "{commands}{printed}");
    printed
}

/// Whether lines are what the guide says.
fn agree(said: &str, printed: &str) -> bool {
    let like = |(said, printed): (&str, &str)| match said.split_once(ANY) {
        Some((start, end)) => printed.starts_with(start) && printed.ends_with(end),
        None => said == printed,
    };
    said.lines().count() == printed.lines().count() && said.lines().zip(printed.lines()).all(like)
}
