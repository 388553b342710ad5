//! Report: what a long run tells on standard error: how far it is, and in the end what came of it.
//!
//! Must not know what is read or written.

use std::fmt;
use std::io::{self, IsTerminal as _, Write as _};
use std::ops::AddAssign;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use titlecanon::Verdict;

/// How many answers there were of each verdict.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tally {
    confident: u64,
    review: u64,
    no_match: u64,
}

impl Tally {
    /// Counts an answer.
    pub(crate) fn add(&mut self, verdict: Verdict) {
        match verdict {
            Verdict::Confident => self.confident += 1,
            Verdict::NeedsReview => self.review += 1,
            Verdict::NoMatch => self.no_match += 1,
        }
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Tally) {
        self.confident += other.confident;
        self.review += other.review;
        self.no_match += other.no_match;
    }
}

/// Tells how a run goes.
#[derive(Debug)]
pub(crate) struct Report {
    quiet: bool,
    begun: Instant,
    bar: ProgressBar,
    tally: Tally,
}

impl Report {
    /// Begins to tell of a run through `length` bytes or rows, if it is known how many. No bar is drawn on a terminal that the
    /// output goes to.
    pub(crate) fn begin(quiet: bool, length: Option<u64>, output_on_terminal: bool) -> Report {
        let bar = if quiet || output_on_terminal || !io::stderr().is_terminal() {
            ProgressBar::hidden()
        } else {
            let (bar, template) = match length {
                Some(length) => (ProgressBar::new(length), "{bar:40} {percent}% {msg}, {eta} left"),
                None => (ProgressBar::new_spinner(), "{spinner} {bytes} {msg}"),
            };
            bar.with_style(ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()))
        };
        Report { quiet, begun: Instant::now(), bar, tally: Tally::default() }
    }

    /// Goes on by so much of the length, and by some answers.
    pub(crate) fn advance(&mut self, read: usize, tally: Tally) {
        self.tally += tally;
        self.bar.inc(read as u64);
        if !self.bar.is_hidden() {
            let Tally { confident, review, no_match } = self.tally;
            self.bar.set_message(format!("{} rows", Grouped(confident + review + no_match)));
        }
    }

    /// Says what came of it.
    pub(crate) fn end(self) {
        self.bar.finish_and_clear();
        if self.quiet {
            return;
        }
        let Tally { confident, review, no_match } = self.tally;
        let rows = confident + review + no_match;
        let seconds = self.begun.elapsed().max(Duration::from_micros(1)).as_secs_f64();
        let _ = writeln!(
            io::stderr(),
            "{} rows: {} confident, {} review, {} no match; {} titles a second",
            Grouped(rows),
            Grouped(confident),
            Grouped(review),
            Grouped(no_match),
            Grouped((rows as f64 / seconds) as u64)
        );
    }
}

/// A number with its thousands set apart.
pub(crate) struct Grouped(pub(crate) u64);

impl fmt::Display for Grouped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.0.to_string();
        let mut out = String::new();
        for (nth, digit) in digits.chars().enumerate() {
            if nth > 0 && (digits.len() - nth).is_multiple_of(3) {
                out.push(',');
            }
            out.push(digit);
        }
        f.pad_integral(true, "", &out)
    }
}
