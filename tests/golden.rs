//! Messy titles as people type them with the answers that a person of the trade would give, and strings that name no
//! job and must get no answer. Both tables are in `tests/golden`. Their rows are judged by people against the taxonomy's
//! own functions and ladder, so that a change of engine or data which loses an answer is seen here, by name; what the
//! engine is known to get wrong has no row until it is mended.

mod common;

use std::collections::HashSet;
use std::fs;

use common::{package_file, rows};
use titlecanon::{Normalizer, Verdict, normalize_title};

fn table(name: &str) -> String {
    fs::read_to_string(package_file("tests/golden").join(name)).unwrap()
}

/// The code and verdict of a title, as the table writes them.
fn answer(title: &str) -> String {
    let answer = normalize_title(title);
    match answer.code() {
        Some(code) => format!("{code} {}", answer.verdict().as_str()),
        None => answer.verdict().as_str().into(),
    }
}

/// What fails, all at once.
fn report(failures: &[String], of: usize) {
    assert!(failures.is_empty(), "{} of {of} fail:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn titles_have_their_answers() {
    let text = table("titles.tsv");
    let rows = rows(&text);
    let mut failures = Vec::new();
    for row in &rows {
        let &[title, code, verdict] = row.as_slice() else { panic!("{row:?} has not three fields") };
        let (expected, got) = (format!("{code} {verdict}"), answer(title));
        if got != expected {
            failures.push(format!("{title:?}: expected {expected}, got {got}"));
        }
    }
    report(&failures, rows.len());
}

#[test]
fn titles_of_other_languages_have_their_codes() {
    let text = table("languages.tsv");
    let rows = rows(&text);
    let mut failures = Vec::new();
    for row in &rows {
        let &[language, title, code] = row.as_slice() else { panic!("{row:?} has not three fields") };
        let got = normalize_title(title).code().map(|code| code.to_string()).unwrap_or_default();
        if got != code {
            failures.push(format!("{language} {title:?}: expected {code}, got {got}"));
        }
    }
    report(&failures, rows.len());
}

#[test]
fn white_space_around_titles_changes_nothing() {
    let text = table("titles.tsv");
    let rows = rows(&text);
    let mut failures = Vec::new();
    for row in &rows {
        let (bare, padded) = (answer(row[0]), answer(&format!(" \t\u{a0}{}\r\n ", row[0])));
        if padded != bare {
            failures.push(format!("{:?}: {bare} alone, {padded} with white space around", row[0]));
        }
    }
    report(&failures, rows.len());
}

#[test]
fn what_names_no_job_has_no_answer() {
    let text = table("no_match.tsv");
    let rows = rows(&text);
    let mut failures = Vec::new();
    for row in &rows {
        let got = answer(row[0]);
        if got != Verdict::NoMatch.as_str() {
            failures.push(format!("{:?}: got {got}", row[0]));
        }
    }
    report(&failures, rows.len());
}

/// Whoever asks for as much as the usual 0.80 to be sure, and for however little to be worth a review.
#[test]
fn what_names_no_job_is_never_confident() {
    let text = table("no_match.tsv");
    let rows = rows(&text);
    let mut failures = Vec::new();
    for row in &rows {
        for review in 0..=8 {
            let answer = Normalizer::builtin().with_thresholds(0.8, f64::from(review) / 10.0).normalize(row[0]);
            if answer.verdict() == Verdict::Confident {
                failures.push(format!("{:?} with review from 0.{review}: {answer:?}", row[0]));
            }
        }
    }
    report(&failures, rows.len());
}

#[test]
fn tables_are_large_and_without_duplicates() {
    for (name, columns, least) in [("titles.tsv", 3, 300), ("no_match.tsv", 1, 80)] {
        let text = table(name);
        let rows = rows(&text);
        assert!(rows.len() >= least, "{name} holds {} rows", rows.len());
        let mut titles = HashSet::new();
        for row in &rows {
            assert_eq!(row.len(), columns, "{name}: {row:?}");
            assert!(titles.insert(row[0]), "{name} holds {:?} twice", row[0]);
        }
    }
}
