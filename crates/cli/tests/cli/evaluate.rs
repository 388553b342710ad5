//! `evaluate`: figures that were worked out by hand, for a taxonomy small enough for that.

use serde_json::{Value, json};

use super::{Folder, harbour, objects, run, succeed, tags};

/// Labelled titles. By the taxonomy `harbour`: Harbour Pilot is PILOT.GEN.P3 at 1.00 and a 53-5021, Crane Driver is
/// CRANE.GEN.S2 at 0.90 and a 53-7021, Dock Hand is under review with the latter at 0.60 before the former.
const TITLES: &str = "\
title,soc,weight,level,rank,place
Harbour Pilot,53-5021,2,P3,Crew,Water
Crane Driver,53-7021|11-1011,1,S1|S2,Crew,Land
Crane Driver,53-5021.00,1,S1,Hand,Water
Dock Hand,53-7021,2,S2,Hand,Land
Dock Hand,53-5021,1,P3,Boss,Water
Dock Hand,11-1011,1,P3,Crew,Water
asdf,53-5021,2,P3,Rest,Air
asdf,,5,,,
";

/// Labels in levels that overlap, and one for all else.
const RANKS: &str = "label\tlevels\nBoss\tM1|M2|P3\nCrew\tP3|S2\nHand\tS1|S2\nRest\t*\n";

const PLACES: &str = "code,label\nfamily:PILOT,Air\nPILOT.GEN,Water\nHBR,Land\n-,Space\n";

/// A folder with the taxonomy, the titles and the tables.
fn folder() -> Folder {
    let folder = Folder::new();
    harbour::write(&folder, "own", &[]);
    folder.write("titles.csv", TITLES);
    folder.write("ranks.tsv", RANKS);
    folder.write("places.csv", PLACES);
    folder
}

/// Evaluates the titles with some arguments; names of files are made paths.
fn evaluate(folder: &Folder, args: &[&str]) -> super::Ran {
    let paths: Vec<String> = args
        .iter()
        .map(|arg| if arg.contains('.') || *arg == "own" { folder.path(arg) } else { (*arg).into() })
        .collect();
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    let usual = ["evaluate", "--title", "title", "--no-fuzzy"];
    run(&[&usual[..], &["--taxonomy", &folder.path("own")], &paths].concat(), "")
}

fn figures(folder: &Folder, args: &[&str]) -> Value {
    let ran = evaluate(folder, &[&["titles.csv", "--format", "json"], args].concat());
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    serde_json::from_str(&ran.stdout).expect("JSON")
}

/// The bins that are not empty, as lower bound, weight, confidence and share that is right.
fn bins(figures: &Value) -> Vec<Value> {
    let bins = figures["calibration"].as_array().expect("bins");
    assert_eq!(bins.len(), 10);
    let used = bins.iter().filter(|bin| bin["weight"] != 0);
    used.map(|bin| json!([bin["from"], bin["weight"], bin["confidence"], bin["right"]])).collect()
}

#[test]
fn soc_figures_are_those_worked_out_by_hand() {
    let figures = figures(&folder(), &["--soc", "soc", "--weight", "weight"]);
    assert_eq!(figures["file"], "titles.csv");
    assert_eq!(figures["taxonomy"], json!({"name": "harbour", "version": "1.2.3"}));
    assert_eq!((&figures["rows"], &figures["weight"]), (&8.into(), &15.into()));
    assert_eq!((&figures["level"], &figures["group"]), (&Value::Null, &Value::Null));
    let soc = &figures["soc"];
    for (name, value) in [
        ("rows", json!(7)),
        ("skipped", json!(1)),
        ("weight", json!(10)),
        ("answered", json!(0.8)),
        ("confident", json!(0.4)),
        ("needs_review", json!(0.4)),
        ("no_match", json!(0.2)),
        // Dock Hand is no 11-1011, which the taxonomy does not know.
        ("unlisted", json!(1)),
        ("right", json!({"2": 0.7, "3": 0.5, "5": 0.5, "6": 0.5})),
        ("confident_right", json!({"2": 1.0, "3": 0.75, "5": 0.75, "6": 0.75})),
        ("top_5", json!(0.6)),
        ("top_5_needs_review", json!(0.75)),
        // (4 × |0.95 - 0.75| + 4 × |0.60 - 0.50|) / 8
        ("calibration_error", json!(0.15)),
    ] {
        assert_eq!(soc[name], value, "{name}");
    }
    assert_eq!(bins(soc), [json!([0.6, 4, 0.6, 0.5]), json!([0.9, 4, 0.95, 0.75])]);
    let mates = json!({
        "label": "53-5021", "label_title": "Captains & \"Mates\"",
        "answer": "53-7021", "answer_title": "Crane Operators",
        "digits": 2, "weight": 2, "share": 0.2
    });
    let unknown = json!({
        "label": "11-1011", "label_title": null, "answer": "53-7021", "answer_title": "Crane Operators",
        "digits": 0, "weight": 1, "share": 0.1
    });
    assert_eq!(soc["confusions_at_6"], json!([mates, unknown]));
    assert_eq!(
        soc["confusions_at_3"],
        json!([
            {"label": "53-5", "answer": "53-7", "weight": 2, "share": 0.2, "mostly": mates},
            {"label": "11-1", "answer": "53-7", "weight": 1, "share": 0.1, "mostly": unknown},
        ])
    );
    assert_eq!(figures["unresolved"], json!([{"title": "asdf", "weight": 7}]));
    assert_eq!(figures["unresolved_others"], 0);
}

