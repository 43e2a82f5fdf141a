//! Parties without a name of their own: what a description says they are, and whom they belong to.

use ascribe_record::{ActorKind, MentionType, Naming};
use ascribe_text::{Gap, Shape};

use crate::affiliation::affiliation_before;
use crate::document::WordRange;
use crate::entity::{Entity, role_at};
use crate::lexicon as lex;
use crate::name::{is_capital, name_at};
use crate::role::{Role, is_preposition, is_role_head, role_in};
use crate::run::{is_branch, is_people, is_state};
use crate::speaker::{Party, Resolver};

impl Resolver<'_> {
    /// A party without a name of its own: "The deputy chief", "Palestinian officials", "the army".
    pub(super) fn described(&mut self, source: &WordRange) -> Option<usize> {
        let phrase = self.phrase(source);
        let party = match self.antecedent(&phrase) {
            Some(party) => {
                // "The front" of the "Valley Front" says nothing new.
                let head = self.lower(phrase.end - 1);
                let own = self.parties[party].name.to_lowercase().split(' ').any(|w| w == head);
                // "The company" says what it is here, but nothing to repeat elsewhere.
                let bare = lex::is_institution(head) && self.description(&phrase).len() == 1;
                if self.parties[party].role.is_none() && !own && !bare {
                    self.parties[party].role = self.role_of(&phrase);
                }
                party
            }
            None => {
                let mut party = self.describe(&phrase);
                // The name that is shown goes on with what belongs to the noun: "head of operations".
                let whole = source.start..self.end_of_name(source, phrase.end);
                (party.name, party.words) = (self.slice(&whole), vec![self.document.span(&whole)]);
                self.add(party)
            }
        };
        self.mentions.push((phrase, MentionType::Nominal, party));
        Some(party)
    }

    /// The noun phrase at the head of `source`: up to a preposition, relative or mark. "One of the
    /// advisers" is one.
    pub(super) fn phrase(&self, source: &WordRange) -> WordRange {
        let words = &self.document.words;
        let counts = self.lower(source.start + 1) == "of" && is_quantity(self.lower(source.start));
        let from = source.start + if counts { 2 } else { 0 };
        let ends = |i: usize| {
            let word = &words[i];
            let genitive = matches!(word.lower.as_str(), "’" | "'") && i + 1 < source.end;
            let hyphen = matches!(word.lower.as_str(), "-" | "/") && word.gap == Gap::Glued;
            let initials = word.lower == "." && i > 0 && words[i - 1].lower.len() <= 3;
            i > from
                && (is_preposition(&word.lower)
                    || matches!(
                        word.lower.as_str(),
                        "who" | "which" | "that" | "whose" | "and" | "known" | "seen" | "made"
                    )
                    || self.is_participle(i)
                    || word.is_mark() && !genitive && !hyphen && !initials)
        };
        let end = (from..source.end).find(|&i| ends(i)).unwrap_or(source.end);
        source.start..end.max(source.start + 1)
    }

    /// Whether a clause of its noun begins with the participle at word `i`: "footage | shared on …",
    /// "a report | released Monday", "a study | documenting …", not "the united front".
    fn is_participle(&self, i: usize) -> bool {
        let word = &self.document.words[i];
        if word.shape != Shape::Lower || i == 0 {
            return false;
        }
        let noun = self.lower(i - 1);
        if word.lower.ends_with("ing") && word.lower.len() > 4 {
            return lex::is_document_noun(noun) || is_role_head(noun) || lex::is_institution(noun);
        }
        if !word.lower.ends_with("ed") {
            return false;
        }
        let next = self.lower(i + 1);
        is_preposition(next)
            || lex::CALENDAR.contains(next)
            || matches!(
                next,
                "as" | "last" | "this" | "earlier" | "today" | "yesterday" | "" | "," | "." | "here"
            )
    }

    /// The end of a description with the prepositional phrases that belong to it, clauses left out.
    fn end_of_name(&self, source: &WordRange, from: usize) -> usize {
        let words = &self.document.words;
        let clause = |i: usize| {
            let word = &words[i];
            let genitive = matches!(word.lower.as_str(), "’" | "'" | "-");
            word.is_mark() && !genitive
                || matches!(word.lower.as_str(), "who" | "which" | "that" | "whose" | "and")
                || word.lower.ends_with("ing") && word.shape == Shape::Lower
        };
        let starts = is_preposition(self.lower(from)) && from < source.end;
        if starts { (from..source.end).find(|&i| clause(i)).unwrap_or(source.end) } else { from }
    }

    /// The words of a phrase by which it can be known again: no determiner, marks or genitives.
    pub(super) fn description(&self, phrase: &WordRange) -> Vec<String> {
        let known = |i: &usize| {
            !self.document.words[*i].is_mark() && !lex::is_determiner(self.lower(*i)) && self.lower(*i) != "s"
        };
        phrase.clone().filter(known).map(|i| self.lower(i).to_owned()).collect()
    }

    fn describe(&self, phrase: &WordRange) -> Party {
        let head = phrase.end - 1;
        let word = self.lower(head);
        let definite = matches!(self.lower(phrase.start), "the" | "his" | "her" | "their" | "its")
            || is_capital(&self.document.words[phrase.start])
            || phrase.len() == 1;
        let kind = self.kind_of(word, phrase);
        // "people with knowledge of the matter", "a person briefed on it".
        let told = matches!(
            self.lower(head + 1),
            "familiar" | "with" | "close" | "briefed" | "involved" | "aware" | "knowledgeable" | "who"
        );
        let familiar = matches!(word, "people" | "person" | "persons" | "those" | "others") && told;
        // "Police" and "the army" are named only with the place or state they belong to.
        let place = matches!(self.lower(head + 1), "in" | "of")
            && self.document.words.get(head + 2).is_some_and(is_capital);
        let whose = !is_branch(word) || place || self.description(phrase).len() > 1;
        let body = lex::GOVERNMENT.contains(word) && definite && whose;
        let naming = if (lex::UNNAMED.contains(word) && phrase.len() <= 2) || familiar {
            Naming::Unnamed
        } else if body || whose && self.is_named_body(phrase) || is_state(self.document, phrase) {
            Naming::Named
        } else {
            Naming::RoleOnly
        };
        let role = (naming != Naming::Unnamed).then(|| self.role_of(phrase)).flatten();
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
            searched: false,
        }
    }

    /// "the Harrow campaign", "Northland state television": a body that a name or state belongs to.
    pub(super) fn is_named_body(&self, phrase: &WordRange) -> bool {
        let sentence = self.document.sentence_at(self.document.words[phrase.start].span.begin);
        let opens = |i: usize| {
            sentence.is_some_and(|s| self.document.sentences[s].begin == self.document.words[i].span.begin)
        };
        let names = |i: usize| {
            let word = &self.document.words[i];
            lex::DEMONYMS.contains(word.lower.as_str())
                || is_capital(word) && (!opens(i) || self.names.iter().any(|n| n.words.contains(&i)))
        };
        lex::is_institution(self.lower(phrase.end - 1)) && phrase.clone().any(names)
    }

    /// "deputy chief" of "the group's deputy chief", with whom it belongs to. Nothing for bodies of a
    /// state, which are told by their name, and for words that say nothing ("people").
    pub(super) fn role_of(&self, phrase: &WordRange) -> Option<Role> {
        let head = phrase.end - 1;
        let word = self.lower(head);
        let people = is_role_head(word) || is_people(word);
        let says_nothing =
            matches!(word, "people" | "percent" | "others" | "man" | "woman" | "men" | "women");
        if lex::GOVERNMENT.contains(word) || lex::UNNAMED.contains(word) || says_nothing {
            return None;
        }
        let mut start = phrase.start;
        while start < head
            && (is_quantity(self.lower(start))
                || self.lower(start) == "of"
                || lex::is_determiner(self.lower(start)))
        {
            start += 1;
        }
        let plural = word.ends_with('s') && phrase.len() == 1 || lex::DOCUMENTS.contains(word);
        let capital = (start..=head).any(|i| is_capital(&self.document.words[i]));
        // "the Clinton campaign": a name, not what somebody is.
        if !people
            && !plural
            && (is_capital(&self.document.words[head]) || capital && lex::is_institution(word))
        {
            return None;
        }
        let mut role = role_in(self.document, start, head)?;
        if role.affiliation.is_none() && people {
            role.affiliation =
                affiliation_before(self.document, role.words.start).filter(|a| a.start >= phrase.start);
        }
        if role.affiliation.is_none() {
            let possessive = |i: &usize| matches!(self.lower(*i), "his" | "her" | "their" | "its");
            role.affiliation = (phrase.start..role.words.start).find(possessive).map(|i| i..i + 1);
        }
        if role.affiliation.is_none() && word.starts_with("spokes") {
            role.affiliation = self.body_before(phrase.start);
        }
        Some(role)
    }

    /// Whom "a spokesman" speaks for: the organisation that spoke last, or was named last in this sentence
    /// or the one before.
    fn body_before(&self, at: usize) -> Option<WordRange> {
        let here = self.sentence(at);
        let body = |e: &Entity| e.kind == ActorKind::Organisation;
        let spoke = self.history.iter().rev().find_map(|&(w, p)| {
            let entity = self.parties[p].entity.filter(|&e| body(&self.entities[e]))?;
            (w < at && here.saturating_sub(self.sentence(w)) <= 3).then_some(entity)
        });
        if let Some(entity) = spoke {
            return Some(self.entities[entity].fullest.clone());
        }
        let mentions = self.entities.iter().filter(|e| body(e)).flat_map(|e| &e.mentions);
        let near = mentions.filter(|m| m.end <= at && here - self.sentence(m.start) <= 1);
        near.max_by_key(|m| m.start).cloned()
    }

    /// Whom one who is named with an office of some body ("curator Edda Holm") belongs to: the
    /// organisation named last in the same sentence.
    pub(super) fn body_beside(&self, role: &Role) -> Option<WordRange> {
        let head = self.lower(role.words.end.checked_sub(1)?);
        let of_body = head.starts_with("spokes")
            || matches!(
                head,
                "curator" | "ceo" | "chairman" | "chairwoman" | "director" | "executive" | "founder"
            );
        let here = self.sentence(role.words.start);
        let mentions =
            self.entities.iter().filter(|e| e.kind == ActorKind::Organisation).flat_map(|e| &e.mentions);
        let institution = |m: &WordRange| m.clone().any(|i| lex::is_institution(self.lower(i)));
        let beside = mentions.filter(|m| m.end <= role.words.start && self.sentence(m.start) == here);
        let beside = beside.filter(|m| institution(m));
        let beside = beside.max_by_key(|m| m.start).filter(|_| of_body).cloned();
        // Who speaks for a body or heads a company speaks of the one that was just named.
        let heads = head.starts_with("spokes")
            || matches!(head, "ceo" | "chairman" | "chairwoman")
            || head == "executive" && self.lower(role.words.start) == "chief";
        beside.or_else(|| heads.then(|| self.body_before(role.words.start)).flatten())
    }

    /// A role whose owner is named: that of "its director" belongs to the one that "its" means, if she, he
    /// or it has a name.
    pub(super) fn owned(&mut self, role: Role, party: usize) -> Role {
        let possessive =
            |a: &&WordRange| a.len() == 1 && matches!(self.lower(a.start), "its" | "their" | "his" | "her");
        let Some(at) = role.affiliation.as_ref().filter(possessive).map(|a| a.start) else { return role };
        let owner = self.pronoun(at).filter(|&p| p != party).and_then(|p| self.parties[p].entity);
        match owner {
            Some(entity) => Role { affiliation: Some(self.entities[entity].fullest.clone()), ..role },
            None => role,
        }
    }

    /// What `source` itself says of its party; failing that, what the report says elsewhere. Whom it
    /// belongs to may be told elsewhere too.
    pub(super) fn role_here(&self, source: &WordRange, party: usize) -> Option<Role> {
        let known = self.parties[party].role.clone();
        let here = match self.main_name(source) {
            Some(mention) => {
                let name = name_at(&self.names, &mention);
                role_at(self.document, name, &mention, &self.tagged).filter(|r| source.contains(&r.start()))
            }
            None if self.is_pronoun(source) => None,
            None if !self.parties[party].names.is_empty() => None,
            None => self.role_of(&self.phrase(source)),
        };
        let Some(mut role) = here else { return known };
        if let Some(known) = known.as_ref().filter(|k| role.words.is_empty() && !k.words.is_empty()) {
            role.words = known.words.clone();
        }
        let elsewhere = || {
            let roles = self.parties[party].entity.map_or(&[][..], |e| &self.entities[e].roles);
            roles.iter().chain(&known).find_map(|r| r.affiliation.clone())
        };
        if role.affiliation.is_none() {
            role.affiliation = elsewhere().or_else(|| self.body_beside(&role));
        }
        Some(role)
    }

    fn kind_of(&self, head: &str, phrase: &WordRange) -> ActorKind {
        let bare: Vec<String> = self.description(phrase);
        if lex::STATE_NAMES.contains(bare.join(" ").as_str()) {
            return ActorKind::Government;
        }
        let one = matches!(self.lower(phrase.start), "one" | "another");
        match head {
            "man" | "woman" | "boy" | "girl" | "source" | "person" | "someone" | "somebody" | "one"
            | "old" => ActorKind::Person,
            h if lex::GROUPS.contains(h) || is_people(h) || lex::is_group_noun(h) => {
                if one {
                    ActorKind::Person
                } else {
                    ActorKind::Group
                }
            }
            "sources" | "people" | "others" | "some" | "many" | "several" | "few" | "most" | "those"
            | "both" | "percent" => ActorKind::Group,
            h if lex::ROLES.contains(h) => ActorKind::Person,
            h if lex::GOVERNMENT.contains(h) => ActorKind::Government,
            h if lex::is_document_noun(h) => ActorKind::Document,
            h if lex::ORGANISATIONS.contains(h) => ActorKind::Organisation,
            h if lex::is_person_noun(h) => ActorKind::Person,
            h if h.ends_with('s') => ActorKind::Group,
            _ => ActorKind::Organisation,
        }
    }
}

/// Words that tell how many, before a description: "one of the advisers".
pub(crate) fn is_quantity(word: &str) -> bool {
    matches!(
        word,
        "one"
            | "some"
            | "many"
            | "several"
            | "most"
            | "few"
            | "another"
            | "both"
            | "all"
            | "two"
            | "three"
            | "four"
            | "five"
            | "six"
            | "dozens"
            | "hundreds"
            | "thousands"
            | "scores"
            | "none"
            | "each"
            | "half"
            | "members"
    )
}
