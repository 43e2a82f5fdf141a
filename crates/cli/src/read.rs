//! `ascribe read`: reports in, readings out, in the order of the input whatever the thread count.

use std::fs::File;
use std::io::{self, BufRead, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context, anyhow};
use ascribe::{Format, Options, Reader, Reading, Reason, Refusal, Report};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use rayon::prelude::*;

use crate::args::{
    Colour, InputFormat, IntakeArguments, OptionArguments, OutputArguments, OutputFormat, ReadArguments,
};
use crate::input::{Input, inputs, open};
use crate::render::{TableStyle, page, table};

/// Exit status: something was refused, the rest was read.
pub(crate) const SOME_REFUSED: u8 = 1;
/// Exit status: nothing could be done.
pub(crate) const NOTHING_DONE: u8 = 2;
/// Exit status after Ctrl-C, as shells have it.
pub(crate) const INTERRUPTED: u8 = 130;

/// Reports in hand at once, for each thread: enough that none waits for the slowest.
pub(crate) const IN_HAND: usize = 4;

/// Whether Ctrl-C was pressed.
pub(crate) static STOP: AtomicBool = AtomicBool::new(false);

pub(crate) fn run(arguments: &ReadArguments) -> anyhow::Result<ExitCode> {
    let ReadArguments { intake: IntakeArguments { paths, options: how }, .. } = arguments;
    let options = options_of(how)?;
    let reader = reader_of(how.model.as_deref())?;
    heed_interrupts()?;
    let pool = pool_of(how)?;
    let files = files_of(paths)?;
    let mut output = Output::open(&arguments.output)?;
    let mut run =
        Run { progress: progress_over(&files), n_read: 0, n_refused: 0, n_statements: 0, n_figures: 0 };
    let in_hand = IN_HAND * pool.current_num_threads();
    let mut batch: Vec<Result<Report, Refusal>> = Vec::with_capacity(in_hand);
    for file in &files {
        let mut items = items_of(file, open(&file.path), &options);
        loop {
            batch.extend(items.by_ref().take(in_hand - batch.len()));
            if batch.len() < in_hand {
                break;
            }
            run.read(&reader, &pool, &mut batch, &mut output)?;
            if STOP.load(Ordering::Relaxed) {
                return run.finish(output);
            }
        }
        run.progress.inc(1);
    }
    run.read(&reader, &pool, &mut batch, &mut output)?;
    run.finish(output)
}

/// Lets Ctrl-C set [`STOP`]; a second ends the program at once.
pub(crate) fn heed_interrupts() -> anyhow::Result<()> {
    Ok(ctrlc::set_handler(|| {
        if STOP.swap(true, Ordering::Relaxed) {
            std::process::exit(i32::from(INTERRUPTED));
        }
    })?)
}

pub(crate) fn pool_of(arguments: &OptionArguments) -> anyhow::Result<rayon::ThreadPool> {
    let threads = arguments.threads.map_or(0, usize::from);
    Ok(rayon::ThreadPoolBuilder::new().num_threads(threads).build()?)
}

/// The files behind `paths`, of which there must be one.
pub(crate) fn files_of(paths: &[PathBuf]) -> anyhow::Result<Vec<Input>> {
    let files = inputs(paths);
    if files.is_empty() {
        let paths: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
        return Err(anyhow!("no files in {}", paths.join(", ")));
    }
    Ok(files)
}

pub(crate) fn options_of(arguments: &OptionArguments) -> anyhow::Result<Options> {
    let mut options = Options {
        date: arguments.date.clone(),
        outlet: arguments.outlet.clone(),
        max_bytes: arguments.max_bytes,
        max_text: arguments.max_text,
        format: arguments.input_format.map(|format| match format {
            InputFormat::Text => Format::Text,
            InputFormat::Html => Format::Html,
            InputFormat::Json => Format::Json,
            InputFormat::Jsonl => Format::JsonLines,
        }),
        ..Options::default()
    };
    if let Some(fields) = &arguments.fields {
        options.fields.set(fields).map_err(|e| anyhow!("--fields: {e}"))?;
    }
    Ok(options)
}

pub(crate) fn reader_of(model: Option<&Path>) -> anyhow::Result<Reader> {
    let Some(path) = model else { return Ok(Reader::new()?) };
    let bytes = std::fs::read(path).with_context(|| format!("cannot read the model {}", path.display()))?;
    Reader::with_model(&bytes).with_context(|| format!("cannot use the model {}", path.display()))
}

/// The reports of a file that was opened, or why it could not be.
pub(crate) fn items_of<'a>(
    file: &'a Input,
    opened: io::Result<Box<dyn BufRead>>,
    options: &'a Options,
) -> Box<dyn Iterator<Item = Result<Report, Refusal>> + 'a> {
    let refused = |error: String| {
        let path = file.path.clone();
        let refusal = Refusal { path, record: None, reason: Reason::Read(error), bytes: Vec::new() };
        Box::new(std::iter::once(Err(refusal)))
    };
    if let Some(error) = &file.error {
        return refused(error.to_string());
    }
    match opened {
        Ok(input) => Box::new(ascribe::reports(&file.path, input, options)),
        Err(error) => refused(error.to_string()),
    }
}

