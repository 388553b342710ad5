//! Reading an array of texts of any kind: each text once, and which row has which.

use std::hash::BuildHasher;

use arrow::array::{AnyDictionaryArray, Array, ArrayAccessor, AsArray};
use arrow::datatypes::DataType;
use datafusion::common::internal_err;
use datafusion::error::Result;
use hashbrown::{DefaultHashBuilder, HashTable};

/// Whether an array of this type can be read.
pub(crate) fn is_text(data_type: &DataType) -> bool {
    match data_type {
        DataType::Dictionary(_, values) => is_plain_text(values),
        _ => is_plain_text(data_type),
    }
}

fn is_plain_text(data_type: &DataType) -> bool {
    matches!(data_type, DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View)
}

/// The texts of an array, each once, null among them.
#[derive(Debug)]
pub(crate) struct Distinct<'a> {
    /// In the order in which they first occur.
    pub(crate) texts: Vec<Option<&'a str>>,
    /// For each row the number of its text.
    pub(crate) rows: Vec<u32>,
}

impl<'a> Distinct<'a> {
    /// Reads an array; if it has one row, that stands for as many as there are.
    ///
    /// # Errors
    ///
    /// It is no array of texts.
    pub(crate) fn of(array: &'a dyn Array, rows: usize) -> Result<Distinct<'a>> {
        let dictionary = array.as_any_dictionary_opt();
        let values = dictionary.map_or(array, |dictionary| dictionary.values().as_ref());
        let mut read = match values.data_type() {
            DataType::Utf8 => Distinct::read(array, dictionary, values.as_string::<i32>()),
            DataType::LargeUtf8 => Distinct::read(array, dictionary, values.as_string::<i64>()),
            DataType::Utf8View => Distinct::read(array, dictionary, values.as_string_view()),
            _ => return internal_err!("the planner let {} pass for texts", array.data_type()),
        };
        if array.len() == 1 {
            read.rows = vec![0; rows];
        }
        Ok(read)
    }

    fn read(
        array: &dyn Array,
        dictionary: Option<&dyn AnyDictionaryArray>,
        values: impl ArrayAccessor<Item = &'a str>,
    ) -> Distinct<'a> {
        let mut numbers = Numbers::with_room(values.len().min(array.len()));
        let text = |at: usize| values.is_valid(at).then(|| values.value(at));
        let rows = match dictionary {
            None => (0..array.len()).map(|row| numbers.of(text(row))).collect(),
            Some(dictionary) => {
                // Only values that rows have are looked at, each once. The keys of nulls may be any.
                let keys = if values.is_empty() { vec![0; array.len()] } else { dictionary.normalized_keys() };
                let mut seen = vec![None; values.len()];
                let number = |(row, key): (usize, usize)| match array.is_valid(row) {
                    true => *seen[key].get_or_insert_with(|| numbers.of(text(key))),
                    false => numbers.of(None),
                };
                keys.into_iter().enumerate().map(number).collect()
            }
        };
        Distinct { texts: numbers.texts, rows }
    }
}

/// Gives texts numbers as they come, the same to the same.
struct Numbers<'a> {
    texts: Vec<Option<&'a str>>,
    by_text: HashTable<u32>,
    null: Option<u32>,
    hasher: DefaultHashBuilder,
}

impl<'a> Numbers<'a> {
    fn with_room(count: usize) -> Numbers<'a> {
        Numbers {
            texts: Vec::with_capacity(count),
            by_text: HashTable::with_capacity(count),
            null: None,
            hasher: DefaultHashBuilder::default(),
        }
    }

    fn of(&mut self, text: Option<&'a str>) -> u32 {
        // Rows of a batch are counted in 32 bits by Arrow's offsets already.
        let next = self.texts.len() as u32;
        let number = match text {
            None => *self.null.get_or_insert(next),
            Some(_) => {
                let (texts, hasher) = (&self.texts, &self.hasher);
                let same = |&number: &u32| texts[number as usize] == text;
                let hash = |&number: &u32| hasher.hash_one(texts[number as usize]);
                *self.by_text.entry(hasher.hash_one(text), same, hash).or_insert(next).get()
            }
        };
        if number == next {
            self.texts.push(text);
        }
        number
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow::array::{ArrayRef, DictionaryArray, Int8Array, StringArray, UInt64Array};
    use arrow::compute::cast;
    use arrow::datatypes::{Int8Type, UInt64Type};

    use super::*;

    const TEXTS: [Option<&str>; 7] =
        [Some("cook"), None, Some(""), Some("a text of more than twelve bytes"), Some("cook"), None, Some("")];

    fn read(array: &dyn Array) -> Vec<Option<&str>> {
        let distinct = Distinct::of(array, array.len()).unwrap();
        for (at, text) in distinct.texts.iter().enumerate() {
            assert!(!distinct.texts[..at].contains(text), "{text:?} twice");
        }
        distinct.rows.iter().map(|&number| distinct.texts[number as usize]).collect()
    }

    #[test]
    fn every_kind_of_text_reads_alike_and_each_text_once() {
        let plain = [DataType::Utf8, DataType::LargeUtf8, DataType::Utf8View];
        let keys = [DataType::Int8, DataType::Int16, DataType::Int32, DataType::Int64];
        let keys = keys.into_iter().chain([DataType::UInt8, DataType::UInt16, DataType::UInt32, DataType::UInt64]);
        let dictionaries = keys
            .flat_map(|key| plain.clone().map(|values| DataType::Dictionary(Box::new(key.clone()), Box::new(values))));
        let array: ArrayRef = Arc::new(StringArray::from(TEXTS.to_vec()));
        for data_type in plain.clone().into_iter().chain(dictionaries) {
            assert!(is_text(&data_type));
            let array = cast(&array, &data_type).unwrap();
            assert_eq!(read(&array), TEXTS, "{data_type}");
            assert_eq!(read(&array.slice(2, 4)), TEXTS[2..6], "a slice of {data_type}");
            assert_eq!(read(&array.slice(1, 1)), [None], "a null of {data_type}");
            assert!(read(&array.slice(0, 0)).is_empty(), "nothing of {data_type}");
        }
    }

    #[test]
    fn dictionaries_may_repeat_values_have_null_ones_and_ones_that_no_row_has() {
        let values = Arc::new(StringArray::from(vec![Some("cook"), None, Some("cook"), Some("unused")]));
        let keys = UInt64Array::from(vec![Some(2), Some(1), None, Some(0)]);
        let array = DictionaryArray::<UInt64Type>::new(keys, values);
        assert_eq!(read(&array), [Some("cook"), None, None, Some("cook")]);
        assert_eq!(Distinct::of(&array, 4).unwrap().texts, [Some("cook"), None]);
        let none = DictionaryArray::<Int8Type>::new(Int8Array::new_null(2), Arc::new(StringArray::new_null(0)));
        assert_eq!(read(&none), [None, None]);
    }

    #[test]
    fn one_row_stands_for_all() {
        let array = StringArray::from(vec!["cook"]);
        assert_eq!(Distinct::of(&array, 3).unwrap().rows, [0, 0, 0]);
    }

    #[test]
    fn other_types_are_none_of_its() {
        let nested = DataType::Dictionary(Box::new(DataType::Int8), Box::new(DataType::Int64));
        for data_type in [DataType::Int64, DataType::Binary, DataType::Null, nested] {
            assert!(!is_text(&data_type), "{data_type}");
        }
    }
}
