//! `map` with Parquet on one side or both.

use std::fs::{self, File};
use std::io::Write as _;
use std::process::{Command, Stdio};
use std::sync::Arc;

use arrow_array::builder::{ListBuilder, MapBuilder, StringBuilder};
use arrow_array::cast::AsArray as _;
use arrow_array::types::{Float64Type, Int8Type, Int32Type};
use arrow_array::{
    Array as _, ArrayRef, BinaryArray, BooleanArray, Date32Array, Decimal128Array, DictionaryArray,
    DurationSecondArray, FixedSizeBinaryArray, Float64Array, Int8Array, Int32Array, Int64Array, LargeStringArray,
    ListArray, RecordBatch, StringArray, StringViewArray, StructArray, Time64MicrosecondArray,
    TimestampMillisecondArray, UInt16Array, new_empty_array,
};
use arrow_schema::{DataType, Field, Schema};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::basic::{BrotliLevel, Compression};
use parquet::data_type::{ByteArray, ByteArrayType, FixedLenByteArrayType, Int32Type as PlainInt32, Int96, Int96Type};
use parquet::file::metadata::{KeyValue, ParquetMetaData, ParquetMetaDataWriter};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use serde_json::{Value, json};

use super::{COLUMNS, FIELDS, Folder, KNOWN, SENIOR, objects, records, run, succeed, titlecanon};

/// Writes batches of one schema, in row groups of so many rows.
fn write(folder: &Folder, name: &str, group: usize, batches: &[RecordBatch]) -> String {
    let properties = WriterProperties::builder()
        .set_max_row_group_row_count(Some(group))
        .set_data_page_row_count_limit(500)
        .set_write_batch_size(100)
        .set_key_value_metadata(Some(vec![KeyValue::new("pandas".into(), "{\"columns\":[]}".to_string())]))
        .build();
    let path = folder.path(name);
    let mut writer = ArrowWriter::try_new(File::create(&path).unwrap(), batches[0].schema(), Some(properties)).unwrap();
    for batch in batches {
        writer.write(batch).unwrap();
    }
    writer.close().unwrap();
    path
}

/// Reads a file whole.
fn read(path: &str) -> (RecordBatch, Arc<ParquetMetaData>) {
    let builder = ParquetRecordBatchReaderBuilder::try_new(File::open(path).unwrap()).unwrap();
    let (schema, metadata) = (builder.schema().clone(), builder.metadata().clone());
    let batches: Vec<_> = builder.build().unwrap().map(|batch| batch.unwrap()).collect();
    (arrow_select::concat::concat_batches(&schema, &batches).unwrap(), metadata)
}

/// A batch of nullable columns.
fn batch(columns: &[(&str, ArrayRef)]) -> RecordBatch {
    let fields: Vec<_> =
        columns.iter().map(|(name, array)| Field::new(*name, array.data_type().clone(), true)).collect();
    let arrays = columns.iter().map(|(_, array)| array.clone()).collect();
    RecordBatch::try_new(Arc::new(Schema::new(fields)), arrays).unwrap()
}

/// A column of texts.
fn texts<'a>(texts: impl IntoIterator<Item = &'a str>) -> ArrayRef {
    Arc::new(StringArray::from_iter_values(texts))
}

/// A column of a batch, as texts; null as nothing.
fn column<'a>(batch: &'a RecordBatch, name: &str) -> Vec<&'a str> {
    batch[name].as_string::<i32>().iter().map(Option::unwrap_or_default).collect()
}

/// Maps a file to Parquet and reads what comes.
fn map(folder: &Folder, args: &[&str]) -> (RecordBatch, Arc<ParquetMetaData>) {
    let out = folder.path("mapped.parquet");
    assert_eq!(succeed(&[&["map"], args, &["-o", &out]].concat(), ""), "");
    read(&out)
}

/// The titles of three rows, one of them null.
const THREE: [Option<&str>; 3] = [Some(SENIOR), None, Some("asdf")];

