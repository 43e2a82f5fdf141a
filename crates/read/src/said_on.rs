//! When something was said: "said on Monday", "told Coast Radio on Nov. 12".

use ascribe_record::Span;
use jiff::civil::{Date, Weekday};

use crate::document::{Document, WordRange};

/// The day that stands beside the cue, as an EDTF date, with its words. `published` is the report's
/// own EDTF date: without a whole day there, only full dates can be told.
pub(crate) fn said_on(
    document: &Document<'_>,
    cue: &WordRange,
    source: Option<&WordRange>,
    content: &[WordRange],
    published: Option<&str>,
) -> Option<(String, Span)> {
    let today: Date = published?.parse().ok()?;
    let free = |i: usize| !content.iter().any(|c| c.contains(&i));
    let sentence =
        document.words_in(document.sentences[document.sentence_at(document.words[cue.start].span.begin)?]);
    // Right behind the cue or the source, or at the head of the sentence: "On Monday, she said".
    let behind =
        |from: usize| (from..sentence.end.min(from + 7)).take_while(|&i| free(i)).collect::<Vec<_>>();
    let mut places = cue.clone().collect::<Vec<_>>();
    places.extend(behind(cue.end));
    places.extend(source.into_iter().flat_map(|s| behind(s.end)));
    if free(sentence.start) {
        places.extend((sentence.start..sentence.start + 3).take_while(|&i| free(i) && i < cue.start));
    }
    places.into_iter().find_map(|i| {
        let (date, words) = day_at(document, i, today)?;
        Some((date.to_string(), document.span(&words)))
    })
}

fn day_at(document: &Document<'_>, i: usize, today: Date) -> Option<(Date, WordRange)> {
    let lower = |i: usize| document.words.get(i).map_or("", |w| w.lower.as_str());
    if let Some(weekday) = weekday(lower(i)) {
        // The last such day, today included: news says "on Tuesday" of this very Tuesday.
        let back = today.weekday().since(weekday);
        return Some((today.checked_sub(jiff::Span::new().days(i64::from(back))).ok()?, i..i + 1));
    }
    match lower(i) {
        "today" => return Some((today, i..i + 1)),
        "yesterday" => return Some((today.yesterday().ok()?, i..i + 1)),
        _ => {}
    }
    let month = month(lower(i))?;
    let stop = usize::from(lower(i + 1) == ".");
    let (day, end) = if let Ok(day) = lower(i + 1 + stop).parse::<i8>() {
        (day, i + 2 + stop)
    } else {
        (lower(i.checked_sub(1)?).parse::<i8>().ok()?, i + 1)
    };
    let start = if end == i + 1 { i - 1 } else { i };
    let date = Date::new(today.year(), month, day).ok()?;
    // A day far ahead is one of last year.
    let ahead = date.checked_sub(jiff::Span::new().days(7)).ok()? > today;
    let date = if ahead { Date::new(today.year() - 1, month, day).ok()? } else { date };
    Some((date, start..end))
}

fn weekday(word: &str) -> Option<Weekday> {
    Some(match word {
        "monday" => Weekday::Monday,
        "tuesday" => Weekday::Tuesday,
        "wednesday" => Weekday::Wednesday,
        "thursday" => Weekday::Thursday,
        "friday" => Weekday::Friday,
        "saturday" => Weekday::Saturday,
        "sunday" => Weekday::Sunday,
        _ => return None,
    })
}

fn month(word: &str) -> Option<i8> {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    const LONG: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let at = MONTHS
        .iter()
        .position(|&m| m == word)
        .or_else(|| LONG.iter().position(|&m| m == word))
        .or((word == "sept").then_some(8));
    at.map(|m| m as i8 + 1)
}
