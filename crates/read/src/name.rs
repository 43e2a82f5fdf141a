//! Proper names in a text.

use ascribe_text::{Gap, Shape, Word};

use crate::document::{Document, WordRange};
use crate::encoded::NameKind;
use crate::lexicon as lex;
use crate::role::is_role_head;
use crate::run::{begins_name, end_of_run, is_number_word, is_title, name_in, opens_sentence};

/// One place where a name stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Name {
    /// The name itself, titles and adjectives of states left out.
    pub(crate) words: WordRange,
    /// The title before it; empty if there is none.
    pub(crate) title: WordRange,
    /// Whom the title belongs to, between no marks: "Israeli", "Harrow Bay".
    pub(crate) affiliation: Option<WordRange>,
}

/// The names of `document`, in text order; they never overlap. `tagged` are those that the network
/// sees: they complete the runs of capitals and find those that no rule does.
pub(crate) fn find_names(document: &Document<'_>, tagged: &[(WordRange, NameKind)]) -> Vec<Name> {
    let (mut names, mut at) = (Vec::new(), 0);
    while at < document.words.len() {
        if !begins_name(document, at) {
            at += 1;
            continue;
        }
        let end = end_of_run(document, at);
        if let Some(name) = name_in(document, at..end) {
            names.push(name);
        }
        at = end;
    }
    let mut added = Vec::new();
    for (words, kind) in tagged {
        added.extend(complete(document, &mut names, words, *kind));
    }
    names.extend(added);
    // "the Harrow Republican" is what somebody is.
    let determined =
        |n: &Name| n.words.start > 0 && lex::is_determiner(&document.words[n.words.start - 1].lower);
    names.retain(|n| {
        !(determined(n) && lex::PARTISANS.contains(document.words[n.words.end - 1].lower.as_str()))
    });
    names.sort_by_key(|n| n.words.start);
    let bare = bare_surnames(document, &names, tagged);
    names.extend(bare);
    names.sort_by_key(|n| n.words.start);
    names
}

/// Surnames that are also titles: "King" after "Rep. Petra King".
fn bare_surnames(document: &Document<'_>, names: &[Name], tagged: &[(WordRange, NameKind)]) -> Vec<Name> {
    let last = |n: &Name| document.words[n.words.end - 1].lower.as_str();
    let person = |n: &Name| {
        !n.title.is_empty() || overlapping(tagged, &n.words).iter().any(|(_, k)| *k == NameKind::Person)
    };
    let surnames: Vec<&str> = names
        .iter()
        .filter(|n| n.words.len() > 1 && person(n))
        .map(last)
        .filter(|l| lex::TITLES.contains(l))
        .collect();
    let free = |i: usize| {
        let at = names.partition_point(|n| n.words.end <= i);
        names.get(at).is_none_or(|n| i < n.title.start.min(n.words.start))
    };
    let capital = |i: usize| document.words.get(i).is_some_and(is_capital);
    let alone = |i: usize| !capital(i + 1) && (i == 0 || !lex::is_determiner(&document.words[i - 1].lower));
    (0..document.words.len())
        .filter(|&i| capital(i) && surnames.contains(&document.words[i].lower.as_str()))
        .filter(|&i| free(i) && alone(i))
        .map(|i| Name { words: i..i + 1, title: i..i, affiliation: None })
        .collect()
}

/// Those of `tagged`, which are in text order and never overlap, that share a word with `words`.
pub(crate) fn overlapping<'t>(
    tagged: &'t [(WordRange, NameKind)],
    words: &WordRange,
) -> &'t [(WordRange, NameKind)] {
    let begin = tagged.partition_point(|(t, _)| t.end <= words.start);
    &tagged[begin..tagged.partition_point(|(t, _)| t.start < words.end).max(begin)]
}

