//! Reports that have the text of another.

use ascribe_ledger::Listing;
use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::app::App;
use crate::links::links_page;
use crate::params::{Params, filter_of};
use crate::problem::{Problem, Result};
use crate::shapes::List;

/// A report that has the text of another.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct CopyItem {
    report: String,
    /// The one that it was most likely copied from; null for one that others copy.
    original: Option<String>,
    /// `exact`, `near` or `contained`.
    kind: String,
    probability: Option<f64>,
    /// How much of the one that has more in common is in the other, 0 to 1.
    share: Option<f64>,
    /// Where the text is first.
    root: String,
    published: Option<String>,
    outlet: Option<String>,
    title: Option<String>,
}

/// Which copies.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct CopiesQuery {
    /// Those of the text of this report
    report: Option<String>,
    /// Lines of the page, 1 to 500 [default: 50]
    limit: Option<usize>,
    /// `next` of the page before, with the same filters
    cursor: Option<String>,
}

/// Copies
///
/// Reports that have the text of one before them, the newest first.
#[utoipa::path(get, path = "/copies", tag = "links", params(CopiesQuery), responses(
    (status = 200, body = List<CopyItem>),
    (status = 400, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn copies(
    State(app): State<App>,
    Params(query): Params<CopiesQuery>,
) -> Result<Json<List<CopyItem>>> {
    let filter = filter_of([("report", &query.report)])?;
    Ok(Json(links_page(&app, Listing::Copies, filter, query.limit, query.cursor).await?))
}
