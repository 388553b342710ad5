//! Bad sources get every problem at once, each with file, line and what to do.

use titlecanon::{Error, Taxonomy};

/// A small sound taxonomy.
fn sources() -> Vec<(&'static str, String)> {
    let file = |lines: &[&str]| lines.iter().map(|line| line.replace('|', "\t") + "\n").collect::<String>();
    vec![
        ("families.tsv", file(&["code|name|summary", "IT|Information Technology|Computers."])),
        (
            "functions/it.tsv",
            file(&[
                "code|name|tracks|default_level|status|scope|version|confidence|summary|source",
                "TSE|Technical Support Engineer|P M|P3|draft|global|1|0.70|Solves problems.|own",
                "SWE|Software Engineer|P M|P3|draft|global|1|0.70|Writes software.|own",
            ]),
        ),
        (
            "focuses/it.tsv",
            file(&[
                "function|code|name|job|area|default_level",
                "SWE|GEN|General|Software Engineer|Software Engineering|",
                "TSE|GEN|General|Technical Support Engineer|Technical Support|",
            ]),
        ),
        (
            "aliases/it.tsv",
            file(&[
                "text|function|focus|level|type|confidence|approval|source",
                "Software Engineer|SWE|GEN||common|1.00|draft|own",
                "Software Engineering|SWE|GEN||variant|0.90|draft|own",
                "Technical Support|TSE|GEN||variant|0.90|draft|own",
                "Technical Support Engineer|TSE|GEN||common|1.00|draft|own",
            ]),
        ),
        (
            "crosswalk/it.tsv",
            file(&[
                "function|focus|scope|soc|status|source",
                "SWE|*|M|11-3021|draft|own",
                "SWE|*|P|15-1252|draft|own",
                "TSE|*|M|11-3021|draft|own",
                "TSE|*|P|15-1232|draft|own",
            ]),
        ),
        ("soc.tsv", file(&["code|title", "11-3021|Managers", "15-1232|Support", "15-1252|Developers"])),
        ("abbreviations.tsv", file(&["text|expansion|kind|source", "eng|engineer|abbreviation|own"])),
        (
            "grades.tsv",
            file(&["name|kind|support|professional|management|executive|above", "senior|individual||P4|M3||1"]),
        ),
        ("cues.tsv", file(&["text|grade|place|confidence|rank|pattern|language", "Senior|senior|any|0.82|||en"])),
    ]
}

/// The error when one more line stands at the end of a file.
fn with(path: &str, line: &str) -> Error {
    let mut sources = sources();
    match sources.iter_mut().find(|(name, _)| *name == path) {
        Some((_, text)) => text.push_str(&(line.replace('|', "\t") + "\n")),
        None => panic!("no file {path}"),
    }
    Taxonomy::from_sources(sources).expect_err(line)
}

fn expect(path: &str, line: &str, message: &str) {
    let error = with(path, line);
    let lines = sources().iter().find(|(name, _)| *name == path).unwrap().1.lines().count() + 1;
    let found = error.problems().iter().any(|p| p.file() == path && p.line() == lines && p.message().contains(message));
    assert!(found, "{line}: expected \"{message}\" at {path}:{lines}, got\n{error}");
}

#[test]
fn the_small_taxonomy_is_sound() {
    let taxonomy = Taxonomy::from_sources(sources()).unwrap();
    let normalizer = titlecanon::Normalizer::with_taxonomy(&taxonomy);
    assert_eq!(normalizer.normalize("Senior Software Eng").code().unwrap().to_string(), "SWE.GEN.P4");
}

