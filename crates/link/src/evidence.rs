//! What the reports of one story say, made ready for series, origins, flags and counting rules.

use ascribe_record::{Act, ActorKind, FigureId, Form, Naming, Reading, Scope, Span, Statement, StatementId};
use unicode_segmentation::UnicodeSegmentation;

use crate::day::day_number;
use crate::figure::Count;
use crate::party::{Named, side_words};
use crate::quotation::{Utterance, quoted};

/// The reports of one story with what they say. Reports are in the order of their dates, then of
/// their ids; statements and figures in that of their reports and texts.
#[derive(Clone, Debug, Default)]
pub struct StoryEvidence {
    /// In order of publication.
    pub reports: Vec<ReportEvidence>,
    /// In the order of reports, then of the text.
    pub statements: Vec<StatementEvidence>,
    /// In the order of reports, then of the text.
    pub figures: Vec<FigureEvidence>,
}

/// A report of a story.
#[derive(Clone, Debug)]
pub struct ReportEvidence {
    /// As the reading has it.
    pub id: String,
    /// When it was published: the day as a number, and as worded.
    pub day: Option<i32>,
    /// See `day`.
    pub published: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// The agency that it credits, if it credits one.
    pub wire: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// The report whose text it has, the first of them, by its place among the reports; never a later one.
    pub original: Option<usize>,
    /// The report that it was most likely copied from, which may be a copy itself.
    pub copied: Option<usize>,
    /// Parties that it names, by name.
    pub(crate) names: Vec<String>,
}

/// A statement of a report.
#[derive(Clone, Debug)]
pub struct StatementEvidence {
    /// What flags name it by.
    pub id: String,
    /// Its number in the reading.
    pub n: StatementId,
    /// The report's place among those of the story.
    pub report: usize,
    /// Whom the words give as its source.
    pub(crate) named: Named,
    /// How openly the source is named.
    pub naming: Naming,
    /// What is done by saying it.
    pub act: Act,
    /// How its content is given.
    pub form: Form,
    /// What is said.
    pub content: String,
    /// The sentence or sentences that hold it.
    pub sentence: String,
    /// The sentences around, in the same paragraph.
    pub around: String,
    /// Whom the report took it from: another outlet, an agency.
    pub via: Option<String>,
    /// What stands in quotation marks.
    pub(crate) quoted: Option<Utterance>,
    /// The words from the first to the last quoted one; spans of `quoted` are of these.
    pub(crate) quotation: String,
}

/// A figure of a report.
#[derive(Clone, Debug)]
pub struct FigureEvidence {
    /// What flags and tables name it by.
    pub id: String,
    /// Its number in the reading.
    pub n: FigureId,
    /// The report's place among those of the story.
    pub report: usize,
    /// What it counts, and how many.
    pub count: Count,
    /// The number as worded.
    pub words: String,
    /// What is counted, as worded.
    pub counted: String,
    /// Qualifiers, as the reading has them.
    pub attributes: Vec<String>,
    /// The figure of which it is a part, by its place among the figures.
    pub part_of: Option<usize>,
    /// The statement that gives it, by its place among the statements.
    pub statement: Option<usize>,
    /// What its count runs over.
    pub scope: Scope,
    /// When it happened, as an EDTF date.
    pub occurred: Option<String>,
    /// Since when it counts.
    pub since: Option<String>,
    /// When it held, as an EDTF date.
    pub as_of: Option<String>,
    /// Where, as worded.
    pub place: Option<String>,
    /// A single person told without a number.
    pub implicit: bool,
    /// The sentence that holds it.
    pub sentence: String,
    /// The sentence before it and the one behind it, in the same paragraph.
    pub around: String,
    /// Where the number stands in its report's text.
    pub(crate) at: usize,
    /// The party that counted, where the words say so ("the mission has recorded"), or that is cited.
    pub(crate) recorder: Option<Named>,
    /// The words that name whose people are counted ("soldiers of the Guard"), folded.
    pub(crate) side: Vec<String>,
    /// Whether whose people are counted is the source itself ("its losses").
    pub(crate) own: bool,
}

impl StoryEvidence {
    /// The evidence of a story's readings, in any order. `original` gives the reading whose text each
    /// has, by its place among them.
    pub fn of(readings: &[&Reading], original: &[Option<usize>]) -> Self {
        let mut order: Vec<usize> = (0..readings.len()).collect();
        let key = |i: &usize| {
            let report = &readings[*i].report;
            // An agency's text comes before those that credit it.
            let own = report.outlet.as_ref().is_some_and(|outlet| report.wire.contains(outlet));
            let credits = !report.wire.is_empty() && !own;
            (report.published.is_none(), report.published.clone(), credits, report.id.clone(), *i)
        };
        order.sort_by_key(key);
        let mut place = vec![0; readings.len()];
        order.iter().enumerate().for_each(|(at, &i)| place[i] = at);
        let mut story = Self::default();
        for (at, &i) in order.iter().enumerate() {
            let before = original.get(i).copied().flatten().and_then(|o| place.get(o).copied());
            story.add(readings[i], before.filter(|&before| before < at));
        }
        // Copies of copies are copies of the first.
        for at in 0..story.reports.len() {
            if let Some(first) = story.reports[at].original.and_then(|o| story.reports[o].original) {
                story.reports[at].original = Some(first);
            }
        }
        story
    }

