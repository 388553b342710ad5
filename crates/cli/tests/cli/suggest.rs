//! `suggest`: from titles without a sure answer to aliases, and back.

use super::{Folder, run, succeed};

/// The columns, which are those of aliases and three more.
const HEADER: &str = "text\tfunction\tfocus\tlevel\ttype\tconfidence\tapproval\tsource\tcount\tverdict\tcandidates";

/// Titles of an invented job in many forms, and others.
const TITLES: &str = "title,staff
Sr. Widget Wrangler (Remote),3
Widget Wrangler II,1
widget wrangler,2
Widget-Wranglers,1
Tug Pilot,9
Bóat Whisperer,5
Director of Boat Whispering,1
Senior Manager,4
,2
a b c d e f g h i j k l m n,1
";

/// An output of `map` over the harbour.
fn mapped(folder: &Folder, titles: &str) -> (String, String) {
    let own = super::harbour::write(folder, "own", &[]);
    let (titles, answered) = (folder.write("titles.csv", titles), folder.path("answered.csv"));
    language(folder);
    succeed(&["map", &titles, "--column", "title", "--taxonomy", &own, "-o", &answered, "--quiet"], "");
    (own, answered)
}

/// Words of level and a qualifier for the harbour.
fn language(folder: &Folder) {
    folder.write(
        "own/grades.tsv",
        "name\tkind\tsupport\tprofessional\tmanagement\texecutive\tabove\n\
         senior\tindividual\tS3\tP4\t\t\t0\nsecond\tindividual\tS2\tP2\t\t\t0\n\
         manager\tmanagerial\t\t\tM2\t\t0\ndirector\tmanagerial\t\t\tM4\t\t0\n",
    );
    folder.write(
        "own/cues.tsv",
        "text\tgrade\tplace\tconfidence\nSenior\tsenior\tany\t0.80\nSr\tsenior\tany\t0.80\nII\tsecond\tany\t0.70\n\
         Manager\tmanager\tany\t0.80\nDirector\tdirector\tany\t0.80\n",
    );
    folder.write("own/qualifiers.tsv", "text\tkind\nRemote\tremote\nof\tconnector\n");
}

#[test]
fn titles_of_the_same_words_are_one_row_without_level_and_qualifiers() {
    let folder = Folder::new();
    let (own, answered) = mapped(&folder, TITLES);
    let ran = run(&["suggest", &answered, "--taxonomy", &own], "");
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let rows: Vec<Vec<&str>> = ran.stdout.lines().map(|line| line.split('\t').collect()).collect();
    assert_eq!(ran.stdout.lines().next().unwrap(), HEADER);
    let texts: Vec<_> = rows[1..].iter().map(|row| (row[0], row[8])).collect();
    assert_eq!(texts, [("Widget Wrangler", "4"), ("Boat Whispering", "1"), ("Bóat Whisperer", "1")], "{}", ran.stdout);
    assert_eq!(rows[1][3..8], ["", "variant", "0.90", "draft", "answered.csv"]);
    assert_eq!(rows[1][9], "no_match");
    for said in ["3 rows of aliases", "1 title (1 in all) left out: no letter", "names no job", "more than 12 words"] {
        assert!(ran.stderr.contains(said), "{said}: {}", ran.stderr);
    }
}

#[test]
fn rows_are_weighed_limited_and_named_as_is_said() {
    let folder = Folder::new();
    let (own, answered) = mapped(&folder, TITLES);
    let suggest = |args: &[&str]| succeed(&[&["suggest", &answered, "--taxonomy", &own], args].concat(), "");
    let texts = |text: String| -> Vec<String> {
        text.lines().skip(1).map(|line| line.split('\t').next().unwrap().to_owned()).collect()
    };
    let counts = suggest(&["--weight", "staff", "--source", "survey"]);
    let row = counts.lines().nth(1).unwrap();
    assert!(row.starts_with("Widget Wrangler\t") && row.contains("\tsurvey\t7\t"), "{counts}");
    assert_eq!(texts(suggest(&["--weight", "staff", "--min-count", "5"])), ["Widget Wrangler", "Bóat Whisperer"]);
    assert_eq!(texts(suggest(&["--limit", "1"])), ["Widget Wrangler"]);
    let out = folder.path("out.tsv");
    assert_eq!(suggest(&["-o", &out]), "");
    assert_eq!(folder.read("out.tsv"), suggest(&[]));
}

#[test]
fn candidates_are_told_nearest_first() {
    let folder = Folder::new();
    let (own, answered) = mapped(&folder, "title\nCrane Whisperer Pilot\nCrane Whisperer\n");
    let suggest = |k| succeed(&["suggest", &answered, "--taxonomy", &own, "--candidates", k], "");
    let text = suggest("2");
    let row: Vec<_> =
        text.lines().find(|line| line.starts_with("Crane Whisperer Pilot\t")).unwrap().split('\t').collect();
    let near: Vec<(&str, f64)> = row[10]
        .split(';')
        .map(|near| near.split_once('=').map(|(code, sure)| (code, sure.parse().unwrap())).unwrap())
        .collect();
    assert_eq!(near.len(), 2, "{text}");
    assert!(near[0].1 >= near[1].1 && near[0].0 != near[1].0, "{text}");
    assert_eq!(format!("{}.{}", row[1], row[2]), near[0].0);
    assert!(suggest("1").lines().skip(1).all(|line| !line.contains(';')));
}

