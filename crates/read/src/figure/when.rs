//! When: which of the dates of a sentence a figure takes.
//!
//! The dates themselves are read by `ascribe_date`.

use ascribe_date::{Expression, Kind, Precision, Setting};
use ascribe_record::{Scope, Span};
use jiff::civil::Date;

use super::lexicon::{self, CLAUSE, MONTH, SAY, WEEKDAY};
use super::token::Line;

/// What a time says of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    On,
    Since,
    AsOf,
}

/// A time at tokens `first..end`, as an EDTF date.
#[derive(Clone, Debug)]
pub(super) struct When {
    pub first: usize,
    pub end: usize,
    pub role: Role,
    pub date: String,
    pub span: Span,
}

/// The day of `published`, where it is given to the day.
pub(crate) fn day_of(published: Option<&str>) -> Option<Date> {
    published?.get(..10)?.parse().ok()
}

/// The times of `line` that are not those of saying, in order.
pub(super) fn times(line: &Line<'_>, published: Option<Date>) -> Vec<When> {
    let mut found = dates(line, published);
    found.retain(|when| !tells_saying(line, when.first, when.end));
    found
}

/// All dates of `line` that EDTF can write, in order; of a time of day, its day.
pub(super) fn dates(line: &Line<'_>, published: Option<Date>) -> Vec<When> {
    if line.len() == 0 {
        return Vec::new();
    }
    let found = ascribe_date::find(line.text, line.span(0, line.len()), &Setting::news(published));
    let dates = found.into_iter().filter_map(|expression| {
        let first = line.tokens.partition_point(|token| token.span.end <= expression.span.begin);
        let end = line.tokens.partition_point(|token| token.span.begin < expression.span.end);
        let edtf =
            expression.edtf.as_deref().filter(|_| first < end && is_dated(line, &expression, first, end))?;
        let date = edtf.split('T').next().unwrap_or(edtf).to_owned();
        Some(When { first, end, role: role_before(line, first), date, span: line.span(first, end) })
    });
    dates.collect()
}

/// Whether the expression tells a date: a length of time does not, nor does "at 10 p.m.".
fn is_dated(line: &Line<'_>, expression: &Expression, first: usize, end: usize) -> bool {
    let tells_day = |k: usize| {
        line.has(k, WEEKDAY | MONTH) || matches!(line.lower(k), "today" | "yesterday" | "tomorrow")
    };
    // "Monday's": whose, not when.
    let of_that_day = line.lower(end - 1).ends_with("'s");
    let dated = match expression.kind {
        Kind::Date => expression.precision.is_some(),
        Kind::Time => expression.precision == Some(Precision::Part) || (first..end).any(tells_day),
        Kind::Duration | Kind::Set => false,
    };
    dated && !of_that_day
}

fn role_before(line: &Line<'_>, i: usize) -> Role {
    let before =
        if matches!(line.lower(i.wrapping_sub(1)), "the" | "last" | "early" | "late") { i - 1 } else { i };
    // "since the uprising began in March"
    let since = (before.saturating_sub(10)..before)
        .rev()
        .take_while(|&k| line.is_word(k) && !line.has(k, SAY))
        .any(|k| line.lower(k) == "since");
    if since {
        Role::Since
    } else if ["as of", "as at", "by"].iter().any(|p| line.phrase_before(before, p).is_some()) {
        Role::AsOf
    } else {
        Role::On
    }
}

/// Whether the date is that of the saying: "said on Monday", "in a statement on Monday".
fn tells_saying(line: &Line<'_>, first: usize, end: usize) -> bool {
    let mut before = first;
    while before > 0 && matches!(line.lower(before - 1), "on" | "in" | "late" | "early" | "last") {
        before -= 1;
    }
    let says = |k: usize| {
        line.has(k, SAY) || matches!(line.lower(k), "reporters" | "interview" | "conference" | "briefing")
    };
    before > 0 && says(before - 1) || line.has(end, SAY)
}

/// How far a date may stand from its figure, in tokens.
const REACH: usize = 30;

