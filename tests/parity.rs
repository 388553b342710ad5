//! The embedded taxonomy and the same sources read at run time answer alike, and what a taxonomy names resolves to itself.

mod common;

use titlecanon::{Level, Normalizer, Resolution, Taxonomy, Track, normalize_title};

/// Everything that an answer says.
fn said(answer: &Resolution<'_>) -> String {
    let candidates: Vec<String> = answer
        .candidates()
        .map(|c| format!("{} {:?} {:?} {:?}", c.role(), c.function_confidence(), c.level_confidence(), c.range()))
        .collect();
    let evidence: Vec<String> = answer.evidence().map(|evidence| format!("{evidence:?}")).collect();
    format!("{} {candidates:?} {evidence:?}", answer.verdict())
}

#[test]
fn loaded_and_embedded_answer_alike() {
    let loaded = Taxonomy::from_dir(common::package_file("data")).unwrap();
    let normalizer = Normalizer::with_taxonomy(&loaded);
    let golden = std::fs::read_to_string(common::package_file("tests/golden/titles.tsv")).unwrap();
    let aliases: Vec<String> = Taxonomy::builtin().aliases().map(|alias| alias.text().to_string()).collect();
    let mut compared = 0;
    for title in aliases.iter().map(String::as_str).chain(common::rows(&golden).iter().map(|row| row[0])) {
        assert_eq!(said(&normalizer.normalize(title)), said(&normalize_title(title)), "{title}");
        compared += 1;
    }
    assert!(compared > 1_500);
    assert_eq!(loaded.version(), titlecanon::data_version());
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
