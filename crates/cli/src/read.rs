//! `ascribe read`: reports in, readings out.

use std::process::ExitCode;

use ascribe::Reading;

use crate::args::{OutputArguments, OutputFormat, ReadArguments};
use crate::render::{TableStyle, count, page, table};
use crate::sink::Sink;
use crate::source::{INTERRUPTED, Source};

/// Exit status: something was refused, the rest was read.
pub(crate) const SOME_REFUSED: u8 = 1;
/// Exit status: nothing could be done.
pub(crate) const NOTHING_DONE: u8 = 2;

pub(crate) fn run(arguments: &ReadArguments) -> anyhow::Result<ExitCode> {
    let source = Source::of(&arguments.input)?;
    let mut output = Output::open(&arguments.output)?;
    let (mut n_statements, mut n_figures) = (0, 0);
    let tally = source.read_each(&mut |reading| {
        n_statements += reading.statements.len();
        n_figures += reading.figures.len();
        output.write(reading)
    })?;
    output.finish()?;
    if tally.n_read + tally.n_refused > 1 || tally.stopped {
        let stopped = if tally.stopped { "stopped: " } else { "" };
        anstream::eprintln!(
            "{stopped}{} read, {} refused; {}, {}",
            count(tally.n_read, "report"),
            tally.n_refused,
            count(n_statements, "statement"),
            count(n_figures, "figure")
        );
    }
    Ok(match (tally.stopped, tally.n_read, tally.n_refused) {
        (true, ..) => ExitCode::from(INTERRUPTED),
        (_, _, 0) => ExitCode::SUCCESS,
        (_, 0, _) => ExitCode::from(NOTHING_DONE),
        _ => ExitCode::from(SOME_REFUSED),
    })
}

/// Where readings go, in one of the formats.
pub(crate) struct Output {
    to: Sink,
    kind: Kind,
    n_written: usize,
}

enum Kind {
    Table(TableStyle),
    Lines,
    /// The page needs all readings for its index.
    Page(Vec<Reading>),
}

impl Output {
    pub(crate) fn open(arguments: &OutputArguments) -> anyhow::Result<Self> {
        let to = Sink::open(&arguments.print)?;
        let default = if to.terminal { OutputFormat::Table } else { OutputFormat::Jsonl };
        let kind = match arguments.format.unwrap_or(default) {
            OutputFormat::Table => Kind::Table(to.style(&arguments.print)),
            OutputFormat::Jsonl => Kind::Lines,
            OutputFormat::Html => Kind::Page(Vec::new()),
        };
        Ok(Self { to, kind, n_written: 0 })
    }

    pub(crate) fn write(&mut self, reading: Reading) -> anyhow::Result<()> {
        let text = match &mut self.kind {
            Kind::Lines => reading.to_json() + "\n",
            Kind::Table(style) => {
                let gap = if self.n_written > 0 { "\n" } else { "" };
                format!("{gap}{}", table(&reading, style))
            }
            Kind::Page(readings) => {
                readings.push(reading);
                return Ok(());
            }
        };
        self.n_written += 1;
        self.to.write(&text)
    }

    pub(crate) fn finish(mut self) -> anyhow::Result<()> {
        if let Kind::Page(readings) = &self.kind {
            self.to.write(&page(readings))?;
        }
        self.to.finish()
    }
}
