//! `ascribe add`: reports into a ledger, whatever was in it before.

mod again;
mod pages;

use std::cell::Cell;
use std::collections::HashSet;
use std::io::{self, BufRead, IsTerminal, Read};
use std::path::Path;
use std::process::ExitCode;
use std::rc::Rc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use ascribe::{Options, Reader, Reading, Refusal, Report};
use ascribe_fetch::Polite;
use ascribe_ledger::{Added, Capture, Entry, Hash, Incoming, Known, Ledger, Sighting, UNREAD};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use rayon::prelude::*;

pub(super) use self::again::{refused, reread};
use super::args::AddArguments;
use super::link::link;
use super::{now, open};
use crate::input::{self, Input, Opened};
use crate::read::{NOTHING_DONE, SOME_REFUSED};
use crate::render::count;
use crate::source::{
    IN_HAND, INTERRUPTED, STOP, files_of, heed_interrupts, items_of, options_of, pool_of, reader_of,
};
use crate::web::{Web, linked};

/// Items in a transaction at most; those that need reading fill one sooner.
const BATCH: usize = 1000;

/// Bytes of reports in a transaction at most: what is in hand is held in memory, and packed on all threads.
const BATCH_BYTES: usize = 16 << 20;

/// The media types of entries of feeds.
const FEEDS: &[&str] = &["application/rss+xml", "application/atom+xml", "application/feed+json"];

pub(crate) fn run(arguments: &AddArguments) -> anyhow::Result<ExitCode> {
    let how = &arguments.input.options;
    let options = Options { keep_bytes: true, ..options_of(how)? };
    let reader = if arguments.later { None } else { Some(reader_of(how.model.as_deref())?) };
    let (pool, web) = (pool_of(how)?, Web::of(how));
    let files = files_of(&arguments.input.paths)?;
    heed_interrupts()?;
    let ledger = open(arguments.ledger.ledger.as_deref())?;
    let mut run = Run::new(ledger, reader.as_ref(), &pool, &options, arguments.again, n_bytes(&files), &web);
    run.pages = arguments.pages;
    for file in &files {
        if !run.file(file)? {
            break;
        }
    }
    run.finish()
}

fn n_bytes(files: &[Input]) -> u64 {
    files.iter().filter_map(|file| std::fs::metadata(&file.path).ok()).map(|file| file.len()).sum()
}

/// One run of adding: what is in hand and what was done.
pub(super) struct Run<'a> {
    ledger: Ledger,
    /// None to read later.
    reader: Option<&'a Reader>,
    web: &'a Web,
    polite: Option<Polite<'a>>,
    /// Whether the pages that entries of feeds link to are fetched.
    pub(super) pages: bool,
    /// Pages that were asked for in this run and need not be again.
    asked: HashSet<String>,
    pool: &'a rayon::ThreadPool,
    options: &'a Options,
    model: String,
    again: bool,
    in_hand: Vec<InHand>,
    n_to_read: usize,
    n_bytes_in_hand: usize,
    progress: ProgressBar,
    /// Bytes of the files that were read so far.
    position: Rc<Cell<u64>>,
    began: Instant,
    n_new: usize,
    n_seen: usize,
    n_again: usize,
    n_redacted: usize,
    n_refused: usize,
    n_statements: usize,
    n_figures: usize,
}

/// What waits to be written, in its order.
enum InHand {
    ToRead(Box<Report>),
    Ready(Incoming),
}

impl<'a> Run<'a> {
    pub(super) fn new(
        ledger: Ledger,
        reader: Option<&'a Reader>,
        pool: &'a rayon::ThreadPool,
        options: &'a Options,
        again: bool,
        n_bytes: u64,
        web: &'a Web,
    ) -> Self {
        Self {
            ledger,
            web,
            polite: None,
            pages: false,
            asked: HashSet::new(),
            reader,
            pool,
            options,
            model: reader.map_or_else(|| UNREAD.to_owned(), Reader::model),
            again,
            in_hand: Vec::new(),
            n_to_read: 0,
            n_bytes_in_hand: 0,
            progress: progress_over(n_bytes),
            position: Rc::default(),
            began: Instant::now(),
            n_new: 0,
            n_seen: 0,
            n_again: 0,
            n_redacted: 0,
            n_refused: 0,
            n_statements: 0,
            n_figures: 0,
        }
    }

