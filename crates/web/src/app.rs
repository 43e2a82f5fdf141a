//! What all requests share.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use ascribe_ledger::Ledger;
use serde_json::Value;

use crate::Config;
use crate::events::Events;
use crate::intake::Jobs;
use crate::linking::Linking;
use crate::login::Logins;
use crate::metrics::Metrics;
use crate::pool::Pool;
use crate::problem::{Problem, Result};

/// The state of a server.
#[derive(Clone)]
pub(crate) struct App(Arc<Shared>);

pub(crate) struct Shared {
    pub(crate) pool: Pool,
    pub(crate) logins: Logins,
    pub(crate) jobs: Jobs,
    pub(crate) linking: Linking,
    pub(crate) events: Events,
    pub(crate) metrics: Metrics,
    pub(crate) ledger: PathBuf,
    pub(crate) read_only: bool,
    /// Whether only this machine can reach the server.
    pub(crate) loopback: bool,
    /// How often the ledger was seen to change.
    change: AtomicU64,
    slots: Mutex<HashMap<String, Arc<Slot>>>,
}

/// What makes an answer from the ledger.
pub(crate) trait Make: Fn(&Ledger) -> Result<Value> + Send + Sync + 'static {}

impl<F: Fn(&Ledger) -> Result<Value> + Send + Sync + 'static> Make for F {}

/// The place of an answer that costs much.
#[derive(Default)]
struct Slot {
    kept: Mutex<Option<Kept>>,
    /// Held by who makes the answer, so that many who ask at once cost one.
    making: tokio::sync::Mutex<()>,
}

#[derive(Clone)]
struct Kept {
    change: u64,
    made: Instant,
    took: Duration,
    answer: Arc<Value>,
}

impl Slot {
    fn kept(&self) -> Option<Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// How many times as long as it takes to make one an answer serves, if the ledger changes all the time.
const WORTH: u32 = 20;
/// Whoever asks waits for a new answer that takes no longer; of others the old one serves meanwhile.
const QUICK: Duration = Duration::from_millis(200);
/// So many answers are kept.
const MOST_KEPT: usize = 256;

impl std::ops::Deref for App {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}

impl App {
    pub(crate) fn new(config: Config, address: SocketAddr, read_only: bool) -> Self {
        let n_readers = std::thread::available_parallelism().map_or(2, |n| n.get().clamp(2, 4));
        let events = Events::new();
        let linking = Linking::start(&config.ledger, read_only);
        Self(Arc::new(Shared {
            pool: Pool::new(config.ledger.clone(), n_readers),
            logins: Logins::new(config.users),
            jobs: Jobs::start(&config.ledger, config.intake, events.clone(), linking.clone()),
            linking,
            events,
            metrics: Metrics::new(),
            ledger: config.ledger,
            read_only,
            loopback: address.ip().is_loopback(),
            change: AtomicU64::new(0),
            slots: Mutex::default(),
        }))
    }

    /// Tells all listeners that something in the ledger changed.
    pub(crate) fn changed(&self) {
        let change = self.change.fetch_add(1, Ordering::Relaxed) + 1;
        self.events.ledger(change);
    }

    /// The answer named `key`, made once for all who ask until the ledger changes.
    pub(crate) async fn kept(&self, key: String, make: impl Make) -> Result<Arc<Value>> {
        let slot = self.slot(key);
        let change = self.change.load(Ordering::Relaxed);
        let serves =
            move |kept: &Kept| kept.change >= change || kept.made.elapsed() < kept.took.saturating_mul(WORTH);
        let old = match slot.kept() {
            Some(kept) if serves(&kept) => return Ok(kept.answer),
            old => old.filter(|kept| kept.took > QUICK),
        };
        if let Some(old) = &old
            && slot.making.try_lock().is_err()
        {
            return Ok(Arc::clone(&old.answer));
        }
        // On a task of its own: it goes on if who asked goes away, and then serves the next.
        let (app, is_late) = (self.clone(), old.is_some());
        let made = tokio::spawn(async move {
            let _making = slot.making.lock().await;
            match slot.kept() {
                Some(kept) if serves(&kept) => return Ok(kept.answer),
                _ => {}
            }
            let made = app.make(&slot, make).await;
            if is_late && made.is_ok() {
                app.events.ledger(change);
            }
            made
        });
        match old {
            Some(old) => Ok(old.answer),
            None => made.await.unwrap_or_else(|_| Err(Problem::broken("The request could not be answered."))),
        }
    }

    async fn make(&self, slot: &Slot, make: impl Make) -> Result<Arc<Value>> {
        let change = self.change.load(Ordering::Relaxed);
        let (answer, took) = self
            .pool
            .count(move |ledger| {
                let began = Instant::now();
                Ok((make(ledger)?, began.elapsed()))
            })
            .await?;
        let answer = Arc::new(answer);
        let kept = Kept { change, made: Instant::now(), took, answer: Arc::clone(&answer) };
        *slot.kept.lock().unwrap_or_else(PoisonError::into_inner) = Some(kept);
        Ok(answer)
    }

    fn slot(&self, key: String) -> Arc<Slot> {
        let mut all = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(slot) = all.get(&key) {
            return Arc::clone(slot);
        }
        if all.len() >= MOST_KEPT {
            all.clear();
        }
        Arc::clone(all.entry(key).or_default())
    }
}

#[cfg(test)]
#[allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "tests fail by panicking and wait on the clock"
)]
mod tests {
    use std::sync::atomic::AtomicUsize;

    use serde_json::json;

    use super::*;

    fn app(folder: &tempfile::TempDir) -> App {
        let ledger = folder.path().join("ledger.db");
        drop(Ledger::open(&ledger).unwrap());
        App::new(Config { ledger, users: None, intake: None }, ([127, 0, 0, 1], 1).into(), true)
    }

    /// An answer that counts how often it is made, in `took`.
    fn counted(made: &Arc<AtomicUsize>, took: Duration) -> impl Make + use<> {
        let made = Arc::clone(made);
        move |_: &Ledger| {
            std::thread::sleep(took);
            Ok(json!(made.fetch_add(1, Ordering::Relaxed) + 1))
        }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn an_answer_is_made_once_for_all() {
        let folder = tempfile::tempdir().unwrap();
        let (app, made) = (app(&folder), Arc::default());
        let ask = || {
            let (app, make) = (app.clone(), counted(&made, Duration::from_millis(50)));
            tokio::spawn(async move { app.kept("it".to_owned(), make).await })
        };
        // One who goes away does not end it for the others.
        let gone = ask();
        let all: Vec<_> = (0..20).map(|_| ask()).collect();
        gone.abort();
        for one in all {
            assert_eq!(*one.await.unwrap().unwrap(), json!(1));
        }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_change_makes_it_anew_and_nobody_waits_for_a_slow_one() {
        let folder = tempfile::tempdir().unwrap();
        let app = app(&folder);
        for (took, then) in [(Duration::ZERO, 2), (QUICK * 2, 1)] {
            let (key, made) = (format!("{took:?}"), Arc::default());
            let ask = || app.kept(key.clone(), counted(&made, took));
            assert_eq!(*ask().await.unwrap(), json!(1));
            app.changed();
            // So long the first would serve.
            for slot in app.slots.lock().unwrap().values() {
                if let Some(kept) = slot.kept.lock().unwrap().as_mut() {
                    kept.made = Instant::now() - kept.took * WORTH;
                }
            }
            assert_eq!(*ask().await.unwrap(), json!(then), "{took:?}");
            while *ask().await.unwrap() != json!(2) {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
            assert_eq!(made.load(Ordering::Relaxed), 2, "{took:?}");
        }
    }
}
