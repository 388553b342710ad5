//! Profiles: those of the embedded taxonomy are whole, and those of one's own are read, laid over and refused as they should be.
#![cfg(all(feature = "profiles", feature = "std"))]

use std::collections::BTreeMap;

use titlecanon::{Component, ComponentKind, Function, Level, Profile, Role, StoryPart, Taxonomy};

fn role(code: &str) -> Role<'static> {
    Taxonomy::builtin().role(code.parse().unwrap()).unwrap()
}

fn with_profiles() -> impl Iterator<Item = Function<'static>> {
    Taxonomy::builtin().functions().filter(Function::has_profile)
}

fn components<'t>(profile: &Profile<'t>) -> impl Iterator<Item = Component<'t>> {
    let profile = *profile;
    ComponentKind::ALL.iter().flat_map(move |&kind| profile.components(kind))
}

#[test]
fn every_role_of_a_function_with_a_profile_has_five_components_of_each_kind() {
    assert!(with_profiles().count() > 40);
    for role in with_profiles().flat_map(|function| function.focuses()).flat_map(|focus| focus.roles()) {
        let profile = role.profile().unwrap();
        for &part in StoryPart::ALL {
            let wanted = if part == StoryPart::Plan { 5 } else { 1 };
            assert_eq!(profile.story(part).count(), wanted, "{role}: {part}");
        }
        for &kind in ComponentKind::ALL {
            let levels: Vec<_> = profile.components(kind).map(|component| component.level()).collect();
            let tied = Some(role.level());
            assert_eq!(levels, [None, None, None, tied, tied], "{role}: {kind}");
            assert!(profile.components(kind).all(|component| component.kind() == kind));
        }
    }
}

#[test]
fn the_support_engineers_profile_is_there_at_every_level_of_its_ladder() {
    let focus = role("TSE.GEN.P4").focus();
    let levels: Vec<_> = focus.roles().filter(|role| role.profile().is_some()).map(|role| role.level()).collect();
    assert_eq!(levels, Level::ALL[4..], "P1 to P6, M1 to M6, E1 to E5");
}

/// Story parts are sentences, components phrases, and no level of a function says what another says.
#[test]
fn profiles_are_well_written() {
    for function in with_profiles() {
        let roles = function.focuses().next().into_iter().flat_map(|focus| focus.roles());
        let mut seen = BTreeMap::new();
        for role in roles {
            let profile = role.profile().unwrap();
            for text in StoryPart::ALL.iter().flat_map(|&part| profile.story(part)) {
                assert!(text.ends_with('.') && (30..=260).contains(&text.len()), "{role}: {text}");
            }
            for component in components(&profile) {
                let text = component.text();
                assert!(!text.ends_with('.') && (12..=120).contains(&text.len()), "{role}: {text}");
                assert!(text.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()), "{role}: {text}");
                let key = (component.kind(), component.level());
                assert_eq!(*seen.entry(text.to_lowercase()).or_insert(key), key, "{role}: {text} stands twice");
            }
        }
    }
}

#[test]
fn a_role_without_content_says_so() {
    let without = Taxonomy::builtin().functions().find(|function| !function.has_profile()).unwrap();
    assert!(without.focuses().flat_map(|focus| focus.roles()).all(|role| role.profile().is_none()));
}

const FUNCTIONS: (&str, &str) =
    ("functions.tsv", "code\tname\ttracks\tdefault_level\nNIN\tNinja\tP\tP3\nCOO\tCook\tS\tS2\n");

/// A taxonomy with these rows of profiles.
fn own(rows: &str) -> Result<Taxonomy, titlecanon::Error> {
    Taxonomy::from_sources([FUNCTIONS, ("profiles.tsv", &*format!("function\tpart\tlevel\ttext\n{rows}"))])
}

fn texts(taxonomy: &Taxonomy, code: &str, kind: ComponentKind) -> Vec<String> {
    let profile = taxonomy.role(code.parse().unwrap()).unwrap().profile();
    profile.into_iter().flat_map(|profile| profile.components(kind)).map(|task| task.text().to_owned()).collect()
}

