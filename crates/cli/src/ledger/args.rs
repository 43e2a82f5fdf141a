//! The options of the commands that keep a ledger.

mod export;

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Subcommand, ValueEnum};

use super::flag_args::{FlagsArguments, TableArguments};
use super::link_args::{CopiesArguments, QuotesArguments, StoriesArguments, WhyArguments};
use crate::args::{Colour, InputArguments, OptionArguments, date};

pub(crate) use export::{ExportArguments, ExportFormat};

const STATUS: &str = "Exit status: 0 all was added, 1 something was refused, 2 nothing could be done.";

const RULES: &str = "A table is a view of the evidence by a stated rule, which the output names with its version; a \
    cell that the evidence does not fill is empty. docs/methods/flags.md says what each rule does.";

#[derive(Debug, Subcommand)]
pub(crate) enum LedgerCommand {
    /// Read reports into a ledger
    #[command(after_long_help = STATUS)]
    Add(AddArguments),
    /// Read reports that the ledger keeps
    #[command(after_long_help = STATUS)]
    Reread(RereadArguments),
    /// Ask feeds of the web for what is new and read it into a ledger, until Ctrl-C
    ///
    /// Feeds are asked politely: for what has changed only, as robots.txt lets, with a pause between two
    /// requests to a host, and less often while a server is busy or broken. What servers said to ask
    /// with again is kept beside the ledger, in a file that ends in .feeds.json.
    #[command(after_long_help = STATUS)]
    Watch(WatchArguments),
    /// List what was refused, or try it again
    #[command(after_long_help = STATUS)]
    Refused(RefusedArguments),
    /// List the reports of a ledger, by date
    Reports(ReportsArguments),
    /// List statements: who said what
    Statements(StatementsArguments),
    /// List figures
    Figures(FiguresArguments),
    /// List what to look at across reports: figures that differ, old numbers, one origin, changed quotations …
    Flags(FlagsArguments),
    /// Make the table of a story by a counting rule: verbatim, ucdp, acled, ibc
    #[command(after_long_help = RULES)]
    Table(TableArguments),
    /// List who speaks, the most frequent first
    Speakers(SpeakersArguments),
    /// List reports that share their text: where it is first, then its copies
    Copies(CopiesArguments),
    /// List stories that two reports tell or more, or the reports of one
    Stories(StoriesArguments),
    /// List utterances that two reports quote or more, with the words that differ
    Quotes(QuotesArguments),
    /// Show what stands behind a statement, figure or report: words, bytes, copies, decisions
    Why(WhyArguments),
    /// Search reports and statements for words
    Search(SearchArguments),
    /// List what nobody has looked at, or decide about it
    Review(ReviewArguments),
    /// Check that everything in a ledger still fits: bytes, words, decisions
    #[command(after_long_help = "Exit status: 0 all fits, 1 something does not, 2 it could not be checked.")]
    Verify(LedgerArguments),
    /// Copy a ledger to a new file while it may be in use
    Backup(FileArguments),
    /// Put a backup in the place of a ledger that is gone
    Restore(FileArguments),
    /// Remove the words of a report, statement or figure for safety or law; a hash and the reason stay
    Redact(RedactArguments),
    /// Take over all that another ledger or a folder written by `export` holds, decisions included
    Import(FileArguments),
    /// Write what a ledger holds for other programs (`--format`), or everything as open files (`--all`):
    /// captures as WARC, tables and decisions as JSON Lines
    Export(ExportArguments),
}

#[derive(Args, Clone, Debug)]
pub(crate) struct LedgerArguments {
    /// The ledger [default: $ASCRIBE_LEDGER, else ascribe.db in the user's data folder]
    #[arg(long, value_name = "FILE")]
    pub(crate) ledger: Option<PathBuf>,
}

#[derive(Args, Debug)]
pub(crate) struct AddArguments {
    #[command(flatten)]
    pub(crate) input: InputArguments,

    #[command(flatten)]
    pub(crate) ledger: LedgerArguments,

    /// Read reports again that only other models have read
    #[arg(long)]
    pub(crate) again: bool,

    /// Keep the reports and read them another time, with `ascribe reread --pending`
    #[arg(long, conflicts_with_all = ["again", "model"])]
    pub(crate) later: bool,

    /// Fetch the pages that entries of feeds link to, too, unless the ledger has them
    #[arg(long)]
    pub(crate) pages: bool,
}

#[derive(Args, Debug)]
pub(crate) struct RereadArguments {
    /// Reports that were added with --later
    #[arg(long, required_unless_present = "all")]
    pub(crate) pending: bool,

    /// All reports that this model has not read; what people decided carries over, or is shown as orphaned
    #[arg(long, conflicts_with = "pending")]
    pub(crate) all: bool,

    #[command(flatten)]
    pub(crate) options: OptionArguments,

