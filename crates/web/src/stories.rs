//! Reports that tell the same.

use ascribe_ledger::{Filter, Ledger, Listing, Rule};
use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::{IntoParams, ToSchema};

use crate::app::App;
use crate::flags::FlagItem;
use crate::links::{Linked, linked, links_of};
use crate::params::{Id, MOST_LINES, Params, filter_of, limit};
use crate::problem::{Problem, Result};
use crate::series::SeriesItem;
use crate::shapes::{List, ReportItem, shaped};

/// So many figures stand for a story.
const N_FIGURES: usize = 4;

/// Reports that tell the same.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct Story {
    /// The id of the first report.
    story: String,
    title: Option<String>,
    first: Option<String>,
    last: Option<String>,
    /// How many reports.
    reports: i64,
    /// How many of them are no copies.
    texts: i64,
    outlets: i64,
    /// Who speaks most in it.
    speakers: Vec<String>,
    /// Where, as worded most.
    places: Vec<String>,
    /// The newest of the largest series, at most four.
    #[serde(default)]
    figures: Vec<StoryFigure>,
}

/// A figure that stands for a series.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct StoryFigure {
    series: String,
    figure: String,
    measure: String,
    counted: Option<String>,
    words: String,
    lower: Option<f64>,
    upper: Option<f64>,
    bound: Option<String>,
    outlet: Option<String>,
    published: Option<String>,
    report: String,
}

/// A story in a list.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct StoryItem {
    #[serde(flatten)]
    story: Story,
    /// How many flags are open.
    flags: i64,
}

/// A story with all that is in it.
#[derive(Serialize, ToSchema)]
pub(crate) struct StoryPage {
    #[serde(flatten)]
    story: Story,
    /// The first first.
    members: Vec<Linked<ReportItem, Member>>,
    /// The largest first.
    series: Vec<SeriesItem>,
    flags: Vec<FlagItem>,
    /// Those of the flags that say who gives no figure.
    silent: Vec<FlagItem>,
}

/// What puts a report into a story.
#[derive(Serialize, Deserialize, ToSchema)]
pub(crate) struct Member {
    /// The report that it goes on from; null for the first.
    earlier: Option<String>,
    /// How sure that is.
    probability: Option<f64>,
    /// Of a copy: `exact`, `near` or `contained`.
    copy: Option<String>,
    /// What a person decided: `join` or `part`.
    decided: Option<String>,
}

/// Which stories.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct StoriesQuery {
    /// With a report published on or after this date
    from: Option<String>,
    /// That began on or before this date
    to: Option<String>,
    /// With a report of this outlet
    outlet: Option<String>,
    /// With a report that holds these words: of very many the 200 best are heeded
    q: Option<String>,
    /// Lines of the page, 1 to 500 [default: 50]
    limit: Option<usize>,
    /// `next` of the page before, with the same filters
    cursor: Option<String>,
}

