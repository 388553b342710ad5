//! Clusters whose nodes agree, clusters whose nodes do not, and nodes that are started wrong.

mod harness;

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use ballista::prelude::SessionContextExt as _;
use datafusion::prelude::{CsvReadOptions, SessionContext};
use harness::cluster::{Cluster, Process};
use tempfile::TempDir;
use titlecanon::Taxonomy;
use titlecanon_ballista::Node;

/// What differs between editions in these tests: a title that only one of them knows.
const OVERLAY: [(&str, &str); 1] = [("aliases.tsv", "text\tfunction\nGrand Poobah\tSWE\n")];

/// The overlay as a folder, laid over the embedded taxonomy as a compiled file, and titles.
struct Files {
    dir: TempDir,
}

impl Files {
    fn new() -> Files {
        let dir = TempDir::new().unwrap();
        let overlay = dir.path().join("overlay");
        fs::create_dir(&overlay).unwrap();
        for (path, text) in OVERLAY {
            fs::write(overlay.join(path), text).unwrap();
        }
        fs::write(dir.path().join("ours.bin"), overlaid().to_bytes()).unwrap();
        fs::write(dir.path().join("titles.csv"), "id,title\n1,Senior Grand Poobah\n2,Cashier\n").unwrap();
        Files { dir }
    }

    fn path(&self, name: &str) -> String {
        self.dir.path().join(name).to_str().unwrap().into()
    }
}

fn overlaid() -> Taxonomy {
    Taxonomy::builtin().overlay(OVERLAY).unwrap()
}

/// The codes of the titles, or the error.
fn codes(ctx: impl Future<Output = datafusion::error::Result<SessionContext>>, titles: &str) -> Result<String, String> {
    let query = async {
        let ctx = ctx.await?;
        ctx.register_csv("titles", titles, CsvReadOptions::default()).await?;
        ctx.sql("SELECT id, role_code(title) AS code FROM titles ORDER BY id").await?.to_string().await
    };
    let limited = async { tokio::time::timeout(Duration::from_secs(60), query).await.expect("an answer in time") };
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(limited).map_err(|error| error.to_string())
}

#[test]
fn a_file_and_an_overlay_of_the_same_taxonomy_are_the_same() {
    let files = Files::new();
    let (overlay, compiled) = (files.path("overlay"), files.path("ours.bin"));
    let mut cluster = Cluster::with(&["--overlay", &overlay], &[vec!["--taxonomy", &compiled]]);
    let found = codes(Node::new(overlaid()).client(&cluster.url()), &files.path("titles.csv")).unwrap();
    assert!(found.contains("SWE.GEN.P4") && found.contains("| 2 "), "{found}\n{}", cluster.logs());

    // A client with the embedded taxonomy would be answered by another one, and is not.
    let refused = codes(Node::builtin().client(&cluster.url()), &files.path("titles.csv")).unwrap_err();
    let (ours, theirs) = (Node::new(overlaid()), Node::builtin());
    for stamp in [ours.stamp(), theirs.stamp()] {
        assert!(refused.contains(&stamp.to_string()), "{refused}");
    }
    assert!(refused.contains("the same taxonomy file"), "{refused}");

    // Nor is a client that has the functions from elsewhere.
    let plain = async {
        let ctx = SessionContext::remote(&cluster.url()).await?;
        titlecanon_datafusion::register_builtin(&ctx);
        Ok(ctx)
    };
    let refused = codes(plain, &files.path("titles.csv")).unwrap_err();
    assert!(refused.contains("Node::client"), "{refused}");

    // Asked to stop, both go, and leave nothing.
    let work = cluster.work_dir(0);
    assert_eq!(fs::read_dir(&work).unwrap().count(), 1);
    assert!(cluster.executors[0].terminate().success(), "{}", cluster.logs());
    assert_eq!(fs::read_dir(&work).unwrap().count(), 0);
    assert!(cluster.scheduler.terminate().success(), "{}", cluster.logs());
}

#[test]
fn an_executor_of_another_taxonomy_is_an_error_and_no_answer() {
    let files = Files::new();
    let cluster = Cluster::with(&[], &[vec!["--overlay", &files.path("overlay")]]);
    let refused = codes(Node::builtin().client(&cluster.url()), &files.path("titles.csv")).unwrap_err();
    let (executor, planned) = (Node::new(overlaid()), Node::builtin());
    let expected = format!("this node has {}, the query was planned with {}", executor.stamp(), planned.stamp());
    assert!(refused.contains(&expected), "{refused}\n{}", cluster.logs());
}

#[test]
fn what_is_wrong_with_a_command_line_is_said() {
    let files = Files::new();
    let dir = files.dir.path();
    fs::write(dir.join("broken.bin"), "no taxonomy").unwrap();
    let broken = files.path("broken.bin");
    let missing = files.path("missing");
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    for (arguments, expected) in [
        (vec!["--port", &port], format!("cannot listen on 127.0.0.1:{port}")),
        (vec!["--port", "0", "--taxonomy", &broken], broken.clone()),
        (vec!["--port", "0", "--taxonomy", &missing], missing.clone()),
        (vec!["--port", "0", "--overlay", &missing], format!("{missing} is no folder")),
        (vec!["--port", "0", "--host", "no.such.host.invalid"], "cannot listen on no.such.host.invalid".into()),
        (vec!["--executor-timeout", "5"], "--executor-timeout".into()),
    ] {
        assert_fails(env!("CARGO_BIN_EXE_titlecanon-scheduler"), &arguments, &expected, dir);
    }
    drop(taken);
    for (arguments, expected) in [
        (vec!["--scheduler-port", &*port, "--wait", "0"], format!("no scheduler at 127.0.0.1:{port} within 0 s")),
        (vec!["--work-dir", &missing], missing.clone()),
        (vec!["--cores", "0"], "--cores".into()),
        (vec!["--taxonomy", &broken], broken.clone()),
    ] {
        assert_fails(env!("CARGO_BIN_EXE_titlecanon-executor"), &arguments, &expected, dir);
    }
}

fn assert_fails(program: &str, arguments: &[&str], expected: &str, dir: &Path) {
    let mut process = Process::start(Command::new(program).args(arguments), dir.join("log"));
    let status = process.wait();
    let log = process.log();
    assert!(
        status.code() == Some(2) && log.contains("error: ") && log.contains(expected),
        "{arguments:?} {status}: {log}"
    );
}
