//! The figures of one story, put into series: those that count the same thing, in the order of their
//! states.

use std::collections::{BTreeMap, BTreeSet};

use ascribe_record::Measure;

use crate::edge::{Edge, edge};
use crate::figure::{Count, same_count};
use crate::word::hash;

/// A figure of a story.
#[derive(Clone, Debug)]
pub struct Member {
    /// What it counts.
    pub count: Count,
    /// The report that gives it, any number; figures of one report have the same.
    pub report: usize,
    /// The day for which it holds: its as-of date, else the day its report was published; days since
    /// any day.
    pub day: Option<i32>,
    /// The day its report was published.
    pub published: Option<i32>,
    /// Whose people it counts, as numbers of the words that say so; figures of sides that share no word
    /// are never one series. Empty if it is not said.
    pub side: BTreeSet<u64>,
    /// The party that gives it, any number.
    pub party: Option<usize>,
    /// The figure of its report of which it is a part, any number; two figures of one report of which
    /// one is a part are never one series.
    pub part_of: Option<usize>,
}

/// Figures that count the same thing.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// Which members, in the order of their states: by day, then as published, then as given.
    pub members: Vec<usize>,
    /// How each stands to the one before that gave a state of its own; `None` for the first.
    pub edges: Vec<Option<Edge>>,
}

/// Two groups of figures are one series if on average their members are with at least this
/// probability. More than half, for of the labelled pairs, which [`same_count`] was fitted on, more
/// are one series than of all pairs of a story.
const TOGETHER: f32 = 0.8;

/// Probability at least that two numbers which one party gives, one after the other, of people told alike
/// are one count.
const COUNTED_ON: f64 = 0.9;
/// So many figures of one measure are compared each with each; of more, one for all that are told alike.
const MANY: usize = 400;

/// The series of a story's figures, single ones too; in the order of their first members. The same
/// whatever the order in which members are given, but for members that cannot be told apart.
///
/// Method: average-link clustering (R. Sokal and C. Michener, 1958) over [`same_count`]; one chain of
/// doubtful likenesses does not join what no other likeness joins. By the nearest neighbours of each
/// group, so that its cost is the square of the number of figures of one measure for all but odd data.
pub fn series(members: &[Member]) -> Vec<Series> {
    let mut order: Vec<usize> = (0..members.len()).collect();
    order.sort_by_key(|&m| {
        let member = &members[m];
        (member.day, member.published, member.report, m)
    });
    let mut blocks: BTreeMap<u8, Vec<usize>> = BTreeMap::new();
    for &m in &order {
        blocks.entry(family(members[m].count.measure)).or_default().push(m);
    }
    let mut groups: Vec<Vec<usize>> =
        blocks.into_values().flat_map(|block| grouped(members, &block)).collect();
    let mut place = vec![0; members.len()];
    order.iter().enumerate().for_each(|(at, &m)| place[m] = at);
    for group in &mut groups {
        group.sort_by_key(|&m| place[m]);
    }
    groups.sort_by_key(|group| place[group[0]]);
    groups.into_iter().map(|group| Series { edges: edges(members, &group), members: group }).collect()
}

/// Measures of one number may be of one series.
fn family(measure: Measure) -> u8 {
    match measure {
        Measure::Casualties | Measure::Killed | Measure::Injured => 0,
        Measure::Captured | Measure::Detained | Measure::Arrested => 1,
        other => 2 + Measure::ALL.iter().position(|&m| m == other).unwrap_or(0) as u8,
    }
}

/// The groups of one block, which is in order.
fn grouped(members: &[Member], block: &[usize]) -> Vec<Vec<usize>> {
    // Each group begins as the figures that are told alike; of few figures as one.
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut alike: BTreeMap<u64, usize> = BTreeMap::new();
    for &m in block {
        let key = if block.len() > MANY { told(&members[m]) } else { m as u64 };
        let at = *alike.entry(key).or_insert(groups.len());
        if at == groups.len() {
            groups.push(Vec::new());
        }
        groups[at].push(m);
    }
    let n = groups.len();
    let mut mean: Vec<Vec<f32>> = vec![vec![0.0; n]; n];
    for i in 0..n {
        for j in i + 1..n {
            let likely = likeness(&members[groups[i][0]], &members[groups[j][0]]) as f32;
            (mean[i][j], mean[j][i]) = (likely, likely);
        }
    }
    let nearest = |mean: &[Vec<f32>], groups: &[Vec<usize>], i: usize| -> Option<(usize, f32)> {
        let others = (0..n).filter(|&j| j != i && !groups[j].is_empty());
        others.fold(None, |best: Option<(usize, f32)>, j| match best {
            Some((_, most)) if mean[i][j] <= most => best,
            _ => Some((j, mean[i][j])),
        })
    };
    let mut best: Vec<Option<(usize, f32)>> = (0..n).map(|i| nearest(&mean, &groups, i)).collect();
    loop {
        let mut closest: Option<(usize, usize, f32)> = None;
        for (i, near) in best.iter().enumerate().filter(|(i, _)| !groups[*i].is_empty()) {
            if let Some((j, likely)) = *near
                && likely >= TOGETHER
                && closest.is_none_or(|(.., most)| likely > most)
            {
                closest = Some((i.min(j), i.max(j), likely));
            }
        }
        let Some((i, j, _)) = closest else { break };
        let (a, b) = (groups[i].len() as f32, groups[j].len() as f32);
        let moved = std::mem::take(&mut groups[j]);
        groups[i].extend(moved);
        for k in (0..n).filter(|&k| k != i && !groups[k].is_empty()) {
            let joined = (a * mean[i][k] + b * mean[j][k]) / (a + b);
            (mean[i][k], mean[k][i]) = (joined, joined);
        }
        best[i] = nearest(&mean, &groups, i);
        for k in (0..n).filter(|&k| k != i && !groups[k].is_empty()) {
            match best[k] {
                // What it was nearest to has changed.
                Some((near, _)) if near == i || near == j => best[k] = nearest(&mean, &groups, k),
                Some((_, most)) if mean[k][i] > most => best[k] = Some((i, mean[k][i])),
                _ => {}
            }
        }
    }
    groups.retain(|group| !group.is_empty());
    groups
}

