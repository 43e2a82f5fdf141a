//! Sources to speakers: names, roles, institutions and pronouns resolved inside the report.

use ascribe_record::{ActorKind, MentionType, Naming, Span};

use crate::document::{Document, WordRange};
use crate::lexicon as lex;
use crate::name::{Entity, Name, find_entities, find_names, is_capital, is_people, is_state};
use crate::role::{Role, affiliation_after, is_preposition, role_in, start_of_role};

/// A party that speaks or is spoken of, and where it is mentioned.
#[derive(Clone, Debug)]
pub(crate) struct Party {
    pub(crate) name: String,
    /// Where the name stands.
    pub(crate) words: Vec<Span>,
    pub(crate) kind: ActorKind,
    pub(crate) naming: Naming,
    pub(crate) role: Option<Role>,
    /// The parties of a joint one.
    pub(crate) names: Vec<String>,
    /// Which named entity it is.
    entity: Option<usize>,
    /// Lower-case words of a description, the determiner left out.
    description: Vec<String>,
    woman: Option<bool>,
}

/// Resolves the sources of one report, asked in text order.
pub(crate) struct Resolver<'d> {
    document: &'d Document<'d>,
    names: Vec<Name>,
    entities: Vec<Entity>,
    /// By first mention.
    pub(crate) parties: Vec<Party>,
    /// Who spoke, where, in text order.
    history: Vec<(usize, usize)>,
    /// Every mention resolved so far: its words, how it names, and whom.
    pub(crate) mentions: Vec<(WordRange, MentionType, usize)>,
}

impl<'d> Resolver<'d> {
    pub(crate) fn of(document: &'d Document<'d>) -> Self {
        let names = find_names(document);
        let entities = find_entities(document, &names);
        Self { document, names, entities, parties: Vec::new(), history: Vec::new(), mentions: Vec::new() }
    }

    /// The party that `source` names, if it names anyone that can be told.
    pub(crate) fn speaker(&mut self, source: &WordRange) -> Option<usize> {
        let party = self.resolve(&self.trim(source))?;
        self.history.push((source.start, party));
        Some(party)
    }

    /// The party named at or right behind word `at`, before word `end`: whom a statement is toward.
    pub(crate) fn toward(&mut self, at: usize, end: usize) -> Option<usize> {
        let skip = (at..end.min(at + 3)).take_while(|&i| {
            matches!(
                self.lower(i),
                "the" | "that" | "for" | "on" | "of" | "against" | "with" | "," | "“" | "\"" | "both"
            )
        });
        let at = at + skip.count();
        let name = self.names.iter().find(|n| {
            (n.words.start == at || n.title.start == at && !n.title.is_empty()) && n.words.end <= end
        })?;
        let words = name.words.clone();
        self.named(&words)
    }

    /// All mentions by name of the parties found, for the reading's list.
    pub(crate) fn mention_names(&mut self) {
        for (party, entity) in self.parties.iter().enumerate().filter_map(|(i, p)| Some((i, p.entity?))) {
            for words in &self.entities[entity].mentions {
                self.mentions.push((words.clone(), MentionType::Name, party));
            }
        }
        self.mentions.sort_by_key(|(words, ..)| (words.start, words.end));
        self.mentions.dedup_by(|b, a| a.0 == b.0);
    }

    fn lower(&self, i: usize) -> &str {
        self.document.words.get(i).map_or("", |w| w.lower.as_str())
    }

    fn slice(&self, words: &WordRange) -> String {
        self.document.span(words).of(self.document.text).to_owned()
    }

    /// The source without marks at its ends and without a genitive ending.
    fn trim(&self, source: &WordRange) -> WordRange {
        let (mut start, mut end) = (source.start, source.end);
        while start + 1 < end && self.document.words[start].is_mark() {
            start += 1;
        }
        loop {
            let genitive =
                end - start > 2 && self.lower(end - 1) == "s" && matches!(self.lower(end - 2), "’" | "'");
            if genitive {
                end -= 2;
            } else if end - start > 1 && self.document.words[end - 1].is_mark() && self.lower(end - 1) != ")"
            {
                end -= 1;
            } else {
                return start..end;
            }
        }
    }

    fn resolve(&mut self, source: &WordRange) -> Option<usize> {
        if source.len() == 1 && lex::PRONOUNS.contains(self.lower(source.start)) {
            let party = self.pronoun(source.start)?;
            self.mentions.push((source.clone(), MentionType::Pronoun, party));
            return Some(party);
        }
        let parts = self.parts(source);
        if parts.len() > 1 {
            return self.joint(source, &parts);
        }
        if let Some(name) = self.main_name(source) {
            return self.named(&name);
        }
        self.described(source)
    }

