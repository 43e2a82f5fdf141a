//! Whom pronouns and descriptions mean: the party that the network sees in the other mentions, or
//! failing that the nearest one that fits.

use ascribe_record::ActorKind;
use ascribe_text::Shape;

use crate::affiliation::{before_possessive, start_of_phrase};
use crate::document::WordRange;
use crate::lexicon as lex;
use crate::name::is_capital;
use crate::nearness::SURE;
use crate::role::{Role, is_role_head};
use crate::run::is_people;
use crate::speaker::Resolver;

impl Resolver<'_> {
    /// The party that the pronoun at word `at` means.
    pub(super) fn pronoun(&mut self, at: usize) -> Option<usize> {
        use ActorKind::{Document, Government, Group, Organisation};
        match self.lower(at) {
            "he" | "him" | "his" => self.person_before(at, false).or_else(|| self.subject_before(at, true)),
            "she" | "her" => self.person_before(at, true).or_else(|| self.subject_before(at, true)),
            "who" | "whose" | "which" | "that" => self.relative(at),
            "they" | "them" | "their" => {
                let fits = |k| matches!(k, Group | Organisation | Government);
                let seen = self.seen(&(at..at + 1), fits, None);
                let spoke = seen.or_else(|| self.last_speaker(at, 3, fits, true));
                spoke.or_else(|| self.subject_before(at, false))
            }
            "it" | "its" => {
                let fits = |k| matches!(k, Document | Organisation | Government);
                let seen = self.seen(&(at..at + 1), fits, None);
                seen.or_else(|| self.last_speaker(at, 2, fits, false)).or_else(|| self.body_named(at))
            }
            _ => None,
        }
    }

    /// An earlier party that a description means.
    pub(super) fn antecedent(&mut self, phrase: &WordRange) -> Option<usize> {
        let head = phrase.end - 1;
        let determined = matches!(self.lower(phrase.start), "the" | "that" | "this" | "these" | "those");
        let body = lex::GOVERNMENT.contains(self.lower(head));
        if !determined && !body && !is_capital(&self.document.words[phrase.start]) {
            return None;
        }
        // "Lind, | the former mayor": an apposition alone is of the name before it.
        if phrase.start > 1 && self.lower(phrase.start - 1) == "," && lex::is_person_noun(self.lower(head)) {
            let name = self.names.iter().find(|n| n.words.end + 1 == phrase.start).map(|n| n.words.clone());
            let entity =
                name.and_then(|words| self.entities.iter().position(|e| e.mentions.contains(&words)));
            if let Some(e) = entity.filter(|&e| self.entities[e].kind == ActorKind::Person) {
                return Some(self.party_of(e));
            }
        }
        let wanted = self.description(phrase);
        let head_word = self.lower(head).to_owned();
        // The same institution in fewer words: "the army" after "the Israeli army".
        let shorter = |p: &crate::speaker::Party| {
            !p.description.is_empty()
                && p.description.last() == wanted.last()
                && wanted.iter().all(|w| p.description.contains(w))
        };
        if let Some(known) = self.parties.iter().rposition(shorter) {
            return Some(known);
        }
        let before = self.by_nearness(phrase.start);
        let has_role = |&e: &usize| {
            self.entities[e].roles.iter().any(|role| {
                let words: Vec<&str> = role
                    .words
                    .clone()
                    .chain(role.affiliation.clone().into_iter().flatten())
                    .map(|i| self.lower(i))
                    .collect();
                let head = role.words.clone().rev().find(|&i| !self.document.words[i].is_mark());
                head.is_some_and(|i| same_office(self.lower(i), &head_word))
                    && wanted.iter().all(|w| words.iter().any(|own| same_office(own, w)))
            })
        };
        let in_name = |&e: &usize| {
            let words = &self.entities[e].fullest;
            lex::is_institution(&head_word)
                && words.clone().any(|i| self.lower(i) == head_word)
                && wanted.iter().all(|w| words.clone().any(|i| self.lower(i) == w))
        };
        if let Some(e) =
            before.iter().copied().find(has_role).or_else(|| before.iter().copied().find(in_name))
        {
            return Some(self.party_of(e));
        }
        if let Some(whole) = self.body_told(phrase, &wanted) {
            return self.described(&whole);
        }
        if !determined {
            return None;
        }
        // "The 24-year-old" is somebody too.
        let person = lex::is_person_noun(&head_word) || head_word == "old";
        let fits = |k| match k {
            ActorKind::Person => person,
            ActorKind::Group => lex::is_group_noun(&head_word),
            ActorKind::Document => lex::DOCUMENTS.contains(head_word.as_str()),
            ActorKind::Organisation | ActorKind::Government => !person && !lex::is_group_noun(&head_word),
        };
        let woman = lex::GENDERS.get(head_word.as_str()).copied();
        let seen = self.seen(phrase, fits, woman);
        if seen.is_some() || person && !head_word.starts_with("spokes") {
            return seen.or_else(|| self.person_described(phrase, woman));
        }
        self.just_named(phrase, &wanted)
    }

    /// The fuller words for "the ministry" or "police" that stand before them: "Northland's interior ministry",
    /// "Harrow police". "The military" may be an army.
    fn body_told(&self, phrase: &WordRange, wanted: &[String]) -> Option<WordRange> {
        let [word] = wanted else { return None };
        if !lex::GOVERNMENT.contains(word.as_str()) {
            return None;
        }
        let same = |i: usize| {
            let other = self.lower(i);
            other == word || matches!((other, word.as_str()), ("army", "military") | ("military", "army"))
        };
        (0..phrase.start).rev().filter(|&i| same(i)).find_map(|i| {
            // "army | commander", "police | said": only where it is the head of its phrase.
            let modifies = is_role_head(self.lower(i + 1)) || lex::is_institution(self.lower(i + 1));
            let start = start_of_phrase(self.document, i + 1);
            let owner = before_possessive(self.document, start);
            let start = owner.map_or(start, |end| start_of_phrase(self.document, end));
            let whole = start..i + 1;
            (!modifies && whole.len() > 1 && self.is_named_body(&whole)).then_some(whole)
        })
    }

    /// The person that "the Harrow senator" or "the tycoon" means, where nothing else tells: one whom the
    /// chain head sees at least faintly, or who has just spoken. "The judge" alone may be anybody.
    fn person_described(&mut self, phrase: &WordRange, woman: Option<bool>) -> Option<usize> {
        let telling = phrase.len() > 2 && self.lower(phrase.start) == "the";
        let (candidate, near) = self.nearest_person(phrase, woman)?;
        let person = |k| k == ActorKind::Person;
        let ranked = self.ranked(phrase, person, woman);
        let seen = ranked.iter().find(|(c, _)| *c == candidate).map_or(0.0, |(_, p)| *p);
        let just_spoke = (0.0..=JUST_NOW).contains(&near);
        let fits = if telling { seen >= FAINT && near <= NOT_FAR || just_spoke } else { seen >= LIKELY };
        fits.then(|| self.party_at(candidate))
    }

    /// The organisation that a bare "the group" means: one that was named, by whatever words, in the last
    /// two sentences. A newspaper is no "company" of a report, an army no "agency".
    fn just_named(&mut self, phrase: &WordRange, wanted: &[String]) -> Option<usize> {
        let [word] = wanted else { return None };
        let wants_outlet = GENERIC_OUTLETS.contains(&word.as_str());
        if !wants_outlet && !GENERIC_BODIES.contains(&word.as_str()) {
            return None;
        }
        let office =
            matches!(word.as_str(), "agency" | "department" | "office" | "bureau" | "commission" | "body");
        let here = self.sentence(phrase.start);
        let fits = |&e: &usize| {
            let entity = &self.entities[e];
            let party = self.parties.iter().position(|p| p.entity == Some(e));
            let said =
                self.mentions.iter().filter(|(_, _, p)| Some(*p) == party).map(|(words, ..)| words.start);
            let mentions = entity.mentions.iter().map(|m| m.start).chain(said).filter(|&m| m < phrase.start);
            let near = mentions.map(|m| self.sentence(m)).max().is_some_and(|s| here - s <= 2);
            let mut words = entity.fullest.clone();
            let outlet = words.clone().any(|i| lex::OUTLETS.contains(self.lower(i)));
            let kind = match entity.kind {
                ActorKind::Organisation => outlet == wants_outlet || word == "agency",
                ActorKind::Government => office && words.any(|i| lex::is_institution(self.lower(i))),
                _ => false,
            };
            kind && near
        };
        let found = self.by_nearness(phrase.start).into_iter().take(NEAREST).find(fits)?;
        Some(self.party_of(found))
    }

    /// What a description that means entity `entity` says of it: "The Harrow senator" for a name that
    /// has no title anywhere.
    pub(super) fn role_by_chain(&self, entity: usize) -> Option<Role> {
        let entity = &self.entities[entity];
        let (offset, chain) = self.encoded.and_then(|e| e.chain(&entity.mentions[0]))?;
        let person = entity.kind == ActorKind::Person;
        let sure = (0..chain.len()).filter(|&t| chain[t] >= SURE).map(|t| t + offset);
        let heads = sure.filter(|&w| {
            let word = &self.document.words[w];
            let fits =
                if person { lex::is_person_noun(&word.lower) } else { lex::is_institution(&word.lower) };
            // "The front" of the "Valley Front" says nothing new.
            let own = entity.fullest.clone().any(|i| self.lower(i) == word.lower);
            fits && !own && word.shape == Shape::Lower
        });
        heads.into_iter().find_map(|head| {
            let start = self.phrase_before(head);
            let determined = matches!(self.lower(start), "the" | "a" | "an");
            // "The company" of a company tells nothing to repeat.
            let determined = determined && (person || head > start + 1);
            determined.then(|| self.role_of(&(start..head + 1))).flatten()
        })
    }

    /// The party right before a relative pronoun: the nearest name or noun of the sort that "who" or
    /// "which" can mean.
    fn relative(&mut self, at: usize) -> Option<usize> {
        let personal = self.lower(at) == "who";
        let sentence = self.sentence(at);
        let floor = at.saturating_sub(12);
        let mut i = at;
        while i > floor {
            i -= 1;
            if self.sentence(i) != sentence {
                return None;
            }
            if let Some(name) = self.names.iter().find(|n| n.words.end == i + 1).map(|n| n.words.clone()) {
                let entity = self.entities.iter().find(|e| e.mentions.contains(&name))?;
                let person = matches!(entity.kind, ActorKind::Person | ActorKind::Group);
                if person == personal {
                    return self.named(&name);
                }
                i = name.start;
                continue;
            }
            let word = &self.document.words[i];
            let people = is_role_head(&word.lower) || is_people(&word.lower);
            let thing = lex::DOCUMENTS.contains(word.lower.as_str()) || lex::is_institution(&word.lower);
            if !word.is_mark() && (personal && people || !personal && thing) {
                let start = self.phrase_before(i);
                return self.described(&(start..i + 1));
            }
        }
        None
    }

    /// The first word of the noun phrase whose head is at `head`.
    fn phrase_before(&self, head: usize) -> usize {
        let mut start = head;
        while start > 0 && head - start < 6 {
            let word = &self.document.words[start - 1];
            let determiner = matches!(
                word.lower.as_str(),
                "the" | "a" | "an" | "some" | "many" | "several" | "one" | "this" | "that"
            );
            let hyphen = word.lower == "-" || matches!(word.lower.as_str(), "’" | "'");
            if determiner {
                return start - 1;
            }
            if word.is_mark() && !hyphen
                || lex::FUNCTION_WORDS.contains(word.lower.as_str())
                || crate::act::is_saying(&word.lower)
                || word.lower.ends_with("ing")
            {
                break;
            }
            start -= 1;
        }
        // "to | placate nervous voters": a verb is no part of the phrase.
        start + usize::from(start > 0 && start < head && self.lower(start - 1) == "to")
    }
}

