//! Accuracy: what `titlecanon evaluate --format json` said of several sets, joined into one report.
//!
//! Figures only: no title of a set gets into it. Must not know how figures come about.

use std::error::Error;
use std::fs;

use serde_json::{Map, Value, json};

/// What of the figures for one kind of label is left out: where single rows of a set could be told.
const LEFT_OUT: [&str; 2] = ["confusions_at_3", "confusions_at_6"];

/// The kinds of labels.
const METRICS: [&str; 3] = ["soc", "level", "group"];

/// Joins the files that the arguments name, each as `SET=FILE`.
pub(crate) fn report(args: &[&str]) -> Result<Value, Box<dyn Error>> {
    let mut version: Option<String> = None;
    let mut sets = Vec::new();
    for arg in args {
        let (set, path) = arg.split_once('=').ok_or_else(|| format!("\"{arg}\" is not SET=FILE"))?;
        let text = fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))?;
        let figures: Value = serde_json::from_str(&text).map_err(|error| format!("{path}: {error}"))?;
        let edition = figures["taxonomy"]["version"].as_str().ok_or_else(|| format!("{path}: no taxonomy.version"))?;
        match &version {
            Some(version) if version != edition => {
                return Err(format!("{path}: answered by {edition}, those before it by {version}").into());
            }
            _ => version = Some(edition.into()),
        }
        let mut out = Map::from_iter([("set".to_owned(), json!(set))]);
        for metric in METRICS {
            if let Value::Object(metric_figures) = &figures[metric] {
                let kept = metric_figures.iter().filter(|(name, _)| !LEFT_OUT.contains(&name.as_str()));
                out.insert(metric.into(), kept.map(|(name, value)| (name.clone(), rounded(value))).collect());
            }
        }
        sets.push(Value::Object(out));
    }
    Ok(json!({ "data_version": version, "sets": sets }))
}

/// The same with three decimals, so that a report changes where something has changed.
fn rounded(value: &Value) -> Value {
    match value {
        Value::Number(number) if number.is_f64() => {
            json!((number.as_f64().unwrap_or_default() * 1000.0).round() / 1000.0)
        }
        Value::Array(values) => values.iter().map(rounded).collect(),
        Value::Object(members) => members.iter().map(|(name, value)| (name.clone(), rounded(value))).collect(),
        other => other.clone(),
    }
}
