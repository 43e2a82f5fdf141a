//! Stretches with two ends: "from 3 to 5 May", "May 3-5", "between 2015 and Feb 2018", "9:30 - 11:00
//! on Thursday", "the rest of the week".

use crate::Modifier;
use crate::calendar::Calendar;
use crate::find::in_part;
use crate::grammar::{Found, Grammar, Meaning};
use crate::lexicon::Unit;
use crate::period::Period;
use crate::time::{Clock, Time};

/// What opens a range, and what joins its ends.
const JOINS: &[&str] = &[
    "to",
    "until",
    "till",
    "untill",
    "through",
    "thru",
    "- to",
    "but before",
    "up to",
    "to the",
    "through the",
    "until the",
    "till the",
];
const DASHES: &[&str] = &["-", "–", "—"];

impl Grammar<'_> {
    /// A range, or a stretch that reaches to or from the reference date.
    pub(crate) fn range(&self, i: usize) -> Found<Meaning> {
        Self::longer(self.two_ends(i), Self::longer(self.rest_of(i), self.lasting(i)))
    }

    fn two_ends(&self, i: usize) -> Found<Meaning> {
        // "this week from Tuesday to Thursday", "Feb between 2-7".
        let framed = if self.is_news() { None } else { self.calendar(i) };
        if let Some((at, frame)) = framed
            && let Some(at) =
                self.line.any(at, &["from", "between", "in between", ", from", ", between"]).or_else(|| {
                    let clocks =
                        matches!(frame, Calendar::Day { .. }) && self.line.digits(at, 1, 4).is_some();
                    clocks.then_some(at)
                })
        {
            let between = self.line.word(at - 1) == "between";
            let (end, from, to) = self.ends(at, between, true)?;
            return Some((end, Meaning::Range(within(frame, from)?, within(frame, to)?)));
        }
        let opened =
            self.line.any(i, &["from", "between", "in between", "later than", "from the", "between the"]);
        let at = opened.map_or(i, |at| if self.line.word(at - 1) == "the" { at - 1 } else { at });
        let between = opened.is_some_and(|at| (i..at).any(|k| self.line.word(k) == "between"));
        let (end, from, to) = self.ends(at, between, opened.is_some())?;
        Some((end, Meaning::Range(from, to)))
    }

    /// Both ends of a range whose first begins at `i`.
    fn ends(&self, i: usize, between: bool, opened: bool) -> Option<(usize, Time, Time)> {
        let join = |at: usize| {
            let and = if between { self.line.any(at, &["and", "and the"]) } else { None };
            let dash = self
                .line
                .any(at, DASHES)
                .filter(|&end| opened || !self.is_news() || self.line.glued(at) || !self.line.glued(end));
            self.line
                .any(at, JOINS)
                .or(and)
                .or(dash)
                .map(|end| end - usize::from(self.line.word(end - 1) == "the"))
        };
        let whole = self.range_end(i).and_then(|(at, from)| {
            let second = join(at)?;
            let (end, to) = self.second_end(second, from)?;
            let (from, to) = self.together((i, at, from), (second, end, to))?;
            Some((end, from, to))
        });
        // "3 to 5 May": the first end is a number alone, and takes all else from the second.
        let numbers = || {
            let (at, day) = self.day_number(i).filter(|_| self.numeric(i).is_none())?;
            let second = join(at)?;
            let second = self.line.skip(second, &["the"]);
            self.day_number(second).map(|_| ()).or(opened.then_some(()))?;
            let (end, to) = self.calendar(second)?;
            let Calendar::Day { year, month: Some(month), .. } = to else { return None };
            let from = Calendar::Day { year, month: Some(month), day };
            let in_order = from.first_day().zip(to.first_day()).is_none_or(|(a, b)| a < b);
            in_order.then(|| (end, Time::from(from), Time::from(to)))
        };
        let clocks = || self.clock_range(i, &join, opened);
        let found = [whole, numbers(), self.month_ends(i, &join), clocks()];
        found.into_iter().flatten().max_by_key(|(end, ..)| *end)
    }

    fn day_number(&self, i: usize) -> Found<i8> {
        let at = self.line.skip(i, &["the"]);
        let digits = self.line.digits(at, 1, 2).map(|n| (at + 1, n));
        let (end, n) = self.line.ordinal(at).or(digits)?;
        Some((end, i8::try_from(n).ok().filter(|n| (1..=31).contains(n))?))
    }

    /// "4 to 23 next month", "from 2 to 7 in Feb": numbers, then the month.
    fn month_ends(&self, i: usize, join: &dyn Fn(usize) -> Option<usize>) -> Option<(usize, Time, Time)> {
        let (at, from) = self.day_number(i)?;
        let (behind, to) = self.day_number(self.line.skip(join(at)?, &["the"]))?;
        let month_at = self.line.any(behind, &["of", "in", "of the"]).unwrap_or(behind);
        let (end, Calendar::Month { year, month }) = self.calendar(month_at)? else { return None };
        let day = |day| Time::from(Calendar::Day { year, month: Some(month), day });
        (from < to).then(|| (end, day(from), day(to)))
    }

    /// An end of a range that stands for itself.
    fn range_end(&self, i: usize) -> Found<Time> {
        if let Some(end) = self.line.any(i, &["now", "the present", "present day", "current date"]) {
            return Some((end, Calendar::from(self.today()?).into()));
        }
        let modified = self.modified(i).and_then(|(end, meaning)| match meaning {
            Meaning::Time(time, Some(Modifier::Start | Modifier::End | Modifier::Approx)) => {
                Some((end, time))
            }
            _ => None,
        });
        let dated = self.dated(i).and_then(|(end, meaning)| match meaning {
            Meaning::Time(time, None) => Some((end, time)),
            _ => None,
        });
        let shifted = self.shifted(i).and_then(|(end, meaning)| match meaning {
            Meaning::Time(time, _) => Some((end, time)),
            _ => None,
        });
        Self::longer(Self::longer(modified, dated), shifted)
    }

    /// The second end: a date of its own, or a number that takes the month of the first.
    fn second_end(&self, i: usize, first: Time) -> Found<Time> {
        let own = self.range_end(i);
        let number = || {
            let Calendar::Day { year, month: Some(month), day: from } = first.calendar else { return None };
            let (end, day) = self.day_number(i).filter(|&(_, day)| day > from)?;
            let tied = self.line.is_word(end)
                && (self.line.glued(end) || crate::lexicon::unit(self.line.word(end)).is_some());
            let mut end = end;
            let mut year = year;
            let at = self.line.any(end, &[",", "of", "in"]).unwrap_or(end);
            if let Some((behind, told)) = self.line.year(at) {
                (end, year) = (behind, Some(told));
            }
            let calendar = Calendar::Day { year, month: Some(month), day };
            (!tied).then_some((end, Time::from(calendar)))
        };
        // "1990-95".
        let short_year = || {
            let Calendar::Year(from) = first.calendar else { return None };
            let n = self.line.digits(i, 2, 2).filter(|_| self.line.glued(i))?;
            let year = from - from.rem_euclid(100) + i16::try_from(n).ok()?;
            (year > from).then_some((i + 1, Time::from(Calendar::Year(year))))
        };
        let first_found = Self::longer(own, number());
        Self::longer(first_found, short_year())
    }

    /// Gives both ends the year that one of them tells, and puts the first before the second.
    fn together(&self, first: (usize, usize, Time), second: (usize, usize, Time)) -> Option<(Time, Time)> {
        let tells = |begin: usize, end: usize| (begin..end).any(|k| self.line.year(k).is_some());
        let (mut from, mut to) = (first.2, second.2);
        let (tells_from, tells_to) = (tells(first.0, first.1), tells(second.0, second.1));
        let year_of = |time: Time| time.calendar.first_day().map(|day| day.year());
        if tells_to
            && !tells_from
            && let Some(moved) = year_of(to).and_then(|y| from.calendar.in_year(y))
        {
            from.calendar = moved;
        } else if tells_from
            && !tells_to
            && let Some(moved) = year_of(from).and_then(|y| to.calendar.in_year(y))
        {
            to.calendar = moved;
        }
        // An end in a month already told has that month's year.
        let in_order =
            |from: Time, to: Time| from.bounds().zip(to.bounds()).is_none_or(|((a, _), (_, b))| a < b);
        let is_weekday = self.weekday_name(second.0).is_some();
        let names_week = is_weekday && self.weekday_name(second.0).is_some_and(|(end, _)| end < second.1);
        if !in_order(from, to) && names_week && self.weekday_name(first.0).is_some() {
            from.calendar = crate::calendar::days_on(from.calendar.first_day()?, -7)?.into();
        }
        if !in_order(from, to) && is_weekday {
            to.calendar = crate::calendar::days_on(to.calendar.first_day()?, 7)?.into();
        }
        let is_dated =
            self.absolute(first.0).is_some_and(|(end, _)| end == first.1) && !tells_from && !tells_to;
        // "From 1 October to 7 November", said on 24 October.
        if !in_order(from, to)
            && is_dated
            && let Some(earlier) = from.calendar.years_on(-1)
        {
            from.calendar = earlier;
        }
        if !in_order(from, to) && !tells_to {
            to.calendar = to
                .calendar
                .years_on(1)
                .or_else(|| to.calendar.step(7).filter(|_| matches!(to.calendar, Calendar::Day { .. })))?;
        }
        if !in_order(from, to) && tells_to {
            from.calendar = from.calendar.years_on(-1)?;
        }
        in_order(from, to).then_some((from, to))
    }

    /// "5 to 6pm", "from 9:30 to 11 on Thursday".
    fn clock_range(
        &self,
        i: usize,
        join: &dyn Fn(usize) -> Option<usize>,
        opened: bool,
    ) -> Option<(usize, Time, Time)> {
        let (at, from) = self.clock(i, true)?;
        let second = join(at)?;
        let (end, to) = self.clock(second, true)?;
        // "Sunday from 1 to 3": what else is dictated to a calendar without a unit.
        let bare = !self.is_news()
            && opened
            && (!self.line.is_word(end) && self.line.kind(end).is_none() || self.calendar(end).is_some());
        let sure = bare || self.clock(i, false).is_some() || self.clock(second, false).is_some();
        if !sure
            || matches!(from, Clock::Part(_))
            || !opened && self.is_news() && self.clock(i, false).is_none() && self.line.word(at) == "to"
        {
            return None;
        }
        let (from, to) = in_one_half(from, to);
        let day_at = self.line.any(end, &["on", ", on", ","]).unwrap_or(end);
        let day =
            self.calendar(day_at).filter(|(_, c)| matches!(c, Calendar::Day { .. } | Calendar::Weekday(_)));
        let (end, calendar) =
            day.or_else(|| Some((end, self.today().map_or(Calendar::Any, Calendar::from))))?;
        // "between 3 and 5 tomorrow afternoon"
        let (end, from, to) = match self.part_of_day(end).filter(|_| !self.is_news()) {
            Some((behind, part)) => (behind, in_part(from, part), in_part(to, part)),
            None => (end, from, to),
        };
        let (from, mut to) = (Time { calendar, clock: Some(from) }, Time { calendar, clock: Some(to) });
        // "From 11 pm to 3" ends the next day.
        if from.bounds().zip(to.bounds()).is_some_and(|((a, _), (b, _))| b < a) {
            to.calendar = calendar.step(1)?;
        }
        Some((end, from, to))
    }

    /// "the rest of the week", "the remainder of this month": from today on.
    fn rest_of(&self, i: usize) -> Found<Meaning> {
        let at = self.line.skip(i, &["the"]);
        let at = self.line.any(at, &["rest of", "rest", "remainder of", "remaining of", "balance of"])?;
        let at = self.line.skip(at, &["the", "my", "our", "this", "current"]);
        let (end, whole) = match self.line.unit(at, false).filter(|(_, w)| !w.plural) {
            Some((end, word)) => (end, Calendar::around(self.today()?, word.unit)?),
            None => self.calendar(at)?,
        };
        let (first, past) = whole.bounds()?;
        let today = self.today().filter(|day| first <= *day && *day < past).unwrap_or(first);
        Some((
            end,
            Meaning::Range(Calendar::from(today).into(), Calendar::from(past.yesterday().ok()?).into()),
        ))
    }

    /// "within 10 months", "for 3 days from today", "2 weeks starting May 20th": a length with a begin.
    fn lasting(&self, i: usize) -> Found<Meaning> {
        let stretch = |end: usize, period: &Period, from: jiff::civil::DateTime| {
            let bounds = (from, period.after(from)?);
            Some((end, Meaning::Duration(period.clone(), None, Some(bounds))))
        };
        let now = self.setting.reference?;
        if !self.is_news()
            && let Some(at) = self.line.any(
                i,
                &["within", "within the next", "within the upcoming", "within the coming", "less than"],
            )
        {
            let (end, period) = self.period(at)?;
            if self.line.word(i) == "within" {
                let end = self.line.any(end, &["from now", "from today", "of today"]).unwrap_or(end);
                let begin = if period.finest() >= Unit::Day {
                    now.date().to_datetime(jiff::civil::Time::midnight())
                } else {
                    now
                };
                return stretch(end, &period, begin);
            }
            let at = self.line.any(end, &["from", "after"])?;
            let (end, calendar) = self.calendar(at)?;
            return stretch(end, &period, calendar.first_day()?.to_datetime(jiff::civil::Time::midnight()));
        }
        if let Some((at, time)) = self.dated(self.line.skip(i, &["from"])).filter(|_| !self.is_news())
            && let (at, Meaning::Time(time, None)) = (at, time)
            && matches!(time.clock, Some(Clock::At { .. }))
            && self.line.word(at) == "for"
        {
            let (end, period) = self.period(at + 1)?;
            return stretch(end, &period, time.bounds()?.0);
        }
        let at = self.line.skip(i, &["for"]);
        let (behind, period) = self.period(at)?;
        let led = [
            "from",
            ", from",
            "starting",
            "starting from",
            "beginning",
            "starting on",
            "beginning on",
            ", starting",
        ];
        let from = self.line.any(behind, &led)?;
        let plain = self.line.word(behind) == "from" && at == i;
        let clock = self.dated(from).filter(|_| !self.is_news() && period.finest() < Unit::Day);
        if let Some((end, Meaning::Time(time @ Time { clock: Some(_), .. }, None))) = clock {
            return stretch(end, &period, time.bounds()?.0);
        }
        let (end, calendar) = self.calendar(from).filter(|_| !plain)?;
        stretch(end, &period, calendar.first_day()?.to_datetime(jiff::civil::Time::midnight()))
    }
}

