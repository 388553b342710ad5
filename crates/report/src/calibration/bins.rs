//! Bins: answers counted by the confidence that they were given with, or by a score.
//!
//! Must not know of titles, labels or kinds of answers.

use std::ops::AddAssign;

/// Answers added up.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Sums {
    /// How many answers.
    pub(crate) titles: u64,
    /// What they weigh.
    pub(crate) weight: f64,
    /// Their confidences or scores, by weight.
    said: f64,
    /// What those weigh that are right.
    right: f64,
}

impl Sums {
    /// One answer.
    pub(crate) fn one(said: f64, right: bool, weight: f64) -> Sums {
        Sums { titles: 1, weight, said: weight * said, right: if right { weight } else { 0.0 } }
    }

    /// Mean confidence or score.
    pub(crate) fn said(&self) -> f64 {
        self.said / self.weight
    }

    /// The share that is right.
    pub(crate) fn right(&self) -> f64 {
        self.right / self.weight
    }

    /// The share that is right where `weight` more answers are taken to be right as often as they said.
    pub(crate) fn shrunk(&self, weight: f64) -> f64 {
        (self.right + weight * self.said()) / (self.weight + weight)
    }
}

impl AddAssign for Sums {
    fn add_assign(&mut self, other: Sums) {
        self.titles += other.titles;
        self.weight += other.weight;
        self.said += other.said;
        self.right += other.right;
    }
}

/// Answers in bins of one width, up to 1; below `from` there is one more. Bounds are hundredths, so that a confidence
/// that is written with two decimals falls on the right side of them.
#[derive(Clone, Debug)]
pub(crate) struct Bins {
    from: u32,
    width: u32,
    sums: Vec<Sums>,
}

impl Bins {
    /// Bins of `width` hundredths from `from` hundredths on.
    pub(crate) fn new(from: u32, width: u32) -> Bins {
        Bins { from, width, sums: vec![Sums::default(); 1 + (100 - from).div_ceil(width) as usize] }
    }

    /// Counts an answer; what is 1 belongs to the last bin.
    pub(crate) fn add(&mut self, said: f64, right: bool, weight: f64) {
        // Ten-thousandths, which is what a confidence is made of.
        let above = (said * 10_000.0).round() as i64 - i64::from(self.from) * 100;
        let nth = if above < 0 { 0 } else { 1 + (above / i64::from(self.width * 100)) as usize };
        let last = self.sums.len() - 1;
        self.sums[nth.min(last)] += Sums::one(said, right, weight);
    }

    /// The bins that hold something, lowest first, each with its bounds.
    pub(crate) fn filled(&self) -> impl Iterator<Item = (f64, f64, Sums)> {
        let bound = |nth: usize| f64::from((self.from + nth as u32 * self.width).min(100)) / 100.0;
        self.sums.iter().enumerate().filter(|(_, sums)| sums.weight > 0.0).map(move |(nth, &sums)| match nth {
            0 => (0.0, bound(0), sums),
            _ => (bound(nth - 1), bound(nth), sums),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bins(answers: &[(f64, bool, f64)]) -> Vec<(f64, f64, Sums)> {
        let mut bins = Bins::new(60, 2);
        for &(said, right, weight) in answers {
            bins.add(said, right, weight);
        }
        bins.filled().collect()
    }

    #[test]
    fn a_lower_bound_belongs_to_its_bin() {
        let bounds: Vec<(f64, f64)> =
            bins(&[(0.5999, true, 1.0), (0.6, true, 1.0), (0.62, true, 1.0), (0.9999, true, 1.0), (1.0, true, 1.0)])
                .iter()
                .map(|&(from, to, _)| (from, to))
                .collect();
        assert_eq!(bounds, [(0.0, 0.6), (0.6, 0.62), (0.62, 0.64), (0.98, 1.0)]);
    }

    #[test]
    fn answers_count_by_weight() {
        let bins = bins(&[(0.9, true, 3.0), (0.91, false, 1.0)]);
        let [(_, _, sums)] = bins[..] else { panic!("{bins:?}") };
        assert_eq!((sums.titles, sums.weight, sums.right()), (2, 4.0, 0.75));
        assert!((sums.said() - 0.9025).abs() < 1e-9);
    }

    #[test]
    fn few_answers_are_shrunk_towards_what_they_said() {
        let mut sums = Sums::default();
        for right in [true, false, false, false] {
            sums += Sums::one(0.9, right, 1.0);
        }
        assert_eq!(sums.right(), 0.25);
        assert!((sums.shrunk(16.0) - (1.0 + 16.0 * 0.9) / 20.0).abs() < 1e-9);
    }
}
