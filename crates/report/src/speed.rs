//! Speed, as criterion measured it last.

use std::error::Error;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};

/// The benchmarks of paths that the report speaks of: group and name.
const BENCHES: [(&str, &str); 6] = [
    ("path", "exact"),
    ("path", "composed"),
    ("path", "messy"),
    ("path", "fuzzy"),
    ("path", "no_match"),
    ("baseline", "hash_map"),
];

/// How many neighbours are asked for in the benchmarks of these.
const NEIGHBORS: [&str; 3] = ["10", "100", "1000"];

/// The nanoseconds that one title, or one role, takes in a benchmark.
fn nanoseconds(dir: &Path, group: &str, name: &str) -> Result<f64, Box<dyn Error>> {
    let new = dir.join(group).join(name).join("new");
    let read = |file: &str| -> Result<Value, Box<dyn Error>> {
        let path = new.join(file);
        let text = fs::read_to_string(&path)
            .map_err(|error| format!("{}: {error}; run cargo bench --features rayon first", path.display()))?;
        Ok(serde_json::from_str(&text)?)
    };
    let nanoseconds = read("estimates.json")?["median"]["point_estimate"].as_f64().ok_or("no median")?;
    let elements = read("benchmark.json")?["throughput"]["Elements"].as_f64().ok_or("no throughput")?;
    Ok(nanoseconds / elements)
}

pub(crate) fn report(dir: &Path) -> Result<Value, Box<dyn Error>> {
    let mut paths = Vec::new();
    for (group, name) in BENCHES {
        paths.push((name, nanoseconds(dir, group, name)?));
    }
    let mut neighbors = Vec::new();
    for k in NEIGHBORS {
        let microseconds = nanoseconds(dir, "neighbors", k)? / 1000.0;
        neighbors.push(json!({ "neighbors": k.parse::<u32>()?, "microseconds": (microseconds * 10.0).round() / 10.0 }));
    }
    let baseline = paths.last().map_or(1.0, |&(_, nanoseconds)| nanoseconds);
    let rows: Vec<Value> = paths
        .iter()
        .map(|(name, nanoseconds)| {
            json!({
                "path": name,
                "nanoseconds": nanoseconds.round(),
                "titles_a_second": (1e9 / nanoseconds / 1000.0).round() * 1000.0,
                "times_hash_map": (nanoseconds / baseline * 10.0).round() / 10.0,
            })
        })
        .collect();
    Ok(json!({ "data_version": titlecanon::data_version(), "paths": rows, "neighbors": neighbors }))
}
