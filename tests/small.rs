//! Small taxonomies: what sources need not say, and what is taken for it.

use titlecanon::{EvidenceKind, Normalizer, Resolution, Taxonomy};

/// A taxonomy of files whose fields are parted by bars.
fn taxonomy(files: &[(&str, &[&str])]) -> Taxonomy {
    let files = files.iter().map(|(path, lines)| {
        let text: String = lines.iter().map(|line| line.replace('|', "\t") + "\n").collect();
        (path.to_string(), text)
    });
    Taxonomy::from_sources(files).unwrap()
}

fn code(answer: &Resolution<'_>) -> String {
    answer.code().map(|code| code.to_string()).unwrap_or_default()
}

#[test]
fn codes_and_names_are_enough() {
    let taxonomy = taxonomy(&[("functions.tsv", &["code|name", "NIN|Code Ninja", "PIR|Pirate"])]);
    let normalizer = Normalizer::with_taxonomy(&taxonomy);
    let answer = normalizer.normalize("code ninjas");
    assert_eq!(code(&answer), "NIN.GEN.P3");
    let best = answer.best().unwrap();
    assert_eq!((best.function_confidence().value(), best.level_confidence().value()), (1.0, 1.0));
    assert_eq!(best.role().title(), "Code Ninja");
    assert_eq!((best.family().code(), best.family().name()), ("ALL", "All"));
    assert_eq!(answer.evidence().last().unwrap().kind(), EvidenceKind::OnlyLevel);
    assert!(normalizer.explain("Pirate").to_string().contains("P3, as the function has no ladder, 1.00"));
    let alias = best.alias().unwrap();
    assert_eq!((alias.text().as_ref(), alias.source()), ("Code Ninja", "own"));
    // One role for each function, and no track.
    assert_eq!(taxonomy.roles().count(), 2);
    assert!(taxonomy.functions().all(|function| function.tracks().next().is_none()));
    assert!(taxonomy.role("NIN.GEN.P3".parse().unwrap()).is_some());
    assert!(taxonomy.role("NIN.GEN.P4".parse().unwrap()).is_none());
}

#[test]
fn words_of_level_do_not_move_a_function_without_a_ladder() {
    let files: &[(&str, &[&str])] = &[
        ("functions/fun.tsv", &["code|name|tracks|default_level", "NIN|Code Ninja||", "ENG|Engineer|P|P3"]),
        ("grades.tsv", &["name|kind|support|professional|management|executive", "senior|individual||P4||"]),
        ("cues.tsv", &["text|grade|place|confidence", "Senior|senior|any|0.8"]),
    ];
    let taxonomy = taxonomy(files);
    let normalizer = Normalizer::with_taxonomy(&taxonomy);
    let answer = normalizer.normalize("Senior Code Ninja");
    assert_eq!((code(&answer).as_str(), answer.level_confidence().unwrap().value()), ("NIN.GEN.P3", 1.0));
    assert_eq!(code(&normalizer.normalize("Senior Engineer")), "ENG.GEN.P4");
    assert_eq!(answer.best().unwrap().family().code(), "FUN");
}

#[test]
fn focuses_and_aliases_say_what_they_have_to() {
    let taxonomy = taxonomy(&[
        ("families.tsv", &["code|name", "KIT|Kitchens"]),
        ("functions.tsv", &["code|name", "COOK|Cook", "DISH|Dishwasher"]),
        ("focuses.tsv", &["function|code|name", "COOK|GRI|Grill Cook"]),
        ("aliases.tsv", &["text|function|focus", "Chef de Partie|COOK|", "Griller|COOK|GRI", "Dishwasher|DISH|GEN"]),
    ]);
    let normalizer = Normalizer::with_taxonomy(&taxonomy);
    for (title, expected) in [
        ("Cook", "COOK.GEN.P3"),
        ("Grill Cook", "COOK.GRI.P3"),
        ("Griller", "COOK.GRI.P3"),
        ("chef de partie", "COOK.GEN.P3"),
        ("Dishwashers", "DISH.GEN.P3"),
    ] {
        assert_eq!(code(&normalizer.normalize(title)), expected, "{title}");
    }
    assert!(taxonomy.families().map(|family| family.code()).eq(["KIT"]));
    // The name was an alias already.
    let dishwasher = taxonomy.function("DISH").unwrap().focuses().next().unwrap();
    assert_eq!(dishwasher.aliases().count(), 1);
}

