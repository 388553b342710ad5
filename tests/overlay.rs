//! Overlays: sources of one's own laid over a taxonomy, in which they win.

use std::time::Instant;

use titlecanon::{Error, EvidenceKind, Normalizer, Resolution, Taxonomy, Verdict, normalize_title};

fn text(lines: &[&str]) -> String {
    lines.iter().map(|line| line.replace('|', "\t") + "\n").collect()
}

/// Files whose fields are parted by bars, laid over the embedded taxonomy.
fn over_builtin(files: &[(&str, &[&str])]) -> Result<Taxonomy, Error> {
    Taxonomy::builtin().overlay(files.iter().map(|(path, lines)| (path.to_string(), text(lines))))
}

fn code(answer: &Resolution<'_>) -> String {
    answer.code().map(|code| code.to_string()).unwrap_or_default()
}

/// One overlay of everything, since each takes the time of a compilation.
#[test]
fn ones_own_rows_win_over_the_embedded_ones() {
    let began = Instant::now();
    let taxonomy = over_builtin(&[
        (
            "aliases.tsv",
            &[
                "text|function|focus|level|type|confidence|approval|source",
                "Ninja|SWE||||||handbook",
                "Associate|RSA||||||handbook",
                "Technical Support Engineer|SWE||||0.90||handbook",
                "Pirate King|PIRATE||M2||||handbook",
            ],
        ),
        ("blocks.tsv", &["text|source", "Student Worker|handbook", "Cashier|handbook"]),
        ("functions.tsv", &["code|name|tracks|default_level", "PIRATE|Pirate|P M|P2", "TSE|Support Hero|P M E|P3"]),
        ("functions/sea.tsv", &["code|name", "SAIL|Ship's Ghost"]),
        ("focuses.tsv", &["function|code|name", "SWE|NIN|Ninjutsu Engineer"]),
        ("abbreviations.tsv", &["text|expansion", "zq|software engineer"]),
        ("cues.tsv", &["text|grade|place|confidence", "Grandmaster|principal|any|0.77"]),
    ])
    .unwrap();
    eprintln!("laid over in {:?}", began.elapsed());
    let normalizer = Normalizer::with_taxonomy(&taxonomy);
    for (title, expected) in [
        ("Ninja", "SWE.GEN.P3"),
        ("Associate", "RSA.GEN"),
        ("Associate Technical Support Engineer", "SWE.GEN.P1"),
        ("Pirate", "PIRATE.GEN.P2"),
        ("Senior Pirate", "PIRATE.GEN.P4"),
        ("Pirate King", "PIRATE.GEN.M2"),
        ("Ship's Ghost", "SAIL.GEN.P3"),
        ("Ninjutsu Engineer", "SWE.NIN.P3"),
        ("ZQ", "SWE.GEN.P3"),
        ("Grandmaster Software Engineer", "SWE.GEN.P6"),
        ("Registered Nurse", "RN"),
    ] {
        let answer = normalizer.normalize(title);
        assert!(code(&answer).starts_with(expected), "{title}: {answer:?}");
    }
    for title in ["Student Worker", "Cashier (part-time)"] {
        assert_eq!(normalizer.normalize(title).verdict(), Verdict::NoMatch, "{title}");
        assert_ne!(normalize_title(title).verdict(), Verdict::NoMatch, "{title}");
    }
    // A title that several jobs share is one's own alone.
    assert_eq!(normalizer.normalize("Associate").candidates().len(), 1);
    assert_eq!(normalizer.normalize("Associate").verdict(), Verdict::Confident);

    let answer = normalizer.normalize("Ninja");
    let alias = answer.best().unwrap().alias().unwrap();
    assert_eq!((alias.source(), alias.is_overlaid()), ("handbook", true));
    let step = answer.evidence().find(|evidence| evidence.kind() == EvidenceKind::Alias).unwrap();
    assert_eq!(step.source(), Some("handbook"));
    let theirs = normalizer.normalize("Registered Nurse").best().unwrap().alias().unwrap();
    assert_eq!((theirs.source(), theirs.is_overlaid()), ("curated", false));

    // What was replaced was replaced whole, and stays in its family.
    let support = taxonomy.function("TSE").unwrap();
    assert_eq!(
        (support.name(), support.family()),
        ("Support Hero", taxonomy.families().find(|f| f.code() == "ITE").unwrap())
    );
    assert_eq!(support.focuses().next().unwrap().job(), "Technical Support Engineer");
    assert_eq!(taxonomy.function("SAIL").unwrap().family().code(), "SEA");
    assert_eq!(taxonomy.function("PIRATE").unwrap().family().name(), "All");
    let overlaid = taxonomy.aliases().filter(|alias| alias.is_overlaid()).count();
    assert_eq!(overlaid, 4 + ["Pirate", "Ship's Ghost", "Ninjutsu Engineer"].len());

    // All else is as it was.
    let golden = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/titles.tsv")).unwrap();
    let titles: Vec<&str> = golden.lines().skip(1).filter_map(|line| line.split('\t').next()).collect();
    let same =
        titles.iter().filter(|title| code(&normalizer.normalize(title)) == code(&normalize_title(title))).count();
    assert!(same as f64 > 0.94 * titles.len() as f64, "{same} of {}", titles.len());
}

