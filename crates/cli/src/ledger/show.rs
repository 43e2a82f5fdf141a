//! The listings of a ledger: as a table, JSON Lines or CSV.

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use ascribe_ledger::{Filter, Ledger, Listing, Row, Value};
use serde_json::{Map, Value as Json};

use super::args::{
    CommonFilter, FiguresArguments, ListArguments, ListFormat, ReportsArguments, SearchArguments,
    SpeakersArguments, StatementFilter, StatementsArguments,
};
use super::open_to_read;
use super::words::entry;
use crate::render::listing;
use crate::sink::{closed, style_of};

/// Lines of a table, unless others are asked for: more than that is for programs.
const TABLE_LINES: u64 = 50;

pub(super) fn reports(arguments: &ReportsArguments) -> anyhow::Result<ExitCode> {
    let filter = Filter { id: arguments.id.clone(), ..common(&arguments.common) };
    shown(Listing::Reports, filter, &arguments.output, arguments.ledger.ledger.as_deref())
}

pub(super) fn statements(arguments: &StatementsArguments) -> anyhow::Result<ExitCode> {
    let filter = of_statements(&arguments.filter);
    shown(Listing::Statements, filter, &arguments.output, arguments.ledger.ledger.as_deref())
}

pub(super) fn figures(arguments: &FiguresArguments) -> anyhow::Result<ExitCode> {
    let filter = Filter {
        id: arguments.id.clone(),
        measure: arguments.measure.clone(),
        place: arguments.place.clone(),
        status: arguments.status.clone(),
        ..common(&arguments.common)
    };
    shown(Listing::Figures, filter, &arguments.output, arguments.ledger.ledger.as_deref())
}

pub(super) fn speakers(arguments: &SpeakersArguments) -> anyhow::Result<ExitCode> {
    let filter =
        Filter { act: arguments.act.clone(), naming: arguments.naming.clone(), ..common(&arguments.common) };
    shown(Listing::Speakers, filter, &arguments.output, arguments.ledger.ledger.as_deref())
}

pub(super) fn search(arguments: &SearchArguments) -> anyhow::Result<ExitCode> {
    // A phrase that the shell kept together is one.
    let words = arguments.words.iter().map(|word| match word.contains(' ') && !word.contains('"') {
        true => format!("\"{word}\""),
        false => word.clone(),
    });
    let filter = Filter { words: Some(words.collect::<Vec<_>>().join(" ")), ..Filter::default() };
    let listing = if arguments.statements { Listing::SearchStatements } else { Listing::SearchReports };
    shown(listing, filter, &arguments.output, arguments.ledger.ledger.as_deref())
}

fn common(filter: &CommonFilter) -> Filter {
    Filter {
        speaker: filter.speaker.clone(),
        outlet: filter.outlet.clone(),
        from: filter.from.clone(),
        to: filter.to.clone(),
        ..Filter::default()
    }
}

fn of_statements(filter: &StatementFilter) -> Filter {
    Filter {
        id: filter.id.clone(),
        act: filter.act.clone(),
        naming: filter.naming.clone(),
        status: filter.status.clone(),
        ..common(&filter.common)
    }
}

fn shown(
    listing: Listing,
    filter: Filter,
    output: &ListArguments,
    ledger: Option<&std::path::Path>,
) -> anyhow::Result<ExitCode> {
    list(&open_to_read(ledger)?, listing, filter, output)?;
    Ok(ExitCode::SUCCESS)
}

/// Prints a listing.
pub(super) fn list(
    ledger: &Ledger,
    what: Listing,
    filter: Filter,
    output: &ListArguments,
) -> anyhow::Result<()> {
    list_to(ledger, what, filter, output, &mut io::BufWriter::new(io::stdout().lock()))
}

