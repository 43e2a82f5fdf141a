//! The one before that a report, or what it quotes, is linked with: chosen by comparison, pure.

use std::collections::HashMap;
use std::sync::Arc;

use ascribe_link::{LIKELY, same_story};

use super::features::{Features, Quoted};
use super::keys::days_between;

/// Whom a report is compared with.
#[derive(Clone, Debug, Default)]
pub(super) struct Candidates {
    /// Reports that may share text; `None`: copies and stories stand as they are.
    pub(super) texts: Option<Vec<i64>>,
    /// Reports that may be about the same.
    pub(super) topics: Vec<i64>,
    /// Statements that may quote the same, for each quotation of the report; `None` as above.
    pub(super) quotes: Option<Vec<Vec<i64>>>,
}

/// What was found for a report.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Found {
    /// `None`: not looked for.
    pub(super) texts: Option<(Option<Copied>, Option<Told>)>,
    /// For each quotation the number of its statement and what it repeats.
    pub(super) quotes: Option<Vec<(u32, Option<Repeated>)>>,
}

/// A copy of an earlier report.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Copied {
    pub(super) original: i64,
    pub(super) kind: &'static str,
    pub(super) probability: f64,
    pub(super) share: f64,
}

/// A story that an earlier report tells.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Told {
    pub(super) earlier: i64,
    pub(super) probability: f64,
}

/// An utterance that an earlier statement quotes.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Repeated {
    pub(super) earlier: i64,
    pub(super) n_same: usize,
    /// Pairs of words that differ, first those of the earlier one.
    pub(super) drift: Vec<[String; 2]>,
}

/// Compares a report with its candidates, which `others` holds.
pub(super) fn found(
    report: &Features,
    candidates: &Candidates,
    others: &HashMap<i64, Arc<Features>>,
) -> Found {
    let reports = |ids: &[i64]| -> Vec<&Features> {
        ids.iter().filter_map(|id| others.get(id).map(Arc::as_ref)).collect()
    };
    let texts = candidates.texts.as_ref().map(|texts| {
        let told = if report.pin.is_some() { None } else { told(report, &reports(&candidates.topics)) };
        (copied(report, &reports(texts)), told)
    });
    let quotes = candidates.quotes.as_ref().map(|quotes| {
        let of = |(quoted, ids): (&Quoted, &Vec<i64>)| (quoted.n, repeated(quoted, ids, others));
        report.quotes().iter().zip(quotes).map(of).collect()
    });
    Found { texts, quotes }
}

fn copied(report: &Features, others: &[&Features]) -> Option<Copied> {
    let compared = others.iter().filter_map(|other| {
        let days = days_between(other.place, report.place);
        let shared = other.body().shared(report.body()).apart(days);
        let kind = shared.kind()?;
        let probability = rounded(shared.probability());
        let share = rounded(shared.first.max(shared.second));
        Some((other.place, Copied { original: other.report, kind: kind.name(), probability, share }))
    });
    best(compared, |copied| copied.probability)
}

fn told(report: &Features, others: &[&Features]) -> Option<Told> {
    let compared = others.iter().filter_map(|other| {
        let days = days_between(other.place, report.place);
        let probability = rounded(same_story(other.topic(), report.topic(), days));
        (probability >= LIKELY).then_some((other.place, Told { earlier: other.report, probability }))
    });
    best(compared, |told| told.probability)
}

/// Of those that share the most words the one with the fewest changes, of these the earliest.
fn repeated(quoted: &Quoted, ids: &[i64], others: &HashMap<i64, Arc<Features>>) -> Option<Repeated> {
    let compared = ids.iter().filter_map(|id| {
        let (report, n) = crate::write::number_of(*id);
        let other = others.get(&report)?;
        let earlier = other.quotes().iter().find(|other| other.n == n)?;
        let same = earlier.utterance.compare(&quoted.utterance)?;
        let pair = |change: &ascribe_link::Change| {
            [change.first.of(&earlier.words), change.second.of(&quoted.words)].map(str::to_owned)
        };
        let drift = same.changes.iter().map(pair).collect();
        Some((other.place, n, Repeated { earlier: *id, n_same: same.n_same, drift }))
    });
    let rank = |(place, n, found): &(i64, u32, Repeated)| {
        (std::cmp::Reverse(found.n_same), found.drift.len(), *place, *n)
    };
    compared.min_by_key(rank).map(|(_, _, found)| found)
}

/// The most probable one, of equal ones the earliest.
fn best<T>(compared: impl Iterator<Item = (i64, T)>, probability: impl Fn(&T) -> f64) -> Option<T> {
    let better =
        |a: &(i64, T), b: &(i64, T)| probability(&b.1).total_cmp(&probability(&a.1)).then(a.0.cmp(&b.0));
    compared.min_by(better).map(|(_, found)| found)
}

/// Three decimals, as everywhere: sums in another order differ behind them.
fn rounded(probability: f64) -> f64 {
    (probability * 1000.0).round() / 1000.0
}
