//! SQL for listings.

use rusqlite::Connection;
use rusqlite::types::Value;

use crate::link::list as links;
use crate::list::{Filter, Listing};
use crate::page::{Mark, Order};
use crate::rows::tag;
use crate::search::{Search, Searched, fts_all};
use crate::tally::behind;
use crate::target::{Target, report_of, resolve};
use crate::write::{bits, day_number, items_of};
use crate::{Error, Result};

const REPORT_LINE: &str = "SELECT * FROM report_line WHERE item = ?";
const STATEMENT_LINE: &str = "SELECT * FROM statement_line WHERE item = ?";
const FIGURE_LINE: &str = "SELECT * FROM figure_line WHERE item = ?";
/// The columns of the view `decisions`, and the fields of what was added.
pub(crate) const DECISION_LINES: &str =
    "SELECT x.seq AS item, lower(hex(x.id)) AS id, lower(hex(x.chain)) AS chain,
        x.state AS state, x.body ->> 'time' AS time, x.body ->> 'author' AS author,
        x.body ->> 'action' AS action, x.body ->> 'target' AS target, x.body ->> 'field' AS field,
        x.body ->> 'value' AS value, x.body ->> 'comment' AS comment, x.body -> 'fields' AS fields
     FROM decision x WHERE true";

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
    /// Where the page before ended.
    pub(crate) after: Option<Mark>,
}

/// Who is asked for, and the SQL that finds the reports of an actor: its last two parameters are the actor
/// and how many.
pub(crate) struct Speakers {
    actors: Vec<i64>,
    sql: String,
    parameters: Vec<Value>,
    /// Whether each of the reports has an item that fits.
    each_has_one: bool,
    newest_first: bool,
}

impl Query {
    pub(crate) fn of(
        connection: &Connection,
        listing: Listing,
        filter: &Filter,
        after: Option<Mark>,
    ) -> Result<Self> {
        check(listing, filter)?;
        let mut query = match listing {
            Listing::Reports => reports(connection, filter, after),
            Listing::Statements => statements(connection, filter, after),
            Listing::Figures => figures(connection, filter, after),
            Listing::Speakers => speakers(connection, filter),
            Listing::SearchReports => Self::search(connection, Searched::Reports, filter, REPORT_LINE),
            Listing::SearchStatements => {
                Self::search(connection, Searched::Statements, filter, STATEMENT_LINE)
            }
            Listing::Copies => links::copies(connection, filter),
            Listing::Stories => links::stories(connection, filter),
            Listing::StoryReports => links::story_reports(connection, filter),
            Listing::Quotes => links::quotes(connection, filter),
            Listing::Series => links::series(connection, filter),
            Listing::Flags => links::flags(connection, filter),
            Listing::Refused => Ok(Self::lines("SELECT * FROM refused ORDER BY path, record")),
            Listing::Decisions => Ok(decisions(filter, after)),
        }?;
        if let (Some(limit), None, None) = (filter.limit, &query.search, &query.speakers) {
            query.sql += &format!(" LIMIT {limit}");
        }
        Ok(query)
    }

    fn lines(sql: &str) -> Self {
        let sql = sql.to_owned();
        Self { sql, parameters: Vec::new(), line: None, speakers: None, search: None, after: None }
    }

    pub(crate) fn from(sql: &str, line: &'static str) -> Self {
        Self { line: Some(line), ..Self::lines(&format!("{sql} WHERE true")) }
    }

    fn search(connection: &Connection, of: Searched, filter: &Filter, line: &'static str) -> Result<Self> {
        let search = Search::of(of, filter.words.as_deref().unwrap_or_default());
        let row = search.row();
        // Like those of the other listings, in SQL that the search takes twice.
        let mut only = Self::lines("");
        let report = if of == Searched::Reports { row.clone() } else { format!("({row} >> 20)") };
        if filter.outlet.is_some() || filter.from.is_some() || filter.to.is_some() {
            only.sql += &format!(" AND EXISTS (SELECT 1 FROM report r WHERE r.id = {report}");
            if let Some(outlet) = &filter.outlet {
                only.and("r.outlet = (SELECT id FROM outlet WHERE name = ?)", [outlet.clone().into()]);
            }
            only.dated("r", filter);
            only.sql += ")";
        }
        if filter.act.is_some() || filter.naming.is_some() || filter.status.is_some() {
            only.sql += &format!(" AND EXISTS (SELECT 1 FROM statement x WHERE x.id = {row}");
            only.equal("x.act", filter.act.as_ref());
            only.equal("x.naming", filter.naming.as_ref());
            only.status(filter);
            only.sql += ")";
        }
        let (sql, parameters) = search.sql(connection, &only.sql, &only.parameters)?;
        Ok(Self { line: Some(line), parameters, search: Some(search), ..Self::lines(&sql) })
    }

