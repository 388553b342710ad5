//! Show: a role as a page.
//!
//! Must not know how a page looks.

use titlecanon::{Component, ComponentKind, Level, LevelRecord, PayBasis, Profile, Role, StoryPart};

use super::{Shown, components, distances_mean};
use crate::grid::{Align, Grid};
use crate::page::{Page, Part, Section};

/// The page for a role, with so many of its aliases.
pub(super) fn page(shown: &Shown<'_>, aliases: usize) -> Page {
    let role = &shown.role;
    let mut sections = vec![level(role), crosswalk(role)];
    sections.extend(match role.profile() {
        Some(profile) => vec![story(&profile), made_of(role.level(), &profile)],
        None => vec![section("Profile", [note("No profile has been written for this function.")])],
    });
    sections.push(aliases_of(role, aliases));
    sections.extend(nearest(shown));
    let summary = Some(role.summary()).filter(|summary| !summary.is_empty()).map(note);
    Page {
        title: format!("{} ({})", role.title(), role.code()),
        lead: summary.into_iter().chain([Part::Facts(record(role))]).collect(),
        sections,
    }
}

fn note(text: &str) -> Part {
    Part::Note(text.into())
}

fn section(heading: &str, parts: impl Into<Vec<Part>>) -> Section {
    Section { heading: heading.into(), parts: parts.into() }
}

fn fact(name: &str, value: impl Into<String>) -> (String, Vec<String>) {
    (name.into(), vec![value.into()])
}

/// What is said of the role in a few words.
fn record(role: &Role<'_>) -> Vec<(String, Vec<String>)> {
    let (family, function, focus) = (role.family(), role.function(), role.focus());
    let name = role.level_record().map(|record| format!(" {}", record.name())).unwrap_or_default();
    let mut facts = vec![
        fact("code", role.code().to_string()),
        fact("level", format!("{}{name}", role.level())),
        fact("track", role.level().track().name()),
        fact("function", format!("{} {}", function.code(), function.name())),
        fact("focus", format!("{} {}", focus.code(), focus.name())),
        fact("family", format!("{} {}", family.code(), family.name())),
    ];
    if function.tracks().next().is_none() {
        facts.retain(|(name, _)| !["level", "track"].contains(&name.as_str()));
        facts.insert(1, fact("level", format!("none; {} stands in its place", role.level())));
    }
    facts.extend(role.external_id().map(|id| fact("external id", id)));
    let confidence = role.confidence();
    let pay = match role.pay_basis() {
        PayBasis::NoModel => "no model; the taxonomy holds no model of pay, so none is worked out",
        other => other.as_str(),
    };
    facts.extend([
        fact("status", role.status().as_str()),
        fact("scope", role.scope()),
        fact("version", format!("v{}", role.version())),
        fact("confidence", format!("{confidence} {}", confidence.band().as_str())),
        fact("pay basis", pay),
    ]);
    facts
}

fn level(role: &Role<'_>) -> Section {
    let parts = match role.level_record() {
        Some(record) => {
            let attributes = LevelRecord::ATTRIBUTES.into_iter().zip(record.attributes());
            Part::Facts(attributes.map(|(name, value)| fact(name, value)).collect())
        }
        None if role.function().tracks().next().is_none() => note("The function has no ladder."),
        None => note("The taxonomy describes no levels."),
    };
    section("Level", [parts])
}

fn crosswalk(role: &Role<'_>) -> Section {
    let head = ["code", "title", "source", "review status"].map(|name| (name, Align::Prose));
    let mut grid = Grid::new("Occupations of SOC 2018, the best first", head);
    for mapping in role.soc() {
        let (code, status) = (mapping.code(), mapping.status());
        grid.push([code.code(), code.title().into(), mapping.source().into(), status.as_str().into()]);
    }
    let empty = "The taxonomy gives no occupation for this role.";
    section("Crosswalk", [if grid.rows.is_empty() { note(empty) } else { Part::Table(grid) }])
}

