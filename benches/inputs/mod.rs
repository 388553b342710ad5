//! The titles that benchmarks resolve, made from the embedded taxonomy with a fixed seed.
//!
//! Aliases as they stand (exact), with a word of level (composed), with the marks and words of vacancies around them (messy),
//! with one wrong letter (fuzzy), and made-up words (no match).

use crate::common::Random;
use titlecanon::Taxonomy;

/// How many titles of each kind there are.
pub(crate) const TITLES: usize = 2_000;

fn pick<'a>(random: &mut Random, from: &[&'a str]) -> &'a str {
    from[random.below(from.len())]
}

/// The kinds of input, each with its titles.
pub(crate) fn inputs() -> Vec<(&'static str, Vec<String>)> {
    let random = &mut Random(0x0007_1713_ca11_0911);
    let aliases: Vec<String> = Taxonomy::builtin().aliases().map(|alias| alias.text().into_owned()).collect();
    let plain: Vec<&str> = (0..TITLES).map(|_| aliases[random.below(aliases.len())].as_str()).collect();
    let mut made = |make: &mut dyn FnMut(&mut Random, &str) -> String| -> Vec<String> {
        plain.iter().map(|alias| make(random, alias)).collect()
    };
    let composed = made(&mut |random, alias| format!("{} {alias}", pick(random, &["Senior", "Sr.", "Junior", "Lead"])));
    let messy = made(&mut |random, alias| {
        let shift = pick(random, &[" - Night Shift", " (Remote)", " (m/f/d)", ", Full-Time", " - $25/hr", " #JR4711"]);
        format!("{}{shift}, {}", alias.to_uppercase(), pick(random, &["Austin, TX", "Acme Corp", "EMEA", "West"]))
    });
    let fuzzy = made(&mut |random, alias| {
        let mut letters: Vec<char> = alias.chars().collect();
        let at = random.below(letters.len());
        match random.below(3) {
            0 => letters[at] = 'e',
            1 => letters.insert(at, 'a'),
            _ => drop(letters.remove(at)),
        }
        letters.into_iter().collect()
    });
    let no_match = made(&mut |random, _| {
        (0..3)
            .map(|_| (0..6).map(|_| pick(random, &["q", "z", "x", "v", "u", "k"])).collect::<String>() + " ")
            .collect()
    });
    let exact = plain.iter().map(ToString::to_string).collect();
    vec![("exact", exact), ("composed", composed), ("messy", messy), ("fuzzy", fuzzy), ("no_match", no_match)]
}
