//! `taxonomy families`, `functions`, `focuses` and `roles`.

use super::{Folder, objects, positions, records, run, succeed};

/// The columns of each list, which are a contract.
const LISTS: [(&str, &[&str]); 4] = [
    ("families", &["code", "name", "functions", "roles", "summary"]),
    (
        "functions",
        &[
            "code",
            "name",
            "family",
            "tracks",
            "default_level",
            "focuses",
            "aliases",
            "status",
            "version",
            "confidence",
            "profile",
            "summary",
        ],
    ),
    ("focuses", &["function", "code", "name", "job", "area", "default_level", "aliases"]),
    ("roles", &["code", "title", "level", "function", "focus", "family", "soc", "status", "confidence"]),
];

/// The codes that a list of the harbour gives.
fn codes(own: &str, args: &[&str]) -> Vec<String> {
    let text = succeed(&[&["taxonomy"], args, &["--taxonomy", own, "--format", "jsonl"]].concat(), "");
    let code = |row: &serde_json::Value| row["code"].as_str().unwrap().to_owned();
    objects(&text).iter().map(code).collect()
}

#[test]
fn every_list_holds_all_there_is_in_every_format() {
    let taxonomy = titlecanon::Taxonomy::builtin();
    let counts = [
        taxonomy.families().count(),
        taxonomy.functions().count(),
        taxonomy.focuses().count(),
        taxonomy.roles().count(),
    ];
    for ((list, columns), count) in LISTS.into_iter().zip(counts) {
        let of = |format| succeed(&["taxonomy", list, "--format", format], "");
        let rows = records(&of("csv"), b',');
        assert_eq!(rows[0], columns, "{list}");
        assert_eq!(rows.len(), count + 1, "{list}");
        assert_eq!(records(&of("tsv"), b'\t'), rows, "{list}");
        let text = of("jsonl");
        assert!(positions(text.lines().next().unwrap(), columns).is_sorted(), "{list}");
        assert_eq!(text.lines().count(), count, "{list}");
        let text = of("table");
        assert_eq!(text.lines().count(), count + 1, "{list}");
        assert!(text.lines().all(|line| line.chars().count() <= 120), "{list}");
    }
}

#[test]
fn a_row_says_what_the_taxonomy_says() {
    let folder = Folder::new();
    let own = super::harbour::write(&folder, "own", &[]);
    let csv = |list| records(&succeed(&["taxonomy", list, "--taxonomy", &own, "--format", "csv"], ""), b',');
    assert_eq!(csv("families")[2], ["PILOT", "Pilots", "1", "24", "Guide ships."]);
    let pilot: [&str; 12] =
        ["PILOT", "Harbour Pilot", "PILOT", "P M", "P3", "2", "5", "draft", "1", "0.7", "no", "Guides ships."];
    assert_eq!(csv("functions")[2], pilot);
    assert_eq!(csv("focuses")[3], ["PILOT", "TUG", "Tugs", "Tug Pilot", "Tug Pilotage", "P3", "2"]);
    let roles = csv("roles");
    let role = roles.iter().find(|row| row[0] == "PILOT.GEN.P4").unwrap();
    assert_eq!(role[2..], ["P4", "PILOT", "GEN", "PILOT", "53-5021", "draft", "0.7"]);
    let rows = objects(&succeed(&["taxonomy", "functions", "--taxonomy", &own, "--format", "jsonl"], ""));
    assert_eq!((&rows[1]["tracks"], &rows[1]["profile"]), (&serde_json::json!(["P", "M"]), &false.into()));
    assert_eq!((&rows[1]["focuses"], &rows[1]["confidence"]), (&2.into(), &0.7.into()));
}

#[test]
fn what_has_a_role_that_is_wanted_is_listed() {
    let folder = Folder::new();
    let own = super::harbour::write(&folder, "own", &[]);
    let codes = |args: &[&str]| codes(&own, args);
    assert_eq!(codes(&["families", "--function", "crane"]), ["HBR"]);
    assert_eq!(codes(&["functions", "--family", "pilot"]), ["PILOT"]);
    assert_eq!(codes(&["functions", "--level", "s2"]), ["CRANE"]);
    assert_eq!(codes(&["functions", "--track", "m", "--track", "S"]).len(), 2);
    assert_eq!(codes(&["functions", "--soc", "53-7021"]), ["CRANE"]);
    assert_eq!(codes(&["focuses", "--focus", "gen"]), ["GEN", "GEN"]);
    assert_eq!(codes(&["focuses", "--focus", "pilot.tug"]), ["TUG"]);
    assert_eq!(codes(&["roles", "--focus", "TUG", "--level", "P4", "--level", "M1"]), ["PILOT.TUG.P4", "PILOT.TUG.M1"]);
    assert_eq!(codes(&["roles", "--status", "Draft", "--track", "S"]).len(), 4);
    assert_eq!(codes(&["roles", "--limit", "3"]).len(), 3);
    assert_eq!(codes(&["functions", "--profiles"]), [""; 0]);
    folder.write("own/profiles.tsv", "function\tpart\tlevel\ttext\nCRANE\twho\t*\tWhoever lifts.\n");
    assert_eq!(codes(&["functions", "--profiles"]), ["CRANE"]);
    assert!(succeed(&["taxonomy", "functions", "--profiles", "--format", "csv"], "").contains(",yes,"));
}

