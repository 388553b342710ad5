//! What a linter finds in the sources of a taxonomy.

use std::fs;

use titlecanon::{Finding, Severity, lint_dir};

/// The findings in files whose fields are parted by bars: severity, code, place and message.
fn findings(files: &[(&str, &[&str])]) -> Vec<String> {
    let dir = tempfile::tempdir().unwrap();
    for (path, lines) in files {
        let text: String = lines.iter().map(|line| line.replace('|', "\t") + "\n").collect();
        fs::create_dir_all(dir.path().join(path).parent().unwrap()).unwrap();
        fs::write(dir.path().join(path), text).unwrap();
    }
    let told = |finding: &Finding| {
        assert!(finding.severity() == Severity::Error || !finding.advice().is_empty());
        let severity = finding.severity().as_str();
        format!("{severity} {} {}:{} {}", finding.code(), finding.file(), finding.line(), finding.message())
    };
    lint_dir(dir.path()).unwrap().iter().map(told).collect()
}

const FUNCTIONS: (&str, &[&str]) =
    ("functions/it.tsv", &["code|name|tracks|default_level", "SWE|Software Engineer|P M|P3", "OPS|Operator|S|S2"]);

#[test]
fn what_is_hardly_meant_is_told_with_file_and_line() {
    let found = findings(&[
        FUNCTIONS,
        (
            "aliases/it.tsv",
            &[
                "text|function|focus|level|type|confidence",
                "Coder|SWE||||0.95",
                "Hacker|SWE||||0.40",
                "Senior Coder|SWE||P4||0.90",
                "Coder Boss|SWE||M2||0.90",
            ],
        ),
        ("grades.tsv", &["name|kind|support|professional|management|executive", "senior|individual|S3|P4||"]),
        ("cues.tsv", &["text|grade|place|confidence", "Senior|senior|any|0.8"]),
        ("abbreviations.tsv", &["text|expansion", "cdr|coder", "zzz|zoo keeper"]),
        ("soc.tsv", &["code|title", "15-1252|Developers"]),
        ("crosswalk.tsv", &["function|focus|scope|soc", "SWE|*|P|15-1252", "SWE|*|M|15-1252", "OPS|*|S|15-1252"]),
    ]);
    assert_eq!(
        found,
        [
            "warning unused-abbreviation abbreviations.tsv:3 \"zzz\" stands for words that nothing else has",
            "warning low-confidence aliases/it.tsv:3 \"Hacker\" has confidence 0.40, which is hardly a name of the job",
            "warning word-of-level aliases/it.tsv:4 \"Senior Coder\" is \"Coder\" and a word of level",
            "warning only-name functions/it.tsv:3 function OPS has no alias but its name",
        ]
    );
}

#[test]
fn a_role_without_soc_code_is_told_where_there_are_any() {
    let functions: &[&str] = &["code|name", "NIN|Code Ninja"];
    let aliases: &[&str] = &["text|function", "Ninja|NIN"];
    let soc: &[&str] = &["code|title", "15-1252|Developers"];
    assert!(findings(&[("functions.tsv", functions), ("aliases.tsv", aliases)]).is_empty());
    let found = findings(&[("functions.tsv", functions), ("aliases.tsv", aliases), ("soc.tsv", soc)]);
    assert_eq!(found, ["warning no-soc functions.tsv:2 NIN.GEN.P3 has no SOC code"]);
}

#[test]
fn errors_come_with_what_to_do() {
    let found = findings(&[FUNCTIONS, ("aliases.tsv", &["text|function", "Coder|SWE", "coders|SWE", "X|NONE"])]);
    assert_eq!(
        found,
        [
            "error invalid aliases.tsv:3 \"coders\" folds to the same words as aliases.tsv:2",
            "error invalid aliases.tsv:4 no focus NONE.GEN",
        ]
    );
}
