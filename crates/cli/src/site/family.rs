//! A family's page: its functions.
//!
//! Must not know of roles.

use std::fmt::Write as _;

use titlecanon::Family;

use super::frame::{self, Page, Site, count};
use super::home::paragraph;
use crate::html::Escaped;

pub(super) fn page(site: &Site<'_>, family: Family<'_>) -> String {
    let functions: Vec<_> = family.functions().collect();
    let mut main =
        format!("<p class=\"kind\">Family <code>{}</code></p>\n<h1>{}</h1>\n", family.code(), Escaped(family.name()));
    if !family.summary().is_empty() {
        let _ = writeln!(main, "<p class=\"lead\">{}</p>", Escaped(family.summary()));
    }
    let _ =
        writeln!(main, "<section>\n<h2>{}</h2>\n<ul class=\"cards\">", count(functions.len(), "function", "functions"));
    for function in functions {
        let tracks: Vec<&str> = function.tracks().map(|track| track.name()).collect();
        let (code, profile) = (function.code(), if function.has_profile() { " · profile" } else { "" });
        let _ = writeln!(
            main,
            "<li><a href=\"../{}\">{}</a> <code>{code}</code>{}<p class=\"meta\">{} · {}{}{profile}</p></li>",
            frame::function(function),
            Escaped(function.name()),
            paragraph(function.summary()),
            count(function.focuses().count(), "focus", "focuses"),
            count(frame::roles(function), "role", "roles"),
            if tracks.is_empty() { String::new() } else { format!(" · {}", tracks.join(", ").to_lowercase()) },
        );
    }
    main += "</ul>\n</section>\n";
    site.page(&Page { title: family.name(), root: "../", crumbs: &[], answers: "", main })
}
