//! The taxonomy's own files: in canonical order, and sound in what the compile module does not check.

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use titlecanon::{Severity, Taxonomy, Verdict, canonical_source, lint_dir, normalize_title};

fn files(dir: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files(&path, out) } else { out.push(path) }
    }
    out.sort();
}

/// Run with `TITLECANON_REWRITE=1` to put the files in order.
#[test]
fn files_are_in_canonical_order() {
    let root = common::package_file("data");
    let mut paths = Vec::new();
    files(&root, &mut paths);
    assert!(paths.len() > 30);
    let mut wrong = Vec::new();
    for path in paths {
        let inside = path.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
        let text = fs::read_to_string(&path).unwrap();
        let canonical = canonical_source(&inside, &text).unwrap();
        if text != canonical {
            if std::env::var_os("TITLECANON_REWRITE").is_some() {
                fs::write(&path, canonical).unwrap();
            } else {
                wrong.push(inside);
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "not in canonical order; TITLECANON_REWRITE=1 cargo test --test data puts them right: {wrong:?}"
    );
}

#[test]
fn the_taxonomy_is_as_wide_as_it_says() {
    let taxonomy = Taxonomy::builtin();
    assert!(taxonomy.families().count() >= 25);
    assert!(taxonomy.functions().count() >= 350);
    assert!(taxonomy.focuses().count() >= 900);
    assert!(taxonomy.aliases().count() >= 15_000);
    for function in taxonomy.functions() {
        for role in function.focuses().flat_map(|focus| focus.roles()) {
            assert!(role.soc().next().is_some(), "{} has no SOC code", role.code());
        }
        assert!(function.summary().ends_with('.'), "{function:?}: a summary is a sentence");
    }
    for family in taxonomy.families() {
        assert!(family.functions().next().is_some(), "{family:?} has no function");
    }
}

#[test]
fn every_focus_has_aliases_and_a_name_of_its_own() {
    for function in Taxonomy::builtin().functions() {
        let mut names = BTreeMap::new();
        for focus in function.focuses() {
            assert!(focus.aliases().count() >= 1, "{focus:?} has no alias");
            assert_eq!(names.insert(focus.name(), focus), None, "{focus:?}: two focuses of one name");
        }
    }
}

#[test]
fn every_alias_says_where_it_is_from() {
    for alias in Taxonomy::builtin().aliases() {
        assert!(!alias.source().is_empty(), "{alias:?}");
    }
}

#[test]
fn every_soc_code_is_reached() {
    let taxonomy = Taxonomy::builtin();
    let reached: BTreeSet<u32> =
        taxonomy.roles().flat_map(|role| role.soc()).map(|mapping| mapping.code().number()).collect();
    let missing: Vec<String> = taxonomy
        .soc_codes()
        .filter(|code| !reached.contains(&code.number()))
        .map(|code| format!("{code} {}", code.title()))
        .collect();
    assert_eq!(taxonomy.soc_codes().count(), 867);
    assert!(missing.is_empty(), "no role leads to {missing:#?}");
}

#[test]
fn titles_that_several_jobs_share_are_reviewed_with_all_of_them() {
    let text = fs::read_to_string(common::package_file("data/ambiguities.tsv")).unwrap();
    let mut shared: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for row in common::rows(&text) {
        shared.entry(row[0]).or_default().insert(format!("{}.{}", row[1], row[2]));
    }
    assert!(shared.len() >= 40);
    for (title, expected) in shared {
        let answer = normalize_title(title);
        assert_eq!(answer.verdict(), Verdict::NeedsReview, "{title}");
        let listed: BTreeSet<String> =
            answer.candidates().map(|c| format!("{}.{}", c.function().code(), c.focus().code())).collect();
        assert!(expected.is_subset(&listed), "{title}: {expected:?} but {listed:?}");
    }
}

/// What a linter finds in one's own sources it finds in ours. An alias that another alias of its focus and a word of level already
/// give, at the same level, only takes room; some are there because people look for them.
#[test]
fn a_linter_finds_little() {
    let findings = lint_dir(common::package_file("data")).unwrap();
    assert!(findings.iter().all(|finding| finding.severity() == Severity::Warning));
    let of = |code: &str| -> Vec<String> {
        let found = findings.iter().filter(|finding| finding.code() == code);
        found.map(|finding| format!("{}:{}: {}", finding.file(), finding.line(), finding.message())).collect()
    };
    for code in ["low-confidence", "no-soc", "only-name"] {
        assert!(of(code).is_empty(), "{:#?}", of(code));
    }
    let aliases = Taxonomy::builtin().aliases().count() as f64;
    for (code, most) in [("word-of-level", 0.005 * aliases), ("unused-abbreviation", 20.0)] {
        let found = of(code);
        assert!((found.len() as f64) < most, "{} of {code}:\n{}", found.len(), found[..found.len().min(40)].join("\n"));
    }
}