/// Fits one name as the network sees it into those of the rules, which are in text order; returns it
/// if none of them shares a word with it.
fn complete(
    document: &Document<'_>,
    names: &mut Vec<Name>,
    tagged: &WordRange,
    kind: NameKind,
) -> Option<Name> {
    let mark = |i: &usize| {
        let word = &document.words[*i];
        word.is_mark() || *i > tagged.start && lex::CALENDAR.contains(word.lower.as_str())
    };
    let end = tagged.end - tagged.clone().rev().take_while(mark).count();
    let partisan = |i: usize| {
        i == tagged.start
            && kind == NameKind::Person
            && lex::PARTISANS.contains(document.words[i].lower.as_str())
    };
    let titles = |i: &usize| {
        *i + 1 < end && (is_title(document, *i) || document.words[*i].lower == "." || partisan(*i))
    };
    let title = tagged.clone().take_while(titles).count();
    let determiner = |i: usize| matches!(document.words[i].lower.as_str(), "the" | "a" | "an");
    let start = tagged.start + title;
    // "the Republican | presidential candidate": what somebody is, not a name.
    let described = end > start + 1 && {
        let last = &document.words[end - 1];
        last.shape == Shape::Lower && is_role_head(&last.lower)
    };
    if described {
        return None;
    }
    // "conservative-leaning | Tax Foundation".
    let small = |i: &usize| {
        let word = &document.words[*i];
        kind == NameKind::Organisation && (word.shape == Shape::Lower || word.is_mark())
    };
    let lead = (start..end).take_while(small).count();
    let start = if start + lead < end && lead > 1 { start + lead } else { start };
    let tagged = &(start + usize::from(start < end && determiner(start))..end.max(start));
    if tagged.is_empty() || (tagged.len() == 1 && !can_be_name(document, tagged.start)) {
        return None;
    }
    let at = names.partition_point(|n| n.words.end <= tagged.start);
    // "| Harrow | Mayor Ada Lind": whom a title belongs to is no other name.
    let belongs =
        |n: &Name| n.affiliation.as_ref().is_some_and(|a| a.start <= tagged.start && tagged.end <= a.end);
    if names.get(at).is_some_and(belongs) {
        return None;
    }
    let shares = |n: &&mut Name| n.title.start.min(n.words.start) < tagged.end;
    let Some(name) = names.get_mut(at).filter(shares) else {
        let has_capital = tagged.clone().any(|i| is_capital(&document.words[i]));
        let lone_adjective =
            tagged.len() == 1 && lex::DEMONYMS.contains(document.words[tagged.start].lower.as_str());
        let name = Name { words: tagged.clone(), title: start - title..start, affiliation: None };
        return (has_capital && !lone_adjective && kind != NameKind::Other).then_some(name);
    };
    // "Citizens | for Tax Justice": the run goes on behind a preposition.
    if tagged.start == name.words.start && tagged.end > name.words.end {
        name.words.end = tagged.end;
        while names.get(at + 1).is_some_and(|n| n.words.start < tagged.end) {
            names.remove(at + 1);
        }
    } else if kind == NameKind::Organisation
        && tagged.start < name.words.start
        && name.words.end <= tagged.end
    {
        // "| Citizens for | River Justice": its first word looked like any that opens a sentence.
        *name = Name { words: tagged.clone(), title: tagged.start..tagged.start, affiliation: None };
        while names.get(at + 1).is_some_and(|n| n.words.start < tagged.end) {
            names.remove(at + 1);
        }
    } else if kind == NameKind::Person
        && tagged.end == name.words.end
        && tagged.start > name.words.start
        && name.title.is_empty()
    {
        // "Lindmark Deep founder | Ada Lind" in capitals: what stands before a person is no part of the name.
        let before = name.words.start..tagged.start;
        let glued = matches!(document.words[tagged.start].gap, Gap::Glued);
        if !glued && document.words[tagged.start - 1].lower != "." {
            *name =
                Name { words: tagged.clone(), title: tagged.start..tagged.start, affiliation: Some(before) };
        }
    }
    None
}

/// The name whose words are `words`, of `names` in text order.
pub(crate) fn name_at<'n>(names: &'n [Name], words: &WordRange) -> Option<&'n Name> {
    let at = names.partition_point(|n| n.words.start < words.start);
    names.get(at).filter(|n| n.words == *words)
}

/// Whether a single word can be a name: none of those that every text has, nor one that names roles,
/// groups or institutions.
fn can_be_name(document: &Document<'_>, at: usize) -> bool {
    let lower = document.words[at].lower.as_str();
    let plain = lex::FUNCTION_WORDS.contains(lower)
        || lex::PRONOUNS.contains(lower)
        || lex::UNNAMED.contains(lower)
        || lex::CALENDAR.contains(lower)
        || lex::GROUPS.contains(lower)
        || lex::ROLES.contains(lower)
        || lex::is_document_noun(lower)
        || lex::is_institution(lower)
        || is_number_word(lower);
    let opens = opens_sentence(document, at) && document.common.contains(lower);
    document.words[at].shape == Shape::Upper || !plain && !opens
}

pub(crate) fn is_capital(word: &Word) -> bool {
    matches!(word.shape, Shape::Title | Shape::Upper | Shape::Mixed)
}
