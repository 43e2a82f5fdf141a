//! Dates as English-language news writes them, read from the start of a text.
//!
//! A [`Day`] may lack its year. What is left out: dates in words ("the twelfth"), relative ones
//! ("Tuesday"), and `3/4/2024`, which means March in one country and April in the other.

use std::fmt;

use jiff::civil;

/// A day of the calendar, perhaps of an unknown year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Day {
    pub(crate) year: Option<i16>,
    month: i8,
    day: i8,
}

impl fmt::Display for Day {
    /// As EDTF: `2023-11-14`, `XXXX-11-14`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.year {
            Some(year) => write!(f, "{year:04}-{:02}-{:02}", self.month, self.day),
            None => write!(f, "XXXX-{:02}-{:02}", self.month, self.day),
        }
    }
}

/// Words that have the form of a date but name no day, such as `2023-02-31`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Impossible;

/// A date at the start of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) day: Result<Day, Impossible>,
    /// Bytes that it takes.
    pub(crate) len: usize,
}

/// The date that `text` begins with.
pub(crate) fn scan(text: &str) -> Option<Found> {
    let mut cursor = Cursor { text, at: 0 };
    if cursor.weekday() {
        cursor.eat_any(&[",", "."]);
        cursor.space();
    }
    let day = cursor.year_first().or_else(|| cursor.month_first()).or_else(|| cursor.day_first())?;
    (!cursor.rest().starts_with(char::is_alphanumeric)).then_some(Found { day, len: cursor.at })
}

/// The EDTF date that a field of metadata gives, with or without a time of day: the calendar date
/// as written, whatever the zone. `None` if it is no date or an ambiguous one.
pub(crate) fn from_field(value: &str) -> Option<Result<String, Impossible>> {
    let value = value.trim();
    if value.bytes().all(|b| b.is_ascii_digit()) {
        return from_digits(value);
    }
    if let Some((year, month)) = value.split_once('-')
        && let (Some(year), Some(month)) = (number(year, 4), number(month, 2))
    {
        return Some(day_of(Some(year), month, 1).map(|_| format!("{year:04}-{month:02}")));
    }
    let found = scan(value)?;
    let day = found.day.map(|day| day.year.is_some().then(|| day.to_string()));
    day.transpose()
}

/// The date of a number: `20231114`, a year, or seconds or milliseconds since 1970 (UTC).
fn from_digits(digits: &str) -> Option<Result<String, Impossible>> {
    let value: i64 = digits.parse().ok()?;
    match digits.len() {
        4 => (1000..2200).contains(&value).then(|| Ok(digits.to_owned())),
        8 => compact(digits).map(|day| day.map(|day| day.to_string())),
        9 | 10 => from_epoch(value),
        12 | 13 => from_epoch(value / 1000),
        _ => None,
    }
}

/// The day in UTC of `seconds` since 1970.
fn from_epoch(seconds: i64) -> Option<Result<String, Impossible>> {
    let days = jiff::Span::new().try_days(seconds.div_euclid(86_400)).ok()?;
    let day = civil::date(1970, 1, 1).checked_add(days).ok()?;
    Some(Ok(day.to_string()))
}

/// The date in a file's name: `2023-11-14-harbour.txt`, `20231114_x.txt`, `x-2023_11_14.txt`.
pub(crate) fn from_name(path: &str) -> Option<Day> {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    let starts = name.char_indices().filter(|&(at, c)| {
        c.is_ascii_digit() && !name[..at].ends_with(|before: char| before.is_ascii_alphanumeric())
    });
    starts.map(|(at, _)| &name[at..]).find_map(|rest| {
        let n_digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let day = if n_digits == 8 {
            compact(&rest[..8])?
        } else {
            let mut cursor = Cursor { text: rest, at: 0 };
            cursor.year_first_with(&["-", "_", "."])?
        };
        day.ok().filter(|day| matches!(day.year, Some(1600..2200)))
    })
}

/// `20231114`.
fn compact(digits: &str) -> Option<Result<Day, Impossible>> {
    Some(day_of(Some(number(&digits[..4], 4)?), number(&digits[4..6], 2)?, number(&digits[6..], 2)?))
}

