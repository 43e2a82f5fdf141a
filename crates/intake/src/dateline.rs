//! Datelines: `HARROW BAY, Jan. 12 (Northwire) —`.
//!
//! The forms follow the style books of American and British agencies and what wires and pages wrote
//! from the 1980s on: a place in capitals (with region or country), a date, an agency in brackets or
//! slashes, then a dash or colon. A place not in capitals needs a date or an agency beside it.
//! Left out: a place before a bare colon (`HARROW BAY: It rained`), which speakers of transcripts
//! and labels look like.

use ascribe_record::Span;

use crate::date::{self, Cursor, Day, Impossible};
use crate::date_line::is_time;

/// A dateline that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Parts {
    pub(crate) place: Option<String>,
    pub(crate) day: Option<Result<Day, Impossible>>,
    pub(crate) agency: Option<String>,
    /// With the dash or colon; at least one.
    pub(crate) spans: Vec<Span>,
    /// `HARROW BAY | Tue Mar 4, 2014`: stands on a line of its own.
    pub(crate) is_page_head: bool,
}

impl Parts {
    /// From the first byte to the last.
    pub(crate) fn cover(&self) -> Span {
        self.spans.iter().copied().reduce(Span::cover).unwrap_or(Span::new(0, 0))
    }
}

/// No dateline is so long, in bytes.
const LONGEST: usize = 200;

/// Longest first where one begins another.
const DASHES: [&str; 5] = ["---", "--", "—", "–", "-"];

const NO_DATE: &str = ", NO DATE";

/// Words in capitals that open an item and are no places.
const NO_PLACES: &[&str] = &[
    "ADVISORY",
    "ALERT",
    "ANALYSIS",
    "BREAKING",
    "BULLETIN",
    "BUSINESS",
    "COLUMN",
    "COMMENT",
    "CORRECTED",
    "CORRECTION",
    "DIARY",
    "EDITOR",
    "EDITORIAL",
    "EXCLUSIVE",
    "EXPLAINER",
    "FACT",
    "FACTBOX",
    "FEATURE",
    "FILE",
    "FLASH",
    "INTERVIEW",
    "INSIGHT",
    "LATEST",
    "LIVE",
    "NEWS",
    "NOTE",
    "OPINION",
    "PHOTO",
    "PHOTOS",
    "POLL",
    "PROFILE",
    "QUOTE",
    "RECAP",
    "REFILE",
    "REPEAT",
    "REPORT",
    "REVIEW",
    "SPORT",
    "SPORTS",
    "SUMMARY",
    "TEXT",
    "TIMELINE",
    "UPDATE",
    "URGENT",
    "VIDEO",
    "WARNING",
    "WATCH",
    "WRAPUP",
];

/// The dateline that `text` has at byte `at`.
pub(crate) fn parse(text: &str, at: usize) -> Option<Parts> {
    let at = text.len() - text[at..].trim_start().len();
    let window = &text[at..text.floor_char_boundary(at + LONGEST)];
    let mut cursor = Cursor { text: window, at: 0 };
    let mut parts = cursor.without_place(&text[at..]).or_else(|| cursor.with_place(&text[at..]))?;
    parts.spans.push(Span::new(at, at + cursor.at));
    Some(parts)
}

/// Whether the words are a place in capitals and nothing else.
pub(crate) fn is_place(words: &str) -> bool {
    let mut cursor = Cursor { text: words.trim(), at: 0 };
    cursor.place().is_some_and(|place| place.is_capital) && cursor.rest().is_empty()
}

/// Bytes up to the end of the dash that `rest` begins with, white space before it included. A
/// hyphen needs white space before it.
pub(crate) fn dash(rest: &str) -> Option<usize> {
    let trimmed = rest.trim_start();
    let blank = rest.len() - trimmed.len();
    if rest[..blank].matches('\n').count() > 1 {
        return None;
    }
    let token = DASHES.into_iter().find(|dash| trimmed.starts_with(dash))?;
    (token != "-" || blank > 0).then_some(blank + token.len())
}

struct Place {
    /// Bytes of the window.
    span: Span,
    /// Whether the town is in capitals.
    is_capital: bool,
}

