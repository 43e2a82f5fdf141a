use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::hash::Hash;
use crate::quote::Quote;

/// What a person decided, as it is logged. Nothing in the log is ever changed or left out, but that a
/// redaction takes the words of a decision and leaves its hash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// Who decided.
    pub author: String,
    /// When, RFC 3339.
    pub time: String,
    /// What was decided.
    pub action: Action,
    /// The whole id of what it is about: a report, statement, figure, actor or decision.
    pub target: String,
    /// Of an addition: the fields that were given.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<String, String>,
    /// The field that a correction sets.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// What it is set to; of a merge the id of the actor that stays, of a join that of a report of the story.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// Why, or what the person wished to say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
    /// The words that the target was read from, by which a later reading finds them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quote: Option<Quote>,
    /// Of an acceptance: the hash of what was accepted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seen: Option<String>,
}

impl Decision {
    /// One that says no more than what is done to what, by nobody yet.
    pub(crate) fn about(action: Action, target: String) -> Self {
        Self {
            author: String::new(),
            time: String::new(),
            action,
            target,
            fields: BTreeMap::new(),
            field: None,
            value: None,
            comment: None,
            quote: None,
            seen: None,
        }
    }

    /// The number in the id of the statement or figure that it is about.
    pub(crate) fn key(&self) -> Option<u32> {
        let (_, item) = self.target.split_once('.')?;
        u32::from_str_radix(item.get(1..)?, 16).ok()
    }
}

/// What can be decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// It is right as it stands.
    Accept,
    /// A field of it is something else.
    Correct,
    /// The text says this too, and the reader missed it.
    Add,
    /// The text does not say this.
    Reject,
    /// A remark; changes nothing.
    Comment,
    /// An earlier decision no longer holds.
    Undo,
    /// Two actors are one.
    Merge,
    /// An actor is again one of its own.
    Split,
    /// A report is of the story of another.
    Join,
    /// A report is of a story of its own.
    Part,
    /// A flag need not be looked at again.
    Dismiss,
    /// The words are removed for safety or law.
    Redact,
}

/// What has become of a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// It holds.
    Holds,
    /// A later one undid it.
    Undone,
    /// What it is about is not in the newest reading.
    Orphaned,
    /// What was accepted reads otherwise now.
    Stale,
}

impl State {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Holds => "holds",
            Self::Undone => "undone",
            Self::Orphaned => "orphaned",
            Self::Stale => "stale",
        }
    }
}

/// A decision in its place in the log.
#[derive(Clone, Debug)]
pub(crate) struct Logged {
    pub(crate) seq: i64,
    pub(crate) id: Hash,
    /// `None` once it is redacted.
    pub(crate) decision: Option<Decision>,
}

/// The chain behind a decision: the hash of the chain before it and of its own id.
pub(crate) fn link(chain: Hash, id: Hash) -> Hash {
    Hash::of_parts(&[&chain.0, &id.0])
}

/// The chain before the first decision.
pub(crate) const ROOT: Hash = Hash([0; 32]);

/// Whether each decision of `log` was undone: by an undo behind it that was not undone itself.
pub(crate) fn undone(log: &[Logged]) -> Vec<bool> {
    let mut undone = vec![false; log.len()];
    for i in (0..log.len()).rev() {
        let Some(undo) = log[i].decision.as_ref().filter(|d| d.action == Action::Undo) else { continue };
        if undone[i] {
            continue;
        }
        if let Some(target) = log[..i].iter().position(|earlier| earlier.id.to_string() == undo.target) {
            undone[target] = true;
        }
    }
    undone
}

#[cfg(test)]
mod tests {
    use super::*;

    fn logged(seq: i64, action: Action, target: &str) -> Logged {
        let decision = Decision::about(action, target.to_owned());
        Logged { seq, id: Hash::of(&seq.to_le_bytes()), decision: Some(decision) }
    }

    #[test]
    fn an_undo_can_be_undone() {
        let id = |seq: i64| Hash::of(&seq.to_le_bytes()).to_string();
        let mut log = vec![logged(0, Action::Reject, "x"), logged(1, Action::Undo, &id(0))];
        assert_eq!(undone(&log), [true, false]);
        log.push(logged(2, Action::Undo, &id(1)));
        assert_eq!(undone(&log), [false, true, false]);
    }
}
