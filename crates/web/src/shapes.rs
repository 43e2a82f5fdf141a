//! The JSON that more than one resource gives.

use ascribe_ledger::{Row, Value, json_line, version};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use utoipa::ToSchema;

use crate::problem::{Problem, Result};

/// A page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct List<T: ToSchema> {
    /// The lines.
    pub(crate) items: Vec<T>,
    /// The cursor of the next page, null on the last.
    pub(crate) next: Option<String>,
}

/// A report in a list.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct ReportItem {
    report: String,
    published: Option<String>,
    outlet: Option<String>,
    title: Option<String>,
    byline: Option<String>,
    url: Option<String>,
    language: Option<String>,
    media_type: String,
    model: String,
    statements: i64,
    figures: i64,
    version: String,
    /// Of a search: where the words stand, in brackets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    snippet: Option<String>,
}

impl ReportItem {
    /// Its hash.
    pub(crate) fn id(&self) -> &str {
        &self.report
    }
}

/// A statement as decisions left it.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct StatementItem {
    id: String,
    report: String,
    published: Option<String>,
    outlet: Option<String>,
    actor: Option<String>,
    speaker: Option<String>,
    kind: Option<String>,
    role: Option<String>,
    affiliation: Option<String>,
    naming: Option<String>,
    act: Option<String>,
    certainty: Option<String>,
    form: Option<String>,
    medium: Option<String>,
    via: Option<String>,
    said_on: Option<String>,
    source: Option<String>,
    cue: Option<String>,
    content: Option<String>,
    confidence: Option<f64>,
    status: String,
    added: bool,
    version: String,
    /// Of a search: where the words stand, in brackets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    snippet: Option<String>,
}

/// A figure as decisions left it.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct FigureItem {
    id: String,
    report: String,
    published: Option<String>,
    outlet: Option<String>,
    words: Option<String>,
    lower: Option<f64>,
    upper: Option<f64>,
    bound: Option<String>,
    measure: Option<String>,
    counted: Option<String>,
    attributes: Vec<String>,
    cause: Option<String>,
    scope: Option<String>,
    occurred: Option<String>,
    since: Option<String>,
    as_of: Option<String>,
    place: Option<String>,
    confidence: Option<f64>,
    status: String,
    added: bool,
    statement: Option<String>,
    speaker: Option<String>,
    version: String,
}

/// A party that speaks.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct SpeakerItem {
    pub(crate) actor: String,
    pub(crate) speaker: String,
    pub(crate) kind: String,
    pub(crate) statements: i64,
    pub(crate) reports: i64,
}

/// A decision and what came of it.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct DecisionItem {
    pub(crate) id: String,
    state: String,
    time: Option<String>,
    author: Option<String>,
    action: Option<String>,
    target: Option<String>,
    field: Option<String>,
    value: Option<String>,
    comment: Option<String>,
    /// Of an addition: what was given.
    #[schema(value_type = Option<Object>)]
    fields: Option<Json>,
}

impl DecisionItem {
    /// The id of what it is about.
    pub(crate) fn target(&self) -> Option<&str> {
        self.target.as_deref()
    }
}

/// A line of the ledger as its shape, with its version.
pub(crate) fn shaped<T: DeserializeOwned>(row: &[(String, Value)]) -> Result<T> {
    let row: Vec<(&str, Value)> = row.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
    shape(&row)
}

pub(crate) fn shape<T: DeserializeOwned>(row: &Row<'_>) -> Result<T> {
    let mut line = json_line(row);
    let version = version(row.iter().map(|(name, value)| (*name, value)));
    line.insert("version".to_owned(), version.into());
    if let Some(added) = line.get_mut("added") {
        *added = (added.as_i64() == Some(1)).into();
    }
    serde_json::from_value(Json::Object(line))
        .map_err(|error| Problem::broken(format!("A line of the ledger has another shape: {error}.")))
}
