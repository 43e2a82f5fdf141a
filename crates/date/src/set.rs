//! What comes again: "every Friday", "daily", "$3 a year", "Mondays", "each July".

use crate::grammar::{Found, Grammar, Meaning};
use crate::lexicon;
use crate::period::Period;
use crate::token::Kind;

impl Grammar<'_> {
    pub(crate) fn set(&self, i: usize) -> Found<Meaning> {
        let word = Self::longer(self.adverb(i), self.weekdays(i));
        let found = Self::longer(Self::longer(self.every(i), self.a_unit(i)), word);
        let (mut end, mut value) = found?;
        let at = self.line.any(end, &["at", "@"]).unwrap_or(end);
        if let Some((behind, clock)) = self.clock(at, at > end).filter(|_| !self.is_news()) {
            let time = crate::time::Time { calendar: crate::calendar::Calendar::Any, clock: Some(clock) };
            value =
                if value == "P1D" || value.starts_with('T') { time.timex() } else { value + &time.timex() };
            end = behind;
        }
        Some((end, Meaning::Set(value)))
    }

    fn every(&self, i: usize) -> Found<String> {
        let once = self.line.any(i, &["once", "twice"]).unwrap_or(i);
        let at = self
            .line
            .any(once, &["every", "each", "any", "every single"])
            .filter(|&at| self.line.word(at - 1) != "any" || !self.is_news())?;
        let (at, times) = match self.line.any(at, &["other", "second"]).filter(|&at| self.line.is_word(at)) {
            Some(at) => (at, 2.0),
            None => self.line.cardinal(at).map_or((at, 1.0), |(end, n)| (end, n)),
        };
        if let Some((end, word)) = self.line.unit(at, false) {
            let mut period = Period::default();
            period.add(Some(times), word);
            return Some((end, period.timex()));
        }
        if self.line.word(at) == "days" {
            return Some((at + 1, "P1D".to_owned()));
        }
        let time = |suffix: &str| Some((at + 1, suffix.to_owned()));
        let word = self.line.word(at);
        if let Some((end, weekday)) = self.weekday_name(at) {
            return Some((end, format!("XXXX-WXX-{}", weekday.to_monday_one_offset())));
        }
        if let Some((end, month)) = self.month(at) {
            return match self.line.digits(end, 1, 2) {
                Some(day) => Some((end + 1, format!("XXXX-{month:02}-{day:02}"))),
                None => Some((end, format!("XXXX-{month:02}"))),
            };
        }
        if let Some(season) = lexicon::season(word) {
            return time(&format!("XXXX-{}", lexicon::SEASONS[season]));
        }
        lexicon::part(word).and_then(|part| time(&format!("T{}", part.code())))
    }

    /// "$5 million a year", "twice a week", "60 miles an hour", "per month".
    fn a_unit(&self, i: usize) -> Found<String> {
        let times = self.line.any(i, &["once", "twice", "three times", "several times"]);
        let at = times.unwrap_or(i);
        let behind = self.line.any(at, &["a", "an", "per"])?;
        let (end, word) = self.line.unit(behind, false).filter(|(_, w)| !w.plural)?;
        let before = self.line.word(i.wrapping_sub(1));
        let goes_on = matches!(
            self.line.word(end),
            "ago"
                | "earlier"
                | "later"
                | "before"
                | "after"
                | "from"
                | "-"
                | "and"
                | "or"
                | "of"
                | "into"
                | "hence"
        );
        let counted = matches!(
            before,
            "million" | "billion" | "percent" | "cents" | "times" | "%" | "thousand" | "people" | "trillion"
        ) || self.line.kind(i.wrapping_sub(1)) == Some(Kind::Digits)
            || before.len() > 3
                && before.ends_with('s')
                && !matches!(
                    before,
                    "was"
                        | "lasts"
                        | "takes"
                        | "this"
                        | "less"
                        | "plus"
                        | "follows"
                        | "perhaps"
                        | "spends"
                        | "marks"
                        | "across"
                        | "besides"
                        | "is"
                );
        let per = self.line.word(behind - 1) == "per" && self.is_news();
        (times.is_some() || per || counted && !goes_on && self.is_news()).then(|| {
            let mut period = Period::default();
            period.add(Some(1.0), word);
            (end, period.timex())
        })
    }

    fn adverb(&self, i: usize) -> Found<String> {
        let value = match self.line.word(i) {
            // "The daily volume", "a daily paper" tell what sort, not when.
            "daily" | "nightly"
                if self.is_news()
                    && self.line.is_word(i + 1)
                    && !matches!(
                        self.line.word(i + 1),
                        "in" | "at" | "by" | "from" | "since" | "and" | "or" | "for"
                    ) =>
            {
                return None;
            }
            "daily" | "nightly" => "P1D",
            "everyday" if !self.is_news() => "P1D",
            "hourly" => "PT1H",
            "weekly" => "P1W",
            "biweekly" | "fortnightly" => "P2W",
            "monthly" => "P1M",
            "quarterly" if !self.is_news() => "P3M",
            "annually" | "yearly" => "P1Y",
            "annual" if !self.is_news() => "P1Y",
            "biannually" => "P6M",
            _ => return None,
        };
        Some((i + 1, value.to_owned()))
    }

    /// "Fridays", "on weekends", "mornings".
    fn weekdays(&self, i: usize) -> Found<String> {
        let at = self.line.skip(i, &["on"]);
        let word = self.line.word(at);
        if let Some(weekday) = lexicon::weekdays(word).filter(|_| self.named(at)) {
            return Some((at + 1, format!("XXXX-WXX-{}", weekday.to_monday_one_offset())));
        }
        if word == "weekends" && at > i {
            return Some((at + 1, "P1WE".to_owned()));
        }
        let part = word.strip_suffix('s').and_then(lexicon::part).filter(|_| at > i)?;

        Some((at + 1, format!("T{}", part.code())))
    }
}