    #[command(flatten)]
    pub(crate) ledger: LedgerArguments,
}

#[derive(Args, Debug)]
pub(crate) struct WatchArguments {
    /// Addresses of feeds: RSS, Atom, JSON Feed
    #[arg(required = true, value_name = "URL")]
    pub(crate) feeds: Vec<String>,

    /// Time between two looks at a feed, such as 15m or 2h
    #[arg(long, value_name = "TIME", default_value = "15m", value_parser = pause)]
    pub(crate) every: Duration,

    /// Look once and end
    #[arg(long)]
    pub(crate) once: bool,

    /// Fetch the pages that entries link to, too, unless the ledger has them
    #[arg(long)]
    pub(crate) pages: bool,

    #[command(flatten)]
    pub(crate) options: OptionArguments,

    #[command(flatten)]
    pub(crate) ledger: LedgerArguments,
}

/// A time between two looks.
fn pause(text: &str) -> Result<Duration, String> {
    let time: Option<jiff::SignedDuration> = text.parse().ok();
    let time = time.and_then(|time| Duration::try_from(time).ok());
    let is_long_enough = |time: &Duration| *time >= Duration::from_secs(60);
    time.filter(is_long_enough).ok_or_else(|| "a time looks like 15m or 2h, and is 1m or more".to_owned())
}

#[derive(Args, Debug)]
pub(crate) struct RefusedArguments {
    /// Read them again
    #[arg(long)]
    pub(crate) retry: bool,

    #[command(flatten)]
    pub(crate) options: OptionArguments,

    #[command(flatten)]
    pub(crate) ledger: LedgerArguments,

    #[command(flatten)]
    pub(crate) output: ListArguments,
}

/// How a listing is printed.
#[derive(Args, Clone, Debug)]
pub(crate) struct ListArguments {
    /// How to print: for people, or for programs [default: table on a terminal, else jsonl]
    #[arg(long, short = 'f')]
    pub(crate) format: Option<ListFormat>,

    /// No more than N lines; 0 is all [default: 50 in a table, else all]
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<u64>,

    /// Columns of the table [default: the terminal's]
    #[arg(long, value_name = "COLUMNS", value_parser = clap::value_parser!(u16).range(20..))]
    pub(crate) width: Option<u16>,

    /// When to colour the table
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: Colour,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    /// A few lines an entry, wrapped to the width
    Table,
    /// One object a line
    Jsonl,
    /// Comma-separated values with a heading
    Csv,
    /// A table of typed columns
    #[cfg(feature = "columnar")]
    Parquet,
}

/// Filters that all listings have.
#[derive(Args, Clone, Debug)]
pub(crate) struct CommonFilter {
    /// Only where this speaker speaks: words of the name, or an actor's id
    #[arg(long, value_name = "NAME")]
    pub(crate) speaker: Option<String>,

    /// Only of this outlet
    #[arg(long, value_name = "NAME")]
    pub(crate) outlet: Option<String>,

    /// Only published on or after this date
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) from: Option<String>,

    /// Only published on or before this date
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) to: Option<String>,
}

#[derive(Args, Debug)]
pub(crate) struct ReportsArguments {
    #[command(flatten)]
    pub(crate) common: CommonFilter,
    /// Only this report: the id or its beginning
    #[arg(value_name = "ID")]
    pub(crate) id: Option<String>,
    #[command(flatten)]
    pub(crate) output: ListArguments,
    #[command(flatten)]
    pub(crate) ledger: LedgerArguments,
}

#[derive(Args, Debug)]
pub(crate) struct StatementsArguments {
    #[command(flatten)]
    pub(crate) filter: StatementFilter,
    #[command(flatten)]
    pub(crate) output: ListArguments,
    #[command(flatten)]
    pub(crate) ledger: LedgerArguments,
}

#[derive(Args, Clone, Debug)]
pub(crate) struct StatementFilter {
    #[command(flatten)]
    pub(crate) common: CommonFilter,
    /// Only this statement, or those of this report: the id or its beginning
    #[arg(value_name = "ID")]
    pub(crate) id: Option<String>,
    /// Only what is done by saying it: state, deny, warn …
    #[arg(long)]
    pub(crate) act: Option<String>,
    /// Only speakers named so: named, role_only, unnamed, outlet
    #[arg(long)]
    pub(crate) naming: Option<String>,
    /// Only what people said this of: open, accepted, corrected, rejected
    #[arg(long)]
    pub(crate) status: Option<String>,
}

