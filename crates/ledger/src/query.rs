//! SQL for listings.

use rusqlite::Connection;
use rusqlite::types::Value;

use crate::list::{Filter, Listing};
use crate::rows::tag;
use crate::search::{Search, Searched, fts_all};
use crate::target::{Target, report_of, resolve};
use crate::write::{bits, day_number, items_of};
use crate::{Error, Result};

const REPORT_LINE: &str = "SELECT * FROM report_line WHERE item = ?";
const STATEMENT_LINE: &str = "SELECT * FROM statement_line WHERE item = ?";
const FIGURE_LINE: &str = "SELECT * FROM figure_line WHERE item = ?";

/// SQL that finds row numbers in their order, with the query that makes a line of each; without
/// one, SQL that gives the lines.
pub(crate) struct Query {
    pub(crate) sql: String,
    pub(crate) parameters: Vec<Value>,
    pub(crate) line: Option<&'static str>,
    /// The SQL is to be asked for reports and actors, its first two parameters, that these give.
    pub(crate) speakers: Option<Speakers>,
    /// What was searched for: each find is looked at again, and a piece of it shown.
    pub(crate) search: Option<Search>,
}

/// Who is asked for, and the SQL that finds the reports of an actor: its last two parameters are the actor
/// and how many.
pub(crate) struct Speakers {
    actors: Vec<i64>,
    sql: String,
    parameters: Vec<Value>,
    /// Whether each of the reports has an item that fits.
    each_has_one: bool,
}

impl Query {
    pub(crate) fn of(connection: &Connection, listing: Listing, filter: &Filter) -> Result<Self> {
        check(listing, filter)?;
        let mut query = match listing {
            Listing::Reports => reports(connection, filter),
            Listing::Statements => statements(connection, filter),
            Listing::Figures => figures(connection, filter),
            Listing::Speakers => speakers(connection, filter),
            Listing::SearchReports => Ok(Self::search(Searched::Reports, filter, REPORT_LINE)),
            Listing::SearchStatements => Ok(Self::search(Searched::Statements, filter, STATEMENT_LINE)),
            Listing::Refused => Ok(Self::lines("SELECT * FROM refused ORDER BY path, record")),
            Listing::Decisions => Ok(match &filter.id {
                Some(id) => Self {
                    // Of an item's id only the beginning of the hash need be given.
                    parameters: vec![format!("{}%", id.replace('.', "%.")).into()],
                    ..Self::lines("SELECT * FROM decisions WHERE target LIKE ?")
                },
                None => Self::lines("SELECT * FROM decisions"),
            }),
        }?;
        if let (Some(limit), None, None) = (filter.limit, &query.search, &query.speakers) {
            query.sql += &format!(" LIMIT {limit}");
        }
        Ok(query)
    }

    fn lines(sql: &str) -> Self {
        Self { sql: sql.to_owned(), parameters: Vec::new(), line: None, speakers: None, search: None }
    }

    fn from(sql: &str, line: &'static str) -> Self {
        Self { line: Some(line), ..Self::lines(&format!("{sql} WHERE true")) }
    }

    fn search(of: Searched, filter: &Filter, line: &'static str) -> Self {
        let search = Search::of(of, filter.words.as_deref().unwrap_or_default());
        let (sql, parameter) = search.sql();
        Self { line: Some(line), parameters: vec![parameter], search: Some(search), ..Self::lines(&sql) }
    }

    /// The items that some speakers are asked for, in the order of their reports. First the reports are put
    /// in order, by the index alone; then as many are looked into as `limit` needs.
    pub(crate) fn of_speakers(
        &self,
        connection: &Connection,
        speakers: &Speakers,
        limit: Option<u64>,
    ) -> Result<Vec<i64>> {
        let n_most = limit.and_then(|limit| usize::try_from(limit).ok()).unwrap_or(usize::MAX);
        let n_reports = if speakers.each_has_one { limit.and_then(|n| i64::try_from(n).ok()) } else { None };
        let mut select = connection.prepare(&speakers.sql)?;
        let mut reports: Vec<(i64, i64, i64)> = Vec::new();
        for actor in &speakers.actors {
            let last = [Value::Integer(*actor), Value::Integer(n_reports.unwrap_or(-1))];
            let parameters = speakers.parameters.iter().cloned().chain(last);
            let rows = select.query_map(rusqlite::params_from_iter(parameters), |row| {
                Ok((row.get(0)?, row.get(1)?, *actor))
            })?;
            for row in rows {
                reports.push(row?);
            }
        }
        reports.sort_unstable();
        let mut select = connection.prepare(&self.sql)?;
        let mut items = Vec::new();
        for (_, report, actor) in reports {
            let first = [Value::Integer(report), Value::Integer(actor)];
            let parameters = first.into_iter().chain(self.parameters.iter().cloned());
            for row in select.query_map(rusqlite::params_from_iter(parameters), |row| row.get(0))? {
                items.push(row?);
            }
            if items.len() >= n_most {
                items.truncate(n_most);
                break;
            }
        }
        Ok(items)
    }

