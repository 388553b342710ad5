//! Rows: what is in a row of each input format. It finds the title and hands on the rest, as cells or as JSON members.
//!
//! Must not know what becomes of either.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt::Display;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::args::InputFormat;
use crate::blocks::{Block, Blocks, lines};
use crate::failure::{Failure, Result};

/// What the plain lines' only column is called.
pub(crate) const TITLE: &str = "title";

impl InputFormat {
    /// What separates the fields, if the format quotes them.
    pub(crate) fn delimiter(self) -> Option<u8> {
        match self {
            InputFormat::Csv => Some(b','),
            InputFormat::Tsv => Some(b'\t'),
            InputFormat::Jsonl | InputFormat::Lines | InputFormat::Unquoted => None,
        }
    }
}

/// What all rows of an input have in common.
#[derive(Debug)]
pub(crate) struct Shape {
    /// What the input is called in messages.
    name: String,
    format: InputFormat,
    /// The header; of JSON objects, the names in the first.
    columns: Vec<String>,
    /// The line that they are in.
    line: u64,
    /// Which column holds the titles.
    title: usize,
}

impl Shape {
    /// Of plain lines.
    pub(crate) fn lines(name: &str, column: Option<&str>) -> Shape {
        let columns = vec![column.unwrap_or(TITLE).to_owned()];
        Shape { name: name.into(), format: InputFormat::Lines, columns, line: 1, title: 0 }
    }

    /// Of JSON objects that each have all these fields, of which the nth holds the titles.
    #[cfg(feature = "parquet")]
    pub(crate) fn objects(name: &str, columns: Vec<String>, title: usize) -> Shape {
        Shape { name: name.into(), format: InputFormat::Jsonl, columns, line: 1, title }
    }

    /// Reads the shape off the beginning of the input. Gives the first block too, less the header.
    pub(crate) fn read(blocks: &mut Blocks, format: InputFormat, column: Option<&str>) -> Result<(Shape, Block)> {
        Shape::read_with(blocks, format, column, |shape| shape.title(column))
    }

    /// The same where whatever column is first holds the titles.
    pub(crate) fn read_first(blocks: &mut Blocks, format: InputFormat) -> Result<(Shape, Block)> {
        Shape::read_with(blocks, format, None, |_| Ok(0))
    }

    fn read_with(
        blocks: &mut Blocks,
        format: InputFormat,
        column: Option<&str>,
        title: impl Fn(&Shape) -> Result<usize>,
    ) -> Result<(Shape, Block)> {
        let Some(mut block) = blocks.next().transpose()? else {
            return Err(Failure::new(format_args!("{} is empty", blocks.name())));
        };
        let name = blocks.name();
        let mut shape = Shape { format, ..Shape::lines(name, column) };
        match format {
            InputFormat::Lines => return Ok((shape, block)),
            InputFormat::Csv | InputFormat::Tsv | InputFormat::Unquoted => {
                while block.rows().next().is_some_and(|(_, row)| row.is_empty()) {
                    block.drop_first();
                }
                let Some((line, row)) = block.rows().next() else {
                    return Err(Failure::new(format_args!("{name} is empty")));
                };
                shape.columns = header(&shape, line, row)?;
                shape.line = line;
                shape.title = title(&shape)?;
                block.drop_first();
            }
            InputFormat::Jsonl => {
                let Some((line, row)) = block.rows().find(|(_, row)| !row.trim_ascii().is_empty()) else {
                    return Err(Failure::new(format_args!("{name} is empty")));
                };
                let members = shape.object(line, text(name, line, row)?.trim())?.members;
                shape.columns = members.into_iter().map(|(name, _)| name.into_owned()).collect();
                shape.line = line;
                shape.title = title(&shape)?;
            }
        }
        Ok((shape, block))
    }

    /// The names of the columns.
    pub(crate) fn columns(&self) -> &[String] {
        &self.columns
    }

    /// Which column holds the titles.
    #[cfg(feature = "parquet")]
    pub(crate) fn title_column(&self) -> usize {
        self.title
    }

