//! Titles: as many as are asked for, made of the embedded taxonomy's aliases with a fixed seed, and their Parquet files.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use datafusion::arrow::array::{ArrayRef, Int64Array, RecordBatch, StringArray};
use datafusion::arrow::datatypes::{DataType, Field, Schema};
use datafusion::parquet::arrow::ArrowWriter;
use titlecanon::Taxonomy;

const SEED: u64 = 0x0007_1713_ca11_ba11;
const BEFORE: [&str; 8] =
    ["Senior ", "Sr. ", "Junior ", "Lead ", "Principal ", "Associate ", "Director of ", "Head of "];
const AFTER: [&str; 6] = [" I", " II", " III", " IV", " 2", " Manager"];
const BESIDE: [&str; 8] =
    [" (Remote)", " - Night Shift", ", Austin, TX", " - $25/hr", ", Part-Time", " (m/f/d)", " #JR4711", " - EMEA"];

/// Titles by number: the same number, the same title.
pub(crate) struct Titles {
    aliases: Vec<String>,
}

impl Titles {
    pub(crate) fn new() -> Titles {
        Titles { aliases: Taxonomy::builtin().aliases().map(|alias| alias.text().into_owned()).collect() }
    }

    /// The title with a number: an alias as it stands, with words of level, with what vacancies have beside it, shouted, with
    /// one wrong letter, or nothing that names a job; one in a thousand is null.
    pub(crate) fn title(&self, number: u64) -> Option<String> {
        let mut random = Random(SEED ^ number.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let alias = self.aliases[random.below(self.aliases.len())].as_str();
        let before = BEFORE[random.below(BEFORE.len())];
        let after = AFTER[random.below(AFTER.len())];
        let beside = BESIDE[random.below(BESIDE.len())];
        Some(match random.below(1000) {
            0 => return None,
            1..200 => alias.into(),
            200..350 => format!("{before}{alias}"),
            350..450 => format!("{alias}{after}"),
            450..600 => format!("{alias}{beside}"),
            600..700 => format!("{before}{alias}{after}{beside}"),
            700..750 => format!("{alias}{beside}").to_uppercase(),
            750..950 => misspelt(&mut random, alias),
            _ => format!("{}{}", random.letters(7), random.letters(5)),
        })
    }

    /// Writes the titles from 0 to `count` to as many Parquet files as asked for, with the columns `id` and `title`.
    pub(crate) fn write(&self, dir: &Path, count: u64, files: u64) {
        let schema = Arc::new(Schema::new(vec![
            Field::new("id", DataType::Int64, false),
            Field::new("title", DataType::Utf8, true),
        ]));
        for file in 0..files {
            let path = dir.join(format!("titles-{file:02}.parquet"));
            let mut writer = ArrowWriter::try_new(File::create(path).unwrap(), Arc::clone(&schema), None).unwrap();
            let end = count * (file + 1) / files;
            let mut start = count * file / files;
            while start < end {
                let stop = end.min(start + 8192);
                let ids: ArrayRef = Arc::new(Int64Array::from_iter_values((start..stop).map(|id| id as i64)));
                let titles: ArrayRef = Arc::new((start..stop).map(|id| self.title(id)).collect::<StringArray>());
                writer.write(&RecordBatch::try_new(Arc::clone(&schema), vec![ids, titles]).unwrap()).unwrap();
                start = stop;
            }
            writer.close().unwrap();
        }
    }
}

fn misspelt(random: &mut Random, alias: &str) -> String {
    let mut letters: Vec<char> = alias.chars().collect();
    let at = random.below(letters.len());
    match random.below(4) {
        0 => letters[at] = 'e',
        1 => letters.insert(at, 'a'),
        2 if at > 0 => letters.swap(at, at - 1),
        _ => drop(letters.remove(at)),
    }
    letters.into_iter().collect()
}

/// SplitMix64.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }

    fn letters(&mut self, count: usize) -> String {
        (0..count).map(|_| char::from(b"qzxvukjw "[self.below(9)])).collect()
    }
}
