use std::io::{self, BufRead, Cursor, Read};
use std::iter;
use std::rc::Rc;

use ascribe_record::{Note, PublishedFrom, Report, Span};
use sha2::{Digest, Sha256};

use crate::decode::{Decoded, decode};
use crate::json::{self, Record, Records};
use crate::opening::{self, Opening};
use crate::{Format, Options, Reason, Refusal, date, format, heading, html, language};

/// So many bytes are looked at to tell what a file is.
const HEAD: usize = 8192;

type Outcome = Result<Report, Refusal>;

/// The reports of one file, each with what its opening says, or the reason why there is none.
///
/// `path` is how the user named the file: its extension tells the format, its name may give a date,
/// and it stands in every report and refusal. Nothing is read before the first is asked for; JSON
/// Lines are read line by line, other files whole.
///
/// # Errors
/// A [`Refusal`] takes the place of the report that could not be read; the others still come. After
/// an error of `input` nothing comes.
pub fn reports<'a, R: BufRead + 'a>(
    path: &str,
    input: R,
    options: &'a Options,
) -> impl Iterator<Item = Outcome> + use<'a, R> {
    let file = File { path: path.into(), options };
    iter::once_with(move || file.open(input)).flatten()
}

/// What all reports of a file share.
#[derive(Clone)]
struct File<'a> {
    path: Rc<str>,
    options: &'a Options,
}

impl<'a> File<'a> {
    fn open<R: BufRead + 'a>(self, mut input: R) -> Box<dyn Iterator<Item = Outcome> + 'a> {
        let mut head = Vec::new();
        if let Err(error) = input.by_ref().take(HEAD as u64).read_to_end(&mut head) {
            return self.refuse(None, read_error(&error));
        }
        if head.is_empty() {
            return self.refuse(None, Reason::Empty);
        }
        if let Some(what) = format::binary(&head) {
            return self.refuse(None, Reason::Binary(what));
        }
        let format = self.options.format.or_else(|| Format::from_name(&self.path));
        let format = format.unwrap_or_else(|| Format::from_bytes(&head));
        let is_wide = matches!(head[..], [0xff, 0xfe, ..] | [0xfe, 0xff, ..]);
        let input = Cursor::new(head).chain(input);
        // The lines of UTF-16 are found only once it is decoded.
        if format == Format::JsonLines && !is_wide {
            return Box::new(Lines { input, file: self, n_records: 0, is_first: true, is_over: false });
        }
        match read_whole(input, self.options.max_bytes) {
            Ok(bytes) => self.whole(bytes, format),
            Err(reason) => self.refuse(None, reason),
        }
    }

