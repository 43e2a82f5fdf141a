//! Words that say what happened to what is counted: verbs, states and nouns, and on which side of them
//! the counted phrase stands.

use ascribe_record::Measure;

use super::counted::is_verbal;
use super::lexicon::{self, AUX, BE, CLAUSE, PEOPLE, PERSON, PERSONS, PREP, STOP, VerbForm};
use super::phrase::phrase_at;
use super::quantity::Quantity;
use super::token::Line;
use crate::lexicon::is_determiner;

/// On which side of a trigger the counted phrase stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// Before it: "12 were killed", "12 dead".
    Before,
    /// Behind it: "killed 12", "the killing of 12".
    Behind,
}

/// Words that say what happened to what is counted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Trigger {
    pub first: usize,
    pub end: usize,
    pub measure: Measure,
    pub side: Side,
}

/// The triggers of a line by the token they begin at, and by the token they end before.
pub(super) struct Triggers {
    begins: Vec<Option<Trigger>>,
    ends: Vec<Option<Trigger>>,
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

    pub(super) fn begins_at(&self, i: usize) -> Option<Trigger> {
        self.begins.get(i).copied().flatten()
    }

    pub(super) fn ends_at(&self, i: usize) -> Option<Trigger> {
        self.ends.get(i).copied().flatten()
    }
}

fn trigger_at(line: &Line<'_>, starts: &[bool], before: &Triggers, i: usize) -> Option<Trigger> {
    phrase_at(line, starts, i).or_else(|| verb_at(line, starts, before, i))
}

