//! Parquet and Arrow files, read by a process of their own, and listings as Parquet.

use std::io::Write;
use std::process::ExitCode;

use anyhow::anyhow;
use ascribe::ColumnRows;
use ascribe_columns::{Cell, Column, Kind, Writer};
use ascribe_ledger::{Filter, Ledger, Listing, Value};

use crate::apart;

/// The hidden command.
pub(crate) const COMMAND: &str = "column-rows";
/// Seconds of the processor that a file may take: a large one has a million rows.
const MAX_SECONDS: u64 = 600;

/// The rows of a file as JSON.
///
/// # Errors
/// Says why if it cannot be read.
pub(crate) fn read(bytes: Vec<u8>, max_row: u64) -> Result<ColumnRows, String> {
    Ok(Box::new(apart::ask(COMMAND, bytes, max_row)?))
}

/// What that process does: a file from standard input, its rows to standard output.
pub(crate) fn run() -> anyhow::Result<ExitCode> {
    apart::answer(MAX_SECONDS, |bytes, give| ascribe_columns::read(bytes, give))
}

/// Writes a listing as Parquet.
pub(crate) fn write(
    ledger: &Ledger,
    what: Listing,
    filter: &Filter,
    to: &mut (dyn Write + Send),
) -> anyhow::Result<()> {
    let columns: Vec<Column> =
        ledger.columns(what, filter)?.into_iter().map(|name| (name.clone(), kind_of(&name))).collect();
    let told = |error: String| anyhow!("cannot write: {error}");
    let mut writer = Writer::new(columns, to).map_err(told)?;
    let mut outcome = Ok(());
    ledger.list(what, filter, &mut |row| {
        outcome = writer.push(row.iter().map(cell).collect());
        outcome.is_ok()
    })?;
    outcome.map_err(told)?;
    writer.finish().map_err(told)?.flush()?;
    Ok(())
}

/// What the column of this name holds, in whatever listing it stands.
fn kind_of(name: &str) -> Kind {
    match name {
        "lower" | "upper" | "confidence" | "probability" | "share" => Kind::Number,
        "record" | "statements" | "figures" | "reports" | "texts" | "outlets" | "copies" | "days"
        | "same_words" => Kind::Count,
        "added" => Kind::Flag,
        "attributes" | "speakers" | "places" => Kind::Texts,
        _ => Kind::Text,
    }
}

fn cell((name, value): &(&str, Value)) -> Cell {
    match (kind_of(name), value) {
        (Kind::Texts, Value::Null) => Cell::Texts(Vec::new()),
        (_, Value::Null | Value::Blob(_)) => Cell::Missing,
        (Kind::Texts, Value::Text(list)) => serde_json::from_str(list).map_or(Cell::Missing, Cell::Texts),
        (Kind::Flag, Value::Integer(number)) => Cell::Flag(*number != 0),
        (Kind::Number, Value::Integer(number)) => Cell::Number(*number as f64),
        (Kind::Count, Value::Integer(number)) => Cell::Count(*number),
        (_, Value::Real(number)) => Cell::Number(*number),
        (_, Value::Integer(number)) => Cell::Text(number.to_string()),
        (_, Value::Text(text)) => Cell::Text(text.clone()),
    }
}
