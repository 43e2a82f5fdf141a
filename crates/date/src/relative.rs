//! Dates told from another date: "yesterday", "last Tuesday", "next quarter", "the same month",
//! "Friday next week".

use jiff::civil::Weekday;

use crate::calendar::{Calendar, days_on, monday};
use crate::grammar::{Found, Grammar};
use crate::lexicon::{self, Unit};

/// Where a date lies from another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Relation {
    /// How many units on.
    pub(crate) step: i64,
    /// Counted from the date that the text named last, not from the report's.
    pub(crate) from_anchor: bool,
    /// "this", which is said of weekdays to come as well.
    pub(crate) this: bool,
}

impl Grammar<'_> {
    /// "last", "this coming", "the following" at `i`.
    pub(crate) fn relation(&self, i: usize) -> Found<Relation> {
        let at = self.line.skip(i, &["the", "my", "our"]);
        let article = at > i;
        let at_this = self.line.skip(at, &["this"]);
        let relation = |step, from_anchor, this| Relation { step, from_anchor, this };
        let (end, found) = match self.line.word(at_this) {
            "last" | "past" => (at_this + 1, relation(-1, false, false)),
            "previous" | "preceding" | "prior" => {
                (at_this + 1, relation(-1, article && self.is_news(), false))
            }
            "next" | "upcoming" | "coming" => (at_this + 1, relation(1, false, at_this > at)),
            "following" | "subsequent" => (at_this + 1, relation(1, self.is_news(), false)),
            "current" | "latest" | "present" => (at_this + 1, relation(0, false, true)),
            _ if at_this > at => (at_this, relation(0, false, true)),
            "that" => (at + 1, relation(0, true, true)),
            "same" => (at + 1, relation(0, true, true)),
            _ => return None,
        };
        // "the next few", "this very".
        let end = self.line.skip(end, &["very", "same"]);
        Some((end, found))
    }

    /// A part of the calendar that is told from another.
    pub(crate) fn relative(&self, i: usize) -> Found<Calendar> {
        let near = Self::longer(self.deictic(i), self.related(i));
        let day = Self::longer(self.weekday(i), self.definite(i));
        let day = Self::longer(day, self.weekday_beside(i));
        let year = Self::longer(self.quarter(i), self.season(i));
        let ago = Self::longer(self.year_ago(i), self.business_year(i));
        Self::longer(Self::longer(near, day), Self::longer(year, ago))
    }

    fn deictic(&self, i: usize) -> Found<Calendar> {
        // "This is Harbour Today": a name.
        let opens = i == 0 || self.ends_sentence(i - 1) || !self.line.is_word(i - 1);
        if self.is_news() && self.line.capital(i) && !opens && !self.line.capital(i + 1) {
            return None;
        }
        let day = |end: usize, n: i64| {
            let calendar = match self.today() {
                Some(today) => days_on(today, n)?.into(),
                None => Calendar::Some(Unit::Day),
            };
            Some((end, calendar))
        };
        if let Some(end) = self.line.any(i, &["the day before yesterday", "day before yesterday"]) {
            return day(end, -2);
        }
        if let Some(end) =
            self.line.any(i, &["the day after tomorrow", "day after tomorrow", "the day after tmr"])
        {
            return day(end, 2);
        }
        match self.line.word(i) {
            "today" | "todays" => day(i + 1, 0),
            "yesterday" | "yesterdays" => day(i + 1, -1),
            "tomorrow" | "tmr" | "tomorrows" => day(i + 1, 1),
            _ => self.day_after(i),
        }
    }

    /// "the next day", "the day before", "the day after" with nothing behind.
    fn day_after(&self, i: usize) -> Found<Calendar> {
        let next = ["the next day", "next day", "the following day", "the day after", "the next morning"];
        let before = ["the previous day", "the day before", "the last day", "the preceding day"];
        let step = self.line.any(i, &next).map(|end| (end, 1));
        let (end, n) = step.or_else(|| self.line.any(i, &before).map(|end| (end, -1)))?;
        if self.line.word(end) == "of" || self.is_news() && self.line.phrase(i, "the last day").is_some() {
            return None;
        }
        let from = self.anchor_day().or_else(|| Some(self.today()?.into()))?;
        Some((end, from.step(n)?))
    }

    fn anchor_day(&self) -> Option<Calendar> {
        self.anchor.filter(|c| self.is_news() && matches!(c, Calendar::Day { .. }))
    }

    /// A relation and what it is said of: "last week", "next May", "this summer".
    fn related(&self, i: usize) -> Found<Calendar> {
        let (at, relation) = self.relation(i)?;
        if let Some(month) = self.related_month(at, relation) {
            return Some(month);
        }
        let at = self
            .line
            .any(at, &["fiscal", "financial", "calendar", "business", "working", "full", "work"])
            .unwrap_or(at);
        let (end, word) = self.line.unit(at, !self.is_news())?;
        let short = lexicon::unit(self.line.word(at)).is_none() && self.line.word(at).len() < 2;
        let plural = word.plural && lexicon::unit(self.line.word(at)).is_some();
        if plural || short || word.unit < Unit::Day || matches!(self.line.word(at), "second" | "night") {
            return None;
        }
        if word.unit == Unit::Day && self.is_news() && !(relation.from_anchor || relation.step == 1) {
            return None;
        }
        let base = if relation.from_anchor { self.anchor_at(word.unit) } else { None };
        if relation.from_anchor && self.anchor.is_some() && base.is_none() {
            return None;
        }
        let base = match base.or_else(|| Calendar::around(self.today()?, word.unit)) {
            Some(base) => base,
            None => return Some((end, Calendar::Some(word.unit))),
        };
        let latest = self.line.word(at.wrapping_sub(1)) == "latest" && self.is_news();
        let step = relation.step - i64::from(latest && word.unit == Unit::Quarter);
        let mut calendar = base.step(step * word.times as i64)?;
        // The weekend of last week is the last one only if this week's has not begun.
        if word.unit == Unit::Weekend && self.is_news() && relation.step == 0 && !relation.this {
            calendar = base;
        }
        Some((end, calendar))
    }

    /// The unit of `unit` around the date that the text named last.
    fn anchor_at(&self, unit: Unit) -> Option<Calendar> {
        if !self.is_news() {
            return None;
        }
        let anchor =
            self.anchor.filter(|anchor| anchor.precision() <= crate::calendar::precision_of(unit))?;
        Calendar::around(anchor.first_day()?, unit)
    }

    /// "last May", "next summer", "this past March".
    fn related_month(&self, i: usize, relation: Relation) -> Found<Calendar> {
        let year = self.today().map(|today| today.year());
        let (end, named) = match self.month(i) {
            Some((end, month)) => (end, Calendar::Month { year, month }),
            None => {
                let season = lexicon::season(self.line.word(i))?;
                (i + 1, Calendar::Season { year, season })
            }
        };
        let Some(today) = self.today() else { return Some((end, named)) };
        let dated = self.line.digits(end, 1, 4).is_some() || self.line.ordinal(end).is_some();
        if dated {
            return None;
        }
        let starts = named.first_day()?;
        let is_season = matches!(named, Calendar::Season { .. });
        let years = match relation.step {
            // "Last" skips the one that goes on; so does "next".
            -1 if named.bounds()?.1 > today => -1,
            1 if is_season && !self.is_news() => 1,
            1 if starts <= today => 1,
            // The winter of January began the year before.
            0 if is_season && named.years_on(-1)?.bounds()?.1 > today => -1,
            _ => 0,
        };
        Some((end, named.years_on(years)?))
    }

    /// "Friday", "last Tuesday", "Friday of next week", "this week Friday", "next week Wednesday".
    fn weekday(&self, i: usize) -> Found<Calendar> {
        if let Some(found) = self.weekday_of_week(i) {
            return Some(found);
        }
        let article = self.line.skip(i, &["the"]);
        let (at, relation) = self.relation(i).map_or((article, None), |(at, relation)| (at, Some(relation)));
        let (end, weekday) = self.weekday_name(at)?;
        let Some(relation) = relation else {
            if article > i && self.is_news()
                || matches!(self.line.word(i.wrapping_sub(1)), "every" | "each" | "a" | "any" | "one")
            {
                return None;
            }
            return Some((end, self.place_weekday(weekday, at)));
        };
        let Some(today) = self.today() else { return Some((end, Calendar::Weekday(weekday))) };
        let of_week = |n: i64| days_on(monday(today)?, 7 * n + i64::from(weekday.to_monday_zero_offset()));
        let day = match (relation.step, self.is_news()) {
            (-1, true) => days_on(today, -i64::from(today.weekday().since(weekday) + 6) % 7 - 1)?,
            (0, true) => return Some((end, self.place_weekday(weekday, at))),
            (1, true) => days_on(today, i64::from(weekday.since(today.weekday()) + 6) % 7 + 1)?,
            (1, false) if relation.this => of_week(0)?,
            (-1, false) if self.line.word(i) == "this" || self.line.word(i + 1) == "this" => {
                days_on(today, -i64::from(today.weekday().since(weekday) + 6) % 7 - 1)?
            }
            (n, _) => of_week(n)?,
        };
        Some((end, day.into()))
    }

    /// "the Saturday after March 5".
    fn weekday_beside(&self, i: usize) -> Found<Calendar> {
        let (at, weekday) = self.weekday_name(self.line.skip(i, &["the"]))?;
        let later = match self.line.word(at) {
            "after" | "following" => true,
            "before" | "preceding" => false,
            _ => return None,
        };
        let (end, named) = self.absolute(at + 1)?;
        let day = self.place(named, at + 1);
        let day = if matches!(day, Calendar::Day { .. }) { day.first_day()? } else { return None };
        let near = (1..8).filter_map(|n| days_on(day, if later { n } else { -n }));
        near.into_iter().find(|d| d.weekday() == weekday).map(|d| (end, d.into()))
    }

    /// A weekday's name; an abbreviation in prose only with its stop.
    pub(crate) fn weekday_name(&self, i: usize) -> Found<Weekday> {
        let word = self.line.word(i);
        let weekday = lexicon::weekday(word).filter(|_| self.named(i))?;
        let short = !word.ends_with("day");
        let dotted = short && self.line.word(i + 1) == "." && self.line.glued(i + 1);
        let unclear = short
            && !dotted
            && (self.is_news()
                || matches!(word, "sun" | "sat" | "wed") && !self.line.capital(i) && self.line.len() > 3);
        (!unclear).then_some((i + 1 + usize::from(dotted && self.is_news()), weekday))
    }

    fn weekday_of_week(&self, i: usize) -> Found<Calendar> {
        let week = |k: usize| {
            let (end, relation) = self.relation(k)?;
            (self.line.word(end) == "week").then_some((end + 1, relation))
        };
        let of_week = |weekday: Weekday, relation: Relation| {
            let first = monday(self.today()?)?;
            Some(days_on(first, 7 * relation.step + i64::from(weekday.to_monday_zero_offset()))?.into())
        };
        if let Some((at, weekday)) = self.weekday_name(self.line.skip(i, &["on"])) {
            let at = self.line.any(at, &["of", "from", "in"]).unwrap_or(at);
            let (end, relation) = week(at)?;
            return Some((end, of_week(weekday, relation)?));
        }
        let (at, relation) = week(i)?;
        let at = self.line.any(at, &["'s", "on", ", on", ","]).unwrap_or(at);
        let (end, weekday) = self.weekday_name(at)?;
        Some((end, of_week(weekday, relation)?))
    }

    /// "the weekend", "the quarter", "the year" and "my week", which mean the one at hand.
    fn definite(&self, i: usize) -> Found<Calendar> {
        if !matches!(self.line.word(i), "the" | "my" | "our") {
            return None;
        }
        let (end, word) =
            self.line.unit(i + 1, !self.is_news()).filter(|(_, w)| !w.plural || !self.is_news())?;
        if lexicon::unit(self.line.word(i + 1)).is_none_or(|w| w.plural) {
            return None;
        }
        let unit = word.unit;
        if self.is_news() {
            let told = match unit {
                Unit::Weekend => true,
                Unit::Quarter => self.anchor.is_some(),
                Unit::Week | Unit::Month | Unit::Year => {
                    let behind = self.line.word(end);
                    self.line.word(i.wrapping_sub(1)) == "for" && !self.line.is_word(end) && behind != "-"
                }
                _ => false,
            };
            if !told {
                return None;
            }
            let anchored = if unit == Unit::Quarter { self.anchor_at(unit) } else { None };
            let calendar = anchored.or_else(|| Calendar::around(self.today()?, unit))?;
            let ahead = unit == Unit::Weekend && calendar.first_day()? > self.today()?;
            let past = self.tense(i) != Some(crate::tense::Tense::Future);
            return Some((end, if ahead && past { calendar.step(-1)? } else { calendar }));
        }
        if unit < Unit::Day || matches!(self.line.word(i + 1), "second" | "night") {
            return None;
        }
        Some((
            end,
            self.today().and_then(|today| Calendar::around(today, unit)).unwrap_or(Calendar::Some(unit)),
        ))
    }
}