fn verb_at(line: &Line<'_>, starts: &[bool], before: &Triggers, i: usize) -> Option<Trigger> {
    let verb = lexicon::verb(line.lower(i))?;
    // "treating the wounded", "those killed": whoever they are, no number tells of them.
    let noun = verb.form == VerbForm::Past
        && verb.transitive
        && matches!(line.lower(i.wrapping_sub(1)), "the" | "those" | "these" | "our" | "their")
        && (!line.is_word(i + 1) || line.has(i + 1, STOP | PREP | AUX));
    if noun {
        return None;
    }
    if verb.measure == Measure::Casualties && (shot_goes_on(line, i) || is_shot_at(line, i)) {
        return None;
    }
    let fatal = matches!(line.lower(i.wrapping_sub(1)), "fatally" | "mortally" | "fatal" | "deadly");
    let own = if fatal { Measure::Killed } else { of_wound(line, i, verb.measure) };
    let (end, measure) = joint_harm(line, i).unwrap_or((i + 1, own));
    if verb.form != VerbForm::Ing && (is_unreal(line, i) || is_unreal_passive(line, i, measure)) {
        return None;
    }
    let has_object = object_at(line, starts, end);
    // "paralysed the capital" harms nobody.
    if line.lower(i).starts_with("paraly") && has_object {
        return None;
    }
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

/// Whether the verb at `i` tells what was only meant to be: "threatened to kill", "would have killed".
fn is_unreal(line: &Line<'_>, i: usize) -> bool {
    let modal = |k: usize| matches!(line.lower(k), "would" | "could" | "should" | "might" | "must");
    if modal(i.wrapping_sub(1)) || line.lower(i.wrapping_sub(1)) == "have" && modal(i.wrapping_sub(2)) {
        return true;
    }
    let meant = |k: usize| {
        [
            "threat", "attempt", "tr", "plan", "plot", "inten", "want", "vow", "order", "fail", "refus",
            "promis", "warn", "calculat", "design",
        ]
        .iter()
        .any(|begin| line.lower(k).starts_with(begin))
            || matches!(
                line.lower(k),
                "sought" | "meant" | "mission" | "would" | "conspiracy" | "conspiring" | "conspired"
            )
    };
    line.lower(i.wrapping_sub(1)) == "to" && i > 1 && (i.saturating_sub(5)..i - 1).any(meant)
}

/// "would be executed", "could be hurt": harm that has not come.
fn is_unreal_passive(line: &Line<'_>, i: usize, measure: Measure) -> bool {
    let harm = matches!(
        measure,
        Measure::Killed | Measure::Injured | Measure::Casualties | Measure::Captured | Measure::Struck
    );
    let be = i.wrapping_sub(1);
    let modal = matches!(
        line.lower(be.wrapping_sub(1)),
        "would" | "could" | "should" | "might" | "must" | "will" | "can" | "'ll"
    );
    harm && line.lower(be) == "be" && modal
}

/// "shot dead", "shot and killed": the next word tells.
fn shot_goes_on(line: &Line<'_>, i: usize) -> bool {
    (i + 1..i + 4).take_while(|&k| line.is_word(k)).any(|k| {
        line.lower(k) == "dead"
            || lexicon::verb(line.lower(k))
                .is_some_and(|v| matches!(v.measure, Measure::Killed | Measure::Injured))
    })
}

/// "was shot at by two men": nobody need be hit.
fn is_shot_at(line: &Line<'_>, i: usize) -> bool {
    line.lower(i + 1) == "at"
        && (matches!(
            line.lower(i + 2),
            "by" | "and" | "from" | "but" | "while" | "when" | "as" | "him" | "them" | "police"
        ) || !line.is_word(i + 2))
}

/// Being shot is an injury where the text says that it was survived, or names the limb.
fn of_wound(line: &Line<'_>, i: usize, measure: Measure) -> Measure {
    if measure != Measure::Casualties {
        return measure;
    }
    let clause =
        |k: &usize| !matches!(line.lower(*k), ";" | "killed" | "died" | "dead" | "fatally" | "death");
    let limb = |k: usize| {
        matches!(
            line.lower(k),
            "back"
                | "neck"
                | "chest"
                | "stomach"
                | "abdomen"
                | "face"
                | "jaw"
                | "torso"
                | "throat"
                | "groin"
                | "leg"
                | "legs"
                | "arm"
                | "arms"
                | "foot"
                | "feet"
                | "hand"
                | "shoulder"
                | "knee"
                | "knees"
                | "thigh"
                | "ankle"
                | "buttocks"
                | "hip"
                | "elbow"
                | "wrist"
                | "calf"
        )
    };
    let survived = |k: usize| {
        matches!(
            line.lower(k),
            "survived"
                | "hospitalized"
                | "hospitalised"
                | "hospital"
                | "condition"
                | "recovering"
                | "survive"
                | "recover"
        )
    };
    let told =
        (i + 1..(i + 25).min(line.len())).take_while(clause).any(|k| limb(k) && k < i + 8 || survived(k));
    if told { Measure::Injured } else { measure }
}

/// "killed or injured": both together are casualties.
fn joint_harm(line: &Line<'_>, i: usize) -> Option<(usize, Measure)> {
    let harm = |k: usize| {
        lexicon::verb(line.lower(k))
            .map(|v| v.measure)
            .or((line.lower(k) == "dead").then_some(Measure::Killed))
    };
    let joint = matches!(line.lower(i + 1), "or" | "and" | "/");
    // "wounded and died" is one after the other.
    let intransitive = lexicon::verb(line.lower(i + 2)).is_some_and(|v| !v.transitive);
    let second = harm(i + 2).filter(|_| joint && !intransitive)?;
    let pair = (harm(i)?, second);
    // "stabbed and killed": the first tells how.
    let means =
        line.lower(i + 1) == "and" && !matches!(line.lower(i), "injured" | "wounded" | "hurt" | "maimed");
    if pair == (Measure::Injured, Measure::Killed) && means {
        return Some((i + 3, Measure::Killed));
    }
    matches!(pair, (Measure::Killed, Measure::Injured) | (Measure::Injured, Measure::Killed))
        .then_some((i + 3, Measure::Casualties))
}

/// Whether the participle at `i` has a passive auxiliary, its own or that of one it is joined to.
fn is_passive(line: &Line<'_>, before: &Triggers, i: usize) -> bool {
    let mut k = i;
    for _ in 0..5 {
        let Some(prev) = k.checked_sub(1) else { return false };
        if line.has(prev, BE) && !(line.lower(prev) == "am" && line.lower(prev.wrapping_sub(1)) != "i") {
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
pub(super) fn object_at(line: &Line<'_>, starts: &[bool], i: usize) -> bool {
    let mut at = i;
    while !starts[at.min(line.len())]
        && (matches!(line.lower(at), "dead" | "down" | "also")
            // "drowned off Ems" has none.
            || line.lower(at) == "off" && !line.capital(at + 1)
            || line.lower(at).ends_with("ly") && line.is_word(at))
    {
        at += 1;
    }
    if starts[at.min(line.len())] {
        return true;
    }
    let determiner = is_determiner(line.lower(at))
        || matches!(
            line.lower(at),
            "all"
                | "another"
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
