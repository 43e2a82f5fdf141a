//! Dates that name their place in the calendar: "Oct. 7, 2023", "14/11/2023", "May", "the 1970s".

use jiff::civil::{Date, Weekday};

use crate::Order;
use crate::calendar::Calendar;
use crate::grammar::{Found, Grammar};
use crate::lexicon;
use crate::token::Kind;

/// Words behind which a bare month or year is a time.
pub(crate) const PLACING: &[&str] = &[
    "in",
    "since",
    "by",
    "of",
    "until",
    "till",
    "before",
    "after",
    "during",
    "from",
    "to",
    "through",
    "between",
    "early",
    "late",
    "mid",
    "last",
    "next",
    "this",
    "and",
    "or",
    "for",
    "than",
    "throughout",
    "around",
    "about",
    "on",
    "year",
    "every",
    "each",
    "into",
    "as",
    "the",
    "-",
    "–",
    "—",
    "(",
    ",",
    "over",
    "starting",
    "beginning",
    "past",
];

impl Grammar<'_> {
    /// A month's name at `i`, with the stop that shortens it.
    pub(crate) fn month(&self, i: usize) -> Found<i8> {
        let word = self.line.word(i);
        let month = lexicon::month(word).filter(|_| self.named(i))?;
        let whole = matches!(word, "may" | "june" | "july") && self.line.digits(i + 2, 1, 2).is_none();
        let cut = word.len() <= 4 && !whole;
        let short = cut && self.line.word(i + 1) == "." && self.line.glued(i + 1);
        Some((i + 1 + usize::from(short), month))
    }

    /// Whether the month's name at `i`, which stands alone, is one: "may" and "march" are verbs, and
    /// "April" is a name too.
    fn is_bare_month(&self, i: usize) -> bool {
        let before = self.line.word(i.wrapping_sub(1));
        let placed = PLACING.contains(&before);
        if !matches!(
            self.line.word(i),
            "may" | "march" | "mar" | "april" | "june" | "august" | "jan" | "sep" | "dec"
        ) {
            return true;
        }
        if self.is_news() {
            let opens = i == 0 || self.ends_sentence(i - 1) || matches!(before, "“" | "\"" | "'");
            let of_name = self.line.capital(i.wrapping_sub(1)) && !placed;
            let verb = opens && matches!(self.line.word(i), "may" | "march");
            return !(of_name || verb);
        }
        placed || self.line.capital(i) || !matches!(self.line.word(i), "may" | "march" | "mar")
    }

    /// A day of the month: "7", "7th", "the seventh", "twenty one".
    fn day(&self, i: usize) -> Found<i8> {
        let at = self.line.skip(i, &["the"]);
        let (end, day) = match self.line.ordinal(at) {
            Some(found) => found,
            None => match self.line.digits(at, 1, 2) {
                Some(day) => (at + 1, day),
                None if self.is_news() => return None,
                None => self.line.cardinal_words(at)?,
            },
        };
        let clock = self.line.glued(end)
            && (matches!(self.line.word(end), ":" | "am" | "pm" | "h" | "%")
                || matches!(self.line.word(end), "," | ".")
                    && self.line.glued(end + 1)
                    && self.line.digits(end + 1, 3, 3).is_some());
        let day = i8::try_from(day).ok().filter(|d| (1..=31).contains(d) && !clock)?;
        Some((end, day))
    }

    /// The year behind a day or a month: "2023", ", 2023", "of 2023", "'99".
    fn year_behind(&self, i: usize) -> Found<i16> {
        // "Jul-2014"
        if self.line.hyphen(i) > i
            && let Some((end, year)) = self.line.year(i + 1)
        {
            return Some((end, year));
        }
        let mut at = self.line.skip(i, &[","]);
        at = self.line.skip(at, &["of", "in"]);
        at = self.line.skip(at, &["the"]);
        at = self.line.skip(at, &["year"]);
        if let Some((end, year)) = self.line.year(at) {
            let clock = self.line.word(end) == ":" && self.line.glued(end);
            return (!clock && (at > i || !self.line.glued(at))).then_some((end, year));
        }
        if matches!(self.line.word(i), "'" | "’" | "‘") {
            return Some((i + 2, self.short_year(self.line.digits(i + 1, 2, 2)?)?));
        }
        let ends =
            i + 1 >= self.line.len() || self.line.kind(i + 1) == Some(Kind::Mark) && !self.line.glued(i + 1);
        (!self.is_news() && ends).then_some(())?;
        Some((i + 1, self.short_year(self.line.digits(i, 2, 2)?)?))
    }

    /// The year that two digits mean: none is more than twenty years ahead.
    pub(crate) fn short_year(&self, digits: i64) -> Option<i16> {
        let digits = i16::try_from(digits).ok()?;
        let latest = self.today().map_or(2050, |today| today.year().saturating_add(20));
        let year = latest - (latest - digits).rem_euclid(100);
        (1000..=9000).contains(&year).then_some(year)
    }

    fn whole(&self, year: Option<i16>, month: i8, day: i8, i: usize) -> Option<Calendar> {
        // An unknown year may be a leap year.
        Date::new(year.unwrap_or(2000), month, day).ok()?;
        Some(self.place(Calendar::Day { year, month: Some(month), day }, i))
    }

    /// A date that begins with its month, its day, its year or its weekday.
    pub(crate) fn absolute(&self, i: usize) -> Found<Calendar> {
        let named = Self::longer(self.month_first(i), self.day_first(i));
        let written = Self::longer(self.numeric(i), self.year_first(i));
        let longest = Self::longer(Self::longer(named, written), self.weekday_first(i));
        Self::longer(longest, self.years(i))
    }

    fn month_first(&self, i: usize) -> Found<Calendar> {
        let (behind, month) = self.month(i)?;
        let mut at = behind;
        if matches!(self.line.word(at), "-" | "/") && self.line.glued(at + 1)
            || !self.is_news() && matches!(self.line.word(at), "," | ".")
        {
            at += 1;
        }
        if let Some((end, day)) = self.day(at) {
            let (end, year) = self.year_behind(end).map_or((end, None), |(end, year)| (end, Some(year)));
            return Some((end, self.whole(year, month, day, i)?));
        }
        if let Some((end, year)) = self.year_behind(behind) {
            return Some((end, Calendar::Month { year: Some(year), month }));
        }
        let bare = self.is_bare_month(i);
        bare.then(|| (behind, self.place(Calendar::Month { year: None, month }, i)))
    }

    fn day_first(&self, i: usize) -> Found<Calendar> {
        if self.line.glued(i) && matches!(self.line.word(i.wrapping_sub(1)), "." | ",") {
            return None;
        }
        let (behind, day) = self.day(i)?;
        let mut at = behind;
        if matches!(self.line.word(at), "-" | "/" | ".") {
            at += 1;
        }
        at = self.line.any(at, &["day of", "of the month of"]).unwrap_or_else(|| self.line.skip(at, &["of"]));
        let (mut end, month) = self.month(at)?;
        if matches!(self.line.word(end), "-" | "/") && self.line.glued(end) {
            end += 1;
            let year = self
                .line
                .year(end)
                .or_else(|| Some((end + 1, self.short_year(self.line.digits(end, 2, 2)?)?)));
            let (end, year) = year?;
            return Some((end, self.whole(Some(year), month, day, i)?));
        }
        let (end, year) = self.year_behind(end).map_or((end, None), |(end, year)| (end, Some(year)));
        Some((end, self.whole(year, month, day, i)?))
    }

    /// "2015/08/12", "13.5.2015", "10-31-74", "4/22", "2015-3".
    pub(crate) fn numeric(&self, i: usize) -> Found<Calendar> {
        if self.line.glued(i)
            && i > 0
            && (self.line.is_word(i - 1) || matches!(self.line.word(i - 1), "." | "$" | ","))
        {
            return None;
        }
        let tight = |k: usize| self.is_news() && !(self.line.glued(k) && self.line.glued(k + 1));
        let separator = self.line.word(i + 1);
        if !matches!(separator, "-" | "/" | "." | "–") || tight(i + 1) {
            return None;
        }
        let number = |k: usize| self.line.digits(k, 1, 4);
        let (first, second) = (number(i)?, number(i + 2)?);
        let is_year = |k: usize| self.line.word(k).len() == 4;
        let third = (self.line.word(i + 3) == separator && self.line.glued(i + 4) && !tight(i + 3)
            || self.comma_year(i + 3))
        .then(|| number(i + 4))
        .flatten();
        let small = |n: i64| i8::try_from(n).ok();
        let Some(third) = third else { return self.two_numbers(i, separator, first, second) };
        if is_year(i) && !is_year(i + 2) && !is_year(i + 4) {
            let (month, day) = if second > 12 { (third, second) } else { (second, third) };
            return Some((i + 5, self.whole(i16::try_from(first).ok(), small(month)?, small(day)?, i)?));
        }
        let year = match self.line.word(i + 4).len() {
            4 => i16::try_from(third).ok()?,
            2 if !self.is_news() => self.short_year(third)?,
            _ => return None,
        };
        let (month, day) = self.month_and_day(first, second)?;
        Some((i + 5, self.whole(Some(year), small(month)?, small(day)?, i)?))
    }

    /// "11/12,2016", "06/06, 2015".
    fn comma_year(&self, i: usize) -> bool {
        !self.is_news() && self.line.word(i) == "," && self.line.word(i + 1).len() != 3
    }

    /// Which of two numbers is the month; `None` if either may be.
    fn month_and_day(&self, first: i64, second: i64) -> Option<(i64, i64)> {
        match (first > 12, second > 12) {
            (true, true) => None,
            (true, false) => Some((second, first)),
            (false, true) => Some((first, second)),
            (false, false) => match self.setting.order {
                Some(Order::MonthFirst) => Some((first, second)),
                Some(Order::DayFirst) => Some((second, first)),
                None => (first == second).then_some((first, second)),
            },
        }
    }

    fn two_numbers(&self, i: usize, separator: &str, first: i64, second: i64) -> Found<Calendar> {
        if self.is_news() {
            return None;
        }
        let lengths = (self.line.word(i).len(), self.line.word(i + 2).len());
        let month = |year: i64, month: i64| {
            let month = i8::try_from(month).ok().filter(|m| (1..=12).contains(m))?;
            let year = i16::try_from(year).ok().filter(|y| (1000..2200).contains(y))?;
            Some((i + 3, Calendar::Month { year: Some(year), month }))
        };
        match lengths {
            (4, 1 | 2) => month(first, second),
            (1 | 2, 4) => month(second, first),
            (1 | 2, 1 | 2) if separator != "." && self.line.word(i.wrapping_sub(1)) != "at" => {
                let hour = matches!(self.line.word(i + 3), "am" | "pm" | "a" | "p" | "percent" | "%" | ":");
                let (month, day) = self.month_and_day(first, second).filter(|_| !hour)?;
                Some((i + 3, self.whole(None, i8::try_from(month).ok()?, i8::try_from(day).ok()?, i)?))
            }
            _ => None,
        }
    }

    /// "2019/sep/01", "2016 , nov", "2016 June".
    fn year_first(&self, i: usize) -> Found<Calendar> {
        let (at, year) = self.line.year(i)?;
        let between = self.line.skip(at, &["/", "-", ","]);
        if self.is_news() && between > at && !self.line.glued(at) {
            return None;
        }
        if let Some((day_end, day)) = self.day(between)
            && between > at
            && matches!(self.line.word(day_end), "/" | "-")
            && let Some((end, month)) = self.month(day_end + 1)
        {
            return Some((end, self.whole(Some(year), month, day, i)?));
        }
        let (end, month) = self.month(between)?;
        let behind = self.line.skip(end, &["/", "-"]);
        if let Some((end, day)) = self.day(behind).filter(|_| behind > end || !self.is_news()) {
            return Some((end, self.whole(Some(year), month, day, i)?));
        }
        Some((end, Calendar::Month { year: Some(year), month }))
    }

    /// "Monday, Jan. 12", "Thursday the 21st"; a weekday alone is left to others.
    fn weekday_first(&self, i: usize) -> Found<Calendar> {
        let i = self.line.skip(i, &["this", "next", "last"]);
        let weekday = lexicon::weekday(self.line.word(i)).filter(|_| self.named(i))?;
        let mut at = self.line.skip(i + 1, &["."]);
        at = self.line.skip(at, &[",", "("]);
        let bracket = self.line.word(at.wrapping_sub(1)) == "(";
        let at = self.line.skip(at, &["the", "on"]);
        let dated = Self::longer(self.month_first(at), self.day_first(at));
        let dated = Self::longer(Self::longer(dated, self.numeric(at)), self.year_first(at));
        if let Some((end, calendar @ Calendar::Day { .. })) = dated {
            let calendar = self.on_weekday(calendar, weekday, at, end);
            return Some((end + usize::from(bracket && self.line.word(end) == ")"), calendar));
        }
        let ordinal = self.line.ordinal(at).is_some() || self.line.word(at.wrapping_sub(1)) == "the";
        let (end, day) = self.day(at).filter(|_| ordinal)?;
        // The nearest month in which that day has this name.
        let today = self.today()?;
        let months = [0i32, -1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
        let found = months.iter().find_map(|&n| {
            let first = today.first_of_month().checked_add(jiff::Span::new().try_months(n).ok()?).ok()?;
            Date::new(first.year(), first.month(), day).ok().filter(|date| date.weekday() == weekday)
        })?;
        Some((end, found.into()))
    }

    /// The date in the nearest year in which it falls on `weekday`, unless its words tell the year.
    fn on_weekday(&self, calendar: Calendar, weekday: Weekday, at: usize, end: usize) -> Calendar {
        let fits = |c: &Calendar| c.first_day().is_some_and(|day| day.weekday() == weekday);
        if (at..end).any(|k| self.line.year(k).is_some()) || fits(&calendar) {
            return calendar;
        }
        let near = [-1, 1, -2, 2].into_iter().filter_map(|n| calendar.years_on(n));
        near.into_iter().find(fits).unwrap_or(calendar)
    }
}
