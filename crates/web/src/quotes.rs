//! Statements that quote the same.

use ascribe_ledger::Listing;
use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::app::App;
use crate::links::{Linked, from_number, linked, links_page};
use crate::params::{Id, Params, filter_of};
use crate::problem::{Problem, Result};
use crate::shapes::{List, StatementItem, shaped};

/// What several statements quote.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct Quotation {
    /// The id of the first statement.
    quote: String,
    speaker: Option<String>,
    content: Option<String>,
    /// The report of the first statement.
    report: String,
    published: Option<String>,
    outlets: i64,
    /// How many words two of them have in common at least.
    n_same: i64,
    /// Whether the words differ somewhere.
    #[serde(rename(deserialize = "differs"), deserialize_with = "from_number")]
    drift: bool,
}

/// What several statements quote, in a list.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct QuoteItem {
    #[serde(flatten)]
    quotation: Quotation,
    /// How many.
    statements: i64,
}

/// What several statements quote, and they.
#[derive(Serialize, ToSchema)]
pub(crate) struct QuotePage {
    #[serde(flatten)]
    quotation: Quotation,
    /// The first first.
    statements: Vec<Linked<StatementItem, Repeated>>,
}

/// How a statement goes on from another.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(from = "RepeatedLine")]
pub(crate) struct Repeated {
    /// The statement of which the words are nearest; null for the first.
    earlier: Option<String>,
    /// How many words they have in common.
    n_same: i64,
    /// Whether words differ.
    drift: bool,
    /// The words that differ, those of `earlier` first.
    differences: Vec<[String; 2]>,
}

/// As the ledger has it.
#[derive(Deserialize)]
struct RepeatedLine {
    earlier: Option<String>,
    n_same: Option<i64>,
    drift: Vec<[String; 2]>,
}

impl From<RepeatedLine> for Repeated {
    fn from(line: RepeatedLine) -> Self {
        Self {
            earlier: line.earlier,
            n_same: line.n_same.unwrap_or_default(),
            drift: !line.drift.is_empty(),
            differences: line.drift,
        }
    }
}

/// Which quotations.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct QuotesQuery {
    /// Of this speaker: words of the name, or an actor's id
    speaker: Option<String>,
    /// That this outlet quotes
    outlet: Option<String>,
    /// First published on or after this date
    from: Option<String>,
    /// First published on or before this date
    to: Option<String>,
    /// Only those of which the words differ somewhere
    drift: Option<bool>,
    /// Lines of the page, 1 to 500 [default: 50]
    limit: Option<usize>,
    /// `next` of the page before, with the same filters
    cursor: Option<String>,
}

/// Quotations
///
/// What two statements or more quote, that which was said last first.
#[utoipa::path(get, path = "/quotes", tag = "links", params(QuotesQuery), responses(
    (status = 200, body = List<QuoteItem>),
    (status = 400, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn quotes(
    State(app): State<App>,
    Params(query): Params<QuotesQuery>,
) -> Result<Json<List<QuoteItem>>> {
    let mut filter = filter_of([
        ("speaker", &query.speaker),
        ("outlet", &query.outlet),
        ("from", &query.from),
        ("to", &query.to),
    ])?;
    filter.drift = query.drift.unwrap_or_default();
    Ok(Json(links_page(&app, Listing::Quotes, filter, query.limit, query.cursor).await?))
}

/// A quotation
///
/// With all statements that quote it, and the words in which they differ.
#[utoipa::path(get, path = "/quotes/{id}", tag = "links", params(("id" = String, Path, description = "The id of any of its statements")), responses(
    (status = 200, body = QuotePage),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn quote(State(app): State<App>, Id(id): Id) -> Result<Json<QuotePage>> {
    let page = app.pool.read(move |ledger| {
        let quotation = shaped(&ledger.quote_line(&id)?)?;
        Ok(QuotePage { quotation, statements: linked(&ledger.quote_statements(&id)?)? })
    });
    Ok(Json(page.await?))
}
