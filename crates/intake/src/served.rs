//! What was fetched from the web: a file whose server said what it is.

use std::io::Cursor;
use std::rc::Rc;

use crate::http::{media_type, served_format};
use crate::input::Budget;
use crate::item::{Capture, Outcome, Source};
use crate::part::{Shared, with_bytes};
use crate::reports::reports_of;
use crate::{Format, Options, Reason};

/// What is known of bytes that a web server sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Served {
    /// The address that they came from, behind all redirects.
    pub url: String,
    /// When (RFC 3339).
    pub captured_at: String,
    /// `Content-Type`; empty if the server gave none.
    pub content_type: String,
}

/// The reports of what was fetched, as [`reports`](crate::reports()) gives those of a file.
///
/// `path` is the address as the user named it, and stands in every report and refusal. The server's
/// word tells the format unless the first bytes leave no doubt; where it tells nothing, the name in the
/// address does. The reports have the address and the time of the capture; a refusal of the whole has
/// the bytes, where they are asked for.
///
/// # Errors
/// As those of a file; also if the server calls it a picture or something else that is no text.
pub fn served_reports<'a>(
    path: &str,
    served: &Served,
    body: Vec<u8>,
    options: &'a Options,
) -> impl Iterator<Item = Outcome> + use<'a> {
    let source = Source::of_file(path, options, Budget::new(options.max_ratio));
    let (refusal, reports) = match told(&served.content_type) {
        Ok((format, charset)) => {
            let url = Some(served.url.clone());
            let captured_at = Some(served.captured_at.clone());
            let capture = Capture { record: None, url, captured_at, format, charset, notes: Vec::new() };
            let name = if format.is_some() { "" } else { file_name(&served.url) };
            // The days in addresses are those of folders, not of reports.
            let source =
                Source { name: name.into(), named_day: None, capture: Some(Rc::new(capture)), ..source };
            let body = Shared::of(body);
            let reports = reports_of(source.clone(), Cursor::new(body.clone()));
            (None, Some(reports.map(move |outcome| with_bytes(outcome, &source, &body))))
        }
        Err(reason) => (Some(Err(source.refusal(None, reason))), None),
    };
    refusal.into_iter().chain(reports.into_iter().flatten())
}

/// The format, if it is one of those that are read and nothing else, and the character encoding.
fn told(content_type: &str) -> Result<(Option<Format>, Option<String>), Reason> {
    if let Some((format, charset)) = served_format(content_type) {
        return Ok((Some(format), charset));
    }
    let (name, charset) = media_type(content_type);
    let format = match name.as_str() {
        "text/csv" => Some(Format::Csv),
        "text/tab-separated-values" => Some(Format::Tsv),
        "application/jsonl" | "application/x-jsonlines" | "application/x-ndjson" => Some(Format::JsonLines),
        "text/css" | "text/javascript" | "application/javascript" => return Err(Reason::MediaType(name)),
        _ if ["image/", "audio/", "video/", "font/"].iter().any(|kind| name.starts_with(kind)) => {
            return Err(Reason::MediaType(name));
        }
        // XML, archives, "a file": the first bytes tell.
        _ => None,
    };
    Ok((format, charset))
}

/// The last name in the path of an address.
fn file_name(url: &str) -> &str {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = path.split(['?', '#']).next().unwrap_or_default();
    path.rsplit_once('/').map_or("", |(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_addresses() {
        let cases = [
            ("https://n.example/a/wire.jsonl.gz?x=/b#c/d", "wire.jsonl.gz"),
            ("https://n.example/a/", ""),
            ("https://n.example", ""),
        ];
        for (url, name) in cases {
            assert_eq!(file_name(url), name, "{url}");
        }
    }

    #[test]
    fn what_servers_tell() {
        let format = |content_type: &str| told(content_type).map(|(format, _)| format);
        assert_eq!(format("TEXT/HTML; charset=koi8-r"), Ok(Some(Format::Html)));
        assert_eq!(format("text/csv;header=present"), Ok(Some(Format::Csv)));
        for unclear in ["", "application/xml", "application/zip", "application/octet-stream"] {
            assert_eq!(format(unclear), Ok(None), "{unclear}");
        }
        assert_eq!(format("image/png"), Err(Reason::MediaType("image/png".to_owned())));
    }
}
