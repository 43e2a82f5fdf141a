//! Lines of a ledger's listings, and which of them an export takes.

use ascribe_ledger::{Filter, Ledger, Listing, Placed, Row, Value};

use crate::Result;

/// The text in a column; `None` if it is empty or there is no such column.
pub(crate) fn text<'r>(row: &'r Row<'_>, name: &str) -> Option<&'r str> {
    row.iter().find(|(column, _)| *column == name).and_then(|(_, value)| match value {
        Value::Text(text) if !text.is_empty() => Some(text.as_str()),
        _ => None,
    })
}

/// The number in a column.
pub(crate) fn number(row: &Row<'_>, name: &str) -> Option<f64> {
    row.iter().find(|(column, _)| *column == name).and_then(|(_, value)| match value {
        Value::Real(number) => Some(*number),
        Value::Integer(number) => Some(*number as f64),
        _ => None,
    })
}

/// The list that a figure's attributes are kept as.
pub(crate) fn attributes(row: &Row<'_>) -> Vec<String> {
    text(row, "attributes").and_then(|json| serde_json::from_str(json).ok()).unwrap_or_default()
}

/// Whether people said that the text does not say this.
pub(crate) fn is_rejected(row: &Row<'_>) -> bool {
    text(row, "status") == Some("rejected")
}

/// The fields of `filter` that the listing has.
pub(crate) fn filter_of(listing: Listing, filter: &Filter) -> Filter {
    let common = Filter {
        speaker: filter.speaker.clone(),
        outlet: filter.outlet.clone(),
        from: filter.from.clone(),
        to: filter.to.clone(),
        ..Filter::default()
    };
    let status = filter.status.clone();
    match listing {
        Listing::Statements => {
            Filter { act: filter.act.clone(), naming: filter.naming.clone(), status, ..common }
        }
        Listing::Figures => {
            Filter { measure: filter.measure.clone(), place: filter.place.clone(), status, ..common }
        }
        _ => common,
    }
}

/// Gives each line of the listing on until one fails.
pub(crate) fn each(
    ledger: &Ledger,
    listing: Listing,
    filter: &Filter,
    mut take: impl FnMut(&Row<'_>) -> Result<()>,
) -> Result<()> {
    let mut outcome = Ok(());
    ledger.list(listing, &filter_of(listing, filter), &mut |row| {
        outcome = take(row);
        outcome.is_ok()
    })?;
    outcome
}

/// The same with the place of each line.
pub(crate) fn each_placed(
    ledger: &Ledger,
    listing: Listing,
    filter: &Filter,
    mut take: impl FnMut(&Row<'_>, Placed<'_>) -> Result<()>,
) -> Result<()> {
    let mut outcome = Ok(());
    ledger.list_placed(listing, &filter_of(listing, filter), &mut |row, placed| {
        outcome = take(row, placed);
        outcome.is_ok()
    })?;
    outcome
}
