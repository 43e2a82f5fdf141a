//! One ledger into another.

use rusqlite::{Connection, params};

use crate::UNREAD;
use crate::add::{Stored, insert_bytes};
use crate::apply::apply;
use crate::decision::Action;
use crate::decision::Decision;
use crate::hash::Hash;
use crate::ledger::unpack_reading;
use crate::redact::{forget, forget_item};
use crate::rows::rows;
use crate::write::{first, insert_rows, intern};
use crate::{Error, Result, add, log};

pub(crate) fn import(to: &Connection, from: &Connection, tell: &mut dyn FnMut(u64)) -> Result<(u64, u64)> {
    let mut n_reports = 0;
    let mut n_seen = 0;
    let mut select = from.prepare("SELECT id, sha256, n_bytes, bytes FROM capture ORDER BY id")?;
    let mut found = select.query([])?;
    while let Some(row) = found.next()? {
        let (theirs, n_bytes): (i64, i64) = (row.get(0)?, row.get(2)?);
        let sha256: Vec<u8> = row.get(1)?;
        let bytes: Option<Vec<u8>> = row.get(3)?;
        let known = first::<i64>(to, "SELECT id FROM capture WHERE sha256 = ?", &sha256)?;
        let is_new = known.is_none();
        let ours = match known {
            Some(ours) => ours,
            None => insert_bytes(to, Hash::from_blob(&sha256)?, n_bytes, bytes.as_deref())?,
        };
        sightings(to, from, theirs, ours)?;
        n_reports += u64::from(readings(
            to,
            from,
            theirs,
            (ours, is_new),
            bytes.as_deref(),
            Hash::from_blob(&sha256)?,
        )?);
        n_seen += 1;
        if n_seen % 256 == 0 {
            tell(n_seen);
        }
    }
    refusals(to, from)?;
    let n_decisions = decisions(to, from)?;
    Ok((n_reports, n_decisions))
}

fn sightings(to: &Connection, from: &Connection, theirs: i64, ours: i64) -> Result<()> {
    let mut select = from.prepare_cached(
        "SELECT p.path, s.record, s.obtained FROM sighting s JOIN place p ON p.id = s.place
         WHERE s.capture = ?",
    )?;
    let mut found = select.query([theirs])?;
    while let Some(row) = found.next()? {
        let place = intern(to, "place", "path", &row.get::<_, String>(0)?)?;
        to.prepare_cached(
            "INSERT OR IGNORE INTO sighting (capture, place, record, obtained) VALUES (?, ?, ?, ?)",
        )?
        .execute(params![ours, place, row.get::<_, i64>(1)?, row.get::<_, String>(2)?])?;
    }
    Ok(())
}

/// Takes over readings by models that did not read the report here. Of two, that of the other ledger is
/// the newer. Returns whether the report is new here.
fn readings(
    to: &Connection,
    from: &Connection,
    theirs: i64,
    (ours, is_new_capture): (i64, bool),
    capture: Option<&[u8]>,
    sha256: Hash,
) -> Result<bool> {
    let has_bytes: Option<bool> = first(to, "SELECT bytes IS NOT NULL FROM capture WHERE id = ?", ours)?;
    // What was redacted here stays so, and what was redacted there is not taken for another reading.
    if !is_new_capture && (has_bytes != Some(true) || capture.is_none()) {
        return Ok(false);
    }
    let is_new = first::<i64>(to, "SELECT id FROM report WHERE id = ?", ours)?.is_none();
    let mut select = from.prepare_cached(
        "SELECT m.name, d.sha256, d.n_bytes, d.json, d.id = coalesce(r.reading, 0)
         FROM reading d JOIN model m ON m.id = d.model LEFT JOIN report r ON r.id = d.report
         WHERE d.report = ? AND d.json IS NOT NULL ORDER BY d.id",
    )?;
    let mut found = select.query([theirs])?;
    while let Some(row) = found.next()? {
        let name: String = row.get(0)?;
        if name == UNREAD && !is_new {
            continue;
        }
        let model = intern(to, "model", "name", &name)?;
        let (hash, n_bytes, json): (Vec<u8>, i64, Vec<u8>) = (row.get(1)?, row.get(2)?, row.get(3)?);
        let n = to
            .prepare_cached(
                "INSERT OR IGNORE INTO reading (report, model, sha256, n_bytes, json) VALUES (?, ?, ?, ?, ?)",
            )?
            .execute(params![ours, model, hash, n_bytes, json])?;
        let is_newest: bool = row.get(4)?;
        if n == 0 || !is_newest {
            continue;
        }
        let reading_id = to.last_insert_rowid();
        let reading = add::reading_of(&unpack_reading(&json, n_bytes, capture)?)?;
        if reading.report.id != sha256.to_string() {
            return Err(Error::damaged(format!("the reading of {sha256} is of another report")));
        }
        if !is_new {
            Stored::load(to, ours)?.delete(to)?;
            add::forget_unread(to, ours)?;
        }
        let mut rows = rows(&reading);
        apply(&mut rows, &reading.report.text, &log::of_report(to, ours)?);
        insert_rows(to, ours, reading_id, sha256, &rows, &reading.report.text)?;
    }
    Ok(is_new && first::<i64>(to, "SELECT id FROM report WHERE id = ?", ours)?.is_some())
}

