//! Versions: what a person saw of an item, so that two who decide at once lose nothing.

use rusqlite::Connection;
use rusqlite::types::Value;

use crate::hash::Hash;
use crate::list::lines;
use crate::log::find_decision;
use crate::target::{Target, resolve};
use crate::write::{first, items_of};
use crate::{Error, ErrorKind, Result};

/// Columns that change without a decision about the line.
const OF_OTHERS: &[&str] = &["statements", "figures", "snippet", "model"];

/// A name for what a line of a listing says: it changes with the line. Columns about others are left out:
/// of an item those of its report.
pub fn version<'r>(row: impl IntoIterator<Item = (&'r str, &'r Value)>) -> String {
    let row: Vec<(&str, &Value)> = row.into_iter().collect();
    let is_item = row.iter().any(|(name, _)| *name == "status");
    let is_statement = row.iter().any(|(name, _)| *name == "act");
    let counts = |name: &str| match name {
        "published" | "outlet" => !is_item,
        "speaker" => is_statement,
        name => !OF_OTHERS.contains(&name),
    };
    let kept = row.iter().filter(|(name, _)| counts(name));
    let parts: Vec<String> = kept.map(|(name, value)| format!("{name} {value:?}")).collect();
    let parts: Vec<&[u8]> = parts.iter().map(String::as_bytes).collect();
    format!("{:016x}", Hash::of_parts(&parts).long_head())
}

/// Refuses a decision about what reads otherwise than it was `seen`. Actors have no versions.
pub(crate) fn check(connection: &Connection, id: &str, of_decision: bool, seen: &str) -> Result<()> {
    let now = if id.contains(".g") {
        // A flag has no version but that it is open.
        return check_flag(connection, id, seen);
    } else if of_decision {
        let (id, _) = find_decision(connection, id)?;
        first::<String>(connection, "SELECT state FROM decision WHERE id = ?", &id.0[..])?
    } else {
        match resolve(connection, id)? {
            Target::Actor(..) => return Ok(()),
            Target::Report(report, _) => {
                line(connection, "SELECT * FROM report_line WHERE item = ?", vec![report.into()])?
            }
            Target::Item { report, kind, key, .. } => {
                let (table, view) =
                    if kind == 's' { ("statement", "statement_line") } else { ("figure", "figure_line") };
                let sql = format!(
                    "SELECT * FROM {view} WHERE item =
                         (SELECT id FROM {table} WHERE id BETWEEN ? AND ? AND key = ?)"
                );
                let (first, last) = items_of(report);
                line(connection, &sql, vec![first.into(), last.into(), i64::from(key).into()])?
            }
        }
    };
    if now.as_deref() == Some(seen) {
        return Ok(());
    }
    let says =
        if of_decision { "the decision no longer holds" } else { "somebody decided about it meanwhile" };
    Err(Error::new(ErrorKind::Conflict, says))
}

fn check_flag(connection: &Connection, id: &str, seen: &str) -> Result<()> {
    let sql = "SELECT iif(dismissed IS NULL, 'open', 'dismissed') FROM flag_line
               WHERE item = (SELECT rowid FROM flag WHERE report = ?1 >> 32 AND id = ?1 & 4294967295)";
    match first::<String>(connection, sql, crate::link::flag_number(connection, id)?)? {
        Some(now) if now != seen => {
            Err(Error::new(ErrorKind::Conflict, "somebody decided about the flag meanwhile"))
        }
        _ => Ok(()),
    }
}

fn line(connection: &Connection, sql: &str, parameters: Vec<Value>) -> Result<Option<String>> {
    let mut found = None;
    lines(connection, sql, parameters, &mut |_, row| {
        found = Some(version(row.iter().map(|(name, value)| (*name, value))));
        false
    })?;
    Ok(found)
}