    fn add(&mut self, reading: &Reading, original: Option<usize>) {
        let (report, text) = (&reading.report, &reading.report.text);
        let at = self.reports.len();
        let sentences = Sentences::of(text);
        self.reports.push(ReportEvidence {
            id: report.id.clone(),
            day: report.published.as_deref().and_then(day_number),
            published: report.published.clone(),
            outlet: report.outlet.clone(),
            wire: report.wire.first().cloned(),
            title: report.title.clone(),
            url: report.url.clone(),
            original,
            copied: original,
            names: names(reading),
        });
        let short = report.id.get(..8).unwrap_or(&report.id);
        let first_statement = self.statements.len();
        for statement in &reading.statements {
            let spans = &statement.content.spans;
            let quoted = quoted(text, spans);
            let whole = quoted.first().zip(quoted.last()).map(|(a, b)| Span::new(a.begin, b.end));
            let words = whole.map_or("", |whole| whole.of(text)).to_owned();
            let shifted: Vec<Span> = quoted
                .iter()
                .map(|s| Span::new(s.begin - quoted[0].begin, s.end - quoted[0].begin))
                .collect();
            self.statements.push(StatementEvidence {
                id: format!("{short}.{}", statement.id),
                n: statement.id,
                report: at,
                named: source(statement),
                naming: statement.speaker.naming,
                act: statement.act,
                form: statement.form,
                content: statement.content.text.clone(),
                sentence: sentences.around(text, all_spans(statement)),
                around: sentences.beside(text, sentences.of_byte(last_byte(statement))).trim().to_owned(),
                via: statement.medium.as_ref().and_then(|medium| medium.via.clone()),
                quoted: whole.map(|_| Utterance::of(&words, &shifted)),
                quotation: words,
            });
        }
        let first = self.figures.len();
        for figure in &reading.figures {
            let words = figure.words.spans.first().copied().unwrap_or(Span::new(0, 0));
            let sentence = sentences.of_byte(words.begin);
            let owner = |id| reading.statements.iter().position(|s| s.id == id);
            let whole = |id| reading.figures.iter().position(|f| f.id == id);
            let (side, own) = side_words(reading, figure, sentence);
            self.figures.push(FigureEvidence {
                id: format!("{short}.{}", figure.id),
                n: figure.id,
                report: at,
                count: Count::of(reading, figure),
                words: figure.words.text.clone(),
                counted: figure.counted.text.clone(),
                attributes: figure.attributes.clone(),
                part_of: figure.part_of.and_then(whole).map(|n| first + n),
                statement: figure.statement.and_then(owner).map(|n| first_statement + n),
                scope: figure.scope,
                occurred: figure.occurred.clone(),
                since: figure.since.clone(),
                as_of: figure.as_of.clone(),
                place: figure.place.clone(),
                implicit: figure.implicit,
                sentence: sentence.of(text).trim().to_owned(),
                around: sentences.beside(text, sentence).trim().to_owned(),
                at: words.begin,
                recorder: recorder(reading, sentence, words),
                side,
                own,
            });
        }
    }

    /// The day for which a figure holds: its as-of date, else the day its report, or the first with its
    /// text, was published.
    pub fn holds(&self, figure: usize) -> Option<i32> {
        let figure = &self.figures[figure];
        let report = &self.reports[figure.report];
        let told = figure.as_of.as_deref().and_then(day_number).or(report.day);
        // A copy says "now" of the day on which its text was written.
        match report.original.and_then(|original| self.reports[original].day) {
            Some(written) => {
                let late = report.day.zip(told).map_or(0, |(day, told)| day - told);
                told.map(|told| if late == 0 { told.min(written) } else { written.min(told) })
            }
            None => told,
        }
    }

    /// The day on which a figure was published, by the first report with its text.
    pub fn given(&self, figure: usize) -> Option<i32> {
        let report = &self.reports[self.figures[figure].report];
        report.original.and_then(|original| self.reports[original].day).or(report.day)
    }

    /// The first report that has the text of `report`: itself, if it is no copy.
    pub fn first_text(&self, report: usize) -> usize {
        self.reports[report].original.unwrap_or(report)
    }
}

impl FigureEvidence {
    /// Whether it stands in a sentence, not in a headline or cross-head.
    pub fn is_in_sentence(&self) -> bool {
        self.sentence.trim_end_matches(['”', '"', '’', ')']).ends_with(['.', '!', '?', ':', ';'])
    }
}

/// Whether words begin as a verb of those who count does: "has recorded", "gave".
pub(crate) fn counts<'a>(words: impl Iterator<Item = &'a str>) -> bool {
    let mut words = words.skip_while(|word| is_among(word, "has have had now so also"));
    words.next().is_some_and(|verb| is_among(verb, COUNTS))
}

