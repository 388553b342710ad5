//! Labelled titles: files of titles with SOC codes, read into memory.
//!
//! Must not know what is answered.

use std::fs;

/// A file of labelled titles.
#[derive(Debug)]
pub(crate) struct File {
    /// Its name, less folder and ending.
    pub(crate) name: String,
    /// What its rows count beside those of other files.
    pub(crate) weight: f64,
    /// Its rows.
    pub(crate) rows: Vec<Row>,
}

/// A title with the minor groups that are right.
#[derive(Debug, PartialEq)]
pub(crate) struct Row {
    /// The title as it stands.
    pub(crate) title: String,
    /// First three digits of its codes, such as 151.
    minors: Vec<u32>,
    /// How often it occurs.
    pub(crate) weight: f64,
}

impl Row {
    /// Whether a SOC code, as a number such as 151252, is in a minor group that is right.
    pub(crate) fn has(&self, code: u32) -> bool {
        self.minors.contains(&(code / 1000))
    }
}

/// Reads what an argument names, as `FILE` or `FILE:WEIGHT`.
pub(crate) fn read(arg: &str) -> Result<File, String> {
    let (path, weight) = split(arg);
    if !(weight.is_finite() && weight > 0.0) {
        return Err(format!("\"{arg}\": a weight is a number above 0"));
    }
    let text = fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))?;
    let rows = rows(&text).map_err(|error| format!("{path}: {error}"))?;
    let name = std::path::Path::new(path).file_stem().map_or(path.into(), |stem| stem.to_string_lossy().into_owned());
    Ok(File { name, weight, rows })
}

/// Path and weight. What follows a colon and is no number is part of the path.
fn split(arg: &str) -> (&str, f64) {
    arg.rsplit_once(':').and_then(|(path, weight)| Some((path, weight.parse().ok()?))).unwrap_or((arg, 1.0))
}

/// Rows with a code; others are passed over.
fn rows(text: &str) -> Result<Vec<Row>, String> {
    let mut lines = text.lines();
    let head: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    let column = |name: &str| head.iter().position(|&column| column == name);
    let required = |name: &str| column(name).ok_or_else(|| format!("no column \"{name}\""));
    let (title, soc, weight) = (required("title")?, required("soc2018")?, column("rows"));
    let mut out = Vec::new();
    for (line, row) in (2..).zip(lines) {
        let cells: Vec<&str> = row.split('\t').collect();
        let cell = |nth: usize| cells.get(nth).copied().unwrap_or_default().trim();
        if cell(soc).is_empty() {
            continue;
        }
        let minors = cell(soc).split('|').map(|code| minor(code.trim())).collect::<Option<_>>();
        let minors = minors.ok_or_else(|| format!("line {line}: no SOC code, such as 15-1252 or 15-1252|15-1253"))?;
        let weight = match weight {
            Some(nth) => cell(nth).parse().ok().filter(|weight: &f64| weight.is_finite() && *weight >= 0.0),
            None => Some(1.0),
        };
        let weight = weight.ok_or_else(|| format!("line {line}: \"rows\" is no number"))?;
        out.push(Row { title: cell(title).into(), minors, weight });
    }
    Ok(out)
}

/// The first three digits of `15-1252`.
fn minor(code: &str) -> Option<u32> {
    let (major, detail) = code.split_once('-')?;
    let digits = |text: &str, count: usize| text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    (digits(major, 2) && digits(detail.split('.').next()?, 4))
        .then(|| format!("{major}{}", &detail[..1]).parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_read_by_the_names_of_their_columns() {
        let text = "rows\tsoc2018\ttitle\n3\t15-1252|11-3021.00\tNinja\n1\t\tNobody\n";
        let read = rows(text).unwrap();
        assert_eq!(read, [Row { title: "Ninja".into(), minors: vec![151, 113], weight: 3.0 }]);
        assert!(read[0].has(113_031) && !read[0].has(119_021));
        assert_eq!(rows("title\tsoc2018\nNinja\t15-1252\n").unwrap()[0].weight, 1.0);
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line() {
        assert_eq!(rows("title\n").unwrap_err(), "no column \"soc2018\"");
        for bad in ["title\tsoc2018\nA\t15-1252\nB\t151252\n", "title\tsoc2018\trows\nA\t15-1252\t1\nB\t15-1252\tx\n"] {
            assert!(rows(bad).unwrap_err().starts_with("line 3: "), "{bad}");
        }
    }

    #[test]
    fn a_weight_may_follow_the_path() {
        assert_eq!(split("a.tsv"), ("a.tsv", 1.0));
        assert_eq!(split("a.tsv:0.25"), ("a.tsv", 0.25));
        assert_eq!(split("c:/a.tsv"), ("c:/a.tsv", 1.0));
    }
}