#[test]
fn what_is_approved_answers() {
    let folder = Folder::new();
    let titles = "title\nSr. Widget Wrangler (Remote)\nwidget wranglers\nWidget-Wrangler II\nTug Pilot\n";
    let (own, answered) = mapped(&folder, titles);
    let titles = folder.path("titles.csv");
    assert_eq!(folder.read("answered.csv").matches(",confident,").count(), 1);
    let drafts = folder.path("overlay/aliases.tsv");
    folder.write("overlay/aliases.tsv", "");
    succeed(&["suggest", &answered, "--taxonomy", &own, "-o", &drafts], "");

    // Somebody decides: the function is filled in where there is none, and the draft approved.
    let text = folder.read("overlay/aliases.tsv");
    assert_eq!(text.lines().count(), 2, "{text}");
    let mut row: Vec<_> = text.lines().nth(1).unwrap().split('\t').collect();
    assert_eq!((row[0], row[8]), ("Widget Wrangler", "3"), "{text}");
    let overlay = folder.path("overlay");
    let over = ["--taxonomy", &own, "--overlay", &overlay];
    let again = || run(&[&["map", &titles, "--column", "title", "--quiet"], &over[..]].concat(), "");
    row[1] = "";
    folder.write("overlay/aliases.tsv", format!("{HEADER}\n{}\n", row.join("\t")));
    let ran = again();
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("aliases.tsv:2: "), "{}", ran.stderr);

    [row[1], row[2], row[6]] = ["PILOT", "GEN", "approved"];
    folder.write("overlay/aliases.tsv", format!("{HEADER}\n{}\n", row.join("\t")));
    let ran = again();
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    for (line, code) in ran.stdout.lines().skip(1).zip(["PILOT.GEN.P4", "PILOT.GEN.P3", "PILOT.GEN.P2"]) {
        assert!(line.contains(&format!(",confident,{code},")), "{}", ran.stdout);
    }
    assert_eq!(run(&["taxonomy", "fmt", "--check", &overlay], "").code, 0);
    // There is nothing left to suggest.
    let ran = run(&[&["suggest", &answered], &over[..]].concat(), "");
    assert_eq!(ran.stdout.lines().count(), 1, "{}", ran.stdout);
    assert!(ran.stderr.contains("has a sure answer"), "{}", ran.stderr);
}

#[test]
fn other_formats_and_clashing_names_are_read() {
    let folder = Folder::new();
    let lines = "{\"title\":\"Wimble Wrangler\",\"verdict\":\"guilty\"}\n";
    let answered = folder.path("answered.jsonl");
    let input = folder.write("titles.jsonl", lines);
    succeed(&["map", &input, "--column", "title", "-o", &answered, "--quiet"], "");
    assert!(succeed(&["suggest", &answered], "").contains("Wimble Wrangler\t"));
    let text = folder.read("answered.jsonl");
    let text = succeed(&["suggest", "-", "--input-format", "jsonl"], text);
    assert!(text.contains("\tdraft\tmap\t"), "{text}");
}

#[test]
fn what_is_no_output_of_map_is_2_and_says_where() {
    let folder = Folder::new();
    let cases: [(&str, &[&str], &[&str]); 7] = [
        ("title\nNurse\n", &[], &[":1: ", "no column \"verdict\"", "titlecanon map"]),
        ("job,verdict\nNurse,no_match\n", &[], &[":1: ", "no column \"title\"", "\"job\""]),
        ("title,verdict\nNurse,guilty\n", &[], &[":2: ", "\"guilty\" is no verdict"]),
        ("title,verdict\nNurse\n", &[], &[":2: ", "the row has 1 field, the header 2"]),
        ("", &[], &["is empty"]),
        ("title,verdict\n", &[], &["a header and no rows"]),
        ("title,verdict,n\nNurse,no_match,1.5\n", &["--weight", "n"], &[":2: ", "\"1.5\" in \"n\" is no count"]),
    ];
    for (text, args, said) in cases {
        let file = folder.write("file.csv", text);
        let out = folder.path("out.tsv");
        let ran = run(&[&["suggest", &file, "-o", &out], args].concat(), "");
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{text}");
        assert!(
            ran.stderr.contains(&file) && said.iter().all(|said| ran.stderr.contains(said)),
            "{text}: {}",
            ran.stderr
        );
        assert!(!std::path::Path::new(&out).exists(), "{text}");
    }
    let ran = run(&["suggest", &folder.path("file.csv"), "--source", "a\tb"], "");
    assert_eq!(ran.code, 2, "{}", ran.stdout);
}
