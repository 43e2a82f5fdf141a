//! Which quantities are figures: whether enough stands around them, and whether they tell something new.

use ascribe_record::{Bound, Figure, Measure};

use super::carried::carried;
use super::counted::{self, Counted, are_people};
use super::lexicon::{self, PEOPLE, PERSON, PERSONS, PREP};
use super::measure::{Governed, Search, is_harm};
use super::quantity::{Quantity, Told, quantities};
use super::single;
use super::token::Line;
use super::trigger::Triggers;

/// A quantity that is a figure, with what was found around it.
pub(super) struct Draft {
    pub quantity: Quantity,
    pub counted: Counted,
    pub governed: Option<Governed>,
    pub attributes: Vec<counted::Attribute>,
}

impl Draft {
    /// The first token and the one behind all its words, the governing word included.
    pub(super) fn tokens(&self) -> (usize, usize) {
        let behind = self.governed.as_ref().and_then(|g| g.at).unwrap_or(0);
        (self.quantity.first, behind.max(self.counted.behind).max(self.quantity.end))
    }
}

/// The figures of a sentence before their dates, places and wholes; `told` is what the sentence before
/// measures.
pub(super) fn drafts(line: &Line<'_>, told: Option<&Governed>) -> Vec<Draft> {
    let quantities = quantities(line);
    let counted: Vec<Counted> = quantities.iter().map(|q| counted::counted(line, q)).collect();
    let triggers = Triggers::of(line, &quantities);
    let search = Search { line, triggers: &triggers, quantities: &quantities, counted: &counted };
    let mut last: Option<Governed> = None;
    let mut drafts = Vec::new();
    for n in 0..quantities.len() {
        let governed = search
            .governed(n, last.as_ref())
            .or_else(|| carried(line, &quantities[n], &counted[n], &drafts, told));
        let attributes = counted::attributes(line, &counted[n]);
        let draft = Draft {
            quantity: quantities[n].clone(),
            counted: counted[n].clone(),
            governed: governed.clone(),
            attributes,
        };
        let figure = is_figure(line, &draft)
            || is_elliptic(line, &draft, drafts.last())
            || is_bare_part(line, &draft.quantity, &drafts);
        if figure && !is_apposed(line, &draft, &drafts) && !is_of_subject(line, &draft, &drafts) {
            last = governed;
            drafts.push(draft);
        } else if !draft.quantity.is_single() || matches!(draft.quantity.told, Told::Pronoun | Told::Named) {
            last = None;
        }
    }
    drafts
}

/// Whether enough stands around a quantity to take it for a figure.
fn is_figure(line: &Line<'_>, draft: &Draft) -> bool {
    let Draft { quantity, counted, governed, attributes } = draft;
    // ".223" is no count of people.
    let split = quantity.lower.is_some_and(|n| n.fract() != 0.0 && n < 1000.0) && quantity.unit.is_none();
    if split && governed.as_ref().is_some_and(|g| is_harm(g.measure) || g.measure == Measure::Struck) {
        return false;
    }
    if governed.is_none() && is_name_or_phrase(line, quantity, counted) {
        return false;
    }
    let passing =
        quantity.told != Told::Digits && counted.head.is_some_and(|h| lexicon::is_passing(line.lower(h)));
    if governed.is_none() && passing {
        return false;
    }
    let strong = governed.as_ref().is_some_and(|g| g.strong && g.measure != Measure::Other);
    let harm = governed.as_ref().is_some_and(|g| g.strong && is_harm(g.measure));
    let person =
        counted.head.is_some_and(|h| line.has(h, PERSON | PEOPLE) && !line.has(h, PERSONS & !PEOPLE))
            || counted
                .head
                .is_some_and(|h| single::may_be_person(line, h) && harm && is_bodily(governed.as_ref()));
    match quantity.told {
        Told::Digits | Told::Words => {
            governed.is_some()
                || counted.head.is_some()
                || counted.of_pronoun
                || !attributes.is_empty()
                || is_measured(line, quantity)
        }
        Told::Vague => governed.is_some() || counted.head.is_some() || counted.of_pronoun,
        Told::One => strong && !is_oblique(line, draft) || counted.of_pronoun && !attributes.is_empty(),
        Told::Several => strong && are_people(line, counted) != Some(false),
        Told::Zero | Told::Both => harm && governed.as_ref().is_some_and(|g| g.direct),
        Told::Article => harm && (person || is_bare_person(line, draft)) && !is_oblique(line, draft),
        // Arrests and releases of named people are reported of suspects as often as of victims.
        Told::Named | Told::Pronoun => {
            let told = governed.as_ref().is_some_and(|g| g.direct && g.strong);
            let measure = governed.as_ref().map(|g| g.measure);
            told && !is_oblique(line, draft)
                && matches!(
                    measure,
                    Some(
                        Measure::Killed
                            | Measure::Injured
                            | Measure::Casualties
                            | Measure::Captured
                            | Measure::Missing
                    )
                )
        }
        // "the wounded man" and "threatened to kill the envoy" tell of nobody's harm.
        Told::Definite => {
            let told = governed.as_ref().is_some_and(|g| g.direct && g.at != Some(counted.end));
            // "the Northland dead"
            let whom = counted.head.is_some_and(|h| line.has(h, PERSON)) || quantity.end > quantity.first + 1;
            let group =
                !whom && matches!(line.lower(counted.end), "dead" | "wounded" | "injured" | "missing");
            harm && (person || is_bare_person(line, draft))
                && told
                && !group
                && (!is_oblique(line, draft) || line.lower(quantity.first.wrapping_sub(1)) == "of")
                && !is_one_of_those_told(line, draft)
                && line.lower(quantity.first.wrapping_sub(2)) != "to"
        }
    }
}