    fn and(&mut self, condition: &str, values: impl IntoIterator<Item = Value>) {
        self.sql += " AND ";
        self.sql += condition;
        self.parameters.extend(values);
    }

    fn equal(&mut self, column: &str, value: Option<&String>) {
        if let Some(value) = value {
            self.and(&format!("{column} = ?"), [value.clone().into()]);
        }
    }

    fn status(&mut self, filter: &Filter) {
        let open = filter.status.as_deref() == Some("open");
        match &filter.status {
            Some(_) if open => self.and("x.status IS NULL", []),
            status => self.equal("x.status", status.as_ref()),
        }
    }

    /// Dates, as `at` of the table `table`.
    fn dated(&mut self, table: &str, filter: &Filter) {
        if let Some(from) = &filter.from {
            self.and(&format!("{table}.at >= ?"), [(day_number(from) << 32).into()]);
        }
        if let Some(to) = &filter.to {
            // A month ends behind its last day, a year behind its last month.
            let behind = match to.len() {
                0..=4 => 10_000,
                5..=7 => 100,
                _ => 1,
            };
            self.and(&format!("{table}.at < ?"), [((day_number(to) + behind) << 32).into()]);
        }
    }

    fn outlet(&mut self, report: &str, filter: &Filter) {
        if let Some(outlet) = &filter.outlet {
            let of = "IN (SELECT id FROM report WHERE outlet = (SELECT id FROM outlet WHERE name = ?))";
            self.and(&format!("{report} {of}"), [outlet.clone().into()]);
        }
    }
}

/// Refuses filters that the listing has no column for, rather than ignore them.
fn check(listing: Listing, filter: &Filter) -> Result<()> {
    use Listing::*;
    let has = |listings: &[Listing]| listings.contains(&listing);
    for (name, given, fits) in [
        ("speaker", &filter.speaker, has(&[Reports, Statements, Figures, Speakers])),
        ("outlet", &filter.outlet, has(&[Reports, Statements, Figures, Speakers])),
        ("from", &filter.from, has(&[Reports, Statements, Figures, Speakers])),
        ("to", &filter.to, has(&[Reports, Statements, Figures, Speakers])),
        ("act", &filter.act, has(&[Statements, Speakers])),
        ("naming", &filter.naming, has(&[Statements, Speakers])),
        ("measure", &filter.measure, has(&[Figures])),
        ("place", &filter.place, has(&[Figures])),
        ("status", &filter.status, has(&[Statements, Figures])),
        ("id", &filter.id, has(&[Reports, Statements, Figures, Decisions])),
        ("words", &filter.words, has(&[SearchReports, SearchStatements])),
    ] {
        if given.is_some() && !fits {
            return Err(Error::request(format!("this listing has no filter '{name}'")));
        }
    }
    Ok(())
}

fn reports(connection: &Connection, filter: &Filter) -> Result<Query> {
    let index = if filter.outlet.is_some() { "report_by_outlet" } else { "report_by_date" };
    let index = if filter.id.is_some() { String::new() } else { format!("INDEXED BY {index}") };
    let mut query = Query::from(&format!("SELECT x.id FROM report x {index}"), REPORT_LINE);
    if let Some(outlet) = &filter.outlet {
        query.and("x.outlet = (SELECT id FROM outlet WHERE name = ?)", [outlet.clone().into()]);
    }
    if let Some(id) = &filter.id {
        query.and("x.id = ?", [report_of(connection, id)?.0.into()]);
    }
    if let Some(speaker) = &filter.speaker {
        let of = "x.id IN (SELECT report FROM party
                           WHERE statements > 0 AND actor IN (SELECT value FROM json_each(?)))";
        query.and(of, [actors_list(connection, speaker)?]);
    }
    query.dated("x", filter);
    query.sql += " ORDER BY x.at, x.id";
    Ok(query)
}

