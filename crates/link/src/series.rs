//! The figures of one story, put into series: those that count the same thing, in the order of their
//! states.

use crate::figure::{Count, Edge, edge, same_count};

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
const TOGETHER: f64 = 0.8;

/// The series of a story's figures, single ones too; in the order of their first members. The same
/// whatever the order in which members are given, but for members that cannot be told apart.
///
/// Method: average-link clustering (R. Sokal and C. Michener, 1958) over [`same_count`]; one chain of
/// doubtful likenesses does not join what no other likeness joins. Cubic in the number of figures of
/// one measure in the worst case.
pub fn series(members: &[Member]) -> Vec<Series> {
    let mut order: Vec<usize> = (0..members.len()).collect();
    order.sort_by_key(|&m| {
        let member = &members[m];
        (member.day, member.published, member.report, m)
    });
    let alike = |a: usize, b: usize| {
        let (a, b) = (&members[a], &members[b]);
        let days = a.day.zip(b.day).map(|(x, y)| x.abs_diff(y));
        same_count(&a.count, &b.count, 1.0, days, a.report == b.report)
    };
    let mut groups: Vec<Vec<usize>> = order.iter().map(|&m| vec![m]).collect();
    // Sum of the likenesses between the members of two groups.
    let mut sums: Vec<Vec<f64>> = order
        .iter()
        .map(|&a| order.iter().map(|&b| if a == b { 0.0 } else { alike(a, b) }).collect())
        .collect();
    while let Some((i, j)) = closest(&groups, &sums) {
        let moved = std::mem::take(&mut groups[j]);
        groups[i].extend(moved);
        let joined: Vec<f64> = sums[i].iter().zip(&sums[j]).map(|(a, b)| a + b).collect();
        for (row, sum) in sums.iter_mut().zip(&joined) {
            row[i] = *sum;
        }
        sums[i] = joined;
    }
    let place = |m: usize| order.iter().position(|&o| o == m).unwrap_or(usize::MAX);
    groups.retain(|group| !group.is_empty());
    for group in &mut groups {
        group.sort_by_key(|&m| place(m));
    }
    groups.sort_by_key(|group| place(group[0]));
    groups.into_iter().map(|group| Series { edges: edges(members, &group), members: group }).collect()
}

/// The two groups that are one series most surely, if any are.
fn closest(groups: &[Vec<usize>], sums: &[Vec<f64>]) -> Option<(usize, usize)> {
    let mut best: Option<(f64, usize, usize)> = None;
    for i in 0..groups.len() {
        for j in i + 1..groups.len() {
            let n = groups[i].len() * groups[j].len();
            if n == 0 {
                continue;
            }
            let mean = sums[i][j] / n as f64;
            if mean >= TOGETHER && best.is_none_or(|(most, ..)| mean > most) {
                best = Some((mean, i, j));
            }
        }
    }
    best.map(|(_, i, j)| (i, j))
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
        Member { count: Count::of(&reading, &figure), report, day: Some(day), published: Some(day) }
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
