//! The options of `ascribe flags` and `ascribe table`.

use clap::{Args, ValueEnum};

use super::args::{LedgerArguments, ListArguments};

#[derive(Args, Debug)]
pub(crate) struct FlagsArguments {
    /// Only flags of this report: the id or its beginning
    #[arg(value_name = "REPORT")]
    pub(crate) id: Option<String>,
    /// Only of this kind: conflict, superseded, sum, stale, single_origin, unattributed, anonymous_only,
    /// quote_drift, silence
    #[arg(long)]
    pub(crate) kind: Option<String>,
    /// Only of this story: its id, or that of any of its reports
    #[arg(long, value_name = "ID")]
    pub(crate) story: Option<String>,
    /// Those that were dismissed, too
    #[arg(long)]
    pub(crate) all: bool,
    /// Dismiss the flag ID; `review --undo` takes it back
    #[arg(long, value_name = "ID", requires = "reason", conflicts_with_all = ["id", "kind", "story", "all"])]
    pub(crate) dismiss: Option<String>,
    /// Why it is dismissed
    #[arg(long, value_name = "WORDS", requires = "dismiss")]
    pub(crate) reason: Option<String>,
    /// Who decides [default: $ASCRIBE_AUTHOR, else the user's name]
    #[arg(long, value_name = "NAME", requires = "dismiss")]
    pub(crate) author: Option<String>,
    #[command(flatten)]
    pub(crate) output: ListArguments,
    #[command(flatten)]
    pub(crate) ledger: LedgerArguments,
}

#[derive(Args, Debug)]
pub(crate) struct TableArguments {
    /// The rule by which to count
    #[arg(long)]
    pub(crate) rule: TableRule,
    /// The story: its id, or that of any of its reports
    #[arg(long, value_name = "ID")]
    pub(crate) story: String,
    /// How to print [default: table on a terminal, else csv]
    #[arg(long, short = 'f')]
    pub(crate) format: Option<TableFormat>,
    #[command(flatten)]
    pub(crate) ledger: LedgerArguments,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum TableRule {
    /// Every figure as it is worded
    Verbatim,
    /// Low, best and high, in columns of UCDP GED
    Ucdp,
    /// The most conservative number, in columns of ACLED
    Acled,
    /// Min and max, as Iraq Body Count
    Ibc,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum TableFormat {
    /// A block a row with what is filled
    Table,
    /// One object a line
    Jsonl,
    /// Comma-separated values with a heading
    Csv,
}
