//! The series of a story with who gives each state: what a table of one count shows.

use std::collections::BTreeMap;

use ascribe_record::{Measure, Scope};

use crate::edge::Edge;
use crate::evidence::StoryEvidence;
use crate::origin::{OriginKind, Origins};
use crate::series::{Member, series};
use crate::word::hash;

/// Figures of a story that count the same thing.
#[derive(Clone, Debug, PartialEq)]
pub struct StorySeries {
    /// In the order of their states: by the day for which they hold, then as published.
    pub rows: Vec<SeriesRow>,
}

/// A figure of a series.
#[derive(Clone, Debug, PartialEq)]
pub struct SeriesRow {
    /// Its place among the figures of the story.
    pub figure: usize,
    /// The figure before it that it is joined to, and how; `None` for the first.
    pub prior: Option<(usize, Edge)>,
}

/// The series of a story, in the order of their first figures. Each figure is in one.
pub fn story_series(story: &StoryEvidence, origins: &Origins) -> Vec<StorySeries> {
    let members: Vec<Member> = (0..story.figures.len())
        .map(|f| Member {
            count: story.figures[f].count.clone(),
            report: story.figures[f].report,
            day: story.holds(f),
            published: story.reports[story.figures[f].report].day,
            side: origins.sides[f].iter().map(|word| hash(word.as_bytes())).collect(),
            party: Some(origins.figures[f]).filter(|&o| origins.origins[o].kind == OriginKind::Party),
            part_of: story.figures[f].part_of,
        })
        .collect();
    let found = series(&members);
    found.into_iter().map(|found| StorySeries { rows: rows(story, origins, &found.members) }).collect()
}

fn rows(story: &StoryEvidence, origins: &Origins, figures: &[usize]) -> Vec<SeriesRow> {
    // Of each origin its last state, and of each number the first figure that gave it.
    let mut last: BTreeMap<usize, usize> = BTreeMap::new();
    let mut first: Vec<usize> = Vec::new();
    let mut rows = Vec::with_capacity(figures.len());
    for &f in figures {
        let origin = origins.figures[f];
        let agrees = |g: &&usize| story.figures[**g].count.agrees_with(&story.figures[f].count);
        let same = |g: &&usize| origins.figures[**g] == origin;
        let repeated =
            first.iter().filter(same).rfind(agrees).or_else(|| first.iter().rfind(agrees)).copied();
        let prior = match (repeated, last.get(&origin), first.last()) {
            (Some(g), ..) => Some((g, Edge::Repeats)),
            (None, Some(&g), _) => Some((g, later(story, origins, g, f))),
            (None, None, Some(&g)) => {
                let others = first.iter().rev().find(|&&g| story.holds(g) == story.holds(f));
                let (g, edge) = others.map_or((g, Edge::Updates), |&g| (g, Edge::Conflicts));
                Some((
                    g,
                    if is_lower(story, g, f) && may_not_fall(story, f) { Edge::Conflicts } else { edge },
                ))
            }
            (None, None, None) => None,
        };
        if prior.is_none_or(|(_, edge)| edge != Edge::Repeats) {
            first.push(f);
            last.insert(origin, f);
        } else if let Some((g, _)) = prior {
            let newer = last.get(&origin).is_none_or(|&l| story.holds(l) <= story.holds(g));
            if origins.figures[g] == origin && newer {
                last.insert(origin, g);
            } else if origins.figures[g] != origin && !last.contains_key(&origin) {
                // Its own state, though another gave the number before.
                first.push(f);
                last.insert(origin, f);
            }
        }
        rows.push(SeriesRow { figure: f, prior });
    }
    rows
}

/// How a later figure with another number stands to an earlier one of the same origin.
fn later(story: &StoryEvidence, origins: &Origins, earlier: usize, later: usize) -> Edge {
    let (a, b) = (&story.figures[earlier], &story.figures[later]);
    let one_text = story.first_text(a.report) == story.first_text(b.report);
    match () {
        () if equal_wholes(story, earlier, later) && story.holds(earlier) == story.holds(later) => {
            Edge::Conflicts
        }
        () if one_text && story.holds(earlier) == story.holds(later) => Edge::Conflicts,
        () if is_lower(story, earlier, later) && may_not_fall(story, later) && is_explained(story, later) => {
            Edge::Corrects
        }
        () if origins.figures[earlier] == origins.figures[later] => Edge::Updates,
        () => Edge::Conflicts,
    }
}

/// Whether both are parts of wholes of one number.
pub(crate) fn equal_wholes(story: &StoryEvidence, a: usize, b: usize) -> bool {
    let whole = |f: usize| story.figures[f].part_of.map(|w| story.figures[w].count.value());
    whole(a).is_some_and(|value| value.is_some()) && whole(a) == whole(b)
}

/// Whether `later` has the lower number.
pub(crate) fn is_lower(story: &StoryEvidence, earlier: usize, later: usize) -> bool {
    let value = |f: usize| story.figures[f].count.value();
    value(later).zip(value(earlier)).is_some_and(|(later, earlier)| later < earlier)
}

/// Whether a count only grows, unless it is put right: of the dead, and what is told as a sum.
pub(crate) fn may_not_fall(story: &StoryEvidence, f: usize) -> bool {
    let figure = &story.figures[f];
    figure.count.measure == Measure::Killed || figure.scope == Scope::Cumulative || figure.since.is_some()
}

/// Words that tell why a count was lowered.
const PUT_RIGHT: [&str; 14] = [
    "lowered",
    "correct",
    "revis",
    "counted twice",
    "double",
    "duplicate",
    "mistake",
    "error",
    "withdr",
    "found alive",
    "turned out",
    "no longer be used",
    "wrongly",
    "removed from",
];

/// Whether the words around a figure, or around one with the same text, tell that a count was put right.
pub(crate) fn is_explained(story: &StoryEvidence, f: usize) -> bool {
    let around = story.figures[f].around.to_lowercase();
    PUT_RIGHT.iter().any(|word| around.contains(word))
}
