//! Runs of capitals, and the names inside of them.

use ascribe_text::{Gap, Shape, Word, tens_word, unit_word};

use crate::document::{Document, WordRange};
use crate::lexicon as lex;
use crate::name::{Name, is_capital};

/// Whether a name may begin at word `at`.
pub(crate) fn begins_name(document: &Document<'_>, at: usize) -> bool {
    let word = &document.words[at];
    if is_particle(document, at) {
        return true;
    }
    if !is_capital(word) || lex::CALENDAR.contains(word.lower.as_str()) {
        return false;
    }
    let function = lex::FUNCTION_WORDS.contains(word.lower.as_str()) || is_number_word(&word.lower);
    if function && word.shape == Shape::Title {
        return false;
    }
    !(word.shape == Shape::Title && opens_sentence(document, at) && is_common(document, at))
}

/// "Twenty", "Thirty-seven".
pub(crate) fn is_number_word(lower: &str) -> bool {
    unit_word(lower).or_else(|| tens_word(lower)).is_some()
        || matches!(
            lower,
            "hundred" | "hundreds" | "thousand" | "thousands" | "million" | "millions" | "dozens"
        )
}

/// "al" of "al-Arouri", with a capital behind the hyphen.
fn is_particle(document: &Document<'_>, at: usize) -> bool {
    matches!(document.words[at].lower.as_str(), "al" | "el" | "an" | "as" | "ad" | "ar" | "ash" | "at" | "az")
        && document.words.get(at + 1).is_some_and(|w| w.lower == "-" && w.gap == Gap::Glued)
        && document.words.get(at + 2).is_some_and(|w| w.gap == Gap::Glued && is_capital(w))
}

/// Whether word `at` is the first of a sentence or of words in quotation marks.
pub(crate) fn opens_sentence(document: &Document<'_>, at: usize) -> bool {
    let begin = document.words[at].span.begin;
    let before = at.checked_sub(1).map(|b| &document.words[b]);
    document.sentence_at(begin).is_none_or(|s| document.sentences[s].begin == begin)
        || before.is_none_or(|b| b.is_mark() && !matches!(b.lower.as_str(), "," | "-" | "'" | "’" | ")"))
}

/// Whether a capital at the head of a sentence says nothing: the next word has none, and the word
/// also stands in lower case somewhere or is one that names groups, roles or institutions.
fn is_common(document: &Document<'_>, at: usize) -> bool {
    let lower = document.words[at].lower.as_str();
    let next_is_capital = document.words.get(at + 1).is_some_and(|w| is_capital(w) && w.gap == Gap::Blank);
    if next_is_capital && !lex::DEMONYMS.contains(lower) {
        return false;
    }
    lex::GROUPS.contains(lower)
        || lex::ROLES.contains(lower)
        || lex::is_document_noun(lower)
        || lex::UNNAMED.contains(lower)
        || lex::DEMONYMS.contains(lower)
        || document.common.contains(lower)
}

/// The end of the run of name words that begins at `at`.
pub(crate) fn end_of_run(document: &Document<'_>, at: usize) -> usize {
    let words = &document.words;
    let mut end = if is_particle(document, at) { at + 3 } else { at + 1 };
    loop {
        let joined = |i: usize| words.get(i).is_some_and(|w| matches!(w.gap, Gap::Blank | Gap::Glued));
        let capital = |i: usize| joined(i) && (is_capital(&words[i]) || is_particle(document, i));
        let lower = |i: usize| words.get(i).map_or("", |w| w.lower.as_str());
        let glued = |i: usize| words.get(i).is_some_and(|w| w.gap == Gap::Glued);
        let width = |i: usize| if is_particle(document, i) { 3 } else { 1 };
        // One-word capitals at a sentence's end are followed by a stop, not by another name.
        let next = if capital(end) && !lex::CALENDAR.contains(lower(end)) && !starts_new(document, end) {
            end + width(end)
        } else if lower(end) == "." && glued(end) && is_abbreviated(words, end) && capital(end + 1) {
            end + 1 + width(end + 1)
        } else if capital(end + 1)
            && joins_names(lower(end), glued(end) && glued(end + 1) && lower(end + 1) != "s")
        {
            end + 2
        } else if matches!(lower(end), "of" | "for") && governs_of(lower(end - 1)) {
            let skip = usize::from(lower(end + 1) == "the");
            if capital(end + 1 + skip) { end + 2 + skip } else { return end }
        } else {
            return end;
        };
        end = next;
    }
}

