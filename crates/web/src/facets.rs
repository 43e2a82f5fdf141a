//! What can be filtered by, and counts for the first page.

use ascribe_ledger::{Correctable, Filter, Ledger, Missed, Period, correctable};
use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::{IntoParams, ToSchema};

use crate::app::App;
use crate::params::{Params, STATUSES, closed, put};
use crate::problem::{Problem, Result};
use crate::shapes::shaped;

/// A date and how many reports it has.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct DateItem {
    date: Option<String>,
    reports: i64,
}

/// An outlet and how many reports it has.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct OutletItem {
    name: String,
    n: i64,
}

/// What dates are counted.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct DatesQuery {
    /// The outlet's name
    outlet: Option<String>,
    /// On or after this date
    from: Option<String>,
    /// On or before this date
    to: Option<String>,
    /// By what [default: day]
    #[param(inline)]
    by: Option<By>,
}

#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum By {
    Day,
    Month,
    Year,
}

/// What can be filtered by
///
/// All outlets, the closed lists, and the fields that can be corrected.
#[utoipa::path(get, path = "/facets", tag = "server", responses((status = 200, body = Object)))]
pub(crate) async fn facets(State(app): State<App>) -> Result<Json<Value>> {
    let answer = app.kept("facets".to_owned(), facets_of).await?;
    Ok(Json(Value::clone(&*answer)))
}

fn facets_of(ledger: &Ledger) -> Result<Value> {
    let outlets: Vec<OutletItem> = ledger.outlets()?.iter().map(|row| shaped(row)).collect::<Result<_>>()?;
    let of = |kind, name| closed(kind, name).map(|field| field.values);
    let fields = |kind| -> Vec<Value> { correctable(kind).iter().map(field).collect() };
    Ok(json!({
        "outlets": outlets,
        "acts": of(Missed::Statement, "act"),
        "namings": of(Missed::Statement, "naming"),
        "certainties": of(Missed::Statement, "certainty"),
        "forms": of(Missed::Statement, "form"),
        "mediums": of(Missed::Statement, "medium"),
        "kinds": of(Missed::Statement, "kind"),
        "measures": of(Missed::Figure, "measure"),
        "bounds": of(Missed::Figure, "bound"),
        "scopes": of(Missed::Figure, "scope"),
        "statuses": STATUSES,
        "fields": {
            "statement": fields(Some(Missed::Statement)),
            "figure": fields(Some(Missed::Figure)),
            "report": fields(None),
        },
    }))
}

fn field(field: &Correctable) -> Value {
    let Correctable { name, rule, values } = field;
    let mut json = json!({ "name": name, "rule": rule });
    if !values.is_empty() {
        json["values"] = json!(values);
    }
    json
}

/// How many reports each day, month or year has
#[utoipa::path(get, path = "/dates", tag = "reports", params(DatesQuery), responses(
    (status = 200, body = crate::shapes::List<DateItem>),
    (status = 400, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn dates(State(app): State<App>, Params(query): Params<DatesQuery>) -> Result<Json<Value>> {
    let mut filter = Filter::default();
    for (name, value) in [("outlet", &query.outlet), ("from", &query.from), ("to", &query.to)] {
        put(&mut filter, name, value.as_ref())?;
    }
    let period = match query.by.unwrap_or(By::Day) {
        By::Day => Period::Day,
        By::Month => Period::Month,
        By::Year => Period::Year,
    };
    let answer = app.kept(format!("dates {query:?}"), move |ledger| {
        let dates: Vec<DateItem> =
            ledger.dates(period, &filter)?.iter().map(|row| shaped(row)).collect::<Result<_>>()?;
        Ok(json!({ "items": dates, "next": null }))
    });
    Ok(Json(Value::clone(&*answer.await?)))
}

/// How much is in the ledger
#[utoipa::path(get, path = "/summary", tag = "server", responses((status = 200, body = Object)))]
pub(crate) async fn summary(State(app): State<App>) -> Result<Json<Value>> {
    let answer = app.kept("summary".to_owned(), |ledger| {
        let (summary, links) = (ledger.summary()?, ledger.link_counts()?);
        Ok(json!({
            "reports": summary.reports,
            "statements": summary.statements,
            "figures": summary.figures,
            "speakers": summary.speakers,
            "decisions": summary.decisions,
            "open": summary.open,
            "refused": summary.refused,
            "stories": links.stories,
            "flags": links.flags,
            "unlinked": links.unlinked,
            "first": summary.first,
            "last": summary.last,
        }))
    });
    Ok(Json(Value::clone(&*answer.await?)))
}
