//! Titles as Python has them: one text, or many in a list, a Series or an Arrow array. Must not know what is made of them.

use std::borrow::Cow;
use std::sync::Arc;

use arrow_array::builder::LargeStringBuilder;
use arrow_array::{Array, ArrayRef, NullArray};
use arrow_schema::{ArrowError, DataType};
use pyo3::exceptions::{PyImportError, PyOverflowError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyByteArray, PyBytes, PyFloat, PyMapping, PyString};
use pyo3_arrow::input::AnyArray;

use crate::distinct::{NULL, is_text};

/// One title. Lone surrogates, which are in no text that was decoded well, read as U+FFFD.
///
/// # Errors
///
/// `TypeError` for what is no `str`.
pub(crate) fn title<'a>(title: &'a Bound<'_, PyAny>) -> PyResult<Cow<'a, str>> {
    match title.cast::<PyString>() {
        Ok(text) => Ok(text.to_string_lossy()),
        Err(_) if title.is_none() => {
            Err(PyTypeError::new_err("a title is a str, not None; normalize_titles keeps None as null"))
        }
        Err(_) => Err(PyTypeError::new_err(format!("a title is a str, not {}{}", kind(title), advice(title)))),
    }
}

/// Many titles, as arrays of texts.
///
/// # Errors
///
/// `TypeError` for what is no series of texts, with the row if one row is to blame, and what asking for its items raises.
pub(crate) fn titles(titles: &Bound<'_, PyAny>) -> PyResult<Vec<ArrayRef>> {
    let arrays = match from_arrow(titles)? {
        Some(arrays) => arrays,
        None => vec![from_items(titles)?],
    };
    match arrays.iter().map(|array| array.len()).sum::<usize>() {
        rows if rows < NULL as usize => Ok(arrays),
        rows => Err(PyOverflowError::new_err(format!("{rows} titles are too many at once; give them in parts"))),
    }
}

/// What has an Arrow array inside.
fn from_arrow(titles: &Bound<'_, PyAny>) -> PyResult<Option<Vec<ArrayRef>>> {
    let py = titles.py();
    let has = |name| titles.hasattr(name);
    if !has("__arrow_c_array__")? && !has("__arrow_c_stream__")? {
        return Ok(None);
    }
    // Of objects pandas makes Arrow too, but knows no row when it can't.
    if has("dtype")? && titles.getattr("dtype")?.str()?.to_string_lossy() == "object" {
        return Ok(None);
    }
    let read = match titles.extract::<AnyArray>() {
        Ok(read) => read,
        // Without pyarrow pandas has the method, but not what it takes.
        Err(error) if error.is_instance_of::<PyImportError>(py) => return Ok(None),
        Err(error) => return Err(error),
    };
    let field = read.field()?;
    match field.data_type() {
        // Polars' come with buffers that Arrow does not allow them; how many there are is all that there is to know.
        DataType::Null if has("__len__")? => return Ok(Some(vec![Arc::new(NullArray::new(titles.len()?))])),
        of if is_text(of) => {}
        DataType::Struct(fields) => {
            let names: Vec<_> = fields.iter().map(|field| field.name().as_str()).collect();
            return Err(PyTypeError::new_err(format!(
                "titles are one column of texts, not a table; it has the columns {}: give one of them",
                names.join(", ")
            )));
        }
        of => return Err(PyTypeError::new_err(format!("titles are texts, not Arrow's {of}"))),
    }
    let unreadable = |error: ArrowError| PyValueError::new_err(format!("the titles cannot be read: {error}"));
    Ok(Some(read.into_reader()?.collect::<Result<_, _>>().map_err(unreadable)?))
}

/// What can be gone through: a list, a tuple, a Series of objects, a generator.
fn from_items(titles: &Bound<'_, PyAny>) -> PyResult<ArrayRef> {
    let refuse =
        |what: &str| Err(PyTypeError::new_err(format!("titles are a list, a Series or an Arrow array, {what}")));
    if titles.is_instance_of::<PyString>() {
        return refuse("not a str; for one title there is normalize_title");
    }
    let one = titles.is_instance_of::<PyBytes>() || titles.is_instance_of::<PyByteArray>() || titles.is_none();
    if one || titles.cast::<PyMapping>().is_ok() && !titles.hasattr("dtype")? {
        return refuse(&format!("not {}{}", kind(titles), advice(titles)));
    }
    if titles.hasattr("columns")? {
        return refuse("not a table; give one of its columns");
    }
    let Ok(items) = titles.try_iter() else {
        return refuse(&format!("not {}", kind(titles)));
    };
    let mut texts = LargeStringBuilder::new();
    for (row, item) in items.enumerate() {
        let item = item?;
        match item.cast::<PyString>() {
            Ok(text) => texts.append_value(text.to_string_lossy()),
            Err(_) if is_missing(&item)? => texts.append_null(),
            Err(_) => {
                return Err(PyTypeError::new_err(format!(
                    "row {row} (from 0) of the titles is {} ({}); titles are str, or None where there is none{}",
                    shown(&item)?,
                    kind(&item),
                    advice(&item)
                )));
            }
        }
    }
    Ok(Arc::new(texts.finish()))
}

/// Whether it stands for nothing: `None`, a float that is not a number, pandas' `NA` and `NaT`.
fn is_missing(item: &Bound<'_, PyAny>) -> PyResult<bool> {
    Ok(item.is_none()
        || item.cast::<PyFloat>().is_ok_and(|number| number.value().is_nan())
        || matches!(&*item.get_type().name()?.to_string_lossy(), "NAType" | "NaTType"))
}

/// The name of its type.
fn kind(item: &Bound<'_, PyAny>) -> String {
    match item.get_type().name() {
        Ok(_) if item.is_none() => "None".into(),
        Ok(name) => name.to_string_lossy().into_owned(),
        Err(_) => "something without a type".into(),
    }
}

/// What to do about it, where that is known.
fn advice(item: &Bound<'_, PyAny>) -> &'static str {
    if item.is_instance_of::<PyBytes>() { ": decode it first" } else { "" }
}

/// The beginning of how it is written.
fn shown(item: &Bound<'_, PyAny>) -> PyResult<String> {
    const LONGEST: usize = 40;
    let text = item.repr()?;
    let text = text.to_string_lossy();
    match text.char_indices().nth(LONGEST) {
        None => Ok(text.into_owned()),
        Some((end, _)) => Ok(format!("{}…", &text[..end])),
    }
}
