//! Rows into tables and out of them.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::types::Value;
use rusqlite::{Connection, params, params_from_iter};

use crate::Result;
use crate::field::{FIGURE, Field, REPORT, STATEMENT, position};
use crate::hash::Hash;
use crate::rows::{Item, Party, Rows};

/// Bits of an item's row number that are its number in the reading; the rest is its report's.
const ITEM_BITS: u32 = 20;

/// The row numbers that the items of a report have.
pub(crate) fn items_of(report: i64) -> (i64, i64) {
    (report << ITEM_BITS, (report << ITEM_BITS) + (1 << ITEM_BITS) - 1)
}

/// The report of an item, and its number in the reading.
pub(crate) fn number_of(item: i64) -> (i64, u32) {
    (item >> ITEM_BITS, u32::try_from(item & ((1 << ITEM_BITS) - 1)).expect("twenty bits"))
}

fn item_id(report: i64, n: u32) -> i64 {
    (report << ITEM_BITS) + i64::from(n)
}

/// A number that orders reports by date and, of one date, by hash: the same order in every ledger.
/// Unknown parts of a date count as 0, so that a month stands before its days.
pub(crate) fn at(published: Option<&str>, sha256: Hash) -> i64 {
    day_number(published.unwrap_or_default()) << 32 | i64::from(sha256.head())
}

/// `2023-11-14` as 20231114, `2023-11` as 20231100; 0 for what is no such date.
pub(crate) fn day_number(date: &str) -> i64 {
    let mut parts = date.get(..10).unwrap_or(date).split('-').map(|part| part.parse::<i64>().unwrap_or(0));
    let mut next = |most: i64| parts.next().filter(|n| (0..=most).contains(n)).unwrap_or(0);
    next(9999) * 10_000 + next(12) * 100 + next(31)
}

/// Writes the rows of a report, whose own row must be there or is made; `text` goes to full-text search.
pub(crate) fn insert_rows(
    connection: &Connection,
    report: i64,
    reading: i64,
    sha256: Hash,
    rows: &Rows,
    text: &str,
) -> Result<()> {
    let value = |name: &str| &rows.report[position(REPORT, name).expect("a field of reports")];
    let at = at(rows.published(), sha256);
    let outlet = rows.outlet().map(|name| intern(connection, "outlet", "name", name)).transpose()?;
    let mut tags = 0;
    for tag in rows.tags() {
        tags |= bit(intern(connection, "tag", "name", &tag)?);
    }
    let mut insert = connection.prepare_cached(
        "INSERT INTO report
             (id, at, tags, reading, outlet, title, byline, url, published, language, media_type)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )?;
    let outlet = outlet.map_or(Value::Null, Value::Integer);
    let fixed = [report.into(), at.into(), tags.into(), reading.into(), outlet];
    insert.execute(params_from_iter(fixed.iter().chain(&rows.report[1..])))?;
    connection
        .prepare_cached("INSERT INTO report_words (rowid, title, text) VALUES (?, ?, ?)")?
        .execute(params![report, value("title"), text])?;
    let parties = rows.parties();
    let mut actors = BTreeMap::new();
    let mut insert = connection.prepare_cached(
        "INSERT INTO party (actor, at, report, mentions, statements) VALUES (?, ?, ?, ?, ?)",
    )?;
    for (party, [n_mentions, n_statements]) in &parties {
        let actor = actor(connection, party)?;
        insert.execute([actor, at, report, *n_mentions, *n_statements])?;
        actors.insert(party, actor);
    }
    insert_statements(connection, report, &rows.statements, &actors)?;
    insert_figures(connection, report, at, &rows.figures)
}

/// `actors` are the rows of those who speak.
fn insert_statements(
    connection: &Connection,
    report: i64,
    items: &[Item],
    actors: &BTreeMap<&Party, i64>,
) -> Result<()> {
    let mut insert = connection.prepare_cached(&insert_sql("statement", "speaker", &STATEMENT[2..]))?;
    let mut words =
        connection.prepare_cached("INSERT INTO statement_words (rowid, source, content) VALUES (?, ?, ?)")?;
    let place = |name| position(STATEMENT, name).expect("a field of statements");
    for item in items {
        let speaker = item.party().and_then(|party| actors.get(&party).copied());
        let fixed = fixed(report, item);
        let speaker = [speaker.map_or(Value::Null, Value::Integer)];
        insert.execute(params_from_iter(fixed.iter().chain(&speaker).chain(&item.values[2..])))?;
        words.execute(params![fixed[0], item.values[place("source")], item.values[place("content")]])?;
    }
    Ok(())
}

fn insert_figures(connection: &Connection, report: i64, at: i64, items: &[Item]) -> Result<()> {
    let mut insert = connection.prepare_cached(&insert_sql("figure", "at", FIGURE))?;
    for item in items {
        let (fixed, at) = (fixed(report, item), [Value::Integer(at)]);
        insert.execute(params_from_iter(fixed.iter().chain(&at).chain(&item.values)))?;
    }
    Ok(())
}

/// The bit of `report.tags` that the tag of this row has; the last is shared by all that come late.
pub(crate) fn bit(tag: i64) -> i64 {
    1 << (tag - 1).clamp(0, 62)
}