/// Whether a person is the apposition of one whose verb, in the singular, is the same: "Ada Lind, a
/// merchant, was killed".
fn is_apposed(line: &Line<'_>, draft: &Draft, drafts: &[Draft]) -> bool {
    let verb = draft.governed.as_ref().and_then(|g| g.at).filter(|_| draft.quantity.is_single());
    if let Some(last) = drafts.last().filter(|_| draft.quantity.told == Told::Article) {
        // "killed Ada Lind, a merchant"
        let of_name = last.quantity.told == Told::Named
            && last.quantity.end + 1 == draft.quantity.first
            && line.lower(last.quantity.end) == ",";
        let shared = verb.is_some() && last.governed.as_ref().and_then(|g| g.at) == verb;
        if of_name && shared {
            return true;
        }
    }
    let Some(verb) = verb.filter(|&at| at > draft.quantity.end) else { return false };
    let subject = |d: &&Draft| {
        d.quantity.is_single()
            && d.governed.as_ref().and_then(|g| g.at) == Some(verb)
            && d.quantity.end < verb
    };
    let plural =
        (verb.saturating_sub(6)..verb).any(|k| matches!(line.lower(k), "were" | "are" | "have" | "both"));
    !plural && drafts.iter().any(|d| subject(&d))
}

/// "Thirteen soldiers of the Oshel Guard were killed": the verb is said of the soldiers. Where nobody else is its
/// subject, "Lind, head of the guard, was killed" tells of one person, whichever noun is read.
fn is_of_subject(line: &Line<'_>, draft: &Draft, drafts: &[Draft]) -> bool {
    let of = line.lower(draft.quantity.first.wrapping_sub(1)) == "of";
    let verb = draft.governed.as_ref().and_then(|g| g.at).filter(|&at| at > draft.quantity.end);
    let definite = draft.quantity.told == Told::Definite && of && line.lower(draft.counted.behind) != "who";
    definite && verb.is_some() && drafts.iter().any(|d| d.governed.as_ref().and_then(|g| g.at) == verb)
}

/// Whether what happened befalls only bodies, so that an unknown noun names a person.
fn is_bodily(governed: Option<&Governed>) -> bool {
    governed.is_some_and(|g| matches!(g.measure, Measure::Killed | Measure::Injured | Measure::Casualties))
}

/// Whether a number that nothing governs names something ("787 Dreamliner", "12 Mini deal") or belongs to
/// a phrase ("over one thing").
fn is_name_or_phrase(line: &Line<'_>, quantity: &Quantity, counted: &Counted) -> bool {
    let one = quantity.lower.or(quantity.upper) == Some(1.0) && quantity.bound != Bound::Exact;
    let head = counted.head;
    let named = quantity.told == Told::Digits
        && quantity.bound == Bound::Exact
        && !line.shouted
        && quantity.lower.is_some_and(|n| n < 1000.0)
        && line.capital(quantity.end)
        && !lexicon::is_symbol(line.lower(quantity.end))
        && !line.has(quantity.end, PERSON | PERSONS | PEOPLE)
        && head.is_none_or(|h| !line.has(h, PERSONS | PEOPLE) && !line.lower(h).ends_with('s'));
    quantity.unit.is_none() && (named || one && quantity.told == Told::Words)
}

/// Whether a number in digits, though no noun follows, is too exact or too large to be a name: "rose to
/// 5,884", "8.5 kW", "up to 30".
fn is_measured(line: &Line<'_>, quantity: &Quantity) -> bool {
    let value = quantity.lower.or(quantity.upper).unwrap_or(0.0);
    let written = line.tokens[quantity.core].text;
    // "562", "5.50", "4850" name a room, a version, a form as often as they count.
    let arrived =
        matches!(line.lower(quantity.first.wrapping_sub(1)), "to" | "at" | "from" | "was" | "is" | "reached");
    let large = value >= 10_000.0 || value >= 1000.0 && (written.contains([',', '.']) || arrived);
    let split = value.fract() != 0.0 && arrived;
    // "555-1234" is a number to call.
    let dashed = quantity.bound == Bound::Range && line.inner_hyphen(quantity.core + 1);
    quantity.told == Told::Digits
        && !dashed
        && (large || split || is_change(line, quantity.first) || quantity.bound != Bound::Exact)
}

