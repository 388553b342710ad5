//! Compiles the taxonomy in `data/` into the tables that the library embeds. The work is the compile module's.

#![allow(dead_code, unreachable_pub, unused_imports)]

extern crate alloc;

#[path = "src/code.rs"]
mod code;
#[path = "src/compile/mod.rs"]
mod compile;
#[path = "src/confidence.rs"]
mod confidence;
#[path = "src/error.rs"]
mod error;
#[path = "src/hash.rs"]
mod hash;
#[path = "src/level.rs"]
mod level;
#[path = "src/names.rs"]
mod names;
#[path = "src/tables/mod.rs"]
mod tables;
#[path = "src/text/mod.rs"]
mod text;

use std::path::{Path, PathBuf};
use std::{env, fs, process};

fn main() {
    println!("cargo::rerun-if-changed=data");
    println!("cargo::rerun-if-changed=build.rs");
    for module in
        ["code.rs", "compile", "confidence.rs", "error.rs", "hash.rs", "level.rs", "names.rs", "tables", "text"]
    {
        println!("cargo::rerun-if-changed=src/{module}");
    }
    if env::var_os("CARGO_FEATURE_BUILTIN").is_none() {
        return;
    }
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    // Whoever wants no profiles does not carry them.
    let profiles = env::var_os("CARGO_FEATURE_PROFILES").is_some();
    let wanted = |source: &compile::Source| profiles || !source.path.starts_with("profiles");
    let sources = compile::read_dir(Path::new("data"));
    let sources = sources.map(|sources| sources.into_iter().filter(wanted).collect::<Vec<_>>());
    match sources.and_then(|sources| compile::compile(&sources)) {
        Ok(tables) => {
            fs::write(out.join("taxonomy.txt"), tables.text).expect("OUT_DIR is writable");
            fs::write(out.join("taxonomy.bin"), tables.blob).expect("OUT_DIR is writable");
        }
        Err(error) => {
            for problem in error.problems() {
                println!("cargo::error=data/{problem}");
            }
            process::exit(1);
        }
    }
}
