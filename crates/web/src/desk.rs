//! The files of the page, embedded in the program.

use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;

use crate::problem::Problem;

/// The built page.
#[derive(RustEmbed)]
#[folder = "../../desk/dist"]
#[allow_missing = true]
struct Desk;

/// What is served while there is none, and the interactive page of the API.
#[derive(RustEmbed)]
#[folder = "assets"]
struct Own;

/// The example collection: invented reports on two events.
#[derive(RustEmbed)]
#[folder = "../../examples/collection/reports"]
struct Collection;

/// The names and bytes of the example collection's reports, by date.
pub fn collection() -> Vec<(String, Vec<u8>)> {
    let mut names: Vec<_> = Collection::iter().collect();
    names.sort();
    let file = |name: std::borrow::Cow<'static, str>| {
        Collection::get(&name).map(|file| (name.into_owned(), file.data.into_owned()))
    };
    names.into_iter().filter_map(file).collect()
}

/// Any path that is not of the API: a file, or else the page, which knows its own paths.
pub(crate) async fn page(uri: Uri) -> Response {
    let path = uri.path().trim_start_matches('/');
    if path == "api" || path == "api/" {
        return file(Own::get("api.html"), "api.html");
    }
    if let Some(name) = path.strip_prefix("api/") {
        let asset = Own::get(name).filter(|_| matches!(name, "api.css" | "api.js"));
        return match asset {
            Some(asset) => file(Some(asset), name),
            None => Problem::not_found("There is no such address.").into_response(),
        };
    }
    if let Some(found) = Desk::get(path).filter(|_| !path.is_empty()) {
        return file(Some(found), path);
    }
    // A name with a dot is a file, which is not there; all else are places in the page.
    if path.rsplit('/').next().is_some_and(|name| name.contains('.')) {
        return Problem::not_found("There is no such file.").into_response();
    }
    file(Desk::get("index.html").or_else(|| Own::get("plain.html")), "index.html")
}

fn file(found: Option<rust_embed::EmbeddedFile>, name: &str) -> Response {
    let Some(found) = found else { return StatusCode::NOT_FOUND.into_response() };
    // The names of assets hold a hash of what is in them.
    let cached = if name.starts_with("assets/") { "public, max-age=31536000, immutable" } else { "no-cache" };
    let media_type = match found.metadata.mimetype() {
        text if text.starts_with("text/") => format!("{text}; charset=utf-8"),
        other => other.to_owned(),
    };
    let headers = [(header::CONTENT_TYPE, media_type), (header::CACHE_CONTROL, cached.to_owned())];
    (headers, found.data).into_response()
}
