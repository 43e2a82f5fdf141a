//! The expressions of a text, in order.

use ascribe_record::Span;
use jiff::civil::{Date, DateTime};

use crate::calendar::Calendar;
use crate::grammar::{Found, Grammar, Meaning};
use crate::lexicon::{self, Part, may_begin};
use crate::line::Line;
use crate::time::{Clock, Time};
use crate::{Bounds, Expression, Kind, Modifier, Precision, Setting};

/// The expressions of time of a report's text, in order; `reference` is the day of the report.
pub fn find_dates(text: &str, reference: Option<Date>) -> Vec<Expression> {
    find(text, Span::new(0, text.len()), &Setting::news(reference))
}

/// The expressions of time in `text[within]`, in order; none overlaps another. What lies outside of
/// `within` is not looked at.
pub fn find(text: &str, within: Span, setting: &Setting) -> Vec<Expression> {
    let line = Line::of(text, within);
    let mut grammar = Grammar { line: &line, setting, anchor: None };
    let mut found = Vec::new();
    let mut i = 0;
    while i < line.len() {
        let found_here = if may_begin(line.word(i)) { grammar.longest(i) } else { None };
        match found_here {
            Some((end, meaning)) if end > i => {
                if let Meaning::Time(time, _) | Meaning::Range(_, time) = meaning {
                    // What a date is compared with is not what comes next is counted from.
                    let compared = (i..end).any(|k| matches!(line.word(k), "ago" | "earlier" | "before"));
                    let named = Some(time.calendar).filter(|c| c.bounds().is_some() && !compared);
                    grammar.anchor = named.or(grammar.anchor);
                }
                let span = Span::new(line.tokens[i].span.begin, line.tokens[end - 1].span.end);
                found.push(narrow(
                    expression(span, &meaning),
                    &meaning,
                    line.word(line.skip(i, &["the"])),
                    setting,
                ));
                i = end;
            }
            _ => i += 1,
        }
    }
    found
}

impl Grammar<'_> {
    /// The longest reading at token `i`.
    fn longest(&self, i: usize) -> Found<Meaning> {
        let range = if self.setting.ranges { self.range(i) } else { None };
        let readings = [
            range,
            self.set(i),
            self.dated(i),
            self.modified(i).map(|(end, meaning)| self.with_clock(end, meaning)),
            self.shifted(i).map(|(end, meaning)| self.with_clock(end, meaning)),
            self.near_duration(i),
            self.duration(i),
            self.vague(i),
        ];
        readings.into_iter().flatten().reduce(|best, other| if other.0 > best.0 { other } else { best })
    }

    /// A date with or without a time of day, or a time of day alone.
    pub(crate) fn dated(&self, i: usize) -> Found<Meaning> {
        let date = self.calendar(i).map(|(end, calendar)| self.with_clock(end, calendar.into()));
        let time = Self::longer(self.clock_first(i), self.near_part(i));
        let alone = self.bare_clock(i);
        let time = Self::longer(time, alone).map(|(end, time)| (end, Meaning::Time(time, None)));
        Self::longer(date, time)
    }

    /// Adds the time of day that stands behind a day.
    fn with_clock(&self, end: usize, meaning: Meaning) -> (usize, Meaning) {
        let Meaning::Time(time, modifier) = meaning else { return (end, meaning) };
        let is_day =
            matches!(time.calendar, Calendar::Day { .. } | Calendar::Weekday(_)) && time.clock.is_none();
        let at = self
            .line
            .any(
                end,
                &[
                    "at",
                    "@",
                    ", at",
                    "for",
                    "around",
                    "about",
                    ", around",
                    "at around",
                    "at about",
                    ",",
                    "'s",
                ],
            )
            .unwrap_or(end);
        // "2014-07-18T19:00:05"
        let iso = self.line.word(end) == "t" && self.line.glued(end) && self.line.glued(end + 1);
        let at = if iso { end + 1 } else { at };
        let led = at > end && !matches!(self.line.word(at - 1), "," | "'s");
        let lead = self.line.word(at.wrapping_sub(1));
        let expected = iso || led && !self.is_news();
        match self.clock(at, expected).filter(|_| is_day) {
            Some((mut clock_end, mut clock)) if !(lead == "for" && matches!(clock, Clock::Part(_))) => {
                // "tomorrow afternoon at 5".
                let behind = self.line.any(clock_end, &["at", "@", ", at", "around"]);
                if let Clock::Part(part) = clock
                    && let Some((end, told @ Clock::At { .. })) = behind.and_then(|at| self.clock(at, true))
                {
                    (clock_end, clock) = (end, in_part(told, part));
                }
                (clock_end, Meaning::Time(Time { clock: Some(clock), ..time }, modifier))
            }
            _ => (end, Meaning::Time(time, modifier)),
        }
    }

    /// "10 p.m. Wednesday", "noon on Friday", "the morning of 5 May".
    fn clock_first(&self, i: usize) -> Found<Time> {
        let (at, clock) = self.clock(i, !self.is_news())?;
        let joined = self.line.any(at, &["on", ", on", ",", "of", "in the", "on the"]).unwrap_or(at);
        if let Some((end, Time { calendar, clock: Some(Clock::Part(part)) })) = self.near_part(joined) {
            return Some((end, Time { calendar, clock: Some(in_part(clock, part)) }));
        }
        // "5pm on the 13th": the article is the date's own.
        let article = joined - usize::from(joined > at && self.line.word(joined - 1) == "the");
        let (end, calendar) = self.calendar(joined).or_else(|| self.calendar(article))?;
        if self.is_news() && clock == Clock::Part(Part::Lunch) {
            return None;
        }
        let (end, clock) = match self.part_of_day(end) {
            Some((behind, part)) => (behind, in_part(clock, part)),
            None => (end, clock),
        };
        matches!(calendar, Calendar::Day { .. } | Calendar::Weekday(_))
            .then_some((end, Time { calendar, clock: Some(clock) }))
    }

    /// "tonight", "this morning", "last night", "later this afternoon".
    fn near_part(&self, i: usize) -> Found<Time> {
        let today = Calendar::from(self.today()?);
        let at = self.line.any(i, &["early", "late", "later", "earlier"]).unwrap_or(i);
        let (early, late) = (self.line.word(i) == "early", self.line.word(i) == "late");
        let (end, calendar, part) = if let Some(end) = self.line.any(at, &["tonight", "tonite"]) {
            (end, today, if self.is_news() { Part::Night } else { Part::Evening })
        } else {
            let (end, relation) = self.relation(at)?;
            let part = lexicon::part(self.line.word(end))?;
            let step = if relation.from_anchor { 0 } else { relation.step };
            (end + 1, today.step(step)?, part)
        };
        let behind = self.line.any(end, &["at", "@", ", at", "around", "about", "at around"]);
        if let Some((end, clock)) = self.clock(behind.unwrap_or(end), behind.is_some() || !self.is_news()) {
            return Some((end, Time { calendar, clock: Some(in_part(clock, part)) }));
        }
        Some((end, Time { calendar, clock: Some(Clock::Part(part.narrowed(early, late))) }))
    }
}