fn statements(connection: &Connection, filter: &Filter) -> Result<Query> {
    let Filter { speaker, act, id, .. } = filter;
    let mut query = match speaker {
        Some(speaker) if id.is_none() => {
            let from = "SELECT x.id FROM statement x
                 WHERE x.id BETWEEN ?1 << 20 AND (?1 << 20) + 1048575 AND x.speaker = ?2";
            let all = act.is_none() && filter.naming.is_none() && filter.status.is_none();
            by_speaker(connection, from, speaker, filter, (STATEMENT_LINE, all))?
        }
        _ => {
            let mut query = over_reports(connection, "statement", filter, STATEMENT_LINE)?;
            query.and_items(connection, id.as_deref())?;
            if let Some(speaker) = speaker {
                let list = actors_list(connection, speaker)?;
                query.and("x.speaker IN (SELECT value FROM json_each(?))", [list]);
            }
            query
        }
    };
    query.equal("x.act", act.as_ref());
    query.equal("x.naming", filter.naming.as_ref());
    query.status(filter);
    query.ordered("r");
    Ok(query)
}

fn figures(connection: &Connection, filter: &Filter) -> Result<Query> {
    let Filter { speaker, measure, place, id, .. } = filter;
    let by_place = place.is_some() && speaker.is_none() && id.is_none();
    let mut query = match speaker {
        Some(speaker) if id.is_none() => {
            let from = "SELECT x.id FROM figure x CROSS JOIN statement s ON s.id = x.statement
                 WHERE x.id BETWEEN ?1 << 20 AND (?1 << 20) + 1048575 AND s.speaker = ?2";
            by_speaker(connection, from, speaker, filter, (FIGURE_LINE, false))?
        }
        None if by_place => {
            let mut query = Query::from("SELECT x.id FROM figure x INDEXED BY figure_by_place", FIGURE_LINE);
            query.outlet("x.id >> 20", filter);
            query.dated("x", filter);
            query
        }
        _ => {
            let mut query = over_reports(connection, "figure", filter, FIGURE_LINE)?;
            query.and_items(connection, id.as_deref())?;
            if let Some(speaker) = speaker {
                let list = actors_list(connection, speaker)?;
                let of = "x.statement IN (SELECT id FROM statement
                              WHERE id BETWEEN r.id << 20 AND (r.id << 20) + 1048575
                              AND speaker IN (SELECT value FROM json_each(?)))";
                query.and(of, [list]);
            }
            query
        }
    };
    query.equal("x.measure", measure.as_ref());
    if let Some(place) = place {
        query.and("x.place = ? COLLATE NOCASE", [place.clone().into()]);
    }
    query.status(filter);
    query.ordered(if by_place { "x" } else { "r" });
    Ok(query)
}

