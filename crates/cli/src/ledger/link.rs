//! `ascribe copies`, `stories`, `quotes` and `why`; and linking itself, with which commands that write end.

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use anyhow::anyhow;
use ascribe_ledger::{Filter, Ledger, Listing, Step};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde_json::Value;

use super::args::ListFormat;
use super::link_args::{CopiesArguments, GroupFilter, QuotesArguments, StoriesArguments, WhyArguments};
use super::words::{entry, evidence};
use super::{open_to_read, show};
use crate::render::{count, listing};
use crate::sink::{closed, style_of};

/// Links what is not linked yet, with a bar on a terminal. Returns how many reports were linked.
pub(super) fn link(ledger: &mut Ledger) -> anyhow::Result<u64> {
    let target =
        if io::stderr().is_terminal() { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
    let style =
        ProgressStyle::with_template("{bar:20} {percent} %, {pos} of {len} reports linked, {eta} left");
    let bar =
        ProgressBar::with_draw_target(None, target).with_style(style.unwrap_or(ProgressStyle::default_bar()));
    let linked = ledger.link(&mut |done, all| {
        bar.set_length(all);
        bar.set_position(done);
    });
    bar.finish_and_clear();
    Ok(linked?.reports)
}

pub(super) fn copies(arguments: &CopiesArguments) -> anyhow::Result<ExitCode> {
    let filter = Filter { id: arguments.id.clone(), ..of_group(&arguments.group) };
    let ledger = open_linked(arguments.ledger.ledger.as_deref())?;
    show::list(&ledger, Listing::Copies, filter, &arguments.output)?;
    Ok(ExitCode::SUCCESS)
}

pub(super) fn stories(arguments: &StoriesArguments) -> anyhow::Result<ExitCode> {
    let filter = Filter { id: arguments.id.clone(), ..of_group(&arguments.group) };
    let ledger = open_linked(arguments.ledger.ledger.as_deref())?;
    let listing = if arguments.id.is_some() { Listing::StoryReports } else { Listing::Stories };
    show::list(&ledger, listing, filter, &arguments.output)?;
    Ok(ExitCode::SUCCESS)
}

pub(super) fn quotes(arguments: &QuotesArguments) -> anyhow::Result<ExitCode> {
    let QuotesArguments { id, speaker, drift, group, .. } = arguments;
    let filter = Filter { id: id.clone(), speaker: speaker.clone(), drift: *drift, ..of_group(group) };
    let ledger = open_linked(arguments.ledger.ledger.as_deref())?;
    show::list(&ledger, Listing::Quotes, filter, &arguments.output)?;
    Ok(ExitCode::SUCCESS)
}

/// The chain behind something: a block a step, or a line of JSON.
pub(super) fn why(arguments: &WhyArguments) -> anyhow::Result<ExitCode> {
    let output = &arguments.output;
    let terminal = io::stdout().is_terminal();
    let format = output.format.unwrap_or(if terminal { ListFormat::Table } else { ListFormat::Jsonl });
    if format == ListFormat::Csv {
        return Err(anyhow!("steps have columns of their own: use --format jsonl"));
    }
    let ledger = open_linked(arguments.ledger.ledger.as_deref())?;
    let style = style_of(output.width, output.color, terminal);
    let most = output.limit.filter(|limit| *limit > 0).unwrap_or(u64::MAX);
    let (mut shown, mut n_steps) = (String::new(), 0);
    ledger.why(&arguments.id, &mut |step, row| {
        n_steps += 1;
        if n_steps > most {
            return;
        }
        let mut line = ascribe_ledger::json_line(row);
        shown += &match format {
            ListFormat::Table => match listing_of(step) {
                Some(what) => listing(&entry(what, &line), &style),
                None => listing(&evidence(step, &line), &style),
            },
            _ => {
                line.shift_insert(0, "step".to_owned(), Value::String(step.name().to_owned()));
                format!("{}\n", Value::Object(line))
            }
        };
    })?;
    let mut to = io::stdout().lock();
    to.write_all(shown.as_bytes()).and_then(|()| to.flush()).or_else(closed)?;
    Ok(ExitCode::SUCCESS)
}

/// The listing that has lines like those of a step.
fn listing_of(step: Step) -> Option<Listing> {
    Some(match step {
        Step::Figure => Listing::Figures,
        Step::Statement => Listing::Statements,
        Step::Quote => Listing::Quotes,
        Step::Report => Listing::Reports,
        Step::Copy => Listing::Copies,
        Step::Story => Listing::Stories,
        Step::Decision => Listing::Decisions,
        Step::Words | Step::Capture => return None,
    })
}

fn of_group(filter: &GroupFilter) -> Filter {
    let GroupFilter { outlet, from, to } = filter.clone();
    Filter { outlet, from, to, ..Filter::default() }
}

/// Opens a ledger to read, and says so if not all of it is linked.
pub(super) fn open_linked(named: Option<&std::path::Path>) -> anyhow::Result<Ledger> {
    let ledger = open_to_read(named)?;
    let n_unlinked = usize::try_from(ledger.n_unlinked()?)?;
    if n_unlinked > 0 {
        let reports = count(n_unlinked, "report");
        let are = if n_unlinked == 1 { "is" } else { "are" };
        anstream::eprintln!(
            "{reports} {are} not linked yet; the next command that writes to the ledger does it"
        );
    }
    Ok(ledger)
}
