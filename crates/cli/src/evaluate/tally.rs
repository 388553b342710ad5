//! Tally: rows with their labels and answers are counted up, and come to figures.
//!
//! Must not know where rows come from or how figures are shown.

use std::collections::{HashMap, HashSet};

use titlecanon::{Confidence, Match, Resolution, Taxonomy, Verdict};

use crate::evaluate::figures::{
    AtDigits, AtPlaces, Bin, Calibration, Confusion, Coverage, GroupConfusion, Labelled, Matrix, Ranking, Share, Soc,
    Unresolved, Weight,
};
use crate::evaluate::labels::Judgement;

/// What the digits of a SOC code, as a number, are divided by to leave 2, 3, 5 and 6 of them.
const DEPTHS: [(u8, u32); 4] = [(2, 10_000), (3, 1_000), (5, 10), (6, 1)];

/// Where three and six digits are among [`DEPTHS`].
const MINOR: usize = 1;
const DETAILED: usize = 3;

/// How many candidates are looked at beside the best.
const TOP: usize = 5;

/// How many bins of confidence there are.
const BINS: usize = 10;

/// How many confusions are told.
const CONFUSIONS: usize = 20;

/// How many titles without an answer are told.
const UNRESOLVED: usize = 50;

/// Rows by verdict.
#[derive(Debug, Default)]
pub(crate) struct Verdicts {
    rows: u64,
    skipped: u64,
    confident: f64,
    needs_review: f64,
    no_match: f64,
}

impl Verdicts {
    /// Counts a row.
    pub(crate) fn add(&mut self, verdict: Verdict, weight: f64) {
        self.rows += 1;
        *match verdict {
            Verdict::Confident => &mut self.confident,
            Verdict::NeedsReview => &mut self.needs_review,
            Verdict::NoMatch => &mut self.no_match,
        } += weight;
    }

    /// How many rows there are.
    pub(crate) fn rows(&self) -> u64 {
        self.rows
    }

    fn answered(&self) -> f64 {
        self.confident + self.needs_review
    }

    fn weight(&self) -> f64 {
        self.answered() + self.no_match
    }

    /// What it came to.
    pub(crate) fn figures(&self) -> Coverage {
        let share = |part| Share::of(part, self.weight());
        Coverage {
            rows: self.rows,
            skipped: self.skipped,
            weight: Weight(self.weight()),
            answered: share(self.answered()),
            confident: share(self.confident),
            needs_review: share(self.needs_review),
            no_match: share(self.no_match),
        }
    }
}

/// Confidence against being right.
#[derive(Debug, Default)]
struct Bins([Sums; BINS]);

#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    weight: f64,
    confidence: f64,
    right: f64,
}

impl Bins {
    fn add(&mut self, confidence: Confidence, right: bool, weight: f64) {
        // Whole ten-thousandths, so that a bound is met exactly.
        let steps = (confidence.value() * 10_000.0).round() as usize;
        let bin = &mut self.0[(steps * BINS / 10_000).min(BINS - 1)];
        bin.weight += weight;
        bin.confidence += weight * confidence.value();
        bin.right += if right { weight } else { 0.0 };
    }

    fn figures(&self) -> Calibration {
        let bound = |nth: usize| nth as f64 / BINS as f64;
        let bin = |(nth, sums): (usize, &Sums)| Bin {
            from: bound(nth),
            to: bound(nth + 1),
            weight: Weight(sums.weight),
            confidence: Share::of(sums.confidence, sums.weight),
            right: Share::of(sums.right, sums.weight),
        };
        let apart = self.0.iter().map(|sums| (sums.confidence - sums.right).abs()).sum();
        let all = self.0.iter().map(|sums| sums.weight).sum();
        Calibration { calibration_error: Share::of(apart, all), bins: self.0.iter().enumerate().map(bin).collect() }
    }
}

