//! A spreadsheet (Office Open XML, ECMA-376) with a sheet each for reports, statements and figures, whose
//! ids are links to one another.
//!
//! Rows go through a temporary file as they come, so that memory does not grow with the text; only the
//! rows that links lead to are held, a few bytes each.

use std::collections::HashMap;
use std::io::Write;

use ascribe_ledger::{Filter, Ledger, Listing, Row};
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatUnderline, Url, Workbook, Worksheet,
};

use crate::annotation::is_web;
use crate::line::{attributes, each, number, text};
use crate::{Error, Result, Written};

/// Rows that a sheet holds, its heading left out.
const MOST_ROWS: u32 = (1 << 20) - 1;
/// Links that a sheet holds (Excel, "specifications and limits"); cells behind them are plain.
const MOST_LINKS: u32 = 65_530;
/// UTF-16 units that a cell holds.
const MOST_UNITS: usize = 32_767;
/// Characters of an address that Excel opens.
const MOST_ADDRESS: usize = 2_000;

/// What stands in a column.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    /// Text that may take several lines.
    Long,
    /// A date if it is a whole day, else text: no month becomes its first day.
    Date,
    Number,
    /// A number between 0 and 1.
    Share,
    /// A list, parted by semicolons.
    List,
    /// An address of the web.
    Address,
    /// The id of a row of another sheet.
    Link(&'static str),
}

/// Name in the listing, width in characters.
type Column = (&'static str, f64, Kind);

const REPORTS: &[Column] = &[
    ("published", 11.0, Kind::Date),
    ("outlet", 24.0, Kind::Text),
    ("title", 60.0, Kind::Long),
    ("byline", 24.0, Kind::Text),
    ("statements", 11.0, Kind::Number),
    ("figures", 9.0, Kind::Number),
    ("language", 9.0, Kind::Text),
    ("media_type", 14.0, Kind::Text),
    ("model", 9.0, Kind::Text),
    ("url", 40.0, Kind::Address),
    ("report", 20.0, Kind::Text),
];
const STATEMENTS: &[Column] = &[
    ("published", 11.0, Kind::Date),
    ("outlet", 24.0, Kind::Text),
    ("speaker", 28.0, Kind::Long),
    ("kind", 13.0, Kind::Text),
    ("role", 22.0, Kind::Text),
    ("affiliation", 22.0, Kind::Text),
    ("naming", 11.0, Kind::Text),
    ("act", 12.0, Kind::Text),
    ("certainty", 10.0, Kind::Text),
    ("form", 9.0, Kind::Text),
    ("medium", 14.0, Kind::Text),
    ("via", 18.0, Kind::Text),
    ("said_on", 11.0, Kind::Date),
    ("source", 28.0, Kind::Long),
    ("cue", 16.0, Kind::Text),
    ("content", 80.0, Kind::Long),
    ("confidence", 10.0, Kind::Share),
    ("status", 10.0, Kind::Text),
    ("id", 27.0, Kind::Text),
    ("actor", 19.0, Kind::Text),
    ("report", 20.0, Kind::Link("reports")),
];
const FIGURES: &[Column] = &[
    ("published", 11.0, Kind::Date),
    ("outlet", 24.0, Kind::Text),
    ("words", 24.0, Kind::Long),
    ("lower", 10.0, Kind::Number),
    ("upper", 10.0, Kind::Number),
    ("bound", 9.0, Kind::Text),
    ("measure", 12.0, Kind::Text),
    ("counted", 30.0, Kind::Long),
    ("attributes", 24.0, Kind::List),
    ("cause", 22.0, Kind::Text),
    ("scope", 11.0, Kind::Text),
    ("occurred", 11.0, Kind::Date),
    ("since", 11.0, Kind::Date),
    ("as_of", 11.0, Kind::Date),
    ("place", 22.0, Kind::Text),
    ("speaker", 28.0, Kind::Long),
    ("confidence", 10.0, Kind::Share),
    ("status", 10.0, Kind::Text),
    ("id", 27.0, Kind::Text),
    ("statement", 27.0, Kind::Link("statements")),
    ("report", 20.0, Kind::Link("reports")),
];

/// The sheets: the listing, its name, the column that is a row's id, and the columns.
const SHEETS: [(Listing, &str, &str, &[Column]); 3] = [
    (Listing::Reports, "reports", "report", REPORTS),
    (Listing::Statements, "statements", "id", STATEMENTS),
    (Listing::Figures, "figures", "id", FIGURES),
];

pub(crate) fn write(ledger: &Ledger, filter: &Filter, to: &mut (dyn Write + Send)) -> Result<Written> {
    let mut workbook = Workbook::new();
    // A day that never changes, or each export would have other bytes.
    let properties = DocProperties::new().set_title("Statements and figures").set_author("Ascribe");
    let properties = properties.set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?);
    workbook.set_properties(&properties);
    let styles = Styles::new();
    let (mut rows, mut n) = (HashMap::new(), 0);
    for (listing, name, id, columns) in SHEETS {
        let sheet = workbook.add_worksheet_with_constant_memory()?.set_name(name)?;
        let mut sheet = Sheet { sheet, name, columns, styles: &styles, n_rows: 0, n_links: 0 };
        sheet.head()?;
        each(ledger, listing, filter, |row| {
            sheet.push(row, &rows)?;
            // Behind the rows of one sheet come those that lead there.
            if listing != Listing::Figures {
                rows.insert(key(name, text(row, id).unwrap_or_default()), sheet.n_rows);
            }
            Ok(())
        })?;
        n += u64::from(sheet.n_rows);
        sheet.end()?;
    }
    workbook.save_to_writer(to)?;
    Ok(Written { n, n_left_out: 0 })
}

