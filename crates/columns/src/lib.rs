//! Files of columns: Parquet and Arrow IPC to rows of JSON ([`read()`]), and rows to Parquet ([`Writer`]).
//!
//! [`read()`] is **to be run in a process of its own**, with limits on memory and time: a flipped bit can
//! make the libraries below ask for more memory than there is, and a panic of theirs is caught here, but
//! that is not. `ascribe` runs itself for it.
//!
//! What is left out: Parquet's codecs Brotli and LZO, encrypted files, and columns that JSON has no form
//! for. Times in a zone that has a name are given in UTC.

mod read;
mod write;

pub use read::read;
pub use write::{Cell, Column, Kind, Writer};
