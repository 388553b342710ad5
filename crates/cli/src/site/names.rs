//! Names: what the plain search looks in, as a script, since from a disk a browser loads no other file.
//!
//! Must not know how it is searched.

use serde::Serialize;
use titlecanon::{Level, Taxonomy};

/// The name of the file.
pub(super) const FILE: &str = "names.js";

/// Lists rather than objects, whose names would be most of the file.
#[derive(Serialize)]
struct Names<'t> {
    /// Code, name, levels with spaces between.
    functions: Vec<(String, &'t str, String)>,
    /// Number of the function, code, name, job, default level.
    focuses: Vec<(usize, String, &'t str, &'t str, Level)>,
}

/// The script. It sets `titlecanonNames`.
pub(super) fn script(taxonomy: &Taxonomy) -> String {
    let mut names = Names { functions: Vec::new(), focuses: Vec::new() };
    for (number, function) in taxonomy.functions().enumerate() {
        let levels = function.focuses().next().map(|focus| {
            let levels: Vec<&str> = focus.roles().map(|role| role.level().as_str()).collect();
            levels.join(" ")
        });
        names.functions.push((function.code().to_string(), function.name(), levels.unwrap_or_default()));
        for focus in function.focuses() {
            names.focuses.push((number, focus.code().to_string(), focus.name(), focus.job(), focus.default_level()));
        }
    }
    // Texts and numbers only: nothing that JSON could lack.
    format!("window.titlecanonNames = {};\n", serde_json::to_string(&names).unwrap_or_default())
}
