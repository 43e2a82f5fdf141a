//! Days that the calendar does not have, and weekdays that are not the date's.

use ascribe_date::{WrittenDay, written_days};
use jiff::civil::{Date, Weekday};

use crate::draft::Draft;
use crate::finding::{Finding, Kind};

/// How far from the report a day without its year may lie and still be of that year, in days: a
/// reader takes it for the nearest, and further away "nearest" is a guess.
const NEAR: i32 = 45;

/// Before this year many countries counted by another calendar, or changed from it.
const GREGORIAN: i16 = 1900;

pub(crate) fn days(draft: &Draft<'_>) -> Vec<Finding> {
    written_days(draft.text)
        .iter()
        .filter_map(|day| impossible(draft, day).or_else(|| weekday(draft, day)))
        .collect()
}

fn impossible(draft: &Draft<'_>, day: &WrittenDay) -> Option<Finding> {
    let month = MONTHS[usize::from(day.month.unsigned_abs()) - 1];
    let message = match day.year {
        _ if !day.exists() => {
            let year = day.year.map(|year| format!(" {year}")).unwrap_or_default();
            format!("{month}{year} has no day {}.", day.day)
        }
        // 29 February without its year, in a report written near the end of a February without it.
        None => {
            let published = draft.published?;
            let year = published.year();
            let near =
                day.in_year(year).is_none() && distance(Date::new(year, 2, 28).ok()?, published) <= NEAR;
            near.then(|| format!("{month} {year} has no day {}.", day.day))?
        }
        Some(_) => return None,
    };
    Some(Finding::new(Kind::ImpossibleDate, day.span, message))
}

fn weekday(draft: &Draft<'_>, day: &WrittenDay) -> Option<Finding> {
    let told = day.weekday?;
    let date = match day.year {
        Some(year) => day.in_year(year).filter(|_| year >= GREGORIAN)?,
        None => nearest(day, draft.published?)?,
    };
    let message = || format!("{} is a {}, not a {}.", shown(date), name(date.weekday()), name(told));
    (date.weekday() != told).then(|| Finding::new(Kind::WrongWeekday, day.span, message()))
}

/// The day in the year in which it lies nearest to `published`, if that is near enough to be sure.
pub(crate) fn nearest(day: &WrittenDay, published: Date) -> Option<Date> {
    let years = [published.year() - 1, published.year(), published.year() + 1];
    let dates = years.into_iter().filter_map(|year| day.in_year(year));
    dates.min_by_key(|date| distance(*date, published)).filter(|date| distance(*date, published) <= NEAR)
}

fn distance(a: Date, b: Date) -> i32 {
    (a - b).get_days().abs()
}

/// "14 November 2023".
pub(crate) fn shown(date: Date) -> String {
    format!("{} {} {}", date.day(), MONTHS[usize::from(date.month().unsigned_abs()) - 1], date.year())
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

fn name(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}
