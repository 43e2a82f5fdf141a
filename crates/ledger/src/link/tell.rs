//! Series and flags of stories: what `ascribe-link` makes of the reports of each, as decisions left them.

use std::collections::{BTreeSet, HashMap};

use ascribe_link::{Origins, Rule, RuleTable, StoryEvidence, StorySeries, flags, rule_table, story_series};
use ascribe_record::{Figure, Reading, Statement};
use rusqlite::{Connection, TransactionBehavior, params};

use super::list::story_of;
use crate::add::Stored;
use crate::write::{first, items_of, number_of};
use crate::{Ledger, Result};

/// A story, put together from what stands in the ledger.
struct Story {
    evidence: StoryEvidence,
    origins: Origins,
    series: Vec<StorySeries>,
    /// Rows of the reports in the order of the evidence.
    reports: Vec<i64>,
}

impl Ledger {
    /// The table of a story by a counting rule. `id` is that of the story or of any of its reports.
    ///
    /// # Errors
    /// If there is no such story or the ledger cannot be read.
    pub fn rule_table(&self, rule: Rule, id: &str) -> Result<RuleTable> {
        let moment = self.connection.unchecked_transaction()?;
        let story = Story::load(&moment, story_of(&moment, id)?)?;
        Ok(rule_table(rule, &story.evidence, &story.origins, &story.series))
    }
}

/// Computes series and flags of the stories in which something changed, each in a transaction; `between` them
/// others may write.
pub(super) fn settle(connection: &mut Connection, between: &mut dyn FnMut()) -> Result<()> {
    loop {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let next = first::<i64>(&transaction, "SELECT story FROM touched WHERE story > ? LIMIT 1", i64::MIN)?;
        let Some(story) = next else { return Ok(()) };
        renew(&transaction, story)?;
        transaction.execute("DELETE FROM touched WHERE story = ?", [story])?;
        transaction.commit()?;
        between();
    }
}

/// Writes series and flags of one story; a report that tells a story alone has none, as `ascribe check`
/// says what is to be said of one text.
fn renew(connection: &Connection, story: i64) -> Result<()> {
    let reports = members(connection, story)?;
    for report in reports.iter().chain([&story]) {
        let (low, high) = items_of(*report);
        connection
            .prepare_cached("DELETE FROM series_figure WHERE figure BETWEEN ? AND ?")?
            .execute([low, high])?;
    }
    connection.prepare_cached("DELETE FROM flag WHERE story = ?")?.execute([story])?;
    if reports.len() < 2 {
        return Ok(());
    }
    let told = Story::load(connection, story)?;
    let mut insert = connection.prepare_cached(
        "REPLACE INTO series_figure (figure, root, place, prior, edge, origin, holds)
         VALUES (?, ?, ?, ?, ?, ?, ?)",
    )?;
    for series in &told.series {
        let Some(root) = series.rows.first().map(|row| told.figure(row.figure)) else { continue };
        for (place, row) in (0_i64..).zip(&series.rows) {
            let part = told.evidence.figures[row.figure].part_of.map(|whole| (whole, "part_of"));
            let prior = row.prior.map(|(figure, edge)| (figure, edge.name())).or(part);
            insert.execute(params![
                told.figure(row.figure),
                root,
                place,
                prior.map(|(figure, _)| told.figure(figure)),
                prior.map(|(_, edge)| edge),
                told.origins.of_figure(row.figure).name,
                told.evidence.holds(row.figure).map(ascribe_link::day_name),
            ])?;
        }
    }
    let mut insert = connection.prepare_cached(
        "REPLACE INTO flag (id, kind, story, report, target, other, why) VALUES (?, ?, ?, ?, ?, ?, ?)",
    )?;
    for flag in flags(&told.evidence, &told.origins, &told.series) {
        let Some((last, others)) = flag.rests_on.split_last() else { continue };
        let others: Vec<&str> = others.iter().map(|item| item.id(&told.evidence)).collect();
        insert.execute(params![
            i64::from(flag.id(&told.evidence)),
            flag.kind.name(),
            story,
            told.reports[last.report(&told.evidence)],
            last.id(&told.evidence),
            serde_json::to_string(&others).expect("plain data always serialises"),
            flag.why,
        ])?;
    }
    Ok(())
}