#[test]
fn profiles_of_ones_own_need_not_be_whole() {
    let taxonomy =
        own("NIN\ttask\tP4\tTeach\nNIN\ttask\t*\tHide\nNIN\ttask\tP3\tJump\nNIN\tplan\t*\tWait\nNIN\tplan\t*\tAct\n")
            .unwrap();
    assert_eq!(texts(&taxonomy, "NIN.GEN.P3", ComponentKind::Task), ["Hide", "Jump"]);
    assert_eq!(texts(&taxonomy, "NIN.GEN.P4", ComponentKind::Task), ["Hide", "Teach"]);
    assert_eq!(texts(&taxonomy, "NIN.GEN.P4", ComponentKind::Skill), [""; 0]);
    assert_eq!(texts(&taxonomy, "COO.GEN.S2", ComponentKind::Task), [""; 0]);
    let profile = taxonomy.role("NIN.GEN.P1".parse().unwrap()).unwrap().profile().unwrap();
    assert_eq!(profile.story(StoryPart::Plan).collect::<Vec<_>>(), ["Wait", "Act"], "steps stay in order");
    assert_eq!(profile.story(StoryPart::Who).next(), None);
    let again = Taxonomy::from_sources(taxonomy.to_sources()).unwrap();
    assert_eq!(again.to_bytes(), taxonomy.to_bytes());
}

#[test]
fn what_is_wrong_with_a_profile_is_said_with_its_line() {
    for (row, message) in [
        ("SAM\ttask\t*\tFight", "no function SAM"),
        ("NIN\tchore\t*\tSweep", "part \"chore\" is none of who, external_problem,"),
        ("NIN\ttask\tP9\tFight", "\"P9\" is not a level"),
        ("NIN\ttask\tS2\tFight", "level S2 is on none of the tracks of NIN"),
        ("NIN\twho\tP3\tNinjas.", "who is part of the function's story, which has no level: write *"),
        ("NIN\ttask\t*\t", "text is empty"),
        ("NIN\ttask\t*\tHide", "the same text stands at profiles.tsv:2"),
        ("NIN\tstakes\t*\tMore.\nNIN\tstakes\t*\tLess.", "stakes stands twice, at profiles.tsv:3 too"),
    ] {
        let error = own(&format!("NIN\ttask\t*\tHide\n{row}\n")).unwrap_err();
        let problem = error.problems().last().unwrap();
        assert_eq!(problem.line(), 3 + row.matches('\n').count(), "{error}");
        assert!(problem.message().contains(message), "{error}");
    }
}

#[test]
fn a_profile_laid_over_another_takes_its_place_as_a_whole() {
    let sources = [("profiles.tsv", "function\tpart\tlevel\ttext\nTSE\ttask\t*\tAnswer the phone\n")];
    let ours = Taxonomy::builtin().overlay(sources).unwrap();
    assert_eq!(texts(&ours, "TSE.GEN.P4", ComponentKind::Task), ["Answer the phone"]);
    assert_eq!(texts(&ours, "TSE.GEN.P4", ComponentKind::Skill), [""; 0]);
    assert_eq!(texts(&ours, "SWE.GEN.P4", ComponentKind::Task).len(), 5);
}

#[cfg(feature = "serde")]
#[test]
fn a_record_as_json_is_all_of_it() {
    let json = serde_json::to_value(role("TSE.GEN.P4")).unwrap();
    assert_eq!(
        (&json["code"], &json["pay_basis"], &json["band"]),
        (&"TSE.GEN.P4".into(), &"no model".into(), &"medium".into())
    );
    assert_eq!(
        (&json["level"]["years"]["from"], &json["level"]["typical_experience"]),
        (&5.into(), &"5–8 years".into())
    );
    assert_eq!(json["aliases"][0]["title"], "Senior Technical Support Engineer");
    assert_eq!(json["crosswalk"][0]["code"], "15-1232");
    assert_eq!(json["profile"]["plan"].as_array().unwrap().len(), 5);
    assert!(json["profile"]["who"].is_string());
    let levels: Vec<_> = json["profile"]["task"].as_array().unwrap().iter().map(|task| task["level"].clone()).collect();
    assert_eq!(levels[2..4], [serde_json::Value::Null, "P4".into()]);
    let both = titlecanon::Comparison::new([role("TSE.GEN.P4"), role("TSE.GEN.P5")]).unwrap();
    let json = serde_json::to_value(both).unwrap();
    let tasks = json["components"].as_array().unwrap().iter().find(|of| of["kind"] == "task").unwrap();
    assert_eq!(tasks["shared"].as_array().unwrap().len(), 3);
    assert_eq!(tasks["differing"][1].as_array().unwrap().len(), 2);
    assert_eq!(json["roles"][0]["distances"][1], 0.07);
}
