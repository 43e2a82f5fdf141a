//! Roles and affiliations beside names: "Hamas's deputy chief, Saleh al-Arouri"; "Ada Lind, a
//! spokeswoman for the ministry"; "Addameer, a prisoners' rights NGO".

use ascribe_text::Gap;

use crate::affiliation::{affiliation_after, before_possessive, is_courtesy, speaks_for, start_of_phrase};
use crate::document::{Document, WordRange};
use crate::lexicon as lex;
use crate::name::is_capital;

/// What a party is, as worded, and whom it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Role {
    /// Empty if only the affiliation is told: "Oren Dahl of the River Union".
    pub(crate) words: WordRange,
    pub(crate) affiliation: Option<WordRange>,
}

impl Role {
    /// Its first word, or that of the affiliation if there is nothing else.
    pub(crate) fn start(&self) -> usize {
        let affiliation = self.affiliation.as_ref().filter(|_| self.words.is_empty());
        affiliation.unwrap_or(&self.words).start
    }
}

/// How many words an apposition may have.
pub(crate) const LONGEST: usize = 14;

pub(crate) fn lower<'d>(document: &'d Document<'_>, i: usize) -> &'d str {
    document.words.get(i).map_or("", |w| w.lower.as_str())
}

/// Whether a word can be the head of what someone is: a noun of persons, one or several.
pub(crate) fn is_role_head(word: &str) -> bool {
    lex::is_person_noun(word) || lex::is_group_noun(word)
}

/// Whether word `at` is one. With a capital it may be a surname ("Schumer"), so only the listed nouns of
/// one person are.
pub(crate) fn is_role_head_at(document: &Document<'_>, at: usize) -> bool {
    let word = lower(document, at);
    let title = document.words.get(at).is_some_and(is_capital);
    if title { lex::ROLES.contains(word) } else { is_role_head(word) }
}

/// The role whose head is at `head` in a phrase that begins at `start`, determiner left out, with the
/// affiliation inside it or behind it.
pub(crate) fn role_in(document: &Document<'_>, start: usize, head: usize) -> Option<Role> {
    let end = end_of_office(document, head);
    let possessor = (start..head).rev().find_map(|i| {
        let end = before_possessive(document, i + 1).filter(|&e| e > start)?;
        let names = is_capital(&document.words[end - 1])
            || is_role_head(lower(document, head)) && !lower(document, end - 1).ends_with('s');
        names.then_some((end, i + 1))
    });
    if let Some((possessor, role)) = possessor {
        let from = (start..possessor).find(|&i| is_capital(&document.words[i])).unwrap_or(start);
        let title = (from..possessor).take_while(|&i| is_courtesy(document, i)).count();
        let affiliation = from + title < possessor;
        return Some(Role {
            words: skip_passing(document, role, head)..end,
            affiliation: affiliation.then_some(from + title..possessor),
        });
    }
    let start = skip_passing(document, start, head);
    // "Foreign Minister" is all office; "Union official" and "State Department Spokesman" are not.
    let office = |i: usize| {
        let word = lower(document, i);
        is_capital(&document.words[head])
            && !lex::PARTISANS.contains(word)
            && (lex::ROLE_MODIFIERS.contains(word) || lex::TITLES.contains(word) || lex::ROLES.contains(word))
    };
    let offices = (start..head).rev().take_while(|&i| office(i)).count();
    let of_party = |i: usize| {
        let word = &document.words[i];
        lex::DEMONYMS.contains(word.lower.as_str())
            || is_capital(word) && i < head - offices && !lex::is_passing_title(&word.lower)
    };
    let hyphen = |i: usize| lower(document, i) == "-" && document.words[i].gap == Gap::Glued;
    // "Harrow-based", "Harrow Prize-winning": a compound tells something else.
    let compound = |i: usize| {
        let end = (i..head).find(|&j| !of_party(j)).unwrap_or(head);
        hyphen(end) && document.words[end + 1].shape == ascribe_text::Shape::Lower && end + 1 < head
    };
    // "former RT journalists": what stands before the party's name goes.
    let begins = |i: usize| of_party(i) && !(i > start && hyphen(i - 1)) && !compound(i);
    let from = (start..head).find(|&i| begins(i)).unwrap_or(head);
    let joined = |i: usize| hyphen(i) && i + 1 < head && of_party(i + 1);
    let belongs = (from..head).take_while(|&i| of_party(i) && !compound(i) || i > from && joined(i)).count();
    if belongs > 0 && is_role_head(lower(document, head)) {
        let mut affiliation = from..from + belongs;
        // "the Northland interior ministry | official".
        if head > affiliation.end && speaks_for(lower(document, head), lower(document, head - 1)) {
            affiliation.end = head;
        }
        return Some(Role {
            words: skip_passing(document, affiliation.end, head)..end,
            affiliation: Some(affiliation),
        });
    }
    let government = start < head
        && lex::GOVERNMENT.contains(lower(document, start))
        && is_role_head(lower(document, head));
    if government {
        return Some(Role { words: start + 1..end, affiliation: Some(start..start + 1) });
    }
    // "a health ministry official", "a company spokesman".
    if start < head && speaks_for(lower(document, head), lower(document, head - 1)) {
        let from = start_of_phrase(document, head).max(start);
        if from < head {
            return Some(Role { words: head..end, affiliation: Some(from..head) });
        }
    }
    Some(Role { words: start..end, affiliation: affiliation_after(document, end) })
}