/// The reports of a story.
fn members(connection: &Connection, story: i64) -> Result<Vec<i64>> {
    let mut select = connection.prepare_cached("SELECT report FROM story WHERE root = ? ORDER BY report")?;
    let rows = select.query_map([story], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

impl Story {
    fn load(connection: &Connection, story: i64) -> Result<Self> {
        let rows = members(connection, story)?;
        let place: HashMap<i64, usize> = rows.iter().enumerate().map(|(at, report)| (*report, at)).collect();
        let mut readings = Vec::with_capacity(rows.len());
        let mut original = Vec::with_capacity(rows.len());
        for report in &rows {
            readings.push(decided(connection, *report)?);
            let copied = first::<i64>(connection, "SELECT original FROM copy WHERE report = ?", report)?;
            original.push(copied.and_then(|copied| place.get(&copied).copied()));
        }
        let all: Vec<&Reading> = readings.iter().collect();
        let mut evidence = StoryEvidence::of(&all, &original);
        let row_of: HashMap<&str, i64> =
            readings.iter().zip(&rows).map(|(reading, row)| (&*reading.report.id, *row)).collect();
        let reports: Vec<i64> = evidence
            .reports
            .iter()
            .map(|report| row_of.get(&*report.id).copied().unwrap_or_default())
            .collect();
        // Names that other commands know: the beginning of the report's hash and the item's own.
        for statement in &mut evidence.statements {
            let (row, n) = (reports[statement.report], i64::from(statement.n.0));
            statement.id = item_id(connection, 's', &evidence.reports[statement.report].id, row, n)?;
        }
        for figure in &mut evidence.figures {
            let (row, n) = (reports[figure.report], i64::from(figure.n.0));
            figure.id = item_id(connection, 'f', &evidence.reports[figure.report].id, row, n)?;
        }
        let origins = Origins::of(&evidence);
        let series = story_series(&evidence, &origins);
        Ok(Self { evidence, origins, series, reports })
    }

    /// The row of a figure.
    fn figure(&self, figure: usize) -> i64 {
        let figure = &self.evidence.figures[figure];
        items_of(self.reports[figure.report]).0 + i64::from(figure.n.0)
    }
}

/// The sentences of figures, by their rows; those that people added have none.
pub(super) fn sentences(connection: &Connection, figures: &[i64]) -> Result<HashMap<i64, String>> {
    let mut sentences = HashMap::new();
    let reports: BTreeSet<i64> = figures.iter().map(|figure| number_of(*figure).0).collect();
    for report in reports {
        let reading = Stored::load(connection, report)?.reading;
        let (low, _) = items_of(report);
        for figure in StoryEvidence::of(&[&reading], &[None]).figures {
            sentences.insert(low + i64::from(figure.n.0), figure.sentence);
        }
    }
    Ok(sentences)
}

/// "3fa9c1d2e4b5a6f7.s1a2b3c4d".
fn item_id(connection: &Connection, kind: char, sha256: &str, report: i64, n: i64) -> Result<String> {
    let table = if kind == 's' { "statement" } else { "figure" };
    let sql = format!("SELECT key FROM {table} WHERE id = ?");
    let key: i64 = first(connection, &sql, items_of(report).0 + n)?.unwrap_or_default();
    Ok(format!("{}.{kind}{key:08x}", sha256.get(..16).unwrap_or(sha256)))
}

/// A report's reading without what people rejected, and as they corrected it. What they added is not in it.
fn decided(connection: &Connection, report: i64) -> Result<Reading> {
    let mut reading = Stored::load(connection, report)?.reading;
    let (low, high) = items_of(report);
    let mut select = connection.prepare_cached(
        "SELECT f.id - ?1, f.status, f.lower, f.upper, f.measure, f.scope, f.occurred, f.since, f.as_of, f.place
         FROM figure f WHERE f.id BETWEEN ?1 AND ?2 AND f.status IN ('rejected', 'corrected')",
    )?;
    let mut rows = select.query([low, high])?;
    while let Some(row) = rows.next()? {
        let (n, status): (u32, String) = (row.get(0)?, row.get(1)?);
        if status == "rejected" {
            reading.figures.retain(|figure| figure.id.0 != n);
            continue;
        }
        let Some(figure): Option<&mut Figure> = reading.figures.iter_mut().find(|figure| figure.id.0 == n)
        else {
            continue;
        };
        (figure.lower, figure.upper) = (row.get(2)?, row.get(3)?);
        figure.measure = named(row.get(4)?).unwrap_or(figure.measure);
        figure.scope = named(row.get(5)?).unwrap_or(figure.scope);
        (figure.occurred, figure.since, figure.as_of) = (row.get(6)?, row.get(7)?, row.get(8)?);
        figure.place = row.get(9)?;
    }
    let mut select = connection.prepare_cached(
        "SELECT s.id - ?1, s.status, a.name, s.role, s.affiliation, s.naming, s.act
         FROM statement s LEFT JOIN actor a ON a.id = s.speaker
         WHERE s.id BETWEEN ?1 AND ?2 AND s.status IN ('rejected', 'corrected')",
    )?;
    let mut rows = select.query([low, high])?;
    while let Some(row) = rows.next()? {
        let (n, status): (u32, String) = (row.get(0)?, row.get(1)?);
        if status == "rejected" {
            reading.statements.retain(|statement| statement.id.0 != n);
            continue;
        }
        let found = reading.statements.iter_mut().find(|statement| statement.id.0 == n);
        let Some(statement): Option<&mut Statement> = found else { continue };
        let speaker = &mut statement.speaker;
        (speaker.name, speaker.role, speaker.affiliation) = (row.get(2)?, row.get(3)?, row.get(4)?);
        speaker.naming = named(row.get(5)?).unwrap_or(speaker.naming);
        statement.act = named(row.get(6)?).unwrap_or(statement.act);
    }
    Ok(reading)
}

/// A word of a closed list, as columns hold it.
fn named<T: serde::de::DeserializeOwned>(word: Option<String>) -> Option<T> {
    serde_json::from_value(serde_json::Value::String(word?)).ok()
}
