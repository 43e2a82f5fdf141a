//! What became of those to whom something else happened first: "kidnapped and later killed", "three of the
//! wounded died", "a girl, who died".

use ascribe_record::Measure;

use super::counted::Counted;
use super::lexicon::{self, ADVERB, BE, CLAUSE, PERSON, PERSONS, PREP, SAY, VerbForm};
use super::measure::{Governed, Search};
use super::quantity::{Quantity, Told};
use super::trigger::{Side, Trigger};

/// How far behind the first word the last may stand, in tokens.
const REACH: usize = 16;

impl Search<'_> {
    /// The word that tells the death, or the wound of those shot, of whom `governed` tells what came before it.
    pub(super) fn fate(&self, q: &Quantity, counted: &Counted, governed: &Governed) -> Option<Governed> {
        let first = matches!(
            governed.measure,
            Measure::Injured
                | Measure::Casualties
                | Measure::Captured
                | Measure::Detained
                | Measure::Arrested
                | Measure::Missing
        );
        let at = governed.at.filter(|_| first && q.told != Told::Zero && !self.is_whole_of_part(q))?;
        // "the body of a guard who had been kidnapped"
        let told_before = self.before(q).filter(|g| g.measure == Measure::Killed && at > q.first);
        if told_before.is_some() {
            return told_before;
        }
        if at >= counted.behind && at > q.first {
            self.later(at, governed.measure)
        } else {
            self.done_to_them(counted.behind)
        }
        .or_else(|| self.relative_death(counted.behind))
    }

    /// "four of the 11 wounded died": the verb is said of the four.
    fn is_whole_of_part(&self, q: &Quantity) -> bool {
        let before = |n: usize| q.first.wrapping_sub(n);
        self.line.phrase_before(q.first, "of the").is_some()
            && self.quantities.iter().any(|part| part.end == before(2))
    }

    /// The second predicate of a subject, behind token `from`.
    fn later(&self, from: usize, measure: Measure) -> Option<Governed> {
        let line = self.line;
        // Whether a new subject may begin here.
        let mut fresh = false;
        for k in from..(from + REACH).min(line.len()) {
            if let Some(trigger) = self.triggers.begins_at(k) {
                let told = trigger.measure == Measure::Killed
                    || trigger.measure == Measure::Injured && measure == Measure::Casualties;
                if told && trigger.side == Side::Before && self.is_predicate_of_same(trigger, from) {
                    return Some(self.found(trigger, true));
                }
            }
            let word = line.lower(k);
            let inside = line.has(k.wrapping_sub(1), PREP);
            let stops = line.has(k, CLAUSE | SAY)
                || line.is_mark(k) && word != "," && !line.inner_hyphen(k)
                || matches!(word, "not" | "never" | "no" | "nobody" | "none" | "who" | "which")
                || self.is_quantity(k) && !inside
                || fresh && line.has(k, PERSON | PERSONS);
            if stops {
                return None;
            }
            fresh = match word {
                "and" | "," | "but" => true,
                _ if line.has(k, PREP | BE | ADVERB) => false,
                _ => fresh,
            };
        }
        None
    }

    /// Whether `trigger` is said of the subject of what stands before token `from`.
    fn is_predicate_of_same(&self, trigger: Trigger, from: usize) -> bool {
        let line = self.line;
        let passive = (trigger.first.saturating_sub(3).max(from)..trigger.first).any(|k| line.has(k, BE));
        let mut before = trigger.first.wrapping_sub(1);
        while before > from && (line.has(before, ADVERB) || line.lower(before).ends_with("ly")) {
            before -= 1;
        }
        let verb = lexicon::verb(line.lower(trigger.first));
        let joined = matches!(line.lower(before), "and" | "but" | "then" | "found")
            && (verb.is_some_and(|v| v.form == VerbForm::Past) || line.lower(trigger.end - 1) == "dead");
        let found_dead = line.lower(before) == "found";
        let state = verb.is_none() && !passive && !found_dead;
        passive || joined && !state || verb.is_some_and(|v| !v.transitive)
    }

    /// "and killed them a day later": the object again, as a pronoun.
    fn done_to_them(&self, from: usize) -> Option<Governed> {
        let line = self.line;
        for k in from..(from + REACH).min(line.len()) {
            if line.has(k, CLAUSE | SAY) || self.is_quantity(k) {
                return None;
            }
            let Some(trigger) = self.triggers.begins_at(k) else { continue };
            let them = trigger.side == Side::Behind && line.lower(trigger.end) == "them";
            if trigger.measure == Measure::Killed && them {
                return Some(self.found(trigger, true));
            }
        }
        None
    }

    /// ", who later died".
    fn relative_death(&self, from: usize) -> Option<Governed> {
        let line = self.line;
        if !(line.lower(from) == "," && line.lower(from + 1) == "who") {
            return None;
        }
        let trigger = (from + 2..from + 6).find_map(|k| self.triggers.begins_at(k))?;
        let plain = (from + 2..trigger.first)
            .all(|k| line.has(k, ADVERB | BE) || line.lower(k).ends_with("ly") || line.lower(k) == "had");
        let death = trigger.measure == Measure::Killed && trigger.side == Side::Before;
        (plain && death).then(|| self.found(trigger, true))
    }
}
