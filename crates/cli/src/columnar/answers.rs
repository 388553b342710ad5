//! Answers: a column of titles becomes columns of answers. A title that a batch has many times is answered once.
//!
//! Must not know the other columns.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;

use arrow_array::cast::AsArray as _;
use arrow_array::{Array, ArrayRef, LargeStringArray, RecordBatch, StringArray, StringViewArray, UInt32Array};
use arrow_json::ReaderBuilder;
use arrow_json::reader::Decoder;
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use arrow_select::take::take_record_batch;
use titlecanon::{Normalizer, Resolution, Verdict};

use crate::columns;
use crate::failure::{Failure, Result};
use crate::report::Tally;

/// How many answers are under way before they are columns. An answer has room for all its candidates, a kilobyte or two.
const AT_ONCE: usize = 256;

/// What Parquet calls that which a list is made of.
const ELEMENT: &str = "element";

/// Answers columns of titles.
pub(super) struct Answers<'t> {
    normalizer: Normalizer<'t>,
    schema: SchemaRef,
}

impl<'t> Answers<'t> {
    /// Answers from this normaliser.
    pub(super) fn new(normalizer: Normalizer<'t>) -> Answers<'t> {
        let names: Vec<_> = columns::names(normalizer.taxonomy()).collect();
        let external = names.contains(&columns::EXTERNAL_ID);
        let fields: Vec<_> = names.into_iter().map(|name| field(name, external)).collect();
        Answers { normalizer, schema: Arc::new(Schema::new(fields)) }
    }

    /// The fields of the answers, called as they are beside columns that have taken names.
    pub(super) fn fields(&self, taken: impl Fn(&str) -> bool) -> impl Iterator<Item = Arc<Field>> {
        let names = columns::free_names(self.normalizer.taxonomy(), taken);
        self.schema.fields().iter().zip(names).map(|(field, name)| Arc::new(field.as_ref().clone().with_name(name)))
    }

    /// The answers to a column of titles; null is the empty title.
    pub(super) fn to(&self, titles: &ArrayRef) -> Result<(Vec<ArrayRef>, Tally)> {
        let (distinct, rows) = distinct(titles)?;
        let (answers, verdicts) = self.answer(&distinct).map_err(Failure::new)?;
        let mut tally = Tally::default();
        for &row in &rows {
            tally.add(verdicts[row as usize]);
        }
        let answers = if distinct.len() == rows.len() {
            answers
        } else {
            take_record_batch(&answers, &UInt32Array::from(rows)).map_err(Failure::new)?
        };
        Ok((answers.columns().to_vec(), tally))
    }

    fn answer(&self, titles: &[&str]) -> std::result::Result<(RecordBatch, Vec<Verdict>), ArrowError> {
        let mut verdicts = Vec::with_capacity(titles.len());
        // The library's own fields, under the names that they have there.
        let mut decoder: Decoder = ReaderBuilder::new(Arc::clone(&self.schema)).build_decoder()?;
        for titles in titles.chunks(AT_ONCE) {
            let answers: Vec<Resolution<'_>> = titles.iter().map(|title| self.normalizer.normalize(title)).collect();
            verdicts.extend(answers.iter().map(|answer| answer.verdict()));
            decoder.serialize(&answers)?;
        }
        let answers = decoder.flush()?.unwrap_or_else(|| RecordBatch::new_empty(Arc::clone(&self.schema)));
        Ok((answers, verdicts))
    }
}

/// The type of an answer's field.
fn field(name: &str, external: bool) -> Field {
    let list = |of: Field| DataType::List(Arc::new(of));
    match name {
        "verdict" => Field::new(name, DataType::Utf8, false),
        "confidence" | "function_confidence" | "level_confidence" => Field::new(name, DataType::Float64, true),
        "qualifiers" => Field::new(name, list(Field::new(ELEMENT, DataType::Utf8, false)), false),
        columns::CANDIDATES => {
            let mut fields = vec![
                Field::new("code", DataType::Utf8, false),
                Field::new("role", DataType::Utf8, false),
                Field::new("soc", DataType::Utf8, true),
            ];
            if external {
                fields.push(Field::new(columns::EXTERNAL_ID, DataType::Utf8, true));
            }
            fields.push(Field::new("confidence", DataType::Float64, false));
            Field::new(name, list(Field::new(ELEMENT, DataType::Struct(fields.into()), false)), false)
        }
        _ => Field::new(name, DataType::Utf8, true),
    }
}

/// The different titles, and which of them each row has.
fn distinct(titles: &ArrayRef) -> Result<(Vec<&str>, Vec<u32>)> {
    let Some(dictionary) = titles.as_any_dictionary_opt() else {
        let texts = Texts::of(titles)?;
        let mut found = Numbered::default();
        let rows = (0..titles.len()).map(|row| found.number(texts.get(row))).collect();
        return Ok((found.values, rows));
    };
    let values = Texts::of(dictionary.values())?;
    let keys = if dictionary.values().is_empty() { vec![0; dictionary.len()] } else { dictionary.normalized_keys() };
    let mut found = Numbered::default();
    // Not all values of a dictionary need be there, so it is the keys that are gone through.
    let used = keys.into_iter().enumerate().map(|(row, key)| dictionary.is_valid(row).then_some(key));
    let rows = used.map(|key| found.number(key)).collect();
    Ok((found.values.into_iter().map(|key| key.map_or("", |key| values.get(key))).collect(), rows))
}

/// Different values, numbered as they come.
struct Numbered<T> {
    numbers: HashMap<T, u32>,
    values: Vec<T>,
}

impl<T> Default for Numbered<T> {
    fn default() -> Numbered<T> {
        Numbered { numbers: HashMap::new(), values: Vec::new() }
    }
}

impl<T: Copy + Eq + Hash> Numbered<T> {
    fn number(&mut self, value: T) -> u32 {
        // No batch has more rows than that.
        let next = self.values.len() as u32;
        *self.numbers.entry(value).or_insert_with(|| {
            self.values.push(value);
            next
        })
    }
}

/// An array of texts.
enum Texts<'a> {
    Plain(&'a StringArray),
    Large(&'a LargeStringArray),
    View(&'a StringViewArray),
}

impl<'a> Texts<'a> {
    fn of(array: &'a ArrayRef) -> Result<Texts<'a>> {
        match array.data_type() {
            DataType::Utf8 => Ok(Texts::Plain(array.as_string())),
            DataType::LargeUtf8 => Ok(Texts::Large(array.as_string())),
            DataType::Utf8View => Ok(Texts::View(array.as_string_view())),
            kind => Err(Failure::new(format_args!("titles are text and not {kind}"))),
        }
    }

    /// A text; nothing for null.
    fn get(&self, at: usize) -> &'a str {
        match self {
            Texts::Plain(texts) if texts.is_valid(at) => texts.value(at),
            Texts::Large(texts) if texts.is_valid(at) => texts.value(at),
            Texts::View(texts) if texts.is_valid(at) => texts.value(at),
            _ => "",
        }
    }
}

#[cfg(test)]
mod tests {
    use arrow_array::types::Int8Type;
    use arrow_array::{DictionaryArray, Int8Array};

    use super::*;

    fn check(titles: ArrayRef, values: &[&str], rows: &[u32]) {
        assert_eq!(distinct(&titles).unwrap(), (values.to_vec(), rows.to_vec()));
    }

    #[test]
    fn each_title_is_there_once() {
        let titles = [Some("b"), None, Some("a"), Some("b"), Some("")];
        let (values, rows) = (["b", "", "a"], [0, 1, 2, 0, 1]);
        check(Arc::new(StringArray::from(titles.to_vec())), &values, &rows);
        check(Arc::new(LargeStringArray::from(titles.to_vec())), &values, &rows);
        check(Arc::new(StringViewArray::from(titles.to_vec())), &values, &rows);
        check(Arc::new(StringArray::new_null(0)), &[], &[]);
    }

    #[test]
    fn of_a_dictionary_only_what_is_used() {
        let dictionary = |keys: Vec<Option<i8>>, values: Vec<Option<&str>>| -> ArrayRef {
            let values = Arc::new(StringArray::from(values));
            Arc::new(DictionaryArray::<Int8Type>::try_new(Int8Array::from(keys), values).unwrap())
        };
        let titles =
            dictionary(vec![Some(2), None, Some(0), Some(2), Some(3)], vec![Some("a"), Some("x"), Some("b"), None]);
        check(titles, &["b", "", "a", ""], &[0, 1, 2, 0, 3]);
        check(dictionary(vec![None, None], vec![]), &[""], &[0, 0]);
    }

    #[test]
    fn columns_are_the_librarys() {
        let titles = ["Sr. Technical Support Engineer (Remote)", "asdf", "", "Account Manger"];
        let answers = Answers::new(Normalizer::builtin());
        let (arrays, _) = answers.to(&(Arc::new(StringArray::from(titles.to_vec())) as ArrayRef)).unwrap();
        let batch = RecordBatch::try_new(Arc::clone(&answers.schema), arrays).unwrap();
        let mut writer = arrow_json::WriterBuilder::new()
            .with_explicit_nulls(true)
            .build::<_, arrow_json::writer::LineDelimited>(Vec::new());
        writer.write(&batch).unwrap();
        let text = String::from_utf8(writer.into_inner()).unwrap();
        for (line, title) in text.lines().zip(titles) {
            let answer = serde_json::to_value(titlecanon::normalize_title(title)).unwrap();
            assert_eq!(serde_json::from_str::<serde_json::Value>(line).unwrap(), answer);
        }
    }
}
