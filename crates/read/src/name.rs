//! Proper names in a text, and which of them name the same party.

use ascribe_record::ActorKind;
use ascribe_text::{Gap, Shape, Word, tens_word, unit_word};

use crate::document::{Document, WordRange};
use crate::encoded::NameKind;
use crate::lexicon as lex;
use crate::role::{
    Role, affiliation_after, affiliation_before, is_role_head, role_after, role_before, seat_after,
};

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

/// A party that goes by a name in the report.
#[derive(Clone, Debug)]
pub(crate) struct Entity {
    /// Lower-case words of the fullest form.
    tokens: Vec<String>,
    /// Where the fullest form stands first.
    pub(crate) fullest: WordRange,
    pub(crate) kind: ActorKind,
    /// Whether the text speaks of a woman; unknown if it does not tell.
    pub(crate) woman: Option<bool>,
    /// In text order.
    pub(crate) mentions: Vec<WordRange>,
    /// In text order; the first that the text gives is the best.
    pub(crate) roles: Vec<Role>,
}

impl Entity {
    /// The first role that comes with whom it belongs to, else the first of any words; what belongs to
    /// it may be told elsewhere.
    pub(crate) fn role(&self) -> Option<Role> {
        let worded = |r: &&Role| !r.words.is_empty();
        let whole = self.roles.iter().filter(worded).find(|r| r.affiliation.is_some());
        let mut role = whole.or(self.roles.iter().find(worded)).or(self.roles.first())?.clone();
        if role.affiliation.is_none() {
            role.affiliation = self.roles.iter().find_map(|r| r.affiliation.clone());
        }
        Some(role)
    }
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
fn overlapping<'t>(tagged: &'t [(WordRange, NameKind)], words: &WordRange) -> &'t [(WordRange, NameKind)] {
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
    let mark = |i: &usize| document.words[*i].is_mark();
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

