//! The weights of `ascribe-link`, fitted on the half of the labels that is for it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use ascribe::Reader;
use ascribe_link::{
    Body, COPY_SIGNALS, FIGURE_SIGNALS, STORY_SIGNALS, copy_signals, figure_signals, story_signals,
};

use super::labels::{FigureLabel, LinkLabels, TextRef};
use super::linker::{Figures, Topics, between};
use super::metrics::components;
use super::texts::{LinkTexts, StoryRecord};
use crate::{Count, Slice};

/// What the printed file begins with.
const HEAD: &str = "\
//! The weights of the logistic curves, one a signal, as `ascribe-score links --fit` prints them: logistic
//! regression on the half of the labels that is for fitting (`docs/methods/links.md`).
#![allow(clippy::approx_constant, reason = \"a fitted number may come near a known one\")]
";
/// Parts of cross-validation.
const FOLDS: usize = 5;
/// Steps of Newton's method at most, and the step at which it stands still: after about ten.
const STEPS: usize = 40;
const STILL: f64 = 1e-9;
/// How strongly weights are drawn to zero, for signals of variance 1.
const RIDGE: f64 = 1.0;

/// What a curve is fitted on: two items of one group (of which all are in one fold).
struct Example<const N: usize> {
    group: String,
    /// The later of the two items.
    later: usize,
    signals: [f64; N],
    is_one: bool,
}

/// The file `crates/link/src/weights.rs`: the weights by signal, and how well weights that are fitted
/// on four fifths do on the last fifth. Reads the texts with labelled figures: a minute.
///
/// Method: logistic regression with a ridge, by Newton's method (D. Cox, "The regression analysis of
/// binary sequences", 1958; A. Hoerl and R. Kennard, 1970). The same labels give the same weights.
pub fn fit_links(reader: &Reader, labels: &LinkLabels, texts: &LinkTexts) -> String {
    let mut out = HEAD.to_owned();
    tell(&mut out, "COPY", "texts", &COPY_SIGNALS, &copies(labels, texts), every());
    let joined = Way { fit: fit_best, asked: best };
    tell(
        &mut out,
        "STORY",
        "reports, each with the likeliest before it,",
        &STORY_SIGNALS,
        &stories(texts),
        joined,
    );
    tell(&mut out, "FIGURE", "figures", &FIGURE_SIGNALS, &figures(reader, labels, texts), every());
    out
}

/// Pairs of texts; a group is what pairs join.
fn copies(labels: &LinkLabels, texts: &LinkTexts) -> Vec<Example<{ COPY_SIGNALS.len() }>> {
    let pairs: Vec<_> = labels.copies.iter().filter(|pair| pair.half == Slice::Fitted).collect();
    let all: BTreeSet<&TextRef> = pairs.iter().flat_map(|pair| [&pair.a, &pair.b]).collect();
    let at: BTreeMap<&TextRef, usize> = all.into_iter().zip(0..).collect();
    let group = components(at.len(), pairs.iter().map(|pair| (at[&pair.a], at[&pair.b])));
    let example = |pair: &&super::CopyLabel| {
        let [a, b] = [&pair.a, &pair.b].map(|t| Body::of(texts.text(&t.corpus, &t.record).unwrap_or("")));
        let shared = a.shared(&b).apart(texts.days(&pair.a, &pair.b));
        Example {
            group: group[at[&pair.a]].to_string(),
            later: 0,
            signals: copy_signals(&shared),
            is_one: pair.kind != super::Sharing::None,
        }
    };
    pairs.iter().map(example).collect()
}

/// Pairs of reports of one corpus that share a key; a group is the later one's story.
fn stories(texts: &LinkTexts) -> Vec<Example<{ STORY_SIGNALS.len() }>> {
    let mut all = Vec::new();
    let mut n_before = 0;
    for (corpus, records) in &texts.stories {
        let mut records: Vec<&StoryRecord> = records.iter().filter(|r| r.half == Slice::Fitted).collect();
        records.sort_by_key(|record| (&record.published, &record.record));
        // A page that two incidents of `gva` have cannot be in both.
        let mut seen = BTreeSet::new();
        records.retain(|r| seen.insert(r.record.split_once('/').map_or(r.record.as_str(), |(_, page)| page)));
        let topics = Topics::of(corpus, &records, texts);
        let example = |(a, b): (usize, usize)| {
            let days = between(topics.days[a], topics.days[b]);
            Example {
                group: format!("{corpus} {}", records[b].story),
                later: n_before + b,
                signals: story_signals(&topics.topics[a], &topics.topics[b], days),
                is_one: records[a].story == records[b].story,
            }
        };
        all.extend(topics.pairs().into_iter().map(example));
        n_before += records.len();
    }
    all
}