/// "&", a particle as in "Ada van Dahl", or a hyphen or apostrophe inside a written word.
fn joins_names(word: &str, inside: bool) -> bool {
    matches!(
        word,
        "&" | "de"
            | "da"
            | "del"
            | "der"
            | "den"
            | "van"
            | "von"
            | "bin"
            | "ibn"
            | "la"
            | "di"
            | "du"
            | "dos"
    ) || inside && matches!(word, "-" | "’" | "'")
}

fn starts_new(document: &Document<'_>, at: usize) -> bool {
    let begin = document.words[at].span.begin;
    document.sentence_at(begin).is_some_and(|s| document.sentences[s].begin == begin)
}

/// A single letter or a title before the full stop at `stop`.
fn is_abbreviated(words: &[Word], stop: usize) -> bool {
    let before = &words[stop - 1];
    before.lower.len() == 1 || lex::TITLES.contains(before.lower.as_str())
}

/// Whether "of" behind `word` goes on with a name: "Ministry of Health".
fn governs_of(word: &str) -> bool {
    lex::is_institution(word)
        || matches!(
            word,
            "secretary"
                | "minister"
                | "office"
                | "bank"
                | "republic"
                | "kingdom"
                | "states"
                | "faculty"
                | "defenders"
                | "doctors"
                | "friends"
                | "coordination"
                | "defence"
                | "defense"
                | "chief"
        )
}

/// The name inside a run of capitals, without the adjectives and titles it begins with.
pub(crate) fn name_in(document: &Document<'_>, run: WordRange) -> Option<Name> {
    let lower = |i: usize| document.words[i].lower.as_str();
    let all_upper = run.len() > 4 && run.clone().all(|i| document.words[i].shape != Shape::Title);
    if all_upper {
        return None;
    }
    if let Some(name) = titled_inside(document, &run) {
        return Some(name);
    }
    let mut start = run.start;
    let mut affiliation = None;
    if run.len() > 1 && lex::DEMONYMS.contains(lower(start)) && !is_state(document, &run) {
        let rest = start + 1;
        if run.clone().skip(1).any(|i| is_title(document, i)) {
            affiliation = Some(start..rest);
            start = rest;
        }
    }
    let title_start = start;
    let courtesy = |i: usize| matches!(lower(i), "mr" | "mrs" | "ms" | "dr" | "miss" | "mx");
    let title = |i: usize| {
        is_title(document, i) || is_title_mark(document, i, title_start) || opens_title(document, i, run.end)
    };
    while start < run.end && title(start) {
        // "Mr. King": what ends a run that a courtesy title begins is a name.
        if start + 1 == run.end && start > title_start && courtesy(title_start) && lower(start) != "." {
            break;
        }
        start += 1;
    }
    // "Secretary of State" is no institution.
    let of_state = |i: usize| lower(i) == "state" && i > run.start && lower(i - 1) == "of";
    let institution = run.clone().any(|i| lex::is_institution(lower(i)) && !of_state(i));
    if start == run.end || (institution && start > title_start && lex::is_institution(lower(start))) {
        // "Prime Minister" alone is a role; "Defence Ministry" is a name from its first word on.
        if !institution {
            return None;
        }
        start = title_start;
    }
    // "Republican | Ada Lind".
    let title = title_start..start;
    let partisan = run.end - start > 2 && lex::PARTISANS.contains(lower(start)) && !institution;
    let name = start + usize::from(partisan)..run.end;
    let lone_adjective = name.len() == 1
        && (lex::DEMONYMS.contains(lower(start)) && !lex::STATE_NAMES.contains(lower(start))
            || is_people(lower(start))
            || lex::GROUPS.contains(lower(start))
            || is_branch(lower(start)));
    (!lone_adjective).then_some(Name { words: name, title, affiliation })
}

