//! Whom pronouns and descriptions mean: the party that the network sees in the other mentions, or
//! failing that the nearest one that fits.

use ascribe_record::ActorKind;
use ascribe_text::Shape;

use crate::document::WordRange;
use crate::lexicon as lex;
use crate::name::{Entity, is_capital, is_people};
use crate::role::{Role, is_role_head};
use crate::speaker::Resolver;

/// From which probability on the network's chain decides alone.
const SURE: f32 = 0.5;

/// What a mention may be resolved to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Candidate {
    Entity(usize),
    Party(usize),
}

impl Resolver<'_> {
    /// The party that the pronoun at word `at` means.
    pub(super) fn pronoun(&mut self, at: usize) -> Option<usize> {
        use ActorKind::{Document, Government, Group, Organisation};
        match self.lower(at) {
            "he" | "him" | "his" => self.person_before(at, false),
            "she" | "her" => self.person_before(at, true),
            "who" | "whose" | "which" | "that" => self.relative(at),
            "they" | "them" | "their" => {
                let fits = |k| matches!(k, Group | Organisation | Government);
                self.seen(&(at..at + 1), fits, None).or_else(|| self.last_speaker(at, 3, fits, true))
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
        if !determined && !is_capital(&self.document.words[phrase.start]) {
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
        if !determined {
            return None;
        }
        let person = lex::is_person_noun(&head_word);
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

    /// Entities mentioned before word `at`, the nearest mention first.
    fn by_nearness(&self, at: usize) -> Vec<usize> {
        let last = |e: &Entity| e.mentions.iter().map(|m| m.start).filter(|&s| s < at).max();
        let mut near: Vec<(usize, usize)> =
            self.entities.iter().enumerate().filter_map(|(i, e)| Some((last(e)?, i))).collect();
        near.sort_unstable_by(|a, b| b.cmp(a));
        near.into_iter().map(|(_, i)| i).collect()
    }

    /// The party whose mentions the network sees as the same as `mention`, if it is sure enough.
    fn seen(
        &mut self,
        mention: &WordRange,
        fits: impl Fn(ActorKind) -> bool,
        woman: Option<bool>,
    ) -> Option<usize> {
        let (candidate, probability) = self.ranked(mention, fits, woman).into_iter().next()?;
        if probability < SURE {
            return None;
        }
        Some(self.party_at(candidate))
    }

    fn party_at(&mut self, candidate: Candidate) -> usize {
        match candidate {
            Candidate::Entity(e) => self.party_of(e),
            Candidate::Party(p) => p,
        }
    }

    /// Candidates with the highest probability that one of their mentions is the same as `mention`, the
    /// likeliest first; mentions behind count half.
    fn ranked(
        &self,
        mention: &WordRange,
        fits: impl Fn(ActorKind) -> bool,
        woman: Option<bool>,
    ) -> Vec<(Candidate, f32)> {
        let Some((offset, chain)) = self.encoded.and_then(|e| e.chain(mention)) else { return Vec::new() };
        let at = |words: &WordRange| {
            let inside = words.clone().filter_map(|w| chain.get(w.checked_sub(offset)?)).copied();
            let before = words.end <= mention.start;
            inside.fold(0.0f32, f32::max) * if before { 1.0 } else { 0.5 }
        };
        // What was resolved before speaks for its party too.
        let mut of_party = vec![0.0f32; self.parties.len()];
        for (words, _, party) in &self.mentions {
            of_party[*party] = of_party[*party].max(at(words));
        }
        let mut of_entity: Vec<f32> =
            self.entities.iter().map(|e| e.mentions.iter().map(at).fold(0.0, f32::max)).collect();
        for (party, seen) in self.parties.iter().zip(&of_party) {
            if let Some(e) = party.entity {
                of_entity[e] = of_entity[e].max(*seen);
            }
        }
        let told = |w: Option<bool>| w.is_none() || woman.is_none() || w == woman;
        let mut found = Vec::new();
        for (e, entity) in self.entities.iter().enumerate() {
            if fits(entity.kind) && told(entity.woman) {
                found.push((Candidate::Entity(e), of_entity[e]));
            }
        }
        for (p, party) in self.parties.iter().enumerate() {
            if party.entity.is_none() && party.names.is_empty() && fits(party.kind) && told(party.woman) {
                found.push((Candidate::Party(p), of_party[p]));
            }
        }
        found.sort_by(|a, b| b.1.total_cmp(&a.1));
        found
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
            determined.then(|| self.role_of(&(start..head + 1))).flatten()
        })
    }

    /// The person that "he" or "she" at word `at` most likely means.
    fn person_before(&mut self, at: usize, woman: bool) -> Option<usize> {
        let (candidate, _) = self.nearest_person(&(at..at + 1), Some(woman))?;
        Some(self.party_at(candidate))
    }

    /// The person that `mention` most likely means, and how far off she or he was named, in tenths of a
    /// sentence; less than nothing for the one who spoke last.
    ///
    /// Method: the network's chain; where it is not sure, recency and subjecthood as in J. Hobbs,
    /// "Resolving pronoun references", 1978, much simplified: near, a speaker rather than somebody
    /// spoken of, the first name of a sentence rather than a later one.
    fn nearest_person(&mut self, mention: &WordRange, woman: Option<bool>) -> Option<(Candidate, f64)> {
        let at = mention.start;
        let person = |k| k == ActorKind::Person;
        let ranked = self.ranked(mention, person, woman);
        let seen = |c: Candidate| ranked.iter().find(|(r, _)| *r == c).map_or(0.0, |(_, p)| *p);
        let fits = |told: Option<bool>| told.is_none() || woman.is_none() || told == woman;
        let here = self.sentence(at);
        let mut offers: Vec<(f64, Candidate)> = Vec::new();
        let speaker =
            self.history.iter().rev().find(|(w, p)| *w < at && self.parties[*p].kind == ActorKind::Person);
        if let Some(&(w, party)) = speaker {
            let away = here - self.sentence(w).min(here);
            if away <= 4 && fits(self.parties[party].woman) {
                let candidate = self.parties[party].entity.map_or(Candidate::Party(party), Candidate::Entity);
                offers.push((away as f64 * 10.0 - 9.0, candidate));
            }
        }
        for (e, entity) in self.entities.iter().enumerate() {
            if entity.kind != ActorKind::Person || !fits(entity.woman) {
                continue;
            }
            let Some(named) = entity.mentions.iter().rev().find(|m| m.end <= at) else { continue };
            let sentence = self.sentence(named.start);
            let away = here - sentence.min(here);
            if away > 3 && seen(Candidate::Entity(e)) < SURE {
                continue;
            }
            let first = !self
                .names
                .iter()
                .any(|n| n.words.start < named.start && self.sentence(n.words.start) == sentence);
            offers.push((away as f64 * 10.0 - if first { 4.0 } else { 0.0 }, Candidate::Entity(e)));
        }
        offers.extend(ranked.iter().filter(|(_, p)| *p >= SURE).map(|(c, _)| (40.0, *c)));
        let cost = |(away, c): &(f64, Candidate)| away - CHAIN_WEIGHT * f64::from(seen(*c));
        offers.into_iter().min_by(|a, b| cost(a).total_cmp(&cost(b))).map(|(away, c)| (c, away))
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

    /// The last who spoke of those that fit, at most so many sentences off; `joint` speakers too, if asked.
    fn last_speaker(
        &self,
        at: usize,
        sentences: usize,
        fits: impl Fn(ActorKind) -> bool,
        joint: bool,
    ) -> Option<usize> {
        let here = self.sentence(at);
        let near = self
            .history
            .iter()
            .rev()
            .filter(|(w, _)| *w < at && here.saturating_sub(self.sentence(*w)) <= sentences);
        near.map(|(_, p)| *p).find(|&p| {
            let party = &self.parties[p];
            fits(party.kind) || joint && party.names.len() > 1
        })
    }

    /// The organisation that "it" means if nobody of the sort has spoken: the one named first in the
    /// sentence before, or nearest before it in its own.
    fn body_named(&mut self, at: usize) -> Option<usize> {
        let here = self.sentence(at);
        let body = |e: &Entity| matches!(e.kind, ActorKind::Organisation | ActorKind::Government);
        let mentions = self.entities.iter().enumerate().filter(|(_, e)| body(e));
        let mentions = mentions.flat_map(|(i, e)| e.mentions.iter().map(move |m| (m.start, i)));
        let before: Vec<(usize, usize)> = mentions.filter(|&(m, _)| m < at).collect();
        let own = before.iter().filter(|&&(m, _)| self.sentence(m) == here).max();
        let last = || before.iter().filter(|&&(m, _)| self.sentence(m) + 1 == here).min();
        let found = own.or_else(last)?.1;
        Some(self.party_of(found))
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
const GENERIC_BODIES: [&str; 34] = [
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

/// What the probability of the chain weighs against distance, in tenths of a sentence.
const CHAIN_WEIGHT: f64 = 30.0;
