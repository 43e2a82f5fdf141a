//! The way from a subject to its verb: what may be passed over, and where it ends.

use super::counted::is_verbal;
use super::lexicon::{self, AUX, BE, CLAUSE, PREP, STOP, VerbForm};
use super::measure::Search;
use super::token::Line;
use super::trigger::Trigger;

/// What was passed on the way from a subject to its verb.
#[derive(Default)]
pub(super) struct Walk {
    pub(super) negated: bool,
    verb: bool,
    pub(super) relative: bool,
    commas: usize,
}

impl Walk {
    /// Whether the way goes on behind token `at`.
    pub(super) fn passes(&mut self, line: &Line<'_>, search: &Search<'_>, at: usize) -> bool {
        let word = line.lower(at);
        if line.has(at, CLAUSE | lexicon::SAY) && word != "as"
            || matches!(word, ";" | ":" | "but" | "so" | "?" | "!" | "nor")
        {
            return false;
        }
        if matches!(word, "who" | "which" | "whom") {
            self.relative = true;
            self.verb = false;
            return true;
        }
        self.commas += usize::from(word == ",");
        // "Gunmen attacked a village and two farmers were killed": the second clause is another's.
        if self.verb && (word == "and" || search.is_quantity(at)) {
            return false;
        }
        if line.has(at, BE) && !self.relative && !leads_to_trigger(line, search, at) {
            return false;
        }
        if line.has(at, lexicon::PAST) || is_verbal(word) && word.ends_with("ed") {
            self.verb = true;
        }
        true
    }
}

/// Whether a trigger is said of a subject and is no noun or postmodifier of another: "put the number of
/// dead at 52".
pub(super) fn is_predicate(line: &Line<'_>, trigger: Trigger) -> bool {
    let mut before = trigger.first.wrapping_sub(1);
    while line.lower(before).ends_with("ly") {
        before = before.wrapping_sub(1);
    }
    let linked = line.has(before, AUX | BE) || joined_participle(line, before.wrapping_sub(1)).is_some();
    let verb = lexicon::verb(line.lower(trigger.first)).is_some() || line.lower(trigger.first) == "suffered";
    linked || verb && (matches!(line.lower(before), "who" | "and" | "also") || !line.has(before, STOP | PREP))
}

/// The token behind "shot and" in "was shot and killed": the participle that follows tells.
pub(super) fn joined_participle(line: &Line<'_>, at: usize) -> Option<usize> {
    let word = line.lower(at);
    let first = word == "shot" || word == "beaten" || is_verbal(word) && word.ends_with("ed");
    let adverb = usize::from(line.lower(at + 2).ends_with("ly"));
    let second = lexicon::verb(line.lower(at + 2 + adverb)).is_some_and(|v| v.form == VerbForm::Past);
    let passive = (at.saturating_sub(3)..at).any(|k| line.has(k, BE));
    (first && second && passive && matches!(line.lower(at + 1), "and" | "then")).then_some(at + 2)
}

pub(super) fn leads_to_trigger(line: &Line<'_>, search: &Search<'_>, at: usize) -> bool {
    if (at..at + 4).any(|k| joined_participle(line, k).is_some()) {
        return true;
    }
    (at..at + 5).take_while(|&k| is_filler(line, k)).any(|k| search.triggers.begins_at(k + 1).is_some())
}

/// Whether token `i` may stand between a subject and its verb without parting them.
pub(super) fn is_filler(line: &Line<'_>, i: usize) -> bool {
    line.has(i, AUX)
        || line.inner_hyphen(i)
        || i > 0 && line.inner_hyphen(i - 1)
        || line.lower(i).ends_with("ly") && line.is_word(i)
        || matches!(
            line.lower(i),
            "others"
                | "more"
                | "other"
                | "of"
                | "them"
                | "whom"
                | "also"
                | "to"
                | "who"
                | "badly"
                | "themselves"
                | "\""
                | "”"
                | "“"
        )
}
