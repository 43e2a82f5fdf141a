//! What a figure measures: the verb, state or noun that governs it.

use ascribe_record::{Measure, Span};

use super::counted::{Counted, are_people, is_verbal};
use super::lexicon::{self, ATTACK, AUX, BE, CLAUSE, PERSON, PREP, STOP, STRUCK, VerbForm};
use super::quantity::{Quantity, Told};
use super::token::Line;
use super::trigger::{Side, Trigger, Triggers};

/// A governing word that was found.
#[derive(Clone, Debug)]
pub(super) struct Governed {
    pub measure: Measure,
    pub spans: Vec<Span>,
    /// The trigger's tokens, if it is one; where an event's date and place are looked for.
    pub at: Option<usize>,
    /// Whether a verb, state or strong noun says so, not a weak noun.
    pub strong: bool,
    /// Whether the trigger stands next to the quantity.
    pub direct: bool,
}

/// Looks for what governs a quantity and its counted phrase.
pub(super) struct Search<'a> {
    pub line: &'a Line<'a>,
    pub triggers: &'a Triggers,
    pub quantities: &'a [Quantity],
    pub counted: &'a [Counted],
}

/// How long appositions between a person and the verb may be, in tokens.
const APPOSITION: usize = 28;

/// How far a governing word may stand from what it governs, in tokens.
const REACH: usize = 30;

