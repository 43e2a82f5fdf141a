//! What `ascribe-link` says about the labelled items, on what the reader finds in their texts.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use ascribe::{Reader, Reading};
use ascribe_link::{
    Body, CopyKind, Count, Edge as LinkEdge, LIKELY, Member, Topic, Utterance, edge, forest, is_part, roots,
    same_count, same_story, series,
};
use ascribe_record::{CodePoints, PublishedFrom, Report, Span};
use jiff::civil::Date;

use super::labels::{Edge, FigureLabel, LinkLabels, Sharing, Wording};
use super::predictions::LinkPredictions;
use super::texts::{LinkTexts, StoryRecord};
use crate::Slice;

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
        let shared = a.shared(&b).apart(texts.days(&pair.a, &pair.b));
        all.copies.insert(pair.id.clone(), sharing(shared.kind()));
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
pub(super) fn day(date: &str) -> Option<i32> {
    let date: Date = date.get(..10)?.parse().ok()?;
    Date::constant(1970, 1, 1).until(date).ok().map(|span| span.get_days())
}

/// Days between two days, if both are known.
pub(super) fn between(a: Option<i32>, b: Option<i32>) -> Option<u32> {
    a.zip(b).map(|(a, b)| a.abs_diff(b))
}

/// What reports are about, with their days.
pub(super) struct Topics {
    pub(super) topics: Vec<Topic>,
    pub(super) days: Vec<Option<i32>>,
}

impl Topics {
    pub(super) fn of(corpus: &str, records: &[&StoryRecord], texts: &LinkTexts) -> Self {
        let text = |record: &str| texts.text(corpus, record).unwrap_or("");
        Self {
            topics: records.iter().map(|r| Topic::of(&r.title, text(&r.record))).collect(),
            days: records.iter().map(|r| day(&r.published)).collect(),
        }
    }

    /// Every two reports that share a key.
    pub(super) fn pairs(&self) -> Vec<(usize, usize)> {
        let mut by_key: HashMap<u64, Vec<usize>> = HashMap::new();
        for (n, topic) in self.topics.iter().enumerate() {
            topic.keys().into_iter().for_each(|key| by_key.entry(key).or_default().push(n));
        }
        let two = |found: &Vec<usize>, pairs: &mut Vec<(usize, usize)>| {
            for (i, &a) in found.iter().enumerate() {
                pairs.extend(found[i + 1..].iter().map(|&b| (a, b)));
            }
        };
        let mut pairs = Vec::new();
        by_key.values().for_each(|found| two(found, &mut pairs));
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    }
}

/// The number of each report's story: in their order of time, each is joined to the likeliest before
/// it, as a ledger does it; its story is that of the first.
fn stories(corpus: &str, records: &[&StoryRecord], texts: &LinkTexts) -> Vec<usize> {
    let mut order: Vec<usize> = (0..records.len()).collect();
    order.sort_by_key(|&n| (&records[n].published, &records[n].record));
    let in_time: Vec<&StoryRecord> = order.iter().map(|&n| records[n]).collect();
    let topics = Topics::of(corpus, &in_time, texts);
    let likely = topics.pairs().into_iter().map(|(a, b)| {
        let days = between(topics.days[a], topics.days[b]);
        (a, b, same_story(&topics.topics[a], &topics.topics[b], days))
    });
    let found = roots(&forest(records.len(), likely));
    let mut stories = vec![0; records.len()];
    order.into_iter().zip(found).for_each(|(n, root)| stories[n] = root);
    stories
}

/// Two figures and what is known of their reports.
pub(super) struct Two<'a> {
    pub(super) a: &'a Member,
    pub(super) b: &'a Member,
    /// How likely the two reports are about one story.
    pub(super) story: f64,
    pub(super) days: Option<u32>,
    pub(super) one_report: bool,
}

/// The labelled figures as the reader finds them.
pub(super) struct Figures {
    found: BTreeMap<String, Member>,
    topics: Vec<Topic>,
}

impl Figures {
    pub(super) fn read(reader: &Reader, labels: &[&FigureLabel], texts: &LinkTexts) -> Self {
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
                found.insert(
                    label.id.clone(),
                    Member {
                        count,
                        report: *report,
                        day: holds,
                        published,
                        side: BTreeSet::new(),
                        party: None,
                        part_of: None,
                    },
                );
            }
        }
        Self { found, topics }
    }

    pub(super) fn two(&self, a: &str, b: &str) -> Option<Two<'_>> {
        let (a, b) = (self.found.get(a)?, self.found.get(b)?);
        let days = between(a.published, b.published);
        let story = same_story(&self.topics[a.report], &self.topics[b.report], days);
        Some(Two { a, b, story, days, one_report: a.report == b.report })
    }

    fn edge(&self, a: &str, b: &str) -> Option<Edge> {
        let two = self.two(a, b)?;
        let (first, then) = if two.a.day <= two.b.day { (two.a, two.b) } else { (two.b, two.a) };
        if same_count(&two.a.count, &two.b.count, two.story, two.days, two.one_report) < LIKELY {
            let days = between(two.a.day, two.b.day);
            let part = is_part(&first.count, &then.count, days, two.one_report)
                || is_part(&then.count, &first.count, days, two.one_report);
            return part.then_some(Edge::PartOf);
        }
        Some(match edge(&first.count, &then.count, two.one_report) {
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
