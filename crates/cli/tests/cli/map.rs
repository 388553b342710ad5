//! `map`: every format in and out.

use serde_json::{Value, json};

use super::{COLUMNS, FIELDS, Folder, KNOWN, SENIOR, objects, positions, records, run, succeed};

const QUIET: &str = "--quiet";

#[test]
fn csv_keeps_its_columns_and_gains_the_answers() {
    let folder = Folder::new();
    let mut text = "id,job title,note\n".to_owned();
    for (id, (title, ..)) in KNOWN.iter().enumerate() {
        text += &format!("{id},{title},\"a, \"\"b\"\"\nc\"\n");
    }
    let path = folder.write("in.csv", &text);
    let rows = records(&succeed(&["map", &path, "--column", "job title"], ""), b',');
    assert_eq!(rows[0], [&["id", "job title", "note"], COLUMNS].concat());
    assert_eq!(rows.len(), KNOWN.len() + 1);
    for (id, (row, (title, code, confidence))) in rows[1..].iter().zip(KNOWN).enumerate() {
        assert_eq!(row[..3], [id.to_string(), title.into(), "a, \"b\"\nc".into()]);
        assert_eq!((&*row[3], &*row[4], &*row[11]), ("confident", code, &*confidence.to_string()));
    }
}

#[test]
fn every_format_becomes_every_format() {
    let folder = Folder::new();
    let inputs = [
        ("in.csv", format!("title\n{SENIOR}\n\"\"\nasdf\n")),
        ("in.tsv", format!("title\n{SENIOR}\n\"\"\nasdf\n")),
        ("in.jsonl", format!("{{\"title\":\"{SENIOR}\"}}\n{{\"title\":null}}\n\n{{\"title\":\"asdf\"}}\n")),
        ("in.txt", format!("{SENIOR}\n\nasdf\n")),
    ];
    for (name, text) in inputs {
        let path = folder.write(name, text);
        for (format, delimiter) in [("csv", b','), ("tsv", b'\t')] {
            let rows = records(&succeed(&["map", &path, "-c", "title", "--format", format], ""), delimiter);
            assert_eq!(rows[0], [&["title"], COLUMNS].concat(), "{name} to {format}");
            let answers: Vec<_> = rows[1..].iter().map(|row| (&*row[0], &*row[1], &*row[2])).collect();
            let expected = [(SENIOR, "confident", "TSE.GEN.P4"), ("", "no_match", ""), ("asdf", "no_match", "")];
            assert_eq!(answers, expected, "{name} to {format}");
        }
        let answers = objects(&succeed(&["map", &path, "-c", "title", "--format", "jsonl"], ""));
        assert_eq!(answers.len(), 3, "{name}");
        assert_eq!((&answers[0]["title"], &answers[0]["code"]), (&SENIOR.into(), &"TSE.GEN.P4".into()));
        assert!(answers[1]["title"].is_null() || answers[1]["title"] == "");
        assert_eq!(answers[2]["verdict"], "no_match");
        assert!(answers.iter().all(|answer| FIELDS.iter().all(|name| answer.get(name).is_some())));
    }
}

#[test]
fn the_output_is_like_the_input() {
    let folder = Folder::new();
    let csv = succeed(&["map", &folder.write("in.CSV", format!("a,t\n1,{SENIOR}\n")), "-c", "t"], "");
    assert!(csv.starts_with("a,t,verdict,code,"));
    let tsv = succeed(&["map", &folder.write("in.tsv", format!("a\tt\n1\t{SENIOR}\n")), "-c", "t"], "");
    assert!(tsv.starts_with("a\tt\tverdict\tcode\t"));
    let lines = succeed(&["map", &folder.write("in.txt", SENIOR)], "");
    assert!(lines.starts_with("title\tverdict\tcode\t"));
    let named = succeed(&["map", &folder.path("in.txt"), "-c", "job"], "");
    assert!(named.starts_with("job\tverdict\tcode\t"));
    let jsonl = succeed(&["map", &folder.write("in.ndjson", format!("{{\"t\": \"{SENIOR}\"}}")), "-c", "t"], "");
    assert!(jsonl.starts_with(&format!("{{\"t\": \"{SENIOR}\",\"verdict\":\"confident\",\"code\":\"TSE.GEN.P4\"")));
}

