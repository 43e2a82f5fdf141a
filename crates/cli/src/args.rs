//! The command line: every command and option, and the help that people read.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::ledger::LedgerCommand;
pub(crate) use crate::serve::{ServeArguments, UsersCommand};

/// Who said what, through whom, and which figures they gave: reads dated news reports and ties every
/// field to the words it came from. It never says who is right.
///
/// English only for now: reports in other languages are kept and marked, never guessed at.
#[derive(Debug, Parser)]
#[command(name = "ascribe", version, max_term_width = 100)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Read reports and print the statements and figures in them
    #[command(
        after_long_help = "Exit status: 0 all was read, 1 something was refused, 2 nothing could be done."
    )]
    Read(ReadArguments),
    /// Look a draft over before it is published: what a reader would ask about
    ///
    /// Finds figures without a source, sources without a name, parts that do not add up, dates that
    /// cannot be, quotations without a speaker and the like, each with its place and a plain sentence.
    /// It never says that a claim is true or false.
    #[command(
        after_long_help = "Exit status: 0 nothing was found, 1 something was found, 2 something could not be read."
    )]
    Check(CheckArguments),
    /// Look at invented reports: on a terminal 66 of them in the browser, as `serve` shows a ledger
    ///
    /// The ledger is made anew each time and removed at the end; its reports come in while you look. With
    /// --format or --output, and where standard output is no terminal, a handful of others is printed instead.
    Demo(DemoArguments),
    /// Print the JSON Schema of `--format jsonl`
    Schema,
    /// Print the text of the PDF file on standard input as JSON: what this program asks itself
    #[command(name = crate::pdf::COMMAND, hide = true)]
    PdfText,
    /// Print the rows of the Parquet or Arrow file on standard input, likewise
    #[cfg(feature = "columnar")]
    #[command(name = crate::columns::COMMAND, hide = true)]
    ColumnRows,
    /// Serve a ledger as web pages and an API, on this machine unless told otherwise
    #[command(after_long_help = "Docs: docs/api.md. Ends with Ctrl-C.")]
    Serve(ServeArguments),
    /// The people who may log in to a served ledger
    #[command(subcommand)]
    Users(UsersCommand),
    #[command(flatten)]
    Ledger(LedgerCommand),
}

#[derive(Args, Debug)]
pub(crate) struct ReadArguments {
    #[command(flatten)]
    pub(crate) input: InputArguments,

    #[command(flatten)]
    pub(crate) output: OutputArguments,
}

#[derive(Args, Debug)]
pub(crate) struct CheckArguments {
    #[command(flatten)]
    pub(crate) input: InputArguments,

    /// How to print: findings with their lines for people, or JSON Lines for programs
    /// [default: table on a terminal, else jsonl]
    #[arg(long, short = 'f')]
    pub(crate) format: Option<CheckFormat>,

    #[command(flatten)]
    pub(crate) print: PrintArguments,

    /// Kinds of findings to leave out; may be given again or parted by commas
    #[arg(long, value_name = "KIND", value_delimiter = ',', value_parser = kind_parser())]
    pub(crate) ignore: Vec<ascribe::FindingKind>,
}

/// What is read and how.
#[derive(Args, Debug)]
pub(crate) struct InputArguments {
    /// Files, folders and addresses of the web (https://…) to read; `-` is standard input
    ///
    /// Plain text, HTML, Word (DOCX), PDF, e-mail and mailboxes, JSON, JSON Lines, CSV and TSV, RSS, Atom
    /// and JSON Feed, in some builds Parquet and Arrow, and any of these inside gzip, Zstandard, ZIP and web archives (WARC), mixed freely and told by their names or
    /// first bytes. What stands at an address is fetched, that one page or feed and nothing else. A member of an archive is named `a.zip!member`. Folders are read whole, in the
    /// order of their names, hidden files left out.
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,

    #[command(flatten)]
    pub(crate) options: OptionArguments,
}

