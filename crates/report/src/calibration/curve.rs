//! Curves: maps from a score to a chance, read from source, turned round and fitted anew.
//!
//! Must not know of titles, labels or kinds of answers.

use std::fmt::Write as _;

use super::bins::Sums;

/// Straight lines between knots, each a score and a chance. Both rise.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Curve(Vec<(f64, f64)>);

impl Curve {
    /// The knots of the constant `name` in Rust source.
    pub(crate) fn read(source: &str, name: &str) -> Option<Curve> {
        let (_, rest) = source.split_once(&format!("const {name}:"))?;
        let (knots, _) = rest.split_once('=')?.1.split_once(';')?;
        let numbers: Vec<f64> = knots
            .split(|c: char| !c.is_ascii_digit() && c != '.')
            .filter(|number| !number.is_empty())
            .map(|number| number.parse().ok())
            .collect::<Option<_>>()?;
        let knots: Vec<(f64, f64)> = numbers.chunks_exact(2).map(|knot| (knot[0], knot[1])).collect();
        let rises = knots.windows(2).all(|two| two[0].0 < two[1].0 && two[0].1 <= two[1].1);
        (rises && knots.len() >= 2 && numbers.len().is_multiple_of(2)).then_some(Curve(knots))
    }

    /// The chance that a score stands for.
    pub(crate) fn chance(&self, score: f64) -> f64 {
        between(self.0.iter().copied(), score)
    }

    /// The score that stands for a chance; where several do, the least.
    pub(crate) fn score(&self, chance: f64) -> f64 {
        between(self.0.iter().map(|&(score, chance)| (chance, score)), chance)
    }

    /// A curve through the shares that are right. No knot stands for less than `least` of the weight. What lies beyond
    /// the bins has no data: nothing is right at 0, and at 1 what is right now, or what the last knot says if that is
    /// more.
    pub(crate) fn fit(&self, bins: &[Sums], least: f64) -> Curve {
        let least = least * bins.iter().map(|bin| bin.weight).sum::<f64>();
        let mut knots = vec![(0.0, 0.0)];
        let mut best = 0.0;
        for pool in isotonic(&heavy(bins, least)) {
            // What two decimals cannot tell apart is one knot.
            let (score, chance) = (hundredths(pool.said()), hundredths(pool.right()));
            if score < 1.0 && knots.last().is_some_and(|&(at, right)| at < score && right < chance) {
                knots.push((score, chance));
            }
            best = f64::max(best, chance);
        }
        knots.push((1.0, self.chance(1.0).max(best)));
        Curve(knots)
    }

    /// As a Rust constant.
    pub(crate) fn source(&self, name: &str) -> String {
        let mut out = format!("const {name}: [(f32, f32); {}] =\n    [", self.0.len());
        for (nth, (score, chance)) in self.0.iter().enumerate() {
            let _ = write!(out, "{}({score:?}, {chance:?})", if nth == 0 { "" } else { ", " });
        }
        out + "];"
    }
}

/// The height over `at` of the line through the points; beyond the first and last it is theirs.
fn between(mut points: impl Iterator<Item = (f64, f64)>, at: f64) -> f64 {
    let Some(mut last) = points.next() else { return 0.0 };
    if at <= last.0 {
        return last.1;
    }
    for next in points {
        if at <= next.0 {
            return last.1 + (next.1 - last.1) * (at - last.0) / (next.0 - last.0);
        }
        last = next;
    }
    last.1
}

