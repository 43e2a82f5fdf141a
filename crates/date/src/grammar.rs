//! What the readings share: the line, the setting, and where a date without its year belongs.

use jiff::civil::{Date, DateTime, Weekday};

use crate::calendar::{Calendar, days_on};
use crate::line::Line;
use crate::period::Period;
use crate::tense::Tense;
use crate::time::Time;
use crate::{Modifier, Register, Setting};

/// What was read, and the index behind it.
pub(crate) type Found<T> = Option<(usize, T)>;

/// What an expression means.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Meaning {
    Time(Time, Option<Modifier>),
    /// Both ends are part of it.
    Range(Time, Time),
    Duration(Period, Option<Modifier>, Option<(DateTime, DateTime)>),
    /// A TIMEX3 value.
    Set(String),
    /// `PAST_REF`, `PRESENT_REF` or `FUTURE_REF`.
    Reference(&'static str),
}

impl From<Calendar> for Meaning {
    fn from(calendar: Calendar) -> Self {
        Self::Time(calendar.into(), None)
    }
}

pub(crate) struct Grammar<'a> {
    pub(crate) line: &'a Line,
    pub(crate) setting: &'a Setting,
    /// The last date that the text named before.
    pub(crate) anchor: Option<Calendar>,
}

impl Grammar<'_> {
    pub(crate) fn is_news(&self) -> bool {
        self.setting.register == Register::News
    }

    pub(crate) fn today(&self) -> Option<Date> {
        self.setting.reference.map(DateTime::date)
    }

    /// Whether the word at `i` may be the name of a month or a weekday: in prose those have a capital.
    pub(crate) fn named(&self, i: usize) -> bool {
        !self.is_news() || self.line.capital(i)
    }

    /// The longer of two readings; the first where they are equal.
    pub(crate) fn longer<T>(first: Found<T>, second: Found<T>) -> Found<T> {
        match (first, second) {
            (Some(a), Some(b)) => Some(if b.0 > a.0 { b } else { a }),
            (a, b) => a.or(b),
        }
    }

    /// Gives a date that comes every year the year that the sentence around `i` suggests.
    pub(crate) fn place(&self, calendar: Calendar, i: usize) -> Calendar {
        let Some(today) = self.today().filter(|_| calendar.lacks_year()) else { return calendar };
        self.placed(calendar, i, today).unwrap_or(calendar)
    }

    fn placed(&self, calendar: Calendar, i: usize, today: Date) -> Option<Calendar> {
        // 29 February may be eight years off.
        let near = |step: i16| (0..=8).find_map(move |n| calendar.in_year(today.year() + step * n));
        let begins_late = |c: &Calendar| c.first_day().is_some_and(|day| day > today);
        let is_over = |c: &Calendar| c.bounds().is_some_and(|(_, end)| end <= today);
        let mut past = near(-1)?;
        if begins_late(&past) {
            past = (1..=9).find_map(|n| calendar.in_year(today.year() - n))?;
        }
        let mut next = near(1)?;
        if is_over(&next) || self.is_news() && next == past {
            next = (1..=9).find_map(|n| calendar.in_year(today.year() + n))?;
        }
        if !self.is_news() {
            return Some(next);
        }
        Some(match self.tense(i) {
            Some(Tense::Past) => past,
            Some(Tense::Future) => {
                // "Expects to report third-quarter earnings": one that is over, unless the next is near.
                let goes_on = past.bounds().is_some_and(|(_, end)| end > today);
                let far = matches!(calendar, Calendar::Quarter { .. }) && days_until(today, next)? > 100;
                if goes_on || far { past } else { next }
            }
            // Without a verb that tells, a day soon to come is meant more often than one of long ago.
            None => {
                let soon = matches!(calendar, Calendar::Day { .. }) && days_until(today, next)? <= 75;
                if soon { next } else { past }
            }
        })
    }

    /// The day that a bare weekday at `i` means.
    pub(crate) fn place_weekday(&self, weekday: Weekday, i: usize) -> Calendar {
        let Some(today) = self.today() else { return Calendar::Weekday(weekday) };
        let ahead = if self.is_news() { self.tense(i) == Some(Tense::Future) } else { true };
        let day = if ahead {
            days_on(today, i64::from(weekday.since(today.weekday()) + 6) % 7 + 1)
        } else {
            days_on(today, -i64::from(today.weekday().since(weekday)))
        };
        // `since` counts from the other day on, 0 to 6.
        day.map_or(Calendar::Weekday(weekday), Calendar::from)
    }
}

fn days_until(today: Date, calendar: Calendar) -> Option<i32> {
    Some(today.until(calendar.first_day()?).ok()?.get_days())
}