    /// The cells of an object, in the order of the columns; `None` for null and for what is missing.
    pub(crate) fn object_cells<'a>(&self, line: u64, object: &Object<'a>) -> Result<Vec<Option<Cow<'a, str>>>> {
        object.cells(&self.columns).map_err(|problem| Failure::at(&self.name, line, problem))
    }

    /// What a column is called in this format.
    fn noun(&self) -> &'static str {
        match self.format {
            InputFormat::Jsonl => "field",
            _ => "column",
        }
    }

    /// What columns there are, in words.
    fn columns_there(&self) -> String {
        format!("the {}s are {}", self.noun(), quoted_list(&self.columns))
    }

    /// Which column holds the titles.
    fn title(&self, column: Option<&str>) -> Result<usize> {
        let Some(wanted) = column else {
            let (what, there) = (self.noun(), self.columns_there());
            let message = format_args!("which {what} holds the titles? Say --column NAME; {there}");
            return Err(Failure::at(&self.name, self.line, message));
        };
        self.column(wanted)
    }

    /// Which column has this name.
    pub(crate) fn column(&self, wanted: &str) -> Result<usize> {
        self.columns.iter().position(|name| name == wanted).ok_or_else(|| {
            let (what, there, hint) = (self.noun(), self.columns_there(), did_you_mean(&self.columns, wanted));
            Failure::at(&self.name, self.line, format_args!("there is no {what} \"{wanted}\"; {there}.{hint}"))
        })
    }

    fn object<'a>(&self, line: u64, raw: &'a str) -> Result<Object<'a>> {
        let members = serde_json::from_str::<Members<'a>>(raw).map_err(|error| {
            let problem = if raw.starts_with('{') && !error.is_data() {
                // Its own line number is always 1 here.
                let message = error.to_string();
                let end = message.find(" at line ").unwrap_or(message.len());
                format!("not JSON: {}, at byte {}", &message[..end], error.column())
            } else {
                "not a JSON object".into()
            };
            Failure::at(&self.name, line, problem)
        })?;
        Ok(Object { raw, members: members.0 })
    }

    /// The title in an object; null is the empty title.
    fn object_title<'a>(&self, line: u64, object: &Object<'a>) -> Result<Cow<'a, str>> {
        let wanted = &self.columns[self.title];
        let mut found = object.members.iter().filter(|(name, _)| name == wanted);
        let problem: &dyn Display = match (found.next(), found.next()) {
            (Some((_, value)), None) => {
                let value = value.get();
                match value.as_bytes().first() {
                    Some(b'"') => return string(wanted, value).map_err(|error| Failure::at(&self.name, line, error)),
                    Some(b'n') => return Ok(Cow::Borrowed("")),
                    _ => &"neither a string nor null",
                }
            }
            (Some(_), Some(_)) => &"there twice",
            (None, _) => &"missing",
        };
        Err(Failure::at(&self.name, line, format_args!("field \"{wanted}\" is {problem}")))
    }
}

/// A row of cells, or a JSON object.
#[derive(Debug)]
pub(crate) enum Row<'a> {
    /// A row of as many cells as there are columns.
    Cells(Cells<'a>),
    /// A JSON object.
    Object(Object<'a>),
}

impl<'a> Row<'a> {
    /// The text in one of `columns`, as [`Object::cells`] has it; nothing for null and for a field that is missing.
    pub(crate) fn value(&self, columns: &[String], nth: usize) -> std::result::Result<Cow<'a, str>, String> {
        match self {
            Row::Cells(cells) => Ok(Cow::Borrowed(cells.get(nth))),
            Row::Object(object) => {
                let mut found = object.members.iter().filter(|(name, _)| *name == columns[nth]);
                match (found.next(), found.next()) {
                    (None, _) => Ok(Cow::Borrowed("")),
                    (Some((name, value)), None) => Ok(cell(name, value.get())?.unwrap_or_default()),
                    (Some((name, _)), Some(_)) => Err(format!("field \"{name}\" is there twice")),
                }
            }
        }
    }
}

/// The cells of a row.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cells<'a> {
    text: &'a str,
    ends: &'a [usize],
}

