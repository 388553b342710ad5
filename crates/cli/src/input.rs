//! Input: a file is opened, and what it holds is guessed from its name.
//!
//! Must not know what is read from it.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use crate::args::InputFormat;
use crate::failure::{Failure, Result};

/// What to do where the format does not follow from the name, if the command has that option.
pub(crate) const SAY_FORMAT: &str = "say --input-format csv, tsv, jsonl or lines";

/// An open input.
pub(crate) struct Input {
    /// What it is called in messages.
    pub(crate) name: String,
    /// Its bytes.
    pub(crate) reader: Box<dyn Read + Send>,
    /// How many there are, if that is known.
    pub(crate) length: Option<u64>,
}

/// Opens the file; `-` is standard input.
pub(crate) fn open(path: &Path) -> Result<Input> {
    if path == Path::new("-") {
        return Ok(Input { name: "<stdin>".into(), reader: Box::new(io::stdin()), length: None });
    }
    let name = path.display().to_string();
    let failure = |error| Failure::new(format_args!("{name} cannot be read: {error}"));
    let file = File::open(path).map_err(failure)?;
    let metadata = file.metadata().map_err(failure)?;
    let length = metadata.is_file().then_some(metadata.len());
    Ok(Input { name, reader: Box::new(file), length })
}

/// Whether a file's name says that it is Parquet.
pub(crate) fn is_parquet(path: &Path) -> bool {
    path.extension().is_some_and(|extension| ["parquet", "pq"].iter().any(|own| extension.eq_ignore_ascii_case(own)))
}

/// What a file holds, by its extension; with none, CSV if a column is named and else lines. `advice` is what to do where
/// it does not follow.
pub(crate) fn guess_format(path: &Path, column: Option<&str>, advice: &str) -> Result<InputFormat> {
    let Some(extension) = path.extension() else {
        return Ok(if column.is_some() { InputFormat::Csv } else { InputFormat::Lines });
    };
    match extension.to_string_lossy().to_ascii_lowercase().as_str() {
        "csv" => Ok(InputFormat::Csv),
        "tsv" | "tab" => Ok(InputFormat::Tsv),
        "jsonl" | "ndjson" => Ok(InputFormat::Jsonl),
        "txt" | "lst" => Ok(InputFormat::Lines),
        _ if is_parquet(path) => Err(Failure::new(format_args!(
            "{}: only `map` reads Parquet; make CSV of it, with `titlecanon map` for instance",
            path.display()
        ))),
        _ => Err(Failure::new(format_args!(
            "{}: what is in it does not follow from its extension; {advice}",
            path.display()
        ))),
    }
}
