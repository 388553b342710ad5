//! HTML: a page as one file that needs no other, with diagrams in it.
//!
//! It is written so that it is well-formed XML too. Must not know what it reports.

use std::fmt::Write as _;

use crate::grid::{Align, Grid};
use crate::page::{Chart, Page, Part};

/// How it looks. Colours are those of the reader's system.
const STYLE: &str = "\
:root { color-scheme: light dark; --ink: #1d2129; --soft: #5b6472; --line: #d5d9e0; --paper: #fff; --bar: #3567b3;
  --mark: #b3441e; --stripe: #f4f6f9; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e8ec; --soft: #a0a8b5; --line: #3a414d; --paper: #15181d;
  --bar: #6f9ee6; --mark: #f0916b; --stripe: #1d2128; } }
body { margin: 2rem auto; padding: 0 1rem; max-width: 72rem; color: var(--ink); background: var(--paper);
  font: 1rem/1.5 system-ui, sans-serif; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.25rem; margin-top: 2.5rem; border-bottom: 1px solid var(--line); }
h3 { font-size: 1.05rem; margin: 1.5rem 0 .5rem; }
p, li, dd { max-width: 48rem; }
dl { display: grid; grid-template-columns: fit-content(35%) 1fr; gap: .35rem 1.25rem; margin: .75rem 0; }
dt { grid-column: 1; color: var(--soft); overflow-wrap: anywhere; }
dd { grid-column: 2; margin: 0; overflow-wrap: anywhere; }
dd + dd + dt, dd + dd + dt + dd { margin-top: .5rem; }
.wide { overflow-x: auto; margin: 1.25rem 0; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: .9rem; }
caption { text-align: left; font-weight: 600; padding: .25rem 0; }
th, td { padding: .2rem .75rem .2rem 0; text-align: left; vertical-align: top; font-weight: normal; }
thead th { color: var(--soft); border-bottom: 1px solid var(--line); vertical-align: bottom; }
tbody th { min-width: 5rem; }
tbody tr:nth-child(even) { background: var(--stripe); }
.n { text-align: right; }
figure { margin: 1.25rem 0; } figcaption { font-weight: 600; font-size: .9rem; }
svg { width: 100%; max-width: 30rem; height: auto; } svg text { fill: var(--soft); font: 11px system-ui, sans-serif; }
.axis { stroke: var(--line); } .ideal { stroke: var(--soft); stroke-dasharray: 4 4; } .bar { fill: var(--bar); }
.mark { fill: none; stroke: var(--mark); stroke-width: 2; }";

/// The page as HTML.
pub(crate) fn render(page: &Page) -> String {
    let title = Escaped(&page.title);
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n<title>{title}</title>\n\
         <style>\n{STYLE}\n</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n"
    );
    let mut charts = 0;
    parts(&mut out, &page.lead, &mut charts);
    for section in &page.sections {
        // A string takes whatever is written to it; so it is everywhere below.
        let _ = writeln!(out, "<section>\n<h2>{}</h2>", Escaped(&section.heading));
        parts(&mut out, &section.parts, &mut charts);
        out += "</section>\n";
    }
    out += "</main>\n</body>\n</html>\n";
    out
}

fn parts(out: &mut String, parts: &[Part], charts: &mut usize) {
    for part in parts {
        match part {
            Part::Heading(text) => {
                let _ = writeln!(out, "<h3>{}</h3>", Escaped(text));
            }
            Part::Facts(facts) => {
                *out += "<dl>\n";
                for (name, values) in facts {
                    let _ = write!(out, "<dt>{}</dt>", Escaped(name));
                    for value in values {
                        let _ = write!(out, "<dd>{}</dd>", Escaped(value));
                    }
                    out.push('\n');
                }
                *out += "</dl>\n";
            }
            Part::Steps(steps) => {
                *out += "<ol>\n";
                for step in steps {
                    let _ = writeln!(out, "<li>{}</li>", Escaped(step));
                }
                *out += "</ol>\n";
            }
            Part::Note(text) => {
                let _ = writeln!(out, "<p>{}</p>", Escaped(text));
            }
            Part::Table(grid) => table(out, grid),
            Part::Chart(chart) => {
                *charts += 1;
                figure(out, chart, *charts);
            }
        }
    }
}