#[test]
fn rows_weigh_the_same_unless_said() {
    let figures = figures(&folder(), &["--soc", "soc"]);
    assert_eq!(figures["soc"]["right"]["6"], 0.428571);
    assert_eq!(figures["unresolved"], json!([{"title": "asdf", "weight": 2}]));
}

#[test]
fn levels_are_right_where_the_label_has_them() {
    let figures = figures(&folder(), &["--level", "level", "--weight", "weight"]);
    let level = &figures["level"];
    // Harbour Pilot 2, the first Crane Driver 1, the first Dock Hand 2.
    assert_eq!((&level["right"], &level["answered_right"]), (&json!(0.5), &json!(0.625)));
    assert_eq!((&level["right_without_answer"], &level["skipped"]), (&json!(0.0), &json!(1)));
    assert_eq!(
        level["confusion"],
        json!({
            "labels": ["S1", "S2", "P3", "S1|S2"],
            "answers": ["S2", "P3", null],
            "weights": [[1, 0, 0], [2, 0, 0], [2, 2, 2], [1, 0, 0]],
        })
    );
    assert_eq!(bins(level), [json!([0.5, 8, 0.5, 0.625])]);
    assert_eq!(level["calibration_error"], 0.125);
}

#[test]
fn labels_of_ones_own_are_read_from_a_table() {
    let figures = figures(&folder(), &["--level", "rank", "--levels", "ranks.tsv", "--weight", "weight"]);
    let level = &figures["level"];
    // Without an answer asdf is right, because its label is that for all else. The Dock Hand of the label Boss is an S2,
    // which is first among those of Crew.
    assert_eq!(level["right"], 0.9);
    assert_eq!((&level["answered_right"], &level["right_without_answer"]), (&json!(0.875), &json!(0.2)));
    assert_eq!(
        level["confusion"],
        json!({
            "labels": ["Boss", "Crew", "Hand", "Rest"],
            "answers": ["Crew", "Hand", null],
            "weights": [[1, 0, 0], [4, 0, 0], [0, 3, 0], [0, 0, 2]],
        })
    );
}

#[test]
fn groups_are_told_by_the_narrowest_code() {
    let folder = folder();
    let args = ["--group", "place", "--groups", "places.csv", "--weight", "weight"];
    let group = &figures(&folder, &args)["group"];
    // Harbour Pilot 2, the first Crane Driver 1, the first Dock Hand 2. There is no group for all else.
    assert_eq!((&group["right"], &group["answered_right"]), (&json!(0.5), &json!(0.625)));
    assert_eq!(
        group["confusion"],
        json!({
            "labels": ["Air", "Water", "Land"],
            "answers": ["Water", "Land", null],
            "weights": [[0, 0, 2], [2, 3, 0], [0, 3, 0]],
        })
    );
    folder.write("places.csv", "code,label\nPILOT.GEN,Water\nfunction:CRANE,Land\n*,Air\n");
    let group = &figures(&folder, &args)["group"];
    assert_eq!((&group["right"], &group["right_without_answer"]), (&json!(0.7), &json!(0.2)));
    // A family that no line names is told by its code.
    folder.write("places.csv", "code,label\nPILOT.GEN,Water\n-,Land\n-,Air\n");
    let answers = figures(&folder, &args)["group"]["confusion"]["answers"].clone();
    assert_eq!(answers, json!(["Water", "HBR", null]));
}

