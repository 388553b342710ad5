//! The page about the site: which taxonomy it is of, what it is and what it is not.

use std::fmt::Write as _;

use super::frame::{Page, Site};
use crate::html::Escaped;
use crate::report::Grouped;

pub(super) fn page(site: &Site<'_>) -> String {
    let taxonomy = site.taxonomy();
    let mut main = format!(
        "<h1>About</h1>\n<p class=\"lead\">All of the taxonomy {}, as pages: which jobs there are, how senior they can be, and which \
         titles lead to them.</p>\n<section>\n<h2>This edition</h2>\n<dl class=\"facts\">",
        Escaped(site.name())
    );
    for (name, text) in [("Version", taxonomy.version()), ("Licence", taxonomy.licence())] {
        let text = if text.is_empty() { "not said" } else { text };
        let _ = write!(main, "<div><dt>{name}</dt><dd>{}</dd></div>", Escaped(text));
    }
    for (name, number) in [
        ("Families", taxonomy.families().count()),
        ("Functions", taxonomy.functions().count()),
        ("Focuses", taxonomy.focuses().count()),
        ("Roles", taxonomy.roles().count()),
        ("Aliases", taxonomy.aliases().count()),
        ("Functions with a profile", taxonomy.functions().filter(|function| function.has_profile()).count()),
    ] {
        let _ = write!(main, "<div><dt>{name}</dt><dd>{}</dd></div>", Grouped(number as u64));
    }
    let _ = write!(
        main,
        "</dl>\n</section>\n<section>\n<h2>What it is</h2>\n\
         <ul>\n<li>A role code has three parts: function, focus and level, as in <code>FUNCTION.FOCUS.LEVEL</code>. The function is the \
         job, the focus its specialisation (<code>GEN</code> is the general one), the <a href=\"levels.html\">level</a> how senior it \
         is.</li>\n\
         <li>The search works in your browser: what you type is sent to nobody.</li>\n\
         <li>A confidence is a number from 0 to 1, and has a band: high from 0.80, medium from 0.60, low below. That of a role’s record \
         says how far the record can be trusted; that of a title how likely it means the role.</li>\n\
         <li>Status and approval say how far something has come in review: draft, reviewed, approved.</li>\n</ul>\n</section>\n\
         <section>\n<h2>What it is not</h2>\n\
         <ul>\n<li>It reads titles only: no description, employer or pay. What a title does not say, it does not know.</li>\n\
         <li>It holds no model of pay; the pay basis of every role says so.</li>\n\
         <li>A draft is what one person wrote and no second has looked at yet.</li>\n\
         <li>Distance between roles is by their place in the taxonomy and on the ladder; it does not compare what is written of \
         them.</li>\n</ul>\n</section>\n<p>Written by titlecanon {}.</p>\n",
        env!("CARGO_PKG_VERSION")
    );
    site.page(&Page { title: "About", root: "", crumbs: &[], answers: "", main })
}
