//! Days as a text writes them, whether or not the calendar has them: "Monday, 31 February 2026".
//!
//! The grammar gives dates that can be; this gives what was written, so that a check can say what
//! cannot. Only dates that name their month, and `2026-02-31`, are read: the order of the numbers of
//! `3/4/2026` is anybody's guess.

use ascribe_record::Span;
use jiff::civil::{Date, Weekday};

use crate::lexicon;
use crate::line::Line;
use crate::token::Kind;

/// The longest day of the month that is taken for one: "June 45" is something else.
const LAST_DAY: i64 = 31;

/// Words behind a date that nothing counts.
const FUNCTION_WORDS: &[&str] = &[
    "to", "and", "or", "through", "until", "till", "at", "in", "on", "by", "for", "from", "of", "when",
    "after", "before", "as", "with", "near", "that", "the", "a", "an", "was", "were", "is", "he", "she",
    "they", "it",
];

/// A day of the month as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenDay {
    /// Its words, with its weekday and year.
    pub span: Span,
    /// The weekday that it is said to be.
    pub weekday: Option<Weekday>,
    /// Its year, where that is written; 1000 to 2199.
    pub year: Option<i16>,
    /// 1 to 12.
    pub month: i8,
    /// 1 to 31, whatever the month.
    pub day: i8,
}

impl WrittenDay {
    /// The day in `year`, if that year has it.
    pub fn in_year(&self, year: i16) -> Option<Date> {
        Date::new(year, self.month, self.day).ok()
    }

    /// Whether its year has it or, where no year is written, some year.
    pub fn exists(&self) -> bool {
        self.in_year(self.year.unwrap_or(2000)).is_some()
    }
}

/// The written days of `text`, in order; none overlaps another.
///
/// ```
/// let text = "It fell on Monday, 31 February 2026.";
/// let days = ascribe_date::written_days(text);
/// assert_eq!(days[0].span.of(text), "Monday, 31 February 2026");
/// assert!(!days[0].exists());
/// ```
pub fn written_days(text: &str) -> Vec<WrittenDay> {
    let line = Line::of(text, Span::new(0, text.len()));
    let mut found = Vec::new();
    let (mut i, mut free) = (0, 0);
    while i < line.len() {
        let within = |from: usize, end: usize| {
            in_one_paragraph(Span::new(line.tokens[from].span.begin, line.tokens[end - 1].span.end).of(text))
        };
        let Some((end, mut day)) = written(&line, i).filter(|(end, _)| within(i, *end)) else {
            i += 1;
            continue;
        };
        let mut begin = i;
        if let Some((at, weekday)) =
            weekday_before(&line, i).filter(|(at, _)| *at >= free && within(*at, end))
        {
            (begin, day.weekday) = (at, Some(weekday));
        }
        let mut last = end;
        if let Some((at, weekday)) = weekday_behind(&line, end).filter(|_| day.weekday.is_none()) {
            (last, day.weekday) = (at, Some(weekday));
        }
        day.span = Span::new(line.tokens[begin].span.begin, line.tokens[last - 1].span.end);
        found.push(day);
        (i, free) = (last, last);
    }
    found
}

/// Whether `words` hold no blank line: what stands in two paragraphs is not one date.
fn in_one_paragraph(words: &str) -> bool {
    words.matches('\n').count() < 2
}

/// The day that is written at token `i`, and the token behind it.
fn written(line: &Line, i: usize) -> Option<(usize, WrittenDay)> {
    let (end, month, day, year) =
        day_first(line, i).or_else(|| month_first(line, i)).or_else(|| iso(line, i))?;
    let span = line.tokens[i].span;
    Some((end, WrittenDay { span, weekday: None, year, month, day }))
}

type Parts = (usize, i8, i8, Option<i16>);

