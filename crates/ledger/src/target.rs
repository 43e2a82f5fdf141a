//! Ids as people write them: a report's hash or its beginning, `HASH.s1a2b3c4d` for a statement,
//! `HASH.f1a2b3c4d` for a figure, `p` and 16 digits for an actor.

use rusqlite::Connection;

use crate::hash::Hash;
use crate::write::first;
use crate::{Error, Result};

/// What an id names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// Its row and its hash. The report may be redacted.
    Report(i64, Hash),
    /// A statement (`s`) or a figure (`f`).
    Item { report: i64, sha256: Hash, kind: char, key: u32 },
    /// Its row and its key.
    Actor(i64, i64),
}

/// So many digits of a hash are needed at least, so that no id is named by accident.
const LEAST_DIGITS: usize = 4;

/// What `id` names.
pub(crate) fn resolve(connection: &Connection, id: &str) -> Result<Target> {
    let wrong = || {
        Error::request(format!(
            "{id} is no id: it looks like 3fa9c1d2e4b5, 3fa9c1d2e4b5.s1a2b3c4d or p0123456789abcdef"
        ))
    };
    if let Some(key) = id.strip_prefix('p') {
        let key = i64::from_str_radix(key, 16).map_err(|_| wrong())?;
        let row = first(connection, "SELECT id FROM actor WHERE key = ?", key)?;
        return Ok(Target::Actor(
            row.ok_or_else(|| Error::not_found(format!("no actor has the id {id}")))?,
            key,
        ));
    }
    let (hash, item) = id.split_once('.').map_or((id, None), |(hash, item)| (hash, Some(item)));
    let (low, high) = range(hash).ok_or_else(wrong)?;
    let mut select =
        connection.prepare_cached("SELECT id, sha256 FROM capture WHERE sha256 BETWEEN ? AND ? LIMIT 2")?;
    let found: Vec<(i64, Vec<u8>)> = select
        .query_map([&low[..], &high[..]], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let (report, sha256) = match &found[..] {
        [(report, sha256)] => (*report, Hash::from_blob(sha256)?),
        [] => return Err(Error::not_found(format!("no report has the id {hash}"))),
        _ => return Err(Error::request(format!("more than one report begins with {hash}: give more of it"))),
    };
    let Some(item) = item else { return Ok(Target::Report(report, sha256)) };
    let kind = item.chars().next().filter(|kind| matches!(kind, 's' | 'f')).ok_or_else(wrong)?;
    let key = u32::from_str_radix(&item[1..], 16).map_err(|_| wrong())?;
    Ok(Target::Item { report, sha256, kind, key })
}

/// The report that an id is of, and the key of its item.
pub(crate) fn report_of(connection: &Connection, id: &str) -> Result<(i64, Option<u32>)> {
    match resolve(connection, id)? {
        Target::Report(report, _) => Ok((report, None)),
        Target::Item { report, key, .. } => Ok((report, Some(key))),
        Target::Actor(..) => Err(Error::request(format!("{id} is an actor: filter by speaker"))),
    }
}

/// The least and the greatest hash that begin with these digits.
pub(crate) fn range(digits: &str) -> Option<([u8; 32], [u8; 32])> {
    if !(LEAST_DIGITS..=64).contains(&digits.len()) || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    let fill =
        |with: char| Hash::from_hex(&format!("{digits}{}", with.to_string().repeat(64 - digits.len())));
    Some((fill('0')?.0, fill('f')?.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_beginning_is_a_range() {
        let (low, high) = range("ab1c2").unwrap();
        assert_eq!((low[..3].to_vec(), high[..3].to_vec()), (vec![0xab, 0x1c, 0x20], vec![0xab, 0x1c, 0x2f]));
        assert_eq!((low[31], high[31]), (0, 0xff));
        for wrong in ["", "abc", "xyz12", &"a".repeat(65), "éééé"] {
            assert_eq!(range(wrong), None, "{wrong}");
        }
    }
}
