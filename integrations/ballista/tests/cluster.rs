//! Two million titles on a cluster of processes, one of which is killed in the middle of it: every answer is the library's.

mod harness;

use std::thread;
use std::time::{Duration, Instant};

use datafusion::arrow::array::{Array as _, AsArray as _, RecordBatch};
use datafusion::arrow::datatypes::{Float64Type, Int64Type};
use harness::cluster::{Cluster, answers};
use harness::titles::Titles;
use titlecanon::Normalizer;

const TITLES: u64 = 2_000_000;
/// As many files as a query has parts, so that each is one.
const PARTS: usize = 16;

/// On two shared cores the query takes seconds, and the loss of an executor less than twenty to be noticed.
const LIMIT: Duration = Duration::from_secs(240);

#[test]
fn every_title_is_answered_right_though_an_executor_is_killed() {
    let titles = Titles::new();
    let input = tempfile::tempdir().unwrap();
    titles.write(input.path(), TITLES, PARTS as u64);
    let mut cluster = Cluster::start(2);

    let runtime = tokio::runtime::Runtime::new().unwrap();
    let start = Instant::now();
    let answers = answers(cluster.url(), input.path().to_owned());
    let query = runtime.spawn(async { tokio::time::timeout(LIMIT, answers).await });

    // Each executor has one core, so that it writes one part after the other: one that has begun three has done two, and is at
    // the third or about to begin the next. Others nobody has begun.
    let begun = cluster.until("parts done and parts not begun", || {
        let begun = [cluster.parts(0), cluster.parts(1)];
        (begun[0] >= 3 && begun[1] >= 3).then_some(begun)
    });
    cluster.executors[1].kill();
    assert!(begun[0] + begun[1] < PARTS && !query.is_finished(), "it was killed too late: {begun:?}");
    println!("killed after {:.1} s: {begun:?} parts of {PARTS} begun", start.elapsed().as_secs_f64());

    let batches = match runtime.block_on(query).unwrap() {
        Ok(answers) => answers.unwrap_or_else(|error| panic!("{error}\n{}", cluster.logs())),
        Err(_) => panic!("not done within {LIMIT:?}\n{}", cluster.logs()),
    };
    let seconds = start.elapsed().as_secs_f64();
    println!(
        "{TITLES} titles in {seconds:.1} s with one of two executors lost: {:.0} a second",
        TITLES as f64 / seconds
    );

    // The loss was noticed, and the other did all parts, those that the lost one had done too.
    assert!(cluster.scheduler.log().contains("heartbeat timed out"), "{}", cluster.scheduler.log());
    assert_eq!(cluster.parts(0), PARTS, "{}", cluster.logs());

    check(&titles, &batches);
}

/// Compares every answer with the library's, and finds every title once.
fn check(titles: &Titles, batches: &[RecordBatch]) {
    let parts = thread::available_parallelism().map_or(1, usize::from);
    let ids: Vec<i64> = thread::scope(|scope| {
        let part = |part: usize| batches.iter().skip(part).step_by(parts).flat_map(|batch| checked(titles, batch));
        let parts: Vec<_> = (0..parts).map(|number| scope.spawn(move || part(number).collect::<Vec<i64>>())).collect();
        parts.into_iter().flat_map(|part| part.join().unwrap()).collect()
    });
    let mut seen = vec![false; TITLES as usize];
    for &id in &ids {
        assert!(!std::mem::replace(&mut seen[id as usize], true), "{id} is answered twice");
    }
    assert_eq!(ids.len(), TITLES as usize);
}

fn checked(titles: &Titles, batch: &RecordBatch) -> Vec<i64> {
    let ids = batch.column(0).as_primitive::<Int64Type>();
    let (codes, verdicts) = (batch.column(1).as_string_view(), batch.column(2).as_string_view());
    let confidences = batch.column(3).as_primitive::<Float64Type>();
    let normalizer = Normalizer::builtin();
    for row in 0..batch.num_rows() {
        let title = titles.title(ids.value(row) as u64);
        let right = title.as_deref().map(|title| normalizer.normalize(title));
        let code = right.and_then(|right| right.code()).map(|code| code.to_string());
        let confidence = right.and_then(|right| right.best()).map(|best| best.confidence().value());
        let verdict = right.map(|right| right.verdict().as_str());
        assert_eq!(codes.is_valid(row).then(|| codes.value(row)), code.as_deref(), "{title:?}");
        assert_eq!(verdicts.is_valid(row).then(|| verdicts.value(row)), verdict, "{title:?}");
        assert_eq!(confidences.is_valid(row).then(|| confidences.value(row)), confidence, "{title:?}");
    }
    ids.values().to_vec()
}
