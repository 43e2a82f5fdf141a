//! Files of columns, written and read again, whole and broken.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::Arc;

use arrow_array::{
    ArrayRef, Date32Array, DictionaryArray, Int64Array, RecordBatch, StringArray, TimestampSecondArray, types,
};
use arrow_ipc::writer::{FileWriter, StreamWriter};
use ascribe_columns::{Cell, Column, Kind, Writer, read};

/// Three rows of the kinds of columns that tables of news have.
fn batch() -> RecordBatch {
    let places: DictionaryArray<types::Int32Type> = [Some("Ems"), None, Some("Ems")].into_iter().collect();
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("id", Arc::new(Int64Array::from(vec![7, 8, 9]))),
        ("Text", Arc::new(StringArray::from(vec![Some("It rained."), Some("It\nsnowed."), None]))),
        // Days since 1970.
        ("date", Arc::new(Date32Array::from(vec![Some(20_465), None, None]))),
        ("place", Arc::new(places)),
    ];
    RecordBatch::try_from_iter_with_nullable(columns.into_iter().map(|(name, column)| (name, column, true)))
        .unwrap()
}

fn arrow_file() -> Vec<u8> {
    let mut writer = FileWriter::try_new(Vec::new(), &batch().schema()).unwrap();
    writer.write(&batch()).unwrap();
    writer.write(&batch()).unwrap();
    writer.into_inner().unwrap()
}

fn arrow_stream() -> Vec<u8> {
    let mut writer = StreamWriter::try_new(Vec::new(), &batch().schema()).unwrap();
    writer.write(&batch()).unwrap();
    writer.into_inner().unwrap()
}

/// The rows of a file, and why there are no more.
fn rows(bytes: &[u8]) -> (Vec<String>, Option<String>) {
    let mut rows = Vec::new();
    let error = read(bytes.to_vec(), |row| {
        rows.push(row.to_owned());
        true
    });
    (rows, error.err())
}

const ROWS: [&str; 3] = [
    r#"{"id":7,"Text":"It rained.","date":"2026-01-12","place":"Ems"}"#,
    r#"{"id":8,"Text":"It\nsnowed."}"#,
    r#"{"id":9,"place":"Ems"}"#,
];

#[test]
fn arrow_files_and_streams_give_rows() {
    assert_eq!(rows(&arrow_stream()), (ROWS.map(str::to_owned).to_vec(), None));
    assert_eq!(rows(&arrow_file()), ([ROWS, ROWS].concat().iter().map(|r| (*r).to_owned()).collect(), None));
    let mut n = 0;
    read(arrow_file(), |_| {
        n += 1;
        n < 2
    })
    .unwrap();
    assert_eq!(n, 2, "no more than are wanted");
}

#[test]
fn times_of_zones_are_instants() {
    let seconds = || TimestampSecondArray::from(vec![Some(1_768_204_800), None]);
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("plain", Arc::new(seconds())),
        ("utc", Arc::new(seconds().with_timezone("UTC"))),
        ("named", Arc::new(seconds().with_timezone("Europe/Berlin"))),
    ];
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    let mut writer = StreamWriter::try_new(Vec::new(), &batch.schema()).unwrap();
    writer.write(&batch).unwrap();
    let (rows, error) = rows(&writer.into_inner().unwrap());
    let shown =
        r#"{"plain":"2026-01-12T08:00:00","utc":"2026-01-12T08:00:00Z","named":"2026-01-12T08:00:00Z"}"#;
    assert_eq!((rows, error), (vec![shown.to_owned(), "{}".to_owned()], None));
}

fn columns() -> Vec<Column> {
    let kinds = [Kind::Text, Kind::Count, Kind::Number, Kind::Flag, Kind::Texts];
    ["words", "reports", "lower", "added", "attributes"].map(str::to_owned).into_iter().zip(kinds).collect()
}

fn parquet(rows: &[Vec<Cell>]) -> Vec<u8> {
    let mut writer = Writer::new(columns(), Vec::new()).unwrap();
    rows.iter().for_each(|row| writer.push(row.clone()).unwrap());
    writer.finish().unwrap()
}

#[test]
fn what_is_written_is_read_again() {
    let full = vec![
        Cell::Text("“At least 12”".into()),
        Cell::Count(-3),
        Cell::Number(12.5),
        Cell::Flag(true),
        Cell::Texts(vec!["women".into(), String::new()]),
    ];
    let empty = vec![Cell::Missing; 5];
    let bytes = parquet(&[full.clone(), empty.clone()]);
    let shown =
        r#"{"words":"“At least 12”","reports":-3,"lower":12.5,"added":true,"attributes":["women",""]}"#;
    assert_eq!(rows(&bytes), (vec![shown.to_owned(), "{}".to_owned()], None));
    assert_eq!(bytes, parquet(&[full.clone(), empty]));
    assert_eq!(rows(&parquet(&[])), (vec![], None), "no rows are a table too");
    let many = vec![full; 5_000];
    assert_eq!(rows(&parquet(&many)).0.len(), many.len());
    assert_eq!(rows(&parquet(&[vec![Cell::Flag(true); 5]])).0, [r#"{"added":true}"#]);
}

#[test]
fn broken_files_are_told_and_what_comes_before_is_given() {
    let whole = parquet(&[vec![Cell::Text("It rained.".into()), Cell::Count(1)]]);
    for bytes in [&whole[..whole.len() / 2], b"PAR1", b"ARROW1\0\0", b"ARROW1", &[0xff; 40], b""] {
        let (rows, error) = rows(bytes);
        assert!(rows.is_empty() && (error.is_some() || bytes == b"ARROW1\0\0"), "{bytes:?}: {rows:?}");
    }
    let file = arrow_file();
    let (found, error) = rows(&file[..file.len() * 3 / 5]);
    assert_eq!(found, ROWS);
    assert!(error.is_some());
}