fn names(reading: &Reading) -> Vec<String> {
    let group = |kind| matches!(kind, ActorKind::Organisation | ActorKind::Government | ActorKind::Group);
    let actors = reading.actors.iter().filter(|actor| group(actor.kind)).map(|actor| actor.name.clone());
    let of = reading.statements.iter().filter_map(|statement| statement.speaker.affiliation.clone());
    actors.chain(of).collect()
}

fn source(statement: &Statement) -> Named {
    let speaker = &statement.speaker;
    Named {
        name: speaker.name.clone(),
        role: speaker.role.clone(),
        affiliation: speaker.affiliation.clone(),
        person: speaker.kind == Some(ActorKind::Person),
        is_role: speaker.naming == Naming::RoleOnly,
    }
}

fn last_byte(statement: &Statement) -> usize {
    all_spans(statement).map(|span| span.end).max().unwrap_or(1).saturating_sub(1)
}

fn all_spans(statement: &Statement) -> impl Iterator<Item = Span> {
    let parts = [&statement.source, &statement.cue, &statement.content];
    parts.into_iter().flat_map(|part| part.spans.iter().copied())
}

/// Verbs of those who count.
const COUNTS: &str =
    "recorded counted registered documented tallied verified listed put identified gave given";
/// What they make.
const RECORDS: &str = "count counts figure figures toll tally list number numbers";
/// Words before whom a text cites.
const CITES: &str = "citing quoting";

/// The party that counted by the words of the sentence: "the mission has recorded 12", "the mission's
/// count stood at 12", "citing the mission".
fn recorder(reading: &Reading, sentence: Span, number: Span) -> Option<Named> {
    let text = &reading.report.text;
    let mut found = None;
    for mention in &reading.mentions {
        let Some(span) = mention.spans.first().filter(|s| s.begin >= sentence.begin && s.end <= sentence.end)
        else {
            continue;
        };
        let mut before = text[sentence.begin..span.begin].unicode_words().rev().take(2);
        let cited = before.any(|word| is_among(word, CITES));
        let behind: Vec<&str> = text[span.end..sentence.end.max(span.end)].unicode_words().take(3).collect();
        let counts = span.end <= number.begin && counts(behind.iter().copied());
        let possessive = mention.text.ends_with("’s")
            || mention.text.ends_with("'s")
            || text[span.end..].starts_with("’s")
            || text[span.end..].starts_with("'s");
        let records =
            span.end <= number.begin && possessive && behind.iter().any(|word| is_among(word, RECORDS));
        if cited || counts || records {
            let actor = mention.actor.and_then(|id| reading.actors.iter().find(|actor| actor.id == id));
            let name = actor.map_or(&mention.text, |actor| &actor.name);
            let person = actor.is_some_and(|actor| actor.kind == ActorKind::Person);
            let named =
                Named { name: Some(name.clone()), role: None, affiliation: None, person, is_role: false };
            if cited {
                return Some(named);
            }
            found = found.or(Some(named));
        }
    }
    found
}

pub(crate) fn is_among(word: &str, list: &str) -> bool {
    list.split_ascii_whitespace().any(|other| other.eq_ignore_ascii_case(word))
}

/// The sentences of a text, none across paragraphs (UAX #29).
struct Sentences(Vec<Span>);

impl Sentences {
    fn of(text: &str) -> Self {
        let mut all = Vec::new();
        for (begin, sentence) in text.split_sentence_bound_indices() {
            let mut at = begin;
            for part in sentence.split_inclusive("\n\n") {
                all.push(Span::new(at, at + part.len()));
                at += part.len();
            }
        }
        Self(all)
    }

    fn place(&self, byte: usize) -> Option<usize> {
        let behind = self.0.partition_point(|span| span.begin <= byte);
        behind.checked_sub(1)
    }

    fn of_byte(&self, byte: usize) -> Span {
        self.place(byte).map_or(Span::new(0, 0), |at| self.0[at])
    }

    /// The sentences that hold the spans, from the first to the last.
    fn around(&self, text: &str, spans: impl Iterator<Item = Span>) -> String {
        let (first, last) = spans.fold((usize::MAX, 0), |(a, b), s| (a.min(s.begin), b.max(s.end)));
        if first == usize::MAX {
            return String::new();
        }
        let (first, last) = (self.of_byte(first), self.of_byte(last.saturating_sub(1)));
        Span::new(first.begin, last.end.max(first.begin)).of(text).trim().to_owned()
    }

    /// The sentence with its neighbours in the paragraph.
    fn beside(&self, text: &str, sentence: Span) -> String {
        let Some(at) = self.place(sentence.begin) else { return String::new() };
        let (mut from, mut to) = (at, at);
        while from > 0 && at - from < 2 && !self.0[from - 1].of(text).ends_with("\n\n") {
            from -= 1;
        }
        while to + 1 < self.0.len() && to - at < 2 && !self.0[to].of(text).ends_with("\n\n") {
            to += 1;
        }
        Span::new(self.0[from].begin, self.0[to].end).of(text).to_owned()
    }
}