/// A time in a part of the day: "at 8 this evening".
pub(crate) fn in_part(clock: Clock, part: Part) -> Clock {
    let Clock::At { hour, either_half: true, .. } = clock else { return clock };
    match part {
        Part::Morning | Part::EarlyMorning => clock.before_noon(),
        Part::Night | Part::LateNight if hour < 5 || hour == 12 => clock.before_noon(),
        _ => clock.after_noon(),
    }
}

fn expression(span: Span, meaning: &Meaning) -> Expression {
    let plain = Expression {
        span,
        kind: Kind::Date,
        value: String::new(),
        edtf: None,
        modifier: None,
        precision: None,
        bounds: None,
    };
    match meaning {
        Meaning::Time(time, modifier) => {
            let approximate = if *modifier == Some(Modifier::Approx) { "~" } else { "" };
            Expression {
                kind: if time.clock.is_some() { Kind::Time } else { Kind::Date },
                value: time.timex(),
                edtf: time.edtf().map(|edtf| edtf + approximate),
                modifier: *modifier,
                precision: Some(time.precision()),
                bounds: time.bounds().map(|(begin, end)| Bounds { begin, last: begin, end }),
                ..plain
            }
        }
        Meaning::Range(from, to) => Expression {
            kind: if from.clock.is_some() { Kind::Time } else { Kind::Date },
            value: format!("{}/{}", from.timex(), to.timex()),
            edtf: from.edtf().zip(to.edtf()).map(|(a, b)| interval(&a, &b)),
            precision: Some(from.precision().max(to.precision())),
            bounds: from
                .bounds()
                .zip(to.bounds())
                .map(|((begin, _), (last, end))| Bounds { begin, last, end })
                .filter(|bounds| bounds.begin <= bounds.last),
            ..plain
        },
        Meaning::Duration(period, modifier, bounds) => Expression {
            kind: Kind::Duration,
            value: period.timex(),
            edtf: bounds.and_then(days),
            modifier: *modifier,
            bounds: bounds.map(|(begin, end)| Bounds { begin, last: end, end }),
            ..plain
        },
        Meaning::Set(value) => Expression { kind: Kind::Set, value: value.clone(), ..plain },
        Meaning::Reference(value) => Expression { value: (*value).to_owned(), ..plain },
    }
}