/// The end of an office, which may go on behind its head: "chief of staff", "editor in
/// chief", "chairman and chief executive".
pub(crate) fn end_of_office(document: &Document<'_>, head: usize) -> usize {
    const BEHIND: [(&str, usize); 6] = [
        ("of staff", 2),
        ("of state", 2),
        ("in chief", 2),
        ("at large", 2),
        ("of parliament", 2),
        ("- in - chief", 4),
    ];
    let stands = |(words, _): &&(&str, usize)| {
        words.split(' ').enumerate().all(|(n, word)| lower(document, head + 1 + n) == word)
    };
    if let Some((_, n)) = BEHIND.iter().find(stands) {
        return head + 1 + n;
    }
    if lower(document, head + 1) == "and" {
        let ends = |i: usize| {
            document.words.get(i).is_none_or(|w| w.is_mark() || is_preposition(&w.lower) || w.lower == "and")
        };
        let end = (head + 2..head + 7).find(|&i| ends(i)).unwrap_or(head + 2);
        let plain = !lex::is_determiner(lower(document, head + 2));
        let lower_case = (head + 2..end).all(|i| !is_capital(&document.words[i]));
        if end > head + 2 && plain && lower_case && lex::is_person_noun(lower(document, end - 1)) {
            return end;
        }
    }
    head + 1
}

/// The first word from `start` that tells something of an office, at the latest `head`.
pub(crate) fn skip_passing(document: &Document<'_>, start: usize, head: usize) -> usize {
    let passing = |i: &usize| {
        let word = &document.words[*i];
        lex::PASSING.contains(word.lower.as_str())
            || word.shape == ascribe_text::Shape::Digit
            || matches!(word.lower.as_str(), "a" | "an" | "the" | ",")
    };
    let start = start + (start..head).take_while(passing).count();
    // "68 | -year-old mayor": the digits are gone already.
    let age =
        ["-", "year", "-", "old"].iter().enumerate().all(|(n, word)| lower(document, start + n) == *word);
    if age && start + 4 < head {
        skip_passing(document, start + 4, head)
    } else {
        start + if age { 4 } else { 0 }
    }
}

pub(crate) fn end_of_apposition(document: &Document<'_>, start: usize) -> usize {
    let words = &document.words;
    let stops = |i: usize| {
        let word = &words[i];
        let genitive = matches!(word.lower.as_str(), "’" | "'") && word.gap == Gap::Glued;
        let hyphen = word.lower == "-" && word.gap == Gap::Glued;
        let before = if i > start { words[i - 1].lower.as_str() } else { "" };
        let initial = word.lower == "." && (before.len() == 1 || is_courtesy(document, i - 1));
        (word.is_mark() && !genitive && !hyphen && !initial)
            || matches!(word.gap, Gap::Paragraph)
            || matches!(
                word.lower.as_str(),
                "who"
                    | "whom"
                    | "which"
                    | "that"
                    | "whose"
                    | "said"
                    | "says"
                    | "told"
                    | "was"
                    | "is"
                    | "has"
                    | "had"
                    | "were"
                    | "are"
            )
    };
    (start..words.len().min(start + LONGEST)).find(|&i| stops(i)).unwrap_or(words.len().min(start + LONGEST))
}

pub(crate) fn is_preposition(word: &str) -> bool {
    matches!(
        word,
        "of" | "for"
            | "at"
            | "in"
            | "from"
            | "with"
            | "on"
            | "to"
            | "by"
            | "about"
            | "near"
            | "based"
            | "under"
            | "between"
            | "against"
            | "familiar"
            | "close"
            | "inside"
            | "over"
            | "among"
            | "within"
    )
}
