//! Keeping and joining ledgers: backup, import, and what an export needs.

use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};

use crate::decision::{Action, Decision};
use crate::hash::Hash;
use crate::import::{Theirs, take_over};
use crate::ledger::{unpack_capture, unpack_reading};
use crate::write::first;
use crate::{Error, Ledger, Result};

/// A capture with one of the places where it was obtained.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// SHA-256 of `bytes`.
    pub sha256: Hash,
    /// How many bytes they are.
    pub n_bytes: u64,
    /// As they were obtained; none once they are redacted.
    pub bytes: Option<Vec<u8>>,
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

    /// Takes over decisions of another ledger by their ids and bodies, as [`decisions`](Self::decisions)
    /// gives them, behind those that are here. Returns how many were new.
    ///
    /// # Errors
    /// If one is not what its id says, or none can be written; then none came.
    pub fn take_over(&mut self, decisions: &[(Hash, Option<String>)]) -> Result<u64> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut theirs: Vec<Theirs> = Vec::with_capacity(decisions.len());
        for (id, body) in decisions {
            let hash = body.as_deref().map_or(*id, |body| Hash::of(body.as_bytes()));
            if hash != *id {
                return Err(Error::damaged(format!("decision {id} hashes to {hash}")));
            }
            let report = report_of_body(&transaction, &theirs, body.as_deref())?;
            theirs.push((*id, body.clone(), report));
        }
        let n = take_over(&transaction, theirs)?;
        transaction.commit()?;
        Ok(n)
    }

    /// Every capture, once for each place, by hash.
    ///
    /// # Errors
    /// If the ledger cannot be read or `each` fails.
    pub fn captures<E: From<Error>>(
        &self,
        mut each: impl FnMut(Kept) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let sql = "SELECT c.sha256, c.n_bytes, c.bytes, p.path, s.record, s.obtained, r.media_type
             FROM capture c JOIN sighting s ON s.capture = c.id JOIN place p ON p.id = s.place
             LEFT JOIN report r ON r.id = c.id ORDER BY c.sha256, p.path, s.record";
        let mut select = self.connection.prepare(sql).map_err(Error::from)?;
        let mut rows = select.query([]).map_err(Error::from)?;
        while let Some(row) = rows.next().map_err(Error::from)? {
            each(kept(row)?)?;
        }
        Ok(())
    }

    /// The model and the JSON of every reading, by the hash of its report, the newest of each last.
    ///
    /// # Errors
    /// If the ledger cannot be read or `each` fails.
    pub fn readings<E: From<Error>>(
        &self,
        mut each: impl FnMut(&str, &str) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let sql = "SELECT d.json, d.n_bytes, c.bytes, m.name FROM capture c JOIN report r ON r.id = c.id
             JOIN reading d ON d.report = r.id JOIN model m ON m.id = d.model
             ORDER BY c.sha256, d.id = r.reading, d.id";
        let mut select = self.connection.prepare(sql).map_err(Error::from)?;
        let mut rows = select.query([]).map_err(Error::from)?;
        while let Some(row) = rows.next().map_err(Error::from)? {
            let model: String = row.get(3).map_err(Error::from)?;
            each(&model, &json_of(row)?)?;
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

/// The hash of the report that a decision is about: its target's, or that of the decision it undoes.
fn report_of_body(connection: &Connection, before: &[Theirs], body: Option<&str>) -> Result<Option<Vec<u8>>> {
    let Some(decision) = body.and_then(|body| serde_json::from_str::<Decision>(body).ok()) else {
        return Ok(None);
    };
    let hash = decision.target.split('.').next().and_then(Hash::from_hex);
    let Some(hash) = hash else { return Ok(None) };
    if decision.action != Action::Undo {
        return Ok(Some(hash.0.to_vec()));
    }
    if let Some((_, _, report)) = before.iter().find(|(id, _, _)| *id == hash) {
        return Ok(report.clone());
    }
    let sql = "SELECT c.sha256 FROM decision d JOIN capture c ON c.id = d.report WHERE d.id = ?";
    first(connection, sql, &hash.0[..])
}

fn kept(row: &rusqlite::Row<'_>) -> Result<Kept> {
    let record: i64 = row.get(4)?;
    let packed: Option<Vec<u8>> = row.get(2)?;
    Ok(Kept {
        sha256: Hash::from_blob(&row.get::<_, Vec<u8>>(0)?)?,
        n_bytes: u64::try_from(row.get::<_, i64>(1)?).unwrap_or(0),
        bytes: packed.map(|packed| unpack_capture(&packed)).transpose()?,
        path: row.get(3)?,
        record: u64::try_from(record).ok().filter(|record| *record > 0),
        obtained: row.get(5)?,
        media_type: row.get(6)?,
    })
}

fn json_of(row: &rusqlite::Row<'_>) -> Result<String> {
    let capture: Option<Vec<u8>> = row.get(2)?;
    let json = unpack_reading(&row.get::<_, Vec<u8>>(0)?, row.get(1)?, capture.as_deref())?;
    String::from_utf8(json).map_err(|_| Error::damaged("a reading that is no UTF-8"))
}
