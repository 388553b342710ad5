//! Frame: what all pages have, and the links between them.
//!
//! Must not know what is in `main`.

use std::fmt::Write as _;

use titlecanon::{Confidence, Distance, Family, Function, Role, Taxonomy, Verdict};

use crate::html::Escaped;

/// What is the same on every page.
pub(super) struct Site<'t> {
    taxonomy: &'t Taxonomy,
    name: &'t str,
    foot: String,
}

/// A page before it has its frame.
pub(super) struct Page<'a> {
    /// What it is called, in the tab and at the end of the breadcrumb.
    pub(super) title: &'a str,
    /// From the page to the root of the site: nothing, or `../` as often as it takes.
    pub(super) root: &'static str,
    /// The way to it, each with a path from the root and a name; the first page is understood.
    pub(super) crumbs: &'a [(String, &'a str)],
    /// Attributes of `main`. With any, the page answers: it has the script, and no search in its head.
    pub(super) answers: &'a str,
    /// What is in `main`.
    pub(super) main: String,
}

impl<'t> Site<'t> {
    pub(super) fn new(taxonomy: &'t Taxonomy) -> Site<'t> {
        let name = if taxonomy.name().is_empty() { "Taxonomy" } else { taxonomy.name() };
        let mut foot = Escaped(name).to_string();
        for (before, text) in [(" ", taxonomy.version()), (" · licence: ", taxonomy.licence())] {
            if !text.is_empty() {
                let _ = write!(foot, "{before}{}", Escaped(text));
            }
        }
        Site { taxonomy, name, foot }
    }

    pub(super) fn taxonomy(&self) -> &'t Taxonomy {
        self.taxonomy
    }

    /// What the taxonomy is called.
    pub(super) fn name(&self) -> &'t str {
        self.name
    }

    /// A page in its frame.
    pub(super) fn page(&self, page: &Page<'_>) -> String {
        let Page { root, .. } = page;
        let (name, title) = (Escaped(self.name), Escaped(page.title));
        let home = page.root.is_empty() && page.crumbs.is_empty() && page.title == self.name;
        let mut out = String::with_capacity(page.main.len() + 2048);
        out += "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n\
                <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n";
        let _ = match home {
            true => writeln!(out, "<title>{name}</title>"),
            false => writeln!(out, "<title>{title} · {name}</title>"),
        };
        let _ = writeln!(
            out,
            "<link rel=\"stylesheet\" href=\"{root}style.css\"/>\n<link rel=\"icon\" href=\"{root}icon.svg\"/>"
        );
        if !page.answers.is_empty() {
            out += "<script src=\"site.js\" defer=\"defer\"></script>\n";
        }
        let _ = write!(
            out,
            "</head>\n<body>\n<a class=\"skip\" href=\"#main\">Skip to content</a>\n<header class=\"top\">\n\
             <a class=\"name\" href=\"{root}index.html\">{name}</a>\n"
        );
        if page.answers.is_empty() {
            let _ = writeln!(
                out,
                "<form role=\"search\" action=\"{root}index.html\"><input type=\"search\" name=\"q\" \
                 aria-label=\"Job title\" placeholder=\"Job title\"/><button>Search</button></form>"
            );
        }
        out += "<nav aria-label=\"Site\"><ul>";
        for (path, name) in [("levels.html", "Levels"), ("compare.html", "Compare"), ("about.html", "About")] {
            let current = if page.title == name && page.root.is_empty() { " aria-current=\"page\"" } else { "" };
            let _ = write!(out, "<li><a href=\"{root}{path}\"{current}>{name}</a></li>");
        }
        out += "</ul></nav>\n</header>\n<nav class=\"crumbs\" aria-label=\"Breadcrumb\"><ol>";
        if home {
            out += "<li aria-current=\"page\">Home</li>";
        } else {
            let _ = write!(out, "<li><a href=\"{root}index.html\">Home</a></li>");
            for (path, name) in page.crumbs {
                let _ = write!(out, "<li><a href=\"{root}{path}\">{}</a></li>", Escaped(name));
            }
            let _ = write!(out, "<li aria-current=\"page\">{title}</li>");
        }
        let _ = write!(
            out,
            "</ol></nav>\n<main id=\"main\"{}>\n{}</main>\n<footer>{}</footer>\n</body>\n</html>\n",
            page.answers, page.main, self.foot
        );
        out
    }
}

/// The path of a family's page from the root.
pub(super) fn family(family: Family<'_>) -> String {
    format!("family/{}.html", family.code())
}

/// The path of a function's page from the root.
pub(super) fn function(function: Function<'_>) -> String {
    format!("function/{}.html", function.code())
}

/// The path of a role's page from the root.
pub(super) fn role(role: Role<'_>) -> String {
    format!("role/{}/{}.{}.html", role.function().code(), role.focus().code(), role.level())
}

/// A confidence with its band.
pub(super) fn sure(confidence: Confidence) -> String {
    format!("{confidence} {}", confidence.band())
}

/// What a verdict on a distance means, from the nearest.
pub(super) const OF_DISTANCE: [(Verdict, &str); 3] = [
    (Verdict::Confident, "may stand in"),
    (Verdict::NeedsReview, "somebody should look"),
    (Verdict::NoMatch, "another job"),
];

/// What the verdict on a distance means.
pub(super) fn of_distance(distance: Distance) -> &'static str {
    OF_DISTANCE.iter().find(|(verdict, _)| *verdict == distance.verdict()).map_or("", |(_, words)| words)
}

/// A number and what it counts; `many` where it isn't one.
pub(super) fn count(number: usize, one: &str, many: &str) -> String {
    format!("{} {}", crate::report::Grouped(number as u64), if number == 1 { one } else { many })
}

/// How many roles a function has.
pub(super) fn roles(function: Function<'_>) -> usize {
    function.focuses().map(|focus| focus.roles().count()).sum()
}
