//! What the first lines of a text say of it: its dateline and its date of publication.

use ascribe_record::{Dateline, Note, Span};

use crate::date::{Day, Impossible};
use crate::date_line::{DateLine, Kind, date_line};
use crate::dateline::{self, Parts};

/// An opening is looked for in so many bytes behind leading white space,
const MAX_BYTES: usize = 4000;
/// in so many lines that are not blank,
const MAX_LINES: usize = 16;
/// of which so many may be paragraphs.
const MAX_PARAGRAPHS: usize = 3;
/// A line of so many bytes is a paragraph that was not broken into lines.
const PARAGRAPH: usize = 110;

/// What the first lines of a text say.
#[derive(Debug, Default)]
pub(crate) struct Opening {
    /// The dateline; for a bare date line one without place and agency.
    pub(crate) dateline: Option<Dateline>,
    /// The best date with a year: a date line's before a dateline's, an update's last.
    pub(crate) published: Option<Day>,
    /// The update's date with a year, and its line.
    pub(crate) updated: Option<(Span, Day)>,
    /// Where a date without a year stands.
    pub(crate) without_year: Option<Span>,
    /// Impossible dates.
    pub(crate) notes: Vec<Note>,
}

/// Reads the opening of `text`.
pub(crate) fn read_opening(text: &str) -> Opening {
    let mut lines: Vec<(Span, DateLine)> = Vec::new();
    let mut found: Option<Parts> = None;
    let mut n_paragraphs = 0;
    for line in lines_of(text).filter(|line| !line.words.is_empty()).take(MAX_LINES) {
        let mut at = line.span.begin;
        for date in date_line(line.words, line.is_first) {
            let span = Span::new(line.span.begin + date.begin, line.span.begin + date.end);
            at = if date.article_follows { span.end } else { line.span.end };
            lines.push((span, date));
        }
        if at == line.span.end {
            continue;
        }
        if line.opens_paragraph
            && let Some(parts) = dateline::parse(text, at)
            && !merge(&mut found, parts)
        {
            break;
        }
        n_paragraphs += usize::from(line.span.len() >= PARAGRAPH);
        if n_paragraphs == MAX_PARAGRAPHS || found.as_ref().is_some_and(|parts| !parts.is_page_head) {
            break;
        }
    }
    opening(text, lines, found)
}

/// Takes `parts` in; false if the dateline was complete before. A page's head (`HARROW BAY | Tue
/// Mar 4, 2014`) may be followed by the agency alone.
fn merge(found: &mut Option<Parts>, parts: Parts) -> bool {
    match found {
        None => *found = Some(parts),
        Some(head) if parts.place.is_none() && parts.day.is_none() => {
            head.agency = parts.agency;
            head.spans.extend(parts.spans);
            head.is_page_head = false;
        }
        Some(_) => return false,
    }
    true
}

fn opening(text: &str, lines: Vec<(Span, DateLine)>, found: Option<Parts>) -> Opening {
    let mut opening = Opening::default();
    let mut spans = Vec::new();
    // In the order in which they are trusted.
    let mut days: Vec<(Span, Day)> = Vec::new();
    let mut in_dateline = None;
    let mut updated = None;
    let mut take = |opening: &mut Opening, span: Span, day: Result<Day, Impossible>| match day {
        Ok(day) => {
            days.push((span, day));
            Some(day)
        }
        Err(Impossible) => {
            opening.notes.push(impossible(span.of(text)).at(vec![span]));
            None
        }
    };
    let of_kind = |kind| lines.iter().filter(move |(_, line)| line.kind == kind);
    for (span, line) in of_kind(Kind::Published) {
        if take(&mut opening, *span, line.day).is_some() {
            spans.push(*span);
        }
    }
    if let Some(parts) = &found {
        in_dateline = parts.day.and_then(|day| take(&mut opening, parts.cover(), day));
        spans.extend(&parts.spans);
    }
    for (span, line) in of_kind(Kind::Updated) {
        if let Some(day) = take(&mut opening, *span, line.day) {
            spans.push(*span);
            updated = updated.or(day.year.map(|_| (*span, day)));
        }
    }
    opening.updated = updated;
    opening.published = days.iter().map(|(_, day)| *day).find(|day| day.year.is_some());
    opening.without_year = days.iter().find(|(_, day)| day.year.is_none()).map(|(span, _)| *span);
    spans.sort_unstable();
    if !spans.is_empty() {
        let date = in_dateline.or(days.first().map(|(_, day)| *day)).map(|day| day.to_string());
        let (place, agency) = found.map_or((None, None), |parts| (parts.place, parts.agency));
        opening.dateline = Some(Dateline { place, date, agency, spans });
    }
    opening
}

