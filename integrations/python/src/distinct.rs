//! The texts of arrays, each once, and which row has which. Must not know of titles.

use std::hash::BuildHasher;

use arrow_array::array::AnyDictionaryArray;
use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayAccessor, ArrayRef};
use arrow_schema::DataType;
use hashbrown::{DefaultHashBuilder, HashTable};

/// The row of a null.
pub(crate) const NULL: u32 = u32::MAX;

/// Texts in the order in which they first occur, and for each row the number of its text, or [`NULL`].
pub(crate) struct Distinct<'a> {
    pub(crate) texts: Vec<&'a str>,
    pub(crate) rows: Vec<u32>,
    by_text: HashTable<(u64, u32)>,
    hasher: DefaultHashBuilder,
}

/// Whether arrays of this type can be read.
pub(crate) fn is_text(of: &DataType) -> bool {
    match of {
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View | DataType::Null => true,
        DataType::Dictionary(_, values) => {
            matches!(**values, DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View)
        }
        _ => false,
    }
}

impl<'a> Distinct<'a> {
    /// Reads the arrays one after another. Those of another type than [`is_text`] allows count as nulls.
    pub(crate) fn of(arrays: &'a [ArrayRef]) -> Distinct<'a> {
        let rows = arrays.iter().map(|array| array.len()).sum();
        let mut read = Distinct {
            texts: Vec::new(),
            rows: Vec::with_capacity(rows),
            by_text: HashTable::new(),
            hasher: DefaultHashBuilder::default(),
        };
        for array in arrays {
            read.add(array);
        }
        read
    }

    fn add(&mut self, array: &'a dyn Array) {
        let dictionary = array.as_any_dictionary_opt();
        let values = dictionary.map_or(array, |dictionary| dictionary.values().as_ref());
        match values.data_type() {
            DataType::Utf8 => self.add_texts(array, dictionary, values.as_string::<i32>()),
            DataType::LargeUtf8 => self.add_texts(array, dictionary, values.as_string::<i64>()),
            DataType::Utf8View => self.add_texts(array, dictionary, values.as_string_view()),
            _ => self.rows.resize(self.rows.len() + array.len(), NULL),
        }
    }

    fn add_texts(
        &mut self,
        array: &dyn Array,
        dictionary: Option<&dyn AnyDictionaryArray>,
        values: impl ArrayAccessor<Item = &'a str>,
    ) {
        let mut number = |at: usize| if values.is_valid(at) { self.number(values.value(at)) } else { NULL };
        let rows: Vec<u32> = match dictionary {
            None => (0..array.len()).map(number).collect(),
            Some(dictionary) => {
                // Only values that rows have are looked at, each once. The keys of nulls may be any.
                let keys = if values.is_empty() { vec![0; array.len()] } else { dictionary.normalized_keys() };
                let mut seen = vec![None; values.len()];
                let of_row = |(row, key): (usize, usize)| match array.is_valid(row) {
                    true => *seen[key].get_or_insert_with(|| number(key)),
                    false => NULL,
                };
                keys.into_iter().enumerate().map(of_row).collect()
            }
        };
        self.rows.extend(rows);
    }

    /// The number of a text, a new one if it is new.
    fn number(&mut self, text: &'a str) -> u32 {
        let (texts, hash) = (&mut self.texts, self.hasher.hash_one(text));
        // The hashes stand beside the numbers, so that texts that are far away in memory are compared only if they are equal.
        let same = |&(other, number): &(u64, u32)| other == hash && texts[number as usize] == text;
        if let Some(&(_, number)) = self.by_text.find(hash, same) {
            return number;
        }
        let number = texts.len() as u32;
        self.by_text.insert_unique(hash, (hash, number), |&(hash, _)| hash);
        texts.push(text);
        number
    }
}
