//! Where output goes: files that change all at once, and pipes that close early.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Command, Stdio};

use super::{Folder, SENIOR, run, succeed};

#[test]
fn a_file_is_written_in_the_end() {
    let folder = Folder::new();
    let path = folder.write("in.csv", format!("t\n{SENIOR}\n"));
    let stdout = succeed(&["map", &path, "-c", "t"], "");
    assert_eq!(succeed(&["map", &path, "-c", "t", "-o", &folder.path("out.csv")], ""), "");
    assert_eq!(folder.read("out.csv"), stdout);
    // An existing file is replaced, even the one that is read.
    assert_eq!(succeed(&["map", &path, "-c", "t", "-o", &path], ""), "");
    assert_eq!(folder.read("in.csv"), stdout);
    assert_eq!(folder.names(), ["in.csv", "out.csv"]);
}

#[test]
fn a_failure_leaves_the_file_as_it_was() {
    let folder = Folder::new();
    let bad = folder.write("in.csv", format!("t,u\n{}x\n", format!("{SENIOR},1\n").repeat(20_000)));
    let out = folder.write("out.csv", "precious");
    let ran = run(&["map", &bad, "-c", "t", "-o", &out], "");
    assert_eq!(ran.code, 2);
    assert_eq!(folder.read("out.csv"), "precious");
    assert_eq!(folder.names(), ["in.csv", "out.csv"]);
}

#[test]
fn a_file_that_cannot_be_written_is_told() {
    let folder = Folder::new();
    let path = folder.write("in.csv", "t\nx\n");
    for out in [folder.path("none/out.csv"), folder.path("")] {
        let ran = run(&["map", &path, "-c", "t", "-o", &out], "");
        assert_eq!(ran.code, 2);
        assert!(ran.stderr.contains("cannot be written"), "{}", ran.stderr);
    }
    assert_eq!(folder.names(), ["in.csv"]);
}

#[cfg(unix)]
#[test]
fn files_keep_their_mode_and_links_stay_links() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    let folder = Folder::new();
    let path = folder.write("in.csv", "t\nx\n");
    let mode = |name: &str| fs::metadata(folder.path(name)).unwrap().permissions().mode() & 0o777;
    succeed(&["map", &path, "-c", "t", "-o", &folder.path("new.csv")], "");
    assert_eq!(mode("new.csv"), mode("in.csv"));
    fs::set_permissions(folder.path("new.csv"), fs::Permissions::from_mode(0o640)).unwrap();
    symlink(folder.path("new.csv"), folder.path("link.csv")).unwrap();
    succeed(&["map", &path, "-c", "t", "-o", &folder.path("link.csv"), "--format", "jsonl"], "");
    assert!(fs::symlink_metadata(folder.path("link.csv")).unwrap().is_symlink());
    assert!(folder.read("new.csv").starts_with('{'));
    assert_eq!(mode("new.csv"), 0o640);
}

#[cfg(unix)]
#[test]
fn a_device_is_written_to_and_not_replaced() {
    let path = "/dev/null";
    succeed(&["map", "-", "-o", path], SENIOR);
    assert!(!fs::metadata(path).unwrap().is_file());
}

#[cfg(unix)]
#[test]
fn an_interrupted_run_leaves_nothing() {
    let folder = Folder::new();
    let mut child = Command::new(env!("CARGO_BIN_EXE_titlecanon"))
        .args(["map", "-", "-o", &folder.path("out.tsv")])
        .stdin(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(&b"asdf\n".repeat(50_000)).unwrap();
    let mut waited = 0;
    while folder.names().is_empty() && waited < 1_000 {
        std::thread::sleep(std::time::Duration::from_millis(10));
        waited += 1;
    }
    assert_eq!(folder.names().len(), 1, "the unfinished file");
    assert!(Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap().success());
    assert!(!child.wait().unwrap().success());
    drop(stdin);
    assert!(folder.names().is_empty(), "{:?}", folder.names());
}

#[test]
fn a_closed_pipe_ends_it_silently() {
    let folder = Folder::new();
    let path = folder.write("in.csv", format!("t\n{}", format!("{SENIOR}\n").repeat(20_000)));
    let commands: [&[&str]; 6] = [
        &["map", &path, "-c", "t"],
        &["map", &path, "-c", "t", "--format", "jsonl", "--threads", "2"],
        &["resolve", "--format", "jsonl"],
        &["resolve"],
        &["explain"],
        &["taxonomy", "stats", "--missing"],
    ];
    for command in commands {
        let mut child = Command::new(env!("CARGO_BIN_EXE_titlecanon"))
            .args(command)
            .stdin(fs::File::open(&path).unwrap())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut first = String::new();
        BufReader::with_capacity(64, child.stdout.take().unwrap()).read_line(&mut first).unwrap();
        let output = child.wait_with_output().unwrap();
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{command:?}");
        assert_eq!(output.status.code(), Some(0), "{command:?}");
    }
}

#[test]
fn answers_do_not_wait_for_the_end_of_input() {
    for args in [["resolve", "--format", "jsonl"], ["resolve", "--format", "table"]] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_titlecanon"))
            .args(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        for (title, answer) in [(SENIOR, "TSE.GEN.P4"), ("asdf", "no_match")] {
            writeln!(stdin, "{title}").unwrap();
            let mut line = String::new();
            while !line.contains(answer) {
                line.clear();
                assert!(stdout.read_line(&mut line).unwrap() > 0);
            }
        }
        drop(stdin);
        assert!(child.wait().unwrap().success());
    }
}