impl Search<'_> {
    /// What governs quantity `n`; `coordinated` is what governs the quantity before it.
    pub(super) fn governed(&self, n: usize, coordinated: Option<&Governed>) -> Option<Governed> {
        let (q, counted) = (&self.quantities[n], &self.counted[n]);
        if let Some(unit) = q.unit {
            return Some(self.unit(q, counted, unit));
        }
        self.strong_noun(q, counted)
            .or_else(|| self.listed(q, counted, coordinated))
            .or_else(|| self.verb(n, coordinated))
            .filter(|g| suits(self.line, counted, g.measure))
            .or_else(|| self.noun(counted))
            .map(|g| Governed { measure: personal(self.line, counted, g.measure), ..g })
    }

    /// "including five women": what governs the whole, unless a verb of its own stands beside.
    fn listed(&self, q: &Quantity, counted: &Counted, coordinated: Option<&Governed>) -> Option<Governed> {
        let listed = matches!(self.line.lower(q.first.wrapping_sub(1)), "including" | "included");
        let whole = coordinated.filter(|g| listed && is_harm(g.measure))?;
        let own = self.behind(counted, false).is_some();
        (!own).then(|| Governed { direct: q.is_single(), ..whole.clone() })
    }

    fn verb(&self, n: usize, coordinated: Option<&Governed>) -> Option<Governed> {
        let (q, counted) = (&self.quantities[n], &self.counted[n]);
        self.behind(counted, false)
            .or_else(|| self.behind_apposition(q, counted).filter(|_| q.is_single()))
            .or_else(|| self.before(q))
            .or_else(|| self.inverted(q))
            .or_else(|| self.toll(q, coordinated))
            .or_else(|| self.premodifier(counted))
            .or_else(|| self.behind_apposition(q, counted).filter(|_| !q.is_single()))
            .or_else(|| self.behind(counted, true).filter(|_| !self.is_oblique(q)))
            .or_else(|| self.joined(n, coordinated))
            .or_else(|| self.far_before(q))
    }

    fn unit(&self, q: &Quantity, counted: &Counted, measure: Measure) -> Governed {
        let in_words = |k: &usize| lexicon::unit(self.line.lower(*k)).is_some();
        let at = (counted.first..counted.end).find(in_words);
        let spans = match at {
            Some(k) => vec![self.line.tokens[k].span],
            None => vec![self.line.span(q.first, q.end)],
        };
        Governed { measure, spans, at: None, strong: true, direct: true }
    }

    fn found(&self, trigger: Trigger, direct: bool) -> Governed {
        // "of" belongs to the construction, not to the word that tells.
        let end = if matches!(self.line.lower(trigger.end - 1), "of" | "to") {
            trigger.end - 1
        } else {
            trigger.end
        };
        let span = self.line.span(trigger.first, end.max(trigger.first + 1));
        // "was wounded and died later"
        let hurt =
            matches!(trigger.measure, Measure::Injured | Measure::Casualties) && trigger.side == Side::Before;
        let joint = trigger.end + usize::from(self.line.lower(trigger.end) == ",");
        let died = matches!(self.line.lower(joint), "and" | "but")
            && (joint + 1..joint + 4)
                .take_while(|&k| {
                    self.line.has(k, lexicon::ADVERB)
                        || self.line.lower(k).ends_with("ly")
                        || self.line.lower(k) == "died"
                })
                .any(|k| self.line.lower(k) == "died");
        let measure = if hurt && died { Measure::Killed } else { trigger.measure };
        Governed { measure, spans: vec![span], at: Some(trigger.end), strong: true, direct }
    }

    /// "12 deaths", "no casualties", "12 wounded".
    fn strong_noun(&self, q: &Quantity, counted: &Counted) -> Option<Governed> {
        let head = counted.head?;
        if self.line.has(head, PERSON) && q.is_single() {
            return None;
        }
        let measure = lexicon::noun_measure(lexicon::STRONG_NOUNS, self.line.lower(head))
            .or_else(|| self.lost_lives(counted, head))?;
        let second = (counted.end > head + 1)
            .then(|| lexicon::noun_measure(lexicon::STRONG_NOUNS, self.line.lower(counted.end - 1)))
            .flatten();
        let measure =
            if second.is_some_and(|second| second != measure) { Measure::Casualties } else { measure };
        let span = self.line.span(head, counted.end.max(head + 1));
        Some(Governed { measure, spans: vec![span], at: Some(counted.end), strong: true, direct: true })
    }

    /// "claimed 12 lives", "12 lives were lost".
    fn lost_lives(&self, counted: &Counted, head: usize) -> Option<Measure> {
        let lives = self.line.lower(head) == "lives";
        let claimed = (counted.first.saturating_sub(5)..counted.behind + 4).any(|k| {
            matches!(
                self.line.lower(k),
                "claimed" | "claiming" | "took" | "lost" | "cost" | "taking" | "loss" | "costing" | "claim"
            )
        });
        (lives && claimed).then_some(Measure::Killed)
    }

    /// The trigger whose subject is counted: next to it, or `far` from it in the same clause.
    fn behind(&self, counted: &Counted, far: bool) -> Option<Governed> {
        let mut at = counted.behind;
        let limit = (at + if far { REACH } else { 9 }).min(self.line.len());
        let mut walk = Walk::default();
        while at < limit {
            if let Some(trigger) = self.triggers.begins_at(at) {
                return self.subject_of(trigger, &walk, far);
            }
            if let Some(next) = joined_participle(self.line, at) {
                at = next;
                continue;
            }
            let idle =
                far && self.line.has(at, BE) && !walk.relative && !leads_to_trigger(self.line, self, at);
            if idle {
                return None;
            }
            if !(is_filler(self.line, at) || far && walk.passes(self.line, self, at)) {
                return None;
            }
            walk.negated |= matches!(self.line.lower(at), "not" | "never");
            at += 1;
        }
        None
    }

    /// The trigger whose subject are persons, with appositions, places and clauses between: "The envoy in
    /// Ems, Ada Lind, who had just arrived, was killed", "Three soldiers guarding the bridge were killed".
    fn behind_apposition(&self, q: &Quantity, counted: &Counted) -> Option<Governed> {
        let line = self.line;
        let begins = line.has(counted.behind, PREP | AUX | BE)
            || line.inner_hyphen(counted.behind)
            || matches!(line.lower(counted.behind), "," | "(" | "and" | "who" | "–" | "—");
        let many = !q.is_single();
        let reduced = many && self.opens_participle(counted.behind);
        let persons = q.is_single() && q.told != Told::Pronoun
            || many && !matches!(q.told, Told::Zero | Told::Both) && are_people(line, counted) == Some(true);
        // "Among the thousands who marched, 20 were killed": the verb is not theirs.
        let oblique = many && self.is_oblique(q);
        if !persons || oblique || !(begins || reduced) {
            return None;
        }
        let (mut commas, mut relative, mut joint, mut phrase) = (0, false, false, 0);
        // What a relative clause without commas may still hold of its own: an auxiliary and a verb.
        let mut own = 0;
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
                // The second comma may be left out: "Ada Lind, a waitress in Ems was wounded".
                let unclosed = commas == 1
                    && line.has(at - 1, BE)
                    && (counted.behind + 1..counted.behind + 2)
                        .any(|k| matches!(line.lower(k), "a" | "an" | "the"));
                let fits = trigger.side == Side::Before
                    && is_harm(trigger.measure)
                    && is_predicate(line, trigger)
                    && (!inside || unclosed)
                    && (!joint || plural);
                return fits.then(|| self.found(trigger, true));
            }
            // "Gunmen attacked a village and two farmers were killed": the verb is another's.
            if many && !inside && self.is_quantity(at) {
                return None;
            }
            let word = line.lower(at);
            match word {
                "," | "(" | ")" | "–" | "—" => {
                    commas += 1;
                    relative = false;
                    phrase = 0;
                }
                "who" | "whose" if inside => relative = true,
                "who" => own = 2,
                "and" if !inside => joint = true,
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
                _ if line.has(at, CLAUSE | lexicon::PAST) && !line.has(at, AUX) => return None,
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

    /// Whether a preposition takes the quantity out of the place of a subject.
    fn is_oblique(&self, q: &Quantity) -> bool {
        let before = q.first.wrapping_sub(1);
        let before = if self.line.lower(before) == "the" { before.wrapping_sub(1) } else { before };
        self.line.has(before, PREP)
            && !matches!(self.line.lower(before), "to" | "of" | "in" | "about" | "like")
    }

    /// "guarding the bridge", "accused of spying": a clause cut down to its participle.
    fn opens_participle(&self, at: usize) -> bool {
        let word = self.line.lower(at);
        let passive = word.ends_with("ed") && self.line.has(at + 1, PREP);
        is_verbal(word) && self.triggers.begins_at(at).is_none() && (word.ends_with("ing") || passive)
    }

    fn subject_of(&self, trigger: Trigger, walk: &Walk, far: bool) -> Option<Governed> {
        let fits = trigger.side == Side::Before && !walk.negated;
        fits.then(|| self.found(trigger, !far))
    }

    /// The trigger whose object is counted, next to it: "killed at least", "the killing of".
    fn before(&self, q: &Quantity) -> Option<Governed> {
        let mut end = q.first;
        for _ in 0..5 {
            if let Some(trigger) = self.triggers.ends_at(end) {
                // "in the shooting Ada Lind spoke": a noun has no object.
                let noun = matches!(q.told, Told::Named | Told::Pronoun)
                    && self.line.lower(trigger.first) == "shooting"
                    && self.line.is_word(trigger.first.wrapping_sub(1));
                return (trigger.side == Side::Behind && !noun).then(|| self.found(trigger, true));
            }
            let filler = matches!(
                self.line.lower(end.wrapping_sub(1)),
                "the"
                    | "these"
                    | "those"
                    | "a"
                    | "an"
                    | "another"
                    | "all"
                    | "up"
                    | "down"
                    | "off"
                    | "also"
                    | "further"
                    | "other"
                    | ":"
                    | "his"
                    | "her"
                    | "their"
                    | "its"
                    | "additional"
                    | "dead"
                    | "total"
                    | "of"
                    | "as"
                    | "and"
            );
            // "killed and" before a number joins clauses.
            if !filler || self.line.lower(end - 1) == "and" && end == q.first {
                return None;
            }
            end -= 1;
        }
        None
    }

    /// "Wounded in the ambush were two guards", "Among the dead was a guard".
    fn inverted(&self, q: &Quantity) -> Option<Governed> {
        let be = q.first.checked_sub(1).filter(|&k| matches!(self.line.lower(k), "were" | "was"))?;
        let trigger = (0..2).find_map(|k| self.triggers.begins_at(k))?;
        let plain = be < 12
            && (trigger.end..be)
                .all(|k| !self.line.has(k, BE | CLAUSE | lexicon::SAY) && !self.line.is_mark(k));
        plain.then(|| self.found(trigger, true))
    }

    /// "the death toll rose to 12", "the number of injured is 30".
    fn toll(&self, q: &Quantity, coordinated: Option<&Governed>) -> Option<Governed> {
        let line = self.line;
        let before = q.first.checked_sub(1)?;
        let arrives = matches!(
            line.lower(before),
            "to" | "at"
                | "is"
                | "was"
                | "of"
                | "reached"
                | "reaching"
                | "exceeded"
                | "exceeds"
                | "passed"
                | "topped"
                | "hit"
                | ":"
                | "be"
                | "from"
        );
        if !arrives {
            return None;
        }
        let k = (before.saturating_sub(14)..before)
            .rev()
            .find(|&k| matches!(line.lower(k), "toll" | "number" | "count" | "total"))?;
        // "bringing the total to 15" goes on counting what was counted before.
        let same = coordinated.filter(|_| {
            line.lower(k) == "total" && is_harm(coordinated.map_or(Measure::Other, |g| g.measure))
        });
        self.counted_total(k, before).or_else(|| same.cloned())
    }

    /// What the toll or number at `k` counts.
    fn counted_total(&self, k: usize, end: usize) -> Option<Governed> {
        let line = self.line;
        let word = line.lower(k);
        if word == "toll" || word == "count" && line.lower(k.wrapping_sub(1)) == "death" {
            let named =
                lexicon::noun_measure(lexicon::STRONG_NOUNS, line.lower(k.wrapping_sub(1))).filter(|_| k > 0);
            let measure = if line.lower(k.wrapping_sub(1)) == "injury" {
                Measure::Injured
            } else {
                named.unwrap_or(Measure::Killed)
            };
            let first = if matches!(line.lower(k.wrapping_sub(1)), "death" | "injury" | "casualty") {
                k - 1
            } else {
                k
            };
            return Some(Governed {
                measure,
                spans: vec![line.span(first, k + 1)],
                at: Some(k + 1),
                strong: true,
                direct: true,
            });
        }
        (k + 1..end).find_map(|i| {
            let trigger = self.triggers.begins_at(i).map(|t| t.measure);
            let noun = lexicon::noun_measure(lexicon::STRONG_NOUNS, line.lower(i))
                .or_else(|| lexicon::noun_measure(lexicon::WEAK_NOUNS, line.lower(i)));
            let measure = trigger.or(noun)?;
            Some(Governed {
                measure,
                spans: vec![line.tokens[i].span],
                at: Some(i + 1),
                strong: true,
                direct: true,
            })
        })
    }

    /// "10 wounded soldiers".
    fn premodifier(&self, counted: &Counted) -> Option<Governed> {
        let head = counted.head?;
        let participle = |k: &usize| {
            lexicon::verb(self.line.lower(*k)).filter(|v| v.form == VerbForm::Past && v.transitive)
        };
        let (k, verb) = (counted.first..head).find_map(|k| Some((k, participle(&k)?)))?;
        let spans = vec![self.line.tokens[k].span];
        Some(Governed { measure: verb.measure, spans, at: Some(counted.end), strong: true, direct: true })
    }

    /// "four soldiers and two civilians": the second shares what governs the first.
    fn joined(&self, n: usize, coordinated: Option<&Governed>) -> Option<Governed> {
        let last = &self.counted[n.checked_sub(1)?];
        let first = self.quantities[n].first;
        let between = last.behind..first;
        let joint = |k: usize| {
            matches!(
                self.line.lower(k),
                "and"
                    | ","
                    | "or"
                    | "plus"
                    | "with"
                    | "along"
                    | "as"
                    | "well"
                    | "another"
                    | "-"
                    | "–"
                    | "—"
                    | ":"
                    | "("
                    | "including"
                    | "the"
            )
        };
        let near = between.len() <= 5 && !between.is_empty() && between.clone().all(joint);
        // "four were killed in Ems and five in Harrow Bay"
        let gapped = are_people(self.line, &self.counted[n]) != Some(false)
            && matches!(self.line.lower(first.wrapping_sub(1)), "and" | ",")
            && matches!(self.line.lower(self.counted[n].behind), "in" | "at" | "near" | "on")
            && between.len() <= 12;
        coordinated.filter(|_| near || gapped).map(|g| Governed { direct: false, ..g.clone() })
    }

    /// "killed the mayor and two guards": an object further back, nothing but names between.
    fn far_before(&self, q: &Quantity) -> Option<Governed> {
        let line = self.line;
        let last = line.lower(q.first.wrapping_sub(1));
        if q.told == Told::Several {
            return None;
        }
        let along =
            matches!(last, "with") && matches!(line.lower(q.first.wrapping_sub(2)), "along" | "together");
        if !(matches!(last, "and" | "," | "plus" | "including" | "as") || along) {
            return None;
        }
        let mut k = q.first;
        while k > 0 && q.first - k < REACH {
            if let Some(trigger) = self.triggers.ends_at(k) {
                let whole = trigger.side == Side::Behind || along;
                return whole.then(|| self.found(trigger, false));
            }
            k -= 1;
            if line.has(k, CLAUSE | BE | lexicon::PAST | lexicon::SAY) || matches!(line.lower(k), ";" | ":") {
                return None;
            }
        }
        None
    }

    /// "12 hostages", "30 air strikes", "three houses" with what happened to them.
    fn noun(&self, counted: &Counted) -> Option<Governed> {
        let head = counted.head?;
        let word = self.line.lower(head);
        let attack = self.line.has(head, ATTACK).then_some(Measure::Attacks);
        let measure = lexicon::noun_measure(lexicon::WEAK_NOUNS, word).or(attack)?;
        let spans = vec![self.line.tokens[head].span];
        Some(Governed { measure, spans, at: Some(counted.end), strong: false, direct: true })
    }
}

