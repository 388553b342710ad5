//! Distance: how far apart two roles are by their place in the taxonomy and on the ladder, and which are nearest to one.
//!
//! It is structural: it looks at where roles stand, not at what is written of them. It must not know how titles are matched.

use alloc::collections::BinaryHeap;
use alloc::vec::Vec;
use core::fmt;
use core::ops::Range;

use crate::confidence::Verdict;
use crate::level::{Level, Track};
use crate::taxonomy::{Focus, Role, Taxonomy};

/// How far apart two roles are, from 0 to 1, in steps of one ten-thousandth.
///
/// It is what lies between the jobs (another focus, another function, another family) and what lies between the levels (rungs,
/// and another track) together, and a metric: 0 only between a role and itself, the same both ways, and never longer than a way
/// over a third role.
///
/// ```
/// use titlecanon::{Taxonomy, Verdict};
///
/// let taxonomy = Taxonomy::builtin();
/// let role = |code: &str| taxonomy.role(code.parse().unwrap()).unwrap();
/// let senior = role("TSE.GEN.P4");
/// assert_eq!(senior.distance(role("TSE.GEN.P5")).value(), 0.07);
/// assert_eq!(senior.distance(role("TSE.GEN.P1")).verdict(), Verdict::Confident);
/// assert_eq!(senior.distance(role("SWE.GEN.P4")).verdict(), Verdict::NoMatch);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Distance(u16);

const STEPS: u16 = 10_000;

/// Between two focuses of a function. They share duties, ladder and pay grade more often than not; it takes a little more than
/// a rung to outweigh another specialisation.
const FOCUS: u16 = 800;

/// Between two functions of a family: another job, but of the same business. More than the tolerance by itself, so that
/// roles of two functions are never taken for one another without somebody's look, and less than what ends a review, so that
/// at nearly the same level somebody may look.
const FUNCTION: u16 = 3_500;

/// Between two families: another job elsewhere. More than any review admits, whatever the levels.
const FAMILY: u16 = 5_500;

/// A rung, on one track or another. One rung is a promotion; a tolerance of 0.30 admits four, which is from entry-level to senior
/// and one further.
const RUNG: u16 = 700;

/// Beyond so many rungs apart, roles are as far apart as levels make them: a beginner is as little a director as a
/// vice president.
const RUNGS_THAT_COUNT: u16 = 5;

/// Another track: who leads people does another work than who leads by craft. More than a rung, since one is promoted oftener
/// than one changes tracks, and less than two, since a senior professional and the manager of the team often swap.
const TRACK: u16 = 1_000;

/// The most that levels can lie apart.
const LEVELS: u16 = RUNGS_THAT_COUNT * RUNG + TRACK;

const _: () = assert!(FAMILY + LEVELS == STEPS, "the farthest roles are 1 apart");
const _: () = assert!(FOCUS < FUNCTION && FUNCTION < FAMILY && RUNG < TRACK && TRACK < 2 * RUNG);
const _: () = assert!(FUNCTION > Distance::TOLERANCE.0 && FAMILY > Distance::BORDERLINE.0);

impl Distance {
    /// Up to here two roles may stand for one another: 0.30.
    pub const TOLERANCE: Distance = Distance(3_000);

    /// Up to here somebody should look whether they may: 0.45, the most that levels can lie apart, so that no two levels of one
    /// job are strangers.
    pub const BORDERLINE: Distance = Distance(LEVELS);

    /// As a number from 0 to 1.
    pub fn value(self) -> f64 {
        f64::from(self.0) / f64::from(STEPS)
    }

    /// Whether roles so far apart may stand for one another: [`Confident`](Verdict::Confident) up to
    /// [`TOLERANCE`](Self::TOLERANCE), [`NeedsReview`](Verdict::NeedsReview) up to [`BORDERLINE`](Self::BORDERLINE), else
    /// [`NoMatch`](Verdict::NoMatch).
    pub fn verdict(self) -> Verdict {
        match self {
            _ if self <= Distance::TOLERANCE => Verdict::Confident,
            _ if self <= Distance::BORDERLINE => Verdict::NeedsReview,
            _ => Verdict::NoMatch,
        }
    }
}

/// Two decimals unless the formatter asks otherwise.
impl fmt::Display for Distance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.*}", f.precision().unwrap_or(2), self.value())
    }
}

impl fmt::Debug for Distance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.4}", self.value())
    }
}

/// How high a level stands on the ladder as a whole. By the typical years that the rungs ask for, the first of management is as
/// high as the third professional one, and the first executive one as the fifth of management.
fn height(level: Level) -> u16 {
    let first = match level.track() {
        Track::Support | Track::Professional => 1,
        Track::Management => 3,
        Track::Executive => 7,
    };
    first + u16::from(level.rank()) - 1
}

