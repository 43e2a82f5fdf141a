//! What the tests of the other crates share: data beside the repository, the invariants of a
//! reading, the JSON Schema. Only ever a dev-dependency.
//!
//! - [`shared`] finds corpora and examples that are not in the repository, or says that it skips.
//! - [`check_reading`] holds a reading against every invariant that its types promise.
//! - [`archive`] makes packed files, ZIP and web archives; [`examples`] are files of every format.
//! - [`invented`] makes reports with their readings, as many as are wanted, and [`told()`] such as copy, quote
//!   and go on with one another.
//! - [`web`] is a web server on this machine.
//! - [`validate`] holds a line of JSON against the published schema.
//!
//! ```
//! use ascribe_record::{Reading, Report};
//!
//! let mut report = Report::new("Ada Lind said no.".to_owned(), "text/plain");
//! report.id = "0".repeat(64);
//! let reading = Reading::of(report);
//! ascribe_testkit::check_reading(&reading);
//! ascribe_testkit::validate(&reading.to_json());
//! ```
//!
//! Left out: whether a reading is right; that is for the cases of `tests/suite` and the scorecard.

pub mod archive;
mod examples;
mod faults;
mod invented;
mod schema;
mod shared;
pub mod told;
pub mod web;

pub use examples::examples;
pub use faults::{check_reading, faults};
pub use invented::{Invented, invented};
pub use schema::validate;
pub use shared::shared;
pub use told::told;