impl<'a> Cells<'a> {
    /// The texts, in order.
    pub(crate) fn iter(self) -> impl Iterator<Item = &'a str> {
        (0..self.ends.len()).map(move |nth| self.get(nth))
    }

    fn get(self, nth: usize) -> &'a str {
        let start = if nth == 0 { 0 } else { self.ends[nth - 1] };
        &self.text[start..self.ends[nth]]
    }
}

/// A JSON object.
#[derive(Debug)]
pub(crate) struct Object<'a> {
    /// Its text, from brace to brace.
    pub(crate) raw: &'a str,
    /// Its names, each with the text of its value.
    pub(crate) members: Vec<(Cow<'a, str>, &'a RawValue)>,
}

impl<'a> Object<'a> {
    /// The values as texts in the order of `columns`: strings without quotes, null and what is missing as `None`,
    /// everything else as JSON. The error says which member does not fit.
    fn cells(&self, columns: &[String]) -> std::result::Result<Vec<Option<Cow<'a, str>>>, String> {
        let mut cells = vec![None; columns.len()];
        for (nth, (name, value)) in self.members.iter().enumerate() {
            let usual = columns.get(nth).is_some_and(|column| column == name).then_some(nth);
            let Some(at) = usual.or_else(|| columns.iter().position(|column| column == name)) else {
                return Err(format!("field \"{name}\" is not in the first object, whose fields are the columns"));
            };
            cells[at] = cell(name, value.get())?;
        }
        Ok(cells)
    }
}

/// Reads the rows of one block after the other.
#[derive(Debug)]
pub(crate) struct Decoder<'s> {
    shape: &'s Shape,
    core: csv_core::Reader,
    text: Vec<u8>,
    ends: Vec<usize>,
}

impl<'s> Decoder<'s> {
    /// A decoder for rows of this shape.
    pub(crate) fn new(shape: &'s Shape) -> Decoder<'s> {
        let mut builder = csv_core::ReaderBuilder::new();
        // Rows come cut, so that a carriage return left in one is part of it.
        builder.terminator(csv_core::Terminator::Any(b'\n'));
        match shape.format {
            InputFormat::Unquoted => drop(builder.delimiter(b'\t').quoting(false)),
            format => drop(format.delimiter().map(|delimiter| builder.delimiter(delimiter))),
        }
        Decoder { shape, core: builder.build(), text: Vec::new(), ends: Vec::new() }
    }

    /// The title in a row and the row; `None` for a row to skip: one of nothing, unless nothing may be an empty title.
    pub(crate) fn decode<'a>(&'a mut self, line: u64, row: &'a [u8]) -> Result<Option<(Cow<'a, str>, Row<'a>)>> {
        let shape = self.shape;
        let cells = match shape.format {
            InputFormat::Lines => {
                self.ends.clear();
                self.ends.push(row.len());
                Cells { text: text(&shape.name, line, row)?, ends: &self.ends }
            }
            InputFormat::Csv | InputFormat::Tsv | InputFormat::Unquoted => {
                if row.is_empty() && shape.columns.len() > 1 {
                    return Ok(None);
                }
                let cells = self.split(line, row)?;
                if cells.ends.len() != shape.columns.len() {
                    let (found, wanted) = (cells.ends.len(), shape.columns.len());
                    let message = format_args!("the row has {}, the header {wanted}", plural(found, "field"));
                    return Err(Failure::at(&shape.name, line, message));
                }
                cells
            }
            InputFormat::Jsonl => {
                let raw = text(&shape.name, line, row)?.trim();
                if raw.is_empty() {
                    return Ok(None);
                }
                let object = shape.object(line, raw)?;
                return Ok(Some((shape.object_title(line, &object)?, Row::Object(object))));
            }
        };
        Ok(Some((Cow::Borrowed(cells.get(shape.title)), Row::Cells(cells))))
    }

    /// Splits a row of a format that quotes into its fields.
    fn split(&mut self, line: u64, row: &[u8]) -> Result<Cells<'_>> {
        // No row has more text than bytes, or more fields than bytes and one.
        self.text.resize(self.text.len().max(row.len() + 1), 0);
        self.ends.resize(self.ends.len().max(row.len() + 1), 0);
        let (mut written, mut fields) = (0, 0);
        if row.is_empty() {
            // Of which `csv_core` makes no record.
            (self.ends[0], fields) = (0, 1);
        } else {
            for part in [row, b"\n"] {
                let (_, _, text, ends) =
                    self.core.read_record(part, &mut self.text[written..], &mut self.ends[fields..]);
                written += text;
                fields += ends;
            }
        }
        let text = text(&self.shape.name, line, &self.text[..written])?;
        Ok(Cells { text, ends: &self.ends[..fields] })
    }
}

