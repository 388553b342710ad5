//! Sources: an edition as the files of a taxonomy, in canonical order.
//!
//! Must not know where it is from, nor judge any title.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use titlecanon::Taxonomy;

use super::edition::Edition;
use super::titles::Settled;
use crate::failure::{Failure, Result};

const FUNCTIONS: &str =
    "code\tname\ttracks\tdefault_level\tstatus\tscope\tversion\tconfidence\tsummary\tsource\texternal_id\n";
const FOCUSES: &str = "function\tcode\tname\tjob\n";
const ALIASES: &str = "text\tfunction\tfocus\tlevel\ttype\tconfidence\tapproval\tsource\n";
const AMBIGUITIES: &str = "text\tfunction\tfocus\tshare\tsource\n";
const CROSSWALK: &str = "function\tfocus\tscope\tsoc\tstatus\tsource\n";

/// The track that a function without a ladder is written on.
const WITHOUT_LADDER: &str = "P";

/// The files, with those of `language` among them.
pub(super) fn write(
    edition: &Edition,
    settled: &Settled<'_>,
    language: Vec<(String, String)>,
) -> Result<Vec<(String, String)>> {
    let mut files = BTreeMap::<String, String>::new();
    let Edition { name, version, licence, source, scope, .. } = edition;
    files.insert("taxonomy.tsv".into(), format!("name\tversion\tlicence\n{name}\t{version}\t{licence}\n"));
    let mut families = BTreeSet::new();
    let mut crosswalked = false;
    for function in &settled.functions {
        let own = function.occupation;
        let code = &own.code;
        let (tracks, level) = own.ladder.clone().map_or_else(Default::default, |(on, at)| (on, at.to_string()));
        families.insert(own.family.as_str());
        // A string takes whatever is written to it.
        let mut put = |kind: &str, header: &str, row: &dyn std::fmt::Display| {
            let path = match own.family.to_lowercase() {
                family if family.is_empty() => format!("{kind}.tsv"),
                family => format!("{kind}/{family}.tsv"),
            };
            let _ = writeln!(files.entry(path).or_insert_with(|| header.into()), "{row}");
        };
        let (name, summary, id) = (&function.name, &own.summary, &own.id);
        let row = format_args!("{code}\t{name}\t{tracks}\t{level}\tdraft\t{scope}\t1\t1.00\t{summary}\t{source}\t{id}");
        put("functions", FUNCTIONS, &row.to_string());
        if function.job != function.name {
            put("focuses", FOCUSES, &format_args!("{code}\tGEN\tGeneral\t{}", function.job).to_string());
        }
        for alias in &function.aliases {
            let sure = f64::from(alias.confidence) / 100.0;
            let row = format!("{}\t{code}\tGEN\t\t{}\t{sure:.2}\tdraft\t{source}", alias.text, alias.kind);
            put("aliases", ALIASES, &row);
        }
        if let Some(soc) = &own.soc {
            crosswalked = true;
            let tracks = if tracks.is_empty() { WITHOUT_LADDER } else { &tracks };
            for track in tracks.split(' ') {
                put("crosswalk", CROSSWALK, &format!("{code}\t*\t{track}\t{soc}\tdraft\t{source}"));
            }
        }
    }
    if !edition.families.is_empty() {
        let known = edition.families.iter().filter(|(code, _)| families.contains(code.as_str()));
        let rows: String = known.map(|(code, name)| format!("{code}\t{name}\n")).collect();
        files.insert("families.tsv".into(), format!("code\tname\n{rows}"));
    }
    let mut ambiguities = String::from(AMBIGUITIES);
    for shared in &settled.shared {
        for (occupation, share) in &shared.members {
            let share = f64::from(*share) / 10_000.0;
            let _ = writeln!(ambiguities, "{}\t{}\tGEN\t{share:.4}\t{source}", shared.text, occupation.code);
        }
    }
    if !settled.shared.is_empty() {
        files.insert("ambiguities.tsv".into(), ambiguities);
    }
    if crosswalked {
        let soc = Taxonomy::builtin().to_sources().into_iter().find(|(path, _)| path == "soc.tsv");
        files.extend(soc);
    }
    files.extend(language);
    let ordered = files.into_iter().map(|(path, text)| {
        let text = titlecanon::canonical_source(&path, &text).map_err(Failure::new)?;
        Ok((path, text))
    });
    ordered.collect()
}
