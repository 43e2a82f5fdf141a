//! `ascribe watch`: feeds asked again and again, what is new in them added.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::{Context, anyhow};
use ascribe::Options;
use ascribe_fetch::{ErrorKind, Fetched, Validators};
use serde_json::{Value, json};

use super::add::Run;
use super::args::WatchArguments;
use super::{open, path_of};
use crate::source::{heed_interrupts, options_of, pool_of, reader_of};
use crate::web::{Web, is_address, wait};

/// A feed that cannot be had is asked less and less, but once in so long.
const LONGEST: Duration = Duration::from_secs(24 * 3600);

pub(super) fn run(arguments: &WatchArguments) -> anyhow::Result<ExitCode> {
    let how = &arguments.options;
    let options = Options { keep_bytes: true, ..options_of(how)? };
    if let Some(other) = arguments.feeds.iter().find(|feed| !is_address(feed)) {
        return Err(anyhow!("{other} is no address of a feed; files are added by `ascribe add`"));
    }
    let (reader, pool, web) = (reader_of(how.model.as_deref())?, pool_of(how)?, Web::of(how));
    heed_interrupts()?;
    let named = arguments.ledger.ledger.as_deref();
    let ledger = open(named)?;
    let mut memory = Memory::open(&path_of(named)?, arguments.pages);
    let mut run = Run::new(ledger, Some(&reader), &pool, &options, false, 0, &web);
    run.pages = arguments.pages;
    let mut feeds: Vec<Feed> = arguments.feeds.iter().map(|url| Feed::of(url)).collect();
    loop {
        let now = Instant::now();
        for feed in feeds.iter_mut().filter(|feed| feed.next <= now) {
            feed.poll(&mut run, &mut memory, arguments.every)?;
            if !wait(Duration::ZERO) {
                return run.finish();
            }
        }
        feeds.retain(|feed| !feed.is_gone);
        let Some(next) = feeds.iter().map(|feed| feed.next).min().filter(|_| !arguments.once) else {
            return run.finish();
        };
        if !wait(next.saturating_duration_since(Instant::now())) {
            return run.finish();
        }
    }
}

struct Feed {
    url: String,
    next: Instant,
    /// Times in a row that it could not be had.
    n_failed: u32,
    /// Whether the server said that it will not come back.
    is_gone: bool,
}

impl Feed {
    fn of(url: &str) -> Self {
        Self { url: url.to_owned(), next: Instant::now(), n_failed: 0, is_gone: false }
    }

    /// Asks for what is new and adds it.
    fn poll(&mut self, run: &mut Run<'_>, memory: &mut Memory, every: Duration) -> anyhow::Result<()> {
        let known = memory.validators(&self.url);
        let fetched = run.polite().and_then(|polite| polite.get(&self.url, &known));
        let mut pause = every;
        match fetched {
            Ok(Fetched::NotModified) => self.n_failed = 0,
            Ok(Fetched::Answer(answer)) => {
                self.n_failed = 0;
                // Only what is in the ledger counts as known; a run that was stopped asks again.
                if run.answer(&self.url, &answer)? {
                    run.write()?;
                    run.link()?;
                    memory.keep(&self.url, &answer.validators)?;
                }
                run.say(&format!("{}: {}", self.url, run.told()));
            }
            Err(error) if error.kind == ErrorKind::Stopped => {}
            Err(error) => {
                self.is_gone = error.kind == ErrorKind::Gone;
                let own = every.saturating_mul(1 << self.n_failed.min(10)).min(LONGEST.max(every));
                self.n_failed = self.n_failed.saturating_add(1);
                pause = own.max(error.retry_after.unwrap_or_default());
                run.failed(&format!("{}: {error}", self.url));
            }
        }
        self.next = Instant::now() + pause;
        Ok(())
    }
}

/// What servers gave to ask again with, in a file beside the ledger. Nothing is lost with it but
/// the next answers are sent whole.
struct Memory {
    path: PathBuf,
    with_pages: bool,
    feeds: BTreeMap<String, Value>,
}

impl Memory {
    fn open(ledger: &Path, with_pages: bool) -> Self {
        let path = ledger.with_added_extension("feeds.json");
        let read = std::fs::read(&path).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
        Self { path, with_pages, feeds: read.unwrap_or_default() }
    }

    fn validators(&self, feed: &str) -> Validators {
        let Some(known) = self.feeds.get(feed) else { return Validators::default() };
        // The pages of what was added without them have not been fetched.
        if self.with_pages && known["pages"] != true {
            return Validators::default();
        }
        let text = |name: &str| known[name].as_str().map(str::to_owned);
        Validators { etag: text("etag"), last_modified: text("last_modified") }
    }

    fn keep(&mut self, feed: &str, validators: &Validators) -> anyhow::Result<()> {
        let Validators { etag, last_modified } = validators;
        let entry = json!({ "etag": etag, "last_modified": last_modified, "pages": self.with_pages });
        self.feeds.insert(feed.to_owned(), entry);
        let part = self.path.with_added_extension("part");
        let written = std::fs::write(&part, serde_json::to_vec_pretty(&self.feeds)?)
            .and_then(|()| std::fs::rename(&part, &self.path));
        written.with_context(|| format!("cannot write {}", self.path.display()))
    }
}
