//! Real titles: how many a second, how long the slowest take, and how much faster two cores are than one.

use std::error::Error;
use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

use serde_json::{Value, json};
use titlecanon::{Normalizer, data_version};

/// Files of titles in their first column, and what they are.
const FILES: [&str; 2] = ["level-linkedin.tsv", "unlabelled.tsv"];

/// So many rounds are measured, and of each title the fastest counts: what it takes when nothing else has the core.
const ROUNDS: usize = 15;

pub(crate) fn report(dir: &Path) -> Result<Value, Box<dyn Error>> {
    let mut titles = Vec::new();
    for file in FILES {
        let path = dir.join(file);
        let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        titles.extend(text.lines().skip(1).filter_map(|line| line.split('\t').next()).map(String::from));
    }
    let normalizer = Normalizer::builtin();
    let mut nanoseconds = vec![f64::INFINITY; titles.len()];
    let (mut one, mut all) = (f64::INFINITY, f64::INFINITY);
    for _ in 0..ROUNDS {
        for (title, least) in titles.iter().zip(&mut nanoseconds) {
            let start = Instant::now();
            black_box(normalizer.normalize(black_box(title)));
            *least = least.min(start.elapsed().as_nanos() as f64);
        }
        let start = Instant::now();
        black_box(titles.iter().map(|title| normalizer.normalize(title)).collect::<Vec<_>>());
        one = one.min(start.elapsed().as_secs_f64());
        let start = Instant::now();
        black_box(normalizer.normalize_batch(&titles));
        all = all.min(start.elapsed().as_secs_f64());
    }
    nanoseconds.sort_by(f64::total_cmp);
    let at = |share: f64| nanoseconds[((titles.len() - 1) as f64 * share) as usize].round();
    Ok(json!({
        "data_version": data_version(),
        "inputs": format!("the titles of {} and {} as they stand", FILES[0], FILES[1]),
        "titles": titles.len(),
        "titles_a_second": (titles.len() as f64 / one / 1000.0).round() * 1000.0,
        "nanoseconds": { "mean": (one / titles.len() as f64 * 1e9).round(), "median": at(0.5), "99th_percentile": at(0.99) },
        "cores": std::thread::available_parallelism()?.get(),
        "times_one_core": (one / all * 100.0).round() / 100.0,
    }))
}
