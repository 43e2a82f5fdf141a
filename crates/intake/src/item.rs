//! What a format read, to the report that it makes: dates settled, heading, language and credits found.

use std::rc::Rc;

use ascribe_record::{Note, PublishedFrom, Report, Span};
use sha2::{Digest, Sha256};

use crate::decode::Decoded;
use crate::input::Budget;
use crate::opening::{self, Opening};
use crate::{Format, Options, Reason, Refusal, credit, date, heading, html, json, language};

/// A report, or why there is none.
pub(crate) type Outcome = Result<Report, Refusal>;

/// All that comes of one input.
pub(crate) type Outcomes<'a> = Box<dyn Iterator<Item = Outcome> + 'a>;

/// What a format reads of one report.
#[derive(Debug, Default)]
pub(crate) struct Item {
    /// As a reader would see it; never empty.
    pub(crate) text: String,
    pub(crate) media_type: &'static str,
    pub(crate) title: Option<String>,
    pub(crate) byline: Option<String>,
    pub(crate) outlet: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) record_id: Option<String>,
    /// Dates of publication as they are written, the best first, for one may be no date.
    pub(crate) published: Vec<String>,
    /// Dates of the last change, likewise.
    pub(crate) modified: Vec<String>,
    /// What the metadata call the language.
    pub(crate) language: Option<String>,
    pub(crate) fallback: Fallback,
    pub(crate) notes: Vec<Note>,
}

/// What a document's properties say of the document: taken where its text says nothing, as they may be
/// those of an export or a clerk.
#[derive(Debug, Default)]
pub(crate) struct Fallback {
    pub(crate) title: Option<String>,
    pub(crate) byline: Option<String>,
    /// When it was made, as it is written.
    pub(crate) date: Option<String>,
}

/// The bytes that a report is made of.
pub(crate) struct Own {
    /// Their SHA-256 in lower-case hex.
    id: String,
    /// Themselves, if they are asked for.
    bytes: Vec<u8>,
}

/// A file, or a part of one: what all reports in it share.
#[derive(Clone)]
pub(crate) struct Source<'a> {
    pub(crate) options: &'a Options,
    /// As reports and refusals name it.
    pub(crate) path: Rc<str>,
    /// The name that tells the format; empty if there is none.
    pub(crate) name: Rc<str>,
    /// The date in its name, or else in that of the archive that it is in.
    pub(crate) named_day: Option<Rc<str>>,
    /// Layers of compression and archives around it.
    pub(crate) depth: usize,
    pub(crate) budget: Rc<Budget>,
    /// What a web archive or server says of it.
    pub(crate) capture: Option<Rc<Capture>>,
}

/// What a web archive says of one of its records, or a web server of what it sent.
#[derive(Clone, Debug)]
pub(crate) struct Capture {
    /// Its number in the archive, from 1; `None` if it was fetched by itself.
    pub(crate) record: Option<u64>,
    pub(crate) url: Option<String>,
    /// RFC 3339.
    pub(crate) captured_at: Option<String>,
    /// What the server called it: one of the formats that are read, or nothing that tells.
    pub(crate) format: Option<Format>,
    pub(crate) charset: Option<String>,
    pub(crate) notes: Vec<Note>,
}

impl<'a> Source<'a> {
    /// The file that the user calls `path`.
    pub(crate) fn of_file(path: &str, options: &'a Options, budget: Rc<Budget>) -> Self {
        let named_day = date::from_name(path).map(|day| day.to_string().into());
        let path: Rc<str> = path.into();
        Self { options, name: path.clone(), path, named_day, depth: 0, budget, capture: None }
    }

    /// The file `name` inside this archive. The name is only a name, whatever path it holds.
    pub(crate) fn member(&self, name: &str) -> Self {
        let name: String = name.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect();
        let named_day = date::from_name(&name).map(|day| day.to_string().into());
        Self {
            path: format!("{}!{name}", self.path).into(),
            name: name.into(),
            named_day: named_day.or_else(|| self.named_day.clone()),
            depth: self.depth + 1,
            ..self.clone()
        }
    }

    /// What is inside of its compression.
    pub(crate) fn unpacked(&self) -> Self {
        let name = [".gz", ".zst", ".zstd"].iter().find_map(|end| self.name.strip_suffix(end));
        Self { name: name.unwrap_or(&self.name).into(), depth: self.depth + 1, ..self.clone() }
    }

    /// The record of this web archive. Neither name nor date of the archive is the page's.
    pub(crate) fn captured(&self, capture: Capture) -> Self {
        let capture = Some(Rc::new(capture));
        Self { name: "".into(), named_day: None, depth: self.depth + 1, capture, ..self.clone() }
    }

    /// The number in a web archive of the record that it is or lies in.
    pub(crate) fn n_capture(&self) -> Option<u64> {
        self.capture.as_ref()?.record
    }

