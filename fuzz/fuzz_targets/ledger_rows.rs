//! Where a ledger keeps packed captures, packed readings and decisions, and where an export has their lines:
//! what stands there with bytes of it changed; or, behind a byte over 127, any bytes.
#![no_main]

use std::path::Path;
use std::sync::LazyLock;

use ascribe_fuzz::ledger::{CAPTURED, changed, decision, file_of, reading, use_all, whole};
use ascribe_ledger::{Entry, Hash, Incoming, Ledger, Sighting};
use libfuzzer_sys::fuzz_target;
use rusqlite::{Connection, params};

static READING: LazyLock<String> = LazyLock::new(|| reading().to_json());
static DECISION: LazyLock<String> = LazyLock::new(decision);

fuzz_target!(|bytes: &[u8]| {
    let Some((choice, bytes)) = bytes.split_first() else { return };
    let which = choice % 6;
    let there = match which {
        0 => frame(READING.as_bytes()),
        1 | 2 => READING.clone().into_bytes(),
        3 => frame(CAPTURED.as_bytes()),
        _ => DECISION.clone().into_bytes(),
    };
    let bytes = if *choice > 127 { bytes.to_vec() } else { changed(&there, bytes) };
    let text = String::from_utf8_lossy(&bytes);
    let (_folder, path) = file_of(whole());
    match which {
        0 => set(&path, "UPDATE reading SET json = ?1, n_bytes = ?2", &bytes, READING.len()),
        1 => set(&path, "UPDATE reading SET json = ?1, n_bytes = ?2", &frame(&bytes), bytes.len()),
        2 => take_reading(&path, &text),
        3 => set(&path, "UPDATE capture SET bytes = ?1 WHERE ?2", &bytes, 1),
        4 => set(&path, "UPDATE decision SET body = CAST(?1 AS TEXT) WHERE ?2", text.as_bytes(), 1),
        _ => take_over(&path, &text),
    }
    use_all(&path);
});

fn frame(bytes: &[u8]) -> Vec<u8> {
    zstd::bulk::compress(bytes, 1).expect("bytes can be packed")
}

fn set(path: &Path, sql: &str, bytes: &[u8], n: usize) {
    let connection = Connection::open(path).expect("the file is whole");
    connection.execute(sql, params![bytes, n as i64]).expect("it can be set");
}

/// A line of `decisions.jsonl`.
fn take_over(path: &Path, body: &str) {
    let mut ledger = Ledger::open(path).expect("the file is whole");
    let _ = ledger.take_over(&[(Hash::of(body.as_bytes()), Some(body.to_owned()))]);
}

/// A line of `readings.jsonl`.
fn take_reading(path: &Path, json: &str) {
    let sighting = Sighting { path: "a.txt".to_owned(), record: None, obtained: "2026".to_owned() };
    let Ok(entry) = Entry::of_json(CAPTURED.as_bytes(), json, "base 0", sighting) else { return };
    let mut ledger = Ledger::open(path).expect("the file is whole");
    let _ = ledger.add(&[Incoming::Read(Box::new(entry))]);
}
