//! The canon: role records, distances, neighbours and comparisons.
#![cfg(feature = "builtin")]

use std::collections::BTreeSet;

use proptest::prelude::*;
use titlecanon::{Band, Comparison, Distance, Level, PayBasis, Role, Status, Taxonomy, Verdict};

fn role(code: &str) -> Role<'static> {
    Taxonomy::builtin().role(code.parse().unwrap()).unwrap_or_else(|| panic!("no role {code}"))
}

fn codes(roles: impl IntoIterator<Item = Role<'static>>) -> Vec<String> {
    roles.into_iter().map(|role| role.code().to_string()).collect()
}

#[test]
fn the_record_of_a_role() {
    let senior = role("TSE.GEN.P4");
    assert_eq!(senior.title(), "Senior Technical Support Engineer");
    assert_eq!((senior.status(), senior.scope(), senior.version()), (Status::Draft, "global", 1));
    assert_eq!((senior.confidence().value(), senior.confidence().band()), (0.70, Band::Medium));
    assert_eq!((senior.focus().name(), senior.family().name()), ("General", "Information Technology"));
    assert_eq!(senior.pay_basis(), PayBasis::NoModel);
    assert_eq!(senior.pay_basis().to_string(), "no model");
    assert!(senior.summary().starts_with("Solves technical problems"));
    let level = senior.level_record().unwrap();
    assert_eq!((level.name(), level.years()), ("Senior Professional", (5, Some(8))));
    assert!(level.attributes().iter().all(|attribute| !attribute.is_empty()));
    let mapping = senior.soc().next().unwrap();
    assert_eq!((mapping.code().code(), mapping.status()), ("15-1232".to_string(), Status::Draft));
    assert_eq!(mapping.code().title(), "Computer User Support Specialists");
    assert_eq!(mapping.source(), "curated");
    assert_eq!(role("TSE.GEN.P1").level_record().unwrap().attributes()[6], "0–2 years");
    assert_eq!(role("CXO.GEN.E5").level_record().unwrap().attributes()[6], "20+ years");
}

/// Any role of the embedded taxonomy.
fn any_role() -> impl Strategy<Value = Role<'static>> {
    let roles: Vec<_> = Taxonomy::builtin().roles().collect();
    (0..roles.len()).prop_map(move |at| roles[at])
}

