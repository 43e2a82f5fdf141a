//! Whether the server and its ledger work.

use std::time::Duration;

use axum::extract::State;
use axum::{Extension, Json};
use serde::Serialize;
use tokio::time::timeout;
use utoipa::ToSchema;

use crate::app::App;
use crate::login::Who;

/// How the server is.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Health {
    status: &'static str,
    /// `ok`, `busy` or `read-only`.
    ledger: &'static str,
    /// How many; only for who may read.
    #[serde(skip_serializing_if = "Option::is_none")]
    reports: Option<i64>,
}

/// Whether it works
#[utoipa::path(get, path = "/health", tag = "server", responses((status = 200, body = Health)))]
pub(crate) async fn health(State(app): State<App>, who: Option<Extension<Who>>) -> Json<Health> {
    let asked = timeout(Duration::from_secs(2), app.pool.read(|ledger| Ok(ledger.n_reports()?))).await;
    let reports = asked.ok().and_then(Result::ok);
    let ledger = match reports {
        None => "busy",
        Some(_) if app.read_only => "read-only",
        Some(_) => "ok",
    };
    let may_read = who.is_some() || !app.logins.required();
    Json(Health { status: "ok", ledger, reports: reports.filter(|_| may_read) })
}
