//! Totals that change in the course of the text without a word that says so.

use ascribe_record::{Bound, Figure};

use crate::draft::Draft;
use crate::figure::{harmed, head, owner};
use crate::finding::{Finding, Kind};

/// Words that say that a count moves on, or that another is meant.
const MOVES: &[&str] = &[
    "rose",
    "risen",
    "rises",
    "rising",
    "raised",
    "revised",
    "lowered",
    "later",
    "earlier",
    "initially",
    "initial",
    "previous",
    "previously",
    "now",
    "far",
    "updated",
    "climbed",
    "increased",
    "fell",
    "fallen",
    "dropped",
    "bringing",
    "brought",
    "another",
    "more",
    "other",
    "others",
    "further",
    "additional",
    "separate",
    "separately",
    "second",
    "third",
    "first",
    "since",
    "total",
    "overall",
    "alone",
    "each",
    "also",
    "then",
    "last",
    "next",
    "same",
    "similar",
    "before",
    "after",
    "past",
    "previous",
    "corrected",
    "elsewhere",
    "meanwhile",
    "recent",
    "preliminary",
];

/// How many totals back one is compared with.
const FAR: usize = 64;

pub(crate) fn changes(draft: &Draft<'_>) -> Vec<Finding> {
    let totals: Vec<&Figure> = draft.reading.figures.iter().filter(|f| is_total(draft, f)).collect();
    let mut findings = Vec::new();
    for (at, later) in totals.iter().enumerate() {
        let earlier = totals[..at].iter().rev().take(FAR).find(|earlier| conflicts(draft, earlier, later));
        let spans = earlier.and_then(|earlier| earlier.words.cover()).zip(later.words.cover());
        findings.extend(spans.map(|(before, words)| {
            let message = format!("The same source gave “{}” for this count before.", before.of(draft.text));
            Finding::new(Kind::FigureChanges, words, message).beside(before, "before")
        }));
    }
    findings
}

fn is_total(draft: &Draft<'_>, figure: &Figure) -> bool {
    let several = figure.lower.or(figure.upper).is_some_and(|n| n > 1.0);
    let first = figure.words.cover().is_some_and(|words| !draft.in_title(words.begin));
    several
        && first
        && harmed(figure)
        && !figure.implicit
        && figure.part_of.is_none()
        && figure.bound != Bound::Vague
}

/// Whether both count the same for the same source, and cannot both hold.
fn conflicts(draft: &Draft<'_>, earlier: &Figure, later: &Figure) -> bool {
    let apart = earlier.upper.zip(later.lower).is_some_and(|(a, b)| a < b)
        || later.upper.zip(earlier.lower).is_some_and(|(a, b)| a < b);
    let same = earlier.measure == later.measure
        && !head(earlier).is_empty()
        && head(earlier) == head(later)
        && told_apart(draft, earlier, later)
        && earlier.attributes == later.attributes
        && earlier.scope == later.scope
        && earlier.place == later.place
        && earlier.occurred == later.occurred
        && earlier.since == later.since
        && earlier.as_of == later.as_of;
    apart && same && same_source(draft, earlier, later) && !moves(draft, earlier, later)
}

/// Whether they stand in different sentences, and neither is taken out of a number ("two of four").
fn told_apart(draft: &Draft<'_>, a: &Figure, b: &Figure) -> bool {
    let sentence = |figure: &Figure| figure.words.cover().map(|words| draft.sentence(words.begin));
    let beside = |figure: &Figure| {
        let Some(words) = figure.words.cover() else { return true };
        draft.text[..words.begin].trim_end().ends_with(" of") || draft.text[words.end..].starts_with(" of ")
    };
    sentence(a) != sentence(b) && !beside(a) && !beside(b)
}

/// Whether one party gives both, or the text itself does of one place.
fn same_source(draft: &Draft<'_>, a: &Figure, b: &Figure) -> bool {
    match (a.statement, b.statement) {
        (None, None) => a.place.is_some(),
        _ => {
            let actor = |figure: &Figure| owner(draft, figure).and_then(|s| s.speaker.actor);
            actor(a).is_some() && actor(a) == actor(b)
        }
    }
}

/// Whether a word of either sentence says that a count has moved on.
fn moves(draft: &Draft<'_>, earlier: &Figure, later: &Figure) -> bool {
    [earlier, later].into_iter().filter_map(|f| f.words.cover()).any(|words| {
        let sentence = draft.sentence(words.begin);
        draft.words_in(sentence).iter().any(|word| MOVES.contains(&word.lower.as_str()))
    })
}