/// Columns of many types, each with a null where it may have one.
fn many_types() -> RecordBatch {
    let mut tags = ListBuilder::new(StringBuilder::new());
    tags.append_value([Some("a"), None]);
    tags.append_null();
    tags.append_value([] as [Option<&str>; 0]);
    let mut notes = MapBuilder::new(None, StringBuilder::new(), StringBuilder::new());
    notes.keys().append_value("k");
    notes.values().append_value("v");
    notes.append(true).unwrap();
    notes.append(true).unwrap();
    notes.append(false).unwrap();
    let inner: ArrayRef =
        Arc::new(ListArray::from_iter_primitive::<Int32Type, _, _>([Some(vec![Some(1), None]), None, Some(vec![])]));
    let place = StructArray::from(vec![
        (
            Arc::new(Field::new("city", DataType::Utf8, true)),
            Arc::new(StringArray::from(vec![Some("Ü"), None, None])) as ArrayRef,
        ),
        (Arc::new(Field::new("floors", inner.data_type().clone(), true)), inner),
    ]);
    let zoned =
        TimestampMillisecondArray::from(vec![Some(1_700_000_000_123), None, Some(-1)]).with_timezone("Europe/Berlin");
    let money = Decimal128Array::from(vec![Some(-12_345), None, Some(1)]).with_precision_and_scale(20, 2).unwrap();
    let dictionary: DictionaryArray<Int8Type> = [Some("x"), None, Some("x")].into_iter().collect();
    let columns: [(&str, bool, ArrayRef); 17] = [
        ("id", false, Arc::new(Int64Array::from(vec![i64::MAX, 2, -3]))),
        ("small", true, Arc::new(Int8Array::from(vec![Some(-1), None, Some(7)]))),
        ("unsigned", true, Arc::new(UInt16Array::from(vec![Some(65_535), None, Some(0)]))),
        ("share", true, Arc::new(Float64Array::from(vec![Some(0.1), None, Some(1.5)]))),
        ("yes", true, Arc::new(BooleanArray::from(vec![Some(true), None, Some(false)]))),
        ("title", true, Arc::new(StringArray::from(THREE.to_vec()))),
        ("large", true, Arc::new(LargeStringArray::from(vec![Some("l"), None, Some("\"")]))),
        ("view", true, Arc::new(StringViewArray::from(vec![Some("longer than twelve bytes"), None, Some("v")]))),
        ("kind", true, Arc::new(dictionary)),
        ("bytes", true, Arc::new(BinaryArray::from(vec![Some(&b"\xFF\x00"[..]), None, Some(b"")]))),
        (
            "fixed",
            false,
            Arc::new(FixedSizeBinaryArray::try_from_iter([[1_u8, 2], [3, 4], [5, 6]].into_iter()).unwrap()),
        ),
        ("day", true, Arc::new(Date32Array::from(vec![Some(19_675), None, Some(-1)]))),
        ("time", true, Arc::new(Time64MicrosecondArray::from(vec![Some(1), None, Some(86_399_000_000)]))),
        ("zoned", true, Arc::new(zoned)),
        ("money", true, Arc::new(money)),
        ("tags", true, Arc::new(tags.finish())),
        ("notes", true, Arc::new(notes.finish())),
    ];
    let mut fields: Vec<_> =
        columns.iter().map(|(name, nullable, array)| Field::new(*name, array.data_type().clone(), *nullable)).collect();
    fields[0] = fields[0].clone().with_metadata([("unit".to_string(), "none".to_string())]);
    let mut arrays: Vec<_> = columns.into_iter().map(|(.., array)| array).collect();
    for (name, array) in [
        ("place", Arc::new(place) as ArrayRef),
        ("span", Arc::new(DurationSecondArray::from(vec![Some(60), None, Some(-1)]))),
    ] {
        fields.push(Field::new(name, array.data_type().clone(), true));
        arrays.push(array);
    }
    let schema = Schema::new_with_metadata(fields, [("owner".to_string(), "us".to_string())]);
    RecordBatch::try_new(Arc::new(schema), arrays).unwrap()
}

