//! ESCO: the CSV file of its occupations, in whatever language.
//!
//! Must not know what becomes of them.

use std::path::Path;

use super::edition::{Edition, Ids, Ladder, Occupation, Title, clean, first_sentence};
use super::mnemonic;
use crate::args::InputFormat;
use crate::failure::Result;
use crate::records::Records;

/// The major groups of ISCO-08, by their digit, and the ladders that we take their occupations to have.
const GROUPS: [(&str, Ladder); 10] = [
    ("Armed forces occupations", Ladder::Others),
    ("Managers", Ladder::Managers),
    ("Professionals", Ladder::Professionals),
    ("Technicians and associate professionals", Ladder::Professionals),
    ("Clerical support workers", Ladder::Others),
    ("Service and sales workers", Ladder::Others),
    ("Skilled agricultural, forestry and fishery workers", Ladder::Others),
    ("Craft and related trades workers", Ladder::Others),
    ("Plant and machine operators, and assemblers", Ladder::Others),
    ("Elementary occupations", Ladder::Others),
];

/// Reads the occupations in a file.
pub(super) fn read(file: &Path, levels: bool) -> Result<Edition> {
    let records = Records::open(file, Some(InputFormat::Csv), "conceptUri")?;
    let [uri, isco, preferred] = ["conceptUri", "iscoGroup", "preferredLabel"].map(|name| records.column(name));
    let (uri, isco, preferred, alternate) = (uri?, isco?, preferred?, records.column("altLabels")?);
    let optional = |name| records.has(name).then(|| records.column(name)).transpose();
    let (hidden, description) = (optional("hiddenLabels")?, optional("description")?);
    let modified = optional("modifiedDate")?;
    let (mut occupations, mut groups, mut ids) = (Vec::new(), Vec::new(), Ids::default());
    let mut newest = String::new();
    records.for_each(|record| {
        let id = clean(&record.get(uri)?);
        if id.is_empty() {
            return Err(record.failure("conceptUri is empty; it is what the occupation is known by"));
        }
        ids.add(&id, record)?;
        let Some((group, major)) = group(&record.get(isco)?) else {
            let message = format_args!("iscoGroup \"{}\" is not four digits, as 2512", record.get(isco)?);
            return Err(record.failure(message));
        };
        let name = record.get(preferred)?;
        if name.is_empty() {
            return Err(record.failure("preferredLabel is empty"));
        }
        let mut titles = vec![Title::preferred(&name)];
        titles.extend(labels(&record.get(alternate)?).map(Title::alternate));
        if let Some(hidden) = hidden {
            titles.extend(labels(&record.get(hidden)?).map(Title::hidden));
        }
        if let Some(modified) = modified {
            let date = clean(record.get(modified)?.split('T').next().unwrap_or_default());
            newest = std::mem::take(&mut newest).max(date);
        }
        let summary = match description {
            Some(description) => first_sentence(&record.get(description)?),
            None => String::new(),
        };
        occupations.push(Occupation {
            code: String::new(),
            id,
            family: family(major),
            summary,
            ladder: levels.then(|| GROUPS[major].1.levels()),
            soc: None,
            titles,
        });
        groups.push(group);
        Ok(())
    })?;
    let made = mnemonic::made_of(groups.iter().zip(&occupations).map(|(group, own)| (group.as_str(), own.id.as_str())));
    occupations.iter_mut().zip(made).for_each(|(occupation, code)| occupation.code = code);
    Ok(Edition {
        name: "ESCO".into(),
        version: newest,
        licence: "Commission Decision 2011/833/EU reuse, CC BY 4.0".into(),
        source: "esco",
        scope: "global",
        families: GROUPS.iter().enumerate().map(|(major, (name, _))| (family(major), (*name).into())).collect(),
        occupations,
    })
}

/// An ISCO group and the digit of its major group. Spreadsheets take a leading zero away, and linked data put a C before it.
fn group(text: &str) -> Option<(String, usize)> {
    let text = text.strip_prefix('C').unwrap_or(text);
    let digits = (3..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    let group = format!("{text:0>4}");
    let major = digits.then(|| group[..1].parse().ok()).flatten()?;
    Some((group, major))
}

/// The labels in a cell, which stand on lines of their own or between bars.
fn labels(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(['\n', '|']).filter(|label| !clean(label).is_empty())
}

/// The code of a major group's family.
fn family(major: usize) -> String {
    format!("ISCO{major}")
}
