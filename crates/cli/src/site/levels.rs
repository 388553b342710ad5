//! The page of the levels: the ladder explained.
//!
//! Must not know of roles.

use std::fmt::Write as _;

use titlecanon::{Level, Track};

use super::frame::{Page, Site, count};
use super::role::attributes;
use crate::html::Escaped;

pub(super) fn page(site: &Site<'_>) -> String {
    let taxonomy = site.taxonomy();
    let mut main = String::from(
        "<h1>Levels</h1>\n<p class=\"lead\">How senior a role is: the third part of its code. Four tracks, each with rungs of its \
         own.</p>\n",
    );
    let functions = |track| taxonomy.functions().filter(|function| function.tracks().any(|its| its == track)).count();
    main += "<table>\n<caption>The tracks</caption>\n<thead><tr><th scope=\"col\">Track</th><th scope=\"col\">Levels</th>\
             <th scope=\"col\">For</th><th scope=\"col\">Here</th></tr></thead>\n<tbody>\n";
    for track in Track::ALL {
        let rungs = rungs(track);
        let _ = writeln!(
            main,
            "<tr><th scope=\"row\">{}</th><td>{}–{}</td><td>{}</td><td>{}</td></tr>",
            track.name(),
            rungs[0],
            rungs[rungs.len() - 1],
            meaning(track),
            count(functions(track), "function", "functions")
        );
    }
    main += "</tbody>\n</table>\n<p>A function has the tracks that its work is done on. A function without any has one role, \
             written at P3. Levels of different tracks are not ranked against each other by their numbers: a manager at M1 stands \
             about as high as a professional at P3, an executive at E1 as high as a manager at M5.</p>\n";
    if taxonomy.level(Level::P1).is_none() {
        main += "<p class=\"note\">This taxonomy does not describe its levels.</p>\n";
        return site.page(&Page { title: "Levels", root: "", crumbs: &[], answers: "", main });
    }
    for track in Track::ALL {
        let _ = writeln!(main, "<section>\n<h2>{}</h2>\n<div class=\"rungs-of\">", track.name());
        for level in rungs(track) {
            let Some(record) = taxonomy.level(level) else { continue };
            let _ = writeln!(
                main,
                "<section class=\"card\" id=\"{level}\">\n<h3><code>{level}</code> {}</h3>\n<table class=\"pairs\">\n\
                 <caption class=\"unseen\">What {level} means</caption>\n<tbody>",
                Escaped(record.name())
            );
            attributes(&mut main, &record);
            main += "</tbody>\n</table>\n</section>\n";
        }
        main += "</div>\n</section>\n";
    }
    site.page(&Page { title: "Levels", root: "", crumbs: &[], answers: "", main })
}

/// The levels of a track.
fn rungs(track: Track) -> Vec<Level> {
    Level::ALL.into_iter().filter(|level| level.track() == track).collect()
}

/// Whom a track is for.
fn meaning(track: Track) -> &'static str {
    match track {
        Track::Support => "hourly, clerical, technical and skilled work",
        Track::Professional => "work that rests on a body of knowledge",
        Track::Management => "leading people and their work",
        Track::Executive => "leading an organisation or a great part of it",
    }
}
