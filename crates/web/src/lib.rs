//! A ledger over HTTP: in goes its path, out come the API under `/api/v1` and the desk, the page that is
//! built on it.
//!
//! [`Server::open`] takes a [`Config`] and a port, and [`Server::run`] answers until the program ends.
//! Who may do what is in [`users`]. The API is described at `/api/openapi.json`.
//!
//! Nothing is read from text here but through the reader, and SQL stays in the ledger.

mod app;
mod copies;
mod decide;
mod desk;
mod events;
mod exports;
mod facets;
mod flags;
mod guard;
mod health;
mod intake;
mod linking;
mod links;
mod list;
mod login;
mod metrics;
mod params;
mod pool;
mod problem;
mod quotes;
mod report;
mod review;
mod router;
mod series;
mod server;
mod session;
mod shapes;
mod speakers;
mod stories;
mod users;

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::time::Duration;

use ascribe_ledger::{ErrorKind, Ledger};
use axum::extract::State;

pub use desk::collection;
pub use intake::{Fetch, Intake};
pub use router::openapi;
pub use users::{Role, User, add_user, remove_user, users, users_path};

use crate::app::App;
use crate::params::{Params, SpeakersQuery};

/// What is served, and to whom.
pub struct Config {
    /// The ledger; it is made if it is not there.
    pub ledger: PathBuf,
    /// The file of users, who log in; without one there is no login, and only this machine is answered.
    pub users: Option<PathBuf>,
    /// How reports that are sent are read; without it none are taken.
    pub intake: Option<Intake>,
}

/// A server that has its port.
pub struct Server {
    listener: TcpListener,
    app: App,
    runtime: tokio::runtime::Runtime,
}

/// How often the server looks whether another program changed the ledger.
const LOOK: Duration = Duration::from_secs(1);

impl Server {
    /// Takes the port at `address`, 0 for any, and opens the ledger, to read only if it may not be written.
    ///
    /// # Errors
    /// If the port or the ledger cannot be had, or others than this machine could come in without login.
    pub fn open(config: Config, address: SocketAddr) -> io::Result<Self> {
        if !address.ip().is_loopback() {
            let says = "others can reach this address, so it needs users: `ascribe users add NAME` makes one";
            let error = || io::Error::new(io::ErrorKind::PermissionDenied, says);
            let path = config.users.as_deref().ok_or_else(error)?;
            if users(path)?.is_empty() {
                return Err(error());
            }
        }
        let read_only = match Ledger::open(&config.ledger) {
            Ok(_) => false,
            Err(error)
                if matches!(error.kind(), ErrorKind::ReadOnly | ErrorKind::CannotOpen | ErrorKind::Busy) =>
            {
                Ledger::open_read_only(&config.ledger).map_err(io::Error::other)?;
                error.kind() != ErrorKind::Busy
            }
            Err(error) => return Err(io::Error::other(error)),
        };
        let intake = config.intake.filter(|_| !read_only);
        let listener = TcpListener::bind(address)?;
        listener.set_nonblocking(true)?;
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        let app = App::new(Config { intake, ..config }, listener.local_addr()?, read_only);
        Ok(Self { listener, app, runtime })
    }

    /// Where it listens.
    ///
    /// # Errors
    /// If the machine does not say.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Whether the ledger may only be read.
    pub fn is_read_only(&self) -> bool {
        self.app.read_only
    }

    /// Answers until the program ends.
    ///
    /// # Errors
    /// If the port is lost as it begins.
    pub fn run(self) -> io::Result<()> {
        let Self { listener, app, runtime } = self;
        runtime.block_on(async move {
            let listener = tokio::net::TcpListener::from_std(listener)?;
            tokio::spawn(look(app.clone()));
            tokio::spawn(make_ready(app.clone()));
            server::answer(listener, router::router(app)).await;
            Ok(())
        })
    }
}

/// Asks what people ask first: of a large ledger that is not yet in memory these answers take long.
async fn make_ready(app: App) {
    let _ = facets::facets(State(app.clone())).await;
    let _ = speakers::speakers(State(app.clone()), Params(SpeakersQuery::default())).await;
    let _ = facets::summary(State(app)).await;
}

/// Tells listeners when the ledger changed, whoever changed it.
async fn look(app: App) {
    let watch = Ledger::open_read_only(&app.ledger);
    let Ok(mut watch) = watch else { return };
    let mut last = watch.change().ok();
    loop {
        tokio::time::sleep(LOOK).await;
        let looked = tokio::task::spawn_blocking(move || {
            let change = watch.change();
            (watch, change)
        });
        let Ok((back, change)) = looked.await else { return };
        watch = back;
        let Ok(change) = change else { continue };
        if last.replace(change).is_some_and(|last| last != change) {
            app.changed();
        }
    }
}
