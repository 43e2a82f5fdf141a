//! Roles and affiliations beside names: "Hamas's deputy chief, Saleh al-Arouri"; "Ada Lind, a
//! spokeswoman for the ministry"; "Addameer, a prisoners' rights NGO".

use ascribe_text::Gap;

use crate::act::is_saying;
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
const LONGEST: usize = 14;

fn lower<'d>(document: &'d Document<'_>, i: usize) -> &'d str {
    document.words.get(i).map_or("", |w| w.lower.as_str())
}

/// Whether a word can be the head of what someone is: a noun of persons, one or several.
pub(crate) fn is_role_head(word: &str) -> bool {
    lex::is_person_noun(word) || lex::is_group_noun(word)
}

/// Whether word `at` is one. With a capital it may be a surname ("Schumer"), so only the listed nouns of
/// one person are.
fn is_role_head_at(document: &Document<'_>, at: usize) -> bool {
    let word = lower(document, at);
    let title = document.words.get(at).is_some_and(is_capital);
    if title { lex::ROLES.contains(word) } else { is_role_head(word) }
}

/// The role that ends right before word `end`, where a name begins.
pub(crate) fn role_before(document: &Document<'_>, end: usize) -> Option<Role> {
    // "the group known as the River Council".
    let named = end - usize::from(end > 0 && lower(document, end - 1) == "the");
    let known = named > 2
        && (lower(document, named - 1) == "as" && lower(document, named - 2) == "known"
            || matches!(lower(document, named - 1), "called" | "named"));
    let comma = !known && end > 1 && lower(document, end - 1) == ",";
    let end = match lower(document, named.wrapping_sub(1)) {
        "as" if known => named - 2,
        _ if known => named - 1,
        _ if comma => end - 1,
        _ => end,
    };
    let head = end.checked_sub(1)?;
    // "The company, Lindmark Deep, …": an institution's noun, if its phrase is just that.
    let institution = lex::is_institution(lower(document, head));
    if comma && institution && head > 0 && matches!(lower(document, head - 1), "the" | "a" | "an") {
        return Some(Role { words: head..end, affiliation: None });
    }
    // "the campaign group | Open Cell".
    let plain = |i: usize| document.words[i].shape == ascribe_text::Shape::Lower;
    let beside = !comma && document.words.get(end).is_some_and(|w| is_capital(w) && w.gap == Gap::Blank);
    if (known || beside) && institution && plain(head) {
        let ends = |i: usize| {
            let word = lower(document, i);
            !plain(i)
                || lex::is_determiner(word)
                || is_preposition(word)
                || lex::FUNCTION_WORDS.contains(word)
                || is_saying(word)
        };
        let from = head.saturating_sub(3);
        let start = (from..head).rev().find(|&i| ends(i)).map_or(from, |i| i + 1);
        let start = skip_passing(document, start, head);
        // "told the court Lind …": a bare noun may be anything else.
        if known || start < head {
            return Some(Role { words: start..end, affiliation: None });
        }
    }
    // "the Valley Post's | editor in chief, | Petra Sandvik".
    let long = (1..=4).find(|n| head >= *n && end_of_office(document, head - n) == end);
    let head = head - long.unwrap_or(0);
    if !is_role_head_at(document, head)
        || matches!(lower(document, head), "people" | "others" | "members" | "fellow")
    {
        return None;
    }
    let start = start_of_role(document, head);
    let affiliation = affiliation_before(document, start);
    // With a comma the phrase stands alone: "Hamas's deputy chief, …", "The minister, …".
    let opened = affiliation.is_some()
        || matches!(
            lower(document, start.wrapping_sub(1)),
            "the" | "a" | "an" | "his" | "her" | "their" | "its" | "one" | "another"
        );
    (!comma || opened).then_some(Role { words: start..end, affiliation })
}