#[test]
fn standard_input_is_a_file_too() {
    let rows = records(&succeed(&["map", "-", "-c", "t"], format!("t\n{SENIOR}\n")), b',');
    assert_eq!(rows[1][2], "TSE.GEN.P4");
    let rows = records(&succeed(&["map", "-"], SENIOR), b'\t');
    assert_eq!(rows[1][2], "TSE.GEN.P4");
    let args = ["map", "-", "-c", "t", "--input-format", "jsonl"];
    assert_eq!(objects(&succeed(&args, format!("{{\"t\":\"{SENIOR}\"}}")))[0]["code"], "TSE.GEN.P4");
    let rows =
        records(&succeed(&["map", "-", "-c", "t", "--input-format", "tsv"], format!("t\tu\n{SENIOR}\t\n")), b'\t');
    assert_eq!(rows[1][3], "TSE.GEN.P4");
}

#[test]
fn byte_order_mark_carriage_returns_and_quotes_are_read() {
    let text = format!("\u{feff}\"ti\"\"tle\",b\r\n\"{SENIOR}\",\"x\r\ny\"\r\n\r\n,\r\nasdf,5\" pipe");
    let rows = records(&succeed(&["map", "-", "-c", "ti\"tle"], text), b',');
    assert_eq!(rows[0][..2], ["ti\"tle", "b"]);
    assert_eq!(rows[1][..4], [SENIOR, "x\r\ny", "confident", "TSE.GEN.P4"]);
    assert_eq!(rows[2][..3], ["", "", "no_match"]);
    assert_eq!(rows[3][..3], ["asdf", "5\" pipe", "no_match"]);
    assert_eq!(rows.len(), 4);
}

#[test]
fn an_empty_line_of_one_column_is_an_empty_title() {
    let rows = records(&succeed(&["map", "-", "-c", "t"], format!("t\n\n{SENIOR}\n\n")), b',');
    let titles: Vec<_> = rows[1..].iter().map(|row| row[0].as_str()).collect();
    assert_eq!(titles, ["", SENIOR, ""]);
}

#[test]
fn a_header_alone_is_no_mistake() {
    let ran = run(&["map", "-", "-c", "t"], "t,u\n");
    assert_eq!((ran.code, ran.stdout.lines().count()), (0, 1));
    assert!(ran.stderr.starts_with("0 rows:"), "{}", ran.stderr);
}

#[test]
fn names_that_clash_get_a_prefix() {
    let rows = records(&succeed(&["map", "-", "-c", "level"], format!("level,code\n{SENIOR},7\n")), b',');
    assert_eq!(rows[0][..4], ["level", "code", "verdict", "titlecanon_code"]);
    assert!(rows[0].contains(&"titlecanon_level".into()));
    assert_eq!(rows[1][..4], [SENIOR, "7", "confident", "TSE.GEN.P4"]);

    let input = format!("{{\"level\":\"{SENIOR}\",\"code\":7}}\n{{\"level\":\"{SENIOR}\"}}\n");
    let text = succeed(&["map", "-", "-c", "level", "--input-format", "jsonl"], input);
    let answers = objects(&text);
    assert_eq!((&answers[0]["code"], &answers[0]["titlecanon_code"]), (&7.into(), &"TSE.GEN.P4".into()));
    assert_eq!((&answers[1]["code"], &answers[1]["titlecanon_level"]), (&"TSE.GEN.P4".into(), &"P4".into()));
    assert!(answers[1].get("titlecanon_code").is_none());
    let names = ["level", "code", "verdict", "titlecanon_code", "role", "titlecanon_level", "candidates"];
    assert!(positions(text.lines().next().unwrap(), &names).is_sorted());

    let answers = objects(&succeed(&["map", "-", "-c", "level", "--format", "jsonl"], format!("level\n{SENIOR}\n")));
    assert_eq!((&answers[0]["level"], &answers[0]["titlecanon_level"]), (&SENIOR.into(), &"P4".into()));
}

