//! What several tests share.

#![allow(dead_code, reason = "each test uses its part")]

use std::path::PathBuf;

/// A file of the package.
pub(crate) fn package_file(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The rows of a tab-separated text with a header, as lists of fields.
pub(crate) fn rows(text: &str) -> Vec<Vec<&str>> {
    text.lines().skip(1).map(|line| line.split('\t').collect()).collect()
}

/// Real titles that are kept beside the project and not part of it; `None`, with a message, where they are not there.
pub(crate) fn corpus(name: &str) -> Option<String> {
    let path = package_file("../shared/eval").join(name);
    match std::fs::read_to_string(&path) {
        Ok(text) => Some(text),
        Err(_) => {
            eprintln!("skipped: {name} is not here");
            None
        }
    }
}

/// A small generator of repeatable random numbers (xorshift), so that tests need no seed from outside.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    pub(crate) fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }
}
