//! Parts of the calendar, known wholly or in part: their bounds, and how they are written.

use jiff::civil::{Date, ISOWeekDate, Weekday};

use crate::Precision;
use crate::lexicon::{SEASONS, Unit};

/// A part of the calendar. A missing year or month is not known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Calendar {
    Day {
        year: Option<i16>,
        month: Option<i8>,
        day: i8,
    },
    /// Some such day: no date tells which.
    Weekday(Weekday),
    /// Its Monday.
    Week(Date),
    /// Its Saturday.
    Weekend(Date),
    Month {
        year: Option<i16>,
        month: i8,
    },
    Quarter {
        year: Option<i16>,
        quarter: i8,
    },
    Half {
        year: Option<i16>,
        half: i8,
    },
    /// `season` is a position in [`SEASONS`]; the winter of a year ends in the next.
    Season {
        year: Option<i16>,
        season: usize,
    },
    Year(i16),
    /// 199 is the nineties.
    Decade(i16),
    /// 19 is the twentieth century.
    Century(i16),
    /// A week, a month … that no date tells.
    Some(Unit),
    /// Any day: a time of day alone.
    Any,
}

impl From<Date> for Calendar {
    fn from(date: Date) -> Self {
        Self::Day { year: Some(date.year()), month: Some(date.month()), day: date.day() }
    }
}

/// The day `n` days behind `date`.
pub(crate) fn days_on(date: Date, n: i64) -> Option<Date> {
    date.checked_add(jiff::Span::new().try_days(n).ok()?).ok()
}

/// The Monday of the week of `date`.
pub(crate) fn monday(date: Date) -> Option<Date> {
    days_on(date, -i64::from(date.weekday().to_monday_zero_offset()))
}

/// Day `n` of those of `first..end` that are a `weekday`, counted from the end where `n < 0`.
pub(crate) fn nth_weekday(first: Date, end: Date, weekday: Weekday, n: i64) -> Option<Date> {
    let day = if n > 0 {
        let ahead = i64::from(weekday.since(first.weekday()));
        days_on(first, ahead + 7 * (n - 1))?
    } else {
        let last = end.yesterday().ok()?;
        let back = i64::from(last.weekday().since(weekday));
        days_on(last, -back + 7 * (n + 1))?
    };
    (first <= day && day < end).then_some(day)
}

impl Calendar {
    /// The unit of `unit` that `date` lies in.
    pub(crate) fn around(date: Date, unit: Unit) -> Option<Self> {
        let year = date.year();
        Some(match unit {
            Unit::Day | Unit::Hour | Unit::Minute | Unit::Second => date.into(),
            Unit::Week => Self::Week(monday(date)?),
            Unit::Weekend => Self::Weekend(days_on(monday(date)?, 5)?),
            Unit::Month => Self::Month { year: Some(year), month: date.month() },
            Unit::Quarter => Self::Quarter { year: Some(year), quarter: (date.month() - 1) / 3 + 1 },
            Unit::Year => Self::Year(year),
            Unit::Decade => Self::Decade(year.div_euclid(10)),
            Unit::Century => Self::Century(year.div_euclid(100)),
            Unit::Unknown => return None,
        })
    }

    /// The part of the same kind `n` further on; `None` where it is not known which this is.
    pub(crate) fn step(self, n: i64) -> Option<Self> {
        let n16 = i16::try_from(n).ok()?;
        let of_year = |year: i16, at: i8, size: i64| {
            let total = i64::from(year) * size + i64::from(at) - 1 + n;
            let year = i16::try_from(total.div_euclid(size)).ok()?;
            Some((Some(year), i8::try_from(total.rem_euclid(size) + 1).ok()?))
        };
        Some(match self {
            Self::Day { .. } => days_on(self.first_day()?, n)?.into(),
            Self::Week(day) => Self::Week(days_on(day, n.checked_mul(7)?)?),
            Self::Weekend(day) => Self::Weekend(days_on(day, n.checked_mul(7)?)?),
            Self::Month { year, month } => {
                let (year, month) = of_year(year?, month, 12)?;
                Self::Month { year, month }
            }
            Self::Quarter { year, quarter } => {
                let (year, quarter) = of_year(year?, quarter, 4)?;
                Self::Quarter { year, quarter }
            }
            Self::Half { year, half } => {
                let (year, half) = of_year(year?, half, 2)?;
                Self::Half { year, half }
            }
            Self::Season { year, season } => {
                let (year, at) = of_year(year?, i8::try_from(season).ok()? + 1, 4)?;
                Self::Season { year, season: usize::try_from(at - 1).ok()? }
            }
            Self::Year(year) => Self::Year(year.checked_add(n16)?),
            Self::Decade(decade) => Self::Decade(decade.checked_add(n16)?),
            Self::Century(century) => Self::Century(century.checked_add(n16)?),
            Self::Weekday(_) | Self::Some(_) | Self::Any => return None,
        })
    }