/// Whether two words name the same office, one perhaps cut short: "Gov." and "governor".
fn same_office(a: &str, b: &str) -> bool {
    let whole = |word: &str| match word {
        "gov" => "governor".to_owned(),
        "sen" => "senator".to_owned(),
        "rep" | "congressman" | "congresswoman" => "representative".to_owned(),
        "gen" => "general".to_owned(),
        "col" => "colonel".to_owned(),
        "prof" => "professor".to_owned(),
        word => word.to_owned(),
    };
    a == b || whole(a) == whole(b)
}

/// How many entities named last are asked whether a bare noun means them.
const NEAREST: usize = 24;

/// Nouns that alone mean an organisation named before.
const GENERIC_BODIES: [&str; 42] = [
    "bloc",
    "shipbuilder",
    "manufacturer",
    "drugmaker",
    "brewer",
    "chipmaker",
    "authority",
    "operator",
    "group",
    "movement",
    "organisation",
    "organization",
    "faction",
    "company",
    "firm",
    "agency",
    "militia",
    "charity",
    "ngo",
    "watchdog",
    "bank",
    "airline",
    "union",
    "party",
    "thrift",
    "lender",
    "insurer",
    "retailer",
    "carmaker",
    "automaker",
    "carrier",
    "corporation",
    "conglomerate",
    "association",
    "foundation",
    "institute",
    "department",
    "office",
    "bureau",
    "commission",
    "body",
    "campaign",
];

/// Nouns that alone mean an outlet named before.
const GENERIC_OUTLETS: [&str; 9] =
    ["outlet", "newspaper", "broadcaster", "paper", "magazine", "network", "channel", "station", "daily"];

/// From which probability on the chain is believed where nearness says the same.
const FAINT: f32 = 0.2;

/// … and from which it is where the description is but a noun.
const LIKELY: f32 = 0.35;

/// How far off somebody is at most whom a description means, in tenths of a sentence.
const NOT_FAR: f64 = 25.0;

/// How far off the one who spoke in the sentence before is at most, in tenths of a sentence; in the same
/// sentence a description is more likely of somebody else.
const JUST_NOW: f64 = 1.0;
