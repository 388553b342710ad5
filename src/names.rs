//! Small closed vocabularies that taxonomy files and answers share: alias types, approvals, statuses, kinds of qualifier.

use core::fmt;

/// A value that stands in a taxonomy's files by name.
pub(crate) trait Named: Copy + Sized + 'static {
    fn all() -> &'static [Self];
    fn name(self) -> &'static str;

    fn from_name(name: &str) -> Option<Self> {
        Self::all().iter().copied().find(|value| value.name() == name)
    }

    fn from_index(index: u8) -> Self {
        Self::all().get(index as usize).copied().unwrap_or(Self::all()[0])
    }
}

macro_rules! names {
    ($(#[$meta:meta])* $vis:vis enum $type:ident { $($(#[$doc:meta])* $variant:ident = $name:literal,)* }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        $vis enum $type { $($(#[$doc])* $variant,)* }

        impl $type {
            /// All of them, in order.
            $vis const ALL: &'static [$type] = &[$($type::$variant),*];

            /// The name used in taxonomy files and in answers.
            $vis const fn as_str(self) -> &'static str {
                match self { $($type::$variant => $name,)* }
            }
        }

        impl Named for $type {
            fn all() -> &'static [Self] {
                Self::ALL
            }
            fn name(self) -> &'static str {
                self.as_str()
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_str())
            }
        }
    };
}

names! {
    /// What kind of name an alias is.
    #[non_exhaustive]
    pub enum AliasType {
        /// A name that everybody uses.
        Common = "common",
        /// Letters that stand for the name: "CSR".
        Abbreviation = "abbreviation",
        /// Another wording.
        Variant = "variant",
        /// A name of former days.
        Historical = "historical",
        /// A licence or certificate used as a title.
        Credential = "credential",
        /// A word of the shop floor.
        Informal = "informal",
    }
}

names! {
    /// How far an alias has come in review.
    #[non_exhaustive]
    pub enum Approval {
        /// Written, not yet looked at by a second person.
        Draft = "draft",
        /// Looked at.
        Reviewed = "reviewed",
        /// Approved for use without a second look.
        Approved = "approved",
    }
}

names! {
    /// How far a role or a crosswalk row has come in review.
    #[non_exhaustive]
    pub enum Status {
        /// Written, not yet looked at by a second person.
        Draft = "draft",
        /// Looked at.
        Reviewed = "reviewed",
        /// Approved.
        Approved = "approved",
    }
}

names! {
    /// What the pay of a role would be worked out from.
    #[non_exhaustive]
    pub enum PayBasis {
        /// From nothing: no model of pay is held.
        NoModel = "no model",
    }
}

names! {
    /// What a part of a title speaks of, when it is neither the job nor the level.
    #[non_exhaustive]
    pub enum QualifierKind {
        /// Works away from an office.
        Remote = "remote",
        /// Works partly away from an office.
        Hybrid = "hybrid",
        /// Works at a given place.
        OnSite = "on-site",
        /// Full-time.
        FullTime = "full-time",
        /// Part-time.
        PartTime = "part-time",
        /// Contract, freelance, agency.
        Contract = "contract",
        /// Temporary or fixed-term.
        Temporary = "temporary",
        /// For a season.
        Seasonal = "seasonal",
        /// Internship, co-op, work placement.
        Intern = "intern",
        /// For the time being: interim, acting.
        Interim = "interim",
        /// Unpaid.
        Volunteer = "volunteer",
        /// As needed: per diem, PRN, on call.
        PerDiem = "per-diem",
        /// A shift or schedule.
        Shift = "shift",
        /// A gender marker such as (m/f/d).
        Gender = "gender",
        /// A place.
        Place = "place",
        /// Pay or a bonus.
        Pay = "pay",
        /// A requisition number or internal code.
        Code = "code",
        /// A licence or degree behind the job.
        Credential = "credential",
        /// A security clearance.
        Clearance = "clearance",
        /// Urgency and advertisement: "urgent", "now hiring".
        Noise = "noise",
        /// A small word that joins others: "of", "and", "for".
        Connector = "connector",
    }
}

names! {
    /// A part of a function's story: who does the work, what it is for, and how it goes.
    #[non_exhaustive]
    pub enum StoryPart {
        /// Who does this work.
        Who = "who",
        /// The problem that the work exists to solve.
        ExternalProblem = "external_problem",
        /// How the problem feels to those who have it.
        InternalProblem = "internal_problem",
        /// Why it is wrong that they should have it.
        WhyItMatters = "why_it_matters",
        /// How the function solves it, step by step.
        Plan = "plan",
        /// What is lost if nobody does it well.
        Stakes = "stakes",
        /// What it looks like when it is done well.
        Success = "success",
    }
}

names! {
    /// What kind of component of a role.
    #[non_exhaustive]
    pub enum ComponentKind {
        /// What the role answers for.
        Responsibility = "responsibility",
        /// What one does on a given day.
        Task = "task",
        /// What one can do.
        Skill = "skill",
        /// What one knows.
        Knowledge = "knowledge",
        /// How one behaves.
        Competency = "competency",
        /// What one brings: schooling, licence, experience.
        Qualification = "qualification",
    }
}

/// A part of a profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Part {
    Story(StoryPart),
    Component(ComponentKind),
}

impl Part {
    /// Its number in the tables: the parts of the story come first.
    pub(crate) fn number(self) -> u8 {
        match self {
            Part::Story(part) => part as u8,
            Part::Component(kind) => StoryPart::all().len() as u8 + kind as u8,
        }
    }

    pub(crate) fn all() -> impl Iterator<Item = Part> {
        let story = StoryPart::all().iter().copied().map(Part::Story);
        story.chain(ComponentKind::all().iter().copied().map(Part::Component))
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Part::Story(part) => part.name(),
            Part::Component(kind) => kind.name(),
        }
    }

    pub(crate) fn from_name(name: &str) -> Option<Part> {
        Part::all().find(|part| part.name() == name)
    }
}

names! {
    /// Where in a title a cue or qualifier counts.
    pub(crate) enum Place {
        Any = "any",
        /// Before the job.
        Before = "before",
        /// After the job.
        After = "after",
        /// In a later segment only: after a comma, a dash, in brackets.
        Tail = "tail",
    }
}
