//! A corpus → the table of precision, recall and F1.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::ops::AddAssign;

use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::judge::{Covered, Judged};
use crate::resample::{add, intervals};
use crate::{Corpus, Role};

/// The rows of the table, in order.
///
/// - `exact/…`: micro P/R/F1 over the distinct contiguous pieces of the article. A piece is named
///   by its first and last word, so punctuation and white space at its edges do not matter.
/// - `overlap/…`: the same over the set of tokens in that role anywhere in the article.
/// - `relation`: a prediction matches a gold attribution when their contents have a Jaccard index
///   of at least .5; one to one, best first.
/// - `relation+source`: of those, the ones whose sources do too, or are both empty. Attributions
///   without content are left out of both.
/// - `relation+source (sourced)`: the same among attributions that have a source.
pub const METRICS: [&str; 9] = [
    "exact/source",
    "exact/cue",
    "exact/content",
    "overlap/source",
    "overlap/cue",
    "overlap/content",
    "relation",
    "relation+source",
    "relation+source (sourced)",
];

/// How many were found, predicted and wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Right ones.
    pub tp: usize,
    /// Predicted ones.
    pub pred: usize,
    /// Gold ones.
    pub gold: usize,
}

impl Count {
    /// Share of the predicted that is right, `0..=1`; 0 if nothing was predicted.
    pub fn precision(&self) -> f64 {
        share(self.tp, self.pred)
    }

    /// Share of the gold that was found, `0..=1`; 0 if there is none.
    pub fn recall(&self) -> f64 {
        share(self.tp, self.gold)
    }

    /// Harmonic mean of the two, `0..=1`.
    pub fn f1(&self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 }
    }
}

impl AddAssign for Count {
    fn add_assign(&mut self, other: Self) {
        self.tp += other.tp;
        self.pred += other.pred;
        self.gold += other.gold;
    }
}

/// `part / of`, or 0.
pub(crate) fn share(part: usize, of: usize) -> f64 {
    if of == 0 { 0.0 } else { part as f64 / of as f64 }
}

/// The result for a corpus.
#[derive(Clone, Debug)]
pub struct Score {
    /// One a metric, in the order of [`METRICS`].
    counts: Vec<Count>,
    /// 95 % interval of each F1; empty if none was asked for.
    intervals: Vec<[f64; 2]>,
    n: Totals,
}

#[derive(Clone, Debug, Default, Serialize)]
struct Totals {
    articles: usize,
    articles_without_predictions: usize,
    gold_without_content: usize,
    pred_without_content: usize,
}

impl Score {
    /// The score of `corpus`, with intervals from `n_samples` resamples of its articles.
    pub fn of(corpus: &Corpus, n_samples: usize) -> Self {
        let judged: Vec<Judged<'_>> = corpus.articles.iter().map(Judged::of).collect();
        Self::of_judged(&judged, n_samples)
    }

