//! Reports made ready to be compared, those used last, within a bound of memory.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::thread;

use rusqlite::Connection;

use super::features::{Features, Raw};
use super::keys::Keys;
use crate::write::first;
use crate::{Error, Result};

/// Bytes of what is kept, about.
const MOST_BYTES: usize = 512 << 20;

/// Keys that are kept apart from their reports; each list takes some hundred bytes.
const MOST_KEYS: usize = 100_000;

#[derive(Default)]
pub(super) struct Cache {
    features: HashMap<i64, (Arc<Features>, u64)>,
    n_bytes: usize,
    /// Counts uses: the larger, the later.
    uses: u64,
    keys: HashMap<i64, Arc<Keys>>,
    /// SQLite's number that changes as another connection writes.
    version: i64,
}

impl Cache {
    /// Forgets all if another program wrote to the ledger meanwhile.
    pub(super) fn renew(&mut self, connection: &Connection) -> Result<()> {
        let version = connection.pragma_query_value(None, "data_version", |row| row.get(0))?;
        if self.version != version {
            *self = Self { version, ..Self::default() };
        }
        Ok(())
    }

    pub(super) fn forget(&mut self, report: i64) {
        self.keys.remove(&report);
        if let Some((features, _)) = self.features.remove(&report) {
            self.n_bytes -= features.n_bytes();
        }
    }

    pub(super) fn put(&mut self, features: Arc<Features>) {
        self.forget(features.report);
        self.uses += 1;
        self.n_bytes += features.n_bytes();
        self.features.insert(features.report, (features, self.uses));
        if self.n_bytes > MOST_BYTES {
            // The older half at once, so that this is rare.
            let mut uses: Vec<(u64, i64)> =
                self.features.iter().map(|(id, (_, used))| (*used, *id)).collect();
            uses.sort_unstable();
            uses[..uses.len() / 2].iter().for_each(|(_, id)| self.forget(*id));
        }
    }

    /// The linked reports of these rows, those that are kept and others from the ledger.
    pub(super) fn all(
        &mut self,
        connection: &Connection,
        reports: &HashSet<i64>,
    ) -> Result<HashMap<i64, Arc<Features>>> {
        let mut all = HashMap::with_capacity(reports.len());
        let mut missing = Vec::new();
        for report in reports {
            match self.features.get_mut(report) {
                Some((features, used)) => {
                    self.uses += 1;
                    *used = self.uses;
                    all.insert(*report, Arc::clone(features));
                }
                None => missing.push(*report),
            }
        }
        // Rows of one table are read in its order.
        missing.sort_unstable();
        let raws = missing.into_iter().filter_map(|report| Raw::load(connection, report).transpose());
        for features in ready(raws.collect::<Result<_>>()?)? {
            self.put(Arc::clone(&features));
            all.insert(features.report, features);
        }
        Ok(all)
    }

    /// The keys of a linked report.
    pub(super) fn keys(&mut self, connection: &Connection, report: i64) -> Result<Arc<Keys>> {
        if let Some(keys) = self.keys.get(&report) {
            return Ok(Arc::clone(keys));
        }
        let blob: Option<Vec<u8>> = first(connection, "SELECT keys FROM linked WHERE report = ?", report)?;
        let blob = blob.ok_or_else(|| Error::damaged("a key of a report that is not linked"))?;
        let keys = Arc::new(Keys::from_blob(&blob)?);
        if self.keys.len() >= MOST_KEYS {
            self.keys.clear();
        }
        self.keys.insert(report, Arc::clone(&keys));
        Ok(keys)
    }
}

/// Reports made ready on all threads, in their order.
pub(super) fn ready(raws: Vec<Raw>) -> Result<Vec<Arc<Features>>> {
    spread(raws, |raw| raw.ready().map(Arc::new)).into_iter().collect()
}

/// What `make` makes of each item, in their order, on as many threads as the machine has.
pub(super) fn spread<T: Send, R: Send>(items: Vec<T>, make: impl Fn(T) -> R + Sync) -> Vec<R> {
    let n_threads = thread::available_parallelism().map_or(1, usize::from);
    // A thread costs as much as some items.
    let n_each = items.len().div_ceil(n_threads).max(8);
    if items.len() <= n_each {
        return items.into_iter().map(make).collect();
    }
    let mut parts: Vec<Vec<T>> = Vec::new();
    let mut rest = items;
    while rest.len() > n_each {
        let tail = rest.split_off(n_each);
        parts.push(std::mem::replace(&mut rest, tail));
    }
    parts.push(rest);
    let make = &make;
    thread::scope(|scope| {
        let threads: Vec<_> = parts
            .into_iter()
            .map(|part| scope.spawn(move || part.into_iter().map(make).collect::<Vec<R>>()))
            .collect();
        threads.into_iter().flat_map(|thread| thread.join().expect("comparisons do not panic")).collect()
    })
}
