//! The words of the calendar.

use jiff::civil::Weekday;

/// Units of time, short to long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Weekend,
    Week,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
    /// Of a length that no unit tells: "a while".
    Unknown,
}

/// Parts of a day, as TIMEX3 names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Morning,
    EarlyMorning,
    Lunch,
    Afternoon,
    Evening,
    Night,
    LateNight,
    Daytime,
}

impl Part {
    /// The suffix of a TIMEX3 value.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Morning | Self::EarlyMorning => "MO",
            Self::Lunch => "MI",
            Self::Afternoon => "AF",
            Self::Evening => "EV",
            Self::Night | Self::LateNight => "NI",
            Self::Daytime => "DT",
        }
    }

    /// "Early" in the morning, "late" at night.
    pub(crate) fn narrowed(self, early: bool, late: bool) -> Self {
        match self {
            Self::Morning if early => Self::EarlyMorning,
            Self::Evening | Self::Night if late => Self::LateNight,
            part => part,
        }
    }

    /// Its hours, the second one excluded. No standard says them.
    pub(crate) fn hours(self) -> (i8, i8) {
        match self {
            Self::Morning => (0, 12),
            Self::EarlyMorning => (0, 9),
            Self::Lunch => (12, 14),
            Self::Afternoon => (12, 19),
            Self::Evening | Self::Night => (18, 24),
            Self::LateNight => (21, 24),
            Self::Daytime => (8, 18),
        }
    }
}

/// The seasons of the north, each with its TIMEX3 code; the position is that of EDTF less 21.
pub(crate) const SEASONS: [&str; 4] = ["SP", "SU", "FA", "WI"];

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// Which of `names` the word is, whole or cut to three letters or more ("Sept", "Tues").
fn abbreviates(word: &str, names: &[&str]) -> Option<usize> {
    let is_cut = (3..=5).contains(&word.len());
    names.iter().position(|name| *name == word || is_cut && name.starts_with(word))
}

/// The month, 1 to 12, that a word in small letters names, whole or cut to three letters or more.
pub fn month(word: &str) -> Option<i8> {
    i8::try_from(abbreviates(word, &MONTHS)? + 1).ok()
}

/// The weekday that a word in small letters names, whole or cut to three letters or more.
pub fn weekday(word: &str) -> Option<Weekday> {
    let at = abbreviates(word, &WEEKDAYS)?;
    Weekday::from_monday_zero_offset(i8::try_from(at).ok()?).ok()
}

/// The weekday of a plural: "Fridays".
pub(crate) fn weekdays(word: &str) -> Option<Weekday> {
    word.strip_suffix('s').filter(|w| w.ends_with("day")).and_then(weekday)
}

/// The season's position in [`SEASONS`].
pub(crate) fn season(word: &str) -> Option<usize> {
    match word {
        "spring" | "springtime" => Some(0),
        "summer" | "summertime" => Some(1),
        "fall" | "autumn" => Some(2),
        "winter" | "wintertime" => Some(3),
        _ => None,
    }
}

pub(crate) fn part(word: &str) -> Option<Part> {
    Some(match word {
        "morning" => Part::Morning,
        "lunch" | "lunchtime" => Part::Lunch,
        "afternoon" => Part::Afternoon,
        "evening" => Part::Evening,
        "night" => Part::Night,
        "daytime" => Part::Daytime,
        _ => return None,
    })
}

/// A unit and how many of it the word means; whether it is a plural.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct UnitWord {
    pub(crate) unit: Unit,
    pub(crate) times: f64,
    pub(crate) plural: bool,
}

/// The unit that a word names in full.
pub(crate) fn unit(word: &str) -> Option<UnitWord> {
    let (singular, plural) = match word.strip_suffix('s') {
        Some(rest) if !rest.is_empty() => (rest, true),
        _ => (word, false),
    };
    let (unit, times) = match singular {
        "second" | "sec" => (Unit::Second, 1.0),
        "minute" => (Unit::Minute, 1.0),
        "hour" => (Unit::Hour, 1.0),
        "day" | "night" | "weekday" => (Unit::Day, 1.0),
        "weekend" | "wkend" => (Unit::Weekend, 1.0),
        "week" => (Unit::Week, 1.0),
        "fortnight" => (Unit::Week, 2.0),
        "month" => (Unit::Month, 1.0),
        "quarter" => (Unit::Quarter, 1.0),
        "year" => (Unit::Year, 1.0),
        "decade" => (Unit::Decade, 1.0),
        "century" | "centurie" => (Unit::Century, 1.0),
        _ => return None,
    };
    Some(UnitWord { unit, times, plural: plural && word != "century" })
}