/// Rows with SOC codes.
#[derive(Debug, Default)]
pub(crate) struct SocTally {
    verdicts: Verdicts,
    unlisted: u64,
    right: [f64; DEPTHS.len()],
    confident_right: [f64; DEPTHS.len()],
    top: f64,
    top_needs_review: f64,
    bins: Bins,
    /// By label and answer.
    confusions: HashMap<(u32, Option<u32>), f64>,
}

impl SocTally {
    /// Counts a row that has no code.
    pub(crate) fn skip(&mut self) {
        self.verdicts.skipped += 1;
    }

    /// How many rows there are.
    pub(crate) fn rows(&self) -> u64 {
        self.verdicts.rows
    }

    /// Counts a row. `titles` are the codes that the taxonomy lists.
    pub(crate) fn add(&mut self, labels: &[u32], answer: &Resolution<'_>, weight: f64, titles: &HashMap<u32, &str>) {
        self.verdicts.add(answer.verdict(), weight);
        self.unlisted += u64::from(!labels.iter().any(|label| titles.contains_key(label)));
        let review = answer.verdict() == Verdict::NeedsReview;
        if answer.candidates().take(TOP).filter_map(soc).any(|code| labels.contains(&code)) {
            self.top += weight;
            self.top_needs_review += if review { weight } else { 0.0 };
        }
        let Some(best) = answer.best() else { return };
        let code = soc(best);
        // The label that is nearest, and how many depths down it is.
        let depth = |&label: &u32| code.map_or(0, |code| agreement(label, code));
        let nearest = labels.iter().rev().max_by_key(|label| depth(label)).copied().unwrap_or_default();
        let depth = depth(&nearest);
        for right in &mut self.right[..depth] {
            *right += weight;
        }
        if answer.verdict() == Verdict::Confident {
            for right in &mut self.confident_right[..depth] {
                *right += weight;
            }
        }
        self.bins.add(best.function_confidence(), depth > MINOR, weight);
        if depth <= DETAILED {
            *self.confusions.entry((nearest, code)).or_default() += weight;
        }
    }

    /// What it came to.
    pub(crate) fn figures(&self, titles: &HashMap<u32, &str>) -> Soc {
        let at_digits = |right: [f64; 4], all: f64| {
            let [major, minor, broad, detailed] = right.map(|right| Share::of(right, all));
            AtDigits { major, minor, broad, detailed }
        };
        let all = self.verdicts.weight();
        let mut confusions: Vec<_> = self.confusions.iter().map(|(&pair, &weight)| (pair, weight)).collect();
        confusions.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let title = |code: u32| titles.get(&code).map(|&title| title.to_owned());
        let confusion = |&((label, answer), weight): &((u32, Option<u32>), f64)| Confusion {
            label: written(label),
            label_title: title(label),
            answer: answer.map(written),
            answer_title: answer.and_then(title),
            digits: match answer.map_or(0, |answer| agreement(label, answer)) {
                0 => 0,
                depth => DEPTHS[depth - 1].0,
            },
            weight: Weight(weight),
            share: Share::of(weight, all),
        };
        Soc {
            coverage: self.verdicts.figures(),
            unlisted: self.unlisted,
            right: at_digits(self.right, all),
            confident_right: at_digits(self.confident_right, self.verdicts.confident),
            top_5: Share::of(self.top, all),
            top_5_needs_review: Share::of(self.top_needs_review, self.verdicts.needs_review),
            calibration: self.bins.figures(),
            confusions_at_3: groups(&confusions, all, confusion),
            confusions_at_6: confusions.iter().take(CONFUSIONS).map(confusion).collect(),
        }
    }
}

