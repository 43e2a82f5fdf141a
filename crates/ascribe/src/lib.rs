//! Ascribe reads dated news reports and tells **who said what, through whom, and which figures they
//! gave**, every field tied to the words it came from. It never says who is right.
//!
//! This crate wires the stages together and is the one public Rust API.
//!
//! ```no_run
//! use ascribe::{Options, Reader};
//!
//! let reader = Reader::new()?;
//! let file = std::io::BufReader::new(std::fs::File::open("report.txt")?);
//! for reading in ascribe::readings(&reader, "report.txt", file, &Options::default()) {
//!     match reading {
//!         Ok(reading) => println!("{}", reading.to_json()),
//!         Err(refusal) => eprintln!("{refusal}"),
//!     }
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! English only for now: a report in another language comes back unread, with a note.

use std::io::BufRead;

pub use ascribe_check::{
    Finding, Kind as FindingKind, Place, Places, Related, check, to_json as findings_to_json,
};
pub use ascribe_intake::{
    ColumnReader, ColumnRows, FieldNames, Format, Options, PdfReader, PdfText, Reason, Refusal, Served,
    reports, served_reports,
};
pub use ascribe_read::{Error, Reader, SIGNALS, Signals};
pub use ascribe_record::{
    Act, Actor, ActorId, ActorKind, Bound, Certainty, CodePoints, Dateline, Evidence, FORMAT_VERSION, Figure,
    FigureId, Form, JsonError, Measure, Medium, MediumKind, Mention, MentionId, MentionType, Naming, Note,
    PublishedFrom, Reading, Report, SCHEMA, Scope, Span, Speaker, Statement, StatementId, Words,
};

/// The readings of one file, in its order. `path` is what the user calls the file; its name helps to
/// tell the format and perhaps the date.
///
/// # Errors
/// Each item that cannot be read comes as a [`Refusal`]; the others still come.
pub fn readings<'a, R: BufRead + 'a>(
    reader: &'a Reader,
    path: &str,
    input: R,
    options: &'a Options,
) -> impl Iterator<Item = Result<Reading, Refusal>> + use<'a, R> {
    reports(path, input, options).map(|report| report.map(|report| reader.read(report)))
}