/// The bits of the tags that `names` names, as far as the ledger has met them.
pub(crate) fn bits(connection: &Connection, names: impl IntoIterator<Item = String>) -> Result<i64> {
    let mut bits = 0;
    for name in names {
        bits |= first(connection, "SELECT id FROM tag WHERE name = ?", name)?.map_or(0, bit);
    }
    Ok(bits)
}

/// The columns that statements and figures share, in the order of [`insert_sql`].
pub(crate) fn fixed(report: i64, item: &Item) -> [Value; 6] {
    let refer = |n: Option<u32>| n.map_or(Value::Null, |n| Value::Integer(item_id(report, n)));
    let status = item.status.map_or(Value::Null, |status| Value::Text(status.name().to_owned()));
    let added = if item.is_added { Value::Integer(1) } else { Value::Null };
    let [one, other] = item.refers;
    [item_id(report, item.n).into(), i64::from(item.key).into(), status, added, refer(one), refer(other)]
}

/// The columns of a table that name other items.
pub(crate) fn refers(table: &str) -> [&'static str; 2] {
    if table == "statement" { ["within", "replies_to"] } else { ["statement", "part_of"] }
}

fn insert_sql(table: &str, own: &'static str, fields: &[Field]) -> String {
    let columns: Vec<&str> = ["id", "key", "status", "added"]
        .into_iter()
        .chain(refers(table))
        .chain([own])
        .chain(fields.iter().map(|field| field.name))
        .collect();
    let marks = vec!["?"; columns.len()].join(", ");
    format!("INSERT INTO {table} ({}) VALUES ({marks})", columns.join(", "))
}

/// Takes the rows of a report out again; `rows` and `text` are what was put in, as the indexes of words
/// need them. Returns the parties that it had.
pub(crate) fn delete_rows(
    connection: &Connection,
    report: i64,
    rows: &Rows,
    text: &str,
) -> Result<BTreeSet<i64>> {
    let (first, last) = items_of(report);
    connection.execute(
        "INSERT INTO statement_words (statement_words, rowid, source, content)
         SELECT 'delete', id, source, content FROM statement WHERE id BETWEEN ? AND ?",
        [first, last],
    )?;
    connection.execute(
        "INSERT INTO report_words (report_words, rowid, title, text)
         SELECT 'delete', id, title, ? FROM report WHERE id = ?",
        params![text, report],
    )?;
    // Those who speak may be others than in the reading, as people corrected it.
    let mut speakers = connection
        .prepare_cached("SELECT DISTINCT speaker FROM statement WHERE speaker > 0 AND id BETWEEN ? AND ?")?;
    let speakers = speakers.query_map([first, last], |row| row.get(0))?;
    let mut actors: BTreeSet<i64> = speakers.collect::<rusqlite::Result<_>>()?;
    for party in rows.mentions.keys() {
        actors.insert(actor(connection, party)?);
    }
    for actor in &actors {
        connection.execute(
            "DELETE FROM party
             WHERE actor = ?1 AND report = ?2 AND at = (SELECT at FROM report WHERE id = ?2)",
            [*actor, report],
        )?;
    }
    for sql in
        ["DELETE FROM statement WHERE id BETWEEN ? AND ?", "DELETE FROM figure WHERE id BETWEEN ? AND ?"]
    {
        connection.execute(sql, [first, last])?;
    }
    connection.execute("DELETE FROM report WHERE id = ?", [report])?;
    Ok(actors)
}

/// The row of `party`, which is made if it is new.
pub(crate) fn actor(connection: &Connection, party: &Party) -> Result<i64> {
    let key = party.key();
    if let Some(id) = first(connection, "SELECT id FROM actor WHERE key = ?", key)? {
        return Ok(id);
    }
    connection
        .prepare_cached("INSERT INTO actor (key, name, kind) VALUES (?, ?, ?)")?
        .execute(params![key, party.name, party.kind])?;
    let id = connection.last_insert_rowid();
    connection
        .prepare_cached("INSERT INTO actor_words (rowid, name) VALUES (?, ?)")?
        .execute(params![id, party.name])?;
    Ok(id)
}

/// The row of `text` in a table of names, which is made if it is new.
pub(crate) fn intern(connection: &Connection, table: &str, column: &str, text: &str) -> Result<i64> {
    if let Some(id) = first(connection, &format!("SELECT id FROM {table} WHERE {column} = ?"), text)? {
        return Ok(id);
    }
    connection.prepare_cached(&format!("INSERT INTO {table} ({column}) VALUES (?)"))?.execute([text])?;
    Ok(connection.last_insert_rowid())
}

/// The first column of the first row, if there is one.
pub(crate) fn first<T: rusqlite::types::FromSql>(
    connection: &Connection,
    sql: &str,
    parameter: impl rusqlite::ToSql,
) -> Result<Option<T>> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([parameter])?;
    Ok(rows.next()?.map(|row| row.get(0)).transpose()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_in_order() {
        let days = ["", "XXXX-05-01", "2023", "2023-11", "2023-11-14", "2023-11-14T10:00:00Z", "2023-12"];
        let numbers = days.map(day_number);
        assert_eq!(numbers, [0, 501, 20_230_000, 20_231_100, 20_231_114, 20_231_114, 20_231_200]);
        assert_eq!(day_number("ééééééé-2-3"), 0);
    }
}