    /// The parties of a coordination: "the United Kingdom, European Union, and Ukraine". One part if
    /// it is none.
    fn parts(&self, source: &WordRange) -> Vec<WordRange> {
        let whole = vec![source.clone()];
        let inside_name = |i: usize| self.names.iter().any(|n| n.words.contains(&i) && n.words.start < i);
        let separates = |i: usize| {
            let depth = (source.start..i)
                .filter(|&j| {
                    is_preposition(self.lower(j)) || matches!(self.lower(j), "who" | "which" | "that")
                })
                .count();
            depth == 0 && !inside_name(i) && matches!(self.lower(i), "," | "and" | "or" | "&")
        };
        if !source.clone().any(|i| matches!(self.lower(i), "and" | "or" | "&") && separates(i)) {
            return whole;
        }
        let mut parts: Vec<WordRange> = Vec::new();
        let mut start = source.start;
        for i in source.clone().chain([source.end]) {
            if i == source.end || separates(i) {
                if start < i {
                    parts.push(start..i);
                }
                start = i + 1;
            }
        }
        let names_someone = |part: &WordRange| {
            let named = self.names.iter().any(|n| part.start <= n.words.start && n.words.end <= part.end);
            named
                || lex::GROUPS.contains(self.lower(part.end - 1))
                || self.is_institution(self.lower(part.end - 1))
                || lex::ROLES.contains(self.lower(part.end - 1)) && self.lower(part.start) != "a"
        };
        // "the minister, Ada Lind" is one party; commas divide only where every part has a name.
        let apposed = parts.len() == 2
            && source
                .clone()
                .all(|i| self.lower(i) != "and" && self.lower(i) != "or" && self.lower(i) != "&");
        if parts.iter().all(names_someone) && !apposed { parts } else { whole }
    }

    fn joint(&mut self, source: &WordRange, parts: &[WordRange]) -> Option<usize> {
        let resolved: Vec<usize> = parts.iter().filter_map(|part| self.resolve(&self.trim(part))).collect();
        let names: Vec<String> = resolved.iter().map(|&p| self.parties[p].name.clone()).collect();
        let first = self.parties.get(*resolved.first()?)?.clone();
        let same_kind = resolved.iter().all(|&p| self.parties[p].kind == first.kind);
        let named = resolved.iter().all(|&p| self.parties[p].naming == Naming::Named);
        let party = Party {
            name: names.join(" and "),
            words: resolved.iter().flat_map(|&p| self.parties[p].words.clone()).collect(),
            kind: if same_kind && first.kind != ActorKind::Person { first.kind } else { ActorKind::Group },
            naming: if named { Naming::Named } else { Naming::RoleOnly },
            role: None,
            names,
            entity: None,
            description: Vec::new(),
            woman: None,
        };
        let party = self.add(party);
        self.mentions.push((source.clone(), MentionType::Nominal, party));
        Some(party)
    }

    /// The name that `source` is about: not a possessor's, not one behind a preposition, not one
    /// that only says to whom a role belongs.
    fn main_name(&self, source: &WordRange) -> Option<WordRange> {
        let inside = |n: &&Name| source.start <= n.words.start && n.words.end <= source.end;
        let governed = |n: &Name| {
            let start = if n.title.is_empty() { n.words.start } else { n.title.start };
            let before = start
                - usize::from(start > source.start && matches!(self.lower(start - 1), "the" | "a" | "an"));
            let within_phrase = (source.start..before)
                .any(|i| is_preposition(self.lower(i)) || matches!(self.lower(i), "who" | "which" | "that"));
            let apposed = before > source.start && self.lower(before - 1) == ",";
            within_phrase && !apposed
        };
        let belongs = |n: &Name| {
            let next = n.words.end;
            if next >= source.end {
                return false;
            }
            let genitive = matches!(self.lower(next), "’" | "'");
            let word = &self.document.words[next];
            genitive
                || (!word.is_mark()
                    && !is_capital(word)
                    && !is_preposition(&word.lower)
                    && !matches!(
                        word.lower.as_str(),
                        "who" | "which" | "that" | "and" | "himself" | "herself" | "itself"
                    ))
        };
        self.names.iter().filter(inside).find(|n| !governed(n) && !belongs(n)).map(|n| n.words.clone())
    }