    /// The same part `n` years later.
    pub(crate) fn years_on(self, n: i16) -> Option<Self> {
        let later = |year: Option<i16>| year.and_then(|y| y.checked_add(n)).map(Some);
        Some(match self {
            Self::Day { year, month, day } => Self::Day { year: later(year)?, month, day },
            Self::Month { year, month } => Self::Month { year: later(year)?, month },
            Self::Quarter { year, quarter } => Self::Quarter { year: later(year)?, quarter },
            Self::Half { year, half } => Self::Half { year: later(year)?, half },
            Self::Season { year, season } => Self::Season { year: later(year)?, season },
            Self::Year(year) => Self::Year(year.checked_add(n)?),
            _ => return None,
        })
    }

    /// This part in another year, where it is one that comes every year.
    pub(crate) fn in_year(self, new: i16) -> Option<Self> {
        let year = Some(new);
        Some(match self {
            Self::Day { month, day, .. } => {
                Date::new(new, month?, day).ok()?;
                Self::Day { year, month, day }
            }
            Self::Month { month, .. } => Self::Month { year, month },
            Self::Quarter { quarter, .. } => Self::Quarter { year, quarter },
            Self::Half { half, .. } => Self::Half { year, half },
            Self::Season { season, .. } => Self::Season { year, season },
            _ => return None,
        })
    }

    /// Whether only the year is missing.
    pub(crate) fn lacks_year(self) -> bool {
        matches!(
            self,
            Self::Day { year: None, month: Some(_), .. }
                | Self::Month { year: None, .. }
                | Self::Quarter { year: None, .. }
                | Self::Half { year: None, .. }
                | Self::Season { year: None, .. }
        )
    }

    pub(crate) fn first_day(self) -> Option<Date> {
        self.bounds().map(|(first, _)| first)
    }

    /// The first day and the one behind the last.
    pub(crate) fn bounds(self) -> Option<(Date, Date)> {
        let of_months = |year: i16, from: i8, size: i8| {
            let first = Date::new(year, from, 1).ok()?;
            Some((first, first.checked_add(jiff::Span::new().months(size)).ok()?))
        };
        let of_years = |from: i64, size: i64| {
            let first = Date::new(i16::try_from(from).ok()?, 1, 1).ok()?;
            Some((first, Date::new(i16::try_from(from + size).ok()?, 1, 1).ok()?))
        };
        match self {
            Self::Day { year, month, day } => {
                let date = Date::new(year?, month?, day).ok()?;
                Some((date, date.tomorrow().ok()?))
            }
            Self::Week(day) => Some((day, days_on(day, 7)?)),
            Self::Weekend(day) => Some((day, days_on(day, 2)?)),
            Self::Month { year, month } => of_months(year?, month, 1),
            Self::Quarter { year, quarter } => of_months(year?, quarter * 3 - 2, 3),
            Self::Half { year, half } => of_months(year?, half * 6 - 5, 6),
            Self::Season { year, season } => {
                const FIRST: [(i8, i8); 4] = [(3, 21), (6, 21), (9, 23), (12, 21)];
                let (month, day) = FIRST[season % 4];
                let (next_month, next_day) = FIRST[(season + 1) % 4];
                let next_year = year?.checked_add(i16::from(season == 3))?;
                Some((Date::new(year?, month, day).ok()?, Date::new(next_year, next_month, next_day).ok()?))
            }
            Self::Year(year) => of_years(i64::from(year), 1),
            Self::Decade(decade) => of_years(i64::from(decade) * 10, 10),
            Self::Century(century) => of_years(i64::from(century) * 100, 100),
            Self::Weekday(_) | Self::Some(_) | Self::Any => None,
        }
    }

