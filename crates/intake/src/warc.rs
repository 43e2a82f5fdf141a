//! Web archives (WARC, ISO 28500): each record that holds a page is read as a file of its own, with
//! the address and the time of its capture. One record is held at a time.
//!
//! Read are answers of web servers (`response`) with status 200, and `resource` and `conversion`
//! records, where they are HTML, plain text or JSON by their media type. All other records (requests,
//! pictures, scripts, redirects, what was captured before, and the archive's own) are passed over: they
//! are no reports. A record that is cut short, or whose length does not fit, is refused, and the next is
//! looked for. Nothing is fetched.

use std::io::{self, BufRead, Read};
use std::mem;

use ascribe_record::Note;

use crate::http::{Fields, Head, served_format};
use crate::input::{Peeked, reason_of};
use crate::item::{Capture, Outcome, Outcomes, Source};
use crate::part::open_part;
use crate::{Format, Reason};

/// Bytes that tell the beginning of a record.
const OPENING: usize = 9;

/// Whether a record begins with these bytes: `WARC/1.0` and a line break.
pub(crate) fn opens(head: &[u8]) -> bool {
    match head {
        [b'W', b'A', b'R', b'C', b'/', major, b'.', minor, end, ..] => {
            major.is_ascii_digit()
                && minor.is_ascii_digit()
                && (end.is_ascii_digit() || matches!(end, b'\r' | b'\n'))
        }
        _ => false,
    }
}

/// The reports of the pages in an archive; the number of each is that of its record, from 1.
pub(crate) fn read_warc<'a>(source: Source<'a>, input: Peeked<'a>) -> Outcomes<'a> {
    Box::new(Warc { source, input, page: None, n_records: 0, n_told: 0, is_lost: false, is_over: false })
}

struct Warc<'a> {
    source: Source<'a>,
    input: Peeked<'a>,
    /// The reports of the record in hand.
    page: Option<Outcomes<'a>>,
    n_records: u64,
    /// Reports and refusals so far.
    n_told: u64,
    /// Whether damage was told since the last whole record.
    is_lost: bool,
    is_over: bool,
}

impl Iterator for Warc<'_> {
    type Item = Outcome;

    fn next(&mut self) -> Option<Outcome> {
        loop {
            if let Some(outcome) = self.page.as_mut().and_then(Iterator::next) {
                self.n_told += 1;
                return Some(outcome);
            }
            self.page = None;
            if self.is_over {
                return None;
            }
            let n_before = self.n_records;
            match self.record() {
                Ok(Some((capture, body))) => {
                    self.page = Some(open_part(self.source.captured(capture), body));
                }
                Ok(None) => {}
                Err(reason) => {
                    self.is_over |= reason.ends_input();
                    self.n_told += 1;
                    let number = (self.n_records > n_before).then_some(self.n_records);
                    return Some(Err(self.source.refusal(number, reason)));
                }
            }
        }
    }
}

