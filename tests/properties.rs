//! What must hold for any title at all.

use proptest::prelude::*;
use titlecanon::{Confidence, Level, Mnemonic, Normalizer, Resolution, RoleCode, Taxonomy, Verdict, normalize_title};

/// What must hold for any answer.
fn check(title: &str, answer: &Resolution<'_>) {
    let on_boundaries = |range: std::ops::Range<usize>| title.get(range).is_some();
    match answer.verdict() {
        Verdict::NoMatch => assert!(answer.best().is_none()),
        _ => assert!(answer.best().is_some()),
    }
    let mut last = Confidence::ONE;
    for candidate in answer.candidates() {
        assert_eq!(candidate.confidence(), candidate.function_confidence().and(candidate.level_confidence()));
        assert!(candidate.function_confidence() <= last, "candidates are in order");
        last = candidate.function_confidence();
        assert!(on_boundaries(candidate.range()), "{:?}", candidate.range());
        let code = candidate.role().code();
        assert_eq!(answer.taxonomy().role(code).map(|role| role.code()), Some(code), "the role exists");
        assert_eq!(code.to_string().parse::<RoleCode>(), Ok(code));
    }
    for evidence in answer.evidence() {
        assert!(on_boundaries(evidence.range()), "{evidence:?}");
    }
    for qualifier in answer.qualifiers() {
        assert!(on_boundaries(qualifier.range()));
    }
    answer.cleaned(title);
}

/// Titles that look like titles: words of the taxonomy, cues, marks and noise, in any order.
fn title_like() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        prop::sample::select(vec![
            "Senior",
            "Sr.",
            "Engineer",
            "Technical",
            "Support",
            "Manager",
            "of",
            "Sales",
            "VP",
            "II",
            "4",
            "Nurse",
            "RN",
            "Director",
            "Associate",
            "Lead",
            "Head of",
            "Assistant",
            "Remote",
            "(m/f/d)",
            "$20/hr",
            "Data",
            "Software",
            "&",
            "/",
            ",",
            "-",
            "–",
            "(",
            ")",
            "|",
            "JR299",
            "Tech",
            "Rep",
            "Acct",
            "Ops",
            "Engr",
            "Eng",
            "QA",
            "C++",
        ]),
        prop::sample::select(vec!["Enginer", "Suport", "Managr", "zzzz", "é", "\u{202e}", "\u{301}", "中文", "R.N."]),
    ];
    prop::collection::vec(word, 0..12).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_string_has_a_sound_answer(title in ".{0,200}") {
        check(&title, &normalize_title(&title));
    }

    #[test]
    fn any_title_has_a_sound_answer(title in title_like()) {
        check(&title, &normalize_title(&title));
        Normalizer::builtin().explain(&title).to_string();
    }

    #[test]
    fn candidates_are_distinct_and_in_order(title in title_like(), k in 1usize..40) {
        let candidates = Normalizer::builtin().candidates(&title, k);
        prop_assert!(candidates.len() <= k);
        for pair in candidates.windows(2) {
            prop_assert!(pair[0].function_confidence() >= pair[1].function_confidence());
        }
        for (i, candidate) in candidates.iter().enumerate() {
            prop_assert!(candidates[..i].iter().all(|other| other.focus() != candidate.focus()));
        }
    }

    #[test]
    fn case_and_spacing_change_nothing(title in title_like()) {
        // Capitals tell a state's letters from a word, so only titles that are all capitals or all small are compared.
        let spaced = format!("  {}\t", title.replace(' ', "   "));
        let (plain, spaced) = (normalize_title(&title), normalize_title(&spaced));
        prop_assert_eq!(plain.code(), spaced.code());
        prop_assert_eq!(plain.verdict(), spaced.verdict());
    }

    #[test]
    fn a_stricter_threshold_never_makes_an_answer_surer(title in title_like(), confident in 0.0..1.0f64) {
        let loose = Normalizer::builtin().with_thresholds(confident * 0.5, 0.2).normalize(&title).verdict();
        let strict = Normalizer::builtin().with_thresholds(confident, 0.2).normalize(&title).verdict();
        prop_assert!(strict <= loose);
    }

    #[test]
    fn role_codes_round_trip(function in "[A-Z0-9]{1,8}", focus in "[A-Z0-9]{1,8}", level in 0usize..21) {
        let code = RoleCode::new(Mnemonic::new(&function).unwrap(), Mnemonic::new(&focus).unwrap(), Level::ALL[level]);
        prop_assert_eq!(code.to_string().parse::<RoleCode>(), Ok(code));
    }

    #[test]
    fn no_text_breaks_the_code_parser(text in ".{0,40}") {
        if let Ok(code) = text.parse::<RoleCode>() {
            prop_assert_eq!(code.to_string(), text);
        }
    }

    #[test]
    fn no_source_breaks_the_compiler(path in "(aliases|functions|cues|soc)(/x)?\\.tsv", text in "([a-z\t\n]|é){0,80}") {
        // Whatever it says, it says it in an error with a file.
        if let Err(error) = Taxonomy::from_sources([(path, text)]) {
            prop_assert!(!error.problems().is_empty());
        }
    }
}

#[test]
fn strange_strings() {
    let long = "Software Engineer ".repeat(60_000);
    let marks = "\u{301}".repeat(1 << 20);
    let open = "(".repeat(1 << 20);
    for title in
        ["", " ", "\0", "\u{301}", "\u{202e}reenignE", "\u{feff}Engineer", "🚀🚀", &long, &marks, &open, "工程师"]
    {
        check(title, &normalize_title(title));
    }
    assert!(long.len() > 1 << 20);
}
