//! The canonical order of source files, so that changes to them read as changes and nothing else.

use alloc::string::String;
use alloc::vec::Vec;

use super::schema::{self, Id, Kind};
use super::tsv::{self, Sheet};
use crate::error::{Error, Problem};
use crate::level::Level;
use crate::names::Part;

/// `text` with its rows in canonical order, each ending with a line feed.
pub(crate) fn canonical(path: &str, text: &str) -> Result<String, Error> {
    let mut problems = Vec::new();
    let Some((id, kind)) = schema::kind_of(path) else {
        return Err(Error::new(alloc::vec![Problem::new(path, 0, "not a file of a taxonomy")]));
    };
    let sheet = Sheet::open(path, text, kind, &mut problems);
    if !problems.is_empty() {
        return Err(Error::new(problems));
    }
    let rows = sheet.into_iter().flat_map(Sheet::rows).map(|row| row.fields.to_vec()).collect();
    Ok(arrange(*id, kind, tsv::header(text).len(), rows))
}

/// A file of rows with so many columns, in canonical order.
pub(super) fn arrange<F: AsRef<str>>(id: Id, kind: &Kind, columns: usize, mut rows: Vec<Vec<F>>) -> String {
    rows.sort_by_cached_key(|row| {
        let field = |column: usize| row.get(column).map_or("", AsRef::as_ref);
        let mut key: Vec<String> = kind.order.iter().map(|&column| field(column).to_lowercase()).collect();
        // The ladder reads from the bottom up, not by letter, and what is for all levels comes first.
        let rung = |column| alloc::format!("{:02}", field(column).parse::<Level>().map_or(0, |level| level as u8 + 1));
        if id == Id::Levels {
            key = alloc::vec![rung(0)];
        }
        if id == Id::Profiles {
            // A profile is told in order, and so are the texts of a part, which stay as they are.
            let part = Part::from_name(field(1)).map_or(0, Part::number);
            return alloc::vec![field(0).to_lowercase(), alloc::format!("{part:02}"), rung(2)];
        }
        // The other columns, case included, settle what the first leave open.
        key.extend(row.iter().map(|field| String::from(field.as_ref())));
        key
    });
    let mut out = kind.columns[..columns].join("\t");
    out.push('\n');
    for row in rows {
        for (nth, field) in row.iter().enumerate() {
            out.push_str(if nth == 0 { "" } else { "\t" });
            out.push_str(field.as_ref());
        }
        out.push('\n');
    }
    out
}