    /// Of what it finds those that [`queue`](crate::queue) wants.
    pub(crate) fn open(connection: &Connection, listing: Listing, filter: &Filter) -> Result<Self> {
        let filter = Filter { status: Some("open".to_owned()), limit: None, ..filter.clone() };
        check(listing, &filter)?;
        match listing {
            Listing::Figures => figures(connection, &filter, None),
            _ => statements(connection, &filter, None),
        }
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
        // Of the report in which the page before ended nothing may be left.
        let n_more = i64::from(self.after.is_some());
        let n_reports = limit.filter(|_| speakers.each_has_one).and_then(|n| i64::try_from(n).ok());
        let n_reports = n_reports.map(|n| n.saturating_add(n_more));
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
        if speakers.newest_first {
            reports.reverse();
        }
        let mut select = connection.prepare(&self.sql)?;
        let mut items = Vec::new();
        for (at, report, actor) in reports {
            let first = [Value::Integer(report), Value::Integer(actor)];
            let parameters = first.into_iter().chain(self.parameters.iter().cloned());
            for row in select.query_map(rusqlite::params_from_iter(parameters), |row| row.get(0))? {
                let item = row?;
                let is_behind = self.after.is_none_or(|mark| mark.is_before(at, item, speakers.newest_first));
                items.extend(is_behind.then_some(item));
            }
            if items.len() >= n_most {
                items.truncate(n_most);
                break;
            }
        }
        Ok(items)
    }

