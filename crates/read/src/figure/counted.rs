//! What a quantity counts: the noun phrase behind it, and the qualifiers in and around it.

use ascribe_record::{Measure, Span};

use super::lexicon::{self, AUX, BE, PEOPLE, PERSON, PERSONS, PREP, STOP, STRUCK, THING};
use super::quantity::{Quantity, Told};
use super::token::{Kind, Line};

/// The noun phrase behind a quantity.
#[derive(Clone, Debug, Default)]
pub(super) struct Counted {
    /// Tokens `first..end`; empty where the text leaves it out.
    pub first: usize,
    pub end: usize,
    pub head: Option<usize>,
    /// "five of them", "three of whom".
    pub of_pronoun: bool,
    /// The token behind all of it.
    pub behind: usize,
}

impl Counted {
    fn empty(at: usize) -> Self {
        Self { first: at, end: at, head: None, of_pronoun: false, behind: at }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.first == self.end
    }
}

/// The longest noun phrase that is read, in tokens.
const MAX_TOKENS: usize = 9;

/// What `q` counts.
pub(super) fn counted(line: &Line<'_>, q: &Quantity) -> Counted {
    if q.unit == Some(Measure::Money) && !line.has(q.end, THING) {
        return Counted::empty(q.end);
    }
    if matches!(q.told, Told::Named | Told::Pronoun) {
        return Counted::empty(q.end);
    }
    if let Some(family) = family_of(line, q) {
        return Counted { behind: q.end, ..family };
    }
    let mut at = q.end;
    at += usize::from(line.inner_hyphen(at) && q.unit.is_some());
    // "10 kW", "150 km/h"
    let measured = q.unit.is_some_and(|unit| unit != Measure::Percent);
    let plain = lexicon::unit(line.lower(at)).is_some();
    let symbol = lexicon::is_symbol(line.lower(at)) && (plain || line.glued(at) || line.capital(at));
    // "a five-year deal"
    let compound = at > q.end && plain;
    if measured && (symbol || compound) && line.is_word(at) {
        return Counted { first: at, end: at + 1, head: Some(at), of_pronoun: false, behind: at + 1 };
    }
    if matches!(line.lower(at), "more" | "additional") && line.lower(at + 1) != "than" {
        at += 1;
    }
    if line.lower(at) == "of" {
        return of_phrase(line, q, at + 1);
    }
    if matches!(line.lower(at), "the" | "their" | "his" | "its") && matches!(q.told, Told::Both | Told::Words)
    {
        at += usize::from(q.told == Told::Both || q.unit == Some(Measure::Percent));
    }
    let singular = matches!(q.told, Told::One | Told::Article | Told::Definite);
    let aged = super::person::age_end(line, at);
    if singular && aged > at {
        let phrase = noun_phrase(line, aged, singular);
        let end = phrase.end.max(aged);
        return Counted {
            first: at,
            end,
            head: phrase.head.or(Some(aged - 1)),
            of_pronoun: false,
            behind: end,
        };
    }
    let phrase = noun_phrase(line, at, singular);
    // "30 injured": a state, not a noun, however much it is used as one.
    let bare = phrase.end == phrase.first + 1 && is_state(line.lower(phrase.first)) && q.told != Told::Zero;
    if bare { Counted::empty(at) } else { phrase }
}

/// "a family of five": what is counted stands before.
fn family_of(line: &Line<'_>, q: &Quantity) -> Option<Counted> {
    let of = q.first.checked_sub(2)?;
    let group =
        matches!(line.lower(of), "family" | "team" | "crew" | "gang" | "party") && line.lower(of + 1) == "of";
    let free =
        !line.is_word(q.end) || line.has(q.end, STOP | AUX) || lexicon::verb(line.lower(q.end)).is_some();
    (group && free && q.unit.is_none()).then(|| Counted {
        first: of,
        end: of + 1,
        head: Some(of),
        ..Counted::empty(of)
    })
}