    fn whole(self, bytes: Vec<u8>, format: Format) -> Box<dyn Iterator<Item = Outcome> + 'a> {
        let (id, kept) = (hash(&bytes), self.kept(&bytes));
        let decoded = decode(bytes, format == Format::Html);
        if decoded.text.trim().is_empty() {
            return self.refuse(None, Reason::Blank);
        }
        let report = match format {
            Format::Text => self.text(decoded),
            Format::Html => self.page(decoded),
            Format::Json | Format::JsonLines => match json::split_records(&decoded.text) {
                Records::One(range) => self.record(&decoded.text[range], decoded.notes),
                Records::Many(ranges) => return self.records(decoded, ranges),
            },
        };
        Box::new(iter::once(self.seal(report, id, kept, None)))
    }

    fn records(
        self,
        decoded: Decoded,
        ranges: Vec<std::ops::Range<usize>>,
    ) -> Box<dyn Iterator<Item = Outcome> + 'a> {
        if ranges.is_empty() {
            return self.refuse(None, Reason::NoTextField(self.options.fields.text.clone()));
        }
        Box::new(ranges.into_iter().zip(1..).map(move |(range, number)| {
            let json = &decoded.text[range];
            let (id, kept) = (hash(json.as_bytes()), self.kept(json.as_bytes()));
            self.seal(self.record(json, decoded.notes.clone()), id, kept, Some(number))
        }))
    }

    fn refuse(&self, record: Option<u64>, reason: Reason) -> Box<dyn Iterator<Item = Outcome> + 'a> {
        Box::new(iter::once(Err(self.refusal(record, reason))))
    }

    fn refusal(&self, record: Option<u64>, reason: Reason) -> Refusal {
        Refusal { path: self.path.to_string(), record, reason, bytes: Vec::new() }
    }

    /// What is handed on of the captured bytes.
    fn kept(&self, bytes: &[u8]) -> Vec<u8> {
        if self.options.keep_bytes { bytes.to_vec() } else { Vec::new() }
    }

    /// Puts on what says where the report came from.
    fn seal(
        &self,
        report: Result<Report, Reason>,
        id: String,
        bytes: Vec<u8>,
        record: Option<u64>,
    ) -> Outcome {
        match report {
            Ok(mut report) => {
                (report.id, report.path, report.record) = (id, Some(self.path.to_string()), record);
                report.bytes = bytes;
                Ok(report)
            }
            Err(reason) => Err(Refusal { bytes, ..self.refusal(record, reason) }),
        }
    }

    fn text(&self, decoded: Decoded) -> Result<Report, Reason> {
        if decoded.text.len() > self.options.max_text {
            return Err(Reason::TooLong(self.options.max_text));
        }
        let mut report = Report::new(decoded.text, "text/plain");
        report.notes = decoded.notes;
        let opening = opening::read_opening(&report.text);
        Ok(self.finish(report, opening, None, None))
    }

    fn page(&self, decoded: Decoded) -> Result<Report, Reason> {
        let page = html::read_page(&decoded.text, self.options.max_text)?;
        let mut report = Report::new(page.text, "text/html");
        // Its places are places of the page, not of the report's text.
        report.notes = decoded.notes.into_iter().map(|note| note.at(Vec::new())).collect();
        if page.is_flattened {
            report
                .notes
                .push(Note::new("html_too_deep", "tags nested too deep were ignored; their text was read"));
        }
        let metadata = page.metadata;
        (report.title, report.byline) = (metadata.title, metadata.byline);
        (report.outlet, report.url) = (metadata.outlet, metadata.url);
        let mut published = None;
        for value in &metadata.published {
            match date::from_field(value) {
                Some(Ok(edtf)) => {
                    published = Some(edtf);
                    break;
                }
                Some(Err(date::Impossible)) => report.notes.push(opening::impossible(value)),
                None => {}
            }
        }
        let opening = opening::read_opening(&report.text);
        Ok(self.finish(report, opening, published, metadata.language.as_deref()))
    }

    fn record(&self, json: &str, notes: Vec<Note>) -> Result<Report, Reason> {
        let Record { text, title, byline, outlet, url, record_id, published, notes: of_record } =
            json::read_record(json, &self.options.fields, self.options.max_text)?;
        let mut report = Report::new(text, "application/json");
        report.notes = notes.into_iter().map(|note| note.at(Vec::new())).chain(of_record).collect();
        (report.title, report.byline, report.outlet, report.url) = (title, byline, outlet, url);
        report.record_id = record_id;
        let opening = opening::read_opening(&report.text);
        Ok(self.finish(report, opening, published, None))
    }

    /// Settles date, outlet and language; `published` is what the metadata say.
    fn finish(
        &self,
        mut report: Report,
        opening: Opening,
        published: Option<String>,
        declared: Option<&str>,
    ) -> Report {
        let from = |from: PublishedFrom| move |edtf: String| (edtf, from);
        let dated = self.options.date.clone().map(from(PublishedFrom::Option));
        let dated = dated.or_else(|| published.map(from(PublishedFrom::Metadata)));
        let dated = dated.or_else(|| opening.published.map(|day| (day.to_string(), PublishedFrom::Text)));
        let of_name = || date::from_name(&self.path).map(|day| (day.to_string(), PublishedFrom::File));
        (report.published, report.published_from) = dated.or_else(of_name).unzip();
        report.notes.extend(opening.notes);
        if report.published.is_none() {
            report.notes.push(match opening.without_year {
                Some(span) => {
                    Note::new("dateline_without_year", "the date lacks its year; give one with --date")
                        .at(vec![span])
                }
                None => Note::new("no_date", "no date found; give one with --date"),
            });
        }
        report.dateline = opening.dateline;
        mark_heading(&mut report);
        report.outlet = self.options.outlet.clone().or(report.outlet);
        let (code, note) = language::language_of(&report.text, declared);
        report.language = code;
        report.notes.extend(note);
        report
    }
}

