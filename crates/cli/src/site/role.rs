//! A role's page: everything that the taxonomy says of it, and what is near.
//!
//! Pages of these there are by the ten thousand, so what takes little room is written with little. Must not know how titles are
//! matched.

use std::fmt::Write as _;

use titlecanon::{ComponentKind, LevelRecord, Profile, Role, RoleAlias, StoryPart};

use super::frame::{self, Page, Site, count, of_distance, sure};
use crate::html::Escaped;
use crate::roles;

/// So many neighbours are shown.
const NEIGHBORS: usize = 10;

/// So many titles are shown at once; the others when asked for.
const TITLES: usize = 12;

pub(super) fn page(site: &Site<'_>, role: Role<'_>) -> String {
    let (function, family) = (role.function(), role.family());
    let (code, title) = (role.code(), role.title());
    let mut main = format!("<p class=\"kind\">Role <code>{code}</code></p>\n<h1>{}</h1>\n", Escaped(&title));
    if !role.summary().is_empty() {
        let _ = writeln!(main, "<p class=\"lead\">{}</p>", Escaped(role.summary()));
    }
    rungs(&mut main, role);
    record(&mut main, role);
    level(&mut main, role);
    crosswalk(&mut main, role);
    titles(&mut main, role);
    profile(&mut main, role);
    nearest(&mut main, role);
    let crumbs = [(frame::family(family), family.name()), (frame::function(function), function.name())];
    site.page(&Page { title: &title, root: "../../", crumbs: &crumbs, answers: "", main })
}

/// The other levels of the same focus.
fn rungs(main: &mut String, role: Role<'_>) {
    let all: Vec<Role<'_>> = role.focus().roles().collect();
    if all.len() < 2 {
        return;
    }
    *main += "<nav class=\"rungs\" aria-label=\"Levels of this focus\"><ul>";
    for other in all {
        let _ = match other == role {
            true => write!(main, "<li><span aria-current=\"page\">{}</span></li>", other.level()),
            false => write!(main, "<li><a href=\"{}\">{}</a></li>", beside(role, other), other.level()),
        };
    }
    *main += "</ul></nav>\n";
}

/// The way from a role's page to another's.
fn beside(role: Role<'_>, other: Role<'_>) -> String {
    let (function, file) = (other.function(), format!("{}.{}.html", other.focus().code(), other.level()));
    if function == role.function() { file } else { format!("../{}/{file}", function.code()) }
}

/// Where it stands and how far its record has come.
fn record(main: &mut String, role: Role<'_>) {
    let (function, focus, family) = (role.function(), role.focus(), role.family());
    *main += "<section>\n<h2>Record</h2>\n<dl class=\"facts\">";
    let mut fact = |name: &str, value: String| {
        let _ = write!(main, "<div><dt>{name}</dt><dd>{value}</dd></div>");
    };
    let link = |path: String, name: &str| format!("<a href=\"../../{path}\">{}</a>", Escaped(name));
    fact("Function", format!("{} <code>{}</code>", link(frame::function(function), function.name()), function.code()));
    fact("Focus", format!("{} <code>{}</code>", Escaped(focus.name()), focus.code()));
    fact("Family", format!("{} <code>{}</code>", link(frame::family(family), family.name()), family.code()));
    if let Some(id) = role.external_id() {
        fact("Publisher’s id", Escaped(id).to_string());
    }
    fact("Status", role.status().to_string());
    fact("Scope", Escaped(role.scope()).to_string());
    fact("Version", format!("v{}", role.version()));
    fact("Confidence", sure(role.confidence()));
    fact("Pay basis", role.pay_basis().to_string());
    let _ = writeln!(
        main,
        "</dl>\n<p><a class=\"button\" href=\"../../compare.html?roles={}\">Compare with others</a></p>\n</section>",
        role.code()
    );
}

