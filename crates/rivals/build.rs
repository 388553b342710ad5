//! Generates the `phf` map over the aliases, as `phf_codegen` is meant to be used.

#[path = "src/list.rs"]
mod list;

use std::path::PathBuf;
use std::{env, fs};

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=src/list.rs");
    let list = list::List::builtin();
    let mut map = phf_codegen::Map::new();
    for entry in &list.entries {
        map.entry(entry.folded.as_str(), entry.job.to_string());
    }
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    let code = format!("pub(super) static ALIASES: phf::Map<&'static str, u32> = {};\n", map.build());
    fs::write(out.join("aliases.rs"), code).expect("OUT_DIR is writable");
}