#[test]
fn json_objects_keep_what_they_have() {
    let object = r#"{ "b" : 12345678901234567890123, "t":"Sr. Technical Support\u0020Engineer","x":{"t":[1.10,"}"]} , "é":"\u00e9"}"#;
    let text = succeed(&["map", "-", "-c", "t", "--input-format", "jsonl"], format!("  {object} \r\n"));
    assert!(text.starts_with(&object[..object.len() - 1]), "{text}");
    assert_eq!(objects(&text)[0]["code"], "TSE.GEN.P4");
}

#[test]
fn json_objects_become_cells() {
    let input = format!(
        "{}\n{}\n",
        json!({"t": SENIOR, "n": 1.50, "deep": {"a": ["x"]}, "yes": true}),
        r#"{"yes":null,"n":10000000000000000000000,"t":"asdf"}"#
    );
    let rows = records(&succeed(&["map", "-", "-c", "t", "--input-format", "jsonl", "--format", "csv"], input), b',');
    let column = |name: &str| rows[0].iter().position(|column| column == name).unwrap();
    let cell = |row: usize, name: &str| rows[row][column(name)].as_str();
    assert_eq!(
        (cell(1, "deep"), cell(1, "n"), cell(1, "yes"), cell(1, "t")),
        ("{\"a\":[\"x\"]}", "1.5", "true", SENIOR)
    );
    assert_eq!(
        (cell(2, "deep"), cell(2, "n"), cell(2, "yes"), cell(2, "t")),
        ("", "10000000000000000000000", "", "asdf")
    );
    assert_eq!((cell(1, "code"), cell(2, "code")), ("TSE.GEN.P4", ""));
}

#[test]
fn many_rows_keep_their_order_on_many_threads() {
    let mut input = "id,t,pad\n".to_owned();
    for id in 0..12_000 {
        let (title, ..) = KNOWN[id % KNOWN.len()];
        input += &format!("{id},{title},\"{}\n\"\n", "x".repeat(id % 40));
    }
    let one = succeed(&["map", "-", "-c", "t", "--threads", "1", QUIET], input.as_str());
    let four = succeed(&["map", "-", "-c", "t", "--threads", "4", QUIET], input.as_str());
    assert!(one == four);
    let rows = records(&four, b',');
    assert_eq!(rows.len(), 12_001);
    for (id, row) in rows[1..].iter().enumerate() {
        let (title, code, _) = KNOWN[id % KNOWN.len()];
        assert_eq!((&*row[0], &*row[1], &*row[4]), (&*id.to_string(), title, code));
    }
    let input: String = (0..12_000).map(|id| format!("{}\n", json!({"id": id, "t": SENIOR}))).collect();
    let args = ["map", "-", "-c", "t", "--threads", "3", QUIET, "--input-format", "jsonl"];
    let ids: Vec<Value> = objects(&succeed(&args, input)).into_iter().map(|object| object["id"].clone()).collect();
    assert!(ids.into_iter().eq((0..12_000).map(Value::from)));
}

#[test]
fn a_row_may_be_bigger_than_a_block() {
    let big = "x,\"\n".repeat(200_000).replace('"', "\"\"");
    let rows = records(&succeed(&["map", "-", "-c", "t"], format!("a,t\n1,{SENIOR}\n\"{big}\",asdf\n")), b',');
    assert_eq!((rows.len(), &*rows[2][0]), (3, &*big.replace("\"\"", "\"")));
}

#[test]
fn the_summary_counts() {
    let input = format!("{SENIOR}\nasdf\n\n");
    let ran = run(&["map", "-"], input.as_str());
    assert!(ran.stderr.starts_with("3 rows: 1 confident, 0 review, 2 no match; "), "{}", ran.stderr);
    assert!(ran.stderr.ends_with(" titles a second\n"));
    assert_eq!(run(&["map", "-", QUIET], input).stderr, "");
}
