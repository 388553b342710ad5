//! The engine in a browser: a taxonomy is handed over as bytes, titles as texts, and answers come back as JSON.
//!
//! Built for `wasm32-unknown-unknown` it is a module without imports that a page calls by six functions. All that
//! goes in or out goes through one buffer each:
//!
//! 1. `titlecanon_input(len)` makes room for so many bytes and says where; the page writes them there.
//! 2. `titlecanon_load(len)` reads the first `len` bytes as a compiled taxonomy (what `titlecanon compile` writes), which answers
//!    from then on: 0 if it is one, else how many bytes the reason has.
//! 3. `titlecanon_resolve(len)` reads them as a title in UTF-8, `titlecanon_compare(len)` as role codes with commas between; both
//!    write JSON and say how many bytes.
//! 4. `titlecanon_output()` says where. What stands there holds until the next call.
//!
//! `titlecanon_settings(candidates, fuzzy)` sets what [`titlecanon::Normalizer`] has settings for. No call panics, whatever the
//! bytes; where there is no room for so many, `titlecanon_input` says 0.
//!
//! This module is the way in and out, and must not know what is said on it; that is [`Session`]'s. There are no `unsafe` blocks:
//! the buffers are ordinary vectors whose places the page is told.

use std::cell::RefCell;

mod session;

pub use session::Session;

thread_local! {
    // A page has one thread, and one of these.
    static PAGE: RefCell<Page> = RefCell::default();
}

#[derive(Default)]
struct Page {
    session: Session,
    input: Vec<u8>,
    output: Vec<u8>,
}

impl Page {
    /// The first bytes of the input; all of it if there are not so many.
    fn input(&self, len: usize) -> &[u8] {
        &self.input[..len.min(self.input.len())]
    }

    /// Says something, and how long it is.
    fn say(&mut self, text: String) -> usize {
        self.output = text.into_bytes();
        self.output.len()
    }
}

/// Makes room for so many bytes of input, and says where; null where there is no such room.
#[expect(unsafe_code, reason = "a name for the page to call")]
#[unsafe(no_mangle)]
pub extern "C" fn titlecanon_input(len: usize) -> *mut u8 {
    PAGE.with_borrow_mut(|page| {
        page.input.clear();
        if page.input.try_reserve_exact(len).is_err() {
            return std::ptr::null_mut();
        }
        page.input.resize(len, 0);
        page.input.as_mut_ptr()
    })
}

/// Reads the first `len` bytes of the input as a compiled taxonomy: 0 if it is one, which answers from then on; else how many bytes
/// the reason has, and what answered before still does.
#[expect(unsafe_code, reason = "a name for the page to call")]
#[unsafe(no_mangle)]
pub extern "C" fn titlecanon_load(len: usize) -> usize {
    PAGE.with_borrow_mut(|page| {
        // The taxonomy keeps the bytes, so that they are not in memory twice.
        let mut bytes = std::mem::take(&mut page.input);
        bytes.truncate(len);
        match page.session.load(bytes) {
            Ok(()) => 0,
            Err(why) => page.say(why),
        }
    })
}

/// Sets how many candidates an answer to be reviewed has at most (0: as many as usual), and whether misspelt words are corrected
/// (0: they are not).
#[expect(unsafe_code, reason = "a name for the page to call")]
#[unsafe(no_mangle)]
pub extern "C" fn titlecanon_settings(candidates: usize, fuzzy: usize) {
    PAGE.with_borrow_mut(|page| page.session.set(candidates, fuzzy != 0));
}

/// Answers the title in the first `len` bytes of the input; says how many bytes of JSON the answer has.
#[expect(unsafe_code, reason = "a name for the page to call")]
#[unsafe(no_mangle)]
pub extern "C" fn titlecanon_resolve(len: usize) -> usize {
    PAGE.with_borrow_mut(|page| {
        let answer = page.session.resolve(&String::from_utf8_lossy(page.input(len)));
        page.say(answer)
    })
}

/// Compares the roles whose codes, with commas between, are in the first `len` bytes of the input; says how many bytes of JSON the
/// comparison has.
#[expect(unsafe_code, reason = "a name for the page to call")]
#[unsafe(no_mangle)]
pub extern "C" fn titlecanon_compare(len: usize) -> usize {
    PAGE.with_borrow_mut(|page| {
        let answer = page.session.compare(&String::from_utf8_lossy(page.input(len)));
        page.say(answer)
    })
}

/// Where the output is.
#[expect(unsafe_code, reason = "a name for the page to call")]
#[unsafe(no_mangle)]
pub extern "C" fn titlecanon_output() -> *const u8 {
    PAGE.with_borrow(|page| page.output.as_ptr())
}

#[cfg(test)]
mod tests {
    use titlecanon::Taxonomy;

    use super::*;

    /// Puts bytes in, as a page does; here it needs no pointer.
    fn put(bytes: &[u8]) -> usize {
        assert!(!titlecanon_input(bytes.len()).is_null());
        PAGE.with_borrow_mut(|page| page.input.copy_from_slice(bytes));
        bytes.len()
    }

    fn output(len: usize) -> String {
        assert!(!titlecanon_output().is_null());
        PAGE.with_borrow(|page| {
            assert_eq!(page.output.len(), len);
            String::from_utf8(page.output.clone()).expect("UTF-8")
        })
    }

    #[test]
    fn what_goes_in_by_the_buffer_comes_out_as_of_the_session() {
        assert!(output(titlecanon_resolve(put(b"Pirate"))).contains("no taxonomy"));
        assert!(output(titlecanon_load(put(b"something else"))).contains("compiled taxonomy"));
        let taxonomy = Taxonomy::from_sources([("functions.tsv", "code\tname\nPIR\tPirate\n")]).unwrap();
        assert_eq!(titlecanon_load(put(&taxonomy.to_bytes())), 0);
        // What is refused leaves the taxonomy as it was.
        assert_ne!(titlecanon_load(put(b"something else")), 0);
        assert!(output(titlecanon_resolve(put(b"Pirate"))).contains("PIR.GEN.P3"));
        assert!(output(titlecanon_compare(put(b"PIR.GEN.P3,PIR.GEN.P3"))).contains("\"roles\""));
        // Lengths and bytes that no page of ours sends.
        put(b"Pirates of the sea");
        assert!(output(titlecanon_resolve(6)).contains("PIR.GEN.P3"));
        assert!(output(titlecanon_resolve(usize::MAX)).contains("PIR"));
        assert!(output(titlecanon_resolve(put(&[0xff, 0xfe, 0, b'x']))).contains("no_match"));
        assert!(titlecanon_input(usize::MAX).is_null());
        assert!(output(titlecanon_resolve(8)).contains("no_match"));
        titlecanon_settings(usize::MAX, 0);
        assert!(output(titlecanon_resolve(put(b"Pirtae"))).contains("no_match"));
        titlecanon_settings(0, 1);
        assert!(output(titlecanon_resolve(put(b"Pirtae"))).contains("PIR.GEN.P3"));
    }
}
