//! What stands across reports: pages of stories, series, copies, quotes and flags, and items with what links
//! them.

use ascribe_ledger::{Filter, Ledger, Listing, Related};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::ToSchema;

use crate::app::App;
use crate::params::limit;
use crate::problem::Result;
use crate::shapes::{List, shaped};

/// A report, statement or figure with what links it.
#[derive(Serialize, ToSchema)]
pub(crate) struct Linked<T, L> {
    #[serde(flatten)]
    item: T,
    #[serde(flatten)]
    link: L,
}

/// All of a group.
pub(crate) fn linked<T: DeserializeOwned, L: DeserializeOwned>(
    related: &[Related],
) -> Result<Vec<Linked<T, L>>> {
    let one = |one: &Related| Ok(Linked { item: shaped(&one.line)?, link: shaped(&one.link)? });
    related.iter().map(one).collect()
}

/// A page of what stands across reports.
pub(crate) async fn links_page<T: DeserializeOwned + ToSchema + Send + 'static>(
    app: &App,
    listing: Listing,
    filter: Filter,
    n_most: Option<usize>,
    cursor: Option<String>,
) -> Result<List<T>> {
    let n_most = limit(n_most)?;
    app.pool.read(move |ledger| links_of(ledger, listing, &filter, cursor.as_deref(), n_most)).await
}

pub(crate) fn links_of<T: DeserializeOwned + ToSchema>(
    ledger: &Ledger,
    listing: Listing,
    filter: &Filter,
    cursor: Option<&str>,
    n_most: usize,
) -> Result<List<T>> {
    let page = ledger.links_page(listing, filter, cursor.filter(|cursor| !cursor.is_empty()), n_most)?;
    Ok(List { items: page.rows.iter().map(|row| shaped(row)).collect::<Result<_>>()?, next: page.next })
}

/// What SQLite has as 0 or 1.
pub(crate) fn from_number<'de, D: Deserializer<'de>>(of: D) -> std::result::Result<bool, D::Error> {
    Ok(i64::deserialize(of)? != 0)
}
