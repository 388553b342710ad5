//! The plot: a band for each class of titles, in it a line for each engine, with time on a logarithmic scale.

use std::fmt::Write;

use crate::engines::Started;
use crate::measure::Figures;
use crate::queries::Class;
use crate::report::time;

const WIDTH: f64 = 860.0;
const LEFT: f64 = 170.0;
const RIGHT: f64 = 700.0;
const LINE: f64 = 14.0;
const HEAD: f64 = 26.0;
const TOP: f64 = 56.0;
/// Powers of ten of nanoseconds at either end.
const DECADES: (i32, i32) = (0, 9);

/// Where a time stands.
fn at(nanoseconds: f64) -> f64 {
    let (first, last) = (f64::from(DECADES.0), f64::from(DECADES.1));
    LEFT + (RIGHT - LEFT) * ((nanoseconds.log10() - first) / (last - first)).clamp(0.0, 1.0)
}

pub(crate) fn svg(classes: &[Class], engines: &[Started], figures: &[Vec<Figures>]) -> String {
    let band = HEAD + LINE * engines.len() as f64;
    let height = TOP + band * classes.len() as f64 + 24.0;
    let mut out = String::new();
    let mut draw = |line: std::fmt::Arguments<'_>| {
        out.write_fmt(line).expect("a string takes any text");
        out.push('\n');
    };
    draw(format_args!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{height}\" \
         viewBox=\"0 0 {WIDTH} {height}\" font-family=\"sans-serif\" font-size=\"11\" fill=\"#222\">"
    ));
    draw(format_args!("<rect width=\"{WIDTH}\" height=\"{height}\" fill=\"#fff\"/>"));
    draw(format_args!(
        "<text x=\"10\" y=\"20\" font-size=\"15\">Time for one title, and share of best answers right</text>"
    ));
    for decade in DECADES.0..=DECADES.1 {
        let nanoseconds = 10f64.powi(decade);
        let x = at(nanoseconds);
        draw(format_args!("<line x1=\"{x}\" y1=\"{TOP}\" x2=\"{x}\" y2=\"{}\" stroke=\"#ddd\"/>", height - 24.0));
        for y in [TOP - 8.0, height - 8.0] {
            draw(format_args!(
                "<text x=\"{x}\" y=\"{y}\" text-anchor=\"middle\" fill=\"#666\">{}</text>",
                axis(decade)
            ));
        }
    }
    for (number, class) in classes.iter().enumerate() {
        let top = TOP + band * number as f64;
        let about = class.about.replace('"', "&quot;");
        draw(format_args!("<text x=\"10\" y=\"{}\" font-weight=\"bold\">{about}</text>", top + 18.0));
        for (line, (engine, row)) in engines.iter().zip(figures).enumerate() {
            let figures = &row[number];
            let (x, y) = (at(figures.nanoseconds), top + HEAD + LINE * (line as f64 + 0.5));
            let colour = if engine.name.starts_with("titlecanon") { "#c2410c" } else { "#1d4ed8" };
            let strength = 0.12 + 0.88 * figures.right;
            draw(format_args!(
                "<text x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text>",
                LEFT - 8.0,
                y + 4.0,
                engine.name
            ));
            draw(format_args!(
                "<rect x=\"{LEFT}\" y=\"{}\" width=\"{:.1}\" height=\"8\" fill=\"{colour}\" fill-opacity=\"{strength:.2}\"/>",
                y - 4.0,
                x - LEFT
            ));
            draw(format_args!(
                "<text x=\"{}\" y=\"{}\">{}, {:.3} right</text>",
                RIGHT + 10.0,
                y + 4.0,
                time(figures.nanoseconds),
                figures.right
            ));
        }
    }
    draw(format_args!("</svg>"));
    out
}

/// The label of a power of ten of nanoseconds.
fn axis(decade: i32) -> String {
    let unit = ["ns", "µs", "ms", "s"][(decade / 3) as usize];
    format!("{} {unit}", 10i32.pow((decade % 3) as u32))
}