/// Writes a listing; only what is for people goes past `to`.
pub(super) fn list_to(
    ledger: &Ledger,
    what: Listing,
    filter: Filter,
    output: &ListArguments,
    to: &mut dyn Write,
) -> anyhow::Result<()> {
    let terminal = io::stdout().is_terminal();
    let format = output.format.unwrap_or(if terminal { ListFormat::Table } else { ListFormat::Jsonl });
    let limit = match output.limit {
        Some(0) => None,
        None if format == ListFormat::Table => Some(TABLE_LINES),
        limit => limit,
    };
    // One more tells whether there are more.
    let filter = Filter { limit: limit.map(|limit| limit + 1), ..filter };
    let style = style_of(output.width, output.color, terminal);
    let (mut n_lines, mut has_more, mut failed) = (0, false, None);
    ledger.list(what, &filter, &mut |row| {
        if limit == Some(n_lines) {
            has_more = true;
            return false;
        }
        let text = match format {
            ListFormat::Table => listing(&entry(what, &object(row)), &style),
            ListFormat::Jsonl => format!("{}\n", Json::Object(object(row))),
            ListFormat::Csv if n_lines == 0 => format!("{}{}", heading(row), record(row)),
            ListFormat::Csv => record(row),
        };
        n_lines += 1;
        failed = to.write_all(text.as_bytes()).err();
        failed.is_none()
    })?;
    failed.map_or_else(|| to.flush().or_else(closed), closed)?;
    if has_more && output.limit.is_none() {
        anstream::eprintln!("the first {n_lines}; --limit 0 lists all");
    } else if n_lines == 0 && format == ListFormat::Table {
        anstream::eprintln!("nothing fits");
    }
    Ok(())
}

/// A line as JSON. `attributes` is kept as JSON and becomes a list again.
fn object(row: &Row<'_>) -> Map<String, Json> {
    let value = |name: &str, value: &Value| match value {
        Value::Null if name == "attributes" => Json::Array(Vec::new()),
        Value::Text(text) if name == "attributes" => serde_json::from_str(text).unwrap_or(Json::Null),
        Value::Null | Value::Blob(_) => Json::Null,
        Value::Integer(number) => (*number).into(),
        // Counts are whole numbers, and read as such.
        Value::Real(number) if number.fract() == 0.0 && number.abs() < 1e15 => (*number as i64).into(),
        Value::Real(number) => (*number).into(),
        Value::Text(text) => text.as_str().into(),
    };
    row.iter().map(|(name, v)| ((*name).to_owned(), value(name, v))).collect()
}

fn heading(row: &Row<'_>) -> String {
    row.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(",") + "\r\n"
}

/// A line as RFC 4180 has it.
fn record(row: &Row<'_>) -> String {
    let cells = row.iter().map(|(_, value)| match value {
        Value::Null | Value::Blob(_) => String::new(),
        Value::Integer(number) => number.to_string(),
        Value::Real(number) => number.to_string(),
        Value::Text(text) => cell(text),
    });
    cells.collect::<Vec<_>>().join(",") + "\r\n"
}

/// Text that a spreadsheet takes for text: one that begins like a formula gets an apostrophe before it
/// (OWASP, "CSV Injection").
fn cell(text: &str) -> String {
    let guard = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    if guard.is_empty() && !text.contains([',', '"', '\n', '\r']) && text.trim() == text {
        return text.to_owned();
    }
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_run_nothing() {
        for (text, shown) in [
            ("Ada Lind", "Ada Lind"),
            ("a, b", "\"a, b\""),
            ("said \"no\"", "\"said \"\"no\"\"\""),
            ("=1+1", "\"'=1+1\""),
            ("two\nlines", "\"two\nlines\""),
        ] {
            assert_eq!(cell(text), shown);
        }
    }

    #[test]
    fn lines_are_json() {
        let row = [("n", Value::Real(12.0)), ("attributes", Value::Text("[\"women\"]".into()))];
        assert_eq!(Json::Object(object(&row)).to_string(), r#"{"n":12,"attributes":["women"]}"#);
    }
}
