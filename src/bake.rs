//! Bake: a taxonomy of one's own compiled by a build script into the binary, as this crate's own is.
//!
//! One line of `build.rs`, with `titlecanon = { version = "…", default-features = false, features = ["bake"] }` among the
//! build-dependencies:
//!
//! ```no_run
//! // The folder `taxonomy` beside Cargo.toml.
//! titlecanon::bake::dir("taxonomy").run();
//! ```
//!
//! and one of the crate, which needs `titlecanon = { version = "…", default-features = false }` of the same version:
//!
//! ```ignore
//! static TITLES: titlecanon::Taxonomy = titlecanon::include_taxonomy!("taxonomy");
//! ```
//!
//! The static is there when the program starts: nothing is read, compiled or initialised. What is wrong with the sources
//! stops the build, each problem with file and line. The folder `examples/bake-own` of the repository is a whole crate of this kind.
//!
//! This module knows cargo, and nothing of what it compiles.

use alloc::format;
use alloc::string::{String, ToString};
use std::path::{Path, PathBuf};
use std::{env, fs, process};

use crate::error::Error;
use crate::packed;
use crate::taxonomy::Taxonomy;

/// Bakes the sources in a folder, whose path is taken from the folder of the crate's `Cargo.toml`. Nothing is done until
/// [`Bake::run`].
pub fn dir(path: impl AsRef<Path>) -> Bake {
    let dir = path.as_ref().to_path_buf();
    let name = dir.file_name().map_or_else(|| "taxonomy".into(), |name| name.to_string_lossy().into_owned());
    Bake {
        dir,
        name,
        #[cfg(feature = "builtin")]
        over_builtin: false,
    }
}

/// A taxonomy that is to be baked.
#[derive(Clone, Debug)]
#[must_use = "nothing is baked before `run`"]
pub struct Bake {
    dir: PathBuf,
    name: String,
    #[cfg(feature = "builtin")]
    over_builtin: bool,
}

impl Bake {
    /// Sets the name that `include_taxonomy!` knows it by; usually it is the folder's.
    pub fn named(mut self, name: impl Into<String>) -> Bake {
        self.name = name.into();
        self
    }

    /// Lays the sources over the embedded taxonomy (see [`Taxonomy::overlay`]). The build script then needs the feature `builtin`
    /// too; the crate doesn't, unless it uses the embedded taxonomy besides.
    #[cfg(feature = "builtin")]
    pub fn over_builtin(mut self) -> Bake {
        self.over_builtin = true;
        self
    }

    /// Bakes into cargo's `OUT_DIR`, and tells cargo which changes of the sources make it necessary again. To be called by a build
    /// script: if anything is wrong it prints every problem as an error of cargo's, and ends the process.
    pub fn run(self) {
        std::println!("cargo::rerun-if-changed={}", self.dir.display());
        let Some(out) = env::var_os("OUT_DIR") else {
            std::println!("cargo::error=titlecanon::bake is for build scripts: cargo has set no OUT_DIR");
            process::exit(1);
        };
        if let Err(error) = self.write(out) {
            for problem in error.problems() {
                // Some name the folder itself.
                let inside = !Path::new(problem.file()).starts_with(&self.dir);
                let prefix = if inside { format!("{}/", self.dir.display()) } else { String::new() };
                std::println!("cargo::error={prefix}{problem}");
            }
            process::exit(1);
        }
    }

    /// Bakes into a folder, for builds that cargo doesn't run: a file `NAME.taxonomy.bin` and one `NAME.taxonomy.txt`.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the sources, each problem with file and line; or a file that cannot be written.
    pub fn write(&self, out: impl AsRef<Path>) -> Result<(), Error> {
        let taxonomy = self.compile()?;
        let tables = taxonomy.tables();
        let (text, blob) = tables.parts();
        let bytes = [&packed::header(tables), blob].concat();
        for (ending, content) in [("bin", &bytes[..]), ("txt", text.as_bytes())] {
            let path = out.as_ref().join(format!("{}.taxonomy.{ending}", self.name));
            fs::write(&path, content)
                .map_err(|error| Error::one(path.display().to_string(), format!("cannot be written: {error}")))?;
        }
        Ok(())
    }

    fn compile(&self) -> Result<Taxonomy, Error> {
        #[cfg(feature = "builtin")]
        if self.over_builtin {
            return Taxonomy::builtin().overlay_dir(&self.dir);
        }
        Taxonomy::from_dir(&self.dir)
    }
}
