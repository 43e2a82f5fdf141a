//! Times of day: "8:40", "10 p.m.", "half past three", "noon", "in the morning".

use crate::calendar::Calendar;
use crate::grammar::{Found, Grammar};
use crate::lexicon::{self, Part};
use crate::time::{Clock, Time};
use crate::token::Kind;

/// A time of day, and whether its words could mean nothing else.
#[derive(Clone, Copy)]
struct Reading {
    clock: Clock,
    sure: bool,
}

impl Grammar<'_> {
    /// A time of day. A bare number is one only where `expected`.
    pub(crate) fn clock(&self, i: usize, expected: bool) -> Found<Clock> {
        let part =
            self.part_of_day(i).map(|(end, part)| (end, Reading { clock: Clock::Part(part), sure: true }));
        let (mut end, mut reading) = Self::longer(self.clock_core(i), part)?;
        if let Clock::At { hour, either_half, .. } = reading.clock {
            if let Some((behind, part)) = self.part_behind(end) {
                end = behind;
                reading.sure = true;
                let noon = matches!(part, Part::Afternoon | Part::Evening | Part::Lunch)
                    || part == Part::Night && (5..12).contains(&hour);
                if either_half && noon {
                    reading.clock = reading.clock.after_noon();
                } else if either_half {
                    reading.clock = reading.clock.before_noon();
                }
            } else if let Some(behind) = self.line.any(end, &["ish", "- ish", "approximately", "sharp"]) {
                end = behind;
                reading.sure |= self.line.glued(end);
            }
        }
        (reading.sure || expected).then_some((end, reading.clock))
    }

    /// "in the morning", "at night", "this evening", "tonight", "morning" behind a time.
    fn part_behind(&self, i: usize) -> Found<Part> {
        let at = self.line.any(i, &["in the", "at", "this", "of the", "in"]).unwrap_or(i);
        if self.line.word(at) == "tonight" {
            return Some((at + 1, Part::Evening));
        }
        let part = lexicon::part(self.line.word(at))?;
        Some((at + 1, part))
    }

    /// A part of a day that needs no date: "in the morning", "mid-afternoon", "late night".
    pub(crate) fn part_of_day(&self, i: usize) -> Found<Part> {
        let mut at =
            self.line.any(i, &["in the", "early in the", "late in the", "during the", "the"]).unwrap_or(i);
        at = self.line.any(at, &["early", "late", "mid"]).map_or(at, |at| self.line.hyphen(at));
        at = self.line.any(at, &["hours of the", "hours of"]).unwrap_or(at);
        let part = lexicon::part(self.line.word(at))?;
        let said = |word: &str| (i..at).any(|k| self.line.word(k) == word);
        let part = part.narrowed(said("early"), said("late"));
        let compound = matches!(self.line.word(at + 1), "'s")
            || self.line.glued(at + 1) && self.line.word(at + 1) == "-";
        (!compound).then_some((at + 1, part))
    }

    fn clock_core(&self, i: usize) -> Found<Reading> {
        if let Some(found) = self.noon(i) {
            return Some(found);
        }
        self.past_hour(i).or_else(|| self.hour(i))
    }

    fn noon(&self, i: usize) -> Found<Reading> {
        let sure = |hour| Reading {
            clock: Clock::At { hour, minute: None, second: None, either_half: false },
            sure: true,
        };
        let noon = [
            "noon",
            "noontime",
            "noonish",
            "midday",
            "mid day",
            "mid - day",
            "12 noon",
            "twelve noon",
            "12 midday",
        ];
        if let Some(end) = self.line.any(i, &noon) {
            return Some((end, sure(12)));
        }
        let midnight = ["midnight", "mid - night", "12 midnight", "twelve midnight"];
        self.line.any(i, &midnight).map(|end| (end, sure(0)))
    }

    /// "a quarter to seven", "half past three", "twenty minutes past five".
    fn past_hour(&self, i: usize) -> Found<Reading> {
        let quarter = self.line.any(i, &["a quarter", "quarter"]).map(|end| (end, 15));
        let half = self.line.any(i, &["half"]).map(|end| (end, 30));
        let counted = || {
            let (end, n) = self.line.cardinal(i).filter(|&(_, n)| (1.0..60.0).contains(&n))?;
            Some((self.line.any(end, &["minutes", "mins", "min", "minute"]).unwrap_or(end), n as i8))
        };
        let (at, minutes) = quarter.or(half).or_else(counted)?;
        let counted_plainly = self.line.kind(at - 1) == Some(Kind::Digits);
        let (at, later) = match self.line.word(at) {
            "past" | "after" => (at + 1, true),
            "to" | "before" | "till" | "of" => (at + 1, false),
            _ => return None,
        };
        let (end, reading) = self.noon(at).or_else(|| self.hour(at))?;
        let Clock::At { hour, minute: None, either_half, .. } = reading.clock else { return None };
        // "5 to 6pm" is a stretch.
        if counted_plainly && !later {
            return None;
        }
        // "twenty to four"
        let round = !self.is_news() && !counted_plainly && minutes % 5 == 0 && self.line.word(at - 1) == "to";
        let told = later && self.line.word(at - 1) == "past" || quarter.is_some() || round;
        if !told && !reading.sure {
            return None;
        }
        let (hour, minute) = if later { (hour, minutes) } else { ((hour + 23) % 24, 60 - minutes) };
        let hour = if hour == 0 && either_half { 12 } else { hour };
        Some((
            end,
            Reading {
                clock: Clock::At { hour, minute: Some(minute), second: None, either_half },
                sure: true,
            },
        ))
    }

    /// "8", "8:40", "8.30pm", "3h18", "eight forty", "730 pm", "4 o'clock".
    fn hour(&self, i: usize) -> Found<Reading> {
        let digits = self.line.kind(i) == Some(Kind::Digits);
        let before = self.line.word(i.wrapping_sub(1));
        if digits && self.line.glued(i) && i > 0 && !matches!(before, "@" | "(" | "-" | "–" | "~" | "t") {
            return None;
        }
        let number =
            if digits { self.line.digits(i, 1, 4).map(|n| (i + 1, n)) } else { self.line.cardinal_words(i) };
        let (mut end, hour) = number?;
        let (mut hour, mut minute, mut second, mut sure) = (hour, None, None, false);
        if digits && self.line.word(i).len() >= 3 {
            let (h, m) = (hour / 100, hour % 100);
            (hour, minute) = (h, Some(m));
        } else if digits {
            let mark = self.line.word(end);
            let pair = self.line.glued(end) && self.line.glued(end + 1);
            let minutes = self.line.digits(end + 1, 2, 2).filter(|&m| m < 60 && pair);
            if matches!(mark, ":" | "h") && minutes.is_some() {
                (minute, sure, end) = (minutes, true, end + 2);
                if self.line.word(end) == ":"
                    && self.line.glued(end + 1)
                    && let Some(s) = self.line.digits(end + 1, 2, 2)
                {
                    (second, end) = (Some(s), end + 2);
                }
            } else if mark == "." && minutes.is_some() && self.meridiem(end + 2).is_some() {
                (minute, end) = (minutes, end + 2);
            } else if mark == "h"
                && self.line.glued(end)
                && hour < 24
                && !self.is_news()
                && !matches!(before, "for" | "in" | "within")
            {
                (sure, end) = (true, end + 1);
            } else if !self.is_news()
                && !self.line.glued(end)
                && let Some(m) = self.line.digits(end, 2, 2).filter(|&m| m < 60)
            {
                // "3 15", where a time is expected.
                (minute, end) = (Some(m), end + 1);
            }
        } else if let Some((behind, m)) = self.minute_words(end) {
            (minute, end, sure) = (Some(m), behind, sure || !self.is_news() && (1..=24).contains(&hour));
        }
        let oclock = self.line.any(end, &["o'clock", "oclock", "o ' clock"]);
        (sure, end) = (sure || oclock.is_some(), oclock.unwrap_or(end));
        let meridiem = self.meridiem(end);
        (sure, end) = meridiem.map_or((sure, end), |(end, _)| (true, end));
        let in_range = (0..=24).contains(&hour)
            && minute.is_none_or(|m| (0..60).contains(&m))
            && second.is_none_or(|s| s < 60);
        if !in_range || digits && self.line.word(i).len() >= 3 && meridiem.is_none() && self.is_news() {
            return None;
        }
        // A number that goes on, or counts something, is no hour.
        let counts = !sure
            && ((matches!(self.line.word(end), "%" | ":" | "/" | "$") && self.line.glued(end)
                || self.line.word(end) == "," && self.line.glued(end + 1))
                || self.line.is_word(end) && lexicon::unit(self.line.word(end)).is_some());
        if counts {
            return None;
        }
        let small = |n: i64| i8::try_from(n).ok();
        let either_half = (1..=12).contains(&hour) && meridiem.is_none();
        let told_minute = minute.is_some()
            && self.is_news()
            && !self.at_before(i)
            && meridiem.is_none()
            && oclock.is_none();
        let clock = Clock::At {
            hour: small(hour % 24)?,
            minute: minute.and_then(small),
            second: second.and_then(small),
            either_half,
        };
        let zones = ["est", "edt", "gmt", "utc", "pst", "pdt", "cst", "cdt", "cet", "bst", "local time"];
        end = self.line.any(end, &zones).filter(|_| sure && self.is_news()).unwrap_or(end);
        let clock = match meridiem {
            Some((_, true)) => clock.after_noon(),
            Some((_, false)) if hour <= 12 => clock.before_noon(),
            _ => clock,
        };
        Some((end, Reading { clock, sure: sure && !told_minute }))
    }

    /// Whether a word that times are told with stands before `i`.
    pub(crate) fn at_before(&self, i: usize) -> bool {
        matches!(
            self.line.word(i.wrapping_sub(1)),
            "at" | "@"
                | "by"
                | "around"
                | "about"
                | "until"
                | "till"
                | "before"
                | "after"
                | "from"
                | "since"
                | "between"
                | "to"
        )
    }

    /// "forty", "oh five", "zero three" behind an hour in words.
    fn minute_words(&self, i: usize) -> Found<i64> {
        let at = self.line.hyphen(i);
        if matches!(self.line.word(at), "oh" | "o" | "ou" | "zero") {
            let n = lexicon::small_cardinal(self.line.word(self.line.hyphen(at + 1)))
                .filter(|n| *n > 0 && *n < 10)?;
            return Some((self.line.hyphen(at + 1) + 1, n));
        }
        let (end, n) = self.line.cardinal_words(at).filter(|&(_, n)| (1..60).contains(&n))?;
        let unit = lexicon::unit(self.line.word(end)).is_some();
        (!unit).then_some((end, n))
    }

    /// "a.m." or "pm"; true is behind noon.
    fn meridiem(&self, i: usize) -> Found<bool> {
        let dotted = |first: &str| {
            let end = self
                .line
                .phrase(i, &format!("{first} . m"))
                .or_else(|| self.line.phrase(i, &format!("{first} m")))?;
            Some(
                end + usize::from(
                    self.line.word(end) == "." && self.line.glued(end) && self.line.word(i + 1) == ".",
                ),
            )
        };
        let in_the = |word: &str| self.line.phrase(i, &format!("in the {word}"));
        if let Some(end) =
            dotted("p").or_else(|| self.line.any(i, &["pm", "ampm pm"])).or_else(|| in_the("pm"))
        {
            return Some((end, true));
        }
        if let Some(end) = dotted("a").or_else(|| self.line.any(i, &["am", "ampm"])).or_else(|| in_the("am"))
        {
            return Some((end, false));
        }
        let letter = !self.is_news() && self.line.glued(i) && matches!(self.line.word(i), "a" | "p");
        letter.then(|| (i + 1, self.line.word(i) == "p"))
    }

    /// A time of day with no date beside it.
    pub(crate) fn bare_clock(&self, i: usize) -> Found<Time> {
        let near = matches!(self.line.word(i.wrapping_sub(1)), "around" | "about" | "approximately");
        let near = near && self.line.digits(i, 3, 4).is_some();
        let led = matches!(self.line.word(i.wrapping_sub(1)), "at" | "@");
        let (end, clock) = self.clock(i, !self.is_news() && (led || near))?;
        if self.is_news() && matches!(clock, Clock::Part(_)) {
            return None;
        }
        Some((end, self.next_time(clock)))
    }

    /// The day that a time alone means: in news that of the report, else the next to come.
    fn next_time(&self, clock: Clock) -> Time {
        let Some(now) = self.setting.reference else {
            return Time { calendar: Calendar::Any, clock: Some(clock) };
        };
        let today = Calendar::from(now.date());
        let mut choices = vec![clock];
        if let Clock::At { either_half: true, .. } = clock
            && !self.is_news()
        {
            choices = vec![clock.before_noon(), clock.after_noon()];
        }
        let times = [Some(today), today.step(1)].into_iter().flatten();
        let mut times =
            times.flat_map(|calendar| choices.iter().map(move |&c| Time { calendar, clock: Some(c) }));
        let first = Time { calendar: today, clock: Some(clock) };
        if self.is_news() {
            return first;
        }
        times
            .find(|time| {
                time.bounds().is_some_and(|(begin, end)| match clock {
                    Clock::Part(_) => end > now,
                    Clock::At { .. } => begin > now,
                })
            })
            .unwrap_or(first)
    }
}
