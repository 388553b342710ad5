//! The canonical order of source files, so that changes to them read as changes and nothing else.

use alloc::string::String;
use alloc::vec::Vec;

use super::schema::{self, Id};
use super::tsv::{Row, Sheet};
use crate::error::{Error, Problem};
use crate::level::Level;

/// `text` with its rows in canonical order, each ending with a line feed.
pub(crate) fn canonical(path: &str, text: &str) -> Result<String, Error> {
    let mut problems = Vec::new();
    let Some((id, kind)) = schema::kind_of(path) else {
        return Err(Error::new(alloc::vec![Problem::new(path, 0, "not a file of a taxonomy")]));
    };
    let sheet = Sheet::open(path, text, kind.columns, &mut problems);
    if !problems.is_empty() {
        return Err(Error::new(problems));
    }
    let mut rows: Vec<Row<'_>> = sheet.into_iter().flat_map(Sheet::rows).collect();
    rows.sort_by_cached_key(|row| {
        let mut key: Vec<String> = kind.order.iter().map(|&column| row.field(column).to_lowercase()).collect();
        if *id == Id::Levels {
            // The ladder reads from the bottom up, not by letter.
            key = alloc::vec![alloc::format!("{:02}", row.field(0).parse::<Level>().map_or(99, |level| level as u8))];
        }
        // The other columns, case included, settle what the first leave open.
        key.extend(row.fields.iter().map(|&field| String::from(field)));
        key
    });
    let mut out = kind.columns.join("\t");
    out.push('\n');
    for row in rows {
        out.push_str(&row.fields.join("\t"));
        out.push('\n');
    }
    Ok(out)
}
