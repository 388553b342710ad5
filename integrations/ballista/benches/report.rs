//! How many titles a second a cluster answers, beside the library alone, in the same run: writes `reports/ballista.json`.
//!
//! `cargo bench -p titlecanon-ballista --bench report`

#[path = "../tests/harness/mod.rs"]
mod harness;

use std::fs;
use std::hint::black_box;
use std::time::{Duration, Instant};

use harness::cluster::{Cluster, answers};
use harness::titles::Titles;
use serde_json::json;
use titlecanon::Normalizer;

const TITLES: u64 = 2_000_000;
const FILES: u64 = 16;
const EXECUTORS: usize = 2;
/// The quickest counts: what the machine does beside it only ever takes time.
const ROUNDS: usize = 5;
/// Of the titles, what the library alone is given in each round.
const ALONE: u64 = 250_000;
const LIMIT: Duration = Duration::from_secs(300);

fn main() {
    let titles = Titles::new();
    let input = tempfile::tempdir().unwrap();
    titles.write(input.path(), TITLES, FILES);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let cluster = Cluster::start(EXECUTORS);
    let sample: Vec<Option<String>> = (0..ALONE).map(|number| titles.title(number * (TITLES / ALONE))).collect();

    let mut alone = f64::INFINITY;
    let mut all = f64::INFINITY;
    let mut megabytes = 0.0;
    for _ in 0..ROUNDS {
        alone = alone.min(seconds(|| {
            let normalizer = Normalizer::builtin();
            for title in sample.iter().flatten() {
                black_box(normalizer.normalize(title));
            }
        }));
        all = all.min(seconds(|| {
            let query = answers(cluster.url(), input.path().to_owned());
            let batches = runtime.block_on(async { tokio::time::timeout(LIMIT, query).await }).unwrap().unwrap();
            assert_eq!(batches.iter().map(|batch| batch.num_rows()).sum::<usize>(), TITLES as usize);
            megabytes = batches.iter().map(|batch| batch.get_array_memory_size()).sum::<usize>() as f64 / 1e6;
        }));
    }

    let alone = ALONE as f64 / alone;
    let all = TITLES as f64 / all;
    let core = all / EXECUTORS as f64;
    let peak = |peaks: Vec<Option<f64>>| peaks.into_iter().flatten().fold(0.0, f64::max).round();
    let report = json!({
        "machine": "a shared two-core machine, on which scheduler, two executors of one core each and the client ran together",
        "about": "Titles made of the embedded taxonomy's aliases with a fixed seed: a fifth as they stand, the rest with words of \
            level, shifts, places or pay, shouted, misspelt, or no job's; in Parquet files with an id. The query gives id, code, \
            verdict and confidence of each and is over when the client has all of them. The library alone is Normalizer::normalize \
            on one core, in the same run. Of each the best of the rounds; memory is the most that a process has had at any time.",
        "ballista": ballista_core::BALLISTA_VERSION,
        "datafusion": datafusion::DATAFUSION_VERSION,
        "rounds": ROUNDS,
        "titles": TITLES,
        "files": FILES,
        "executors": EXECUTORS,
        "cores_of_an_executor": 1,
        "library_titles_a_second_of_one_core": thousands(alone),
        "cluster_titles_a_second": thousands(all),
        "cluster_titles_a_second_of_one_core": thousands(core),
        "a_core_of_the_cluster_to_one_of_the_library": (core / alone * 100.0).round() / 100.0,
        "core_hours_of_a_billion_titles": (1e9 / core / 360.0).round() / 10.0,
        "megabytes_of_a_million_answers": (megabytes / (TITLES as f64 / 1e6)).round(),
        "peak_megabytes_of_an_executor": peak(cluster.executors.iter().map(|executor| executor.peak_megabytes()).collect()),
        "peak_megabytes_of_the_scheduler": peak(vec![cluster.scheduler.peak_megabytes()]),
    });
    let text = format!("{report:#}\n");
    fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/../reports/ballista.json"), &text).unwrap();
    print!("{text}");
}

fn seconds(what: impl FnOnce()) -> f64 {
    let start = Instant::now();
    what();
    start.elapsed().as_secs_f64()
}

fn thousands(value: f64) -> f64 {
    (value / 1000.0).round() * 1000.0
}
