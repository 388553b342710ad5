//! The plot: a panel for each figure, in it a line over the number of aliases, both axes logarithmic.

use std::fmt::Write;

use crate::report::Row;

const WIDTH: f64 = 860.0;
const HEIGHT: f64 = 300.0;
const PANEL: f64 = WIDTH / 3.0;
const LEFT: f64 = 62.0;
const RIGHT: f64 = PANEL - 18.0;
const TOP: f64 = 72.0;
const BOTTOM: f64 = HEIGHT - 40.0;

/// What a panel shows: its name, its colour, and the value in a row.
type Line = (&'static str, &'static str, fn(&Row) -> f64);

/// The lines of each panel, and the powers of ten at either end of its scale.
const PANELS: [(&str, &[Line], (i32, i32)); 3] = [
    ("Loading, ms", &[("loading", "#c2410c", |row| row.figures.load_milliseconds)], (0, 4)),
    (
        "Memory, MB",
        &[
            ("peak", "#1d4ed8", |row| row.figures.peak_megabytes),
            ("resident", "#c2410c", |row| row.figures.resident_megabytes),
        ],
        (0, 3),
    ),
    (
        "Time for a title, ns",
        &[
            ("any of all aliases", "#1d4ed8", |row| row.figures.cold_nanoseconds),
            ("2,000 aliases", "#c2410c", |row| row.figures.nanoseconds),
        ],
        (1, 4),
    ),
];

/// Where a value stands between two ends, on a logarithmic scale.
fn at(value: f64, (first, last): (i32, i32), (start, end): (f64, f64)) -> f64 {
    let (first, last) = (f64::from(first), f64::from(last));
    start + (end - start) * ((value.log10() - first) / (last - first)).clamp(0.0, 1.0)
}

pub(crate) fn svg(rows: &[Row]) -> String {
    let mut out = String::new();
    let mut draw = |line: std::fmt::Arguments<'_>| {
        out.write_fmt(line).expect("a string takes any text");
        out.push('\n');
    };
    draw(format_args!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{HEIGHT}\" \
         viewBox=\"0 0 {WIDTH} {HEIGHT}\" font-family=\"sans-serif\" font-size=\"11\" fill=\"#222\">"
    ));
    draw(format_args!("<rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"#fff\"/>"));
    draw(format_args!("<text x=\"10\" y=\"20\" font-size=\"15\">Taxonomies compiled at run time, by aliases</text>"));
    for (number, (name, lines, decades)) in PANELS.into_iter().enumerate() {
        let across = |aliases: f64| number as f64 * PANEL + at(aliases, (3, 6), (LEFT, RIGHT));
        let up = |value: f64| at(value, decades, (BOTTOM, TOP));
        draw(format_args!("<text x=\"{}\" y=\"46\" font-weight=\"bold\">{name}</text>", across(1e3)));
        for decade in decades.0..=decades.1 {
            let (y, value) = (up(10f64.powi(decade)), 10u32.pow(decade.unsigned_abs()));
            draw(format_args!(
                "<line x1=\"{}\" y1=\"{y}\" x2=\"{}\" y2=\"{y}\" stroke=\"#ddd\"/>",
                across(1e3),
                across(1e6)
            ));
            draw(format_args!(
                "<text x=\"{}\" y=\"{}\" text-anchor=\"end\" fill=\"#666\">{value}</text>",
                across(1e3) - 6.0,
                y + 4.0
            ));
        }
        for (aliases, label) in [(1e3, "1k"), (1e4, "10k"), (1e5, "100k"), (1e6, "1M")] {
            draw(format_args!(
                "<text x=\"{:.1}\" y=\"{}\" text-anchor=\"middle\" fill=\"#666\">{label}</text>",
                across(aliases),
                BOTTOM + 18.0
            ));
        }
        for (nth, (label, colour, value)) in lines.iter().enumerate() {
            let points: Vec<String> =
                rows.iter().map(|row| format!("{:.1},{:.1}", across(row.aliases as f64), up(value(row)))).collect();
            draw(format_args!(
                "<polyline points=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/>",
                points.join(" ")
            ));
            if lines.len() > 1 {
                let x = across(1e3) + 100.0 * nth as f64;
                draw(format_args!("<text x=\"{x}\" y=\"62\" fill=\"{colour}\">{label}</text>"));
            }
        }
    }
    draw(format_args!("</svg>"));
    out
}
