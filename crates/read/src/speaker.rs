//! Sources to speakers: names, roles, institutions and pronouns resolved inside the report.

use ascribe_record::{ActorKind, MentionType, Naming, Span};
use ascribe_text::Shape;

use crate::document::{Document, WordRange};
use crate::encoded::{Encoded, NameKind};
use crate::entity::{Entity, find_entities};
use crate::interview::{Turn, is_letter, most_named};
use crate::lexicon as lex;
use crate::name::{Name, find_names};
use crate::role::Role;

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
    pub(super) entity: Option<usize>,
    /// Lower-case words of a description, the determiner left out.
    pub(super) description: Vec<String>,
    pub(super) woman: Option<bool>,
    /// Whether all of the report was looked through for what it is.
    pub(super) searched: bool,
}

/// What a source comes to: a party, and what it is called in these very words.
#[derive(Clone, Debug)]
pub(crate) struct Resolved {
    pub(crate) party: usize,
    pub(crate) role: Option<Role>,
}

/// Resolves the sources of one report, asked in text order.
pub(crate) struct Resolver<'d> {
    pub(super) document: &'d Document<'d>,
    pub(super) encoded: Option<&'d Encoded<'d>>,
    /// Names as the network sees them.
    pub(crate) tagged: Vec<(WordRange, NameKind)>,
    pub(super) names: Vec<Name>,
    pub(super) entities: Vec<Entity>,
    /// By first mention.
    pub(crate) parties: Vec<Party>,
    /// Who spoke, where, in text order.
    pub(super) history: Vec<(usize, usize)>,
    /// Every mention resolved so far: its words, how it names, and whom.
    pub(crate) mentions: Vec<(WordRange, MentionType, usize)>,
    /// Whom "Q" and "A" of an interview mean, as entities.
    interview: [Option<usize>; 2],
}

impl<'d> Resolver<'d> {
    /// `encoded` is the document as the network sees it; without it only the rules speak.
    pub(crate) fn of(document: &'d Document<'d>, encoded: Option<&'d Encoded<'d>>) -> Self {
        let tagged: Vec<(WordRange, NameKind)> = encoded.map_or(Vec::new(), |e| e.names.clone());
        let names = find_names(document, &tagged);
        let entities = find_entities(document, &names, &tagged);
        let (parties, history, mentions) = (Vec::new(), Vec::new(), Vec::new());
        Self { document, encoded, tagged, names, entities, parties, history, mentions, interview: [None; 2] }
    }

    /// Lets the labels "Q" and "A" of an interview's turns mean those whom its beginning names: the
    /// organisation named last and the person named most often.
    pub(crate) fn introduce(&mut self, turns: &[Turn]) {
        let Some(first) = turns.first().filter(|t| is_letter(self.document, &t.label)) else { return };
        let (names, entities) = (&self.names, &self.entities);
        let of_kind = |kind| {
            let before = names.iter().filter(|n| n.words.end <= first.label.start);
            let found = before.filter_map(|n| entities.iter().position(|e| e.mentions.contains(&n.words)));
            found.filter(move |&e| entities[e].kind == kind)
        };
        self.interview =
            [of_kind(ActorKind::Organisation).next_back(), most_named(of_kind(ActorKind::Person))];
    }

    /// The party that `source` names, if it names anyone that can be told.
    pub(crate) fn speaker(&mut self, source: &WordRange) -> Option<Resolved> {
        let source = self.trim(source);
        let party = self.resolve(&source)?;
        self.history.push((source.start, party));
        let role = self.role_here(&source, party).map(|role| self.owned(role, party));
        Some(Resolved { party, role })
    }

    /// The role of a party that its own words do not tell: what is told of it anywhere in the report.
    pub(crate) fn role_elsewhere(&mut self, party: usize) -> Option<Role> {
        if self.parties[party].role.as_ref().is_none_or(|r| r.words.is_empty())
            && !self.parties[party].searched
            && let Some(entity) = self.parties[party].entity
        {
            self.parties[party].searched = true;
            let known = self.parties[party].role.take();
            let belongs = known.as_ref().and_then(|r| r.affiliation.clone());
            let found = self.role_by_chain(entity);
            self.parties[party].role =
                found.map(|r| Role { affiliation: r.affiliation.or(belongs), ..r }).or(known);
        }
        self.parties[party].role.clone()
    }