#[test]
fn words_are_searched_for_whatever_their_case_accents_and_plurals() {
    let folder = Folder::new();
    let own = super::harbour::write(&folder, "own", &[("Grutiér de Port", "CRANE", "GEN", "S3", "0.90")]);
    let codes = |args: &[&str]| codes(&own, args);
    assert_eq!(codes(&["families", "--search", "SHIPS bring"]), ["HBR"]);
    assert_eq!(codes(&["functions", "--search", "pílots"]), ["PILOT"]);
    assert_eq!(codes(&["functions", "--search", "ilot"]), [""; 0]);
    assert_eq!(codes(&["focuses", "--search", "tug"]), ["TUG"]);
    // All in one alias, and of a role only in one that may be of its level.
    assert_eq!(codes(&["focuses", "--search", "grutier port"]), ["GEN"]);
    assert_eq!(codes(&["focuses", "--search", "grutier driving"]), [""; 0]);
    assert_eq!(codes(&["roles", "--search", "grutier"]), ["CRANE.GEN.S3"]);
    assert_eq!(codes(&["roles", "--search", "pilot.tug.p4"]), ["PILOT.TUG.P4"]);
    let ran = run(&["taxonomy", "roles", "--search", "--"], "");
    assert_eq!(ran.code, 2, "{}", ran.stdout);
    let ran = run(&["taxonomy", "roles", "--search", "?!"], "");
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("no letter or digit"), "{}", ran.stderr);
}

#[test]
fn an_unknown_code_is_2_and_says_what_is_near() {
    let folder = Folder::new();
    let own = super::harbour::write(&folder, "own", &[]);
    let cases: [(&[&str], &[&str]); 8] = [
        (&["families", "--family", "pilots"], &["no family \"pilots\"", "PILOT (Pilots)", "taxonomy families"]),
        (&["roles", "--function", "crain"], &["no function \"crain\"", "CRANE (Crane Driver)"]),
        (&["roles", "--function", "driver"], &["CRANE (Crane Driver)"]),
        (&["focuses", "--focus", "PILOT.TAG"], &["no focus", "PILOT.TUG (Tug Pilot)"]),
        (&["roles", "--soc", "53-7029"], &["no SOC code 53-7029", "53-7021 (Crane Operators)"]),
        (&["roles", "--soc", "crane"], &["\"crane\" is no SOC code"]),
        (&["roles", "--level", "P9"], &["P1-P6"]),
        (&["roles", "--track", "X"], &["S, P, M, E"]),
    ];
    for (args, said) in cases {
        let ran = run(&[&["taxonomy"], args, &["--taxonomy", &own]].concat(), "");
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{args:?}");
        assert!(said.iter().all(|said| ran.stderr.contains(said)), "{args:?}: {}", ran.stderr);
    }
}

#[test]
fn nothing_found_is_said_and_no_failure() {
    for (format, lines) in [("table", 0), ("csv", 1), ("tsv", 1), ("jsonl", 0)] {
        let ran = run(&["taxonomy", "functions", "--search", "zzqqxx", "--format", format], "");
        assert_eq!((ran.code, ran.stdout.lines().count()), (0, lines), "{format}");
        assert!(ran.stderr.contains("nothing found"), "{}", ran.stderr);
    }
    let ran = run(&["taxonomy", "functions", "--limit", "2"], "");
    assert_eq!(ran.stdout.lines().count(), 3);
    assert!(ran.stderr.starts_with("2 of "), "{}", ran.stderr);
    let ran = run(&["taxonomy", "functions", "--limit", "0", "--format", "csv"], "");
    assert_eq!((ran.stdout.lines().count(), ran.stderr.as_str()), (1, ""));
}

#[test]
fn taxonomy_alone_lists_the_families_and_says_how_to_go_on() {
    let ran = run(&["taxonomy"], "");
    assert_eq!(ran.code, 0);
    assert_eq!(ran.stdout, succeed(&["taxonomy", "families"], ""));
    assert!(ran.stderr.contains("taxonomy functions --family"), "{}", ran.stderr);
}
