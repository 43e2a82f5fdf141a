//! What the tests of the ledger share; each uses some of it.
#![allow(dead_code, reason = "no test uses all of it")]

use std::path::PathBuf;

use ascribe_ledger::{Entry, Filter, Hash, Incoming, Ledger, Listing, Sighting, Verified};
use ascribe_record::Reading;
use ascribe_testkit::invented;
use tempfile::TempDir;

/// A folder for one test, and the path of a ledger in it.
pub(crate) fn place() -> (TempDir, PathBuf) {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("ledger.db");
    (folder, path)
}

/// The reading of report `n` with its bytes, its id set.
pub(crate) fn reading(n: u64) -> (Vec<u8>, Reading) {
    let mut made = invented(n);
    made.reading.report.id = Hash::of(&made.bytes).to_string();
    (made.bytes, made.reading)
}

pub(crate) fn incoming(bytes: &[u8], reading: &Reading, model: &str) -> Incoming {
    let report = &reading.report;
    let sighting = Sighting {
        path: report.path.clone().unwrap(),
        record: report.record,
        obtained: "2026-01-12T08:00:00Z".into(),
    };
    Incoming::Read(Box::new(Entry::of(bytes, reading, model, sighting).unwrap()))
}

pub(crate) fn items(numbers: impl Iterator<Item = u64>) -> Vec<Incoming> {
    numbers
        .map(|n| {
            let (bytes, reading) = reading(n);
            incoming(&bytes, &reading, "base 1")
        })
        .collect()
}

/// A new ledger of reports `0..n`.
pub(crate) fn filled(n: u64) -> (TempDir, PathBuf, Ledger) {
    let (folder, path) = place();
    let mut ledger = Ledger::open(&path).unwrap();
    ledger.add(&items(0..n)).unwrap();
    (folder, path, ledger)
}

/// What verify says of a ledger that fits.
#[track_caller]
pub(crate) fn verified(ledger: &Ledger) -> Verified {
    ledger.verify(&mut |_| ()).unwrap().unwrap()
}

/// The lines of a listing, a column and its value a line.
pub(crate) fn listed(ledger: &Ledger, listing: Listing, filter: &Filter) -> Vec<Vec<(String, String)>> {
    let mut lines = Vec::new();
    ledger
        .list(listing, filter, &mut |row| {
            lines.push(row.iter().map(|(name, value)| ((*name).to_owned(), text(value))).collect());
            true
        })
        .unwrap();
    lines
}

fn text(value: &ascribe_ledger::Value) -> String {
    use ascribe_ledger::Value;
    match value {
        Value::Null => "-".to_owned(),
        Value::Text(text) => text.clone(),
        Value::Integer(number) => number.to_string(),
        Value::Real(number) => number.to_string(),
        Value::Blob(_) => panic!("no listing has bytes"),
    }
}

/// The column `name` of a line.
pub(crate) fn column<'l>(line: &'l [(String, String)], name: &str) -> &'l str {
    &line.iter().find(|(column, _)| column == name).unwrap_or_else(|| panic!("no column {name}")).1
}
