//! The engines, each behind the same question: which job does this title name?
//!
//! An engine that only knows strings keeps the job's number beside each. Must not know what it is asked or how long it takes.

mod fst;
mod maps;
mod scans;
mod symspell;
mod titlecanon;

use std::fs;
use std::hint::black_box;
use std::time::Instant;

use crate::list::List;
use crate::queries::Query;

/// Something that answers titles.
pub(crate) trait Engine {
    /// The number of the job that the title most likely names.
    fn find(&self, title: &str) -> Option<u32>;

    /// Asks for every title and throws the answers away: what is timed.
    fn pass(&self, queries: &[Query]) {
        for query in queries {
            black_box(self.find(black_box(&query.title)));
        }
    }
}

/// What the titles are before an engine that compares letters gets them.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Input {
    /// As they stand; the engine lower-cases them, within the time.
    Raw,
    /// Lower-cased beforehand, outside the time.
    Folded,
}

/// An engine that has been started, and what that took.
pub(crate) struct Started {
    pub(crate) name: &'static str,
    pub(crate) about: &'static str,
    pub(crate) engine: Box<dyn Engine>,
    pub(crate) input: Input,
    /// Whether it reads the whole list for each title, and so is asked for a sample only.
    pub(crate) scan: bool,
    pub(crate) milliseconds: f64,
    pub(crate) megabytes: f64,
}

/// Starts an engine.
fn start<E: Engine + 'static>(name: &'static str, about: &'static str, build: impl FnOnce() -> E) -> Started {
    let (before, clock) = (resident(), Instant::now());
    let engine = Box::new(build());
    let milliseconds = clock.elapsed().as_secs_f64() * 1e3;
    let megabytes = (resident() - before).max(0.0);
    Started { name, about, engine, input: Input::Raw, scan: false, milliseconds, megabytes }
}

/// Resident memory of this process in megabytes.
fn resident() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
    let kilobytes: f64 = line.trim().trim_end_matches(" kB").parse().unwrap_or_default();
    kilobytes * 1024.0 / 1e6
}

/// All engines, started one after the other; small ones first, so that no memory freed by a large one hides theirs.
pub(crate) fn start_all(list: &'static List) -> Vec<Started> {
    let mut engines = titlecanon::start_all(list);
    engines.extend(maps::start_all(list));
    engines.extend(fst::start_all(list));
    engines.extend(scans::start_all(list));
    engines.extend(symspell::start_all(list));
    engines
}
