//! Figures: what a set of labelled titles came to. The names of the fields are those of the JSON report, and a contract.
//!
//! Must not know how they were counted or how they are shown.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::report::Grouped;

/// A share of a whole; none where the whole is nothing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Share(Option<f64>);

impl Share {
    /// `part` of `whole`.
    pub(crate) fn of(part: f64, whole: f64) -> Share {
        Share((whole > 0.0).then(|| part / whole))
    }

    /// As a number; 0 where there is none.
    pub(crate) fn value(self) -> f64 {
        self.0.unwrap_or(0.0)
    }
}

/// With three decimals.
impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(value) => f.pad(&format!("{value:.3}")),
            None => f.pad("-"),
        }
    }
}

impl Serialize for Share {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.map(millionths).serialize(serializer)
    }
}

/// To six decimals, so that the order of a sum does not show.
fn millionths(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

/// How much rows weigh.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub(crate) struct Weight(pub(crate) f64);

impl Weight {
    fn whole(self) -> Option<u64> {
        (self.0.fract() == 0.0 && self.0 < 9e15).then_some(self.0 as u64)
    }
}

impl fmt::Display for Weight {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.whole() {
            Some(whole) => Grouped(whole).fmt(f),
            None => f.pad(&format!("{:.1}", self.0)),
        }
    }
}

impl Serialize for Weight {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.whole() {
            Some(whole) => serializer.serialize_u64(whole),
            None => serializer.serialize_f64(millionths(self.0)),
        }
    }
}

/// The whole report.
#[derive(Debug, Serialize)]
pub(crate) struct Figures {
    /// What the file is called.
    pub(crate) file: String,
    /// Which taxonomy answered.
    pub(crate) taxonomy: Edition,
    /// All rows.
    #[serde(flatten)]
    pub(crate) coverage: Coverage,
    /// Against SOC codes.
    pub(crate) soc: Option<Soc>,
    /// Against levels.
    pub(crate) level: Option<Labelled>,
    /// Against groups.
    pub(crate) group: Option<Labelled>,
    /// Candidates against external ids.
    pub(crate) id: Option<Ranking>,
    /// How much the titles without an answer weigh that are not among those below.
    pub(crate) unresolved_others: Weight,
    /// The titles without an answer that weigh most.
    pub(crate) unresolved: Vec<Unresolved>,
}

/// A taxonomy's name and version.
#[derive(Debug, Serialize)]
pub(crate) struct Edition {
    /// What it is called.
    pub(crate) name: String,
    /// Which edition it is.
    pub(crate) version: String,
}

/// How many rows, and how they were answered.
#[derive(Debug, Serialize)]
pub(crate) struct Coverage {
    /// How many rows count.
    pub(crate) rows: u64,
    /// How many don't, having no label.
    pub(crate) skipped: u64,
    /// What the rows weigh.
    pub(crate) weight: Weight,
    /// The share with an answer.
    pub(crate) answered: Share,
    /// The share that is Confident.
    pub(crate) confident: Share,
    /// The share that needs review.
    pub(crate) needs_review: Share,
    /// The share without an answer.
    pub(crate) no_match: Share,
}

/// Answers against SOC codes.
#[derive(Debug, Serialize)]
pub(crate) struct Soc {
    /// The rows with a code.
    #[serde(flatten)]
    pub(crate) coverage: Coverage,
    /// How many of the rows have only codes that the taxonomy does not list.
    pub(crate) unlisted: u64,
    /// The share of all rows that is right.
    pub(crate) right: AtDigits,
    /// The share of the Confident rows that is right.
    pub(crate) confident_right: AtDigits,
    /// The share of all rows with a right code, at six digits, among the first five candidates.
    pub(crate) top_5: Share,
    /// The same of the rows that need review.
    pub(crate) top_5_needs_review: Share,
    /// Of function confidence, against being right at three digits.
    #[serde(flatten)]
    pub(crate) calibration: Calibration,
    /// What was most often taken for what, at three digits.
    pub(crate) confusions_at_3: Vec<GroupConfusion>,
    /// The same at six.
    pub(crate) confusions_at_6: Vec<Confusion>,
}

/// A share at each depth of a SOC code.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct AtDigits {
    /// Major group.
    #[serde(rename = "2")]
    pub(crate) major: Share,
    /// Minor group.
    #[serde(rename = "3")]
    pub(crate) minor: Share,
    /// Broad occupation.
    #[serde(rename = "5")]
    pub(crate) broad: Share,
    /// Detailed occupation.
    #[serde(rename = "6")]
    pub(crate) detailed: Share,
}

