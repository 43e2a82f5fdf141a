//! Bytes to reports: plain text, HTML pages, JSON and JSON Lines.
//!
//! [`reports`] takes what was read from one file, and the file's name, and gives a
//! [`Report`](ascribe_record::Report) for each item in it: decoded, its article found, with title,
//! byline, outlet, dateline, date of publication and language as far as they are given. Bytes that
//! cannot be read become a [`Refusal`] that names the file, the record and the reason; the rest is
//! still read. What is odd but readable becomes a note of the report:
//!
//! | code | meaning |
//! |---|---|
//! | `decoded_from` | the bytes were not UTF-8 |
//! | `undecodable_bytes` | some bytes had no meaning in the encoding; U+FFFD stands for them |
//! | `impossible_date` | a date that the calendar does not have; it is not used |
//! | `dateline_without_year` | the only date lacks its year; `published` is null |
//! | `no_date` | no date at all; `published` is null |
//! | `language_not_read` | not English |
//! | `html_too_deep` | a page nested so deep that some of its tags were ignored |
//!
//! The date of publication is the first of: [`Options::date`]; the metadata of page or record; a date
//! line or dateline in the text; a date in the file's name.
//!
//! ```
//! use ascribe_intake::{Options, reports};
//!
//! let options = Options::default();
//! let text = "HARROW BAY, Jan. 12, 2023 (Northwire) — It rained.";
//! let report = reports("rain.txt", text.as_bytes(), &options).next().unwrap().unwrap();
//! assert_eq!(report.text, text);
//! assert_eq!(report.published.as_deref(), Some("2023-01-12"));
//! assert_eq!(report.dateline.unwrap().place.as_deref(), Some("HARROW BAY"));
//! ```
//!
//! English is the only language whose datelines are known. Nothing is read but what is handed in:
//! no files, no network, no clock.

mod date;
mod date_line;
mod dateline;
mod decode;
mod format;
mod heading;
mod html;
mod json;
mod language;
mod opening;
mod options;
mod refusal;
mod reports;

pub use format::Format;
pub use options::{FieldNames, Options};
pub use refusal::{Reason, Refusal};
pub use reports::reports;
