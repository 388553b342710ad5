//! The page that puts roles side by side; the script fills it in.
//!
//! Must not know what is compared.

use std::fmt::Write as _;

use titlecanon::{Comparison, ComponentKind, Distance};

use super::frame::{OF_DISTANCE, Page, Site};
use super::home::PLAIN;
use crate::html::Escaped;
use crate::roles;

pub(super) fn page(site: &Site<'_>, answers: &str, engine: bool) -> String {
    let plain = if engine { " hidden=\"hidden\">".into() } else { format!(">Roles cannot be compared here. {PLAIN}") };
    let mut main = format!(
        "<h1>Compare</h1>\n<p class=\"lead\">Two to {} roles side by side: by code, or by title.</p>\n\
         <form id=\"compare\" action=\"compare.html\">\n",
        Comparison::MOST
    );
    for nth in 1..=Comparison::MOST {
        let _ = writeln!(
            main,
            "<label>Role {nth} <input name=\"roles\" autocomplete=\"off\" spellcheck=\"false\" maxlength=\"4000\"/></label>"
        );
    }
    let _ = write!(
        main,
        "<button>Compare</button>\n</form>\n<p id=\"status\" role=\"status\"></p>\n<p id=\"plain\" class=\"note\"{plain}</p>\n\
         <noscript><p class=\"note\">To compare roles needs JavaScript. The page of each role says which roles are near, and how \
         near.</p></noscript>\n<div id=\"answer\"></div>\n\
         <details class=\"legend\"><summary>What a distance means</summary>\n<p>Distance is structural: another focus, another \
         function, another family, and the rungs and tracks between the levels. 0 is the same role, 1 the farthest.</p>\n\
         <dl id=\"verdicts\">"
    );
    for ((verdict, words), reach) in OF_DISTANCE.into_iter().zip([
        format!("up to {}", Distance::TOLERANCE),
        format!("up to {}", Distance::BORDERLINE),
        format!("above {}", Distance::BORDERLINE),
    ]) {
        let _ = write!(main, "<div data-verdict=\"{verdict}\"><dt>{words}</dt><dd>{reach}</dd></div>");
    }
    main += "</dl>\n</details>\n<ul id=\"kinds\" hidden=\"hidden\">";
    for &kind in ComponentKind::ALL {
        let _ = write!(main, "<li data-kind=\"{kind}\">{}</li>", Escaped(&roles::components(kind)));
    }
    main += "</ul>\n";
    site.page(&Page { title: "Compare", root: "", crumbs: &[], answers, main })
}