/// The weights under which the examples are likeliest, turned so that they tell of each item's
/// likeliest partner before it, by which it is joined, how likely that one is right: of these more are
/// right than of all pairs that are as much alike.
fn fit_best<const N: usize>(examples: &[&Example<N>]) -> [f64; N] {
    let weights = fit(examples);
    let best = best(&weights, examples);
    let told = |e: &&Example<N>| Example {
        group: String::new(),
        later: 0,
        signals: [1.0, score(&weights, &e.signals)],
        is_one: e.is_one,
    };
    let told: Vec<Example<2>> = best.iter().map(told).collect();
    let [free, slope] = fit(&told.iter().collect::<Vec<_>>());
    std::array::from_fn(|i| slope * weights[i] + if i == 0 { free } else { 0.0 })
}

/// Of each item's examples the likeliest.
fn best<'a, const N: usize>(weights: &[f64; N], examples: &[&'a Example<N>]) -> Vec<&'a Example<N>> {
    let mut best: BTreeMap<usize, (f64, &Example<N>)> = BTreeMap::new();
    for example in examples {
        let odds = score(weights, &example.signals);
        let known = best.entry(example.later).or_insert((odds, example));
        if odds > known.0 {
            *known = (odds, example);
        }
    }
    best.into_values().map(|(_, example)| example).collect()
}

/// How weights are fitted, and which examples they are to decide.
#[derive(Clone, Copy)]
struct Way<const N: usize> {
    fit: fn(&[&Example<N>]) -> [f64; N],
    asked: for<'a> fn(&[f64; N], &[&'a Example<N>]) -> Vec<&'a Example<N>>,
}

/// Every pair is decided.
fn every<const N: usize>() -> Way<N> {
    Way { fit, asked: |_, examples| examples.to_vec() }
}

/// Pairs of figures that may count the same thing by what they measure; a group is a story.
fn figures(
    reader: &Reader,
    labels: &LinkLabels,
    texts: &LinkTexts,
) -> Vec<Example<{ FIGURE_SIGNALS.len() }>> {
    let asked: Vec<&FigureLabel> = labels.figures.values().filter(|f| f.half == Slice::Fitted).collect();
    let found = Figures::read(reader, &asked, texts);
    let pairs = labels.pairs.iter().filter(|pair| pair.half == Slice::Fitted);
    let example = |pair: &super::PairLabel| {
        let two = found.two(&pair.a, &pair.b)?;
        let (a, b) = (&two.a.count, &two.b.count);
        a.may_be(b, two.one_report).then(|| Example {
            group: pair.story.clone(),
            later: 0,
            signals: figure_signals(a, b, two.story, two.days, two.one_report),
            is_one: pair.edge.is_same(),
        })
    };
    pairs.filter_map(example).collect()
}

fn tell<const N: usize>(
    out: &mut String,
    name: &str,
    of: &str,
    signals: &[&str; N],
    all: &[Example<N>],
    way: Way<N>,
) {
    let pairs: Vec<&Example<N>> = all.iter().collect();
    let numbers: Vec<String> = (way.fit)(&pairs).iter().map(|weight| format!("{weight:.3},")).collect();
    let width = numbers.iter().map(String::len).max().unwrap_or(0);
    let (n, found) = validate(all, way);
    let [p, r, f1] = [found.precision(), found.recall(), found.f1()].map(|share| format!("{share:.3}"));
    let _ = writeln!(out, "\n/// Of {n} pairs of {of} {} are one;", found.gold);
    let _ = writeln!(out, "/// cross-validated precision {p}, recall {r}, F1 {f1}.");
    let _ = writeln!(out, "pub(crate) const {name}: [f64; {N}] = [");
    for (number, signal) in numbers.iter().zip(signals) {
        let _ = writeln!(out, "    {number:width$} // {signal}");
    }
    out.push_str("];\n");
}

/// Each fold by the weights that the others give: how many pairs were decided, and how.
fn validate<const N: usize>(all: &[Example<N>], way: Way<N>) -> (usize, Count) {
    let groups: BTreeSet<&str> = all.iter().map(|e| e.group.as_str()).collect();
    let fold: BTreeMap<&str, usize> = groups.into_iter().zip((0..FOLDS).cycle()).collect();
    let (mut n, mut count) = (0, Count::default());
    for held_out in 0..FOLDS {
        let (asked, others): (Vec<&_>, Vec<&_>) =
            all.iter().partition(|e| fold[e.group.as_str()] == held_out);
        let weights = (way.fit)(&others);
        for example in (way.asked)(&weights, &asked) {
            n += 1;
            let told = score(&weights, &example.signals) >= 0.0;
            let tp = usize::from(told && example.is_one);
            count += Count { tp, pred: usize::from(told), gold: usize::from(example.is_one) };
        }
    }
    (n, count)
}

