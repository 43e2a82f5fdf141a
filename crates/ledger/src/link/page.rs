//! What stands across reports a page at a time, the newest first: each line by the date of its first report and
//! a number of its own, so that what is linked meanwhile repeats none and leaves none out.

use rusqlite::Connection;
use rusqlite::types::Value;

use super::list::{check_kind, story_of};
use crate::list::{Filter, Listing, lines, walk};
use crate::page::{Mark, owned};
use crate::query::{Query, actors_list};
use crate::target::report_of;
use crate::{Error, Ledger, Order, Page, Result};

/// Stories with these words are looked for in so many reports: those that fit best.
const MOST_FOUND: u64 = 200;

const STORY: &str = "SELECT v.story AS story, v.title AS title, v.first AS first, v.last AS last,
        v.reports AS reports, v.texts AS texts, v.outlets AS outlets, v.speakers AS speakers, v.places AS places,
        (SELECT count(*) FROM flag m JOIN flag_line w ON w.item = m.rowid
         WHERE m.story = v.item AND w.dismissed IS NULL) AS flags
     FROM story_line v WHERE v.item = ?";
pub(super) const SERIES: &str = "SELECT v.series AS series, v.story AS story, v.measure AS measure,
        nullif(v.counted, '') AS counted,
        (SELECT f.place FROM series_figure n JOIN figure f ON f.id = n.figure
         WHERE n.root = v.item AND f.place IS NOT NULL ORDER BY n.place LIMIT 1) AS place,
        (SELECT count(*) FROM series_figure n WHERE n.root = v.item) AS figures,
        (SELECT min(r.published) FROM series_figure n JOIN report r ON r.id = n.figure >> 20
         WHERE n.root = v.item) AS first,
        (SELECT max(r.published) FROM series_figure n JOIN report r ON r.id = n.figure >> 20
         WHERE n.root = v.item) AS last
     FROM series_line v WHERE v.item = ?";
pub(super) const COPY: &str = "SELECT report, original, kind, probability, share, origin AS root, published,
        outlet, title FROM copy_line WHERE item = ?";
pub(super) const QUOTE: &str = "SELECT v.statement AS quote, v.speaker AS speaker, v.content AS content,
        v.report AS report, v.published AS published,
        1 + (SELECT count(*) FROM quotation q WHERE q.root = ?1) AS statements,
        (SELECT count(DISTINCT r.outlet) FROM (SELECT statement FROM quotation WHERE root = ?1 UNION ALL SELECT ?1) q
         JOIN report r ON r.id = q.statement >> 20) AS outlets,
        (SELECT min(q.n_same) FROM quotation q WHERE q.root = ?1) AS n_same,
        EXISTS (SELECT 1 FROM quotation q WHERE q.root = ?1 AND q.drift IS NOT NULL) AS differs
     FROM quote_line v WHERE v.item = ?1";
/// A flag by its report and its own number in one.
pub(super) const FLAG: &str =
    "SELECT id AS flag, kind, story, report, target, other, why, published, outlet, title,
        dismissed FROM flag_line
     WHERE item = (SELECT rowid FROM flag WHERE report = ?1 >> 32 AND id = ?1 & 4294967295)";

