//! Bytes to reports: plain text, HTML pages, Word files, e-mail, JSON, JSON Lines, tables (CSV, TSV) and
//! feeds (RSS, Atom, JSON Feed), and all of these in gzip, Zstandard, ZIP and web archives (WARC). PDF,
//! Parquet and Arrow files are read by what [`Options::pdf`] and [`Options::columns`] name.
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
//! | `page_cut_short` | a web archive holds only a part of the page |
//! | `pages_not_read` | pages of a PDF file that could not be read |
//! | `media_type_differs` | the server called the page something else than its first bytes show |
//! | `repeated_record_id` | a record before in the file has the same id and other bytes |
//! | `published_after_capture` | dated after the day when its bytes were obtained |
//!
//! The date of publication is the first of: [`Options::date`]; the metadata of page or record; a date
//! line or dateline in the text; a date in the file's name, then in that of the archive around it; the
//! day when a Word or PDF file was made.
//!
//! [`served_reports`] takes what was fetched, with what its server said of it.
//!
//! Archives are opened member by member and pages of web archives one by one, so memory does not grow
//! with the file. Members are named `a.zip!member`; a page of a web archive has its record's number.
//! Limits ([`Options::max_bytes`], [`Options::max_ratio`], [`Options::max_depth`]) keep little input
//! from becoming much.
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

mod columns;
mod credit;
mod csv;
mod date;
mod date_line;
mod dateline;
mod decode;
mod docx;
mod feed;
mod format;
mod gzip;
mod heading;
mod html;
mod http;
mod input;
mod item;
mod json;
mod language;
mod lines;
mod mail;
mod opening;
mod options;
mod part;
mod pdf;
mod refusal;
mod reports;
mod served;
mod warc;
mod xml;
mod zip;
mod zstd;

pub use columns::{ColumnReader, ColumnRows};
pub use format::Format;
pub use options::{FieldNames, Options};
pub use pdf::{PdfReader, PdfText};
pub use refusal::{Reason, Refusal};
pub use reports::reports;
pub use served::{Served, served_reports};