    pub(crate) fn of_judged(judged: &[Judged<'_>], n_samples: usize) -> Self {
        let per_article: Vec<Vec<Count>> = judged.iter().map(count).collect();
        let mut counts = vec![Count::default(); METRICS.len()];
        per_article.iter().for_each(|row| add(&mut counts, row));
        let mut n = Totals { articles: judged.len(), ..Totals::default() };
        for j in judged {
            n.articles_without_predictions += usize::from(j.pred.is_empty());
            n.gold_without_content += j.gold.iter().filter(|a| a.content().is_empty()).count();
            n.pred_without_content += j.pred.iter().filter(|a| a.content().is_empty()).count();
        }
        Self { counts, intervals: intervals(&per_article, n_samples, Count::f1), n }
    }

    /// The count of the metric called `name`.
    ///
    /// # Panics
    /// If `name` is none of [`METRICS`].
    pub fn metric(&self, name: &str) -> Count {
        let at = METRICS.iter().position(|&m| m == name);
        self.counts[at.unwrap_or_else(|| panic!("no metric is called '{name}'"))]
    }

    /// Name, count and F1 interval of each metric.
    pub fn rows(&self) -> impl Iterator<Item = (&'static str, Count, Option<[f64; 2]>)> {
        METRICS.iter().enumerate().map(|(i, &m)| (m, self.counts[i], self.intervals.get(i).copied()))
    }

    /// How many gold and predicted attributions have no content and are left out of the relations.
    pub(crate) fn without_content(&self) -> (usize, usize) {
        (self.n.gold_without_content, self.n.pred_without_content)
    }

    /// The table as the reference scorer prints it, to the letter.
    pub fn to_table(&self) -> String {
        let mut out = format!(
            "{:<26} {:>6} {:>6} {:>6}   {:>6} {:>6} {:>6}\n",
            "", "P", "R", "F1", "tp", "pred", "gold"
        );
        for (name, c, interval) in self.rows() {
            let (p, r, f1) = (c.precision(), c.recall(), c.f1());
            let _ = write!(out, "{name:<26} {p:>6.3} {r:>6.3} {f1:>6.3}   ");
            let _ = write!(out, "{:>6} {:>6} {:>6}", c.tp, c.pred, c.gold);
            if let Some([low, high]) = interval {
                let _ = write!(out, "   F1 95% [{low:.3}, {high:.3}]");
            }
            out.push('\n');
        }
        let n = &self.n;
        let _ = writeln!(
            out,
            "{{'articles': {}, 'articles_without_predictions': {}, 'gold_without_content': {}, \
             'pred_without_content': {}}}",
            n.articles, n.articles_without_predictions, n.gold_without_content, n.pred_without_content
        );
        out
    }

    /// The same as JSON in the reference's structure, with a line break at its end.
    pub fn to_json(&self) -> String {
        let mut all = Map::new();
        for (name, c, interval) in self.rows() {
            let mut row = json!({
                "p": c.precision(), "r": c.recall(), "f1": c.f1(), "tp": c.tp, "gold": c.gold, "pred": c.pred,
            });
            if let Some(interval) = interval {
                row["ci"] = json!(interval);
            }
            all.insert(name.to_owned(), row);
        }
        all.insert("n".to_owned(), json!(self.n));
        indent_by_one(&Value::Object(all))
    }
}

/// `value` as Python's `json.dumps(…, indent=1)` lays it out.
fn indent_by_one(value: &Value) -> String {
    let mut out = Vec::new();
    let layout = serde_json::ser::PrettyFormatter::with_indent(b" ");
    let mut to = serde_json::Serializer::with_formatter(&mut out, layout);
    value.serialize(&mut to).expect("a JSON value always serialises into memory");
    out.push(b'\n');
    String::from_utf8(out).expect("JSON is UTF-8")
}

/// One count a metric, for one article.
fn count(j: &Judged<'_>) -> Vec<Count> {
    let exact = Role::ALL.map(|role| {
        count_sets(
            j.gold.iter().flat_map(|a| j.tokens.pieces(a.part(role))).collect(),
            j.pred.iter().flat_map(|a| j.tokens.pieces(a.part(role))).collect(),
        )
    });
    let overlap = Role::ALL.map(|role| {
        count_sets(
            j.gold.iter().flat_map(|a| a.part(role).to_vec()).collect(),
            j.pred.iter().flat_map(|a| a.part(role).to_vec()).collect(),
        )
    });
    [exact.as_slice(), &overlap, &count_relations(j)].concat()
}

fn count_sets<T: Ord>(gold: BTreeSet<T>, pred: BTreeSet<T>) -> Count {
    Count { tp: gold.intersection(&pred).count(), pred: pred.len(), gold: gold.len() }
}

fn count_relations(j: &Judged<'_>) -> [Count; 3] {
    let with_content = |all: &[Covered]| all.iter().filter(|a| !a.content().is_empty()).count();
    let sourced =
        |all: &[Covered]| all.iter().filter(|a| !a.content().is_empty() && !a.source().is_empty()).count();
    let (pred, gold) = (with_content(&j.pred), with_content(&j.gold));
    let right = j.pairs.iter().filter(|&&pair| j.source_right(pair)).count();
    let same = j.pairs.iter().filter(|&&pair| j.same_source(pair)).count();
    [
        Count { tp: j.pairs.len(), pred, gold },
        Count { tp: right, pred, gold },
        Count { tp: same, pred: sourced(&j.pred), gold: sourced(&j.gold) },
    ]
}