impl Ledger {
    /// The `n_most` stories, series, copies, quotations or flags behind `cursor`, the newest first. Each quotation and
    /// each series is one line. Of the filter `id` is a report, or one line by its own id; dates of quotations are those
    /// of the first report. A `status` of flags is `open` or `dismissed`.
    ///
    /// # Errors
    /// If the ledger cannot be read, the filter does not fit, or the cursor is none.
    pub fn links_page(
        &self,
        listing: Listing,
        filter: &Filter,
        cursor: Option<&str>,
        n_most: usize,
    ) -> Result<Page> {
        let wrong = || Error::request("the cursor is none of this listing");
        let after = cursor.map(|cursor| Mark::parse(cursor).ok_or_else(wrong)).transpose()?;
        let moment = self.connection.unchecked_transaction()?;
        let filter = Filter { order: Order::Newest, ..filter.clone() };
        let (key, line, mut query) = match listing {
            Listing::Stories => ("r.id", STORY, stories(&moment, &filter, after)?),
            Listing::Series => ("m.figure", SERIES, series(&moment, &filter, after)?),
            Listing::Copies => ("m.report", COPY, copies(&moment, &filter, after)?),
            Listing::Quotes => ("m.root", QUOTE, quotes(&moment, &filter, after)?),
            Listing::Flags => ("(m.report << 32 | m.id)", FLAG, flags(&moment, &filter, after)?),
            _ => return Err(Error::request("this listing is none of links")),
        };
        if let Some(Mark { at, item }) = after {
            query.and(&format!("(r.at < ? OR {key} > ?)"), [at.into(), item.into()]);
        }
        let sql = format!("SELECT r.at, {key} {} ORDER BY r.at DESC, 2 LIMIT {}", query.sql, n_most + 1);
        let mut select = moment.prepare_cached(&sql)?;
        let found = select.query_map(rusqlite::params_from_iter(&query.parameters), |row| {
            Ok(Mark { at: row.get(0)?, item: row.get(1)? })
        })?;
        let mut marks: Vec<Mark> = found.collect::<rusqlite::Result<_>>()?;
        let has_more = marks.len() > n_most;
        marks.truncate(n_most);
        let mut rows = Vec::with_capacity(marks.len());
        for mark in &marks {
            rows.extend(line_of(&moment, line, mark.item)?);
        }
        let next = marks.last().filter(|_| has_more).map(|Mark { at, item }| format!("{at:x}.{item:x}"));
        Ok(Page { rows, next })
    }
}

/// The first line of a query about one number.
pub(super) fn line_of(connection: &Connection, sql: &str, item: i64) -> Result<Option<Vec<(String, Value)>>> {
    let mut found = None;
    lines(connection, sql, vec![item.into()], &mut |_, row| {
        found = Some(owned(row));
        false
    })?;
    Ok(found)
}

/// SQL from its FROM on.
fn from(sql: &str, after: Option<Mark>) -> Query {
    let mut query = Query::from(sql, "");
    query.after = after;
    query
}

fn stories(connection: &Connection, filter: &Filter, after: Option<Mark>) -> Result<Query> {
    let date = if filter.words.is_some() || filter.id.is_some() { "" } else { "INDEXED BY report_by_date" };
    let mut query =
        from(&format!("FROM report r {date} CROSS JOIN story y ON y.report = r.id AND y.root = r.id"), after);
    match &filter.id {
        Some(id) => query.and("r.id = ?", [story_of(connection, id)?.into()]),
        None => query.and("EXISTS (SELECT 1 FROM story n WHERE n.root = r.id AND n.report <> r.id)", []),
    }
    if let Some(words) = &filter.words {
        let found = Filter { words: Some(words.clone()), limit: Some(MOST_FOUND), ..Filter::default() };
        let mut reports = Vec::new();
        walk(connection, Listing::SearchReports, &found, None, &mut |report, _| {
            reports.push(report);
            true
        })?;
        let reports = serde_json::to_string(&reports).expect("numbers always serialise");
        let of = "r.id IN (SELECT y.root FROM json_each(?) e JOIN story y ON y.report = e.value)";
        query.and(of, [reports.into()]);
    }
    if filter.outlet.is_some() || filter.from.is_some() {
        // One of its reports fits.
        query.sql +=
            " AND EXISTS (SELECT 1 FROM story n JOIN report x ON x.id = n.report WHERE n.root = r.id";
        if let Some(outlet) = &filter.outlet {
            query.and("x.outlet = (SELECT id FROM outlet WHERE name = ?)", [outlet.clone().into()]);
        }
        let behind = query.after.take();
        query.dated("x", filter);
        query.after = behind;
        query.sql += ")";
    }
    // None is older than its first.
    query.dated("r", &Filter { from: None, ..filter.clone() });
    Ok(query)
}