/// The first word of the role whose head is at `head`: its modifiers, adjectives of states left out.
pub(crate) fn start_of_role(document: &Document<'_>, head: usize) -> usize {
    let mut start = head;
    while start > 0 {
        let at = start - 1;
        let word = &document.words[at];
        // "Harrow Party | donor": here a body's noun ends its name.
        let body = matches!(
            word.lower.as_str(),
            "party" | "police" | "army" | "navy" | "government" | "union" | "hospital" | "military" | "house"
        );
        let of_name = body
            && is_capital(word)
            && document.words[head].shape == ascribe_text::Shape::Lower
            && at > 0
            && is_capital(&document.words[at - 1])
            && document.words[at].gap == Gap::Blank;
        let modifies = (lex::ROLE_MODIFIERS.contains(word.lower.as_str())
            || lex::ROLES.contains(word.lower.as_str()))
            && !lex::PARTISANS.contains(word.lower.as_str())
            && !of_name;
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
        // "| University of | Harrow president".
        if start > 1 && lower(document, start - 1) == "of" && lex::is_institution(lower(document, start - 2))
        {
            start -= 2;
            while start > 0
                && is_capital(&document.words[start - 1])
                && document.words[start].gap == Gap::Blank
            {
                start -= 1;
            }
        }
        // "Top | Harrow Party donor", "Former | Harrow mayor".
        let passing = |i: &usize| lex::is_passing_title(lower(document, *i));
        start += (start..end - 1).take_while(passing).count();
        return Some(start..end);
    }
    // "an army spokesman", "the health ministry official"; "a radio host" belongs to nobody by that.
    let institution = lex::GOVERNMENT.contains(last.lower.as_str());
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
    // "Ada Lind (R-Ohio), chair of …": the brackets are skipped.
    let at = match lower(document, at) {
        "(" => (at..at + 8).find(|&i| lower(document, i) == ")")? + 1,
        _ => at,
    };
    // "Ada Lind is mayor of …", ", who was director of …".
    let who = lower(document, at) == "," && matches!(lower(document, at + 1), "who");
    let verb = at + 2 * usize::from(who);
    let is = matches!(lower(document, verb), "is" | "was" | "became");
    let at = if is { verb } else { at };
    if lower(document, at) != "," && !is || document.words.get(at + 1)?.gap != Gap::Blank {
        return None;
    }
    let mut start = at + 1;
    // An age comes first: ", 34, a teacher".
    if document.words[start].lower.chars().all(|c| c.is_ascii_digit()) && lower(document, start + 1) == "," {
        start += 2;
    }
    let determined = lex::is_determiner(lower(document, start)) || lower(document, start) == "one";
    let start = start + usize::from(determined);
    // ", as a backer of …", ", telling friends of …" are no appositions.
    let first = lower(document, start);
    let verb = first.ends_with("ing") && !lex::ROLE_MODIFIERS.contains(first) && !is_role_head(first);
    if !determined && (verb || lex::FUNCTION_WORDS.contains(first)) {
        return None;
    }
    let end = end_of_apposition(document, start);
    // "a former tax aide | now teaching at …".
    let leaves = |i: usize| {
        let word = lower(document, i);
        is_preposition(word) || matches!(word, "now" | "currently" | "then" | "whom")
    };
    let head = (start..end).take_while(|&i| !leaves(i)).last()?;
    let name = lower(document, head);
    let is_head = is_role_head_at(document, head)
        || determined
            && document.words[head].shape != ascribe_text::Shape::Title
            && (lex::ORGANISATIONS.contains(name) || lex::GOVERNMENT.contains(name));
    if !is_head || matches!(name, "people" | "others") {
        return None;
    }
    // What one is said to be is an office only if it is that of some body.
    role_in(document, start, head).filter(|r| !is || r.affiliation.is_some())
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
        let affiliation = from..from + belongs;
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
fn skip_passing(document: &Document<'_>, start: usize, head: usize) -> usize {
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

/// "Mr" or a stop behind it.
fn is_courtesy(document: &Document<'_>, i: usize) -> bool {
    matches!(lower(document, i), "mr" | "mrs" | "ms" | "dr" | "." | "president" | "gov" | "sen" | "rep")
}

/// Whom a role belongs to whose words end at `at`: "for the ministry", "of Hamas", "(R-Ohio)".
pub(crate) fn affiliation_after(document: &Document<'_>, at: usize) -> Option<WordRange> {
    let aide = matches!(
        lower(document, at.wrapping_sub(1)),
        "aide"
            | "adviser"
            | "advisor"
            | "assistant"
            | "counsel"
            | "counselor"
            | "staff"
            | "deputy"
            | "secretary"
    );
    let governs = matches!(lower(document, at), "of" | "for" | "at" | "with" | "from");
    if !(governs || aide && lower(document, at) == "to") {
        return None;
    }
    let determined = lex::is_determiner(lower(document, at + 1));
    let mut start = at + 1 + usize::from(determined);
    let end = end_of_apposition(document, start);
    while start < end && is_courtesy(document, start) {
        start += 1;
    }
    let mut last = start;
    for i in start..end {
        let word = &document.words[i];
        let goes_on = matches!(word.lower.as_str(), "of" | "for")
            && i > start
            && is_capital(&document.words[i - 1])
            && document.words.get(i + 1).is_some_and(|w| is_capital(w) || w.lower == "the");
        // A name ends before a word in lower case: "Harrow College | said".
        let left = i > start
            && is_capital(&document.words[i - 1])
            && word.shape == ascribe_text::Shape::Lower
            && word.gap == Gap::Blank
            && !goes_on
            && word.lower != "the";
        // "the River Union's | annual gala".
        let genitive = matches!(word.lower.as_str(), "’" | "'") && word.gap == Gap::Glued && i > start;
        let possessor = genitive && lower(document, i + 1) == "s" && is_capital(&document.words[i - 1]);
        if is_preposition(&word.lower) && !goes_on || word.lower == "and" || left || possessor {
            break;
        }
        last = i + 1;
    }
    // "the centrist | Tax Policy Centre".
    let capitals = (start..last).find(|&i| is_capital(&document.words[i]));
    if let Some(first) =
        capitals.filter(|&f| (start..f).all(|i| !lex::GOVERNMENT.contains(lower(document, i))))
    {
        start = first;
    }
    if last <= start {
        return None;
    }
    let named = (start..last).any(|i| {
        let l = lower(document, i);
        is_capital(&document.words[i]) || lex::GOVERNMENT.contains(l) || lex::ORGANISATIONS.contains(l)
    });
    // "director of the gallery": what is determined and no person.
    let body = determined
        && !matches!(lower(document, at + 1), "a" | "an")
        && !is_role_head(lower(document, last - 1))
        && matches!(lower(document, at), "of" | "at" | "for");
    (named || body).then_some(start..last)
}

/// "Ga" of "(R-Ga.)" or ", R-Ga.,": the state that a member of a legislature sits for.
pub(crate) fn seat_after(document: &Document<'_>, at: usize) -> Option<WordRange> {
    let opens = matches!(lower(document, at), "(" | ",");
    let party = matches!(lower(document, at + 1), "r" | "d" | "i" | "lab" | "con")
        && is_capital(document.words.get(at + 1)?);
    let hyphen =
        matches!(lower(document, at + 2), "-" | "–") && document.words.get(at + 2)?.gap == Gap::Glued;
    if !(opens && party && hyphen) {
        return None;
    }
    let ends = |i: &usize| document.words.get(*i).is_none_or(|w| matches!(w.lower.as_str(), ")" | ","));
    let end = (at + 3..at + 8).find(ends)?;
    (end > at + 3).then_some(at + 3..end)
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
