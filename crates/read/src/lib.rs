//! A report to its reading: who said what, which figures were given, each tied to its words.
//!
//! The encoder of `ascribe-model` finds cues, sources and contents; plain code does what is a matter
//! of convention: quotation marks, names and roles, number words, dates. Nothing here touches files,
//! network or clock, and one input has one reading.
//!
//! ```no_run
//! use ascribe_read::Reader;
//! use ascribe_record::Report;
//!
//! let reader = Reader::new()?;
//! let reading = reader.read(Report::new("“We will go on,” Ada Lind said.".to_owned(), "text/plain"));
//! assert_eq!(reading.statements[0].speaker.name.as_deref(), Some("Ada Lind"));
//! # Ok::<(), ascribe_read::Error>(())
//! ```

mod act;
mod affiliation;
mod beside;
mod confidence;
mod decode;
mod describe;
mod document;
mod encoded;
mod entity;
mod figure;
mod interview;
mod joint;
mod kept;
mod lexicon;
mod medium;
mod mend;
mod name;
mod nearness;
mod numeral;
#[cfg(test)]
mod parity;
mod reader;
mod refer;
mod role;
mod run;
mod said_on;
mod signed;
mod silence;
mod source;
mod speaker;
mod statement;

pub use ascribe_model::Error;
pub use confidence::{SIGNALS, Signals};
pub use figure::{Setting, find_figures};
pub use numeral::{
    End, Interval, Numeral, Ordinal, Origin, find_intervals, find_numbers, find_ordinals, find_percents,
};
pub use reader::Reader;