fn level(main: &mut String, role: Role<'_>) {
    let level = role.level();
    let track = level.track().name();
    let Some(record) = role.level_record() else {
        let (heading, text) = match role.function().tracks().next() {
            Some(_) => (format!("Level {level}"), format!("Track: {track}. The taxonomy describes no levels.")),
            None => ("Level".into(), format!("The function has no ladder; {level} stands in the place of a level.")),
        };
        let _ = writeln!(main, "<section>\n<h2>{heading}</h2>\n<p>{text}</p>\n</section>");
        return;
    };
    let _ = writeln!(
        main,
        "<section>\n<h2>Level {level}: {}</h2>\n<table class=\"pairs\">\n<caption>What <a href=\"../../levels.html#{level}\">{level}\
         </a> of the track {track} means</caption>\n<tbody>",
        Escaped(record.name())
    );
    attributes(main, &record);
    *main += "</tbody>\n</table>\n</section>\n";
}

/// The attributes of a level as rows.
pub(super) fn attributes(main: &mut String, record: &LevelRecord<'_>) {
    for (name, value) in LevelRecord::ATTRIBUTES.into_iter().zip(record.attributes()) {
        let _ = writeln!(main, "<tr><th scope=\"row\">{}</th><td>{}</td></tr>", capital(name), Escaped(&value));
    }
}

/// With a capital at the beginning.
pub(super) fn capital(text: &str) -> String {
    let mut rest = text.chars();
    rest.next().map(|first| first.to_uppercase().chain(rest).collect()).unwrap_or_default()
}

fn crosswalk(main: &mut String, role: Role<'_>) {
    let mappings: Vec<_> = role.soc().collect();
    *main += "<section>\n<h2>Crosswalk</h2>\n";
    if mappings.is_empty() {
        *main += "<p>No SOC 2018 code is mapped to this role.</p>\n</section>\n";
        return;
    }
    *main += "<table>\n<caption>SOC 2018 codes, the best first</caption>\n<thead><tr><th scope=\"col\">Code</th>\
              <th scope=\"col\">Title</th><th scope=\"col\">Source</th><th scope=\"col\">Status</th></tr></thead>\n<tbody>\n";
    for mapping in mappings {
        let _ = writeln!(
            main,
            "<tr><th scope=\"row\"><code>{}</code></th><td>{}</td><td>{}</td><td>{}</td></tr>",
            mapping.code(),
            Escaped(mapping.code().title()),
            Escaped(mapping.source()),
            mapping.status()
        );
    }
    *main += "</tbody>\n</table>\n</section>\n";
}

fn titles(main: &mut String, role: Role<'_>) {
    let all: Vec<RoleAlias<'_>> = role.aliases().collect();
    *main += "<section>\n<h2>Titles</h2>\n";
    if all.is_empty() {
        *main += "<p>No title leads to this role by itself.</p>\n</section>\n";
        return;
    }
    // As a rule all have come equally far in review, which is said once then.
    let approval = all[0].approval();
    let alike = all.iter().all(|alias| alias.approval() == approval);
    let _ = writeln!(
        main,
        "<p>{} to this role.{}</p>",
        count(all.len(), "title leads", "titles lead"),
        if alike {
            format!(" Approval of {}: {approval}.", if all.len() == 1 { "it" } else { "all" })
        } else {
            String::new()
        }
    );
    let (first, others) = all.split_at(all.len().min(TITLES));
    aliases(main, first, "Titles and the chance that each means this role", alike);
    if !others.is_empty() {
        let more = count(others.len(), "more title", "more titles");
        let _ = writeln!(main, "<details><summary>{more}</summary>");
        aliases(main, others, "More titles", alike);
        *main += "</details>\n";
    }
    *main += "</section>\n";
}

