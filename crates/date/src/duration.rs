//! Lengths of time: "for three weeks", "a 12-day siege", "the past five years", "months".

use crate::grammar::{Found, Grammar, Meaning};
use crate::lexicon::{self, Unit, UnitWord};
use crate::line::Line;
use crate::period::Period;
use crate::{Modifier, Register};

/// Words between a number and its unit that leave the length as it is.
const FILLERS: &[&str] = &[
    "more",
    "full",
    "straight",
    "consecutive",
    "additional",
    "business",
    "trading",
    "working",
    "calendar",
    "long",
    "whole",
    "further",
    "extra",
    "successive",
    "short",
    "less",
    "fewer",
    "entire",
    "solid",
    "fiscal",
    "school",
    "other",
    "running",
];

/// Words that tell how near a number is.
const NEARNESS: &[(&str, Modifier)] = &[
    ("more than", Modifier::MoreThan),
    ("over", Modifier::MoreThan),
    ("longer than", Modifier::MoreThan),
    ("less than", Modifier::LessThan),
    ("under", Modifier::LessThan),
    ("fewer than", Modifier::LessThan),
    ("almost", Modifier::LessThan),
    ("nearly", Modifier::Approx),
    ("about", Modifier::Approx),
    ("around", Modifier::Approx),
    ("roughly", Modifier::Approx),
    ("approximately", Modifier::Approx),
    ("some", Modifier::Approx),
    ("at least", Modifier::EqualOrMore),
    ("no less than", Modifier::EqualOrMore),
    ("no fewer than", Modifier::EqualOrMore),
    ("at most", Modifier::EqualOrLess),
    ("up to", Modifier::EqualOrLess),
    ("as many as", Modifier::EqualOrLess),
    ("no more than", Modifier::EqualOrLess),
    ("within", Modifier::EqualOrLess),
];

impl Line {
    /// A unit at `i`; a short form only right behind a number.
    pub(crate) fn unit(&self, i: usize, behind_number: bool) -> Found<UnitWord> {
        let word = self.word(i);
        let mark = match word {
            "'" if self.glued(i) => Some("min"),
            "\"" if self.glued(i) => Some("sec"),
            _ => None,
        };
        let mark = mark.filter(|_| behind_number && !self.is_word(i + 1)).and_then(lexicon::short_unit);
        let found = mark
            .or_else(|| lexicon::unit(word))
            .or_else(|| behind_number.then(|| lexicon::short_unit(word)).flatten())?;
        // "this week-end"
        let weekend = word == "week" && self.word(self.hyphen(i + 1)) == "end" && self.hyphen(i + 1) == i + 2;
        match lexicon::unit("weekend").filter(|_| weekend) {
            Some(found) => Some((i + 3, found)),
            None => Some((i + 1, found)),
        }
    }
}

