//! How fast the functions answer beside the bare library, over the same titles, on as many threads, in the same run.
//!
//! ```text
//! cargo bench --manifest-path integrations/Cargo.toml --bench speed   # -> integrations/reports/datafusion.json
//! ```
//!
//! Each of the rounds measures everything once, in turn; of each the fastest counts. The query is planned once in a round and its
//! batches are dropped as they come, as the library's answers are.

mod table;

use std::collections::HashSet;
use std::error::Error;
use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;
use std::thread;
use std::time::Instant;

use arrow::array::{ArrayRef, RecordBatch, StringArray};
use arrow::compute::cast;
use arrow::datatypes::DataType;
use datafusion::datasource::MemTable;
use datafusion::prelude::{SessionConfig, SessionContext};
use serde_json::{Value, json};
use titlecanon::{Normalizer, Taxonomy};
use tokio::runtime::{Builder, Runtime};

/// How many rows every table has.
const ROWS: usize = 100_000;
/// How many titles there are where titles repeat.
const REPEATED: usize = 1_000;
/// Enough for the fastest of each to be undisturbed.
const ROUNDS: usize = 11;
/// DataFusion's own.
const BATCH: usize = 8_192;

/// A table and what stands in it.
struct Measured {
    titles: &'static str,
    array: &'static str,
    threads: usize,
    texts: Arc<Vec<String>>,
    ctx: SessionContext,
    runtime: Runtime,
    /// The fastest so far, in seconds.
    library: f64,
    functions: [f64; FUNCTIONS.len()],
}

const FUNCTIONS: [&str; 2] = ["normalize_title", "role_code"];

/// Different titles: aliases as they stand, with a level, with the marks of vacancies, with a wrong letter, in turn.
fn distinct(kinds: &[usize]) -> Vec<String> {
    let mut seen = HashSet::new();
    let titles = Taxonomy::builtin().aliases().enumerate().map(|(nth, alias)| {
        let alias = alias.text();
        match kinds[nth % kinds.len()] {
            0 => alias.into_owned(),
            1 => format!("{} {alias}", ["Senior", "Sr.", "Junior", "Lead"][nth / 4 % 4]),
            2 => format!("{} - Night Shift, Austin, TX", alias.to_uppercase()),
            _ => {
                let at = alias.char_indices().nth(nth / 4 % alias.chars().count()).map_or(0, |(at, _)| at);
                format!("{}a{}", &alias[..at], &alias[at..])
            }
        }
    });
    titles.filter(|title| seen.insert(title.clone())).take(ROWS).collect()
}

/// A thousand of the titles, over and over, in an order without a pattern.
fn repeated(titles: &[String]) -> Vec<String> {
    let mut state = 0x0007_1713_ca11_0911_u64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state as usize
    };
    let step = titles.len() / REPEATED;
    (0..ROWS).map(|_| titles[next() % REPEATED * step].clone()).collect()
}

impl Measured {
    fn new(
        titles: &'static str,
        texts: &Arc<Vec<String>>,
        array: &'static str,
        data_type: &DataType,
        threads: usize,
    ) -> Result<Measured, Box<dyn Error>> {
        let config = SessionConfig::new().with_target_partitions(threads).with_batch_size(BATCH);
        let ctx = SessionContext::new_with_config(config);
        titlecanon_datafusion::register_builtin(&ctx);
        let column: ArrayRef = cast(&StringArray::from_iter_values(texts.iter()), data_type)?;
        let whole = RecordBatch::try_from_iter([("title", column)])?;
        let share = whole.num_rows().div_ceil(threads);
        let slice = |of: &RecordBatch, from: usize, len: usize| of.slice(from, len.min(of.num_rows() - from));
        let partitions = (0..threads).map(|nth| {
            let part = slice(&whole, nth * share, share);
            (0..part.num_rows()).step_by(BATCH).map(|from| slice(&part, from, BATCH)).collect()
        });
        ctx.register_table("jobs", Arc::new(MemTable::try_new(whole.schema(), partitions.collect())?))?;
        let runtime = Builder::new_multi_thread().worker_threads(threads).build()?;
        let (library, functions) = (f64::INFINITY, [f64::INFINITY; FUNCTIONS.len()]);
        Ok(Measured { titles, array, threads, texts: Arc::clone(texts), ctx, runtime, library, functions })
    }

