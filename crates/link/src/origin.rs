//! Origins: the furthest source that the words of a story let one trace a figure or statement to.

use std::collections::{BTreeMap, BTreeSet};

use ascribe_record::{Measure, Naming};

use crate::evidence::{StoryEvidence, counts};
use crate::party::{Named, Parties, is_particular};

/// What sort of source an origin is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OriginKind {
    /// A named party.
    Party,
    /// Sources that a report does not name; those of one original report are one origin.
    Unnamed,
    /// The voice of an original report: of its outlet, or of the agency that it credits.
    Voice,
}

/// The furthest source of a figure or statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// What sort of source it is.
    pub kind: OriginKind,
    /// As worded: "Harrow Guard", "officials", "Northwire".
    pub name: String,
}

/// The origins of a story. Figures and statements give theirs by its place in `origins`.
#[derive(Clone, Debug, Default)]
pub struct Origins {
    /// Each once.
    pub origins: Vec<Origin>,
    /// Of each figure.
    pub figures: Vec<usize>,
    /// Whether words of the figure's own sentence name it; else it is taken from the figures before it.
    pub is_told: Vec<bool>,
    /// Of each statement.
    pub statements: Vec<usize>,
    /// The party whose people each figure counts, by the words of its fullest name; empty if open.
    pub(crate) sides: Vec<BTreeSet<String>>,
}

/// How many bytes behind the last figure of a party another one is taken to be its own still.
const REACH: usize = 700;

impl Origins {
    /// The origins of a story.
    pub fn of(story: &StoryEvidence) -> Self {
        let mut found = Finder::of(story);
        // Twice, for a voice is a party's if any statement names it.
        for s in 0..story.statements.len() {
            found.of_statement(s);
        }
        let statements: Vec<usize> = (0..story.statements.len()).map(|s| found.of_statement(s)).collect();
        let told: Vec<Option<usize>> = (0..story.figures.len())
            .map(|f| {
                let figure = &story.figures[f];
                let recorder = figure.recorder.as_ref().and_then(|named| found.of_party(named));
                let recorder = recorder.or_else(|| found.subject(f));
                let stated = figure.statement.map(|s| statements[s]);
                let stated = stated.filter(|&o| found.origins[o].kind != OriginKind::Voice);
                recorder.or(stated)
            })
            .collect();
        let mut figures = Vec::with_capacity(told.len());
        for f in 0..story.figures.len() {
            let near = told[f]
                .or_else(|| before(story, &told, &found.origins, f).filter(|&o| !found.names_other(f, o)));
            figures.push(near.unwrap_or_else(|| found.of_voice(story.figures[f].report)));
        }
        let sides = (0..story.figures.len()).map(|f| found.side(f, figures[f])).collect();
        Self {
            origins: found.origins,
            is_told: told.iter().map(Option::is_some).collect(),
            figures,
            statements,
            sides,
        }
    }

    /// The origin of a figure.
    pub fn of_figure(&self, figure: usize) -> &Origin {
        &self.origins[self.figures[figure]]
    }
}

/// The party of the last figure before `f` in its report that named one, if it is near.
fn before(story: &StoryEvidence, told: &[Option<usize>], origins: &[Origin], f: usize) -> Option<usize> {
    let figure = &story.figures[f];
    let year = |date: &Option<String>| date.as_ref().and_then(|date| date.get(..4)).map(str::to_owned);
    let published = year(&story.reports[figure.report].published);
    let is_past = figure.occurred.is_some() && published.is_some() && year(&figure.occurred) != published;
    if !is_harm(figure.count.measure) || is_past {
        return None;
    }
    let near = (0..f)
        .rev()
        .map(|g| (g, &story.figures[g]))
        .take_while(|(_, other)| other.report == figure.report && figure.at.saturating_sub(other.at) < REACH);
    let last = near.filter(|(_, other)| is_harm(other.count.measure)).find_map(|(g, _)| told[g])?;
    (origins[last].kind == OriginKind::Party).then_some(last)
}

/// Whether a measure counts what was done to people.
pub(crate) fn is_harm(measure: Measure) -> bool {
    matches!(
        measure,
        Measure::Casualties
            | Measure::Killed
            | Measure::Injured
            | Measure::Missing
            | Measure::Captured
            | Measure::Detained
            | Measure::Arrested
            | Measure::Displaced
            | Measure::Evacuated
            | Measure::Released
    )
}

struct Finder<'a> {
    story: &'a StoryEvidence,
    /// Names of each report, then of the story.
    reports: Vec<Parties>,
    all: Parties,
    /// Affiliations of persons by the words of their names.
    belongs: BTreeMap<BTreeSet<String>, String>,
    origins: Vec<Origin>,
    by_key: BTreeMap<(OriginKind, Vec<String>), usize>,
}

impl<'a> Finder<'a> {
    fn of(story: &'a StoryEvidence) -> Self {
        let outlets = story.reports.iter().flat_map(|r| r.outlet.iter().chain(&r.wire)).map(String::as_str);
        let named = story.reports.iter().flat_map(|r| r.names.iter()).map(String::as_str);
        let all = Parties::of(named.chain(outlets));
        let reports = story.reports.iter().map(|r| Parties::of(r.names.iter().map(String::as_str))).collect();
        let mut found = Self {
            story,
            reports,
            all,
            belongs: BTreeMap::new(),
            origins: Vec::new(),
            by_key: BTreeMap::new(),
        };
        for s in 0..story.statements.len() {
            let statement = &story.statements[s];
            if let (Some(name), Some(of), true) =
                (&statement.named.name, &statement.named.affiliation, statement.named.person)
            {
                let (_, of) = found.full(statement.report, of);
                if is_particular(&of) {
                    found.belongs.entry(crate::party::name_words(name)).or_insert(of);
                }
            }
        }
        found
    }

