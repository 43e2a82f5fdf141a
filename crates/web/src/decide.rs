//! Decisions: the log, and making them.

use ascribe_ledger::{ErrorKind, Filter, Ledger, Listing, Missed, Verdict};
use axum::extract::State;
use axum::http::StatusCode;
use axum::{Extension, Json};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use utoipa::ToSchema;

use crate::app::App;
use crate::flags::flag_of;
use crate::list::{page, page_of};
use crate::login::Who;
use crate::params::{Body, DecisionsQuery, MOST_LINES, Params};
use crate::problem::{Problem, Result, of_decision};
use crate::report::decisions_about;
use crate::shapes::{DecisionItem, FigureItem, List, ReportItem, StatementItem};
use crate::users::Role;

/// What a person decides.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Asked {
    action: Asks,
    /// The id of a statement, figure, report, actor or flag; of an undo that of a decision.
    target: String,
    /// The version of what was looked at; of an undo `holds`. With it a decision about what others changed
    /// meanwhile is refused.
    seen: Option<String>,
    /// Of a correction.
    field: Option<String>,
    /// Of a correction, empty to empty the field; of a merge the actor that stays; of a join the story, or a report of it.
    value: Option<String>,
    comment: Option<String>,
    /// Of an addition.
    kind: Option<Kind>,
    /// Of an addition: its fields.
    #[schema(value_type = Option<Object>)]
    fields: Option<Map<String, Value>>,
    /// Of an addition: where its words begin, in code points, if they stand in several places.
    at: Option<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Asks {
    Accept,
    Reject,
    Correct,
    Comment,
    Undo,
    Merge,
    Split,
    Join,
    Part,
    Dismiss,
    Add,
}

#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Kind {
    Statement,
    Figure,
}

/// A decision that was made.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Made {
    decision: DecisionItem,
    /// What it is about as it is now; null if that is gone or an actor.
    #[schema(value_type = Option<Object>)]
    item: Option<Value>,
}

/// Many decisions.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Bulk {
    /// Up to 500.
    decisions: Vec<Asked>,
}

/// What came of many decisions, in their order.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BulkMade {
    results: Vec<Outcome>,
}

/// A decision that was made, or why it was not.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
pub(crate) enum Outcome {
    Made(Box<Made>),
    Refused { problem: Problem },
}

