//! Single persons who are told by name or pronoun: where their words stand.
//!
//! What happened to them is found as for any figure; only what stands where a subject or an object
//! may stand is taken for a person, so that places and groups are left alone.

use super::lexicon::{
    self, ATTACK, AUX, BE, CLAUSE, LABEL, MONTH, PEOPLE, PERSON, PERSONS, PREP, SAY, STOP, STRUCK, THING,
    WEEKDAY,
};
use super::person::age_end;
use super::token::{Kind, Line};
use crate::lexicon::is_determiner;

/// Where the name of a person that begins at token `i`, with titles and age, ends.
pub(super) fn name_end(line: &Line<'_>, i: usize) -> Option<usize> {
    let counts = |k: usize| super::number::number_at(line, k).is_some();
    let from = age_end(line, i);
    let bounds = super::BOUNDS.iter().any(|&(phrase, _)| line.phrase_at(i, phrase).is_some());
    if line.shouted || bounds || !stands_alone(line, i) || counts(from) {
        return None;
    }
    let mut end = from;
    let mut proper = 0;
    while end < from + 9
        && (is_name_word(line, end) || is_office(line, end) || end > from && is_joint(line, end))
    {
        let title = line.has(end, PERSON | PEOPLE) || !line.capital(end);
        proper += usize::from(!title);
        end += 1;
    }
    let last = end.checked_sub(1).filter(|&last| last >= from)?;
    let name = proper > 0 && line.capital(last) && is_person(line, from, end) && !goes_on(line, end);
    let lone = end == from + 1 && (line.opens(from) || from > i) && !is_plain_name(line, from);
    (name && !lone).then_some(end)
}

/// Whether a subject or object may begin at `i`: nothing before it belongs to the same phrase.
fn stands_alone(line: &Line<'_>, i: usize) -> bool {
    let Some(before) = i.checked_sub(1) else { return true };
    let word = line.lower(before);
    let determiner = is_determiner(word) || matches!(word, "no" | "any" | "all");
    if line.is_mark(before) {
        return matches!(word, "\"" | "“" | "—" | "–" | "]" | ")" | ":")
            || word == "," && (opens_behind_phrase(line, before) || opens_behind_title(line, before));
    }
    line.has(before, CLAUSE | SAY)
        || lexicon::verb(word).is_some()
        || matches!(word, "dead" | "and" | "of" | "to" | "life") && !determiner
        || word == "that"
        || line.has(before, STOP | AUX) && !determiner && !line.has(before, PREP)
}

/// Whether the comma at `i` closes what the sentence opens with: "On Monday,".
fn opens_behind_phrase(line: &Line<'_>, i: usize) -> bool {
    i <= 9
        && (line.has(0, PREP | CLAUSE) || matches!(line.lower(0), "meanwhile" | "earlier" | "later"))
        && (1..i).all(|k| !line.is_mark(k))
}

/// Where a noun for one person without its article ends that opens a headline at `i`: "Man shot dead",
/// "Police officer wounded in Ems".
pub(super) fn headline_end(line: &Line<'_>, i: usize) -> Option<usize> {
    let opens = i == 0 || matches!(line.lower(i - 1), ":" | "|" | "–" | "—");
    if !opens || !line.capital(i) || line.shouted || line.lower(i) == "another" {
        return None;
    }
    let noun = |k: usize| {
        line.is_word(k)
            && !line.has(k, STOP | AUX | PREP | SAY | PERSONS)
            && !is_determiner(line.lower(k))
            && lexicon::verb(line.lower(k)).is_none()
    };
    let end = (i..i + 4)
        .find(|&k| !noun(k) || k > i && line.capital(k) && line.has(k - 1, PERSON))
        .unwrap_or(i + 4);
    let person = end > i && line.has(end - 1, PERSON) && (i..end - 1).all(|k| !line.has(k, PERSON));
    let told = lexicon::verb(line.lower(end)).is_some_and(|v| v.form == lexicon::VerbForm::Past)
        || matches!(line.lower(end), "dead" | "fatally" | "critically" | "seriously" | "dies")
        || line.lower(end) == "," && line.kind(end + 1) == Some(Kind::Number);
    (person && told).then_some(end)
}

