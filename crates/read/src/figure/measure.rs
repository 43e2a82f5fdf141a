//! What a figure measures: the verb, state or noun that governs it.

use ascribe_record::{Measure, Span};

use super::counted::{Counted, are_people, is_verbal};
use super::lexicon::{self, ATTACK, AUX, BE, CLAUSE, PEOPLE, PERSON, PERSONS, PREP, STOP, STRUCK, VerbForm};
use super::quantity::{Quantity, Told};
use super::token::Line;

/// On which side of a trigger the counted phrase stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    /// Before it: "12 were killed", "12 dead".
    Before,
    /// Behind it: "killed 12", "the killing of 12".
    Behind,
}

/// Words that say what happened to what is counted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Trigger {
    first: usize,
    end: usize,
    measure: Measure,
    side: Side,
}

/// The triggers of a line by the token they begin at, and by the token they end before.
pub(super) struct Triggers {
    begins: Vec<Option<Trigger>>,
    ends: Vec<Option<Trigger>>,
}

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

impl Triggers {
    pub(super) fn of(line: &Line<'_>, quantities: &[Quantity]) -> Self {
        let mut starts = vec![false; line.len() + 1];
        for q in quantities {
            starts[q.first] = true;
        }
        let n = line.len();
        let mut triggers = Self { begins: vec![None; n + 1], ends: vec![None; n + 1] };
        let mut i = 0;
        while i < n {
            let found = trigger_at(line, &starts, &triggers, i);
            if let Some(trigger) = found {
                triggers.begins[trigger.first] = found;
                triggers.ends[trigger.end] = found;
            }
            i = found.map_or(i + 1, |t| t.end);
        }
        triggers
    }

    fn begins_at(&self, i: usize) -> Option<Trigger> {
        self.begins.get(i).copied().flatten()
    }

    fn ends_at(&self, i: usize) -> Option<Trigger> {
        self.ends.get(i).copied().flatten()
    }
}

fn trigger_at(line: &Line<'_>, starts: &[bool], before: &Triggers, i: usize) -> Option<Trigger> {
    state_at(line, starts, i)
        .or_else(|| suffering_at(line, i))
        .or_else(|| event_at(line, i))
        .or_else(|| verb_at(line, starts, before, i))
}

/// "dead", "taken hostage", "unaccounted for".
fn state_at(line: &Line<'_>, starts: &[bool], i: usize) -> Option<Trigger> {
    let found =
        lexicon::STATES.iter().filter_map(|&(measure, phrase)| Some((line.phrase_at(i, phrase)?, measure)));
    let (end, measure) = found.max_by_key(|&(end, _)| end)?;
    // "shot dead three guards" has its object behind it.
    let object =
        line.lower(i) == "shot" && object_at(line, starts, end) && !(i > 0 && line.has(i - 1, BE | AUX));
    Some(Trigger { first: i, end, measure, side: if object { Side::Behind } else { Side::Before } })
}

/// "suffered injuries", "sustained minor burns".
fn suffering_at(line: &Line<'_>, i: usize) -> Option<Trigger> {
    let verb = matches!(line.lower(i), "suffered" | "suffering" | "sustained" | "sustaining" | "received");
    let harm = |k: &usize| {
        matches!(
            line.lower(*k),
            "injuries" | "injury" | "wounds" | "burns" | "concussion" | "shock" | "fractures"
        )
    };
    let end = (i + 1..i + 6).take_while(|&k| line.is_word(k)).find(harm).filter(|_| verb)? + 1;
    Some(Trigger { first: i, end, measure: Measure::Injured, side: Side::Before })
}

/// "the killing of", "injuries to", "death toll".
fn event_at(line: &Line<'_>, i: usize) -> Option<Trigger> {
    let measure = lexicon::noun_measure(lexicon::EVENTS, line.lower(i))?;
    let joint = line.lower(i + 1);
    let fits = joint == "of" || joint == "to" && measure == Measure::Injured;
    fits.then_some(Trigger { first: i, end: i + 2, measure, side: Side::Behind })
}

fn verb_at(line: &Line<'_>, starts: &[bool], before: &Triggers, i: usize) -> Option<Trigger> {
    let verb = lexicon::verb(line.lower(i))?;
    if verb.measure == Measure::Casualties && shot_goes_on(line, i) {
        return None;
    }
    let fatal = matches!(line.lower(i.wrapping_sub(1)), "fatally" | "mortally");
    let (end, measure) =
        joint_harm(line, i).unwrap_or((i + 1, if fatal { Measure::Killed } else { verb.measure }));
    let has_object = object_at(line, starts, end);
    let being = i > 0 && line.has(i - 1, BE);
    let side = match verb.form {
        _ if !verb.transitive => Side::Before,
        VerbForm::Present => Side::Behind,
        VerbForm::Ing if being => return None,
        VerbForm::Ing => Side::Behind,
        VerbForm::Past if is_passive(line, before, i) || !has_object => Side::Before,
        VerbForm::Past => Side::Behind,
    };
    Some(Trigger { first: i, end, measure, side })
}

