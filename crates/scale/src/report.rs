//! The figures as JSON and as a Markdown table.

use serde_json::{Value, json};

use crate::REPETITIONS;
use crate::measure::{COLD_TITLES, Figures, TITLES};
use crate::synthetic::{self, Counts};

/// A taxonomy and what it costs.
pub(crate) struct Row {
    pub(crate) aliases: usize,
    pub(crate) counts: Counts,
    pub(crate) figures: Figures,
}

/// The committed report.
pub(crate) fn json(rows: &[Row]) -> Value {
    let sizes: Vec<Value> = rows
        .iter()
        .map(|Row { aliases, counts, figures }| {
            json!({
                "aliases": aliases,
                "functions": counts.functions,
                "focuses": counts.focuses,
                "words": counts.words,
                "source_megabytes": tenths(counts.bytes as f64 / 1e6),
                "load_milliseconds": figures.load_milliseconds.round(),
                "peak_megabytes": tenths(figures.peak_megabytes),
                "resident_megabytes": tenths(figures.resident_megabytes),
                "nanoseconds": figures.nanoseconds.round(),
                "cold_nanoseconds": figures.cold_nanoseconds.round(),
                "right": (figures.right * 1e4).round() / 1e4,
            })
        })
        .collect();
    json!({
        "machine": "one core of a shared two-core machine",
        "about": synthetic::ABOUT,
        "measured": "Each size by processes that do nothing else; the least of each figure. Loading is Taxonomy::from_dir, on \
            one thread, from files that the system has in its cache. Memory is what the process grows by: at most while loading, \
            and when loaded. Nanoseconds are for one title that is an alias, drawn from all: of as many titles as the benchmarks \
            of the embedded taxonomy take, again and again, and (cold) of so many that no cache holds what is said of them. \
            Right is the share of these whose best answer is the alias's focus.",
        "processes_for_each_size": REPETITIONS,
        "titles": TITLES,
        "cold_titles": COLD_TITLES,
        "sizes": sizes,
    })
}

/// The same for reading.
pub(crate) fn markdown(rows: &[Row]) -> String {
    let mut out = String::from(
        "| aliases | load, ms | peak, MB | resident, MB | ns a title | cold | right |\n|---|---|---|---|---|---|---|\n",
    );
    for Row { aliases, figures, .. } in rows {
        let Figures { load_milliseconds, peak_megabytes, resident_megabytes, nanoseconds, cold_nanoseconds, right } =
            figures;
        out += &format!(
            "| {aliases} | {load_milliseconds:.0} | {peak_megabytes:.1} | {resident_megabytes:.1} | {nanoseconds:.0} | {cold_nanoseconds:.0} | {right:.4} |\n"
        );
    }
    out
}

fn tenths(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}
