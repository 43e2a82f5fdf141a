//! Listings: what stands in a ledger, filtered, in an order that is the same in every ledger.

use rusqlite::Connection;
use rusqlite::types::Value;

use crate::search::{fts_all, fts_query};
use crate::target::{Target, report_of, resolve};
use crate::write::{day_number, first, items_of};
use crate::{Error, Ledger, Result};

/// What can be listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listing {
    /// Reports, by date.
    Reports,
    /// Statements, by the date of their report.
    Statements,
    /// Figures, by the date of their report.
    Figures,
    /// Who speaks, the most frequent first.
    Speakers,
    /// Reports that hold the words, the best first.
    SearchReports,
    /// Statements that hold the words, the best first.
    SearchStatements,
    /// What is no report, by place.
    Refused,
    /// The log of decisions.
    Decisions,
}

/// Which of them. A field that a listing does not have is an error.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Words of the speaker's name, or an actor's id.
    pub speaker: Option<String>,
    /// The outlet's name.
    pub outlet: Option<String>,
    /// The first date of publication: a year, month or day.
    pub from: Option<String>,
    /// The last date of publication: a year, month or day, which is included.
    pub to: Option<String>,
    /// What is done by saying it.
    pub act: Option<String>,
    /// How openly the speaker is named.
    pub naming: Option<String>,
    /// What a figure measures.
    pub measure: Option<String>,
    /// Where, as the report words it; case does not matter.
    pub place: Option<String>,
    /// What people said of it: `open`, `accepted`, `corrected`, `rejected`.
    pub status: Option<String>,
    /// The id of a report, statement or figure, or its beginning; of decisions what they are about.
    pub id: Option<String>,
    /// Words to search for.
    pub words: Option<String>,
    /// No more than these.
    pub limit: Option<u64>,
}

/// One line of a listing: names and values of its columns.
pub type Row<'r> = [(&'r str, Value)];