/// A bar on the terminal; nothing elsewhere. One file may hold many reports, so its bar counts those.
fn progress_over(files: &[Input]) -> ProgressBar {
    let target =
        if io::stderr().is_terminal() { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
    let template = match files.len() {
        1 => "{spinner} {msg} read, {elapsed}",
        _ => "{bar:30} {pos}/{len} files, {msg} read, {eta} left",
    };
    let style = ProgressStyle::with_template(template).unwrap_or(ProgressStyle::default_bar());
    let bar = ProgressBar::with_draw_target(Some(files.len() as u64), target).with_style(style);
    bar.set_message("0 reports");
    bar.enable_steady_tick(std::time::Duration::from_millis(200));
    bar
}

struct Run {
    progress: ProgressBar,
    n_read: usize,
    n_refused: usize,
    n_statements: usize,
    n_figures: usize,
}

impl Run {
    /// Reads a batch on all threads and writes it in its order.
    fn read(
        &mut self,
        reader: &Reader,
        pool: &rayon::ThreadPool,
        batch: &mut Vec<Result<Report, Refusal>>,
        output: &mut Output,
    ) -> anyhow::Result<()> {
        let items = std::mem::take(batch);
        let read = |item: Result<Report, Refusal>| item.map(|report| reader.read(report));
        let readings: Vec<Result<Reading, Refusal>> =
            pool.install(|| items.into_par_iter().map(read).collect());
        for reading in readings {
            match reading {
                Ok(reading) => {
                    self.n_read += 1;
                    self.n_statements += reading.statements.len();
                    self.n_figures += reading.figures.len();
                    self.progress.suspend(|| output.write(reading))?;
                }
                Err(refusal) => {
                    self.n_refused += 1;
                    self.progress.suspend(|| anstream::eprintln!("refused: {refusal}"));
                }
            }
        }
        self.progress.set_message(format!("{} reports", self.n_read));
        Ok(())
    }

    fn finish(self, output: Output) -> anyhow::Result<ExitCode> {
        self.progress.finish_and_clear();
        output.finish()?;
        let stopped = STOP.load(Ordering::Relaxed);
        if self.n_read + self.n_refused > 1 || stopped {
            let Self { n_read, n_refused, n_statements, n_figures, .. } = self;
            let stopped = if stopped { "stopped: " } else { "" };
            anstream::eprintln!(
                "{stopped}{} read, {n_refused} refused; {}, {}",
                count(n_read, "report"),
                count(n_statements, "statement"),
                count(n_figures, "figure")
            );
        }
        Ok(match (stopped, self.n_read, self.n_refused) {
            (true, ..) => ExitCode::from(INTERRUPTED),
            (_, _, 0) => ExitCode::SUCCESS,
            (_, 0, _) => ExitCode::from(NOTHING_DONE),
            _ => ExitCode::from(SOME_REFUSED),
        })
    }
}

pub(crate) fn count(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}

/// Where readings go, in one of the formats.
pub(crate) struct Output {
    to: Box<dyn Write>,
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
        let terminal = arguments.output.is_none() && io::stdout().is_terminal();
        let format =
            arguments.format.unwrap_or(if terminal { OutputFormat::Table } else { OutputFormat::Jsonl });
        let to: Box<dyn Write> = match &arguments.output {
            Some(path) => {
                let file = File::create(path).with_context(|| format!("cannot write {}", path.display()))?;
                Box::new(BufWriter::new(file))
            }
            None => Box::new(io::stdout().lock()),
        };
        let kind = match format {
            OutputFormat::Table => Kind::Table(style(arguments, terminal)),
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
        // A line at a time, whole, so that a kill leaves no half of one in a pipe's buffer.
        self.to.write_all(text.as_bytes()).or_else(closed)
    }

    pub(crate) fn finish(mut self) -> anyhow::Result<()> {
        if let Kind::Page(readings) = &self.kind {
            self.to.write_all(page(readings).as_bytes()).or_else(closed)?;
        }
        self.to.flush().or_else(closed)
    }
}

/// A reader that went away ("| head") has seen enough: no error.
pub(crate) fn closed(error: io::Error) -> anyhow::Result<()> {
    if error.kind() == io::ErrorKind::BrokenPipe {
        std::process::exit(0);
    }
    Err(error).context("cannot write")
}

fn style(arguments: &OutputArguments, terminal: bool) -> TableStyle {
    style_of(arguments.width, arguments.color, terminal)
}

/// How tables are set, by what the user and the terminal say.
pub(crate) fn style_of(width: Option<u16>, colour: Colour, terminal: bool) -> TableStyle {
    let plain = std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty())
        || std::env::var_os("TERM").is_some_and(|t| t == "dumb");
    let colour = match colour {
        Colour::Always => true,
        Colour::Never => false,
        Colour::Auto => terminal && !plain,
    };
    let columns = width.map(usize::from).or_else(|| terminal.then(terminal_width).flatten());
    TableStyle { width: columns.unwrap_or(100), colour }
}

fn terminal_width() -> Option<usize> {
    console::Term::stdout().size_checked().map(|(_, columns)| usize::from(columns))
}
