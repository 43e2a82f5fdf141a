//! The parties that are named in a text: which names mean the same one, and what is told beside them.

use ascribe_record::ActorKind;
use ascribe_text::Shape;

use crate::affiliation::{affiliation_after, affiliation_before, headed, seat_after};
use crate::beside::{role_after, role_before};
use crate::document::{Document, WordRange};
use crate::encoded::NameKind;
use crate::lexicon as lex;
use crate::name::{Name, is_capital, name_at, overlapping};
use crate::role::{Role, is_role_head};
use crate::run::is_people;

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
    let lower = |i: usize| document.words.get(i).map_or("", |w| w.lower.as_str());
    // "Oren Dahl, | of the River Union, |", "Oren Dahl | with the River Union", "Oren Dahl | (River Union)".
    let comma = usize::from(lower(mention.end) == ",");
    let at = mention.end + comma;
    let organisation = |words: &WordRange| {
        overlapping(tagged, words).iter().any(|(_, kind)| *kind == NameKind::Organisation)
            || words.clone().any(|i| lex::is_institution(lower(i)))
    };
    let closed = |words: &WordRange| {
        comma == 0 || document.words.get(words.end).is_none_or(|w| w.is_mark() || w.lower == "and")
    };
    let behind = match lower(at) {
        "of" => affiliation_after(document, at).filter(closed),
        "from" | "with" => affiliation_after(document, at).filter(organisation).filter(closed),
        // "the friends of Ada Lind at Harrow College": only where it is set off.
        "at" if comma == 1 => affiliation_after(document, at).filter(organisation).filter(closed),
        "(" => bracketed(document, at).filter(organisation),
        _ => None,
    };
    let behind = behind.or_else(|| headed(document, mention.end));
    let capital = |words: &WordRange| is_capital(&document.words[words.start]);
    let before = || {
        let genitive = mention.start > 1
            && (document.words[mention.start - 1].lower == "s"
                || matches!(document.words[mention.start - 1].lower.as_str(), "’" | "'"));
        if genitive { affiliation_before(document, mention.start) } else { None }
    };
    behind.or_else(before).filter(|words| capital(words) && body(words))
}

/// The name in the brackets that open at word `at`.
fn bracketed(document: &Document<'_>, at: usize) -> Option<WordRange> {
    let words = &document.words;
    let close = (at + 1..words.len().min(at + 7)).find(|&i| words[i].lower == ")")?;
    let named =
        |i: usize| is_capital(&words[i]) || matches!(words[i].lower.as_str(), "of" | "the" | "for" | "&");
    (close > at + 1 && (at + 1..close).all(named)).then_some(at + 1..close)
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
    // "Army spokesman | Colonel Ada Lind": an office before a rank.
    let beside = name.title.start > 0 && !document.words[name.title.start - 1].is_mark();
    if beside
        && name.affiliation.is_none()
        && let Some(role) = role_before(document, name.title.start).filter(|r| r.affiliation.is_some())
    {
        return Some(role);
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
    // Bodies of many states are no state.
    if matches!(joined.as_str(), "european union" | "eu" | "united nations" | "un" | "u . n ." | "nato") {
        return ActorKind::Organisation;
    }
    let seat =
        matches!(joined.as_str(), "white house" | "downing street" | "capitol hill" | "élysée" | "elysee")
            || tokens.len() == 1 && lex::GOVERNMENT.contains(last);
    if lex::STATE_NAMES.contains(joined.as_str()) || seat || joined.ends_with("white house") {
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
    if seen != Some(NameKind::Person)
        && has_state_organ(document, entity)
        && !lex::ORGANISATIONS.contains(last)
    {
        return ActorKind::Government;
    }
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

/// Whether the text tells of a minister, an army or the like of a party: then it is a state. "Northland's
/// foreign minister", "the Northland government".
fn has_state_organ(document: &Document<'_>, entity: &Entity) -> bool {
    let lower = |i: usize| document.words.get(i).map_or("", |w| w.lower.as_str());
    let organ = |i: usize| {
        matches!(
            lower(i),
            "government"
                | "parliament"
                | "army"
                | "navy"
                | "minister"
                | "ministry"
                | "ambassador"
                | "embassy"
        )
    };
    entity.mentions.iter().any(|m| {
        let genitive = matches!(lower(m.end), "’" | "'") && lower(m.end + 1) == "s";
        let start = m.end + if genitive { 2 } else { 0 };
        let plain = |i: &usize| document.words.get(*i).is_some_and(|w| w.shape == Shape::Lower) && !organ(*i);
        let modifiers =
            (start..start + 2).take_while(plain).filter(|&i| lex::ROLE_MODIFIERS.contains(lower(i))).count();
        organ(start + modifiers)
    })
}
