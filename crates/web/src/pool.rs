//! Connections to the ledger. SQLite blocks, so all of its work is done on threads for that.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use ascribe_ledger::Ledger;
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use crate::problem::{Problem, Result};

/// How long a request waits for a connection, and for a program that writes.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long what may take long waits for others of its kind.
const LONG_PATIENCE: Duration = Duration::from_mins(2);

/// A few connections that read, two that count, which may take long, and one that writes.
pub(crate) struct Pool {
    path: PathBuf,
    readers: Arc<Connections>,
    counters: Arc<Connections>,
    writers: Arc<Connections>,
}

struct Connections {
    free: Mutex<Vec<Ledger>>,
    permits: Arc<Semaphore>,
}

impl Connections {
    fn of(n: usize) -> Arc<Self> {
        Arc::new(Self { free: Mutex::default(), permits: Arc::new(Semaphore::new(n)) })
    }
}

impl Pool {
    pub(crate) fn new(path: PathBuf, n_readers: usize) -> Self {
        Self {
            path,
            readers: Connections::of(n_readers),
            counters: Connections::of(2),
            writers: Connections::of(1),
        }
    }

    /// What `ask` gives for a connection that only reads.
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        ask: impl FnOnce(&Ledger) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let path = self.path.clone();
        use_one(&self.readers, PATIENCE, move || Ledger::open_read_only(&path), move |ledger| ask(ledger))
            .await
    }

    /// As [`read`](Self::read) for what may take long: it waits for others of its kind, and does not keep the
    /// quick ones waiting.
    pub(crate) async fn count<T: Send + 'static>(
        &self,
        ask: impl FnOnce(&Ledger) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let path = self.path.clone();
        let open = move || Ledger::open_read_only(&path);
        use_one(&self.counters, LONG_PATIENCE, open, move |ledger| ask(ledger)).await
    }

    /// What `change` gives for the connection that writes.
    pub(crate) async fn write<T: Send + 'static>(
        &self,
        change: impl FnOnce(&mut Ledger) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let path = self.path.clone();
        use_one(&self.writers, PATIENCE, move || Ledger::open(&path), change).await
    }
}

async fn use_one<T: Send + 'static>(
    connections: &Arc<Connections>,
    patience: Duration,
    open: impl FnOnce() -> ascribe_ledger::Result<Ledger> + Send + 'static,
    work: impl FnOnce(&mut Ledger) -> Result<T> + Send + 'static,
) -> Result<T> {
    let waited = timeout(patience, Arc::clone(&connections.permits).acquire_owned()).await;
    let Ok(Ok(permit)) = waited else {
        return Err(Problem::busy("The server has too much to do; try again."));
    };
    let connections = Arc::clone(connections);
    let done = spawn_blocking(move || {
        // Until the work is done, even if nobody waits for it any more.
        let _permit = permit;
        let free = || connections.free.lock().unwrap_or_else(PoisonError::into_inner);
        let known = free().pop();
        let mut ledger = match known {
            Some(ledger) => ledger,
            None => {
                let ledger = open()?;
                ledger.share(PATIENCE)?;
                ledger
            }
        };
        let done = work(&mut ledger);
        free().push(ledger);
        done
    });
    done.await.unwrap_or_else(|_| Err(Problem::broken("The request could not be answered.")))
}
