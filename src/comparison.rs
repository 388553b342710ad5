//! Comparison: roles side by side, and what they share.
//!
//! It puts together what the taxonomy says of each; how it is shown is the caller's business.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use arrayvec::ArrayVec;

use crate::names::ComponentKind;
use crate::profile::Component;
use crate::taxonomy::{LevelRecord, Role};

/// Roles side by side: at most [`MOST`](Self::MOST).
///
/// ```
/// use titlecanon::{Comparison, Taxonomy};
///
/// let taxonomy = Taxonomy::builtin();
/// let roles = ["TSE.GEN.P3", "TSE.GEN.P4"].map(|code| taxonomy.role(code.parse().unwrap()).unwrap());
/// let comparison = Comparison::new(roles).unwrap();
/// let experience = comparison.aspects().find(|aspect| aspect.name() == "typical experience").unwrap();
/// assert_eq!(experience.values(), ["3–5 years", "5–8 years"]);
/// assert!(!experience.is_shared());
/// ```
#[derive(Clone, Debug)]
pub struct Comparison<'t> {
    roles: ArrayVec<Role<'t>, { Comparison::MOST }>,
}

impl<'t> Comparison<'t> {
    /// How many roles are compared at most: as many as stand beside each other on a page.
    pub const MOST: usize = 4;

    /// A comparison of these roles; `None` if they are fewer than two or more than [`MOST`](Self::MOST).
    pub fn new(roles: impl IntoIterator<Item = Role<'t>>) -> Option<Comparison<'t>> {
        let mut taken = ArrayVec::new();
        for role in roles {
            taken.try_push(role).ok()?;
        }
        (taken.len() > 1).then_some(Comparison { roles: taken })
    }

    /// The roles.
    pub fn roles(&self) -> &[Role<'t>] {
        &self.roles
    }

    /// What is said of every role: its level with the seven attributes, function, focus, family and crosswalk.
    pub fn aspects(&self) -> impl Iterator<Item = Aspect<'t>> {
        let of = |name, value: &dyn Fn(&Role<'t>) -> Cow<'t, str>| Aspect {
            name,
            values: self.roles.iter().map(value).collect(),
        };
        // With its code, since levels of two tracks may have the same name.
        let mut aspects = Vec::from([of("level", &|role| match role.level_record() {
            Some(record) => alloc::format!("{} {}", role.level(), record.name()).into(),
            None => role.level().as_str().into(),
        })]);
        let attributes: ArrayVec<_, { Comparison::MOST }> =
            self.roles.iter().map(|role| role.level_record().map(|record| record.attributes())).collect();
        for (nth, name) in LevelRecord::ATTRIBUTES.into_iter().enumerate() {
            let value = |of: &Option<[Cow<'t, str>; 7]>| of.as_ref().map(|of| of[nth].clone()).unwrap_or_default();
            aspects.push(Aspect { name, values: attributes.iter().map(value).collect() });
        }
        aspects.extend([
            of("function", &|role| role.function().name().into()),
            of("focus", &|role| role.focus().name().into()),
            of("family", &|role| role.family().name().into()),
            of("crosswalk", &|role| {
                let codes: Vec<String> = role.soc().map(|mapping| mapping.code().code()).collect();
                codes.join(", ").into()
            }),
        ]);
        aspects.into_iter()
    }

    /// The components of a kind that all roles share, each once.
    pub fn shared(&self, kind: ComponentKind) -> impl Iterator<Item = Component<'t>> {
        self.components(0, kind).filter(move |component| self.have_all(component))
    }

    /// The components of a kind that the role at `nth` has and not all of the others.
    pub fn differing(&self, nth: usize, kind: ComponentKind) -> impl Iterator<Item = Component<'t>> {
        self.components(nth, kind).filter(move |component| !self.have_all(component))
    }

    fn components(&self, nth: usize, kind: ComponentKind) -> impl Iterator<Item = Component<'t>> + use<'t> {
        let profile = self.roles.get(nth).and_then(Role::profile);
        profile.into_iter().flat_map(move |profile| profile.components(kind))
    }

    /// Whether all roles have a component of the same text.
    fn have_all(&self, component: &Component<'t>) -> bool {
        let has = |nth| self.components(nth, component.kind()).any(|other| other.text() == component.text());
        (0..self.roles.len()).all(has)
    }
}

/// Something that is said of every role of a comparison.
#[derive(Clone, Debug)]
pub struct Aspect<'t> {
    name: &'static str,
    values: ArrayVec<Cow<'t, str>, { Comparison::MOST }>,
}

impl<'t> Aspect<'t> {
    /// What it is, such as "decision rights".
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// What is said of each role, in their order; empty where nothing is.
    pub fn values(&self) -> &[Cow<'t, str>] {
        &self.values
    }

    /// Whether the same is said of all.
    pub fn is_shared(&self) -> bool {
        self.values.windows(2).all(|pair| pair[0] == pair[1])
    }
}
