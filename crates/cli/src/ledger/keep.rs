//! `ascribe verify`, `backup`, `restore`, `redact` and `import`.

use std::fs;
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, anyhow};
use ascribe_ledger::{Ledger, Verified};
use indicatif::ProgressBar;

use super::args::{FileArguments, LedgerArguments, RedactArguments};
use super::link::link;
use super::{folder, now, open, open_existing, open_to_read, path_of, review};

/// Exit status: something does not fit.
const DOES_NOT_FIT: u8 = 1;

pub(super) fn verify(arguments: &LedgerArguments) -> anyhow::Result<ExitCode> {
    let ledger = open_to_read(arguments.ledger.as_deref())?;
    Ok(match checked(&ledger)? {
        Ok(verified) => {
            let Verified { captures, redacted, readings, decisions, content } = verified;
            println!("all fits: {captures} captures, {readings} readings, {decisions} decisions");
            if redacted > 0 {
                println!("redacted: {redacted}");
            }
            println!("content {content}");
            ExitCode::SUCCESS
        }
        Err(fault) => {
            println!("does not fit: {fault}");
            ExitCode::from(DOES_NOT_FIT)
        }
    })
}

fn checked(ledger: &Ledger) -> anyhow::Result<Result<Verified, String>> {
    let progress = ProgressBar::new_spinner();
    progress.enable_steady_tick(Duration::from_millis(200));
    let outcome = ledger.verify(&mut |n| progress.set_message(format!("{n} captures")));
    progress.finish_and_clear();
    Ok(outcome?)
}

pub(super) fn back_up(arguments: &FileArguments) -> anyhow::Result<ExitCode> {
    must_be_new(&arguments.file)?;
    let ledger = open_to_read(arguments.ledger.ledger.as_deref())?;
    // Under another name until it is whole, so that no half of one is taken for a backup.
    let part = arguments.file.with_added_extension("part");
    if part.exists() {
        fs::remove_file(&part).with_context(|| part.display().to_string())?;
    }
    ledger.back_up(&part)?;
    fs::rename(&part, &arguments.file).with_context(|| arguments.file.display().to_string())?;
    Ok(ExitCode::SUCCESS)
}

pub(super) fn restore(arguments: &FileArguments) -> anyhow::Result<ExitCode> {
    let to = path_of(arguments.ledger.ledger.as_deref())?;
    must_be_new(&to)?;
    let backup = open_to_read(Some(&arguments.file))?;
    if let Err(fault) = checked(&backup)? {
        println!("the backup does not fit: {fault}");
        return Ok(ExitCode::from(DOES_NOT_FIT));
    }
    if let Some(folder) = to.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    }
    let part = to.with_added_extension("part");
    if part.exists() {
        fs::remove_file(&part).with_context(|| part.display().to_string())?;
    }
    backup.back_up(&part)?;
    fs::rename(&part, &to).with_context(|| to.display().to_string())?;
    Ok(ExitCode::SUCCESS)
}

/// Nothing is written over.
fn must_be_new(path: &Path) -> anyhow::Result<()> {
    if path.exists() { Err(anyhow!("{} is there already", path.display())) } else { Ok(()) }
}

pub(super) fn redact(arguments: &RedactArguments) -> anyhow::Result<ExitCode> {
    let author = review::author(arguments.author.as_deref())?;
    let mut ledger = open_existing(arguments.ledger.ledger.as_deref())?;
    let decision = ledger.redact(&arguments.id, &arguments.reason, &author, &now())?;
    link(&mut ledger)?;
    anstream::eprintln!("decision {decision}; backups and exports made before still hold the words");
    Ok(ExitCode::SUCCESS)
}

pub(super) fn import(arguments: &FileArguments) -> anyhow::Result<ExitCode> {
    if arguments.file.is_dir() {
        let mut ledger = open(arguments.ledger.ledger.as_deref())?;
        let (n_reports, n_decisions) = folder::import(&mut ledger, &arguments.file)?;
        link(&mut ledger)?;
        anstream::eprintln!("{n_reports} reports and {n_decisions} decisions came");
        return Ok(ExitCode::SUCCESS);
    }
    let other = open_to_read(Some(&arguments.file))?;
    // What was damaged there is not brought here.
    if let Err(fault) = checked(&other)? {
        println!("{} does not fit: {fault}", arguments.file.display());
        return Ok(ExitCode::from(DOES_NOT_FIT));
    }
    let mut ledger = open(arguments.ledger.ledger.as_deref())?;
    let (n_reports, n_decisions) = ledger.import(&other, &mut |_| ())?;
    link(&mut ledger)?;
    anstream::eprintln!("{n_reports} reports and {n_decisions} decisions came");
    Ok(ExitCode::SUCCESS)
}
