//! Links are brought up to date behind what people do: on a thread of its own, a few reports at a time, so
//! that reads and decisions go on.

use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::{Duration, Instant};

use ascribe_ledger::{ErrorKind, Ledger};

/// Reports in a transaction.
const AT_ONCE: usize = 100;
/// So long others wait at most before the thread rests.
const STINT: Duration = Duration::from_millis(200);
/// How long it rests: longer than SQLite, when it waits for another writer, sleeps between two tries.
const REST: Duration = Duration::from_millis(120);
/// How long it waits while another program writes.
const PAUSE: Duration = Duration::from_secs(5);

/// Asks for links to be brought up to date.
#[derive(Clone)]
pub(crate) struct Linking(Option<SyncSender<()>>);

impl Linking {
    /// Begins with what is not linked yet; of a ledger that may only be read nothing is.
    pub(crate) fn start(ledger: &Path, read_only: bool) -> Self {
        if read_only {
            return Self(None);
        }
        // What is asked for while it works is done when it looks again: one wish is enough.
        let (sender, receiver) = sync_channel(1);
        let path = ledger.to_owned();
        std::thread::spawn(move || work(&path, &receiver));
        let linking = Self(Some(sender));
        linking.wake();
        linking
    }

    /// Something was decided or added.
    pub(crate) fn wake(&self) {
        if let Some(sender) = &self.0 {
            let _ = sender.try_send(());
        }
    }
}

fn work(path: &Path, wishes: &Receiver<()>) {
    for () in wishes {
        while let Err(error) = link(path) {
            if error.kind() != ErrorKind::Busy {
                // The next wish tries again.
                break;
            }
            std::thread::sleep(PAUSE);
        }
    }
}

fn link(path: &Path) -> ascribe_ledger::Result<()> {
    let mut ledger = Ledger::open(path)?;
    let mut began = Instant::now();
    ledger.link_by(AT_ONCE, &mut |_, _| {
        if began.elapsed() > STINT {
            std::thread::sleep(REST);
            began = Instant::now();
        }
    })?;
    Ok(())
}
