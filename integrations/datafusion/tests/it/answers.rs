//! Every kind of array, with nulls and repeated titles, against what the library answers to the same titles.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, Int64Array, RecordBatch, StringArray, StructArray};
use arrow::compute::cast;
use arrow::datatypes::DataType;
use datafusion::prelude::SessionContext;
use serde_json::{Map, Value, json};
use titlecanon::{Normalizer, Taxonomy};

use crate::{jobs, numbers, rows, texts};

const FIELDS: [&str; 12] = [
    "verdict",
    "code",
    "role",
    "function",
    "focus",
    "level",
    "family",
    "soc",
    "confidence",
    "function_confidence",
    "level_confidence",
    "method",
];

/// Titles as people write them, nulls among them, each more than once.
fn titles() -> Vec<Option<String>> {
    let mut titles = Vec::new();
    for (nth, alias) in Taxonomy::builtin().aliases().step_by(43).enumerate() {
        let alias = alias.text();
        titles.push(match nth % 6 {
            0 => Some(alias.to_string()),
            1 => Some(format!("Sr. {alias} (Remote)")),
            2 => Some(format!("{} - NIGHT SHIFT, AUSTIN, TX", alias.to_uppercase())),
            3 => Some(format!("{alias}e II")),
            4 => Some(format!("{nth} {}", "qzx vuk ".repeat(nth % 4))),
            _ => None,
        });
    }
    let messy =
        ["", " ", "Intern", "Analyst", "🦀", "\0", "Engineer, Technical Support, Sr", "Geschäftsführer (m/w/d)"];
    titles.extend(messy.map(|title| Some(title.to_owned())));
    let again: Vec<_> = titles.iter().step_by(3).cloned().collect();
    titles.extend(again);
    titles
}

/// Every type that a column of titles may have.
fn types() -> Vec<DataType> {
    let plain = [DataType::Utf8, DataType::LargeUtf8, DataType::Utf8View];
    let keys =
        [DataType::Int16, DataType::Int32, DataType::Int64, DataType::UInt16, DataType::UInt32, DataType::UInt64];
    let dictionary =
        |key: &DataType, values: &DataType| DataType::Dictionary(Box::new(key.clone()), Box::new(values.clone()));
    let dictionaries = keys.iter().flat_map(|key| plain.iter().map(move |values| dictionary(key, values)));
    plain.iter().cloned().chain(dictionaries).collect()
}

/// A row of a struct, as a serialised answer has it.
fn object(of: &StructArray, row: usize) -> Value {
    let fields = of.column_names().into_iter().zip(of.columns()).map(|(name, column)| {
        let value = match column.data_type() {
            DataType::Utf8View => json!(texts(&column.slice(row, 1))[0]),
            _ => json!(numbers(&column.slice(row, 1))[0]),
        };
        (name.to_owned(), value)
    });
    Value::Object(fields.collect())
}

/// What a serialised answer has in these fields.
fn expected(serialised: &Value, fields: &[&str]) -> Value {
    Value::Object(fields.iter().map(|&field| (field.to_owned(), serialised[field].clone())).collect::<Map<_, _>>())
}

#[tokio::test]
async fn every_kind_of_array_is_answered_as_the_library_answers() {
    let titles = titles();
    let serialised: Vec<Value> = titles
        .iter()
        .map(|title| title.as_ref().map_or(Value::Null, |title| json!(Normalizer::builtin().normalize(title))))
        .collect();
    let text: ArrayRef = Arc::new(StringArray::from(titles.clone()));
    for data_type in types() {
        let ctx = jobs(cast(&text, &data_type).unwrap());
        let sql = "SELECT normalize_title(title) AS answer, role_code(title) AS code, title_confidence(title) AS confidence, \
                   title_candidates(title) AS candidates FROM jobs";
        let rows = rows(&ctx, sql).await.unwrap();
        let (answers, codes, confidences) =
            (rows["answer"].as_struct(), texts(&rows["code"]), numbers(&rows["confidence"]));
        assert_eq!(answers.column_names(), FIELDS);
        for (row, serialised) in serialised.iter().enumerate() {
            let told = || format!("{:?} as {data_type}", titles[row]);
            assert_eq!(json!(codes[row]), serialised["code"], "{}", told());
            assert_eq!(json!(confidences[row]), serialised["confidence"], "{}", told());
            let candidates = rows["candidates"].as_list::<i32>();
            assert_eq!(answers.is_null(row), serialised.is_null(), "{}", told());
            assert_eq!(candidates.is_null(row), serialised.is_null(), "{}", told());
            if serialised.is_null() {
                assert!(answers.columns().iter().all(|column| column.is_null(row)), "{}", told());
                continue;
            }
            assert_eq!(object(answers, row), expected(serialised, &FIELDS), "{}", told());
            let list = candidates.value(row);
            let list: Vec<Value> = (0..list.len()).map(|at| object(list.as_struct(), at)).collect();
            assert_eq!(json!(list), serialised["candidates"], "{}", told());
        }
    }
}