/// Whether the comma at `i` stands between a title that opens the sentence and the name: "Union leader, Ada
/// Lind, was shot".
fn opens_behind_title(line: &Line<'_>, i: usize) -> bool {
    let plain =
        |k: usize| line.is_word(k) && !line.has(k, PREP | STOP | AUX) && !is_determiner(line.lower(k));
    (1..=6).contains(&i) && (0..i).all(plain) && line.has(i - 1, PERSON)
}

fn is_name_word(line: &Line<'_>, k: usize) -> bool {
    // "Strike Kills Dozens in Ems": a headline, no name.
    let told = lexicon::verb(line.lower(k)).is_some_and(|v| v.form == lexicon::VerbForm::Present)
        || matches!(line.lower(k), "dozens" | "scores" | "hundreds" | "thousands" | "dead");
    if told {
        return false;
    }
    let staff = line.has(k, PERSONS) && !line.has(k + 1, PERSON);
    if !line.is_word(k) || line.has(k, MONTH | WEEKDAY) || staff || line.lower(k).ends_with("'s") {
        return false;
    }
    let title = matches!(
        line.lower(k),
        "former" | "prime" | "chief" | "senior" | "retired" | "vice" | "ex" | "deputy" | "acting" | "local"
    );
    let title = title || line.has(k, PERSON) || line.has(k, PEOPLE);
    title || line.capital(k) && !line.has(k, STOP | SAY | BE | AUX | PREP | CLAUSE)
}

/// A noun that says whose officer or leader a person is: "police lieutenant Ada Lind".
fn is_office(line: &Line<'_>, k: usize) -> bool {
    let office = |k: usize| {
        !line.capital(k)
            && matches!(
                line.lower(k),
                "police"
                    | "army"
                    | "navy"
                    | "military"
                    | "security"
                    | "intelligence"
                    | "opposition"
                    | "rebel"
                    | "party"
                    | "union"
                    | "student"
                    | "human"
                    | "rights"
                    | "government"
                    | "embassy"
                    | "radio"
                    | "television"
                    | "newspaper"
                    | "business"
                    | "militia"
                    | "tribal"
                    | "community"
                    | "provincial"
                    | "district"
            )
    };
    office(k) && (line.has(k + 1, PERSON) || office(k + 1) && line.has(k + 2, PERSON))
}

/// What may stand inside a name: "al-", "de la", initials with their stops, brackets of a nickname.
fn is_joint(line: &Line<'_>, k: usize) -> bool {
    let follows = |k: usize| line.is_word(k) && line.capital(k);
    let particle = matches!(
        line.lower(k),
        "al" | "el" | "bin" | "ibn" | "von" | "van" | "de" | "la" | "der" | "del" | "abu" | "ul"
    );
    // Ada “Bo” Lind
    let quote = |k: usize| matches!(line.lower(k), "\"" | "“" | "”");
    let nickname = quote(k) && follows(k + 1) && (quote(k + 2) && follows(k + 3))
        || quote(k) && quote(k.wrapping_sub(2)) && follows(k + 1);
    let short = |word: &str| word.len() <= 3 || matches!(word, "capt" | "prof" | "brig" | "supt" | "insp");
    let initial = line.lower(k) == "." && line.glued(k) && short(line.lower(k.wrapping_sub(1)));
    particle && (follows(k + 1) || line.inner_hyphen(k + 1) || is_joint(line, k + 1))
        || line.inner_hyphen(k) && (follows(k + 1) || follows(k + 2))
        || initial && follows(k + 1)
        || nickname
}

