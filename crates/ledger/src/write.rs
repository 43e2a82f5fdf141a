//! Rows into tables and out of them.

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
    let mut insert = connection.prepare_cached(
        "INSERT INTO report (id, at, reading, outlet, title, byline, url, published, language, media_type)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )?;
    let fixed = [report.into(), at.into(), reading.into(), outlet.map_or(Value::Null, Value::Integer)];
    insert.execute(params_from_iter(fixed.iter().chain(&rows.report[1..])))?;
    connection
        .prepare_cached("INSERT INTO report_words (rowid, title, text) VALUES (?, ?, ?)")?
        .execute(params![report, value("title"), text])?;
    insert_statements(connection, report, at, &rows.statements)?;
    insert_items(connection, "figure", FIGURE, report, at, &rows.figures)?;
    for (party, n) in &rows.mentions {
        let actor = actor(connection, party)?;
        connection
            .prepare_cached("INSERT INTO mention (actor, report, n) VALUES (?, ?, ?)")?
            .execute([actor, report, *n])?;
    }
    Ok(())
}

fn insert_statements(connection: &Connection, report: i64, at: i64, items: &[Item]) -> Result<()> {
    let mut insert = connection.prepare_cached(&insert_sql("statement", &["speaker"], &STATEMENT[2..]))?;
    let mut words =
        connection.prepare_cached("INSERT INTO statement_words (rowid, source, content) VALUES (?, ?, ?)")?;
    let place = |name| position(STATEMENT, name).expect("a field of statements");
    for item in items {
        let speaker = item.party().map(|party| actor(connection, &party)).transpose()?;
        let fixed = fixed(report, at, item);
        let speaker = [speaker.map_or(Value::Null, Value::Integer)];
        insert.execute(params_from_iter(fixed.iter().chain(&speaker).chain(&item.values[2..])))?;
        words.execute(params![fixed[0], item.values[place("source")], item.values[place("content")]])?;
    }
    Ok(())
}

fn insert_items(
    connection: &Connection,
    table: &str,
    fields: &[Field],
    report: i64,
    at: i64,
    items: &[Item],
) -> Result<()> {
    let mut insert = connection.prepare_cached(&insert_sql(table, &[], fields))?;
    for item in items {
        insert.execute(params_from_iter(fixed(report, at, item).iter().chain(&item.values)))?;
    }
    Ok(())
}

/// The columns that statements and figures share, in the order of [`insert_sql`].
pub(crate) fn fixed(report: i64, at: i64, item: &Item) -> [Value; 6] {
    let refer = |n: Option<u32>| n.map_or(Value::Null, |n| Value::Integer(item_id(report, n)));
    let status = item.status.map_or(Value::Null, |status| Value::Text(status.name().to_owned()));
    let [one, other] = item.refers;
    [item_id(report, item.n).into(), at.into(), i64::from(item.key).into(), status, refer(one), refer(other)]
}

/// The columns of a table that name other items.
pub(crate) fn refers(table: &str) -> [&'static str; 2] {
    if table == "statement" { ["within", "replies_to"] } else { ["statement", "part_of"] }
}

fn insert_sql(table: &str, more: &[&str], fields: &[Field]) -> String {
    let columns: Vec<&str> = ["id", "at", "key", "status"]
        .into_iter()
        .chain(refers(table))
        .chain(more.iter().copied())
        .chain(fields.iter().map(|field| field.name))
        .collect();
    let marks = vec!["?"; columns.len()].join(", ");
    format!("INSERT INTO {table} ({}) VALUES ({marks})", columns.join(", "))
}

/// Takes the rows of a report out again; `rows` and `text` are what was put in, as the indexes of words
/// need them.
pub(crate) fn delete_rows(connection: &Connection, report: i64, rows: &Rows, text: &str) -> Result<()> {
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
    for sql in
        ["DELETE FROM statement WHERE id BETWEEN ? AND ?", "DELETE FROM figure WHERE id BETWEEN ? AND ?"]
    {
        connection.execute(sql, [first, last])?;
    }
    for party in rows.mentions.keys() {
        let actor = actor(connection, party)?;
        connection.execute("DELETE FROM mention WHERE actor = ? AND report = ?", [actor, report])?;
    }
    connection.execute("DELETE FROM report WHERE id = ?", [report])?;
    Ok(())
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
