//! Predictions against labels.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::labels::{Edge, LinkLabels, Sharing, TextRef, Wording};
use super::metrics::{BCubed, adjusted_rand, b_cubed, components};
use super::predictions::LinkPredictions;
use super::texts::{LinkTexts, StoryRecord};
use crate::score::share;
use crate::{Count, Slice};

/// What predictions come to on one half of the labels, or on both.
#[derive(Clone, Debug, Default)]
pub struct LinkScore {
    /// Pairs of figures that count the same thing.
    pub same_series: Count,
    /// The same among pairs that are hard.
    pub same_series_hard: Count,
    /// Pairs by their edge, labelled and predicted.
    pub edges: BTreeMap<(Edge, Edge), usize>,
    /// Figures by series.
    pub series: BCubed,
    /// Figures that a series has.
    pub n_members: usize,
    /// Pairs of texts that share their words in any way.
    pub copies: Count,
    /// The same among pairs that are hard.
    pub copies_hard: Count,
    /// Texts by the group that pairs make of them.
    pub copies_rand: f64,
    /// Texts.
    pub n_texts: usize,
    /// Pairs of texts of which the sort of sharing is right, of those that share their words.
    pub sharing: Count,
    /// Pairs of quotations that are one utterance.
    pub utterances: Count,
    /// Pairs of quotations that are one utterance in other words.
    pub drifted: Count,
    /// Reports by story, with their number, by corpus.
    pub stories: BTreeMap<String, (BCubed, usize)>,
}

impl LinkScore {
    /// Of the pairs that count the same thing, the share whose edge is right, `0..=1`.
    pub fn edge_accuracy(&self) -> f64 {
        self.accuracy(Edge::is_same)
    }

    /// The same over parts and wholes too.
    pub fn edge_accuracy_with_parts(&self) -> f64 {
        self.accuracy(|edge| edge != Edge::None)
    }

    fn accuracy(&self, is_asked: impl Fn(Edge) -> bool) -> f64 {
        let asked = self.edges.iter().filter(|((gold, _), _)| is_asked(*gold));
        let right = asked.clone().filter(|((gold, pred), _)| gold == pred).map(|(_, n)| n).sum();
        share(right, asked.map(|(_, n)| n).sum())
    }
}

/// Judges `predictions` on `slice`, or on all.
pub fn score_links(
    labels: &LinkLabels,
    texts: &LinkTexts,
    predictions: &LinkPredictions,
    slice: Option<Slice>,
) -> LinkScore {
    let asked = |half: Slice| slice.is_none_or(|slice| slice == half);
    let mut score = LinkScore::default();
    for pair in labels.pairs.iter().filter(|p| asked(p.half)) {
        let pred = predictions.edges.get(&pair.id).copied().unwrap_or(Edge::None);
        let one = count(pair.edge.is_same(), pred.is_same());
        score.same_series += one;
        if pair.hard.is_some() {
            score.same_series_hard += one;
        }
        *score.edges.entry((pair.edge, pred)).or_default() += 1;
    }
    (score.series, score.n_members) = judge_series(labels, predictions, asked);
    let mut together: [Vec<(&TextRef, &TextRef)>; 2] = [Vec::new(), Vec::new()];
    for pair in labels.copies.iter().filter(|c| asked(c.half)) {
        let pred = predictions.copies.get(&pair.id).copied().unwrap_or(Sharing::None);
        let is_copy = [pair.kind, pred].map(|kind| kind != Sharing::None);
        let one = count(is_copy[0], is_copy[1]);
        score.copies += one;
        if pair.hard.is_some() {
            score.copies_hard += one;
        }
        if is_copy[0] {
            score.sharing += Count { tp: usize::from(pair.kind == pred), pred: 1, gold: 1 };
        }
        for (pairs, _) in together.iter_mut().zip(is_copy).filter(|(_, is_copy)| *is_copy) {
            pairs.push((&pair.a, &pair.b));
        }
    }
    let all = labels.copies.iter().filter(|c| asked(c.half)).flat_map(|c| [&c.a, &c.b]);
    let mut at: BTreeMap<&TextRef, usize> = BTreeMap::new();
    for text in all {
        let next = at.len();
        at.entry(text).or_insert(next);
    }
    let [gold, pred] = together.map(|pairs| components(at.len(), pairs.iter().map(|(a, b)| (at[a], at[b]))));
    (score.copies_rand, score.n_texts) = (adjusted_rand(&gold, &pred), at.len());
    for pair in labels.quotes.iter().filter(|q| asked(q.half)) {
        let pred = predictions.quotes.get(&pair.id).copied().unwrap_or(Wording::Different);
        score.utterances += count(pair.label != Wording::Different, pred != Wording::Different);
        score.drifted += count(pair.label == Wording::Drifted, pred == Wording::Drifted);
    }
    for (corpus, records) in &texts.stories {
        let records: Vec<&StoryRecord> = records.iter().filter(|r| asked(r.half)).collect();
        let gold = numbered(records.iter().map(|r| Some(r.story.as_str())));
        let told = |r: &&StoryRecord| predictions.stories.get(&(corpus.clone(), r.record.clone()));
        let pred = numbered(records.iter().map(|r| told(r).map(String::as_str)));
        score.stories.insert(corpus.clone(), (b_cubed(&gold, &pred), records.len()));
    }
    score
}

