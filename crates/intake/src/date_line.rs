//! Lines that give a date: `date 2023-11-14`, `Published: Nov 14, 2023`, `14 November 2023`.

use crate::date::{self, Day, Impossible};

/// What a date line dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Published,
    Updated,
}

/// A date line or a part of one; offsets are bytes of the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct DateLine {
    pub(crate) begin: usize,
    pub(crate) end: usize,
    pub(crate) day: Result<Day, Impossible>,
    pub(crate) kind: Kind,
    /// Whether the article goes on behind it in the same line.
    pub(crate) article_follows: bool,
}

/// Longest first where one begins another.
const LABELS: &[(&str, Kind)] = &[
    ("originally published on", Kind::Published),
    ("originally published", Kind::Published),
    ("first published on", Kind::Published),
    ("first published", Kind::Published),
    ("publication date", Kind::Published),
    ("published on", Kind::Published),
    ("published", Kind::Published),
    ("posted on", Kind::Published),
    ("posted", Kind::Published),
    ("dated", Kind::Published),
    ("date", Kind::Published),
    ("last updated on", Kind::Updated),
    ("last updated", Kind::Updated),
    ("last modified", Kind::Updated),
    ("updated on", Kind::Updated),
    ("updated", Kind::Updated),
    ("modified", Kind::Updated),
];

/// The dates that the line gives of itself; none if it is a line of another sort.
///
/// `line` has no white space at its ends.
pub(crate) fn date_line(line: &str, is_first: bool) -> Vec<DateLine> {
    const SEPARATORS: [char; 3] = ['|', '•', '·'];
    if line.contains(SEPARATORS) {
        let segments = line.split(SEPARATORS).map(|segment| (offset(line, segment.trim()), segment.trim()));
        let dates = segments.filter_map(|(at, segment)| {
            let date = leading_date(segment, false)?;
            (!date.article_follows).then_some(DateLine { begin: date.begin + at, end: date.end + at, ..date })
        });
        // "HARROW BAY | Tue Mar 4, 2014" is a dateline.
        let opens_with_place = line.split(SEPARATORS).next().is_some_and(crate::dateline::is_place);
        return if opens_with_place { Vec::new() } else { dates.collect() };
    }
    let mut dates: Vec<DateLine> = leading_date(line, is_first).into_iter().collect();
    // "Published: Nov 14, 2023 Updated: Nov 15, 2023"
    if let Some(first) = dates.first_mut().filter(|first| first.article_follows)
        && let Some(second) = leading_date(line[first.end..].trim_start(), false)
        && let at = line.len() - line[first.end..].trim_start().len()
        && label(&line[at..]).is_some()
    {
        first.article_follows = false;
        dates.push(DateLine { begin: second.begin + at, end: second.end + at, ..second });
    }
    dates
}

/// Where `part` begins in `whole`, of which it is a slice.
fn offset(whole: &str, part: &str) -> usize {
    part.as_ptr() as usize - whole.as_ptr() as usize
}

/// The date, with its label and time of day, that the line begins with.
fn leading_date(line: &str, is_first: bool) -> Option<DateLine> {
    let inner = line.trim_start_matches(['(', '[']);
    let begin = line.len() - inner.len();
    let label = label(inner);
    let at = begin + label.as_ref().map_or(0, |label| label.len);
    let found = date::scan(&line[at..])?;
    if label.is_none() && found.day.is_ok_and(|day| day.year.is_none()) {
        return None;
    }
    let date_end = at + found.len;
    let rest = &line[date_end..];
    let kind = label.as_ref().map_or(Kind::Published, |label| label.kind);
    let date = |end, article_follows| DateLine { begin, end, day: found.day, kind, article_follows };
    if is_time(rest) {
        return Some(date(line.trim_end_matches([')', ']', '.', ',']).len(), false));
    }
    // "14 November 2023 – It rained", as the United Nations write it.
    if label.is_none()
        && let Some(dash) = crate::dateline::dash(rest)
    {
        return Some(date(date_end + dash, true));
    }
    let is_iso =
        line[at..].starts_with(|c: char| c.is_ascii_digit()) && line.as_bytes().get(at + 4) == Some(&b'-');
    let may_go_on = match &label {
        Some(label) => label.has_colon || label.is_plain_date,
        None => is_first && is_iso,
    };
    (may_go_on && rest.starts_with(char::is_whitespace)).then(|| date(date_end, true))
}

struct Label {
    kind: Kind,
    /// Bytes, with the white space behind it.
    len: usize,
    has_colon: bool,
    /// Just "date".
    is_plain_date: bool,
}

fn label(line: &str) -> Option<Label> {
    let is_label = |name: &str| line.get(..name.len()).is_some_and(|s| s.eq_ignore_ascii_case(name));
    let (name, kind) = LABELS.iter().find(|(name, _)| is_label(name))?;
    let rest = &line[name.len()..];
    let value = rest.trim_start().trim_start_matches(':').trim_start();
    let has_colon = rest.trim_start().starts_with(':');
    (has_colon || rest.starts_with(char::is_whitespace)).then(|| Label {
        kind: *kind,
        len: line.len() - value.len(),
        has_colon,
        is_plain_date: *name == "date",
    })
}

/// Whether the words are nothing but a time of day: ", 10:15 GMT", " at 5.10 p.m. (ET)", "".
pub(crate) fn is_time(words: &str) -> bool {
    words.len() <= 60
        && words
            .split(|c: char| c.is_whitespace() || ",()[]".contains(c))
            .filter(|word| !word.is_empty())
            .all(is_time_word)
}

fn is_time_word(word: &str) -> bool {
    let is_clock = word.starts_with(|c: char| c.is_ascii_digit() || c == '+')
        && word.chars().all(|c| c.is_ascii_digit() || ":.+-".contains(c) || "apmhAPMHZ".contains(c));
    let is_zone = word.len() <= 5 && word.chars().all(|c| c.is_ascii_uppercase());
    let is_other = ["at", "am", "pm", "a.m.", "p.m.", "hrs", "time", "-", "–", "—", "."]
        .iter()
        .any(|other| word.eq_ignore_ascii_case(other));
    is_clock || is_zone || is_other || date::is_calendar_word(word)
}