/// "rose to", "fell by" before `first`.
fn is_change(line: &Line<'_>, first: usize) -> bool {
    let change = |k: usize| {
        [
            "rise", "rose", "risen", "fell", "fall", "climb", "grew", "grow", "drop", "increas", "decreas",
            "jump", "declin", "slip", "edged", "gained", "shrank",
        ]
        .iter()
        .any(|begin| line.lower(k).starts_with(begin))
    };
    matches!(line.lower(first.wrapping_sub(1)), "to" | "by") && (first.saturating_sub(3)..first).any(change)
}

/// Whether the sentence opens with the whole of what it counts: "Of the 71 people who were killed, 44 ...".
pub(super) fn opens_with_whole(line: &Line<'_>, drafts: &[Draft]) -> bool {
    drafts.first().is_some_and(|d| d.quantity.first <= 2) && line.lower(0) == "of"
}

/// "44 were over 65", "52 lived on a ground floor", behind their whole.
fn is_bare_part(line: &Line<'_>, q: &Quantity, drafts: &[Draft]) -> bool {
    let verb = line.has(q.end, lexicon::BE | lexicon::PAST | lexicon::AUX)
        || lexicon::verb(line.lower(q.end)).is_some()
        || counted::is_verbal(line.lower(q.end));
    let joined = matches!(line.lower(q.first.wrapping_sub(1)), "and" | ",");
    let of_whom = line.phrase_before(q.first, "of whom").is_some() && !drafts.is_empty();
    let part = joined && opens_with_whole(line, drafts) || of_whom;
    matches!(q.told, Told::Digits | Told::Words) && q.unit.is_none() && part && verb
}

/// "435 homes by open sale and 187 by tender": what the second counts is told before.
fn is_elliptic(line: &Line<'_>, draft: &Draft, last: Option<&Draft>) -> bool {
    let q = &draft.quantity;
    let joined = matches!(line.lower(q.first.wrapping_sub(1)), "and" | ",");
    let bare = !line.is_word(q.end) || line.has(q.end, PREP);
    let like = |d: &Draft| {
        d.quantity.told == Told::Digits
            && d.quantity.unit.is_none()
            && d.counted.head.is_some()
            && q.first - d.counted.end.max(d.quantity.end) < 10
    };
    q.told == Told::Digits && q.unit.is_none() && joined && bare && last.is_some_and(like)
}

/// Without the pronouns and bodies of persons whose harm an earlier figure or draft tells already.
pub(super) fn told_once(drafts: Vec<Draft>, figures: &[Figure]) -> Vec<Draft> {
    let mut kept: Vec<Draft> = Vec::new();
    for draft in drafts {
        if draft.quantity.told != Told::Pronoun || !is_told_again(&draft, &kept, figures) {
            kept.push(draft);
        }
    }
    kept
}

fn is_told_again(draft: &Draft, before: &[Draft], figures: &[Figure]) -> bool {
    let measure = draft.governed.as_ref().map(|g| g.measure);
    let told = |n: Option<f64>| n.is_some_and(|n| n >= 1.0);
    let here = |d: &Draft| d.governed.as_ref().map(|g| g.measure) == measure && told(d.quantity.lower);
    before.iter().any(here) || figures.iter().any(|f| Some(f.measure) == measure && told(f.lower))
}

/// Whether a preposition takes a person out of the place of a subject: "named as a member, was killed".
fn is_oblique(line: &Line<'_>, draft: &Draft) -> bool {
    // "the home of a merchant who was killed"
    if line.lower(draft.counted.behind) == "who" {
        return false;
    }
    let before = line.lower(draft.quantity.first.wrapping_sub(1));
    let verb = draft.governed.as_ref().and_then(|g| g.at);
    matches!(before, "as" | "by" | "from" | "for" | "in" | "of" | "to" | "at" | "against" | "near")
        && verb.is_some_and(|at| at > draft.quantity.end)
}

/// "the youngest victim": one of those whom a toll counts.
fn is_one_of_those_told(line: &Line<'_>, draft: &Draft) -> bool {
    let victim = |h: usize| matches!(line.lower(h), "victim" | "casualty" | "fatality");
    let picked = |k: usize| {
        matches!(line.lower(k), "youngest" | "oldest" | "eldest" | "first" | "second" | "third" | "last")
    };
    let counted = &draft.counted;
    counted.head.is_some_and(victim) && (counted.first..counted.end).any(picked)
}

/// "wounding another", "a 34-year-old": a person whose noun is left out.
fn is_bare_person(line: &Line<'_>, draft: &Draft) -> bool {
    let direct = draft.governed.as_ref().is_some_and(|g| g.direct);
    let first = draft.quantity.first;
    let ordinal = draft.quantity.end == first + 2;
    let another = (line.lower(first) == "another" || ordinal) && draft.counted.is_empty();
    let aged = draft.counted.head.is_some_and(|h| line.lower(h) == "old");
    direct && (another || aged)
}
