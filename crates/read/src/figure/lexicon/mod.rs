//! The tables of English words that the rules for figures consult.
//!
//! Every table is a string of words; `flags` looks a small-letter word up in all of them at once.
//! `words` holds nouns and small words, `verbs` what verbs do to their object or subject, `phrases` states,
//! events and nouns that tell a measure, `unit` units of measure and money.

mod phrases;
mod unit;
mod verbs;
mod words;

use std::collections::HashMap;
use std::sync::LazyLock;

pub(super) use phrases::{
    EVENTS, STATES, STRONG_NOUNS, WEAK_NOUNS, is_passing, names_no_person, noun_measure,
};
pub(super) use unit::{glued_unit, is_currency_code, is_currency_sign, is_symbol, unit};
pub(super) use verbs::{VerbForm, verb};
use words::TABLES;

/// Which tables a word stands in, one bit each.
pub(crate) type Flags = u32;

/// Persons, singular.
pub(super) const PERSON: Flags = 1;
/// Persons, plural or collective.
pub(super) const PERSONS: Flags = 1 << 1;
/// Things, animals and matters that nobody kills, arrests or frees as people.
pub(super) const THING: Flags = 1 << 2;
/// Ends a noun phrase: prepositions, conjunctions, determiners, pronouns, auxiliaries.
pub(super) const STOP: Flags = 1 << 3;
/// Auxiliaries and what stands between them and a participle.
pub(super) const AUX: Flags = 1 << 4;
/// Forms of "be" and "get", which make a participle passive.
pub(super) const BE: Flags = 1 << 5;
/// Prepositions.
pub(super) const PREP: Flags = 1 << 6;
/// Adverbs that do not end in "-ly".
pub(super) const ADVERB: Flags = 1 << 7;
/// Verbs of saying.
pub(super) const SAY: Flags = 1 << 8;
/// Words that begin a clause with its own events.
pub(super) const CLAUSE: Flags = 1 << 9;
/// Nouns that a number names rather than counts: "Route 9".
pub(super) const LABEL: Flags = 1 << 10;
/// Months.
pub(crate) const MONTH: Flags = 1 << 11;
/// Days of the week.
pub(super) const WEEKDAY: Flags = 1 << 12;
/// Nationalities and peoples.
pub(super) const PEOPLE: Flags = 1 << 13;
/// Buildings and other things that are struck or destroyed.
pub(super) const STRUCK: Flags = 1 << 14;
/// What kills: weapons, attacks and disasters.
pub(super) const CAUSE: Flags = 1 << 15;
/// Attacks.
pub(super) const ATTACK: Flags = 1 << 16;
/// Verbs in the past that are no trigger: with one of these before it an "and" opens a clause.
pub(super) const PAST: Flags = 1 << 17;
/// Adjectives that stand between a place's article and its name.
pub(super) const REGION: Flags = 1 << 18;
static FLAGS: LazyLock<HashMap<&'static str, Flags>> = LazyLock::new(|| {
    let mut flags = HashMap::new();
    for (flag, words) in TABLES {
        for word in words.split_whitespace() {
            *flags.entry(word).or_default() |= flag;
        }
    }
    flags
});

/// The tables that `word`, in small letters, stands in. Plurals of persons and adjectives of
/// peoples with their plurals need no entry of their own.
pub(super) fn flags(word: &str) -> Flags {
    let own = FLAGS.get(word).copied().unwrap_or(0);
    own | plural_flags(word) | people_flags(word)
}

/// What the singular of a plural in "-s" says of it.
fn plural_flags(word: &str) -> Flags {
    let singular = |ending: &str, with: &str| {
        let stem = word.strip_suffix(ending)?;
        FLAGS.get(format!("{stem}{with}").as_str()).copied()
    };
    let found = singular("ies", "y").or_else(|| singular("s", "")).or_else(|| singular("es", ""));
    match found {
        Some(flags) if flags & PERSON != 0 => PERSONS,
        Some(flags) if flags & PEOPLE != 0 => PEOPLE | PERSONS,
        _ => 0,
    }
}

/// Compounds: "paratrooper", "ex-policemen", "schoolgirls".
fn people_flags(word: &str) -> Flags {
    if word.len() < 7 {
        return 0;
    }
    if word.ends_with("women")
        || (word.ends_with("men")
            && !word.ends_with("ment")
            && !matches!(word, "regimen" | "specimen" | "abdomen"))
    {
        PERSONS
    } else if word.ends_with("woman") || word.ends_with("man") && word != "ottoman" {
        PERSON
    } else {
        0
    }
}

/// Attributes that are normalised.
pub(super) fn attribute(word: &str) -> Option<&'static str> {
    let name = match word {
        "woman" | "women" | "female" | "females" | "policewoman" | "policewomen" | "mothers" => "women",
        "man" | "men" | "male" | "males" => "men",
        "child" | "children" | "minor" | "minors" | "kid" | "kids" | "boy" | "boys" | "girl" | "girls"
        | "teenager" | "teenagers" | "infant" | "infants" | "baby" | "babies" | "toddler" | "toddlers"
        | "schoolchild" | "schoolchildren" | "schoolboy" | "schoolboys" | "schoolgirl" | "schoolgirls"
        | "juveniles" => "minors",
        "civilian" | "civilians" => "civilians",
        _ => return None,
    };
    Some(name)
}

/// Attributes that are kept as worded.
const WORDED: &str = "soldier soldiers troops troop police policeman policemen militant militants rebel rebels fighter \
    fighters guerrilla guerrillas gunman gunmen insurgent insurgents terrorist terrorists militiaman militiamen militia \
    officer officers paramilitary paramilitaries settler settlers journalist journalists foreigner foreigners foreign \
    peacekeeper peacekeepers combatant combatants";

pub(super) fn is_worded_attribute(word: &str) -> bool {
    flags(word) & PEOPLE != 0 || WORDED.split_whitespace().any(|w| w == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plurals_are_persons() {
        for word in ["farmers", "deputies", "tribeswomen", "palestinians", "policemen", "workers"] {
            assert!(flags(word) & PERSONS != 0, "{word}");
        }
        assert_eq!(flags("villages") & PERSONS, 0);
    }
}
