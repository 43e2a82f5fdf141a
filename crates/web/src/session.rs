//! Who is logged in, logging in and out.

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{HeaderMap, SET_COOKIE};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use serde::{Deserialize, Serialize};
use tokio::task::spawn_blocking;
use utoipa::ToSchema;

use crate::app::App;
use crate::login::{COOKIE_NAME, Who};
use crate::params::Body;
use crate::problem::{Problem, Result};
use crate::users::Role;

/// The server, and who asks.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Session {
    version: &'static str,
    /// Whether a password is needed.
    login: bool,
    user: Option<Who>,
    can: Can,
    ledger: LedgerInfo,
}

/// What who asks may do.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Can {
    decide: bool,
    add: bool,
    fetch: bool,
}

/// The ledger that is served.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LedgerInfo {
    /// Null where a password is needed and not given.
    name: Option<String>,
    read_only: bool,
    /// Whether reports are linked: stories, series, copies, quotes, flags.
    links: bool,
}

/// Who logs in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Login {
    name: String,
    /// Where one is needed.
    password: Option<String>,
}

fn of(app: &App, user: Option<Who>) -> Session {
    let login = app.logins.required();
    let role = user.as_ref().map_or(if login { Role::Reader } else { Role::Admin }, |who| who.role);
    let works = role >= Role::Reviewer && !app.read_only;
    let name = app.ledger.file_name().map(|name| name.to_string_lossy().into_owned());
    Session {
        version: env!("CARGO_PKG_VERSION"),
        login,
        can: Can { decide: works, add: works, fetch: works && app.jobs.can_fetch() },
        ledger: LedgerInfo {
            name: name.filter(|_| user.is_some() || !login),
            read_only: app.read_only,
            links: true,
        },
        user,
    }
}

/// Who is logged in
#[utoipa::path(get, path = "/session", tag = "session", responses((status = 200, body = Session)))]
pub(crate) async fn session(State(app): State<App>, who: Option<Extension<Who>>) -> Json<Session> {
    Json(of(&app, who.map(|Extension(who)| who)))
}

/// Log in, or say who you are
#[utoipa::path(post, path = "/session", tag = "session", request_body = Login, responses(
    (status = 200, body = Session, description = "With a cookie"),
    (status = 400, body = Problem, content_type = "application/problem+json"),
    (status = 401, body = Problem, content_type = "application/problem+json"),
    (status = 415, body = Problem, content_type = "application/problem+json"),
    (status = 429, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn log_in(State(app): State<App>, Body(login): Body<Login>) -> Result<Response> {
    let of_login = app.clone();
    let begun = spawn_blocking(move || of_login.logins.begin(&login.name, login.password.as_deref()));
    let token = begun.await.unwrap_or_else(|_| Err(Problem::broken("Nobody could be logged in.")))?;
    let mut headers = HeaderMap::new();
    let cookie = format!("{COOKIE_NAME}={token}");
    headers.insert(axum::http::header::COOKIE, header_of(&cookie)?);
    let who = app.logins.who(&headers);
    let set = header_of(&format!("{cookie}; HttpOnly; SameSite=Strict; Path=/"))?;
    Ok(([(SET_COOKIE, set)], Json(of(&app, who))).into_response())
}

fn header_of(text: &str) -> Result<axum::http::HeaderValue> {
    text.parse().map_err(|_| Problem::broken("No cookie can be made."))
}

/// Log out
#[utoipa::path(delete, path = "/session", tag = "session", responses((status = 204)))]
pub(crate) async fn log_out(State(app): State<App>, headers: HeaderMap) -> Response {
    app.logins.end(&headers);
    let gone = format!("{COOKIE_NAME}=; HttpOnly; SameSite=Strict; Path=/; Max-Age=0");
    (StatusCode::NO_CONTENT, [(SET_COOKIE, gone)]).into_response()
}
