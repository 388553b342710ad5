//! Profiles: what a role is for and made of, as the taxonomy's authors wrote it.
//!
//! Nothing is put together here: a text is in the taxonomy or it is not there. This module must not know how titles are matched.

use core::fmt;

use crate::level::Level;
use crate::names::{ComponentKind, Named, Part, StoryPart};
use crate::tables::{ProfileRow, index};
use crate::taxonomy::{Function, Role, Taxonomy};

/// What a role is for and made of: the story of its function, and its components.
///
/// Optional by design: most functions of the embedded taxonomy have none, and those that do have them only under the feature
/// `profiles`. A taxonomy of one's own has those of its files.
///
/// ```
/// # #[cfg(feature = "profiles")] {
/// use titlecanon::{ComponentKind, StoryPart, Taxonomy};
///
/// let role = Taxonomy::builtin().role("TSE.GEN.P4".parse()?).unwrap();
/// let profile = role.profile().unwrap();
/// assert_eq!(profile.story(StoryPart::Plan).count(), 5);
/// let tasks: Vec<_> = profile.components(ComponentKind::Task).collect();
/// assert_eq!(tasks.len(), 5);
/// // Some are shared by the whole function, others tied to the role's level.
/// assert!(tasks.iter().any(|task| task.is_shared()));
/// assert!(tasks.iter().all(|task| task.is_shared() || task.level() == Some(role.level())));
/// # }
/// # Ok::<(), titlecanon::ParseRoleCodeError>(())
/// ```
#[derive(Clone, Copy)]
pub struct Profile<'t> {
    taxonomy: &'t Taxonomy,
    level: Level,
    /// The rows of its function.
    first: usize,
    end: usize,
}

impl<'t> Function<'t> {
    /// Whether its roles have a [`Profile`].
    pub fn has_profile(&self) -> bool {
        !self.profile_rows().is_empty()
    }

    /// The rows of its profile. Logarithmic in the number of rows of all.
    fn profile_rows(&self) -> core::ops::Range<usize> {
        let rows = self.taxonomy().tables().profiles();
        let number = self.index();
        let first = rows.partition_point(|row| usize::from(row.function) < number);
        first..rows.partition_point(|row| usize::from(row.function) <= number)
    }
}

impl<'t> Role<'t> {
    /// What the role is for and made of; `None` if the taxonomy says nothing of it.
    pub fn profile(&self) -> Option<Profile<'t>> {
        let function = self.function();
        let rows = function.profile_rows();
        let profile = Profile { taxonomy: function.taxonomy(), level: self.level(), first: rows.start, end: rows.end };
        (!rows.is_empty()).then_some(profile)
    }
}

impl<'t> Profile<'t> {
    /// The texts of a part of the function's story: the steps of the plan, at most one of any other part.
    pub fn story(&self, part: StoryPart) -> impl Iterator<Item = &'t str> + use<'t> {
        let taxonomy = self.taxonomy;
        self.rows(Part::Story(part)).map(move |row| taxonomy.tables().str(row.text))
    }

    /// The role's components of a kind: those that the whole function shares, then those of its level.
    pub fn components(&self, kind: ComponentKind) -> impl Iterator<Item = Component<'t>> + use<'t> {
        let taxonomy = self.taxonomy;
        self.rows(Part::Component(kind)).map(move |row| Component { taxonomy, row })
    }

    /// The rows of a part that the role has.
    fn rows(&self, part: Part) -> impl Iterator<Item = ProfileRow> + use<'t> {
        let (profile, part) = (*self, part.number());
        let rows = profile.taxonomy.tables().profiles();
        let own = move |row: &ProfileRow| level_of(row).is_none_or(|level| level == profile.level);
        (profile.first..profile.end).map(move |at| rows.get(at)).filter(move |row| row.part == part && own(row))
    }
}

impl fmt::Debug for Profile<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Profile { level, first, end, .. } = self;
        write!(f, "Profile({level}, {} texts)", end - first)
    }
}

/// The level that a text is tied to.
fn level_of(row: &ProfileRow) -> Option<Level> {
    index(row.level).and_then(|number| Level::from_index(number as u8))
}

/// Something that a role is made of, such as a task.
#[derive(Clone, Copy)]
pub struct Component<'t> {
    taxonomy: &'t Taxonomy,
    row: ProfileRow,
}

impl<'t> Component<'t> {
    /// What it is.
    pub fn text(&self) -> &'t str {
        self.taxonomy.tables().str(self.row.text)
    }

    /// What kind of component it is.
    pub fn kind(&self) -> ComponentKind {
        let of_story = StoryPart::ALL.len() as u8;
        ComponentKind::from_index(self.row.part.saturating_sub(of_story))
    }

    /// The level that it is tied to; `None` if all roles of the function share it.
    pub fn level(&self) -> Option<Level> {
        level_of(&self.row)
    }

    /// Whether all roles of the function share it.
    pub fn is_shared(&self) -> bool {
        self.level().is_none()
    }
}

impl fmt::Debug for Component<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Component({} {:?})", self.kind(), self.text())
    }
}