    pub(crate) fn refuse(&self, record: Option<u64>, reason: Reason) -> Outcomes<'a> {
        Box::new(std::iter::once(Err(self.refusal(record, reason))))
    }

    pub(crate) fn refusal(&self, record: Option<u64>, reason: Reason) -> Refusal {
        let record = record.or_else(|| self.n_capture());
        Refusal { path: self.path.to_string(), record, reason, bytes: Vec::new() }
    }

    /// What is handed on of `bytes`, those of a whole file or of a record.
    pub(crate) fn own(&self, bytes: &[u8]) -> Own {
        let id = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        Own { id, bytes: if self.options.keep_bytes { bytes.to_vec() } else { Vec::new() } }
    }

    /// The report that `item` makes of its own bytes: a whole file's, or those of the record `record`.
    ///
    /// # Errors
    /// If the item could not be read.
    pub(crate) fn report(&self, item: Result<Item, Reason>, own: Own, record: Option<u64>) -> Outcome {
        let item = match item {
            Ok(item) => item,
            Err(reason) => return Err(Refusal { bytes: own.bytes, ..self.refusal(record, reason) }),
        };
        let Item {
            text,
            media_type,
            title,
            byline,
            outlet,
            url,
            record_id,
            published,
            modified,
            language,
            fallback,
            notes,
        } = item;
        let mut report = Report::new(text, media_type);
        (report.id, report.bytes, report.path) = (own.id, own.bytes, Some(self.path.to_string()));
        (report.title, report.byline, report.outlet, report.url) = (title, byline, outlet, url);
        (report.record, report.record_id, report.notes) = (record, record_id, notes);
        report.captured_at = self.options.captured_at.clone();
        if let Some(capture) = &self.capture {
            report.record = record.or(capture.record);
            report.url = report.url.or_else(|| capture.url.clone());
            report.captured_at = capture.captured_at.clone().or(report.captured_at);
            report.notes.extend(capture.notes.iter().cloned());
        }
        let opening = opening::read_opening(&report.text);
        self.settle_dates(&mut report, opening, [&published, &modified], fallback.date);
        mark_heading(&mut report);
        report.title = report.title.or(fallback.title);
        report.byline = report.byline.or(fallback.byline);
        report.outlet = self.options.outlet.clone().or(report.outlet);
        credit::mark_credits(&mut report);
        let (code, note) = language::language_of(&report.text, language.as_deref());
        report.language = code;
        report.notes.extend(note);
        Ok(report)
    }

    fn settle_dates(
        &self,
        report: &mut Report,
        opening: Opening,
        [published, modified]: [&[String]; 2],
        made: Option<String>,
    ) {
        let published = date_of(published, &mut report.notes);
        // Only the date of publication is worth a note.
        report.modified = date_of(modified, &mut Vec::new());
        let from = |from: PublishedFrom| move |edtf: String| (edtf, from);
        let dated = self.options.date.clone().map(from(PublishedFrom::Option));
        let dated = dated.or_else(|| published.map(from(PublishedFrom::Metadata)));
        let dated = dated.or_else(|| opening.published.map(|day| (day.to_string(), PublishedFrom::Text)));
        let of_name = || self.named_day.as_ref().map(|day| (day.to_string(), PublishedFrom::File));
        let made = || date_of(made.as_slice(), &mut Vec::new()).map(from(PublishedFrom::Metadata));
        (report.published, report.published_from) = dated.or_else(of_name).or_else(made).unzip();
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
        if let (None, Some((span, day))) = (&report.modified, opening.updated) {
            report.modified = Some(day.to_string());
            report.evidence.insert("modified".into(), vec![span]);
        }
        report.notes.extend(after_capture(report));
    }
}

/// A file of plain text as an item.
pub(crate) fn text_item(decoded: Decoded, options: &Options) -> Result<Item, Reason> {
    if decoded.text.len() > options.max_text {
        return Err(Reason::TooLong(options.max_text));
    }
    Ok(Item { text: decoded.text, media_type: "text/plain", notes: decoded.notes, ..Item::default() })
}

/// A page as an item.
pub(crate) fn page_item(decoded: Decoded, options: &Options) -> Result<Item, Reason> {
    let page = html::read_page(&decoded.text, options.max_text)?;
    let html::Metadata { title, byline, outlet, url, published, modified, language } = page.metadata;
    // Its places are places of the page, not of the report's text.
    let mut notes = json::without_places(decoded.notes);
    if page.is_flattened {
        notes.push(Note::new("html_too_deep", "tags nested too deep were ignored; their text was read"));
    }
    Ok(Item {
        text: page.text,
        media_type: "text/html",
        title,
        byline,
        outlet,
        url,
        published,
        modified,
        language,
        notes,
        ..Item::default()
    })
}

/// The first of `values` that is a date with a year, as EDTF, and a note on each before it that the
/// calendar does not have.
fn date_of(values: &[String], notes: &mut Vec<Note>) -> Option<String> {
    for value in values {
        match date::from_field(value) {
            Some(Ok(edtf)) => return Some(edtf),
            Some(Err(date::Impossible)) => notes.push(opening::impossible(value)),
            None => {}
        }
    }
    None
}

/// The note on a report that is dated after its bytes were obtained. A day's difference may be one of
/// time zones. No clock is asked: a reading does not depend on the day when it is made.
fn after_capture(report: &Report) -> Option<Note> {
    let captured: jiff::civil::Date = report.captured_at.as_deref()?.get(..10)?.parse().ok()?;
    let latest = captured.tomorrow().ok()?.to_string();
    let published = report.published.as_deref()?;
    let is_after = latest.get(..published.len()).is_some_and(|latest| published > latest);
    is_after.then(|| {
        Note::new("published_after_capture", format!("dated {published}, but obtained on {captured}"))
    })
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