/// "Harrow Bay Mayor Oren Dahl": a title inside the run, with whom it belongs to before it.
fn titled_inside(document: &Document<'_>, run: &WordRange) -> Option<Name> {
    let lower = |i: usize| document.words[i].lower.as_str();
    // Only titles that are no names themselves: "Billie Jean King" has none.
    let office = |i: &usize| {
        let short = matches!(lower(*i), "gov" | "sen" | "rep" | "gen" | "col" | "prof" | "lt" | "sgt")
            && lower(*i + 1) == ".";
        short
            || matches!(
                lower(*i),
                "minister"
                    | "president"
                    | "premier"
                    | "chancellor"
                    | "secretary"
                    | "senator"
                    | "governor"
                    | "mayor"
                    | "ambassador"
                    | "spokesman"
                    | "spokeswoman"
                    | "spokesperson"
                    | "chairman"
                    | "chairwoman"
                    | "commissioner"
                    | "director"
                    | "commander"
                    | "leader"
                    | "speaker"
                    | "whip"
                    | "chief"
                    | "sheriff"
                    | "congressman"
                    | "congresswoman"
                    | "general"
                    | "mp"
                    | "mep"
                    | "msp"
                    | "captain"
                    | "coach"
                    | "manager"
                    | "treasurer"
                    | "superintendent"
                    | "representative"
                    | "councillor"
                    | "councilman"
                    | "councilwoman"
                    | "chairperson"
                    | "ceo"
                    | "cfo"
                    | "undersecretary"
            )
    };
    let at = (run.start + 1..run.end.saturating_sub(1)).rev().find(office)?;
    let mut title = at;
    while title > run.start && (is_title(document, title - 1) || opens_title(document, title - 1, run.end)) {
        title -= 1;
    }
    let name = at + 1 + usize::from(lower(at + 1) == ".");
    if title == run.start {
        return None;
    }
    let plain = name < run.end
        && (name..run.end).all(|i| !matches!(lower(i), "of" | "for") && !lex::is_institution(lower(i)));
    // "Former Harrow Mayor": what tells nothing of a party is skipped.
    let passing = |i: &usize| lex::is_passing_title(lower(*i));
    let from = run.start + (run.start..title).take_while(passing).count();
    plain.then(|| Name {
        words: name..run.end,
        title: title..name,
        affiliation: (from < title).then_some(from..title),
    })
}

pub(crate) fn is_title(document: &Document<'_>, i: usize) -> bool {
    let word = &document.words[i];
    lex::TITLES.contains(word.lower.as_str()) && is_capital(word)
}

/// Whether word `i` is what an office was or is, before its title: "Retired | Gen.", "State | Sen.".
fn opens_title(document: &Document<'_>, i: usize, end: usize) -> bool {
    let lower = |i: usize| document.words.get(i).map_or("", |w| w.lower.as_str());
    let modifies = matches!(
        lower(i),
        "retired"
            | "shadow"
            | "interim"
            | "outgoing"
            | "assistant"
            | "associate"
            | "senior"
            | "lead"
            | "junior"
            | "incoming"
    ) || lower(i) == "state"
        && matches!(lower(i + 1), "rep" | "sen" | "senator" | "representative" | "attorney" | "treasurer");
    modifies && i + 1 < end && is_title(document, i + 1) && is_capital(&document.words[i])
}

fn is_title_mark(document: &Document<'_>, i: usize, from: usize) -> bool {
    let lower = document.words[i].lower.as_str();
    i > from && (lower == "." || lower == "of" || (lower == "state" && document.words[i - 1].lower == "of"))
}

/// Whether a noun is a service that every place and state has: alone it names none.
pub(crate) fn is_branch(lower: &str) -> bool {
    matches!(lower, "police" | "army" | "military" | "navy" | "forces" | "authorities" | "court")
}

/// "Israelis", "Americans".
pub(crate) fn is_people(lower: &str) -> bool {
    lower.strip_suffix('s').is_some_and(|stem| lex::DEMONYMS.contains(stem))
}

pub(crate) fn is_state(document: &Document<'_>, name: &WordRange) -> bool {
    let tokens: Vec<&str> = document.words[name.clone()].iter().map(|w| w.lower.as_str()).collect();
    lex::STATE_NAMES.contains(tokens.join(" ").as_str())
}
