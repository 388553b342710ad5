//! Work for several threads, one of them the caller's. Must not know what the work is.

use std::num::NonZero;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use pyo3::prelude::*;

/// How long a Ctrl-C waits. Shorter is asking for the interpreter's lock more often than anybody notices.
const PATIENCE: Duration = Duration::from_millis(50);

/// How many threads there shall be: as many as are asked for, else as there are cores.
pub(crate) fn threads(asked: Option<NonZero<usize>>) -> usize {
    asked.map_or_else(|| thread::available_parallelism().map_or(1, NonZero::get), NonZero::get)
}

/// Runs all tasks, on so many threads. The caller, without the interpreter's lock, works too, and looks for Ctrl-C between tasks.
///
/// # Errors
///
/// What a signal's handler raised; tasks that had not begun are then not run.
pub(crate) fn spread<T>(
    threads: usize,
    tasks: impl ExactSizeIterator<Item = T> + Send,
    run: impl Fn(T) + Sync,
) -> PyResult<()> {
    let threads = threads.min(tasks.len());
    let (tasks, stopped) = (Mutex::new(tasks), AtomicBool::new(false));
    // A thread that panics does so while it runs, not while it holds the lock.
    let next = || tasks.lock().ok().filter(|_| !stopped.load(Ordering::Relaxed))?.next();
    thread::scope(|scope| {
        for _ in 1..threads {
            // Where there can't be another, fewer do the work.
            let worker = || {
                while let Some(task) = next() {
                    run(task)
                }
            };
            if thread::Builder::new().spawn_scoped(scope, worker).is_err() {
                break;
            }
        }
        let mut looked = Instant::now();
        while let Some(task) = next() {
            run(task);
            if looked.elapsed() > PATIENCE {
                if let Err(signal) = Python::attach(|py| py.check_signals()) {
                    stopped.store(true, Ordering::Relaxed);
                    return Err(signal);
                }
                looked = Instant::now();
            }
        }
        Ok(())
    })
}
