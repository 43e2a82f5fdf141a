//! What to look at.

use ascribe_ledger::{FlagKind, Ledger, Listing};
use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::app::App;
use crate::links::links_page;
use crate::params::{Params, filter_of};
use crate::problem::{Problem, Result};
use crate::shapes::{List, shaped};

/// Something to look at: what does not fit, never who is right.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(from = "FlagLine")]
pub(crate) struct FlagItem {
    flag: String,
    kind: String,
    story: String,
    /// The report of the target.
    report: String,
    /// The newest of what it rests on.
    target: String,
    /// The next before it.
    other: Option<String>,
    /// All but the target.
    others: Vec<String>,
    /// One plain sentence.
    why: String,
    published: Option<String>,
    outlet: Option<String>,
    title: Option<String>,
    /// `open` or `dismissed`.
    status: String,
    /// Why a person dismissed it.
    reason: Option<String>,
}

/// As the ledger has it.
#[derive(Deserialize)]
struct FlagLine {
    flag: String,
    kind: String,
    story: String,
    report: String,
    target: String,
    other: Vec<String>,
    why: String,
    published: Option<String>,
    outlet: Option<String>,
    title: Option<String>,
    dismissed: Option<String>,
}

impl From<FlagLine> for FlagItem {
    fn from(line: FlagLine) -> Self {
        Self {
            flag: line.flag,
            kind: line.kind,
            story: line.story,
            report: line.report,
            target: line.target,
            other: line.other.last().cloned(),
            others: line.other,
            why: line.why,
            published: line.published,
            outlet: line.outlet,
            title: line.title,
            status: if line.dismissed.is_some() { "dismissed" } else { "open" }.to_owned(),
            reason: line.dismissed.filter(|reason| !reason.is_empty()),
        }
    }
}

impl FlagItem {
    /// Whether a party gives no figure where another gives one.
    pub(crate) fn is_silence(&self) -> bool {
        self.kind == FlagKind::Silence.name()
    }
}

/// Which flags.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct FlagsQuery {
    /// Of this kind
    kind: Option<String>,
    /// Of this story: its id, or that of a report of it
    story: Option<String>,
    /// Of this report
    report: Option<String>,
    /// What people said of it [default: any]
    #[param(inline)]
    status: Option<Status>,
    /// Lines of the page, 1 to 500 [default: 50]
    limit: Option<usize>,
    /// `next` of the page before, with the same filters
    cursor: Option<String>,
}

#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Status {
    Open,
    Dismissed,
}

/// Flags
///
/// What to look at, that of the newest reports first.
#[utoipa::path(get, path = "/flags", tag = "links", params(FlagsQuery), responses(
    (status = 200, body = List<FlagItem>),
    (status = 400, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn flags(
    State(app): State<App>,
    Params(query): Params<FlagsQuery>,
) -> Result<Json<List<FlagItem>>> {
    let mut filter = filter_of([("kind", &query.kind), ("story", &query.story), ("report", &query.report)])?;
    filter.status = query.status.map(|status| match status {
        Status::Open => "open".to_owned(),
        Status::Dismissed => "dismissed".to_owned(),
    });
    Ok(Json(links_page(&app, Listing::Flags, filter, query.limit, query.cursor).await?))
}

/// The flag with this id.
pub(crate) fn flag_of(ledger: &Ledger, id: &str) -> Result<FlagItem> {
    shaped(&ledger.flag_line(id)?)
}
