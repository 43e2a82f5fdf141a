//! What nobody has decided about, the least sure first.

use rusqlite::types::Value;

use crate::list::{Filter, Listing, lines};
use crate::page::owned;
use crate::query::Query;
use crate::{Error, Ledger, Result};

/// So many open statements, and figures, are put in order: the newest. In a large ledger there are more than anybody
/// looks at, and to order them all takes seconds.
const MOST_ORDERED: u64 = 20_000;

/// An open statement or figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Queued {
    /// [`Listing::Statements`] or [`Listing::Figures`].
    pub listing: Listing,
    /// Its line there.
    pub line: Vec<(String, Value)>,
}

impl Ledger {
    /// The open items that fit `filter`, the least sure first, behind `cursor`; and the next cursor. Of many the newest
    /// 20,000 of a kind count.
    ///
    /// # Errors
    /// If the ledger cannot be read, the filter does not fit, or the cursor is none.
    pub fn queue(
        &self,
        listings: &[Listing],
        filter: &Filter,
        most_sure: f64,
        cursor: Option<&str>,
        n_most: usize,
    ) -> Result<(Vec<Queued>, Option<String>)> {
        let after = cursor.map(|cursor| {
            Place::parse(cursor).ok_or_else(|| Error::request("the cursor is none of the queue"))
        });
        let after = after.transpose()?;
        let moment = self.connection.unchecked_transaction()?;
        let mut places = Vec::new();
        for (kind, listing) in [Listing::Statements, Listing::Figures].into_iter().enumerate() {
            if !listings.contains(&listing) {
                continue;
            }
            let table = table(listing);
            for (id, sure) in open(&moment, listing, filter, table)? {
                let place = Place { sure: (sure.clamp(0.0, 1.0) * 1e6) as i64, kind, id };
                if sure <= most_sure && after.is_none_or(|after| place > after) {
                    places.push(place);
                }
            }
        }
        places.sort_unstable();
        let has_more = places.len() > n_most;
        places.truncate(n_most);
        let mut queue = Vec::with_capacity(places.len());
        for Place { kind, id, .. } in &places {
            let listing = if *kind == 0 { Listing::Statements } else { Listing::Figures };
            let sql = format!("SELECT * FROM {}_line WHERE item = ?", table(listing));
            lines(&moment, &sql, vec![(*id).into()], &mut |_, row| {
                queue.push(Queued { listing, line: owned(row) });
                false
            })?;
        }
        let next = places.last().filter(|_| has_more).map(Place::cursor);
        Ok((queue, next))
    }

    /// How many open items fit `filter`; no more than 20,000 of a kind are counted.
    ///
    /// # Errors
    /// As [`queue`](Self::queue).
    pub fn n_open(&self, listings: &[Listing], filter: &Filter, most_sure: f64) -> Result<usize> {
        let moment = self.connection.unchecked_transaction()?;
        let mut n = 0;
        for listing in listings {
            let open = open(&moment, *listing, filter, table(*listing))?;
            n += open.iter().filter(|(_, sure)| *sure <= most_sure).count();
        }
        Ok(n)
    }
}

fn table(listing: Listing) -> &'static str {
    if listing == Listing::Figures { "figure" } else { "statement" }
}

/// Rows and confidence of open items.
fn open(
    connection: &rusqlite::Connection,
    listing: Listing,
    filter: &Filter,
    table: &str,
) -> Result<Vec<(i64, f64)>> {
    let filter = Filter { order: crate::Order::Newest, ..filter.clone() };
    let query = Query::open(connection, listing, &filter)?;
    let of = |id: i64| -> Result<(i64, f64)> {
        let sql = format!("SELECT confidence FROM {table} WHERE id = ?");
        let sure: Option<Option<f64>> = crate::write::first(connection, &sql, id)?;
        Ok((id, sure.flatten().unwrap_or(1.0)))
    };
    if let Some(speakers) = &query.speakers {
        return query.of_speakers(connection, speakers, Some(MOST_ORDERED))?.into_iter().map(of).collect();
    }
    let sql = format!(
        "SELECT q.id, coalesce(t.confidence, 1.0) FROM ({} LIMIT {MOST_ORDERED}) q
         CROSS JOIN {table} t ON t.id = q.id",
        query.sql
    );
    let mut select = connection.prepare_cached(&sql)?;
    let rows = select
        .query_map(rusqlite::params_from_iter(&query.parameters), |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Where an item stands: by confidence in millionths, statements before figures, by row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    sure: i64,
    kind: usize,
    id: i64,
}

impl Place {
    fn cursor(&self) -> String {
        format!("{:x}.{:x}.{:x}", self.sure, self.kind, self.id)
    }

    fn parse(cursor: &str) -> Option<Self> {
        let mut parts = cursor.split('.').map(|part| i64::from_str_radix(part, 16).ok());
        let mut next = || parts.next().flatten();
        Some(Self { sure: next()?, kind: usize::try_from(next()?).ok()?, id: next()? })
    }
}