/// Whether no word of the name is one of a group, a place of work or a thing.
fn is_person(line: &Line<'_>, first: usize, end: usize) -> bool {
    let group = |k: usize| {
        line.has(k, THING | STRUCK | ATTACK | LABEL)
            || matches!(
                line.lower(k),
                "army"
                    | "police"
                    | "club"
                    | "nightclub"
                    | "bar"
                    | "lounge"
                    | "restaurant"
                    | "county"
                    | "park"
                    | "mall"
                    | "beach"
                    | "front"
                    | "force"
                    | "forces"
                    | "movement"
                    | "council"
                    | "committee"
                    | "league"
                    | "union"
                    | "brigades"
                    | "command"
                    | "parliament"
                    | "congress"
                    | "navy"
                    | "court"
                    | "department"
                    | "university"
                    | "airlines"
                    | "airways"
                    | "hospital"
                    | "god"
                    | "islam"
                    | "jihad"
                    | "news"
                    | "everyone"
                    | "anyone"
                    | "someone"
                    | "nobody"
                    | "nothing"
                    | "everything"
                    | "something"
                    | "authorities"
                    | "officials"
                    | "witnesses"
                    | "hamas"
                    | "hezbollah"
                    | "taliban"
                    | "eta"
                    | "ira"
                    | "plo"
                    | "farc"
                    | "media"
                    | "violence"
                    | "responsibility"
                    | "damage"
            )
    };
    // "ETA", "UNITA": a group, as often as not.
    let shouted =
        line.tokens[first..end].iter().all(|t| t.text.len() > 1 && !t.text.chars().any(char::is_lowercase));
    // "Air Force Sergeant Ada Lind": a rank behind says that a person follows.
    let ranked = |k: usize| (k + 1..end.saturating_sub(1)).any(|j| line.has(j, PERSON));
    !(first..end).any(|k| group(k) && !is_office(line, k) && !ranked(k))
        && !shouted
        && !(first..end).all(|k| line.has(k, PEOPLE | PERSON))
}

/// Whether what looks like a name goes on as a phrase of its own: "Northland guerrillas".
fn goes_on(line: &Line<'_>, end: usize) -> bool {
    let noun = line.is_word(end)
        && !line.has(end, STOP | AUX | BE | PREP | CLAUSE | SAY)
        && lexicon::verb(line.lower(end)).is_none()
        && !super::counted::is_verbal(line.lower(end))
        && !line.lower(end).ends_with("ly")
        && !line.has(end, lexicon::PAST);
    noun || line.inner_hyphen(end) || line.lower(end) == "'s"
}

/// Whether a lone capitalised word at the head of a sentence is a name and no common word.
fn is_plain_name(line: &Line<'_>, k: usize) -> bool {
    let word = line.lower(k);
    let common = word.ends_with("ing") || word.ends_with("ly") || word.ends_with("ed") || word.ends_with('s');
    !common && word.len() > 2 && lexicon::flags(word) == 0
}

/// Whether the word at `k` may name a person by what one does or where one is from: "publisher",
/// "dissident", "Liberian".
pub(super) fn may_be_person(line: &Line<'_>, k: usize) -> bool {
    let word = line.lower(k);
    let agent = ["er", "or", "ist", "ant", "ent", "ian", "ean", "eer", "ese", "ee", "ot"]
        .iter()
        .any(|end| word.ends_with(end));
    let thing = [
        "ment", "water", "weather", "matter", "paper", "ever", "event", "other", "under", "over", "number",
        "tower", "power", "tour", "door", "floor", "motor",
    ]
    .iter()
    .any(|end| word.ends_with(end));
    let known = THING | STRUCK | ATTACK | LABEL | STOP | AUX | PREP | CLAUSE | SAY | lexicon::CAUSE;
    agent
        && !thing
        && !lexicon::names_no_person(word)
        && word.len() > 4
        && line.is_word(k)
        && !line.has(k, known)
        && lexicon::verb(word).is_none()
}

/// Whether the word at `i` is a pronoun for one person who may be the subject or object.
pub(super) fn is_pronoun(line: &Line<'_>, i: usize) -> bool {
    let free =
        !line.is_word(i + 1) || line.has(i + 1, STOP | AUX | PREP) || line.lower(i + 1).ends_with("ly");
    match line.lower(i) {
        "he" | "she" | "him" | "himself" | "herself" => true,
        "her" => free,
        _ => false,
    }
}
