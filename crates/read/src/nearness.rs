//! Which parties a mention is likely to mean: as the network's chains see it, and by nearness.

use ascribe_record::ActorKind;

use crate::act::is_saying;
use crate::document::WordRange;
use crate::entity::Entity;
use crate::lexicon as lex;
use crate::role::{is_preposition, is_role_head};
use crate::speaker::Resolver;

/// From which probability on the network's chain decides alone.
pub(super) const SURE: f32 = 0.5;

/// What the probability of the chain weighs against distance, in tenths of a sentence.
const CHAIN_WEIGHT: f64 = 30.0;

/// What a mention may be resolved to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Candidate {
    Entity(usize),
    Party(usize),
}

impl Resolver<'_> {
    /// Entities mentioned before word `at`, the nearest mention first.
    pub(super) fn by_nearness(&self, at: usize) -> Vec<usize> {
        let last = |e: &Entity| e.mentions.iter().map(|m| m.start).filter(|&s| s < at).max();
        let mut near: Vec<(usize, usize)> =
            self.entities.iter().enumerate().filter_map(|(i, e)| Some((last(e)?, i))).collect();
        near.sort_unstable_by(|a, b| b.cmp(a));
        near.into_iter().map(|(_, i)| i).collect()
    }

    /// The party whose mentions the network sees as the same as `mention`, if it is sure enough.
    pub(super) fn seen(
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

    pub(super) fn party_at(&mut self, candidate: Candidate) -> usize {
        match candidate {
            Candidate::Entity(e) => self.party_of(e),
            Candidate::Party(p) => p,
        }
    }

    /// Candidates with the highest probability that one of their mentions is the same as `mention`, the
    /// likeliest first; mentions behind count half.
    pub(super) fn ranked(
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

    /// The person that "he" or "she" at word `at` most likely means.
    pub(super) fn person_before(&mut self, at: usize, woman: bool) -> Option<usize> {
        let (candidate, _) = self.nearest_person(&(at..at + 1), Some(woman))?;
        let party = self.party_at(candidate);
        // Who is "she" once is not "he" later.
        self.parties[party].woman.get_or_insert(woman);
        if let Some(entity) = self.parties[party].entity {
            self.entities[entity].woman.get_or_insert(woman);
        }
        Some(party)
    }

    /// The person that `mention` most likely means, and how far off she or he was named, in tenths of a
    /// sentence; less than nothing for the one who spoke last.
    ///
    /// Method: the network's chain; where it is not sure, recency and subjecthood as in J. Hobbs,
    /// "Resolving pronoun references", 1978, much simplified: near, a speaker rather than somebody
    /// spoken of, the first name of a sentence rather than a later one.
    pub(super) fn nearest_person(
        &mut self,
        mention: &WordRange,
        woman: Option<bool>,
    ) -> Option<(Candidate, f64)> {
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

    /// The people or the person that the sentence of word `at`, or the one before it, begins with, if they
    /// have no name: "Residents fled. | They | said …".
    pub(super) fn subject_before(&mut self, at: usize, person: bool) -> Option<usize> {
        let here = self.sentence(at);
        for sentence in [Some(here), here.checked_sub(1)].into_iter().flatten() {
            let words = self.document.words_in(self.document.sentences[sentence]);
            let start = words.start;
            let is_head = |i: &usize| {
                let word = self.lower(*i);
                let noun = if person { lex::is_person_noun(word) } else { lex::is_group_noun(word) };
                noun && !is_role_head(self.lower(i + 1))
            };
            let Some(head) = (start..at.min(start + 6)).find(is_head) else { continue };
            let named = self.names.iter().any(|n| n.words.start <= head && start < n.words.end);
            let plain = (start..head).all(|i| {
                let word = self.lower(i);
                !self.document.words[i].is_mark() && !is_preposition(word) && !is_saying(word)
            });
            if !named && plain {
                return self.described(&(start..head + 1));
            }
        }
        None
    }

    /// The last who spoke of those that fit, at most so many sentences off; `joint` speakers too, if asked.
    pub(super) fn last_speaker(
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
    pub(super) fn body_named(&mut self, at: usize) -> Option<usize> {
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
