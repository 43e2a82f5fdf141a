//! When: the plain dates of a sentence and which of them a figure takes.
//!
//! Only what is simple and safe is resolved: weekdays, "today", "yesterday", days of a month, months
//! and years. Everything else stays empty.

use ascribe_record::{Scope, Span};
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::lexicon::{self, CLAUSE, MONTH, SAY, WEEKDAY};
use super::token::{Kind, Line};

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
pub(super) fn day_of(published: Option<&str>) -> Option<Date> {
    published?.get(..10)?.parse().ok()
}

/// The times of `line` that are not those of saying, in order.
pub(super) fn times(line: &Line<'_>, published: Option<Date>) -> Vec<When> {
    let mut found = dates(line, published);
    found.retain(|when| !tells_saying(line, when.first, when.end));
    found
}

/// All dates of `line`, in order.
pub(super) fn dates(line: &Line<'_>, published: Option<Date>) -> Vec<When> {
    let mut found = Vec::new();
    let mut i = 0;
    while i < line.len() {
        match date_at(line, i, published) {
            Some((end, date)) => {
                let role = role_before(line, i);
                found.push(When { first: i, end, role, date, span: line.span(i, end) });
                i = end;
            }
            None => i += 1,
        }
    }
    found
}

fn role_before(line: &Line<'_>, i: usize) -> Role {
    let before =
        if matches!(line.lower(i.wrapping_sub(1)), "the" | "last" | "early" | "late") { i - 1 } else { i };
    if line.lower(before.wrapping_sub(1)) == "since" {
        Role::Since
    } else if line.phrase_before(before, "as of").is_some() {
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

fn date_at(line: &Line<'_>, i: usize, published: Option<Date>) -> Option<(usize, String)> {
    relative(line, i, published)
        .or_else(|| weekday(line, i, published))
        .or_else(|| month_first(line, i, published))
        .or_else(|| day_first(line, i, published))
        .or_else(|| year_alone(line, i))
}

fn relative(line: &Line<'_>, i: usize, published: Option<Date>) -> Option<(usize, String)> {
    let today = published?;
    let date = match line.lower(i) {
        "today" if line.lower(i.wrapping_sub(1)) != "of" => today,
        "yesterday" => today.yesterday().ok()?,
        _ => return None,
    };
    (!line.lower(i + 1).starts_with("'s")).then(|| (i + 1, date.to_string()))
}

fn weekday(line: &Line<'_>, i: usize, published: Option<Date>) -> Option<(usize, String)> {
    let named = line.has(i, WEEKDAY) && (line.capital(i) || line.shouted) && line.lower(i).len() > 3;
    let wanted = named.then(|| weekday_of(line.lower(i))).flatten()?;
    let coming = matches!(line.lower(i.wrapping_sub(1)), "next" | "coming" | "every" | "each");
    // A date behind the weekday is the better of the two: "Monday, Jan. 12".
    let dated = [i + 1, i + 2].iter().any(|&k| line.has(k, MONTH));
    if coming || dated || line.lower(i).ends_with("'s") {
        return None;
    }
    let mut day = published?;
    if line.lower(i.wrapping_sub(1)) == "last" {
        day = day.yesterday().ok()?;
    }
    let back = i64::from(day.weekday().since(wanted));
    Some((i + 1, day.checked_sub(back.days()).ok()?.to_string()))
}

fn weekday_of(word: &str) -> Option<Weekday> {
    const DAYS: [(&str, Weekday); 7] = [
        ("mon", Weekday::Monday),
        ("tue", Weekday::Tuesday),
        ("wed", Weekday::Wednesday),
        ("thu", Weekday::Thursday),
        ("fri", Weekday::Friday),
        ("sat", Weekday::Saturday),
        ("sun", Weekday::Sunday),
    ];
    DAYS.iter().find(|(begin, _)| word.starts_with(begin)).map(|&(_, day)| day)
}

fn month_at(line: &Line<'_>, i: usize) -> Option<(usize, i8)> {
    let named = line.has(i, MONTH) && (line.capital(i) || line.shouted);
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let month = MONTHS.iter().position(|m| line.lower(i).starts_with(m)).filter(|_| named)?;
    let dot = usize::from(line.lower(i + 1) == "." && line.glued(i + 1) && line.lower(i).len() <= 4);
    Some((i + 1 + dot, i8::try_from(month).ok()? + 1))
}

fn small_number(line: &Line<'_>, i: usize) -> Option<(usize, i8)> {
    let day: i8 = line.tokens.get(i).filter(|t| t.kind == Kind::Number)?.text.parse().ok()?;
    let ordinal = line.glued(i + 1) && matches!(line.lower(i + 1), "st" | "nd" | "rd" | "th");
    (1..=31).contains(&day).then_some((i + 1 + usize::from(ordinal), day))
}

fn year_number(line: &Line<'_>, i: usize) -> Option<(usize, i16)> {
    let text = line.tokens.get(i).filter(|t| t.kind == Kind::Number)?.text;
    let year: i16 = text.parse().ok().filter(|y| text.len() == 4 && (1500..=2199).contains(y))?;
    Some((i + 1, year))
}

/// "October 7", "Oct. 7, 2023", "October 2023", "October".
fn month_first(line: &Line<'_>, i: usize, published: Option<Date>) -> Option<(usize, String)> {
    let (at, month) = month_at(line, i)?;
    if let Some((at, day)) = small_number(line, at) {
        let comma = usize::from(line.lower(at) == ",");
        return match year_number(line, at + comma) {
            Some((end, year)) => Some((end, format!("{year:04}-{month:02}-{day:02}"))),
            None => Some((at, recent_day(month, day, published))),
        };
    }
    if let Some((end, year)) = year_number(line, at) {
        return Some((end, format!("{year:04}-{month:02}")));
    }
    let placed = matches!(line.lower(i.wrapping_sub(1)), "in" | "since" | "last");
    placed.then(|| (i + 1, recent_month(month, published)))
}

/// "7 October", "7 October 2023".
fn day_first(line: &Line<'_>, i: usize, published: Option<Date>) -> Option<(usize, String)> {
    let (at, day) = small_number(line, i)?;
    let (at, month) = month_at(line, at)?;
    match year_number(line, at) {
        Some((end, year)) => Some((end, format!("{year:04}-{month:02}-{day:02}"))),
        None => Some((at, recent_day(month, day, published))),
    }
}

/// "in 2019", "since 2011".
fn year_alone(line: &Line<'_>, i: usize) -> Option<(usize, String)> {
    let (end, year) = year_number(line, i)?;
    let placed = matches!(line.lower(i.wrapping_sub(1)), "in" | "since");
    let counts = line.is_word(end) && !line.has(end, lexicon::STOP | lexicon::AUX | lexicon::PREP);
    (placed && !counts).then(|| (end, format!("{year:04}")))
}

/// The last such day not after `published`; without one the year is unknown.
fn recent_day(month: i8, day: i8, published: Option<Date>) -> String {
    let unknown = || format!("XXXX-{month:02}-{day:02}");
    let Some(published) = published else { return unknown() };
    let year = if (month, day) > (published.month(), published.day()) {
        published.year() - 1
    } else {
        published.year()
    };
    Date::new(year, month, day).map_or_else(|_| unknown(), |date| date.to_string())
}

fn recent_month(month: i8, published: Option<Date>) -> String {
    let Some(published) = published else { return format!("XXXX-{month:02}") };
    let year = if month > published.month() { published.year() - 1 } else { published.year() };
    format!("{year:04}-{month:02}")
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
        clause
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
        .map(|span| (Scope::Cumulative, span))
        .or_else(|| hit(STOCK).map(|span| (Scope::Stock, span)))
}