fn of_phrase(line: &Line<'_>, q: &Quantity, mut at: usize) -> Counted {
    if matches!(line.lower(at), "them" | "whom" | "which" | "us" | "those" | "these") {
        let held = Counted::empty(q.end);
        return Counted { of_pronoun: true, behind: at + 1, ..held };
    }
    while matches!(
        line.lower(at),
        "the" | "these" | "those" | "their" | "his" | "its" | "our" | "her" | "all"
    ) {
        at += 1;
    }
    // "24 of its 30 games"
    let whole = super::number::number_at(line, at).filter(|_| line.kind(at) == Some(Kind::Number));
    noun_phrase(line, whole.map_or(at, |n| n.end), false)
}

/// The noun phrase at `at`: premodifiers and head.
fn noun_phrase(line: &Line<'_>, at: usize, singular: bool) -> Counted {
    let mut head = None;
    let mut k = at;
    while k < line.len() && k - at < MAX_TOKENS {
        // "at least 40 two days earlier": another number counts something else.
        if lexicon::unit(line.lower(k + 1)).is_some() && super::number::number_at(line, k).is_some() {
            break;
        }
        if line.inner_hyphen(k) && k > at && line.is_word(k + 1) {
            k += 1;
            continue;
        }
        if !belongs(line, at, k, head, singular) {
            break;
        }
        if is_head(line, k, singular) {
            head = Some(k);
        }
        k += 1;
    }
    let trailing = head.is_some_and(|h| h + 1 < k && singular && line.has(h, PEOPLE));
    let head = head.filter(|_| !trailing).or_else(|| lone_head(line, at, k, singular));
    let Some(head) = head else { return Counted::empty(at) };
    let end = with_second(line, head, singular);
    let named = singular && line.has(head, PERSON);
    let behind = if named { name_behind(line, end) } else { end };
    Counted { first: at, end, head: Some(head), of_pronoun: false, behind }
}

/// The token behind the name that follows a title at `at`: "the driver Ada B. Lind".
fn name_behind(line: &Line<'_>, at: usize) -> usize {
    let mut k = at;
    while k < at + 5
        && line.is_word(k)
        && line.capital(k)
        && !line.has(k, STOP | PREP | AUX | BE | lexicon::MONTH | lexicon::WEEKDAY)
    {
        let initial = line.lower(k).chars().count() == 1 && line.lower(k + 1) == ".";
        k += 1 + usize::from(initial);
    }
    k
}

/// Whether token `k` may stand in a noun phrase that began at `first`.
fn belongs(line: &Line<'_>, first: usize, k: usize, head: Option<usize>, singular: bool) -> bool {
    let word = line.lower(k);
    if !line.is_word(k)
        || line.has(k, STOP) && !(line.has(k, PERSONS | PERSON) && k == first)
        || line.has(k, PREP | BE)
    {
        return false;
    }
    // Present forms are nouns as often as not: "air strikes".
    let verb = lexicon::verb(word).is_some_and(|v| v.form != lexicon::VerbForm::Present);
    let verbal = verb || is_verbal(word) || word.ends_with("ly");
    // "a cargo handler suffered cuts": behind who may be a person it is the verb.
    let told = singular && k > first && super::single::may_be_person(line, k - 1);
    match head {
        None if verbal && told => false,
        None if verbal || word == "dead" => {
            noun_follows(line, k + 1, if singular { 7 } else { 3 })
                || line.has(k, PERSONS) && !followed_as_state(line, k)
        }
        None => true,
        // A participle or a state behind the head says what happened to it.
        // "a Northland retired teacher"
        Some(head) if verbal && singular && line.has(head, PEOPLE) && noun_follows(line, k + 1, 2) => true,
        // "two flight training officers"
        Some(head) if word.ends_with("ing") && line.has(k + 1, PERSONS) && !is_plural(line.lower(head)) => {
            !line.has(head, PERSON | PERSONS)
        }
        Some(_) if verbal || line.has(k, lexicon::ADVERB | AUX) => false,
        Some(_) if matches!(word, "dead" | "missing" | "injured" | "wounded") => false,
        Some(head) => {
            // "a Northland government spokesman": the people's name is an adjective.
            let adjective = singular && line.has(head, PEOPLE) && !line.has(head, PERSONS);
            let known = line.has(k, PERSON | PERSONS | THING) || adjective;
            // "an embassy contract guard": the person is told last.
            let ahead = singular
                && !line.has(head, PERSON | PERSONS)
                && (k + 1..k + 3)
                    .take_while(|&k| line.is_word(k) && !line.has(k, STOP | PREP | AUX))
                    .any(|k| line.has(k, PERSON));
            // "two bomb squad officers"
            let squad = !singular
                && !line.has(head, PERSON | PERSONS)
                && !is_plural(line.lower(head))
                && (k..k + 3)
                    .take_while(|&k| line.is_word(k) && !line.has(k, STOP | PREP | AUX))
                    .any(|k| line.has(k, PERSONS));
            if ahead || squad {
                return true;
            }
            let compound = singular || !line.has(head, PERSONS) || line.has(head, PEOPLE);
            known && (compound || line.has(k, PERSONS)) && !line.has(k, lexicon::PAST)
        }
    }
}

