use ascribe_record::{Reading, Words};
use rusqlite::types::Value;

use crate::add::{Stored, reading_of};
use crate::decision::{ROOT, link};
use crate::field::{FIGURE, Field, STATEMENT};
use crate::hash::Hash;
use crate::ledger::unpack_capture;
use crate::log;
use crate::pack::unpack;
use crate::rows::{Item, Rows};
use crate::write::{at, bits, fixed, items_of, refers};
use crate::{ErrorKind, Ledger, Result};

/// What was looked at by a check that found no fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// Captures whose bytes hash to their names.
    pub captures: u64,
    /// Captures without bytes, as they were redacted.
    pub redacted: u64,
    /// Readings whose words stand where they say.
    pub readings: u64,
    /// Decisions in an unbroken chain.
    pub decisions: u64,
    /// A hash of all that the ledger holds but times of adding; equal for ledgers of equal content.
    pub content: Hash,
}

impl Ledger {
    /// Looks at everything: the file's structure, every capture's hash, every reading's hash and words,
    /// every row against its reading and decisions, the chain of decisions. `tell` is given how many
    /// captures were looked at, now and then.
    ///
    /// # Errors
    /// If the ledger cannot be read. What does not fit is the inner error, in words: the first found.
    pub fn verify(&self, tell: &mut dyn FnMut(u64)) -> Result<std::result::Result<Verified, String>> {
        let moment = self.connection.unchecked_transaction()?;
        // Damage often shows as an error of SQLite; that too is something that does not fit.
        match self.look(tell) {
            Err(error) if error.kind() == ErrorKind::Damaged => Ok(Err(error.to_string())),
            outcome => {
                moment.finish()?;
                outcome
            }
        }
    }

