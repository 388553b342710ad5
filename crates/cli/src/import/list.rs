//! List: a table of titles and codes, whosever it is.
//!
//! Must not know what becomes of them.

use std::path::Path;

use titlecanon::Level;

use super::edition::{Edition, Ids, Occupation, Title, clean};
use super::mnemonic;
use crate::failure::{Failure, Result};
use crate::records::Records;

/// Reads a table; the columns are the first two unless they are named.
pub(super) fn read(
    file: &Path,
    title: Option<&str>,
    code: Option<&str>,
    licence: &str,
    ladder: Option<(String, Level)>,
) -> Result<Edition> {
    let records = Records::open_any(file)?;
    let named = |name: Option<&str>, nth| match name {
        Some(name) => records.column(name),
        None => records.nth(nth).ok_or_else(|| {
            let message = "there is one column; a table of titles and codes has two";
            Failure::new(format_args!("{}: {message}", records.name()))
        }),
    };
    let (title, code) = (named(title, 0)?, named(code, 1)?);
    let (mut occupations, mut ids) = (Vec::<Occupation>::new(), Ids::default());
    records.for_each(|record| {
        let (text, id) = (record.get(title)?, record.get(code)?);
        if text.is_empty() || id.is_empty() {
            let what = if text.is_empty() { "title" } else { "code" };
            return Err(record.failure(format_args!("the {what} is empty; fill it or delete the row")));
        }
        let id = clean(&id);
        if let Some(nth) = ids.get(&id) {
            occupations[nth].titles.push(Title::alternate(&text));
            return Ok(());
        }
        ids.add(&id, record)?;
        occupations.push(Occupation {
            code: String::new(),
            id,
            family: String::new(),
            summary: String::new(),
            ladder: ladder.clone(),
            soc: None,
            titles: vec![Title::preferred(&text)],
        });
        Ok(())
    })?;
    let made = mnemonic::like(occupations.iter().map(|occupation| occupation.id.as_str()));
    occupations.iter_mut().zip(made).for_each(|(occupation, code)| occupation.code = code);
    let name = file.file_stem().map_or("import".into(), |stem| clean(&stem.to_string_lossy()));
    Ok(Edition {
        name,
        version: String::new(),
        licence: clean(licence),
        source: "import",
        scope: "global",
        families: Vec::new(),
        occupations,
    })
}
