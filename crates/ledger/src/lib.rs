//! The ledger: captures, readings and the decisions of people in one SQLite file.
//!
//! [`Ledger::add`] puts in what was read ([`Entry`]), what was seen again and what was refused, each
//! batch whole or not at all. [`Ledger::list`] gives it back, filtered. [`Ledger::decide`] logs what a
//! person decided and applies it; [`Ledger::link`] finds which reports copy, quote and go on with one
//! another; [`Ledger::verify`] looks whether everything still fits.
//!
//! The schema and its views for users of SQL are in `docs/formats/ledger.md`. Rows of statements and
//! figures are what the newest reading and the decisions about it give, and can be made again from them
//! at any time.
//!
//! ```
//! use ascribe_ledger::{Added, Entry, Filter, Hash, Incoming, Ledger, Listing, Sighting};
//! use ascribe_record::{Reading, Report};
//!
//! # let folder = tempfile::tempdir().unwrap();
//! # let path = folder.path().join("ledger.db");
//! let text = "Ada Lind said no.";
//! let mut report = Report::new(text.to_owned(), "text/plain");
//! report.id = Hash::of(text.as_bytes()).to_string();
//! let at = Sighting { path: "no.txt".into(), record: None, obtained: "2026-01-12T08:00:00Z".into() };
//! let entry = Entry::of(text.as_bytes(), &Reading::of(report), "base 2", at)?;
//!
//! let mut ledger = Ledger::open(&path)?;
//! assert_eq!(ledger.add(&[Incoming::Read(Box::new(entry))])?, [Added::New]);
//! let mut n = 0;
//! ledger.list(Listing::Reports, &Filter::default(), &mut |_| { n += 1; true })?;
//! assert_eq!(n, 1);
//! # Ok::<(), ascribe_ledger::Error>(())
//! ```
//!
//! Nothing is read from text here, no clock is asked, and no file but the ledger is touched.

mod add;
mod apply;
mod decision;
mod entry;
mod error;
mod field;
mod hash;
mod import;
mod keep;
mod ledger;
mod line;
mod link;
mod list;
mod log;
mod mask;
mod missed;
mod pack;
mod page;
mod placed;
mod query;
mod queue;
mod quote;
mod redact;
mod rows;
mod search;
mod tally;
mod target;
mod verify;
mod version;
mod whole;
mod write;

pub use add::{Added, Incoming, Known};
pub use ascribe_link::{FlagKind, Rule, RuleTable};
pub use decision::{Action, Decision};
pub use entry::{Capture, Entry, Sighting, UNREAD};
pub use error::{Error, ErrorKind, Result};
pub use hash::Hash;
pub use keep::Kept;
pub use ledger::Ledger;
pub use line::json_line;
pub use link::{LinkCounts, Linked, Related, ReportLinks, Step};
pub use list::{Filter, Listing, Row};
pub use log::Verdict;
pub use missed::Missed;
pub use page::{Order, Page};
pub use placed::Placed;
pub use queue::Queued;
pub use quote::Quote;
pub use rusqlite::types::Value;
pub use tally::{Correctable, Period, Summary, correctable};
pub use verify::Verified;
pub use version::version;
pub use whole::{Item, Whole};
