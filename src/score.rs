//! Scoring: what a way of matching is worth, as a chance that the function and focus are right.
//!
//! Every number that is not read from the taxonomy stands here with its reason. This module knows no tables.

use crate::answer::Method;
use crate::confidence::{Confidence, Verdict};
use crate::math::exp;

/// From which function confidence a match is given which verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Thresholds {
    pub(crate) confident: Confidence,
    pub(crate) review: Confidence,
}

impl Thresholds {
    /// Confident from 0.86: of the clean titles of the BLS, 95 in 100 that reach it are right at the minor SOC group. Review from
    /// 0.30: below it two answers in three would be wrong.
    pub(crate) const DEFAULT: Thresholds =
        Thresholds { confident: Confidence::from_steps(8600), review: Confidence::from_steps(3000) };

    pub(crate) fn verdict(self, function_confidence: Confidence) -> Verdict {
        if function_confidence >= self.confident {
            Verdict::Confident
        } else if function_confidence >= self.review {
            Verdict::NeedsReview
        } else {
            Verdict::NoMatch
        }
    }
}

/// How much of a title its alias explains.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Coverage {
    /// Weight of the alias's words.
    pub(crate) matched: f32,
    /// Weight of the words around it that were not understood.
    pub(crate) rest: f32,
}

/// A word not understood beside the job, in the same segment, may change it; one behind a comma, dash or bracket
/// seldom does; one that belongs to a second job that the title names hardly ever.
pub(crate) const REST_NEAR: f32 = 0.7;
/// One that follows the job may be the true head of the name: a bricklayer helper lays no bricks.
pub(crate) const REST_HEAD: f32 = 1.6;
/// See [`REST_NEAR`].
pub(crate) const REST_APART: f32 = 0.15;
/// See [`REST_NEAR`].
pub(crate) const REST_OTHER_JOB: f32 = 0.15;

/// An alias inside a longer title: its confidence, less up to seven tenths by the share of the title that it leaves unexplained.
pub(crate) fn composed(alias: Confidence, coverage: Coverage) -> Confidence {
    if coverage.rest <= 0.0 {
        return alias;
    }
    let unexplained = coverage.rest / (coverage.matched + coverage.rest);
    alias.and(Confidence::new(f64::from(1.0 - 0.7 * unexplained)))
}

/// A reading in another field than the one that the title's words speak for most. By the gap between the two fields, see
/// `Fields::gap`. Fitted: on labelled titles that no alias explains, an eighth to a fifth are equally good, and the right
/// occupation comes first three to five times in a hundred more often than without.
pub(crate) fn in_field(gap: f32) -> Confidence {
    Confidence::new(exp(-0.15 * f64::from(gap)))
}

/// The chance that a reading which leaves words of the title unexplained is right, by its method and score.
pub(crate) fn calibrated(method: Method, score: Confidence) -> Confidence {
    let knots = match method {
        Method::Composed => &COMPOSED[..],
        Method::Fuzzy => &FUZZY[..],
        Method::Exact | Method::Inverted => return score,
    };
    let score = score.value() as f32;
    let above = knots.iter().position(|&(at, _)| score <= at).unwrap_or(knots.len() - 1).max(1);
    let ((from, low), (to, high)) = (knots[above - 1], knots[above]);
    Confidence::new(f64::from(low + (high - low) * ((score - from) / (to - from)).clamp(0.0, 1.0)))
}

/// Score and chance, straight lines between them. Fitted to how often the minor SOC group of the answer was right on the
/// labelled titles of the BLS, O*NET and DOL, the first counted for most: `titlecanon-report calibration`.
const COMPOSED: [(f32, f32); 7] =
    [(0.0, 0.0), (0.3, 0.42), (0.6, 0.66), (0.75, 0.80), (0.85, 0.83), (0.92, 0.90), (1.0, 1.0)];
/// See [`COMPOSED`].
const FUZZY: [(f32, f32); 6] = [(0.0, 0.0), (0.3, 0.38), (0.6, 0.60), (0.75, 0.80), (0.85, 0.83), (1.0, 0.90)];

/// The name of an area where a job should be ("Marketing"): somebody works there, but as what?
pub(crate) const BARE_AREA: Confidence = Confidence::from_steps(9000);

/// The name of an area that the taxonomy knows by its managers ("IT", "Finance"): most who work there are none.
pub(crate) const MANAGED_AREA: Confidence = Confidence::from_steps(5500);

/// An alias whose words stand in another order: rarely another job.
pub(crate) const INVERTED: Confidence = Confidence::from_steps(9600);

/// An alias that has "manager" where the title says otherwise that somebody leads: mostly the same area, by another name.
pub(crate) const LED: Confidence = Confidence::from_steps(8500);

/// A corrected word is the right one a little oftener than it is similar: one edit in nine letters is believed at 0.92, one in
/// five at 0.85, two in eight at 0.81.
pub(crate) fn corrected(similarity: f32) -> Confidence {
    Confidence::new(f64::from(similarity).powf(0.75))
}

/// An alias that shares words with the title. Below one half it is as likely as not another job; from there to all
/// words in common the chance rises evenly to nine tenths.
pub(crate) fn similar(alias: Confidence, similarity: f32) -> Confidence {
    let chance = f64::from((similarity - LEAST_SIMILAR) / (1.0 - LEAST_SIMILAR)).clamp(0.0, 1.0);
    alias.and(Confidence::new(0.2 + 0.7 * chance))
}

/// An English name has its head last. An alias whose head the title lacks ("Acme Operator" for "Acme Corp") is less similar
/// than its words say.
pub(crate) const HEADLESS: f32 = 0.88;

/// Aliases less similar than this are not candidates.
pub(crate) const LEAST_SIMILAR: f32 = 0.42;

/// An alias that shares words with a title that another reading explains in full: an alternative, never the better one.
pub(crate) const BESIDE_EXPLAINED: Confidence = Confidence::from_steps(8000);
