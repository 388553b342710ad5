//! The command line as its users meet it: every command and format, what goes wrong and how that is told.
//!
//! Titles are such as every edition of the data answers alike: those of a technical support engineer, and `asdf`; or
//! those of a small taxonomy that the tests write themselves.

mod answers;
mod bad_input;
mod browse;
mod canon;
mod diff;
mod evaluate;
mod guide;
mod harbour;
#[path = "../common/html.rs"]
mod html;
mod import;
mod map;
mod output;
#[cfg(feature = "parquet")]
mod parquet;
mod suggest;
mod taxonomy;

use std::fs;
use std::path::PathBuf;

use assert_cmd::Command;
use tempfile::TempDir;

/// The names of an answer's fields, which are a contract.
const FIELDS: [&str; 15] = [
    "verdict",
    "code",
    "role",
    "function",
    "focus",
    "level",
    "family",
    "soc",
    "confidence",
    "function_confidence",
    "level_confidence",
    "band",
    "method",
    "qualifiers",
    "candidates",
];

/// Those of them that are columns of CSV and TSV.
const COLUMNS: &[&str] = FIELDS.split_at(14).0;

/// Titles with code and confidence.
const KNOWN: [(&str, &str, f64); 9] = [
    ("Senior Technical Support Engineer", "TSE.GEN.P4", 0.82),
    ("Sr. Technical Support Engineer", "TSE.GEN.P4", 0.80),
    ("Technical Support Engineer IV", "TSE.GEN.P4", 0.70),
    ("Technical Support Engineer 4", "TSE.GEN.P4", 0.66),
    ("Technical Support Engineer I", "TSE.GEN.P1", 0.70),
    ("Technical Support Engineer 1", "TSE.GEN.P1", 0.66),
    ("Entry-Level Technical Support Engineer", "TSE.GEN.P1", 0.70),
    ("Junior Technical Support Engineer", "TSE.GEN.P1", 0.68),
    ("Associate Technical Support Engineer", "TSE.GEN.P1", 0.60),
];

/// A title of the known ones.
const SENIOR: &str = KNOWN[0].0;

/// The program with some arguments.
fn titlecanon(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_titlecanon"));
    command.args(args);
    command
}

/// What a run came to.
struct Ran {
    code: i32,
    stdout: String,
    stderr: String,
}

/// Runs the program with some arguments and standard input.
fn run(args: &[&str], stdin: impl Into<Vec<u8>>) -> Ran {
    let output = titlecanon(args).write_stdin(stdin).output().expect("it runs");
    Ran {
        code: output.status.code().expect("it is not killed"),
        stdout: String::from_utf8(output.stdout).expect("it writes UTF-8"),
        stderr: String::from_utf8(output.stderr).expect("it writes UTF-8"),
    }
}

/// Runs the program, which must succeed, and gives its output.
fn succeed(args: &[&str], stdin: impl Into<Vec<u8>>) -> String {
    let ran = run(args, stdin);
    assert_eq!(ran.code, 0, "{args:?}: {}", ran.stderr);
    ran.stdout
}

/// A folder for one test.
struct Folder(TempDir);

impl Folder {
    fn new() -> Folder {
        Folder(TempDir::new().expect("a temporary folder"))
    }

    /// Writes a file and gives its path.
    fn write(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        fs::create_dir_all(PathBuf::from(&path).parent().expect("it has a parent")).expect("a folder");
        fs::write(&path, content).expect("it can be written");
        path
    }

    fn path(&self, name: &str) -> String {
        self.0.path().join(name).to_str().expect("UTF-8").into()
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).expect("it can be read")
    }

    /// The names in it.
    fn names(&self) -> Vec<String> {
        let mut names: Vec<_> = fs::read_dir(self.0.path())
            .expect("it can be listed")
            .map(|entry| entry.expect("an entry").file_name().into_string().expect("UTF-8"))
            .collect();
        names.sort();
        names
    }
}

/// The records of CSV or TSV text, the header first.
fn records(text: &str, delimiter: u8) -> Vec<Vec<String>> {
    csv::ReaderBuilder::new()
        .has_headers(false)
        .delimiter(delimiter)
        .from_reader(text.as_bytes())
        .into_records()
        .map(|record| record.expect("a record").iter().map(String::from).collect())
        .collect()
}

/// The objects of JSONL text, each as its names in order and its values.
fn objects(text: &str) -> Vec<serde_json::Value> {
    text.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
}

/// The names of the tags of a page, each in its place; panics unless it is well-formed and needs nothing else.
fn tags(html: &str) -> Vec<String> {
    let all = html::tags(html);
    for name in ["script", "link", "img", "iframe", "image", "use", "a"] {
        assert!(all.iter().all(|tag| tag != name), "{name}");
    }
    for part in ["http:", "https:", "//", "url(", "@import", "src=", "href="] {
        assert!(!html.contains(part), "{part}");
    }
    for part in ["<html lang=\"en\">", "prefers-color-scheme: dark"] {
        assert!(html.contains(part), "{part}");
    }
    all
}

/// Where a field's name stands in JSON text; the fields are looked for as they are written.
fn positions(line: &str, names: &[&str]) -> Vec<usize> {
    names.iter().map(|name| line.find(&format!("\"{name}\":")).unwrap_or_else(|| panic!("{name}: {line}"))).collect()
}
