//! Listings as files.

use ascribe_export::csv;
use ascribe_ledger::{Filter, Listing, json_line};
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{Uri, header};
use axum::response::{IntoResponse, Response};
use futures_util::StreamExt as _;
use futures_util::stream::unfold;
use serde_json::Value;
use tokio::sync::mpsc::{Sender, channel};

use crate::app::App;
use crate::params::{DecisionsQuery, FiguresQuery, Id, ReportsQuery, SpeakersQuery, StatementsQuery};
use crate::problem::{Problem, Result};

/// Bytes that are sent at once.
const PIECE: usize = 64 << 10;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Format {
    Csv,
    Jsonl,
}

/// A listing as a file
///
/// `reports`, `statements`, `figures`, `speakers` or `decisions`, as `.csv` or `.jsonl`, with the filters of the
/// list. In CSV what a spreadsheet would run as a formula is led by an apostrophe.
#[utoipa::path(get, path = "/exports/{file}", tag = "exports", params(("file" = String, Path, description = "Such as figures.csv")), responses(
    (status = 200, body = String, content_type = "text/csv"),
    (status = 400, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn export(State(app): State<App>, Id(file): Id, uri: Uri) -> Result<Response> {
    let not_found = || Problem::not_found(format!("There is no export {file}."));
    let (name, format) = file.split_once('.').ok_or_else(not_found)?;
    let format = match format {
        "csv" => Format::Csv,
        "jsonl" => Format::Jsonl,
        _ => return Err(not_found()),
    };
    let (listing, search, filter) = match name {
        "reports" => {
            (Listing::Reports, Some(Listing::SearchReports), parsed::<ReportsQuery>(&uri)?.filter()?)
        }
        "statements" => {
            (Listing::Statements, Some(Listing::SearchStatements), parsed::<StatementsQuery>(&uri)?.filter()?)
        }
        "figures" => (Listing::Figures, None, parsed::<FiguresQuery>(&uri)?.filter()?),
        "speakers" => (Listing::Speakers, None, parsed::<SpeakersQuery>(&uri)?.filter()?),
        "decisions" => (Listing::Decisions, None, parsed::<DecisionsQuery>(&uri)?.filter()?),
        _ => return Err(not_found()),
    };
    let listing = search.filter(|_| filter.words.is_some()).unwrap_or(listing);
    let media_type = if format == Format::Csv { "text/csv; charset=utf-8" } else { "application/jsonl" };
    let headers = [
        (header::CONTENT_TYPE, media_type.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{file}\"")),
    ];
    let (sender, mut receiver) = channel(4);
    let of_task = app.clone();
    tokio::spawn(async move {
        let failed = sender.clone();
        let written = of_task.pool.read(move |ledger| write(ledger, listing, &filter, format, &sender)).await;
        if let Err(problem) = written {
            let _ = failed.send(Err(problem)).await;
        }
    });
    // An error before the first piece is answered as one; later the download breaks off.
    let first = receiver.recv().await.transpose()?;
    let pieces = unfold((first, receiver), |(next, mut receiver)| async move {
        let piece = match next {
            Some(piece) => Ok(piece),
            None => receiver.recv().await?.map_err(|_| std::io::Error::other("the ledger could not be read")),
        };
        Some((piece, (None, receiver)))
    });
    // Compression asks once more behind the end.
    Ok((headers, Body::from_stream(pieces.fuse())).into_response())
}

fn parsed<T: serde::de::DeserializeOwned>(uri: &Uri) -> Result<T> {
    let query = axum::extract::Query::try_from_uri(uri);
    query.map(|axum::extract::Query(query)| query).map_err(|error| Problem::bad_request(error.body_text()))
}

/// Sends the lines in pieces; ends early if nobody takes them.
fn write(
    ledger: &ascribe_ledger::Ledger,
    listing: Listing,
    filter: &Filter,
    format: Format,
    to: &Sender<Result<Bytes>>,
) -> Result<()> {
    let (mut piece, mut is_first) = (String::new(), true);
    let send = |piece: &mut String| to.blocking_send(Ok(std::mem::take(piece).into())).is_ok();
    ledger.list(listing, filter, &mut |row| {
        match format {
            Format::Csv => {
                if is_first {
                    piece += &csv::heading(row);
                }
                piece += &csv::line(row);
            }
            Format::Jsonl => {
                piece += &Value::Object(json_line(row)).to_string();
                piece.push('\n');
            }
        }
        is_first = false;
        piece.len() < PIECE || send(&mut piece)
    })?;
    send(&mut piece);
    Ok(())
}