/// The log of decisions
#[utoipa::path(get, path = "/decisions", tag = "decisions", params(DecisionsQuery), responses(
    (status = 200, body = List<DecisionItem>),
    (status = 400, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn decisions(
    State(app): State<App>,
    Params(query): Params<DecisionsQuery>,
) -> Result<Json<List<DecisionItem>>> {
    Ok(Json(page(&app, Listing::Decisions, query.filter()?, query.limit, query.cursor).await?))
}

/// Decide
#[utoipa::path(post, path = "/decisions", tag = "decisions", request_body = Asked, responses(
    (status = 201, body = Made),
    (status = 400, body = Problem, content_type = "application/problem+json"),
    (status = 403, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 409, body = Problem, description = "Somebody decided meanwhile; `current` is what it is now", content_type = "application/problem+json"),
    (status = 415, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, description = "It does not fit its target", content_type = "application/problem+json"),
    (status = 503, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn decide(
    State(app): State<App>,
    who: Option<Extension<Who>>,
    Body(asked): Body<Asked>,
) -> Result<(StatusCode, Json<Made>)> {
    let author = may_decide(&app, who)?;
    let made = app.pool.write(move |ledger| make(ledger, asked, &author)).await?;
    app.changed();
    app.linking.wake();
    Ok((StatusCode::CREATED, Json(made)))
}

/// Decide about many
///
/// Each on its own: those that are refused leave the others as they are.
#[utoipa::path(post, path = "/decisions/bulk", tag = "decisions", request_body = Bulk, responses(
    (status = 200, body = BulkMade),
    (status = 400, body = Problem, content_type = "application/problem+json"),
    (status = 403, body = Problem, content_type = "application/problem+json"),
    (status = 415, body = Problem, content_type = "application/problem+json"),
    (status = 503, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn decide_bulk(
    State(app): State<App>,
    who: Option<Extension<Who>>,
    Body(bulk): Body<Bulk>,
) -> Result<Json<BulkMade>> {
    let author = may_decide(&app, who)?;
    if bulk.decisions.len() > MOST_LINES {
        return Err(Problem::bad_request(format!("No more than {MOST_LINES} decisions are taken at once.")));
    }
    let results = app.pool.write(move |ledger| {
        let make = |asked| match make(ledger, asked, &author) {
            Ok(made) => Outcome::Made(Box::new(made)),
            Err(problem) => Outcome::Refused { problem },
        };
        Ok(bulk.decisions.into_iter().map(make).collect())
    });
    let results = results.await?;
    app.changed();
    app.linking.wake();
    Ok(Json(BulkMade { results }))
}

/// The name of who decides.
fn may_decide(app: &App, who: Option<Extension<Who>>) -> Result<String> {
    let Some(Extension(who)) = who else { return Err(Problem::name_required()) };
    if who.role < Role::Reviewer {
        return Err(Problem::forbidden("Readers cannot decide."));
    }
    if app.read_only { Err(Problem::read_only()) } else { Ok(who.name) }
}

fn make(ledger: &mut Ledger, asked: Asked, author: &str) -> Result<Made> {
    let (action, target, seen, comment) =
        (asked.action, asked.target.clone(), asked.seen.clone(), asked.comment.clone());
    let verdict = verdict(asked)?;
    // To the microsecond: decisions are told apart by it.
    let time = format!("{:.6}", jiff::Timestamp::now());
    let comment = comment.as_deref().filter(|comment| !comment.is_empty());
    let made = ledger.decide_seen(&target, &verdict, author, &time, comment, seen.as_deref());
    let id = match made {
        Ok(id) => id.to_string(),
        Err(error) if error.kind() == ErrorKind::Conflict => {
            return Err(conflict(ledger, error.into(), &target));
        }
        Err(error) => return Err(of_decision(error)),
    };
    let decision = logged(ledger, &id)?;
    // An undo is about a decision; what that was about is what changed.
    let about = match action {
        Asks::Undo => decision.target().map(|undone| logged(ledger, undone)).transpose()?,
        _ => None,
    };
    let about = about.as_ref().unwrap_or(&decision).target().unwrap_or_default();
    let item = item(ledger, about)?;
    Ok(Made { decision, item })
}

fn verdict(asked: Asked) -> Result<Verdict> {
    let needs = |name: &str, value: Option<String>| {
        value.ok_or_else(|| Problem::bad_request(format!("'{name}' is needed for this action.")))
    };
    let of_others = match asked.action {
        Asks::Correct => asked.kind.is_some() || asked.fields.is_some(),
        Asks::Merge | Asks::Join => asked.kind.is_some() || asked.fields.is_some() || asked.field.is_some(),
        Asks::Add => asked.field.is_some() || asked.value.is_some(),
        _ => asked.field.is_some() || asked.value.is_some() || asked.kind.is_some() || asked.fields.is_some(),
    };
    if of_others || asked.at.is_some() && asked.action != Asks::Add {
        return Err(Problem::bad_request("The decision has members that its action does not take."));
    }
    Ok(match asked.action {
        Asks::Accept => Verdict::Accept,
        Asks::Reject => Verdict::Reject,
        Asks::Comment => {
            needs("comment", asked.comment.filter(|comment| !comment.trim().is_empty()))?;
            Verdict::Comment
        }
        Asks::Undo => Verdict::Undo,
        Asks::Split => Verdict::Split,
        Asks::Join => Verdict::Join(needs("value", asked.value)?),
        Asks::Part => Verdict::Part,
        Asks::Dismiss => Verdict::Dismiss,
        Asks::Correct => Verdict::Set(needs("field", asked.field)?, needs("value", asked.value)?),
        Asks::Merge => Verdict::Merge(needs("value", asked.value)?),
        Asks::Add => {
            let kind = match asked.kind {
                Some(Kind::Statement) => Missed::Statement,
                Some(Kind::Figure) => Missed::Figure,
                None => return Err(Problem::bad_request("'kind' is needed for this action.")),
            };
            let field = |(name, value): (String, Value)| match value {
                Value::String(text) => Ok((name, text)),
                Value::Number(number) => Ok((name, number.to_string())),
                _ => Err(Problem::bad_request(format!("The field '{name}' is no text."))),
            };
            let fields = asked.fields.unwrap_or_default().into_iter().map(field).collect::<Result<_>>()?;
            Verdict::Add(kind, fields, asked.at)
        }
    })
}

/// With what the target is now, and what was decided about it.
fn conflict(ledger: &Ledger, problem: Problem, target: &str) -> Problem {
    let decisions = decisions_about(ledger, target).unwrap_or_default();
    match item(ledger, target) {
        Ok(Some(Value::Object(mut item))) => {
            item.insert("decisions".to_owned(), json!(decisions));
            problem.with_current(Value::Object(item))
        }
        _ => problem,
    }
}

/// The decision with this id.
fn logged(ledger: &Ledger, id: &str) -> Result<DecisionItem> {
    ledger.decision_line(id)?.map_or_else(
        || Err(Problem::not_found(format!("No decision has the id {id}."))),
        |line| crate::shapes::shaped(&line),
    )
}

/// The statement, figure, report or flag with this id as it is now; none if there is none, or for an actor.
fn item(ledger: &Ledger, id: &str) -> Result<Option<Value>> {
    let kind = id.split_once('.').map(|(_, item)| item.chars().next());
    let filter = Filter { id: Some(id.to_owned()), ..Filter::default() };
    fn one<T: serde::de::DeserializeOwned + Serialize + ToSchema>(
        ledger: &Ledger,
        listing: Listing,
        filter: &Filter,
    ) -> Result<Option<Value>> {
        let List { items, .. } = page_of::<T>(ledger, listing, filter, None, 1)?;
        let item = items.into_iter().next().map(serde_json::to_value).transpose();
        item.map_err(|error| Problem::broken(error.to_string()))
    }
    match kind {
        Some(Some('s')) => one::<StatementItem>(ledger, Listing::Statements, &filter),
        Some(Some('f')) => one::<FigureItem>(ledger, Listing::Figures, &filter),
        Some(Some('g')) => match flag_of(ledger, id) {
            Ok(flag) => {
                serde_json::to_value(flag).map(Some).map_err(|error| Problem::broken(error.to_string()))
            }
            // A flag goes with what it was raised by.
            Err(_) => Ok(None),
        },
        None if !id.starts_with('p') && !id.is_empty() => {
            one::<ReportItem>(ledger, Listing::Reports, &filter)
        }
        _ => Ok(None),
    }
}
