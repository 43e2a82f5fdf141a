//! The commands that keep a ledger: thin wiring of arguments and output around `ascribe-ledger`.

mod add;
mod args;
mod exchange;
mod export;
mod flag;
mod flag_args;
mod folder;
mod keep;
mod link;
mod link_args;
mod review;
mod show;
mod watch;
mod words;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, anyhow};
use ascribe_ledger::Ledger;

pub(crate) use args::LedgerCommand;

/// Runs one of the commands.
pub(crate) fn run(command: &LedgerCommand) -> anyhow::Result<ExitCode> {
    match command {
        LedgerCommand::Add(arguments) => add::run(arguments),
        LedgerCommand::Reread(arguments) => add::reread(arguments),
        LedgerCommand::Watch(arguments) => watch::run(arguments),
        LedgerCommand::Refused(arguments) => add::refused(arguments),
        LedgerCommand::Reports(arguments) => show::reports(arguments),
        LedgerCommand::Statements(arguments) => show::statements(arguments),
        LedgerCommand::Figures(arguments) => show::figures(arguments),
        LedgerCommand::Flags(arguments) => flag::flags(arguments),
        LedgerCommand::Table(arguments) => flag::table(arguments),
        LedgerCommand::Speakers(arguments) => show::speakers(arguments),
        LedgerCommand::Copies(arguments) => link::copies(arguments),
        LedgerCommand::Stories(arguments) => link::stories(arguments),
        LedgerCommand::Quotes(arguments) => link::quotes(arguments),
        LedgerCommand::Why(arguments) => link::why(arguments),
        LedgerCommand::Search(arguments) => show::search(arguments),
        LedgerCommand::Review(arguments) => review::run(arguments),
        LedgerCommand::Verify(arguments) => keep::verify(arguments),
        LedgerCommand::Backup(arguments) => keep::back_up(arguments),
        LedgerCommand::Restore(arguments) => keep::restore(arguments),
        LedgerCommand::Redact(arguments) => keep::redact(arguments),
        LedgerCommand::Import(arguments) => keep::import(arguments),
        LedgerCommand::Export(arguments) => export::run(arguments),
    }
}

/// The file that is meant: the one named, else `$ASCRIBE_LEDGER`, else `ascribe.db` in the user's data
/// folder.
pub(crate) fn path_of(named: Option<&Path>) -> anyhow::Result<PathBuf> {
    let variable = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    if let Some(path) = named.map(Path::to_owned).or_else(|| variable("ASCRIBE_LEDGER")) {
        return Ok(path);
    }
    let home = || variable("HOME");
    let folder = if cfg!(windows) {
        variable("APPDATA")
    } else if cfg!(target_os = "macos") {
        home().map(|home| home.join("Library/Application Support"))
    } else {
        variable("XDG_DATA_HOME").or_else(|| home().map(|home| home.join(".local/share")))
    };
    let folder = folder.ok_or_else(|| anyhow!("no data folder is known: name the ledger with --ledger"))?;
    Ok(folder.join("ascribe").join("ascribe.db"))
}

/// Opens the ledger to write, and makes it if it is not there.
fn open(named: Option<&Path>) -> anyhow::Result<Ledger> {
    let path = path_of(named)?;
    if named.is_none()
        && let Some(folder) = path.parent()
    {
        std::fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    }
    Ledger::open(&path).with_context(|| path.display().to_string())
}

/// Opens a ledger that must be there, to write.
fn open_existing(named: Option<&Path>) -> anyhow::Result<Ledger> {
    let path = existing(named)?;
    Ledger::open(&path).with_context(|| path.display().to_string())
}

/// Opens a ledger that must be there, to read.
fn open_to_read(named: Option<&Path>) -> anyhow::Result<Ledger> {
    let path = existing(named)?;
    Ledger::open_read_only(&path).with_context(|| path.display().to_string())
}

/// The path of a ledger that must be there. An empty file is none: `add` was killed as it made it.
fn existing(named: Option<&Path>) -> anyhow::Result<PathBuf> {
    let path = path_of(named)?;
    let is_there = std::fs::metadata(&path).is_ok_and(|file| file.len() > 0);
    if is_there {
        Ok(path)
    } else {
        Err(anyhow!("{}: there is no ledger; `ascribe add` makes one", path.display()))
    }
}

/// RFC 3339, to the microsecond: decisions are told apart by it.
fn now() -> String {
    format!("{:.6}", jiff::Timestamp::now())
}