#[test]
fn an_export_says_in_full_what_was_implied() {
    let small = taxonomy(&[
        ("functions/b.tsv", &["code|name|tracks|default_level", "ENG|Engineer|P|P3"]),
        ("functions/a.tsv", &["code|name", "NIN|Code Ninja"]),
        ("soc.tsv", &["code|title", "15-1252|Developers"]),
        ("crosswalk.tsv", &["function|focus|scope|soc", "ENG|*|P|15-1252", "NIN||P3|15-1252"]),
    ]);
    let again = Taxonomy::from_sources(small.to_sources()).unwrap();
    assert_eq!(again.to_sources(), small.to_sources());
    let ninja = again.role("NIN.GEN.P3".parse().unwrap()).unwrap();
    assert_eq!(ninja.soc().next().unwrap().code().code(), "15-1252");
    assert!(again.focuses().map(|focus| focus.job()).eq(["Code Ninja", "Engineer"]));
}

#[test]
fn publishers_ids_are_kept() {
    let taxonomy = taxonomy(&[
        (
            "functions.tsv",
            &[
                "code|name|tracks|default_level|status|scope|version|confidence|summary|source|external_id",
                "NIN|Code Ninja||||||||esco|http://data.europa.eu/esco/occupation/1",
                "ENG|Engineer|P|P3||||||esco|",
            ],
        ),
        (
            "focuses.tsv",
            &[
                "function|code|name|job|area|default_level|external_id",
                "NIN|WEB|Web Ninja||||web-7",
                "ENG|OPS|Ops||||o",
            ],
        ),
    ]);
    assert!(taxonomy.has_external_ids() && !Taxonomy::builtin().has_external_ids());
    let id = |code: &str| taxonomy.role(code.parse().unwrap()).unwrap().external_id();
    assert_eq!(id("NIN.GEN.P3"), Some("http://data.europa.eu/esco/occupation/1"));
    assert_eq!(id("NIN.WEB.P3"), Some("web-7"));
    assert_eq!(id("ENG.GEN.P4"), None);
    assert_eq!(id("ENG.OPS.P4"), Some("o"));
    assert_eq!(taxonomy.function("ENG").unwrap().external_id(), None);
    let again = Taxonomy::from_sources(taxonomy.to_sources()).unwrap();
    assert_eq!(again.function("NIN").unwrap().external_id(), taxonomy.function("NIN").unwrap().external_id());
    let long = format!(
        "code\tname\ttracks\tdefault_level\tstatus\tscope\tversion\tconfidence\tsummary\tsource\texternal_id\nA\tB\t\t\t\t\t\t\t\town\t{}\n",
        "x".repeat(256)
    );
    let error = Taxonomy::from_sources([("functions.tsv", long)]).unwrap_err();
    assert_eq!(error.to_string(), "functions.tsv:2: external_id is longer than 255 bytes");
}

#[cfg(feature = "serde")]
#[test]
fn publishers_ids_are_in_answers_of_a_taxonomy_that_has_any() {
    let header = "code|name|tracks|default_level|status|scope|version|confidence|summary|source|external_id";
    let own = taxonomy(&[("functions.tsv", &[header, "NIN|Code Ninja||||||||own|n-1"])]);
    let json = |answer: Resolution<'_>| serde_json::to_value(answer).unwrap();
    let answer = json(Normalizer::with_taxonomy(&own).normalize("Code Ninja"));
    assert_eq!((&answer["external_id"], &answer["candidates"][0]["external_id"]), (&"n-1".into(), &"n-1".into()));
    let answer = json(titlecanon::normalize_title("Software Engineer"));
    assert!(answer.get("external_id").is_none());
}

#[test]
fn a_level_needs_a_ladder() {
    let files = [
        ("functions.tsv", "code\tname\nNIN\tCode Ninja\n"),
        ("aliases.tsv", "text\tfunction\tfocus\tlevel\nGuru\tNIN\t\tP5\n"),
    ];
    let error = Taxonomy::from_sources(files).unwrap_err();
    assert_eq!(error.to_string(), "aliases.tsv:2: level P5 is on none of the tracks of NIN");
}

mod round_trips {
    use proptest::prelude::*;
    use titlecanon::Taxonomy;

    const WORDS: [&str; 12] =
        ["Ship", "crane", "DOCK", "Pilot", "drivers", "Senior", "of", "Tug", "Boss", "R&D", "Étage", "hand"];