#[test]
fn every_other_column_stays_as_it_is() {
    let folder = Folder::new();
    let batch = many_types();
    let path = write(&folder, "in.parquet", 2, std::slice::from_ref(&batch));
    let (own, before) = read(&path);
    let (mapped, after) = map(&folder, &[&path, "-c", "title"]);
    let width = own.num_columns();
    assert_eq!(mapped.schema().fields()[..width], own.schema().fields()[..]);
    assert_eq!(own.columns(), batch.columns());
    assert_eq!(mapped.columns()[..width], *own.columns());
    assert_eq!(mapped.schema().metadata(), own.schema().metadata());
    assert_eq!(mapped.schema().metadata()["owner"], "us");
    let declared =
        |metadata: &ParquetMetaData| metadata.file_metadata().schema_descr().root_schema().get_fields().to_vec();
    assert_eq!(declared(&after)[..width], declared(&before)[..]);
    let notes = |metadata: &ParquetMetaData| {
        let notes = metadata.file_metadata().key_value_metadata().unwrap().clone();
        notes.into_iter().filter(|note| note.key != "ARROW:schema").collect::<Vec<_>>()
    };
    assert_eq!(notes(&after), notes(&before));
    let schema = mapped.schema();
    let added: Vec<_> = schema.fields()[width..].iter().map(|field| field.name().as_str()).collect();
    assert_eq!(added, FIELDS);
    assert_eq!(column(&mapped, "verdict"), ["confident", "no_match", "no_match"]);
    assert_eq!(column(&mapped, "code"), [KNOWN[0].1, "", ""]);
}

#[test]
fn what_only_parquet_knows_of_a_column_stays() {
    let folder = Folder::new();
    let message = "message people {
        required binary title (STRING);
        required binary kind (ENUM);
        required binary doc (JSON);
        required fixed_len_byte_array(16) id (UUID);
        repeated int32 legacy;
        required int32 money (DECIMAL(9,2));
        required fixed_len_byte_array(5) wide (DECIMAL(10,2));
        required int96 old;
    }";
    let schema = Arc::new(parse_message_type(message).unwrap());
    let path = folder.path("in.parquet");
    let mut writer = SerializedFileWriter::new(File::create(&path).unwrap(), schema, Arc::default()).unwrap();
    let mut group = writer.next_row_group().unwrap();
    let mut nth = 0;
    while let Some(mut column) = group.next_column().unwrap() {
        let text = |text: &str| ByteArray::from(text);
        match nth {
            0 => column.typed::<ByteArrayType>().write_batch(&[text(SENIOR), text("asdf")], None, None),
            1 => column.typed::<ByteArrayType>().write_batch(&[text("A"), text("B")], None, None),
            2 => column.typed::<ByteArrayType>().write_batch(&[text("{}"), text("[1]")], None, None),
            3 => column.typed::<FixedLenByteArrayType>().write_batch(
                &[ByteArray::from(vec![1; 16]).into(), ByteArray::from(vec![2; 16]).into()],
                None,
                None,
            ),
            4 => column.typed::<PlainInt32>().write_batch(&[1, 2, 3], Some(&[1, 1, 1]), Some(&[0, 1, 0])),
            5 => column.typed::<PlainInt32>().write_batch(&[12_345, -1], None, None),
            6 => column.typed::<FixedLenByteArrayType>().write_batch(
                &[ByteArray::from(vec![0, 0, 0, 1, 0]).into(), ByteArray::from(vec![255; 5]).into()],
                None,
                None,
            ),
            _ => {
                let mut day = Int96::new();
                day.set_data(0, 0, 2_440_588);
                column.typed::<Int96Type>().write_batch(&[day, day], None, None)
            }
        }
        .unwrap();
        column.close().unwrap();
        nth += 1;
    }
    group.close().unwrap();
    writer.close().unwrap();

    let (own, before) = read(&path);
    let (mapped, after) = map(&folder, &[&path, "-c", "title"]);
    assert_eq!(mapped.columns()[..8], *own.columns());
    let declared =
        |metadata: &ParquetMetaData| metadata.file_metadata().schema_descr().root_schema().get_fields().to_vec();
    assert_eq!(declared(&after)[..6], declared(&before)[..6]);
    // These are laid out anew.
    assert_eq!(own["wide"].data_type(), &DataType::Decimal128(10, 2));
    assert_eq!(declared(&after)[7].get_physical_type(), parquet::basic::Type::INT64);
    assert_eq!(column(&mapped, "code"), [KNOWN[0].1, ""]);
}

