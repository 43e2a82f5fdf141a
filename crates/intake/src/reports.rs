use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::BufRead;
use std::iter;
use std::ops::Range;
use std::rc::Rc;

use ascribe_record::{Note, Report};

use crate::decode::{Decoded, decode};
use crate::gzip::{self, Gzip};
use crate::input::{Budget, Counted, Input, Peeked, read_whole, reason_of, unpacked};
use crate::item::{Capture, Outcome, Outcomes, Source, page_item, text_item};
use crate::json::{self, Records};
use crate::zstd::{self, Zstd};
use crate::{
    Format, Options, Reason, Refusal, columns, csv, docx, feed, format, lines, mail, pdf, warc, zip,
};

/// So many bytes are looked at to tell what a file is.
const HEAD: usize = 8192;
/// So many ids of records are remembered, so that memory does not grow with the file.
const MAX_KNOWN: usize = 100_000;

/// The reports of one file, each with what its opening says, or the reason why there is none.
///
/// `path` is how the user named the file: its extension tells the format, its name may give a date,
/// and it stands in every report and refusal. Nothing is read before the first is asked for; JSON
/// Lines, tables and archives are read a record at a time, other files whole.
///
/// # Errors
/// A [`Refusal`] takes the place of the report that could not be read; the others still come. After
/// an error of `input` nothing comes.
pub fn reports<'a, R: BufRead + 'a>(
    path: &str,
    input: R,
    options: &'a Options,
) -> impl Iterator<Item = Result<Report, Refusal>> + use<'a, R> {
    reports_of(Source::of_file(path, options, Budget::new(options.max_ratio)), input)
}

/// The reports of a whole file, marked where they have the id of one before.
pub(crate) fn reports_of<'a, R: BufRead + 'a>(
    source: Source<'a>,
    input: R,
) -> impl Iterator<Item = Outcome> + use<'a, R> {
    let mut known = HashMap::new();
    let budget = source.budget.clone();
    let reports = iter::once_with(move || open(source, Box::new(Counted { input, budget }))).flatten();
    reports.map(move |outcome| {
        outcome.map(|mut report| {
            report.notes.extend(repeated(&report, &mut known));
            report
        })
    })
}

/// The note on a report whose record has the id of one before, but other bytes. `known` holds hashes of
/// ids and of bytes.
fn repeated(report: &Report, known: &mut HashMap<u64, u64>) -> Option<Note> {
    let id = report.record_id.as_ref()?;
    let (key, bytes) = (hash_of(&(&report.path, id)), hash_of(&report.id));
    if known.len() < MAX_KNOWN || known.contains_key(&key) {
        let before = *known.entry(key).or_insert(bytes);
        if before != bytes {
            return Some(Note::new("repeated_record_id", format!("a record before has the id {id} too")));
        }
    }
    None
}

