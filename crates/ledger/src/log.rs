//! The log of decisions: reading it, adding to it, and what each addition changes.

use std::collections::BTreeMap;

use rusqlite::{Connection, TransactionBehavior, params};

use crate::add::Stored;
use crate::decision::{Action, Decision, Logged, ROOT, State, link, undone};
use crate::field::{FIGURE, REPORT, STATEMENT, parse, position};
use crate::hash::Hash;
use crate::missed::{Missed, missed};
use crate::target::{Target, resolve};
use crate::write::first;
use crate::{Error, Ledger, Result};

/// What a person asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is right as it stands.
    Accept,
    /// The report with this id says this too: the fields, of which words are found in its text; of several
    /// places with those words that which begins at this code point, else the first.
    Add(Missed, Vec<(String, String)>, Option<usize>),
    /// The text does not say this.
    Reject,
    /// A field, and what it should be.
    Set(String, String),
    /// The actor is the one with this id.
    Merge(String),
    /// The actor is merged into no other.
    Split,
    /// The report is of the story of the one with this id.
    Join(String),
    /// The report is of a story of its own.
    Part,
    /// The flag need not be looked at again.
    Dismiss,
    /// The decision with this id, or its beginning, no longer holds.
    Undo,
    /// Only a comment.
    Comment,
}

impl Ledger {
    /// Logs a decision about what `id` names (of an undo: a decision) and applies it. Returns its id.
    ///
    /// # Errors
    /// If there is no such thing, more than one, or the decision makes no sense for it.
    pub fn decide(
        &mut self,
        id: &str,
        verdict: &Verdict,
        author: &str,
        time: &str,
        comment: Option<&str>,
    ) -> Result<Hash> {
        self.decide_seen(id, verdict, author, time, comment, None)
    }

    /// As [`decide`](Self::decide), if what `id` names is still what was `seen`: its
    /// [version](crate::version), of a decision its state.
    ///
    /// # Errors
    /// As `decide`, and of kind [`Conflict`](crate::ErrorKind::Conflict) if it is not.
    pub fn decide_seen(
        &mut self,
        id: &str,
        verdict: &Verdict,
        author: &str,
        time: &str,
        comment: Option<&str>,
        seen: Option<&str>,
    ) -> Result<Hash> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        if let Some(seen) = seen {
            crate::version::check(&transaction, id, *verdict == Verdict::Undo, seen)?;
        }
        let (decision, report) = decision_of(&transaction, id, verdict)?;
        let comment = comment.map(str::to_owned);
        let decision = Decision { author: author.to_owned(), time: time.to_owned(), comment, ..decision };
        let id = append(&transaction, report, &decision)?;
        settle(&transaction, report)?;
        transaction.commit()?;
        Ok(id)
    }
}

