//! The figures as JSON, as a Markdown table and as a plot.

use serde_json::{Map, Value, json};

use crate::engines::{Input, Started};
use crate::measure::{Figures, REPETITIONS};
use crate::queries::Class;

/// The committed report. Times are also given as multiples of the first engine's on the same titles.
pub(crate) fn json(aliases: usize, classes: &[Class], engines: &[Started], figures: &[Vec<Figures>]) -> Value {
    let about: Map<String, Value> = classes.iter().map(|class| (class.name.to_owned(), json!(class.about))).collect();
    let rows: Vec<Value> = engines
        .iter()
        .zip(figures)
        .map(|(engine, row)| {
            let by_class: Map<String, Value> = classes
                .iter()
                .zip(row)
                .zip(&figures[0])
                .map(|((class, figures), first)| {
                    let value = json!({
                        "titles": figures.titles,
                        "nanoseconds": figures.nanoseconds.round(),
                        "times_titlecanon": significant(figures.nanoseconds / first.nanoseconds),
                        "right": rounded(figures.right),
                        "answered": rounded(figures.answered),
                    });
                    (class.name.to_owned(), value)
                })
                .collect();
            json!({
                "engine": engine.name,
                "about": engine.about,
                "lower_cased_beforehand": engine.input == Input::Folded,
                "start_milliseconds": (engine.milliseconds * 10.0).round() / 10.0,
                "resident_megabytes": (engine.megabytes * 10.0).round() / 10.0,
                "classes": by_class,
            })
        })
        .collect();
    json!({
        "data_version": titlecanon::data_version(),
        "machine": "one core of a shared two-core machine",
        "aliases": aliases,
        "repetitions": REPETITIONS,
        "classes": about,
        "engines": rows,
    })
}

/// The same for reading: time and share right of every engine and class.
pub(crate) fn markdown(classes: &[Class], engines: &[Started], figures: &[Vec<Figures>]) -> String {
    let mut out = String::from("| engine |");
    for class in classes {
        out += &format!(" {} |", class.name);
    }
    out += " start | memory |\n|---|";
    out += &"---|".repeat(classes.len() + 2);
    for (engine, row) in engines.iter().zip(figures) {
        out += &format!("\n| {} |", engine.name);
        for figures in row {
            out += &format!(" {} {:.3} |", time(figures.nanoseconds), figures.right);
        }
        out += &format!(" {} | {:.1} MB |", time(engine.milliseconds * 1e6), engine.megabytes);
    }
    out + "\n"
}

/// A time with its unit.
pub(crate) fn time(nanoseconds: f64) -> String {
    match nanoseconds {
        ..1e3 => format!("{nanoseconds:.0} ns"),
        ..1e4 => format!("{:.1} µs", nanoseconds / 1e3),
        ..1e6 => format!("{:.0} µs", nanoseconds / 1e3),
        ..1e7 => format!("{:.1} ms", nanoseconds / 1e6),
        _ => format!("{:.0} ms", nanoseconds / 1e6),
    }
}

fn rounded(share: f64) -> f64 {
    (share * 1000.0).round() / 1000.0
}

/// Two significant digits, so that a report changes where something has changed.
fn significant(ratio: f64) -> f64 {
    let unit = 10f64.powf(ratio.log10().floor() - 1.0);
    let digits = (ratio / unit).round();
    if unit < 1.0 { digits / (1.0 / unit).round() } else { digits * unit.round() }
}
