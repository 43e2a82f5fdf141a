//! Words taken out of a reading.

use std::collections::HashSet;

use ascribe_record::{CodePoints, Evidence, Reading, Span};

/// What stands for each character that is no white space.
const MASK: char = '█';

/// `reading` without the words at `spans`: they are masked in the text there and wherever else they stand
/// to the letter, and all that was read from masked words is left out, fields of the report too. Offsets
/// stay, as they count characters.
pub(crate) fn masked(reading: &Reading, spans: &[Span]) -> Reading {
    let old = &reading.report.text;
    let spans = everywhere(old, spans);
    let text = mask(old, &spans);
    let mut new = reading.clone();
    leave_out(&mut new, old, &spans);
    let (was, is) = (CodePoints::of(old), CodePoints::of(&text));
    new.for_each_span(|span| {
        let moved = |byte| is.to_byte(was.from_byte(byte)).unwrap_or(text.len());
        *span = Span::new(moved(span.begin), moved(span.end));
    });
    new.report.text = text;
    new
}

/// The spans, and where else the same words stand.
fn everywhere(text: &str, spans: &[Span]) -> Vec<Span> {
    let words: HashSet<&str> =
        spans.iter().map(|span| span.of(text)).filter(|words| is_telling(words)).collect();
    let others = words
        .iter()
        .flat_map(|words| text.match_indices(words).map(|(at, words)| Span::new(at, at + words.len())));
    others.chain(spans.iter().copied()).collect()
}

/// Whether words say something by themselves: "said" stands in every report.
fn is_telling(words: &str) -> bool {
    words.split_whitespace().count() > 1
}

fn mask(text: &str, spans: &[Span]) -> String {
    let is_masked = |at: usize| spans.iter().any(|span| (span.begin..span.end).contains(&at));
    let shown = text.char_indices().map(|(at, c)| if is_masked(at) && !c.is_whitespace() { MASK } else { c });
    shown.collect()
}

fn leave_out(reading: &mut Reading, text: &str, masked: &[Span]) {
    let hit = |spans: &[Span]| spans.iter().any(|span| masked.iter().any(|masked| masked.overlaps(*span)));
    let read_from = |evidence: &Evidence| evidence.values().any(|spans| hit(spans));
    reading.statements.retain(|s| {
        ![&s.source, &s.cue, &s.content].iter().any(|words| hit(&words.spans)) && !read_from(&s.evidence)
    });
    reading
        .figures
        .retain(|f| ![&f.words, &f.counted].iter().any(|words| hit(&words.spans)) && !read_from(&f.evidence));
    let statements: HashSet<_> = reading.statements.iter().map(|s| s.id).collect();
    let figures: HashSet<_> = reading.figures.iter().map(|f| f.id).collect();
    for statement in &mut reading.statements {
        statement.within = statement.within.filter(|id| statements.contains(id));
        statement.replies_to = statement.replies_to.filter(|id| statements.contains(id));
    }
    for figure in &mut reading.figures {
        figure.statement = figure.statement.filter(|id| statements.contains(id));
        figure.part_of = figure.part_of.filter(|id| figures.contains(id));
    }
    reading.mentions.retain(|mention| !hit(&mention.spans));
    let mentioned: HashSet<_> = reading.mentions.iter().filter_map(|mention| mention.actor).collect();
    let speak: HashSet<_> = reading.statements.iter().filter_map(|s| s.speaker.actor).collect();
    reading.actors.retain(|actor| mentioned.contains(&actor.id) || speak.contains(&actor.id));
    reading.mentions.iter_mut().for_each(|mention| {
        mention.actor = mention.actor.filter(|id| reading.actors.iter().any(|actor| actor.id == *id));
    });
    reading.notes.retain(|note| !hit(&note.spans));
    let telling: Vec<&str> =
        masked.iter().map(|span| span.of(text)).filter(|words| is_telling(words)).collect();
    let report = &mut reading.report;
    for (name, field) in
        [("title", &mut report.title), ("byline", &mut report.byline), ("modified", &mut report.modified)]
    {
        let from = report.evidence.get(name).is_some_and(|spans| hit(spans));
        if from || field.as_ref().is_some_and(|field| telling.iter().any(|words| field.contains(words))) {
            *field = None;
            report.evidence.remove(name);
        }
    }
    if report.evidence.get("wire").is_some_and(|spans| hit(spans)) {
        report.wire.clear();
    }
    report.evidence.retain(|_, spans| !hit(spans));
    report.dateline = report.dateline.take().filter(|dateline| !hit(&dateline.spans));
}
