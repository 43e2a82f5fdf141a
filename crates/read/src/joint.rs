//! Sources of several parties, and the name that a source is about.

use ascribe_record::{ActorKind, MentionType, Naming};
use ascribe_text::{Gap, Shape};

use crate::beside::before_field;
use crate::describe::is_quantity;
use crate::document::WordRange;
use crate::lexicon as lex;
use crate::name::{Name, is_capital};
use crate::role::is_preposition;
use crate::speaker::{Party, Resolver};

impl Resolver<'_> {
    /// The parties of a coordination: "the United Kingdom, European Union, and Ukraine". One part if
    /// it is none.
    pub(super) fn parts(&self, source: &WordRange) -> Vec<WordRange> {
        let whole = vec![source.clone()];
        let joins = |i: usize| matches!(self.lower(i), "and" | "or" | "&");
        let inside_name = |i: usize| self.names.iter().any(|n| n.words.contains(&i) && n.words.start < i);
        let separates = |i: usize| {
            let depth = (source.start..i)
                .filter(|&j| {
                    is_preposition(self.lower(j)) || matches!(self.lower(j), "who" | "which" | "that")
                })
                .count();
            depth == 0 && !inside_name(i) && (self.lower(i) == "," || joins(i))
        };
        if !source.clone().any(|i| joins(i) && separates(i)) {
            return whole;
        }
        let mut parts: Vec<WordRange> = Vec::new();
        let mut start = source.start;
        for i in source.clone().chain([source.end]) {
            if i == source.end || separates(i) {
                let both = usize::from(start == source.start && self.lower(start) == "both" && start + 1 < i);
                if start + both < i {
                    parts.push(start + both..i);
                }
                start = i + 1;
            }
        }
        let named = |part: &WordRange| {
            self.names.iter().any(|n| part.start <= n.words.start && n.words.end <= part.end)
        };
        // "Ada Lind, chairman and chief executive of …": offices of the one that is named before them.
        let office = |part: &WordRange| {
            let phrase = self.phrase(part);
            let head = phrase.end - 1;
            !is_capital(&self.document.words[head])
                && lex::is_person_noun(self.lower(head))
                && !named(&phrase)
        };
        if parts.len() > 1
            && named(&parts[0])
            && self.lower(parts[0].end) == ","
            && parts[1..].iter().all(office)
        {
            return whole;
        }
        // "Northland academic and professor | Carl Ohm": one person again.
        let apposed = |part: &WordRange| {
            let last = self.lower(part.end - 1);
            !named(part)
                && lex::ROLES.contains(last)
                && !lex::is_determiner(self.lower(part.start))
                && !is_quantity(self.lower(part.start))
        };
        if let [first, second] = &parts[..]
            && apposed(first)
            && named(second)
            && self.document.words[second.start].shape == Shape::Lower
        {
            return whole;
        }
        let names_someone = |part: &WordRange| {
            let last = self.lower(self.phrase(part).end - 1);
            let plural = last.len() > 3 && last.ends_with('s');
            named(part)
                || lex::is_group_noun(last)
                || lex::is_institution(last)
                || plural
                || lex::is_person_noun(last) && !matches!(self.lower(part.start), "a" | "an")
        };
        if parts.iter().all(names_someone) { parts } else { whole }
    }

    pub(super) fn joint(&mut self, source: &WordRange, parts: &[WordRange]) -> Option<usize> {
        let resolved: Vec<usize> = parts.iter().filter_map(|part| self.resolve(&self.trim(part))).collect();
        let names: Vec<String> = resolved.iter().map(|&p| self.parties[p].name.clone()).collect();
        let first = self.parties.get(*resolved.first()?)?.clone();
        let same_kind = resolved.iter().all(|&p| self.parties[p].kind == first.kind);
        let named = resolved.iter().all(|&p| self.parties[p].naming == Naming::Named);
        // Persons who are each named stay persons; "the minister and an aide" are a group.
        let kind = if same_kind && (named || first.kind != ActorKind::Person) {
            first.kind
        } else {
            ActorKind::Group
        };
        let party = Party {
            name: names.join(" and "),
            words: resolved.iter().flat_map(|&p| self.parties[p].words.clone()).collect(),
            kind,
            naming: if named { Naming::Named } else { Naming::RoleOnly },
            role: first.role,
            names,
            entity: None,
            description: Vec::new(),
            woman: None,
            searched: false,
        };
        let party = self.add(party);
        self.mentions.push((source.clone(), MentionType::Nominal, party));
        Some(party)
    }

    /// The name that `source` is about: not a possessor's, not one behind a preposition, not one
    /// that only says to whom a role belongs.
    pub(super) fn main_name(&self, source: &WordRange) -> Option<WordRange> {
        let inside = |n: &&Name| source.start <= n.words.start && n.words.end <= source.end;
        let governed = |n: &Name| {
            let start = if n.title.is_empty() { n.words.start } else { n.title.start };
            let before = start
                - usize::from(start > source.start && matches!(self.lower(start - 1), "the" | "a" | "an"));
            // "secretary of state Ada Lind": not every preposition governs.
            let office = |i: usize| {
                matches!(self.lower(i), "of" | "in" | "at")
                    && matches!(self.lower(i + 1), "state" | "staff" | "chief" | "large" | "parliament")
            };
            // "director | of operations | Leda Moss".
            let field = before_field(self.document, start);
            let of_office = |i: usize| field.is_some_and(|head| i == head + 1);
            let within_phrase = (source.start..before).any(|i| {
                is_preposition(self.lower(i)) && !office(i) && !of_office(i)
                    || matches!(self.lower(i), "who" | "which" | "that")
            });
            let apposed = before > source.start && matches!(self.lower(before - 1), "," | "–" | "—");
            within_phrase && !apposed
        };
        let belongs = |n: &Name| {
            let mut next = n.words.end;
            // "the U.S. | envoy", "a Northwire/Coast Radio | poll".
            let abbreviated = self.lower(next) == "." && self.document.words[next].gap == Gap::Glued;
            let quoted = matches!(self.lower(next), "”" | "\"" | "’’");
            next += usize::from((abbreviated || quoted) && next + 1 < source.end);
            while matches!(self.lower(next), "/" | "-") && next + 1 < source.end {
                next += 1;
                while next < source.end && is_capital(&self.document.words[next]) {
                    next += 1;
                }
            }
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
}
