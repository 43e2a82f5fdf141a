//! One story, series, quotation or report with what is linked with it.

use rusqlite::Connection;
use rusqlite::types::Value;

use super::list::{item_of, story_of};
use super::page::{COPY, FLAG, line_of};
use super::tell::sentences;
use crate::target::report_of;
use crate::write::first;
use crate::{Error, Ledger, Result};

/// A report, statement or figure in a group: its line in its own listing, and what links it.
#[derive(Clone, Debug, PartialEq)]
pub struct Related {
    /// As its listing has it.
    pub line: Vec<(String, Value)>,
    /// Of a report `earlier`, `probability`, `copy`, `decided`; of a figure `prior`, `edge`, `origin`, `holds`,
    /// `sentence`; of a statement `earlier`, `n_same`, `drift`.
    pub link: Vec<(String, Value)>,
}

/// What is linked with a report.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReportLinks {
    /// The id of its story, if another report tells it, too.
    pub story: Option<String>,
    /// The line of itself as a copy.
    pub copy_of: Option<Vec<(String, Value)>>,
    /// The others that have its text.
    pub copies: Vec<Vec<(String, Value)>>,
    /// Its flags.
    pub flags: Vec<Vec<(String, Value)>>,
}

/// How much there is to look at across reports.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LinkCounts {
    /// Stories that two reports tell or more.
    pub stories: i64,
    /// Flags that nobody dismissed.
    pub flags: i64,
    /// Reports that are not linked yet, and stories of which series and flags are not made yet.
    pub unlinked: u64,
}

const NOT_RELATED: &str = "nothing across reports has the id";
const LARGEST: &str = "SELECT m.root FROM story y
     CROSS JOIN series_figure m ON m.figure BETWEEN y.report << 20 AND (y.report << 20) + 1048575
     JOIN figure g ON g.id = m.root
     WHERE y.root = ? GROUP BY m.root HAVING count(*) > 1
     ORDER BY g.measure IN ('other', 'duration', 'distance', 'money', 'percent', 'participants'),
         count(*) DESC, m.root";
const NEWEST: &str =
    "SELECT series, figure, measure, nullif(counted, '') AS counted, words, lower, upper, bound,
     outlet, published, report FROM series_line
     WHERE item = (SELECT figure FROM series_figure WHERE root = ? ORDER BY place DESC LIMIT 1)";

impl Ledger {
    /// The newest figures of the `n_most` largest series of a story, those of people first.
    ///
    /// # Errors
    /// If there is no such story or the ledger cannot be read.
    pub fn story_figures(&self, id: &str, n_most: usize) -> Result<Vec<Vec<(String, Value)>>> {
        let moment = self.connection.unchecked_transaction()?;
        let story = story_of(&moment, id)?;
        let mut figures = Vec::new();
        for series in numbers(&moment, LARGEST, story)?.into_iter().take(n_most) {
            figures.extend(line_of(&moment, NEWEST, series)?);
        }
        Ok(figures)
    }

    /// The reports of a story, the first first.
    ///
    /// # Errors
    /// If there is no such story or the ledger cannot be read.
    pub fn story_members(&self, id: &str) -> Result<Vec<Related>> {
        let moment = self.connection.unchecked_transaction()?;
        let reports = "SELECT m.report FROM story m JOIN linked l ON l.report = m.report
                       WHERE m.root = ? ORDER BY l.place, m.report";
        let link = "SELECT earlier, probability, copy, decided FROM story_report_line WHERE item = ?";
        related(&moment, &numbers(&moment, reports, story_of(&moment, id)?)?, "report_line", link)
    }

    /// The figures of the series that a figure is of, in their order.
    ///
    /// # Errors
    /// If there is no such series or the ledger cannot be read.
    pub fn series_points(&self, id: &str) -> Result<Vec<Related>> {
        let moment = self.connection.unchecked_transaction()?;
        let figures = "SELECT figure FROM series_figure WHERE root = ? ORDER BY place";
        let figures = numbers(&moment, figures, series_of(&moment, id)?)?;
        let link = "SELECT prior, edge, origin, holds FROM series_line WHERE item = ?";
        let mut points = related(&moment, &figures, "figure_line", link)?;
        let sentences = sentences(&moment, &figures)?;
        for (point, figure) in points.iter_mut().zip(&figures) {
            let sentence = sentences.get(figure).cloned().map_or(Value::Null, Value::Text);
            point.link.push(("sentence".to_owned(), sentence));
        }
        Ok(points)
    }

    /// The line of the series that a figure is of.
    ///
    /// # Errors
    /// If there is no such series or the ledger cannot be read.
    pub fn series_line(&self, id: &str) -> Result<Vec<(String, Value)>> {
        let series = series_of(&self.connection, id)?;
        line_of(&self.connection, super::page::SERIES, series)?.ok_or_else(|| not_found(id))
    }

    /// The line of the quotation that a statement is of.
    ///
    /// # Errors
    /// If there is no such quotation or the ledger cannot be read.
    pub fn quote_line(&self, id: &str) -> Result<Vec<(String, Value)>> {
        let quote = quote_of(&self.connection, id)?;
        line_of(&self.connection, super::page::QUOTE, quote)?.ok_or_else(|| not_found(id))
    }

