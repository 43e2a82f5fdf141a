//! Whom a role belongs to: "Hamas's | deputy chief", "a spokeswoman | for the ministry", "(R-Ohio)".

use ascribe_text::{Gap, Shape};

use crate::act::is_saying;
use crate::document::{Document, WordRange};
use crate::lexicon as lex;
use crate::name::is_capital;
use crate::role::{end_of_apposition, is_preposition, is_role_head, lower};

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
    // "U.N. | envoy".
    let abbreviated = last.lower == "."
        && end > 1
        && last.gap == Gap::Glued
        && is_capital(&document.words[end - 2])
        && document.words[end - 2].lower.len() == 1;
    if abbreviated {
        let mut from = end - 2;
        while from > 1
            && lower(document, from - 1) == "."
            && document.words[from].gap == Gap::Glued
            && lower(document, from - 2).len() == 1
        {
            from -= 2;
        }
        return Some(from..end);
    }
    // "an army spokesman", "the health ministry official"; "a radio host" belongs to nobody by that.
    let word = last.lower.as_str();
    let institution = lex::GOVERNMENT.contains(word) || speaks_for(lower(document, start), word);
    institution.then(|| start_of_phrase(document, end)..end).filter(|r| !r.is_empty())
}

/// Whether `head` is one who speaks or acts for the body whose noun stands before it: "police |
/// spokesman", "ministry | official". "Police officer" and "military officials" are one office.
pub(crate) fn speaks_for(head: &str, body: &str) -> bool {
    let acts = matches!(
        head,
        "official"
            | "officials"
            | "source"
            | "sources"
            | "representative"
            | "representatives"
            | "employee"
            | "employees"
    );
    let branch = matches!(
        body,
        "police"
            | "army"
            | "military"
            | "government"
            | "intelligence"
            | "navy"
            | "state"
            | "force"
            | "forces"
            | "church"
            | "court"
    );
    lex::is_institution(body) && (head.starts_with("spokes") || acts && !branch)
}

/// A word that is a capital only because it begins a sentence.
fn is_opener(document: &Document<'_>, at: usize) -> bool {
    lex::FUNCTION_WORDS.contains(lower(document, at)) || lex::CALENDAR.contains(lower(document, at))
}

/// If words before `end` are a genitive ending, where the possessor ends.
pub(crate) fn before_possessive(document: &Document<'_>, end: usize) -> Option<usize> {
    let apostrophe = |i: usize| matches!(lower(document, i), "’" | "'");
    if end >= 3 && lower(document, end - 1) == "s" && apostrophe(end - 2) {
        return Some(end - 2);
    }
    (end >= 2 && apostrophe(end - 1) && lower(document, end - 2).ends_with('s')).then(|| end - 1)
}