fn hash_of(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// The reports of a file or of a part of one. What is packed or an archive is told by its first bytes
/// and opened here again, member by member.
pub(crate) fn open<'a>(source: Source<'a>, input: Input<'a>) -> Outcomes<'a> {
    let mut input = Peeked::new(input);
    let head = input.peek(HEAD).to_vec();
    if head.is_empty() {
        let reason = input.take_error().map_or(Reason::Empty, |error| reason_of(&error));
        return source.refuse(None, reason);
    }
    let container = container_of(&head, &source.name);
    if container.is_some() && source.depth >= source.options.max_depth {
        return source.refuse(None, Reason::TooNested(source.options.max_depth));
    }
    match container {
        Some(Container::Gzip) => open(source.unpacked(), unpacked(Gzip::new(input), source.budget)),
        Some(Container::Zstd) => match Zstd::new(input) {
            Ok(zstd) => open(source.unpacked(), unpacked(zstd, source.budget)),
            Err(error) => source.refuse(None, reason_of(&error)),
        },
        Some(Container::Zip) => zip::read_zip(source, input),
        Some(Container::Warc) => warc::read_warc(source, input),
        Some(Container::Docx) => docx::read_docx(source, input),
        None => match (format::binary(&head), source.options.pdf, source.options.columns) {
            (Some(_), Some(reader), _) if head.starts_with(pdf::MAGIC) => {
                pdf::read_pdf(source, input, reader)
            }
            (Some(_), _, Some(reader)) if columns::opens(&head) => columns::read_rows(source, input, reader),
            (Some(what), _, None) if columns::opens(&head) => source.refuse(None, Reason::NotBuilt(what)),
            (Some(what), ..) => source.refuse(None, Reason::Binary(what)),
            (None, ..) => read(source, input, &head),
        },
    }
}

/// What holds other files.
enum Container {
    Gzip,
    Zstd,
    Zip,
    Warc,
    Docx,
}

fn container_of(head: &[u8], name: &str) -> Option<Container> {
    let is_named = || name.to_ascii_lowercase().ends_with(".docx");
    match head {
        _ if head.starts_with(gzip::MAGIC) => Some(Container::Gzip),
        _ if zstd::opens(head) => Some(Container::Zstd),
        _ if zip::first_name(head).is_some_and(docx::is_first) => Some(Container::Docx),
        _ if head.starts_with(zip::MEMBER) && is_named() => Some(Container::Docx),
        _ if zip::opens(head) => Some(Container::Zip),
        _ if warc::opens(head) => Some(Container::Warc),
        _ => None,
    }
}

fn read<'a>(mut source: Source<'a>, input: Peeked<'a>, head: &[u8]) -> Outcomes<'a> {
    let format = source.options.format.or_else(|| Format::from_name(&source.name));
    let format = format.unwrap_or_else(|| match source.capture.as_deref() {
        Some(Capture { format: Some(told), .. }) => format::served(*told, head),
        _ => Format::from_bytes(head),
    });
    if let Some(capture) = &mut source.capture
        && let Some(told) = capture.format
        && told.media_type() != format.media_type()
    {
        let (told, found) = (told.media_type(), format.media_type());
        let note = Note::new("media_type_differs", format!("served as {told}, read as {found}"));
        Rc::make_mut(capture).notes.push(note);
    }
    // The lines of UTF-16 are found only once it is decoded.
    let is_wide = matches!(head[..], [0xff, 0xfe, ..] | [0xfe, 0xff, ..]);
    match format {
        Format::JsonLines if !is_wide => return lines::read_lines(source, input),
        Format::Mbox => return mail::read_box(source, input),
        Format::Csv | Format::Tsv if !is_wide => return csv::read_table(source, input, format, Vec::new()),
        _ => {}
    }
    match read_whole(input, source.options.max_bytes) {
        Ok(bytes) => whole(source, bytes, format),
        Err(reason) => source.refuse(None, reason),
    }
}

fn whole<'a>(source: Source<'a>, bytes: Vec<u8>, format: Format) -> Outcomes<'a> {
    if matches!(format, Format::Mail | Format::Mbox) {
        return mail::read_mail(source, &bytes, None);
    }
    let charset = source.capture.as_ref().and_then(|capture| capture.charset.as_deref());
    let own = source.own(&bytes);
    let decoded = decode(bytes, matches!(format, Format::Html | Format::Feed), charset);
    if decoded.text.trim().is_empty() {
        return source.refuse(None, Reason::Blank);
    }
    let item = match format {
        // Messages were taken apart above: each part has an encoding of its own.
        Format::Text | Format::Mail | Format::Mbox => text_item(decoded, source.options),
        Format::Html => page_item(decoded, source.options),
        Format::Json | Format::JsonLines if feed::is_json_feed(&decoded.text) => {
            return feed::read_json_feed(source, decoded);
        }
        Format::Json | Format::JsonLines => match json::split_records(&decoded.text) {
            Records::One(range) => json::read_record(&decoded.text[range], decoded.notes, source.options),
            Records::Many(ranges) => return records(source, decoded, ranges),
        },
        Format::Csv | Format::Tsv => {
            let text = Peeked::new(Box::new(std::io::Cursor::new(decoded.text.into_bytes())));
            return csv::read_table(source, text, format, decoded.notes);
        }
        Format::Feed => return feed::read_feed(source, decoded),
    };
    Box::new(iter::once(source.report(item, own, None)))
}

fn records<'a>(mut source: Source<'a>, decoded: Decoded, ranges: Vec<Range<usize>>) -> Outcomes<'a> {
    if ranges.is_empty() {
        return source.refuse(None, Reason::NoTextField(source.options.fields.text.clone()));
    }
    // The number in the web archive goes into the path, as these have their own.
    if let Some(n) = source.n_capture() {
        source.path = format!("{}!{n}", source.path).into();
    }
    Box::new(ranges.into_iter().zip(1..).map(move |(range, number)| {
        let json = &decoded.text[range];
        let item = json::read_record(json, decoded.notes.clone(), source.options);
        source.report(item, source.own(json.as_bytes()), Some(number))
    }))
}