/// A role, and another that is rather of the same function or family than not.
fn two_roles() -> impl Strategy<Value = (Role<'static>, Role<'static>)> {
    (any_role(), any_role(), 0..4, any::<prop::sample::Index>()).prop_map(|(one, other, near, at)| {
        let near: Vec<_> = match near {
            0 => one.focus().roles().collect(),
            1 => one.function().focuses().flat_map(|focus| focus.roles()).collect(),
            2 => one.family().functions().flat_map(|of| of.focuses()).flat_map(|focus| focus.roles()).collect(),
            _ => vec![other],
        };
        (one, near[at.index(near.len())])
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn distance_is_a_metric((one, two) in two_roles(), (_, three) in two_roles(), (four, _) in two_roles()) {
        for other in [two, three, four] {
            let distance = one.distance(other);
            prop_assert_eq!(distance, other.distance(one));
            prop_assert!((0.0..=1.0).contains(&distance.value()));
            prop_assert_eq!(distance.value() == 0.0, one == other);
        }
        let value = |a: Role<'_>, b: Role<'_>| a.distance(b).value();
        prop_assert!(value(one, three) <= value(one, two) + value(two, three) + 1e-9);
        prop_assert!(value(two, four) <= value(two, one) + value(one, four) + 1e-9);
    }

    #[test]
    fn what_is_nearer_in_the_taxonomy_is_nearer((one, two) in two_roles(), other in any_role()) {
        let at = |role: Role<'static>| role.focus().role(one.level());
        let (Some(two), Some(other)) = (at(two), at(other)) else { return Ok(()) };
        let rank = |role: Role<'static>| match role {
            _ if role == one => 0,
            _ if role.function() == one.function() => 1,
            _ if role.family() == one.family() => 2,
            _ => 3,
        };
        prop_assert_eq!(rank(two).cmp(&rank(other)), one.distance(two).cmp(&one.distance(other)));
    }
}

proptest! {
    // Each looks at all roles.
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn the_nearest_are_those_of_brute_force(one in any_role(), k in 0usize..60) {
        let mut all: Vec<_> = Taxonomy::builtin().roles().filter(|&other| other != one).collect();
        // Stable: what is equally far stays in the order of the taxonomy.
        all.sort_by_cached_key(|&other| one.distance(other));
        all.truncate(k);
        let nearest = one.neighbors(k);
        prop_assert_eq!(codes(nearest.iter().map(|near| near.role())), codes(all));
        prop_assert!(nearest.iter().all(|near| near.distance() == one.distance(near.role())));
    }
}

#[test]
fn one_level_apart_is_nearer_than_two() {
    for focus in ["TSE.GEN", "CSR.GEN", "RN.GEN", "CXO.GEN"] {
        let function = role(&format!("{focus}.M1")).focus();
        for level in Level::ALL {
            let on_track = |steps: i8| {
                let at = Level::ALL.iter().position(|&other| other == level).unwrap() as i8 + steps;
                let other = *Level::ALL.get(usize::try_from(at).ok()?)?;
                (other.track() == level.track()).then(|| function.role(other)).flatten()
            };
            let Some(from) = function.role(level) else { continue };
            for near in [-1, 1].into_iter().filter_map(on_track) {
                for far in [-2, 2].into_iter().filter_map(on_track) {
                    assert!(from.distance(near) < from.distance(far), "{from} {near} {far}");
                }
            }
        }
    }
}

#[test]
fn what_distances_mean() {
    let senior = role("TSE.GEN.P4");
    let distance = |code| senior.distance(role(code));
    for (code, value, verdict) in [
        ("TSE.GEN.P4", "0.00", Verdict::Confident),
        ("TSE.GEN.P3", "0.07", Verdict::Confident),
        ("TSE.NET.P4", "0.08", Verdict::Confident),
        ("TSE.GEN.M2", "0.10", Verdict::Confident),
        ("TSE.GEN.P1", "0.21", Verdict::Confident),
        ("TSE.GEN.E5", "0.45", Verdict::NeedsReview),
        ("SYA.GEN.P4", "0.35", Verdict::NeedsReview),
        ("SYA.GEN.P2", "0.49", Verdict::NoMatch),
        ("RN.GEN.P4", "0.55", Verdict::NoMatch),
    ] {
        assert_eq!((distance(code).to_string().as_str(), distance(code).verdict()), (value, verdict), "{code}");
    }
    assert_eq!(Distance::TOLERANCE.value(), 0.30);
    assert_eq!(Distance::TOLERANCE.verdict(), Verdict::Confident);
    assert_eq!(Distance::BORDERLINE.verdict(), Verdict::NeedsReview);
}

#[test]
fn there_are_no_more_neighbours_than_roles() {
    let senior = role("TSE.GEN.P4");
    assert!(senior.neighbors(0).is_empty());
    let all = senior.neighbors(usize::MAX);
    assert_eq!(all.len(), Taxonomy::builtin().roles().count() - 1);
    assert_eq!(all.iter().map(|near| near.role().code()).collect::<BTreeSet<_>>().len(), all.len());
}

#[test]
fn roles_of_other_taxonomies_are_far() {
    let other = Taxonomy::from_sources([("functions.tsv", "code\tname\nTSE\tTechnical Support Engineer\n")]).unwrap();
    let stranger = other.roles().next().unwrap();
    assert_eq!(role("TSE.GEN.P3").distance(stranger).value(), 1.0);
    assert!(stranger.neighbors(5).is_empty());
    assert!(stranger.level_record().is_none());
    let laid = Taxonomy::builtin().overlay([("functions.tsv", "code\tname\nNIN\tNinja\n")]).unwrap();
    let ninja = laid.role("NIN.GEN.P3".parse().unwrap()).unwrap();
    assert!(ninja.level_record().is_none(), "no ladder, so its level says nothing");
    assert!(stranger.profile().is_none());
}

#[test]
fn comparisons_hold_two_to_four_roles() {
    let of = |codes: &[&str]| Comparison::new(codes.iter().map(|code| role(code)));
    assert!(of(&[]).is_none() && of(&["TSE.GEN.P4"]).is_none());
    assert!(of(&["TSE.GEN.P1", "TSE.GEN.P2", "TSE.GEN.P3", "TSE.GEN.P4", "TSE.GEN.P5"]).is_none());
    let four = of(&["TSE.GEN.P4", "TSE.NET.P4", "RN.GEN.P4", "CSR.GEN.S2"]).unwrap();
    let names: Vec<_> = four.aspects().map(|aspect| aspect.name()).collect();
    assert_eq!(names.len(), names.iter().collect::<BTreeSet<_>>().len());
    for aspect in four.aspects() {
        assert_eq!(aspect.values().len(), 4, "{aspect:?}");
        assert!(aspect.values().iter().all(|value| !value.is_empty()), "{aspect:?}");
    }
    let shared = |codes: &[&str]| -> Vec<_> {
        of(codes).unwrap().aspects().filter(|aspect| aspect.is_shared()).map(|aspect| aspect.name()).collect()
    };
    assert_eq!(shared(&["TSE.GEN.P4", "TSE.GEN.P5"]), ["function", "focus", "family", "crosswalk"]);
    assert!(shared(&["TSE.GEN.P4", "RN.GEN.P4"]).contains(&"decision rights"));
    // Vice presidents both, but not of the same track.
    let level = of(&["TSE.GEN.M6", "TSE.GEN.E3"]).unwrap().aspects().next().unwrap();
    assert!(level.name() == "level" && !level.is_shared(), "{level:?}");
    assert_eq!(level.values()[0], "M6 Vice President");
}
