//! What decisions make of the rows of a reading.

use rusqlite::types::Value;

use crate::decision::{Action, Decision, Logged, State, undone};
use crate::field::{FIGURE, Field, REPORT, STATEMENT, parse, position};
use crate::missed::put_in;
use crate::rows::{Item, Rows, Status, find};

/// Applies the decisions about one report in their order and returns what became of each. `text` is the
/// report's.
pub(crate) fn apply(rows: &mut Rows, text: &str, log: &[Logged]) -> Vec<State> {
    let mut states: Vec<State> =
        undone(log).into_iter().map(|undone| if undone { State::Undone } else { State::Holds }).collect();
    put_in(rows, text, log, &mut states);
    for (logged, state) in log.iter().zip(&mut states) {
        if let (Some(decision), State::Holds) = (&logged.decision, *state) {
            *state = correct(rows, text, decision);
        }
    }
    // Acceptances are of what was seen, so they wait for all corrections: a later one, or another
    // reading, opens what was accepted again.
    for (logged, state) in log.iter().zip(&mut states) {
        if let (Some(decision), State::Holds) = (&logged.decision, *state) {
            *state = mark(rows, decision);
        }
    }
    states
}

/// Sets the field that a correction is about; looks whether the target of others is there.
fn correct(rows: &mut Rows, text: &str, decision: &Decision) -> State {
    // What was redacted is not there, as it should be; flags are not of the rows.
    if matches!(decision.action, Action::Redact | Action::Dismiss) {
        return State::Holds;
    }
    let is_correction = decision.action == Action::Correct;
    let fits = match items_of(rows, &decision.target) {
        Some((items, kind)) => {
            let fields = if kind == 's' { STATEMENT } else { FIGURE };
            find(items, decision)
                .is_some_and(|item| !is_correction || set(fields, &mut item.values, decision, text))
        }
        // About the report itself, an actor or a decision.
        None => !is_correction || set(REPORT, &mut rows.report, decision, text),
    };
    if fits { State::Holds } else { State::Orphaned }
}

/// Marks an item as the decision has it; the last one counts.
fn mark(rows: &mut Rows, decision: &Decision) -> State {
    let status = match decision.action {
        Action::Add => Status::Added,
        Action::Accept => Status::Accepted,
        Action::Correct => Status::Corrected,
        Action::Reject => Status::Rejected,
        Action::Comment
        | Action::Undo
        | Action::Merge
        | Action::Split
        | Action::Join
        | Action::Part
        | Action::Dismiss
        | Action::Redact => return State::Holds,
    };
    let Some((items, _)) = items_of(rows, &decision.target) else { return State::Holds };
    let Some(item) = find(items, decision) else { return State::Orphaned };
    if status == Status::Accepted && decision.seen.as_ref() != Some(&item.seen().to_string()) {
        return State::Stale;
    }
    item.status = Some(status);
    State::Holds
}

/// The items that the id of one is about, with the letter of their kind; `None` for a report's id.
fn items_of<'r>(rows: &'r mut Rows, target: &str) -> Option<(&'r mut [Item], char)> {
    let (_, item) = target.split_once('.')?;
    let kind = item.chars().next()?;
    let items = if kind == 's' { &mut rows.statements } else { &mut rows.figures };
    Some((items, kind))
}

/// Sets a field; false if the value no longer fits it.
fn set(fields: &[Field], values: &mut [Value], decision: &Decision, text: &str) -> bool {
    let (Some(name), Some(value)) = (&decision.field, &decision.value) else { return false };
    let Some(at) = position(fields, name) else { return false };
    match parse(&fields[at], value, text) {
        Ok(value) => {
            values[at] = value;
            true
        }
        Err(_) => false,
    }
}
