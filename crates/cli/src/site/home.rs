//! The first page: the search, and the families.
//!
//! Must not know how titles are answered.

use std::fmt::Write as _;

use titlecanon::Verdict;

use super::frame::{self, Page, Site, count};
use crate::html::Escaped;

/// What each verdict means.
const VERDICTS: [(Verdict, &str, &str); 3] = [
    (Verdict::Confident, "Confident", "function and focus are right, as far as a title can tell"),
    (Verdict::NeedsReview, "Needs review", "there is a best answer, but somebody should look at it"),
    (Verdict::NoMatch, "No match", "the title names no job that this taxonomy knows"),
];

/// What is said where there is no engine for the browser.
pub(super) const PLAIN: &str = "This site was written without titlecanon’s WebAssembly module.";

pub(super) fn page(site: &Site<'_>, answers: &str, engine: bool) -> String {
    let taxonomy = site.taxonomy();
    let plain =
        if engine { " hidden=\"hidden\">".into() } else { format!(">This is a plain search by words. {PLAIN}") };
    let lead = if engine {
        "Type a job title as people write it: abbreviated, misspelt, with a place or a shift."
    } else {
        "Look for words in the names and codes of roles."
    };
    let mut main = format!(
        "<div class=\"ask\">\n<h1>Which role is it?</h1>\n<p class=\"lead\">{lead}</p>\n\
         <form id=\"search\" role=\"search\" action=\"index.html\"><input type=\"search\" name=\"q\" id=\"q\" \
         aria-label=\"Job title\" placeholder=\"Job title\" autocomplete=\"off\" spellcheck=\"false\" maxlength=\"4000\"/>\
         <button>Search</button></form>\n\
         <p id=\"status\" role=\"status\"></p>\n<p id=\"plain\" class=\"note\"{plain}</p>\n\
         <noscript><p class=\"note\">The search needs JavaScript. All pages can be read without it: begin with a \
         family.</p></noscript>\n<div id=\"answer\"></div>\n</div>\n"
    );
    if engine {
        main += "<details class=\"legend\"><summary>What a verdict means</summary>\n<dl id=\"verdicts\">";
        for (verdict, name, meaning) in VERDICTS {
            let _ = write!(main, "<div data-verdict=\"{verdict}\"><dt>{name}</dt><dd>{meaning}</dd></div>");
        }
        main += "</dl>\n<p>It speaks of the job only. How senior it is has a confidence of its own, because most titles say \
                 little of it. Bands: high from 0.80, medium from 0.60, low below.</p></details>\n";
    }
    let families: Vec<_> = taxonomy.families().collect();
    let _ = writeln!(
        main,
        "<section>\n<h2>Families</h2>\n<p>{} in {}, with {}.</p>\n<ul class=\"cards\">",
        count(taxonomy.functions().count(), "function", "functions"),
        count(families.len(), "family", "families"),
        count(taxonomy.roles().count(), "role", "roles")
    );
    for family in families {
        let functions: Vec<_> = family.functions().collect();
        let roles = functions.iter().map(|&function| frame::roles(function)).sum();
        let _ = writeln!(
            main,
            "<li><a href=\"{}\">{}</a>{}<p class=\"meta\">{} · {}</p></li>",
            frame::family(family),
            Escaped(family.name()),
            paragraph(family.summary()),
            count(functions.len(), "function", "functions"),
            count(roles, "role", "roles")
        );
    }
    main += "</ul>\n</section>\n";
    site.page(&Page { title: site.name(), root: "", crumbs: &[], answers, main })
}

/// A text as a paragraph, if there is one.
pub(super) fn paragraph(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("<p>{}</p>", Escaped(text)) }
}