impl AtDigits {
    /// The shares, the coarsest first.
    pub(crate) fn all(&self) -> [Share; 4] {
        [self.major, self.minor, self.broad, self.detailed]
    }
}

/// Confidence against being right, over the rows with an answer.
#[derive(Debug, Serialize)]
pub(crate) struct Calibration {
    /// The expected calibration error: how far confidence and being right are apart, over all bins.
    pub(crate) calibration_error: Share,
    /// The bins.
    #[serde(rename = "calibration")]
    pub(crate) bins: Vec<Bin>,
}

/// The rows whose confidence is within some bounds.
#[derive(Debug, Serialize)]
pub(crate) struct Bin {
    /// The lower bound, which is in it.
    pub(crate) from: f64,
    /// The upper bound, which is in it in the last only.
    pub(crate) to: f64,
    /// What the rows weigh.
    pub(crate) weight: Weight,
    /// Their mean confidence.
    pub(crate) confidence: Share,
    /// The share that is right.
    pub(crate) right: Share,
}

/// A pair of SOC codes: a label, and what was answered instead.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Confusion {
    /// The label, or of several the one that is nearest to the answer.
    pub(crate) label: String,
    /// What it is called.
    pub(crate) label_title: Option<String>,
    /// The answer; none where the role has no SOC code.
    pub(crate) answer: Option<String>,
    /// What it is called.
    pub(crate) answer_title: Option<String>,
    /// How many digits they have in common: 0, 2, 3 or 5.
    pub(crate) digits: u8,
    /// What the rows weigh.
    pub(crate) weight: Weight,
    /// The share of all rows.
    pub(crate) share: Share,
}

/// A pair of minor groups.
#[derive(Debug, Serialize)]
pub(crate) struct GroupConfusion {
    /// The label's first three digits.
    pub(crate) label: String,
    /// The answer's; none where the role has no SOC code.
    pub(crate) answer: Option<String>,
    /// What the rows weigh.
    pub(crate) weight: Weight,
    /// The share of all rows.
    pub(crate) share: Share,
    /// The pair of codes that weighs most of it.
    pub(crate) mostly: Confusion,
}

/// Answers against labels of the user's own.
#[derive(Debug, Serialize)]
pub(crate) struct Labelled {
    /// The rows with a label.
    #[serde(flatten)]
    pub(crate) coverage: Coverage,
    /// The share of all rows that is right.
    pub(crate) right: Share,
    /// The share of the rows with an answer that is right.
    pub(crate) answered_right: Share,
    /// The share of all rows that is right by having no answer.
    pub(crate) right_without_answer: Share,
    /// Of the confidence that the metric speaks of.
    #[serde(flatten)]
    pub(crate) calibration: Calibration,
    /// What was taken for what.
    pub(crate) confusion: Matrix,
}

/// At which place the candidate with the right external id stands.
#[derive(Debug, Serialize)]
pub(crate) struct Ranking {
    /// How many rows have an id.
    pub(crate) rows: u64,
    /// How many have none.
    pub(crate) skipped: u64,
    /// What the rows weigh.
    pub(crate) weight: Weight,
    /// How many of the rows have only ids that the taxonomy does not list.
    pub(crate) unlisted: u64,
    /// The mean of one over the place; nothing where it is not among the candidates.
    pub(crate) mean_reciprocal_rank: Share,
    /// The share of rows where it is among the first so many.
    pub(crate) recall: AtPlaces,
}

/// A share at each of some places.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct AtPlaces {
    /// The first.
    #[serde(rename = "1")]
    pub(crate) first: Share,
    /// The first five.
    #[serde(rename = "5")]
    pub(crate) five: Share,
    /// The first ten.
    #[serde(rename = "10")]
    pub(crate) ten: Share,
    /// The first hundred.
    #[serde(rename = "100")]
    pub(crate) hundred: Share,
}

impl AtPlaces {
    /// The shares, the first place first.
    pub(crate) fn all(&self) -> [Share; 4] {
        [self.first, self.five, self.ten, self.hundred]
    }
}

/// How much of each label was answered as what.
#[derive(Debug, Serialize)]
pub(crate) struct Matrix {
    /// The labels, one for each row of weights.
    pub(crate) labels: Vec<String>,
    /// The answers, one for each column; none for no answer.
    pub(crate) answers: Vec<Option<String>>,
    /// The weights.
    pub(crate) weights: Vec<Vec<Weight>>,
}

/// A title without an answer.
#[derive(Debug, Serialize)]
pub(crate) struct Unresolved {
    /// The title.
    pub(crate) title: String,
    /// What its rows weigh.
    pub(crate) weight: Weight,
}