impl Ledger {
    /// Gives each line to `each`, which returns whether it wants more.
    ///
    /// # Errors
    /// If the ledger cannot be read or the filter does not fit the listing.
    pub fn list(
        &self,
        listing: Listing,
        filter: &Filter,
        each: &mut dyn FnMut(&Row<'_>) -> bool,
    ) -> Result<()> {
        // One moment for all of its queries, whatever others write meanwhile.
        let moment = self.connection.unchecked_transaction()?;
        let query = Query::of(&moment, listing, filter)?;
        let Some(line) = query.line else { return lines(&moment, &query.sql, query.parameters, each) };
        let mut ids = moment.prepare(&query.sql)?;
        let mut ids = ids.query(rusqlite::params_from_iter(query.parameters))?;
        let mut go_on = true;
        while let (true, Some(row)) = (go_on, ids.next()?) {
            let id: Value = row.get(0)?;
            let snippet = row.as_ref().column_count() > 1;
            let snippet: Option<Value> = snippet.then(|| row.get(1)).transpose()?;
            lines(&moment, line, vec![id], &mut |row| {
                let mut row: Vec<(&str, Value)> = row.to_vec();
                row.extend(snippet.clone().map(|snippet| ("snippet", snippet)));
                go_on = each(&row);
                go_on
            })?;
        }
        Ok(())
    }
}

/// Runs one query and gives its rows on, without the program's own column `item`.
fn lines(
    connection: &Connection,
    sql: &str,
    parameters: Vec<Value>,
    each: &mut dyn FnMut(&Row<'_>) -> bool,
) -> Result<()> {
    let mut select = connection.prepare_cached(sql)?;
    let names: Vec<String> = select.column_names().map(str::to_owned).collect();
    let mut rows = select.query(rusqlite::params_from_iter(parameters))?;
    while let Some(row) = rows.next()? {
        let mut line = Vec::with_capacity(names.len());
        for (i, name) in names.iter().enumerate().filter(|(_, name)| *name != "item") {
            line.push((name.as_str(), row.get::<_, Value>(i)?));
        }
        if !each(&line) {
            break;
        }
    }
    Ok(())
}

const REPORT_LINE: &str = "SELECT * FROM report_line WHERE item = ?";
const STATEMENT_LINE: &str = "SELECT * FROM statement_line WHERE item = ?";
const FIGURE_LINE: &str = "SELECT * FROM figure_line WHERE item = ?";

/// SQL that finds row numbers in their order, with the query that makes a line of each; without
/// one, SQL that gives the lines.
struct Query {
    sql: String,
    parameters: Vec<Value>,
    line: Option<&'static str>,
}

impl Query {
    fn of(connection: &Connection, listing: Listing, filter: &Filter) -> Result<Self> {
        check(listing, filter)?;
        let mut query = match listing {
            Listing::Reports => reports(connection, filter),
            Listing::Statements => statements(connection, filter),
            Listing::Figures => figures(connection, filter),
            Listing::Speakers => speakers(connection, filter),
            Listing::SearchReports => Ok(search("report_words", 1, REPORT_LINE, filter)),
            Listing::SearchStatements => Ok(search("statement_words", -1, STATEMENT_LINE, filter)),
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
        if let Some(limit) = filter.limit {
            query.sql += &format!(" LIMIT {limit}");
        }
        Ok(query)
    }

    fn lines(sql: &str) -> Self {
        Self { sql: sql.to_owned(), parameters: Vec::new(), line: None }
    }

    fn from(sql: &str, line: &'static str) -> Self {
        Self { sql: format!("{sql} WHERE true"), parameters: Vec::new(), line: Some(line) }
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
        let of = "x.id IN (SELECT id >> 20 FROM statement WHERE speaker IN (SELECT value FROM json_each(?)))";
        query.and(of, [actors(connection, speaker)?]);
    }
    query.dated("x", filter);
    query.sql += " ORDER BY x.at, x.id";
    Ok(query)
}

fn statements(connection: &Connection, filter: &Filter) -> Result<Query> {
    let Filter { speaker, act, id, outlet, .. } = filter;
    let by_report = id.is_some() || speaker.is_none() && (act.is_none() || outlet.is_some());
    let mut query = if by_report {
        let mut query = over_reports("statement", filter, STATEMENT_LINE);
        query.and_items(connection, id.as_deref())?;
        query
    } else {
        let index = if speaker.is_some() { "statement_by_speaker" } else { "statement_by_act" };
        let mut query =
            Query::from(&format!("SELECT x.id FROM statement x INDEXED BY {index}"), STATEMENT_LINE);
        query.outlet("x.id >> 20", filter);
        query.dated("x", filter);
        query
    };
    if let Some(speaker) = speaker {
        query.and("x.speaker IN (SELECT value FROM json_each(?))", [actors(connection, speaker)?]);
    }
    query.equal("x.act", act.as_ref());
    query.equal("x.naming", filter.naming.as_ref());
    query.status(filter);
    query.sql += if by_report { " ORDER BY r.at, x.id" } else { " ORDER BY x.at, x.id" };
    Ok(query)
}

fn figures(connection: &Connection, filter: &Filter) -> Result<Query> {
    let Filter { speaker, measure, place, id, outlet, .. } = filter;
    let indexed = place.is_some() || measure.is_some() && outlet.is_none();
    let by_report = id.is_some() || speaker.is_none() && !indexed;
    let mut query = if by_report {
        let mut query = over_reports("figure", filter, FIGURE_LINE);
        query.and_items(connection, id.as_deref())?;
        query
    } else {
        let from = if speaker.is_some() {
            "statement s INDEXED BY statement_by_speaker CROSS JOIN figure x
             ON x.statement = s.id AND x.id BETWEEN s.id >> 20 << 20 AND (s.id >> 20 << 20) + 1048575"
        } else if place.is_some() {
            "figure x INDEXED BY figure_by_place"
        } else {
            "figure x INDEXED BY figure_by_measure"
        };
        let mut query = Query::from(&format!("SELECT x.id FROM {from}"), FIGURE_LINE);
        query.outlet("x.id >> 20", filter);
        query.dated("x", filter);
        query
    };
    if let Some(speaker) = speaker {
        let table =
            if by_report { "x.statement IN (SELECT id FROM statement WHERE speaker" } else { "(s.speaker" };
        let of = format!("{table} IN (SELECT value FROM json_each(?)))");
        query.and(&of, [actors(connection, speaker)?]);
    }
    query.equal("x.measure", measure.as_ref());
    if let Some(place) = place {
        query.and("x.place = ? COLLATE NOCASE", [place.clone().into()]);
    }
    query.status(filter);
    query.sql += if by_report { " ORDER BY r.at, x.id" } else { " ORDER BY x.at, x.id" };
    Ok(query)
}

impl Query {
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

/// The items of `table` in the order of their reports, filtered by outlet and date.
fn over_reports(table: &str, filter: &Filter, line: &'static str) -> Query {
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
    query
}

fn speakers(connection: &Connection, filter: &Filter) -> Result<Query> {
    let mut query = Query::from(
        "SELECT printf('p%016x', c.key) AS actor, c.name AS speaker, c.kind AS kind,
                count(*) AS statements, count(DISTINCT x.id >> 20) AS reports
         FROM statement x JOIN actor a ON a.id = x.speaker JOIN actor c ON c.id = coalesce(a.canon, a.id)",
        REPORT_LINE,
    );
    query.line = None;
    if let Some(speaker) = &filter.speaker {
        query.and("x.speaker IN (SELECT value FROM json_each(?))", [actors(connection, speaker)?]);
    }
    query.equal("x.act", filter.act.as_ref());
    query.equal("x.naming", filter.naming.as_ref());
    query.outlet("x.id >> 20", filter);
    query.dated("x", filter);
    query.and("x.status IS NOT 'rejected'", []);
    query.sql += " GROUP BY c.id ORDER BY statements DESC, speaker, kind";
    Ok(query)
}

/// So many matches are ranked; of more, which a common word has, those of them that were added last.
const MOST_RANKED: u32 = 5000;

fn search(table: &str, column: i32, line: &'static str, filter: &Filter) -> Query {
    let words = fts_query(filter.words.as_deref().unwrap_or_default());
    let sql = format!(
        "SELECT rowid, snippet({table}, {column}, '[', ']', '…', 24) FROM {table}
         WHERE {table} MATCH ?1 AND rowid >= coalesce(
             (SELECT rowid FROM {table} WHERE {table} MATCH ?1 ORDER BY rowid DESC LIMIT 1 OFFSET {MOST_RANKED}), 0)
         ORDER BY rank, rowid"
    );
    Query { sql, parameters: vec![words.into()], line: Some(line) }
}

/// The rows of all actors that are meant, and of those merged with them, as a JSON list.
fn actors(connection: &Connection, speaker: &str) -> Result<Value> {
    let is_id = speaker.len() == 17 && speaker.starts_with('p');
    let (found, parameter): (_, Value) = match resolve(connection, speaker) {
        Ok(Target::Actor(row, _)) if is_id => ("SELECT ?", row.into()),
        _ => ("SELECT rowid FROM actor_words WHERE actor_words MATCH ?", fts_all(speaker).into()),
    };
    let sql = format!(
        "WITH found (id) AS ({found}),
              heads (id) AS (SELECT coalesce(a.canon, a.id) FROM found CROSS JOIN actor a ON a.id = found.id)
         SELECT json_group_array(id) FROM (
             SELECT id FROM heads
             UNION SELECT a.id FROM heads CROSS JOIN actor a ON a.canon = heads.id)"
    );
    let list: Option<String> = first(connection, &sql, parameter)?;
    Ok(list.unwrap_or_else(|| "[]".to_owned()).into())
}
