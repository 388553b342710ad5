//! Site: a whole taxonomy as pages that link to each other, with a search, in one folder.
//!
//! | module | what it is for |
//! |---|---|
//! | `frame` | what all pages have: head, landmarks, breadcrumb; links between them |
//! | `home`, `family`, `function`, `role` | the pages of what is in the taxonomy |
//! | `levels`, `compare`, `about` | the pages about it |
//! | `names` | what the plain search looks in |
//! | `engine` | the engine for the browser, and how it is come by |
//!
//! All links are relative, so that the site works below any address and from a disk; nothing is asked of any other site. Pages
//! are well-formed XML too. It joins them; must not know how any page looks.

mod about;
mod compare;
mod engine;
mod family;
mod frame;
mod function;
mod home;
mod levels;
mod names;
mod role;

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use rayon::prelude::*;
use titlecanon::{Function, Taxonomy};

use crate::args::{EngineArgs, SiteArgs};
use crate::failure::Result;
use crate::folder;
use crate::report::Grouped;

use engine::Engine;
use frame::Site;

/// Runs `site`.
pub(crate) fn run(args: &SiteArgs, settings: &EngineArgs, taxonomy: &Taxonomy) -> Result<()> {
    // Before a minute goes into the engine.
    folder::is_free(&args.output)?;
    let engine = engine::get(args)?;
    if let (Err(why), false) = (&engine, args.quiet) {
        let _ = writeln!(io::stderr(), "plain search only: {why}");
    }
    let begun = Instant::now();
    let site = Site::new(taxonomy);
    let written = Written::default();
    folder::write_by(&args.output, |dir| write(dir, &site, engine.as_ref().ok(), settings, &written))?;
    if !args.quiet {
        let _ = writeln!(
            io::stderr(),
            "{}: {} files, {} MB, in {:.1} s",
            args.output.display(),
            Grouped(written.files.into_inner()),
            Grouped(written.bytes.into_inner() / 1_000_000),
            begun.elapsed().as_secs_f64()
        );
    }
    Ok(())
}

/// What has been written so far, by any thread.
#[derive(Default)]
struct Written {
    files: AtomicU64,
    bytes: AtomicU64,
}

impl Written {
    fn write(&self, path: impl AsRef<Path>, content: impl AsRef<[u8]>) -> io::Result<()> {
        self.files.fetch_add(1, Ordering::Relaxed);
        self.bytes.fetch_add(content.as_ref().len() as u64, Ordering::Relaxed);
        fs::write(path, content)
    }
}

/// Writes all files into a folder that is there.
fn write(
    dir: &Path,
    site: &Site<'_>,
    engine: Option<&Engine>,
    settings: &EngineArgs,
    written: &Written,
) -> io::Result<()> {
    let taxonomy = site.taxonomy();
    written.write(dir.join("style.css"), include_str!("assets/style.css"))?;
    written.write(dir.join("site.js"), include_str!("assets/site.js"))?;
    written.write(dir.join("icon.svg"), include_str!("assets/icon.svg"))?;
    written.write(dir.join(names::FILE), names::script(taxonomy))?;
    if let Some(Engine(wasm)) = engine {
        written.write(dir.join(engine::FILE), wasm)?;
        written.write(dir.join(engine::TAXONOMY), taxonomy.to_bytes())?;
    }
    let answers = engine::attributes(engine, settings);
    written.write(dir.join("index.html"), home::page(site, &answers, engine.is_some()))?;
    written.write(dir.join("compare.html"), compare::page(site, &answers, engine.is_some()))?;
    written.write(dir.join("levels.html"), levels::page(site))?;
    written.write(dir.join("about.html"), about::page(site))?;
    for name in ["family", "function", "role"] {
        fs::create_dir(dir.join(name))?;
    }
    for family in taxonomy.families() {
        written.write(dir.join(frame::family(family)), family::page(site, family))?;
    }
    let functions: Vec<Function<'_>> = taxonomy.functions().collect();
    functions.par_iter().try_for_each(|&function| {
        written.write(dir.join(frame::function(function)), function::page(site, function))?;
        fs::create_dir(dir.join("role").join(function.code().as_str()))?;
        let roles: Vec<_> = function.focuses().flat_map(|focus| focus.roles()).collect();
        roles.par_iter().try_for_each(|&role| written.write(dir.join(frame::role(role)), role::page(site, role)))
    })
}
