//! What all requests share.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
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
use crate::problem::Result;

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
    kept: Mutex<HashMap<String, Kept>>,
}

/// An answer that costs much.
struct Kept {
    change: u64,
    made: Instant,
    took: Duration,
    answer: Arc<Value>,
}

/// How many times as long as it takes to make one an answer serves, if the ledger changes all the time.
const WORTH: u32 = 20;
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
            kept: Mutex::default(),
        }))
    }

    /// Tells all listeners that something in the ledger changed.
    pub(crate) fn changed(&self) {
        let change = self.change.fetch_add(1, Ordering::Relaxed) + 1;
        self.events.ledger(change);
    }

    /// The answer named `key`, kept until the ledger changes.
    pub(crate) async fn kept(
        &self,
        key: String,
        make: impl FnOnce(&Ledger) -> Result<Value> + Send + 'static,
    ) -> Result<Arc<Value>> {
        let change = self.change.load(Ordering::Relaxed);
        if let Some(kept) = self.all_kept().get(&key)
            && (kept.change == change || kept.made.elapsed() < kept.took * WORTH)
        {
            return Ok(Arc::clone(&kept.answer));
        }
        let began = Instant::now();
        let answer = Arc::new(self.pool.read(make).await?);
        let kept = Kept { change, made: Instant::now(), took: began.elapsed(), answer: Arc::clone(&answer) };
        let mut all = self.all_kept();
        if all.len() >= MOST_KEPT {
            all.clear();
        }
        all.insert(key, kept);
        Ok(answer)
    }

    fn all_kept(&self) -> MutexGuard<'_, HashMap<String, Kept>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
