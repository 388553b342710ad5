//! Blocks: titles that are no job's.

use titlecanon::{EvidenceKind, Normalizer, Taxonomy, Verdict};

/// A taxonomy in which workers are labourers, but student workers are nobody.
fn taxonomy() -> Taxonomy {
    sources(&["Student Worker\tours"]).unwrap()
}

fn sources(blocks: &[&str]) -> Result<Taxonomy, titlecanon::Error> {
    Taxonomy::from_sources([
        (
            "functions.tsv".to_string(),
            "code\tname\nLAB\tWorker\nLIB\tLibrarian\nREC\tStudent Worker Recruiter\n".into(),
        ),
        (
            "aliases.tsv".into(),
            "text\tfunction\nLibrary Student Worker\tLIB\nStudent\tLIB\nLibrary\tLIB\nLabourer\tLAB\n".into(),
        ),
        ("blocks.tsv".into(), format!("text\tsource\n{}\n", blocks.join("\n"))),
        ("qualifiers.tsv".into(), "text\tkind\nRemote\tremote\nTemp\ttemporary\n".into()),
        (
            "grades.tsv".into(),
            "name\tkind\tsupport\tprofessional\tmanagement\texecutive\nsenior\tindividual\t\tP4\t\t\n".into(),
        ),
        ("cues.tsv".into(), "text\tgrade\tplace\tconfidence\nSenior\tsenior\tany\t0.8\n".into()),
        ("abbreviations.tsv".into(), "text\texpansion\nwkr\tworker\n".into()),
    ])
}

#[test]
fn blocked_titles_have_no_answer_and_say_why() {
    let taxonomy = taxonomy();
    for title in [
        "Student Worker",
        "STUDENT WORKERS (Remote)",
        "Senior Student Worker",
        "Temp Student Wkr - $12/hr",
        "Worker, Student",
        "Student Worker (Cafeteria)",
    ] {
        for fuzzy in [true, false] {
            let normalizer = Normalizer::with_taxonomy(&taxonomy).with_fuzzy(fuzzy);
            let answer = normalizer.normalize(title);
            assert_eq!(answer.verdict(), Verdict::NoMatch, "{title}: {answer:?}");
            let blocked = answer.evidence().find(|evidence| evidence.kind() == EvidenceKind::Blocked).expect(title);
            assert_eq!((blocked.text().as_ref(), blocked.source()), ("Student Worker", Some("ours")), "{title}");
            assert!(normalizer.candidates(title, 3).is_empty(), "{title}");
        }
    }
    let why = Normalizer::with_taxonomy(&taxonomy).explain("Student Worker (Remote)").to_string();
    assert!(why.contains("\"Student Worker\" is no job: \"Student Worker\" of ours"), "{why}");
}

#[test]
fn longer_names_and_other_titles_are_stronger_than_a_block() {
    let taxonomy = taxonomy();
    let normalizer = Normalizer::with_taxonomy(&taxonomy);
    for (title, code) in [
        ("Worker", "LAB.GEN.P3"),
        ("Student", "LIB.GEN.P3"),
        ("Library Student Worker", "LIB.GEN.P3"),
        ("Student Worker, Library", "LIB.GEN.P3"),
        ("Student Worker Recruiter", "REC.GEN.P3"),
        ("Student Labourer", "LAB.GEN.P3"),
    ] {
        let answer = normalizer.normalize(title);
        assert_eq!(answer.code().map(|code| code.to_string()).as_deref(), Some(code), "{title}");
    }
}

#[test]
fn a_block_round_trips_and_contradicts_nothing() {
    let taxonomy = taxonomy();
    let again = Taxonomy::from_sources(taxonomy.to_sources()).unwrap();
    assert_eq!(again.to_sources(), taxonomy.to_sources());
    assert!(taxonomy.to_sources().contains(&("blocks.tsv".into(), "text\tsource\nStudent Worker\tours\n".into())));
    for (row, message) in [
        ("Student Wkrs\tours", "blocks.tsv:3: \"Student Wkrs\" folds to the same words as blocks.tsv:2; delete one"),
        ("Labourer\tours", "aliases.tsv:5: \"Labourer\" is blocked at blocks.tsv:3; delete one"),
        ("Worker\tours", "functions.tsv:2: the job \"Worker\" is not an alias of LAB.GEN"),
        ("Chancer\t", "blocks.tsv:3: source is empty"),
    ] {
        let error = sources(&["Student Worker\tours", row]).unwrap_err();
        assert!(error.to_string().contains(message), "{row}: {error}");
    }
}