/// Marks title and byline where they stand in the text, and takes them from there if the metadata
/// give none.
fn mark_heading(report: &mut Report) {
    let taken = report.dateline.as_ref().map_or(&[][..], |dateline| &dateline.spans);
    let heading = heading::read_heading(&report.text, taken);
    let (title, byline) = (heading.title, heading.byline);
    // A title of the metadata may open the text in a form that layout alone does not tell.
    let start = report.text.len() - report.text.trim_start().len();
    let given = report.title.as_deref().filter(|t| !t.is_empty() && report.text[start..].starts_with(t));
    let title = title.or_else(|| given.map(|t| Span::new(start, start + t.len())));
    if let Some(span) = title {
        report.evidence.insert("title".into(), vec![span]);
        report.title.get_or_insert_with(|| span.of(&report.text).to_owned());
    }
    if let Some((line, name)) = byline {
        report.evidence.insert("byline".into(), vec![line]);
        report.byline.get_or_insert_with(|| name.of(&report.text).to_owned());
    }
}

/// Reads JSON Lines; holds one line at a time.
struct Lines<'a, R> {
    input: R,
    file: File<'a>,
    /// Lines that are not blank.
    n_records: u64,
    is_first: bool,
    is_over: bool,
}

impl<R: BufRead> Iterator for Lines<'_, R> {
    type Item = Outcome;

    fn next(&mut self) -> Option<Outcome> {
        while !self.is_over {
            let line = read_line(&mut self.input, self.file.options.max_bytes);
            let is_first = std::mem::take(&mut self.is_first);
            let line = match line {
                Ok(None) => {
                    self.is_over = true;
                    // White space alone is told as for other files.
                    return (self.n_records == 0).then(|| Err(self.file.refusal(None, Reason::Blank)));
                }
                Ok(Some(line)) => Ok(line),
                Err(reason) => {
                    self.is_over = matches!(reason, Reason::Read(_));
                    Err(reason)
                }
            };
            let is_blank = |line: &Vec<u8>| line.trim_ascii().is_empty();
            if line.as_ref().is_ok_and(is_blank) {
                continue;
            }
            self.n_records += 1;
            let number = Some(self.n_records);
            return Some(match line {
                Ok(line) => self.record(&line, is_first, number),
                Err(reason) => Err(self.file.refusal(number, reason)),
            });
        }
        None
    }
}

impl<R> Lines<'_, R> {
    fn record(&self, line: &[u8], is_first: bool, number: Option<u64>) -> Outcome {
        let line = line.strip_prefix(b"\xef\xbb\xbf").filter(|_| is_first).unwrap_or(line);
        let decoded = decode(line.to_vec(), false);
        let report = self.file.record(&decoded.text, decoded.notes);
        self.file.seal(report, hash(line), self.file.kept(line), number)
    }
}

/// One line without its line break; `None` at the end. A longer one is passed over to its end.
fn read_line(input: &mut impl BufRead, limit: u64) -> Result<Option<Vec<u8>>, Reason> {
    let mut line = Vec::new();
    // Room for the line break, `\r\n` at most.
    let n = input.take(limit.saturating_add(2)).read_until(b'\n', &mut line).map_err(|e| read_error(&e))?;
    if n == 0 {
        return Ok(None);
    }
    let is_whole = line.ends_with(b"\n");
    let content = line.strip_suffix(b"\n").unwrap_or(&line);
    let len = content.strip_suffix(b"\r").unwrap_or(content).len();
    if len as u64 > limit {
        if !is_whole {
            input.skip_until(b'\n').map_err(|e| read_error(&e))?;
        }
        return Err(Reason::TooManyBytes(limit));
    }
    line.truncate(len);
    Ok(Some(line))
}

fn read_whole(input: impl Read, limit: u64) -> Result<Vec<u8>, Reason> {
    let mut bytes = Vec::new();
    input.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(|e| read_error(&e))?;
    if bytes.len() as u64 > limit { Err(Reason::TooManyBytes(limit)) } else { Ok(bytes) }
}

fn read_error(error: &io::Error) -> Reason {
    Reason::Read(error.to_string())
}

/// SHA-256 in lower-case hex.
fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
