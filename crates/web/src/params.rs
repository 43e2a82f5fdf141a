//! What clients send: query parameters, paths and JSON bodies, with errors as problems.

use ascribe_ledger::{Correctable, Filter, Missed, Order, correctable};
use axum::extract::rejection::{JsonRejection, PathRejection};
use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::request::Parts;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use utoipa::{IntoParams, ToSchema};

use crate::problem::{Problem, Result};

/// Lines of a page unless others are asked for, and at most.
const N_LINES: usize = 50;
pub(crate) const MOST_LINES: usize = 500;

/// Query parameters.
pub(crate) struct Params<T>(pub(crate) T);

impl<S: Sync, T: DeserializeOwned> FromRequestParts<S> for Params<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self> {
        let query = Query::try_from_uri(&parts.uri);
        let Query(query) = query.map_err(|error| Problem::bad_request(error.body_text()))?;
        Ok(Self(query))
    }
}

/// A part of the path.
pub(crate) struct Id(pub(crate) String);

impl<S: Send + Sync> FromRequestParts<S> for Id {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self> {
        let path: std::result::Result<Path<String>, PathRejection> =
            Path::from_request_parts(parts, state).await;
        let Path(id) = path.map_err(|error| Problem::bad_request(error.body_text()))?;
        Ok(Self(id))
    }
}

/// A body.
pub(crate) struct Body<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self> {
        match axum::Json::from_request(request, state).await {
            Ok(axum::Json(body)) => Ok(Self(body)),
            Err(JsonRejection::MissingJsonContentType(_)) => Err(Problem::media_type()),
            Err(error) => Err(Problem::bad_request(error.body_text())),
        }
    }
}

/// The order of what has dates.
#[derive(Clone, Copy, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Sorted {
    /// From the last.
    #[default]
    Newest,
    /// From the first.
    Oldest,
}

impl From<Sorted> for Order {
    fn from(order: Sorted) -> Self {
        match order {
            Sorted::Newest => Self::Newest,
            Sorted::Oldest => Self::Oldest,
        }
    }
}

/// How many lines a page has.
pub(crate) fn limit(limit: Option<usize>) -> Result<usize> {
    match limit.unwrap_or(N_LINES) {
        limit @ 1..=MOST_LINES => Ok(limit),
        _ => Err(Problem::bad_request(format!("'limit' is a number from 1 to {MOST_LINES}."))),
    }
}

