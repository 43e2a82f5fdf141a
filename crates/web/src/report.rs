//! One report, statement or figure with all that is known of it.

use ascribe_ledger::{Filter, Item, Ledger, Listing, Whole};
use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use utoipa::ToSchema;

use crate::app::App;
use crate::copies::CopyItem;
use crate::flags::FlagItem;
use crate::list::page_of;
use crate::params::{Id, MOST_LINES};
use crate::problem::{Problem, Result};
use crate::shapes::{DecisionItem, FigureItem, List, ReportItem, StatementItem, shaped};

/// Characters of the text on either side of an item.
const CONTEXT: usize = 240;

/// A report.
#[derive(Serialize, ToSchema)]
pub(crate) struct ReportPage {
    report: ReportItem,
    /// The newest reading, as the reader made it: the JSON contract, offsets in code points.
    #[schema(value_type = Object)]
    reading: Box<RawValue>,
    statements: Vec<Placed<StatementItem>>,
    figures: Vec<Placed<FigureItem>>,
    /// About the report and all in it, the first first.
    decisions: Vec<DecisionItem>,
    places: Vec<Place>,
    redacted: bool,
    /// The story's id; null if no other report tells it.
    story: Option<String>,
    /// What it is a copy of.
    copy_of: Option<CopyItem>,
    /// The others that have its text.
    copies: Vec<CopyItem>,
    flags: Vec<FlagItem>,
}

/// A statement or figure in its report.
#[derive(Serialize, ToSchema)]
pub(crate) struct Placed<T> {
    /// Its id in the reading, null for what people added.
    n: Option<String>,
    /// Where its words stand, in code points.
    spans: Vec<[usize; 2]>,
    #[serde(flatten)]
    item: T,
}

/// Where a report was obtained.
#[derive(Serialize, serde::Deserialize, ToSchema)]
pub(crate) struct Place {
    path: String,
    record: Option<i64>,
    obtained: String,
}

/// A statement or figure with the words around it.
#[derive(Serialize, ToSchema)]
pub(crate) struct Shown<T> {
    #[serde(flatten)]
    item: T,
    decisions: Vec<DecisionItem>,
    context: Option<Context>,
}

/// Words and what stands around them.
#[derive(Serialize, ToSchema)]
pub(crate) struct Context {
    before: String,
    quote: String,
    after: String,
}

/// A report
///
/// The text, the reading, and its statements and figures as decisions left them.
#[utoipa::path(get, path = "/reports/{id}", tag = "reports", params(("id" = String, Path, description = "The report's id or its beginning")), responses(
    (status = 200, body = ReportPage),
    (status = 400, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 410, body = Problem, description = "It was redacted", content_type = "application/problem+json"),
))]
pub(crate) async fn report(State(app): State<App>, Id(id): Id) -> Result<Json<ReportPage>> {
    let page = app.pool.read(move |ledger| {
        let whole = ledger.whole(&id)?.ok_or_else(Problem::gone)?;
        let report: ReportItem = shaped(&whole.line)?;
        let decisions = decisions_about(ledger, report.id())?;
        let links = ledger.report_links(report.id())?;
        let reading = RawValue::from_string(whole.reading.to_json());
        let reading =
            reading.map_err(|error| Problem::broken(format!("The reading is no JSON: {error}.")))?;
        Ok(ReportPage {
            report,
            reading,
            statements: placed(&whole.statements, 's')?,
            figures: placed(&whole.figures, 'f')?,
            decisions,
            places: whole.places.iter().map(|place| shaped(place)).collect::<Result<_>>()?,
            redacted: false,
            story: links.story,
            copy_of: links.copy_of.map(|row| shaped(&row)).transpose()?,
            copies: links.copies.iter().map(|row| shaped(row)).collect::<Result<_>>()?,
            flags: links.flags.iter().map(|row| shaped(row)).collect::<Result<_>>()?,
        })
    });
    Ok(Json(page.await?))
}

/// The text of a report
#[utoipa::path(get, path = "/reports/{id}/text", tag = "reports", params(("id" = String, Path, description = "The report's id or its beginning")), responses(
    (status = 200, body = String, content_type = "text/plain"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 410, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn text(State(app): State<App>, Id(id): Id) -> Result<Response> {
    let whole = app.pool.read(move |ledger| ledger.whole(&id)?.ok_or_else(Problem::gone)).await?;
    let kind = [(header::CONTENT_TYPE, "text/plain; charset=utf-8")];
    Ok((kind, whole.reading.report.text).into_response())
}

/// A statement
#[utoipa::path(get, path = "/statements/{id}", tag = "statements", params(("id" = String, Path, description = "The statement's id")), responses(
    (status = 200, body = Shown<StatementItem>),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 410, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn statement(State(app): State<App>, Id(id): Id) -> Result<Json<Shown<StatementItem>>> {
    Ok(Json(app.pool.read(move |ledger| shown(ledger, &id, 's')).await?))
}

/// A figure
#[utoipa::path(get, path = "/figures/{id}", tag = "figures", params(("id" = String, Path, description = "The figure's id")), responses(
    (status = 200, body = Shown<FigureItem>),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 410, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn figure(State(app): State<App>, Id(id): Id) -> Result<Json<Shown<FigureItem>>> {
    Ok(Json(app.pool.read(move |ledger| shown(ledger, &id, 'f')).await?))
}

fn placed<T: DeserializeOwned>(items: &[Item], letter: char) -> Result<Vec<Placed<T>>> {
    let placed = |item: &Item| -> Result<Placed<T>> {
        Ok(Placed {
            n: item.n.map(|n| format!("{letter}{n}")),
            spans: item.span.into_iter().collect(),
            item: shaped(&item.line)?,
        })
    };
    items.iter().map(placed).collect()
}

fn shown<T: DeserializeOwned>(ledger: &Ledger, id: &str, letter: char) -> Result<Shown<T>> {
    let not_found = || Problem::not_found(format!("Nothing has the id {id}."));
    let is_of_kind = id.split_once('.').is_some_and(|(_, item)| item.starts_with(letter));
    if !is_of_kind {
        return Err(not_found());
    }
    let Whole { reading, statements, figures, .. } = ledger.whole(id)?.ok_or_else(Problem::gone)?;
    let items = if letter == 's' { statements } else { figures };
    let key = id.rsplit('.').next();
    let has_id = |item: &Item| {
        let id = item.line.iter().find(|(name, _)| name == "id");
        matches!(id, Some((_, ascribe_ledger::Value::Text(text))) if text.rsplit('.').next() == key)
    };
    let item = items.iter().find(|item| has_id(item)).ok_or_else(not_found)?;
    let context = item.span.map(|[begin, end]| {
        let characters = || reading.report.text.chars();
        let from = begin.saturating_sub(CONTEXT);
        Context {
            before: characters().skip(from).take(begin - from).collect(),
            quote: characters().skip(begin).take(end - begin).collect(),
            after: characters().skip(end).take(CONTEXT).collect(),
        }
    });
    Ok(Shown { item: shaped(&item.line)?, decisions: decisions_about(ledger, id)?, context })
}

/// The decisions about what `id` names, the first first; of very many the first.
pub(crate) fn decisions_about(ledger: &Ledger, id: &str) -> Result<Vec<DecisionItem>> {
    let filter = Filter { id: Some(id.to_owned()), ..Filter::default() };
    let List { items, .. } = page_of(ledger, Listing::Decisions, &filter, None, MOST_LINES)?;
    Ok(items)
}
