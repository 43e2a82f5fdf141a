//! Quarters, halves and seasons, and what reports of earnings compare them with: "the third quarter
//! of 2023", "next year's first half", "last summer", "a year earlier".

use crate::calendar::Calendar;
use crate::grammar::{Found, Grammar};
use crate::lexicon;
use crate::relative::Relation;

impl Grammar<'_> {
    /// "third quarter", "the 1988 second quarter", "Q3 2016", "H1", "third-quarter", "first half of 1990".
    pub(crate) fn quarter(&self, i: usize) -> Found<Calendar> {
        let mut at = self.line.skip(i, &["the", "its", "this", "their"]);
        if self.line.word(i) == "this" && matches!(self.line.word(at), "q" | "h") {
            return None;
        }
        let year_first = self.line.year(at).filter(|_| self.line.word(i) != "this");
        if let Some((end, _)) = year_first {
            at = self.line.any(end, &["'s", "the", "-", ", the"]).unwrap_or(end);
        }
        let year_first = match self.year_told(i).filter(|(end, _)| self.line.word(*end) == "'s") {
            Some((end, year)) => {
                at = end + 1;
                Some((end, year))
            }
            None => year_first,
        };
        at = self.line.any(at, &["fiscal", "fiscal -"]).unwrap_or(at);
        let (end, named) = self.numbered_quarter(at)?;
        if let Some((_, year)) = year_first {
            return Some((end, named.in_year(year)?));
        }
        let behind = self.line.any(end, &["of", "of the", "in", ",", "for", "-"]).unwrap_or(end);
        let behind = self.line.any(behind, &["fiscal", "fiscal year"]).unwrap_or(behind);
        if let Some((end, year)) = self.line.year(behind) {
            return Some((end, named.in_year(year)?));
        }
        let article = behind - usize::from(behind > end && self.line.word(behind - 1) == "the");
        if let Some((end, year)) = self.year_told(behind).or_else(|| self.year_told(article)) {
            return Some((end, named.in_year(year)?));
        }
        if matches!(named, Calendar::Half { .. }) {
            return None; // "the first half" is more often one of a game
        }
        Some((end, self.place(named, i)))
    }

    /// "this year", "last year", "the year": the year of it.
    fn year_told(&self, i: usize) -> Found<i16> {
        let (at, relation) = match self.relation(i) {
            Some(found) => found,
            None => (self.line.skip(i, &["the"]), Relation { step: 0, from_anchor: false, this: true }),
        };
        let told = at > i && matches!(self.line.word(at), "year" | "yr");
        let year = i64::from(self.today()?.year()) + relation.step;
        told.then_some((at + 1, i16::try_from(year).ok()?))
    }

    fn numbered_quarter(&self, i: usize) -> Found<Calendar> {
        let lettered = |letter: &str| {
            let n = self
                .line
                .digits(i + 1, 1, 1)
                .filter(|_| self.line.word(i) == letter && self.line.glued(i + 1))?;
            Some((i + 2, i8::try_from(n).ok()?))
        };
        if let Some((end, quarter)) = lettered("q").filter(|(_, q)| (1..=4).contains(q)) {
            return Some((end, Calendar::Quarter { year: None, quarter }));
        }
        if let Some((end, half)) = lettered("h").filter(|(_, h)| (1..=2).contains(h)) {
            return Some((end, Calendar::Half { year: None, half }));
        }
        let (at, n) = self.line.ordinal(i)?;
        let at = self.line.any(at, &["-", "- fiscal", "fiscal"]).unwrap_or(at);
        let n = i8::try_from(n).ok()?;
        match self.line.word(at) {
            "quarter" | "qtr" if (1..=4).contains(&n) => {
                Some((at + 1, Calendar::Quarter { year: None, quarter: n }))
            }
            "half" if (1..=2).contains(&n) => Some((at + 1, Calendar::Half { year: None, half: n })),
            _ => None,
        }
    }

    /// "summer", "the summer of 2016", "winter 1990".
    pub(crate) fn season(&self, i: usize) -> Found<Calendar> {
        let at = self.line.skip(i, &["the"]);
        let season = lexicon::season(self.line.word(at))?;
        let behind = self.line.any(at + 1, &["of", "in", "of the year", ","]).unwrap_or(at + 1);
        let named = Calendar::Season { year: None, season };
        if let Some((end, year)) = self.line.year(behind).or_else(|| self.year_told(behind)) {
            return Some((end, named.in_year(year)?));
        }
        // "Fall" and "spring" are verbs too.
        let placed = at > i
            || matches!(
                self.line.word(i.wrapping_sub(1)),
                "in" | "by" | "since" | "of" | "late" | "early" | "mid" | "-"
            );
        let clear = placed || matches!(self.line.word(at), "summer" | "winter" | "autumn") && !self.is_news();
        let calendar = if self.is_news() { self.place(named, i) } else { named };
        clear.then_some((at + 1, calendar))
    }

    /// "a year ago", "the year-earlier period", "year-ago third quarter", behind what it is compared with.
    pub(crate) fn year_ago(&self, i: usize) -> Found<Calendar> {
        if !self.is_news() {
            return None;
        }
        if let Some(found) = self.period_of_year(i) {
            return Some(found);
        }
        let at = self.line.any(i, &["the", "a", "one"]).unwrap_or(i);
        let behind = self
            .line
            .any(at, &["year ago", "year - ago", "year earlier", "year - earlier", "year before"])?;
        let mut end = behind;
        if let Some((quarter_end, _)) = self.numbered_quarter(behind) {
            end = quarter_end;
        } else {
            end = self.line.any(end, &["period", "quarter", "month", "level"]).unwrap_or(end);
        }
        let is_quarter = |c: &Calendar| matches!(c, Calendar::Quarter { .. } | Calendar::Half { .. });
        if let Some(before) = self.anchor.filter(is_quarter).and_then(|c| c.years_on(-1)) {
            return Some((end, before));
        }
        let from = match self.anchor {
            Some(anchor) if self.line.word(behind - 1) != "ago" => anchor.first_day(),
            _ => self.today(),
        };
        Some((end, Calendar::Year(from?.year().checked_sub(1)?)))
    }

    /// "the year ended Sept. 30", "for the full year": the year that ends then, or that of the report.
    pub(crate) fn business_year(&self, i: usize) -> Found<Calendar> {
        if !self.is_news() {
            return None;
        }
        if let Some(end) = self.line.any(i, &["the full year", "the full fiscal year"]) {
            return Some((end, Calendar::Year(self.today()?.year())));
        }
        let end = self.line.any(i, &["the year", "the fiscal year", "the full year", "its fiscal year"])?;
        let at =
            self.line.any(end, &["ended", "ending", "that ended", "ended on", "ending on", "ended in"])?;
        let (_, last) = self.absolute(at)?;
        let day = self.place(last, at).first_day()?;
        Some((end, Calendar::Year(day.year())))
    }

    /// "the 1988 quarter", "the latest period": the quarter that was named, in that year.
    fn period_of_year(&self, i: usize) -> Found<Calendar> {
        let at = self.line.skip(i, &["the"]);
        let named = self.anchor.filter(|c| matches!(c, Calendar::Quarter { .. } | Calendar::Half { .. }));
        let is_period = |k: usize| matches!(self.line.word(k), "quarter" | "period");
        if let Some(end) = self.line.any(at, &["latest period"]) {
            return Some((end, named?));
        }
        let (behind, year) = self.line.year(at).filter(|&(end, _)| at > i && is_period(end))?;
        Some((behind + 1, named?.in_year(year)?))
    }
}