/// A sheet and an id in it, in few bytes: ids are hashes, of which 24 digits tell enough.
fn key(sheet: &str, id: &str) -> u128 {
    let digits: String = id.chars().filter(char::is_ascii_hexdigit).take(24).collect();
    u128::from_str_radix(&digits, 16).unwrap_or_default() << 1 | u128::from(sheet == "reports")
}

struct Styles {
    head: Format,
    plain: Format,
    long: Format,
    date: Format,
    share: Format,
    link: Format,
}

impl Styles {
    fn new() -> Self {
        let plain = Format::new().set_align(FormatAlign::Top);
        Self {
            head: Format::new().set_bold().set_background_color(Color::RGB(0xEE_EE_EE)),
            long: plain.clone().set_text_wrap(),
            date: plain.clone().set_num_format("yyyy-mm-dd").set_align(FormatAlign::Left),
            share: plain.clone().set_num_format("0.00"),
            link: plain.clone().set_font_color(Color::RGB(0x1A_4F_8B)).set_underline(FormatUnderline::Single),
            plain,
        }
    }
}

struct Sheet<'w> {
    sheet: &'w mut Worksheet,
    name: &'static str,
    columns: &'static [Column],
    styles: &'w Styles,
    n_rows: u32,
    n_links: u32,
}