/// The names in the header, all different.
fn header(shape: &Shape, line: u64, row: &[u8]) -> Result<Vec<String>> {
    let mut decoder = Decoder::new(shape);
    let names: Vec<String> = decoder.split(line, row)?.iter().map(String::from).collect();
    all_differ(&names).map_err(|problem| Failure::at(&shape.name, line, problem))?;
    Ok(names)
}

/// That no two columns have the same name; the error says which do.
pub(crate) fn all_differ(names: &[String]) -> std::result::Result<(), String> {
    let mut seen = HashMap::new();
    for (nth, name) in names.iter().enumerate() {
        if let Some(first) = seen.insert(name, nth) {
            return Err(format!("columns {} and {} are both called \"{name}\"", first + 1, nth + 1));
        }
    }
    Ok(())
}

/// Bytes as text.
pub(crate) fn text<'a>(name: &str, line: u64, bytes: &'a [u8]) -> Result<&'a str> {
    std::str::from_utf8(bytes).map_err(|error| {
        let line = line + lines(&bytes[..error.valid_up_to()]);
        Failure::at(name, line, "not UTF-8; convert the file first, with iconv for instance")
    })
}

/// A JSON value as text; `None` for null.
fn cell<'a>(name: &str, value: &'a str) -> std::result::Result<Option<Cow<'a, str>>, String> {
    match value {
        "null" => Ok(None),
        value if value.starts_with('"') => string(name, value).map(Some),
        value => Ok(Some(Cow::Borrowed(value))),
    }
}

/// The text of the JSON string in the field `name`.
fn string<'a>(name: &str, raw: &'a str) -> std::result::Result<Cow<'a, str>, String> {
    match serde_json::from_str::<Text<'a>>(raw) {
        Ok(text) => Ok(text.0),
        Err(_) => Err(format!("field \"{name}\" has an escape that is no character")),
    }
}

/// A string that borrows where there is nothing to unescape.
#[derive(serde::Deserialize)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

/// The members of a JSON object in their order.
#[derive(Debug)]
pub(crate) struct Members<'a>(pub(crate) Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Members<'de>, D::Error> {
        struct Collect;

        impl<'de> Visitor<'de> for Collect {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> std::result::Result<Members<'de>, M::Error> {
                let mut members = Vec::with_capacity(16);
                while let Some((name, value)) = map.next_entry::<Text<'de>, &RawValue>()? {
                    members.push((name.0, value));
                }
                Ok(Members(members))
            }
        }

        deserializer.deserialize_map(Collect)
    }
}

/// " Did you mean …?" with the name most like `wanted`, if any is like it.
pub(crate) fn did_you_mean<S: AsRef<str>>(names: &[S], wanted: &str) -> String {
    let alike = names.iter().filter_map(|name| Some((likeness(name.as_ref(), wanted)?, name)));
    match alike.max_by(|(a, _), (b, _)| a.total_cmp(b)) {
        Some((_, best)) => format!(" Did you mean \"{}\"?", best.as_ref()),
        None => String::new(),
    }
}

/// From this likeness on a name may have been meant.
const ALIKE: f64 = 0.7;

/// How like a name is to what was said, in letters of either case; `None` if it can hardly be meant.
pub(crate) fn likeness(name: &str, wanted: &str) -> Option<f64> {
    Some(strsim::jaro_winkler(&name.to_lowercase(), &wanted.to_lowercase())).filter(|&likeness| likeness >= ALIKE)
}

/// The names, each in quotation marks.
pub(crate) fn quoted_list<S: AsRef<str>>(names: &[S]) -> String {
    names.iter().map(|name| format!("\"{}\"", name.as_ref())).collect::<Vec<_>>().join(", ")
}

/// A count and what is counted.
pub(crate) fn plural(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}