/// The minor groups that were confused, from the pairs of codes, the heaviest first.
fn groups(
    pairs: &[((u32, Option<u32>), f64)],
    all: f64,
    confusion: impl Fn(&((u32, Option<u32>), f64)) -> Confusion,
) -> Vec<GroupConfusion> {
    let minor = |code: u32| code / DEPTHS[MINOR].1;
    let mut sums: HashMap<(u32, Option<u32>), (f64, usize)> = HashMap::new();
    for (nth, &((label, answer), weight)) in pairs.iter().enumerate() {
        let pair = (minor(label), answer.map(minor));
        if Some(pair.0) != pair.1 {
            sums.entry(pair).or_insert((0.0, nth)).0 += weight;
        }
    }
    let mut sums: Vec<_> = sums.into_iter().collect();
    sums.sort_by(|a, b| b.1.0.total_cmp(&a.1.0).then(a.0.cmp(&b.0)));
    let written = |code: u32| format!("{:02}-{}", code / 10, code % 10);
    sums.into_iter()
        .take(CONFUSIONS)
        .map(|((label, answer), (weight, mostly))| GroupConfusion {
            label: written(label),
            answer: answer.map(written),
            weight: Weight(weight),
            share: Share::of(weight, all),
            mostly: confusion(&pairs[mostly]),
        })
        .collect()
}

/// The first SOC code of a candidate.
fn soc(candidate: Match<'_>) -> Option<u32> {
    candidate.role().soc().next().map(|mapping| mapping.code().number())
}

/// How many of the depths two codes agree at.
fn agreement(a: u32, b: u32) -> usize {
    DEPTHS.iter().take_while(|(_, rest)| a / rest == b / rest).count()
}

fn written(code: u32) -> String {
    format!("{:02}-{:04}", code / 10_000, code % 10_000)
}

/// Rows with labels that mean something else.
#[derive(Debug, Default)]
pub(crate) struct LabelTally {
    verdicts: Verdicts,
    right: f64,
    /// Weight of the rows that have an answer; a level is one even where no job was found.
    answered: f64,
    right_without_answer: f64,
    bins: Bins,
    /// By label and answer.
    pairs: HashMap<String, HashMap<Option<String>, f64>>,
}

impl LabelTally {
    /// Counts a row that has no label.
    pub(crate) fn skip(&mut self) {
        self.verdicts.skipped += 1;
    }

    /// How many rows there are.
    pub(crate) fn rows(&self) -> u64 {
        self.verdicts.rows
    }

    /// Counts a row. `confidence` is that of the answer, if there is one.
    pub(crate) fn add(
        &mut self,
        label: &str,
        judgement: &Judgement<'_>,
        verdict: Verdict,
        confidence: Option<Confidence>,
        weight: f64,
    ) {
        self.verdicts.add(verdict, weight);
        let right = if judgement.right { weight } else { 0.0 };
        self.right += right;
        match confidence {
            Some(confidence) => {
                self.answered += weight;
                self.bins.add(confidence, judgement.right, weight);
            }
            None => self.right_without_answer += right,
        }
        let answers = self.pairs.entry(label.to_owned()).or_default();
        *answers.entry(judgement.answer.map(str::to_owned)).or_default() += weight;
    }

    /// What it came to, with labels and answers in this order and others after them.
    pub(crate) fn figures(&self, order: &[&str]) -> Labelled {
        let (all, answered) = (self.verdicts.weight(), self.answered);
        Labelled {
            coverage: self.verdicts.figures(),
            right: Share::of(self.right, all),
            answered_right: Share::of(self.right - self.right_without_answer, answered),
            right_without_answer: Share::of(self.right_without_answer, all),
            calibration: self.bins.figures(),
            confusion: self.matrix(order),
        }
    }

    fn matrix(&self, order: &[&str]) -> Matrix {
        let place = |name: &str| order.iter().position(|own| *own == name).unwrap_or(order.len());
        let mut labels: Vec<&str> = self.pairs.keys().map(String::as_str).collect();
        labels.sort_by_key(|label| (place(label), *label));
        let mut answers: Vec<Option<&str>> =
            self.pairs.values().flat_map(HashMap::keys).map(|answer| answer.as_deref()).collect();
        // No answer comes last.
        answers.sort_by_key(|answer| (answer.is_none(), answer.map(|name| (place(name), name))));
        answers.dedup();
        let weight = |label: &str, answer: Option<&str>| {
            let found = self.pairs[label].iter().find(|(own, _)| own.as_deref() == answer);
            Weight(found.map_or(0.0, |(_, &weight)| weight))
        };
        Matrix {
            weights: labels
                .iter()
                .map(|&label| answers.iter().map(|&answer| weight(label, answer)).collect())
                .collect(),
            labels: labels.into_iter().map(str::to_owned).collect(),
            answers: answers.into_iter().map(|answer| answer.map(str::to_owned)).collect(),
        }
    }
}