    /// The party of the entity mentioned at `words`.
    fn named(&mut self, words: &WordRange) -> Option<usize> {
        let index = self.entities.iter().position(|e| e.mentions.contains(words))?;
        if let Some(known) = self.parties.iter().position(|p| p.entity == Some(index)) {
            return Some(known);
        }
        let entity = &self.entities[index];
        let party = Party {
            name: self.slice(&entity.fullest),
            words: vec![self.document.span(&entity.fullest)],
            kind: entity.kind,
            naming: Naming::Named,
            role: entity.roles.first().cloned(),
            names: Vec::new(),
            entity: Some(index),
            description: Vec::new(),
            woman: entity.woman,
        };
        Some(self.add(party))
    }

    fn add(&mut self, party: Party) -> usize {
        let same = |p: &Party| p.entity.is_none() && p.name.to_lowercase() == party.name.to_lowercase();
        if party.entity.is_none()
            && let Some(known) = self.parties.iter().position(same)
        {
            return known;
        }
        self.parties.push(party);
        self.parties.len() - 1
    }

    /// A party without a name of its own: "The deputy chief", "Palestinian officials", "the army".
    fn described(&mut self, source: &WordRange) -> Option<usize> {
        let phrase = self.phrase(source);
        let head = phrase.end - 1;
        let determined = matches!(self.lower(phrase.start), "the" | "that" | "this" | "these" | "those");
        let known = if determined || is_capital(&self.document.words[phrase.start]) {
            self.antecedent(&phrase, head, determined)
        } else {
            None
        };
        let party = match known {
            Some(party) => party,
            None => {
                let party = self.describe(source, &phrase, head);
                self.add(party)
            }
        };
        self.mentions.push((phrase, MentionType::Nominal, party));
        Some(party)
    }

    /// The noun phrase at the head of `source`: up to a preposition, relative or mark.
    fn phrase(&self, source: &WordRange) -> WordRange {
        let words = &self.document.words;
        let ends = |i: usize| {
            let word = &words[i];
            let genitive = matches!(word.lower.as_str(), "’" | "'") && i + 1 < source.end;
            let hyphen = word.lower == "-";
            let initials = word.lower == "." && i > 0 && words[i - 1].lower.len() == 1;
            i > source.start
                && (is_preposition(&word.lower)
                    || matches!(
                        word.lower.as_str(),
                        "who"
                            | "which"
                            | "that"
                            | "whose"
                            | "and"
                            | "shared"
                            | "posted"
                            | "published"
                            | "released"
                            | "obtained"
                            | "seen"
                            | "reviewed"
                    )
                    || word.is_mark() && !genitive && !hyphen && !initials)
        };
        let end = source.clone().find(|&i| ends(i)).unwrap_or(source.end);
        source.start..end
    }

    /// An earlier party that a definite description means.
    fn antecedent(&mut self, phrase: &WordRange, head: usize, determined: bool) -> Option<usize> {
        let wanted = self.description(phrase);
        let head_word = self.lower(head).to_owned();
        // The same institution in fewer words: "the army" after "the Israeli army".
        let shorter = |p: &&(usize, &Party)| {
            !p.1.description.is_empty()
                && p.1.description.last() == wanted.last()
                && wanted.iter().all(|w| p.1.description.contains(w))
        };
        let parties: Vec<(usize, &Party)> = self.parties.iter().enumerate().collect();
        if let Some((known, _)) = parties.iter().rev().find(shorter) {
            return Some(*known);
        }
        let before: Vec<usize> = self.by_nearness(phrase.start);
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
        let generic = determined
            && wanted.len() == 1
            && matches!(
                head_word.as_str(),
                "group"
                    | "movement"
                    | "organisation"
                    | "organization"
                    | "faction"
                    | "company"
                    | "firm"
                    | "agency"
                    | "militia"
                    | "charity"
                    | "ngo"
                    | "watchdog"
                    | "outlet"
                    | "newspaper"
                    | "broadcaster"
            );
        // A bare "the group" means one that was just named; a newspaper is no "company" of a report.
        let here = self.sentence(phrase.start);
        let just_named = |e: usize| {
            let mentions = self.entities[e].mentions.iter().filter(|m| m.start < phrase.start);
            mentions.map(|m| self.sentence(m.start)).max().is_some_and(|s| here - s <= 2)
        };
        let outlet =
            |e: usize| self.entities[e].fullest.clone().any(|i| lex::OUTLETS.contains(self.lower(i)));
        let wants_outlet = matches!(head_word.as_str(), "outlet" | "newspaper" | "broadcaster" | "agency");
        let is_organisation = |&e: &usize| {
            generic
                && self.entities[e].kind == ActorKind::Organisation
                && just_named(e)
                && outlet(e) == wants_outlet
        };
        let found = before
            .iter()
            .copied()
            .find(has_role)
            .or_else(|| before.iter().copied().find(in_name))
            .or_else(|| before.iter().copied().find(is_organisation))?;
        let mention = self.entities[found].mentions[0].clone();
        self.named(&mention)
    }