/// Whether the "dead" or "injured" at `k` is an adjective: a noun for people follows.
fn followed_as_state(line: &Line<'_>, k: usize) -> bool {
    line.has(k + 1, PERSONS)
}

/// Words in "-ed" and "-ing", which may be verbs.
pub(super) fn is_verbal(word: &str) -> bool {
    word.len() > 4
        && (word.ends_with("ed") || word.ends_with("ing"))
        && !matches!(word, "hundred" | "wedding" | "building" | "sibling" | "being" | "morning" | "evening")
}

/// Whether a plural noun or a person comes within the next words of the phrase.
fn noun_follows(line: &Line<'_>, at: usize, reach: usize) -> bool {
    (at..at + reach)
        .take_while(|&k| (line.is_word(k) || line.inner_hyphen(k)) && !line.has(k, STOP | PREP | AUX))
        .any(|k| {
            line.has(k, PERSON | PERSONS)
                && !matches!(line.lower(k), "dead" | "injured" | "wounded" | "missing")
                || super::single::may_be_person(line, k)
                || is_plural(line.lower(k))
        })
}

/// Whether an unknown word looks like a plural.
fn is_plural(word: &str) -> bool {
    word.len() > 3
        && word.ends_with('s')
        && !word.ends_with("ss")
        && !word.ends_with("us")
        && !word.ends_with("'s")
        && !word.ends_with("is")
}

fn is_head(line: &Line<'_>, k: usize, singular: bool) -> bool {
    let known = if singular { PERSON | PERSONS | PEOPLE } else { PERSONS };
    !line.lower(k).ends_with("'s") && (line.has(k, known | THING) || is_plural(line.lower(k)))
}

/// The last of words that no table knows: "12 Taliban", "one bystander".
fn lone_head(line: &Line<'_>, first: usize, end: usize, singular: bool) -> Option<usize> {
    let last = end.checked_sub(1).filter(|&last| last >= first && !line.lower(last).ends_with("'s"))?;
    (singular || line.capital(last) || line.has(last, PERSON | PEOPLE)).then_some(last)
}

/// Takes "and children" into "women and children".
fn with_second(line: &Line<'_>, head: usize, singular: bool) -> usize {
    let joined = matches!(line.lower(head + 1), "and" | "or") && !singular;
    let person = line.has(head, PERSONS) && line.has(head + 2, PERSONS);
    let free =
        lexicon::verb(line.lower(head + 2)).is_none() && !matches!(line.lower(head + 2), "others" | "dead");
    let strong = lexicon::noun_measure(lexicon::STRONG_NOUNS, line.lower(head + 2)).is_some()
        && lexicon::noun_measure(lexicon::STRONG_NOUNS, line.lower(head)).is_some();
    if joined && (person && free || strong) { head + 3 } else { head + 1 }
}

