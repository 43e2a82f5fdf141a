//! The queue of what nobody has decided about.

use ascribe_ledger::{Filter, Ledger, Listing, Queued};
use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::{IntoParams, ToSchema};

use crate::app::App;
use crate::list::page_of;
use crate::params::{Params, filter_of, limit};
use crate::problem::{Problem, Result};
use crate::shapes::{FigureItem, List, StatementItem, shaped};

/// What is reviewed.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ReviewQuery {
    /// In which order [default: confidence, the least sure first]
    #[param(inline)]
    by: Option<By>,
    /// What [default: all]; by date only one kind
    #[param(inline)]
    kind: Option<Which>,
    /// Of this speaker: words of the name, or an actor's id
    speaker: Option<String>,
    /// The outlet's name
    outlet: Option<String>,
    /// Published on or after this date
    from: Option<String>,
    /// Published on or before this date
    to: Option<String>,
    /// Of this report
    report: Option<String>,
    /// Of this story: its id, or that of a report of it
    story: Option<String>,
    /// On which this flag rests: its id, or a kind of flags (those that nobody dismissed, of very many the newest 1000)
    flag: Option<String>,
    /// No surer than this, 0 to 1
    max_confidence: Option<f64>,
    /// Lines of the page, 1 to 500 [default: 50]
    limit: Option<usize>,
    /// `next` of the page before, with the same filters
    cursor: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum By {
    Confidence,
    Newest,
    Oldest,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Which {
    All,
    Statements,
    Figures,
}

/// Something to review.
#[derive(Debug, Serialize, ToSchema)]
#[serde(tag = "kind", content = "item", rename_all = "lowercase")]
pub(crate) enum ReviewItem {
    Statement(StatementItem),
    Figure(FigureItem),
}

impl ReviewQuery {
    fn filter(&self) -> Result<Filter> {
        if self.max_confidence.is_some_and(|most| !(0.0..=1.0).contains(&most)) {
            return Err(Problem::bad_request("'max_confidence' is a number from 0 to 1."));
        }
        filter_of([
            ("speaker", &self.speaker),
            ("outlet", &self.outlet),
            ("from", &self.from),
            ("to", &self.to),
            ("report", &self.report),
            ("story", &self.story),
            ("flag", &self.flag),
        ])
    }

    fn listings(&self) -> &'static [Listing] {
        match self.kind.unwrap_or(Which::All) {
            Which::All => &[Listing::Statements, Listing::Figures],
            Which::Statements => &[Listing::Statements],
            Which::Figures => &[Listing::Figures],
        }
    }

    fn most_sure(&self) -> f64 {
        self.max_confidence.unwrap_or(1.0)
    }
}

/// What nobody has decided about
///
/// The least sure first, or by date. Of a large ledger the newest 20,000 of each kind are put in order.
#[utoipa::path(get, path = "/review", tag = "decisions", params(ReviewQuery), responses(
    (status = 200, body = List<ReviewItem>),
    (status = 400, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn review(
    State(app): State<App>,
    Params(query): Params<ReviewQuery>,
) -> Result<Json<List<ReviewItem>>> {
    let (filter, n_most) = (query.filter()?, limit(query.limit)?);
    let list = app.pool.read(move |ledger| {
        let cursor = query.cursor.as_deref().filter(|cursor| !cursor.is_empty());
        match query.by.unwrap_or(By::Confidence) {
            By::Confidence => {
                let (queue, next) =
                    ledger.queue(query.listings(), &filter, query.most_sure(), cursor, n_most)?;
                Ok(List { items: queue.iter().map(item).collect::<Result<_>>()?, next })
            }
            by => by_date(ledger, &query, filter, by, n_most),
        }
    });
    Ok(Json(list.await?))
}

fn item(queued: &Queued) -> Result<ReviewItem> {
    Ok(match queued.listing {
        Listing::Figures => ReviewItem::Figure(shaped(&queued.line)?),
        _ => ReviewItem::Statement(shaped(&queued.line)?),
    })
}

/// All that is open in the order of its reports.
fn by_date(
    ledger: &Ledger,
    query: &ReviewQuery,
    filter: Filter,
    by: By,
    n_most: usize,
) -> Result<List<ReviewItem>> {
    if query.max_confidence.is_some() {
        return Err(Problem::bad_request("'max_confidence' goes with by=confidence."));
    }
    let order = if by == By::Newest { ascribe_ledger::Order::Newest } else { ascribe_ledger::Order::Oldest };
    let filter = Filter { status: Some("open".to_owned()), order, ..filter };
    let cursor = query.cursor.as_deref();
    match query.kind.unwrap_or(Which::All) {
        Which::All => Err(Problem::bad_request("By date one 'kind' is asked for: statements or figures.")),
        Which::Statements => {
            let List { items, next } = page_of(ledger, Listing::Statements, &filter, cursor, n_most)?;
            Ok(List { items: items.into_iter().map(ReviewItem::Statement).collect(), next })
        }
        Which::Figures => {
            let List { items, next } = page_of(ledger, Listing::Figures, &filter, cursor, n_most)?;
            Ok(List { items: items.into_iter().map(ReviewItem::Figure).collect(), next })
        }
    }
}

/// How much nobody has decided about
#[utoipa::path(get, path = "/review/count", tag = "decisions", params(ReviewQuery), responses(
    (status = 200, body = Object, description = "`open`; no more than 20,000 of each kind are counted"),
    (status = 400, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn count(State(app): State<App>, Params(query): Params<ReviewQuery>) -> Result<Json<Value>> {
    let filter = query.filter()?;
    let answer = app.kept(format!("review {query:?}"), move |ledger| {
        Ok(json!({ "open": ledger.n_open(query.listings(), &filter, query.most_sure())? }))
    });
    Ok(Json(Value::clone(&*answer.await?)))
}