/// An end told inside a frame: a weekday of a week, a day of a month.
fn within(frame: Calendar, end: Time) -> Option<Time> {
    if let Calendar::Day { .. } = frame {
        return end.clock.map(|clock| Time { calendar: frame, clock: Some(clock) });
    }
    let (first, past) = frame.bounds()?;
    let day = end.calendar.first_day()?;
    let inside = |day| first <= day && day < past;
    let moved = (-60..60)
        .filter_map(|weeks| crate::calendar::days_on(day, 7 * weeks))
        .find(|&day| matches!(frame, Calendar::Week(_)) && inside(day));
    let calendar = if inside(day) { end.calendar } else { moved?.into() };
    Some(Time { calendar, clock: end.clock })
}

/// "5 to 6pm" is 17 to 18: a time that tells its half of the day lends it to one that does not.
fn in_one_half(from: Clock, to: Clock) -> (Clock, Clock) {
    let (Clock::At { hour: a, either_half: open_from, .. }, Clock::At { hour: b, either_half: open_to, .. }) =
        (from, to)
    else {
        return (from, to);
    };
    match (open_from, open_to) {
        (true, false) if b > 12 && a + 12 < b => (from.after_noon(), to),
        (false, true) if b <= a && b < 12 && b + 12 > a => (from, to.after_noon()),
        (true, true) if a > b && a < 12 => (from.before_noon(), to.after_noon()),
        _ => (from, to),
    }
}