#[test]
fn answers_are_those_of_json_and_csv() {
    let folder = Folder::new();
    let titles: Vec<_> = KNOWN
        .iter()
        .map(|(title, ..)| *title)
        .chain([
            "",
            "asdf",
            "Sr. Technical Support Engineer (Remote, Part-Time)",
            "Techncal Suport Enginer",
            "Senior",
            SENIOR,
        ])
        .collect();
    let path = write(&folder, "in.parquet", 100, &[batch(&[("title", texts(titles.iter().copied()))])]);
    let lines = titles.iter().map(|title| format!("{}\n", json!({"title": title}))).collect::<String>();
    let lines = folder.write("in.jsonl", lines);
    let wanted = objects(&succeed(&["map", &lines, "-c", "title"], ""));
    let (mapped, _) = map(&folder, &[&path, "-c", "title"]);
    let mut writer = arrow_json::WriterBuilder::new()
        .with_explicit_nulls(true)
        .build::<_, arrow_json::writer::LineDelimited>(Vec::new());
    writer.write(&mapped).unwrap();
    assert_eq!(objects(&String::from_utf8(writer.into_inner()).unwrap()), wanted);
    assert_eq!(mapped["confidence"].as_primitive::<Float64Type>().value(0), KNOWN[0].2);
    assert_eq!(
        mapped["qualifiers"].as_list::<i32>().value(11).len(),
        wanted[11]["qualifiers"].as_array().unwrap().len()
    );

    let csv = folder.write("in.csv", succeed(&["map", &path, "-c", "title", "--format", "csv"], ""));
    let rows = records(&fs::read_to_string(&csv).unwrap(), b',');
    assert_eq!(rows[0], [&["title"], COLUMNS].concat());
    let plain =
        format!("title\n{}\n", titles.iter().map(|title| format!("\"{title}\"")).collect::<Vec<_>>().join("\n"));
    assert_eq!(rows, records(&succeed(&["map", "-", "-c", "title"], plain), b','));
    // And the other way round.
    let (again, _) = map(&folder, &[&lines, "-c", "title"]);
    assert_eq!(again.columns(), mapped.columns());
}

#[test]
fn titles_of_every_type_of_text_are_read() {
    let folder = Folder::new();
    let dictionary: DictionaryArray<Int32Type> = THREE.into_iter().collect();
    let columns: [ArrayRef; 4] = [
        Arc::new(StringArray::from(THREE.to_vec())),
        Arc::new(LargeStringArray::from(THREE.to_vec())),
        Arc::new(StringViewArray::from(THREE.to_vec())),
        Arc::new(dictionary),
    ];
    for titles in columns {
        let path = write(&folder, "in.pq", 2, &[batch(&[("t", titles.clone())])]);
        let (mapped, _) = map(&folder, &[&path, "-c", "t"]);
        assert_eq!(mapped["t"].data_type(), titles.data_type());
        assert_eq!(column(&mapped, "code"), [KNOWN[0].1, "", ""], "{}", titles.data_type());
    }
}

#[test]
fn many_rows_keep_their_order_on_many_threads() {
    let folder = Folder::new();
    let batches: Vec<_> = (0..40)
        .map(|nth| {
            let ids = nth * 1_000..(nth + 1) * 1_000;
            let titles = ids.clone().map(|id| if id % 7 == 0 { "asdf" } else { KNOWN[id as usize % 9].0 });
            batch(&[("id", Arc::new(Int32Array::from_iter_values(ids.clone()))), ("t", texts(titles))])
        })
        .collect();
    let path = write(&folder, "in.parquet", 7_001, &batches);
    for threads in ["1", "4"] {
        let (mapped, _) = map(&folder, &[&path, "-c", "t", "--threads", threads, "--quiet"]);
        assert_eq!(mapped.num_rows(), 40_000);
        assert!(mapped["id"].as_primitive::<Int32Type>().values().iter().copied().eq(0..40_000));
        for (id, code) in column(&mapped, "code").into_iter().enumerate() {
            assert_eq!(code, if id % 7 == 0 { "" } else { KNOWN[id % 9].1 });
        }
    }
    let ids: Vec<_> = objects(&succeed(&["map", &path, "-c", "t", "--threads", "3", "--format", "jsonl"], ""))
        .iter()
        .map(|object| object["id"].as_i64().unwrap())
        .collect();
    assert!(ids.into_iter().eq(0..40_000));
    let csv: String = (0..40_000).map(|id| format!("{id},{}\n", KNOWN[id % 9].0)).collect();
    let path = folder.write("in.csv", format!("id,t\n{csv}"));
    let (mapped, _) = map(&folder, &[&path, "-c", "t", "--threads", "4"]);
    assert!(column(&mapped, "id").into_iter().eq((0..40_000).map(|id| id.to_string()).collect::<Vec<_>>()));
}

