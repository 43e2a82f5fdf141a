//! Figures that count the same thing.

use ascribe_ledger::Listing;
use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::app::App;
use crate::links::{Linked, linked, links_page};
use crate::params::{Id, Params, filter_of};
use crate::problem::{Problem, Result};
use crate::shapes::{FigureItem, List, shaped};

/// Figures that count the same thing.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct SeriesItem {
    /// The id of the first figure.
    series: String,
    story: String,
    measure: String,
    counted: Option<String>,
    place: Option<String>,
    /// How many.
    pub(crate) figures: i64,
    first: Option<String>,
    last: Option<String>,
}

/// A series with its figures.
#[derive(Serialize, ToSchema)]
pub(crate) struct SeriesPage {
    #[serde(flatten)]
    series: SeriesItem,
    /// In the order of what they tell.
    points: Vec<Linked<FigureItem, Point>>,
}

/// What joins a figure to its series.
#[derive(Serialize, Deserialize, ToSchema)]
pub(crate) struct Point {
    /// The figure that it is joined to.
    prior: Option<String>,
    /// How: `repeats`, `updates`, `corrects`, `conflicts` or `part_of`.
    edge: Option<String>,
    /// Who gives it, as far as it can be traced.
    origin: String,
    /// The day for which it holds.
    holds: Option<String>,
    /// The words around it.
    sentence: Option<String>,
}

/// Which series.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct SeriesQuery {
    /// Of this story: its id, or that of a report of it
    story: Option<String>,
    /// What they measure
    measure: Option<String>,
    /// With a figure of this place, as worded
    place: Option<String>,
    /// Lines of the page, 1 to 500 [default: 50]
    limit: Option<usize>,
    /// `next` of the page before, with the same filters
    cursor: Option<String>,
}

/// Series
///
/// Two figures or more that count the same thing; that which began last first.
#[utoipa::path(get, path = "/series", tag = "links", operation_id = "all_series", params(SeriesQuery), responses(
    (status = 200, body = List<SeriesItem>),
    (status = 400, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn all(
    State(app): State<App>,
    Params(query): Params<SeriesQuery>,
) -> Result<Json<List<SeriesItem>>> {
    let filter = filter_of([("story", &query.story), ("measure", &query.measure), ("place", &query.place)])?;
    Ok(Json(links_page(&app, Listing::Series, filter, query.limit, query.cursor).await?))
}

/// A series
///
/// With all its figures, and how each goes on from another.
#[utoipa::path(get, path = "/series/{id}", tag = "links", operation_id = "one_series", params(("id" = String, Path, description = "The id of any of its figures")), responses(
    (status = 200, body = SeriesPage),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn one(State(app): State<App>, Id(id): Id) -> Result<Json<SeriesPage>> {
    let page = app.pool.read(move |ledger| {
        let series = shaped(&ledger.series_line(&id)?)?;
        Ok(SeriesPage { series, points: linked(&ledger.series_points(&id)?)? })
    });
    Ok(Json(page.await?))
}