impl Cursor<'_> {
    fn eat(&mut self, token: char) -> Option<()> {
        self.rest().starts_with(token).then(|| self.at += token.len_utf8())
    }

    /// `(Northwire) -`, `Jan 12 (Northwire) -`; `whole` is the text from there on.
    fn without_place(&mut self, whole: &str) -> Option<Parts> {
        self.attempt(|p| {
            let day = p.date();
            p.space();
            let agency = p.agency()?;
            p.dash()?;
            if day.is_none() && (is_no_place(&agency) || !is_article(&whole[p.at..])) {
                return None;
            }
            Some(Parts { place: None, day, agency: Some(agency), spans: Vec::new(), is_page_head: false })
        })
    }

    /// Every form that begins with a place; `whole` is the text from the place on.
    fn with_place(&mut self, whole: &str) -> Option<Parts> {
        self.attempt(|p| {
            let place = p.place()?;
            let words = normalize(place.span.of(p.text));
            if let Some(day) = p.page_date() {
                let is_place = place.is_capital && !is_no_place(&words);
                let (place, day, spans) = (Some(words), Some(day), Vec::new());
                return is_place.then_some(Parts { place, day, agency: None, spans, is_page_head: true });
            }
            // "On Jan. 12" is no place and date.
            let is_parted = place.is_capital || p.rest().starts_with([',', '.']);
            p.no_date();
            let mut day = is_parted.then(|| p.date_behind_place()).flatten();
            p.space();
            let agency = p.agency();
            if agency.is_some() {
                day = day.or_else(|| p.date_behind_place());
            }
            let is_dated = day.is_some() || agency.is_some();
            p.ending(is_dated)?;
            let fits = is_dated
                || place.is_capital
                    && !is_no_place(&words)
                    && is_short_or_in_region(&words)
                    && is_article(&whole[p.at..]);
            let (place, spans) = (Some(words), Vec::new());
            fits.then_some(Parts { place, day, agency, spans, is_page_head: false })
        })
    }

    /// The dash, or the colon or full stop that may stand for it where more than the place is given.
    fn ending(&mut self, is_dated: bool) -> Option<()> {
        if self.text[..self.at].ends_with('/') && self.eat('.').is_some() {
            return Some(());
        }
        self.dash().or_else(|| (is_dated && self.rest().starts_with(": ")).then(|| self.at += 1))
    }

    /// A dash; a hyphen must stand apart from the word before it.
    fn dash(&mut self) -> Option<()> {
        self.attempt(|p| {
            p.space();
            let token = DASHES.into_iter().find(|dash| p.rest().starts_with(dash))?;
            let is_closed = p.rest()[token.len()..].starts_with(char::is_whitespace);
            let is_apart = p.text[..p.at].ends_with(|c: char| {
                c.is_whitespace() || ")/".contains(c) || is_closed && c.is_ascii_digit()
            });
            (token != "-" || is_apart).then(|| p.at += token.len())
        })
    }

    fn date(&mut self) -> Option<Result<Day, Impossible>> {
        let found = date::scan(self.rest())?;
        self.at += found.len;
        Some(found.day)
    }

    /// `, Jan. 12`; `. March 3.`; ` 12 January`.
    fn date_behind_place(&mut self) -> Option<Result<Day, Impossible>> {
        self.attempt(|p| {
            let _ = p.eat(',').or_else(|| p.eat('.'));
            p.space();
            let day = p.date()?;
            // "MOSK, March 3. /Northwire/."
            let is_stop = p.rest().starts_with('.') || p.rest().starts_with(',');
            if is_stop && p.rest()[1..].trim_start().starts_with(['/', '(']) {
                p.at += 1;
            }
            Some(day)
        })
    }

    /// `, NO DATE`, as the monitors of broadcasts write it.
    fn no_date(&mut self) {
        self.at += if self.rest().starts_with(NO_DATE) { NO_DATE.len() } else { 0 };
    }

    /// ` | Tue Mar 4, 2014 5:10am EST` up to the end of the line.
    fn page_date(&mut self) -> Option<Result<Day, Impossible>> {
        self.attempt(|p| {
            p.space();
            p.eat('|')?;
            p.space();
            let day = p.date()?;
            let line = p.rest().split('\n').next()?;
            is_time(line.split('|').next()?).then(|| p.at += line.trim_end().len())?;
            Some(day)
        })
    }

    /// `(Northwire)`, `/Northwire/`.
    fn agency(&mut self) -> Option<String> {
        self.attempt(|p| {
            let close = if p.eat('(').is_some() { ')' } else { p.eat('/').map(|()| '/')? };
            let end = p.rest().find(close).filter(|&end| end <= 60)?;
            let name = normalize(&p.rest()[..end]);
            p.at += end + close.len_utf8();
            is_agency(&name).then_some(name)
        })
    }

    /// `HARROW BAY`, `HARROW BAY, Northland`, `Harrow Bay (Northland)`, `HARROW/EAST QUAY`.
    fn place(&mut self) -> Option<Place> {
        self.attempt(|p| {
            let begin = p.at;
            if p.words(6, is_capital).is_none() {
                p.words(5, is_title)?;
            }
            let town = &p.text[begin..p.at];
            let is_capital = town.split_whitespace().all(is_capital_word);
            let has_letters = town.chars().filter(|c| c.is_alphabetic()).count() >= 3;
            let first = town.split_whitespace().next()?;
            if !has_letters
                || matches!(first, "BY" | "By" | "NO")
                || date::is_calendar_word(first.trim_end_matches(','))
            {
                return None;
            }
            let mut n_regions = usize::from(p.region_in_brackets());
            while n_regions < 3 && p.region() {
                n_regions += 1;
            }
            let span = Span::new(begin, p.at).trim(p.text);
            let span = if n_regions == 0 { without_stop(span, p.text) } else { span };
            Some(Place { span, is_capital })
        })
    }

    /// Up to `most` words that fit; stops before what fits none.
    fn words(&mut self, most: usize, fits: fn(&str) -> bool) -> Option<()> {
        let begin = self.at;
        let mut end = begin;
        for _ in 0..most {
            let word = word(self.rest());
            if word.is_empty() || !fits(word) {
                break;
            }
            self.at += word.len();
            end = self.at;
            // No line breaks here: what stands above a dateline is no part of its place.
            let behind = self.rest();
            self.at += behind.len() - behind.trim_start_matches([' ', '\t', '\u{a0}']).len();
        }
        self.at = end;
        (end > begin).then_some(())
    }

    /// ` (Northland)` before a comma or another bracket; a lone bracket holds an agency.
    fn region_in_brackets(&mut self) -> bool {
        self.attempt(|p| {
            p.space();
            p.agency()?;
            let tail = p.rest().strip_prefix(NO_DATE).unwrap_or(p.rest());
            let tail = tail.trim_start_matches(',').trim_start();
            let tail = &tail[date::scan(tail).map_or(0, |found| found.len)..];
            tail.trim_start().starts_with(['(', '/']).then_some(())
        })
        .is_some()
    }

    /// `, Northland`, `, N.H.`, which is no date.
    fn region(&mut self) -> bool {
        self.attempt(|p| {
            if p.rest().starts_with(NO_DATE) {
                return None;
            }
            p.eat(',')?;
            p.space();
            if date::scan(p.rest()).is_some() {
                return None;
            }
            p.words(4, is_title)?;
            let behind = p.rest().trim_start();
            let ends = behind.starts_with([',', '(', '/', ':', '.', '|']) || dash(p.rest()).is_some();
            ends.then_some(())
        })
        .is_some()
    }
}