/// A small taxonomy to lay over.
fn small() -> Taxonomy {
    Taxonomy::from_sources([
        ("taxonomy.tsv", text(&["name|version|licence", "small|1|ours"])),
        (
            "functions/it.tsv",
            text(&["code|name|tracks|default_level", "SWE|Software Engineer|P M|P3", "OPS|Operator|S|S2"]),
        ),
        ("aliases.tsv", text(&["text|function|focus|level", "Coder|SWE||", "Code Boss|SWE||M2"])),
        ("grades.tsv", text(&["name|kind|support|professional|management|executive", "senior|individual|S3|P4||"])),
        ("cues.tsv", text(&["text|grade|place|confidence", "Senior|senior|any|0.8", "Elder|senior|any|0.6"])),
        ("qualifiers.tsv", text(&["text|kind|place", "Remote|remote|any", "Temp|temporary|any"])),
        ("soc.tsv", text(&["code|title", "15-1252|Developers", "43-9011|Operators"])),
        ("crosswalk.tsv", text(&["function|focus|scope|soc", "SWE|*|P|15-1252", "SWE|*|M|15-1252", "OPS|*|S|43-9011"])),
    ])
    .unwrap()
}

fn over_small(files: &[(&str, &[&str])]) -> Result<Taxonomy, Error> {
    small().overlay(files.iter().map(|(path, lines)| (path.to_string(), text(lines))))
}

#[test]
fn nothing_laid_over_is_the_same_taxonomy() {
    let (small, again) = (small(), over_small(&[]).unwrap());
    assert_eq!(again.to_sources(), small.to_sources());
}

#[test]
fn each_kind_of_row_replaces_its_like() {
    let taxonomy = over_small(&[
        ("taxonomy.tsv", &["name|version|licence", "mine|2|mine"]),
        ("functions/it.tsv", &["code|name|tracks|default_level", "SWE|Programmer|S|S2"]),
        ("cues.tsv", &["text|grade|place|confidence", "senior|senior|before|0.9"]),
        ("qualifiers.tsv", &["text|kind", "remote|temporary"]),
        ("soc.tsv", &["code|title", "43-9011|Machine Minders"]),
        ("crosswalk.tsv", &["function|focus|scope|soc", "SWE|*|S|43-9011"]),
        ("aliases.tsv", &["text|function", "Operator|SWE", "Temp|OPS", "Elder|OPS", "Software Engineer|OPS"]),
    ])
    .unwrap();
    assert_eq!((taxonomy.name(), taxonomy.version()), ("mine", "2"));
    let normalizer = Normalizer::with_taxonomy(&taxonomy);
    // The tracks P and M are gone, and what pinned a level on them with them.
    assert_eq!(code(&normalizer.normalize("Senior Coder")), "SWE.GEN.S3");
    assert_eq!(normalizer.normalize("Senior Coder").level_confidence().unwrap().value(), 0.9);
    assert_eq!(code(&normalizer.normalize("Operator")), "SWE.GEN.S2");
    assert_eq!(code(&normalizer.normalize("Software Engineer")), "OPS.GEN.S2");
    assert_eq!(taxonomy.aliases().filter(|alias| alias.text() == "Code Boss").count(), 0);
    let kinds: Vec<_> =
        normalizer.normalize("Coder (remote)").qualifiers().map(|qualifier| qualifier.kind().as_str()).collect();
    assert_eq!(kinds, ["temporary"]);
    // A word of level or qualifier may be a job besides.
    assert_eq!(code(&normalizer.normalize("Elder")), "OPS.GEN.S2");
    assert_eq!(code(&normalizer.normalize("Temp")), "OPS.GEN.S2");
    assert_eq!(code(&normalizer.normalize("Elder Coder")), "SWE.GEN.S3");
    let role = taxonomy.role("SWE.GEN.S2".parse().unwrap()).unwrap();
    assert_eq!(role.soc().next().unwrap().code().title(), "Machine Minders");
    // The sources that it now has make it again.
    let again = Taxonomy::from_sources(taxonomy.to_sources().into_iter().filter(|(path, _)| path != "soc.tsv"));
    assert!(again.is_err());
}