    fn round(&mut self) -> Result<(), Box<dyn Error>> {
        self.library = self.library.min(self.time_library());
        for (nth, function) in FUNCTIONS.into_iter().enumerate() {
            self.functions[nth] = self.functions[nth].min(self.time_query(function)?);
        }
        Ok(())
    }

    fn time_library(&self) -> f64 {
        let normalizer = Normalizer::builtin();
        let start = Instant::now();
        thread::scope(|scope| {
            for texts in self.texts.chunks(self.texts.len().div_ceil(self.threads)) {
                scope.spawn(move || {
                    texts.iter().for_each(|title| {
                        black_box(normalizer.normalize(title));
                    })
                });
            }
        });
        start.elapsed().as_secs_f64()
    }

    fn time_query(&self, function: &str) -> Result<f64, Box<dyn Error>> {
        let start = Instant::now();
        let rows = self.runtime.block_on(async {
            let query = self.ctx.sql(&format!("SELECT {function}(title) AS answer FROM jobs")).await?;
            let streams = query.execute_stream_partitioned().await?;
            let parts: Vec<_> = streams.into_iter().map(|stream| tokio::spawn(count(stream))).collect();
            let mut rows = 0;
            for part in parts {
                rows += part.await??;
            }
            Ok::<usize, Box<dyn Error>>(rows)
        })?;
        assert_eq!(rows, self.texts.len());
        Ok(start.elapsed().as_secs_f64())
    }

    fn report(&self) -> Value {
        let rate = |seconds: f64| (self.texts.len() as f64 / seconds / 1000.0).round() * 1000.0;
        let of_library = |seconds: f64| (self.library / seconds * 100.0).round() / 100.0;
        let [normalize_title, role_code] = self
            .functions
            .map(|seconds| json!({ "titles_a_second": rate(seconds), "times_library": of_library(seconds) }));
        json!({
            "titles": self.titles,
            "array": self.array,
            "rows": self.texts.len(),
            "distinct": self.texts.iter().collect::<HashSet<_>>().len(),
            "threads": self.threads,
            "library": { "titles_a_second": rate(self.library) },
            "normalize_title": normalize_title,
            "role_code": role_code,
        })
    }
}

/// Drives a partition to its end and drops what it gives.
async fn count(mut stream: datafusion::execution::SendableRecordBatchStream) -> datafusion::error::Result<usize> {
    use futures::StreamExt;
    let mut rows = 0;
    while let Some(batch) = stream.next().await {
        rows += black_box(batch?).num_rows();
    }
    Ok(rows)
}

fn main() -> Result<(), Box<dyn Error>> {
    // `cargo test` runs benches too, with `--test`; one round suffices to see that they run.
    let rounds = if std::env::args().any(|arg| arg == "--bench") { ROUNDS } else { 1 };
    let cores = thread::available_parallelism()?.get();
    let mixed = Arc::new(distinct(&[0, 1, 2, 3]));
    let again = Arc::new(repeated(&mixed));
    let dictionary = DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8));
    let mut measured = Vec::new();
    for threads in [1, cores] {
        measured.push(Measured::new("distinct, mixed", &mixed, "Utf8", &DataType::Utf8, threads)?);
    }
    for (name, kind) in [("an alias", 0), ("with a level", 1), ("messy", 2), ("misspelt", 3)] {
        let titles = Arc::new(distinct(&[kind]));
        measured.push(Measured::new(name, &titles, "Utf8", &DataType::Utf8, 1)?);
    }
    for (name, array) in [("Utf8", &DataType::Utf8), ("Utf8View", &DataType::Utf8View), ("Dictionary", &dictionary)] {
        measured.push(Measured::new("1,000 repeated", &again, name, array, 1)?);
    }
    measured.push(Measured::new("1,000 repeated", &again, "Dictionary", &dictionary, cores)?);
    for _ in 0..rounds {
        for measured in &mut measured {
            measured.round()?;
        }
    }
    let report = json!({
        "data_version": titlecanon::data_version(),
        "datafusion": datafusion::DATAFUSION_VERSION,
        "batch_rows": BATCH,
        "rounds": rounds,
        "measured": measured.iter().map(Measured::report).collect::<Vec<_>>(),
    });
    print!("{}", table::markdown(&report));
    if rounds == ROUNDS {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../reports/datafusion.json");
        std::fs::write(path, serde_json::to_string_pretty(&report)? + "\n")?;
    }
    Ok(())
}