fn series(connection: &Connection, filter: &Filter, after: Option<Mark>) -> Result<Query> {
    let figures = "CROSS JOIN series_figure m
        ON m.figure BETWEEN r.id << 20 AND (r.id << 20) + 1048575 AND m.root = m.figure
        CROSS JOIN figure g ON g.id = m.figure";
    let reports = match &filter.story {
        Some(_) => "story s INDEXED BY story_by_root CROSS JOIN report r ON r.id = s.report",
        None => "report r INDEXED BY report_by_date",
    };
    let mut query = from(&format!("FROM {reports} {figures}"), after);
    if let Some(story) = &filter.story {
        query.and("s.root = ?", [story_of(connection, story)?.into()]);
    }
    query.and("EXISTS (SELECT 1 FROM series_figure n WHERE n.root = m.root AND n.figure <> m.root)", []);
    if let Some(measure) = &filter.measure {
        query.and("g.measure = ?", [measure.clone().into()]);
    }
    if let Some(place) = &filter.place {
        let of = "EXISTS (SELECT 1 FROM series_figure n JOIN figure f ON f.id = n.figure
                  WHERE n.root = m.root AND f.place = ? COLLATE NOCASE)";
        query.and(of, [place.clone().into()]);
    }
    query.dated("r", filter);
    Ok(query)
}

fn copies(connection: &Connection, filter: &Filter, after: Option<Mark>) -> Result<Query> {
    let reports = match &filter.id {
        Some(_) => "copy m INDEXED BY copy_by_root CROSS JOIN report r ON r.id = m.report",
        None => "report r INDEXED BY report_by_date CROSS JOIN copy m ON m.report = r.id",
    };
    let mut query = from(&format!("FROM {reports}"), after);
    if let Some(id) = &filter.id {
        let (report, _) = report_of(connection, id)?;
        let root = "m.root = coalesce((SELECT root FROM copy WHERE report = ?), ?)";
        query.and(root, [report.into(), report.into()]);
    }
    query.dated("r", filter);
    Ok(query)
}

fn quotes(connection: &Connection, filter: &Filter, after: Option<Mark>) -> Result<Query> {
    // Of all that quote one utterance the first stands for it.
    let sql = "FROM report r INDEXED BY report_by_date
        CROSS JOIN quotation m INDEXED BY quotation_by_root
            ON m.root BETWEEN r.id << 20 AND (r.id << 20) + 1048575
        AND m.statement = (SELECT min(n.statement) FROM quotation n WHERE n.root = m.root)";
    let mut query = from(sql, after);
    if let Some(speaker) = &filter.speaker {
        let list = actors_list(connection, speaker)?;
        let of = "EXISTS (SELECT 1 FROM (SELECT m.root AS id UNION ALL
                      SELECT n.statement FROM quotation n WHERE n.root = m.root) q
                  JOIN statement x ON x.id = q.id
                  WHERE x.speaker IN (SELECT value FROM json_each(?)))";
        query.and(of, [list]);
    }
    if let Some(outlet) = &filter.outlet {
        let of = "EXISTS (SELECT 1 FROM (SELECT m.root AS id UNION ALL
                      SELECT n.statement FROM quotation n WHERE n.root = m.root) q
                  JOIN report x ON x.id = q.id >> 20
                  WHERE x.outlet = (SELECT id FROM outlet WHERE name = ?))";
        query.and(of, [outlet.clone().into()]);
    }
    if filter.drift {
        query.and("EXISTS (SELECT 1 FROM quotation n WHERE n.root = m.root AND n.drift IS NOT NULL)", []);
    }
    query.dated("r", filter);
    Ok(query)
}

fn flags(connection: &Connection, filter: &Filter, after: Option<Mark>) -> Result<Query> {
    let reports = match (&filter.story, &filter.id) {
        (None, None) => "report r INDEXED BY report_by_date CROSS JOIN flag m ON m.report = r.id",
        (Some(_), None) => "flag m INDEXED BY flag_by_story CROSS JOIN report r ON r.id = m.report",
        _ => "flag m CROSS JOIN report r ON r.id = m.report",
    };
    let mut query = from(&format!("FROM {reports}"), after);
    if let Some(id) = &filter.id {
        query.and("m.report = ?", [report_of(connection, id)?.0.into()]);
    }
    if let Some(story) = &filter.story {
        query.and("m.story = ?", [story_of(connection, story)?.into()]);
    }
    if let Some(kind) = &filter.kind {
        check_kind(kind)?;
        query.and("m.kind = ?", [kind.clone().into()]);
    }
    if let Some(status) = &filter.status {
        let is = if status == "open" { "IS NULL" } else { "IS NOT NULL" };
        query.and(&format!("(SELECT v.dismissed FROM flag_line v WHERE v.item = m.rowid) {is}"), []);
    }
    query.dated("r", filter);
    Ok(query)
}
