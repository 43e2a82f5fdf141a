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
                self.seen(&(at..at + 1), fits, None).or_else(|| self.last_speaker(at, 3, fits))
            }
            "it" | "its" => {
                let fits = |k| matches!(k, Document | Organisation | Government);
                self.seen(&(at..at + 1), fits, None).or_else(|| self.last_speaker(at, 2, fits))
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
                role.words.clone().last().is_some_and(|i| self.lower(i) == head_word)
                    && wanted.iter().all(|w| words.contains(&w.as_str()))
            })
        };
        let in_name = |&e: &usize| {
            let words = &self.entities[e].fullest;
            self.is_institution(&head_word)
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
        self.seen(phrase, fits, woman).or_else(|| self.just_named(phrase, &wanted))
    }

    /// The organisation that a bare "the group" means: one that was named in the last two sentences. A
    /// newspaper is no "company" of a report.
    fn just_named(&mut self, phrase: &WordRange, wanted: &[String]) -> Option<usize> {
        let [word] = wanted else { return None };
        let generic = [
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
            "outlet",
            "newspaper",
            "broadcaster",
            "bank",
            "airline",
            "union",
            "party",
        ];
        if !generic.contains(&word.as_str()) {
            return None;
        }
        let wants_outlet = matches!(word.as_str(), "outlet" | "newspaper" | "broadcaster" | "agency");
        let here = self.sentence(phrase.start);
        let fits = |&e: &usize| {
            let entity = &self.entities[e];
            let mentions = entity.mentions.iter().filter(|m| m.start < phrase.start);
            let near = mentions.map(|m| self.sentence(m.start)).max().is_some_and(|s| here - s <= 2);
            let outlet = entity.fullest.clone().any(|i| lex::OUTLETS.contains(self.lower(i)));
            entity.kind == ActorKind::Organisation && near && outlet == wants_outlet
        };
        let found = self.by_nearness(phrase.start).into_iter().find(fits)?;
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
                if person { lex::is_person_noun(&word.lower) } else { self.is_institution(&word.lower) };
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
    ///
    /// Method: the network's chain; where it is not sure, recency and subjecthood as in J. Hobbs,
    /// "Resolving pronoun references", 1978, much simplified: near, a speaker rather than somebody
    /// spoken of, the first name of a sentence rather than a later one.
    fn person_before(&mut self, at: usize, woman: bool) -> Option<usize> {
        let person = |k| k == ActorKind::Person;
        let ranked = self.ranked(&(at..at + 1), person, Some(woman));
        let seen = |c: Candidate| ranked.iter().find(|(r, _)| *r == c).map_or(0.0, |(_, p)| *p);
        let here = self.sentence(at);
        let mut offers: Vec<(f64, Candidate)> = Vec::new();
        let speaker =
            self.history.iter().rev().find(|(w, p)| *w < at && self.parties[*p].kind == ActorKind::Person);
        if let Some(&(w, party)) = speaker {
            let away = here - self.sentence(w).min(here);
            let fits = self.parties[party].woman.is_none_or(|told| told == woman);
            if away <= 4 && fits {
                let candidate = self.parties[party].entity.map_or(Candidate::Party(party), Candidate::Entity);
                offers.push((away as f64 * 10.0 - 9.0, candidate));
            }
        }
        for (e, entity) in self.entities.iter().enumerate() {
            if entity.kind != ActorKind::Person || entity.woman.is_some_and(|told| told != woman) {
                continue;
            }
            let Some(mention) = entity.mentions.iter().rev().find(|m| m.end <= at) else { continue };
            let sentence = self.sentence(mention.start);
            let away = here - sentence.min(here);
            if away > 3 && seen(Candidate::Entity(e)) < SURE {
                continue;
            }
            let first = !self
                .names
                .iter()
                .any(|n| n.words.start < mention.start && self.sentence(n.words.start) == sentence);
            offers.push((away as f64 * 10.0 - if first { 4.0 } else { 0.0 }, Candidate::Entity(e)));
        }
        offers.extend(ranked.iter().filter(|(_, p)| *p >= SURE).map(|(c, _)| (40.0, *c)));
        let cost = |(away, c): &(f64, Candidate)| away - CHAIN_WEIGHT * f64::from(seen(*c));
        let best = offers.iter().min_by(|a, b| cost(a).total_cmp(&cost(b)))?.1;
        Some(self.party_at(best))
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
            let thing = lex::DOCUMENTS.contains(word.lower.as_str()) || self.is_institution(&word.lower);
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
        start
    }

    fn last_speaker(&self, at: usize, sentences: usize, fits: impl Fn(ActorKind) -> bool) -> Option<usize> {
        let here = self.sentence(at);
        let near = self
            .history
            .iter()
            .rev()
            .filter(|(w, _)| *w < at && here.saturating_sub(self.sentence(*w)) <= sentences);
        near.map(|(_, p)| *p).find(|&p| fits(self.parties[p].kind))
    }
}

/// What the probability of the chain weighs against distance, in tenths of a sentence.
const CHAIN_WEIGHT: f64 = 30.0;