/// What was passed on the way from a subject to its verb.
#[derive(Default)]
struct Walk {
    negated: bool,
    verb: bool,
    relative: bool,
    commas: usize,
}

impl Walk {
    /// Whether the way goes on behind token `at`.
    fn passes(&mut self, line: &Line<'_>, search: &Search<'_>, at: usize) -> bool {
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
fn is_predicate(line: &Line<'_>, trigger: Trigger) -> bool {
    let mut before = trigger.first.wrapping_sub(1);
    while line.lower(before).ends_with("ly") {
        before = before.wrapping_sub(1);
    }
    let linked = line.has(before, AUX | BE) || joined_participle(line, before.wrapping_sub(1)).is_some();
    let verb = lexicon::verb(line.lower(trigger.first)).is_some() || line.lower(trigger.first) == "suffered";
    linked || verb && (matches!(line.lower(before), "who" | "and" | "also") || !line.has(before, STOP | PREP))
}

/// The token behind "shot and" in "was shot and killed": the participle that follows tells.
fn joined_participle(line: &Line<'_>, at: usize) -> Option<usize> {
    let word = line.lower(at);
    let first = word == "shot" || word == "beaten" || is_verbal(word) && word.ends_with("ed");
    let adverb = usize::from(line.lower(at + 2).ends_with("ly"));
    let second = lexicon::verb(line.lower(at + 2 + adverb)).is_some_and(|v| v.form == VerbForm::Past);
    let passive = (at.saturating_sub(3)..at).any(|k| line.has(k, BE));
    (first && second && passive && matches!(line.lower(at + 1), "and" | "then")).then_some(at + 2)
}

fn leads_to_trigger(line: &Line<'_>, search: &Search<'_>, at: usize) -> bool {
    if (at..at + 4).any(|k| joined_participle(line, k).is_some()) {
        return true;
    }
    (at..at + 5).take_while(|&k| is_filler(line, k)).any(|k| search.triggers.begins_at(k + 1).is_some())
}

impl Search<'_> {
    fn is_quantity(&self, at: usize) -> bool {
        self.quantities.binary_search_by_key(&at, |q| q.first).is_ok()
    }
}

/// Whether token `i` may stand between a subject and its verb without parting them.
fn is_filler(line: &Line<'_>, i: usize) -> bool {
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

/// Whether what is counted can undergo `measure`.
fn suits(line: &Line<'_>, counted: &Counted, measure: Measure) -> bool {
    let people = are_people(line, counted);
    match measure {
        Measure::Struck => {
            people != Some(true) && counted.head.is_none_or(|h| people.is_none() || line.has(h, STRUCK))
                || people == Some(true)
        }
        Measure::Attacks | Measure::Other => true,
        Measure::Killed if counted.head.is_some_and(|h| line.lower(h).starts_with("survivor")) => false,
        // Meetings are held, reports released, goods seized: an unknown noun must be a name.
        Measure::Detained
        | Measure::Captured
        | Measure::Released
        | Measure::Affected
        | Measure::Participants => {
            people == Some(true) || people.is_none() && counted.head.is_none_or(|h| line.capital(h))
        }
        _ => people != Some(false),
    }
}

/// People who are struck are hurt or dead; the verb alone does not say which.
fn personal(line: &Line<'_>, counted: &Counted, measure: Measure) -> Measure {
    if measure == Measure::Struck && are_people(line, counted) == Some(true) {
        let burnt = (counted.behind..counted.behind + 6).any(|k| matches!(line.lower(k), "burned" | "burnt"));
        if burnt { Measure::Injured } else { Measure::Other }
    } else {
        measure
    }
}

/// Whether `measure` is of harm or custody, where a single person is told without a number.
pub(super) fn is_harm(measure: Measure) -> bool {
    matches!(
        measure,
        Measure::Casualties
            | Measure::Killed
            | Measure::Injured
            | Measure::Missing
            | Measure::Captured
            | Measure::Detained
            | Measure::Arrested
            | Measure::Released
    )
}
