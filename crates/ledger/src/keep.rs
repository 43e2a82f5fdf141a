//! Keeping, joining and emptying ledgers: backup, redaction, import, and what an export needs.

use std::path::Path;

use rusqlite::{Connection, TransactionBehavior, params};

use crate::add::Stored;
use crate::decision::{Action, Decision};
use crate::hash::Hash;
use crate::ledger::unpack_capture;
use crate::pack::unpack;
use crate::target::{Target, resolve};
use crate::write::first;
use crate::{Error, Ledger, Result, log};

/// A capture with one of the places where it was obtained.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// SHA-256 of `bytes`.
    pub sha256: Hash,
    /// As they were obtained.
    pub bytes: Vec<u8>,
    /// The file or address.
    pub path: String,
    /// The record's number in a file that holds many, from 1.
    pub record: Option<u64>,
    /// When, RFC 3339.
    pub obtained: String,
    /// What they are, if they are a report.
    pub media_type: Option<String>,
}

impl Ledger {
    /// Writes the ledger as it is at this moment to a new file, while others go on writing to it.
    ///
    /// # Errors
    /// If the file is there already or cannot be written.
    pub fn back_up(&self, to: &Path) -> Result<()> {
        self.connection.execute("VACUUM INTO ?", [to.to_string_lossy()])?;
        Ok(())
    }

    /// Removes the words of the report `id` from the ledger: its bytes, its readings, its rows, the words
    /// of decisions about it. Its hash, where it came from, and a decision that says why stay.
    ///
    /// # Errors
    /// If there is no such report or it is redacted already.
    pub fn redact(&mut self, id: &str, reason: &str, author: &str, time: &str) -> Result<Hash> {
        // Freed pages are overwritten, those of the full-text indexes too.
        self.connection.pragma_update(None, "secure_delete", true)?;
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let (report, sha256) = match resolve(&transaction, id)? {
            Target::Report(report, sha256) => (report, sha256),
            _ => {
                return Err(Error::request(format!(
                    "{id}: only whole reports are redacted; give the report's id"
                )));
            }
        };
        let decision = Decision {
            author: author.to_owned(),
            time: time.to_owned(),
            action: Action::Redact,
            target: sha256.to_string(),
            field: None,
            value: None,
            comment: Some(reason.to_owned()),
            quote: None,
            seen: None,
        };
        forget(&transaction, report)?;
        let id = log::append(&transaction, Some(report), &decision)?;
        transaction.commit()?;
        // The write-ahead log held the words too.
        self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        Ok(id)
    }

    /// Takes over all that another ledger holds and this one does not, decisions included. Returns how
    /// many reports and decisions came.
    ///
    /// # Errors
    /// If either cannot be read or written; then nothing came.
    pub fn import(&mut self, other: &Self, tell: &mut dyn FnMut(u64)) -> Result<(u64, u64)> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        // One moment of the other, whatever is written to it meanwhile.
        let moment = other.connection.unchecked_transaction()?;
        let came = crate::import::import(&transaction, &moment, tell)?;
        transaction.commit()?;
        Ok(came)
    }

    /// Every capture that is kept, once for each place, by hash.
    ///
    /// # Errors
    /// If the ledger cannot be read or `each` fails.
    pub fn captures<E: From<Error>>(
        &self,
        mut each: impl FnMut(Kept) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let sql = "SELECT c.sha256, c.bytes, p.path, s.record, s.obtained, r.media_type
             FROM capture c JOIN sighting s ON s.capture = c.id JOIN place p ON p.id = s.place
             LEFT JOIN report r ON r.id = c.id WHERE c.bytes IS NOT NULL ORDER BY c.sha256, p.path, s.record";
        let mut select = self.connection.prepare(sql).map_err(Error::from)?;
        let mut rows = select.query([]).map_err(Error::from)?;
        while let Some(row) = rows.next().map_err(Error::from)? {
            each(kept(row)?)?;
        }
        Ok(())
    }

    /// The JSON of the newest reading of every report, by date.
    ///
    /// # Errors
    /// If the ledger cannot be read or `each` fails.
    pub fn readings<E: From<Error>>(
        &self,
        mut each: impl FnMut(&str) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let sql = "SELECT d.json, d.n_bytes, c.bytes FROM report r INDEXED BY report_by_date
             JOIN reading d ON d.id = r.reading JOIN capture c ON c.id = r.id ORDER BY r.at, r.id";
        let mut select = self.connection.prepare(sql).map_err(Error::from)?;
        let mut rows = select.query([]).map_err(Error::from)?;
        while let Some(row) = rows.next().map_err(Error::from)? {
            each(&json_of(row)?)?;
        }
        Ok(())
    }

    /// Every decision in the order of the log: its id, its chain and its body, which is `None` once it
    /// is redacted.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub fn decisions(&self) -> Result<Vec<(Hash, Hash, Option<String>)>> {
        let mut select = self.connection.prepare("SELECT id, chain, body FROM decision ORDER BY seq")?;
        let mut rows = select.query([])?;
        let mut decisions = Vec::new();
        while let Some(row) = rows.next()? {
            let hash = |i| Hash::from_blob(&row.get::<_, Vec<u8>>(i)?);
            decisions.push((hash(0)?, hash(1)?, row.get(2)?));
        }
        Ok(decisions)
    }

    /// The bytes of a capture, if they are kept.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub fn bytes_of(&self, sha256: Hash) -> Result<Option<Vec<u8>>> {
        let sql = "SELECT bytes FROM capture WHERE bytes IS NOT NULL AND sha256 = ?";
        first::<Vec<u8>>(&self.connection, sql, &sha256.0[..])?
            .map(|packed| unpack_capture(&packed))
            .transpose()
    }
}

fn kept(row: &rusqlite::Row<'_>) -> Result<Kept> {
    let record: i64 = row.get(3)?;
    Ok(Kept {
        sha256: Hash::from_blob(&row.get::<_, Vec<u8>>(0)?)?,
        bytes: unpack_capture(&row.get::<_, Vec<u8>>(1)?)?,
        path: row.get(2)?,
        record: u64::try_from(record).ok().filter(|record| *record > 0),
        obtained: row.get(4)?,
        media_type: row.get(5)?,
    })
}

fn json_of(row: &rusqlite::Row<'_>) -> Result<String> {
    let capture = unpack_capture(&row.get::<_, Vec<u8>>(2)?)?;
    let json = unpack(&row.get::<_, Vec<u8>>(0)?, row.get::<_, i64>(1)? as usize, &capture)?;
    String::from_utf8(json).map_err(|_| Error::damaged("a reading that is no UTF-8"))
}

/// Removes the words of a report.
pub(crate) fn forget(connection: &Connection, report: i64) -> Result<()> {
    for index in ["report_words", "statement_words"] {
        connection
            .execute(&format!("INSERT INTO {index} ({index}, rank) VALUES ('secure-delete', 1)"), [])?;
    }
    if first::<i64>(connection, "SELECT 1 FROM report WHERE id = ?", report)?.is_some() {
        Stored::load(connection, report)?.delete(connection)?;
    }
    let n =
        connection.execute("UPDATE capture SET bytes = NULL WHERE id = ? AND bytes IS NOT NULL", [report])?;
    if n == 0 {
        return Err(Error::request("it is redacted already"));
    }
    connection.execute("UPDATE reading SET json = NULL WHERE report = ?", [report])?;
    connection.execute("UPDATE decision SET body = NULL WHERE report = ?", params![report])?;
    connection.execute("UPDATE refusal SET capture = NULL WHERE capture = ?", [report])?;
    Ok(())
}