    /// The fullest form of a name: among those of its report, then among those of the story.
    fn full(&self, report: usize, name: &str) -> (BTreeSet<String>, String) {
        let (_, near) = self.reports[report].full(name);
        self.all.full(&near)
    }

    fn number(&mut self, kind: OriginKind, key: Vec<String>, name: String) -> usize {
        let next = self.origins.len();
        let number = *self.by_key.entry((kind, key)).or_insert(next);
        if number == next {
            self.origins.push(Origin { kind, name });
        }
        number
    }

    fn of_statement(&mut self, s: usize) -> usize {
        let statement = &self.story.statements[s];
        let (report, named) = (statement.report, &statement.named);
        match statement.naming {
            Naming::Outlet => self.of_voice(report),
            Naming::Named if named.name.is_none() => self.of_voice(report),
            Naming::Named => self.party(report, named).unwrap_or_else(|| self.of_unnamed(s)),
            Naming::RoleOnly if named.affiliation.is_some() => {
                self.party(report, named).unwrap_or_else(|| self.of_unnamed(s))
            }
            Naming::RoleOnly | Naming::Unnamed => self.of_unnamed(s),
        }
    }

    /// A party speaks for itself; a person for the body that he or she belongs to, in whichever report
    /// that is told.
    fn party(&mut self, report: usize, named: &Named) -> Option<usize> {
        let person = named.name.as_deref().filter(|_| named.person);
        let known = person.and_then(|name| {
            let words = crate::party::name_words(name);
            let mut fuller = self.belongs.iter().filter(|(other, _)| words.is_subset(other));
            fuller.next().map(|(_, of)| of.clone()).filter(|of| fuller.all(|(_, other)| other == of))
        });
        // A body that is named speaks for itself, whatever stands beside it.
        let of = named.affiliation.as_ref().filter(|of| (named.person || named.is_role) && is_particular(of));
        let name = match (of, known) {
            (_, Some(of)) => of,
            (Some(of), None) => of.clone(),
            (None, None) => named.name.clone()?,
        };
        let (words, full) = self.full(report, &name);
        self.particular(words, full)
    }

    fn of_party(&mut self, named: &Named) -> Option<usize> {
        let (words, full) = self.all.full(named.name.as_deref()?);
        self.particular(words, full)
    }

    fn particular(&mut self, words: BTreeSet<String>, full: String) -> Option<usize> {
        is_particular(&full).then(|| self.number(OriginKind::Party, words.into_iter().collect(), full))
    }

    /// The party that a figure's sentence begins with, if it goes on with a verb of those who count.
    fn subject(&mut self, f: usize) -> Option<usize> {
        let figure = &self.story.figures[f];
        let sentence = crate::party::bare(&figure.sentence);
        let name = self.all.names().find(|name| {
            let behind = sentence.strip_prefix(name);
            behind.is_some_and(|behind| behind.starts_with(' ') && counts(behind.split_whitespace()))
        })?;
        let name = &name.to_owned();
        let (words, full) = self.full(figure.report, name);
        self.particular(words, full)
    }

    /// Whether a figure's sentence names another party than `origin`.
    fn names_other(&self, f: usize, origin: usize) -> bool {
        let figure = &self.story.figures[f];
        let words = crate::party::name_words(&self.origins[origin].name);
        let names = self.story.reports[figure.report].names.iter().map(|name| crate::party::bare(name));
        let mut named =
            names.filter(|name| name.starts_with(char::is_uppercase) && figure.sentence.contains(name));
        named.any(|name| crate::party::name_words(name).is_disjoint(&words))
    }

    fn of_unnamed(&mut self, s: usize) -> usize {
        let statement = &self.story.statements[s];
        // "Two engineers told Radio Harrow", also where another report says so.
        let told_to = statement.via.as_deref().map(|via| self.full(statement.report, via).1);
        let first = self.story.first_text(statement.report);
        let from = told_to.unwrap_or_else(|| self.story.reports[first].id.clone());
        let name = statement.named.name.clone().or_else(|| statement.named.role.clone());
        self.number(OriginKind::Unnamed, vec![from], name.unwrap_or_else(|| "unnamed source".to_owned()))
    }

    /// The voice of a report: the agency that it credits, the party that published it, or its outlet.
    fn of_voice(&mut self, report: usize) -> usize {
        let first = self.story.first_text(report);
        let report = &self.story.reports[first];
        let name = report.wire.clone().or_else(|| report.outlet.clone());
        if let Some(outlet) = report.outlet.as_deref().filter(|_| report.wire.is_none()) {
            let (words, full) = self.all.full(outlet);
            let key: Vec<String> = words.into_iter().collect();
            // Whom others take things from is an outlet; a party publishes what it says itself.
            let is_outlet = self.story.statements.iter().any(|s| s.via.as_deref() == Some(outlet));
            if !is_outlet && self.by_key.contains_key(&(OriginKind::Party, key.clone())) {
                return self.number(OriginKind::Party, key, full);
            }
        }
        let key = name.clone().unwrap_or_else(|| report.id.clone());
        let shown = name.unwrap_or_else(|| format!("report {}", report.id.get(..8).unwrap_or(&report.id)));
        self.number(OriginKind::Voice, vec![key], shown)
    }

    /// Whose people a figure counts.
    fn side(&self, f: usize, origin: usize) -> BTreeSet<String> {
        let figure = &self.story.figures[f];
        if !figure.side.is_empty() {
            return self.full(figure.report, &figure.side.join(" ")).0;
        }
        match self.origins[origin].kind {
            OriginKind::Party if figure.own => crate::party::name_words(&self.origins[origin].name),
            _ => BTreeSet::new(),
        }
    }
}
