//! Who speaks.

use std::collections::BTreeMap;

use ascribe_ledger::{Filter, Ledger, Listing, Value};
use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json_;
use utoipa::ToSchema;

use crate::app::App;
use crate::params::{Id, Params, SpeakersQuery, limit};
use crate::problem::{Problem, Result};
use crate::report::decisions_about;
use crate::shapes::{DecisionItem, List, SpeakerItem, shaped};

/// A value and how often.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Count {
    name: String,
    n: usize,
}

/// A date and how often.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DateCount {
    date: Option<String>,
    n: usize,
}

/// A party: what it says and how it is named, counted over its newest statements.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Profile {
    actor: String,
    speaker: String,
    kind: String,
    statements: usize,
    reports: usize,
    /// Whether there are more statements than those that were counted.
    more: bool,
    /// Those that people merged into it.
    merged: Vec<Party>,
    acts: Vec<Count>,
    namings: Vec<Count>,
    certainties: Vec<Count>,
    forms: Vec<Count>,
    vias: Vec<Count>,
    outlets: Vec<Count>,
    roles: Vec<Count>,
    by_month: Vec<DateCount>,
    decisions: Vec<DecisionItem>,
}

/// A party by its name.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct Party {
    actor: String,
    speaker: String,
    kind: String,
}

/// So many statements of a speaker are counted.
const MOST_COUNTED: u64 = 10_000;

/// Speakers
///
/// Those who say most first.
#[utoipa::path(get, path = "/speakers", tag = "speakers", params(SpeakersQuery), responses(
    (status = 200, body = List<SpeakerItem>),
    (status = 400, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn speakers(
    State(app): State<App>,
    Params(query): Params<SpeakersQuery>,
) -> Result<Json<Json_>> {
    let (filter, n_most) = (query.filter()?, limit(query.limit)?);
    let key = format!("speakers {query:?}");
    let cursor = query.cursor.filter(|cursor| !cursor.is_empty());
    // To count all statements of a large ledger takes seconds, so the answer is kept.
    let answer = app.kept(key, move |ledger| {
        let list: List<SpeakerItem> =
            crate::list::page_of(ledger, Listing::Speakers, &filter, cursor.as_deref(), n_most)?;
        serde_json::to_value(list).map_err(|error| Problem::broken(error.to_string()))
    });
    Ok(Json(Json_::clone(&*answer.await?)))
}

/// A speaker
#[utoipa::path(get, path = "/speakers/{actor}", tag = "speakers", params(("actor" = String, Path, description = "The actor's id")), responses(
    (status = 200, body = Profile),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn speaker(State(app): State<App>, Id(actor): Id) -> Result<Json<Profile>> {
    Ok(Json(app.pool.read(move |ledger| profile(ledger, &actor)).await?))
}

fn profile(ledger: &Ledger, actor: &str) -> Result<Profile> {
    if actor.len() != 17 || !actor.starts_with('p') {
        return Err(Problem::not_found(format!("No actor has the id {actor}.")));
    }
    let mut parties = ledger.party(actor)?.into_iter().map(|row| shaped(&row));
    let Some(head) = parties.next().transpose()? else {
        return Err(Problem::not_found(format!("No actor has the id {actor}.")));
    };
    let Party { actor, speaker, kind } = head;
    let merged = parties.collect::<Result<_>>()?;
    let filter = Filter {
        speaker: Some(actor.clone()),
        order: ascribe_ledger::Order::Newest,
        limit: Some(MOST_COUNTED + 1),
        ..Filter::default()
    };
    let mut counts: BTreeMap<&str, BTreeMap<String, usize>> = BTreeMap::new();
    let (mut by_month, mut n): (BTreeMap<Option<String>, usize>, u64) = Default::default();
    ledger.list(Listing::Statements, &filter, &mut |row| {
        n += 1;
        if n > MOST_COUNTED {
            return false;
        }
        let text = |name: &str| {
            row.iter().find_map(|(column, value)| match value {
                Value::Text(text) if *column == name => Some(text.clone()),
                _ => None,
            })
        };
        if text("status").as_deref() == Some("rejected") {
            return true;
        }
        for name in ["act", "naming", "certainty", "form", "via", "outlet", "role", "report"] {
            if let Some(value) = text(name) {
                *counts.entry(name).or_default().entry(value).or_default() += 1;
            }
        }
        let month = text("published").map(|date| date.chars().take(7).collect());
        *by_month.entry(month).or_default() += 1;
        true
    })?;
    let statements = by_month.values().sum();
    let reports = counts.get("report").map_or(0, BTreeMap::len);
    let mut counted = |name: &str| {
        let counts = counts.remove(name).unwrap_or_default().into_iter();
        let mut counts: Vec<Count> = counts.map(|(name, n)| Count { name, n }).collect();
        counts.sort_by(|a, b| b.n.cmp(&a.n).then_with(|| a.name.cmp(&b.name)));
        counts
    };
    Ok(Profile {
        decisions: decisions_about(ledger, &actor)?,
        statements,
        reports,
        more: n > MOST_COUNTED,
        merged,
        acts: counted("act"),
        namings: counted("naming"),
        certainties: counted("certainty"),
        forms: counted("form"),
        vias: counted("via"),
        outlets: counted("outlet"),
        roles: counted("role"),
        by_month: by_month.into_iter().map(|(date, n)| DateCount { date, n }).collect(),
        actor,
        speaker,
        kind,
    })
}
