//! Parquet and Arrow files as users meet them, in a program built with the feature `columnar`.
#![cfg(feature = "columnar")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use ascribe_columns::{Cell, Kind, Writer, read};
use assert_cmd::cargo::cargo_bin;
use serde_json::Value;
use tempfile::TempDir;

const TEXTS: [&str; 2] = [
    "Mayor Ada Lind said on Monday that at least 12 people were injured in the storm at Harrow Bay.",
    "The council has not released any figures.",
];

fn parquet() -> Vec<u8> {
    let columns = ["text", "date", "publisher"].map(|name| (name.to_owned(), Kind::Text));
    let mut writer = Writer::new(columns.to_vec(), Vec::new()).unwrap();
    for text in TEXTS {
        let row = [text, "2026-01-12", "The Courier"].map(|cell| Cell::Text(cell.to_owned()));
        writer.push(row.to_vec()).unwrap();
    }
    writer.push(vec![Cell::Missing, Cell::Text("2026-01-13".into()), Cell::Missing]).unwrap();
    writer.finish().unwrap()
}

/// Two reports, a batch each: see `crates/columns/examples/arrow.rs`.
const ARROW: &[u8] = include_bytes!("two-reports.arrow");

fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(cargo_bin("ascribe"));
    command.args(arguments).current_dir(folder).env("ASCRIBE_LEDGER", "ledger.db").stdin(Stdio::null());
    command.output().unwrap()
}

#[track_caller]
fn out(folder: &Path, arguments: &[&str]) -> Vec<u8> {
    let output = run(folder, arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

/// The rows of a Parquet file.
fn rows(bytes: Vec<u8>) -> Vec<Value> {
    let mut rows = Vec::new();
    read(bytes, |row| {
        rows.push(serde_json::from_str(row).unwrap());
        true
    })
    .unwrap();
    rows
}

#[test]
fn files_of_columns_are_read_and_broken_ones_refused() {
    let folder = TempDir::new().unwrap();
    let write = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).unwrap();
    let whole = parquet();
    write("a.parquet", &whole);
    write("b.arrow", ARROW);
    write("c-cut.parquet", &whole[..whole.len() / 2]);
    write("d-cut.arrow", &ARROW[..ARROW.len() * 3 / 5]);
    let output = run(folder.path(), &["read", ".", "-f", "jsonl"]);
    let err = String::from_utf8(output.stderr).unwrap();
    let lines: Vec<Value> =
        output.stdout.split(|b| *b == b'\n').filter_map(|line| serde_json::from_slice(line).ok()).collect();
    let path = |line: &Value| line["report"]["path"].as_str().unwrap().trim_start_matches("./").to_owned();
    let of = |name: &str| lines.iter().filter(|line| path(line) == name).count();
    assert_eq!(["a.parquet", "b.arrow", "c-cut.parquet", "d-cut.arrow"].map(of), [2, 2, 0, 1], "{err}");
    let report = &lines[0]["report"];
    assert_eq!((&report["outlet"], &report["published"]), (&"The Courier".into(), &"2026-01-12".into()));
    assert_eq!(lines[0]["statements"][0]["speaker"]["name"], "Ada Lind");
    for told in [
        "a.parquet, record 3: no text in any of the fields",
        "c-cut.parquet: damaged: ",
        "d-cut.arrow, record 2: damaged: ",
    ] {
        assert!(err.contains(told), "{told}: {err}");
    }
    assert_eq!(output.status.code(), Some(1));
}

/// A bit that is flipped can ask for hundreds of gigabytes: whatever comes of it, this process goes on,
/// and the file beside it is read.
#[test]
fn no_flipped_byte_brings_the_program_down() {
    for (name, bytes) in [("a.parquet", parquet()), ("a.arrow", ARROW.to_vec())] {
        let folder = TempDir::new().unwrap();
        let n_files = 40;
        for n in 0..n_files {
            let mut bad = bytes.clone();
            let at = n * (bytes.len() - 1) / (n_files - 1);
            bad[at] ^= 0x55;
            fs::write(folder.path().join(format!("{n:03}-{name}")), bad).unwrap();
        }
        fs::write(folder.path().join("z.txt"), "It rained all day, Ada Lind said on Monday.").unwrap();
        let output = run(folder.path(), &["add", ".", "--later"]);
        let err = String::from_utf8_lossy(&output.stderr);
        assert!(matches!(output.status.code(), Some(0 | 1)), "{err}");
        let reports = String::from_utf8(out(folder.path(), &["reports"])).unwrap();
        assert!(reports.contains("text/plain"), "{err}");
        out(folder.path(), &["verify"]);
    }
}

#[test]
fn listings_are_written_with_their_types() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("a.parquet"), parquet()).unwrap();
    run(folder.path(), &["add", "a.parquet"]);
    for listing in
        [&["reports"][..], &["statements"], &["figures"], &["speakers"], &["refused"], &["search", "storm"]]
    {
        let of = |format: &str| out(folder.path(), &[listing, &["--format", format]].concat());
        let lines = of("jsonl");
        let lines =
            lines.split(|b| *b == b'\n').filter_map(|line| serde_json::from_slice::<Value>(line).ok());
        let rows = rows(of("parquet"));
        assert!(!rows.is_empty(), "{listing:?}");
        let filled = |line: Value| -> Vec<(String, Value)> {
            let Value::Object(line) = line else { panic!("{line}") };
            let cells = line.into_iter().filter(|(_, cell)| !cell.is_null());
            // A flag is a number in JSON Lines, and numbers are written with or without a fraction.
            let plain = |(name, cell): (String, Value)| match (&*name, cell.as_f64()) {
                ("added", Some(number)) => (name, Value::Bool(number != 0.0)),
                (_, Some(number)) => (name, number.into()),
                _ => (name, cell),
            };
            cells.map(plain).collect()
        };
        assert_eq!(rows.into_iter().map(filled).collect::<Vec<_>>(), lines.map(filled).collect::<Vec<_>>());
    }
    let nothing = out(folder.path(), &["figures", "--measure", "displaced", "-f", "parquet"]);
    assert!(rows(nothing).is_empty(), "a table without rows is one");
    let two = out(folder.path(), &["reports", "--limit", "1", "-f", "parquet"]);
    assert_eq!(rows(two).len(), 1);
}

#[test]
fn an_export_has_the_tables_and_comes_back_equal() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("a.parquet"), parquet()).unwrap();
    run(folder.path(), &["add", "a.parquet"]);
    let content = |ledger: &str| {
        let verified = String::from_utf8(out(folder.path(), &["verify", "--ledger", ledger])).unwrap();
        verified.lines().last().unwrap().to_owned()
    };
    out(folder.path(), &["export", "--all", "open"]);
    for name in ["reports", "statements", "figures", "speakers", "refused"] {
        let path = folder.path().join("open").join(name);
        let n_lines = fs::read_to_string(path.with_extension("jsonl")).unwrap().lines().count();
        let bytes = fs::read(path.with_extension("parquet")).unwrap();
        assert_eq!((&bytes[..4], rows(bytes.clone()).len()), (&b"PAR1"[..], n_lines), "{name}");
    }
    out(folder.path(), &["import", "open", "--ledger", "other.db"]);
    assert_eq!(content("other.db"), content("ledger.db"));
}