/// "shot dead", "shot and killed": the next word tells.
fn shot_goes_on(line: &Line<'_>, i: usize) -> bool {
    (i + 1..i + 4).take_while(|&k| line.is_word(k)).any(|k| {
        line.lower(k) == "dead"
            || lexicon::verb(line.lower(k))
                .is_some_and(|v| matches!(v.measure, Measure::Killed | Measure::Injured))
    })
}

/// "killed or injured": both together are casualties.
fn joint_harm(line: &Line<'_>, i: usize) -> Option<(usize, Measure)> {
    let harm = |k: usize| {
        lexicon::verb(line.lower(k))
            .map(|v| v.measure)
            .or((line.lower(k) == "dead").then_some(Measure::Killed))
    };
    let joint = matches!(line.lower(i + 1), "or" | "and" | "/");
    let second = harm(i + 2).filter(|_| joint)?;
    let pair = (harm(i)?, second);
    matches!(pair, (Measure::Killed, Measure::Injured) | (Measure::Injured, Measure::Killed))
        .then_some((i + 3, Measure::Casualties))
}

/// Whether the participle at `i` has a passive auxiliary, its own or that of one it is joined to.
fn is_passive(line: &Line<'_>, before: &Triggers, i: usize) -> bool {
    let mut k = i;
    for _ in 0..5 {
        let Some(prev) = k.checked_sub(1) else { return false };
        if line.has(prev, BE) {
            return true;
        }
        let adverb = line.has(prev, AUX | lexicon::ADVERB) || line.lower(prev).ends_with("ly");
        let joint = matches!(line.lower(prev), "and" | "or" | "then" | "either") || line.lower(prev) == ",";
        let participle = is_verbal(line.lower(prev))
            || line.lower(prev) == "shot"
            || lexicon::verb(line.lower(prev)).is_some_and(|v| v.form == VerbForm::Past);
        if let Some(trigger) = before.ends_at(k) {
            return trigger.side == Side::Before && joint;
        }
        if matches!(line.lower(prev), "has" | "have" | "had" | "having") || !(adverb || joint || participle) {
            return false;
        }
        k = prev;
    }
    false
}

/// Whether an object begins at `i`.
fn object_at(line: &Line<'_>, starts: &[bool], i: usize) -> bool {
    let mut at = i;
    while !starts[at.min(line.len())]
        && (matches!(line.lower(at), "dead" | "down" | "off" | "also")
            || line.lower(at).ends_with("ly") && line.is_word(at))
    {
        at += 1;
    }
    if starts[at.min(line.len())] {
        return true;
    }
    let determiner = matches!(
        line.lower(at),
        "the"
            | "a"
            | "an"
            | "his"
            | "her"
            | "their"
            | "its"
            | "all"
            | "several"
            | "many"
            | "more"
            | "up"
            | "himself"
            | "themselves"
            | "herself"
            | "him"
            | "them"
            | "two"
            | "people"
            | "at"
            | "some"
            | "innocent"
    );
    let least = line.lower(at) != "at" || matches!(line.lower(at + 1), "least" | "most");
    let up = line.lower(at) != "up" || line.lower(at + 1) == "to";
    let noun = line.is_word(at)
        && (line.capital(at) || line.has(at, PERSON | PERSONS | PEOPLE))
        && !line.has(at, STOP | PREP | CLAUSE | lexicon::WEEKDAY | lexicon::MONTH);
    determiner && least && up || noun
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
        self.strong_noun(q, counted)
            .or_else(|| self.verb(n, coordinated))
            .filter(|g| suits(self.line, counted, g.measure))
            .or_else(|| self.noun(counted))
            .map(|g| Governed { measure: personal(self.line, counted, g.measure), ..g })
    }

    fn verb(&self, n: usize, coordinated: Option<&Governed>) -> Option<Governed> {
        let (q, counted) = (&self.quantities[n], &self.counted[n]);
        self.behind(counted, false)
            .or_else(|| self.before(q))
            .or_else(|| self.toll(q, coordinated))
            .or_else(|| self.premodifier(counted))
            .or_else(|| self.behind(counted, true))
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
        Governed { measure: trigger.measure, spans: vec![span], at: Some(trigger.end), strong: true, direct }
    }

    /// "12 deaths", "no casualties", "12 wounded".
    fn strong_noun(&self, q: &Quantity, counted: &Counted) -> Option<Governed> {
        let head = counted.head?;
        if self.line.has(head, PERSON) && matches!(q.told, Told::Article | Told::Definite) {
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
            if !(is_filler(self.line, at) || far && walk.passes(self.line, self, at)) {
                return None;
            }
            walk.negated |= matches!(self.line.lower(at), "not" | "never");
            at += 1;
        }
        None
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
                return (trigger.side == Side::Behind).then(|| self.found(trigger, true));
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
        if matches!(word, "who" | "which") {
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

fn leads_to_trigger(line: &Line<'_>, search: &Search<'_>, at: usize) -> bool {
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
        Measure::Other
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
