//! Words removed for safety or law: of whole reports, and of single statements and figures.

use std::collections::BTreeSet;

use ascribe_record::{Reading, Span, Words};
use rusqlite::{Connection, TransactionBehavior, params};

use crate::add::Stored;
use crate::decision::{Action, Decision, Logged};
use crate::hash::Hash;
use crate::mask::masked;
use crate::pack::pack;
use crate::rows::{Item, rows as rows_of};
use crate::target::{Target, resolve};
use crate::write::{first, insert_rows};
use crate::{Error, Ledger, Result, link, log};

impl Ledger {
    /// Removes the words of the report `id` from the ledger: its bytes, its readings, its rows, the words
    /// of decisions about it. Its hash, where it came from, and a decision that says why stay. If `id` is a
    /// statement or figure, the report's bytes go too, but of its newest reading only what was read from
    /// these words; they are masked in the text.
    ///
    /// # Errors
    /// If there is no such report or it is redacted already.
    pub fn redact(&mut self, id: &str, reason: &str, author: &str, time: &str) -> Result<Hash> {
        // Freed pages are overwritten, those of the full-text indexes too.
        self.connection.pragma_update(None, "secure_delete", true)?;
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let (report, target) = match resolve(&transaction, id)? {
            Target::Report(report, sha256) => {
                forget(&transaction, report)?;
                (report, sha256.to_string())
            }
            Target::Item { report, sha256, kind, key } => {
                let target = format!("{sha256}.{kind}{key:08x}");
                if !forget_item(&transaction, report, &target)? {
                    return Err(Error::request(format!("nothing has the id {id}")));
                }
                (report, target)
            }
            Target::Actor(..) => {
                return Err(Error::request(format!(
                    "{id} is an actor: reports, statements and figures are redacted"
                )));
            }
        };
        let decision = Decision {
            author: author.to_owned(),
            time: time.to_owned(),
            comment: Some(reason.to_owned()),
            ..Decision::about(Action::Redact, target)
        };
        let id = log::append(&transaction, Some(report), &decision)?;
        transaction.commit()?;
        // The write-ahead log held the words too.
        self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        Ok(id)
    }
}

/// Removes the words of a report.
pub(crate) fn forget(connection: &Connection, report: i64) -> Result<()> {
    delete_securely(connection)?;
    link::forget(connection, report)?;
    if first::<i64>(connection, "SELECT 1 FROM report WHERE id = ?", report)?.is_some() {
        let actors = Stored::load(connection, report)?.delete(connection)?;
        forget_actors(connection, &actors)?;
    }
    let kept = "SELECT 1 FROM capture c WHERE id = ? AND (bytes IS NOT NULL OR EXISTS
                    (SELECT 1 FROM reading WHERE report = c.id AND json IS NOT NULL))";
    if first::<i64>(connection, kept, report)?.is_none() {
        return Err(Error::request("it is redacted already"));
    }
    connection.execute("UPDATE capture SET bytes = NULL WHERE id = ?", [report])?;
    connection.execute("UPDATE reading SET json = NULL WHERE report = ?", [report])?;
    connection.execute("UPDATE decision SET body = NULL WHERE report = ?", params![report])?;
    connection.execute("UPDATE refusal SET capture = NULL WHERE capture = ?", [report])?;
    Ok(())
}

