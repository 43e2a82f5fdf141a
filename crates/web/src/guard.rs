//! What every request goes through: is it meant for this server, from our own page, from somebody who
//! may, and did its body come in time; and the headers that every answer has.

use std::time::{Duration, Instant};

use axum::body::{Body, to_bytes};
use axum::extract::{MatchedPath, Request, State};
use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tokio::time::timeout;

use crate::app::App;
use crate::problem::{Problem, Result};
use crate::server::Busy;

/// Bytes of a body, but of files.
const MOST_BYTES: usize = 2 << 20;
/// Bytes of a file.
pub(crate) const MOST_FILE: usize = 64 << 20;
/// The path that takes files.
pub(crate) const FILES: &str = "/api/v1/intake/file";
/// The path that says who is logged in, and that anybody may ask.
const SESSION: &str = "/api/v1/session";
/// How long a body may take, and that of a file.
const BODY_TIME: Duration = Duration::from_secs(20);
const FILE_TIME: Duration = Duration::from_secs(300);

const HEADERS: [(HeaderName, &str); 6] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; \
         connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// Lets a request through, or answers it with a problem.
pub(crate) async fn guard(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let began = Instant::now();
    let of_api = request.uri().path().starts_with("/api/");
    let path = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let mut response = match checked(&app, &mut request).await {
        Ok(()) => next.run(request).await,
        Err(problem) => problem.into_response(),
    };
    if response.status() == StatusCode::METHOD_NOT_ALLOWED && of_api {
        let allow = response.headers_mut().remove(header::ALLOW);
        response = Problem::method().into_response();
        allow.map(|allow| response.headers_mut().insert(header::ALLOW, allow));
    }
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if of_api && !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    app.metrics.count(path.as_deref(), response.status(), began.elapsed());
    response
}

async fn checked(app: &App, request: &mut Request) -> Result<()> {
    let changes = !matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    is_ours(app, request.headers(), changes)?;
    let path = request.uri().path().to_owned();
    let who = app.logins.who(request.headers());
    let is_open = path == SESSION || path == "/api/v1/health" || !path.starts_with("/api/");
    if app.logins.required() && who.is_none() && !is_open {
        return Err(Problem::login_required());
    }
    if let Some(who) = who {
        request.extensions_mut().insert(who);
    }
    read_body(request, &path).await?;
    // From here on the server works, and the client is no longer waited for.
    if let Some(busy) = request.extensions().get::<Busy>() {
        busy.set();
    }
    Ok(())
}

/// Reads the body whole, so that whoever sends it slowly holds up nothing but a connection.
async fn read_body(request: &mut Request, path: &str) -> Result<()> {
    let (limit, time) = if path == FILES { (MOST_FILE, FILE_TIME) } else { (MOST_BYTES, BODY_TIME) };
    let length = request.headers().get(header::CONTENT_LENGTH);
    let length = length.and_then(|length| length.to_str().ok()).and_then(|length| length.parse::<u64>().ok());
    if length.is_some_and(|length| length > limit as u64) {
        return Err(Problem::too_large(limit));
    }
    let body = std::mem::take(request.body_mut());
    let Ok(read) = timeout(time, to_bytes(body, limit)).await else { return Err(Problem::timeout()) };
    let bytes = read.map_err(|error| {
        let is_long =
            std::error::Error::source(&error).is_some_and(|cause| cause.to_string().contains("length limit"));
        if is_long { Problem::too_large(limit) } else { Problem::bad_request("The body ended half-way.") }
    })?;
    *request.body_mut() = Body::from(bytes);
    Ok(())
}

/// Refuses what other sites made a browser send: by a name that they let point to this machine (DNS
/// rebinding), or by a form or script of theirs (cross-site request forgery).
fn is_ours(app: &App, headers: &HeaderMap, changes: bool) -> Result<()> {
    let text = |name: HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    let host = text(header::HOST).unwrap_or_default();
    if app.loopback && !is_loopback(host) {
        return Err(Problem::foreign_origin());
    }
    if !changes {
        return Ok(());
    }
    let site = text(HeaderName::from_static("sec-fetch-site"));
    if site.is_some_and(|site| !matches!(site, "same-origin" | "none")) {
        return Err(Problem::foreign_origin());
    }
    // What sends neither is no browser, and nobody's cookies are in it.
    let origin = text(header::ORIGIN).map(|origin| origin.split_once("://").map_or(origin, |(_, host)| host));
    if origin.is_some_and(|origin| !origin.eq_ignore_ascii_case(host)) {
        return Err(Problem::foreign_origin());
    }
    Ok(())
}

fn is_loopback(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.rsplit_once(':').map_or(host, |(name, _)| name),
    };
    name.eq_ignore_ascii_case("localhost")
        || name.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_this_machine() {
        for host in ["localhost", "LOCALHOST:80", "127.0.0.1:4780", "127.9.9.9", "[::1]:4780", "[::1]"] {
            assert!(is_loopback(host), "{host}");
        }
        for host in [
            "",
            "evil.example",
            "localhost.evil.example:4780",
            "10.0.0.1",
            "127.0.0.1.evil.example",
            "[::2]:1",
        ] {
            assert!(!is_loopback(host), "{host}");
        }
    }
}
