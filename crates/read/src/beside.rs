//! What stands beside a name: the role before it, and in apposition behind it.

use ascribe_text::{Gap, Shape, Word};

use crate::act::is_saying;
use crate::affiliation::{affiliation_before, speaks_for};
use crate::document::Document;
use crate::lexicon as lex;
use crate::name::is_capital;
use crate::role::{
    LONGEST, Role, end_of_apposition, end_of_office, is_preposition, is_role_head, is_role_head_at, lower,
    role_in, skip_passing,
};
use crate::run::opens_sentence;

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
    let plain = |i: usize| document.words[i].shape == Shape::Lower;
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
    if comma && let Some(role) = governing_phrase(document, end) {
        return Some(role);
    }
    let head = before_field(document, end).unwrap_or(head);
    // "the Valley Post's | editor in chief, | Petra Sandvik".
    let long = (1..=4).find(|n| head >= *n && end_of_office(document, head - n) == end);
    let head = head - long.unwrap_or(0);
    // "Striker Ada Lind": at the head of a sentence a capital tells nothing.
    let opener = !comma
        && end == head + 1
        && opens_sentence(document, head)
        && is_role_head(lower(document, head))
        && document.words.get(end).is_some_and(|w| is_capital(w) && w.gap == Gap::Blank);
    if !is_role_head_at(document, head) && !opener
        || matches!(lower(document, head), "people" | "others" | "members" | "fellow")
    {
        return None;
    }
    let start = start_of_role(document, head);
    let owner =
        start.checked_sub(1).filter(|&i| matches!(lower(document, i), "its" | "their" | "his" | "her"));
    let affiliation = affiliation_before(document, start).or(owner.map(|i| i..i + 1));
    // With a comma the phrase stands alone: "Hamas's deputy chief, …", "The minister, …".
    let opened = affiliation.is_some()
        || matches!(
            lower(document, start.wrapping_sub(1)),
            "the" | "a" | "an" | "his" | "her" | "their" | "its" | "one" | "another"
        );
    // "| Local resident Ada Lind", "| director of operations Ada Lind".
    let words = skip_passing(document, start, head)..end.min(end_of_office(document, head));
    (!comma || opened).then_some(Role { words, affiliation })
}

/// "director | of operations | Leda Moss": the head of an office whose field stands before the name, which
/// begins at word `end`.
pub(crate) fn before_field(document: &Document<'_>, end: usize) -> Option<usize> {
    let plain = |i: usize| {
        let word = &document.words[i];
        word.shape == Shape::Lower && !lex::is_determiner(&word.lower) && !is_saying(&word.lower)
    };
    (2..=4).filter_map(|n| end.checked_sub(n)).find_map(|of| {
        let office = of > 0
            && matches!(lower(document, of), "of" | "for")
            && (of + 1..end).all(|i| plain(i) && !is_role_head(lower(document, i)))
            && lex::ROLES.contains(lower(document, of - 1));
        office.then(|| of - 1)
    })
}

/// "The chairman of the Harrow Port Authority, | Edda Holm, |": a phrase before a comma whose head governs
/// whom it belongs to. What follows the name is no verb, or the phrase opens the sentence.
fn governing_phrase(document: &Document<'_>, end: usize) -> Option<Role> {
    let stops = |i: usize| {
        let word = &document.words[i];
        let inside = matches!(word.lower.as_str(), "’" | "'" | "-") && word.gap == Gap::Glued
            || word.lower == "." && document.words[i - 1].lower.len() == 1;
        word.is_mark() && !inside || word.gap == Gap::Paragraph && i + 1 < end
    };
    let floor = end.saturating_sub(LONGEST);
    let from = (floor + 1..end).rev().find(|&i| stops(i)).map_or(floor, |i| i + 1);
    let mut heads = (from..end).filter(|&i| {
        matches!(lower(document, i + 1), "of" | "for" | "at")
            && i + 2 < end
            && is_role_head_at(document, i)
            && lower(document, i) != "members"
    });
    let head = heads.next()?;
    let clause = (head..end)
        .any(|i| matches!(lower(document, i), "who" | "which" | "that" | "and" | "said" | "told" | "with"));
    let start = start_of_role(document, head);
    let before = lower(document, start.wrapping_sub(1));
    let determined = matches!(before, "the" | "a" | "an") || start == from;
    let behind = (end + 1..).find(|&i| !document.words.get(i).is_some_and(is_capital)).unwrap_or(end);
    let set_off = document.words.get(behind).is_none_or(Word::is_mark) || opens_sentence(document, from);
    let role = role_in(document, start, head)?;
    (determined && set_off && !clause && role.affiliation.is_some()).then_some(role)
}

