//! What was answered last. A query that takes two fields of an answer, or calls two of the functions, evaluates a call for each, one
//! after another on the same thread and over the very same array: only the first has to resolve its titles.
//!
//! It must not know what answers are made of.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::thread::{self, ThreadId};

use arrow::array::{Array, ArrayRef};
use datafusion::error::Result;

use crate::answers::Answers;

/// The last array that each thread resolved, and its answers, some 40 bytes a row. The array is not kept alive, and with it go its
/// answers, as soon as any thread resolves another.
#[derive(Default)]
pub(crate) struct Recent(Mutex<HashMap<ThreadId, Resolved>>);

struct Resolved {
    array: Weak<dyn Array>,
    /// For how many rows it stands.
    rows: usize,
    answers: Arc<Answers>,
}

impl Resolved {
    /// Whether it is of this array. That is alive, so that no other can stand where it does.
    fn is_of(&self, array: &ArrayRef, rows: usize) -> bool {
        self.rows == rows && self.array.upgrade().is_some_and(|last| Arc::ptr_eq(&last, array))
    }
}

impl Recent {
    /// The answers to an array that stands for so many rows: those of the thread's last call if it was of the same, else new ones.
    pub(crate) fn of(
        &self,
        array: &ArrayRef,
        rows: usize,
        answer: impl FnOnce() -> Result<Answers>,
    ) -> Result<Arc<Answers>> {
        let thread = thread::current().id();
        // What a thread that panicked left is as good as any.
        let lock = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(last) = lock().get(&thread).filter(|last| last.is_of(array, rows)) {
            return Ok(Arc::clone(&last.answers));
        }
        let answers = Arc::new(answer()?);
        let mut recent = lock();
        recent.retain(|_, last| last.array.strong_count() > 0);
        recent.insert(thread, Resolved { array: Arc::downgrade(array), rows, answers: Arc::clone(&answers) });
        Ok(answers)
    }
}

impl fmt::Debug for Recent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Recent")
    }
}

#[cfg(test)]
mod tests {
    use arrow::array::StringArray;

    use super::*;
    use crate::distinct::Distinct;
    use crate::titles::Titles;

    #[test]
    fn an_array_is_resolved_once_as_long_as_it_is_the_last() {
        let (titles, recent) = (Titles::builtin(), Recent::default());
        let resolved = std::cell::Cell::new(0);
        let ask = |array: &ArrayRef, rows| {
            let answer = || {
                resolved.set(resolved.get() + 1);
                Ok(Answers::new(&titles, Distinct::of(array, rows)?))
            };
            recent.of(array, rows, answer).unwrap();
            resolved.get()
        };
        let array = |title: &str| Arc::new(StringArray::from(vec![title])) as ArrayRef;
        let (one, other) = (array("Cook"), array("Cook"));
        assert_eq!([ask(&one, 1), ask(&one, 1), ask(&Arc::clone(&one), 1)], [1, 1, 1]);
        assert_eq!([ask(&one, 2), ask(&other, 2), ask(&one, 2)], [2, 3, 4], "for other rows, another array, and again");
        drop((one, other));
        ask(&array("Welder"), 1);
        assert_eq!(recent.0.lock().unwrap().len(), 1, "answers go with their arrays");
    }
}