#[test]
fn other_formats_are_read() {
    let folder = folder();
    let rows: Vec<&str> = TITLES.lines().skip(1).collect();
    let mut lines = String::new();
    for row in rows {
        let cells: Vec<&str> = row.split(',').collect();
        let soc = if cells[1].is_empty() { Value::Null } else { cells[1].into() };
        lines += &format!("{}\n", json!({"title": cells[0], "soc": soc, "weight": cells[2].parse::<u32>().unwrap()}));
    }
    folder.write("titles.jsonl", lines);
    let ran = evaluate(&folder, &["titles.jsonl", "--soc", "soc", "--weight", "weight", "--format", "json"]);
    let mut figures: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(figures["file"], "titles.jsonl");
    figures["file"] = "titles.csv".into();
    assert_eq!(figures, self::figures(&folder, &["--soc", "soc", "--weight", "weight"]));
    let ran = run(
        &["evaluate", "-", "--title", "t", "--level", "l", "--format", "json"],
        "t,l\nSenior Technical Support Engineer,P4\n",
    );
    assert_eq!(objects(&ran.stdout.replace('\n', ""))[0]["level"]["right"], 1.0, "{}", ran.stderr);
}

#[test]
fn text_has_every_table() {
    let folder = folder();
    let args = [
        "titles.csv",
        "--soc",
        "soc",
        "--level",
        "rank",
        "--levels",
        "ranks.tsv",
        "--group",
        "place",
        "--groups",
        "places.csv",
        "--weight",
        "weight",
    ];
    let text = evaluate(&folder, &args).stdout;
    for part in [
        "8 rows that weigh 15: answered 0.533",
        "7 rows that weigh 10 (1 more without a label): answered 0.800",
        "all rows           0.700     0.500     0.500     0.500",
        "expected error 0.150",
        "53-5021 Captains & \"Mates\"  53-7021 Crane Operators            2       2  0.200",
        "LABEL  CREW  HAND  NO ANSWER",
        "LABEL  WATER  LAND  NO ANSWER",
        "asdf        7",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(text.lines().all(|line| line.trim_end() == line && line.chars().count() <= 120), "{text}");
}

#[test]
fn html_is_well_formed_and_needs_nothing_else() {
    let folder = folder();
    folder.write("titles.csv", format!("{TITLES}<b>&\"x'\u{1}</b>,53-5021,1,P3,Crew,Air\n"));
    let args = [
        "titles.csv",
        "--soc",
        "soc",
        "--level",
        "rank",
        "--levels",
        "ranks.tsv",
        "--group",
        "place",
        "--groups",
        "places.csv",
        "--format",
        "html",
        "-o",
        "report.html",
    ];
    let ran = evaluate(&folder, &args);
    assert_eq!((ran.code, ran.stdout.as_str()), (0, ""), "{}", ran.stderr);
    let html = folder.read("report.html");
    let tags = tags(&html);
    let count = |name: &str| tags.iter().filter(|tag| *tag == name).count();
    assert_eq!((count("svg"), count("desc"), count("figcaption"), count("h1"), count("h2")), (3, 3, 3, 1, 4));
    assert_eq!(count("table"), count("caption"));
    assert_eq!(count("b"), 0);
    for part in ["<title>Evaluation of titles.csv</title>", "role=\"img\""] {
        assert!(html.contains(part), "{part}");
    }
    assert!(html.contains("&lt;b&gt;&amp;&quot;x&#39;\u{fffd}&lt;/b&gt;"));
}

/// Evaluates a file of this content, which must fail with a message that begins with its name and `place`.
#[track_caller]
fn refuse(content: &str, args: &[&str], place: &str, parts: &[&str]) {
    let folder = folder();
    let path = folder.write("titles.csv", content);
    refuse_in(&folder, &path, args, place, parts);
}

#[track_caller]
fn refuse_in(folder: &Folder, path: &str, args: &[&str], place: &str, parts: &[&str]) {
    let ran = evaluate(folder, &[&["titles.csv", "-o", "out.txt"], args].concat());
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{}", ran.stderr);
    assert!(ran.stderr.starts_with(&format!("error: {path}{place}")), "{}", ran.stderr);
    assert_eq!(ran.stderr.lines().count(), 1, "{}", ran.stderr);
    for part in parts {
        assert!(ran.stderr.contains(part), "{part}: {}", ran.stderr);
    }
    assert!(!folder.names().contains(&"out.txt".into()));
}

#[test]
fn mistakes_in_the_file_are_told_with_line() {
    let there = "the columns are \"title\", \"soc\", \"weight\", \"level\", \"rank\", \"place\".";
    refuse(TITLES, &["--soc", "socs"], ":1: ", &["no column \"socs\"", there, "Did you mean \"soc\"?"]);
    refuse(TITLES, &["--soc", "soc", "--weight", "wieght"], ":1: ", &["Did you mean \"weight\"?"]);
    refuse("title,soc\na,53-5021\n\nb,53-502\n", &["--soc", "soc"], ":4: ", &["\"53-502\" is no SOC code", "15-1252"]);
    refuse("title,soc\na,53-5021|x\n", &["--soc", "soc"], ":2: ", &["\"x\" is no SOC code"]);
    for weight in ["", "-1", "much", "NaN", "inf"] {
        let text = format!("title,soc,w\na,53-5021,{weight}\n");
        refuse(&text, &["--soc", "soc", "--weight", "w"], ":2: ", &[&format!("\"{weight}\" is no weight")]);
    }
    refuse("title,level\na,P3\nb,P7\n", &["--level", "level"], ":3: ", &["\"P7\" is no level", "--levels FILE"]);
    let args = ["--level", "rank", "--levels", "ranks.tsv"];
    let parts = ["\"Bos\" is not in ", "ranks.tsv", "\"Boss\", \"Crew\"", "Did you mean \"Boss\"?"];
    refuse("title,rank\na,Crew\nb,Bos\n", &args, ":3: ", &parts);
    let args = ["--group", "place", "--groups", "places.csv"];
    refuse("title,place\na,Watre\n", &args, ":2: ", &["\"Watre\" is not in ", "Did you mean \"Water\"?"]);
    refuse("", &["--soc", "soc"], " is empty", &[]);
    refuse("title,soc\n", &["--soc", "soc"], " has a header and no rows", &[]);
    refuse("title,soc\na,\n", &["--soc", "soc"], ": no row has anything in \"soc\"", &[]);
    refuse("title,soc\na\n", &["--soc", "soc"], ":2: ", &["1 field"]);
}

#[test]
fn mistakes_in_tables_are_told_with_line() {
    let levels: [(&str, &str, &str); 7] = [
        ("label,level\nCrew,P3\n", ":1: ", "Did you mean \"level\"?"),
        ("label,levels\nCrew,P3|X\n", ":2: ", "\"X\" is no level"),
        ("label,levels\nCrew,\n", ":2: ", "\"\" is no level"),
        ("label,levels\nCrew,P3\nCrew,P4\n", ":3: ", "\"Crew\" is in line 2 already"),
        ("label,levels\nCrew,*\nHand,*\n", ":3: ", "\"Crew\" has them"),
        ("label,levels\n,P3\n", ":2: ", "a label is missing"),
        ("label,levels\n", " has a header", "no rows"),
    ];
    for (content, place, part) in levels {
        let folder = folder();
        let path = folder.write("levels.csv", content);
        let part = if place == ":1: " { "there is no column \"levels\"" } else { part };
        refuse_in(&folder, &path, &["--level", "rank", "--levels", "levels.csv"], place, &[part]);
    }
    let groups: [(&str, &str, &str); 8] = [
        ("code,label\nPILOT,Water\n", ":2: ", "say family:PILOT or function:PILOT"),
        ("code,label\nSHIP,Water\n", ":2: ", "the taxonomy has no family or function \"SHIP\""),
        ("code,label\nHarbour,Land\n", ":2: ", "; Harbour is HBR"),
        ("code,label\nPILOT.X,Water\n", ":2: ", "function PILOT has no focus \"X\"; it has GEN, TUG"),
        ("code,label\nfunction:HBR,Water\n", ":2: ", "no function \"HBR\""),
        ("code,label\nHBR,Land\nHBR,Water\n", ":3: ", "HBR is in line 2 already"),
        ("code,label\nHBR,Land\nfamily:HBR,Water\n", ":3: ", "in another way"),
        ("code,label\nHBR,\n", ":2: ", "a label is missing"),
    ];
    for (content, place, part) in groups {
        let folder = folder();
        let path = folder.write("groups.csv", content);
        refuse_in(&folder, &path, &["--group", "place", "--groups", "groups.csv"], place, &[part]);
    }
    let folder = folder();
    let path = folder.write("ranks.xlsx", RANKS);
    refuse_in(&folder, &path, &["--level", "rank", "--levels", "ranks.xlsx"], ": ", &["call it .csv, .tsv"]);
}

#[test]
fn what_belongs_together_is_asked_for_together() {
    let folder = folder();
    for (args, part) in [
        (&[][..], "--soc <NAME>|--level <NAME>|--group <NAME>"),
        (&["--group", "place"], "--groups <FILE>"),
        (&["--soc", "soc", "--levels", "ranks.tsv"], "--level <NAME>"),
    ] {
        let ran = evaluate(&folder, &[&["titles.csv"], args].concat());
        assert_eq!(ran.code, 2);
        assert!(ran.stderr.contains(part), "{}", ran.stderr);
    }
    // A taxonomy without SOC codes has none to be right.
    std::fs::remove_file(folder.path("own/soc.tsv")).unwrap();
    std::fs::remove_dir_all(folder.path("own/crosswalk")).unwrap();
    let ran = evaluate(&folder, &["titles.csv", "--soc", "soc"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("harbour has no SOC codes"), "{}", ran.stderr);
}

#[test]
fn the_maps_of_the_reports_are_sound() {
    let maps = concat!(env!("CARGO_MANIFEST_DIR"), "/../../reports/maps");
    let cases = [
        ("rootstrap-levels.tsv", "VP"),
        ("linkedin-levels.tsv", "Associate"),
        ("snapaddy-seniority.tsv", "Professional"),
        ("snapaddy-departments.tsv", "Business Development"),
    ];
    for (map, label) in cases {
        let path = format!("{maps}/{map}");
        let what = if map.contains("departments") { ["--group", "--groups"] } else { ["--level", "--levels"] };
        let args = ["evaluate", "-", "--title", "title", what[0], "label", what[1], &path];
        succeed(&args, format!("title,label\nasdf,{label}\n"));
    }
}

/// Jobs with their publisher's ids; a title of the last names no other job.
const JOBS: &str = "\
code\tname\ttracks\tdefault_level\tstatus\tscope\tversion\tconfidence\tsummary\tsource\texternal_id
A\tHarbour Pilot\tP\tP3\tdraft\tglobal\t1\t0.70\tx\tours\tid:a
B\tHarbour Master\tP\tP3\tdraft\tglobal\t1\t0.70\tx\tours\tid:b
C\tNurse\tP\tP3\tdraft\tglobal\t1\t0.70\tx\tours\tid:c
";

#[test]
fn candidates_are_judged_by_external_ids() {
    let folder = Folder::new();
    folder.write("jobs/functions/j.tsv", JOBS);
    // First, second, not shared by a word, by an id that nobody lists, without one.
    folder.write("ids.csv", "title,id\nHarbour Pilot,id:a\nHarbour Pilot,id:x|id:b\nRN,id:c\nNurse,id:z\nNurse,\n");
    let (jobs, ids) = (folder.path("jobs"), folder.path("ids.csv"));
    let usual = ["evaluate", &ids, "--title", "title", "--id", "id", "--format", "json", "--taxonomy", &jobs];
    let ranking = |more: &[&str]| {
        let ran = run(&[&usual[..], more].concat(), "");
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        serde_json::from_str::<Value>(&ran.stdout).expect("JSON")["id"].clone()
    };
    let expected = json!({
        "rows": 4, "skipped": 1, "weight": 4, "unlisted": 1, "mean_reciprocal_rank": 0.375,
        "recall": { "1": 0.25, "5": 0.5, "10": 0.5, "100": 0.5 },
    });
    assert_eq!(ranking(&[]), expected);
    // The embedded taxonomy knows what an RN is.
    assert_eq!(ranking(&["--guide"])["recall"]["1"], 0.5);
    let ran = run(&["evaluate", &ids, "--title", "title", "--id", "id"], "");
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("has no external ids"), "{}", ran.stderr);
}