    fn phrase() -> impl Strategy<Value = String> {
        proptest::collection::vec(0..WORDS.len(), 1..5)
            .prop_map(|words| words.into_iter().map(|at| WORDS[at]).collect::<Vec<_>>().join(" "))
    }

    proptest! {
        /// Whatever compiles is exported as sources of the same taxonomy, which in this order always compile to the same bytes;
        /// and is read from its bytes as it was.
        #[test]
        fn what_compiles_is_exported_and_packed_whole(
            names in proptest::collection::vec((phrase(), 0..3_usize), 1..5),
            aliases in proptest::collection::vec((phrase(), 0..5_usize, 50..=100_u32), 0..12),
            blocks in proptest::collection::vec(phrase(), 0..3),
            abbreviations in proptest::collection::btree_map("[a-z]{2,3}", 0..WORDS.len(), 0..3),
        ) {
            let ladder = ["\t", "P M\tP3", "S\tS2"];
            let functions: String =
                names.iter().enumerate().map(|(n, (name, l))| format!("F{n}\t{name}\t{}\n", ladder[*l])).collect();
            let aliases: String = aliases
                .iter()
                .map(|(text, n, sure)| format!("{text}\tF{}\t\t\t\t{}.{:02}\n", n % names.len(), sure / 100, sure % 100))
                .collect();
            let blocks: String = blocks.iter().map(|text| format!("{text}\n")).collect();
            let abbreviations: String =
                abbreviations.iter().map(|(text, word)| format!("{text}\t{}\n", WORDS[*word])).collect();
            let compiled = Taxonomy::from_sources([
                ("functions/a.tsv", format!("code\tname\ttracks\tdefault_level\n{functions}")),
                ("aliases.tsv", format!("text\tfunction\tfocus\tlevel\ttype\tconfidence\n{aliases}")),
                ("blocks.tsv", format!("text\n{blocks}")),
                ("abbreviations.tsv", format!("text\texpansion\n{abbreviations}")),
                ("qualifiers.tsv", "text\tkind\nof\tconnector\n".into()),
            ]);
            // Most drawings contradict themselves.
            if let Ok(taxonomy) = compiled {
                let again = Taxonomy::from_sources(taxonomy.to_sources()).unwrap();
                prop_assert_eq!(again.to_sources(), taxonomy.to_sources());
                prop_assert_eq!(Taxonomy::from_sources(again.to_sources()).unwrap().to_bytes(), again.to_bytes());
                let read = Taxonomy::from_bytes(taxonomy.to_bytes()).unwrap();
                prop_assert_eq!(read.to_sources(), taxonomy.to_sources());
            }
        }
    }
}

#[test]
fn notes_behind_aliases_are_kept_in_order_and_read_by_nothing() {
    let header = "text|function|focus|level|type|confidence|approval|source|count|verdict|candidates";
    let notes = [
        "Ninja|NIN|||variant|0.90|draft|staff.csv|12|no_match|PIR.GEN=0.20;NIN.GEN=0.10",
        "Hacker|NIN|||variant|0.90|draft|staff.csv|||",
    ];
    let functions: &[&str] = &["code|name", "NIN|Code Ninja", "PIR|Pirate"];
    let noted = taxonomy(&[("functions.tsv", functions), ("aliases.tsv", &[header, notes[0], notes[1]])]);
    assert_eq!(code(&Normalizer::with_taxonomy(&noted).normalize("Ninja")), "NIN.GEN.P3");
    let plain = notes.map(|row| row.split('|').take(8).collect::<Vec<_>>().join("|"));
    let header_of_8 = header.split('|').take(8).collect::<Vec<_>>().join("|");
    let plain = taxonomy(&[("functions.tsv", functions), ("aliases.tsv", &[&header_of_8, &plain[0], &plain[1]])]);
    assert_eq!(noted.to_bytes(), plain.to_bytes());
    assert!(noted.to_sources().iter().all(|(_, text)| !text.contains("candidates")));

    let text = |rows: [&str; 2]| format!("{header}\n{}\n{}\n", rows[0], rows[1]).replace('|', "\t");
    let canonical = titlecanon::canonical_source("aliases.tsv", &text(notes)).unwrap();
    assert_eq!(canonical, text([notes[1], notes[0]]));
    let more = text(notes).replacen("candidates", "candidates\tmore", 1);
    let error = titlecanon::canonical_source("aliases.tsv", &more).unwrap_err();
    assert!(error.to_string().contains("the header must be the columns text"), "{error}");
}
