//! Dates counted from another: "two weeks ago", "in an hour", "two days before Friday", "the month
//! after next", "three Sundays from now".

use jiff::civil::DateTime;

use crate::Modifier;
use crate::calendar::{Calendar, days_on, monday};
use crate::grammar::{Found, Grammar, Meaning};
use crate::lexicon::{self, Unit};
use crate::period::Period;
use crate::time::Time;

impl Grammar<'_> {
    /// A time counted from another: "two weeks ago", "in 3 days", "two days before yesterday".
    pub(crate) fn shifted(&self, i: usize) -> Found<Meaning> {
        if let Some(at) = self.line.any(i, &["in", "in about", "in another"]) {
            return self.ahead(i, at);
        }
        let (mut at, period, modifier) = match self.duration(i) {
            Some((end, Meaning::Duration(period, modifier, None))) => (end, period, modifier),
            _ => return self.neighbour(i),
        };
        at = self.line.skip(at, &[","]);
        let now = self.setting.reference?;
        let vague = !period.is_known();
        if let Some(end) = self
            .line
            .any(at, &["ago", "back", "in the past"])
            .filter(|_| self.line.word(at) != "back" || !self.is_news())
        {
            if vague && self.is_news() {
                return Some((end, Meaning::Reference("PAST_REF")));
            }
            return self.moved(end, &period, now, false, modifier);
        }
        let from_now = self
            .line
            .any(at, &["from now", "from right now", "hence", "from today", "in the future", "after now"]);
        if let Some(end) = from_now {
            if vague && self.is_news() {
                return Some((end, Meaning::Reference("FUTURE_REF")));
            }
            return self.moved(end, &period, now, true, modifier);
        }
        let relation = self.line.word(at);
        let joined = match relation {
            "before" | "after" | "from" | "following" => Some(at + 1),
            "prior" | "subsequent" => self.line.phrase(at + 1, "to"),
            _ => None,
        };
        let ahead =
            matches!(relation, "after" | "from" | "later" | "following" | "subsequent" | "afterwards");
        if let Some(date_at) = joined.filter(|_| self.setting.ranges)
            && let Some((end, calendar)) = self.calendar(date_at)
        {
            let from = calendar.first_day()?.to_datetime(jiff::civil::Time::midnight());
            return self.moved(end, &period, from, ahead, modifier);
        }
        let told = matches!(relation, "later" | "earlier" | "afterwards")
            || relation == "before" && self.is_news() && !self.line.is_word(at + 1);
        if !told || vague {
            return None;
        }
        let anchor = self.anchor.filter(|_| self.is_news());
        if let Some(anchor) = anchor
            && let [(Some(years), Unit::Year)] = period.amounts[..]
            && !matches!(anchor, Calendar::Day { .. })
        {
            let years = i16::try_from((if ahead { years } else { -years }) as i64).ok()?;
            return Some((at + 1, anchor.years_on(years)?.into()));
        }
        let from = anchor
            .and_then(Calendar::first_day)
            .map_or(now, |day| day.to_datetime(jiff::civil::Time::midnight()));
        self.moved(at + 1, &period, from, ahead, modifier)
    }

    /// "in three weeks", "in an hour's time".
    fn ahead(&self, i: usize, at: usize) -> Found<Meaning> {
        let now = self.setting.reference?;
        let (mut end, Meaning::Duration(period, modifier, _)) = self.duration(at)? else { return None };
        end = self.line.any(end, &["' time", "'s time", "’ time", "from now"]).unwrap_or(end);
        if self.is_news() && (self.tense(i) != Some(crate::tense::Tense::Future) || !period.is_known()) {
            return None;
        }
        if self.line.word(at) == "the"
            || matches!(self.line.word(end), "ago" | "of")
            || self.line.any(at, &["all", "some"]).is_some()
        {
            return None;
        }
        let mut known = period;
        known.amounts.iter_mut().for_each(|(n, _)| {
            n.get_or_insert(3.0);
        });
        self.moved(end, &known, now, true, modifier)
    }

    fn moved(
        &self,
        end: usize,
        period: &Period,
        from: DateTime,
        ahead: bool,
        modifier: Option<Modifier>,
    ) -> Found<Meaning> {
        let mut known = period.clone();
        known.amounts.iter_mut().for_each(|(n, _)| {
            n.get_or_insert(3.0);
        });
        let moment = if ahead { known.after(from)? } else { known.before(from)? };
        let unit = match known.finest() {
            unit @ (Unit::Second | Unit::Minute | Unit::Hour) => unit,
            Unit::Week | Unit::Weekend => Unit::Day,
            unit if self.is_news() => unit,
            _ => Unit::Day,
        };
        let time = match unit {
            Unit::Second | Unit::Minute | Unit::Hour => Time::at(moment, unit),
            unit => Calendar::around(moment.date(), unit)?.into(),
        };
        Some((end, Meaning::Time(time, modifier)))
    }

    /// "the month after next", "two Sundays from now", "the day before Friday", "Friday after next".
    fn neighbour(&self, i: usize) -> Found<Meaning> {
        let at = self.line.skip(i, &["the"]);
        let today = self.today()?;
        if let Some((end, word)) = self.line.unit(at, false).filter(|(_, w)| !w.plural && w.unit >= Unit::Day)
        {
            let after_next = self.line.any(end, &["after next", "after the next"]);
            if let Some(behind) = after_next {
                return Some((behind, Calendar::around(today, word.unit)?.step(2)?.into()));
            }
            let step = match self.line.word(end) {
                "before" => -1,
                "after" | "following" => 1,
                _ => return None,
            };
            if let Some(behind) = self.line.any(end + 1, &["last"]).filter(|_| step < 0) {
                return Some((behind, Calendar::around(today, word.unit)?.step(-2)?.into()));
            }
            let (behind, calendar) = self.calendar(end + 1)?;
            let from = Calendar::around(calendar.first_day()?, word.unit)?;
            return Some((behind, from.step(step)?.into()));
        }
        if let Some((end, weekday)) = self.weekday_name(at)
            && let Some(behind) = self.line.any(end, &["after next", "after the next"])
        {
            let first = days_on(monday(today)?, i64::from(weekday.to_monday_zero_offset()))?;
            let next = if first > today { first } else { days_on(first, 7)? };
            return Some((behind, Calendar::from(days_on(next, 7)?).into()));
        }
        // "two Sundays from now", "three fridays later".
        let (weekday_at, n) = self.line.cardinal(at).filter(|&(_, n)| (1.0..100.0).contains(&n))?;
        let word = self.line.word(weekday_at);
        let weekday = lexicon::weekdays(word).or_else(|| lexicon::weekday(word))?;
        let end = self.line.any(weekday_at + 1, &["from now", "later", "hence", "ago", "back"])?;
        let ago = matches!(self.line.word(end - 1), "ago" | "back");
        let days = i64::from(weekday.since(today.weekday()) + 6) % 7 + 1 + 7 * (n as i64 - 1);
        let back = i64::from(today.weekday().since(weekday) + 6) % 7 + 1 + 7 * (n as i64 - 1);
        Some((end, Calendar::from(days_on(today, if ago { -back } else { days })?).into()))
    }
}
