//! The level ladder: four tracks and their twenty-one levels.
//!
//! Only the shape of the ladder is here. What a level means (scope, autonomy, …) is data.

use core::fmt;
use core::str::FromStr;

/// A career track.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Track {
    /// Support: hourly, clerical, technical and skilled work, S1 to S4.
    Support,
    /// Professional: work that rests on a body of knowledge, P1 to P6.
    Professional,
    /// Management: of people and their work, M1 to M6.
    Management,
    /// Executive: of an organisation or a great part of it, E1 to E5.
    Executive,
}

impl Track {
    /// All tracks, from Support to Executive.
    pub const ALL: [Track; 4] = [Track::Support, Track::Professional, Track::Management, Track::Executive];

    /// The letter that stands for it in a level: `S`, `P`, `M` or `E`.
    pub const fn letter(self) -> char {
        match self {
            Track::Support => 'S',
            Track::Professional => 'P',
            Track::Management => 'M',
            Track::Executive => 'E',
        }
    }

    /// Its name, "Support" to "Executive".
    pub const fn name(self) -> &'static str {
        match self {
            Track::Support => "Support",
            Track::Professional => "Professional",
            Track::Management => "Management",
            Track::Executive => "Executive",
        }
    }

    pub(crate) fn from_letter(letter: char) -> Option<Track> {
        Track::ALL.into_iter().find(|track| track.letter() == letter)
    }
}

macro_rules! levels {
    ($($level:ident $track:ident $rank:literal $doc:literal,)*) => {
        /// A career level: a rung of one of the four tracks.
        ///
        /// The order is by track, then rung; levels of different tracks are not ranked against each other by it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum Level {
            $(#[doc = $doc] $level,)*
        }

        impl Level {
            /// All twenty-one levels in order.
            pub const ALL: [Level; 21] = [$(Level::$level),*];

            /// The code, such as `"P4"`.
            pub const fn as_str(self) -> &'static str {
                match self { $(Level::$level => stringify!($level),)* }
            }

            /// The track that the level is on.
            pub const fn track(self) -> Track {
                match self { $(Level::$level => Track::$track,)* }
            }

            /// The rung on its track, from 1.
            pub const fn rank(self) -> u8 {
                match self { $(Level::$level => $rank,)* }
            }
        }
    };
}

levels! {
    S1 Support 1 "Support Associate",
    S2 Support 2 "Support Specialist",
    S3 Support 3 "Senior Support Specialist",
    S4 Support 4 "Lead Support Specialist",
    P1 Professional 1 "Entry-Level Professional",
    P2 Professional 2 "Developing Professional",
    P3 Professional 3 "Mid-Level Professional",
    P4 Professional 4 "Senior Professional",
    P5 Professional 5 "Expert Professional",
    P6 Professional 6 "Principal Professional",
    M1 Management 1 "Manager (Team Lead)",
    M2 Management 2 "Manager II",
    M3 Management 3 "Senior Manager",
    M4 Management 4 "Director",
    M5 Management 5 "Senior Director",
    M6 Management 6 "Vice President",
    E1 Executive 1 "Director (Executive)",
    E2 Executive 2 "Senior Director (Executive)",
    E3 Executive 3 "Vice President",
    E4 Executive 4 "Senior Vice President",
    E5 Executive 5 "Chief Officer",
}

impl Level {
    /// The level of the roles of a function that has no ladder: in the middle of the professional track.
    pub(crate) const WITHOUT_LADDER: Level = Level::P3;

    pub(crate) const COUNT: usize = Level::ALL.len();

    pub(crate) fn from_index(index: u8) -> Option<Level> {
        Level::ALL.get(index as usize).copied()
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Level {
    type Err = ParseLevelError;

    fn from_str(text: &str) -> Result<Level, ParseLevelError> {
        Level::ALL.into_iter().find(|level| level.as_str() == text).ok_or(ParseLevelError(()))
    }
}

/// The text is not one of the levels of the ladder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseLevelError(());

impl fmt::Display for ParseLevelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a level is one of S1-S4, P1-P6, M1-M6, E1-E5")
    }
}

impl core::error::Error for ParseLevelError {}

/// The kinds of grade, which decide whose track a cue is read on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum GradeKind {
    /// Seniority in one's own work: read on the function's own track.
    Individual,
    /// Leading people: read on the management track first.
    Managerial,
    /// Leading the organisation: read on the executive track first.
    Executive,
}

impl GradeKind {
    pub(crate) const ALL: [GradeKind; 3] = [GradeKind::Individual, GradeKind::Managerial, GradeKind::Executive];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            GradeKind::Individual => "individual",
            GradeKind::Managerial => "managerial",
            GradeKind::Executive => "executive",
        }
    }

    /// Which tracks to try, first to last, for a function whose own track is `home`.
    pub(crate) const fn tracks(self, home: Track) -> [Track; 5] {
        use Track::{Executive, Management, Professional, Support};
        match self {
            GradeKind::Individual => [home, Professional, Support, Management, Executive],
            GradeKind::Managerial => [Management, Executive, home, Professional, Support],
            GradeKind::Executive => [Executive, Management, home, Professional, Support],
        }
    }
}
