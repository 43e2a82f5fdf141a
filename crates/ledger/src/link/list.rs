//! SQL for listings of copies, stories and utterances: groups in the order of their first, and in them the
//! first before the others.

use ascribe_link::FlagKind;
use rusqlite::Connection;
use rusqlite::types::Value;

use crate::list::Filter;
use crate::query::{Query, actors_list};
use crate::target::{Target, report_of, resolve};
use crate::write::{first, items_of};
use crate::{Error, Result};

const COPY_LINE: &str = "SELECT * FROM copy_line WHERE item = ?";
const STORY_LINE: &str = "SELECT * FROM story_line WHERE item = ?";
const STORY_REPORT_LINE: &str = "SELECT * FROM story_report_line WHERE item = ?";
const QUOTE_LINE: &str = "SELECT * FROM quote_line WHERE item = ?";

pub(crate) fn copies(connection: &Connection, filter: &Filter) -> Result<Query> {
    let sql = "SELECT m.report FROM (SELECT root, report FROM copy
                   UNION ALL SELECT DISTINCT root, root FROM copy) m
               JOIN linked o ON o.report = m.root JOIN linked l ON l.report = m.report";
    let mut query = Query::from(sql, COPY_LINE);
    if let Some(id) = &filter.id {
        let (report, _) = report_of(connection, id)?;
        query.and("m.root = coalesce((SELECT root FROM copy WHERE report = ?1), ?1)", [report.into()]);
    }
    let groups = "m.root IN (SELECT coalesce(y.root, x.id) FROM report x LEFT JOIN copy y ON y.report = x.id WHERE true";
    of_reports(&mut query, groups, filter);
    query.sql += " ORDER BY o.place, m.root, l.place, m.report";
    Ok(query)
}

pub(crate) fn stories(connection: &Connection, filter: &Filter) -> Result<Query> {
    let sql = "SELECT m.report FROM story m JOIN linked o ON o.report = m.report";
    let mut query = Query::from(sql, STORY_LINE);
    match &filter.id {
        Some(id) => query.and("m.report = ?", [story_of(connection, id)?.into()]),
        None => {
            let others = "m.root = m.report
                AND EXISTS (SELECT 1 FROM story n WHERE n.root = m.report AND n.report <> m.report)";
            query.and(others, []);
        }
    }
    let groups = "m.report IN (SELECT y.root FROM report x JOIN story y ON y.report = x.id WHERE true";
    of_reports(&mut query, groups, filter);
    query.sql += " ORDER BY o.place, m.report";
    Ok(query)
}

pub(crate) fn story_reports(connection: &Connection, filter: &Filter) -> Result<Query> {
    let id = filter.id.as_deref().ok_or_else(|| Error::request("say of which story"))?;
    let sql = "SELECT m.report FROM story m JOIN linked l ON l.report = m.report";
    let mut query = Query::from(sql, STORY_REPORT_LINE);
    query.and("m.root = ?", [story_of(connection, id)?.into()]);
    query.sql += " ORDER BY l.place, m.report";
    Ok(query)
}

pub(crate) fn quotes(connection: &Connection, filter: &Filter) -> Result<Query> {
    let sql = "SELECT m.statement FROM (SELECT root, statement FROM quotation
                   UNION ALL SELECT DISTINCT root, root FROM quotation) m
               JOIN linked o ON o.report = m.root >> 20 JOIN linked l ON l.report = m.statement >> 20";
    let mut query = Query::from(sql, QUOTE_LINE);
    let root = "SELECT coalesce(y.root, x.id) FROM statement x LEFT JOIN quotation y ON y.statement = x.id";
    if let Some(id) = &filter.id {
        let (report, key) = report_of(connection, id)?;
        let (low, high) = items_of(report);
        query.and(&format!("m.root IN ({root} WHERE x.id BETWEEN ? AND ?"), [low.into(), high.into()]);
        if let Some(key) = key {
            query.and("x.key = ?", [i64::from(key).into()]);
        }
        query.sql += ")";
    }
    if let Some(speaker) = &filter.speaker {
        let list = actors_list(connection, speaker)?;
        query.and(&format!("m.root IN ({root} WHERE x.speaker IN (SELECT value FROM json_each(?)))"), [list]);
    }
    if filter.drift {
        query.and("m.root IN (SELECT root FROM quotation WHERE drift IS NOT NULL)", []);
    }
    let groups = "m.root IN (SELECT coalesce(y.root, y.statement) FROM report x
        JOIN (SELECT root, statement FROM quotation UNION ALL SELECT root, root FROM quotation) y
            ON y.statement >> 20 = x.id WHERE true";
    of_reports(&mut query, groups, filter);
    query.sql += " ORDER BY o.place, m.root, l.place, m.statement";
    Ok(query)
}

/// Only the groups in which a report fits. `groups` begins a condition that goes on with one about the
/// report `x` and a closing bracket.
fn of_reports(query: &mut Query, groups: &str, filter: &Filter) {
    if filter.outlet.is_none() && filter.from.is_none() && filter.to.is_none() {
        return;
    }
    query.and(groups, []);
    query.outlet("x.id", filter);
    query.dated("x", filter);
    query.sql += ")";
}

/// The root of the story that an id names: by itself, or by a report of it.
pub(crate) fn story_of(connection: &Connection, id: &str) -> Result<i64> {
    let (report, _) = report_of(connection, id)?;
    let root = first::<i64>(connection, "SELECT root FROM story WHERE report = ?", report)?;
    root.ok_or_else(|| Error::request(format!("{id} is not linked yet")))
}

