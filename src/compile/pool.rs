//! The text pool: every text once, and not even that when it stands inside another.

use alloc::string::String;
use alloc::vec::Vec;

use super::intern::Index;
use crate::hash;
use crate::tables::TextRef;

#[derive(Default)]
pub(super) struct Pool {
    pub(super) text: String,
    /// The texts that can be found.
    texts: Vec<TextRef>,
    index: Index,
}

impl Pool {
    pub(super) fn add(&mut self, text: &str) -> TextRef {
        let hash = hash::word(text.as_bytes());
        self.find(hash, text).unwrap_or_else(|| {
            let reference = TextRef { start: self.text.len() as u32, len: text.len() as u16 };
            self.text.push_str(text);
            self.remember(hash, reference);
            reference
        })
    }

    /// Adds texts of which many stand inside others ("Support Engineer" in "Cloud Support Engineer"), the longest first, and
    /// remembers the runs of words that they hold.
    pub(super) fn add_sharing<'a>(&mut self, texts: impl Iterator<Item = &'a str>) {
        let mut texts: Vec<&str> = texts.collect();
        texts.sort_by_key(|text| (core::cmp::Reverse(text.len()), *text));
        for text in texts {
            let start = self.add(text).start;
            let spaces = || text.match_indices(' ').map(|(at, _)| at);
            for from in core::iter::once(0).chain(spaces().map(|at| at + 1)) {
                for to in spaces().chain([text.len()]).filter(|&to| to > from) {
                    let hash = hash::word(&text.as_bytes()[from..to]);
                    if self.find(hash, &text[from..to]).is_none() {
                        self.remember(hash, TextRef { start: start + from as u32, len: (to - from) as u16 });
                    }
                }
            }
        }
    }

    fn find(&self, hash: u64, text: &str) -> Option<TextRef> {
        let same = |number| &self.text.as_bytes()[self.texts[number as usize].range()] == text.as_bytes();
        self.index.find(hash, same).map(|number| self.texts[number as usize])
    }

    /// Lets a text that stands in the pool be found.
    fn remember(&mut self, hash: u64, reference: TextRef) {
        self.index.push(hash);
        self.texts.push(reference);
    }
}
