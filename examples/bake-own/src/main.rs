//! Answers titles from a taxonomy of one's own that is part of the binary.

use titlecanon::{Normalizer, Taxonomy};

static TITLES: Taxonomy = titlecanon::include_taxonomy!("taxonomy");

fn main() {
    let normalizer = Normalizer::with_taxonomy(&TITLES);
    for title in std::env::args().skip(1) {
        print!("{}", normalizer.explain(&title));
    }
    let code = |title: &str| normalizer.normalize(title).code().map(|code| code.to_string());
    assert_eq!(code("Sr. Harbor Pilot (night shift)").as_deref(), Some("PILOT.GEN.P4"));
    assert_eq!(code("Crane Opr").as_deref(), Some("CRANE.GEN.S2"));
    assert_eq!(code("Senior Gull Whisperer").as_deref(), Some("GULL.GEN.P3"));
    assert_eq!(code("Ship Visitor"), None);
}