#[test]
fn an_overlay_on_an_overlay_wins() {
    let first = over_small(&[("aliases.tsv", &["text|function", "Ninja|SWE"])]).unwrap();
    let second = first
        .overlay([(
            "aliases.tsv",
            "text\tfunction\tfocus\tlevel\ttype\tconfidence\tapproval\tsource\nNinja\tOPS\t\t\t\t\t\tlater\n",
        )])
        .unwrap();
    let best = Normalizer::with_taxonomy(&second).normalize("Ninjas").best().unwrap();
    assert_eq!(
        (code(&Normalizer::with_taxonomy(&second).normalize("Ninjas")).as_str(), best.alias().unwrap().source()),
        ("OPS.GEN.S2", "later")
    );
    assert_eq!(second.aliases().filter(|alias| alias.text() == "Ninja").count(), 1);
}

#[test]
fn problems_are_those_of_ones_own_files() {
    let error = over_small(&[
        (
            "aliases/mine.tsv",
            &["text|function|focus|level", "Ninja|NIN||", "Coders|SWE||", "coder|OPS||", "Hacker|OPS||P3", "!!|SWE||"],
        ),
        ("functions/fun.tsv", &["code|name", "FUN|Coder Clown", "bad|Thing"]),
        ("focuses/fun.tsv", &["function|code|name|job", "FUN|X|Xyz|Juggler"]),
        ("blocks.tsv", &["text", "Hacker"]),
        ("abbreviations.tsv", &["text|expansion", "aa|bb", "bb|aa"]),
        ("cues.tsv", &["text|grade|place|confidence", "Guru|wizard|any|0.5"]),
        ("notes.tsv", &["x"]),
    ])
    .unwrap_err();
    let text = error.to_string();
    for expected in [
        "aliases/mine.tsv:2: no focus NIN.GEN",
        "aliases/mine.tsv:4: \"coder\" is claimed by another function or focus at aliases/mine.tsv:3",
        "aliases/mine.tsv:5: level P3 is on none of the tracks of OPS",
        "aliases/mine.tsv:6: \"!!\": no letter or digit in the text",
        "functions/fun.tsv:3: function code \"bad\" is not 1 to 8 capital letters or digits",
        "focuses/fun.tsv:2: the job \"Juggler\" is not an alias of FUN.X",
        "abbreviations.tsv:2: the abbreviations go round in a circle",
        "cues.tsv:2: no grade \"wizard\" in grades.tsv",
        "notes.tsv: not a file of a taxonomy",
    ] {
        assert!(text.contains(expected), "{expected}\nnot in\n{text}");
    }
    let files =
        ["aliases/mine.tsv", "functions/fun.tsv", "focuses/fun.tsv", "abbreviations.tsv", "cues.tsv", "notes.tsv"];
    assert!(error.problems().iter().all(|problem| files.contains(&problem.file())), "{text}");
}