impl Warc<'_> {
    /// The next record if it holds a page; `None` if it was passed over, or at the end.
    fn record(&mut self) -> Result<Option<(Capture, Vec<u8>)>, Reason> {
        if !self.find()? {
            return Ok(None);
        }
        self.n_records += 1;
        let outcome = self.content();
        if matches!(outcome, Err(Reason::Damaged(_))) {
            self.is_lost = true;
        }
        outcome
    }

    /// Goes to where the next record begins; false at the end.
    fn find(&mut self) -> Result<bool, Reason> {
        while matches!(self.input.peek(1), b"\r" | b"\n") {
            self.input.consume(1);
        }
        if self.input.peek(1).is_empty() {
            if let Some(error) = self.input.take_error() {
                self.is_lost = true;
                return Err(reason_of(&error));
            }
            self.is_over = true;
            if self.n_told > 0 {
                return Ok(false);
            }
            let n = self.n_records;
            let what = format!("{n} records, none a page, text or JSON that was served with status 200");
            return Err(Reason::NothingIn(what));
        }
        if opens(self.input.peek(OPENING)) {
            return Ok(true);
        }
        let (n_passed, found) = self.input.seek(OPENING, opens).map_err(|error| reason_of(&error))?;
        self.is_over = !found;
        if mem::replace(&mut self.is_lost, true) {
            return Ok(found);
        }
        Err(Reason::Damaged(format!("{n_passed} bytes behind record {} are no record", self.n_records)))
    }

    fn content(&mut self) -> Result<Option<(Capture, Vec<u8>)>, Reason> {
        let fields = Fields::read(&mut self.input)?;
        let len: Option<u64> = fields.get("content-length").and_then(|len| len.parse().ok());
        let len = len.ok_or_else(|| Reason::Damaged("the record tells no length".to_owned()))?;
        let limit = self.source.options.max_bytes;
        let mut block = self.input.by_ref().take(len);
        let kind = fields.get("warc-type").unwrap_or_default();
        let media_type = fields.get("content-type").unwrap_or_default();
        let is_answer = kind == "response" && media_type.starts_with("application/http");
        let identified = fields.get("warc-identified-payload-type");
        let head = if is_answer { Some(Head::read(&mut block)) } else { None };
        let head = match head {
            Some(Err(reason)) => {
                pass_over(block)?;
                return Err(reason);
            }
            Some(Ok(head)) => Some(head),
            None => None,
        };
        let served = match &head {
            Some(head) => head.fields.get("content-type").or(identified).filter(|_| head.status == 200),
            None => Some(media_type).filter(|_| matches!(kind, "response" | "resource" | "conversion")),
        };
        let Some((format, charset)) = served.and_then(served_format) else {
            pass_over(block)?;
            self.is_lost = false;
            return Ok(None);
        };
        let n_body = block.limit();
        if n_body > limit {
            pass_over(block)?;
            return Err(Reason::TooManyBytes(limit));
        }
        let mut body = Vec::new();
        block.read_to_end(&mut body).map_err(|error| reason_of(&error))?;
        if (body.len() as u64) < n_body {
            return Err(cut_short(body.len() as u64, n_body));
        }
        self.check_length(&body)?;
        self.is_lost = false;
        let (body, is_whole) = match &head {
            Some(head) => head.unpack(body, limit, &self.source.budget)?,
            None => (body, true),
        };
        Ok(Some((self.capture(&fields, format, charset, is_whole), body)))
    }

    /// Looks whether the record ends where its length says. If another begins inside of it, the record
    /// was cut short before that one was put behind it.
    fn check_length(&mut self, body: &[u8]) -> Result<(), Reason> {
        let next = self.input.peek(1);
        if next.is_empty() || matches!(next, b"\r" | b"\n") {
            return Ok(());
        }
        let Some(at) = body.windows(OPENING).position(opens) else { return Ok(()) };
        self.input.give_back(&body[at..]);
        Err(cut_short(at as u64, body.len() as u64))
    }

    fn capture(&self, fields: &Fields, format: Format, charset: Option<String>, is_whole: bool) -> Capture {
        let url = fields.get("warc-target-uri").map(|url| url.trim_matches(['<', '>']).to_owned());
        let date = fields.get("warc-date").filter(|date| date.parse::<jiff::Timestamp>().is_ok());
        let cut = fields.get("warc-truncated").or((!is_whole).then_some("it is shorter than was told"));
        let note =
            |why| Note::new("page_cut_short", format!("the archive holds only a part of the page: {why}"));
        Capture {
            record: Some(self.n_records),
            url,
            captured_at: date.map(str::to_owned),
            format: Some(format),
            charset,
            notes: cut.map(note).into_iter().collect(),
        }
    }
}

/// Reads over what is left of a record.
fn pass_over(mut block: io::Take<&mut Peeked<'_>>) -> Result<(), Reason> {
    let n = block.limit();
    let n_passed = io::copy(&mut block, &mut io::sink()).map_err(|error| reason_of(&error))?;
    if n_passed < n { Err(cut_short(n_passed, n)) } else { Ok(()) }
}

fn cut_short(n: u64, told: u64) -> Reason {
    Reason::Damaged(format!("the record is cut short: {n} of {told} bytes"))
}