/// The unit that a short form behind a number means: "3 hrs", "2h", "5yr".
pub(crate) fn short_unit(word: &str) -> Option<UnitWord> {
    let unit = match word {
        "s" | "sec" | "secs" => Unit::Second,
        "m" | "min" | "mins" => Unit::Minute,
        "h" | "hr" | "hrs" => Unit::Hour,
        "d" => Unit::Day,
        "wk" | "wks" => Unit::Week,
        "mo" | "mos" | "mth" | "mths" => Unit::Month,
        "qtr" | "qtrs" => Unit::Quarter,
        "y" | "ys" | "yr" | "yrs" => Unit::Year,
        _ => return None,
    };
    Some(UnitWord { unit, times: 1.0, plural: true })
}

/// "seven", "nineteen".
pub(crate) fn small_cardinal(word: &str) -> Option<i64> {
    ascribe_text::unit_word(word).map(i64::from)
}

/// "twenty", "ninety".
pub(crate) fn tens(word: &str) -> Option<i64> {
    ascribe_text::tens_word(word).map(i64::from)
}

/// "first" to "nineteenth".
pub(crate) fn small_ordinal(word: &str) -> Option<i64> {
    const WORDS: [&str; 19] = [
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
        "thirteenth",
        "fourteenth",
        "fifteenth",
        "sixteenth",
        "seventeenth",
        "eighteenth",
        "nineteenth",
    ];
    WORDS.iter().position(|w| *w == word).and_then(|n| i64::try_from(n).ok()).map(|n| n + 1)
}

/// "twentieth", "thirtieth".
pub(crate) fn tens_ordinal(word: &str) -> Option<i64> {
    let stem = word.strip_suffix("ieth")?;
    tens(&format!("{stem}y"))
}

/// The decade of "twenties", "nineties" in its century: 20, 90.
pub(crate) fn decade(word: &str) -> Option<i64> {
    match word {
        "noughties" | "aughts" => Some(0),
        "tens" => Some(10),
        _ => tens(&format!("{}y", word.strip_suffix("ies")?)),
    }
}

/// Words that an expression may begin with, beside the numbers and the names of the calendar.
const BEGINNINGS: &str = "' ’ ‘ a about all almost an another any approximately around as at aughts balance beginning \
    between biannually biweekly bom both calendar circa close coming countless couple current currently cy daily day dozen \
    dozens during each earlier early end ending entire eod eom eoy every everyday few fewer final first fiscal following \
    for formerly fortnightly from full future fy h half hourly hundreds in its just last late lately later latest less long \
    longer many mid midday middle midnight midpoint midst monthly more most my nearly next nightly no noon noonish noontime \
    not noughties now nowadays numerous on once one our over pair past per preceding present presently previous previously \
    prior q quarter quarterly quite recent recently remainder remaining rest right roughly same several some someday \
    sometime soon start subsequent tens that the their these this thousands today todays tomorrow tomorrows tonight tonite \
    tmr twice under up upcoming w weekly whole within annual annually yearly year yesterday yesterdays";

/// Whether an expression may begin with `word`; of most words of a text it is false.
pub(crate) fn may_begin(word: &str) -> bool {
    let plural = word.strip_suffix('s').unwrap_or(word);
    word.starts_with(|c: char| c.is_ascii_digit())
        || BEGINNINGS.split_ascii_whitespace().any(|w| w == word)
        || unit(word).is_some()
        || month(word).is_some()
        || weekday(plural).is_some()
        || season(word).is_some()
        || part(plural).is_some()
        || small_cardinal(word).is_some()
        || small_ordinal(word).is_some()
        || tens(word).is_some()
        || tens_ordinal(word).is_some()
        || decade(word).is_some()
}
