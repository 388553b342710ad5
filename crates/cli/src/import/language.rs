//! Language: our tables of how titles are worded, as far as an edition needs them.
//!
//! Must not know any occupation.

use std::collections::HashSet;

use titlecanon::{Taxonomy, Wording};

/// The tables that speak of no function.
const TABLES: [&str; 7] =
    ["abbreviations.tsv", "combinations.tsv", "cues.tsv", "grades.tsv", "heads.tsv", "levels.tsv", "qualifiers.tsv"];

/// Our tables, as paths and texts.
pub(super) fn tables() -> Vec<(String, String)> {
    Taxonomy::builtin().to_sources().into_iter().filter(|(path, _)| TABLES.contains(&path.as_str())).collect()
}

/// Leaves out the abbreviations of words that neither these titles have nor a cue or qualifier.
pub(super) fn keep_used(tables: &mut [(String, String)], wording: &Wording, titles: &HashSet<String>) {
    let words = |text: &str| wording.words(text).unwrap_or_default();
    let rows = |name: &str| tables.iter().find(|(path, _)| path == name).map_or("", |(_, text)| text).lines().skip(1);
    let first = |row: &str| row.split('\t').next().unwrap_or_default().to_string();
    let others = ["cues.tsv", "qualifiers.tsv"].into_iter().flat_map(rows);
    let others: HashSet<String> = others.flat_map(|row| words(&first(row))).collect();
    let is_used = |row: &str| {
        let mut senses = row.split('\t').nth(1).unwrap_or_default().split('|');
        senses.any(|sense| words(sense).iter().any(|word| titles.contains(word) || others.contains(word)))
    };
    if let Some((_, text)) = tables.iter_mut().find(|(path, _)| path == TABLES[0]) {
        let kept = text.split_inclusive('\n').enumerate().filter(|&(nth, row)| nth == 0 || is_used(row.trim_end()));
        *text = kept.map(|(_, row)| row).collect();
    }
}
