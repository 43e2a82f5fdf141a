//! Lists of reports, statements and figures, and search over them.

use ascribe_ledger::{Filter, Ledger, Listing};
use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use utoipa::{IntoParams, ToSchema};

use crate::app::App;
use crate::params::{FiguresQuery, Params, ReportsQuery, StatementsQuery, limit, put};
use crate::problem::{Problem, Result};
use crate::shapes::{FigureItem, List, ReportItem, StatementItem, shaped};

/// A page of a listing.
pub(crate) async fn page<T: DeserializeOwned + ToSchema + Send + 'static>(
    app: &App,
    listing: Listing,
    filter: Filter,
    n_most: Option<usize>,
    cursor: Option<String>,
) -> Result<List<T>> {
    let n_most = limit(n_most)?;
    app.pool.read(move |ledger| page_of(ledger, listing, &filter, cursor.as_deref(), n_most)).await
}

pub(crate) fn page_of<T: DeserializeOwned + ToSchema>(
    ledger: &Ledger,
    listing: Listing,
    filter: &Filter,
    cursor: Option<&str>,
    n_most: usize,
) -> Result<List<T>> {
    let page = ledger.page(listing, filter, cursor.filter(|cursor| !cursor.is_empty()), n_most)?;
    let items = page.rows.iter().map(|row| shaped(row)).collect::<Result<_>>()?;
    Ok(List { items, next: page.next })
}

/// The listing, or the search if words are asked for; that has an order of its own.
fn listing(listing: Listing, search: Listing, filter: &Filter, is_ordered: bool) -> Result<Listing> {
    match (&filter.words, is_ordered) {
        (None, _) => Ok(listing),
        (Some(_), false) => Ok(search),
        (Some(_), true) => {
            Err(Problem::bad_request("What is searched for has no 'order': the best come first."))
        }
    }
}

/// Reports
///
/// By date; with `q` those that hold the words, the best first.
#[utoipa::path(get, path = "/reports", tag = "reports", params(ReportsQuery), responses(
    (status = 200, body = List<ReportItem>),
    (status = 400, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn reports(
    State(app): State<App>,
    Params(query): Params<ReportsQuery>,
) -> Result<Json<List<ReportItem>>> {
    let filter = query.filter()?;
    let listing = listing(Listing::Reports, Listing::SearchReports, &filter, query.order.is_some())?;
    Ok(Json(page(&app, listing, filter, query.limit, query.cursor).await?))
}

/// Statements
///
/// By the date of their reports; with `q` those that hold the words, the best first.
#[utoipa::path(get, path = "/statements", tag = "statements", params(StatementsQuery), responses(
    (status = 200, body = List<StatementItem>),
    (status = 400, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn statements(
    State(app): State<App>,
    Params(query): Params<StatementsQuery>,
) -> Result<Json<List<StatementItem>>> {
    let filter = query.filter()?;
    let listing = listing(Listing::Statements, Listing::SearchStatements, &filter, query.order.is_some())?;
    Ok(Json(page(&app, listing, filter, query.limit, query.cursor).await?))
}

/// Figures
///
/// By the date of their reports.
#[utoipa::path(get, path = "/figures", tag = "figures", params(FiguresQuery), responses(
    (status = 200, body = List<FigureItem>),
    (status = 400, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn figures(
    State(app): State<App>,
    Params(query): Params<FiguresQuery>,
) -> Result<Json<List<FigureItem>>> {
    let filter = query.filter()?;
    Ok(Json(page(&app, Listing::Figures, filter, query.limit, query.cursor).await?))
}

/// What is searched for.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct SearchQuery {
    /// All of these words; "in quotes" exactly, harb* for what begins so
    q: String,
    /// What is searched [default: reports]
    #[param(inline)]
    kind: Option<Searched>,
    /// The outlet's name
    outlet: Option<String>,
    /// Published on or after this date
    from: Option<String>,
    /// Published on or before this date
    to: Option<String>,
    /// Of statements: what is done by saying it
    act: Option<String>,
    /// Of statements: how openly the speaker is named
    naming: Option<String>,
    /// Of statements: what people said of it
    status: Option<String>,
    /// Lines of the page, 1 to 500 [default: 50]
    limit: Option<usize>,
    /// `next` of the page before, with the same filters
    cursor: Option<String>,
}

#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Searched {
    Reports,
    Statements,
}

/// Search
///
/// The best first, with the words that were found in brackets.
#[utoipa::path(get, path = "/search", tag = "reports", params(SearchQuery), responses(
    (status = 200, body = List<ReportItem>, description = "Reports, or statements if those were asked for"),
    (status = 400, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn search(State(app): State<App>, Params(query): Params<SearchQuery>) -> Result<Response> {
    let mut filter = Filter { words: Some(String::new()), ..Filter::default() };
    for (name, value) in [
        ("q", &Some(query.q)),
        ("outlet", &query.outlet),
        ("from", &query.from),
        ("to", &query.to),
        ("act", &query.act),
        ("naming", &query.naming),
        ("status", &query.status),
    ] {
        put(&mut filter, name, value.as_ref())?;
    }
    let (n_most, cursor) = (query.limit, query.cursor);
    Ok(match query.kind.unwrap_or(Searched::Reports) {
        Searched::Reports => {
            Json(page::<ReportItem>(&app, Listing::SearchReports, filter, n_most, cursor).await?)
                .into_response()
        }
        Searched::Statements => {
            Json(page::<StatementItem>(&app, Listing::SearchStatements, filter, n_most, cursor).await?)
                .into_response()
        }
    })
}