/// The word that `rest` begins with: up to white space, a comma, a bracket, a long dash …
fn word(rest: &str) -> &str {
    let stops = |c: char| c.is_whitespace() || ",()|:;—–\"“”[]<>".contains(c);
    let word = &rest[..rest.find(stops).unwrap_or(rest.len())];
    let word = &word[..word.find("--").unwrap_or(word.len())];
    if word.starts_with(['-', '/']) { "" } else { word }
}

/// Whether every letter is a capital ("ST.", "McALLEN", "L'ANSE", "HARROW/QUAY").
fn is_capital(word: &str) -> bool {
    let word = word.strip_prefix("Mc").unwrap_or(word);
    word.starts_with(char::is_uppercase) && word.chars().all(|c| c.is_uppercase() || ".'’-/&".contains(c))
}

fn is_capital_word(word: &str) -> bool {
    is_capital(word.trim_end_matches(','))
}

/// Whether it may be a word of a name: a capital first, or one of the small words inside names.
fn is_title(word: &str) -> bool {
    const SMALL: &[&str] =
        &["al", "and", "da", "das", "de", "del", "do", "el", "la", "le", "of", "on", "the"];
    word.starts_with(char::is_uppercase) && word.chars().all(|c| c.is_alphabetic() || ".'’-/&".contains(c))
        || SMALL.contains(&word)
}

fn is_agency(name: &str) -> bool {
    name.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
        && name.chars().any(char::is_alphabetic)
        && name.len() <= 45
        && name.split(' ').count() <= 6
        && name.chars().all(|c| c.is_alphanumeric() || " .-–/&'’,+[]".contains(c))
        && date::scan(name).is_none()
}

fn is_no_place(words: &str) -> bool {
    words.split([' ', ',', '/', '\'', '’']).any(|word| NO_PLACES.contains(&word))
}

/// Whether capitals are a town of few words, perhaps with its region, rather than a headline.
fn is_short_or_in_region(words: &str) -> bool {
    let (town, region) = words.split_once(", ").unwrap_or((words, ""));
    let is_region = region.len() <= 5 || region.contains(char::is_lowercase);
    town.split(' ').count() <= 4 && is_region
}

