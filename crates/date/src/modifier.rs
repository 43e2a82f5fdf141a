//! Parts and neighbours of a date: "early March", "the end of next week", "the third Monday of May",
//! "the week of 7 October", "two days before Friday".

use jiff::civil::Date;

use crate::Modifier;
use crate::calendar::{Calendar, days_on, monday, nth_weekday};
use crate::grammar::{Found, Grammar, Meaning};
use crate::lexicon::Unit;

/// How often "of" may nest.
const DEEPEST: usize = 3;

impl Grammar<'_> {
    /// A part of the calendar, however it is told.
    pub(crate) fn calendar(&self, i: usize) -> Found<Calendar> {
        self.calendar_within(i, 0)
    }

    fn calendar_within(&self, i: usize, depth: usize) -> Found<Calendar> {
        let plain = Self::longer(self.absolute(i), self.relative(i));
        if depth >= DEEPEST {
            return plain;
        }
        let part = Self::longer(self.nth_of(i, depth), self.week_of(i, depth));
        let named = self.named_of(i, depth);
        Self::longer(Self::longer(plain, part), named)
    }

    /// "March of next year", "May next year", "month of September".
    fn named_of(&self, i: usize, depth: usize) -> Found<Calendar> {
        if let Some(at) = self.line.any(i, &["the month of", "month of"]) {
            return self.month(at).and_then(|_| self.calendar_within(at, depth + 1));
        }
        let (at, month) = self.month(self.line.skip(i, &["the"]))?;
        let (at, day) = match self.line.digits(at, 1, 2) {
            Some(day) => (at + 1, i8::try_from(day).ok()),
            None => (at, None),
        };
        let at = self.line.any(at, &["of", "in", "of the", ","]).unwrap_or(at);
        let (end, relation) =
            self.relation(at).filter(|(end, _)| matches!(self.line.word(*end), "year" | "yr"))?;
        let year = i16::try_from(i64::from(self.today()?.year()) + relation.step).ok()?;
        let calendar = match day {
            Some(day) => Date::new(year, month, day).ok()?.into(),
            None => Calendar::Month { year: Some(year), month },
        };
        Some((end + 1, calendar))
    }

    /// "the third Monday of May", "the last week of 2015", "20th of next month", "first day of".
    fn nth_of(&self, i: usize, depth: usize) -> Found<Calendar> {
        let article = self.line.skip(i, &["the"]);
        let last = self.line.any(article, &["last", "final"]);
        let counted = self.line.ordinal(article);
        let (at, n) = match (counted, last) {
            (Some((at, n)), _) => match self.line.any(at, &["to last", "last"]) {
                Some(at) => (at, -n),
                None => (at, n),
            },
            (None, Some(at)) => (at, -1),
            (None, None) => return self.date_of(i, depth),
        };
        if n == 0 {
            return None;
        }
        let (behind, weekday, unit) = match self.weekday_name(at) {
            Some((end, weekday)) => (end, Some(weekday), Unit::Day),
            None => match self
                .line
                .unit(at, false)
                .filter(|(_, w)| !w.plural && w.unit >= Unit::Day && w.times == 1.0)
            {
                Some((end, word)) => (end, None, word.unit),
                None => return self.date_of(i, depth),
            },
        };
        let joined = self.line.any(behind, &["of", "in", ",", "of the"]).unwrap_or(behind);
        let whole = if joined > behind
            || self.relation(joined).is_some()
            || self.line.year(joined).is_some()
            || self.month(joined).is_some()
        {
            self.whole_of(joined, depth)
        } else {
            None
        };
        let (end, whole) = match whole {
            Some(found) => found,
            // "first Sunday": of this month.
            None if !self.is_news() && weekday.is_some() && last.is_none() => {
                (behind, Calendar::around(self.today()?, Unit::Month)?)
            }
            None => return None,
        };
        let (first, past) = whole.bounds()?;
        if let Some(weekday) = weekday {
            return Some((end, nth_weekday(first, past, weekday, n)?.into()));
        }
        Some((end, part_number(whole, first, past, unit, n)?))
    }

    /// What a part is part of: a date longer than a day, or "the month" and "the year" at hand.
    fn whole_of(&self, i: usize, depth: usize) -> Found<Calendar> {
        let at = self.line.skip(i, &["the"]);
        if let Some((end, word)) = self.line.unit(at, false).filter(|(_, w)| !w.plural && w.unit > Unit::Day)
        {
            return Some((end, Calendar::around(self.today()?, word.unit)?));
        }
        self.calendar_within(i, depth + 1).filter(|(_, c)| !matches!(c, Calendar::Day { .. }))
    }

    /// "20th of next month", "the 27th", "on 15": a day of a month not named.
    fn date_of(&self, i: usize, depth: usize) -> Found<Calendar> {
        let article = self.line.skip(i, &["the"]);
        let ordinal = self.line.ordinal(article);
        let before = self.line.word(i.wrapping_sub(1));
        let (mut end, day) = match ordinal {
            Some(found) => found,
            None if self.is_news() => return None,
            None => (
                article + 1,
                self.line.digits(article, 1, 2).or_else(|| {
                    self.line.cardinal_words(article).filter(|&(e, _)| e == article + 1).map(|(_, n)| n)
                })?,
            ),
        };
        end = self.line.any(end, &["day"]).unwrap_or(end);
        let day = i8::try_from(day).ok().filter(|d| (1..=31).contains(d))?;
        let joined = self.line.any(end, &["of", "in"]).unwrap_or(end);
        let related = self.relation(joined).is_some() || joined > end;
        if related
            && let Some((end, Calendar::Month { year: Some(year), month })) = self.whole_of(joined, depth)
        {
            return Some((end, Date::new(year, month, day).ok()?.into()));
        }
        let stop = end >= self.line.len()
            || !self.line.is_word(end)
            || matches!(
                self.line.word(end),
                "at" | "and" | "from" | "to" | "between" | "for" | "around" | "until" | "through"
            );
        let tied = matches!(self.line.word(end), "/" | "-" | ":" | "%" | "$" | "'" | "." | ",")
            && self.line.glued(end + 1)
            && self.line.glued(end);
        let alone = if self.is_news() {
            matches!(before, "on" | "until" | "by") && article > i && stop
        } else {
            const LEADS: &[&str] = &[
                "", "be", "before", "by", "after", "for", "from", "on", "since", "through", "till", "to",
                "until", "with",
            ];
            stop && !tied && (before == "on" || article > i && LEADS.contains(&before))
        };
        if !alone {
            return None;
        }
        Some((end, self.place_day(day, self.is_news())))
    }

    /// The nearest month that has the day: to come, or past.
    fn place_day(&self, day: i8, past: bool) -> Calendar {
        let placed = || {
            let today = self.today()?;
            (0..3).find_map(|n| {
                let months = jiff::Span::new().try_months(if past { -n } else { n }).ok()?;
                let first = today.first_of_month().checked_add(months).ok()?;
                let date = Date::new(first.year(), first.month(), day).ok()?;
                (if past { date <= today } else { date >= today }).then_some(date)
            })
        };
        placed().map_or(Calendar::Day { year: None, month: None, day }, Calendar::from)
    }

    /// "the week of October 7th", "the week starting on February 4", "week 31", "w/c Feb 4".
    fn week_of(&self, i: usize, depth: usize) -> Found<Calendar> {
        let at = self.line.skip(i, &["the"]);
        let led = [
            "week of",
            "week of the",
            "week starting",
            "week starting on",
            "week beginning",
            "week beginning on",
            "week commencing",
            "week commencing on",
            "w / c",
            "week ending",
            "weekend of",
        ];
        if let Some(date_at) = self.line.any(at, &led) {
            let the = self.line.word(date_at - 1) == "the";
            let (end, calendar) =
                self.calendar_within(date_at - usize::from(the), depth + 1).or_else(|| {
                    let (end, day) = self.line.ordinal(date_at)?;
                    Some((end, self.place_day(i8::try_from(day).ok()?, false)))
                })?;
            let Calendar::Day { .. } = calendar else { return None };
            let first = monday(calendar.first_day()?)?;
            let weekend = self.line.word(at) == "weekend";
            return Some((
                end,
                if weekend { Calendar::Weekend(days_on(first, 5)?) } else { Calendar::Week(first) },
            ));
        }
        let numbered = self.line.word(at) == "week";
        let n = self.line.digits(at + 1, 1, 2).filter(|n| (1..=53).contains(n) && numbered)?;
        let behind = self.line.any(at + 2, &["of", "in", ","]).unwrap_or(at + 2);
        let year = self.line.year(behind);
        let (end, year) =
            year.map_or((at + 2, self.today().map(|t| t.year())), |(end, year)| (end, Some(year)));
        (!self.is_news() || year.is_some()).then_some(())?;
        Some((
            end,
            part_number(
                Calendar::Year(year?),
                Date::new(year?, 1, 1).ok()?,
                Date::new(year? + 1, 1, 1).ok()?,
                Unit::Week,
                n,
            )?,
        ))
    }

    /// "early next year", "the end of the month", "mid-July", "later this week", "year-end".
    pub(crate) fn modified(&self, i: usize) -> Found<Meaning> {
        if let Some(found) = self.year_end(i).or_else(|| self.short_end(i)) {
            return Some(found);
        }
        let at = self.line.skip(i, &["the"]);
        let of = |words: &[&str], modifier| self.line.any(at, words).map(|end| (end, modifier));
        let plain = [
            of(&["early", "early in", "early on", "earlier", "earlier in", "earlier on"], Modifier::Start),
            of(&["late", "late in", "late on", "later", "later in", "later on"], Modifier::End),
            of(&["mid", "mid -", "middle"], Modifier::Mid),
            of(&["beginning of", "start of", "first days of", "beginning"], Modifier::Start),
            of(&["end of", "close of", "last days of", "ending of", "end"], Modifier::End),
            of(&["middle of", "midst of", "midpoint of"], Modifier::Mid),
            of(
                &["about", "around", "approximately", "roughly", "circa", "some time in", "sometime in"],
                Modifier::Approx,
            ),
        ];
        let (at, modifier) = plain.into_iter().flatten().max_by_key(|&(end, _)| end)?;
        let whole = self.calendar(at).or_else(|| {
            let (end, word) = self
                .line
                .unit(self.line.skip(at, &["the"]), false)
                .filter(|(_, w)| !w.plural && w.unit > Unit::Day)?;
            let told = self.line.word(at) == "the" || !self.is_news() && self.line.word(at - 1) == "of";
            told.then_some((end, Calendar::around(self.today()?, word.unit)?))
        });
        let (end, calendar) = whole?;
        Some((end, Meaning::Time(calendar.into(), Some(modifier))))
    }

    /// "EOM", "the EOY", "BOM": the end or the beginning of the month or year, as planners write it.
    fn short_end(&self, i: usize) -> Found<Meaning> {
        let at = self.line.skip(i, &["the"]);
        let (unit, modifier) = match self.line.word(at) {
            "eod" => (Unit::Day, Modifier::End),
            "eom" => (Unit::Month, Modifier::End),
            "eoy" => (Unit::Year, Modifier::End),
            "bom" => (Unit::Month, Modifier::Start),
            _ => return None,
        };
        let calendar = Calendar::around(self.today().filter(|_| !self.is_news())?, unit)?;
        Some((at + 1, Meaning::Time(calendar.into(), Some(modifier))))
    }

    /// "year-end", "the year's end", "month end".
    fn year_end(&self, i: usize) -> Found<Meaning> {
        let at = self.line.skip(i, &["the", "fiscal", "calendar"]);
        let year = self.line.year(at);
        let (end, unit, calendar) = match year {
            Some((end, year)) => (end, Unit::Year, Some(Calendar::Year(year))),
            None => {
                let (end, word) = self
                    .line
                    .unit(at, false)
                    .filter(|(_, w)| !w.plural && matches!(w.unit, Unit::Year | Unit::Month | Unit::Week))?;
                (end, word.unit, None)
            }
        };
        let end = self.line.skip(self.line.hyphen(end), &["'s"]);
        if self.line.word(end) != "end" {
            return None;
        }
        let calendar = calendar.or_else(|| Calendar::around(self.today()?, unit))?;
        Some((end + 1, Meaning::Time(calendar.into(), Some(Modifier::End))))
    }
}

/// Part `n` of a whole, in units; from the end where `n < 0`.
fn part_number(whole: Calendar, first: Date, past: Date, unit: Unit, n: i64) -> Option<Calendar> {
    let part = match unit {
        Unit::Week if matches!(whole, Calendar::Year(_) | Calendar::Month { .. }) => {
            // A week belongs to what its Thursday lies in, as in ISO 8601.
            let thursday = nth_weekday(first, past, jiff::civil::Weekday::Thursday, n)?;
            return Some(Calendar::Week(monday(thursday)?));
        }
        Unit::Weekend => {
            let saturday = nth_weekday(first, past, jiff::civil::Weekday::Saturday, n)?;
            return Some(Calendar::Weekend(saturday));
        }
        unit if n > 0 => Calendar::around(first, unit)?.step(n - 1)?,
        unit => Calendar::around(past.yesterday().ok()?, unit)?.step(n + 1)?,
    };
    let begins = part.first_day()?;
    (first <= begins && begins < past && part != whole).then_some(part)
}