fn table(out: &mut String, grid: &Grid) {
    let class = |align: Align| if align == Align::Number { " class=\"n\"" } else { "" };
    // What overflows can be reached with the keyboard, and then is called by its name.
    *out += "<div class=\"wide\" tabindex=\"0\"";
    if !grid.caption.is_empty() {
        let _ = write!(out, " role=\"region\" aria-label=\"{}\"", Escaped(&grid.caption));
    }
    *out += ">\n<table>\n";
    if !grid.caption.is_empty() {
        let _ = writeln!(out, "<caption>{}</caption>", Escaped(&grid.caption));
    }
    *out += "<thead><tr>";
    for (name, align) in &grid.head {
        let _ = write!(out, "<th scope=\"col\"{}>{}</th>", class(*align), Escaped(name));
    }
    *out += "</tr></thead>\n<tbody>\n";
    for row in &grid.rows {
        *out += "<tr>";
        for (nth, (cell, (_, align))) in row.iter().zip(&grid.head).enumerate() {
            let (open, close) = if nth == 0 { ("th scope=\"row\"", "th") } else { ("td", "td") };
            let _ = write!(out, "<{open}{}>{}</{close}>", class(*align), Escaped(cell));
        }
        *out += "</tr>\n";
    }
    *out += "</tbody>\n</table>\n</div>\n";
}

/// The side of a diagram's square, and where it begins.
const SIDE: f64 = 300.0;
const LEFT: f64 = 48.0;
const TOP: f64 = 12.0;

fn figure(out: &mut String, chart: &Chart, number: usize) {
    let (x, y) = (|value: f64| LEFT + SIDE * value, |value: f64| TOP + SIDE * (1.0 - value));
    let (width, height) = (LEFT + SIDE + 16.0, TOP + SIDE + 44.0);
    let _ = write!(
        out,
        "<figure>\n<figcaption>{}</figcaption>\n<svg viewBox=\"0 0 {width} {height}\" role=\"img\" \
         aria-labelledby=\"chart{number}-title chart{number}-description\">\n\
         <title id=\"chart{number}-title\">{}</title>\n<desc id=\"chart{number}-description\">{}</desc>\n",
        Escaped(&chart.title),
        Escaped(&chart.title),
        Escaped(&chart.description)
    );
    for tick in 0..=5 {
        let value = f64::from(tick) / 5.0;
        let (left, right, top, bottom) = (x(0.0), x(1.0), y(1.0), y(0.0));
        let _ = writeln!(
            out,
            "<line class=\"axis\" x1=\"{left}\" x2=\"{right}\" y1=\"{at:.1}\" y2=\"{at:.1}\"/>\
             <text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{value:.1}</text>\
             <line class=\"axis\" x1=\"{up:.1}\" x2=\"{up:.1}\" y1=\"{top}\" y2=\"{bottom}\"/>\
             <text x=\"{up:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{value:.1}</text>",
            left - 6.0,
            y(value) + 4.0,
            bottom + 16.0,
            at = y(value),
            up = x(value),
        );
    }
    for bar in &chart.bars {
        // The more a bar stands for, the fuller its colour.
        let opacity = 0.25 + 0.75 * bar.share.sqrt();
        let _ = writeln!(
            out,
            "<rect class=\"bar\" x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{:.1}\" fill-opacity=\"{opacity:.2}\"/>\
             <line class=\"mark\" x1=\"{:.1}\" x2=\"{:.1}\" y1=\"{at:.1}\" y2=\"{at:.1}\"/>",
            x(bar.from) + 1.0,
            y(bar.right),
            SIDE * (bar.to - bar.from) - 2.0,
            SIDE * bar.right,
            x(bar.from) + 1.0,
            x(bar.to) - 1.0,
            at = y(bar.confidence),
        );
    }
    let (middle, left) = (y(0.5), 12.0);
    let _ = writeln!(
        out,
        "<line class=\"ideal\" x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\"/>\n\
         <text x=\"{}\" y=\"{}\" text-anchor=\"middle\">confidence</text>\n\
         <text x=\"{left}\" y=\"{middle}\" text-anchor=\"middle\" transform=\"rotate(-90 {left} {middle})\">{}</text>\n\
         </svg>\n</figure>",
        x(0.0),
        y(0.0),
        x(1.0),
        y(1.0),
        x(0.5),
        TOP + SIDE + 36.0,
        Escaped(&chart.measure)
    );
}

/// Text that can stand between tags and in quoted attributes.
pub(crate) struct Escaped<'a>(pub(crate) &'a str);

impl std::fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for c in self.0.chars() {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&#39;")?,
                '\n' | '\t' => f.write_char(' ')?,
                // Neither HTML nor XML can say these.
                c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => f.write_char('\u{fffd}')?,
                c => f.write_char(c)?,
            }
        }
        Ok(())
    }
}
