//! Sources of whom the text gives no name.

use std::collections::BTreeSet;

use ascribe_record::{Act, Naming, Statement};

use crate::draft::Draft;
use crate::finding::{Finding, Kind};

/// Words that name nobody, whatever stands before them.
const NOBODY: &[&str] = &["source", "sources", "insider", "insiders"];

/// Many at once, of whom none is told.
const GROUPS: &[&str] =
    &["experts", "critics", "observers", "analysts", "commentators", "pundits", "some", "many"];

/// Someone whom a draft could name, behind a word of [`ANY`].
const SOMEBODY: &[&str] = &[
    "official",
    "officials",
    "aide",
    "aides",
    "adviser",
    "advisers",
    "advisor",
    "advisors",
    "diplomat",
    "diplomats",
    "lawmaker",
    "lawmakers",
    "operative",
    "operatives",
    "officer",
    "officers",
    "commander",
    "commanders",
    "staffer",
    "staffers",
    "employee",
    "employees",
    "executive",
    "executives",
    "strategist",
    "strategists",
    "witness",
    "witnesses",
    "resident",
    "residents",
    "neighbor",
    "neighbors",
    "neighbour",
    "neighbours",
    "survivor",
    "survivors",
    "doctor",
    "doctors",
    "medic",
    "medics",
    "worker",
    "workers",
    "expert",
    "critic",
    "observer",
    "analyst",
    "friend",
    "friends",
    "relative",
    "relatives",
    "colleague",
    "colleagues",
    "ally",
    "allies",
    "supporter",
    "supporters",
    "minister",
    "ministers",
    "soldier",
    "soldiers",
];

/// Words that leave open which one, or how many, they are.
const ANY: &[&str] = &[
    "a",
    "an",
    "one",
    "another",
    "some",
    "several",
    "many",
    "two",
    "three",
    "four",
    "various",
    "unnamed",
    "unidentified",
    "anonymous",
];

/// People of whom only what they know is told: "a person familiar with the talks".
const PEOPLE: &[&str] = &["person", "people", "man", "woman", "someone"];

/// What people are said to know.
const KNOWING: &[&str] = &["familiar", "close", "knowledge", "briefed", "involved", "informed"];

/// Words behind the noun that the source is called by.
const BEHIND: &[&str] = &[
    "who", "whom", "that", "which", "with", "in", "from", "of", "close", "familiar", "speaking", "for", "at",
    "on", "inside", "within", "near", "to", "briefed", "involved", "and", "said", "has", "had",
];

/// What is said of a source that is not to be named.
const WITHHELD: &[&str] = &[
    "anonymity",
    "anonymously",
    "not to be named",
    "not to be identified",
    "declined to be named",
    "declined to be identified",
    "requested not to be",
    "not authorized to speak",
    "not authorised to speak",
];

pub(crate) fn unnamed(draft: &Draft<'_>) -> Vec<Finding> {
    let mut told = BTreeSet::new();
    let statements = draft.reading.statements.iter().filter(|s| is_unnamed(draft, s));
    // Who is told again is asked about once.
    let first = statements.filter(|s| s.speaker.actor.is_none_or(|actor| told.insert(actor)));
    first
        .filter_map(|s| {
            let message = "This source has no name in the text.";
            Some(Finding::new(Kind::UnnamedSource, s.source.cover()?, message))
        })
        .collect()
}

fn is_unnamed(draft: &Draft<'_>, statement: &Statement) -> bool {
    let Some(span) = statement.source.cover().filter(|span| !draft.in_title(span.begin)) else {
        return false;
    };
    let speaks = !matches!(statement.act, Act::Ask | Act::Support | Act::Condemn | Act::Other);
    if !(speaks && matches!(statement.speaker.naming, Naming::Unnamed | Naming::RoleOnly)) {
        return false;
    }
    let words: Vec<&str> = draft.words_in(span).iter().map(|word| word.lower.as_str()).collect();
    let noun = words.iter().skip(1).position(|w| BEHIND.contains(w) || !w.starts_with(char::is_alphanumeric));
    let (Some(first), Some(head)) = (words.first(), words.get(noun.unwrap_or(words.len().saturating_sub(1))))
    else {
        return false;
    };
    let known =
        matches!(*first, "the" | "this" | "that" | "these" | "those" | "his" | "her" | "their" | "its");
    let withheld = WITHHELD.iter().any(|phrase| draft.sentence(span.begin).of(draft.text).contains(phrase));
    // "Some of his classmates" are known.
    let of_known = matches!(*head, "some" | "many") && noun.is_some_and(|at| words[at + 1] == "of");
    let knowing = PEOPLE.contains(head) && words.iter().any(|word| KNOWING.contains(word));
    let open = NOBODY.contains(head)
        || GROUPS.contains(head)
        || knowing
        || ANY.contains(first) && SOMEBODY.contains(head);
    open && !known && !of_known || withheld && SOMEBODY.contains(head) && words.len() > 1
}
