//! Listings a page at a time.
//!
//! A page ends with a cursor, from which the next goes on: behind the date and row of its last line, so
//! that what is added meanwhile neither repeats a line nor leaves one out. What is ordered otherwise
//! (speakers by how much they say, finds by how good they are) is counted instead.

use rusqlite::types::Value;

use crate::list::{lines, walk};
use crate::{Error, Filter, Ledger, Listing, Result, Row};

/// The order of what has dates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// From the first.
    #[default]
    Oldest,
    /// From the last.
    Newest,
}

impl Order {
    /// What SQL says behind a column.
    pub(crate) fn sql(self) -> &'static str {
        match self {
            Self::Oldest => "",
            Self::Newest => " DESC",
        }
    }
}

/// The last line of a page: its report's `at` and its row; of the log only the row, and of what is
/// counted the lines before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    pub(crate) at: i64,
    pub(crate) item: i64,
}

impl Mark {
    /// Whether a line comes behind this one.
    pub(crate) fn is_before(self, at: i64, item: i64, newest_first: bool) -> bool {
        let further = if newest_first { at < self.at } else { at > self.at };
        further || at == self.at && item > self.item
    }

    pub(crate) fn parse(cursor: &str) -> Option<Self> {
        let (at, item) = cursor.split_once('.')?;
        let number = |text: &str| i64::from_str_radix(text, 16).ok().filter(|n| *n >= 0);
        Some(Self { at: number(at)?, item: number(item)? })
    }
}

/// Some lines of a listing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// Each with the names and values of its columns.
    pub rows: Vec<Vec<(String, Value)>>,
    /// Where the next page begins; `None` if this is the last.
    pub next: Option<String>,
}

impl Ledger {
    /// The `n_most` lines behind `cursor`, the `next` of the page before.
    ///
    /// # Errors
    /// If the ledger cannot be read, the filter does not fit the listing, or the cursor is none.
    pub fn page(
        &self,
        listing: Listing,
        filter: &Filter,
        cursor: Option<&str>,
        n_most: usize,
    ) -> Result<Page> {
        let wrong = || Error::request("the cursor is none of this listing");
        let mark = cursor.map(|cursor| Mark::parse(cursor).ok_or_else(wrong)).transpose()?;
        let moment = self.connection.unchecked_transaction()?;
        let is_dated = matches!(listing, Listing::Reports | Listing::Statements | Listing::Figures);
        let is_counted = !is_dated && listing != Listing::Decisions;
        let n_skipped = mark.filter(|_| is_counted).map_or(0, |mark| mark.item as usize);
        let limit = n_skipped.saturating_add(n_most).saturating_add(1) as u64;
        let filter = Filter { limit: Some(limit), ..filter.clone() };
        let (mut n_lines, mut last, mut has_more) = (0, 0, false);
        let mut rows = Vec::new();
        walk(&moment, listing, &filter, mark.filter(|_| !is_counted), &mut |item, row| {
            n_lines += 1;
            if n_lines <= n_skipped {
                return true;
            }
            if rows.len() == n_most {
                has_more = true;
                return false;
            }
            rows.push(owned(row));
            last = item;
            true
        })?;
        let next = match () {
            () if !has_more => None,
            () if is_counted => Some(Mark { at: 0, item: (n_skipped + rows.len()) as i64 }),
            () if listing == Listing::Decisions => Some(Mark { at: 0, item: last }),
            () => {
                let report = if listing == Listing::Reports { last } else { last >> 20 };
                let at = "SELECT at FROM report WHERE id = ?";
                let at = crate::write::first(&moment, at, report)?;
                at.map(|at| Mark { at, item: last })
            }
        };
        Ok(Page { rows, next: next.map(|Mark { at, item }| format!("{at:x}.{item:x}")) })
    }

    /// The line of the decision with this id, as the listing has it.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub fn decision_line(&self, id: &str) -> Result<Option<Vec<(String, Value)>>> {
        let Some(id) = crate::Hash::from_hex(id) else { return Ok(None) };
        let sql = format!("{} AND x.id = ?", crate::query::DECISION_LINES);
        Ok(self.table(&sql, vec![Value::Blob(id.0.to_vec())])?.pop())
    }

    /// The lines of a query that has no filters of its own.
    pub(crate) fn table(&self, sql: &str, parameters: Vec<Value>) -> Result<Vec<Vec<(String, Value)>>> {
        let mut rows = Vec::new();
        lines(&self.connection, sql, parameters, &mut |_, row| {
            rows.push(owned(row));
            true
        })?;
        Ok(rows)
    }
}

pub(crate) fn owned(row: &Row<'_>) -> Vec<(String, Value)> {
    row.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect()
}