    pub(crate) fn and(&mut self, condition: &str, values: impl IntoIterator<Item = Value>) {
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

    /// Dates, as `at` of the table `table`, and what is behind the page before.
    pub(crate) fn dated(&mut self, table: &str, filter: &Filter) {
        if let Some(Mark { at, .. }) = self.after {
            let sign = if filter.order == Order::Newest { "<=" } else { ">=" };
            self.and(&format!("{table}.at {sign} ?"), [at.into()]);
        }
        if let Some(from) = &filter.from {
            self.and(&format!("{table}.at >= ?"), [(day_number(from) << 32).into()]);
        }
        if let Some(to) = &filter.to {
            self.and(&format!("{table}.at < ?"), [((day_number(to) + behind(to)) << 32).into()]);
        }
    }

    /// Only reports of a story, and items on which flags rest.
    fn linked(
        &mut self,
        connection: &Connection,
        report: &str,
        item: Option<&str>,
        filter: &Filter,
    ) -> Result<()> {
        if let Some(story) = &filter.story {
            let of = format!("{report} IN (SELECT report FROM story WHERE root = ?)");
            self.and(&of, [links::story_of(connection, story)?.into()]);
        }
        if let Some(flag) = &filter.flag {
            let items = links::flagged(connection, flag)?;
            self.and(&format!("{report} IN (SELECT value >> 20 FROM json_each(?))"), [items.clone()]);
            if let Some(item) = item {
                self.and(&format!("{item} IN (SELECT value FROM json_each(?))"), [items]);
            }
        }
        Ok(())
    }

    pub(crate) fn outlet(&mut self, report: &str, filter: &Filter) {
        if let Some(outlet) = &filter.outlet {
            let of = "IN (SELECT id FROM report WHERE outlet = (SELECT id FROM outlet WHERE name = ?))";
            self.and(&format!("{report} {of}"), [outlet.clone().into()]);
        }
    }
}

/// Refuses filters that the listing has no column for, rather than ignore them.
fn check(listing: Listing, filter: &Filter) -> Result<()> {
    use Listing::*;
    const OF_REPORTS: [Listing; 9] =
        [Reports, Statements, Figures, Speakers, SearchReports, SearchStatements, Copies, Stories, Quotes];
    let has = |listings: &[Listing]| listings.contains(&listing);
    for (name, given, fits) in [
        ("speaker", &filter.speaker, has(&[Reports, Statements, Figures, Speakers, Quotes])),
        ("outlet", &filter.outlet, has(&OF_REPORTS)),
        ("from", &filter.from, has(&OF_REPORTS)),
        ("to", &filter.to, has(&OF_REPORTS)),
        ("act", &filter.act, has(&[Reports, Statements, Speakers, SearchStatements])),
        ("naming", &filter.naming, has(&[Statements, Speakers, SearchStatements])),
        ("measure", &filter.measure, has(&[Reports, Figures, Series])),
        ("story", &filter.story, has(&[Statements, Figures, Series, Flags])),
        ("flag", &filter.flag, has(&[Statements, Figures])),
        ("kind", &filter.kind, has(&[Flags])),
        ("place", &filter.place, has(&[Figures])),
        ("status", &filter.status, has(&[Statements, Figures, SearchStatements, Decisions])),
        (
            "id",
            &filter.id,
            has(&[Reports, Statements, Figures, Copies, Stories, StoryReports, Quotes, Decisions]),
        ),
        ("words", &filter.words, has(&[SearchReports, SearchStatements])),
        ("author", &filter.author, has(&[Decisions])),
        ("action", &filter.action, has(&[Decisions])),
    ] {
        if given.is_some() && !fits {
            return Err(Error::request(format!("this listing has no filter '{name}'")));
        }
    }
    if filter.drift && listing != Quotes {
        return Err(Error::request("this listing has no filter 'drift'"));
    }
    Ok(())
}

fn reports(connection: &Connection, filter: &Filter, after: Option<Mark>) -> Result<Query> {
    let index = if filter.outlet.is_some() { "report_by_outlet" } else { "report_by_date" };
    let index = if filter.id.is_some() { String::new() } else { format!("INDEXED BY {index}") };
    let mut query = Query::from(&format!("SELECT x.id FROM report x {index}"), REPORT_LINE);
    query.after = after;
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
    for (field, value) in [("act", &filter.act), ("measure", &filter.measure)] {
        query.tagged(connection, "x", field, value.as_deref())?;
    }
    query.dated("x", filter);
    query.ordered("x", filter);
    Ok(query)
}

fn statements(connection: &Connection, filter: &Filter, after: Option<Mark>) -> Result<Query> {
    let Filter { speaker, act, id, .. } = filter;
    let mut query = match speaker {
        Some(speaker) if id.is_none() => {
            let from = "SELECT x.id FROM statement x
                 WHERE x.id BETWEEN ?1 << 20 AND (?1 << 20) + 1048575 AND x.speaker = ?2";
            let all = act.is_none() && filter.naming.is_none() && filter.status.is_none();
            by_speaker(connection, from, speaker, filter, after, (STATEMENT_LINE, all))?
        }
        _ => {
            let mut query = over_reports(connection, "statement", filter, after, STATEMENT_LINE)?;
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
    query.ordered("r", filter);
    Ok(query)
}

fn figures(connection: &Connection, filter: &Filter, after: Option<Mark>) -> Result<Query> {
    let Filter { speaker, measure, place, id, .. } = filter;
    let by_place = place.is_some() && speaker.is_none() && id.is_none();
    let mut query = match speaker {
        Some(speaker) if id.is_none() => {
            let from = "SELECT x.id FROM figure x CROSS JOIN statement s ON s.id = x.statement
                 WHERE x.id BETWEEN ?1 << 20 AND (?1 << 20) + 1048575 AND s.speaker = ?2";
            by_speaker(connection, from, speaker, filter, after, (FIGURE_LINE, false))?
        }
        None if by_place => {
            let mut query = Query::from("SELECT x.id FROM figure x INDEXED BY figure_by_place", FIGURE_LINE);
            query.after = after;
            query.outlet("x.id >> 20", filter);
            query.dated("x", filter);
            query.linked(connection, "x.id >> 20", Some("x.id"), filter)?;
            query
        }
        _ => {
            let mut query = over_reports(connection, "figure", filter, after, FIGURE_LINE)?;
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
    query.ordered(if by_place { "x" } else { "r" }, filter);
    Ok(query)
}

/// The items that `from` finds in a report for an actor, of all actors that `speaker` means. `each_has_one`
/// says whether each report in which they speak has one.
fn by_speaker(
    connection: &Connection,
    from: &str,
    speaker: &str,
    filter: &Filter,
    after: Option<Mark>,
    (line, each_has_one): (&'static str, bool),
) -> Result<Query> {
    let mut of = Query::lines("SELECT p.at, p.report FROM party p WHERE p.statements > 0");
    of.after = after;
    of.outlet("p.report", filter);
    of.dated("p", filter);
    of.linked(connection, "p.report", None, filter)?;
    let down = filter.order.sql();
    of.sql += &format!(" AND p.actor = ? ORDER BY p.at{down}, p.report{down} LIMIT ?");
    let actors = actors(connection, speaker)?;
    let newest_first = filter.order == Order::Newest;
    let each_has_one = each_has_one && filter.flag.is_none();
    let speakers = Speakers { actors, sql: of.sql, parameters: of.parameters, each_has_one, newest_first };
    let mut query = Query { line: Some(line), speakers: Some(speakers), after, ..Query::lines(from) };
    if let Some(flag) = &filter.flag {
        query.and("x.id IN (SELECT value FROM json_each(?))", [links::flagged(connection, flag)?]);
    }
    Ok(query)
}

impl Query {
    /// In the order of the reports; `table` has their `at`. Items of a report stay in the order of its text.
    fn ordered(&mut self, table: &str, filter: &Filter) {
        if self.speakers.is_some() {
            self.sql += " ORDER BY x.id";
            return;
        }
        let newest_first = filter.order == Order::Newest;
        if let Some(Mark { at, item }) = self.after {
            let sign = if newest_first { "<" } else { ">" };
            let behind = format!("({table}.at {sign} ? OR x.id > ?)");
            self.and(&behind, [at.into(), item.into()]);
        }
        self.sql += &format!(" ORDER BY {table}.at{}, x.id", filter.order.sql());
    }

    /// Only reports, of the table `table`, that have an item of this act or measure.
    fn tagged(
        &mut self,
        connection: &Connection,
        table: &str,
        field: &str,
        value: Option<&str>,
    ) -> Result<()> {
        if let Some(value) = value {
            let bits = bits(connection, [tag(field, value)])?;
            self.and(&format!("{table}.tags & ? <> 0"), [bits.into()]);
        }
        Ok(())
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
fn over_reports(
    connection: &Connection,
    table: &str,
    filter: &Filter,
    after: Option<Mark>,
    line: &'static str,
) -> Result<Query> {
    let index = if filter.outlet.is_some() { "report_by_outlet" } else { "report_by_date" };
    let index = if filter.story.is_some() || filter.flag.is_some() {
        // There are few of them: they are put in order rather than sought in it.
        "NOT INDEXED".to_owned()
    } else if filter.id.is_some() {
        String::new()
    } else {
        format!("INDEXED BY {index}")
    };
    let sql = format!(
        "SELECT x.id FROM report r {index}
         CROSS JOIN {table} x ON x.id BETWEEN r.id << 20 AND (r.id << 20) + 1048575"
    );
    let mut query = Query::from(&sql, line);
    query.after = after;
    if let Some(outlet) = &filter.outlet {
        query.and("r.outlet = (SELECT id FROM outlet WHERE name = ?)", [outlet.clone().into()]);
    }
    query.dated("r", filter);
    query.linked(connection, "r.id", Some("x.id"), filter)?;
    for (field, value) in [("act", &filter.act), ("measure", &filter.measure)] {
        query.tagged(connection, "r", field, value.as_deref())?;
    }
    Ok(query)
}

fn decisions(filter: &Filter, after: Option<Mark>) -> Query {
    let mut query = Query::lines(DECISION_LINES);
    if let Some(id) = &filter.id {
        // Of an item's id only the beginning of the hash need be given.
        query.and("x.body ->> 'target' LIKE ?", [format!("{}%", id.replace('.', "%.")).into()]);
    }
    query.equal("x.body ->> 'author'", filter.author.as_ref());
    query.equal("x.body ->> 'action'", filter.action.as_ref());
    query.equal("x.state", filter.status.as_ref());
    let sign = if filter.order == Order::Newest { "<" } else { ">" };
    if let Some(Mark { item, .. }) = after {
        query.and(&format!("x.seq {sign} ?"), [item.into()]);
    }
    query.sql += &format!(" ORDER BY x.seq{}", filter.order.sql());
    query
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
pub(crate) fn actors_list(connection: &Connection, speaker: &str) -> Result<Value> {
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
