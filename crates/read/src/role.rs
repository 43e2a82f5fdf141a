//! Roles and affiliations beside names: "Hamas's deputy chief, Saleh al-Arouri"; "Ada Lind, a
//! spokeswoman for the ministry"; "Addameer, a prisoners' rights NGO".

use ascribe_text::Gap;

use crate::document::{Document, WordRange};
use crate::lexicon as lex;
use crate::name::is_capital;

/// What a party is, as worded, and whom it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Role {
    pub(crate) words: WordRange,
    pub(crate) affiliation: Option<WordRange>,
}

/// How many words an apposition may have.
const LONGEST: usize = 14;

fn lower<'d>(document: &'d Document<'_>, i: usize) -> &'d str {
    document.words.get(i).map_or("", |w| w.lower.as_str())
}

fn is_role_head(word: &str) -> bool {
    lex::ROLES.contains(word) || lex::GROUPS.contains(word)
}

/// The role that ends right before word `end`, where a name begins.
pub(crate) fn role_before(document: &Document<'_>, end: usize) -> Option<Role> {
    let comma = end > 1 && lower(document, end - 1) == ",";
    let end = if comma { end - 1 } else { end };
    let head = end.checked_sub(1)?;
    // "The company, Lindmark Deep, …": an institution's noun, if its phrase is just that.
    let institution =
        lex::ORGANISATIONS.contains(lower(document, head)) || lex::GOVERNMENT.contains(lower(document, head));
    if comma && institution && head > 0 && matches!(lower(document, head - 1), "the" | "a" | "an") {
        return Some(Role { words: head..end, affiliation: None });
    }
    if !is_role_head(lower(document, head)) {
        return None;
    }
    let start = start_of_role(document, head);
    let affiliation = affiliation_before(document, start);
    // With a comma the phrase stands alone: "Hamas's deputy chief, …", "The minister, …".
    let opened = affiliation.is_some()
        || matches!(
            lower(document, start.wrapping_sub(1)),
            "the" | "a" | "an" | "his" | "her" | "their" | "its"
        );
    (!comma || opened).then_some(Role { words: start..end, affiliation })
}

/// The first word of the role whose head is at `head`: its modifiers, adjectives of states left out.
pub(crate) fn start_of_role(document: &Document<'_>, head: usize) -> usize {
    let mut start = head;
    while start > 0 {
        let at = start - 1;
        let word = &document.words[at];
        let modifies =
            lex::ROLE_MODIFIERS.contains(word.lower.as_str()) || lex::ROLES.contains(word.lower.as_str());
        if modifies && document.words[start].gap != Gap::Line {
            start = at;
        } else if word.lower == "-"
            && at > 0
            && document.words[start].gap == Gap::Glued
            && word.gap == Gap::Glued
        {
            start = at - 1;
        } else {
            break;
        }
    }
    start
}

/// Whom the role that begins at word `start` belongs to: "Hamas's", "Israeli", "Health Ministry",
/// "the army's".
pub(crate) fn affiliation_before(document: &Document<'_>, start: usize) -> Option<WordRange> {
    let end = start.checked_sub(1)? + 1;
    if let Some(end) = before_possessive(document, end) {
        let start = start_of_phrase(document, end);
        return (start < end).then_some(start..end);
    }
    let last = &document.words[end - 1];
    if document.words[start].gap == Gap::Glued
        || matches!(document.words[start].gap, Gap::Line | Gap::Paragraph)
    {
        return None;
    }
    if lex::DEMONYMS.contains(last.lower.as_str()) || (is_capital(last) && !is_opener(document, end - 1)) {
        let mut start = end - 1;
        while start > 0
            && is_capital(&document.words[start - 1])
            && document.words[start].gap == Gap::Blank
            && !is_opener(document, start - 1)
        {
            start -= 1;
        }
        return Some(start..end);
    }
    let institution =
        lex::GOVERNMENT.contains(last.lower.as_str()) || lex::ORGANISATIONS.contains(last.lower.as_str());
    institution.then(|| start_of_phrase(document, end)..end).filter(|r| !r.is_empty())
}

/// A word that is a capital only because it begins a sentence.
fn is_opener(document: &Document<'_>, at: usize) -> bool {
    lex::FUNCTION_WORDS.contains(lower(document, at)) || lex::CALENDAR.contains(lower(document, at))
}

/// If words before `end` are a genitive ending, where the possessor ends.
fn before_possessive(document: &Document<'_>, end: usize) -> Option<usize> {
    let apostrophe = |i: usize| matches!(lower(document, i), "’" | "'");
    if end >= 3 && lower(document, end - 1) == "s" && apostrophe(end - 2) {
        return Some(end - 2);
    }
    (end >= 2 && apostrophe(end - 1) && lower(document, end - 2).ends_with('s')).then(|| end - 1)
}