    /// Entities mentioned before word `at`, the nearest mention first.
    fn by_nearness(&self, at: usize) -> Vec<usize> {
        let last = |e: &Entity| e.mentions.iter().map(|m| m.start).filter(|&s| s < at).max();
        let mut near: Vec<(usize, usize)> =
            self.entities.iter().enumerate().filter_map(|(i, e)| Some((last(e)?, i))).collect();
        near.sort_unstable_by(|a, b| b.cmp(a));
        near.into_iter().map(|(_, i)| i).collect()
    }

    fn is_institution(&self, word: &str) -> bool {
        lex::GOVERNMENT.contains(word) || lex::ORGANISATIONS.contains(word)
    }

    /// The words of a phrase by which it can be known again: no determiner, marks or genitives.
    fn description(&self, phrase: &WordRange) -> Vec<String> {
        let known = |i: &usize| {
            !self.document.words[*i].is_mark()
                && !matches!(
                    self.lower(*i),
                    "the"
                        | "a"
                        | "an"
                        | "this"
                        | "that"
                        | "these"
                        | "those"
                        | "his"
                        | "her"
                        | "their"
                        | "its"
                        | "s"
                )
        };
        phrase.clone().filter(known).map(|i| self.lower(i).to_owned()).collect()
    }

    fn describe(&self, source: &WordRange, phrase: &WordRange, head: usize) -> Party {
        let word = self.lower(head);
        let first = self.lower(phrase.start);
        let indefinite = matches!(
            first,
            "a" | "an" | "one" | "some" | "another" | "several" | "many" | "other" | "two" | "three"
        );
        let people = lex::ROLES.contains(word) || lex::GROUPS.contains(word) || is_people(word);
        let kind = self.kind_of(word, phrase);
        let naming = if lex::UNNAMED.contains(word)
            || (word == "people" && source.clone().any(|i| self.lower(i) == "familiar"))
        {
            Naming::Unnamed
        } else if (self.is_institution(word) && !indefinite && !people) || is_state(self.document, phrase) {
            Naming::Named
        } else {
            Naming::RoleOnly
        };
        let role = (people && naming != Naming::Unnamed).then(|| self.role_of(phrase, head)).flatten();
        let person = matches!(kind, ActorKind::Person);
        Party {
            name: self.slice(phrase),
            words: vec![self.document.span(phrase)],
            kind,
            naming,
            role,
            names: Vec::new(),
            entity: None,
            description: self.description(phrase),
            woman: if person { lex::GENDERS.get(word).copied() } else { None },
        }
    }

    /// "deputy chief" of "the group's deputy chief", with whom it belongs to.
    fn role_of(&self, phrase: &WordRange, head: usize) -> Option<Role> {
        let start = start_of_role(self.document, head).max(phrase.start);
        let start = start + usize::from(matches!(self.lower(start), "the" | "a" | "an") && start < head);
        let before =
            if start > phrase.start { crate::role::affiliation_before(self.document, start) } else { None };
        let inside = before.filter(|a| a.start >= phrase.start);
        let behind = affiliation_after(self.document, head + 1);
        if inside.is_none() && behind.is_none() && start == phrase.start + 1 {
            return role_in(self.document, start, head);
        }
        Some(Role { words: start..head + 1, affiliation: inside.or(behind) })
    }

