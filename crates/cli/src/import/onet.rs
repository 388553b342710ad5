//! O*NET: the text files of its database, tab-separated, in which quotation marks mean nothing.
//!
//! Must not know what becomes of them.

use std::path::Path;

use titlecanon::{SocCode, Taxonomy};

use super::edition::{Edition, Ids, Ladder, Occupation, Title, first_sentence};
use crate::args::InputFormat;
use crate::failure::{Failure, Result};
use crate::records::Records;

const OCCUPATIONS: &str = "Occupation Data.txt";
const ALTERNATES: &str = "Alternate Titles.txt";
const CODE: &str = "O*NET-SOC Code";

/// The major groups of SOC 2018, and the ladders that we take their occupations to have.
const GROUPS: [(&str, &str, Ladder); 23] = [
    ("11", "Management Occupations", Ladder::Managers),
    ("13", "Business and Financial Operations Occupations", Ladder::Professionals),
    ("15", "Computer and Mathematical Occupations", Ladder::Professionals),
    ("17", "Architecture and Engineering Occupations", Ladder::Professionals),
    ("19", "Life, Physical, and Social Science Occupations", Ladder::Professionals),
    ("21", "Community and Social Service Occupations", Ladder::Professionals),
    ("23", "Legal Occupations", Ladder::Professionals),
    ("25", "Educational Instruction and Library Occupations", Ladder::Professionals),
    ("27", "Arts, Design, Entertainment, Sports, and Media Occupations", Ladder::Professionals),
    ("29", "Healthcare Practitioners and Technical Occupations", Ladder::Professionals),
    ("31", "Healthcare Support Occupations", Ladder::Others),
    ("33", "Protective Service Occupations", Ladder::Others),
    ("35", "Food Preparation and Serving Related Occupations", Ladder::Others),
    ("37", "Building and Grounds Cleaning and Maintenance Occupations", Ladder::Others),
    ("39", "Personal Care and Service Occupations", Ladder::Others),
    ("41", "Sales and Related Occupations", Ladder::Others),
    ("43", "Office and Administrative Support Occupations", Ladder::Others),
    ("45", "Farming, Fishing, and Forestry Occupations", Ladder::Others),
    ("47", "Construction and Extraction Occupations", Ladder::Others),
    ("49", "Installation, Maintenance, and Repair Occupations", Ladder::Others),
    ("51", "Production Occupations", Ladder::Others),
    ("53", "Transportation and Material Moving Occupations", Ladder::Others),
    ("55", "Military Specific Occupations", Ladder::Others),
];

/// Reads the database in a folder.
pub(super) fn read(dir: &Path, levels: bool) -> Result<Edition> {
    let (mut occupations, ids) = occupations(dir, levels)?;
    alternates(dir, &mut occupations, &ids)?;
    Ok(Edition {
        name: "O*NET".into(),
        version: version(dir).unwrap_or_default(),
        licence: "CC BY 4.0".into(),
        source: "onet",
        scope: "US",
        families: GROUPS.map(|(group, name, _)| (family(group), name.into())).into(),
        occupations,
    })
}

fn occupations(dir: &Path, levels: bool) -> Result<(Vec<Occupation>, Ids)> {
    let records = open(dir, OCCUPATIONS)?;
    let [code, title, description] = [records.column(CODE)?, records.column("Title")?, records.column("Description")?];
    let (mut occupations, mut ids) = (Vec::new(), Ids::default());
    let known = |soc: &str| Taxonomy::builtin().soc_codes().any(|code: SocCode<'_>| code.code() == soc);
    records.for_each(|record| {
        let id = record.get(code)?;
        let Some((group, ladder)) = group(&id) else {
            return Err(record.failure(format_args!("\"{id}\" is not an O*NET-SOC code, as 15-1252.00")));
        };
        if record.get(title)?.is_empty() {
            return Err(record.failure("the title is empty"));
        }
        ids.add(&id, record)?;
        let soc = Some(&id[..7]).filter(|soc| known(soc)).map(String::from);
        occupations.push(Occupation {
            code: id.chars().filter(char::is_ascii_digit).collect(),
            family: family(group),
            summary: first_sentence(&record.get(description)?),
            // A taxonomy with SOC codes has one for every rung.
            ladder: Some(ladder.levels()).filter(|_| levels && soc.is_some()),
            soc,
            titles: vec![Title::preferred(&record.get(title)?)],
            id: id.into_owned(),
        });
        Ok(())
    })?;
    Ok((occupations, ids))
}

fn alternates(dir: &Path, occupations: &mut [Occupation], ids: &Ids) -> Result<()> {
    let records = open(dir, ALTERNATES)?;
    let [code, title, short] =
        [records.column(CODE)?, records.column("Alternate Title")?, records.column("Short Title")?];
    records.for_each(|record| {
        let id = record.get(code)?;
        let Some(nth) = ids.get(&id) else {
            let message = format_args!("\"{id}\" is not in {OCCUPATIONS}; take both files from one edition");
            return Err(record.failure(message));
        };
        let (title, short) = (record.get(title)?, record.get(short)?);
        let titles = &mut occupations[nth].titles;
        if title.is_empty() {
            return Err(record.failure("the alternate title is empty"));
        }
        titles.push(Title::alternate(&title));
        // Where there is nothing short it is empty or, in some editions, "n/a".
        if !["", "n/a"].contains(&short.as_ref()) {
            titles.push(Title::short(&short));
            // "CEO (Chief Executive Officer)" is both of them at once.
            titles.extend(beside(&title, &short).map(Title::alternate));
        }
        Ok(())
    })
}

fn open(dir: &Path, name: &str) -> Result<Records> {
    let path = dir.join(name);
    if !path.is_file() {
        let message = "there is no such file; say the folder of an O*NET database as text, which has it";
        return Err(Failure::new(format_args!("{}: {message}", path.display())));
    }
    Records::open(&path, Some(InputFormat::Unquoted), CODE)
}

/// The major group of an O*NET-SOC code.
fn group(id: &str) -> Option<(&'static str, Ladder)> {
    let form = id.bytes().map(|byte| if byte.is_ascii_digit() { b'0' } else { byte });
    let found = GROUPS.iter().find(|(group, ..)| id.starts_with(group)).filter(|_| form.eq(*b"00-0000.00"));
    found.map(|&(group, _, ladder)| (group, ladder))
}

/// The long form in a title that has the short form in brackets, or before the long form in brackets.
fn beside<'a>(title: &'a str, short: &str) -> Option<&'a str> {
    let (first, second) = title.strip_suffix(')')?.split_once('(')?;
    let (first, second) = (first.trim(), second.trim());
    if first == short { Some(second) } else { Some(first).filter(|_| second == short) }
}

/// The code of a major group's family.
fn family(group: &str) -> String {
    format!("SOC{group}")
}

/// The edition, as folders of the database are called: `db_29_0_text` is 29.0.
fn version(dir: &Path) -> Option<String> {
    let dir = dir.canonicalize().ok()?;
    let name = dir.file_name()?.to_str()?;
    let numbers = name.strip_prefix("db_")?.strip_suffix("_text")?;
    Some(numbers.replace('_', "."))
}
