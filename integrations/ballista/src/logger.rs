//! Logger: what the crates log, as lines on standard error.
//!
//! Of `RUST_LOG` it knows levels and modules (`warn,ballista_scheduler=debug`). Must not know who logs.

use std::io::{self, Write as _};
use std::sync::OnceLock;

use chrono::Utc;
use log::{LevelFilter, Log, Metadata, Record};

/// What an operator wants to know: DataFusion's own messages are about single plans, and Ballista's executors print the
/// metrics of every task.
const USUAL: &str = "info,datafusion=warn,ballista_executor::metrics=warn";

/// Logs to standard error: what `RUST_LOG` says, and without it what an operator wants to know. The first call counts.
pub fn log_to_stderr() {
    static LOGGER: OnceLock<Logger> = OnceLock::new();
    let logger = LOGGER.get_or_init(|| Logger::of(&std::env::var("RUST_LOG").unwrap_or_else(|_| USUAL.into())));
    if log::set_logger(logger).is_ok() {
        log::set_max_level(logger.filters.iter().map(|&(_, level)| level).max().unwrap_or(LevelFilter::Off));
    }
}

/// Modules and their levels; the empty module is all.
#[derive(Debug)]
struct Logger {
    filters: Vec<(String, LevelFilter)>,
}

impl Logger {
    /// What cannot be read counts as nothing, and a module without a level as all that it logs.
    fn of(filters: &str) -> Logger {
        let filter = |filter: &str| match filter.split_once('=') {
            Some((module, level)) => Some((module.trim().into(), level.trim().parse().ok()?)),
            None => Some(match filter.parse() {
                Ok(level) => (String::new(), level),
                Err(_) => (filter.into(), LevelFilter::Trace),
            }),
        };
        let filters = filters.split(',').map(str::trim).filter(|filter| !filter.is_empty());
        Logger { filters: filters.filter_map(filter).collect() }
    }

    /// The level of the longest module that the target is in.
    fn level(&self, target: &str) -> LevelFilter {
        let holds = |module: &str| {
            let rest = target.strip_prefix(module);
            rest.is_some_and(|rest| module.is_empty() || rest.is_empty() || rest.starts_with("::"))
        };
        let held = self.filters.iter().filter(|(module, _)| holds(module));
        held.max_by_key(|(module, _)| module.len()).map_or(LevelFilter::Off, |&(_, level)| level)
    }
}

impl Log for Logger {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.level() <= self.level(metadata.target())
    }

    fn log(&self, record: &Record<'_>) {
        if self.enabled(record.metadata()) {
            let time = Utc::now().format("%Y-%m-%dT%H:%M:%S%.3fZ");
            // There is nowhere left to complain that one cannot complain.
            let _ = writeln!(io::stderr(), "{time} {:<5} {}: {}", record.level(), record.target(), record.args());
        }
    }

    fn flush(&self) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_module_decides() {
        let logger = Logger::of("warn, ballista_scheduler=debug,ballista_scheduler::state=off,h2,nonsense=loud");
        assert_eq!(logger.level("ballista_scheduler::api"), LevelFilter::Debug);
        assert_eq!(logger.level("ballista_scheduler::state::inner"), LevelFilter::Off);
        assert_eq!(logger.level("ballista_scheduler_of_others"), LevelFilter::Warn);
        assert_eq!(logger.level("h2"), LevelFilter::Trace);
        assert_eq!(logger.level("nonsense"), LevelFilter::Warn);
        assert_eq!(Logger::of("").level("any"), LevelFilter::Off);
    }
}
