//! Builds titlecanon in a graph that turns on `phf/ptrhash`, and sees that it answers, embedded and loaded.

use titlecanon::{Normalizer, Taxonomy, normalize_title};

fn main() {
    let title = "Sr. Technical Support Engineer";
    let code = normalize_title(title).code().expect("an answer").to_string();
    assert_eq!(code, "TSE.GEN.P4");
    let loaded = Taxonomy::from_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../../data")).expect("a sound taxonomy");
    assert_eq!(Normalizer::with_taxonomy(&loaded).normalize(title).code().expect("an answer").to_string(), code);
    let other: phf::Map<&str, u8> = phf::Map::new();
    assert!(other.is_empty());
    println!("answers with phf/ptrhash turned on");
}
