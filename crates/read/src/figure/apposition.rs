//! From persons to their verb with appositions, places and clauses between: "The envoy in Ems, Ada Lind, who
//! had just arrived, was killed".

use super::counted::{Counted, are_people, is_verbal};
use super::lexicon::{self, AUX, BE, CLAUSE, PREP, STOP};
use super::measure::{Governed, Search, is_harm};
use super::quantity::{Quantity, Told};
use super::trigger::{Side, Trigger};
use super::walk::{is_predicate, joined_participle, leads_to_trigger};

/// How long appositions between a person and the verb may be, in tokens.
const APPOSITION: usize = 28;

impl Search<'_> {
    /// The trigger whose subject are persons, with appositions, places and clauses between: "The envoy in
    /// Ems, Ada Lind, who had just arrived, was killed", "Three soldiers guarding the bridge were killed".
    pub(super) fn behind_apposition(&self, q: &Quantity, counted: &Counted) -> Option<Governed> {
        let line = self.line;
        let begins = line.has(counted.behind, PREP | AUX | BE)
            || line.inner_hyphen(counted.behind)
            || matches!(line.lower(counted.behind), "," | "(" | "and" | "who" | "whose" | "–" | "—");
        let many = !q.is_single();
        let reduced = many && self.opens_participle(counted.behind);
        let couple = q.told == Told::Both && line.lower(q.first) != "both";
        let counts = couple || !matches!(q.told, Told::Zero | Told::Both);
        let persons = q.is_single() && q.told != Told::Pronoun
            || many && counts && (couple || are_people(line, counted) == Some(true));
        // "Among the thousands who marched, 20 were killed": the verb is not theirs.
        let oblique = many && self.is_oblique(q);
        if !persons || oblique || !(begins || reduced) {
            return None;
        }
        let (mut commas, mut relative, mut joint, mut phrase) = (0, false, false, 0);
        // "the mayor, his wife and a guard": a list, not an apposition.
        let mut list = false;
        // What a relative clause without commas may still hold of its own: an auxiliary and a verb.
        let mut own = 0;
        // A verb of theirs was passed: "The guard opened the door and was killed".
        let mut acted = false;
        let mut at = counted.behind + usize::from(reduced);
        while at < (counted.behind + APPOSITION).min(line.len()) {
            let inside = commas % 2 == 1;
            if let Some(next) = joined_participle(line, at) {
                at = next;
                continue;
            }
            if let Some(trigger) = self.triggers.begins_at(at) {
                if inside && relative {
                    at = trigger.end;
                    continue;
                }
                let plural = (at.saturating_sub(4)..at)
                    .any(|k| matches!(line.lower(k), "were" | "are" | "have" | "both"));
                // The second comma may be left out: "Ada Lind, a waitress in Ems was wounded"; so may the
                // first: "Four soldiers who were on their way, were killed".
                let unclosed = commas == 1
                    && line.has(at - 1, BE)
                    && (matches!(line.lower(counted.behind + 1), "a" | "an" | "the")
                        || line.lower(counted.behind) == "who");
                // "The judge, her driver and two guards died": what is joined has its verb in common.
                let bare = !line.has(at - 1, BE | AUX);
                let fits = trigger.side == Side::Before
                    && is_harm(trigger.measure)
                    && is_predicate(line, trigger)
                    && (!inside || unclosed || list && (plural || bare))
                    && (!joint || plural || bare);
                return fits.then(|| self.found(trigger, true));
            }
            if acted {
                match self.joined_passive(at) {
                    Some(trigger) => return Some(self.found(trigger, true)),
                    None if self.is_quantity(at) || line.has(at, CLAUSE | lexicon::SAY) => return None,
                    None if matches!(line.lower(at), ";" | ":" | "but" | "?" | "!") => return None,
                    None => {}
                }
                at += 1;
                continue;
            }
            // "Gunmen attacked a village and two farmers were killed": the verb is another's.
            if many && !inside && self.is_quantity(at) {
                return None;
            }
            let word = line.lower(at);
            match word {
                "," | "(" | ")" | "–" | "—" => {
                    // Before the verb any comma closes: "Lind, a judge, also a writer, was killed".
                    let closes = line.has(at + 1, BE) || matches!(line.lower(at + 1), "had" | "has" | "have");
                    commas = if closes && !relative { 2 } else { commas + 1 };
                    relative = false;
                    phrase = 0;
                }
                "who" | "whose" if inside => relative = true,
                "who" | "whose" => own = 2,
                "that" if !inside && !line.has(at - 1, lexicon::SAY) => own = 2,
                // "a leader and editor" is one person.
                "and" if !inside => {
                    joint = self.is_quantity(at + 1) || line.has(at + 1, STOP) || line.capital(at + 1)
                }
                "and" if commas % 2 == 1 && !relative => list = line.lower(counted.behind) == ",",
                ";" | ":" | "but" | "?" | "!" | "not" | "never" | "no" => return None,
                "put" | "set" | "gave" | "let" | "led" | "puts" | "gives" | "sets" if !inside => return None,
                _ if inside => {}
                _ if own > 0
                    && !leads_to_trigger(line, self, at)
                    && (line.has(at, BE | lexicon::PAST) || is_verbal(word)) =>
                {
                    own -= 1;
                    phrase = 0;
                }
                // "believed to be on a mission"
                "be" if line.lower(at - 1) == "to" => {}
                _ if line.has(at, BE) && !leads_to_trigger(line, self, at) => return None,
                _ if line.has(at, lexicon::SAY) && !line.has(at - 1, BE) => return None,
                _ if line.has(at, CLAUSE) && !line.has(at, AUX) => return None,
                // "the French-owned plant"
                _ if line.inner_hyphen(at - 1) => {}
                _ if (line.has(at, lexicon::PAST) || word.ends_with("ed") && is_verbal(word))
                    && !line.has(at, AUX) =>
                {
                    acted = true;
                }
                _ if is_verbal(word) && !line.has(at, AUX) => return None,
                _ => phrase += 1,
            }
            if phrase > 14 {
                return None;
            }
            at += 1;
        }
        None
    }

    /// "and was killed", "and were later shot" at token `at`.
    fn joined_passive(&self, at: usize) -> Option<Trigger> {
        let line = self.line;
        let adverb = |k: usize| line.has(k, lexicon::ADVERB) || line.lower(k).ends_with("ly");
        let skip = |k: usize| k + (k..k + 2).take_while(|&k| adverb(k)).count();
        let be = skip(at + 1);
        let passive = line.lower(at) == "and" && line.has(be, BE);
        let trigger = self.triggers.begins_at(skip(be + 1)).filter(|_| passive)?;
        (trigger.side == Side::Before && is_harm(trigger.measure)).then_some(trigger)
    }
}
