//! Tables (RFC 4180 and its kin): a header that names the fields, then a report a row. A row is held at
//! a time. Where quotation marks do not fit, the row ends with its first line, so that an open mark
//! does not swallow what follows.
//!
//! Departures: fields may be parted by semicolons, tabs or bars; a mark inside a field that does not
//! begin with one is plain; rows may leave out empty fields at their end. In tables parted by tabs,
//! which mostly know no quoting (IANA text/tab-separated-values), marks that do not fit are plain.

use std::io::{self, BufRead, Read};
use std::mem;

use ascribe_record::Note;
use serde_json::{Map, Value};

use crate::decode::decode;
use crate::input::{Peeked, reason_of};
use crate::item::{Item, Outcome, Outcomes, Source};
use crate::{FieldNames, Format, Reason, json};

/// What may part fields; the first wins where two are as frequent in the header.
const DELIMITERS: [char; 4] = [',', ';', '\t', '|'];

/// The reports of the rows that are not blank, numbered from 1 behind the header. `notes` are those on
/// the decoding of the whole.
pub(crate) fn read_table<'a>(
    source: Source<'a>,
    input: Peeked<'a>,
    format: Format,
    notes: Vec<Note>,
) -> Outcomes<'a> {
    let mut rows = Rows { input, limit: source.options.max_bytes, delimiter: '\t' };
    let header = match rows.header(format) {
        Ok(Some(header)) => header,
        Ok(None) => return source.refuse(None, Reason::Blank),
        Err((reason, _)) => return source.refuse(None, reason),
    };
    let names: Map<String, Value> = header.iter().map(|name| (name.clone(), Value::Null)).collect();
    if !json::has_any(&names, &source.options.fields.text) {
        return source.refuse(None, Reason::NoTextField(source.options.fields.text.clone()));
    }
    let media_type = format.media_type();
    Box::new(Table { source, rows, header, media_type, notes, n_rows: 0, is_over: false })
}

/// Whether a first line is a header: of two known names at least, one of them that of the text.
pub(crate) fn is_header(line: &str) -> bool {
    let names = FieldNames::default();
    let is_one_of = |names: &[String], field: &&str| names.iter().any(|n| n.eq_ignore_ascii_case(field));
    let known = [&names.text, &names.title, &names.date, &names.outlet, &names.url, &names.byline, &names.id];
    DELIMITERS.iter().any(|delimiter| {
        let fields: Vec<&str> = line.split(*delimiter).map(|f| f.trim().trim_matches('"')).collect();
        let n_known = fields.iter().filter(|field| known.iter().any(|names| is_one_of(names, field))).count();
        n_known >= 2 && fields.iter().any(|field| is_one_of(&names.text, field))
    })
}

struct Table<'a> {
    source: Source<'a>,
    rows: Rows<'a>,
    header: Vec<String>,
    media_type: &'static str,
    notes: Vec<Note>,
    n_rows: u64,
    is_over: bool,
}

impl Iterator for Table<'_> {
    type Item = Outcome;

    fn next(&mut self) -> Option<Outcome> {
        while !self.is_over {
            let row = match self.rows.next() {
                Ok(None) => break,
                Ok(Some(row)) if row.is_blank() => continue,
                row => row,
            };
            self.n_rows += 1;
            let number = Some(self.n_rows);
            return Some(match row {
                Ok(Some(row)) => {
                    let (item, own) = (self.item(&row), self.source.own(row.bytes.trim_ascii_end()));
                    self.source.report(item, own, number)
                }
                Ok(None) => return None,
                Err((reason, bytes)) => {
                    self.is_over = reason.ends_input();
                    self.source.report(Err(reason), self.source.own(&bytes), number)
                }
            });
        }
        self.is_over = true;
        // A header alone is no table of reports.
        let nothing = || Reason::NothingIn("a table without rows".to_owned());
        (self.n_rows == 0).then(|| {
            self.n_rows = 1;
            Err(self.source.refusal(None, nothing()))
        })
    }
}

impl Table<'_> {
    fn item(&self, row: &Row) -> Result<Item, Reason> {
        let (n, n_names) = (row.fields.len(), self.header.len());
        if n > n_names {
            return Err(Reason::BrokenRow(format!("{n} fields under {n_names} names")));
        }
        let mut object = Map::new();
        for (name, field) in self.header.iter().zip(&row.fields) {
            object.entry(name.clone()).or_insert_with(|| Value::String(field.clone()));
        }
        let options = self.source.options;
        let item = json::read_object(&object, &options.fields, options.max_text)?;
        let notes = json::without_places(self.notes.iter().chain(&row.notes).cloned().collect());
        Ok(Item { media_type: self.media_type, notes, ..item })
    }
}

/// Why there is no row, and its bytes if they are few enough.
type Lost = (Reason, Vec<u8>);

