//! The reports behind the arguments, read in the order of the input whatever the thread count.

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context, anyhow};
use ascribe::{Format, Options, Reader, Reading, Reason, Refusal, Report};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use rayon::prelude::*;

use crate::args::{InputArguments, InputFormat, OptionArguments};
use crate::input::{Input, Opened, inputs, open};
use crate::pdf;
use crate::web::Web;

/// Exit status after Ctrl-C, as shells have it.
pub(crate) const INTERRUPTED: u8 = 130;

/// Reports in hand at once, for each thread: enough that none waits for the slowest.
pub(crate) const IN_HAND: usize = 4;

/// Whether Ctrl-C was pressed.
pub(crate) static STOP: AtomicBool = AtomicBool::new(false);

/// What was done with the reports.
pub(crate) struct Tally {
    pub(crate) n_read: usize,
    pub(crate) n_refused: usize,
    /// Whether Ctrl-C ended it.
    pub(crate) stopped: bool,
}

/// Files to read, and what reads them.
pub(crate) struct Source {
    options: Options,
    reader: Reader,
    pool: rayon::ThreadPool,
    files: Vec<Input>,
    web: Web,
}

impl Source {
    pub(crate) fn of(arguments: &InputArguments) -> anyhow::Result<Self> {
        let how = &arguments.options;
        let (options, reader, pool) = (options_of(how)?, reader_of(how.model.as_deref())?, pool_of(how)?);
        let files = files_of(&arguments.paths)?;
        heed_interrupts()?;
        Ok(Self { options, reader, pool, files, web: Web::of(how) })
    }

    /// Hands every reading to `write`, in the order of the input, and says on standard error what
    /// could not be read.
    pub(crate) fn read_each(
        &self,
        write: &mut dyn FnMut(Reading) -> anyhow::Result<()>,
    ) -> anyhow::Result<Tally> {
        let tally = Tally { n_read: 0, n_refused: 0, stopped: false };
        let mut run = Run { source: self, progress: progress_over(&self.files), tally, write };
        let in_hand = IN_HAND * self.pool.current_num_threads();
        let mut batch: Vec<Result<Report, Refusal>> = Vec::with_capacity(in_hand);
        'files: for file in &self.files {
            let mut items = items_of(file, open(&file.path, &self.web), &self.options);
            loop {
                batch.extend(items.by_ref().take(in_hand - batch.len()));
                if batch.len() < in_hand {
                    break;
                }
                run.read(&mut batch)?;
                if STOP.load(Ordering::Relaxed) {
                    break 'files;
                }
            }
            run.progress.inc(1);
        }
        run.read(&mut batch)?;
        run.progress.finish_and_clear();
        Ok(Tally { stopped: STOP.load(Ordering::Relaxed), ..run.tally })
    }
}

struct Run<'s> {
    source: &'s Source,
    progress: ProgressBar,
    tally: Tally,
    write: &'s mut dyn FnMut(Reading) -> anyhow::Result<()>,
}

impl Run<'_> {
    /// Reads a batch on all threads and hands it on in its order.
    fn read(&mut self, batch: &mut Vec<Result<Report, Refusal>>) -> anyhow::Result<()> {
        let items = std::mem::take(batch);
        let Source { reader, pool, .. } = self.source;
        let read = |item: Result<Report, Refusal>| item.map(|report| reader.read(report));
        let readings: Vec<Result<Reading, Refusal>> =
            pool.install(|| items.into_par_iter().map(read).collect());
        for reading in readings {
            match reading {
                Ok(reading) => {
                    self.tally.n_read += 1;
                    self.progress.suspend(|| (self.write)(reading))?;
                }
                Err(refusal) => {
                    self.tally.n_refused += 1;
                    self.progress.suspend(|| anstream::eprintln!("refused: {refusal}"));
                }
            }
        }
        self.progress.set_message(format!("{} reports", self.tally.n_read));
        Ok(())
    }
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
            InputFormat::Csv => Format::Csv,
            InputFormat::Tsv => Format::Tsv,
            InputFormat::Feed => Format::Feed,
            InputFormat::Mail => Format::Mail,
            InputFormat::Mbox => Format::Mbox,
        }),
        max_ratio: arguments.max_ratio,
        max_depth: arguments.max_depth,
        pdf: Some(pdf::read),
        #[cfg(feature = "columnar")]
        columns: Some(crate::columns::read),
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
    opened: io::Result<Opened>,
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
        Ok(Opened::File(input)) => Box::new(ascribe::reports(&file.path, input, options)),
        Ok(Opened::Web(served, body)) => {
            Box::new(ascribe::served_reports(&file.path, &served, body, options))
        }
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