/// How it is read.
#[derive(Args, Debug)]
pub(crate) struct OptionArguments {
    /// Date of publication of all reports, such as 2023-11-14 or 2023-11; wins over theirs
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) date: Option<String>,

    /// Outlet of all reports; wins over theirs
    #[arg(long, value_name = "NAME")]
    pub(crate) outlet: Option<String>,

    /// Names of JSON fields or columns, such as text=body,date=meta.published
    ///
    /// Parts: text, title, date, modified, outlet, url, byline, id. Dots reach into nested objects, `|`
    /// parts alternatives. Parts left out keep their usual names.
    #[arg(long, value_name = "PART=FIELD,…")]
    pub(crate) fields: Option<String>,

    /// What the files are, if their names and first bytes do not tell
    ///
    /// For packed files and archives: what is in them. The packing itself is told by its first bytes.
    #[arg(long, value_name = "FORMAT")]
    pub(crate) input_format: Option<InputFormat>,

    /// Largest file, line, row, member of an archive or archived page, in bytes
    #[arg(long, value_name = "BYTES", default_value_t = ascribe::Options::default().max_bytes)]
    pub(crate) max_bytes: u64,

    /// Longest text of one report, in bytes
    #[arg(long, value_name = "BYTES", default_value_t = ascribe::Options::default().max_text)]
    pub(crate) max_text: usize,

    /// Largest size of what is packed, as a multiple of the file; the first 16 MiB are free
    #[arg(long, value_name = "N", default_value_t = ascribe::Options::default().max_ratio)]
    pub(crate) max_ratio: u32,

    /// Layers of packing and archives around a report at most
    #[arg(long, value_name = "N", default_value_t = ascribe::Options::default().max_depth)]
    pub(crate) max_depth: usize,

    /// Fetch from machines of private networks and this one, too
    #[arg(long)]
    pub(crate) allow_private: bool,

    /// Threads to read with; the reading is the same for any number [default: one a core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) threads: Option<u16>,

    /// Model file to read with, in place of the one inside the program
    #[arg(long, value_name = "FILE")]
    pub(crate) model: Option<PathBuf>,
}

#[derive(Args, Debug)]
pub(crate) struct DemoArguments {
    #[command(flatten)]
    pub(crate) output: OutputArguments,
}

#[derive(Args, Clone, Debug)]
pub(crate) struct OutputArguments {
    /// How to print: a table for people, JSON Lines for programs, or one HTML page
    /// [default: table on a terminal or for the demo, else jsonl]
    #[arg(long, short = 'f')]
    pub(crate) format: Option<OutputFormat>,

    #[command(flatten)]
    pub(crate) print: PrintArguments,
}

#[derive(Args, Clone, Debug)]
pub(crate) struct PrintArguments {
    /// Write to FILE instead of standard output
    #[arg(long, short = 'o', value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,

    /// Columns of the table [default: the terminal's]
    #[arg(long, value_name = "COLUMNS", value_parser = clap::value_parser!(u16).range(20..))]
    pub(crate) width: Option<u16>,

    /// When to colour the table
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: Colour,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum OutputFormat {
    /// Statements, then figures, wrapped to the width
    Table,
    /// One line a report: see `ascribe schema`
    Jsonl,
    /// One self-contained page: the report with highlights, the tables beside it
    Html,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum CheckFormat {
    /// Each finding with its line, the place underlined
    Table,
    /// One line a report: see docs/check.md
    Jsonl,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum InputFormat {
    Text,
    Html,
    Json,
    Jsonl,
    Csv,
    Tsv,
    /// RSS or Atom
    Feed,
    /// An e-mail
    Mail,
    /// A mailbox
    Mbox,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Colour {
    Auto,
    Always,
    Never,
}

/// The names of the kinds, so that the help lists them.
fn kind_parser() -> impl TypedValueParser<Value = ascribe::FindingKind> {
    let names = ascribe::FindingKind::ALL.iter().map(|kind| kind.name());
    PossibleValuesParser::new(names).try_map(|name| name.parse::<ascribe::FindingKind>())
}

/// Checks an EDTF date as far as reports need it: a year, a month or a day.
pub(crate) fn date(text: &str) -> Result<String, String> {
    let parts: Vec<&str> = text.split('-').collect();
    let digits = |s: &str, n: usize| s.len() == n && s.bytes().all(|b| b.is_ascii_digit());
    let shaped = match parts[..] {
        [y] => digits(y, 4),
        [y, m] => digits(y, 4) && digits(m, 2) && ("01"..="12").contains(&m),
        [y, m, d] => {
            digits(y, 4) && digits(m, 2) && digits(d, 2) && text.parse::<jiff::civil::Date>().is_ok()
        }
        _ => false,
    };
    if shaped { Ok(text.to_owned()) } else { Err("a date looks like 2023, 2023-11 or 2023-11-14".to_owned()) }
}
