//! The listings of a ledger: as a table, JSON Lines or CSV.

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use ascribe_export::csv;
use ascribe_ledger::{Filter, Ledger, Listing, json_line};
use serde_json::Value as Json;

use super::args::{
    CommonFilter, FiguresArguments, ListArguments, ListFormat, ReportsArguments, SearchArguments,
    SpeakersArguments, StatementFilter, StatementsArguments,
};
use super::link::open_linked;
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
    if arguments.series {
        let FiguresArguments { id, measure, story, .. } = arguments;
        let filter =
            Filter { id: id.clone(), measure: measure.clone(), story: story.clone(), ..Filter::default() };
        list(&open_linked(arguments.ledger.ledger.as_deref())?, Listing::Series, filter, &arguments.output)?;
        return Ok(ExitCode::SUCCESS);
    }
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

pub(super) fn common(filter: &CommonFilter) -> Filter {
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
    #[cfg(feature = "columnar")]
    if output.format == Some(ListFormat::Parquet) && io::stdout().is_terminal() {
        anyhow::bail!("a table of columns is nothing for a terminal: send it to a file");
    }
    list_to(ledger, what, filter, output, &mut io::BufWriter::new(io::stdout()))
}

/// Writes a listing; only what is for people goes past `to`.
pub(super) fn list_to(
    ledger: &Ledger,
    what: Listing,
    filter: Filter,
    output: &ListArguments,
    to: &mut (dyn Write + Send),
) -> anyhow::Result<()> {
    #[cfg(feature = "columnar")]
    if output.format == Some(ListFormat::Parquet) {
        let filter = Filter { limit: output.limit.filter(|limit| *limit > 0), ..filter };
        return crate::columns::write(ledger, what, &filter, to);
    }
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
            ListFormat::Table => listing(&entry(what, &json_line(row)), &style),
            ListFormat::Jsonl => format!("{}\n", Json::Object(json_line(row))),
            ListFormat::Csv if n_lines == 0 => csv::heading(row) + &csv::line(row),
            ListFormat::Csv => csv::line(row),
            #[cfg(feature = "columnar")]
            ListFormat::Parquet => unreachable!("columns are no lines, and were written above"),
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
