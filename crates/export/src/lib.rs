//! What a ledger holds as files of other programs: spreadsheets, CSV with HXL tags, W3C Web Annotations,
//! schema.org claims, and the graph of who quotes whom.
//!
//! [`write()`] streams any of them. The formats are described in `docs/formats/exports.md`. [`csv`] is what
//! the listings of the command line share.
//!
//! Nothing is read from text here, nothing is judged, and no clock is asked: equal ledgers give equal
//! bytes.

mod annotation;
mod claim;
pub mod csv;
mod error;
mod graph;
mod hxl;
mod json;
mod line;
mod sheet;

use std::io::Write;

use ascribe_ledger::{Filter, Ledger};

pub use error::{Error, Result};

/// A format of other programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Reports, statements and figures as a spreadsheet.
    Xlsx,
    /// Figures as CSV, tagged for the Humanitarian Exchange Language.
    Hxl,
    /// Statements and figures as W3C Web Annotations.
    Annotation,
    /// Statements as schema.org claims.
    Claim,
    /// Who quotes whom, as GraphML.
    GraphMl,
    /// Who quotes whom, as JSON.
    GraphJson,
}

/// What was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Rows, annotations, claims or edges.
    pub n: u64,
    /// Lines of the ledger that fit the filter and that the format has no place for.
    pub n_left_out: u64,
}

/// Writes what fits `filter`. A field of the filter that one kind of line does not have holds for the
/// others alone.
///
/// # Errors
/// If the ledger cannot be read or `to` not be written.
pub fn write(
    ledger: &Ledger,
    format: Format,
    filter: &Filter,
    to: &mut (dyn Write + Send),
) -> Result<Written> {
    match format {
        Format::Xlsx => sheet::write(ledger, filter, to),
        Format::Hxl => hxl::write(ledger, filter, to),
        Format::Annotation => annotation::write(ledger, filter, to),
        Format::Claim => claim::write(ledger, filter, to),
        Format::GraphMl => graph::Graph::of(ledger, filter)?.write_graphml(to),
        Format::GraphJson => graph::Graph::of(ledger, filter)?.write_json(to),
    }
}