/// The first word of the noun phrase that ends at `end`: back to a determiner, preposition, verb or
/// mark. The determiner is left out.
fn start_of_phrase(document: &Document<'_>, end: usize) -> usize {
    let mut start = end;
    while start > 0 && end - start < 6 {
        let word = &document.words[start - 1];
        let hyphen = word.lower == "-" && word.gap == Gap::Glued;
        if (word.is_mark() && !hyphen) || lex::FUNCTION_WORDS.contains(word.lower.as_str()) {
            break;
        }
        let names = is_capital(word)
            || hyphen
            || document.words[start.min(end - 1)].gap == Gap::Glued
            || lex::ROLE_MODIFIERS.contains(word.lower.as_str())
            || lex::DEMONYMS.contains(word.lower.as_str())
            || lex::GOVERNMENT.contains(word.lower.as_str())
            || lex::ORGANISATIONS.contains(word.lower.as_str())
            || start == end;
        if !names {
            break;
        }
        start -= 1;
    }
    start
}

/// The role that stands in apposition behind a name that ends at word `at`.
pub(crate) fn role_after(document: &Document<'_>, at: usize) -> Option<Role> {
    if lower(document, at) != "," || document.words.get(at + 1)?.gap != Gap::Blank {
        return None;
    }
    let mut start = at + 1;
    // An age comes first: ", 34, a teacher".
    if document.words[start].lower.chars().all(|c| c.is_ascii_digit()) && lower(document, start + 1) == "," {
        start += 2;
    }
    let determined =
        matches!(lower(document, start), "a" | "an" | "the" | "his" | "her" | "its" | "their" | "one");
    let start = start + usize::from(determined);
    let end = end_of_apposition(document, start);
    let head = (start..end).take_while(|&i| !is_preposition(lower(document, i))).last()?;
    let name = lower(document, head);
    let is_head = is_role_head(name)
        || determined && (lex::ORGANISATIONS.contains(name) || lex::GOVERNMENT.contains(name));
    if !is_head {
        return None;
    }
    role_in(document, start, head)
}

/// The role whose head is at `head`, its phrase beginning at `start`, with the affiliation before
/// it or behind a preposition.
pub(crate) fn role_in(document: &Document<'_>, start: usize, head: usize) -> Option<Role> {
    let possessor = (start..head).rev().find_map(|i| {
        let end = before_possessive(document, i + 1).filter(|&e| e > start)?;
        let names = is_capital(&document.words[end - 1])
            || is_role_head(lower(document, head)) && !lower(document, end - 1).ends_with('s');
        names.then_some((end, i + 1))
    });
    if let Some((end, role)) = possessor {
        return Some(Role { words: role..head + 1, affiliation: Some(start..end) });
    }
    let capitals = (start..head)
        .take_while(|&i| is_capital(&document.words[i]) || lex::DEMONYMS.contains(lower(document, i)))
        .count();
    if capitals > 0 && is_role_head(lower(document, head)) {
        let affiliation = start..start + capitals;
        return Some(Role { words: affiliation.end..head + 1, affiliation: Some(affiliation) });
    }
    Some(Role { words: start..head + 1, affiliation: affiliation_after(document, head + 1) })
}

/// Whom a role belongs to whose words end at `at`: "for the ministry", "of Hamas".
pub(crate) fn affiliation_after(document: &Document<'_>, at: usize) -> Option<WordRange> {
    if !matches!(lower(document, at), "of" | "for" | "at" | "with" | "from") {
        return None;
    }
    let determined = matches!(lower(document, at + 1), "the" | "a" | "an" | "its" | "their" | "his" | "her");
    let start = at + 1 + usize::from(determined);
    let end = end_of_apposition(document, start);
    let mut last = start;
    for i in start..end {
        let word = &document.words[i];
        let preposition = is_preposition(&word.lower)
            && !(word.lower == "of" && i > start && is_capital(&document.words[i - 1]));
        if preposition || word.lower == "and" {
            break;
        }
        last = i + 1;
    }
    let named = (start..last).any(|i| {
        let l = lower(document, i);
        is_capital(&document.words[i]) || lex::GOVERNMENT.contains(l) || lex::ORGANISATIONS.contains(l)
    });
    (named && last > start).then_some(start..last)
}

fn end_of_apposition(document: &Document<'_>, start: usize) -> usize {
    let words = &document.words;
    let stops = |i: usize| {
        let word = &words[i];
        let genitive = matches!(word.lower.as_str(), "’" | "'") && word.gap == Gap::Glued;
        let hyphen = word.lower == "-" && word.gap == Gap::Glued;
        let initial = word.lower == "." && words[i - 1].lower.len() == 1;
        (word.is_mark() && !genitive && !hyphen && !initial)
            || matches!(word.gap, Gap::Paragraph)
            || matches!(
                word.lower.as_str(),
                "who"
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