/// Whether an article begins there, and no headline in capitals goes on.
fn is_article(rest: &str) -> bool {
    let line = rest.trim_start().lines().next().unwrap_or_default();
    let opens =
        line.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || "\"“‘'$£€<[".contains(c));
    let (mut n_lower, mut n_upper) = (0, 0);
    for c in line.chars().take(80) {
        n_lower += usize::from(c.is_lowercase());
        n_upper += usize::from(c.is_uppercase());
    }
    opens && n_lower > n_upper && n_lower >= 5
}

/// Without the full stop of `HARROW BAY. March 3`; abbreviations keep theirs.
fn without_stop(span: Span, text: &str) -> Span {
    let words = span.of(text);
    let last = words.rsplit(' ').next().unwrap_or(words);
    let is_stop = last.len() >= 4 && last.ends_with('.') && last.matches('.').count() == 1;
    Span::new(span.begin, span.end - usize::from(is_stop))
}

/// With one space for any white space.
fn normalize(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Place, date and agency, or all empty if there is no dateline; its span runs up to " It".
    fn check(text: &str, expect: [&str; 3]) {
        let parts = parse(text, 0);
        let part = |part: Option<&String>| part.cloned().unwrap_or_default();
        let got = parts.as_ref().map_or_else(Default::default, |p| {
            let date = p.day.map_or(String::new(), |day| day.map_or("?".into(), |d| d.to_string()));
            [part(p.place.as_ref()), date, part(p.agency.as_ref())]
        });
        assert_eq!(got.each_ref().map(String::as_str), expect, "{text}");
        if let Some(parts) = parts {
            let behind = &text[parts.cover().end..];
            assert!(behind.trim_start().starts_with("It") || behind.is_empty(), "{text}: behind is {behind}");
        }
    }

    #[test]
    fn american_and_wire_forms() {
        let cases = [
            ("HARROW BAY, Jan. 12 (Northwire) — It rained.", ["HARROW BAY", "XXXX-01-12", "Northwire"]),
            ("HARROW BAY, Jan 12 (Northwire) - It rained.", ["HARROW BAY", "XXXX-01-12", "Northwire"]),
            ("    HARROW BAY, March 12 - It rained.", ["HARROW BAY", "XXXX-03-12", ""]),
            ("    HARROW BAY, March 12 -\n    It rained.", ["HARROW BAY", "XXXX-03-12", ""]),
            ("HARROW BAY, N.H., March 12 - It rained.", ["HARROW BAY, N.H.", "XXXX-03-12", ""]),
            ("HARROW BAY, N.H., March\n12 - It rained.", ["HARROW BAY, N.H.", "XXXX-03-12", ""]),
            ("HARROW BAY (Northwire) — It rained.", ["HARROW BAY", "", "Northwire"]),
            ("HARROW BAY, N.H. (NW) — It rained.", ["HARROW BAY, N.H.", "", "NW"]),
            ("HARROW BAY — It rained a whole day long.", ["HARROW BAY", "", ""]),
            ("HARROW BAY -It rained a whole day long.", ["HARROW BAY", "", ""]),
            ("HARROW BAY--It rained a whole day long.", ["HARROW BAY", "", ""]),
            ("HARROW BAY, Eastshire — It rained a whole day long.", ["HARROW BAY, Eastshire", "", ""]),
            ("HARROW BAY/EAST QUAY (Northwire) - It rained.", ["HARROW BAY/EAST QUAY", "", "Northwire"]),
            ("ST. HARROW, March 3 (Northwire) - It rained.", ["ST. HARROW", "XXXX-03-03", "Northwire"]),
            ("McHARROW, Eastshire (NW) - It rained.", ["McHARROW, Eastshire", "", "NW"]),
            ("HARROW BAY, 3 JAN 90 (NORTH-WIRE) -- IT RAINED.", ["HARROW BAY", "1990-01-03", "NORTH-WIRE"]),
            (
                "HARROW BAY (NORTHLAND), 3 SEP 89 (THE WIRE) -- IT",
                ["HARROW BAY (NORTHLAND)", "1989-09-03", "THE WIRE"],
            ),
            ("HARROW BAY, 13 NOV (NORTH - WIRE) -- IT RAINED.", ["HARROW BAY", "XXXX-11-13", "NORTH - WIRE"]),
            ("HARROW BAY, Jan. 12 /Northwire/ -- It rained.", ["HARROW BAY", "XXXX-01-12", "Northwire"]),
            ("HARROW BAY, March 3. /NW/. It rained.", ["HARROW BAY", "XXXX-03-03", "NW"]),
            ("HARROW BAY. March 3 (Northwire) - It rained.", ["HARROW BAY", "XXXX-03-03", "Northwire"]),
            ("HARROW BAY (Northwire), 12 January – It rained.", ["HARROW BAY", "XXXX-01-12", "Northwire"]),
            ("HARROW BAY | Tue Mar 4, 2014 5:10am EST", ["HARROW BAY", "2014-03-04", ""]),
            ("HARROW BAY, Feb. 30 (Northwire) — It rained.", ["HARROW BAY", "?", "Northwire"]),
            ("HARROW BAY, March 4-\n It rained.", ["HARROW BAY", "XXXX-03-04", ""]),
            ("HARROW BAY (NORTHLAND), NO DATE (THE WIRE) -- IT", ["HARROW BAY (NORTHLAND)", "", "THE WIRE"]),
            ("HARROW BAY, 3 JAN 90 (THE WIRE [TW]) -- IT", ["HARROW BAY", "1990-01-03", "THE WIRE [TW]"]),
        ];
        for (text, expect) in cases {
            // What is behind the dateline may be in capitals there.
            check(&text.replace("-- IT", "-- It"), expect);
        }
    }

    #[test]
    fn british_and_web_forms() {
        let cases = [
            ("HARROW BAY, Northland, 3 March 2024 — It rained.", ["HARROW BAY, Northland", "2024-03-03", ""]),
            ("HARROW BAY, Northland (Northwire) – It rained.", ["HARROW BAY, Northland", "", "Northwire"]),
            ("Harrow Bay, Northland (Northwire) – It rained.", ["Harrow Bay, Northland", "", "Northwire"]),
            ("Harrow Bay, Jan. 12, 2023 (Northwire) —It rained.", ["Harrow Bay", "2023-01-12", "Northwire"]),
            ("Harrow Bay, 12 January: It rained.", ["Harrow Bay", "XXXX-01-12", ""]),
            ("Harrow-on-Quay (Northwire): It rained.", ["Harrow-on-Quay", "", "Northwire"]),
            ("Harrow Bay, Monday, 12 January 2023 – It rained.", ["Harrow Bay", "2023-01-12", ""]),
            ("HARROW BAY, Jan. 12, 2023 -- It rained.", ["HARROW BAY", "2023-01-12", ""]),
            ("ÅSE, Northland (Northwire) — It rained.", ["ÅSE, Northland", "", "Northwire"]),
            ("(Northwire) - It rained a whole day long.", ["", "", "Northwire"]),
            ("Jan 12 (Northwire) - It rained.", ["", "XXXX-01-12", "Northwire"]),
            ("HARROW BAY, North Bank —\u{a0}It rained a whole day long.", ["HARROW BAY, North Bank", "", ""]),
        ];
        for (text, expect) in cases {
            check(text, expect);
        }
    }

    #[test]
    fn what_is_no_dateline() {
        let cases = [
            "",
            "It rained.",
            "FILE - In this picture of Jan. 12 it rains.",
            "EXCLUSIVE — It rained a whole day long.",
            "UPDATE 1 - It rained a whole day long.",
            "NORTHLAND — MINISTER RESIGNS AFTER RAIN",
            "HARROW BAY: It rained a whole day long.",
            "LIND: It rained a whole day long.",
            "Harrow Bay — It rained a whole day long.",
            "Ada Lind, a sailor — It rained.",
            "On Jan. 12 - It rained.",
            "Monday - It rained.",
            "U.S. - It rained a whole day long.",
            "HARROW BAY, Jan. 12 and later - It rained.",
            "A (small) - It rained.",
            "HARROW BAY-based sailors said it rained.",
            "Lind (at right) - It rained.",
            "(CORRECTED) - It rained a whole day long.",
            "RAIN IS NO SURPRISE, BUT HARBOUR IS SHUT - It rained a whole day long.",
            "(Corrected) - MINISTER RESIGNS AFTER RAIN",
            "WEEKLY OUTLOOK - RAIN AHEAD\nIt rained a whole day long.",
            "By Ada Lind (Northwire) - It rained.",
            "HARBOUR CLOSED\nHARROW BAY, Jan. 12 (Northwire) - It rained.",
        ];
        for text in cases {
            check(text, [""; 3]);
        }
    }

    #[test]
    fn dashes() {
        let cases = [(" - a", Some(2)), ("—a", Some(3)), ("-a", None), (" -- a", Some(3)), ("\n\n- a", None)];
        for (rest, len) in cases {
            assert_eq!(dash(rest), len, "{rest:?}");
        }
    }
}
