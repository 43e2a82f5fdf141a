//! Putting captures, readings and refusals into a ledger.

use std::collections::BTreeSet;

use ascribe_record::{Reading, Report};
use rusqlite::{Connection, TransactionBehavior, params};

use crate::apply::apply;
use crate::decision::{Logged, State};
use crate::entry::{Capture, Entry, PackedReading, Sighting, UNREAD};
use crate::hash::Hash;
use crate::ledger::unpack_reading;
use crate::rows::{Rows, rows};
use crate::write::{delete_rows, first, insert_rows, intern};
use crate::{Error, Ledger, Result, log};

/// What a ledger knows of some bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// Nothing, or only that they were refused.
    New,
    /// They are a report, and the model that was asked about read it.
    Read,
    /// They are a report that nothing was read in yet.
    Unread,
    /// They are a report that only other models read.
    ReadByOthers,
    /// They were redacted and are not taken again.
    Redacted,
}

/// One thing to put into a ledger.
#[derive(Clone, Debug)]
pub enum Incoming {
    /// A report and its reading.
    Read(Box<Entry>),
    /// Bytes, whatever they are, as they were kept in another ledger.
    Kept(Capture, Sighting),
    /// Bytes that the ledger has, seen (again) at a place.
    Seen(Hash, Sighting),
    /// Something that is no report: why, and its bytes as far as they are to be kept.
    Refused(Sighting, String, Option<Capture>),
}

/// What was done with each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Added {
    /// A report that was not there.
    New,
    /// Another reading of a report that was there.
    Reading,
    /// It was there.
    Seen,
    /// It was redacted and is not taken again.
    Redacted,
    /// It is kept as refused.
    Refused,
}

impl Ledger {
    /// What the ledger knows of the bytes with this hash.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn known(&self, sha256: Hash, model: &str) -> Result<Known> {
        known(&self.connection, sha256, model)
    }

    /// The reports that `model` did not read, by hash; those that nothing was read in yet are among them, and
    /// without a model they alone. None of which words were redacted.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub fn unread(&self, model: Option<&str>) -> Result<Vec<Hash>> {
        let mut select = self.connection.prepare(
            "SELECT c.sha256 FROM report r JOIN capture c ON c.id = r.id
             WHERE c.bytes IS NOT NULL AND ?1 = EXISTS (SELECT 1 FROM reading d WHERE d.report = r.id
                 AND d.model = (SELECT id FROM model WHERE name = ?2))
             ORDER BY c.sha256",
        )?;
        let mut rows = select.query(params![model.is_none(), model.unwrap_or(UNREAD)])?;
        let mut unread = Vec::new();
        while let Some(row) = rows.next()? {
            unread.push(Hash::from_blob(&row.get::<_, Vec<u8>>(0)?)?);
        }
        Ok(unread)
    }

    /// A report as intake made it, with its bytes, to be read again. Among its notes are those that its last
    /// reader added.
    ///
    /// # Errors
    /// If there is none, or the ledger cannot be read.
    pub fn report(&self, sha256: Hash) -> Result<Report> {
        let sql = "SELECT r.id FROM report r JOIN capture c ON c.id = r.id WHERE c.sha256 = ?";
        let id = first::<i64>(&self.connection, sql, &sha256.0[..])?;
        let id = id.ok_or_else(|| Error::request(format!("no report has the id {sha256}")))?;
        let Reading { report, notes, .. } = Stored::load(&self.connection, id)?.reading;
        let bytes = self.bytes_of(sha256)?.unwrap_or_default();
        Ok(Report { bytes, notes, ..report })
    }

    /// Whether something was obtained from the file or address `path`, and not only refused.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn has_place(&self, path: &str) -> Result<bool> {
        let mut found = self.connection.prepare_cached(
            "SELECT 1 FROM place p WHERE p.path = ? AND NOT EXISTS (SELECT 1 FROM refusal r WHERE r.place = p.id)",
        )?;
        Ok(found.exists(params![path])?)
    }

    /// Puts `items` in, all or none, in their order.
    ///
    /// # Errors
    /// If it cannot be written; then none was put in.
    pub fn add(&mut self, items: &[Incoming]) -> Result<Vec<Added>> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let added: Result<Vec<Added>> = items.iter().map(|item| add(&transaction, item)).collect();
        let added = added?;
        transaction.commit()?;
        Ok(added)
    }
}