/// The places that recall is told at.
const PLACES: [usize; 4] = [1, 5, 10, 100];

/// How many candidates the right one is looked for among.
pub(crate) const DEEPEST: usize = PLACES[3];

/// Rows with external ids.
#[derive(Debug, Default)]
pub(crate) struct RankTally {
    rows: u64,
    skipped: u64,
    weight: f64,
    unlisted: u64,
    reciprocal: f64,
    within: [f64; PLACES.len()],
}

impl RankTally {
    /// Counts a row that has no id.
    pub(crate) fn skip(&mut self) {
        self.skipped += 1;
    }

    /// How many rows there are.
    pub(crate) fn rows(&self) -> u64 {
        self.rows
    }

    /// Counts a row by the ids that are right and its candidates. `ids` are those that the taxonomy lists.
    pub(crate) fn add(&mut self, labels: &str, candidates: &[Match<'_>], weight: f64, ids: &HashSet<&str>) {
        let labels: Vec<&str> = labels.split('|').map(str::trim).collect();
        self.rows += 1;
        self.weight += weight;
        self.unlisted += u64::from(!labels.iter().any(|label| ids.contains(label)));
        let right = |found: &Match<'_>| found.role().external_id().is_some_and(|id| labels.contains(&id));
        let Some(before) = candidates.iter().position(right) else { return };
        self.reciprocal += weight / (before + 1) as f64;
        for (sum, _) in self.within.iter_mut().zip(PLACES).filter(|&(_, place)| before < place) {
            *sum += weight;
        }
    }

    /// What it came to.
    pub(crate) fn figures(&self) -> Ranking {
        let share = |part| Share::of(part, self.weight);
        let [first, five, ten, hundred] = self.within.map(share);
        Ranking {
            rows: self.rows,
            skipped: self.skipped,
            weight: Weight(self.weight),
            unlisted: self.unlisted,
            mean_reciprocal_rank: share(self.reciprocal),
            recall: AtPlaces { first, five, ten, hundred },
        }
    }
}

/// The external ids that a taxonomy lists.
pub(crate) fn external_ids(taxonomy: &Taxonomy) -> HashSet<&str> {
    let of_functions = taxonomy.functions().filter_map(|function| function.external_id());
    of_functions.chain(taxonomy.focuses().filter_map(|focus| focus.external_id())).collect()
}

/// Titles without an answer.
#[derive(Debug, Default)]
pub(crate) struct UnresolvedTally(HashMap<String, f64>);

impl UnresolvedTally {
    /// Counts a row.
    pub(crate) fn add(&mut self, title: &str, weight: f64) {
        *self.0.entry(title.trim().to_owned()).or_default() += weight;
    }

    /// Those that weigh most, and what the others weigh.
    pub(crate) fn figures(self) -> (Vec<Unresolved>, Weight) {
        let mut titles: Vec<_> = self.0.into_iter().collect();
        titles.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let others = titles.iter().skip(UNRESOLVED).map(|(_, weight)| weight).sum();
        titles.truncate(UNRESOLVED);
        let unresolved = titles.into_iter().map(|(title, weight)| Unresolved { title, weight: Weight(weight) });
        (unresolved.collect(), Weight(others))
    }
}

/// The titles of the SOC codes that a taxonomy lists.
pub(crate) fn soc_titles(taxonomy: &Taxonomy) -> HashMap<u32, &str> {
    taxonomy.soc_codes().map(|code| (code.number(), code.title())).collect()
}
