//! What `ascribe-link` says about the labelled items, on what the reader finds in their texts.

use std::collections::{BTreeMap, HashMap};

use ascribe::{Reader, Reading};
use ascribe_link::{
    Body, CopyKind, Count, Edge as LinkEdge, Member, Topic, Utterance, edge, same_count, same_story, series,
};
use ascribe_record::{CodePoints, PublishedFrom, Report, Span};
use jiff::civil::Date;

use super::labels::{Edge, FigureLabel, LinkLabels, Sharing, Wording};
use super::metrics::components;
use super::predictions::LinkPredictions;
use super::texts::{LinkTexts, StoryRecord};
use crate::Slice;

/// From this probability on, figures are one series and reports one story.
const LIKELY: f64 = 0.5;

/// Answers to all that is labelled in `slice`, or in both. Reads every text that has a labelled figure:
/// minutes.
pub fn link(
    reader: &Reader,
    labels: &LinkLabels,
    texts: &LinkTexts,
    slice: Option<Slice>,
) -> LinkPredictions {
    let asked = |half: Slice| slice.is_none_or(|slice| slice == half);
    let mut all = LinkPredictions::default();
    for pair in labels.copies.iter().filter(|pair| asked(pair.half)) {
        let [a, b] = [&pair.a, &pair.b].map(|t| Body::of(texts.text(&t.corpus, &t.record).unwrap_or("")));
        all.copies.insert(pair.id.clone(), sharing(a.shared(&b).kind()));
    }
    for pair in labels.quotes.iter().filter(|pair| asked(pair.half)) {
        let [a, b] = [&pair.a, &pair.b].map(|q| {
            let said = texts.words(&q.corpus, &q.record, q.span);
            Utterance::of(&said, &[Span::new(0, said.len())])
        });
        let wording = match a.compare(&b) {
            None => Wording::Different,
            Some(same) if same.changes.is_empty() => Wording::Same,
            Some(_) => Wording::Drifted,
        };
        all.quotes.insert(pair.id.clone(), wording);
    }
    for (corpus, records) in &texts.stories {
        let records: Vec<&StoryRecord> = records.iter().filter(|record| asked(record.half)).collect();
        for (record, story) in records.iter().zip(stories(corpus, &records, texts)) {
            all.stories.insert((corpus.clone(), record.record.clone()), story.to_string());
        }
    }
    let figures: Vec<&FigureLabel> = labels.figures.values().filter(|f| asked(f.half)).collect();
    let found = Figures::read(reader, &figures, texts);
    for pair in labels.pairs.iter().filter(|pair| asked(pair.half)) {
        all.edges.insert(pair.id.clone(), found.edge(&pair.a, &pair.b).unwrap_or(Edge::None));
    }
    all.series = found.series(&figures);
    all
}

fn sharing(kind: Option<CopyKind>) -> Sharing {
    match kind {
        None => Sharing::None,
        Some(CopyKind::Exact) => Sharing::Copy,
        Some(CopyKind::Near) => Sharing::Near,
        Some(CopyKind::Contained) => Sharing::Contained,
    }
}

/// The day of "2023-10-07", counted from 1970.
fn day(date: &str) -> Option<i32> {
    let date: Date = date.get(..10)?.parse().ok()?;
    Date::constant(1970, 1, 1).until(date).ok().map(|span| span.get_days())
}