    pub(crate) fn precision(self) -> Precision {
        match self {
            Self::Day { .. } | Self::Weekday(_) | Self::Any => Precision::Day,
            Self::Week(_) => Precision::Week,
            Self::Weekend(_) => Precision::Weekend,
            Self::Month { .. } => Precision::Month,
            Self::Quarter { .. } => Precision::Quarter,
            Self::Half { .. } => Precision::Half,
            Self::Season { .. } => Precision::Season,
            Self::Year(_) => Precision::Year,
            Self::Decade(_) => Precision::Decade,
            Self::Century(_) => Precision::Century,
            Self::Some(unit) => precision_of(unit),
        }
    }

    /// The TIMEX3 value.
    pub(crate) fn timex(self) -> String {
        let week = |day: Date| {
            let week = ISOWeekDate::from(day);
            format!("{:04}-W{:02}", week.year(), week.week())
        };
        match self {
            Self::Day { year, month, day } => format!("{}-{}-{day:02}", year_of(year), month_of(month)),
            Self::Weekday(day) => format!("XXXX-WXX-{}", day.to_monday_one_offset()),
            Self::Week(day) => week(day),
            Self::Weekend(day) => format!("{}-WE", week(day)),
            Self::Month { year, month } => format!("{}-{month:02}", year_of(year)),
            Self::Quarter { year, quarter } => format!("{}-Q{quarter}", year_of(year)),
            Self::Half { year, half } => format!("{}-H{half}", year_of(year)),
            Self::Season { year, season } => format!("{}-{}", year_of(year), SEASONS[season % 4]),
            Self::Year(year) => year_of(Some(year)),
            Self::Decade(decade) => format!("{decade:03}"),
            Self::Century(century) => format!("{century:02}"),
            Self::Some(unit) => some_unit(unit).to_owned(),
            Self::Any => String::new(),
        }
    }

    /// The EDTF value (ISO 8601-2:2019); `None` where EDTF cannot say it.
    pub(crate) fn edtf(self) -> Option<String> {
        Some(match self {
            Self::Day { .. } | Self::Month { .. } | Self::Year(_) => self.timex(),
            Self::Week(_) | Self::Weekend(_) => {
                let (first, end) = self.bounds()?;
                format!("{first}/{}", end.yesterday().ok()?)
            }
            Self::Quarter { year, quarter } => format!("{}-{}", year_of(year), 32 + quarter),
            Self::Half { year, half } => format!("{}-{}", year_of(year), 39 + half),
            Self::Season { year, season } => format!("{}-{}", year_of(year), 21 + season),
            Self::Decade(decade) => format!("{decade:03}X"),
            Self::Century(century) => format!("{century:02}XX"),
            Self::Weekday(_) | Self::Some(_) | Self::Any => return None,
        })
    }
}

/// The value of a unit that no date tells.
fn some_unit(unit: Unit) -> &'static str {
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => "XXXX-XX-XX",
        Unit::Week => "XXXX-WXX",
        Unit::Weekend => "XXXX-WXX-WE",
        Unit::Month => "XXXX-XX",
        Unit::Quarter => "XXXX-QX",
        Unit::Year => "XXXX",
        Unit::Decade => "XXX",
        Unit::Century => "XX",
        Unit::Unknown => "",
    }
}

pub(crate) fn precision_of(unit: Unit) -> Precision {
    match unit {
        Unit::Second => Precision::Second,
        Unit::Minute => Precision::Minute,
        Unit::Hour => Precision::Hour,
        Unit::Day => Precision::Day,
        Unit::Weekend => Precision::Weekend,
        Unit::Week => Precision::Week,
        Unit::Month => Precision::Month,
        Unit::Quarter => Precision::Quarter,
        Unit::Year => Precision::Year,
        Unit::Decade => Precision::Decade,
        Unit::Century | Unit::Unknown => Precision::Century,
    }
}

fn year_of(year: Option<i16>) -> String {
    match year {
        Some(year) if year < 0 => format!("-{:04}", year.unsigned_abs()),
        Some(year) => format!("{year:04}"),
        None => "XXXX".to_owned(),
    }
}

fn month_of(month: Option<i8>) -> String {
    month.map_or("XX".to_owned(), |month| format!("{month:02}"))
}
