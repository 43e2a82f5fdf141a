//! Days that are told as past, or as those of which a count holds, and lie behind the report.

use ascribe_date::{WrittenDay, written_days};
use ascribe_record::Span;
use ascribe_text::Word;

use crate::date::{nearest, shown};
use crate::draft::Draft;
use crate::finding::{Finding, Kind};

/// A day on the other side of the world, or the next day's paper, is no mistake.
const GRACE: i32 = 1;

/// Words that make a sentence speak of what is to come, or leave that open.
const AHEAD: &[&str] = &[
    "will",
    "ll",
    "would",
    "shall",
    "should",
    "could",
    "can",
    "may",
    "might",
    "must",
    "to",
    "if",
    "until",
    "till",
    "by",
    "before",
    "due",
    "planned",
    "plans",
    "plan",
    "scheduled",
    "expected",
    "expects",
    "set",
    "slated",
    "next",
    "ahead",
    "upcoming",
    "postponed",
    "deadline",
    "tomorrow",
    "through",
    "for",
    "announced",
    "when",
    "whether",
    "called",
    "booked",
    "forthcoming",
    "coming",
    "extended",
    "effective",
    "starting",
    "beginning",
    "ending",
    "end",
    "expires",
    "expire",
    "matures",
    "mature",
    "maturing",
    "begins",
    "starts",
    "opens",
    "ends",
    "close",
    "closer",
    "nears",
    "approaches",
    "year",
    "is",
    "are",
    "am",
    "be",
];

/// Verbs in the past that tell of what has happened.
const HAPPENED: &[&str] = &[
    "was", "were", "had", "did", "took", "hit", "struck", "began", "fell", "rose", "held", "met", "died",
    "said", "left", "shot", "found",
];

pub(crate) fn to_come(draft: &Draft<'_>) -> Vec<Finding> {
    let Some(published) = draft.published else { return Vec::new() };
    let found = |day: &WrittenDay| {
        let date = match day.year {
            Some(year) => day.in_year(year)?,
            None => nearest(day, published)?,
        };
        let ahead = (date - published).get_days() > GRACE;
        let told = if ahead { told(draft, day)? } else { return None };
        let message =
            format!("{} is after the report’s own date, {}; {told}.", shown(date), shown(published));
        Some(Finding::new(Kind::FutureDate, day.span, message))
    };
    written_days(draft.text).iter().filter_map(found).collect()
}

/// How the text tells `day` as one that has been.
fn told(draft: &Draft<'_>, day: &WrittenDay) -> Option<&'static str> {
    let span = day.span;
    let sentence = draft.sentence(span.begin);
    let before = draft.words_in(Span::new(sentence.begin, span.begin));
    let last = |n: usize| before.len().checked_sub(n).map_or("", |i| before[i].lower.as_str());
    // "Last July 13" is a year ago, "last Friday, 13 July" is not.
    if last(1) == "last" && day.weekday.is_some() {
        return Some("the word “last” tells it as past");
    }
    let behind = draft.words_in(Span::new(span.end, sentence.end));
    let is = |list: &[&str], word: &Word| list.contains(&word.lower.as_str());
    if before.iter().chain(behind).any(|word| is(AHEAD, word)) || sentence.is_empty() {
        return None;
    }
    if last(1) == "of" && last(2) == "as" {
        return Some("a count is given as of that day");
    }
    let clause = before.rsplit(|word| matches!(word.lower.as_str(), "," | ";" | "—" | "–" | "(")).next()?;
    let beside = clause.is_empty() || matches!(last(1), "on" | "since");
    let happened = before.iter().any(|word| is(HAPPENED, word))
        || clause.is_empty() && behind.iter().any(|word| is(HAPPENED, word));
    (beside && happened).then_some("the sentence tells it as past")
}
