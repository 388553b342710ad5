//! The engine for the browser: this very crate as WebAssembly, and how it is come by.
//!
//! Must not know how pages call it.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;
use std::process::{Command, Output};

use crate::args::{EngineArgs, SiteArgs};
use crate::failure::{Failure, Result};

/// The name of its file in the site.
pub(super) const FILE: &str = "titlecanon.wasm";

/// The name of the file with the taxonomy that it is handed.
pub(super) const TAXONOMY: &str = "taxonomy.bin";

/// The module's bytes.
pub(super) struct Engine(pub(super) Vec<u8>);

/// What its manifest is called, if this program was built from a checkout that is still there.
const MANIFEST: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../web/Cargo.toml");

/// Where it is built, apart from what else is built there: a build that runs this one holds the lock of the usual folder.
const TARGET: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../target/web");

const TRIPLE: &str = "wasm32-unknown-unknown";

/// The engine; or why there is none. Fails if one was asked for that isn't there.
pub(super) fn get(args: &SiteArgs) -> Result<std::result::Result<Engine, String>> {
    if let Some(path) = &args.wasm {
        let name = path.display();
        let bytes = fs::read(path).map_err(|error| Failure::new(format_args!("{name} cannot be read: {error}")))?;
        if !bytes.starts_with(b"\0asm") {
            return Err(Failure::new(format_args!(
                "{name} is no WebAssembly module; say one that crates/web was built to"
            )));
        }
        return Ok(Ok(Engine(bytes)));
    }
    if args.no_wasm {
        return Ok(Err("--no-wasm was said".into()));
    }
    Ok(build(args.quiet))
}

/// Builds it from the sources beside this program's.
fn build(quiet: bool) -> std::result::Result<Engine, String> {
    if !Path::new(MANIFEST).exists() {
        return Err("the sources of the engine for the browser are not here; build crates/web of a checkout for \
                    wasm32-unknown-unknown and say --wasm FILE"
            .into());
    }
    let path = Path::new(TARGET).join(TRIPLE).join("web/titlecanon_web.wasm");
    if !quiet && !path.exists() {
        let _ = writeln!(io::stderr(), "building the engine for the browser, which takes a while the first time");
    }
    // Where there is no rustup, cargo may know the target all the same.
    let installed = Command::new("rustup").args(["target", "list", "--installed"]).output();
    if installed.is_ok_and(|list| list.status.success() && !String::from_utf8_lossy(&list.stdout).contains(TRIPLE)) {
        let _ = Command::new("rustup").args(["target", "add", TRIPLE]).output();
    }
    let built = Command::new("cargo")
        .args(["build", "--quiet", "--locked", "--profile", "web", "--target", TRIPLE])
        .args(["--manifest-path", MANIFEST, "--target-dir", TARGET])
        .output();
    match built {
        Ok(Output { status, .. }) if status.success() => {}
        Ok(Output { stderr, .. }) => {
            let said = String::from_utf8_lossy(&stderr).trim().to_owned();
            return Err(format!("the engine for the browser cannot be built:\n{said}"));
        }
        Err(error) => return Err(format!("the engine for the browser cannot be built: cargo cannot be run: {error}")),
    }
    fs::read(&path).map(Engine).map_err(|error| format!("{} cannot be read: {error}", path.display()))
}

/// What pages that answer say of it, as attributes.
pub(super) fn attributes(engine: Option<&Engine>, settings: &EngineArgs) -> String {
    let names = super::names::FILE;
    match engine {
        Some(_) => format!(
            " data-engine=\"{FILE}\" data-taxonomy=\"{TAXONOMY}\" data-candidates=\"{}\" data-fuzzy=\"{}\" data-names=\"{names}\"",
            // None is as many as usual.
            settings.candidates.unwrap_or(0),
            u8::from(!settings.no_fuzzy)
        ),
        None => format!(" data-names=\"{names}\""),
    }
}