/// The number of each report's story: reports that share a key are compared, and likely pairs joined.
fn stories(corpus: &str, records: &[&StoryRecord], texts: &LinkTexts) -> Vec<usize> {
    let of = |r: &&StoryRecord| {
        (Topic::of(&r.title, texts.text(corpus, &r.record).unwrap_or("")), day(&r.published))
    };
    let topics: Vec<(Topic, Option<i32>)> = records.iter().map(of).collect();
    let mut by_key: HashMap<u64, Vec<usize>> = HashMap::new();
    for (n, (topic, _)) in topics.iter().enumerate() {
        topic.keys().into_iter().for_each(|key| by_key.entry(key).or_default().push(n));
    }
    let mut pairs: Vec<(usize, usize)> = by_key
        .values()
        .flat_map(|found| {
            found.iter().enumerate().flat_map(|(i, &a)| found[i + 1..].iter().map(move |&b| (a, b)))
        })
        .collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs.retain(|&(a, b)| {
        let ((first, when), (second, then)) = (&topics[a], &topics[b]);
        same_story(first, second, when.zip(*then).map(|(x, y)| x.abs_diff(y))) > LIKELY
    });
    components(records.len(), pairs)
}

/// The labelled figures as the reader finds them.
struct Figures {
    found: BTreeMap<String, Member>,
    topics: Vec<Topic>,
}

impl Figures {
    fn read(reader: &Reader, labels: &[&FigureLabel], texts: &LinkTexts) -> Self {
        let (mut found, mut topics) = (BTreeMap::new(), Vec::new());
        let mut read: HashMap<(&str, &str), (usize, Reading)> = HashMap::new();
        for label in labels {
            let (report, reading) = read.entry((&label.corpus, &label.record)).or_insert_with(|| {
                let text = texts.text(&label.corpus, &label.record).unwrap_or_default();
                topics.push(Topic::of("", text));
                let mut report = Report::new(text.to_owned(), "text/plain");
                report.published = Some(label.published.clone());
                report.published_from = Some(PublishedFrom::Metadata);
                (topics.len() - 1, reader.read(report))
            });
            let points = CodePoints::of(&reading.report.text);
            let overlap = |span: &Span| {
                let (begin, end) = (points.from_byte(span.begin), points.from_byte(span.end));
                end.min(label.span.1).saturating_sub(begin.max(label.span.0))
            };
            let best =
                reading.figures.iter().max_by_key(|f| f.words.spans.iter().map(overlap).sum::<usize>());
            let best = best.filter(|f| f.words.spans.iter().any(|span| overlap(span) > 0));
            if let Some(figure) = best {
                let published = day(&label.published);
                let holds = figure.as_of.as_deref().and_then(day).or(published);
                let count = Count::of(reading, figure);
                found.insert(label.id.clone(), Member { count, report: *report, day: holds, published });
            }
        }
        Self { found, topics }
    }

    fn edge(&self, a: &str, b: &str) -> Option<Edge> {
        let (a, b) = (self.found.get(a)?, self.found.get(b)?);
        let days = a.published.zip(b.published).map(|(x, y)| x.abs_diff(y));
        let story = same_story(&self.topics[a.report], &self.topics[b.report], days);
        let one_report = a.report == b.report;
        if same_count(&a.count, &b.count, story, days, one_report) < LIKELY {
            return None;
        }
        let (first, then) = if a.day <= b.day { (a, b) } else { (b, a) };
        Some(match edge(&first.count, &then.count, one_report) {
            LinkEdge::Repeats => Edge::Repeats,
            LinkEdge::Updates => Edge::Updates,
            LinkEdge::Corrects => Edge::Corrects,
            LinkEdge::Conflicts => Edge::Conflicts,
        })
    }

    /// The name of each figure's series, story by story.
    fn series(&self, labels: &[&FigureLabel]) -> BTreeMap<String, String> {
        let mut by_story: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for label in labels.iter().filter(|label| self.found.contains_key(&label.id)) {
            by_story.entry(&label.story).or_default().push(&label.id);
        }
        let mut names = BTreeMap::new();
        for (story, ids) in by_story {
            let members: Vec<Member> = ids.iter().map(|id| self.found[*id].clone()).collect();
            for (n, found) in series(&members).into_iter().enumerate() {
                names.extend(found.members.iter().map(|&m| (ids[m].to_owned(), format!("{story} {n}"))));
            }
        }
        names
    }
}
