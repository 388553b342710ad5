//! Any text is a title: no panic, ranges on character boundaries, candidates in order.

#![no_main]

use libfuzzer_sys::fuzz_target;
use titlecanon::{Normalizer, normalize_title};

fuzz_target!(|title: &str| {
    let answer = normalize_title(title);
    for evidence in answer.evidence() {
        assert!(title.get(evidence.range()).is_some());
    }
    let confidences: Vec<_> = answer.candidates().map(|candidate| candidate.function_confidence()).collect();
    assert!(confidences.is_sorted_by(|a, b| a >= b));
    answer.cleaned(title);
    Normalizer::builtin().candidates(title, 3);
});