/// The logarithm of the odds.
fn score<const N: usize>(weights: &[f64; N], signals: &[f64; N]) -> f64 {
    weights.iter().zip(signals).map(|(weight, signal)| weight * signal).sum()
}

/// The weights under which the examples are likeliest; the first signal is one and its weight free.
fn fit<const N: usize>(examples: &[&Example<N>]) -> [f64; N] {
    let ridge = ridge(examples);
    let mut weights = [0.0; N];
    for _ in 0..STEPS {
        let mut slope: [f64; N] = std::array::from_fn(|i| ridge[i] * weights[i]);
        let mut bend = [[0.0; N]; N];
        for example in examples {
            let p = 1.0 / (1.0 + (-score(&weights, &example.signals)).exp());
            let off = p - f64::from(u8::from(example.is_one));
            for (i, (row, x)) in bend.iter_mut().zip(&example.signals).enumerate() {
                slope[i] += off * x;
                row.iter_mut().zip(&example.signals).for_each(|(cell, y)| *cell += p * (1.0 - p) * x * y);
            }
        }
        (0..N).for_each(|i| bend[i][i] += ridge[i]);
        let step = solve(bend, slope);
        (0..N).for_each(|i| weights[i] -= step[i]);
        if step.iter().all(|step| step.abs() < STILL) {
            break;
        }
    }
    weights
}

/// [`RIDGE`] by the variance of each signal; next to none for the first, which has no variance.
fn ridge<const N: usize>(examples: &[&Example<N>]) -> [f64; N] {
    let n = examples.len().max(1) as f64;
    std::array::from_fn(|i| {
        let mean = examples.iter().map(|e| e.signals[i]).sum::<f64>() / n;
        let variance = examples.iter().map(|e| (e.signals[i] - mean).powi(2)).sum::<f64>() / n;
        (RIDGE * variance).max(1e-6)
    })
}

/// The solution of a system of equations whose matrix is positive definite (Gauss, with Cholesky's
/// certainty that no pivot is zero).
fn solve<const N: usize>(mut matrix: [[f64; N]; N], mut right: [f64; N]) -> [f64; N] {
    for i in 0..N {
        let pivot = matrix[i];
        for row in i + 1..N {
            let factor = matrix[row][i] / pivot[i];
            (i..N).for_each(|column| matrix[row][column] -= factor * pivot[column]);
            right[row] -= factor * right[i];
        }
    }
    for i in (0..N).rev() {
        let known: f64 = (i + 1..N).map(|column| matrix[i][column] * right[column]).sum();
        right[i] = (right[i] - known) / matrix[i][i];
    }
    right
}

#[cfg(test)]
mod tests {
    use super::*;

    fn examples(odds: &[(f64, usize, usize)]) -> Vec<Example<2>> {
        let one =
            |x: f64, is_one: bool| Example { group: x.to_string(), later: 0, signals: [1.0, x], is_one };
        let all = odds.iter().flat_map(|&(x, yes, no)| {
            (0..yes).map(move |_| one(x, true)).chain((0..no).map(move |_| one(x, false)))
        });
        all.collect()
    }

    #[test]
    fn the_weights_are_the_odds() {
        // Odds of 1/3 at 0 and of 9 at 1, many times, so that the ridge does not matter.
        let all = examples(&[(0.0, 10_000, 30_000), (1.0, 27_000, 3_000)]);
        let [free, slope] = fit(&all.iter().collect::<Vec<_>>());
        assert!((free - (1.0f64 / 3.0).ln()).abs() < 1e-2, "{free}");
        assert!((slope - 27.0f64.ln()).abs() < 1e-2, "{slope}");
    }

    #[test]
    fn each_fold_is_judged_by_the_others() {
        let (n, count) =
            validate(&examples(&[(0.0, 0, 5), (0.1, 0, 5), (0.9, 5, 0), (1.0, 5, 0), (0.5, 0, 0)]), every());
        assert_eq!(n, 20);
        assert_eq!(count, Count { tp: 10, pred: 10, gold: 10 });
    }

    #[test]
    fn equations_are_solved() {
        let [x, y] = solve([[4.0, 1.0], [1.0, 3.0]], [1.0, 2.0]);
        assert!((x - 1.0 / 11.0).abs() < 1e-12 && (y - 7.0 / 11.0).abs() < 1e-12);
    }
}