/// The note on a date that the calendar does not have.
pub(crate) fn impossible(words: &str) -> Note {
    let words: String = words.trim().chars().take(60).collect();
    Note::new("impossible_date", format!("there is no such day as in \"{words}\""))
}

struct Line<'t> {
    /// Without white space at its ends.
    words: &'t str,
    /// Where `words` stand.
    span: Span,
    is_first: bool,
    /// Whether a paragraph may begin here, rather than a broken line go on.
    opens_paragraph: bool,
}

/// The lines of the text's head, blank ones too.
fn lines_of(text: &str) -> impl Iterator<Item = Line<'_>> {
    let start = text.len() - text.trim_start().len();
    let end = text.floor_char_boundary(start + MAX_BYTES);
    let mut at = start;
    let mut before = "";
    text[start..end].split_inclusive('\n').map(move |raw| {
        let span = Span::new(at, at + raw.len()).trim(text);
        let words = span.of(text);
        let is_indented = raw.len() - raw.trim_start().len() >= 2;
        let opens_paragraph =
            before.len() < 60 || ends_sentence(before) || is_indented || words.len() >= PARAGRAPH;
        let line = Line { words, span, is_first: at == start, opens_paragraph };
        at += raw.len();
        before = words;
        line
    })
}

fn ends_sentence(line: &str) -> bool {
    line.ends_with(['.', '!', '?', '"', '”', '’', ')', ':'])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Published, place, date, agency and the words of the spans, joined by " / ".
    fn check(text: &str, expect: [&str; 5]) {
        let opening = read_opening(text);
        let dateline = opening.dateline.clone();
        let part = |part: fn(Dateline) -> Option<String>| dateline.clone().and_then(part).unwrap_or_default();
        let spans: Vec<&str> = dateline.iter().flat_map(|d| &d.spans).map(|s| s.of(text)).collect();
        let got = [
            opening.published.map_or(String::new(), |d| d.to_string()),
            part(|d| d.place),
            part(|d| d.date),
            part(|d| d.agency),
            spans.join(" / "),
        ];
        assert_eq!(got.each_ref().map(String::as_str), expect, "{text}");
    }

    #[test]
    fn date_lines() {
        let cases = [
            (" date 2023-11-14 The harbour was closed.\n\nIt rained.", "2023-11-14", "date 2023-11-14"),
            ("date 2023-11-14\nThe harbour was closed.", "2023-11-14", "date 2023-11-14"),
            ("Date: 14 November 2023\n\nThe harbour was closed.", "2023-11-14", "Date: 14 November 2023"),
            ("Date: 14 November 2023 The harbour was closed.", "2023-11-14", "Date: 14 November 2023"),
            ("Harbour closed\nPublished: Nov 14, 2023\nIt rained.", "2023-11-14", "Published: Nov 14, 2023"),
            ("Harbour closed\n\n14 November 2023\n\nIt rained.", "2023-11-14", "14 November 2023"),
            (
                "Harbour closed\n\nTuesday, November 14, 2023 at 10:15 GMT\n\nIt rained.",
                "2023-11-14",
                "Tuesday, November 14, 2023 at 10:15 GMT",
            ),
            (
                "Harbour closed\nBy Ada Lind | Nov. 14, 2023 | 5:10am\nIt rained.",
                "2023-11-14",
                "Nov. 14, 2023",
            ),
            ("14 November 2023 – The harbour was closed.", "2023-11-14", "14 November 2023 –"),
            ("(14 November 2023)\nThe harbour was closed.", "2023-11-14", "14 November 2023"),
        ];
        for (text, date, words) in cases {
            check(text, [date, "", date, "", words]);
        }
    }

    #[test]
    fn no_date_lines() {
        let cases = [
            "",
            "   \n\n",
            "The harbour was closed on 14 November 2023.",
            "Updated figures of 14 November 2023 came late.",
            "14 November 2023 was a quiet day.",
            "It rained.\n\nIt rained on\n14 November\nand later.",
            "Date palms were planted.",
        ];
        for text in cases {
            check(text, [""; 5]);
        }
    }

    #[test]
    fn a_date_line_and_a_dateline() {
        check(
            "Published: Jan 13, 2023\n\nHARROW BAY, Jan. 12 (Northwire) — It rained.",
            [
                "2023-01-13",
                "HARROW BAY",
                "XXXX-01-12",
                "Northwire",
                "Published: Jan 13, 2023 / HARROW BAY, Jan. 12 (Northwire) —",
            ],
        );
        check(
            "date 2023-01-13 HARROW BAY (Northwire) - It rained.",
            [
                "2023-01-13",
                "HARROW BAY",
                "2023-01-13",
                "Northwire",
                "date 2023-01-13 / HARROW BAY (Northwire) -",
            ],
        );
        check(
            "Updated: 14 January 2023\nHARROW BAY, Northland, 12 January 2023 — It rained.",
            [
                "2023-01-12",
                "HARROW BAY, Northland",
                "2023-01-12",
                "",
                "Updated: 14 January 2023 / HARROW BAY, Northland, 12 January 2023 —",
            ],
        );
    }

    #[test]
    fn a_page_head_and_its_agency() {
        check(
            "Harbour closed\n\nHARROW BAY | Tue Mar 4, 2014 5:10am EST\n\n(Northwire) - It rained.",
            [
                "2014-03-04",
                "HARROW BAY",
                "2014-03-04",
                "Northwire",
                "HARROW BAY | Tue Mar 4, 2014 5:10am EST / (Northwire) -",
            ],
        );
    }

    #[test]
    fn a_date_without_year() {
        let text = "HARROW BAY, Jan. 12 (Northwire) — It rained.";
        let opening = read_opening(text);
        assert_eq!(opening.published, None);
        assert_eq!(opening.without_year.unwrap().of(text), "HARROW BAY, Jan. 12 (Northwire) —");
    }

    #[test]
    fn impossible_dates_are_noted() {
        let text = "Date: 2023-02-31\n\nHARROW BAY, Feb. 30 (Northwire) — It rained.";
        let opening = read_opening(text);
        assert_eq!(opening.published, None);
        let words: Vec<_> = opening.notes.iter().map(|n| (n.code.as_str(), n.spans[0].of(text))).collect();
        assert_eq!(
            words,
            [
                ("impossible_date", "Date: 2023-02-31"),
                ("impossible_date", "HARROW BAY, Feb. 30 (Northwire) —"),
            ]
        );
        assert_eq!(opening.dateline.unwrap().place.as_deref(), Some("HARROW BAY"));
    }

    #[test]
    fn deep_in_the_text_nothing_is_looked_for() {
        let text = format!("{}HARROW BAY, Jan. 12 (Northwire) — It rained.", "It rained again.\n".repeat(20));
        check(&text, [""; 5]);
        let text = "It rained a lot and ".repeat(8) + "\n\n";
        check(&(text.repeat(4) + "HARROW BAY, Jan. 12 (Northwire) — It rained."), [""; 5]);
    }
}