    /// Takes the items of a file; false if the user wants to stop.
    fn file(&mut self, file: &Input) -> anyhow::Result<bool> {
        let opened = input::open(&file.path, self.web).map(|opened| match opened {
            Opened::File(input) => Opened::File(counted(input, &self.position)),
            fetched => fetched,
        });
        let options = self.options;
        self.items(&file.path, items_of(file, opened, options))
    }

    fn items(
        &mut self,
        base: &str,
        items: impl Iterator<Item = Result<Report, Refusal>>,
    ) -> anyhow::Result<bool> {
        for item in items {
            // Before the entry: if it ends between the two, the next run finds neither.
            if let Ok(report) = &item
                && self.pages
                && FEEDS.contains(&report.media_type.as_str())
                && let Some(page) = report.url.as_deref().and_then(|link| linked(base, link))
            {
                self.page(&page)?;
            }
            self.take(item)?;
            if STOP.load(Ordering::Relaxed) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Tells the user something beside the bar.
    pub(super) fn say(&self, line: &str) {
        self.progress.suspend(|| anstream::eprintln!("{line}"));
    }

    /// Tells of something that could not be had, and counts it as refused.
    pub(super) fn failed(&mut self, line: &str) {
        self.say(&format!("not fetched: {line}"));
        self.n_refused += 1;
    }

    /// Takes one item, and writes what is in hand when it is enough.
    fn take(&mut self, item: Result<Report, Refusal>) -> anyhow::Result<()> {
        match item {
            Ok(report) => self.take_report(report)?,
            Err(refusal) => {
                self.progress.suspend(|| anstream::eprintln!("refused: {refusal}"));
                let incoming = self.refusal(refusal)?;
                self.in_hand.push(InHand::Ready(incoming));
            }
        }
        let n_wanted = IN_HAND * self.pool.current_num_threads();
        if self.reader.is_some() && self.n_to_read >= n_wanted
            || self.in_hand.len() >= BATCH
            || self.n_bytes_in_hand >= BATCH_BYTES
        {
            self.write()?;
        }
        Ok(())
    }

    fn take_report(&mut self, mut report: Report) -> anyhow::Result<()> {
        // Intake named the report by the hash of its bytes; the entry is checked against them.
        let hash = Hash::from_hex(&report.id).unwrap_or_else(|| Hash::of(&report.bytes));
        let is_known = match self.ledger.known(hash, &self.model)? {
            Known::New => false,
            Known::Unread => self.reader.is_none(),
            Known::ReadByOthers => !self.again,
            Known::Read | Known::Redacted => true,
        };
        if is_known {
            let sighting = sighting(&mut report);
            self.in_hand.push(InHand::Ready(Incoming::Seen(hash, sighting)));
        } else {
            self.n_to_read += 1;
            self.n_bytes_in_hand += report.bytes.len() + report.text.len();
            self.in_hand.push(InHand::ToRead(Box::new(report)));
        }
        Ok(())
    }

    /// What the ledger keeps of a refusal: the record's bytes, or those of the file if it can be read.
    fn refusal(&self, refusal: Refusal) -> anyhow::Result<Incoming> {
        let Refusal { path, record, reason, mut bytes } = refusal;
        if bytes.is_empty() && record.is_none() && Path::new(&path).is_file() {
            let limit = self.options.max_bytes;
            let whole = std::fs::File::open(&path).and_then(|file| {
                let mut whole = Vec::new();
                file.take(limit + 1).read_to_end(&mut whole).map(|_| whole)
            });
            bytes = whole.ok().filter(|whole| whole.len() as u64 <= limit).unwrap_or_default();
        }
        let capture = if bytes.is_empty() { None } else { Some(Capture::of(&bytes)?) };
        Ok(Incoming::Refused(Sighting { path, record, obtained: now() }, reason.to_string(), capture))
    }

    /// Reads what is in hand on all threads and writes it in its order, as one transaction.
    pub(super) fn write(&mut self) -> anyhow::Result<()> {
        let items = std::mem::take(&mut self.in_hand);
        (self.n_to_read, self.n_bytes_in_hand) = (0, 0);
        let (reader, model) = (self.reader, &self.model);
        let read = |item: InHand| match item {
            InHand::Ready(incoming) => Ok((incoming, [0, 0])),
            InHand::ToRead(mut report) => {
                let bytes = std::mem::take(&mut report.bytes);
                let sighting = sighting(&mut report);
                let reading = match reader {
                    Some(reader) => reader.read(*report),
                    None => Reading::of(*report),
                };
                let found = [reading.statements.len(), reading.figures.len()];
                Entry::of(&bytes, &reading, model, sighting).map(|e| (Incoming::Read(Box::new(e)), found))
            }
        };
        let read: Result<Vec<(Incoming, [usize; 2])>, ascribe_ledger::Error> =
            self.pool.install(|| items.into_par_iter().map(read).collect());
        let (incoming, found): (Vec<Incoming>, Vec<[usize; 2]>) = read?.into_iter().unzip();
        for (added, [n_statements, n_figures]) in self.ledger.add(&incoming)?.into_iter().zip(found) {
            match added {
                Added::New => self.n_new += 1,
                Added::Reading => self.n_again += 1,
                Added::Seen => self.n_seen += 1,
                Added::Redacted => self.n_redacted += 1,
                Added::Refused => self.n_refused += 1,
            }
            if matches!(added, Added::New | Added::Reading) {
                self.n_statements += n_statements;
                self.n_figures += n_figures;
            }
        }
        self.progress.set_position(self.position.get());
        self.progress.set_message(format!("{}, {:.1} reports/s", self.told(), self.rate()));
        Ok(())
    }

    fn rate(&self) -> f64 {
        let n_done = self.n_new + self.n_again + self.n_seen;
        n_done as f64 / self.began.elapsed().as_secs_f64().max(0.001)
    }

    /// "12 new, 3 seen, 1 refused".
    pub(super) fn told(&self) -> String {
        let mut told = vec![format!("{} new", self.n_new), format!("{} seen", self.n_seen)];
        for (n, what) in [(self.n_again, "read again"), (self.n_redacted, "redacted before")] {
            told.extend((n > 0).then(|| format!("{n} {what}")));
        }
        told.push(format!("{} refused", self.n_refused));
        told.join(", ")
    }

    /// Links what was written, unless it is only kept to be read later.
    pub(super) fn link(&mut self) -> anyhow::Result<()> {
        if self.reader.is_some() {
            let ledger = &mut self.ledger;
            self.progress.suspend(|| link(ledger))?;
        }
        Ok(())
    }

    pub(super) fn finish(mut self) -> anyhow::Result<ExitCode> {
        self.write()?;
        self.progress.finish_and_clear();
        let stopped = STOP.load(Ordering::Relaxed);
        // Before the words are printed, as they are the last.
        if !stopped {
            self.link()?;
        }
        anstream::eprintln!(
            "{}{}; {}, {}; {:.1} reports/s",
            if stopped { "stopped: " } else { "" },
            self.told(),
            count(self.n_statements, "statement"),
            count(self.n_figures, "figure"),
            self.rate()
        );
        if stopped {
            anstream::eprintln!("the same command goes on where it stopped");
            return Ok(ExitCode::from(INTERRUPTED));
        }
        let n_kept = self.n_new + self.n_seen + self.n_again + self.n_redacted;
        Ok(match (n_kept, self.n_refused) {
            (_, 0) => ExitCode::SUCCESS,
            (0, _) => ExitCode::from(NOTHING_DONE),
            _ => ExitCode::from(SOME_REFUSED),
        })
    }
}

/// Where and when a report was obtained. When it was fetched is the capture's own time, if it has one.
fn sighting(report: &mut Report) -> Sighting {
    Sighting {
        path: report.path.clone().unwrap_or_else(|| "-".to_owned()),
        record: report.record,
        obtained: report.captured_at.clone().unwrap_or_else(now),
    }
}

/// A bar on the terminal; nothing elsewhere.
fn progress_over(n_bytes: u64) -> ProgressBar {
    let target =
        if io::stderr().is_terminal() { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
    let template =
        if n_bytes == 0 { "{spinner} {msg}, {elapsed}" } else { "{bar:20} {percent} %, {msg}, {eta} left" };
    let style = ProgressStyle::with_template(template).unwrap_or(ProgressStyle::default_bar());
    let bar = ProgressBar::with_draw_target(Some(n_bytes), target).with_style(style);
    bar.set_message("0 new");
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

/// `input`, with what is read of it counted.
fn counted(input: Box<dyn BufRead>, position: &Rc<Cell<u64>>) -> Box<dyn BufRead> {
    Box::new(Counted { input, position: Rc::clone(position) })
}

struct Counted {
    input: Box<dyn BufRead>,
    position: Rc<Cell<u64>>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.input.read(buffer)?;
        self.position.set(self.position.get() + n as u64);
        Ok(n)
    }
}

impl BufRead for Counted {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.input.fill_buf()
    }

    fn consume(&mut self, n: usize) {
        self.position.set(self.position.get() + n as u64);
        self.input.consume(n);
    }
}
