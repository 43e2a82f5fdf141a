//! Readings as people see them: lines for a terminal ([`table()`]) and one HTML page ([`page()`]); [`findings()`] are what a check found.
//!
//! What both say in words stands in [`wording`]; how it is laid out, in a module each. Nothing
//! here decides anything: a field that is empty in the reading is left out or shown as "–".

mod figures;
mod findings;
mod listing;
mod marks;
mod page;
mod table;
mod wording;
mod wrap;

#[cfg(test)]
mod samples;

pub(crate) use findings::findings;
pub(crate) use listing::{Entry, listing};
pub(crate) use page::page;
pub(crate) use table::{TableStyle, table};
pub(crate) use wording::{came_from, count};
