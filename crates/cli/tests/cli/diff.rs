//! `diff`: every kind of change, between two taxonomies and between two outputs of `map`.

use serde_json::{Value, json};

use super::{Folder, SENIOR, harbour, run, succeed};

/// The kinds of change in the order that they are told in, each with a title that changes so.
const KINDS: [(&str, &str); 7] = [
    ("role_gained", "Lock Keeper"),
    ("role_lost", "Weigher"),
    ("other_function", "Hoister"),
    ("other_focus", "River Pilot"),
    ("other_level", "Pilot Master"),
    ("verdict_only", "Boxer"),
    ("confidence_only", "Lifter"),
];

/// A folder with two taxonomies, `old` and `new`, and a file of titles.
fn folder() -> Folder {
    let folder = Folder::new();
    harbour::write(
        &folder,
        "old",
        &[
            ("Weigher", "CRANE", "GEN", "", "1.00"),
            ("Hoister", "CRANE", "GEN", "", "1.00"),
            ("River Pilot", "PILOT", "GEN", "", "1.00"),
            ("Boxer", "CRANE", "GEN", "", "0.87"),
            ("Lifter", "CRANE", "GEN", "", "0.90"),
        ],
    );
    harbour::write(
        &folder,
        "new",
        &[
            ("Lock Keeper", "CRANE", "GEN", "", "1.00"),
            ("Hoister", "PILOT", "TUG", "", "1.00"),
            ("River Pilot", "PILOT", "TUG", "", "1.00"),
            ("Pilot Master", "PILOT", "GEN", "M3", "1.00"),
            ("Boxer", "CRANE", "GEN", "", "0.85"),
            ("Lifter", "CRANE", "GEN", "", "0.94"),
        ],
    );
    let titles: Vec<&str> = KINDS.iter().rev().map(|(_, title)| *title).collect();
    folder.write("titles.txt", format!("Harbour Pilot\n{}\nHoister\nasdf\n", titles.join("\n")));
    folder
}

fn diff(folder: &Folder, args: &[&str]) -> (i32, Value) {
    let paths: Vec<String> = args
        .iter()
        .map(|arg| if folder.names().contains(&(*arg).into()) { folder.path(arg) } else { (*arg).into() })
        .collect();
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    let ran = run(&[&["diff", "--no-fuzzy", "--format", "json"], &*paths].concat(), "");
    assert!(ran.code < 2, "{}", ran.stderr);
    (ran.code, serde_json::from_str(&ran.stdout).expect("JSON"))
}

/// Kind and title of each change.
fn kinds(diff: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().expect("a string").to_owned();
    diff["changes"].as_array().expect("changes").iter().map(|c| (text(&c["kind"]), text(&c["title"]))).collect()
}

fn all_kinds() -> Vec<(String, String)> {
    KINDS.iter().map(|&(kind, title)| (kind.into(), title.into())).collect()
}

#[test]
fn every_kind_of_change_between_taxonomies() {
    let folder = folder();
    let (code, diff) = diff(&folder, &["old", "new", "titles.txt"]);
    assert_eq!(code, 1);
    assert_eq!(kinds(&diff), all_kinds());
    assert_eq!((&diff["titles"], &diff["unchanged"], &diff["joined_by"]), (&10.into(), &2.into(), &"order".into()));
    assert_eq!(diff["kinds"]["other_function"], 2);
    assert!(KINDS.iter().all(|(kind, _)| *kind == "other_function" || diff["kinds"][kind] == 1));
    assert!(diff["old"].as_str().unwrap().ends_with("old (harbour 1.2.3)"));
    assert_eq!(
        diff["changes"][2],
        json!({
            "kind": "other_function", "title": "Hoister", "times": 2,
            "old": {"verdict": "confident", "code": "CRANE.GEN.S2", "confidence": 0.5},
            "new": {"verdict": "confident", "code": "PILOT.TUG.P3", "confidence": 0.5},
        })
    );
    assert_eq!(diff["changes"][1]["new"], json!({"verdict": "no_match", "code": null, "confidence": null}));
}

#[test]
fn text_groups_changes_by_kind() {
    let folder = folder();
    let [old, new, titles] = ["old", "new", "titles.txt"].map(|name| folder.path(name));
    let ran = run(&["diff", "--no-fuzzy", &old, &new, &titles], "");
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    for part in [
        "10 titles compared row by row\n2 titles with the same answer\n",
        "other function        2\n",
        "\nOTHER FUNCTION\n\nTITLE    OLD                         NEW                         TIMES\n\
         Hoister  CRANE.GEN.S2 0.5 confident  PILOT.TUG.P3 0.5 confident      2\n",
        "Weigher  CRANE.GEN.S2 0.5 confident  no_match      1\n",
    ] {
        assert!(ran.stdout.contains(part), "{part}: {}", ran.stdout);
    }
}

#[test]
fn no_change_is_exit_code_0() {
    let folder = folder();
    let (code, diff) = diff(&folder, &["old", "old", "titles.txt"]);
    assert_eq!((code, &diff["unchanged"]), (0, &10.into()));
    assert_eq!((kinds(&diff), &diff["only_old"], &diff["only_new"]), (vec![], &json!([]), &json!([])));
    let path = folder.write("one.csv", format!("job\n{SENIOR}\n"));
    let text = succeed(&["diff", "builtin", "builtin", &path, "--title", "job"], "");
    assert!(text.contains("1 title with the same answer"), "{text}");
}

