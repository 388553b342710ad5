//! Any text is a source file: a taxonomy or an error that names a file, and no panic.

#![no_main]

use libfuzzer_sys::fuzz_target;
use titlecanon::Taxonomy;

fuzz_target!(|files: Vec<(u8, String)>| {
    const NAMES: [&str; 8] = [
        "aliases/x.tsv", "functions/x.tsv", "focuses.tsv", "cues.tsv", "grades.tsv", "abbreviations.tsv", "qualifiers.tsv",
        "ambiguities.tsv",
    ];
    let sources = files.into_iter().map(|(name, text)| (NAMES[usize::from(name) % NAMES.len()], text));
    if let Err(error) = Taxonomy::from_sources(sources) {
        assert!(!error.problems().is_empty());
    }
});