    fn kind_of(&self, head: &str, phrase: &WordRange) -> ActorKind {
        let bare: Vec<String> = self.description(phrase);
        if lex::STATE_NAMES.contains(bare.join(" ").as_str()) {
            return ActorKind::Government;
        }
        match head {
            "sources" | "people" | "others" | "some" | "many" | "several" | "few" | "most" | "those" => {
                ActorKind::Group
            }
            "man" | "woman" | "boy" | "girl" | "source" | "person" | "someone" | "one" => ActorKind::Person,
            h if lex::ROLES.contains(h) => ActorKind::Person,
            h if lex::GROUPS.contains(h) || is_people(h) => ActorKind::Group,
            h if lex::GOVERNMENT.contains(h) => ActorKind::Government,
            h if lex::DOCUMENTS.contains(h) => ActorKind::Document,
            h if lex::ORGANISATIONS.contains(h) => ActorKind::Organisation,
            h if h.ends_with('s') && lex::DOCUMENTS.contains(&h[..h.len() - 1]) => ActorKind::Document,
            h if h.ends_with('s') && self.is_institution(&h[..h.len() - 1]) => ActorKind::Organisation,
            h if h.ends_with('s') => ActorKind::Group,
            _ => ActorKind::Organisation,
        }
    }

    fn pronoun(&mut self, at: usize) -> Option<usize> {
        match self.lower(at) {
            "he" | "him" | "his" => self.person_before(at, Some(false)),
            "she" | "her" => self.person_before(at, Some(true)),
            "who" | "whose" | "which" => self.just_before(at),
            "they" | "them" | "their" => self.last_speaker(at, 3, |k| {
                matches!(k, ActorKind::Group | ActorKind::Organisation | ActorKind::Government)
            }),
            "it" | "its" => self.last_speaker(at, 2, |k| !matches!(k, ActorKind::Person | ActorKind::Group)),
            _ => None,
        }
    }

    fn sentence(&self, word: usize) -> usize {
        self.document.sentence_at(self.document.words[word].span.begin).unwrap_or(0)
    }

    /// The person that "he" or "she" at word `at` most likely means: near, a speaker rather than
    /// somebody spoken of, the first name of a sentence rather than a later one.
    ///
    /// Method: recency and subjecthood as in J. Hobbs, "Resolving pronoun references", 1978, much
    /// simplified: there is no parse.
    fn person_before(&mut self, at: usize, woman: Option<bool>) -> Option<usize> {
        let here = self.sentence(at);
        let fits = |told: Option<bool>| told.is_none() || told == woman;
        let mut best: Option<(i64, usize, Option<WordRange>)> = None;
        let mut offer = |score: i64, party: usize, words: Option<WordRange>| {
            if best.as_ref().is_none_or(|(b, ..)| score < *b) {
                best = Some((score, party, words));
            }
        };
        let speaker =
            self.history.iter().rev().find(|(w, p)| *w < at && self.parties[*p].kind == ActorKind::Person);
        if let Some(&(w, party)) = speaker {
            let away = (here - self.sentence(w).min(here)) as i64;
            if away <= 4 && fits(self.parties[party].woman) {
                offer(away * 10 - 9, party, None);
            }
        }
        for entity in self.entities.iter().filter(|e| e.kind == ActorKind::Person && fits(e.woman)) {
            let Some(mention) = entity.mentions.iter().rev().find(|m| m.end <= at) else { continue };
            let sentence = self.sentence(mention.start);
            let away = (here - sentence.min(here)) as i64;
            if away > 3 {
                continue;
            }
            let first = !self
                .names
                .iter()
                .any(|n| n.words.start < mention.start && self.sentence(n.words.start) == sentence);
            offer(away * 10 - if first { 4 } else { 0 }, usize::MAX, Some(mention.clone()));
        }
        let (_, party, words) = best?;
        match words {
            Some(words) => self.named(&words),
            None => Some(party),
        }
    }

