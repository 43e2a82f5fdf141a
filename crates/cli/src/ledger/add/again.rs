//! `ascribe reread` and `ascribe refused`: what the ledger keeps, taken up again.

use std::collections::HashSet;
use std::io::Cursor;
use std::path::Path;
use std::process::ExitCode;
use std::sync::atomic::Ordering;

use ascribe::{Format, Options, Refusal, Report};
use ascribe_ledger::{Filter, Hash, Ledger, Listing, Value};

use super::super::args::{RefusedArguments, RereadArguments};
use super::super::{open_existing, open_to_read, show};
use super::Run;
use crate::input::Input;
use crate::render::count;
use crate::source::{STOP, heed_interrupts, options_of, pool_of, reader_of};
use crate::web::{Web, is_address};

/// Reads reports from the ledger, without the files that they came from: those that were added with `--later`,
/// or all that this model has not read.
pub(in crate::ledger) fn reread(arguments: &RereadArguments) -> anyhow::Result<ExitCode> {
    let options = options_of(&arguments.options)?;
    let reader = reader_of(arguments.options.model.as_deref())?;
    let (pool, web) = (pool_of(&arguments.options)?, Web::of(&arguments.options));
    heed_interrupts()?;
    let ledger = open_existing(arguments.ledger.ledger.as_deref())?;
    let model = reader.model();
    let unread = ledger.unread(arguments.all.then_some(model.as_str()))?;
    let n_unread = unread.len() as u64;
    let mut run = Run::new(ledger, Some(&reader), &pool, &options, arguments.all, n_unread, &web);
    let before = run.n_orphaned()?;
    for hash in unread {
        let mut report = run.ledger.report(hash)?;
        // What the reader before could not read is for this one to say.
        report.notes.retain(|note| note.code != "not_read");
        run.take(Ok(report))?;
        run.position.set(run.position.get() + 1);
        if STOP.load(Ordering::Relaxed) {
            break;
        }
    }
    run.write()?;
    let n_lost = run.n_orphaned()?.saturating_sub(before);
    if n_lost > 0 {
        let lost = count(n_lost, "decision");
        run.say(&format!("no longer fits what is read: {lost}; `ascribe review --log` shows which"));
    }
    run.finish()
}

impl Run<'_> {
    /// How many decisions are about something that is not in the newest reading, or reads otherwise there.
    fn n_orphaned(&self) -> anyhow::Result<usize> {
        let mut n = 0;
        self.ledger.list(Listing::Decisions, &Filter::default(), &mut |row| {
            let is_lost = |value: &Value| {
                *value == Value::Text("orphaned".into()) || *value == Value::Text("stale".into())
            };
            n += usize::from(row.iter().any(|(column, value)| *column == "state" && is_lost(value)));
            true
        })?;
        Ok(n)
    }
}

pub(in crate::ledger) fn refused(arguments: &RefusedArguments) -> anyhow::Result<ExitCode> {
    let named = arguments.ledger.ledger.as_deref();
    if !arguments.retry {
        show::list(&open_to_read(named)?, Listing::Refused, Filter::default(), &arguments.output)?;
        return Ok(ExitCode::SUCCESS);
    }
    let options = Options { keep_bytes: true, ..options_of(&arguments.options)? };
    let reader = reader_of(arguments.options.model.as_deref())?;
    let (pool, web) = (pool_of(&arguments.options)?, Web::of(&arguments.options));
    heed_interrupts()?;
    let ledger = open_existing(named)?;
    let refused = refused_items(&ledger)?;
    let mut run = Run::new(ledger, Some(&reader), &pool, &options, false, 0, &web);
    let mut done: HashSet<String> = HashSet::new();
    for RefusedItem { path, record, sha256 } in refused {
        // What is there gives all of its records at once, and knows best what they are.
        if let Some(holder) = holder_of(&path) {
            if done.insert(holder.to_owned()) && !run.file(&Input { path: holder.to_owned(), error: None })? {
                break;
            }
            continue;
        }
        let Some(bytes) = sha256.map(|hash| run.ledger.bytes_of(hash)).transpose()?.flatten() else {
            run.say(&format!("gone: {path}, and no bytes of it are kept"));
            run.n_refused += 1;
            continue;
        };
        let renumbered = |item: Result<Report, Refusal>| {
            item.map(|report| Report { record, ..report }).map_err(|refusal| Refusal { record, ..refusal })
        };
        let format = options.format.or_else(|| lost_format(&path, &bytes));
        let options = Options { format, ..options.clone() };
        for item in ascribe::reports(&path, Cursor::new(bytes), &options) {
            run.take(renumbered(item))?;
        }
    }
    run.finish()
}

/// The file or address that holds what is called `path`, which may be a member of an archive; `None` if
/// the file is gone.
fn holder_of(path: &str) -> Option<&str> {
    let ends = path.match_indices('!').map(|(at, _)| at);
    if is_address(path) {
        return ends.map(|at| &path[..at]).next().or(Some(path));
    }
    [path.len()].into_iter().chain(ends).map(|end| &path[..end]).find(|holder| Path::new(holder).is_file())
}

/// What bytes are whose archive or server told it, and is gone: a page that opens as no page does would
/// be taken for plain text, marks and all.
fn lost_format(path: &str, bytes: &[u8]) -> Option<Format> {
    let is_told = Format::from_name(path).is_some() || Format::from_bytes(bytes) != Format::Text;
    (!is_told && bytes.trim_ascii_start().starts_with(b"<")).then_some(Format::Html)
}

/// Something that is no report yet.
struct RefusedItem {
    path: String,
    record: Option<u64>,
    /// Of its bytes, if they are kept.
    sha256: Option<Hash>,
}

/// All that is refused, by path.
fn refused_items(ledger: &Ledger) -> anyhow::Result<Vec<RefusedItem>> {
    let mut items = Vec::new();
    ledger.list(Listing::Refused, &Filter::default(), &mut |row| {
        let value = |name: &str| row.iter().find(|(column, _)| *column == name).map(|(_, value)| value);
        let text = |name| match value(name) {
            Some(Value::Text(text)) => Some(text.clone()),
            _ => None,
        };
        let record = match value("record") {
            Some(Value::Integer(record)) => u64::try_from(*record).ok(),
            _ => None,
        };
        let sha256 = text("sha256").and_then(|hash| Hash::from_hex(&hash));
        items.push(RefusedItem { path: text("path").unwrap_or_default(), record, sha256 });
        true
    })?;
    Ok(items)
}