fn lost(error: io::Error) -> Lost {
    (reason_of(&error), Vec::new())
}

/// One row, decoded, and the bytes that it was read from.
struct Row {
    bytes: Vec<u8>,
    fields: Vec<String>,
    notes: Vec<Note>,
}

impl Row {
    fn is_blank(&self) -> bool {
        self.fields.iter().all(|field| field.trim().is_empty())
    }
}

struct Rows<'a> {
    input: Peeked<'a>,
    limit: u64,
    delimiter: char,
}

impl Rows<'_> {
    /// The names of the fields, and by the way what parts them; `None` if there is no line.
    fn header(&mut self, format: Format) -> Result<Option<Vec<String>>, Lost> {
        if self.input.peek(3) == b"\xef\xbb\xbf" {
            self.input.consume(3);
        }
        let head = String::from_utf8_lossy(self.input.peek(8192)).into_owned();
        let mut first = head.trim_start().lines().next().unwrap_or_default();
        // What Excel writes and reads.
        let told = first.strip_prefix("sep=").and_then(|rest| rest.chars().next());
        if told.is_some() {
            self.input.skip_until(b'\n').map_err(lost)?;
            first = "";
        }
        let count = |delimiter: &char| first.matches(*delimiter).count();
        let most = DELIMITERS.into_iter().rev().max_by_key(count).unwrap_or(',');
        self.delimiter = if format == Format::Tsv { '\t' } else { most };
        self.delimiter = told.filter(char::is_ascii).unwrap_or(self.delimiter);
        loop {
            match self.next()? {
                Some(row) if row.is_blank() => {}
                Some(row) => {
                    return Ok(Some(row.fields.iter().map(|name| name.trim().to_owned()).collect()));
                }
                None => return Ok(None),
            }
        }
    }

    /// The next row; `None` at the end.
    fn next(&mut self) -> Result<Option<Row>, Lost> {
        let mut bytes = Vec::new();
        let mut splitter = Splitter::default();
        let mut n_first = 0;
        loop {
            let begin = bytes.len();
            let room = self.limit.saturating_add(2).saturating_sub(begin as u64);
            let n = self.input.by_ref().take(room).read_until(b'\n', &mut bytes);
            let n = n.map_err(lost)?;
            if begin == 0 {
                if n == 0 {
                    return Ok(None);
                }
                n_first = n;
                let len = bytes.trim_ascii_end().len();
                if len as u64 > self.limit {
                    if !bytes.ends_with(b"\n") {
                        self.input.skip_until(b'\n').map_err(lost)?;
                    }
                    return Err((Reason::TooManyBytes(self.limit), Vec::new()));
                }
            }
            let broken = match splitter.split(&bytes[begin..], self.delimiter as u8) {
                Ok(()) if splitter.is_open() && n == 0 => "a quotation mark is not closed",
                Ok(()) if splitter.is_open() => continue,
                Ok(()) => return Ok(Some(self.row(bytes, splitter.fields, true))),
                Err(why) => why,
            };
            self.input.give_back(&bytes[n_first..]);
            bytes.truncate(n_first);
            if self.delimiter != '\t' {
                return Err((Reason::BrokenRow(broken.to_owned()), bytes));
            }
            return Ok(Some(self.row(bytes, Vec::new(), false)));
        }
    }

    /// Decodes a row. `fields` are those of the bytes, which may be in another encoding than UTF-8;
    /// where marks do not quote they are found in the text.
    fn row(&self, bytes: Vec<u8>, fields: Vec<Vec<u8>>, is_quoted: bool) -> Row {
        let own: Result<Vec<String>, _> = fields.into_iter().map(String::from_utf8).collect();
        if let (Ok(fields), true) = (own, is_quoted) {
            return Row { bytes, fields, notes: Vec::new() };
        }
        let decoded = decode(bytes.clone(), false, None);
        let line = decoded.text.trim_end_matches(['\r', '\n']);
        let mut splitter = Splitter::default();
        let fields = if is_quoted && splitter.split(line.as_bytes(), self.delimiter as u8).is_ok() {
            splitter.fields.iter().map(|field| String::from_utf8_lossy(field).into_owned()).collect()
        } else {
            line.split(self.delimiter).map(str::to_owned).collect()
        };
        Row { bytes, fields, notes: decoded.notes }
    }
}

