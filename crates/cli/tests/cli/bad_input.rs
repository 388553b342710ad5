//! What is wrong with an input is told with file and line, ends in exit code 2, and leaves no output.

use super::{Folder, SENIOR, run};

/// Maps a file, which must fail with a message that begins with its path and `place` and has `parts` in it.
#[track_caller]
fn refuse(name: &str, content: impl AsRef<[u8]>, args: &[&str], place: &str, parts: &[&str]) {
    let folder = Folder::new();
    let path = folder.write(name, content);
    let output = folder.path("out");
    for to in [&[][..], &["-o", &output]] {
        let ran = run(&[&["map", &path], args, to].concat(), "");
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{}", ran.stderr);
        assert!(ran.stderr.starts_with(&format!("error: {path}{place}")), "{}", ran.stderr);
        assert_eq!(ran.stderr.lines().count(), 1, "{}", ran.stderr);
        for part in parts {
            assert!(ran.stderr.contains(part), "{part}: {}", ran.stderr);
        }
        assert_eq!(folder.names(), [name]);
    }
}

#[test]
fn missing_file() {
    let folder = Folder::new();
    let path = folder.path("none.csv");
    let ran = run(&["map", &path, "-c", "t"], "");
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    assert!(ran.stderr.contains(&path) && ran.stderr.contains("cannot be read"), "{}", ran.stderr);
    let ran = run(&["map", folder.0.path().to_str().unwrap()], "");
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("cannot be read"), "{}", ran.stderr);
}

#[test]
fn unknown_extension() {
    refuse("x.xlsx", "t\n", &["-c", "t"], ": ", &["--input-format"]);
}

#[cfg(not(feature = "parquet"))]
#[test]
fn parquet_without_the_feature() {
    let advice = "cargo install titlecanon-cli --features parquet";
    refuse("x.parquet", "t\n", &["-c", "t"], ": ", &["reading Parquet", advice]);
    refuse("x", "t\n", &["-c", "t", "--input-format", "parquet"], ": ", &["reading Parquet", advice]);
    let folder = Folder::new();
    let path = folder.write("x.csv", "t\n");
    for to in [&["--format", "parquet"][..], &["-o", &folder.path("out.pq")]] {
        let ran = run(&[&["map", &path, "-c", "t"], to].concat(), "");
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
        assert!(ran.stderr.contains("writing Parquet") && ran.stderr.contains(advice), "{}", ran.stderr);
        assert_eq!(folder.names(), ["x.csv"]);
    }
}

#[test]
fn missing_column() {
    let parts = ["\"Titel\"", "\"id\", \"Job Title\", \"title\"", "Did you mean \"title\"?"];
    refuse("x.csv", "id,Job Title,title\n1,a,b\n", &["-c", "Titel"], ":1: ", &parts);
    refuse("x.tsv", "id\ttitle\n1\ta\n", &["-c", "titel"], ":1: ", &["Did you mean \"title\"?"]);
    refuse("x.jsonl", "{\"id\":1,\"title\":\"\"}\n", &["-c", "titel"], ":1: ", &["\"id\", \"title\"", "Did you mean"]);
    refuse("x.csv", "id,title\n1,a\n", &[], ":1: ", &["--column", "\"id\", \"title\""]);
}

#[test]
fn ragged_rows() {
    refuse("x.csv", "a,b\n1,2\n\n\"x\ny\",2\n1,2,3\n", &["-c", "a"], ":6: ", &["3 fields", "header 2"]);
    refuse("x.tsv", "a\tb\n1\n", &["-c", "a"], ":2: ", &["1 field,"]);
    refuse("x.csv", "a,b\r\n1,2\r\n1,2,\r\n", &["-c", "a"], ":3: ", &["3 fields"]);
}

#[test]
fn open_quotes() {
    refuse("x.csv", "a,b\n1,2\n1,\"2\n3,4\n", &["-c", "a"], ":3: ", &["quotation mark"]);
}

#[test]
fn invalid_utf8() {
    refuse("x.csv", b"a,b\n1,2\n\"x\n\xE9\",2\n", &["-c", "a"], ":4: ", &["UTF-8"]);
    refuse("x.csv", b"\xE9,b\n1,2\n", &["-c", "b"], ":1: ", &["UTF-8"]);
    refuse("x.txt", b"a\n\n\xFF\n", &[], ":3: ", &["UTF-8"]);
    refuse("x.jsonl", b"{\"t\":\"a\"}\n{\"t\":\"\xC3\"}\n", &["-c", "t"], ":2: ", &["UTF-8"]);
    for command in ["resolve", "explain"] {
        let ran = run(&[command], b"a\n\xFF\n".as_slice());
        assert_eq!((ran.code, ran.stdout.is_empty() || command == "explain"), (2, true));
        assert!(ran.stderr.starts_with("error: <stdin>:2: not UTF-8"), "{}", ran.stderr);
    }
}

#[test]
fn empty_files() {
    for (name, content) in
        [("x.csv", ""), ("x.csv", "\u{feff}"), ("x.csv", "\n\r\n"), ("x.tsv", ""), ("x.jsonl", "\n \n"), ("x.txt", "")]
    {
        refuse(name, content, &["-c", "t"], " is empty", &[]);
    }
}

#[test]
fn bad_json_lines() {
    let good = "{\"t\":\"a\"}";
    let bad: [(&str, &[&str]); 9] = [
        ("[1]", &["not a JSON object"]),
        ("\"t\"", &["not a JSON object"]),
        ("hello", &["not a JSON object"]),
        ("{\"t\":\"a\"", &["not JSON", "byte"]),
        ("{\"t\":\"a\"} {}", &["not JSON", "byte"]),
        ("{\"u\":\"a\"}", &["\"t\"", "missing"]),
        ("{\"t\":7}", &["\"t\"", "neither a string nor null"]),
        ("{\"t\":\"a\",\"t\":\"b\"}", &["\"t\"", "twice"]),
        ("{\"t\":\"\\ud800\"}", &["\"t\""]),
    ];
    for (line, parts) in bad {
        refuse("x.jsonl", format!("{good}\n\n{line}\n{good}\n"), &["-c", "t"], ":3: ", parts);
    }
    refuse(
        "x.jsonl",
        format!("{good}\n{{\"t\":\"b\",\"new\":1}}\n"),
        &["-c", "t", "--format", "csv"],
        ":2: ",
        &["\"new\""],
    );
}

#[test]
fn duplicate_header() {
    refuse("x.csv", "a,b,a\n1,2,3\n", &["-c", "b"], ":1: ", &["columns 1 and 3", "\"a\""]);
    refuse("x.tsv", "a\ta\n1\t2\n", &["-c", "a"], ":1: ", &["columns 1 and 2"]);
}

#[test]
fn a_late_mistake_is_told_with_its_line() {
    let mut content = "a,b\n".to_owned();
    content += &format!("{SENIOR},x\n").repeat(12_000);
    content += "one\n";
    content += &format!("{SENIOR},x\n").repeat(12_000);
    let folder = Folder::new();
    let path = folder.write("x.csv", content);
    let ran = run(&["map", &path, "-c", "a", "-o", &folder.path("out.csv"), "--threads", "4"], "");
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.starts_with(&format!("error: {path}:12002: ")), "{}", ran.stderr);
    assert_eq!(folder.names(), ["x.csv"]);
    // On standard output there are whole rows before it and nothing of it.
    let ran = run(&["map", &path, "-c", "a"], "");
    assert_eq!(ran.code, 2);
    assert!(ran.stdout.ends_with('\n') && ran.stdout.lines().count() <= 12_001 && !ran.stdout.contains("one,"));
}