/// Narrows the bounds of a part: "early March" is its first ten days, "the end of the week" Friday to
/// Sunday, "late 2017" its last quarter; "earlier this month" ends today. Custom, not a standard.
fn narrow(mut found: Expression, meaning: &Meaning, word: &str, setting: &Setting) -> Expression {
    let weekend = matches!(meaning, Meaning::Time(Time { calendar: Calendar::Weekend(_), clock: None }, _));
    if let Some(bounds) = found.bounds.as_mut().filter(|_| weekend && setting.whole_units) {
        bounds.begin = bounds.begin.checked_sub(jiff::Span::new().hours(6)).unwrap_or(bounds.begin);
        bounds.last = bounds.begin;
    }
    let (Meaning::Time(time, Some(modifier)), Some(bounds)) = (meaning, &mut found.bounds) else {
        return found;
    };
    if time.clock.is_some() {
        return found;
    }
    let today = setting.reference.map(|now| now.date().to_datetime(jiff::civil::Time::midnight()));
    let today = today.filter(|today| bounds.begin < *today && *today < bounds.end);
    match (word, today) {
        ("earlier", Some(today)) => bounds.end = today,
        ("later", Some(today)) => bounds.begin = today,
        _ => {
            if let Some((begin, end)) = part_of(time.calendar, *modifier, bounds.begin, bounds.end) {
                (bounds.begin, bounds.end) = (begin, end);
            }
        }
    }
    bounds.last = bounds.begin;
    found
}

fn part_of(
    whole: Calendar,
    modifier: Modifier,
    begin: DateTime,
    end: DateTime,
) -> Option<(DateTime, DateTime)> {
    let days = |from: DateTime, n: i64| from.checked_add(jiff::Span::new().try_days(n).ok()?).ok();
    let months = |from: DateTime, n: i64| from.checked_add(jiff::Span::new().try_months(n).ok()?).ok();
    match (whole, modifier) {
        (Calendar::Week(_), Modifier::Start) => Some((begin, days(begin, 3)?)),
        (Calendar::Week(_), Modifier::Mid) => Some((days(begin, 1)?, days(begin, 5)?)),
        (Calendar::Week(_), Modifier::End) => Some((days(begin, 4)?, end)),
        (Calendar::Month { .. }, Modifier::Start) => Some((begin, days(begin, 10)?)),
        (Calendar::Month { .. }, Modifier::Mid) => Some((days(begin, 10)?, days(begin, 20)?)),
        (Calendar::Month { .. }, Modifier::End) => Some((days(begin, 20)?, end)),
        (Calendar::Year(_), Modifier::Start) => Some((begin, months(begin, 3)?)),
        (Calendar::Year(_), Modifier::Mid) => Some((months(begin, 4)?, months(begin, 8)?)),
        (Calendar::Year(_), Modifier::End) => Some((months(begin, 9)?, end)),
        _ => None,
    }
}

/// An EDTF interval; ends that are intervals themselves give their outer ends.
fn interval(from: &str, to: &str) -> String {
    let from = from.split('/').next().unwrap_or(from);
    let to = to.rsplit('/').next().unwrap_or(to);
    format!("{from}/{to}")
}

/// The interval of whole days between two moments, the second one excluded.
fn days((begin, end): (DateTime, DateTime)) -> Option<String> {
    let last = end.checked_sub(jiff::Span::new().seconds(1)).ok()?;
    (begin <= last).then(|| format!("{}/{}", begin.date(), last.date()))
}

impl Precision {
    /// Whether this is a day or longer.
    pub fn is_date(self) -> bool {
        self >= Self::Day
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words of the suite and of the grammar's own lists.
    const WORDS: &str = concat!(
        include_str!("../../../tests/suite/dates.md"),
        include_str!("vague.rs"),
        include_str!("duration.rs"),
        include_str!("modifier.rs"),
        include_str!("relative.rs"),
        include_str!("set.rs"),
    );

    #[test]
    fn nothing_begins_with_a_word_that_may_not_begin() {
        for register in [crate::Register::News, crate::Register::Request] {
            let setting = Setting { register, ..Setting::news(Some(jiff::civil::date(2026, 1, 14))) };
            let line = Line::of(WORDS, Span::new(0, WORDS.len()));
            let grammar = Grammar { line: &line, setting: &setting, anchor: None };
            for i in 0..line.len() {
                if !may_begin(line.word(i)) {
                    assert_eq!(grammar.longest(i), None, "{:?} at {:?}", line.word(i), line.tokens[i].span);
                }
            }
        }
    }
}