#[test]
fn rows_of_text_become_strings() {
    let folder = Folder::new();
    let path = folder.write("in.csv", format!("id,t\n01,{SENIOR}\n,\"\"\n"));
    let (mapped, _) = map(&folder, &[&path, "-c", "t"]);
    assert_eq!((column(&mapped, "id"), column(&mapped, "t")), (vec!["01", ""], vec![SENIOR, ""]));
    assert_eq!((mapped["id"].null_count(), mapped["id"].data_type()), (0, &DataType::Utf8));

    let lines = [json!({"t": SENIOR, "n": 1.5, "deep": {"a": [1]}}), json!({"deep": null, "t": null})];
    let path = folder.write("in.jsonl", format!("{}\n\n{}\n", lines[0], lines[1]));
    let (mapped, _) = map(&folder, &[&path, "-c", "t"]);
    assert_eq!(column(&mapped, "deep"), ["{\"a\":[1]}", ""]);
    assert_eq!(column(&mapped, "n"), ["1.5", ""]);
    assert_eq!((mapped["t"].null_count(), mapped["n"].null_count(), mapped["deep"].null_count()), (1, 1, 1));
    assert_eq!(column(&mapped, "verdict"), ["confident", "no_match"]);

    let path = folder.write("in.txt", format!("{SENIOR}\n\nasdf"));
    let (mapped, _) = map(&folder, &[&path, "--format", "parquet"]);
    assert_eq!(column(&mapped, "title"), [SENIOR, "", "asdf"]);
}

#[test]
fn every_type_becomes_text() {
    let folder = Folder::new();
    let path = write(&folder, "in.parquet", 2, &[many_types()]);
    let rows = records(&succeed(&["map", &path, "-c", "title", "--format", "tsv"], ""), b'\t');
    let cell = |row: usize, name: &str| rows[row][rows[0].iter().position(|own| own == name).unwrap()].as_str();
    let wanted = [
        ("id", ["9223372036854775807", "2"]),
        ("small", ["-1", ""]),
        ("share", ["0.1", ""]),
        ("yes", ["true", ""]),
        ("title", [SENIOR, ""]),
        ("view", ["longer than twelve bytes", ""]),
        ("kind", ["x", ""]),
        ("bytes", ["ff00", ""]),
        ("fixed", ["0102", "0304"]),
        ("day", ["2023-11-14", ""]),
        ("time", ["00:00:00.000001", ""]),
        ("zoned", ["2023-11-14T23:13:20.123+01:00", ""]),
        ("money", ["-123.45", ""]),
        ("tags", ["[\"a\",null]", ""]),
        ("notes", ["{\"k\":\"v\"}", "{}"]),
        ("place", ["{\"city\":\"Ü\",\"floors\":[1,null]}", "{\"city\":null,\"floors\":null}"]),
        ("span", ["PT60S", ""]),
    ];
    for (name, cells) in wanted {
        assert_eq!([cell(1, name), cell(2, name)], cells, "{name}");
    }
    assert_eq!((cell(1, "code"), cell(3, "verdict")), (KNOWN[0].1, "no_match"));
    let objects = objects(&succeed(&["map", &path, "-c", "title", "--format", "jsonl"], ""));
    assert_eq!((&objects[0]["id"], &objects[1]["title"]), (&i64::MAX.into(), &Value::Null));
    assert_eq!(objects[0]["tags"], json!(["a", null]));
    assert_eq!(objects[0]["code"], KNOWN[0].1);
}