impl Sheet<'_> {
    fn head(&mut self) -> Result<()> {
        self.sheet.set_freeze_panes(1, 0)?;
        // On paper: all columns on a page, the heading on each.
        self.sheet.set_landscape().set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
        for ((name, width, _), n) in self.columns.iter().zip(0..) {
            self.sheet.set_column_width(n, *width)?;
            self.sheet.write_string_with_format(0, n, *name, &self.styles.head)?;
        }
        Ok(())
    }

    fn push(&mut self, row: &Row<'_>, rows: &HashMap<u128, u32>) -> Result<()> {
        if self.n_rows == MOST_ROWS {
            return Err(Error::TooManyRows(self.name, MOST_ROWS));
        }
        self.n_rows += 1;
        for ((name, _, kind), column) in self.columns.iter().zip(0..) {
            self.cell(column, name, *kind, row, rows)?;
        }
        Ok(())
    }

    fn cell(
        &mut self,
        column: u16,
        name: &str,
        kind: Kind,
        row: &Row<'_>,
        rows: &HashMap<u128, u32>,
    ) -> Result<()> {
        let (at, styles) = (self.n_rows, self.styles);
        if matches!(kind, Kind::Number | Kind::Share) {
            let style = if kind == Kind::Share { &styles.share } else { &styles.plain };
            if let Some(number) = number(row, name) {
                self.sheet.write_number_with_format(at, column, number, style)?;
            }
            return Ok(());
        }
        let list = if kind == Kind::List { attributes(row).join("; ") } else { String::new() };
        let Some(words) = Some(list.as_str()).filter(|list| !list.is_empty()).or(match kind {
            Kind::List => None,
            _ => text(row, name),
        }) else {
            return Ok(());
        };
        if let (Kind::Date, Some(day)) = (kind, day(words)) {
            self.sheet.write_datetime_with_format(at, column, day, &styles.date)?;
            return Ok(());
        }
        let link = match kind {
            Kind::Address if is_web(words) && words.chars().count() <= MOST_ADDRESS => Some(words.to_owned()),
            Kind::Link(sheet) => {
                rows.get(&key(sheet, words)).map(|row| format!("internal:{sheet}!A{}", row + 1))
            }
            _ => None,
        };
        let shown = fitting(words);
        if let Some(link) = link.filter(|_| self.n_links < MOST_LINKS) {
            self.n_links += 1;
            let link = Url::new(link).set_text(shown);
            self.sheet.write_url_with_format(at, column, link, &styles.link)?;
        } else {
            let style = if kind == Kind::Long { &styles.long } else { &styles.plain };
            self.sheet.write_string_with_format(at, column, shown, style)?;
        }
        Ok(())
    }

    fn end(&mut self) -> Result<()> {
        let last = u16::try_from(self.columns.len()).unwrap_or(1) - 1;
        self.sheet.autofilter(0, 0, self.n_rows, last)?;
        Ok(())
    }
}

/// The day that `2026-01-12` names, if a spreadsheet has it.
fn day(date: &str) -> Option<ExcelDateTime> {
    let parts: Vec<u16> = date.split('-').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    match (date.len(), &parts[..]) {
        (10, [year, month, day]) => {
            ExcelDateTime::from_ymd(*year, u8::try_from(*month).ok()?, u8::try_from(*day).ok()?).ok()
        }
        _ => None,
    }
}

/// The text as far as a cell holds it, and of characters that a file can hold.
fn fitting(text: &str) -> String {
    let mut n_units = 0;
    let mut fitting = String::with_capacity(text.len());
    for c in text.chars().map(writable) {
        n_units += c.len_utf16();
        if n_units >= MOST_UNITS {
            fitting.push('…');
            break;
        }
        fitting.push(c);
    }
    fitting
}

/// The character, or U+FFFD for one that XML 1.0 cannot hold.
pub(crate) fn writable(c: char) -> char {
    match c {
        '\n' | '\t' => c,
        '\r' => ' ',
        '\u{fffe}' | '\u{ffff}' => '\u{fffd}',
        c if c < ' ' => '\u{fffd}',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_days_are_dates() {
        assert!(day("2026-01-12").is_some());
        for none in ["2026-01", "2026", "2026-02-30", "1850-01-01", "2026-01-12T08:00:00Z", "20260-1-12", "x"]
        {
            assert!(day(none).is_none(), "{none}");
        }
    }

    #[test]
    fn cells_hold_what_a_file_can_hold() {
        assert_eq!(fitting("a\u{1}b\u{ffff}\r\nc"), "a\u{fffd}b\u{fffd} \nc");
        let long = fitting(&"𝄞".repeat(40_000));
        assert!(long.ends_with('…') && long.encode_utf16().count() <= MOST_UNITS);
        assert_eq!(fitting(&"a".repeat(MOST_UNITS - 1)).len(), MOST_UNITS - 1);
    }

    #[test]
    fn keys_are_of_one_sheet() {
        let id = "3fa9c1d2e4b5a6f7.s1a2b3c4d";
        assert_ne!(key("reports", id), key("statements", id));
        assert_ne!(key("statements", id), key("statements", "3fa9c1d2e4b5a6f7.s1a2b3c4e"));
    }
}
