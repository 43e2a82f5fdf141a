//! What people decided about the story that a report is of.

use rusqlite::{Connection, params};

use crate::Result;
use crate::decision::{Action, undone};
use crate::hash::Hash;
use crate::log;
use crate::write::first;

/// A report's story, as a person decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pin {
    /// That of the report of this hash.
    Join(Hash),
    /// One of its own.
    Part,
}

impl Pin {
    /// The last decision about the report's story that nobody undid.
    pub(super) fn of(connection: &Connection, report: i64) -> Result<Option<Self>> {
        if first::<i64>(connection, "SELECT 1 FROM decision WHERE report = ? LIMIT 1", report)?.is_none() {
            return Ok(None);
        }
        let log = log::of_report(connection, report)?;
        let holding = log.iter().zip(undone(&log)).filter(|(_, is_undone)| !is_undone);
        let mut pins = holding.filter_map(|(logged, _)| {
            let decision = logged.decision.as_ref()?;
            match decision.action {
                Action::Join => Hash::from_hex(decision.value.as_deref()?).map(Self::Join),
                Action::Part => Some(Self::Part),
                _ => None,
            }
        });
        Ok(pins.next_back())
    }

    /// Bytes that tell pins apart.
    pub(super) fn mark(pin: Option<&Self>) -> Vec<u8> {
        match pin {
            None => vec![0],
            Some(Self::Part) => vec![1],
            Some(Self::Join(hash)) => hash.0.to_vec(),
        }
    }
}

/// Notes the pin of a report, or that it has none.
pub(super) fn set(connection: &Connection, report: i64, pin: Option<Pin>) -> Result<()> {
    connection.prepare_cached("DELETE FROM pin WHERE report = ?")?.execute([report])?;
    if let Some(pin) = pin {
        let story = match pin {
            Pin::Join(hash) => Some(hash.0.to_vec()),
            Pin::Part => None,
        };
        connection
            .prepare_cached("INSERT INTO pin (report, story) VALUES (?, ?)")?
            .execute(params![report, story])?;
    }
    Ok(())
}

/// The linked reports that pins join with this one, either way.
pub(super) fn joined(connection: &Connection, report: i64) -> Result<Vec<i64>> {
    let mut select = connection.prepare_cached(
        "SELECT s.report FROM pin p JOIN capture c ON c.sha256 = p.story JOIN story s ON s.report = c.id
             WHERE p.report = ?1
         UNION
         SELECT s.report FROM capture c JOIN pin p ON p.story = c.sha256 JOIN story s ON s.report = p.report
             WHERE c.id = ?1",
    )?;
    let rows = select.query_map([report], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Whether people pinned any report.
pub(super) fn any(connection: &Connection) -> Result<bool> {
    let mut select = connection.prepare_cached("SELECT 1 FROM pin LIMIT 1")?;
    Ok(select.exists([])?)
}
