//! The same sources answer alike in every form that a taxonomy comes in, and what a taxonomy names resolves to itself.

mod common;

use std::fs;
use std::path::Path;

use titlecanon::{Alias, Level, Normalizer, Resolution, Taxonomy, Track, normalize_title};

/// Everything that an answer says.
fn said(answer: &Resolution<'_>) -> String {
    let candidates: Vec<String> = answer
        .candidates()
        .map(|c| format!("{} {:?} {:?} {:?}", c.role(), c.function_confidence(), c.level_confidence(), c.range()))
        .collect();
    let evidence: Vec<String> = answer.evidence().map(|evidence| format!("{evidence:?}")).collect();
    format!("{} {candidates:?} {evidence:?}", answer.verdict())
}

/// The same sources in every form that a taxonomy comes in: read from a folder, compiled into bytes, and baked by a build script.
fn forms(dir: &Path) -> [(&'static str, Taxonomy); 3] {
    let loaded = Taxonomy::from_dir(dir).unwrap();
    let bytes = Taxonomy::from_bytes(loaded.to_bytes()).unwrap();
    let out = tempfile::tempdir().unwrap();
    titlecanon::bake::dir(dir).named("baked").write(out.path()).unwrap();
    [("loaded", loaded), ("bytes", bytes), ("baked", included(out.path()))]
}

/// The taxonomy `baked` of a folder, as `include_taxonomy!` has it.
fn included(out: &Path) -> Taxonomy {
    let read = |ending: &str| fs::read(out.join(format!("baked.taxonomy.{ending}"))).unwrap();
    let (bin, txt): (&'static [u8], &'static str) =
        (read("bin").leak(), String::from_utf8(read("txt")).unwrap().leak());
    Taxonomy::baked(bin, txt)
}

#[test]
fn what_is_baked_over_the_embedded_taxonomy_is_what_is_laid_over_it() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("blocks.tsv"), "text\tsource\nStudent Worker\tours\n").unwrap();
    let alias = "text\tfunction\tfocus\tlevel\ttype\tconfidence\tapproval\tsource\nNinja\tSWE\tGEN\t\tinformal\t0.95\tdraft\tours\n";
    fs::create_dir(dir.path().join("aliases")).unwrap();
    fs::write(dir.path().join("aliases/ours.tsv"), alias).unwrap();
    let out = tempfile::tempdir().unwrap();
    titlecanon::bake::dir(dir.path()).named("baked").over_builtin().write(out.path()).unwrap();
    let (baked, laid) = (included(out.path()), Taxonomy::builtin().overlay_dir(dir.path()).unwrap());
    assert_eq!(baked.to_bytes(), laid.to_bytes());
    let answer = Normalizer::with_taxonomy(&baked).normalize("Senior Ninja");
    assert_eq!(answer.code().unwrap().to_string(), "SWE.GEN.P4");
    assert!(Normalizer::with_taxonomy(&baked).normalize("Student Worker").best().is_none());
}

/// Every alias and golden title has the same answer in every form, confidences and evidence included.
fn forms_answer_alike(dir: &Path, reference: &Taxonomy) {
    let golden = fs::read_to_string(common::package_file("tests/golden/titles.tsv")).unwrap();
    let aliases: Vec<String> = reference.aliases().map(|alias| alias.text().to_string()).collect();
    let titles: Vec<&str> =
        aliases.iter().map(String::as_str).chain(common::rows(&golden).iter().map(|row| row[0])).collect();
    for (form, taxonomy) in &forms(dir) {
        let (normalizer, expected) = (Normalizer::with_taxonomy(taxonomy), Normalizer::with_taxonomy(reference));
        for title in &titles {
            assert_eq!(said(&normalizer.normalize(title)), said(&expected.normalize(title)), "{form}: {title}");
        }
        for (alias, other) in taxonomy.aliases().zip(reference.aliases()) {
            let facts = |of: Alias<'_>| (of.text().into_owned(), of.confidence(), of.level(), of.source().to_string());
            assert_eq!(facts(alias), facts(other), "{form}");
        }
        assert_eq!(taxonomy.to_bytes(), reference.to_bytes(), "{form}");
    }
}

#[test]
fn the_embedded_sources_answer_alike_in_every_form() {
    forms_answer_alike(&common::package_file("data"), Taxonomy::builtin());
}

#[test]
fn an_example_of_ones_own_answers_alike_in_every_form() {
    let dir = common::package_file("examples/bake-own/taxonomy");
    // The package leaves the example out, which is one by itself.
    if dir.exists() {
        let reference = Taxonomy::from_dir(&dir).unwrap();
        assert!(reference.aliases().count() > 5);
        forms_answer_alike(&dir, &reference);
    }
}

#[test]
fn what_cannot_be_baked_is_told() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("functions.tsv"), "code\tname\nbad\tThing\n").unwrap();
    let error = titlecanon::bake::dir(dir.path()).write(dir.path()).unwrap_err();
    assert_eq!(error.to_string(), "functions.tsv:2: function code \"bad\" is not 1 to 8 capital letters or digits");
    fs::write(dir.path().join("functions.tsv"), "code\tname\nNIN\tNinja\n").unwrap();
    let error = titlecanon::bake::dir(dir.path()).write(dir.path().join("none")).unwrap_err();
    assert!(error.to_string().contains("cannot be written"), "{error}");
}

#[test]
fn every_alias_resolves_to_its_focus() {
    let mut wrong = Vec::new();
    for alias in Taxonomy::builtin().aliases() {
        let answer = normalize_title(&alias.text());
        // A title that several jobs share lists them all.
        let shared = answer.best().is_some_and(|best| best.alias().is_none());
        let mut listed = answer.candidates().take(if shared { usize::MAX } else { 1 });
        if !listed.any(|candidate| candidate.focus() == alias.focus()) {
            wrong.push(format!("{alias:?} resolves to {:?}", answer.best()));
        }
    }
    assert!(wrong.is_empty(), "{} aliases:\n{}", wrong.len(), wrong[..wrong.len().min(40)].join("\n"));
}

#[test]
fn every_role_title_on_its_own_tracks_resolves_to_the_role() {
    let mut wrong = Vec::new();
    let mut checked = 0;
    for role in Taxonomy::builtin().roles() {
        let home = role.focus().default_level().track();
        let leads = role.level().track() >= Track::Management;
        // A chief officer is one by rank: nobody is a "Chief Financial Officer II".
        let by_rank = role.focus().default_level() >= Level::E4 && role.level() < role.focus().default_level();
        if (role.level().track() != home && !leads) || by_rank {
            continue;
        }
        checked += 1;
        let title = role.title();
        let answer = normalize_title(&title);
        if answer.code() != Some(role.code()) {
            wrong.push(format!("{} \"{title}\" resolves to {:?}", role.code(), answer.best()));
        }
    }
    let share = wrong.len() as f64 / checked as f64;
    assert!(share < 0.015, "{} of {checked}:\n{}", wrong.len(), wrong[..wrong.len().min(60)].join("\n"));
}