/// Takes over what was refused there and has not become a report here.
fn refusals(to: &Connection, from: &Connection) -> Result<()> {
    let mut select = from.prepare(
        "SELECT p.path, f.record, f.reason, c.sha256 FROM refusal f JOIN place p ON p.id = f.place
         LEFT JOIN capture c ON c.id = f.capture",
    )?;
    let mut found = select.query([])?;
    while let Some(row) = found.next()? {
        let place = intern(to, "place", "path", &row.get::<_, String>(0)?)?;
        let sha256: Option<Vec<u8>> = row.get(3)?;
        to.prepare_cached(
            "INSERT OR IGNORE INTO refusal (place, record, reason, capture)
             SELECT ?1, ?2, ?3, (SELECT id FROM capture WHERE sha256 = ?4)
             WHERE NOT EXISTS (SELECT 1 FROM sighting s JOIN report r ON r.id = s.capture
                               WHERE s.place = ?1 AND s.record = ?2)",
        )?
        .execute(params![place, row.get::<_, i64>(1)?, row.get::<_, String>(2)?, sha256])?;
    }
    Ok(())
}

/// Adds the other log's decisions behind ours, in their order, and applies them.
fn decisions(to: &Connection, from: &Connection) -> Result<u64> {
    let mut select = from.prepare(
        "SELECT d.id, d.body, c.sha256 FROM decision d LEFT JOIN capture c ON c.id = d.report ORDER BY d.seq",
    )?;
    let mut found = select.query([])?;
    let mut theirs = Vec::new();
    while let Some(row) = found.next()? {
        theirs.push((Hash::from_blob(&row.get::<_, Vec<u8>>(0)?)?, row.get(1)?, row.get(2)?));
    }
    take_over(to, theirs)
}

/// A decision of another ledger: its id, its body, which may be redacted, and the hash of its report.
pub(crate) type Theirs = (Hash, Option<String>, Option<Vec<u8>>);

/// Adds decisions behind ours, in their order, and applies them. Returns how many were new.
pub(crate) fn take_over(to: &Connection, theirs: Vec<Theirs>) -> Result<u64> {
    let (mut n, mut touched) = (0, Vec::new());
    for (id, body, sha256) in theirs {
        let report = sha256.map(|hash| first::<i64>(to, "SELECT id FROM capture WHERE sha256 = ?", hash));
        let report = report.transpose()?.flatten();
        let decision = body.as_deref().map(serde_json::from_str::<Decision>).transpose();
        let decision = decision.map_err(|e| Error::damaged(format!("decision {id} is none: {e}")))?;
        if !log::append_body(to, report, id, body.as_deref())? {
            continue;
        }
        n += 1;
        // What was redacted there is removed here too.
        if let (Some(report), Some(Decision { action: Action::Redact, target, .. })) = (report, decision) {
            let is_whole = !target.contains('.');
            // Words that a ledger cannot find in its own reading go with the whole report.
            let is_done = !is_whole && forget_item(to, report, &target)?;
            let sql = if is_whole {
                "SELECT 1 FROM capture WHERE id = ?1 AND bytes IS NOT NULL
                 UNION SELECT 1 FROM report WHERE id = ?1"
            } else {
                "SELECT 1 FROM capture WHERE id = ?1 AND bytes IS NOT NULL"
            };
            let kept: Option<i64> = if is_done { None } else { first(to, sql, report)? };
            if kept.is_some() {
                forget(to, report)?;
                to.execute("UPDATE decision SET body = ?2 WHERE id = ?1", params![&id.0[..], body])?;
            }
        }
        touched.push(report);
    }
    touched.sort_unstable();
    touched.dedup();
    touched.into_iter().try_for_each(|report| log::settle(to, report))?;
    Ok(n)
}