fn hundredths(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

/// Neighbouring bins joined until each weighs at least `least`.
fn heavy(bins: &[Sums], least: f64) -> Vec<Sums> {
    let mut out: Vec<Sums> = Vec::new();
    let mut light = Sums::default();
    for &bin in bins {
        light += bin;
        if light.weight > 0.0 && light.weight >= least {
            out.push(std::mem::take(&mut light));
        }
    }
    match out.last_mut() {
        Some(last) => *last += light,
        None if light.weight > 0.0 => out.push(light),
        None => {}
    }
    out
}

/// Isotonic regression by pooling adjacent violators: bins whose share does not exceed that of the one before are
/// joined with it, until the shares rise throughout.
fn isotonic(bins: &[Sums]) -> Vec<Sums> {
    let mut pools: Vec<Sums> = Vec::new();
    for &bin in bins {
        let mut pool = bin;
        while let Some(before) = pools.pop_if(|before| before.right() >= pool.right()) {
            pool += before;
        }
        pools.push(pool);
    }
    pools
}

#[cfg(test)]
mod tests {
    use super::*;

    fn curve() -> Curve {
        Curve(vec![(0.0, 0.0), (0.5, 0.6), (1.0, 0.9)])
    }

    /// So many answers at a score, and how many of them are right.
    fn bin(score: f64, right: u32, all: u32) -> Sums {
        let mut sums = Sums::default();
        for nth in 0..all {
            sums += Sums::one(score, nth < right, 1.0);
        }
        sums
    }

    #[test]
    fn knots_are_read_from_source() {
        let source = "const A: [(f32, f32); 2] = [(0.0, 0.1), (1.0, 0.2)];\nconst KNOTS: [(f32, f32); 3] =\n    \
                      [(0.0, 0.0), (0.5, 0.6),\n (1.0, 0.9)];\nconst FALLING: [(f32, f32); 2] = [(0.0, 0.5), (1.0, 0.4)];";
        assert_eq!(Curve::read(source, "KNOTS"), Some(curve()));
        assert_eq!(Curve::read(source, "FALLING"), None);
        assert_eq!(Curve::read(source, "OTHER"), None);
        assert_eq!(Curve::read(&curve().source("KNOTS"), "KNOTS"), Some(curve()));
    }

    #[test]
    fn a_chance_leads_back_to_its_score() {
        let curve = curve();
        assert!((curve.chance(0.25) - 0.3).abs() < 1e-9 && (curve.chance(0.75) - 0.75).abs() < 1e-9);
        for step in 0..=100 {
            let score = f64::from(step) / 100.0;
            assert!((curve.score(curve.chance(score)) - score).abs() < 1e-9, "{score}");
        }
        // No score stands for more than the last knot.
        assert_eq!(curve.score(0.95), 1.0);
    }

    #[test]
    fn a_level_stretch_leads_back_to_its_beginning() {
        let level = Curve(vec![(0.0, 0.0), (0.4, 0.5), (0.8, 0.5), (1.0, 1.0)]);
        assert_eq!(level.score(0.5), 0.4);
        assert!((level.score(0.75) - 0.9).abs() < 1e-9);
    }

    #[test]
    fn violators_are_pooled() {
        let pools = isotonic(&[bin(0.1, 1, 10), bin(0.2, 5, 10), bin(0.3, 4, 10), bin(0.4, 0, 10), bin(0.5, 9, 10)]);
        let found: Vec<(f64, f64)> = pools.iter().map(|pool| (pool.weight, pool.right())).collect();
        assert_eq!(found, [(10.0, 0.1), (30.0, 0.3), (10.0, 0.9)]);
        assert!((pools[1].said() - 0.3).abs() < 1e-9);
        // Equal shares are one pool, and all may become one.
        assert_eq!(isotonic(&[bin(0.1, 1, 2), bin(0.2, 2, 4)]).len(), 1);
        assert_eq!(isotonic(&[bin(0.1, 9, 9), bin(0.2, 1, 3), bin(0.3, 0, 1)]).len(), 1);
        assert_eq!(isotonic(&[]), []);
    }

    #[test]
    fn light_bins_are_joined() {
        let weights = |bins: &[Sums], least| heavy(bins, least).iter().map(|bin| bin.weight).collect::<Vec<_>>();
        let bins = [bin(0.1, 1, 1), bin(0.2, 1, 2), bin(0.3, 1, 9), bin(0.4, 1, 2)];
        assert_eq!(weights(&bins, 3.0), [3.0, 11.0]);
        assert_eq!(weights(&bins, 99.0), [14.0]);
        assert_eq!(weights(&[], 0.0), [0.0; 0]);
    }

    #[test]
    fn a_fit_goes_through_the_shares() {
        let bins = [bin(0.25, 3, 10), bin(0.5, 6, 10), bin(0.75, 9, 10)];
        let fit = Curve(vec![(0.0, 0.0), (0.25, 0.3), (0.5, 0.6), (0.75, 0.9), (1.0, 0.9)]);
        assert_eq!(curve().fit(&bins, 0.0), fit);
        // Without data the ends are what is left.
        assert_eq!(curve().fit(&[], 0.0), Curve(vec![(0.0, 0.0), (1.0, 0.9)]));
        // More is right at the top than now is said.
        assert_eq!(curve().fit(&[bin(1.0, 10, 10)], 0.0), Curve(vec![(0.0, 0.0), (1.0, 1.0)]));
    }
}