fn known(connection: &Connection, sha256: Hash, model: &str) -> Result<Known> {
    let Some((capture, has_bytes)) = capture_of(connection, sha256)? else { return Ok(Known::New) };
    if !has_bytes {
        return Ok(Known::Redacted);
    }
    if first::<i64>(connection, "SELECT reading FROM report WHERE id = ?", capture)?.is_none() {
        return Ok(Known::New);
    }
    let mut of_model = connection.prepare_cached(
        "SELECT 1 FROM reading d JOIN model m ON m.id = d.model WHERE d.report = ? AND m.name = ?",
    )?;
    Ok(if of_model.exists(params![capture, model])? {
        Known::Read
    } else if of_model.exists(params![capture, UNREAD])? {
        Known::Unread
    } else {
        Known::ReadByOthers
    })
}

/// Removes what stands for a reading until there is one.
pub(crate) fn forget_unread(connection: &Connection, report: i64) -> Result<()> {
    connection
        .prepare_cached(
            "DELETE FROM reading WHERE report = ? AND model = (SELECT id FROM model WHERE name = ?)",
        )?
        .execute(params![report, UNREAD])?;
    Ok(())
}

/// The capture's row and whether its bytes are there.
fn capture_of(connection: &Connection, sha256: Hash) -> Result<Option<(i64, bool)>> {
    let mut select =
        connection.prepare_cached("SELECT id, bytes IS NOT NULL FROM capture WHERE sha256 = ?")?;
    let mut rows = select.query([&sha256.0[..]])?;
    Ok(rows.next()?.map(|row| Ok::<_, rusqlite::Error>((row.get(0)?, row.get(1)?))).transpose()?)
}

fn add(connection: &Connection, item: &Incoming) -> Result<Added> {
    match item {
        Incoming::Read(entry) => add_entry(connection, entry),
        Incoming::Kept(capture, sighting) => {
            let (id, has_bytes) = insert_capture(connection, capture)?;
            see(connection, id, sighting)?;
            Ok(if has_bytes { Added::Seen } else { Added::Redacted })
        }
        Incoming::Seen(sha256, sighting) => {
            let Some((capture, has_bytes)) = capture_of(connection, *sha256)? else {
                return Err(Error::request(format!("no capture {sha256} that could be seen again")));
            };
            see(connection, capture, sighting)?;
            Ok(if has_bytes { Added::Seen } else { Added::Redacted })
        }
        Incoming::Refused(sighting, reason, capture) => {
            let id = capture.as_ref().map(|capture| insert_capture(connection, capture)).transpose()?;
            if let Some((id, has_bytes)) = id {
                see(connection, id, sighting)?;
                if !has_bytes {
                    return Ok(Added::Redacted);
                }
            }
            let place = intern(connection, "place", "path", &sighting.path)?;
            connection
                .prepare_cached("REPLACE INTO refusal (place, record, reason, capture) VALUES (?, ?, ?, ?)")?
                .execute(params![place, record_of(sighting), reason, id.map(|(id, _)| id)])?;
            Ok(Added::Refused)
        }
    }
}

fn add_entry(connection: &Connection, entry: &Entry) -> Result<Added> {
    let found = capture_of(connection, entry.capture.sha256)?;
    let capture = match found {
        Some((capture, _)) => capture,
        None => insert_capture(connection, &entry.capture)?.0,
    };
    see(connection, capture, &entry.sighting)?;
    // Another program may have added it since it was asked for.
    let known = match found {
        None => Known::New,
        Some((_, false)) => return Ok(Added::Redacted),
        Some(_) => known(connection, entry.capture.sha256, &entry.reading.model)?,
    };
    match known {
        Known::Read => return Ok(Added::Seen),
        Known::ReadByOthers if entry.reading.model == UNREAD => return Ok(Added::Seen),
        Known::New => {
            let reading = insert_reading(connection, capture, &entry.reading)?;
            let sha256 = entry.capture.sha256;
            insert_rows(connection, capture, reading, sha256, &entry.rows, &entry.text)?;
            return Ok(Added::New);
        }
        Known::Unread | Known::ReadByOthers | Known::Redacted => {}
    }
    let old = Stored::load(connection, capture)?;
    old.delete(connection)?;
    let reading = insert_reading(connection, capture, &entry.reading)?;
    forget_unread(connection, capture)?;
    let mut rows = entry.rows.clone();
    let log = log::of_report(connection, capture)?;
    let states = apply(&mut rows, &entry.text, &log);
    log::set_states(connection, &log, &states)?;
    insert_rows(connection, capture, reading, entry.capture.sha256, &rows, &entry.text)?;
    Ok(Added::Reading)
}

/// The capture's row, which is made if it is new, and whether its bytes are there.
fn insert_capture(connection: &Connection, capture: &Capture) -> Result<(i64, bool)> {
    if let Some(found) = capture_of(connection, capture.sha256)? {
        return Ok(found);
    }
    let packed = capture.packed.as_deref();
    let id = insert_bytes(connection, capture.sha256, capture.n_bytes as i64, packed)?;
    Ok((id, packed.is_some()))
}

