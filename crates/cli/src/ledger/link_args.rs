//! The options of the commands that show links.

use clap::Args;

use super::args::{LedgerArguments, ListArguments};
use crate::args::date;

/// Filters of groups of reports: a group is listed whole if one of its reports fits.
#[derive(Args, Clone, Debug)]
pub(crate) struct GroupFilter {
    /// Only groups with a report of this outlet
    #[arg(long, value_name = "NAME")]
    pub(crate) outlet: Option<String>,

    /// Only groups with a report published on or after this date
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) from: Option<String>,

    /// Only groups with a report published on or before this date
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) to: Option<String>,
}

#[derive(Args, Debug)]
pub(crate) struct CopiesArguments {
    /// Only the group of this report: the id or its beginning
    #[arg(value_name = "REPORT")]
    pub(crate) id: Option<String>,
    #[command(flatten)]
    pub(crate) group: GroupFilter,
    #[command(flatten)]
    pub(crate) output: ListArguments,
    #[command(flatten)]
    pub(crate) ledger: LedgerArguments,
}

#[derive(Args, Debug)]
pub(crate) struct StoriesArguments {
    /// The reports of this story: its id, or that of any of its reports
    #[arg(value_name = "ID", conflicts_with_all = ["outlet", "from", "to"])]
    pub(crate) id: Option<String>,
    #[command(flatten)]
    pub(crate) group: GroupFilter,
    #[command(flatten)]
    pub(crate) output: ListArguments,
    #[command(flatten)]
    pub(crate) ledger: LedgerArguments,
}

#[derive(Args, Debug)]
pub(crate) struct QuotesArguments {
    /// Only the utterances of this statement or report: the id or its beginning
    #[arg(value_name = "ID")]
    pub(crate) id: Option<String>,
    /// Only what this speaker is quoted with somewhere: words of the name, or an actor's id
    #[arg(long, value_name = "NAME")]
    pub(crate) speaker: Option<String>,
    /// Only utterances that are quoted in other words somewhere
    #[arg(long)]
    pub(crate) drift: bool,
    #[command(flatten)]
    pub(crate) group: GroupFilter,
    #[command(flatten)]
    pub(crate) output: ListArguments,
    #[command(flatten)]
    pub(crate) ledger: LedgerArguments,
}

#[derive(Args, Debug)]
pub(crate) struct WhyArguments {
    /// A statement, figure or report: the id or its beginning
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    #[command(flatten)]
    pub(crate) output: ListArguments,
    #[command(flatten)]
    pub(crate) ledger: LedgerArguments,
}
