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

/// A share without its leading zero.
fn share(value: &Value) -> String {
    format!("{:.3}", number(value)).trim_start_matches('0').to_string()
}

/// The rows for the sets with labels of these kinds, each made of the set's figures.
fn sets(metrics: &[&str], cells: impl Fn(&Value) -> Vec<String>) -> String {
    let report = report("reports/accuracy.json");
    let mut out = String::new();
    for set in report["sets"].as_array().unwrap() {
        for figures in metrics.iter().map(|metric| &set[metric]).filter(|figures| figures.is_object()) {
            let titles = grouped(number(&figures["rows"]));
            out += &format!("| {} | {titles} | {} |\n", set["set"].as_str().unwrap(), cells(figures).join(" | "));
        }
    }
    out
}

fn accuracy() -> String {
    sets(&["soc"], |figures| {
        let mut cells = ["2", "3", "5", "6"].map(|digits| share(&figures["right"][digits])).to_vec();
        cells.extend(["answered", "confident"].map(|name| share(&figures[name])));
        cells.push(share(&figures["confident_right"]["3"]));
        cells
    })
}

fn levels() -> String {
    sets(&["level", "group"], |figures| {
        ["right", "answered", "answered_right", "right_without_answer"].map(|name| share(&figures[name])).to_vec()
    })
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

/// What it takes to find the nearest roles.
fn neighbors() -> String {
    let report = report("reports/speed.json");
    let row = |of: &Value| format!("| {} | {} |\n", grouped(number(&of["neighbors"])), of["microseconds"]);
    report["neighbors"].as_array().unwrap().iter().map(row).collect()
}

/// A ratio, which the report gives with two significant digits.
fn times(value: &Value) -> String {
    let ratio = number(value);
    if ratio < 1000.0 { ratio.to_string() } else { grouped(ratio) }
}

/// For each class of titles an engine's time, as a multiple of titlecanon's, and the share right; its start and memory.
fn rivals() -> String {
    let report = report("reports/rivals.json");
    let mut out = String::new();
    for engine in report["engines"].as_array().unwrap() {
        out += &format!("| {} |", engine["engine"].as_str().unwrap());
        for class in ["hit", "level", "messy", "one_edit", "two_edits", "order", "missing", "miss"] {
            let figures = &engine["classes"][class];
            let time = match engine["engine"].as_str() {
                Some("titlecanon") => format!("{} ns", grouped(number(&figures["nanoseconds"]))),
                _ => format!("{}×", times(&figures["times_titlecanon"])),
            };
            out += &format!(" {time} · {:.2} |", number(&figures["right"]));
        }
        let [start, memory] =
            ["start_milliseconds", "resident_megabytes"].map(|column| grouped(number(&engine[column])));
        out += &format!(" {start} | {memory} |\n");
    }
    out
}

/// What taxonomies that are compiled at run time cost, by their aliases.
fn scale() -> String {
    let report = report("reports/scale.json");
    let columns =
        ["aliases", "load_milliseconds", "peak_megabytes", "resident_megabytes", "nanoseconds", "cold_nanoseconds"];
    let row = |size: &Value| columns.map(|column| grouped(number(&size[column]))).join(" | ");
    report["sizes"].as_array().unwrap().iter().map(|size| format!("| {} |\n", row(size))).collect()
}

/// What real titles take.
fn real() -> String {
    let report = report("reports/real.json");
    let nanoseconds = &report["nanoseconds"];
    let [mean, median, slow] =
        ["mean", "median", "99th_percentile"].map(|name| format!("{:.1}", number(&nanoseconds[name]) / 1000.0));
    let [titles, rate] = ["titles", "titles_a_second"].map(|name| grouped(number(&report[name])));
    format!("| {titles} | {rate} | {mean} | {median} | {slow} | {}× |\n", report["times_one_core"])
}

/// What a clean release build takes.
fn build() -> String {
    let report = report("reports/build.json");
    let columns = ["crates", "seconds", "library_seconds", "taxonomy_seconds"].map(|name| report[name].to_string());
    format!("| {} |\n", columns.join(" | "))
}

#[test]
fn figures_are_those_of_the_reports() {
    let path = common::package_file("README.md");
    let text = fs::read_to_string(&path).unwrap();
    let mut out = text.clone();
    let tables = [
        ("<!-- accuracy -->\n", accuracy()),
        ("<!-- levels -->\n", levels()),
        ("<!-- speed -->\n", speed()),
        ("<!-- real -->\n", real()),
        ("<!-- build -->\n", build()),
        ("<!-- rivals -->\n", rivals()),
        ("<!-- scale -->\n", scale()),
        ("<!-- neighbors -->\n", neighbors()),
    ];
    for (mark, table) in tables {
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