/// The decision without author, time and comment, and the report that it is about.
fn decision_of(connection: &Connection, id: &str, verdict: &Verdict) -> Result<(Decision, Option<i64>)> {
    let (action, field, value) = match verdict {
        Verdict::Accept => (Action::Accept, None, None),
        Verdict::Add(..) => (Action::Add, None, None),
        Verdict::Reject => (Action::Reject, None, None),
        Verdict::Set(field, value) => (Action::Correct, Some(field.clone()), Some(value.clone())),
        Verdict::Merge(into) => {
            let Target::Actor(_, key) = resolve(connection, into)? else {
                return Err(Error::request(format!("{into} is no actor")));
            };
            (Action::Merge, None, Some(actor_id(key)))
        }
        Verdict::Split => (Action::Split, None, None),
        Verdict::Join(story) => {
            let Target::Report(report, sha256) = resolve(connection, story)? else {
                return Err(Error::request(format!("{story} is no report: a story is named by its first")));
            };
            let is_report = first::<i64>(connection, "SELECT 1 FROM report WHERE id = ?", report)?.is_some();
            if !is_report {
                return Err(Error::request(format!("nothing is left of the report {story}")));
            }
            (Action::Join, None, Some(sha256.to_string()))
        }
        Verdict::Part => (Action::Part, None, None),
        Verdict::Comment => (Action::Comment, None, None),
        Verdict::Dismiss => return dismissal(connection, id),
        Verdict::Undo => {
            let (id, report) = find_decision(connection, id)?;
            return Ok((Decision::about(Action::Undo, id.to_string()), report));
        }
    };
    let of_actor = matches!(verdict, Verdict::Merge(_) | Verdict::Split);
    let mut decision = Decision { field, value, ..Decision::about(action, String::new()) };
    let report = match resolve(connection, id)? {
        Target::Actor(_, key) if of_actor || action == Action::Comment => {
            decision.target = actor_id(key);
            if decision.value.as_ref() == Some(&decision.target) {
                return Err(Error::request("an actor cannot be merged into itself"));
            }
            return Ok((decision, None));
        }
        Target::Actor(..) => {
            return Err(Error::request(format!("{id} is an actor: it can be merged or split")));
        }
        _ if of_actor => return Err(Error::request(format!("{id} is no actor"))),
        Target::Report(report, sha256) => {
            if matches!(action, Action::Accept | Action::Reject) {
                return Err(Error::request(format!(
                    "{id} is a report: its statements and figures can be accepted or rejected"
                )));
            }
            if decision.value == Some(sha256.to_string()) {
                return Err(Error::request("a report is of its own story already"));
            }
            let stored = Stored::load(connection, report)?;
            if let Verdict::Add(kind, given, at) = verdict {
                let fields: BTreeMap<String, String> = given.iter().cloned().collect();
                let (rows, _) = stored.decided(&of_report(connection, report)?);
                let text = &stored.reading.report.text;
                let (key, quote) = missed(*kind, &fields, *at, &rows, text).map_err(Error::request)?;
                let target = format!("{sha256}.{}{key:08x}", kind.letter());
                return Ok((Decision { target, fields, quote: Some(quote), ..decision }, Some(report)));
            }
            check_value(REPORT, &decision, &stored.reading.report.text)?;
            decision.target = sha256.to_string();
            report
        }
        Target::Item { .. } if matches!(action, Action::Join | Action::Part) => {
            return Err(Error::request(format!(
                "{id} is no report: reports join stories and part from them"
            )));
        }
        Target::Item { .. } if action == Action::Add => {
            return Err(Error::request(format!("{id} is no report: what was missed is added to one")));
        }
        Target::Item { report, sha256, kind, key } => {
            let stored = Stored::load(connection, report)?;
            let (rows, _) = stored.decided(&of_report(connection, report)?);
            let (items, fields) =
                if kind == 's' { (rows.statements, STATEMENT) } else { (rows.figures, FIGURE) };
            let item = items.iter().find(|item| item.key == key);
            let item = item.ok_or_else(|| Error::not_found(format!("nothing has the id {id}")))?;
            check_value(fields, &decision, &stored.reading.report.text)?;
            decision.target = format!("{sha256}.{kind}{key:08x}");
            decision.quote = Some(item.quote.clone());
            decision.seen = (action == Action::Accept).then(|| item.seen().to_string());
            report
        }
    };
    Ok((decision, Some(report)))
}

/// The dismissal of the flag with this id.
fn dismissal(connection: &Connection, id: &str) -> Result<(Decision, Option<i64>)> {
    let wrong = || Error::request(format!("{id} is no flag: its id looks like 3fa9c1d2e4b5.g1a2b3c4d"));
    let (hash, key) = id.split_once(".g").ok_or_else(wrong)?;
    let key = u32::from_str_radix(key, 16).map_err(|_| wrong())?;
    let Target::Report(report, sha256) = resolve(connection, hash)? else { return Err(wrong()) };
    let mut select = connection.prepare_cached("SELECT 1 FROM flag WHERE report = ? AND id = ?")?;
    if !select.exists([report, i64::from(key)])? {
        return Err(Error::request(format!("no flag has the id {id}")));
    }
    let target = format!("{sha256}.g{key:08x}");
    Ok((Decision::about(Action::Dismiss, target), Some(report)))
}

fn check_value(fields: &[crate::field::Field], decision: &Decision, text: &str) -> Result<()> {
    let (Some(name), Some(value)) = (&decision.field, &decision.value) else { return Ok(()) };
    let Some(at) = position(fields, name) else {
        let names: Vec<&str> = fields.iter().map(|field| field.name).collect();
        return Err(Error::request(format!("'{name}' is none of its fields: {}", names.join(", "))));
    };
    parse(&fields[at], value, text).map(drop).map_err(Error::request)
}

pub(crate) fn actor_id(key: i64) -> String {
    format!("p{key:016x}")
}

/// Adds a decision to the log; one that is there already is left alone.
pub(crate) fn append(connection: &Connection, report: Option<i64>, decision: &Decision) -> Result<Hash> {
    let body = serde_json::to_string(decision).expect("plain data always serialises");
    let id = Hash::of(body.as_bytes());
    append_body(connection, report, id, Some(&body))?;
    Ok(id)
}

/// Adds a decision by its id; `body` is none if it was redacted where it comes from. Returns whether
/// it was new.
pub(crate) fn append_body(
    connection: &Connection,
    report: Option<i64>,
    id: Hash,
    body: Option<&str>,
) -> Result<bool> {
    let mut there = connection.prepare_cached("SELECT 1 FROM decision WHERE id = ?")?;
    if there.exists([&id.0[..]])? {
        return Ok(false);
    }
    let last: Option<Vec<u8>> =
        first(connection, "SELECT chain FROM decision WHERE seq > ? ORDER BY seq DESC LIMIT 1", 0)?;
    let chain = link(last.map_or(Ok(ROOT), |blob| Hash::from_blob(&blob))?, id);
    connection.execute(
        "INSERT INTO decision (id, chain, report, state, body) VALUES (?, ?, ?, ?, ?)",
        params![&id.0[..], &chain.0[..], report, State::Holds.name(), body],
    )?;
    Ok(true)
}

