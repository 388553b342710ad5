//! Unfinished: what an interrupted program must not leave behind.
//!
//! Must not know what it is for.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// The unfinished file or folder, for the signal handler to remove.
static UNFINISHED: Mutex<Option<PathBuf>> = Mutex::new(None);

/// Makes something that is yet to be filled, at `path`.
pub(crate) fn begin<T>(make: impl FnOnce() -> io::Result<T>, path: impl FnOnce(&T) -> PathBuf) -> io::Result<T> {
    remove_on_signal();
    let mut unfinished = UNFINISHED.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    let made = make()?;
    *unfinished = Some(path(&made));
    Ok(made)
}

/// Gives it its own name. A signal finds it before or after.
pub(crate) fn end<T>(finish: impl FnOnce() -> T) -> T {
    let mut unfinished = UNFINISHED.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    let result = finish();
    *unfinished = None;
    result
}

/// Sees to it that an interrupted program leaves nothing unfinished.
fn remove_on_signal() {
    // An error means that it is seen to already.
    let _ = ctrlc::set_handler(|| {
        if let Ok(unfinished) = UNFINISHED.lock() {
            if let Some(path) = unfinished.as_ref() {
                remove(path);
            }
            // With the lock held: nothing new is begun.
            std::process::exit(130);
        }
    });
}

/// Removes a file or a folder, even one that other threads are filling: once their folders are gone they cannot go on.
fn remove(path: &Path) {
    if path.is_dir() {
        // Each time there is less for them to write into; the bound is for a folder that cannot be removed at all.
        let _ = (0..1000).find(|_| fs::remove_dir_all(path).is_ok() || !path.exists());
    } else {
        let _ = fs::remove_file(path);
    }
}