/// "31 February 2026", "the 31st of February".
fn day_first(line: &Line, i: usize) -> Option<Parts> {
    // "1,031 May", "9.31 Feb", "5-31 May": the end of another number.
    if line.glued(i) && i > 0 {
        return None;
    }
    let (at, day, _) = day(line, i)?;
    let (end, month) = month(line, line.skip(at, &["of"]))?;
    let (end, year) = year_behind(line, end);
    Some((end, month, day, year))
}

/// "February 31, 2026", "Feb. 31st".
fn month_first(line: &Line, i: usize) -> Option<Parts> {
    let (at, month) = month(line, i)?;
    let (end, day, ordinal) = day(line, line.skip(at, &["the"]))?;
    let (end, year) = year_behind(line, end);
    // "In June 31 people were killed" tells no day.
    let before = line.word(i.wrapping_sub(1));
    let leads = matches!(before, "on" | "," | "(") || lexicon::weekday(before).is_some();
    let counts = line.is_word(end) && !line.glued(end) && !FUNCTION_WORDS.contains(&line.word(end));
    let hyphen = matches!(line.word(end), "-") && line.glued(end) && line.is_word(end + 1);
    let day_told = year.is_some() || ordinal || !hyphen && (leads || !counts && before != "in");
    day_told.then_some((end, month, day, year))
}

/// "2026-02-31".
fn iso(line: &Line, i: usize) -> Option<Parts> {
    let tight = (1..5).all(|k| line.glued(i + k)) && !(line.glued(i) && i > 0);
    let year =
        line.digits(i, 4, 4).and_then(|y| i16::try_from(y).ok()).filter(|y| (1000..2200).contains(y))?;
    if !tight || line.word(i + 1) != "-" || line.word(i + 3) != "-" {
        return None;
    }
    let goes_on = line.glued(i + 5) && matches!(line.word(i + 5), "-" | "/");
    let month = line.digits(i + 2, 2, 2).filter(|m| (1..=12).contains(m) && !goes_on)?;
    let day = line.digits(i + 4, 2, 2).filter(|d| (1..=LAST_DAY).contains(d))?;
    Some((i + 5, i8::try_from(month).ok()?, i8::try_from(day).ok()?, Some(year)))
}

/// A month's name with a capital, and the stop that shortens it.
fn month(line: &Line, i: usize) -> Option<(usize, i8)> {
    let word = line.word(i);
    let month = lexicon::month(word).filter(|_| line.capital(i))?;
    let short = word.len() <= 4 && !matches!(word, "may" | "june" | "july");
    Some((i + 1 + usize::from(short && line.word(i + 1) == "." && line.glued(i + 1)), month))
}

/// A day of the month, and whether it is an ordinal.
fn day(line: &Line, i: usize) -> Option<(usize, i8, bool)> {
    let (end, day, ordinal) = match line.ordinal(i).filter(|_| line.kind(i) == Some(Kind::Digits)) {
        Some((end, day)) => (end, day, true),
        None => (i + 1, line.digits(i, 1, 2)?, false),
    };
    // "12:30", "12.5", "12,000", "12%", "12am".
    let marks = matches!(line.word(end), ":" | "." | "," | "/") && line.kind(end + 1) == Some(Kind::Digits);
    let tied =
        line.glued(end) && (marks && line.glued(end + 1) || line.is_word(end) || line.word(end) == "%");
    let day = i8::try_from(day).ok().filter(|d| (1..=LAST_DAY as i8).contains(d) && !tied)?;
    Some((end, day, ordinal))
}

fn year_behind(line: &Line, i: usize) -> (usize, Option<i16>) {
    let at = line.skip(line.skip(i, &[","]), &["of"]);
    match line.year(at).filter(|_| line.kind(at) == Some(Kind::Digits) && (at > i || !line.glued(at))) {
        // "On May 5, 2000 people came" counts people.
        Some((end, year)) if !(at > i && year % 100 == 0 && line.is_word(end)) => (end, Some(year)),
        _ => (i, None),
    }
}