    /// Lets `source`, a first-person pronoun, mean the party that says the words it stands in.
    pub(crate) fn first_person(&mut self, source: &WordRange, party: usize) -> Resolved {
        self.mentions.push((source.clone(), MentionType::Pronoun, party));
        Resolved { party, role: self.parties[party].role.clone() }
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

    /// Whether `source` is nothing but a pronoun: "us", but not "US".
    pub(super) fn is_pronoun(&self, source: &WordRange) -> bool {
        let word = &self.document.words[source.start];
        let initials = word.shape == Shape::Upper && word.lower.len() > 1;
        source.len() == 1 && lex::PRONOUNS.contains(word.lower.as_str()) && !initials
    }

    pub(super) fn lower(&self, i: usize) -> &str {
        self.document.words.get(i).map_or("", |w| w.lower.as_str())
    }

    pub(super) fn slice(&self, words: &WordRange) -> String {
        self.document.span(words).of(self.document.text).to_owned()
    }

    /// The source without marks at its ends and without a genitive ending.
    pub(super) fn trim(&self, source: &WordRange) -> WordRange {
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

    pub(super) fn resolve(&mut self, source: &WordRange) -> Option<usize> {
        if self.is_pronoun(source) {
            let party = self.pronoun(source.start)?;
            self.mentions.push((source.clone(), MentionType::Pronoun, party));
            return Some(party);
        }
        // "Q:" and "A:" of an interview name nobody by themselves.
        if is_letter(self.document, source) {
            let entity = self.interview[usize::from(self.lower(source.start) == "a")]?;
            let party = self.party_of(entity);
            self.mentions.push((source.clone(), MentionType::Nominal, party));
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

    /// The party of the entity mentioned at `words`.
    pub(super) fn named(&mut self, words: &WordRange) -> Option<usize> {
        let index = self.entities.iter().position(|e| e.mentions.contains(words))?;
        Some(self.party_of(index))
    }

    /// The party of entity `index`.
    pub(super) fn party_of(&mut self, index: usize) -> usize {
        if let Some(known) = self.parties.iter().position(|p| p.entity == Some(index)) {
            return known;
        }
        let entity = &self.entities[index];
        let role = entity.role();
        let party = Party {
            name: self.slice(&entity.fullest),
            words: vec![self.document.span(&entity.fullest)],
            kind: entity.kind,
            naming: Naming::Named,
            role,
            names: Vec::new(),
            entity: Some(index),
            description: Vec::new(),
            woman: entity.woman,
            searched: false,
        };
        self.add(party)
    }

    pub(super) fn add(&mut self, party: Party) -> usize {
        let same = |p: &Party| p.entity.is_none() && p.name.to_lowercase() == party.name.to_lowercase();
        if party.entity.is_none()
            && let Some(known) = self.parties.iter().position(same)
        {
            return known;
        }
        self.parties.push(party);
        self.parties.len() - 1
    }

    pub(super) fn sentence(&self, word: usize) -> usize {
        self.document.sentence_at(self.document.words[word].span.begin).unwrap_or(0)
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
        let mut resolver = Resolver::of(&document, None);
        let mut from = 0;
        let mut out = Vec::new();
        for source in sources {
            let begin = from + text[from..].find(source).expect("sources stand in text order");
            from = begin + source.len();
            let words = document.words_in(Span::new(begin, from));
            let words_of = |r: &WordRange| document.span(r).of(text).to_owned();
            out.push(match resolver.speaker(&words) {
                None => "-".to_owned(),
                Some(Resolved { party, role }) => {
                    let party = &resolver.parties[party];
                    let role = role.as_ref();
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
                "People familiar with the talks | - | - | group | unnamed",
            ),
            (
                "The health ministry said no.",
                "The health ministry",
                "The health ministry | - | - | government | named",
            ),
            ("The United States said no.", "The United States", "United States | - | - | government | named"),
            ("A new study shows it.", "A new study", "A new study | study | - | document | role_only"),
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
        assert_eq!(speakers("Q: Were you told?", &["Q"]), ["-"]);
        assert_eq!(speakers("Judge Petra Sandvik sat. He said no.", &["He"]).len(), 1);
    }
}