/// Whether what is counted are people, as far as the tables know: `Some(false)` for things.
pub(super) fn are_people(line: &Line<'_>, counted: &Counted) -> Option<bool> {
    let head = counted.head?;
    if line.has(head, PERSON | PERSONS | PEOPLE) {
        Some(true)
    } else if line.has(head, THING | STRUCK | lexicon::ATTACK) {
        Some(false)
    } else {
        None
    }
}

/// A qualifier with its words.
pub(super) type Attribute = (String, Span);

/// The qualifiers of a figure: normalised or worded nouns in the counted phrase, a predicate noun
/// behind it, a participle with its phrase.
pub(super) fn attributes(line: &Line<'_>, counted: &Counted) -> Vec<Attribute> {
    let mut found: Vec<Attribute> = Vec::new();
    for k in counted.first..counted.end {
        add(line, k, &mut found);
    }
    for k in predicate_noun(line, counted) {
        add(line, k, &mut found);
    }
    found.extend(qualifier(line, counted.behind));
    found
}

fn add(line: &Line<'_>, k: usize, found: &mut Vec<Attribute>) {
    let word = line.lower(k);
    let name = match lexicon::attribute(word) {
        Some(name) => name.to_owned(),
        None if lexicon::is_worded_attribute(word) && line.is_word(k) => line.tokens[k].text.to_owned(),
        None => return,
    };
    if found.iter().all(|(other, _)| *other != name) {
        found.push((name, line.tokens[k].span));
    }
}

/// The noun in "33 are women", "one of them a child", "most of them women".
fn predicate_noun(line: &Line<'_>, counted: &Counted) -> std::ops::Range<usize> {
    let at = counted.behind;
    let linked = line.has(at, BE);
    if !linked && !counted.of_pronoun {
        return at..at;
    }
    let mut k = at + usize::from(linked);
    k += usize::from(matches!(line.lower(k), "a" | "an" | "all"));
    let begin = k;
    while k < begin + 4
        && line.is_word(k)
        && !line.has(k, STOP | PREP | AUX)
        && lexicon::verb(line.lower(k)).is_none()
    {
        k += 1;
    }
    // "were injured" is no noun; the phrase must hold a person.
    let person = (begin..k).any(|k| line.has(k, PERSON | PERSONS | PEOPLE) && !is_state(line.lower(k)));
    if person { begin..k } else { begin..begin }
}

fn is_state(word: &str) -> bool {
    matches!(word, "dead" | "missing" | "injured" | "wounded")
}

/// "incarcerated in Israeli jails" behind the noun; "under administrative detention" behind the verb.
fn qualifier(line: &Line<'_>, at: usize) -> Option<Attribute> {
    let detains = |k: usize| {
        lexicon::verb(line.lower(k))
            .is_some_and(|v| v.measure == Measure::Detained && v.form == lexicon::VerbForm::Past)
    };
    let first = if detains(at) && line.has(at + 1, PREP) && line.lower(at + 1) != "by" {
        at
    } else {
        let mut k = at;
        while line.has(k, AUX) && k < at + 4 {
            k += 1;
        }
        let k = if detains(k) { k + 1 } else { at };
        matches!(line.lower(k), "under" | "without").then_some(k)?
    };
    let end = phrase_end(line, first + 1);
    (end > first + 1).then(|| {
        let span = line.span(first, end);
        (span.of(line.text).to_owned(), span)
    })
}

/// Where the prepositional phrase that runs on from `at` ends.
fn phrase_end(line: &Line<'_>, at: usize) -> usize {
    let mut k = at;
    while k < at + 8 && (line.is_word(k) || line.inner_hyphen(k)) {
        let inner = matches!(line.lower(k), "the" | "of" | "a" | "an" | "in" | "their" | "its" | "or");
        let goes_on = inner && (k == at || line.lower(k) != "in");
        if line.has(k, STOP | AUX | PREP) && !goes_on || line.has(k, lexicon::WEEKDAY | lexicon::MONTH) {
            break;
        }
        k += 1;
    }
    while k > at && matches!(line.lower(k - 1), "the" | "of" | "a" | "an" | "or") {
        k -= 1;
    }
    k
}