fn aliases(main: &mut String, all: &[RoleAlias<'_>], caption: &str, alike: bool) {
    let _ = writeln!(
        main,
        "<table>\n<caption>{caption}</caption>\n<thead><tr><th scope=\"col\">Title</th><th scope=\"col\">Type</th>\
         <th scope=\"col\">Confidence</th>{}</tr></thead>\n<tbody>",
        if alike { "" } else { "<th scope=\"col\">Approval</th>" }
    );
    for alias in all {
        let _ = write!(
            main,
            "<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td>",
            Escaped(&alias.text()),
            alias.alias_type(),
            sure(alias.confidence())
        );
        if !alike {
            let _ = write!(main, "<td>{}</td>", alias.approval());
        }
        *main += "</tr>\n";
    }
    *main += "</tbody>\n</table>\n";
}

/// The story's five parts, each under a heading, with what its texts are.
const STORY: [(&str, &[(&str, StoryPart)]); 5] = [
    ("Who", &[("", StoryPart::Who)]),
    (
        "The problem",
        &[
            ("What is wrong: ", StoryPart::ExternalProblem),
            ("How it feels: ", StoryPart::InternalProblem),
            ("Why it matters: ", StoryPart::WhyItMatters),
        ],
    ),
    ("The plan", &[("", StoryPart::Plan)]),
    ("What is at stake", &[("", StoryPart::Stakes)]),
    ("Success", &[("", StoryPart::Success)]),
];

/// The story of a function, with headings of a level.
pub(super) fn story(main: &mut String, profile: &Profile<'_>, heading: &str) {
    for (name, parts) in STORY {
        if parts.iter().all(|(_, part)| profile.story(*part).next().is_none()) {
            continue;
        }
        let _ = writeln!(main, "<{heading}>{name}</{heading}>");
        for &(label, part) in parts {
            if part == StoryPart::Plan {
                *main += "<ol>";
                for step in profile.story(part) {
                    let _ = write!(main, "<li>{}</li>", Escaped(step));
                }
                *main += "</ol>\n";
                continue;
            }
            for text in profile.story(part) {
                let label = if label.is_empty() { String::new() } else { format!("<b>{label}</b>") };
                let _ = writeln!(main, "<p>{label}{}</p>", Escaped(text));
            }
        }
    }
}

fn profile(main: &mut String, role: Role<'_>) {
    *main += "<section>\n<h2>Profile</h2>\n";
    let Some(profile) = role.profile() else {
        *main += "<p>No profile has been written for this function.</p>\n</section>\n";
        return;
    };
    *main += "<h3>Story</h3>\n<div class=\"story\">\n";
    story(main, &profile, "h4");
    *main += "</div>\n";
    let level = role.level();
    let _ = writeln!(
        main,
        "<p class=\"note\">Below, <span class=\"tag\">shared</span> is what all roles of the function share, and \
         <span class=\"tag own\">{level}</span> what is tied to the level.</p>"
    );
    for &kind in ComponentKind::ALL {
        let mut components = profile.components(kind).peekable();
        if components.peek().is_none() {
            continue;
        }
        let _ = writeln!(main, "<h3>{}</h3>\n<ul class=\"parts\">", Escaped(&roles::components(kind)));
        for component in components {
            let (class, of) = match component.level() {
                Some(level) => (" own", level.as_str()),
                None => ("", "shared"),
            };
            let _ = writeln!(main, "<li>{} <span class=\"tag{class}\">{of}</span></li>", Escaped(component.text()));
        }
        *main += "</ul>\n";
    }
    *main += "</section>\n";
}

fn nearest(main: &mut String, role: Role<'_>) {
    let near = role.neighbors(NEIGHBORS);
    if near.is_empty() {
        return;
    }
    *main += "<section>\n<h2>Nearest roles</h2>\n<table>\n<caption>By place in the taxonomy and on the ladder; 0 is the same, 1 the \
              farthest</caption>\n<thead><tr><th scope=\"col\">Role</th><th scope=\"col\">Distance</th><th scope=\"col\">Compare</th></tr></thead>\n<tbody>\n";
    for neighbor in near {
        let other = neighbor.role();
        let (code, distance) = (other.code(), neighbor.distance());
        let _ = writeln!(
            main,
            "<tr><th scope=\"row\"><a href=\"{}\">{}</a> <code>{code}</code></th><td>{distance} {}</td><td><a href=\"../../compare.html?roles={},{code}\" aria-label=\"Compare with {code}\">compare</a></td></tr>",
            beside(role, other),
            Escaped(&other.title()),
            of_distance(distance),
            role.code()
        );
    }
    *main += "</tbody>\n</table>\n</section>\n";
}