/// Makes the row of a capture; `packed` is none if it was redacted.
pub(crate) fn insert_bytes(
    connection: &Connection,
    sha256: Hash,
    n_bytes: i64,
    packed: Option<&[u8]>,
) -> Result<i64> {
    connection
        .prepare_cached("INSERT INTO capture (sha256, n_bytes, bytes) VALUES (?, ?, ?)")?
        .execute(params![&sha256.0[..], n_bytes, packed])?;
    Ok(connection.last_insert_rowid())
}

fn insert_reading(connection: &Connection, report: i64, reading: &PackedReading) -> Result<i64> {
    let model = intern(connection, "model", "name", &reading.model)?;
    connection
        .prepare_cached("INSERT INTO reading (report, model, sha256, n_bytes, json) VALUES (?, ?, ?, ?, ?)")?
        .execute(params![report, model, &reading.sha256.0[..], reading.n_bytes as i64, reading.packed])?;
    Ok(connection.last_insert_rowid())
}

/// Notes that the bytes were obtained at a place; what was refused there before no longer is.
fn see(connection: &Connection, capture: i64, sighting: &Sighting) -> Result<()> {
    let place = intern(connection, "place", "path", &sighting.path)?;
    let record = record_of(sighting);
    connection
        .prepare_cached(
            "INSERT OR IGNORE INTO sighting (capture, place, record, obtained) VALUES (?, ?, ?, ?)",
        )?
        .execute(params![capture, place, record, sighting.obtained])?;
    connection
        .prepare_cached("DELETE FROM refusal WHERE place = ? AND record = ?")?
        .execute(params![place, record])?;
    Ok(())
}

/// 0 for a file that is one item, as keys of tables cannot be null.
fn record_of(sighting: &Sighting) -> i64 {
    sighting.record.and_then(|record| i64::try_from(record).ok()).unwrap_or(0)
}

/// A report as it stands in the ledger, with its newest reading.
pub(crate) struct Stored {
    pub(crate) id: i64,
    pub(crate) sha256: Hash,
    pub(crate) reading_id: i64,
    pub(crate) reading: Reading,
    /// Before decisions.
    pub(crate) rows: Rows,
}

impl Stored {
    pub(crate) fn load(connection: &Connection, id: i64) -> Result<Self> {
        let mut select = connection.prepare_cached(
            "SELECT c.sha256, c.bytes, d.id, d.n_bytes, d.json
             FROM report r JOIN capture c ON c.id = r.id JOIN reading d ON d.id = r.reading WHERE r.id = ?",
        )?;
        let mut found = select.query([id])?;
        let row = found.next()?.ok_or_else(|| Error::damaged("a report without its capture or reading"))?;
        let blob = |i: usize| row.get_ref(i)?.as_blob().map_err(|_| Error::damaged("a report without bytes"));
        let sha256 = Hash::from_blob(blob(0)?)?;
        let json =
            unpack_reading(blob(4)?, row.get(3)?, row.get_ref(1)?.as_blob_or_null().unwrap_or_default())?;
        let reading = reading_of(&json)?;
        let rows = rows(&reading);
        Ok(Self { id, sha256, reading_id: row.get(2)?, reading, rows })
    }

    /// The rows as `log` leaves them, and what became of each of its decisions.
    pub(crate) fn decided(&self, log: &[Logged]) -> (Rows, Vec<State>) {
        let mut rows = self.rows.clone();
        let states = apply(&mut rows, &self.reading.report.text, log);
        (rows, states)
    }

    /// Takes the report's rows out; returns the parties that it had.
    pub(crate) fn delete(&self, connection: &Connection) -> Result<BTreeSet<i64>> {
        delete_rows(connection, self.id, &self.rows, &self.reading.report.text)
    }

    /// Writes the report's rows anew, as its decisions leave them.
    pub(crate) fn refresh(&self, connection: &Connection) -> Result<()> {
        let log = log::of_report(connection, self.id)?;
        let (rows, states) = self.decided(&log);
        log::set_states(connection, &log, &states)?;
        self.delete(connection)?;
        insert_rows(connection, self.id, self.reading_id, self.sha256, &rows, &self.reading.report.text)
    }
}

/// A reading from its JSON.
pub(crate) fn reading_of(json: &[u8]) -> Result<Reading> {
    let json = std::str::from_utf8(json).map_err(|_| Error::damaged("a reading that is no UTF-8"))?;
    Reading::from_json(json).map_err(|error| Error::damaged(format!("no reading: {error}")))
}
