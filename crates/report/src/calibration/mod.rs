//! Calibration: how often answers are right that were given with some confidence, and what that makes of the numbers
//! behind it: the knots in `src/score.rs` and the confidences in `data/aliases`.
//!
//! An answer is right if the first SOC code of its role is in the minor group (three digits) of one of the title's
//! labels. Answers below the threshold of review count too, so that the fit sees the lower end. Figures only: no title
//! is printed.

mod bins;
mod curve;
mod labelled;

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;

use titlecanon::{EvidenceKind, Match, Method, Mnemonic, Normalizer, Resolution};

use bins::{Bins, Sums};
use curve::Curve;
use labelled::File;

/// Where the library has the knots.
const SCORE: &str = include_str!("../../../../src/score.rs");

/// No knot stands for less of the weight of its kind.
const LEAST: f64 = 0.08;

/// A function is judged by at least so many titles, and by these and as much weight more that is right as often as
/// said.
const TITLES: u64 = 15;
/// See [`TITLES`].
const SHRINK: f64 = 16.0;

/// How many functions are told.
const FUNCTIONS: usize = 40;

/// What an answer rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// An alias and cues are the whole title, in whatever order.
    Explained,
    /// An alias in a longer title. The few jobs that a title names second and that come out best are among them, though
    /// they have a set chance and no score.
    Composed,
    /// An alias in another order, beside other words.
    InvertedInside,
    /// An alias that shares words with the title.
    Fuzzy,
    /// Anything that hangs on a word that was read as another.
    Corrected,
    /// The likeliest of several jobs that share a name.
    Ambiguous,
}

impl Kind {
    const ALL: [Kind; 6] =
        [Kind::Explained, Kind::Composed, Kind::InvertedInside, Kind::Fuzzy, Kind::Corrected, Kind::Ambiguous];

    fn of(answer: &Resolution<'_>, best: &Match<'_>) -> Kind {
        let has = |kind| answer.evidence().any(|evidence| evidence.kind() == kind);
        let rest = has(EvidenceKind::Rest);
        match best.method() {
            _ if has(EvidenceKind::Correction) => Kind::Corrected,
            _ if best.alias().is_none() => Kind::Ambiguous,
            Method::Fuzzy => Kind::Fuzzy,
            Method::Inverted if rest => Kind::InvertedInside,
            _ if rest => Kind::Composed,
            _ => Kind::Explained,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Kind::Explained => "Exact, composed or inverted, nothing left unexplained",
            Kind::Composed => "Composed, words left unexplained",
            Kind::InvertedInside => "Inverted, words left unexplained",
            Kind::Fuzzy => "Fuzzy, no word corrected",
            Kind::Corrected => "Anything with a corrected word",
            Kind::Ambiguous => "Ambiguous",
        }
    }

    /// The constant that makes chances of this kind's scores.
    fn constant(self) -> Option<&'static str> {
        match self {
            Kind::Composed => Some("COMPOSED"),
            Kind::Fuzzy => Some("FUZZY"),
            _ => None,
        }
    }
}

/// What answers of one kind came to.
struct Tally {
    kind: Kind,
    /// By confidence.
    said: Bins,
    /// By score, where there is a map from score to confidence.
    scores: Option<Scores>,
}

/// How often answers were right, by the score that a map made their confidence of.
struct Scores {
    /// The constant that holds the map's knots.
    name: &'static str,
    /// The map as it is.
    now: Curve,
    bins: Bins,
}

/// What the exact answers in one function came to: in all, and in each file.
struct Function {
    all: Sums,
    files: Vec<Sums>,
}

/// Says how the answers to some files of labelled titles, each `FILE` or `FILE:WEIGHT`, compare with the labels.
pub(crate) fn report(args: &[&str]) -> Result<String, Box<dyn Error>> {
    let files = args.iter().map(|arg| labelled::read(arg)).collect::<Result<Vec<File>, String>>()?;
    let mut tallies = Vec::new();
    for kind in Kind::ALL {
        let scores = match kind.constant() {
            Some(name) => {
                let now = Curve::read(SCORE, name).ok_or_else(|| format!("src/score.rs: no knots {name}"))?;
                Some(Scores { name, now, bins: Bins::new(0, 5) })
            }
            None => None,
        };
        tallies.push(Tally { kind, said: Bins::new(0, 5), scores });
    }
    let mut aliases = Bins::new(60, 2);
    let mut functions: BTreeMap<Mnemonic, Function> = BTreeMap::new();

    let normalizer = Normalizer::builtin();
    let lenient = normalizer.with_thresholds(0.0, 0.0);
    for (nth, file) in files.iter().enumerate() {
        for row in &file.rows {
            let mut answer = normalizer.normalize(&row.title);
            if answer.best().is_none() {
                answer = lenient.normalize(&row.title);
            }
            let Some(best) = answer.best() else { continue };
            let kind = Kind::of(&answer, &best);
            let said = best.function_confidence().value();
            let right = best.role().soc().next().is_some_and(|mapping| row.has(mapping.code().number()));
            let weight = file.weight * row.weight;
            for tally in tallies.iter_mut().filter(|tally| tally.kind == kind) {
                tally.said.add(said, right, weight);
                if let Some(Scores { now, bins, .. }) = &mut tally.scores {
                    bins.add(now.score(said), right, weight);
                }
            }
            if kind == Kind::Explained && best.method() == Method::Exact {
                aliases.add(said, right, weight);
                let function = functions
                    .entry(best.function().code())
                    .or_insert_with(|| Function { all: Sums::default(), files: vec![Sums::default(); files.len()] });
                let one = Sums::one(said, right, weight);
                function.all += one;
                function.files[nth] += one;
            }
        }
    }

    let mut out = String::new();
    for tally in &tallies {
        table(&mut out, tally.kind.name(), &tally.said)?;
    }
    for scores in tallies.iter().filter_map(|tally| tally.scores.as_ref()) {
        knots(&mut out, scores)?;
    }
    table(
        &mut out,
        "Exact answers: what is said is the alias's confidence, or less if it is the bare name of an area",
        &aliases,
    )?;
    factors(&mut out, &files, functions)?;
    Ok(out)
}