#[test]
fn a_tolerance_takes_changes_of_confidence_away() {
    let folder = folder();
    folder.write("one.txt", "Lifter\n");
    // 0.90 × 0.50 to 0.94 × 0.50
    for (tolerance, code) in [("0", 1), ("0.0199", 1), ("0.02", 0), ("1", 0)] {
        assert_eq!(diff(&folder, &["old", "new", "one.txt", "--tolerance", tolerance]).0, code, "{tolerance}");
    }
    for bad in ["-1", "2", "NaN", "x"] {
        let ran = run(&["diff", "builtin", "builtin", &folder.path("one.txt"), &format!("--tolerance={bad}")], "");
        assert_eq!(ran.code, 2);
        assert!(ran.stderr.contains("not a number from 0 to 1"), "{}", ran.stderr);
    }
}

/// Writes what `map` makes of the titles with each taxonomy, as old.csv and new.jsonl.
fn map(folder: &Folder) {
    let titles = folder.path("titles.txt");
    for (dir, out) in [("old", "old.csv"), ("new", "new.jsonl")] {
        let (dir, out, format) = (folder.path(dir), folder.path(out), out.split_once('.').unwrap().1);
        let args = ["map", &titles, "--taxonomy", &dir, "--no-fuzzy", "--quiet", "--format", format, "-o", &out];
        succeed(&args, "");
    }
}

#[test]
fn outputs_of_map_are_compared_too() {
    let folder = folder();
    map(&folder);
    let (code, of_outputs) = diff(&folder, &["old.csv", "new.jsonl"]);
    assert_eq!(code, 1);
    let of_taxonomies = diff(&folder, &["old", "new", "titles.txt"]).1;
    assert_eq!((&of_outputs["changes"], &of_outputs["kinds"]), (&of_taxonomies["changes"], &of_taxonomies["kinds"]));
    assert_eq!(diff(&folder, &["old.csv", "old.csv"]).0, 0);
}

#[test]
fn rows_in_another_order_are_joined_by_title() {
    let folder = folder();
    map(&folder);
    let text = folder.read("old.csv");
    let mut lines: Vec<&str> = text.lines().collect();
    lines[1..].reverse();
    lines.retain(|line| !line.starts_with("asdf"));
    lines.push("Stowaway,no_match,,,,,,,,,,,,,");
    folder.write("shuffled.csv", lines.join("\n"));
    let (code, diff) = diff(&folder, &["shuffled.csv", "new.jsonl"]);
    assert_eq!((code, &diff["joined_by"], &diff["titles"]), (1, &"title".into(), &9.into()));
    assert_eq!(kinds(&diff), all_kinds());
    assert_eq!((&diff["only_old"], &diff["only_new"]), (&json!(["Stowaway"]), &json!(["asdf"])));
    let ran = run(&["diff", &folder.path("shuffled.csv"), &folder.path("new.jsonl")], "");
    assert!(ran.stdout.contains("by their text, because the rows are not the same"), "{}", ran.stdout);
    assert!(ran.stdout.contains("ONLY IN THE OLD\n\nTITLE\nStowaway\n"), "{}", ran.stdout);
}

#[test]
fn columns_with_a_prefix_are_the_answers() {
    let folder = Folder::new();
    let old = folder.write("old.csv", "title,code\nasdf,1\n");
    for name in ["a.csv", "b.csv"] {
        succeed(&["map", &old, "-c", "title", "--quiet", "-o", &folder.path(name)], "");
    }
    assert_eq!(diff(&folder, &["a.csv", "b.csv"]).0, 0);
}

#[test]
fn what_cannot_be_compared_is_2() {
    let folder = folder();
    map(&folder);
    let bad = folder.write("bad.csv", "title,verdict,code,confidence\na,sure,,\n");
    let code = folder.write("code.csv", "title,verdict,code,confidence\na,confident,TSE,0.5\n");
    let confidence = folder.write("confidence.csv", "title,verdict,code,confidence\na,confident,TSE.GEN.P4,high\n");
    let plain = folder.write("plain.csv", "title\na\n");
    let [old, output, titles] = ["old", "old.csv", "titles.txt"].map(|name| folder.path(name));
    let cases: [(&[&str], &str); 10] = [
        (&[&bad, &bad], "bad.csv:2: \"sure\" is no verdict"),
        (&[&code, &code], "code.csv:2: \"TSE\" is no role code"),
        (&[&confidence, &confidence], "confidence.csv:2: \"high\" is no confidence"),
        (&[&plain, &plain], "plain.csv:1: there is no column \"verdict\""),
        (&[&output, &output, "--title", "job"], "old.csv:1: there is no column \"job\""),
        (&[&old, "builtin"], "name the file of titles"),
        (&[&output, &output, &titles], "leave FILE out"),
        (&["builtin", "none", &titles], "none cannot be read"),
        (&["builtin", "builtin", "none.txt"], "none.txt cannot be read"),
        (&["builtin", "builtin", &titles, "--taxonomy", &old], "leave --taxonomy out"),
    ];
    for (args, part) in cases {
        let ran = run(&[&["diff"], args].concat(), "");
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{args:?}");
        assert!(ran.stderr.contains(part), "{part}: {}", ran.stderr);
    }
}