fn judge_series(
    labels: &LinkLabels,
    predictions: &LinkPredictions,
    asked: impl Fn(Slice) -> bool,
) -> (BCubed, usize) {
    let series = labels.series.iter().filter(|s| asked(s.half));
    let members: Vec<(&str, &String)> =
        series.flat_map(|s| s.members.iter().map(|m| (s.id.as_str(), &m.figure))).collect();
    let gold = numbered(members.iter().map(|(id, _)| Some(*id)));
    let pred = numbered(members.iter().map(|(_, f)| predictions.series.get(*f).map(String::as_str)));
    (b_cubed(&gold, &pred), members.len())
}

/// A number for each name; what has none is alone.
fn numbered<'a>(names: impl Iterator<Item = Option<&'a str>>) -> Vec<usize> {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let mut next = 0;
    names
        .map(|name| {
            let number = name.and_then(|name| seen.get(name).copied()).unwrap_or(next);
            if number == next {
                seen.extend(name.map(|name| (name, next)));
                next += 1;
            }
            number
        })
        .collect()
}

fn count(gold: bool, pred: bool) -> Count {
    Count { tp: usize::from(gold && pred), pred: usize::from(pred), gold: usize::from(gold) }
}

/// The scores of `pred`, if there are any, with those of the baseline beside, as a table.
pub fn links_table(pred: Option<&LinkScore>, baseline: &LinkScore) -> String {
    let shown = pred.unwrap_or(baseline);
    let head = if pred.is_some() { "" } else { " (the baseline alone)" };
    let mut table = format!("{:40}{:>7}{:>7}{:>7}{:>7}{:>10}\n", head, "P", "R", "F1", "n", "baseline");
    for (name, of) in [
        ("same series, pairs", (|s| s.same_series) as fn(&LinkScore) -> Count),
        ("  hard ones", |s| s.same_series_hard),
        ("near-duplicate, pairs", |s| s.copies),
        ("  hard ones", |s| s.copies_hard),
        ("one utterance, pairs", |s| s.utterances),
        ("  in other words", |s| s.drifted),
    ] {
        let (c, plain) = (of(shown), of(baseline).f1());
        row(&mut table, name, [c.precision(), c.recall(), c.f1()], c.gold, plain);
    }
    let cubed = |b: BCubed| [b.precision, b.recall, b.f1()];
    row(&mut table, "series, B-cubed", cubed(shown.series), shown.n_members, baseline.series.f1());
    for (corpus, &(b, n)) in &shown.stories {
        let plain = baseline.stories.get(corpus).map_or(0.0, |(b, _)| b.f1());
        row(&mut table, &format!("stories of {corpus}, B-cubed"), cubed(b), n, plain);
    }
    let same: usize = shown.edges.iter().filter(|((gold, _), _)| gold.is_same()).map(|(_, n)| n).sum();
    let linked: usize = shown.edges.iter().filter(|((gold, _), _)| *gold != Edge::None).map(|(_, n)| n).sum();
    for (name, value, n, plain) in [
        ("edge right, same series", shown.edge_accuracy(), same, baseline.edge_accuracy()),
        (
            "  parts and wholes too",
            shown.edge_accuracy_with_parts(),
            linked,
            baseline.edge_accuracy_with_parts(),
        ),
        (
            "sort of sharing right",
            shown.sharing.precision(),
            shown.sharing.gold,
            baseline.sharing.precision(),
        ),
        ("near-duplicates, adjusted Rand", shown.copies_rand, shown.n_texts, baseline.copies_rand),
    ] {
        let _ = writeln!(table, "{name:54}{value:>7.3}{n:>7}{plain:>10.3}");
    }
    confusion(&mut table, &shown.edges);
    table
}

fn row(table: &mut String, name: &str, values: [f64; 3], n: usize, plain: f64) {
    let _ = write!(table, "{name:40}");
    for value in values {
        let _ = write!(table, "{value:>7.3}");
    }
    let _ = writeln!(table, "{n:>7}{plain:>10.3}");
}

/// Rows: labelled; columns: predicted.
fn confusion(table: &mut String, edges: &BTreeMap<(Edge, Edge), usize>) {
    let _ = write!(table, "\n{:12}", "edge");
    for pred in Edge::ALL {
        let _ = write!(table, "{:>11}", pred.name());
    }
    for gold in Edge::ALL {
        let _ = write!(table, "\n{:12}", gold.name());
        for pred in Edge::ALL {
            let _ = write!(table, "{:>11}", edges.get(&(gold, pred)).copied().unwrap_or(0));
        }
    }
    table.push('\n');
}