/// The time of `role` for words at tokens `first..end`: the next behind them in their clause, else
/// the last before them.
pub(super) fn time_for<'w>(
    line: &Line<'_>,
    times: &'w [When],
    role: Role,
    first: usize,
    end: usize,
) -> Option<&'w When> {
    let of_role = |w: &&When| w.role == role;
    let stop = clause_end(line, end, role);
    let behind = times.partition_point(|w| w.first < end);
    let next = times[behind..].iter().take_while(|w| w.first < stop).find(of_role);
    let start = clause_begin(line, first);
    next.or_else(|| {
        times[..behind]
            .iter()
            .rev()
            .take_while(|w| w.first >= start)
            .find(|w| w.end <= first && w.role == role)
    })
}

fn clause_end(line: &Line<'_>, at: usize, role: Role) -> usize {
    let parts = |k: usize| {
        // "were reported killed" is no saying of its own.
        if k > 0 && line.has(k - 1, lexicon::BE) {
            return false;
        }
        let clause = line.has(k, CLAUSE) && (role == Role::On || line.lower(k) != "since");
        let compared = matches!(line.lower(k), "down" | "up") && line.lower(k + 1) == "from";
        clause
            || compared
            || matches!(line.lower(k), ";" | "who" | "which" | "but")
            || line.has(k, SAY) && line.lower(k) != "according"
    };
    (at..(at + REACH).min(line.len())).find(|&k| parts(k)).unwrap_or((at + REACH).min(line.len()))
}

fn clause_begin(line: &Line<'_>, at: usize) -> usize {
    let floor = at.saturating_sub(REACH);
    let parts =
        |k: &usize| matches!(line.lower(*k), ";" | "but" | "that" | "after" | "before") || line.has(*k, SAY);
    (floor..at).rev().find(parts).map_or(floor, |k| k + 1)
}

/// Words that make a count a sum over time, or a stock held now.
const CUMULATIVE: &[&str] = &[
    "bringing the total",
    "brings the total",
    "brought the total",
    "bringing to",
    "so far",
    "to date",
    "this year",
    "in total",
    "in all",
    "death toll",
    "toll rose",
    "toll has",
    "toll climbed",
    "toll to",
    "overall",
    "since the start",
    "since the beginning",
    "altogether",
    "total of",
    "over the past",
    "over the last",
    "in the past",
    "in the last",
    "during the past",
    "during the last",
    "within the past",
    "in recent weeks",
    "in recent months",
    "in recent years",
    "in recent days",
];

const STOCK: &[&str] = &[
    "at present",
    "currently",
    "presently",
    "still",
    "remain",
    "remains",
    "right now",
    "at the moment",
    "are being held",
    "to this day",
];

/// The scope that the words around tokens `first..end` tell, with those words.
pub(super) fn told_scope(line: &Line<'_>, first: usize, end: usize) -> Option<(Scope, Span)> {
    let range = first.saturating_sub(12)..(end + 14).min(line.len());
    let hit = |phrases: &[&str]| {
        range.clone().find_map(|k| phrases.iter().find_map(|p| Some(line.span(k, line.phrase_at(k, p)?))))
    };
    hit(CUMULATIVE)
        .or_else(|| running_at(line, range.clone()))
        .map(|span| (Scope::Cumulative, span))
        .or_else(|| hit(STOCK).map(|span| (Scope::Stock, span)))
}

/// "since the siege began", "in five months of fighting": a count that ran over a time.
fn running_at(line: &Line<'_>, mut range: std::ops::Range<usize>) -> Option<Span> {
    let because = |k: usize| matches!(line.lower(k), "it" | "he" | "she" | "they" | "we" | "i" | "there");
    range.find_map(|k| match line.lower(k) {
        "since" if line.is_word(k + 1) && !because(k + 1) => Some(line.span(k, k + 1)),
        "in" | "during" | "after" | "over" => {
            let number = super::number::number_at(line, k + 1)?;
            let told = lexicon::unit(line.lower(number.end)) == Some(ascribe_record::Measure::Duration);
            (told && line.lower(number.end + 1) == "of").then(|| line.span(k, number.end + 2))
        }
        _ => None,
    })
}
