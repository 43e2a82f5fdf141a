use std::fmt::Display;

use ascribe_record::{Actor, Bound, Evidence, Figure, Mention, Naming, Reading, Span, Statement, Words};
use serde::Serialize;
use serde_json::Value;

/// Fails the test if the reading breaks an invariant.
///
/// # Panics
/// With all that [`faults`] finds.
#[track_caller]
pub fn check_reading(reading: &Reading) {
    let faults = faults(reading);
    let report = &reading.report;
    let (path, record) = (report.path.as_deref().unwrap_or("a report"), report.record.unwrap_or(0));
    assert!(faults.is_empty(), "{path}, record {record}:\n{}", faults.join("\n"));
}

/// Where the reading breaks an invariant of its types; a line each, which begins with the field.
///
/// - Spans are not empty, lie in the text and on character boundaries.
/// - [`Words`] are the slices at their spans, which are in text order and do not overlap.
/// - Statements, figures, mentions and actors are in their order and their ids count from 1.
/// - Every id that is referred to is there; `within` and `part_of` lead nowhere round.
/// - Evidence is of fields that are there and not null, and has words.
/// - Bounds fit the words that name them.
/// - Confidences are in `0..=1` with at most three decimals.
/// - Out to JSON and in again changes nothing.
pub fn faults(reading: &Reading) -> Vec<String> {
    let mut check = Check { reading, faults: Vec::new() };
    check.report();
    reading.statements.iter().enumerate().for_each(|(i, statement)| check.statement(i, statement));
    reading.figures.iter().enumerate().for_each(|(i, figure)| check.figure(i, figure));
    reading.mentions.iter().enumerate().for_each(|(i, mention)| check.mention(i, mention));
    reading.actors.iter().enumerate().for_each(|(i, actor)| check.actor(i, actor));
    check.orders();
    check.round_trip();
    check.faults
}

struct Check<'r> {
    reading: &'r Reading,
    faults: Vec<String>,
}

