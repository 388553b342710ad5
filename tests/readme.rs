//! The README's figures are those of the committed reports. `TITLECANON_REWRITE=1` puts them in.

mod common;

use std::fs;

use serde_json::Value;

fn report(name: &str) -> Value {
    serde_json::from_str(&fs::read_to_string(common::package_file(name)).unwrap()).unwrap()
}

/// A whole number with commas between thousands.
fn grouped(number: f64) -> String {
    let digits = format!("{number:.0}");
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap()
}

fn accuracy() -> String {
    let figure = |value: &Value| format!("{:.3}", number(value)).trim_start_matches('0').to_string();
    report("reports/accuracy.json")["sets"]
        .as_array()
        .unwrap()
        .iter()
        .map(|set| {
            let mut cells = vec![set["set"].as_str().unwrap().to_string(), grouped(number(&set["titles"]))];
            cells.extend(["2", "3", "5", "6"].map(|digits| figure(&set["right"][digits])));
            cells.extend(["answered", "confident", "confident_right_at_3"].map(|name| figure(&set[name])));
            format!("| {} |\n", cells.join(" | "))
        })
        .collect()
}

fn speed() -> String {
    report("reports/speed.json")["paths"]
        .as_array()
        .unwrap()
        .iter()
        .map(|path| {
            let name = match path["path"].as_str().unwrap() {
                "exact" => "an alias as it stands",
                "composed" => "with a word of level",
                "messy" => "with shift, pay, place, shouted",
                "fuzzy" => "one wrong letter",
                "no_match" => "made-up words",
                _ => "(`std` hash map, exact only)",
            };
            let [nanoseconds, rate, times] =
                ["nanoseconds", "titles_a_second", "times_hash_map"].map(|column| number(&path[column]));
            format!("| {name} | {} | {} | {times:.1} |\n", grouped(nanoseconds), grouped(rate))
        })
        .collect()
}

#[test]
fn figures_are_those_of_the_reports() {
    let path = common::package_file("README.md");
    let text = fs::read_to_string(&path).unwrap();
    let mut out = text.clone();
    for (mark, table) in [("<!-- accuracy -->\n", accuracy()), ("<!-- speed -->\n", speed())] {
        let (before, after) = out.split_once(mark).expect("the mark above which the table stands");
        let head = before.trim_end().rfind("|---").expect("a table above the mark");
        let head = head + before[head..].find('\n').expect("rows below the head") + 1;
        out = format!("{}{table}{mark}{after}", &before[..head]);
    }
    if text != out {
        assert!(
            std::env::var_os("TITLECANON_REWRITE").is_some(),
            "README.md and reports/ differ; TITLECANON_REWRITE=1 cargo test --test readme puts the figures in"
        );
        fs::write(&path, out).unwrap();
    }
}