/// The weekday in front of a date, where it is the only one: "Friday and Saturday, Nov. 4 and 5" pairs
/// them otherwise.
fn weekday_before(line: &Line, i: usize) -> Option<(usize, Weekday)> {
    let mut at = i;
    while at > 0 && matches!(line.word(at - 1), "the" | "," | "on") {
        at -= 1;
    }
    let stop = at > 1 && line.word(at - 1) == "." && line.glued(at - 1) && line.word(at - 2).len() <= 5;
    at -= usize::from(stop);
    let at = at.checked_sub(1)?;
    let weekday = weekday(line, at)?;
    // "The Sun, 5 May" is a newspaper's.
    let cut = line.word(at).len() <= 5;
    let before = line.word(at.wrapping_sub(1));
    let paired = matches!(before, "and" | "or" | "to" | "through" | "-" | "–" | "—" | "/" | "&" | ",")
        && weekday_near(line, at - 1);
    (!(paired || cut && before == "the")).then_some((at, weekday))
}

/// "12 January (a Monday)", "12 January, a Monday".
fn weekday_behind(line: &Line, i: usize) -> Option<(usize, Weekday)> {
    let at = line.any(i, &[", a", "( a", "("])?;
    let weekday = weekday(line, at)?;
    let bracket = line.word(i) == "(";
    (!bracket || line.word(at + 1) == ")").then_some((at + 1 + usize::from(bracket), weekday))
}

fn weekday(line: &Line, i: usize) -> Option<Weekday> {
    lexicon::weekday(line.word(i)).filter(|_| line.capital(i))
}

/// Whether a weekday stands in the two tokens before `i`.
fn weekday_near(line: &Line, i: usize) -> bool {
    (i.saturating_sub(2)..i).any(|k| lexicon::weekday(line.word(k)).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> Vec<String> {
        let shown = |d: &WrittenDay| {
            let year = d.year.map_or("-".to_owned(), |y| y.to_string());
            let weekday = d.weekday.map_or("-".to_owned(), |w| format!("{w:?}"));
            format!("{} | {year} {} {} {weekday}", d.span.of(text), d.month, d.day)
        };
        written_days(text).iter().map(shown).collect()
    }

    #[test]
    fn days_of_every_form() {
        for (text, expect) in [
            ("on 31 February 2026,", vec!["31 February 2026 | 2026 2 31 -"]),
            ("on the 31st of April.", vec!["31st of April | - 4 31 -"]),
            ("On Feb. 30 they", vec!["Feb. 30 | - 2 30 -"]),
            ("Monday, Jan. 12, 2026 (Northwire)", vec!["Monday, Jan. 12, 2026 | 2026 1 12 Monday"]),
            ("on Tues. 13 January", vec!["Tues. 13 January | - 1 13 Tuesday"]),
            ("on 12 January 2026 (Monday)", vec!["12 January 2026 (Monday) | 2026 1 12 Monday"]),
            ("12 January 2026, a Monday", vec!["12 January 2026, a Monday | 2026 1 12 Monday"]),
            ("2026-02-30T10:00", vec!["2026-02-30 | 2026 2 30 -"]),
            ("from June 1 to June 31.", vec!["June 1 | - 6 1 -", "June 31 | - 6 31 -"]),
        ] {
            assert_eq!(written(text), expect, "{text}");
        }
    }

    #[test]
    fn what_is_no_day() {
        for text in [
            "In June 31 people were killed.",
            "In April 31-year-old Ada Lind left.",
            "May 45 ships came",
            "at 12.30 May said",
            "some 1,031 May voters",
            "April 31,000",
            "on 3/4/2026",
            "may 5 of them march 6",
            "id 2026-02-30-11",
        ] {
            assert_eq!(written(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn weekdays_in_pairs_are_left_alone() {
        for text in [
            "Friday and Saturday, Nov. 4 and 5",
            "Friday-Sunday, Nov. 4-6",
            "The Sun, 5 May 2016",
            "shut until Friday\n\nMay 5",
        ] {
            assert!(written_days(text).iter().all(|d| d.weekday.is_none()), "{text}");
        }
    }
}
