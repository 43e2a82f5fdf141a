//! English expressions of time: a text and a date go in; dates, times, durations, ranges and sets
//! come out, with the words they were read from and their values as TIMEX3 and EDTF.
//!
//! Nothing is asked of a clock: one text with one reference date has one result.
//!
//! ```
//! use ascribe_date::{Kind, Precision, find_dates};
//! use jiff::civil::date;
//!
//! let text = "The bridge fell last Tuesday, two days after the storm, and has been shut for three weeks.";
//! let found = find_dates(text, Some(date(2026, 1, 14)));
//! assert_eq!(found[0].span.of(text), "last Tuesday");
//! assert_eq!((found[0].kind, found[0].value.as_str()), (Kind::Date, "2026-01-13"));
//! assert_eq!(found[0].precision, Some(Precision::Day));
//! assert_eq!((found[2].kind, found[2].value.as_str()), (Kind::Duration, "P3W"));
//! ```
//!
//! **Method.** A grammar of the calendar, written as functions that read from a token on and give
//! the end of what they read; the longest reading at a token wins. Values follow ISO-TimeML
//! (ISO 24617-1:2012) and EDTF (ISO 8601-2:2019). EDTF has no weeks and no recurrence: weeks are
//! intervals of days, and sets have no EDTF value.
//!
//! **Left out**: names of holidays, calendars other than the Gregorian, time zones, dates told by
//! an event ("the day of the storm").

mod absolute;
mod calendar;
mod clock;
mod consistency;
mod duration;
mod find;
mod grammar;
mod lexicon;
mod line;
mod modifier;
mod near;
mod period;
mod quarter;
mod range;
mod relative;
mod set;
mod shift;
mod tense;
mod time;
mod token;
mod vague;
mod years;

use ascribe_record::Span;
use jiff::civil::{Date, DateTime};

pub use consistency::{WrittenDay, written_days};
pub use find::{find, find_dates};
pub use lexicon::{month, weekday};

/// What is known before reading.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// The moment that "now" means: of a report, the start of its day.
    pub reference: Option<DateTime>,
    /// What kind of text it is.
    pub register: Register,
    /// Which number comes first in `3/4/2024`; `None` leaves such a date alone.
    pub order: Option<Order>,
    /// Whether "from 3 to 5 May" is one expression; as two, each end stands for itself.
    pub ranges: bool,
    /// Whether "the next three weeks" are whole weeks of the calendar, not 21 days from tomorrow on, and
    /// weekends begin on Friday at 18:00, not with Saturday.
    pub whole_units: bool,
}

/// The kind of text, which decides what is probable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Register {
    /// Published prose. What is told has happened unless the verb says otherwise; names of months
    /// and weekdays begin with a capital; "five years ago" names a year.
    News,
    /// A line that asks for something, as one dictates it to a calendar: what is named is to come,
    /// capitals mean nothing, "on 15" and "4/22" are days, and "two weeks ago" is one day.
    Request,
}

/// The order of the numbers of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// 4/3 is the third of April.
    MonthFirst,
    /// 4/3 is the fourth of March.
    DayFirst,
}

/// The type of an expression, as TIMEX3 has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A day or anything longer: "Friday", "the nineties", "recently".
    Date,
    /// A time within a day: "at noon", "last night".
    Time,
    /// A length of time: "three weeks".
    Duration,
    /// What comes again: "every Friday", "daily".
    Set,
}

/// How exact a date is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)] // each says itself
pub enum Precision {
    Second,
    Minute,
    Hour,
    /// A part of the day: "this morning".
    Part,
    Day,
    Weekend,
    Week,
    Month,
    Season,
    Quarter,
    Half,
    Year,
    Decade,
    Century,
}

/// What the words add to a value: the attribute `mod` of TIMEX3.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // named as in TIMEX3
pub enum Modifier {
    Start,
    Mid,
    End,
    Approx,
    MoreThan,
    LessThan,
    EqualOrMore,
    EqualOrLess,
    Before,
    After,
}

/// An expression of time.
#[derive(Clone, Debug, PartialEq)]
pub struct Expression {
    /// Its words. Inside the text, not empty, on character boundaries.
    pub span: Span,
    /// Its type.
    pub kind: Kind,
    /// Its TIMEX3 value: `2026-01-13`, `1998-W12`, `PT3H`, `PAST_REF`. A range is written with a
    /// slash between its ends.
    pub value: String,
    /// Its EDTF value, where it has one.
    pub edtf: Option<String>,
    /// What the words add to the value.
    pub modifier: Option<Modifier>,
    /// How exact it is; of a range, its less exact end. `None` for durations, sets and references.
    pub precision: Option<Precision>,
    /// When it is, where that is known.
    pub bounds: Option<Bounds>,
}

/// A stretch of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// The first moment.
    pub begin: DateTime,
    /// The first moment of the last day, month or year that was named; `begin` if that is all.
    pub last: DateTime,
    /// The moment behind it.
    pub end: DateTime,
}

impl Setting {
    /// The setting for a report of `published`.
    pub fn news(published: Option<Date>) -> Self {
        let reference = published.map(|day| day.to_datetime(jiff::civil::Time::midnight()));
        Self { reference, register: Register::News, order: None, ranges: true, whole_units: false }
    }
}
