//! Errors as problem+json (RFC 9457).

use ascribe_ledger::ErrorKind;
use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

/// What the handlers return.
pub(crate) type Result<T> = std::result::Result<T, Problem>;

/// Why a request could not be answered.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Problem {
    /// `about:blank#` and the code.
    #[serde(rename = "type")]
    kind: String,
    /// The status in words.
    title: &'static str,
    /// The HTTP status.
    status: u16,
    /// One plain sentence for a person.
    detail: String,
    /// What sort of problem it is, for programs.
    code: &'static str,
    /// Of a conflict: what the target is now.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    current: Option<Box<Value>>,
    /// Of a body that is too large: how many bytes are taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    limit: Option<u32>,
    #[serde(skip)]
    retry_after: Option<u32>,
}

impl Problem {
    fn new(status: StatusCode, code: &'static str, detail: impl Into<String>) -> Self {
        Self {
            kind: format!("about:blank#{code}"),
            title: status.canonical_reason().unwrap_or("Error"),
            status: status.as_u16(),
            detail: detail.into(),
            code,
            current: None,
            limit: None,
            retry_after: None,
        }
    }

    pub(crate) fn bad_request(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "bad-request", sentence(&detail.into()))
    }

    pub(crate) fn login_required() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "login-required", "Log in first.")
    }

    pub(crate) fn wrong_login() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "wrong-login", "The name or the password is wrong.")
    }

    pub(crate) fn name_required() -> Self {
        Self::new(StatusCode::FORBIDDEN, "name-required", "Say who you are first: decisions carry a name.")
    }

    pub(crate) fn forbidden(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, "forbidden", detail)
    }

    pub(crate) fn foreign_origin() -> Self {
        Self::new(StatusCode::FORBIDDEN, "foreign-origin", "The request comes from another site.")
    }

    pub(crate) fn not_found(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not-found", detail)
    }

    pub(crate) fn method() -> Self {
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "method", "This address does not take this method.")
    }

    pub(crate) fn timeout() -> Self {
        Self::new(StatusCode::REQUEST_TIMEOUT, "timeout", "The body of the request did not come in time.")
    }

    pub(crate) fn gone() -> Self {
        Self::new(StatusCode::GONE, "gone", "The report was redacted.")
    }

    pub(crate) fn too_large(limit: usize) -> Self {
        let detail = format!("No more than {limit} bytes are taken.");
        let problem = Self::new(StatusCode::PAYLOAD_TOO_LARGE, "too-large", detail);
        Self { limit: u32::try_from(limit).ok(), ..problem }
    }

    pub(crate) fn media_type() -> Self {
        let detail = "The body must be JSON: Content-Type: application/json.";
        Self::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "media-type", detail)
    }

    pub(crate) fn too_many(detail: impl Into<String>, seconds: u32) -> Self {
        let problem = Self::new(StatusCode::TOO_MANY_REQUESTS, "too-many", detail);
        Self { retry_after: Some(seconds), ..problem }
    }

    pub(crate) fn broken(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "broken", detail)
    }

    pub(crate) fn busy(detail: impl Into<String>) -> Self {
        let problem = Self::new(StatusCode::SERVICE_UNAVAILABLE, "busy", detail);
        Self { retry_after: Some(5), ..problem }
    }

    pub(crate) fn read_only() -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "read-only", "The ledger may only be read.")
    }

    /// With the state of what the decision is about.
    pub(crate) fn with_current(self, current: Value) -> Self {
        Self { current: Some(Box::new(current)), ..self }
    }
}

impl From<ascribe_ledger::Error> for Problem {
    fn from(error: ascribe_ledger::Error) -> Self {
        let says = sentence(&error.to_string());
        match error.kind() {
            ErrorKind::Busy => Self::busy(says),
            ErrorKind::ReadOnly => Self::read_only(),
            ErrorKind::Request => Self::bad_request(says),
            ErrorKind::NotFound => Self::not_found(says),
            ErrorKind::Conflict => Self::new(StatusCode::CONFLICT, "conflict", says),
            _ => Self::broken(says),
        }
    }
}

/// What a decision does not fit, in place of a bad request.
pub(crate) fn of_decision(error: ascribe_ledger::Error) -> Problem {
    match error.kind() {
        ErrorKind::Request => {
            Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "makes-no-sense", sentence(&error.to_string()))
        }
        _ => error.into(),
    }
}

/// A message as people read it: with a capital and a full stop.
fn sentence(message: &str) -> String {
    let mut characters = message.chars();
    let first = characters.next().map(char::to_uppercase).into_iter().flatten();
    let mut sentence: String = first.chain(characters).collect();
    if !sentence.ends_with(['.', '!', '?']) {
        sentence.push('.');
    }
    sentence
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let retry_after = self.retry_after;
        let mut response = (status, Json(self)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if let Some(seconds) = retry_after {
            headers.insert(header::RETRY_AFTER, seconds.into());
        }
        response
    }
}