#[test]
fn problems_are_named() {
    let aliases = "aliases/it.tsv";
    expect(
        aliases,
        "software   engineers|SWE|GEN||common|1.00|draft|own",
        "folds to the same words as aliases/it.tsv:2",
    );
    expect(aliases, "Software Eng|TSE|GEN||common|1.00|draft|own", "claimed by another function");
    expect(aliases, "Coder|XYZ|GEN||common|1.00|draft|own", "no focus XYZ.GEN");
    expect(aliases, "Coder|SWE|WEB||common|1.00|draft|own", "no focus SWE.WEB");
    expect(aliases, "Coder|SWE|GEN||common|1.2|draft|own", "not a number from 0 to 1");
    expect(aliases, "Coder|SWE|GEN||common|NaN|draft|own", "not a number from 0 to 1");
    expect(aliases, "Coder|SWE|GEN|S2|common|1.00|draft|own", "on none of the tracks");
    expect(aliases, "Coder|SWE|GEN|X9|common|1.00|draft|own", "is not a level");
    expect(aliases, "Coder|SWE|GEN||nickname|1.00|draft|own", "none of common, abbreviation");
    expect(aliases, "Coder|SWE|GEN||common|1.00|draft|", "source is empty");
    expect(aliases, "Coder|SWE|GEN||common", "5 fields where the header has 8");
    expect(aliases, "Coder |SWE|GEN||common|1.00|draft|own", "white space around");
    expect(aliases, "!!!|SWE|GEN||common|1.00|draft|own", "no letter or digit");
    expect(aliases, "Senior|SWE|GEN||common|1.00|draft|own", "is a cue or qualifier");
    expect(aliases, "", "empty line");
    expect("crosswalk/it.tsv", "SWE|GEN|P|99-9999|draft|own", "SOC code \"99-9999\" does not exist");
    expect("crosswalk/it.tsv", "SWE|GEN|S|15-1252|draft|own", "has no Support track");
    expect("soc.tsv", "151252|Developers", "not a SOC code");
    expect("functions/it.tsv", "tse|Support|P|P3|draft|global|1|0.70|Helps.|own", "capital letters");
    expect("functions/it.tsv", "TSE|Other|P M|P3|draft|global|1|0.70|Helps.|own", "is also at functions/it.tsv:2");
    expect("functions/it.tsv", "ABC|Other|P M|S3|draft|global|1|0.70|Helps.|own", "is on none of the tracks");
    expect("functions/it.tsv", "ABC|Other||P3|draft|global|1|0.70|Helps.|own", "a default level without tracks");
    expect("functions/it.tsv", "ABC|Senior|||draft|global|1|0.70|Helps.|own", "the job \"Senior\" is not an alias");
    expect(
        "functions/it.tsv",
        "ABC|Other|P M|P3|draft|global|1|0.70|Helps.|own",
        "no SOC code for its Professional track",
    );
    expect("functions/it.tsv", "ABC|Coder|P M|P3|draft|global|1|0.70|Helps.|", "source is empty");
    expect(
        "focuses/it.tsv",
        "SWE|WEB|Software Engineer|||",
        "the job \"Software Engineer\" is not an alias of SWE.WEB",
    );
    expect("focuses/it.tsv", "SWE|WEB|Web|Web Developer|Web|", "the job \"Web Developer\" is not an alias");
    expect("cues.tsv", "Sr|elder|any|0.80|||en", "no grade \"elder\"");
    expect("cues.tsv", "Sr|senior|somewhere|0.80|||en", "none of any, before, after, tail");
}

#[test]
fn circles_of_abbreviations_are_found() {
    let error = with("abbreviations.tsv", "a|b|abbreviation|own\nb|a|abbreviation|own");
    assert!(error.to_string().contains("round in a circle"), "{error}");
}

#[test]
fn a_shared_title_needs_an_ambiguity() {
    let mut shared = sources();
    let line = "Software Engineer\tTSE\tGEN\t\tcommon\t0.70\tdraft\town\n";
    shared[3].1.push_str(line);
    assert!(Taxonomy::from_sources(shared.clone()).is_err());
    let ambiguity = "text\tfunction\tfocus\tshare\tsource\nSoftware Engineer\tSWE\tGEN\t0.70\town\nSoftware Engineer\tTSE\tGEN\t0.30\town\n";
    shared.push(("ambiguities.tsv", ambiguity.into()));
    let taxonomy = Taxonomy::from_sources(shared).unwrap();
    let answer = titlecanon::Normalizer::with_taxonomy(&taxonomy).normalize("Software Engineer");
    assert_eq!(answer.verdict(), titlecanon::Verdict::NeedsReview);
    let codes: Vec<_> = answer.candidates().map(|candidate| candidate.role().code().to_string()).collect();
    assert_eq!(codes, ["SWE.GEN.P3", "TSE.GEN.P3"]);
}

#[test]
fn all_problems_come_at_once() {
    let error = with(
        "aliases/it.tsv",
        "Coder|XYZ|GEN||common|1.00|draft|own\nTester|SWE|GEN||common|7|draft|own\nHacker|SWE|GEN|Z1|common|1.00|draft|own",
    );
    assert_eq!(error.problems().len(), 3, "{error}");
    assert!(error.problems().is_sorted());
}

#[test]
fn files_that_are_none_of_a_taxonomys_are_named() {
    let mut more = sources();
    more.push(("notes/todo.tsv", "x\n".into()));
    let error = Taxonomy::from_sources(more).unwrap_err();
    assert!(error.to_string().contains("notes/todo.tsv: not a file of a taxonomy"), "{error}");
    let mut headless = sources();
    headless[3].1 = "Coder\tSWE\n".into();
    let error = Taxonomy::from_sources(headless).unwrap_err();
    assert!(error.to_string().contains("aliases/it.tsv:1: the header must be the columns text, function"), "{error}");
}

#[test]
fn a_folder_without_a_taxonomy_says_so() {
    let error = Taxonomy::from_dir("/nonexistent/taxonomy").unwrap_err();
    assert!(error.to_string().contains("cannot be read"), "{error}");
}
