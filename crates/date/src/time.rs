//! Times of day, alone or on a part of the calendar: their bounds, and how they are written.

use jiff::civil::{Date, DateTime};

use crate::Precision;
use crate::calendar::Calendar;
use crate::lexicon::{Part, Unit};
use crate::period::Period;

/// A time of day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Clock {
    At { hour: i8, minute: Option<i8>, second: Option<i8>, either_half: bool },
    Part(Part),
}

/// A part of the calendar with a time of day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Time {
    pub(crate) calendar: Calendar,
    pub(crate) clock: Option<Clock>,
}

impl From<Calendar> for Time {
    fn from(calendar: Calendar) -> Self {
        Self { calendar, clock: None }
    }
}

impl Clock {
    fn timex(self) -> String {
        match self {
            Self::Part(part) => format!("T{}", part.code()),
            Self::At { hour, minute, second, .. } => {
                let minute = minute.unwrap_or(0);
                let second = second.map_or(String::new(), |s| format!(":{s:02}"));
                format!("T{hour:02}:{minute:02}{second}")
            }
        }
    }

    pub(crate) fn precision(self) -> Precision {
        match self {
            Self::Part(_) => Precision::Part,
            Self::At { second: Some(_), .. } => Precision::Second,
            Self::At { minute: Some(_), .. } => Precision::Minute,
            Self::At { .. } => Precision::Hour,
        }
    }

    /// The same time, twelve hours later if it was before noon.
    pub(crate) fn after_noon(self) -> Self {
        match self {
            Self::At { hour, minute, second, .. } => {
                let hour = if hour < 12 { hour + 12 } else { hour };
                Self::At { hour, minute, second, either_half: false }
            }
            part => part,
        }
    }

    /// The same time, surely before noon.
    pub(crate) fn before_noon(self) -> Self {
        match self {
            Self::At { hour, minute, second, .. } => {
                Self::At { hour: hour % 12, minute, second, either_half: false }
            }
            part => part,
        }
    }
}

impl Time {
    /// The time `clock` of a moment's day.
    pub(crate) fn at(moment: DateTime, unit: Unit) -> Self {
        let clock = match unit {
            Unit::Hour | Unit::Minute => Some(Clock::At {
                hour: moment.hour(),
                minute: Some(moment.minute()),
                second: None,
                either_half: false,
            }),
            Unit::Second => Some(Clock::At {
                hour: moment.hour(),
                minute: Some(moment.minute()),
                second: Some(moment.second()),
                either_half: false,
            }),
            _ => None,
        };
        Self { calendar: moment.date().into(), clock }
    }

    pub(crate) fn timex(self) -> String {
        self.calendar.timex() + &self.clock.map_or(String::new(), Clock::timex)
    }

    pub(crate) fn edtf(self) -> Option<String> {
        let date = self.calendar.edtf()?;
        let whole = matches!(self.calendar, Calendar::Day { .. }) && !date.contains('X');
        match self.clock {
            Some(Clock::At { hour, minute, second, either_half: false }) if whole => {
                Some(format!("{date}T{hour:02}:{:02}:{:02}", minute.unwrap_or(0), second.unwrap_or(0)))
            }
            _ => Some(date),
        }
    }

    pub(crate) fn precision(self) -> Precision {
        self.clock.map_or(self.calendar.precision(), Clock::precision)
    }

    /// The first moment and the one behind the last.
    pub(crate) fn bounds(self) -> Option<(DateTime, DateTime)> {
        let (first, end) = self.calendar.bounds()?;
        let midnight = |day: Date| day.to_datetime(jiff::civil::Time::midnight());
        let hour_of = |hour: i8| match hour {
            24 => Some(midnight(first.tomorrow().ok()?)),
            _ => Some(first.at(hour, 0, 0, 0)),
        };
        match self.clock {
            None => Some((midnight(first), midnight(end))),
            Some(Clock::Part(part)) => {
                let (from, to) = part.hours();
                Some((hour_of(from)?, hour_of(to)?))
            }
            Some(Clock::At { hour, minute, second, .. }) => {
                let begin = first.at(hour, minute.unwrap_or(0), second.unwrap_or(0), 0);
                let unit = if second.is_some() {
                    Unit::Second
                } else if minute.is_some() {
                    Unit::Minute
                } else {
                    Unit::Hour
                };
                Some((begin, Period::of(1.0, unit).after(begin)?))
            }
        }
    }
}