/// The first word of the role whose head is at `head`: its modifiers, adjectives of states left out.
pub(crate) fn start_of_role(document: &Document<'_>, head: usize) -> usize {
    let mut start = head;
    while start > 0 {
        let at = start - 1;
        let word = &document.words[at];
        // "Harrow Party | donor", "Coastal Relief | director": a capital behind a capital ends a name.
        let office = matches!(
            word.lower.as_str(),
            "prime"
                | "vice"
                | "deputy"
                | "minority"
                | "majority"
                | "general"
                | "chief"
                | "attorney"
                | "first"
        );
        let of_name = !office
            && is_capital(word)
            && document.words[head].shape == Shape::Lower
            && at > 0
            && is_capital(&document.words[at - 1])
            && !lex::is_passing_title(lower(document, at - 1))
            && document.words[at].gap == Gap::Blank;
        // "police | spokesman": whom one speaks for.
        let spoken_for = at + 1 == head && speaks_for(lower(document, head), &word.lower);
        let modifies = !spoken_for
            && (lex::ROLE_MODIFIERS.contains(word.lower.as_str())
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

/// Whether the participle at word `i` opens a clause behind its noun: "a lawyer | representing the …", "a
/// clerk | hired by …", not "a marketing director".
fn opens_clause(document: &Document<'_>, i: usize) -> bool {
    let (word, next) = (lower(document, i), lower(document, i + 1));
    let participle = document.words[i].shape == Shape::Lower
        && !lex::ROLE_MODIFIERS.contains(word)
        && (word.len() > 5 && word.ends_with("ing") || word.len() > 4 && word.ends_with("ed"));
    let object = lex::is_determiner(next) || document.words.get(i + 1).is_some_and(is_capital);
    participle && (is_preposition(next) || word.ends_with("ing") && object)
}

/// The role that stands in apposition behind a name that ends at word `at`.
pub(crate) fn role_after(document: &Document<'_>, at: usize) -> Option<Role> {
    // "Ada Lind (R-Ohio), chair of …": the brackets are skipped.
    let at = match lower(document, at) {
        "(" => (at..at + 8).find(|&i| lower(document, i) == ")")? + 1,
        _ => at,
    };
    // "Ada Lind is mayor of …", ", who was director of …"; dashes set off as commas do.
    let dash = matches!(lower(document, at), "-" | "–" | "—") && document.words[at].gap == Gap::Blank;
    let comma = lower(document, at) == "," || dash;
    let who = comma && matches!(lower(document, at + 1), "who");
    let verb = at + 2 * usize::from(who);
    let is = matches!(lower(document, verb), "is" | "was" | "became");
    let at = if is { verb } else { at };
    if !comma && !is || document.words.get(at + 1)?.gap != Gap::Blank {
        return None;
    }
    let mut start = at + 1;
    // An age comes first: ", 34, a teacher".
    if document.words[start].lower.chars().all(|c| c.is_ascii_digit()) && lower(document, start + 1) == "," {
        start += 2;
    }
    // ", then mayor of …", ", himself a lawyer".
    let when = matches!(
        lower(document, start),
        "then"
            | "now"
            | "currently"
            | "formerly"
            | "previously"
            | "also"
            | "once"
            | "himself"
            | "herself"
            | "long"
    );
    start += usize::from(when);
    let determined = lex::is_determiner(lower(document, start)) || lower(document, start) == "one";
    let start = start + usize::from(determined);
    // ", as a backer of …", ", telling friends of …" are no appositions.
    let first = lower(document, start);
    let verb = first.ends_with("ing") && !lex::ROLE_MODIFIERS.contains(first) && !is_role_head(first);
    if !determined && (verb || lex::FUNCTION_WORDS.contains(first)) {
        return None;
    }
    let end = end_of_apposition(document, start);
    // "Help reached Ems, | the service said": an attribution, as no comma ends it.
    let speaks = matches!(
        lower(document, end),
        "said" | "says" | "told" | "was" | "is" | "has" | "had" | "were" | "are"
    );
    if determined && !is && speaks {
        return None;
    }
    // "a former tax aide | now teaching at …".
    let leaves = |i: usize| {
        let word = lower(document, i);
        is_preposition(word)
            || matches!(word, "now" | "currently" | "then" | "whom")
            || i > start && opens_clause(document, i)
    };
    let head = (start..end).take_while(|&i| !leaves(i)).last()?;
    let name = lower(document, head);
    let is_head = is_role_head_at(document, head)
        || determined
            && document.words[head].shape != Shape::Title
            && (lex::ORGANISATIONS.contains(name) || lex::GOVERNMENT.contains(name));
    if !is_head || matches!(name, "people" | "others") {
        return None;
    }
    // What one is said to be is an office only if it is that of some body.
    role_in(document, start, head).filter(|r| !is || r.affiliation.is_some())
}