/// The number that up to `most` digits, and nothing else, spell.
fn number(digits: &str, most: usize) -> Option<i16> {
    let is_number = (1..=most).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    is_number.then(|| digits.parse().ok()).flatten()
}

fn day_of(year: Option<i16>, month: i16, day: i16) -> Result<Day, Impossible> {
    let (month, day) = (i8::try_from(month), i8::try_from(day));
    let (Ok(month), Ok(day)) = (month, day) else { return Err(Impossible) };
    // An unknown year may be a leap year.
    civil::Date::new(year.unwrap_or(2000), month, day).map_err(|_| Impossible)?;
    Ok(Day { year, month, day })
}

/// Whether `word` is a weekday's or a month's name or abbreviation.
pub(crate) fn is_calendar_word(word: &str) -> bool {
    let word = word.trim_end_matches('.');
    month_of(word).is_some() || is_weekday(word)
}

fn is_weekday(word: &str) -> bool {
    ascribe_date::weekday(&word.to_ascii_lowercase()).is_some()
}

fn month_of(word: &str) -> Option<i16> {
    ascribe_date::month(&word.to_ascii_lowercase()).map(i16::from)
}

/// Reads on from `at`; what returns `None` or false leaves it unmoved.
pub(crate) struct Cursor<'t> {
    pub(crate) text: &'t str,
    pub(crate) at: usize,
}

