//! Resolves the titles given as arguments and says why.
//!
//! ```text
//! cargo run --release --example normalize -- "Sr. Technical Support Engineer"
//! ```

use titlecanon::Normalizer;

fn main() {
    let titles: Vec<String> = std::env::args().skip(1).collect();
    if titles.is_empty() {
        eprintln!("give one or more titles, each in quotes");
        std::process::exit(2);
    }
    let normalizer = Normalizer::builtin();
    for title in &titles {
        println!("{}", normalizer.explain(title));
    }
}
