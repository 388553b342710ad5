//! Accuracy on labelled titles: how often the best answer's SOC code is one of the labels.
//!
//! Over all titles, so that an abstention counts as wrong.

use std::error::Error;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use titlecanon::{Match, Verdict, normalize_title};

/// The sets that the report speaks of, with the name of the file of each.
const SETS: [(&str, &str); 3] = [
    ("BLS direct match", "soc-directmatch.tsv"),
    ("O*NET alternate titles", "soc-onet.tsv"),
    ("DOL LCA", "soc-lca.tsv"),
];

/// The digits of a SOC code at which answers are compared: major, minor, broad, detailed; as bytes of "15-1252".
const DIGITS: [(usize, usize); 4] = [(2, 2), (3, 4), (5, 6), (6, 7)];

/// Bins of the calibration error.
const BINS: usize = 10;

pub(crate) fn report(dir: &Path) -> Result<Value, Box<dyn Error>> {
    let mut sets = Vec::new();
    for (name, file) in SETS {
        let path = dir.join(file);
        let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        sets.push(score(name, &text)?);
    }
    Ok(json!({ "data_version": titlecanon::data_version(), "sets": sets }))
}

#[derive(Default)]
struct Tally {
    titles: usize,
    weight: f64,
    right: [f64; 4],
    answered: f64,
    confident: f64,
    confident_right: f64,
    bins: [(f64, f64, f64); BINS],
}

fn score(name: &str, text: &str) -> Result<Value, Box<dyn Error>> {
    let mut tally = Tally::default();
    for (at, line) in text.lines().enumerate().skip(1) {
        let fields: Vec<&str> = line.split('\t').collect();
        let [title, labels, rest @ ..] = &fields[..] else {
            return Err(format!("{name}, line {}: a title and its codes are needed", at + 1).into());
        };
        let weight = rest.first().map_or(Ok(1.0), |weight| weight.parse::<f64>())?;
        tally.add(title, &labels.split('|').collect::<Vec<_>>(), weight);
    }
    Ok(tally.figures(name))
}

fn soc(best: Match<'_>) -> Option<String> {
    best.role().soc().next().map(|mapping| mapping.code().code())
}

impl Tally {
    fn add(&mut self, title: &str, labels: &[&str], weight: f64) {
        self.titles += 1;
        self.weight += weight;
        let answer = normalize_title(title);
        let Some(best) = answer.best() else { return };
        self.answered += weight;
        let code = soc(best).unwrap_or_default();
        let right = DIGITS.map(|(_, bytes)| labels.iter().any(|label| label.get(..bytes) == code.get(..bytes)));
        for (sum, right) in self.right.iter_mut().zip(right) {
            *sum += if right { weight } else { 0.0 };
        }
        let minor = if right[1] { weight } else { 0.0 };
        if answer.verdict() == Verdict::Confident {
            self.confident += weight;
            self.confident_right += minor;
        }
        let confidence = best.function_confidence().value();
        let bin = &mut self.bins[((confidence * BINS as f64) as usize).min(BINS - 1)];
        *bin = (bin.0 + weight, bin.1 + weight * confidence, bin.2 + minor);
    }

    fn figures(&self, name: &str) -> Value {
        let share = |part: f64, whole: f64| (part / whole * 1000.0).round() / 1000.0;
        let error: f64 = self.bins.iter().map(|&(_, said, right)| (said - right).abs()).sum();
        json!({
            "set": name,
            "titles": self.titles,
            "right": DIGITS.iter().zip(self.right)
                .map(|((digits, _), right)| (digits.to_string(), json!(share(right, self.weight))))
                .collect::<serde_json::Map<_, _>>(),
            "answered": share(self.answered, self.weight),
            "confident": share(self.confident, self.weight),
            "confident_right_at_3": share(self.confident_right, self.confident),
            "calibration_error_at_3": share(error, self.answered),
        })
    }
}
