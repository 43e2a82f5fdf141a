//! Lengths of time: "three weeks", "a year and a half", "months".

use jiff::Span;
use jiff::civil::DateTime;

use crate::lexicon::{Unit, UnitWord};

/// So many of each unit; an unknown number ("several") is `None`.
#[derive(Clone, Debug, PartialEq, Default)]
pub(crate) struct Period {
    pub(crate) amounts: Vec<(Option<f64>, Unit)>,
}

impl Period {
    pub(crate) fn of(number: f64, unit: Unit) -> Self {
        Self { amounts: vec![(Some(number), unit)] }
    }

    /// Adds so many of what a word means: "two fortnights" are four weeks.
    pub(crate) fn add(&mut self, number: Option<f64>, word: UnitWord) {
        let (unit, times) = match (word.unit, number) {
            (Unit::Decade, Some(_)) => (Unit::Year, 10.0 * word.times),
            (Unit::Century, Some(_)) => (Unit::Year, 100.0 * word.times),
            (unit, _) => (unit, word.times),
        };
        let number = number.map(|n| n * times);
        match self.amounts.iter_mut().find(|(_, had)| *had == unit) {
            Some((had, _)) => *had = had.zip(number).map(|(a, b)| a + b),
            None => self.amounts.push((number, unit)),
        }
        self.amounts.sort_by_key(|&(_, unit)| std::cmp::Reverse(unit));
    }

    /// The shortest unit.
    pub(crate) fn finest(&self) -> Unit {
        self.amounts.iter().map(|&(_, unit)| unit).min().unwrap_or(Unit::Day)
    }

    pub(crate) fn is_known(&self) -> bool {
        self.amounts.iter().all(|(number, _)| number.is_some())
    }

    /// As ISO 8601, with the units of TIMEX3 besides: `P3W`, `PT2.5H`, `PXM`, `P1Q`.
    pub(crate) fn timex(&self) -> String {
        let mut value = "P".to_owned();
        let mut in_time = false;
        for &(number, unit) in &self.amounts {
            let short = matches!(unit, Unit::Hour | Unit::Minute | Unit::Second);
            if short && !in_time {
                value.push('T');
                in_time = true;
            }
            value += &number.map_or("X".to_owned(), |n| n.to_string());
            value += match unit {
                Unit::Century => "CE",
                Unit::Decade => "DE",
                Unit::Year => "Y",
                Unit::Quarter => "Q",
                Unit::Month | Unit::Minute => "M",
                Unit::Week => "W",
                Unit::Weekend => "WE",
                Unit::Day => "D",
                Unit::Hour => "H",
                Unit::Second => "S",
                Unit::Unknown => "X",
            };
        }
        value
    }

    /// The moment so long after `moment`; `None` if the length is not known.
    pub(crate) fn after(&self, moment: DateTime) -> Option<DateTime> {
        moment.checked_add(self.span(1.0)?).ok()
    }

    /// The moment so long before `moment`.
    pub(crate) fn before(&self, moment: DateTime) -> Option<DateTime> {
        moment.checked_add(self.span(-1.0)?).ok()
    }

    /// Parts of a month are counted as of 30 days, those of a year in whole months.
    fn span(&self, sign: f64) -> Option<Span> {
        let (mut months, mut days, mut seconds) = (0.0, 0.0, 0.0);
        for &(number, unit) in &self.amounts {
            let n = number? * sign;
            match unit {
                Unit::Century => months += (1200.0 * n).round(),
                Unit::Decade => months += (120.0 * n).round(),
                Unit::Year => months += (12.0 * n).round(),
                Unit::Quarter => months += (3.0 * n).round(),
                Unit::Month => {
                    months += n.trunc();
                    days += (n.fract() * 30.0).round();
                }
                Unit::Week | Unit::Weekend => days += 7.0 * n,
                Unit::Day => days += n,
                Unit::Hour => seconds += 3600.0 * n,
                Unit::Minute => seconds += 60.0 * n,
                Unit::Second => seconds += n,
                Unit::Unknown => return None,
            }
        }
        seconds += days.fract() * 86_400.0;
        let whole = |x: f64| (x.abs() < 1e11).then_some(x.round() as i64);
        let span = Span::new().try_months(whole(months)?).ok()?;
        span.try_days(whole(days.trunc())?).ok()?.try_seconds(whole(seconds)?).ok()
    }
}
