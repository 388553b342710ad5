//! A function's page: its ladder, focuses by levels, and its story.
//!
//! Must not know of single roles.

use std::fmt::Write as _;

use titlecanon::{Function, Level, Role, Track};

use super::frame::{self, Page, Site, count};
use super::role::story;
use crate::html::Escaped;

pub(super) fn page(site: &Site<'_>, function: Function<'_>) -> String {
    let family = function.family();
    let mut main = format!(
        "<p class=\"kind\">Function <code>{}</code></p>\n<h1>{}</h1>\n",
        function.code(),
        Escaped(function.name())
    );
    if !function.summary().is_empty() {
        let _ = writeln!(main, "<p class=\"lead\">{}</p>", Escaped(function.summary()));
    }
    let _ = writeln!(
        main,
        "<p>{} in {}.{}</p>",
        count(frame::roles(function), "role", "roles"),
        count(function.focuses().count(), "focus", "focuses"),
        function.external_id().map(|id| format!(" Publisher’s id: {}.", Escaped(id))).unwrap_or_default()
    );
    ladder(&mut main, site, function);
    // The story is the function's, so that of any role.
    let of_any = function.focuses().next().and_then(|focus| focus.roles().next()).and_then(|role| role.profile());
    if let Some(profile) = of_any {
        main += "<section>\n<h2>Story</h2>\n";
        story(&mut main, &profile, "h3");
        main += "</section>\n";
    }
    let crumbs = [(frame::family(family), family.name())];
    site.page(&Page { title: function.name(), root: "../", crumbs: &crumbs, answers: "", main })
}

/// Focuses by levels.
fn ladder(main: &mut String, site: &Site<'_>, function: Function<'_>) {
    let levels: Vec<Level> =
        function.focuses().next().map(|focus| focus.roles().map(|role| role.level()).collect()).unwrap_or_default();
    if function.tracks().next().is_none() {
        *main += "<section>\n<h2>Roles</h2>\n<p>The function has no ladder: each focus is one role.</p>\n";
    } else {
        *main += "<section>\n<h2>Ladder</h2>\n<p class=\"note\">What is marked is the level of the bare title.</p>\n";
    }
    *main += "<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"Focuses by levels\"><table class=\"ladder\">\n\
              <caption class=\"unseen\">Focuses by levels</caption>\n<thead><tr><th rowspan=\"2\" scope=\"col\">Focus</th>";
    for track in Track::ALL {
        let rungs = levels.iter().filter(|level| level.track() == track).count();
        if rungs > 0 {
            let _ = write!(main, "<th scope=\"colgroup\" colspan=\"{rungs}\">{}</th>", track.name());
        }
    }
    *main += "</tr>\n<tr>";
    for &level in &levels {
        let _ = match site.taxonomy().level(level) {
            Some(record) => write!(
                main,
                "<th scope=\"col\"><a href=\"../levels.html#{level}\" title=\"{}\">{level}</a></th>",
                Escaped(record.name())
            ),
            None => write!(main, "<th scope=\"col\">{level}</th>"),
        };
    }
    *main += "</tr></thead>\n<tbody>\n";
    for focus in function.focuses() {
        let _ = write!(main, "<tr><th scope=\"row\">{} <code>{}</code></th>", Escaped(focus.name()), focus.code());
        for role in focus.roles() {
            let mark = if role.level() == focus.default_level() { " class=\"bare\"" } else { "" };
            let _ = write!(main, "<td{mark}>{}</td>", link(role));
        }
        *main += "</tr>\n";
    }
    *main += "</tbody>\n</table></div>\n</section>\n";
}

fn link(role: Role<'_>) -> String {
    format!("<a href=\"../{}\" title=\"{}\">{}</a>", frame::role(role), Escaped(&role.title()), role.level())
}