impl<'t> Cursor<'t> {
    pub(crate) fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    /// Runs `read`; puts the cursor back if that finds nothing.
    pub(crate) fn attempt<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let before = self.at;
        let found = read(self);
        if found.is_none() {
            self.at = before;
        }
        found
    }

    fn eat_any(&mut self, tokens: &[&'static str]) -> Option<&'static str> {
        let token = tokens.iter().copied().find(|token| self.rest().starts_with(token))?;
        self.at += token.len();
        Some(token)
    }

    /// White space with one line break at most, for wires break their lines in datelines too.
    pub(crate) fn space(&mut self) -> bool {
        let rest = self.rest();
        let blank = &rest[..rest.len() - rest.trim_start().len()];
        let is_space = !blank.is_empty() && blank.matches('\n').count() <= 1;
        self.at += if is_space { blank.len() } else { 0 };
        is_space
    }

    fn digits(&mut self, least: usize, most: usize) -> Option<i16> {
        let rest = self.rest();
        let len = rest.bytes().take_while(u8::is_ascii_digit).count();
        let value = (least..=most).contains(&len).then(|| number(&rest[..len], most)).flatten()?;
        self.at += len;
        Some(value)
    }

    fn word(&self) -> &'t str {
        let rest = self.rest();
        let len = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        &rest[..len]
    }

    /// "Tue", "Tuesday"; not "sat" or "mon" in running text, which no capital begins.
    fn weekday(&mut self) -> bool {
        let word = self.word();
        let is_name = word.starts_with(|c: char| c.is_ascii_uppercase()) && is_weekday(word);
        self.at += if is_name { word.len() } else { 0 };
        is_name
    }

    fn month(&mut self) -> Option<i16> {
        let word = self.word();
        let month = word.starts_with(|c: char| c.is_ascii_uppercase()).then(|| month_of(word)).flatten()?;
        self.at += word.len();
        self.eat_any(&["."]);
        Some(month)
    }

    /// `2023-11-14`, `2023/11/14`, `2023.11.14`, perhaps with `T10:15`.
    fn year_first(&mut self) -> Option<Result<Day, Impossible>> {
        let day = self.year_first_with(&["-", "/", "."])?;
        self.attempt(|c| {
            c.eat_any(&["T", " "])?;
            c.clock()
        });
        Some(day)
    }

    fn year_first_with(&mut self, separators: &[&'static str]) -> Option<Result<Day, Impossible>> {
        self.attempt(|c| {
            let year = c.digits(4, 4)?;
            let separator = c.eat_any(separators)?;
            let month = c.digits(1, 2)?;
            c.eat_any(&[separator])?;
            let day = c.digits(1, 2)?;
            Some(day_of(Some(year), month, day))
        })
    }

    /// `10:15:00.123+02:00`.
    fn clock(&mut self) -> Option<()> {
        self.attempt(|c| {
            c.digits(1, 2)?;
            c.eat_any(&[":"])?;
            c.digits(2, 2)?;
            let tail = c.rest().find(|x: char| !(x.is_ascii_digit() || ":.,+-Z".contains(x)));
            let tail = &c.rest()[..tail.unwrap_or(c.rest().len())];
            c.at += tail.trim_end_matches(['.', ',', '-']).len();
            Some(())
        })
    }

    /// `Nov. 14, 2023`, `November 14th`.
    fn month_first(&mut self) -> Option<Result<Day, Impossible>> {
        self.attempt(|c| {
            let month = c.month()?;
            c.space();
            let day = c.day()?;
            let year = c.year(&[",", ""]);
            Some(day_of(year, month, day))
        })
    }

    /// `14 November 2023`, `14 NOV 89`, `14-Nov-2023`, `14/11/2023`, `14th of November, 2023`.
    fn day_first(&mut self) -> Option<Result<Day, Impossible>> {
        self.attempt(|c| c.numeric()).or_else(|| {
            self.attempt(|c| {
                let day = c.day()?;
                if c.eat_any(&["-"]).is_none() && !c.space() {
                    return None;
                }
                c.eat_any(&["of "]);
                let month = c.month()?;
                let year = c.year(&[",", "-", ""]);
                Some(day_of(year, month, day))
            })
        })
    }

    /// `14/11/2023`, `11/14/2023`, `14.11.2023`; `None` if day and month could be exchanged.
    fn numeric(&mut self) -> Option<Result<Day, Impossible>> {
        let first = self.digits(1, 2)?;
        let separator = self.eat_any(&["/", ".", "-"])?;
        let second = self.digits(1, 2)?;
        self.eat_any(&[separator])?;
        let year = Some(self.digits(4, 4)?);
        match (first > 12, second > 12) {
            (true, _) => Some(day_of(year, second, first)),
            (false, true) => Some(day_of(year, first, second)),
            (false, false) => (first == second).then(|| day_of(year, first, second)),
        }
    }

    /// `14`, `14th`.
    fn day(&mut self) -> Option<i16> {
        let day = self.digits(1, 2)?;
        let ordinal = self.word().to_ascii_lowercase();
        if matches!(ordinal.as_str(), "st" | "nd" | "rd" | "th") {
            self.at += ordinal.len();
        }
        Some(day)
    }

    /// `, 2023`, ` 2023`, ` 89`: the two digits of a wire's year mean 1970 to 2069, as in POSIX.
    fn year(&mut self, separators: &[&'static str]) -> Option<i16> {
        self.attempt(|c| {
            let separator = c.eat_any(separators)?;
            if !c.space() && separator != "-" {
                return None;
            }
            let is_free = |c: &Self| !c.rest().starts_with([':', '/', '%']) && !continues_number(c.rest());
            if let Some(year) = c.attempt(|c| c.digits(4, 4).filter(|_| is_free(c))) {
                return (1000..2200).contains(&year).then_some(year);
            }
            // "Jan. 12, 14 people" and "Jan. 12 14 people" are no years.
            let short = c.digits(2, 2).filter(|_| separator != "," && is_free(c))?;
            let is_alone = c.rest().trim_start().starts_with(['(', '-', '–', '—', '/']);
            is_alone.then_some(if short >= 70 { 1900 + short } else { 2000 + short })
        })
    }
}

/// Whether digits go on behind a point or comma: "1,200" and "3.5" are no years.
fn continues_number(rest: &str) -> bool {
    rest.strip_prefix([',', '.']).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scan_reads_a_date_at_the_start() {
        let cases = [
            ("2023-11-14 The", "2023-11-14", 10),
            ("2023/1/4", "2023-01-04", 8),
            ("2023.11.14", "2023-11-14", 10),
            ("2023-11-14T22:10:00+02:00", "2023-11-14", 25),
            ("2023-11-14 22:10 GMT", "2023-11-14", 16),
            ("2023-11-14 4 people", "2023-11-14", 10),
            ("14 November 2023", "2023-11-14", 16),
            ("14 Nov 2023.", "2023-11-14", 11),
            ("14th of November, 2023", "2023-11-14", 22),
            ("14-Nov-2023", "2023-11-14", 11),
            ("14 NOV 89 (Northwire) --", "1989-11-14", 9),
            ("14 NOV 09 --", "2009-11-14", 9),
            ("14 NOV (Northwire)", "XXXX-11-14", 6),
            ("November 14, 2023", "2023-11-14", 17),
            ("Nov. 14, 2023, 10:15", "2023-11-14", 13),
            ("Nov 14th 2023", "2023-11-14", 13),
            ("Sept. 5 (Northwire)", "XXXX-09-05", 7),
            ("Jan. 12, 14 people", "XXXX-01-12", 7),
            ("Jan. 12 14 people", "XXXX-01-12", 7),
            ("March 12 1,200 people", "XXXX-03-12", 8),
            ("Feb 29 -", "XXXX-02-29", 6),
            ("Tue Mar 4, 2014 5:30am", "2014-03-04", 15),
            ("Tuesday, 4 March 2014", "2014-03-04", 21),
            ("Tue, 04 Mar 2014 10:00:00 +0000", "2014-03-04", 16),
            ("14/11/2023", "2023-11-14", 10),
            ("11/14/2023", "2023-11-14", 10),
            ("4/4/2023", "2023-04-04", 8),
            ("14.11.2023", "2023-11-14", 10),
            ("Jan.\n12, 2023", "2023-01-12", 13),
        ];
        for (text, edtf, len) in cases {
            let found = scan(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((found.day.unwrap().to_string().as_str(), found.len), (edtf, len), "{text}");
        }
    }

    #[test]
    fn scan_leaves_alone_what_is_no_date() {
        let cases = [
            "",
            "may 4 people",
            "May",
            "Monday",
            "3/4/2024",
            "2023",
            "2023-11",
            "14 people",
            "1.5.2 out",
            "Marching 12",
            "2023-11-144",
            "14 Novel",
            "Sat",
            "12",
            "Jan.\n\n12",
            "2023-11/14",
            "é",
        ];
        for text in cases {
            assert_eq!(scan(text), None, "{text}");
        }
    }

    #[test]
    fn impossible_days_are_told() {
        for text in ["2023-02-31", "31 April 2024", "Feb. 30", "2023-13-01", "29 February 2023", "31/31/2023"]
        {
            assert_eq!(scan(text).map(|f| f.day), Some(Err(Impossible)), "{text}");
        }
    }

    #[test]
    fn fields_of_metadata() {
        let cases = [
            ("2023-11-14T22:10:00+02:00", "2023-11-14"),
            ("2023-11-14T22:10:00.000Z", "2023-11-14"),
            (" 2023-11-14 ", "2023-11-14"),
            ("Tue, 14 Nov 2023 22:10:00 GMT", "2023-11-14"),
            ("November 14, 2023", "2023-11-14"),
            ("20231114", "2023-11-14"),
            ("20231114T221000Z", ""),
            ("1700000000", "2023-11-14"),
            ("1700000000000", "2023-11-14"),
            ("2023-11", "2023-11"),
            ("2023", "2023"),
            ("14 November", ""),
            ("3/4/2024", ""),
            ("yesterday", ""),
            ("", ""),
        ];
        for (value, edtf) in cases {
            let found = from_field(value).map_or(String::new(), Result::unwrap);
            assert_eq!(found, edtf, "{value}");
        }
        assert_eq!(from_field("2023-02-31T00:00:00Z"), Some(Err(Impossible)));
        assert_eq!(from_field("20230231"), Some(Err(Impossible)));
        assert_eq!(from_field("2023-13"), Some(Err(Impossible)));
    }

    #[test]
    fn names_of_files() {
        let cases = [
            ("2023-11-14-harbour.txt", "2023-11-14"),
            ("wire/20231114_harbour.txt", "2023-11-14"),
            ("harbour_2023_11_14.txt", "2023-11-14"),
            ("harbour-2023.11.14.txt", "2023-11-14"),
            ("2023-11-14/harbour.txt", ""),
            ("2023-02-31.txt", ""),
            ("12345678.txt", ""),
            ("120231114.txt", ""),
            ("harbour.txt", ""),
            ("-", ""),
        ];
        for (path, edtf) in cases {
            assert_eq!(from_name(path).map_or(String::new(), |d| d.to_string()), edtf, "{path}");
        }
    }
}