/// Removes the words of one statement or figure of a report; false if it has none of that id.
pub(crate) fn forget_item(connection: &Connection, report: i64, target: &str) -> Result<bool> {
    delete_securely(connection)?;
    if first::<i64>(connection, "SELECT 1 FROM report WHERE id = ?", report)?.is_none() {
        return Ok(false);
    }
    let mut stored = Stored::load(connection, report)?;
    let log = log::of_report(connection, report)?;
    let (rows, _) = stored.decided(&log);
    let about = Decision::about(Action::Redact, target.to_owned());
    let is_statement = target.contains(".s");
    let items = if is_statement { &rows.statements } else { &rows.figures };
    let Some(item) = items.iter().find(|item| Some(item.key) == about.key()) else { return Ok(false) };
    link::forget(connection, report)?;
    let text = stored.reading.report.text.clone();
    let spans = spans_of(&stored.reading, item, is_statement);
    let actors = stored.delete(connection)?;
    stored.reading = masked(&stored.reading, &spans);
    stored.rows = rows_of(&stored.reading);
    let json = stored.reading.to_json();
    connection.execute("UPDATE capture SET bytes = NULL WHERE id = ?", [report])?;
    connection.execute("DELETE FROM reading WHERE report = ? AND id <> ?", [report, stored.reading_id])?;
    connection.execute(
        "UPDATE reading SET sha256 = ?, n_bytes = ?, json = ? WHERE id = ?",
        params![
            &Hash::of(json.as_bytes()).0[..],
            json.len() as i64,
            pack(json.as_bytes(), b"")?,
            stored.reading_id
        ],
    )?;
    for logged in log.iter().filter(|logged| holds_words(logged, target, &text, &spans)) {
        connection.execute("UPDATE decision SET body = NULL WHERE seq = ?", [logged.seq])?;
    }
    let log = log::of_report(connection, report)?;
    let (rows, states) = stored.decided(&log);
    log::set_states(connection, &log, &states)?;
    let text = &stored.reading.report.text;
    insert_rows(connection, report, stored.reading_id, stored.sha256, &rows, text)?;
    forget_actors(connection, &actors)?;
    Ok(true)
}

/// Where the words of an item stand; of one that a person added, its quote.
fn spans_of(reading: &Reading, item: &Item, is_statement: bool) -> Vec<Span> {
    let parts: Vec<&Words> = if is_statement {
        let found = reading.statements.iter().find(|s| s.id.0 == item.n);
        found.map(|s| vec![&s.source, &s.cue, &s.content]).unwrap_or_default()
    } else {
        let found = reading.figures.iter().find(|f| f.id.0 == item.n);
        found.map(|f| vec![&f.words, &f.counted]).unwrap_or_default()
    };
    if parts.is_empty() {
        let at = item.quote.find(&reading.report.text);
        return at.map(|at| Span::new(at, at + item.quote.exact.len())).into_iter().collect();
    }
    parts.into_iter().flat_map(|words| words.spans.iter().copied()).collect()
}

/// Whether a decision is about these words or quotes them, if only as what stands beside others.
fn holds_words(logged: &Logged, target: &str, text: &str, spans: &[Span]) -> bool {
    let Some(decision) = &logged.decision else { return false };
    let quotes = decision.quote.as_ref().is_some_and(|quote| {
        quote.find(text).is_none_or(|at| {
            let end = at + quote.exact.len() + quote.suffix.len();
            let quoted = Span::new(at - quote.prefix.len(), end);
            spans.iter().any(|span| span.overlaps(quoted))
        })
    });
    let told = decision.value.iter().chain(&decision.comment).chain(decision.fields.values());
    let tells =
        || told.clone().any(|told| spans.iter().any(|span| span.len() > 3 && told.contains(span.of(text))));
    decision.action != Action::Redact && (decision.target == target || quotes || tells())
}

/// Words that are deleted are overwritten in the indexes too.
fn delete_securely(connection: &Connection) -> Result<()> {
    for index in ["report_words", "statement_words", "actor_words"] {
        connection
            .execute(&format!("INSERT INTO {index} ({index}, rank) VALUES ('secure-delete', 1)"), [])?;
    }
    Ok(())
}

/// Removes the names of parties that no other report has.
fn forget_actors(connection: &Connection, actors: &BTreeSet<i64>) -> Result<()> {
    for actor in actors {
        // One that others were merged into still stands for them.
        let sql = "SELECT EXISTS (SELECT 1 FROM party WHERE actor = ?1)
                       OR EXISTS (SELECT 1 FROM actor WHERE canon = ?1)";
        if first::<bool>(connection, sql, actor)? == Some(true) {
            continue;
        }
        connection.execute(
            "INSERT INTO actor_words (actor_words, rowid, name) SELECT 'delete', id, name FROM actor WHERE id = ?",
            [actor],
        )?;
        connection.execute("DELETE FROM actor WHERE id = ?", [actor])?;
    }
    Ok(())
}
