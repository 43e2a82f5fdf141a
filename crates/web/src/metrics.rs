//! Counters, as Prometheus reads them.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::app::App;

/// Upper bounds of the times that answers took, in seconds.
const BOUNDS: [f64; 8] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 10.0];

/// What was answered.
pub(crate) struct Metrics {
    began: Instant,
    requests: Mutex<BTreeMap<(String, u16), Times>>,
}

#[derive(Clone, Default)]
struct Times {
    n: u64,
    seconds: f64,
    /// How many took no longer than each of [`BOUNDS`].
    within: [u64; BOUNDS.len()],
}

impl Metrics {
    pub(crate) fn new() -> Self {
        Self { began: Instant::now(), requests: Mutex::default() }
    }

    /// Counts an answer under the route's path, never under what a client wrote.
    pub(crate) fn count(&self, path: Option<&str>, status: StatusCode, took: Duration) {
        let mut requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner);
        let times = requests.entry((path.unwrap_or("page").to_owned(), status.as_u16())).or_default();
        times.n += 1;
        times.seconds += took.as_secs_f64();
        for (n, bound) in times.within.iter_mut().zip(BOUNDS) {
            *n += u64::from(took.as_secs_f64() <= bound);
        }
    }

    fn text(&self) -> String {
        let requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let mut text = format!(
            "# TYPE ascribe_uptime_seconds gauge\nascribe_uptime_seconds {:.0}\n\
             # TYPE ascribe_request_seconds histogram\n",
            self.began.elapsed().as_secs_f64()
        );
        for ((path, status), times) in requests {
            let labels = format!("path=\"{path}\",status=\"{status}\"");
            let name = "ascribe_request_seconds";
            for (n, bound) in times.within.iter().zip(BOUNDS) {
                let _ = writeln!(text, "{name}_bucket{{{labels},le=\"{bound}\"}} {n}");
            }
            let _ = writeln!(text, "{name}_bucket{{{labels},le=\"+Inf\"}} {}", times.n);
            let _ = writeln!(text, "{name}_sum{{{labels}}} {:.6}", times.seconds);
            let _ = writeln!(text, "{name}_count{{{labels}}} {}", times.n);
        }
        text
    }
}

/// How much was asked and how long answers took
#[utoipa::path(get, path = "/metrics", tag = "server", responses((status = 200, description = "Prometheus text", body = String, content_type = "text/plain")))]
pub(crate) async fn metrics(State(app): State<App>) -> Response {
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], app.metrics.text()).into_response()
}