    /// The statements that quote what a statement quotes, the first first.
    ///
    /// # Errors
    /// If there is no such quotation or the ledger cannot be read.
    pub fn quote_statements(&self, id: &str) -> Result<Vec<Related>> {
        let moment = self.connection.unchecked_transaction()?;
        let statements =
            "SELECT q.id FROM (SELECT ?1 AS id UNION SELECT statement FROM quotation WHERE root = ?1) q
                          JOIN linked l ON l.report = q.id >> 20 ORDER BY l.place, q.id";
        let link = "SELECT earlier, same_words AS n_same, drift FROM quote_line WHERE item = ?";
        let statements = numbers(&moment, statements, quote_of(&moment, id)?)?;
        related(&moment, &statements, "statement_line", link)
    }

    /// What is linked with a report.
    ///
    /// # Errors
    /// If there is no such report or the ledger cannot be read.
    pub fn report_links(&self, id: &str) -> Result<ReportLinks> {
        let moment = self.connection.unchecked_transaction()?;
        let (report, _) = report_of(&moment, id)?;
        let story = "SELECT lower(hex(c.sha256)) FROM story y JOIN capture c ON c.id = y.root
                     WHERE y.report = ?1 AND (y.root <> y.report
                         OR EXISTS (SELECT 1 FROM story n WHERE n.root = y.root AND n.report <> ?1))";
        let copies = "SELECT report FROM copy
                      WHERE root = coalesce((SELECT root FROM copy WHERE report = ?1), ?1) AND report <> ?1";
        let flags = "SELECT report << 32 | id FROM flag WHERE report = ? ORDER BY kind, id";
        let all = |sql: &str, line: &str| -> Result<Vec<Vec<(String, Value)>>> {
            let mut found = Vec::new();
            for number in numbers(&moment, sql, report)? {
                found.extend(line_of(&moment, line, number)?);
            }
            Ok(found)
        };
        Ok(ReportLinks {
            story: first(&moment, story, report)?,
            copy_of: all("SELECT report FROM copy WHERE report = ?", COPY)?.pop(),
            copies: all(copies, COPY)?,
            flags: all(flags, FLAG)?,
        })
    }

    /// The flag with this id.
    ///
    /// # Errors
    /// If there is none or the ledger cannot be read.
    pub fn flag_line(&self, id: &str) -> Result<Vec<(String, Value)>> {
        let number = flag_number(&self.connection, id)?;
        line_of(&self.connection, FLAG, number)?.ok_or_else(|| not_found(id))
    }

    /// The figures of the series that a figure is of, by their ids.
    ///
    /// # Errors
    /// If there is no such series or the ledger cannot be read.
    pub fn series_figures(&self, id: &str) -> Result<Vec<String>> {
        let mut select = self.connection.prepare_cached(
            "SELECT v.figure FROM series_figure m JOIN series_line v ON v.item = m.figure
             WHERE m.root = ? ORDER BY m.place",
        )?;
        let rows = select.query_map([series_of(&self.connection, id)?], |row| row.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// How much there is to look at across reports.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub fn link_counts(&self) -> Result<LinkCounts> {
        let moment = self.connection.unchecked_transaction()?;
        let count = |sql: &str| -> Result<i64> { Ok(moment.query_row(sql, [], |row| row.get(0))?) };
        let dismissed = "SELECT count(*) FROM flag_line WHERE dismissed IS NOT NULL AND item IN
            (SELECT m.rowid FROM decision d JOIN flag m ON m.report = d.report
             WHERE d.state = 'holds' AND d.body ->> 'action' = 'dismiss')";
        let stories = "SELECT count(*) FROM (SELECT 1 FROM story GROUP BY root HAVING count(*) > 1)";
        Ok(LinkCounts {
            stories: count(stories)?,
            flags: count("SELECT count(*) FROM flag")? - count(dismissed)?,
            unlinked: self.n_unlinked()? + count("SELECT count(*) FROM touched")?.unsigned_abs(),
        })
    }
}

/// The report of a flag and its own number, in one.
pub(crate) fn flag_number(connection: &Connection, id: &str) -> Result<i64> {
    let (report, key) = id.split_once(".g").ok_or_else(|| not_found(id))?;
    let key = u32::from_str_radix(key, 16).map_err(|_| not_found(id))?;
    Ok(report_of(connection, report)?.0 << 32 | i64::from(key))
}

fn not_found(id: &str) -> Error {
    Error::not_found(format!("{NOT_RELATED} {id}"))
}

fn series_of(connection: &Connection, id: &str) -> Result<i64> {
    let figure = item_of(connection, id)?.ok_or_else(|| not_found(id))?;
    first(connection, "SELECT root FROM series_figure WHERE figure = ?", figure)?.ok_or_else(|| not_found(id))
}

/// The first statement of those that quote what one quotes; only if there are others.
fn quote_of(connection: &Connection, id: &str) -> Result<i64> {
    let statement = item_of(connection, id)?.ok_or_else(|| not_found(id))?;
    let root = "SELECT root FROM quotation WHERE statement = ?1 OR root = ?1 LIMIT 1";
    first(connection, root, statement)?.ok_or_else(|| not_found(id))
}

fn numbers(connection: &Connection, sql: &str, of: i64) -> Result<Vec<i64>> {
    let mut select = connection.prepare_cached(sql)?;
    let rows = select.query_map([of], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn related(connection: &Connection, items: &[i64], view: &str, link: &str) -> Result<Vec<Related>> {
    let line = format!("SELECT * FROM {view} WHERE item = ?");
    let mut all = Vec::with_capacity(items.len());
    for item in items {
        let line = line_of(connection, &line, *item)?;
        let link = line_of(connection, link, *item)?;
        all.extend(line.zip(link).map(|(line, link)| Related { line, link }));
    }
    Ok(all)
}
