//! The options of `ascribe export`.

use std::path::PathBuf;

use clap::{ArgGroup, Args, ValueEnum};

use super::{CommonFilter, LedgerArguments};

#[derive(Args, Debug)]
#[command(group = ArgGroup::new("what").required(true).args(["all", "format"]))]
pub(crate) struct ExportArguments {
    /// Everything that the ledger holds, as open files in a new folder
    #[arg(long, requires = "folder", conflicts_with_all = ["output", "speaker", "outlet", "from", "to", "act", "naming", "measure", "place", "status"])]
    pub(crate) all: bool,
    /// The folder
    #[arg(value_name = "FOLDER", requires = "all")]
    pub(crate) folder: Option<PathBuf>,
    /// A file for other programs; see docs/formats/exports.md
    #[arg(long, short = 'f')]
    pub(crate) format: Option<ExportFormat>,
    /// Write to FILE instead of standard output
    #[arg(long, short = 'o', value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) common: CommonFilter,
    /// Of statements only what is done by saying it: state, deny, warn …
    #[arg(long)]
    pub(crate) act: Option<String>,
    /// Of statements only speakers named so: named, role_only, unnamed, outlet
    #[arg(long)]
    pub(crate) naming: Option<String>,
    /// Of figures only those of this measure: killed, displaced, money …
    #[arg(long)]
    pub(crate) measure: Option<String>,
    /// Of figures only those of this place, as worded
    #[arg(long)]
    pub(crate) place: Option<String>,
    /// Of both only what people said this of: open, accepted, corrected, rejected
    #[arg(long)]
    pub(crate) status: Option<String>,
    #[command(flatten)]
    pub(crate) ledger: LedgerArguments,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportFormat {
    /// A spreadsheet: reports, statements and figures, a sheet each
    Xlsx,
    /// Figures as CSV with HXL tags
    Hxl,
    /// Statements and figures as W3C Web Annotations (JSON-LD)
    Annotation,
    /// Statements as schema.org claims (JSON-LD)
    Claim,
    /// Who quotes whom, as GraphML
    Graphml,
    /// Who quotes whom, as JSON
    GraphJson,
}
