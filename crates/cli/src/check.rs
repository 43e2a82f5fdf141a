//! `ascribe check`: drafts in, findings out.

use std::collections::BTreeMap;
use std::process::ExitCode;

use ascribe::{Finding, FindingKind, Reading};

use crate::args::{CheckArguments, CheckFormat};
use crate::render::{came_from, count, findings};
use crate::sink::Sink;
use crate::source::{INTERRUPTED, Source};

/// Exit status: something was found.
const FOUND: u8 = 1;
/// Exit status: something could not be read, so that nobody takes it for clean.
const NOT_READ: u8 = 2;

/// Notes of a report that was kept and not read.
const UNREAD: &[&str] = &["language_not_read", "not_read"];

pub(crate) fn run(arguments: &CheckArguments) -> anyhow::Result<ExitCode> {
    let source = Source::of(&arguments.input)?;
    let mut to = Sink::open(&arguments.print)?;
    let default = if to.terminal { CheckFormat::Table } else { CheckFormat::Jsonl };
    let format = arguments.format.unwrap_or(default);
    let style = to.style(&arguments.print);
    let mut checked = Checked::default();
    let tally = source.read_each(&mut |reading| {
        let Some(found) = checked.check(&reading, &arguments.ignore) else { return Ok(()) };
        to.write(&match format {
            CheckFormat::Table => findings(&reading.report, &found, &style),
            CheckFormat::Jsonl => ascribe::findings_to_json(&reading.report, &found) + "\n",
        })
    })?;
    to.finish()?;
    anstream::eprintln!("{}{}", if tally.stopped { "stopped: " } else { "" }, checked.summary());
    Ok(match (tally.stopped, checked.n_unread + tally.n_refused, checked.by_kind.is_empty()) {
        (true, ..) => ExitCode::from(INTERRUPTED),
        (_, 1.., _) => ExitCode::from(NOT_READ),
        (_, _, false) => ExitCode::from(FOUND),
        _ => ExitCode::SUCCESS,
    })
}

#[derive(Default)]
struct Checked {
    n_checked: usize,
    n_unread: usize,
    by_kind: BTreeMap<FindingKind, usize>,
}

impl Checked {
    /// The findings of a reading; none of a report that was not read, which is said on standard error.
    fn check(&mut self, reading: &Reading, ignore: &[FindingKind]) -> Option<Vec<Finding>> {
        let place = came_from(&reading.report).unwrap_or_default();
        if let Some(note) = reading.notes.iter().find(|note| UNREAD.contains(&note.code.as_str())) {
            self.n_unread += 1;
            anstream::eprintln!("not checked: {place}: {}", note.message);
            return None;
        }
        self.n_checked += 1;
        if reading.report.published.is_none() {
            anstream::eprintln!(
                "note: {place}: no date found, so no day is held against it (--date gives one)"
            );
        }
        let mut found = ascribe::check(reading);
        found.retain(|finding| !ignore.contains(&finding.kind));
        for finding in &found {
            *self.by_kind.entry(finding.kind).or_default() += 1;
        }
        Some(found)
    }

    fn summary(&self) -> String {
        let n: usize = self.by_kind.values().sum();
        let kinds: Vec<String> =
            self.by_kind.iter().map(|(kind, n)| format!("{n} {}", kind.name())).collect();
        let reports = count(self.n_checked, "report");
        match n {
            0 => format!("nothing found in {reports}"),
            _ => format!("{} in {reports}: {}", count(n, "finding"), kinds.join(", ")),
        }
    }
}