#[test]
fn formats_follow_from_names() {
    let folder = Folder::new();
    let path = write(&folder, "in.PQ", 2, &[batch(&[("t", texts([SENIOR]))])]);
    let out = |name: &str| {
        succeed(&["map", &path, "-c", "t", "-o", &folder.path(name)], "");
        fs::read(folder.path(name)).unwrap()
    };
    assert!(out("out.parquet").starts_with(b"PAR1"));
    assert!(out("out").starts_with(b"PAR1"));
    assert!(out("out.dat").starts_with(b"PAR1"));
    assert!(out("out.csv").starts_with(b"t,verdict,"));
    assert!(out("out.tsv").starts_with(b"t\tverdict\t"));
    assert!(out("out.jsonl").starts_with(b"{\"t\":"));
    // What is said wins.
    let named = folder.path("other.parquet");
    succeed(&["map", &path, "-c", "t", "--format", "csv", "-o", &named], "");
    assert!(folder.read("other.parquet").starts_with("t,verdict,"));
    fs::rename(&path, folder.path("plain")).unwrap();
    let args = ["map", &folder.path("plain"), "-c", "t", "--input-format", "parquet"];
    let stdout = titlecanon(&args).output().unwrap().stdout;
    assert!(stdout.starts_with(b"PAR1") && stdout.ends_with(b"PAR1"));
    assert_eq!(
        column(
            &read(&{
                let path = folder.path("out.pq");
                fs::write(&path, stdout).unwrap();
                path
            })
            .0,
            "code"
        ),
        [KNOWN[0].1]
    );
    // The file that is read may be the one that is written.
    let path = folder.path("out.parquet");
    succeed(&["map", &path, "-c", "t", "-o", &path], "");
    assert_eq!(column(&read(&path).0, "titlecanon_code"), [KNOWN[0].1]);
}

#[test]
fn names_that_clash_get_a_prefix() {
    let folder = Folder::new();
    let path = write(&folder, "in.parquet", 2, &[batch(&[("level", texts([SENIOR])), ("candidates", texts(["7"]))])]);
    let (mapped, _) = map(&folder, &[&path, "-c", "level"]);
    assert_eq!(column(&mapped, "level"), [SENIOR]);
    assert_eq!(column(&mapped, "titlecanon_level"), ["P4"]);
    assert_eq!(column(&mapped, "candidates"), ["7"]);
    assert!(matches!(mapped["titlecanon_candidates"].data_type(), DataType::List(_)));
}

#[test]
fn a_taxonomy_with_ids_has_them() {
    let folder = Folder::new();
    let jobs = folder.write("jobs.csv", "title,code\nHarbour Pilot,h-1\nHarbour Master,h-2\n");
    let own = folder.path("own");
    succeed(&["import", "csv", &jobs, "-o", &own], "");
    let path = write(&folder, "in.parquet", 2, &[batch(&[("t", texts(["Harbour Pilot", "Harbour"]))])]);
    let (mapped, _) = map(&folder, &[&path, "-c", "t", "--taxonomy", &own]);
    let wanted = succeed(&["map", &path, "-c", "t", "--taxonomy", &own, "--format", "jsonl"], "");
    let wanted = objects(&wanted);
    assert_eq!(column(&mapped, "external_id"), ["h-1", wanted[1]["external_id"].as_str().unwrap_or_default()]);
    let DataType::List(candidate) = mapped["candidates"].data_type() else { panic!("a list") };
    let DataType::Struct(fields) = candidate.data_type() else { panic!("of structs") };
    let names: Vec<_> = fields.iter().map(|field| field.name().as_str()).collect();
    assert_eq!(names, ["code", "role", "soc", "external_id", "confidence"]);
}

#[test]
fn the_summary_counts() {
    let folder = Folder::new();
    let path = write(&folder, "in.parquet", 2, &[batch(&[("t", texts([SENIOR, "asdf", SENIOR]))])]);
    let args = ["map", &path, "-c", "t", "-o", &folder.path("out.parquet")];
    let ran = run(&args, "");
    assert!(ran.stderr.starts_with("3 rows: 2 confident, 0 review, 1 no match; "), "{}", ran.stderr);
    assert_eq!(run(&[&args[..], &["--quiet"]].concat(), "").stderr, "");
}