/// The story in its five parts, as far as they are written.
fn story(profile: &Profile<'_>) -> Section {
    let texts = |part| -> Vec<String> { profile.story(part).map(Into::into).collect() };
    let notes = |part| texts(part).into_iter().map(Part::Note).collect();
    let problem: Vec<_> = [
        ("external", StoryPart::ExternalProblem),
        ("internal", StoryPart::InternalProblem),
        ("why it matters", StoryPart::WhyItMatters),
    ]
    .map(|(name, part)| (name.to_owned(), texts(part)))
    .into_iter()
    .filter(|(_, texts)| !texts.is_empty())
    .collect();
    let plan = texts(StoryPart::Plan);
    let told: [(&str, Vec<Part>); 5] = [
        ("Who", notes(StoryPart::Who)),
        ("Problem", if problem.is_empty() { Vec::new() } else { vec![Part::Facts(problem)] }),
        ("Plan", if plan.is_empty() { Vec::new() } else { vec![Part::Steps(plan)] }),
        ("Stakes", notes(StoryPart::Stakes)),
        ("Success", notes(StoryPart::Success)),
    ];
    let told = told.into_iter().filter(|(_, parts)| !parts.is_empty());
    let parts: Vec<Part> =
        told.flat_map(|(heading, parts)| std::iter::once(Part::Heading(heading.into())).chain(parts)).collect();
    section("Story", if parts.is_empty() { vec![note("No story has been written for this function.")] } else { parts })
}

/// The components by kind: those that are shared, then those of the level.
fn made_of(level: Level, profile: &Profile<'_>) -> Section {
    let mut parts = Vec::new();
    for &kind in ComponentKind::ALL {
        let (shared, own): (Vec<_>, Vec<_>) = profile.components(kind).partition(Component::is_shared);
        let texts = |components: &[Component<'_>]| components.iter().map(|one| one.text().to_owned()).collect();
        let facts: Vec<(String, Vec<String>)> = [("shared", &shared), (level.as_str(), &own)]
            .into_iter()
            .filter(|(_, components)| !components.is_empty())
            .map(|(mark, components)| (mark.to_owned(), texts(components)))
            .collect();
        if !facts.is_empty() {
            parts.extend([Part::Heading(components(kind)), Part::Facts(facts)]);
        }
    }
    let (none, what) = (
        "No components have been written for this function and level.",
        "What all roles of the function share, and what is tied to this level.",
    );
    parts.insert(0, note(if parts.is_empty() { none } else { what }));
    section("Components", parts)
}

fn aliases_of(role: &Role<'_>, most: usize) -> Section {
    let head = [("title", Align::Text), ("type", Align::Text), ("confidence", Align::Number)];
    let mut grid = Grid::new(
        "Titles that lead to this role, and how surely",
        head.into_iter().chain([("band", Align::Text), ("approval", Align::Text)]),
    );
    let aliases: Vec<_> = role.aliases().collect();
    for alias in aliases.iter().take(most) {
        grid.push([
            alias.text(),
            alias.alias_type().as_str().into(),
            alias.confidence().to_string(),
            alias.band().as_str().into(),
            alias.approval().as_str().into(),
        ]);
    }
    if grid.rows.is_empty() {
        return section("Aliases", [note("No title leads to this role by itself.")]);
    }
    let mut parts = vec![Part::Table(grid)];
    if aliases.len() > most {
        parts.push(Part::Note(format!("{} more; --all-aliases lists them", aliases.len() - most)));
    }
    section("Aliases", parts)
}

/// The nearest roles, if they are asked for.
fn nearest(shown: &Shown<'_>) -> Option<Section> {
    let head = [("code", Align::Text), ("title", Align::Text), ("distance", Align::Number), ("verdict", Align::Text)];
    let mut grid = Grid::new("The nearest other roles, the nearest first", head);
    for near in &shown.neighbors {
        let (role, distance) = (near.role(), near.distance());
        let verdict = distance.verdict().as_str();
        grid.push([role.code().to_string(), role.title(), distance.to_string(), verdict.into()]);
    }
    let parts = [Part::Note(distances_mean()), Part::Table(grid)];
    (!shown.neighbors.is_empty()).then(|| section("Nearest roles", parts))
}
