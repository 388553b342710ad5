//! The answers that stand in the design and must come out to the digit, and the titles that a role lists.

use titlecanon::{AliasType, Band, Level, Taxonomy, Verdict, normalize_title};

const KNOWN: [(&str, Level, f64, Band); 9] = [
    ("Senior Technical Support Engineer", Level::P4, 0.82, Band::High),
    ("Sr. Technical Support Engineer", Level::P4, 0.80, Band::High),
    ("Technical Support Engineer IV", Level::P4, 0.70, Band::Medium),
    ("Technical Support Engineer 4", Level::P4, 0.66, Band::Medium),
    ("Technical Support Engineer I", Level::P1, 0.70, Band::Medium),
    ("Technical Support Engineer 1", Level::P1, 0.66, Band::Medium),
    ("Entry-Level Technical Support Engineer", Level::P1, 0.70, Band::Medium),
    ("Junior Technical Support Engineer", Level::P1, 0.68, Band::Medium),
    ("Associate Technical Support Engineer", Level::P1, 0.60, Band::Medium),
];

#[test]
fn known_titles() {
    for (title, level, confidence, band) in KNOWN {
        let answer = normalize_title(title);
        assert_eq!(answer.verdict(), Verdict::Confident, "{title}");
        let best = answer.best().unwrap();
        assert_eq!(best.role().code().to_string(), format!("TSE.GEN.{level}"), "{title}");
        assert_eq!(best.confidence().value(), confidence, "{title}");
        assert_eq!(best.band(), band, "{title}");
        assert_eq!(best.alias_type(), Some(AliasType::Common), "{title}");
    }
}

#[test]
fn roles_list_the_known_titles_first() {
    for level in [Level::P4, Level::P1] {
        let role = Taxonomy::builtin().role(format!("TSE.GEN.{level}").parse().unwrap()).unwrap();
        let expected: Vec<_> = KNOWN.iter().filter(|known| known.1 == level).collect();
        let listed: Vec<_> = role.aliases().collect();
        assert!(listed.len() > expected.len(), "{level}");
        for (alias, (text, _, confidence, band)) in listed.iter().zip(expected) {
            assert_eq!(alias.text(), *text);
            assert_eq!(alias.confidence().value(), *confidence, "{text}");
            assert_eq!(alias.band(), *band, "{text}");
            assert_eq!(alias.alias_type(), AliasType::Common, "{text}");
        }
    }
}

/// What a role lists must lead to it: the text resolves to the role's function and focus, and to its level.
#[test]
fn listed_titles_resolve_to_their_role() {
    let taxonomy = Taxonomy::builtin();
    for level in ["TSE.GEN.P1", "TSE.GEN.P3", "TSE.GEN.P4", "TSE.GEN.M2", "TSE.GEN.M4"] {
        let role = taxonomy.role(level.parse().unwrap()).unwrap();
        for alias in role.aliases() {
            let answer = normalize_title(&alias.text());
            assert_eq!(answer.code(), Some(role.code()), "{}", alias.text());
        }
    }
}