const SERIES_LINE: &str = "SELECT * FROM series_line WHERE item = ?";
const FLAG_LINE: &str = "SELECT * FROM flag_line WHERE item = ?";

/// Figures series by series, each in the order of its states; series of one figure only if a figure is
/// named.
pub(crate) fn series(connection: &Connection, filter: &Filter) -> Result<Query> {
    let sql = "SELECT m.figure FROM series_figure m JOIN figure g ON g.id = m.root
               JOIN story y ON y.report = m.figure >> 20 JOIN linked o ON o.report = y.root
               JOIN linked l ON l.report = m.root >> 20";
    let mut query = Query::from(sql, SERIES_LINE);
    if let Some(story) = &filter.story {
        query.and("y.root = ?", [story_of(connection, story)?.into()]);
    }
    match &filter.id {
        Some(id) => {
            let (report, key) = report_of(connection, id)?;
            let (low, high) = items_of(report);
            let of = "m.root IN (SELECT n.root FROM series_figure n JOIN figure h ON h.id = n.figure
                      WHERE n.figure BETWEEN ? AND ?";
            query.and(of, [low.into(), high.into()]);
            if let Some(key) = key {
                query.and("h.key = ?", [i64::from(key).into()]);
            }
            query.sql += ")";
        }
        None => query
            .and("EXISTS (SELECT 1 FROM series_figure n WHERE n.root = m.root AND n.figure <> m.root)", []),
    }
    if let Some(measure) = &filter.measure {
        query.and("g.measure = ?", [measure.clone().into()]);
    }
    // Counts of people first, and of them those that most is said of.
    query.sql += " ORDER BY o.place, y.root,
        g.measure IN ('other', 'duration', 'distance', 'money', 'percent', 'participants'),
        (SELECT count(*) FROM series_figure n WHERE n.root = m.root) DESC, l.place, g.key, m.place";
    Ok(query)
}

/// Flags, story by story; those that people dismissed only if they are asked for.
pub(crate) fn flags(connection: &Connection, filter: &Filter) -> Result<Query> {
    let sql =
        "SELECT m.rowid FROM flag m JOIN linked o ON o.report = m.story JOIN linked l ON l.report = m.report
               JOIN flag_line v ON v.item = m.rowid";
    let mut query = Query::from(sql, FLAG_LINE);
    if let Some(story) = &filter.story {
        query.and("m.story = ?", [story_of(connection, story)?.into()]);
    }
    if let Some(id) = &filter.id {
        query.and("m.report = ?", [report_of(connection, id)?.0.into()]);
    }
    if let Some(kind) = &filter.kind {
        check_kind(kind)?;
        query.and("m.kind = ?", [kind.clone().into()]);
    }
    if !filter.dismissed {
        query.and("v.dismissed IS NULL", []);
    }
    query.sql += " ORDER BY o.place, m.story, l.place, m.kind, m.id";
    Ok(query)
}

/// Refuses what is no kind of flags.
pub(super) fn check_kind(kind: &str) -> Result<()> {
    if FlagKind::ALL.iter().any(|known| known.name() == kind) {
        return Ok(());
    }
    let names: Vec<&str> = FlagKind::ALL.iter().map(|known| known.name()).collect();
    Err(Error::request(format!("no flag is of the kind '{kind}': {}", names.join(", "))))
}

/// Of a kind of flags so many are heeded, those of the newest reports.
const MOST_FLAGS: usize = 1000;

/// The rows of the statements and figures on which a flag rests, as a JSON list; of a kind of flags, on which
/// those rest that nobody dismissed.
pub(crate) fn flagged(connection: &Connection, flag: &str) -> Result<Value> {
    let (which, parameter): (_, Value) = match flag.split_once(".g") {
        Some((report, key)) => {
            let (report, _) = report_of(connection, report)?;
            let key = i64::from_str_radix(key, 16).unwrap_or(-1);
            (format!("m.report = {report} AND m.id = ?1"), key.into())
        }
        None => {
            check_kind(flag)?;
            let open = "m.kind = ?1 AND (SELECT v.dismissed FROM flag_line v WHERE v.item = m.rowid) IS NULL";
            (open.to_owned(), flag.to_owned().into())
        }
    };
    let sql = format!(
        "SELECT m.target, m.other FROM report r INDEXED BY report_by_date CROSS JOIN flag m ON m.report = r.id
         WHERE {which} ORDER BY r.at DESC LIMIT {MOST_FLAGS}"
    );
    let mut select = connection.prepare_cached(&sql)?;
    let mut rows = select.query([parameter])?;
    let mut items = Vec::new();
    while let Some(row) = rows.next()? {
        let others: Vec<String> = serde_json::from_str(&row.get::<_, String>(1)?).unwrap_or_default();
        for id in others.into_iter().chain([row.get(0)?]) {
            items.extend(item_of(connection, &id)?);
        }
    }
    items.sort_unstable();
    items.dedup();
    Ok(serde_json::to_string(&items).expect("numbers always serialise").into())
}

/// The row of a statement or figure; none of another id.
pub(super) fn item_of(connection: &Connection, id: &str) -> Result<Option<i64>> {
    let Ok(Target::Item { report, kind, key, .. }) = resolve(connection, id) else { return Ok(None) };
    let table = if kind == 's' { "statement" } else { "figure" };
    let (low, high) = items_of(report);
    let mut select =
        connection.prepare_cached(&format!("SELECT id FROM {table} WHERE id BETWEEN ? AND ? AND key = ?"))?;
    let mut rows = select.query([low, high, i64::from(key)])?;
    Ok(rows.next()?.map(|row| row.get(0)).transpose()?)
}