/// What lies between two levels: a metric, since the rungs are a distance on a line that is cut off, and tracks are the same or not.
fn between_levels(one: Level, other: Level) -> u16 {
    let rungs = height(one).abs_diff(height(other)).min(RUNGS_THAT_COUNT);
    let track = if one.track() == other.track() { 0 } else { TRACK };
    rungs * RUNG + track
}

/// What lies between two jobs: a metric, since it is that of a tree.
fn between_jobs(one: Focus<'_>, other: Focus<'_>) -> u16 {
    match () {
        () if one == other => 0,
        () if one.function() == other.function() => FOCUS,
        () if one.function().family() == other.function().family() => FUNCTION,
        () => FAMILY,
    }
}

/// A role near another.
#[derive(Clone, Copy, Debug)]
pub struct Neighbor<'t> {
    role: Role<'t>,
    distance: Distance,
}

impl<'t> Neighbor<'t> {
    /// The role.
    pub fn role(&self) -> Role<'t> {
        self.role
    }

    /// How far away it is.
    pub fn distance(&self) -> Distance {
        self.distance
    }
}

/// A neighbour by distance, then the number of its focus, then level: what is nearer is less.
type Ranked = (Distance, usize, Level);

impl<'t> Role<'t> {
    /// How far it is from another role of the same taxonomy. Roles of different taxonomies are as far apart as can be.
    pub fn distance(&self, other: Role<'_>) -> Distance {
        if !core::ptr::eq(self.taxonomy(), other.taxonomy()) {
            return Distance(STEPS);
        }
        Distance(between_jobs(self.focus(), other.focus()) + between_levels(self.level(), other.level()))
    }

    /// The `k` other roles that are nearest, nearest first; among equals in the order of the taxonomy. As a rule it
    /// looks no farther than its family: well below a tenth of a millisecond in the embedded taxonomy.
    ///
    /// ```
    /// use titlecanon::Taxonomy;
    ///
    /// let role = Taxonomy::builtin().role("TSE.GEN.P4".parse()?).unwrap();
    /// let nearest: Vec<_> = role.neighbors(2).iter().map(|near| near.role().code().to_string()).collect();
    /// assert_eq!(nearest, ["TSE.GEN.P3", "TSE.GEN.P5"]);
    /// # Ok::<(), titlecanon::ParseRoleCodeError>(())
    /// ```
    pub fn neighbors(&self, k: usize) -> Vec<Neighbor<'t>> {
        let taxonomy = self.taxonomy();
        let mut levels = Level::ALL.map(|level| (between_levels(self.level(), level), level));
        levels.sort_unstable();
        // One more than asked for, for the role itself, which is the nearest of all.
        let mut nearest = Nearest { taxonomy, most: k.saturating_add(1), levels, found: BinaryHeap::new() };
        let (own, function) = (self.focus().index(), self.function());
        let (focuses, family) = (function.focus_range(), function.family().focus_range());
        let all = 0..taxonomy.tables().focuses().len();
        nearest.add(own..own + 1, 0);
        nearest.add_around(focuses.clone(), own..own + 1, FOCUS);
        nearest.add_around(family.clone(), focuses, FUNCTION);
        nearest.add_around(all, family, FAMILY);
        let found = nearest.found.into_sorted_vec().into_iter().skip(1);
        found
            .map(|(distance, focus, level)| Neighbor { role: Role::new(Focus::new(taxonomy, focus), level), distance })
            .collect()
    }
}

/// The nearest roles found so far.
struct Nearest<'t> {
    taxonomy: &'t Taxonomy,
    most: usize,
    /// What lies between the role's level and each, the nearest first.
    levels: [(u16, Level); Level::COUNT],
    /// The farthest on top.
    found: BinaryHeap<Ranked>,
}

impl Nearest<'_> {
    /// Adds the roles of the focuses in a range but for those in another.
    fn add_around(&mut self, range: Range<usize>, but: Range<usize>, apart: u16) {
        self.add(range.start..but.start, apart);
        self.add(but.end..range.end, apart);
    }

    /// Adds the roles of focuses whose jobs lie so far away.
    fn add(&mut self, focuses: Range<usize>, apart: u16) {
        for number in focuses {
            let function = Focus::new(self.taxonomy, number).function();
            for (levels, level) in self.levels {
                let ranked = (Distance(apart + levels), number, level);
                let full = self.found.len() >= self.most;
                if full && self.found.peek().is_none_or(|farthest| ranked.0 > farthest.0) {
                    break;
                }
                if function.reaches(level) {
                    self.found.push(ranked);
                    if full {
                        self.found.pop();
                    }
                }
            }
        }
    }
}