/// Splits a row into its fields, line by line.
#[derive(Default)]
struct Splitter {
    fields: Vec<Vec<u8>>,
    field: Vec<u8>,
    state: State,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum State {
    #[default]
    Start,
    Plain,
    Quoted,
    /// Behind a mark in a quoted field: the first of two, or the last.
    Mark,
}

impl Splitter {
    /// Takes in the next line with its line break.
    fn split(&mut self, line: &[u8], delimiter: u8) -> Result<(), &'static str> {
        let content = line.strip_suffix(b"\n").map_or(line, |line| line.strip_suffix(b"\r").unwrap_or(line));
        for &byte in content {
            self.state = match (self.state, byte) {
                (State::Start, b'"') => State::Quoted,
                (State::Quoted, b'"') => State::Mark,
                (State::Mark, b'"') => {
                    self.field.push(b'"');
                    State::Quoted
                }
                (State::Start | State::Plain | State::Mark, byte) if byte == delimiter => {
                    self.fields.push(mem::take(&mut self.field));
                    State::Start
                }
                (State::Mark, b' ') => State::Mark,
                (State::Mark, _) => return Err("text behind a closing quotation mark"),
                (state, byte) => {
                    self.field.push(byte);
                    if state == State::Quoted { State::Quoted } else { State::Plain }
                }
            };
        }
        if self.state == State::Quoted {
            self.field.extend(&line[content.len()..]);
        } else if !line.is_empty() {
            self.end();
        }
        Ok(())
    }

    fn end(&mut self) {
        if self.state != State::Quoted {
            self.fields.push(mem::take(&mut self.field));
            self.state = State::Start;
        }
    }

    fn is_open(&self) -> bool {
        self.state == State::Quoted
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rows behind the header, fields joined by bars, or why there is none.
    fn rows(table: &[u8], format: Format) -> Vec<String> {
        let mut rows = Rows { input: Peeked::new(Box::new(table)), limit: 60, delimiter: ' ' };
        let header = rows.header(format).unwrap().unwrap();
        let mut all = vec![header.join("|")];
        loop {
            match rows.next() {
                Ok(None) => return all,
                Ok(Some(row)) => all.push(row.fields.join("|")),
                Err((reason, _)) => all.push(reason.to_string()),
            }
        }
    }

    #[test]
    fn fields_and_rows() {
        let table =
            b"\xef\xbb\xbfid,text\r\n1,\"It \"\"rained\"\",\r\na lot.\"\r\n\r\n2,5\" of rain\n3\n4,\"a\" ";
        let expect = ["id|text", "1|It \"rained\",\r\na lot.", "", "2|5\" of rain", "3", "4|a"];
        assert_eq!(rows(table, Format::Csv), expect);
    }

    #[test]
    fn delimiters() {
        for (table, format) in [
            ("a;b,c;d\n1;2;3", Format::Csv),
            ("a|b,c|d\n1|2|3", Format::Csv),
            ("a\tb,c\td\n1\t2\t3", Format::Csv),
            ("sep=;\na;b,c;d\n1;2;3", Format::Csv),
            ("a\tb,c\td\n1\t2\t3", Format::Tsv),
        ] {
            assert_eq!(rows(table.as_bytes(), format), ["a|b,c|d", "1|2|3"], "{table}");
        }
    }

    #[test]
    fn broken_marks_cost_one_row() {
        let table = b"id,text\n1,\"open\n2,\"It rained.\"\n3,\"x\" y\n4,z\n5,\"never closed\n6,fine\n";
        let expect = [
            "id|text",
            "broken row: text behind a closing quotation mark",
            "2|It rained.",
            "broken row: text behind a closing quotation mark",
            "4|z",
            "broken row: a quotation mark is not closed",
            "6|fine",
        ];
        assert_eq!(rows(table, Format::Csv), expect);
        let tabs = b"id\ttext\n1\t\"It rained,\" she said.\n2\t\"open\n3\t\"in\tside\"\n";
        let expect = ["id|text", "1|\"It rained,\" she said.", "2|\"open", "3|in\tside"];
        assert_eq!(rows(tabs, Format::Tsv), expect);
    }

    #[test]
    fn long_rows_are_passed_over() {
        let long = "x".repeat(100);
        let table = format!("id,text\n1,{long}\n2,\"{long}\n3,z\n");
        let over = "over 60 bytes, the limit for one capture";
        assert_eq!(rows(table.as_bytes(), Format::Csv), ["id|text", over, over, "3|z"]);
        let open = format!("id,text\n1,\"{}\n3,z\n", "x\n".repeat(40));
        let rows = rows(open.as_bytes(), Format::Csv);
        assert_eq!((rows.len(), rows[1].as_str()), (43, "broken row: a quotation mark is not closed"));
    }

    #[test]
    fn other_encodings() {
        assert_eq!(rows(b"id,text\n1,\"caf\xe9, au lait\"\n", Format::Csv), ["id|text", "1|café, au lait"]);
    }

    #[test]
    fn headers() {
        for line in ["id,text", "Title;Body;Date", "\"url\",\"Content\"", "date\ttext\textra"] {
            assert!(is_header(line), "{line}");
        }
        for line in ["text", "Body, found", "The text, the date and the title", "id,title", ""] {
            assert!(!is_header(line), "{line}");
        }
    }
}