    /// The party named right before a relative pronoun.
    fn just_before(&mut self, at: usize) -> Option<usize> {
        let name = self.names.iter().rev().find(|n| n.words.end <= at)?;
        let gap = at - name.words.end;
        let words = name.words.clone();
        (gap <= 2 && self.sentence(words.start) == self.sentence(at)).then(|| self.named(&words)).flatten()
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

#[cfg(test)]
mod tests {
    use super::*;
    use ascribe_record::Report;
    use ascribe_text::Vocabulary;

    /// Resolves the sources, which stand in the text in this order, and describes each as
    /// `name | role | affiliation | kind | naming`.
    fn speakers(text: &str, sources: &[&str]) -> Vec<String> {
        let report = Report::new(text.to_owned(), "text/plain");
        let document = Document::of(&report, &Vocabulary::bundled());
        let mut resolver = Resolver::of(&document);
        let mut from = 0;
        let mut out = Vec::new();
        for source in sources {
            let begin = from + text[from..].find(source).expect("sources stand in text order");
            from = begin + source.len();
            let words = document.words_in(Span::new(begin, from));
            let words_of = |r: &WordRange| document.span(r).of(text).to_owned();
            out.push(match resolver.speaker(&words) {
                None => "-".to_owned(),
                Some(p) => {
                    let party = &resolver.parties[p];
                    let role = party.role.as_ref();
                    format!(
                        "{} | {} | {} | {} | {}",
                        party.name,
                        role.map_or("-".to_owned(), |r| words_of(&r.words)),
                        role.and_then(|r| r.affiliation.as_ref()).map_or("-".to_owned(), words_of),
                        party.kind,
                        party.naming
                    )
                }
            });
        }
        out
    }

    #[test]
    fn one_person_by_name_surname_pronoun_and_role() {
        let text = "The Ostra Front’s deputy chief, Salim al-Amari, spoke of talks. Al-Amari said so. He added more. \
                    The deputy chief ended there.";
        let same = "Salim al-Amari | deputy chief | Ostra Front | person | named";
        assert_eq!(speakers(text, &["Salim al-Amari", "Al-Amari", "He", "The deputy chief"]), [same; 4]);
    }

    #[test]
    fn roles_and_affiliations() {
        for (text, source, expect) in [
            (
                "Open Cell, a prisoners’ rights NGO, counted.",
                "Open Cell, a prisoners’ rights NGO",
                "Open Cell | prisoners’ rights NGO | - | organisation | named",
            ),
            (
                "Harrow Bay Mayor Oren Dahl said no.",
                "Harrow Bay Mayor Oren Dahl",
                "Oren Dahl | Mayor | Harrow Bay | person | named",
            ),
            (
                "Israeli Prime Minister Dan Lev said no.",
                "Israeli Prime Minister Dan Lev",
                "Dan Lev | Prime Minister | Israeli | person | named",
            ),
            (
                "Ada Lind, a spokeswoman for the port authority, said no.",
                "Ada Lind, a spokeswoman for the port authority",
                "Ada Lind | spokeswoman | port authority | person | named",
            ),
            (
                "Spokesman Karl Ohm said no.",
                "Spokesman Karl Ohm",
                "Karl Ohm | Spokesman | - | person | named",
            ),
            (
                "A Union official said no.",
                "A Union official",
                "A Union official | official | Union | person | role_only",
            ),
            (
                "Syrian officials said no.",
                "Syrian officials",
                "Syrian officials | officials | Syrian | group | role_only",
            ),
            ("Then observers noted it.", "observers", "observers | observers | - | group | role_only"),
            ("Later a source said no.", "a source", "a source | - | - | person | unnamed"),
            (
                "People familiar with the talks said no.",
                "People familiar with the talks",
                "People | - | - | group | unnamed",
            ),
            (
                "The health ministry said no.",
                "The health ministry",
                "The health ministry | - | - | government | named",
            ),
            ("The United States said no.", "The United States", "United States | - | - | government | named"),
            ("A new study shows it.", "A new study", "A new study | - | - | document | role_only"),
            ("It was Mr. Dahl who said no.", "Mr. Dahl", "Dahl | - | - | person | named"),
        ] {
            assert_eq!(speakers(text, &[source]), [expect], "{text}");
        }
    }

    #[test]
    fn joint_speakers_are_one_party() {
        let text = "Southmark, the River Union, and Northland condemned it.";
        let joint = speakers(text, &["Southmark, the River Union, and Northland"]);
        assert!(joint[0].starts_with("Southmark and River Union and Northland | - | - |"), "{joint:?}");
    }

    #[test]
    fn institutions_are_known_again_in_fewer_words() {
        let text = "The Northland army denied it. The army said more. It said no more. Coastal Relief, a charity, agreed. \
                    The charity left.";
        let found = speakers(
            text,
            &["The Northland army", "The army", "It", "Coastal Relief, a charity", "The charity"],
        );
        assert_eq!(found[0], found[1]);
        assert_eq!(found[0], found[2]);
        assert_eq!(found[3], found[4]);
    }

    #[test]
    fn a_bare_description_means_what_was_just_named_or_nobody() {
        let text = "She spoke to the Valley Post. The company, Lindmark Deep, kept the book. Its lawyer left. The \
                    company said no.";
        let found = speakers(text, &["Lindmark Deep", "The company"]);
        assert_eq!(found[0], found[1]);
    }

    #[test]
    fn a_pronoun_without_anyone_before_it_is_nobody() {
        assert_eq!(speakers("He said no.", &["He"]), ["-"]);
        assert_eq!(speakers("Judge Petra Sandvik sat. He said no.", &["He"]).len(), 1);
    }
}