impl Check<'_> {
    /// Notes a fault of `field` unless `holds`.
    fn hold(&mut self, holds: bool, field: impl Display, fault: impl Display) {
        if !holds {
            self.faults.push(format!("{field}: {fault}"));
        }
    }

    fn report(&mut self) {
        let report = &self.reading.report;
        let found = report.published.is_some() == report.published_from.is_some();
        self.hold(found, "report.published_from", "is null with published, and only then");
        self.hold(report.notes.is_empty(), "report.notes", "belong to the reading");
        if let Some(dateline) = &report.dateline {
            self.spans("report.dateline", &dateline.spans);
        }
        for (i, note) in self.reading.notes.iter().enumerate() {
            let snake = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
            let named = !note.code.is_empty() && note.code.chars().all(snake);
            self.hold(named, format!("notes[{i}].code"), format!("'{}' is not in snake case", note.code));
            self.hold(!note.message.is_empty(), format!("notes[{i}].message"), "is empty");
            self.spans(&format!("notes[{i}]"), &note.spans);
        }
    }

    fn statement(&mut self, i: usize, s: &Statement) {
        let id = s.id;
        self.id("statements", i, id.0);
        self.words(&format!("{id}.source"), &s.source);
        self.words(&format!("{id}.cue"), &s.cue);
        self.words(&format!("{id}.content"), &s.content);
        self.hold(!s.content.is_empty(), format!("{id}.content"), "is empty");
        self.confidence(id, s.confidence);
        self.evidence(id, s, &s.evidence);
        self.refers(format!("{id}.speaker.actor"), s.speaker.actor.map(|a| a.0), self.reading.actors.len());
        self.refers(format!("{id}.toward"), s.toward.map(|a| a.0), self.reading.actors.len());
        self.refers(format!("{id}.within"), s.within.map(|w| w.0), self.reading.statements.len());
        self.refers(format!("{id}.replies_to"), s.replies_to.map(|r| r.0), self.reading.statements.len());
        self.hold(s.replies_to != Some(id), format!("{id}.replies_to"), "is the statement itself");
        let statements = &self.reading.statements;
        let up = |n: u32| statements.iter().find(|s| s.id.0 == n)?.within.map(|w| w.0);
        self.ends(format!("{id}.within"), id.0, up);

        let speaker = &s.speaker;
        self.hold(
            speaker.names.len() != 1,
            format!("{id}.speaker.names"),
            "holds one; a single one is `name`",
        );
        let named = speaker.naming != Naming::Named || speaker.name.as_ref().is_some_and(|n| !n.is_empty());
        self.hold(named, format!("{id}.speaker.name"), "is missing though it is named");
        let outlet = speaker.naming != Naming::Outlet || s.source.is_empty();
        self.hold(
            outlet,
            format!("{id}.speaker.naming"),
            "is the outlet's own voice though there is a source",
        );
    }

    fn figure(&mut self, i: usize, f: &Figure) {
        let id = f.id;
        self.id("figures", i, id.0);
        self.words(&format!("{id}.words"), &f.words);
        self.hold(!f.words.is_empty(), format!("{id}.words"), "are empty");
        self.words(&format!("{id}.counted"), &f.counted);
        self.confidence(id, f.confidence);
        self.evidence(id, f, &f.evidence);
        self.refers(format!("{id}.statement"), f.statement.map(|s| s.0), self.reading.statements.len());
        self.refers(format!("{id}.part_of"), f.part_of.map(|p| p.0), self.reading.figures.len());
        let figures = &self.reading.figures;
        let up = |n: u32| figures.iter().find(|f| f.id.0 == n)?.part_of.map(|p| p.0);
        self.ends(format!("{id}.part_of"), id.0, up);

        let fits = match (f.bound, f.lower, f.upper) {
            (Bound::Exact | Bound::About, Some(lower), Some(upper)) => lower == upper,
            (Bound::AtLeast | Bound::Over, Some(_), None) => true,
            (Bound::AtMost | Bound::Under, None, Some(_)) => true,
            (Bound::Range, Some(lower), Some(upper)) => lower <= upper,
            (Bound::Vague, None, None) => true,
            _ => false,
        };
        let ends = format!("{}: {:?} to {:?} is none", f.bound, f.lower, f.upper);
        self.hold(fits, format!("{id}.bound"), ends);
        let finite = [f.lower, f.upper].iter().flatten().all(|value| value.is_finite());
        self.hold(finite, format!("{id}.lower"), "or upper is no number");
        let one = !f.implicit || (f.bound, f.lower, f.upper) == (Bound::Exact, Some(1.0), Some(1.0));
        self.hold(one, format!("{id}.implicit"), "only one person is told without a number");
    }

    fn mention(&mut self, i: usize, m: &Mention) {
        let id = m.id;
        self.id("mentions", i, id.0);
        self.words(&id.to_string(), &Words { text: m.text.clone(), spans: m.spans.clone() });
        self.hold(!m.spans.is_empty(), id, "has no words");
        self.refers(format!("{id}.actor"), m.actor.map(|a| a.0), self.reading.actors.len());
    }

    fn actor(&mut self, i: usize, a: &Actor) {
        self.id("actors", i, a.id.0);
        self.hold(!a.name.trim().is_empty(), format!("{}.name", a.id), "is empty");
    }

    fn orders(&mut self) {
        let begin = |words: &Words| words.spans.first().map(|span| span.begin);
        let statements = self.reading.statements.iter();
        let parts = |s: &Statement| [&s.source, &s.cue, &s.content].into_iter().filter_map(begin).min();
        self.order("statements", statements.map(|s| (s.id.to_string(), parts(s))).collect());
        let figures = self.reading.figures.iter();
        self.order("figures", figures.map(|f| (f.id.to_string(), begin(&f.words))).collect());
        let mentions = self.reading.mentions.iter();
        self.order(
            "mentions",
            mentions.map(|m| (m.id.to_string(), m.spans.first().map(|s| s.begin))).collect(),
        );
        let first = |a: &Actor| {
            let mut mentions = self.reading.mentions.iter().filter(|m| m.actor == Some(a.id));
            mentions.find_map(|m| Some(m.spans.first()?.begin))
        };
        // Who is never mentioned comes behind who is.
        let actors = self.reading.actors.iter();
        let actors = actors.map(|a| (a.id.to_string(), Some(first(a).unwrap_or(usize::MAX)))).collect();
        self.order("actors", actors);
    }

    fn order(&mut self, list: &str, begins: Vec<(String, Option<usize>)>) {
        for pair in begins.windows(2) {
            let [(before, begin), (id, next)] = pair else { continue };
            let holds = begin.zip(*next).is_none_or(|(begin, next)| begin <= next);
            self.hold(holds, list, format!("{id} stands before {before} in the text"));
        }
    }

    fn round_trip(&mut self) {
        // Spans that do not fit the text cannot be converted; they are told already.
        if !self.faults.is_empty() {
            return;
        }
        let line = self.reading.to_json();
        self.hold(!line.contains('\n'), "json", "has a line break");
        match Reading::from_json(&line) {
            Ok(again) => self.hold(again == *self.reading, "json", "is another reading when it comes back"),
            Err(error) => self.hold(false, "json", error),
        }
    }

    fn id(&mut self, list: &str, i: usize, id: u32) {
        self.hold(usize::try_from(id) == Ok(i + 1), format!("{list}[{i}].id"), format!("is {id}"));
    }

    fn refers(&mut self, field: String, to: Option<u32>, n: usize) {
        let there = |id: u32| usize::try_from(id).is_ok_and(|id| (1..=n).contains(&id));
        self.hold(to.is_none_or(there), field, format!("{to:?} of {n}"));
    }

    /// Notes a fault if `up` leads from `id` round in a circle.
    fn ends(&mut self, field: String, id: u32, up: impl Fn(u32) -> Option<u32>) {
        let (mut at, mut n_steps) = (up(id), 0);
        while let Some(next) =
            at.filter(|_| n_steps <= self.reading.statements.len() + self.reading.figures.len())
        {
            (at, n_steps) = (up(next), n_steps + 1);
        }
        self.hold(at.is_none(), field, "leads round in a circle");
    }

    fn words(&mut self, field: &str, words: &Words) {
        let n_before = self.faults.len();
        self.spans(field, &words.spans);
        for pair in words.spans.windows(2) {
            self.hold(pair[0].end <= pair[1].begin, field, "its spans are not in order or overlap");
        }
        if self.faults.len() == n_before {
            let slices = Words::at(&self.reading.report.text, words.spans.clone()).text;
            let fault = format!("'{}' is not what stands there, '{slices}'", words.text);
            self.hold(slices == words.text, field, fault);
        }
    }

    fn spans(&mut self, field: &str, spans: &[Span]) {
        let text = &self.reading.report.text;
        for span in spans {
            let at = format!("{field} [{}, {}]", span.begin, span.end);
            self.hold(!span.is_empty(), &at, "is empty");
            self.hold(span.end <= text.len(), &at, format!("ends behind the text, at {}", text.len()));
            let on_boundaries =
                text.get(span.begin..span.end.max(span.begin)).is_some() || span.end > text.len();
            self.hold(on_boundaries, &at, "cuts a character");
        }
    }

    fn confidence(&mut self, id: impl Display, confidence: f64) {
        let field = format!("{id}.confidence");
        self.hold((0.0..=1.0).contains(&confidence), &field, format!("{confidence} is no probability"));
        let rounded = (confidence * 1000.0).round() / 1000.0;
        self.hold(rounded == confidence, &field, format!("{confidence} has more than three decimals"));
    }

    fn evidence(&mut self, id: impl Display, of: &impl Serialize, evidence: &Evidence) {
        let fields = serde_json::to_value(of).expect("plain data always serialises");
        for (path, spans) in evidence {
            let field = format!("{id}.evidence.{path}");
            let value = fields.pointer(&format!("/{}", path.replace('.', "/")));
            self.hold(value.is_some(), &field, "there is no such field");
            self.hold(value != Some(&Value::Null), &field, "the field is null");
            self.hold(!spans.is_empty(), &field, "has no words; a field without an entry was inferred");
            self.spans(&field, spans);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ascribe_record::{
        ActorId, ActorKind, FigureId, Form, Measure, MentionId, MentionType, Note, Report, Scope, Speaker,
        StatementId,
    };

    const TEXT: &str = "“At least 40 people drowned,” Zoë Lind said. A boy died, she added.";

    fn at(words: &str) -> Span {
        let begin = TEXT.find(words).expect("words of the text");
        Span::new(begin, begin + words.len())
    }

    fn words(words: &str) -> Words {
        Words::at(TEXT, vec![at(words)])
    }

    /// A reading without a fault.
    fn reading() -> Reading {
        let mut reading = Reading::of(Report::new(TEXT.to_owned(), "text/plain"));
        let lind = Speaker {
            actor: Some(ActorId(1)),
            name: Some("Zoë Lind".into()),
            role: None,
            affiliation: None,
            kind: Some(ActorKind::Person),
            naming: Naming::Named,
            names: Vec::new(),
        };
        let statement = |id: u32, content: &str, source: &str, cue: &str| Statement {
            form: Form::Direct,
            speaker: lind.clone(),
            confidence: 0.875,
            evidence: [("speaker.name".to_owned(), vec![at("Zoë Lind")])].into(),
            ..Statement::new(StatementId(id), words(source), words(cue), words(content))
        };
        reading.statements = vec![
            statement(1, "“At least 40 people drowned,”", "Zoë Lind", "said"),
            statement(2, "A boy died", "she", "added"),
        ];
        let figure = |id: u32, quantity: &str, counted: &str| Figure {
            lower: Some(40.0),
            bound: Bound::AtLeast,
            measure: Measure::Killed,
            scope: Scope::Incident,
            statement: Some(StatementId(id)),
            confidence: 0.9,
            evidence: [("measure".to_owned(), vec![at("drowned")])].into(),
            ..Figure::new(FigureId(id), words(quantity), words(counted))
        };
        let boy = Figure {
            lower: Some(1.0),
            upper: Some(1.0),
            bound: Bound::Exact,
            implicit: true,
            part_of: Some(FigureId(1)),
            ..figure(2, "A", "boy")
        };
        // "A" stands in "At" too.
        let a = Span::new(at("A boy").begin, at("A boy").begin + 1);
        reading.figures =
            vec![figure(1, "At least 40", "people"), Figure { words: Words::at(TEXT, vec![a]), ..boy }];
        let mention = |id: u32, words: &str, mention_type: MentionType| Mention {
            id: MentionId(id),
            text: words.to_owned(),
            spans: vec![at(words)],
            mention_type,
            actor: Some(ActorId(1)),
        };
        reading.mentions =
            vec![mention(1, "Zoë Lind", MentionType::Name), mention(2, "she", MentionType::Pronoun)];
        reading.actors = vec![Actor { id: ActorId(1), name: "Zoë Lind".into(), kind: ActorKind::Person }];
        reading.notes = vec![Note::new("no_date", "there is no date").at(vec![at("A boy")])];
        reading
    }

    /// Fails unless breaking the reading so gives just the faults that begin with `expected`.
    #[track_caller]
    fn broken(change: impl FnOnce(&mut Reading), expected: &[&str]) {
        let mut reading = reading();
        change(&mut reading);
        let faults = faults(&reading);
        let fit =
            faults.len() == expected.len() && faults.iter().zip(expected).all(|(f, e)| f.starts_with(e));
        assert!(fit, "{faults:#?}\n{expected:#?}");
    }

    #[test]
    fn a_whole_reading_has_no_fault() {
        check_reading(&reading());
        check_reading(&Reading::of(Report::new(String::new(), "text/plain")));
    }

    #[test]
    fn spans_fit_the_text() {
        broken(|r| r.notes[0].spans[0] = Span::new(4, 4), &["notes[0] [4, 4]: is empty"]);
        broken(|r| r.notes[0].spans[0] = Span::new(5, 4), &["notes[0] [5, 4]: is empty"]);
        broken(|r| r.notes[0].spans[0] = Span::new(1, 4), &["notes[0] [1, 4]: cuts a character"]);
        broken(|r| r.notes[0].spans[0] = Span::new(4, 999), &["notes[0] [4, 999]: ends behind the text"]);
    }

    #[test]
    fn words_are_their_slices() {
        broken(|r| r.statements[0].cue.text = "says".into(), &["s1.cue: 'says' is not"]);
        broken(|r| r.mentions[1].text = "She".into(), &["m2: 'She' is not"]);
        let twice = |r: &mut Reading| r.statements[1].cue.spans.push(at("added"));
        broken(twice, &["s2.cue: its spans are not in order"]);
        broken(|r| r.statements[1].content = Words::default(), &["s2.content: is empty"]);
    }

    #[test]
    fn ids_and_orders() {
        broken(|r| r.actors[0].id = ActorId(2), &["actors[0].id: is 2"]);
        let swap = |r: &mut Reading| {
            r.mentions.swap(0, 1);
            (r.mentions[0].id, r.mentions[1].id) = (MentionId(1), MentionId(2));
        };
        broken(swap, &["mentions: m2 stands before m1"]);
    }

    #[test]
    fn references_resolve() {
        broken(|r| r.statements[0].toward = Some(ActorId(2)), &["s1.toward: Some(2) of 1"]);
        broken(|r| r.figures[0].statement = Some(StatementId(0)), &["f1.statement: Some(0) of 2"]);
        broken(|r| r.statements[1].within = Some(StatementId(2)), &["s2.within: leads round"]);
        broken(|r| r.figures[0].part_of = Some(FigureId(2)), &["f1.part_of: leads", "f2.part_of: leads"]);
        broken(|r| r.statements[1].replies_to = Some(StatementId(2)), &["s2.replies_to: is the statement"]);
    }

    #[test]
    fn evidence_is_of_fields_with_words() {
        let entry = |path: &str, spans: Vec<Span>| {
            let path = path.to_owned();
            move |r: &mut Reading| drop(r.statements[0].evidence.insert(path, spans))
        };
        broken(entry("speaker.title", vec![at("Lind")]), &["s1.evidence.speaker.title: there is no"]);
        broken(entry("said_on", vec![at("Lind")]), &["s1.evidence.said_on: the field is null"]);
        broken(entry("act", vec![]), &["s1.evidence.act: has no words"]);
        broken(entry("act", vec![Span::new(1, 3)]), &["s1.evidence.act [1, 3]: cuts a character"]);
    }

    #[test]
    fn values_fit() {
        broken(|r| r.figures[0].upper = Some(50.0), &["f1.bound: at_least"]);
        broken(|r| r.figures[0].implicit = true, &["f1.implicit"]);
        broken(|r| r.figures[0].lower = Some(f64::INFINITY), &["f1.lower"]);
        broken(|r| r.figures[0].confidence = 0.12345, &["f1.confidence: 0.12345 has more"]);
        broken(|r| r.statements[0].confidence = 1.5, &["s1.confidence: 1.5 is no probability"]);
        broken(|r| r.statements[0].speaker.name = None, &["s1.evidence.speaker.name", "s1.speaker.name"]);
        broken(|r| r.statements[0].speaker.names = vec!["Lind".into()], &["s1.speaker.names"]);
        broken(|r| r.report.published = Some("2026".into()), &["report.published_from"]);
    }
}