#[test]
fn no_rows_are_no_mistake() {
    let folder = Folder::new();
    let empty = batch(&[("id", new_empty_array(&DataType::Int32)), ("t", texts([]))]);
    let path = write(&folder, "in.parquet", 2, &[empty]);
    let (mapped, _) = map(&folder, &[&path, "-c", "t"]);
    assert_eq!((mapped.num_rows(), mapped.num_columns()), (0, 2 + FIELDS.len()));
    assert_eq!(mapped.schema().field(0).data_type(), &DataType::Int32);
    let csv = succeed(&["map", &path, "-c", "t", "--format", "csv"], "");
    assert_eq!(csv.lines().collect::<Vec<_>>(), [[&["id", "t"], COLUMNS].concat().join(",")]);
    assert_eq!(succeed(&["map", &path, "-c", "t", "--format", "jsonl"], ""), "");
    let header = folder.write("in.csv", "id,t\n");
    assert_eq!(map(&folder, &[&header, "-c", "t"]).0.num_columns(), 2 + FIELDS.len());
}

/// Maps the file at `path`, which must fail with a message that has `parts` in it and leave nothing.
#[track_caller]
fn refuse(folder: &Folder, args: &[&str], parts: &[&str]) {
    let before = folder.names();
    for to in [&["-o", &folder.path("out.parquet")][..], &["-o", &folder.path("out.csv")], &["--format", "parquet"]] {
        let output = titlecanon(&[&["map"], args, to].concat()).write_stdin("").output().unwrap();
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{stderr}");
        assert_eq!(stderr.lines().count(), 1, "{stderr}");
        assert!(output.stdout.is_empty());
        for part in parts {
            assert!(stderr.contains(part), "{part}: {stderr}");
        }
        assert_eq!(folder.names(), before);
    }
}

#[test]
fn what_is_no_parquet_is_told() {
    let folder = Folder::new();
    for content in ["", "t\nx\n", "PAR1", "PAR1 and then something else PAR1"] {
        let path = folder.write("in.parquet", content);
        refuse(&folder, &[&path, "-c", "t"], &[&path, "cannot be read", "is it Parquet"]);
    }
    let whole = fs::read(write(&folder, "in.parquet", 2, &[many_types()])).unwrap();
    for end in [whole.len() - 1, whole.len() - 9, whole.len() / 2, 12] {
        let path = folder.write("in.parquet", &whole[..end]);
        refuse(&folder, &[&path, "-c", "title"], &[&path, "cannot be read"]);
    }
    refuse(&folder, &[&folder.path("none.parquet"), "-c", "t"], &["none.parquet cannot be read"]);
    refuse(&folder, &[folder.0.path().to_str().unwrap(), "--input-format", "parquet"], &["regular file"]);
    refuse(&folder, &["-", "-c", "t", "--input-format", "parquet"], &["<stdin>", "standard input", "say a file"]);
}

#[test]
fn columns_that_are_not_there_or_hold_no_text_are_told() {
    let folder = Folder::new();
    let path = write(&folder, "in.parquet", 2, &[many_types()]);
    refuse(&folder, &[&path, "-c", "Titel"], &["no column \"Titel\"", "\"id\", \"small\"", "Did you mean \"title\"?"]);
    refuse(&folder, &[&path], &["--column NAME", "\"id\", \"small\""]);
    refuse(&folder, &[&path, "-c", "id"], &["column \"id\" holds Int64 and not text"]);
    refuse(&folder, &[&path, "-c", "bytes"], &["column \"bytes\" holds Binary"]);
    refuse(&folder, &[&path, "-c", "tags"], &["column \"tags\" holds List"]);
    let twice = Schema::new(vec![Field::new("t", DataType::Utf8, true), Field::new("t", DataType::Utf8, true)]);
    let twice = RecordBatch::try_new(Arc::new(twice), vec![texts(["a"]), texts(["b"])]).unwrap();
    let path = write(&folder, "in.parquet", 2, &[twice]);
    refuse(&folder, &[&path, "-c", "t"], &["columns 1 and 2 are both called \"t\""]);
    let path = write(&folder, "in.parquet", 2, &[RecordBatch::new_empty(Arc::new(Schema::empty()))]);
    refuse(&folder, &[&path, "-c", "t"], &["there are no columns"]);
}