/// How often answers were right, by confidence.
fn table(out: &mut String, name: &str, bins: &Bins) -> std::fmt::Result {
    writeln!(out, "{name}\n\n     bin     said  right  titles   weight")?;
    let mut all = Sums::default();
    for (from, to, sums) in bins.filled() {
        writeln!(out, "{from:.2}-{to:.2}  {}", figures(&sums))?;
        all += sums;
    }
    if all.weight > 0.0 {
        writeln!(out, "all        {}", figures(&all))?;
    }
    writeln!(out)
}

fn figures(sums: &Sums) -> String {
    format!("{:.3}  {:.3}  {:>6}  {:>7.0}", sums.said(), sums.right(), sums.titles, sums.weight)
}

/// The map from score to chance: what it says, what is right, and what it would say fitted to that.
fn knots(out: &mut String, Scores { name, now, bins }: &Scores) -> std::fmt::Result {
    let sums: Vec<Sums> = bins.filled().map(|(_, _, sums)| sums).collect();
    let fit = now.fit(&sums, LEAST);
    writeln!(out, "Scores that {name} makes chances of\n\n    score    chance  right  fitted  titles   weight")?;
    for (from, to, sums) in bins.filled() {
        let (now, fitted) = (now.chance(sums.said()), fit.chance(sums.said()));
        let (right, titles, weight) = (sums.right(), sums.titles, sums.weight);
        writeln!(out, "{from:.2}-{to:.2}   {now:.3}  {right:.3}   {fitted:.3}  {titles:>6}  {weight:>7.0}")?;
    }
    writeln!(out, "\n{}\n", fit.source(name))
}

/// The functions whose aliases are right least often, and what to multiply their confidences by.
fn factors(out: &mut String, files: &[File], functions: BTreeMap<Mnemonic, Function>) -> std::fmt::Result {
    let mut functions: Vec<_> = functions.into_iter().filter(|(_, sums)| sums.all.titles >= TITLES).collect();
    functions.sort_by(|(_, a), (_, b)| a.all.shrunk(SHRINK).total_cmp(&b.all.shrunk(SHRINK)));
    let of = functions.len();
    functions.truncate(FUNCTIONS);
    writeln!(
        out,
        "The {} of {of} functions with at least {TITLES} exact answers whose aliases are right least often, as shrunk by {SHRINK};\n\
         under the name of each file the share that is right, and titles\n",
        functions.len()
    )?;
    write!(out, "function   said  right  shrunk  factor  titles")?;
    for file in files {
        write!(out, "  {:>16}", file.name)?;
    }
    writeln!(out)?;
    for (code, Function { all, files }) in functions {
        let (said, right, shrunk) = (all.said(), all.right(), all.shrunk(SHRINK));
        let (code, factor) = (code.as_str(), shrunk / said);
        write!(out, "{code:<9} {said:.3}  {right:.3}   {shrunk:.3}   {factor:.3}  {:>6}", all.titles)?;
        for sums in files {
            if sums.weight > 0.0 {
                write!(out, "  {:>9.3} {:>6}", sums.right(), sums.titles)?;
            } else {
                write!(out, "  {:>16}", "-")?;
            }
        }
        writeln!(out)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_library_has_knots() {
        for name in Kind::ALL.into_iter().filter_map(Kind::constant) {
            let curve = Curve::read(SCORE, name).unwrap();
            assert_eq!((curve.chance(0.0), curve.score(0.0)), (0.0, 0.0), "{name}");
        }
    }

    #[test]
    fn answers_are_sorted_by_what_they_rest_on() {
        let kind = |title| {
            let answer = titlecanon::normalize_title(title);
            Kind::of(&answer, &answer.best().unwrap())
        };
        assert_eq!(kind("Technical Support Engineer"), Kind::Explained);
        assert_eq!(kind("Sr. Technical Support Engineer"), Kind::Explained);
        assert_eq!(kind("Engineer, Technical Support"), Kind::Explained);
        assert_eq!(kind("Qwertz Technical Support Engineer"), Kind::Composed);
        assert_eq!(kind("Tehcnical Support Enginer"), Kind::Corrected);
        assert_eq!(kind("Analyst"), Kind::Ambiguous);
    }
}
