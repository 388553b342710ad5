//! Pipeline: blocks are worked on by many threads and handed on in their order, with a bounded number under way.
//!
//! Must not know what the work is.

use std::sync::mpsc;
use std::thread;

use crate::failure::{Failure, Result};

/// Does `work` on every block on `threads` threads (as many as there are cores, if none is said) and hands the results
/// to `take` in the order of the blocks. The first failure in that order ends it.
pub(crate) fn run<B: Send, T: Send>(
    threads: Option<usize>,
    blocks: impl Iterator<Item = Result<B>> + Send,
    work: impl Fn(&B) -> Result<T> + Sync,
    mut take: impl FnMut(T) -> Result<()>,
) -> Result<()> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads.unwrap_or(0)).build().map_err(Failure::new)?;
    // A place in the queue for each block under way; a full queue makes the reader wait.
    let (queue, places) = mpsc::sync_channel(pool.current_num_threads() + 2);
    thread::scope(|scope| {
        let (pool, work) = (&pool, &work);
        scope.spawn(move || {
            pool.in_place_scope(|scope| {
                for block in blocks {
                    let (done, place) = mpsc::sync_channel(1);
                    if queue.send(place).is_err() {
                        break;
                    }
                    // Nobody waits for a result after a failure before it, so whether it is taken does not matter.
                    match block {
                        Ok(block) => scope.spawn(move |_| drop(done.send(work(&block)))),
                        Err(failure) => drop(done.send(Err(failure))),
                    }
                }
            });
        });
        for place in places {
            match place.recv() {
                Ok(result) => take(result?)?,
                // The work panicked; the scope passes that on.
                Err(_) => break,
            }
        }
        Ok(())
    })
}
