//! Page: a report as headings, notes, tables and diagrams, and how it looks as text.
//!
//! Must not know what it reports.

use unicode_width::UnicodeWidthStr as _;

use crate::grid::{Grid, WIDTH, plain};

/// A report.
#[derive(Debug)]
pub(crate) struct Page {
    /// Its title.
    pub(crate) title: String,
    /// What comes before the sections.
    pub(crate) lead: Vec<Part>,
    /// The sections.
    pub(crate) sections: Vec<Section>,
}

/// A part of a report under a heading of its own.
#[derive(Debug)]
pub(crate) struct Section {
    /// The heading.
    pub(crate) heading: String,
    /// What is under it.
    pub(crate) parts: Vec<Part>,
}

/// Something in a report.
#[derive(Debug)]
pub(crate) enum Part {
    /// A paragraph.
    Note(String),
    /// A table.
    Table(Grid),
    /// A reliability diagram, which says no more than the table after it.
    Chart(Chart),
}

/// What there is to be drawn in a reliability diagram.
#[derive(Debug)]
pub(crate) struct Chart {
    /// What it shows.
    pub(crate) title: String,
    /// What it shows, for those who do not see it.
    pub(crate) description: String,
    /// What the vertical axis counts.
    pub(crate) measure: String,
    /// The bars.
    pub(crate) bars: Vec<Bar>,
}

/// A bar of a reliability diagram. All numbers are from 0 to 1.
#[derive(Debug)]
pub(crate) struct Bar {
    /// Where it begins.
    pub(crate) from: f64,
    /// Where it ends.
    pub(crate) to: f64,
    /// The mean confidence.
    pub(crate) confidence: f64,
    /// How high it is.
    pub(crate) right: f64,
    /// How much of everything it stands for.
    pub(crate) share: f64,
}

impl Page {
    /// As text, without the diagrams.
    pub(crate) fn text(&self) -> String {
        let mut out = wrapped(&self.title);
        parts(&mut out, &self.lead);
        for section in &self.sections {
            out += &format!("\n{}\n", section.heading.to_uppercase());
            parts(&mut out, &section.parts);
        }
        out
    }
}

fn parts(out: &mut String, parts: &[Part]) {
    for part in parts {
        match part {
            Part::Note(text) => *out += &wrapped(text),
            Part::Table(grid) => *out += &format!("\n{}", grid.text()),
            Part::Chart(_) => {}
        }
    }
}

/// A paragraph in lines that are no longer than they may be, unless a word is.
fn wrapped(text: &str) -> String {
    let (mut out, mut used) = (String::new(), 0);
    for word in plain(text).split(' ') {
        if used > 0 && used + 1 + word.width() > WIDTH {
            out.push('\n');
            used = 0;
        } else if used > 0 {
            out.push(' ');
            used += 1;
        }
        out += word;
        used += word.width();
    }
    out + "\n"
}