macro_rules! queries {
    ($($(#[$about:meta])* $name:ident { $($(#[$help:meta])* $field:ident),* $(,)? })*) => {$(
        $(#[$about])*
        #[derive(Clone, Debug, Default, Deserialize, IntoParams)]
        #[serde(deny_unknown_fields)]
        #[into_params(parameter_in = Query)]
        pub(crate) struct $name {
            $($(#[$help])* pub(crate) $field: Option<String>,)*
            /// The order by date [default: newest]
            #[param(inline)]
            pub(crate) order: Option<Sorted>,
            /// Lines of the page, 1 to 500 [default: 50]
            pub(crate) limit: Option<usize>,
            /// `next` of the page before, with the same filters
            pub(crate) cursor: Option<String>,
        }

        impl $name {
            /// As the ledger takes it.
            pub(crate) fn filter(&self) -> Result<Filter> {
                let mut filter = Filter { order: self.order.unwrap_or_default().into(), ..Filter::default() };
                $(put(&mut filter, stringify!($field), self.$field.as_ref())?;)*
                Ok(filter)
            }
        }
    )*};
}

queries! {
    /// Which reports.
    ReportsQuery {
        /// The outlet's name
        outlet,
        /// Published on or after this date
        from,
        /// Published on or before this date
        to,
        /// In which this speaker speaks: words of the name, or an actor's id
        speaker,
        /// With a statement of this act
        act,
        /// With a figure of this measure
        measure,
        /// With these words; "in quotes" exactly, harb* for what begins so; the best first
        q,
    }
    /// Which statements.
    StatementsQuery {
        /// The outlet's name
        outlet,
        /// Published on or after this date
        from,
        /// Published on or before this date
        to,
        /// Of this speaker: words of the name, or an actor's id
        speaker,
        /// What is done by saying it
        act,
        /// How openly the speaker is named
        naming,
        /// What people said of it: open, added, accepted, corrected, rejected
        status,
        /// Of this report
        report,
        /// With these words; the best first
        q,
    }
    /// Which figures.
    FiguresQuery {
        /// The outlet's name
        outlet,
        /// Published on or after this date
        from,
        /// Published on or before this date
        to,
        /// Given by this speaker: words of the name, or an actor's id
        speaker,
        /// What they measure
        measure,
        /// Where, as worded
        place,
        /// What people said of it: open, added, accepted, corrected, rejected
        status,
        /// Of this report
        report,
    }
    /// Which decisions.
    DecisionsQuery {
        /// What they are about: an id or its beginning; a report's covers all in it
        target,
        /// Who decided
        author,
        /// What was decided
        action,
        /// What came of it: holds, undone, orphaned, stale
        state,
    }
}

/// Which speakers.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct SpeakersQuery {
    /// Words of the name, or an actor's id
    pub(crate) speaker: Option<String>,
    /// The outlet's name
    pub(crate) outlet: Option<String>,
    /// Published on or after this date
    pub(crate) from: Option<String>,
    /// Published on or before this date
    pub(crate) to: Option<String>,
    /// What is done by saying it
    pub(crate) act: Option<String>,
    /// How openly they are named
    pub(crate) naming: Option<String>,
    /// Lines of the page, 1 to 500 [default: 50]
    pub(crate) limit: Option<usize>,
    /// `next` of the page before, with the same filters
    pub(crate) cursor: Option<String>,
}

impl SpeakersQuery {
    /// As the ledger takes it.
    pub(crate) fn filter(&self) -> Result<Filter> {
        filter_of([
            ("speaker", &self.speaker),
            ("outlet", &self.outlet),
            ("from", &self.from),
            ("to", &self.to),
            ("act", &self.act),
            ("naming", &self.naming),
        ])
    }
}

/// Parameters, by their names, as the ledger takes them.
pub(crate) fn filter_of<const N: usize>(given: [(&str, &Option<String>); N]) -> Result<Filter> {
    let mut filter = Filter::default();
    for (name, value) in given {
        put(&mut filter, name, value.as_ref())?;
    }
    Ok(filter)
}

/// The words that the statuses of statements and figures have.
pub(crate) const STATUSES: &[&str] = &["open", "added", "accepted", "corrected", "rejected"];
const STATES: &[&str] = &["holds", "undone", "orphaned", "stale"];

/// Puts a parameter into a filter. An empty one is none.
pub(crate) fn put(filter: &mut Filter, name: &str, value: Option<&String>) -> Result<()> {
    let Some(value) = value.filter(|value| !value.is_empty()) else { return Ok(()) };
    if value.contains('\0') {
        return Err(Problem::bad_request(format!("'{name}' holds a character that nothing has.")));
    }
    let of = |of, name| closed(of, name).map(|field| field.values).unwrap_or_default();
    let choices = match name {
        "act" => of(Missed::Statement, "act"),
        "naming" => of(Missed::Statement, "naming"),
        "measure" => of(Missed::Figure, "measure"),
        "status" => STATUSES.to_vec(),
        "state" => STATES.to_vec(),
        _ => Vec::new(),
    };
    if !choices.is_empty() && !choices.contains(&value.as_str()) {
        return Err(Problem::bad_request(format!("'{name}' is one of {}.", choices.join(", "))));
    }
    if matches!(name, "from" | "to") && !is_date(value) {
        return Err(Problem::bad_request(format!("'{name}' is a date such as 2023, 2023-11 or 2023-11-14.")));
    }
    let place = match name {
        "outlet" => &mut filter.outlet,
        "from" => &mut filter.from,
        "to" => &mut filter.to,
        "speaker" => &mut filter.speaker,
        "act" => &mut filter.act,
        "naming" => &mut filter.naming,
        "measure" => &mut filter.measure,
        "place" => &mut filter.place,
        "status" | "state" => &mut filter.status,
        "report" | "target" => &mut filter.id,
        "author" => &mut filter.author,
        "action" => &mut filter.action,
        "story" => &mut filter.story,
        "flag" => &mut filter.flag,
        "kind" => &mut filter.kind,
        _ => &mut filter.words,
    };
    *place = Some(value.clone());
    Ok(())
}

/// The field of a closed list with this name.
pub(crate) fn closed(of: Missed, name: &str) -> Option<Correctable> {
    correctable(Some(of)).into_iter().find(|field| field.name == name)
}

/// A year, a month or a day.
pub(crate) fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let digits = |part: &str, n| part.len() == n && part.bytes().all(|b| b.is_ascii_digit());
    match parts[..] {
        [year] => digits(year, 4),
        [year, month] => digits(year, 4) && digits(month, 2) && ("01"..="12").contains(&month),
        [year, month, day] => {
            digits(year, 4) && digits(month, 2) && digits(day, 2) && text.parse::<jiff::civil::Date>().is_ok()
        }
        _ => false,
    }
}
