//! Page: a report as headings, notes, facts, steps, tables and diagrams, and how it looks as text.
//!
//! Must not know what it reports.

use unicode_width::UnicodeWidthStr as _;

use crate::grid::{GAP, Grid, WIDTH, plain, wrap};

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
    /// A heading below that of the section.
    Heading(String),
    /// A paragraph.
    Note(String),
    /// Names, each with the texts that it stands before.
    Facts(Vec<(String, Vec<String>)>),
    /// What comes one after another.
    Steps(Vec<String>),
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
        parts(&mut out, &self.lead, false);
        for section in &self.sections {
            out += &format!("\n{}\n", section.heading.to_uppercase());
            parts(&mut out, &section.parts, true);
        }
        out
    }
}

/// Adds parts; what is `headed`, by a heading right before it, follows at once.
fn parts(out: &mut String, parts: &[Part], mut headed: bool) {
    for part in parts {
        match part {
            Part::Heading(text) => *out += &format!("\n{}", wrapped(text)),
            Part::Note(text) => *out += &wrapped(text),
            Part::Facts(facts) => {
                let facts = facts.iter().flat_map(|(name, values)| values.iter().map(|value| (plain(name), value)));
                hang(out, headed, facts.collect());
            }
            Part::Steps(steps) => {
                hang(
                    out,
                    headed,
                    steps.iter().enumerate().map(|(nth, step)| (format!("{}.", nth + 1), step)).collect(),
                );
            }
            Part::Table(grid) => *out += &format!("\n{}", grid.text()),
            Part::Chart(_) => {}
        }
        headed = matches!(part, Part::Heading(_));
    }
}

/// Adds texts, each beside its name, so that the names stand out.
fn hang(out: &mut String, headed: bool, texts: Vec<(String, &String)>) {
    let indent = texts.iter().map(|(name, _)| name.width()).max().unwrap_or(0) + GAP.len();
    if !headed {
        out.push('\n');
    }
    for (name, text) in texts {
        for (nth, line) in wrap(&plain(text), WIDTH.saturating_sub(indent)).iter().enumerate() {
            let name = if nth == 0 { name.as_str() } else { "" };
            let line = format!("{name}{:pad$}{line}", "", pad = indent - name.width());
            *out += line.trim_end();
            out.push('\n');
        }
    }
}

/// A paragraph in lines that are no longer than they may be, unless a word is.
fn wrapped(text: &str) -> String {
    wrap(&plain(text), WIDTH).join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_and_steps_hang_beside_their_names() {
        let long = "word ".repeat(40).trim_end().to_owned();
        let facts = vec![("é\u{1b}".into(), vec![long.clone(), "two".into()]), ("a name".into(), vec!["three".into()])];
        let parts = vec![Part::Heading("Some".into()), Part::Facts(facts), Part::Steps(vec!["do".into(), long])];
        let text =
            Page { title: "T".into(), lead: vec![], sections: vec![Section { heading: "s".into(), parts }] }.text();
        assert!(text.lines().all(|line| line.width() <= WIDTH && line.trim_end() == line), "{text}");
        assert!(text.starts_with("T\n\nS\n\nSome\né       word word"), "{text}");
        for part in ["word\n        word", "\né       two\na name  three\n\n1.  do\n2.  word", "word\n    word"] {
            assert!(text.contains(part), "{part:?}: {text}");
        }
    }
}