/// Stories
///
/// What two reports or more tell, that which began last first.
#[utoipa::path(get, path = "/stories", tag = "links", params(StoriesQuery), responses(
    (status = 200, body = List<StoryItem>),
    (status = 400, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn stories(
    State(app): State<App>,
    Params(query): Params<StoriesQuery>,
) -> Result<Json<List<StoryItem>>> {
    let filter =
        filter_of([("from", &query.from), ("to", &query.to), ("outlet", &query.outlet), ("q", &query.q)])?;
    let n_most = limit(query.limit)?;
    let list = app.pool.read(move |ledger| {
        let mut list: List<StoryItem> =
            links_of(ledger, Listing::Stories, &filter, query.cursor.as_deref(), n_most)?;
        for item in &mut list.items {
            item.story.figures = figures(ledger, &item.story.story)?;
        }
        Ok(list)
    });
    Ok(Json(list.await?))
}

fn figures(ledger: &Ledger, story: &str) -> Result<Vec<StoryFigure>> {
    ledger.story_figures(story, N_FIGURES)?.iter().map(|row| shaped(row)).collect()
}

/// A story
///
/// With its reports, series and flags; of very many series and flags the newest 500.
#[utoipa::path(get, path = "/stories/{id}", tag = "links", params(("id" = String, Path, description = "The id of the story or of any of its reports")), responses(
    (status = 200, body = StoryPage),
    (status = 400, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn story(State(app): State<App>, Id(id): Id) -> Result<Json<StoryPage>> {
    let page = app.pool.read(move |ledger| {
        let one = Filter { id: Some(id.clone()), ..Filter::default() };
        let List { items, .. } = links_of::<StoryItem>(ledger, Listing::Stories, &one, None, 1)?;
        let item = items.into_iter().next();
        let StoryItem { story, .. } =
            item.ok_or_else(|| Problem::not_found(format!("No story has the id {id}.")))?;
        let of = Filter { story: Some(id.clone()), ..Filter::default() };
        let List { items: mut series, .. } =
            links_of::<SeriesItem>(ledger, Listing::Series, &of, None, MOST_LINES)?;
        series.sort_by_key(|series| std::cmp::Reverse(series.figures));
        let flags =
            || Ok::<_, Problem>(links_of::<FlagItem>(ledger, Listing::Flags, &of, None, MOST_LINES)?.items);
        Ok(StoryPage {
            members: linked(&ledger.story_members(&id)?)?,
            series,
            flags: flags()?,
            silent: flags()?.into_iter().filter(FlagItem::is_silence).collect(),
            story: Story { figures: figures(ledger, &id)?, ..story },
        })
    });
    Ok(Json(page.await?))
}

/// Which rule.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct TableQuery {
    /// By which figures are chosen [default: verbatim]
    #[param(inline)]
    rule: Option<Rules>,
}

#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Rules {
    Verbatim,
    Ucdp,
    Acled,
    Ibc,
}

/// A story as a dataset counts it.
#[derive(Serialize, ToSchema)]
pub(crate) struct Table {
    rule: &'static str,
    /// Of the rule as it is computed here.
    version: &'static str,
    /// What the rule does.
    text: &'static str,
    columns: Vec<&'static str>,
    rows: Vec<TableRow>,
}

/// A row of it.
#[derive(Serialize, ToSchema)]
pub(crate) struct TableRow {
    /// The id of the first figure of the series.
    series: String,
    measure: String,
    /// The text of each column, null where the evidence does not say.
    #[schema(value_type = Object)]
    cells: Map<String, Value>,
    /// The figures that the rule chose from.
    rests_on: Vec<String>,
}

/// A story by a counting rule
#[utoipa::path(get, path = "/stories/{id}/table", tag = "links", params(("id" = String, Path, description = "The id of the story or of any of its reports"), TableQuery), responses(
    (status = 200, body = Table),
    (status = 400, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn table(
    State(app): State<App>,
    Id(id): Id,
    Params(query): Params<TableQuery>,
) -> Result<Json<Table>> {
    let rule = match query.rule.unwrap_or(Rules::Verbatim) {
        Rules::Verbatim => Rule::Verbatim,
        Rules::Ucdp => Rule::Ucdp,
        Rules::Acled => Rule::Acled,
        Rules::Ibc => Rule::Ibc,
    };
    let table = app.pool.read(move |ledger| {
        let table = ledger.rule_table(rule, &id)?;
        let row = |row: &Vec<String>| row_of(ledger, rule, &table.columns, row);
        let rows = table.rows.iter().map(row).collect::<Result<_>>()?;
        let (version, text) = (rule.version(), rule.text());
        Ok(Table { rule: rule.name(), version, text, columns: table.columns, rows })
    });
    Ok(Json(table.await?))
}

fn row_of(ledger: &Ledger, rule: Rule, columns: &[&'static str], row: &[String]) -> Result<TableRow> {
    let cell = |name| columns.iter().position(|column| *column == name).and_then(|at| row.get(at).cloned());
    let series = cell("series").unwrap_or_default();
    let of_rule = if rule == Rule::Verbatim { cell("figure").map(|figure| vec![figure]) } else { None };
    // A figure that nothing in the story counts with has no series.
    let rests_on = of_rule.map_or_else(|| ledger.series_figures(&series), Ok)?;
    let measure = cell("measure").unwrap_or_else(|| "killed".to_owned());
    let value = |text: &String| if text.is_empty() { Value::Null } else { text.as_str().into() };
    let cells = columns.iter().zip(row).map(|(name, text)| ((*name).to_owned(), value(text))).collect();
    Ok(TableRow { series, measure, cells, rests_on })
}