#[tokio::test]
async fn what_is_empty_or_all_null_has_answers_of_the_same_types() {
    for data_type in types() {
        for len in [0, 3] {
            let ctx = jobs(arrow::array::new_null_array(&data_type, len));
            let sql = "SELECT normalize_title(title), role_code(title), title_confidence(title), title_candidates(title), \
                       title_candidates(title, 2), role_distance(title, title) FROM jobs";
            let rows = rows(&ctx, sql).await.unwrap();
            assert_eq!(rows.num_rows(), len);
            for column in rows.columns() {
                assert_eq!(column.null_count(), len, "{} of {len} {data_type}", column.data_type());
            }
        }
    }
}

#[tokio::test]
async fn constants_are_answered_as_columns_are() {
    let ctx = jobs(Arc::new(StringArray::from(vec!["Sr. Technical Support Engineer (Remote)"])));
    for function in ["normalize_title", "role_code", "title_confidence", "title_candidates"] {
        for (cast, literal) in [("title", "'Sr. Technical Support Engineer (Remote)'"), ("NULL", "NULL")] {
            let sql = format!("SELECT {function}({cast}) AS of_column, {function}({literal}) AS of_constant FROM jobs");
            let rows = rows(&ctx, &sql).await.unwrap();
            assert_eq!(&rows["of_column"], &rows["of_constant"], "{function}({literal})");
        }
    }
}

#[tokio::test]
async fn as_many_candidates_as_each_row_asks_for() {
    let title = "Lead Cloud Data Platform Engineer";
    let counts = [Some(0), Some(1), Some(7), None, Some(7)];
    let batch = RecordBatch::try_from_iter_with_nullable([
        ("title", Arc::new(StringArray::from(vec![title; counts.len()])) as ArrayRef, true),
        ("k", Arc::new(Int64Array::from(counts.to_vec())), true),
    ]);
    let ctx = SessionContext::new();
    titlecanon_datafusion::register_builtin(&ctx);
    ctx.register_batch("jobs", batch.unwrap()).unwrap();
    let sql = format!(
        "SELECT title_candidates(title, k) AS by_row, title_candidates(title, 7) AS by_constant, \
         title_candidates('{title}', k) AS of_constant FROM jobs"
    );
    let rows = rows(&ctx, &sql).await.unwrap();
    let codes = |column: &str, row: usize| -> Option<Vec<String>> {
        let lists = rows[column].as_list::<i32>();
        let list = lists.is_valid(row).then(|| lists.value(row))?;
        Some(
            texts(list.as_struct().column_by_name("code").unwrap())
                .into_iter()
                .map(|code| code.unwrap().to_owned())
                .collect(),
        )
    };
    let found = |k| -> Vec<String> {
        Normalizer::builtin().candidates(title, k).iter().map(|found| found.role().code().to_string()).collect()
    };
    for (row, count) in counts.iter().enumerate() {
        let expected = count.map(|count| found(count as usize));
        assert_eq!(codes("by_row", row), expected);
        assert_eq!(codes("of_constant", row), expected);
        assert_eq!(codes("by_constant", row), Some(found(7)));
    }
    assert_eq!(found(7).len(), 7);
}

#[tokio::test]
async fn distances_are_the_librarys_and_null_where_there_is_no_role() {
    let codes = ["TSE.GEN.P4", "TSE.GEN.P5", "TSE.GEN.P1", "SWE.GEN.P4", "tse", "TSE.GEN.S1", "NOPE.GEN.P1"];
    let taxonomy = Taxonomy::builtin();
    let role = |code: &str| taxonomy.role(code.parse().ok()?);
    for data_type in types() {
        let text: ArrayRef = Arc::new(StringArray::from(codes.to_vec()));
        let ctx = jobs(cast(&text, &data_type).unwrap());
        let sql = "SELECT one.title AS one, other.title AS other, role_distance(one.title, other.title) AS distance, \
                   role_distance('TSE.GEN.P4', other.title) AS from_constant FROM jobs one CROSS JOIN jobs other";
        let rows = rows(&ctx, sql).await.unwrap();
        let text = |column: &str| cast(&rows[column], &DataType::Utf8View).unwrap();
        let (ones, others) = (text("one"), text("other"));
        let (distances, from_constant) = (numbers(&rows["distance"]), numbers(&rows["from_constant"]));
        assert_eq!(rows.num_rows(), codes.len() * codes.len());
        for (row, (one, other)) in texts(&ones).into_iter().zip(texts(&others)).enumerate() {
            let distance = |one: &str, other: &str| Some(role(one)?.distance(role(other)?).value());
            let (one, other) = (one.unwrap(), other.unwrap());
            assert_eq!(distances[row], distance(one, other), "{one} {other} as {data_type}");
            assert_eq!(from_constant[row], distance("TSE.GEN.P4", other), "{other} as {data_type}");
        }
    }
}