/// Applies the log to what a new decision was about: a report, or the actors.
pub(crate) fn settle(connection: &Connection, report: Option<i64>) -> Result<()> {
    match report {
        Some(report) if first::<i64>(connection, "SELECT 1 FROM report WHERE id = ?", report)?.is_some() => {
            Stored::load(connection, report)?.refresh(connection)
        }
        Some(_) => Ok(()),
        None => settle_actors(connection),
    }
}

/// Merges and splits actors as the log says, from the beginning.
fn settle_actors(connection: &Connection) -> Result<()> {
    let log = logged(connection, "report IS NULL", [])?;
    let undone = undone(&log);
    let mut states = Vec::with_capacity(log.len());
    connection.execute("UPDATE actor SET canon = NULL WHERE canon IS NOT NULL", [])?;
    for (logged, is_undone) in log.iter().zip(undone) {
        let state = match &logged.decision {
            _ if is_undone => State::Undone,
            Some(decision) => settle_actor(connection, decision)?,
            None => State::Holds,
        };
        states.push(state);
    }
    set_states(connection, &log, &states)
}

fn settle_actor(connection: &Connection, decision: &Decision) -> Result<State> {
    let actor = |id: &str| -> Result<Option<(i64, i64)>> {
        let key = id.strip_prefix('p').and_then(|key| i64::from_str_radix(key, 16).ok());
        let mut select =
            connection.prepare_cached("SELECT id, coalesce(canon, id) FROM actor WHERE key = ?")?;
        let mut rows = select.query([key])?;
        Ok(rows.next()?.map(|row| Ok::<_, rusqlite::Error>((row.get(0)?, row.get(1)?))).transpose()?)
    };
    let Some((id, canon)) = actor(&decision.target)? else { return Ok(State::Orphaned) };
    match decision.action {
        Action::Merge => {
            let Some((_, into)) = decision.value.as_deref().map(actor).transpose()?.flatten() else {
                return Ok(State::Orphaned);
            };
            // All that was merged into this one goes with it, so that no chain is longer than one.
            if into != canon {
                connection.execute(
                    "UPDATE actor SET canon = ?1 WHERE canon = ?2 OR id = ?2",
                    params![into, canon],
                )?;
            }
        }
        Action::Split => {
            connection.execute("UPDATE actor SET canon = NULL WHERE id = ?", [id])?;
        }
        _ => {}
    }
    Ok(State::Holds)
}

/// The decisions about one report, in their order.
pub(crate) fn of_report(connection: &Connection, report: i64) -> Result<Vec<Logged>> {
    logged(connection, "report = ?", [report])
}

fn logged(connection: &Connection, which: &str, parameters: impl rusqlite::Params) -> Result<Vec<Logged>> {
    let sql = format!("SELECT seq, id, body FROM decision WHERE {which} ORDER BY seq");
    let mut select = connection.prepare_cached(&sql)?;
    let mut rows = select.query(parameters)?;
    let mut log = Vec::new();
    while let Some(row) = rows.next()? {
        let id = Hash::from_blob(row.get_ref(1)?.as_blob().map_err(rusqlite::Error::from)?)?;
        let body: Option<String> = row.get(2)?;
        let decision = body.map(|body| serde_json::from_str(&body)).transpose();
        let decision = decision.map_err(|e| Error::damaged(format!("decision {id} is none: {e}")))?;
        log.push(Logged { seq: row.get(0)?, id, decision });
    }
    Ok(log)
}

/// Notes what became of each decision of `log`.
pub(crate) fn set_states(connection: &Connection, log: &[Logged], states: &[State]) -> Result<()> {
    for (logged, state) in log.iter().zip(states) {
        connection
            .prepare_cached("UPDATE decision SET state = ?2 WHERE seq = ?1 AND state <> ?2")?
            .execute(params![logged.seq, state.name()])?;
    }
    Ok(())
}

/// The one decision whose id begins so.
pub(crate) fn find_decision(connection: &Connection, id: &str) -> Result<(Hash, Option<i64>)> {
    let (low, high) = crate::target::range(id).ok_or_else(|| Error::request(format!("{id} is no id")))?;
    let mut select =
        connection.prepare_cached("SELECT id, report FROM decision WHERE id BETWEEN ? AND ? LIMIT 2")?;
    let found: Vec<(Vec<u8>, Option<i64>)> = select
        .query_map([&low[..], &high[..]], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    match &found[..] {
        [(id, report)] => Ok((Hash::from_blob(id)?, *report)),
        [] => Err(Error::not_found(format!("no decision has the id {id}"))),
        _ => Err(Error::request(format!("more than one decision begins with {id}: give more of it"))),
    }
}
