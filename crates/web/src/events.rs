//! Server-sent events: what changes while somebody looks.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream::unfold;
use serde_json::{Value, json};
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::broadcast::{Receiver, Sender, channel};

use crate::app::App;
use crate::problem::{Problem, Result};

/// So many may listen.
const MOST_LISTENERS: usize = 100;
/// So many events wait for a slow listener; it misses the older ones.
const MOST_WAITING: usize = 64;
const EVERY: Duration = Duration::from_secs(15);

/// Tells listeners of changes.
#[derive(Clone)]
pub(crate) struct Events(Sender<(&'static str, String)>);

impl Events {
    pub(crate) fn new() -> Self {
        Self(channel(MOST_WAITING).0)
    }

    pub(crate) fn job(&self, job: &Value) {
        // Nobody listening is no error.
        let _ = self.0.send(("job", job.to_string()));
    }

    pub(crate) fn ledger(&self, change: u64) {
        let _ = self.0.send(("ledger", json!({ "change": change }).to_string()));
    }
}

/// Tells what changes: events `job` and `ledger`
#[utoipa::path(get, path = "/events", tag = "server", responses(
    (status = 200, description = "A stream of events", body = String, content_type = "text/event-stream"),
    (status = 429, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn events(State(app): State<App>) -> Result<Response> {
    if app.events.0.receiver_count() >= MOST_LISTENERS {
        return Err(Problem::too_many("Too many listen already.", 60));
    }
    let stream = unfold(app.events.0.subscribe(), next);
    Ok(Sse::new(stream).keep_alive(KeepAlive::new().interval(EVERY)).into_response())
}

async fn next(
    mut heard: Receiver<(&'static str, String)>,
) -> Option<(std::result::Result<Event, Infallible>, Receiver<(&'static str, String)>)> {
    loop {
        match heard.recv().await {
            Ok((name, data)) => return Some((Ok(Event::default().event(name).data(data)), heard)),
            Err(RecvError::Lagged(_)) => {}
            Err(RecvError::Closed) => return None,
        }
    }
}