#[derive(Args, Debug)]
pub(crate) struct FiguresArguments {
    #[command(flatten)]
    pub(crate) common: CommonFilter,
    /// Only this figure, or those of this report: the id or its beginning
    #[arg(value_name = "ID")]
    pub(crate) id: Option<String>,
    /// Only figures of this measure: killed, displaced, money …
    #[arg(long)]
    pub(crate) measure: Option<String>,
    /// Put those that count the same thing together: what is counted, then its states by day
    #[arg(long, conflicts_with_all = ["speaker", "outlet", "from", "to", "place", "status"])]
    pub(crate) series: bool,
    /// With --series, only of this story: its id, or that of any of its reports
    #[arg(long, value_name = "ID", requires = "series")]
    pub(crate) story: Option<String>,
    /// Only figures of this place, as worded
    #[arg(long)]
    pub(crate) place: Option<String>,
    /// Only what people said this of: open, accepted, corrected, rejected
    #[arg(long)]
    pub(crate) status: Option<String>,
    #[command(flatten)]
    pub(crate) output: ListArguments,
    #[command(flatten)]
    pub(crate) ledger: LedgerArguments,
}

#[derive(Args, Debug)]
pub(crate) struct SpeakersArguments {
    #[command(flatten)]
    pub(crate) common: CommonFilter,
    /// Only what is done by saying it: state, deny, warn …
    #[arg(long)]
    pub(crate) act: Option<String>,
    /// Only speakers named so: named, role_only, unnamed, outlet
    #[arg(long)]
    pub(crate) naming: Option<String>,
    #[command(flatten)]
    pub(crate) output: ListArguments,
    #[command(flatten)]
    pub(crate) ledger: LedgerArguments,
}

#[derive(Args, Debug)]
pub(crate) struct SearchArguments {
    /// All of these words; "in quotes" as a phrase, harb* for what begins so
    #[arg(required = true, value_name = "WORDS")]
    pub(crate) words: Vec<String>,
    /// Search the statements instead of the reports
    #[arg(long)]
    pub(crate) statements: bool,
    #[command(flatten)]
    pub(crate) output: ListArguments,
    #[command(flatten)]
    pub(crate) ledger: LedgerArguments,
}

#[derive(Args, Debug)]
pub(crate) struct ReviewArguments {
    /// What is decided about: a statement, figure, report or actor; without one the open statements and
    /// figures are listed
    #[arg(value_name = "ID")]
    pub(crate) id: Option<String>,
    /// It is right as it stands
    #[arg(long, group = "verdict", requires = "id")]
    pub(crate) accept: bool,
    /// The text does not say this
    #[arg(long, group = "verdict", requires = "id")]
    pub(crate) reject: bool,
    /// The report ID says this too: `statement` or `figure`, and its fields:
    /// --add statement content="the gates were open" cue=said speaker="Ada Lind"
    #[arg(long, num_args = 2.., value_names = ["KIND", "FIELD=VALUE"], group = "verdict", requires = "id")]
    pub(crate) add: Vec<String>,
    /// A field is something else: speaker="Ada Lind", act=deny, lower=12, place= (empty)
    #[arg(long, value_name = "FIELD=VALUE", group = "verdict", requires = "id")]
    pub(crate) set: Option<String>,
    /// The actor ID is the actor OTHER, who stays
    #[arg(long, value_name = "OTHER", group = "verdict", requires = "id")]
    pub(crate) merge: Option<String>,
    /// The actor ID is merged into no other
    #[arg(long, group = "verdict", requires = "id")]
    pub(crate) split: bool,
    /// The report ID is of the story of the report OTHER
    #[arg(long, value_name = "OTHER", group = "verdict", requires = "id")]
    pub(crate) join: Option<String>,
    /// The report ID is of a story of its own
    #[arg(long, group = "verdict", requires = "id")]
    pub(crate) part: bool,
    /// The decision ID no longer holds
    #[arg(long, group = "verdict", requires = "id")]
    pub(crate) undo: bool,
    /// Why; alone, a remark that changes nothing
    #[arg(long, value_name = "WORDS", requires = "id")]
    pub(crate) comment: Option<String>,
    /// Who decides [default: $ASCRIBE_AUTHOR, else the user's name]
    #[arg(long, value_name = "NAME")]
    pub(crate) author: Option<String>,
    /// List the decisions instead, all or those about ID
    #[arg(long, conflicts_with = "verdict")]
    pub(crate) log: bool,
    #[command(flatten)]
    pub(crate) output: ListArguments,
    #[command(flatten)]
    pub(crate) ledger: LedgerArguments,
}

#[derive(Args, Debug)]
pub(crate) struct FileArguments {
    /// The other file; of `import` also a folder
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) ledger: LedgerArguments,
}

#[derive(Args, Debug)]
pub(crate) struct RedactArguments {
    /// The report, by its id or its beginning
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    /// Why; this stays in the ledger
    #[arg(long, value_name = "WORDS")]
    pub(crate) reason: String,
    /// Who decides [default: $ASCRIBE_AUTHOR, else the user's name]
    #[arg(long, value_name = "NAME")]
    pub(crate) author: Option<String>,
    #[command(flatten)]
    pub(crate) ledger: LedgerArguments,
}
