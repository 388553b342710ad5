//! The taxonomy's own files: in canonical order, and sound in what the compile module does not check.

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use titlecanon::{Taxonomy, canonical_source};

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
    assert!(taxonomy.families().count() >= 10);
    assert!(taxonomy.functions().count() >= 61);
    assert!(taxonomy.aliases().count() >= 1_500);
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
        assert!(alias.confidence().value() >= 0.6, "{alias:?}: too loose to be an alias");
    }
}
