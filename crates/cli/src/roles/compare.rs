//! Compare: roles side by side as a page.
//!
//! Must not know how a page looks.

use titlecanon::{Comparison, Component, ComponentKind, Role};

use super::{components, distances_mean};
use crate::grid::{Align, Grid};
use crate::page::{Page, Part, Section};

/// What stands where nothing is said.
const NOTHING: &str = "–";

/// The page for a comparison.
pub(super) fn page(comparison: &Comparison<'_>) -> Page {
    let codes = codes(comparison);
    let titles = comparison.roles().iter().map(|role| (role.code().to_string(), vec![role.title()]));
    Page {
        title: format!("Comparison of {}", codes.join(", ")),
        lead: vec![Part::Facts(titles.collect())],
        sections: vec![aspects(comparison, &codes), distances(comparison, &codes), made_of(comparison, &codes)],
    }
}

fn codes(comparison: &Comparison<'_>) -> Vec<String> {
    comparison.roles().iter().map(|role| role.code().to_string()).collect()
}

/// A table with a column for each role.
fn table(caption: &str, first: &[(&str, Align)], codes: &[String]) -> Grid {
    let first = first.iter().map(|&(name, align)| (name.to_owned(), align));
    Grid::new(caption, first.chain(codes.iter().map(|code| (code.clone(), Align::Prose))))
}

/// What is said of every role, as far as anything is said of one at least.
fn aspects(comparison: &Comparison<'_>, codes: &[String]) -> Section {
    let mut grid = table(
        "What is said of each, and whether it is the same",
        &[("aspect", Align::Text), ("same", Align::Text)],
        codes,
    );
    let mut silent = Vec::new();
    for aspect in comparison.aspects() {
        if aspect.values().iter().all(|value| value.is_empty()) {
            silent.push(aspect.name());
            continue;
        }
        let same = if aspect.is_shared() { "yes" } else { "no" };
        let values = aspect.values().iter().map(|value| if value.is_empty() { NOTHING } else { value });
        grid.push([aspect.name(), same].into_iter().chain(values).map(String::from));
    }
    let mut parts = vec![Part::Table(grid)];
    if !silent.is_empty() {
        parts.push(Part::Note(format!("The taxonomy says nothing of {}.", silent.join(", "))));
    }
    for role in comparison.roles().iter().filter(|role| role.function().tracks().next().is_none()) {
        let level = role.level();
        parts.push(Part::Note(format!("{role} has no ladder: {level} says nothing of how senior it is.")));
    }
    Section { heading: "Aspects".into(), parts }
}

/// How far each is from each.
fn distances(comparison: &Comparison<'_>, codes: &[String]) -> Section {
    let mut grid = table("Distance, and the verdict on it", &[("from", Align::Text)], codes);
    for (role, code) in comparison.roles().iter().zip(codes) {
        let cell = |other: &Role<'_>| {
            let distance = role.distance(*other);
            if role == other { NOTHING.into() } else { format!("{distance} {}", distance.verdict().as_str()) }
        };
        grid.push(std::iter::once(code.clone()).chain(comparison.roles().iter().map(cell)));
    }
    Section { heading: "Distances".into(), parts: vec![Part::Note(distances_mean()), Part::Table(grid)] }
}

/// The components by kind: those that all share, then what each has besides.
fn made_of(comparison: &Comparison<'_>, codes: &[String]) -> Section {
    let without = comparison.roles().iter().filter(|role| role.profile().is_none());
    let mut parts: Vec<Part> = without
        .map(|role| Part::Note(format!("{role}: no profile has been written for {}.", role.function().name())))
        .collect();
    for &kind in ComponentKind::ALL {
        let texts = |components: &mut dyn Iterator<Item = Component<'_>>| -> Vec<String> {
            components.map(|component| component.text().into()).collect()
        };
        let shared = ("all".to_owned(), texts(&mut comparison.shared(kind)));
        let own =
            codes.iter().enumerate().map(|(nth, code)| (code.clone(), texts(&mut comparison.differing(nth, kind))));
        let facts: Vec<(String, Vec<String>)> =
            std::iter::once(shared).chain(own).filter(|(_, texts)| !texts.is_empty()).collect();
        if !facts.is_empty() {
            parts.extend([Part::Heading(components(kind)), Part::Facts(facts)]);
        }
    }
    if parts.is_empty() {
        parts.push(Part::Note("No components have been written for these functions and levels.".into()));
    }
    Section { heading: "Components".into(), parts }
}