impl Grammar<'_> {
    /// A length of time that needs no words around it: "two and a half hours", "1 month and 21 days",
    /// "a year and a half", "8-month".
    pub(crate) fn period(&self, i: usize) -> Found<Period> {
        let mut period = Period::default();
        let (mut end, _) = self.add_amount(i, &mut period)?;
        loop {
            let mut at = self.line.skip(end, &[","]);
            at = self.line.skip(at, &["and"]);
            let counted = self.line.cardinal(at).is_some()
                || matches!(self.line.word(at), "a" | "an") && at > end && period.finest() > Unit::Day;
            // "two hours ten", "1 hour and thirty"
            if let Some((end, minutes)) = self.bare_minutes(at, &period) {
                let mut longer = period;
                longer.add(Some(minutes), UnitWord { unit: Unit::Minute, times: 1.0, plural: true });
                return Some((end, longer));
            }
            let units = period.amounts.len();
            let mut longer = period.clone();
            match self.add_amount(at, &mut longer).filter(|_| counted) {
                // "3 months, 3 months later" names no unit twice.
                Some((next, _)) if longer.amounts.len() > units && longer.amounts.len() < 6 => {
                    (end, period) = (next, longer)
                }
                _ => return Some((end, period)),
            }
        }
    }

    /// Minutes told as a number alone behind hours, as one dictates them.
    fn bare_minutes(&self, i: usize, period: &Period) -> Found<f64> {
        if self.is_news() || !matches!(period.amounts[..], [(Some(_), Unit::Hour)]) {
            return None;
        }
        let (end, n) =
            self.line.cardinal(i).filter(|&(_, n)| (1.0..60.0).contains(&n) && n.fract() == 0.0)?;
        let behind = self.line.word(end);
        let counts = self.line.unit(end, true).is_some()
            || matches!(
                behind,
                ":" | "." | "/" | "-" | "am" | "pm" | "a" | "p" | "and" | "quarter" | "quarters"
            )
            || self.month(end).is_some();
        (!counts).then_some((end, n))
    }

    /// "two and a quarter hours", "three quarters of an hour", "one and two quarter hours".
    fn quarters(&self, i: usize, period: &mut Period) -> Found<()> {
        let whole = self.line.cardinal(i).and_then(|(at, n)| {
            let at = self.line.any(at, &["and"])?;
            Some((at, n))
        });
        let (at, whole) = whole.unwrap_or((i, 0.0));
        let (at, n) = match self.line.any(at, &["a", "an"]) {
            Some(at) => (at, 1.0),
            None => self.line.cardinal(at).filter(|&(_, n)| n < 4.0).unwrap_or((at, 1.0)),
        };
        let at = self.line.hyphen(at);
        let at = self.line.any(at, &["quarter", "quarters"])?;
        let at = self.line.any(at, &["of an", "of a", "of", "an"]).unwrap_or(at);
        let (end, word) = self.line.unit(at, true).filter(|(_, word)| word.unit == Unit::Hour)?;
        period.add(Some(whole + n / 4.0), word);
        Some((end, ()))
    }

    /// One number with its unit.
    fn add_amount(&self, i: usize, period: &mut Period) -> Found<()> {
        if let Some(found) = self.quarters(i, period) {
            return Some(found);
        }
        let half_of =
            self.line.any(i, &["half of a", "half of an", "half of the"]).map(|end| (end, Some(0.5)));
        let (at, number) = half_of.or_else(|| self.line.amount(i))?;
        let joined = self.line.hyphen(at);
        let mut unit_at = joined;
        let adjective = FILLERS.contains(&self.line.word(unit_at)) && joined == at;
        unit_at += usize::from(adjective);
        unit_at = self.line.skip(unit_at, &["of"]);
        let marked = !self.is_news() && matches!(self.line.word(unit_at), "'" | "\"");
        let behind_number = (self.line.is_word(unit_at) || marked)
            && !adjective
            && number.is_some()
            && self.line.cardinal(i).is_some();
        let (mut end, word) = self.line.unit(unit_at, behind_number)?;
        // "the 1988 quarter", "three-quarters".
        if self.line.year(i).is_some() || word.unit == Unit::Quarter && joined > at && word.plural {
            return None;
        }
        let article = matches!(self.line.word(i), "a" | "an") && at == i + 1;
        if article && word.plural || self.is_ordinal_second(unit_at, number) {
            return None;
        }
        // Single letters are units only where they touch the number.
        let letter = self.line.word(unit_at).len() == 1;
        if letter && self.is_news() || letter && !self.line.glued(unit_at) && self.line.word(unit_at) != "h" {
            return None;
        }
        let mut number = number;
        if let Some(half) = self.line.any(end, &["and a half", "and an half", "and half"]) {
            (end, number) = (half, number.map(|n| n + 0.5));
        }
        period.add(number, word);
        Some((end, ()))
    }

    /// "a second" is more often an ordinal than a length.
    fn is_ordinal_second(&self, unit_at: usize, number: Option<f64>) -> bool {
        self.line.word(unit_at) == "second" && number == Some(1.0) && self.is_news()
    }

    /// A duration with the words that belong to it.
    pub(crate) fn duration(&self, i: usize) -> Found<Meaning> {
        let (near_end, modifier) = NEARNESS
            .iter()
            .filter_map(|&(words, modifier)| Some((self.line.phrase(i, words)?, modifier)))
            .max_by_key(|&(end, _)| end)
            .map_or((i, None), |(end, modifier)| (end, Some(modifier)));
        let at = self.line.any(near_end, &["the first", "the last", "the"]).unwrap_or(near_end);
        let found = self
            .counted_duration(at)
            .or_else(|| self.whole_unit(near_end))
            .or_else(|| self.uncounted(near_end));
        let found =
            found.or_else(|| self.counted_duration(i)).or_else(|| self.a_while(i)).or_else(|| self.ended(i));
        let (mut end, period) = found?;
        // "Will one day be" tells no length.
        let someday = self.is_news()
            && self.line.phrase(i, "one day") == Some(end)
            && matches!(
                self.line.word(i.wrapping_sub(1)),
                "will" | "may" | "would" | "might" | "could" | "to"
            );
        if someday {
            return None;
        }
        // "55 years old" is an age.
        if self.line.word(end) == "old" {
            return None;
        }
        if let Some(old) = self.line.any(end, &["- old", "- long"]) {
            end = old;
        } else if let Some(so) = self.line.any(end, &["or so", "or more", "or longer", "or less", "of time"])
        {
            end = so;
        }
        // The article of "the eight-month-old truce" is that of the truce.
        let tied = matches!(self.line.word(end.wrapping_sub(2)), "-" | "–") && self.line.glued(end - 1);
        if tied && at > near_end {
            return None;
        }
        let modifier = modifier.or(match self.line.word(end.wrapping_sub(1)) {
            "so" => Some(Modifier::Approx),
            "more" | "longer" => Some(Modifier::EqualOrMore),
            _ => None,
        });
        Some((end, Meaning::Duration(period, modifier, None)))
    }

    fn counted_duration(&self, i: usize) -> Found<Period> {
        if let Some(found) = self.period(i) {
            return Some(found);
        }
        // "two to three weeks", "12 to 18 months", "a year or two".
        let (at, _) = self.line.cardinal(i)?;
        let at = self.line.hyphen(at);
        let at = self.line.any(at, &["to", "or", "-", "–"])?;
        let (end, period) = self.period(self.line.hyphen(at))?;
        self.line.cardinal(self.line.hyphen(at))?;
        Some((end, period))
    }

    /// "all day", "the whole week", "another month", "full-year".
    fn whole_unit(&self, i: usize) -> Found<Period> {
        let words = [
            "all",
            "the whole",
            "the entire",
            "another",
            "full",
            "the full",
            "a full",
            "a whole",
            "an entire",
            "an additional",
            "one more",
        ];
        let mut at = self.line.hyphen(self.line.any(i, &words)?);
        at = self.line.skip(at, &["business", "fiscal", "other"]);
        let (mut end, word) = self.line.unit(at, false).filter(|(_, word)| !word.plural)?;
        end = self.line.skip(end, &["long"]);
        let mut period = Period::default();
        period.add(Some(1.0), word);
        Some((end, period))
    }

    /// "a while", "some time": nobody knows how long.
    fn a_while(&self, i: usize) -> Found<Period> {
        let phrases = ["a while", "quite a while", "some time", "a long time", "a short time"];
        let end = self.line.any(i, &phrases).filter(|&end| self.is_news() && self.line.word(end) != "ago")?;
        Some((end, Period { amounts: vec![(None, Unit::Unknown)] }))
    }

    /// "the year ended Sept. 30", "the six months ending tomorrow".
    fn ended(&self, i: usize) -> Found<Period> {
        let at = self.line.any(i, &["the fiscal", "the"])?;
        let (end, word) =
            self.line.unit(at, false).filter(|(_, word)| !word.plural && word.unit > Unit::Day)?;
        let told = self.line.any(end, &["ended", "ending"]).is_some()
            && word.unit != Unit::Quarter
            && self.is_news();
        told.then(|| (end, Period::of(1.0, word.unit)))
    }

    /// "months", "for years".
    fn uncounted(&self, i: usize) -> Found<Period> {
        if let Some(end) = self.line.any(
            i,
            &["hundreds of", "dozens of", "tens of", "thousands of", "many", "recent", "coming", "countless"],
        ) && let Some((end, word)) = self.line.unit(end, false).filter(|(_, w)| w.plural)
        {
            return Some((end, Period { amounts: vec![(None, word.unit)] }));
        }
        let (end, word) =
            self.line.unit(i, false).filter(|(_, word)| word.plural && word.unit != Unit::Second)?;
        let before = self.line.word(i.wrapping_sub(1));
        let led = matches!(
            before,
            "for"
                | "in"
                | "over"
                | "within"
                | "after"
                | "last"
                | "lasted"
                | "took"
                | "takes"
                | "follows"
                | "spent"
                | "of"
                | "through"
                | "by"
                | "than"
        ) || i == 0
            || matches!(self.line.word(end), "of" | "ago" | "later" | "earlier" | "before" | "away");
        let hyphen = self.line.glued(i) || self.line.word(end) == "-" && self.line.glued(end + 1);
        (led && !hyphen && self.setting.register == Register::News)
            .then(|| (end, Period { amounts: vec![(None, word.unit)] }))
    }
}
