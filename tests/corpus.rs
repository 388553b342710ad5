//! Real titles, where they are at hand: nothing breaks, and most of what people type is answered.

mod common;

use titlecanon::{Verdict, normalize_title};

#[test]
fn unlabelled_titles() {
    let Some(text) = common::corpus("unlabelled.tsv") else { return };
    let (mut all, mut answered, mut confident) = (0, 0, 0);
    for row in common::rows(&text) {
        let answer = normalize_title(row[0]);
        all += 1;
        answered += usize::from(answer.verdict() != Verdict::NoMatch);
        confident += usize::from(answer.verdict() == Verdict::Confident);
        answer.cleaned(row[0]);
        titlecanon::Normalizer::builtin().explain(row[0]).to_string();
    }
    eprintln!("{all} titles: {answered} answered, {confident} confident");
    assert!(all > 7_000);
    assert!(answered * 100 >= all * 85, "{answered} of {all} answered");
    assert!(confident * 100 >= all * 45, "{confident} of {all} confident");
}