/// The first word of the noun phrase that ends at `end`: back to a determiner, preposition, verb or
/// mark. The determiner is left out.
pub(crate) fn start_of_phrase(document: &Document<'_>, end: usize) -> usize {
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

/// "Mr" or a stop behind it.
pub(crate) fn is_courtesy(document: &Document<'_>, i: usize) -> bool {
    matches!(lower(document, i), "mr" | "mrs" | "ms" | "dr" | "." | "president" | "gov" | "sen" | "rep")
}

/// Whom a role belongs to whose words end at `at`: "for the ministry", "of Hamas", "on the Senate
/// committee"; a field of work before it is passed over ("of marine law | at Harrow College").
pub(crate) fn affiliation_after(document: &Document<'_>, at: usize) -> Option<WordRange> {
    let behind = || behind_field(document, at).and_then(|next| governed(document, next));
    governed(document, at).or_else(behind)
}

/// The next preposition that may govern a body, behind a phrase in lower case without a determiner.
fn behind_field(document: &Document<'_>, at: usize) -> Option<usize> {
    let next = (at + 2..at + 6)
        .find(|&i| matches!(lower(document, i), "of" | "for" | "at" | "with"))
        .filter(|_| matches!(lower(document, at), "of" | "for" | "in" | "on"))?;
    let plain = |i: usize| {
        let word = &document.words[i];
        word.shape == Shape::Lower && !lex::is_determiner(&word.lower)
    };
    (at + 1..next).all(plain).then_some(next)
}

/// The body that the preposition at `at` governs.
fn governed(document: &Document<'_>, at: usize) -> Option<WordRange> {
    let preposition = lower(document, at);
    let head = lower(document, at.wrapping_sub(1));
    let aide = matches!(
        head,
        "aide"
            | "aides"
            | "adviser"
            | "advisers"
            | "advisor"
            | "advisors"
            | "assistant"
            | "consultant"
            | "counsel"
            | "counselor"
            | "staff"
            | "deputy"
            | "secretary"
    );
    let governs = matches!(preposition, "of" | "for" | "at" | "with" | "from" | "representing" | "within");
    let panel = || {
        let sits = |i: usize| {
            matches!(
                lower(document, i),
                "committee"
                    | "council"
                    | "board"
                    | "panel"
                    | "commission"
                    | "subcommittee"
                    | "team"
                    | "delegation"
            )
        };
        preposition == "on" && (at + 1..at + 9).any(sits)
    };
    if !(governs || aide && preposition == "to" || panel()) {
        return None;
    }
    let body = body_from(document, at + 1, matches!(preposition, "of" | "at" | "for" | "representing"))?;
    // "a nurse from Harrow" lives there; "a Democrat from Harrow" was elected there.
    let elected = lex::PARTISANS.contains(head)
        || matches!(
            head,
            "senator"
                | "congressman"
                | "congresswoman"
                | "representative"
                | "lawmaker"
                | "mp"
                | "legislator"
                | "delegate"
        );
    let institution = body.clone().any(|i| lex::is_institution(lower(document, i)));
    (preposition != "from" || elected || institution).then_some(body)
}

/// The body that the phrase at word `at` names: "the River Union", "Harrow city council"; one that is only
/// determined too ("the gallery"), if `bare`.
pub(crate) fn body_from(document: &Document<'_>, at: usize, bare: bool) -> Option<WordRange> {
    let determined = lex::is_determiner(lower(document, at));
    let mut start = at + usize::from(determined);
    let end = end_of_apposition(document, start);
    while start < end && is_courtesy(document, start) {
        start += 1;
    }
    let mut last = start;
    for i in start..end {
        let word = &document.words[i];
        let capital_before = i > start && is_capital(&document.words[i - 1]);
        let goes_on = matches!(word.lower.as_str(), "of" | "for")
            && capital_before
            && document.words.get(i + 1).is_some_and(|w| is_capital(w) || w.lower == "the");
        let plain = word.shape == Shape::Lower && word.gap == Gap::Blank && !goes_on;
        // A name ends before a word in lower case: "Harrow College | said", not "Harrow city council".
        let left = capital_before && plain && word.lower != "the" && !leads_to_body(document, i, end);
        // "the health ministry | declined".
        let ended = i > start
            && plain
            && document.words[i - 1].shape == Shape::Lower
            && lex::is_institution(lower(document, i - 1))
            && !lex::is_institution(&word.lower);
        // "the River Union's | annual gala"; a body of a body goes on ("the Ostra Front's political bureau").
        let genitive = matches!(word.lower.as_str(), "’" | "'") && word.gap == Gap::Glued && i > start;
        let possessor = genitive
            && lower(document, i + 1) == "s"
            && capital_before
            && !(i + 2..(i + 5).min(end)).any(|j| lex::is_institution(lower(document, j)));
        if is_preposition(&word.lower) && !goes_on || word.lower == "and" || left || ended || possessor {
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
        && bare
        && !matches!(lower(document, at), "a" | "an")
        && !is_role_head(lower(document, last - 1));
    (named || body).then_some(start..last)
}

/// Whether the words in lower case from `at` on are the end of a body's name: "Harrow | city council".
fn leads_to_body(document: &Document<'_>, at: usize, end: usize) -> bool {
    let institution = (at..end.min(at + 3)).find(|&i| lex::is_institution(lower(document, i)));
    let modifies = |i: usize| {
        document.words[i].shape == Shape::Lower && lex::ROLE_MODIFIERS.contains(lower(document, i))
    };
    institution.is_some_and(|n| (at..n).all(modifies) && !is_saying(lower(document, n)))
}

/// "Oren Falk, | who heads the River Union |": whom somebody belongs to by what she or he does there, told
/// behind the name that ends at `at`.
pub(crate) fn headed(document: &Document<'_>, at: usize) -> Option<WordRange> {
    if lower(document, at) != "," || lower(document, at + 1) != "who" {
        return None;
    }
    let adverb = matches!(lower(document, at + 2), "also" | "now" | "currently" | "still");
    let verb = at + 2 + usize::from(adverb);
    match lower(document, verb) {
        "heads" | "leads" | "runs" | "chairs" | "directs" | "represents" | "commands" | "manages"
        | "founded" | "owns" | "edits" | "coaches" | "captains" | "oversees" => {
            body_from(document, verb + 1, true)
        }
        "works" | "teaches" | "serves" | "sits" | "lectures" | "volunteers" | "plays" => {
            let next = (verb + 1..verb + 5).find(|&i| is_preposition(lower(document, i)))?;
            (verb + 1..next).all(|i| document.words[i].shape == Shape::Lower).then_some(())?;
            governed(document, next)
        }
        _ => None,
    }
}

/// "Ga" of "(R-Ga.)" or ", R-Ga.,": the state that a member of a legislature sits for.
pub(crate) fn seat_after(document: &Document<'_>, at: usize) -> Option<WordRange> {
    let opens = matches!(lower(document, at), "(" | ",");
    let party = matches!(lower(document, at + 1), "r" | "d" | "i" | "lab" | "con")
        && is_capital(document.words.get(at + 1)?);
    // "(R., Ohio)".
    let stop = usize::from(lower(document, at + 2) == ".");
    let comma = lower(document, at) == "(" && lower(document, at + 2 + stop) == ",";
    if comma && party {
        let start = at + 3 + stop;
        let end = (start..start + 4).find(|&i| lower(document, i) == ")")?;
        return (end > start).then_some(start..end);
    }
    let hyphen =
        matches!(lower(document, at + 2), "-" | "–") && document.words.get(at + 2)?.gap == Gap::Glued;
    if !(opens && party && hyphen) {
        return None;
    }
    let ends = |i: &usize| document.words.get(*i).is_none_or(|w| matches!(w.lower.as_str(), ")" | ","));
    let end = (at + 3..at + 8).find(ends)?;
    (end > at + 3).then_some(at + 3..end)
}