#[test]
fn a_compression_that_is_not_read_is_told() {
    let folder = Folder::new();
    let path = write(&folder, "in.parquet", 2, &[batch(&[("id", texts(["1"])), ("t", texts([SENIOR]))])]);
    let metadata = read(&path).1.as_ref().clone();
    let group = metadata.row_group(0).clone();
    let mut columns = group.columns().to_vec();
    let brotli = Compression::BROTLI(BrotliLevel::default());
    columns[0] = columns[0].clone().into_builder().set_compression(brotli).build().unwrap();
    let group = group.into_builder().set_column_metadata(columns).build().unwrap();
    let metadata = metadata.into_builder().set_row_groups(vec![group]).build();
    // What stands at the end holds.
    let file = File::options().append(true).open(&path).unwrap();
    ParquetMetaDataWriter::new(file, &metadata).finish().unwrap();
    refuse(&folder, &[&path, "-c", "t"], &[&path, "column \"id\" is compressed by BROTLI", "Snappy or Zstandard"]);
}

#[test]
fn a_damaged_page_leaves_nothing() {
    let folder = Folder::new();
    let titles = (0..30_000).map(|id| format!("{SENIOR} {}", id * 7_919));
    let titles: ArrayRef = Arc::new(StringArray::from_iter_values(titles));
    let path = write(&folder, "in.parquet", 10_000, &[batch(&[("t", titles)])]);
    let (_, metadata) = read(&path);
    let mut bytes = fs::read(&path).unwrap();
    let middle = metadata.row_group(1).column(0);
    let (start, length) = middle.byte_range();
    bytes[start as usize + 200..(start + length) as usize - 200].fill(0xFF);
    let path = folder.write("in.parquet", &bytes);
    folder.write("old.parquet", "precious");
    let before = folder.names();
    for name in ["out.parquet", "out.csv", "old.parquet"] {
        let ran = run(&["map", &path, "-c", "t", "-o", &folder.path(name)], "");
        assert_eq!(ran.code, 2, "{}", ran.stderr);
        assert!(ran.stderr.contains("in.parquet: the rows after row 8192 cannot be read"), "{}", ran.stderr);
        assert_eq!(folder.names(), before);
    }
    assert_eq!(folder.read("old.parquet"), "precious");
    // What comes before is there, but never the end that would make it a file.
    let stdout = titlecanon(&["map", &path, "-c", "t"]).output().unwrap().stdout;
    assert!(!stdout.ends_with(b"PAR1") || stdout.is_empty());
}

#[test]
fn a_mistake_in_rows_of_text_leaves_nothing() {
    let folder = Folder::new();
    let path = folder.write("in.csv", format!("a,t\n{}x\n", format!("1,{SENIOR}\n").repeat(20_000)));
    let ran = run(&["map", &path, "-c", "t", "-o", &folder.path("out.parquet")], "");
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("in.csv:20002: the row has 1 field"), "{}", ran.stderr);
    assert_eq!(folder.names(), ["in.csv"]);
}

#[test]
fn a_pipe_that_closes_early_is_no_mistake() {
    let folder = Folder::new();
    // More than a pipe holds.
    let titles = (0..60_000).map(|id| format!("{SENIOR} {}", id * 7_919));
    let titles: ArrayRef = Arc::new(StringArray::from_iter_values(titles));
    let path = write(&folder, "in.parquet", 10_000, &[batch(&[("t", titles)])]);
    let mut child = Command::new(env!("CARGO_BIN_EXE_titlecanon"))
        .args(["map", &path, "-c", "t"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), String::from_utf8(output.stderr).unwrap().as_str()), (Some(0), ""));
}

#[cfg(unix)]
#[test]
fn an_interrupted_run_leaves_nothing() {
    let folder = Folder::new();
    let mut child = Command::new(env!("CARGO_BIN_EXE_titlecanon"))
        .args(["map", "-", "-o", &folder.path("out.parquet")])
        .stdin(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(format!("{SENIOR}\n").repeat(20_000).as_bytes()).unwrap();
    while folder.names().is_empty() {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    let interrupted = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(interrupted.success());
    assert_eq!(child.wait().unwrap().code(), Some(130));
    assert!(folder.names().is_empty());
}

#[test]
fn other_commands_read_none() {
    let folder = Folder::new();
    let path = write(&folder, "in.parquet", 2, &[many_types()]);
    let ran = run(&["evaluate", &path, "--title", "title", "--soc", "kind"], "");
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("only `map` reads Parquet"), "{}", ran.stderr);
}
