//! Years, decades and centuries: "2019", "the year two thousand", "the '40s", "the 20th century".

use crate::absolute::PLACING;
use crate::calendar::Calendar;
use crate::grammar::{Found, Grammar};
use crate::lexicon;

impl Grammar<'_> {
    /// A year, a decade or a century.
    pub(crate) fn years(&self, i: usize) -> Found<Calendar> {
        Self::longer(Self::longer(self.decade(i), self.century(i)), self.year_alone(i))
    }

    fn century(&self, i: usize) -> Found<Calendar> {
        let at = self.line.skip(i, &["the"]);
        let (end, n) = self.line.ordinal(at)?;
        let end = self.line.hyphen(end);
        let n = i16::try_from(n).ok().filter(|n| (1..=30).contains(n))?;
        (self.line.word(end) == "century").then_some((end + 1, Calendar::Century(n - 1)))
    }

    /// "the 1970s", "the '40s", "the nineteen seventies", "the nineties".
    fn decade(&self, i: usize) -> Found<Calendar> {
        let mut at = self.line.skip(i, &["the"]);
        let apostrophe = matches!(self.line.word(at), "'" | "’" | "‘");
        at += usize::from(apostrophe);
        // "the early 90s"
        let part = matches!(self.line.word(i.wrapping_sub(1)), "early" | "mid" | "late" | "-" | "later");
        let plural = |k: usize| self.line.glued(k) && matches!(self.line.word(k), "s" | "'s");
        if let Some(year) = self.line.digits(at, 4, 4).filter(|y| y % 10 == 0 && (1000..2200).contains(y)) {
            let apostrophe_s = self.line.word(at + 1) == "'s";
            let ok = plural(at + 1) && (!apostrophe_s || at > i || !self.is_news());
            return ok.then_some((at + 2, Calendar::Decade(i16::try_from(year / 10).ok()?)));
        }
        if let Some(year) = self.line.digits(at, 2, 2).filter(|y| y % 10 == 0) {
            let told = at > i || part;
            return (plural(at + 1) && told).then_some((at + 2, self.recent_decade(year)?));
        }
        if let Some(tens) = lexicon::decade(self.line.word(at)) {
            return ((at > i || part) && tens >= 0).then_some((at + 1, self.recent_decade(tens)?));
        }
        if self.line.word(at) == "two" && matches!(self.line.word(at + 1), "thousand" | "thousands") {
            let mut end = at + 2;
            let tens = if self.line.word(at + 1) == "thousands" {
                0
            } else {
                end = self.line.skip(end, &["and"]) + 1;
                lexicon::decade(self.line.word(end - 1))?
            };
            return Some((end, Calendar::Decade(200 + i16::try_from(tens / 10).ok()?)));
        }
        let head = lexicon::small_cardinal(self.line.word(at))
            .or_else(|| lexicon::tens(self.line.word(at)))
            .filter(|n| (15..=21).contains(n))?;
        let next = self.line.hyphen(at + 1);
        let tens =
            if self.line.word(next) == "hundreds" { 0 } else { lexicon::decade(self.line.word(next))? };
        Some((next + 1, Calendar::Decade(i16::try_from(head * 10 + tens / 10).ok()?)))
    }

    /// The last such decade that has begun.
    fn recent_decade(&self, tens: i64) -> Option<Calendar> {
        let year = self.today().map_or(2000, |today| i64::from(today.year()));
        let mut decade = year.div_euclid(100) * 10 + tens / 10;
        if decade * 10 > year {
            decade -= 10;
        }
        Some(Calendar::Decade(i16::try_from(decade).ok()?))
    }

    fn year_alone(&self, i: usize) -> Found<Calendar> {
        let mut at = self.line.skip(i, &["the"]);
        at = self.line.any(at, &["calendar year", "fiscal year", "year", "fiscal", "cy", "fy"]).unwrap_or(at);
        let told = at > i && self.line.word(at - 1) != "the";
        if told && let Some((end, year)) = self.line.cardinal_words(at).filter(|&(_, y)| y >= 200) {
            return Some((end, Calendar::Year(i16::try_from(year).ok()?)));
        }
        if told
            && self.line.glued(at)
            && let Some(short) = self.line.digits(at, 2, 2)
        {
            return Some((at + 1, Calendar::Year(self.short_year(short)?)));
        }
        let at = if told { at } else { i };
        let (end, year) = self.line.year(at)?;
        if told || self.may_be_year(at, end, year) {
            return Some((end, Calendar::Year(year)));
        }
        None
    }

    /// Whether a number that may be a year is one: not "2000 people", "No. 1984", "$ 1990".
    fn may_be_year(&self, i: usize, end: usize, year: i16) -> bool {
        let before = self.line.word(i.wrapping_sub(1));
        let next = self.line.word(end);
        let in_words = self.line.is_word(i);
        if !(1500..=2150).contains(&year) || in_words && !self.is_news() && !PLACING.contains(&before) {
            return false;
        }
        if matches!(
            before,
            "$" | "£" | "€" | "no" | "#" | "nearly" | "than" | "some" | "to" | "least" | "flight" | "room"
        ) && before != "to"
            || self.line.word(i.wrapping_sub(2)) == "no" && before == "."
        {
            return false;
        }
        let unit =
            lexicon::unit(next).is_some() || lexicon::short_unit(next).is_some() && self.line.glued(end);
        let tied = matches!(next, "-" | "–") && self.line.glued(end) && self.line.is_word(end + 1);
        let counted = self.line.is_word(end)
            && !self.line.capital(end)
            && (next.ends_with('s') || matches!(next, "people" | "men" | "women" | "children"))
            && next.len() > 2
            && !matches!(next, "was" | "has" | "does" | "this" | "across" | "towards" | "unless" | "as");
        if unit || tied || counted && !(1900..=2050).contains(&year) {
            return false;
        }
        let placed = PLACING.contains(&before);
        let modern = (1900..=2050).contains(&year);
        if counted && !matches!(before, "in" | "since" | "by" | "the" | "of" | "its" | "his" | "their") {
            return false;
        }
        placed || modern && (self.is_news() || i == 0)
    }
}
