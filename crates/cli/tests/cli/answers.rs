//! `resolve` and `explain`.

use serde_json::Value;

use super::{COLUMNS, FIELDS, KNOWN, SENIOR, objects, positions, records, run, succeed};

fn known_titles() -> String {
    KNOWN.map(|(title, ..)| format!("{title}\n")).concat()
}

#[test]
fn known_answers_come_out_to_the_digit() {
    let from_stdin = succeed(&["resolve", "--format", "jsonl"], known_titles());
    let titles = KNOWN.map(|(title, ..)| title);
    let from_args = succeed(&[&["resolve", "--format", "jsonl"], titles.as_slice()].concat(), "");
    assert_eq!(from_stdin, from_args);
    let answers = objects(&from_stdin);
    assert_eq!(answers.len(), KNOWN.len());
    for (answer, (title, code, confidence)) in answers.iter().zip(KNOWN) {
        assert_eq!((&answer["title"], &answer["code"]), (&title.into(), &code.into()));
        assert_eq!(answer["confidence"], Value::from(confidence), "{title}");
        assert_eq!(answer["verdict"], "confident");
        assert_eq!(answer["band"], if confidence >= 0.8 { "high" } else { "medium" });
    }
}

#[test]
fn jsonl_fields_are_the_contract() {
    for title in ["Sr. Technical Support Engineer (Remote)", "asdf", ""] {
        let line = succeed(&["resolve", "--format", "jsonl", title], "");
        let answer = objects(&line).remove(0);
        let names = [&["title"], FIELDS.as_slice()].concat();
        assert_eq!(answer.as_object().unwrap().len(), names.len(), "{line}");
        assert!(positions(&line, &names).is_sorted(), "{line}");
        assert_eq!(answer["title"], title);
        assert!(answer["qualifiers"].is_array() && answer["candidates"].is_array());
        if answer["verdict"] == "no_match" {
            for name in &FIELDS[1..13] {
                assert!(answer[name].is_null(), "{name}");
            }
        } else {
            assert_eq!(answer["qualifiers"], serde_json::json!(["remote"]));
            assert!(
                ["role", "function", "focus", "level", "family", "method"].iter().all(|name| answer[name].is_string())
            );
            assert!(["function_confidence", "level_confidence"].iter().all(|name| answer[name].is_number()));
            let candidate = answer["candidates"][0].as_object().unwrap();
            assert_eq!(candidate.len(), 4);
            assert!(["code", "role", "soc", "confidence"].iter().all(|name| candidate.contains_key(*name)));
        }
    }
}

#[test]
fn csv_and_tsv_have_the_same_columns() {
    for (format, delimiter) in [("csv", b','), ("tsv", b'\t')] {
        let title = "Sr. Technical Support Engineer (Remote, Remote), Part-Time";
        let rows = records(&succeed(&["resolve", "--format", format, title, "a,\t\"b", ""], ""), delimiter);
        assert_eq!(rows[0], [&["title"], COLUMNS].concat());
        assert_eq!(rows.len(), 4);
        assert_eq!((&*rows[1][0], &*rows[1][1], &*rows[1][2], &*rows[1][9]), (title, "confident", "TSE.GEN.P4", "0.8"));
        assert_eq!(rows[1][14], "remote;part-time");
        assert_eq!(rows[2][0], "a,\t\"b");
        assert_eq!((&*rows[3][0], &*rows[3][1], &*rows[3][2]), ("", "no_match", ""));
    }
}

#[test]
fn the_table_is_aligned() {
    let text = succeed(&["resolve"], format!("{}asdf\n", known_titles()));
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), KNOWN.len() + 2);
    assert!(lines.iter().all(|line| line.chars().count() <= 120), "{text}");
    let verdict = lines[0].find("VERDICT").unwrap();
    for (nth, line) in lines[1..].iter().enumerate() {
        let cell: String = line.chars().skip(verdict).take_while(|c| !c.is_whitespace()).collect();
        assert_eq!(cell, if nth < KNOWN.len() { "confident" } else { "no_match" }, "{text}");
    }
    let cells = ["Senior Technical Support Engineer ", " TSE.GEN.P4 ", " 0.82 high "];
    assert!(cells.iter().all(|cell| lines[1].contains(cell)), "{text}");
}

#[test]
fn a_table_of_many_titles_has_one_header() {
    let text = succeed(&["resolve"], format!("{SENIOR}\n").repeat(6_000));
    assert_eq!(text.lines().count(), 6_001);
    assert_eq!(text.matches("VERDICT").count(), 1);
}

#[test]
fn every_line_of_standard_input_has_an_answer() {
    let text = succeed(&["resolve", "--format", "jsonl"], format!("\u{feff}{SENIOR}\r\n\r\nasdf"));
    let titles: Vec<_> = objects(&text).into_iter().map(|answer| answer["title"].clone()).collect();
    assert_eq!(titles, [SENIOR, "", "asdf"]);
    assert_eq!(succeed(&["resolve", "--format", "jsonl"], ""), "");
    assert_eq!(succeed(&["resolve", "--format", "csv"], "").lines().count(), 1);
}

#[test]
fn a_title_with_a_line_feed_is_one_title() {
    let answers = objects(&succeed(&["resolve", "--format", "jsonl", "a\nb", "c"], ""));
    assert_eq!((answers.len(), &answers[0]["title"]), (2, &"a\nb".into()));
    assert_eq!(succeed(&["resolve", "a\nb"], "").lines().count(), 2);
}

#[test]
fn explain_says_why() {
    let from_args = succeed(&["explain", "Sr. Technical Support Engineer (Remote)", "asdf"], "");
    for part in ["TSE.GEN.P4", "0.80", "cue", "alias", "remote", "no_match"] {
        assert!(from_args.contains(part), "{part}: {from_args}");
    }
    assert_eq!(from_args, succeed(&["explain"], "Sr. Technical Support Engineer (Remote)\nasdf\n"));
}

#[test]
fn settings_reach_the_engine() {
    let misspelt = "Tehcnical Suport Enginer";
    let method = |args: &[&str]| objects(&succeed(args, ""))[0]["method"].clone();
    assert_eq!(method(&["resolve", "--format", "jsonl", misspelt]), "fuzzy");
    assert_ne!(method(&["resolve", "--no-fuzzy", "--format", "jsonl", misspelt]), "fuzzy");
    assert_ne!(method(&["--no-fuzzy", "resolve", "--format", "jsonl", misspelt]), "fuzzy");
    for count in ["1", "3", "8"] {
        for answer in
            objects(&succeed(&["resolve", "--candidates", count, "--format", "jsonl"], "specialist\nclerk\nit\n"))
        {
            if answer["verdict"] == "needs_review" {
                assert!(answer["candidates"].as_array().unwrap().len() <= count.parse().unwrap());
            }
        }
    }
}

#[test]
fn version_names_program_and_data() {
    let text = succeed(&["--version"], "");
    assert!(text.contains(env!("CARGO_PKG_VERSION")) && text.contains(titlecanon::data_version()), "{text}");
}

#[test]
fn bad_usage_is_2() {
    let usages: [&[&str]; 7] = [
        &[],
        &["frobnicate"],
        &["resolve", "--format", "xml", "x"],
        &["resolve", "--candidates", "0", "x"],
        &["resolve", "--candidates", "9", "x"],
        &["map"],
        &["map", "-", "--threads", "0"],
    ];
    for usage in usages {
        let ran = run(usage, "");
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{usage:?}");
        assert!(ran.stderr.contains("Usage") || ran.stderr.contains("--help"), "{usage:?}: {}", ran.stderr);
    }
}
