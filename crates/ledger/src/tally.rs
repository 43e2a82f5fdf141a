//! Counts over a ledger, and what its fields may hold.

use rusqlite::types::Value;

use crate::field::{FIGURE, Field, REPORT, Rule, STATEMENT};
use crate::target::{Target, resolve};
use crate::write::{day_number, first};
use crate::{Error, Filter, Ledger, Missed, Result};

/// How much is in a ledger.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// How many reports.
    pub reports: i64,
    /// How many statements.
    pub statements: i64,
    /// How many figures.
    pub figures: i64,
    /// How many parties, merged ones once.
    pub speakers: i64,
    /// How many decisions.
    pub decisions: i64,
    /// How many statements and figures nobody has decided about.
    pub open: i64,
    /// How much is no report.
    pub refused: i64,
    /// The first date of publication.
    pub first: Option<String>,
    /// The last date of publication.
    pub last: Option<String>,
}

/// What dates are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// Days.
    Day,
    /// Months.
    Month,
    /// Years.
    Year,
}

/// A field that can be corrected: its name, what kind of value it takes, and the values if they are a
/// closed list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correctable {
    /// Its name.
    pub name: &'static str,
    /// `words` of the report, `free` words, `number`, `date`, or `one_of` the values.
    pub rule: &'static str,
    /// The closed list.
    pub values: Vec<&'static str>,
}

/// The fields of a statement or figure that can be corrected; without a kind those of a report.
pub fn correctable(of: Option<Missed>) -> Vec<Correctable> {
    let fields = match of {
        Some(Missed::Statement) => STATEMENT,
        Some(Missed::Figure) => FIGURE,
        None => REPORT,
    };
    let correctable = |field: &Field| {
        let (rule, values) = match &field.rule {
            Rule::Words => ("words", Vec::new()),
            Rule::Free => ("free", Vec::new()),
            Rule::Number => ("number", Vec::new()),
            Rule::Date => ("date", Vec::new()),
            Rule::OneOf(values) => ("one_of", values()),
            Rule::Fixed => return None,
        };
        Some(Correctable { name: field.name, rule, values })
    };
    fields.iter().filter_map(correctable).collect()
}

impl Ledger {
    /// How much is in it. Reads all tables: of a large ledger this takes seconds.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn summary(&self) -> Result<Summary> {
        let moment = self.connection.unchecked_transaction()?;
        let count = |sql: &str| -> Result<i64> { Ok(moment.query_row(sql, [], |row| row.get(0))?) };
        let date = |order: &str| -> Result<Option<String>> {
            let sql = format!("SELECT published FROM report WHERE at >= ? ORDER BY at {order} LIMIT 1");
            first(&moment, &sql, 1_i64 << 32)
        };
        let statements = count("SELECT count(*) FROM statement")?;
        let figures = count("SELECT count(*) FROM figure")?;
        Ok(Summary {
            reports: count("SELECT count(*) FROM report")?,
            statements,
            figures,
            speakers: count("SELECT count(*) FROM actor WHERE canon IS NULL")?,
            decisions: count("SELECT count(*) FROM decision")?,
            open: statements + figures
                - count("SELECT count(*) FROM statement WHERE status IS NOT NULL")?
                - count("SELECT count(*) FROM figure WHERE status IS NOT NULL")?,
            refused: count("SELECT count(*) FROM refusal")?,
            first: date("ASC")?,
            last: date("DESC")?,
        })
    }

    /// How many reports there are; quicker than [`summary`](Self::summary).
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn n_reports(&self) -> Result<i64> {
        Ok(self.connection.query_row("SELECT count(*) FROM report", [], |row| row.get(0))?)
    }

    /// A number that changes when another connection has written to the ledger.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn change(&self) -> Result<i64> {
        Ok(self.connection.pragma_query_value(None, "data_version", |row| row.get(0))?)
    }

    /// Every outlet with its number of reports (`name`, `n`), the most frequent first.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn outlets(&self) -> Result<Vec<Vec<(String, Value)>>> {
        self.table(
            "SELECT o.name AS name, c.n AS n
             FROM (SELECT outlet, count(*) AS n FROM report INDEXED BY report_by_outlet
                   WHERE outlet IS NOT NULL GROUP BY outlet) c
             JOIN outlet o ON o.id = c.outlet ORDER BY n DESC, name",
            Vec::new(),
        )
    }

    /// How many reports each `period` has (`date`, `reports`), the first first; those without a date count
    /// under none. Of the filter outlet and dates are heeded.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn dates(&self, period: Period, filter: &Filter) -> Result<Vec<Vec<(String, Value)>>> {
        let (part, shape) = match period {
            Period::Day => (1, "printf('%04d-%02d-%02d', d / 10000, d / 100 % 100, d % 100)"),
            Period::Month => (100, "printf('%04d-%02d', d / 100, d % 100)"),
            Period::Year => (10_000, "printf('%04d', d)"),
        };
        // Unknown parts of a date are 0.
        let shape = format!("nullif(replace({shape}, '-00', ''), '0000')");
        let index = if filter.outlet.is_some() { "report_by_outlet" } else { "report_by_date" };
        let outlet = filter
            .outlet
            .clone()
            .map(|name| ("outlet = (SELECT id FROM outlet WHERE name = ?)", Value::from(name)));
        let from = filter.from.as_deref().map(|from| ("at >= ?", (day_number(from) << 32).into()));
        let to = filter.to.as_deref().map(|to| ("at < ?", ((day_number(to) + behind(to)) << 32).into()));
        let (conditions, parameters): (Vec<&str>, Vec<Value>) =
            [outlet, from, to].into_iter().flatten().unzip();
        let conditions: String = conditions.iter().map(|condition| format!(" AND {condition}")).collect();
        let sql = format!(
            "SELECT {shape} AS date, n AS reports
             FROM (SELECT (at >> 32) / {part} AS d, count(*) AS n FROM report INDEXED BY {index}
                   WHERE true{conditions} GROUP BY d) ORDER BY d"
        );
        self.table(&sql, parameters)
    }

    /// The party with this id, or that it was merged into: `actor`, `speaker`, `kind`, and those merged into it.
    ///
    /// # Errors
    /// If there is none or it cannot be read.
    pub fn party(&self, id: &str) -> Result<Vec<Vec<(String, Value)>>> {
        let Target::Actor(row, _) = resolve(&self.connection, id)? else {
            return Err(Error::not_found(format!("{id} is no actor")));
        };
        self.table(
            "WITH head (id) AS (SELECT coalesce(canon, id) FROM actor WHERE id = ?)
             SELECT printf('p%016x', a.key) AS actor, a.name AS speaker, a.kind AS kind
             FROM head JOIN actor a ON a.id = head.id OR a.canon = head.id
             ORDER BY a.id <> head.id, a.name, a.kind",
            vec![row.into()],
        )
    }
}

/// How much further than its first day a date goes: a month ends behind its last day, a year behind its
/// last month.
pub(crate) fn behind(date: &str) -> i64 {
    match date.len() {
        0..=4 => 10_000,
        5..=7 => 100,
        _ => 1,
    }
}
