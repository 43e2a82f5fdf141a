//! Lengths of time before or behind the reference: "the past two weeks", "the next few days".

use jiff::civil::DateTime;

use crate::calendar::Calendar;
use crate::grammar::{Found, Grammar, Meaning};
use crate::lexicon::Unit;
use crate::period::Period;

impl Grammar<'_> {
    /// "the past five years", "next 3 days", "the 5 past minutes": with the days it covers.
    pub(crate) fn near_duration(&self, i: usize) -> Found<Meaning> {
        let at = self
            .line
            .any(i, &["within the", "over the", "the"])
            .filter(|_| !self.is_news())
            .unwrap_or_else(|| self.line.skip(i, &["the"]));
        let relation = |k: usize| -> Option<bool> {
            match self.line.word(k) {
                "past" | "last" | "previous" | "preceding" | "prior" => Some(false),
                "next" | "coming" | "upcoming" | "following" => Some(true),
                _ => None,
            }
        };
        if let Some(ahead) = relation(at) {
            if let Some((end, period)) =
                self.period(at + 1).filter(|_| !matches!(self.line.word(at + 1), "a" | "an" | "half"))
            {
                let end = self.line.any(end, &["or so"]).unwrap_or(end);
                let bounds = self.near_bounds(&period, ahead);
                return Some((end, Meaning::Duration(period, None, bounds)));
            }
            let (end, word) = self.line.unit(at + 1, false).filter(|(_, word)| word.plural)?;
            let period = Period { amounts: vec![(None, word.unit)] };
            return Some((end, Meaning::Duration(period, None, None)));
        }
        let (behind, number) = self.line.amount(at)?;
        let ahead = relation(behind)?;
        // "aged 64 last month" is no stretch of 64 months.
        let (end, word) =
            self.line.unit(behind + 1, false).filter(|(_, w)| w.plural || number == Some(1.0))?;
        let mut period = Period::default();
        period.add(number, word);
        let bounds = self.near_bounds(&period, ahead);
        Some((end, Meaning::Duration(period, None, bounds)))
    }

    /// Whole days are counted from tomorrow on, or back from today's beginning.
    pub(crate) fn near_bounds(&self, period: &Period, ahead: bool) -> Option<(DateTime, DateTime)> {
        let now = self.setting.reference?;
        // "A few" is told of three.
        let mut known = period.clone();
        for (number, _) in &mut known.amounts {
            number.get_or_insert(3.0);
        }
        if self.setting.whole_units
            && let [(_, unit)] = known.amounts[..]
            && let Some(begin) = begin_of(now, unit)
        {
            let from = if ahead { Period::of(1.0, unit).after(begin)? } else { known.before(begin)? };
            return Some((from, if ahead { known.after(from)? } else { begin }));
        }
        let in_days = known.finest() >= Unit::Day;
        let midnight = now.date().to_datetime(jiff::civil::Time::midnight());
        if ahead {
            let begin = if in_days { midnight.checked_add(jiff::Span::new().days(1)).ok()? } else { now };
            Some((begin, known.after(begin)?))
        } else {
            let end = if in_days { midnight } else { now };
            Some((known.before(end)?, end))
        }
    }
}

/// The beginning of the unit of the calendar or the clock that `now` lies in.
fn begin_of(now: DateTime, unit: Unit) -> Option<DateTime> {
    let clock = |minute, second| Some(now.date().at(now.hour(), minute, second, 0));
    match unit {
        Unit::Second => clock(now.minute(), now.second()),
        Unit::Minute => clock(now.minute(), 0),
        Unit::Hour => clock(0, 0),
        unit => {
            let first = Calendar::around(now.date(), unit)?.first_day()?;
            Some(first.to_datetime(jiff::civil::Time::midnight()))
        }
    }
}