    fn look(&self, tell: &mut dyn FnMut(u64)) -> Result<std::result::Result<Verified, String>> {
        let structure: String = self.connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
        if structure != "ok" {
            return Ok(Err(format!("the file's structure is damaged: {structure}")));
        }
        let (mut captures, mut redacted, mut readings) = (0, 0, 0);
        let mut content = Vec::new();
        let mut select =
            self.connection.prepare("SELECT id, sha256, n_bytes, bytes FROM capture ORDER BY sha256")?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            let (id, n_bytes): (i64, i64) = (row.get(0)?, row.get(2)?);
            let sha256 = Hash::from_blob(&row.get::<_, Vec<u8>>(1)?)?;
            content.extend(sha256.0);
            let Some(packed) = row.get::<_, Option<Vec<u8>>>(3)? else {
                redacted += 1;
                content.push(0);
                if let Err(fault) = self.redaction(id, sha256)? {
                    return Ok(Err(fault));
                }
                // Of a report of which only some words were redacted the rest is there.
                match self.readings_of(id, sha256, b"", &mut content)? {
                    Ok(n) => readings += n,
                    Err(fault) => return Ok(Err(fault)),
                }
                continue;
            };
            let bytes = match unpack_capture(&packed) {
                Ok(bytes) => bytes,
                Err(error) => return Ok(Err(format!("capture {sha256}: {error}"))),
            };
            let found = Hash::of(&bytes);
            if found != sha256 || bytes.len() as i64 != n_bytes {
                return Ok(Err(format!("capture {sha256}: its bytes hash to {found}")));
            }
            captures += 1;
            match self.readings_of(id, sha256, &bytes, &mut content)? {
                Ok(n) => readings += n,
                Err(fault) => return Ok(Err(fault)),
            }
            if captures % 256 == 0 {
                tell(captures);
            }
        }
        let decisions = match self.chain(&mut content)? {
            Ok(n) => n,
            Err(fault) => return Ok(Err(fault)),
        };
        self.places(&mut content)?;
        let content = Hash::of(&content);
        Ok(Ok(Verified { captures, redacted, readings, decisions, content }))
    }

    /// Every reading of a capture, and the rows of the newest.
    fn readings_of(
        &self,
        id: i64,
        sha256: Hash,
        bytes: &[u8],
        content: &mut Vec<u8>,
    ) -> Result<std::result::Result<u64, String>> {
        let mut select = self.connection.prepare_cached(
            "SELECT m.name, d.sha256, d.n_bytes, d.json FROM reading d JOIN model m ON m.id = d.model
             WHERE d.report = ? ORDER BY m.name",
        )?;
        let mut rows = select.query([id])?;
        let mut n = 0;
        while let Some(row) = rows.next()? {
            let model: String = row.get(0)?;
            let told =
                |fault: &dyn std::fmt::Display| Ok(Err(format!("report {sha256}, read by {model}: {fault}")));
            let hash = Hash::from_blob(&row.get::<_, Vec<u8>>(1)?)?;
            let Some(packed) = row.get::<_, Option<Vec<u8>>>(3)? else {
                if bytes.is_empty() {
                    continue;
                }
                return told(&"its reading is gone");
            };
            let json = match unpack(&packed, row.get::<_, i64>(2)? as usize, bytes) {
                Ok(json) => json,
                Err(error) => return told(&error),
            };
            if Hash::of(&json) != hash {
                return told(&"its reading was changed: it hashes to something else");
            }
            let reading = match reading_of(&json) {
                Ok(reading) => reading,
                Err(error) => return told(&error),
            };
            if let Some(fault) = misfit(&reading) {
                return told(&fault);
            }
            content.extend(Hash::of(model.as_bytes()).0);
            content.extend(hash.0);
            n += 1;
        }
        if n > 0
            && let Err(fault) = self.rows_of(id, sha256)?
        {
            return Ok(Err(fault));
        }
        Ok(Ok(n))
    }

    /// The report's rows against those that its reading and its decisions give.
    fn rows_of(&self, id: i64, sha256: Hash) -> Result<std::result::Result<(), String>> {
        let stored = Stored::load(&self.connection, id)?;
        let (rows, _) = stored.decided(&log::of_report(&self.connection, id)?);
        let mut report = self.connection.prepare_cached(
            "SELECT r.at, r.tags, r.reading, o.name, r.title, r.byline, r.url, r.published, r.language, r.media_type
             FROM report r LEFT JOIN outlet o ON o.id = r.outlet WHERE r.id = ?",
        )?;
        let at = at(rows.published(), sha256);
        let tags = bits(&self.connection, rows.tags())?;
        let expected = [vec![at.into(), tags.into(), stored.reading_id.into()], rows.report.clone()].concat();
        let fits = values(&mut report, [id])?.first() == Some(&expected)
            && self.items_fit("statement", STATEMENT, id, at, &rows.statements)?
            && self.items_fit("figure", FIGURE, id, at, &rows.figures)?
            && self.parties_fit(id, at, &rows)?;
        Ok(match fits {
            true => Ok(()),
            false => Err(format!("report {sha256}: its rows are not what its reading and decisions give")),
        })
    }

    fn items_fit(&self, table: &str, fields: &[Field], report: i64, at: i64, items: &[Item]) -> Result<bool> {
        let (actor, own) =
            if table == "statement" { ("a.name, a.kind, ", &fields[2..]) } else { ("x.at, ", fields) };
        let is_said = table == "statement";
        let join = if is_said { "LEFT JOIN actor a ON a.id = x.speaker" } else { "" };
        let own: Vec<String> = own.iter().map(|field| format!("x.{}", field.name)).collect();
        let sql = format!(
            "SELECT x.id, x.key, x.status, x.added, x.{}, {actor}{} FROM {table} x {join}
             WHERE x.id BETWEEN ? AND ? ORDER BY x.id",
            refers(table).join(", x."),
            own.join(", ")
        );
        let (first, last) = items_of(report);
        let mut select = self.connection.prepare_cached(&sql)?;
        let found = values(&mut select, [first, last])?;
        let expected = items.iter().map(|item| {
            let mut values = item.values.clone();
            // A speaker without a name is no actor, and its kind is in the reading only.
            if !is_said {
                values.insert(0, at.into());
            } else if item.party().is_none() {
                values[..2].fill(Value::Null);
            } else if values[1] == Value::Null {
                values[1] = Value::Text(String::new());
            }
            [fixed(report, item).to_vec(), values].concat()
        });
        Ok(expected.eq(found))
    }

    /// Whether each party of the report is found by it; the index is by party, so each is asked for.
    fn parties_fit(&self, report: i64, at: i64, rows: &Rows) -> Result<bool> {
        let mut select = self.connection.prepare_cached(
            "SELECT 1 FROM party WHERE actor = (SELECT id FROM actor WHERE key = ?)
             AND at = ? AND report = ? AND mentions = ? AND statements = ?",
        )?;
        for (party, [n_mentions, n_statements]) in rows.parties() {
            if !select.exists([party.key(), at, report, n_mentions, n_statements])? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// What is redacted left no words and a decision that says why.
    fn redaction(&self, id: i64, sha256: Hash) -> Result<std::result::Result<(), String>> {
        let left: i64 = self.connection.query_row(
            "SELECT (SELECT count(*) FROM reading WHERE report = ?1 AND json IS NOT NULL)
                  + (SELECT count(*) FROM report WHERE id = ?1)",
            [id],
            |row| row.get(0),
        )?;
        // A decision about a statement or figure leaves the rest of the report.
        let (n_reasons, of_all): (i64, i64) = self.connection.query_row(
            "SELECT count(*), count(*) FILTER (WHERE instr(body ->> 'target', '.') = 0)
             FROM decision WHERE report = ? AND body ->> 'action' = 'redact'",
            [id],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        let left = if of_all == 0 { 0 } else { left };
        Ok(match (left, n_reasons) {
            (_, 0) => Err(format!("capture {sha256}: its bytes are gone, and no decision says why")),
            (0, _) => Ok(()),
            _ => Err(format!("capture {sha256}: it was redacted, but words of it are left")),
        })
    }

    fn chain(&self, content: &mut Vec<u8>) -> Result<std::result::Result<u64, String>> {
        let mut select = self.connection.prepare("SELECT seq, id, chain, body FROM decision ORDER BY seq")?;
        let mut rows = select.query([])?;
        let (mut chain, mut n, mut ids) = (ROOT, 0, Vec::new());
        while let Some(row) = rows.next()? {
            n += 1;
            let id = Hash::from_blob(&row.get::<_, Vec<u8>>(1)?)?;
            if row.get::<_, i64>(0)? != n {
                return Ok(Err(format!("decision {n} is missing from the log")));
            }
            let body: Option<String> = row.get(3)?;
            if body.is_some_and(|body| Hash::of(body.as_bytes()) != id) {
                return Ok(Err(format!("decision {id} was changed: it hashes to something else")));
            }
            chain = link(chain, id);
            if Hash::from_blob(&row.get::<_, Vec<u8>>(2)?)? != chain {
                return Ok(Err(format!("decision {id} does not follow the one before it")));
            }
            ids.push(id);
        }
        // Two ledgers that were joined in either order hold the same.
        ids.sort_unstable();
        content.extend(ids.iter().flat_map(|id| id.0));
        Ok(Ok(n as u64))
    }

    /// Where everything was seen and what was refused there.
    fn places(&self, content: &mut Vec<u8>) -> Result<()> {
        for sql in [
            "SELECT sha256 || path || coalesce(record, 0) FROM captures ORDER BY sha256, path, record",
            "SELECT path || coalesce(record, 0) || reason || coalesce(sha256, '') FROM refused
             ORDER BY path, record",
        ] {
            let mut select = self.connection.prepare(sql)?;
            let mut rows = select.query([])?;
            while let Some(row) = rows.next()? {
                content.extend(Hash::of(row.get::<_, String>(0)?.as_bytes()).0);
            }
        }
        Ok(())
    }
}

/// All rows of a query.
fn values(
    select: &mut rusqlite::Statement<'_>,
    parameters: impl rusqlite::Params,
) -> Result<Vec<Vec<Value>>> {
    let n = select.column_count();
    let rows = select.query_map(parameters, |row| (0..n).map(|i| row.get(i)).collect())?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Which words of a reading do not stand where it says.
fn misfit(reading: &Reading) -> Option<String> {
    let text = &reading.report.text;
    let fits = |words: &Words| Words::at(text, words.spans.clone()) == *words;
    for statement in &reading.statements {
        for (part, words) in
            [("source", &statement.source), ("cue", &statement.cue), ("content", &statement.content)]
        {
            if !fits(words) {
                return Some(format!("the {part} of {} is not what stands there", statement.id));
            }
        }
    }
    for figure in &reading.figures {
        for (part, words) in [("words", &figure.words), ("counted", &figure.counted)] {
            if !fits(words) {
                return Some(format!("'{part}' of {} is not what stands there", figure.id));
            }
        }
    }
    let mention =
        reading.mentions.iter().find(|mention| Words::at(text, mention.spans.clone()).text != mention.text);
    mention.map(|mention| format!("the words of {} are not what stands there", mention.id))
}
