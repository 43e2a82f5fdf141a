//! What a figure measures: the verb, state or noun that governs it.

use ascribe_record::{Measure, Span};

use super::counted::{Counted, are_people, is_verbal};
use super::lexicon::{self, ATTACK, BE, CLAUSE, PREP, STRUCK, VerbForm};
use super::quantity::{Quantity, Told};
use super::token::Line;
use super::trigger::{Side, Trigger, Triggers};
use super::walk::{Walk, is_filler, joined_participle, leads_to_trigger};

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

/// How far a governing word may stand from what it governs, in tokens.
const REACH: usize = 30;

impl Search<'_> {
    /// What governs quantity `n`; `coordinated` is what governs the quantity before it.
    pub(super) fn governed(&self, n: usize, coordinated: Option<&Governed>) -> Option<Governed> {
        let (q, counted) = (&self.quantities[n], &self.counted[n]);
        if let Some(unit) = q.unit {
            return Some(self.unit(q, counted, unit));
        }
        if self.is_of_none(q) {
            return None;
        }
        let governed = self
            .strong_noun(q, counted)
            .or_else(|| self.listed(q, counted, coordinated))
            .or_else(|| self.verb(n, coordinated))
            .filter(|g| suits(self.line, counted, g.measure) && !self.is_held(counted, g))
            .or_else(|| self.noun(counted))?;
        let governed = Governed { measure: personal(self.line, counted, &governed), ..governed };
        Some(self.fate(q, counted, &governed).unwrap_or(governed))
    }

    /// "neither of the two guards", "none of the 40": what is told of them is told of nobody.
    fn is_of_none(&self, q: &Quantity) -> bool {
        let of = q.first.wrapping_sub(1 + usize::from(self.line.lower(q.first.wrapping_sub(1)) == "the"));
        self.line.lower(of) == "of" && matches!(self.line.lower(of.wrapping_sub(1)), "neither" | "none")
    }

    /// "the hall holds 4,000": who holds people in custody says whom.
    fn is_held(&self, counted: &Counted, governed: &Governed) -> bool {
        let word = governed.spans.first().map_or("", |span| span.of(self.line.text));
        counted.head.is_none() && matches!(word.to_lowercase().as_str(), "hold" | "holds" | "holding")
    }

    /// "including five women", "among them five women": what governs the whole, unless a verb of its own
    /// stands beside.
    fn listed(&self, q: &Quantity, counted: &Counted, coordinated: Option<&Governed>) -> Option<Governed> {
        let listed = matches!(self.line.lower(q.first.wrapping_sub(1)), "including" | "included")
            || ["among them", "amongst them"].iter().any(|p| self.line.phrase_before(q.first, p).is_some());
        let of_them = counted.of_pronoun && self.before(q).is_none();
        let whole = coordinated.filter(|g| (listed || of_them) && is_harm(g.measure))?;
        let own = self.behind(counted, false).is_some();
        (!own).then(|| Governed { direct: q.is_single(), ..whole.clone() })
    }

    fn verb(&self, n: usize, coordinated: Option<&Governed>) -> Option<Governed> {
        let (q, counted) = (&self.quantities[n], &self.counted[n]);
        self.behind(counted, false)
            .or_else(|| self.behind_apposition(q, counted).filter(|_| q.is_single()))
            .or_else(|| self.toll(q, None).filter(|_| self.is_toll(q)))
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

    pub(super) fn found(&self, trigger: Trigger, direct: bool) -> Governed {
        // "of" belongs to the construction, not to the word that tells.
        let end = if matches!(self.line.lower(trigger.end - 1), "of" | "to") {
            trigger.end - 1
        } else {
            trigger.end
        };
        let span = self.line.span(trigger.first, end.max(trigger.first + 1));
        let measure = trigger.measure;
        Governed { measure, spans: vec![span], at: Some(trigger.end), strong: true, direct }
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

    /// Whether a quantity begins at token `at`.
    pub(super) fn is_quantity(&self, at: usize) -> bool {
        self.quantities.binary_search_by_key(&at, |q| q.first).is_ok()
    }

    /// Whether a preposition takes the quantity out of the place of a subject.
    pub(super) fn is_oblique(&self, q: &Quantity) -> bool {
        let before = q.first.wrapping_sub(1);
        let before = if self.line.lower(before) == "the" { before.wrapping_sub(1) } else { before };
        self.line.has(before, PREP)
            && !matches!(self.line.lower(before), "to" | "of" | "in" | "about" | "like")
    }

    /// "guarding the bridge", "accused of spying": a clause cut down to its participle.
    pub(super) fn opens_participle(&self, at: usize) -> bool {
        let word = self.line.lower(at);
        let passive = word.ends_with("ed") && self.line.has(at + 1, PREP);
        is_verbal(word) && self.triggers.begins_at(at).is_none() && (word.ends_with("ing") || passive)
    }

    fn subject_of(&self, trigger: Trigger, walk: &Walk, far: bool) -> Option<Governed> {
        let fits = trigger.side == Side::Before && !walk.negated;
        fits.then(|| self.found(trigger, !far))
    }

    /// The trigger whose object is counted, next to it: "killed at least", "the killing of".
    pub(super) fn before(&self, q: &Quantity) -> Option<Governed> {
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
        let behind = self.counted[n].behind;
        let own = (behind..behind + 6).take_while(|&k| self.line.is_word(k)).any(|k| self.line.has(k, BE));
        let gapped = !own
            && are_people(self.line, &self.counted[n]) != Some(false)
            && matches!(self.line.lower(first.wrapping_sub(1)), "and" | ",")
            && matches!(self.line.lower(behind), "in" | "at" | "near" | "on")
            && between.len() <= 12;
        let unit = |g: &Governed| {
            matches!(g.measure, Measure::Money | Measure::Percent | Measure::Duration | Measure::Distance)
        };
        coordinated.filter(|g| (near || gapped) && !unit(g)).map(|g| Governed { direct: false, ..g.clone() })
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
                // "killed the envoy and his driver", "killing him and his brother"
                let near = last == "and"
                    && (trigger.end..q.first - 1)
                        .all(|k| !line.is_mark(k) && (!line.has(k, PREP) || line.lower(k) == "of"));
                return whole.then(|| self.found(trigger, near));
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

/// People who are struck are hurt or dead; the verb alone does not say which. Who is burnt is hurt, and
/// who is hit by a bullet or a shell is one or the other.
fn personal(line: &Line<'_>, counted: &Counted, governed: &Governed) -> Measure {
    let Governed { measure, spans, at, .. } = governed;
    if *measure != Measure::Struck || are_people(line, counted) != Some(true) {
        return *measure;
    }
    let word = spans.first().map_or("", |span| span.of(line.text));
    let at = at.unwrap_or(counted.behind);
    let near = at.saturating_sub(5)..at + 5;
    let shot = |k: usize| {
        ["bullet", "shrapnel", "gunfire", "shell", "splinter", "fragment", "gunshot", "rubber"]
            .iter()
            .any(|begin| line.lower(k).starts_with(begin))
    };
    let burnt = (counted.behind..counted.behind + 6).any(|k| matches!(line.lower(k), "burned" | "burnt"));
    if burnt || word.to_lowercase().starts_with("burn") {
        Measure::Injured
    } else if near.into_iter().any(shot) {
        Measure::Casualties
    } else {
        Measure::Other
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