/// The items that `from` finds in a report for an actor, of all actors that `speaker` means. `each_has_one`
/// says whether each report in which they speak has one.
fn by_speaker(
    connection: &Connection,
    from: &str,
    speaker: &str,
    filter: &Filter,
    (line, each_has_one): (&'static str, bool),
) -> Result<Query> {
    let mut of = Query::lines("SELECT p.at, p.report FROM party p WHERE p.statements > 0");
    of.outlet("p.report", filter);
    of.dated("p", filter);
    of.sql += " AND p.actor = ? ORDER BY p.at, p.report LIMIT ?";
    let actors = actors(connection, speaker)?;
    let speakers = Speakers { actors, sql: of.sql, parameters: of.parameters, each_has_one };
    Ok(Query { line: Some(line), speakers: Some(speakers), ..Query::lines(from) })
}

impl Query {
    /// In the order of the reports; `table` has their `at`.
    fn ordered(&mut self, table: &str) {
        self.sql += &match self.speakers {
            Some(_) => " ORDER BY x.id".to_owned(),
            None => format!(" ORDER BY {table}.at, x.id"),
        };
    }

    /// Only the items of one report, or one item.
    fn and_items(&mut self, connection: &Connection, id: Option<&str>) -> Result<()> {
        let Some(id) = id else { return Ok(()) };
        let (report, key) = report_of(connection, id)?;
        let (first, last) = items_of(report);
        self.and("r.id = ? AND x.id BETWEEN ? AND ?", [report.into(), first.into(), last.into()]);
        if let Some(key) = key {
            self.and("x.key = ?", [i64::from(key).into()]);
        }
        Ok(())
    }
}

/// The items of `table` in the order of their reports, filtered by outlet and date; only of reports that
/// have an item of the act or measure that is asked for.
fn over_reports(connection: &Connection, table: &str, filter: &Filter, line: &'static str) -> Result<Query> {
    let index = if filter.outlet.is_some() { "report_by_outlet" } else { "report_by_date" };
    let index = if filter.id.is_some() { String::new() } else { format!("INDEXED BY {index}") };
    let sql = format!(
        "SELECT x.id FROM report r {index}
         CROSS JOIN {table} x ON x.id BETWEEN r.id << 20 AND (r.id << 20) + 1048575"
    );
    let mut query = Query::from(&sql, line);
    if let Some(outlet) = &filter.outlet {
        query.and("r.outlet = (SELECT id FROM outlet WHERE name = ?)", [outlet.clone().into()]);
    }
    query.dated("r", filter);
    for (field, value) in [("act", &filter.act), ("measure", &filter.measure)] {
        if let Some(value) = value {
            query.and("r.tags & ? <> 0", [bits(connection, [tag(field, value)])?.into()]);
        }
    }
    Ok(query)
}

fn speakers(connection: &Connection, filter: &Filter) -> Result<Query> {
    let is_dated = filter.from.is_some() || filter.to.is_some();
    let from = if filter.speaker.is_some() {
        "party p CROSS JOIN statement x ON x.id BETWEEN p.report << 20 AND (p.report << 20) + 1048575
             AND x.speaker = p.actor"
    } else if is_dated {
        "report p CROSS JOIN statement x ON x.id BETWEEN p.id << 20 AND (p.id << 20) + 1048575"
    } else {
        "statement x"
    };
    let mut query = Query::lines(&format!(
        "SELECT printf('p%016x', c.key) AS actor, c.name AS speaker, c.kind AS kind,
                count(*) AS statements, count(DISTINCT x.id >> 20) AS reports
         FROM {from} JOIN actor a ON a.id = x.speaker JOIN actor c ON c.id = coalesce(a.canon, a.id)
         WHERE true"
    ));
    if let Some(speaker) = &filter.speaker {
        query.and("p.actor IN (SELECT value FROM json_each(?))", [actors_list(connection, speaker)?]);
    }
    query.equal("x.act", filter.act.as_ref());
    query.equal("x.naming", filter.naming.as_ref());
    query.outlet("x.id >> 20", filter);
    query.dated("p", filter);
    query.and("x.status IS NOT 'rejected'", []);
    query.sql += " GROUP BY c.id ORDER BY statements DESC, speaker, kind";
    Ok(query)
}

/// As [`actors`], as a JSON list.
fn actors_list(connection: &Connection, speaker: &str) -> Result<Value> {
    let actors = actors(connection, speaker)?;
    Ok(Value::Text(serde_json::to_string(&actors).expect("numbers always serialise")))
}

/// The rows of all actors that are meant, and of those merged with them.
fn actors(connection: &Connection, speaker: &str) -> Result<Vec<i64>> {
    let is_id = speaker.len() == 17 && speaker.starts_with('p');
    let (found, parameter): (_, Value) = match resolve(connection, speaker) {
        Ok(Target::Actor(row, _)) if is_id => ("SELECT ?", row.into()),
        _ => ("SELECT rowid FROM actor_words WHERE actor_words MATCH ?", fts_all(speaker).into()),
    };
    let sql = format!(
        "WITH found (id) AS ({found}),
              heads (id) AS (SELECT coalesce(a.canon, a.id) FROM found CROSS JOIN actor a ON a.id = found.id)
         SELECT id FROM heads UNION SELECT a.id FROM heads CROSS JOIN actor a ON a.canon = heads.id"
    );
    let mut select = connection.prepare_cached(&sql)?;
    let rows = select.query_map([parameter], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