/// Whether a name may begin at word `at`.
fn begins_name(document: &Document<'_>, at: usize) -> bool {
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
fn is_number_word(lower: &str) -> bool {
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
fn opens_sentence(document: &Document<'_>, at: usize) -> bool {
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
fn end_of_run(document: &Document<'_>, at: usize) -> usize {
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
fn name_in(document: &Document<'_>, run: WordRange) -> Option<Name> {
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
    while start < run.end && (is_title(document, start) || is_title_mark(document, start, title_start)) {
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
            || lex::GROUPS.contains(lower(start)));
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
            )
    };
    let at = (run.start + 1..run.end.saturating_sub(1)).rev().find(office)?;
    let mut title = at;
    while title > run.start && is_title(document, title - 1) {
        title -= 1;
    }
    let name = at + 1 + usize::from(lower(at + 1) == ".");
    let plain = name < run.end
        && (name..run.end).all(|i| !matches!(lower(i), "of" | "for") && !lex::is_institution(lower(i)));
    // "Former Harrow Mayor": what tells nothing of a party is skipped.
    let passing = |i: &usize| lex::is_passing_title(lower(*i));
    let from = run.start + (run.start..title).take_while(passing).count();
    (plain && title > run.start).then(|| Name {
        words: name..run.end,
        title: title..name,
        affiliation: (from < title).then_some(from..title),
    })
}

fn is_title(document: &Document<'_>, i: usize) -> bool {
    let word = &document.words[i];
    lex::TITLES.contains(word.lower.as_str()) && is_capital(word)
}

fn is_title_mark(document: &Document<'_>, i: usize, from: usize) -> bool {
    let lower = document.words[i].lower.as_str();
    i > from && (lower == "." || lower == "of" || (lower == "state" && document.words[i - 1].lower == "of"))
}

/// "Israelis", "Americans".
pub(crate) fn is_people(lower: &str) -> bool {
    lower.strip_suffix('s').is_some_and(|stem| lex::DEMONYMS.contains(stem))
}

pub(crate) fn is_state(document: &Document<'_>, name: &WordRange) -> bool {
    let tokens: Vec<&str> = document.words[name.clone()].iter().map(|w| w.lower.as_str()).collect();
    lex::STATE_NAMES.contains(tokens.join(" ").as_str())
}

/// The parties named in `document`: names that are the same words, or the last words of a longer
/// one, are joined.
pub(crate) fn find_entities(
    document: &Document<'_>,
    names: &[Name],
    tagged: &[(WordRange, NameKind)],
) -> Vec<Entity> {
    let mut order: Vec<&Name> = names.iter().collect();
    // Fuller forms first, so that shorter ones find them; then text order.
    order.sort_by_key(|n| (std::cmp::Reverse(n.words.len()), n.words.start));
    let mut entities: Vec<Entity> = Vec::new();
    for name in order {
        let tokens = tokens_of(document, &name.words);
        match entity_for(&entities, &tokens, name.words.start) {
            Some(e) => entities[e].mentions.push(name.words.clone()),
            None => entities.push(Entity {
                tokens,
                fullest: name.words.clone(),
                kind: ActorKind::Organisation,
                woman: None,
                mentions: vec![name.words.clone()],
                roles: Vec::new(),
            }),
        }
    }
    for entity in &mut entities {
        entity.mentions.sort_by_key(|m| m.start);
        describe(document, names, tagged, entity);
    }
    entities.sort_by_key(|e| e.mentions[0].start);
    entities
}

fn tokens_of(document: &Document<'_>, words: &WordRange) -> Vec<String> {
    document.words[words.clone()].iter().map(|w| w.lower.clone()).collect()
}

/// The entity that a name of `tokens` at word `at` belongs to: the same words, or else the nearest
/// one (before rather than behind) that ends in them.
fn entity_for(entities: &[Entity], tokens: &[String], at: usize) -> Option<usize> {
    if let Some(same) = entities.iter().position(|e| e.tokens == tokens) {
        return Some(same);
    }
    let distance = |e: &Entity| {
        let before = e.mentions.iter().filter(|m| m.start < at).map(|m| at - m.start).min();
        before.map_or((1, e.mentions[0].start), |d| (0, d))
    };
    let all: Vec<(usize, &Entity)> = entities.iter().enumerate().collect();
    let nearest = |short: &dyn Fn(&Entity) -> bool| {
        all.iter().filter(|(_, e)| short(e)).min_by_key(|(_, e)| distance(e)).map(|(i, _)| *i)
    };
    // A surname before the beginning of a body's name: "Lind", not the "Lind campaign".
    nearest(&|e| ends_in(e, tokens)).or_else(|| nearest(&|e| stands_for(e, tokens)))
}

/// Whether `tokens` are the last words of a person's name, whole hyphenated parts at a time.
fn ends_in(entity: &Entity, tokens: &[String]) -> bool {
    let full = &entity.tokens;
    full.len() > tokens.len()
        && full.ends_with(tokens)
        && full[full.len() - tokens.len() - 1] != "-"
        && !full.iter().any(|t| lex::is_institution(t) || t == "of")
}

/// Whether `tokens` are the initials of an organisation's name ("HRW" of "Human Rights Watch") or the
/// word it begins with ("Lindmark" of "Lindmark Deep Co").
fn stands_for(entity: &Entity, tokens: &[String]) -> bool {
    let full = &entity.tokens;
    let [short] = tokens else { return false };
    if full.len() < 2 || lex::DEMONYMS.contains(short.as_str()) || lex::STATE_NAMES.contains(short.as_str()) {
        return false;
    }
    let small = |t: &&String| !matches!(t.as_str(), "of" | "the" | "for" | "and" | "&" | "." | "-");
    let initials: String = full.iter().filter(small).filter_map(|t| t.chars().next()).collect();
    let institution =
        full.iter().any(|t| lex::is_institution(t) || matches!(t.as_str(), "co" | "inc" | "corp" | "ltd"));
    initials.len() > 2 && initials == *short || institution && full[0] == *short && short.len() > 3
}

/// Fills in what the places of its mentions tell of an entity.
fn describe(document: &Document<'_>, names: &[Name], tagged: &[(WordRange, NameKind)], entity: &mut Entity) {
    let mut late = Vec::new();
    for mention in &entity.mentions {
        let name = name_at(names, mention);
        let title = name.map_or(0..0, |n| n.title.clone());
        let role = role_at(document, name, mention, tagged);
        let role_words = role.as_ref().map_or(0..0, |r| r.words.clone());
        // What a headline says is said better below it.
        match role {
            Some(role) if document.is_caseless(mention.start) => late.push(role),
            role => entity.roles.extend(role),
        }
        let told = |i: usize| lex::GENDERS.get(document.words[i].lower.as_str()).copied();
        entity.woman = entity.woman.or_else(|| title.chain(role_words).find_map(told));
    }
    entity.roles.append(&mut late);
    let titled = entity.mentions.iter().any(|m| name_at(names, m).is_some_and(|n| !n.title.is_empty()));
    let votes = |kind: NameKind| {
        let of_kind = |m: &&WordRange| overlapping(tagged, m).iter().any(|(_, k)| *k == kind);
        entity.mentions.iter().filter(of_kind).count()
    };
    let kinds = [NameKind::Person, NameKind::Organisation, NameKind::Place].map(|k| (votes(k), k));
    let seen = kinds.into_iter().rev().max_by_key(|(n, _)| *n).filter(|(n, _)| *n > 0).map(|(_, k)| k);
    entity.kind = kind_of(document, entity, titled, seen);
}

/// What is told beside one mention of a name: before it as a title or a phrase, or in apposition. Only
/// whom the party belongs to may be told: "Oren Dahl of the River Union", "Mira Holm (D-Harrow)".
pub(crate) fn role_at(
    document: &Document<'_>,
    name: Option<&Name>,
    mention: &WordRange,
    tagged: &[(WordRange, NameKind)],
) -> Option<Role> {
    let role = titled(document, name).or_else(|| role_before(document, mention.start));
    let apposed = || role_after(document, mention.end);
    let mut role =
        role.or_else(apposed).unwrap_or(Role { words: mention.end..mention.end, affiliation: None });
    if role.affiliation.is_none() {
        // "Senator Ruth Amari, Republican of Harrow", "Colonel Jon Vester, spokesman for the army".
        let beside = || apposed().and_then(|r| r.affiliation);
        let office = name.is_some_and(|n| !n.title.is_empty()) && !role.words.is_empty();
        role.affiliation = seat_after(document, mention.end)
            .or_else(beside)
            .or_else(|| body_of(document, mention, tagged, office));
    }
    (!role.words.is_empty() || role.affiliation.is_some()).then_some(role)
}

/// "the River Union" of "Oren Dahl of the River Union", "the River Union's Oren Dahl"; also the place of
/// one who holds an office ("Senator Ruth Amari of Harrow"), while others only live there.
fn body_of(
    document: &Document<'_>,
    mention: &WordRange,
    tagged: &[(WordRange, NameKind)],
    office: bool,
) -> Option<WordRange> {
    let body = |words: &WordRange| {
        let seen = overlapping(tagged, words).first().map(|(_, kind)| *kind);
        let institution = words.clone().any(|i| lex::is_institution(&document.words[i].lower));
        match seen {
            Some(NameKind::Person) => false,
            Some(NameKind::Place) => office || institution,
            Some(_) => true,
            None => institution || office,
        }
    };
    let of = document.words.get(mention.end).filter(|w| w.lower == "of");
    let behind = of.and_then(|_| affiliation_after(document, mention.end));
    let capital = |words: &WordRange| is_capital(&document.words[words.start]);
    let before = || {
        let genitive = mention.start > 1
            && (document.words[mention.start - 1].lower == "s"
                || matches!(document.words[mention.start - 1].lower.as_str(), "’" | "'"));
        if genitive { affiliation_before(document, mention.start) } else { None }
    };
    behind.or_else(before).filter(|words| capital(words) && body(words))
}

/// The title before a name as a role: "Israeli | Prime Minister | Benjamin Netanyahu".
fn titled(document: &Document<'_>, name: Option<&Name>) -> Option<Role> {
    let name = name.filter(|n| !n.title.is_empty())?;
    let address = |i: usize| {
        matches!(
            document.words[i].lower.as_str(),
            "mr" | "mrs" | "ms" | "miss" | "mx" | "dr" | "sir" | "." | "dame" | "lord" | "lady" | "madam"
        )
    };
    if name.title.clone().all(address) {
        return None;
    }
    let mut affiliation = name.affiliation.clone();
    if affiliation.is_none() {
        affiliation = affiliation_before(document, name.title.start);
    }
    Some(Role { words: name.title.clone(), affiliation })
}

fn kind_of(document: &Document<'_>, entity: &Entity, titled: bool, seen: Option<NameKind>) -> ActorKind {
    let tokens: Vec<&str> = entity.tokens.iter().map(String::as_str).collect();
    let joined = tokens.join(" ");
    let last = tokens[tokens.len() - 1];
    if lex::STATE_NAMES.contains(joined.as_str()) || joined.ends_with("white house") {
        return ActorKind::Government;
    }
    let company = |t: &&str| matches!(*t, "inc" | "co" | "corp" | "ltd" | "llc" | "plc" | "&");
    if tokens.len() > 1 && tokens.iter().any(company) {
        return ActorKind::Organisation;
    }
    if titled {
        return ActorKind::Person;
    }
    // "the group known as the River Council" is what it is said to be.
    let heads = entity.roles.iter().filter(|r| !r.words.is_empty());
    let heads = heads.map(|r| document.words[r.words.end - 1].lower.as_str());
    let told = heads.clone().find(|h| lex::is_institution(h) || is_role_head(h));
    if told.is_some_and(|h| lex::ORGANISATIONS.contains(h)) {
        return ActorKind::Organisation;
    }
    // A place speaks through its authorities. Words of a body outweigh what the name looks like.
    let body = tokens.len() > 2 && lex::is_institution(last);
    match seen {
        Some(NameKind::Person) if !body => return ActorKind::Person,
        Some(NameKind::Place) if !lex::ORGANISATIONS.contains(last) => return ActorKind::Government,
        _ => {}
    }
    if tokens.iter().any(|t| lex::GOVERNMENT.contains(t)) {
        return ActorKind::Government;
    }
    if tokens.iter().any(|t| lex::ORGANISATIONS.contains(t) || *t == "of" || *t == "for") {
        return ActorKind::Organisation;
    }
    if lex::GROUPS.contains(last) || is_people(last) {
        return ActorKind::Group;
    }
    if seen == Some(NameKind::Organisation) {
        return ActorKind::Organisation;
    }
    if let Some(head) = told {
        return if lex::GOVERNMENT.contains(head) { ActorKind::Government } else { ActorKind::Person };
    }
    let letters = tokens.iter().filter(|t| t.chars().all(char::is_alphabetic)).count();
    let upper = document.words[entity.fullest.clone()].iter().all(|w| w.shape == Shape::Upper);
    if letters >= 2 && !upper || entity.woman.is_some() { ActorKind::Person } else { ActorKind::Organisation }
}
