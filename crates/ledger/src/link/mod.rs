//! Links across reports: copies, stories and quotations.
//!
//! Each report has at most one link of a kind, to the best one before it in the order of places
//! ([`keys::place`]), whatever came first into the ledger: so links are a forest, and a later report joins
//! no two trees. Keys find who may be linked ([`near`]), `ascribe-link` compares ([`compare`]), and the
//! tables keep what was found ([`forest`]). A report that comes late but is dated early makes those look
//! again that it may be before, and no others. People's decisions about stories are in [`pin`].

mod cache;
mod compare;
mod features;
mod forest;
mod keys;
mod linker;
pub(crate) mod list;
mod near;
mod page;
mod pin;
mod related;
mod tell;
#[cfg(test)]
mod tests;
mod why;

use rusqlite::{Connection, TransactionBehavior};

use self::cache::Cache;
use self::linker::Linker;
pub(crate) use self::related::flag_number;
pub use self::related::{LinkCounts, Related, ReportLinks};
pub use self::why::Step;
use crate::{Ledger, Result};

/// Reports in a transaction.
const BATCH: usize = 2000;

/// What was linked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Linked {
    /// Reports that were not linked yet.
    pub reports: u64,
    /// Reports that were linked and looked again, as others came or went.
    pub again: u64,
}

impl Ledger {
    /// Links the reports that are not linked yet, in batches: each is a transaction, and what a kill leaves
    /// undone the next run does. `progress` is given how many were done and how many there are.
    ///
    /// # Errors
    /// If the ledger cannot be read or written.
    pub fn link(&mut self, progress: &mut dyn FnMut(u64, u64)) -> Result<Linked> {
        self.link_by(BATCH, progress)
    }

    /// How many reports are not linked yet.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub fn n_unlinked(&self) -> Result<u64> {
        let sql = "SELECT (SELECT count(*) FROM unlinked) + (SELECT count(*) FROM look)";
        let n: i64 = self.connection.query_row(sql, [], |row| row.get(0))?;
        Ok(n.unsigned_abs())
    }

    /// As [`link`](Self::link), `batch` reports in a transaction. Between two of them, also as series and flags are
    /// made, `progress` is asked, which may wait to let others write.
    ///
    /// # Errors
    /// If the ledger cannot be read or written.
    pub fn link_by(&mut self, batch: usize, progress: &mut dyn FnMut(u64, u64)) -> Result<Linked> {
        let (mut linked, mut cache, mut done) = (Linked::default(), Cache::default(), 0);
        loop {
            // New ones first: who looks again looks once then.
            let new = waiting(&self.connection, "unlinked")?;
            let is_new = !new.is_empty();
            let table = if is_new { "unlinked" } else { "look" };
            let all = if is_new { new } else { waiting(&self.connection, table)? };
            if all.is_empty() {
                tell::settle(&mut self.connection, &mut || progress(done, done))?;
                return Ok(linked);
            }
            let n_all = done + all.len() as u64;
            let mut rest = &all[..];
            while !rest.is_empty() {
                let (reports, others) = rest.split_at(batch_of(rest, batch));
                rest = others;
                let transaction =
                    self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
                cache.renew(&transaction)?;
                let still = still_waiting(&transaction, table, reports)?;
                let n = still.len() as u64;
                let mut linker = Linker::new(&transaction, &mut cache);
                if is_new {
                    linker.take(&still)?;
                    linked.reports += n;
                } else {
                    linker.look_again(&still)?;
                    linked.again += n;
                }
                linker.settle()?;
                transaction.commit()?;
                done += reports.len() as u64;
                progress(done, n_all);
            }
        }
    }
}

/// How many of those that wait are linked at once: the reports of a day go together, for their order is
/// known only as they are read, and one that turned out to be before others would make them look again.
fn batch_of(waiting: &[(i64, i64)], batch: usize) -> usize {
    let mut n = batch.min(waiting.len());
    while n < waiting.len().min(2 * batch) && waiting[n].0 >> 32 == waiting[n - 1].0 >> 32 {
        n += 1;
    }
    n
}

/// The `at` and the rows of reports that wait in a table, in the order of their dates; those that are gone
/// first.
fn waiting(connection: &Connection, table: &str) -> Result<Vec<(i64, i64)>> {
    let sql =
        format!("SELECT w.report, coalesce(r.at, 0) FROM {table} w LEFT JOIN report r ON r.id = w.report");
    let mut select = connection.prepare_cached(&sql)?;
    let rows = select.query_map([], |row| Ok((row.get(1)?, row.get(0)?)))?;
    let mut waiting: Vec<(i64, i64)> = rows.collect::<rusqlite::Result<_>>()?;
    waiting.sort_unstable();
    Ok(waiting)
}

/// Takes those of `reports` out of a table that still stand in it.
fn still_waiting(connection: &Connection, table: &str, reports: &[(i64, i64)]) -> Result<Vec<i64>> {
    let mut delete = connection.prepare_cached(&format!("DELETE FROM {table} WHERE report = ?"))?;
    let mut still = Vec::with_capacity(reports.len());
    for (_, report) in reports {
        if delete.execute([report])? > 0 {
            still.push(*report);
        }
    }
    Ok(still)
}

/// Takes a report out of all links and keys, as its words are removed. Those that it was before look again
/// in the next [`Ledger::link`].
pub(crate) fn forget(connection: &Connection, report: i64) -> Result<()> {
    Linker::new(connection, &mut Cache::default()).unlink_all(report)
}