/// Equal for figures that are told alike: the same number of the same, by the same.
fn told(member: &Member) -> u64 {
    hash(format!("{:?} {:?} {:?}", member.count.told(), member.side, member.part_of.is_some()).as_bytes())
}

fn likeness(a: &Member, b: &Member) -> f64 {
    let apart = !a.side.is_empty() && !b.side.is_empty() && a.side.is_disjoint(&b.side);
    if apart || (a.report == b.report && a.part_of.is_some() != b.part_of.is_some()) {
        return 0.0;
    }
    let days = a.day.zip(b.day).map(|(x, y)| x.abs_diff(y));
    let likely = same_count(&a.count, &b.count, 1.0, days, a.report == b.report);
    // A party that counts on counts the same: the dead become no fewer, the others not a few of many.
    let one = a.party.is_some() && a.party == b.party && a.report != b.report && likely > 0.0;
    let (first, then) = if (a.day, a.published) <= (b.day, b.published) { (a, b) } else { (b, a) };
    let (Some(x), Some(y)) = (first.count.value(), then.count.value()) else { return likely };
    let same_day = a.day == b.day;
    let least = if a.count.measure == Measure::Killed && !same_day { 0.9 * x } else { x / 3.0 };
    match one && a.count.is_told_like(&b.count) {
        true if y >= least => likely.max(COUNTED_ON),
        true if 2.0 * y < x && !same_day => 0.0,
        _ => likely,
    }
}

/// Each member against the last one before it that gave a state of its own.
fn edges(members: &[Member], group: &[usize]) -> Vec<Option<Edge>> {
    let mut state: Option<usize> = None;
    group
        .iter()
        .map(|&m| {
            let found = state.map(|before| {
                let (a, b) = (&members[before], &members[m]);
                edge(&a.count, &b.count, a.report == b.report)
            });
            if found != Some(Edge::Repeats) && found != Some(Edge::Conflicts) {
                state = Some(m);
            }
            found
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use ascribe_record::{Bound, Evidence, Figure, FigureId, Measure, Reading, Report, Span, Words};

    /// A report's figure: `words` of `text` counts `lower` (or more) of whom `measure` says.
    fn member(text: &str, words: &str, lower: f64, measure: Measure, report: usize, day: i32) -> Member {
        let begin = text.find(words).expect("words of the text");
        let span = Span::new(begin, begin + words.len());
        let of = |text: &str, spans: Vec<Span>| Words { text: text.to_owned(), spans };
        let mut figure = Figure::new(FigureId(1), of(words, vec![span]), of("people", Vec::new()));
        figure.lower = Some(lower);
        figure.upper = Some(lower);
        figure.bound = Bound::Exact;
        figure.measure = measure;
        figure.evidence = Evidence::new();
        let reading = Reading::of(Report::new(text.to_owned(), "text/plain"));
        Member {
            count: Count::of(&reading, &figure),
            report,
            day: Some(day),
            published: Some(day),
            side: BTreeSet::new(),
            party: None,
            part_of: None,
        }
    }

    fn toll() -> Vec<Member> {
        let text = |n: &str| format!("The flood at Harrow Bay killed {n} people, the coast guard said.");
        vec![
            member(&text("twelve"), "twelve", 12.0, Measure::Killed, 0, 1),
            member(&text("15"), "15", 15.0, Measure::Killed, 1, 2),
            member(&text("fifteen"), "fifteen", 15.0, Measure::Killed, 2, 3),
            member(&text("40"), "40", 40.0, Measure::Injured, 3, 2),
        ]
    }

    #[test]
    fn a_toll_and_its_states() {
        let found = series(&toll());
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].members, [0, 1, 2]);
        assert_eq!(found[0].edges, [None, Some(Edge::Updates), Some(Edge::Repeats)]);
        assert_eq!(found[1].members, [3]);
    }

    #[test]
    fn order_of_arrival_does_not_matter() {
        let members = toll();
        let turned: Vec<Member> = members.iter().rev().cloned().collect();
        let back = |found: Vec<Series>| -> Vec<Vec<usize>> {
            found
                .into_iter()
                .map(|s| s.members.into_iter().map(|m| members.len() - 1 - m).collect())
                .collect()
        };
        let there: Vec<Vec<usize>> = series(&members).into_iter().map(|s| s.members).collect();
        assert_eq!(back(series(&turned)), there);
        assert!(series(&[]).is_empty());
    }
}
