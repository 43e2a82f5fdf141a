use serde_json::Value;

use crate::xml::{self, Token};
use crate::{csv, feed, mail};

/// What a file holds. Compression (gzip, Zstandard) and archives (ZIP, WARC) around it are told by
/// their first bytes, whatever the format inside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Format {
    /// One report as plain text.
    Text,
    /// One report as a page.
    Html,
    /// One report as an object, or an array of such objects.
    Json,
    /// A report a line, each an object.
    JsonLines,
    /// A table with a header, a report a row; fields parted by commas, semicolons, tabs or bars.
    Csv,
    /// The same, parted by tabs.
    Tsv,
    /// A report an entry: RSS or Atom. A JSON Feed is [`Format::Json`] and tells itself.
    Feed,
    /// One report as an e-mail; its attachments are read as files.
    Mail,
    /// A mailbox (mbox): a report a message.
    Mbox,
}

impl Format {
    /// The format that a file's name tells, by its extension.
    ///
    /// ```
    /// use ascribe_intake::Format;
    ///
    /// assert_eq!(Format::from_name("wire/2023.ndjson"), Some(Format::JsonLines));
    /// assert_eq!(Format::from_name("-"), None);
    /// ```
    pub fn from_name(path: &str) -> Option<Self> {
        let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
        let (_, extension) = name.rsplit_once('.')?;
        match extension.to_ascii_lowercase().as_str() {
            "txt" | "text" | "md" => Some(Self::Text),
            "html" | "htm" | "xhtml" | "shtml" => Some(Self::Html),
            "json" => Some(Self::Json),
            "jsonl" | "ndjson" | "jsonlines" => Some(Self::JsonLines),
            "csv" => Some(Self::Csv),
            "tsv" | "tab" => Some(Self::Tsv),
            "rss" | "atom" => Some(Self::Feed),
            "eml" => Some(Self::Mail),
            "mbox" => Some(Self::Mbox),
            _ => None,
        }
    }

    /// The media type of the reports in it; those of a feed tell theirs.
    pub(crate) fn media_type(self) -> &'static str {
        match self {
            Self::Text => "text/plain",
            Self::Html => "text/html",
            Self::Json | Self::JsonLines => "application/json",
            Self::Csv => "text/csv",
            Self::Tsv => "text/tab-separated-values",
            Self::Feed => "application/xml",
            Self::Mail => "message/rfc822",
            Self::Mbox => "application/mbox",
        }
    }

    /// The format that the first bytes tell (some thousands are enough); plain text if nothing else
    /// fits.
    pub fn from_bytes(head: &[u8]) -> Self {
        let decoded = encoding_rs::Encoding::for_bom(head).map(|(encoding, _)| encoding.decode(head).0);
        let head = decoded.unwrap_or_else(|| String::from_utf8_lossy(head));
        let head = head.trim_start();
        if head.starts_with('{') {
            from_object(head)
        } else if head.strip_prefix('[').is_some_and(|rest| rest.trim_start().starts_with(['{', ']'])) {
            Self::Json
        } else if opens_page(head) {
            Self::Html
        } else if opens_feed(head) {
            Self::Feed
        } else if mail::opens_box(head) {
            Self::Mbox
        } else if mail::opens(head) {
            Self::Mail
        } else if csv::is_header(head.lines().next().unwrap_or_default()) {
            Self::Csv
        } else {
            Self::Text
        }
    }
}

/// What a server sends as `declared`: the first bytes count where they leave no doubt.
pub(crate) fn served(declared: Format, head: &[u8]) -> Format {
    match Format::from_bytes(head) {
        told @ (Format::Html
        | Format::Json
        | Format::JsonLines
        | Format::Feed
        | Format::Mail
        | Format::Mbox) => told,
        _ => declared,
    }
}

/// Whether the text begins as a feed does.
fn opens_feed(head: &str) -> bool {
    let first = xml::tokens(head).map(|(_, token)| token).find(|token| !is_blank(token));
    matches!(first, Some(Token::Start { name, .. }) if feed::is_root(name))
}

fn is_blank(token: &Token<'_>) -> bool {
    matches!(token, Token::Text(text) if text.trim().is_empty())
}

/// What text is that begins with a brace: one object over several lines, or objects line by line.
fn from_object(head: &str) -> Format {
    let inside = head[1..].trim_start();
    if !(inside.is_empty() || inside.starts_with(['"', '}'])) {
        return Format::Text;
    }
    let Some((first, rest)) = head.split_once('\n') else {
        // One long line: a lone object and a line of JSON Lines are read alike, but for the record's
        // number, and only lines can be read without holding the whole file.
        return if head.len() > 4096 { Format::JsonLines } else { Format::Json };
    };
    let is_whole = serde_json::from_str::<Value>(first).is_ok();
    if is_whole && rest.trim_start().starts_with('{') { Format::JsonLines } else { Format::Json }
}

/// Whether the text begins as a page does, leaving aside comments and an XML declaration.
fn opens_page(mut head: &str) -> bool {
    const OPENINGS: &[&str] = &[
        "!doctype html",
        "html",
        "head",
        "body",
        "title",
        "meta",
        "article",
        "main",
        "section",
        "div",
        "script",
        "h1",
        "p",
    ];
    loop {
        let Some(rest) = head.strip_prefix('<') else { return false };
        let end = match rest {
            _ if rest.starts_with("!--") => rest.find("-->").map(|at| at + 3),
            _ if rest.starts_with('?') => rest.find('>').map(|at| at + 1),
            _ => {
                return OPENINGS.iter().any(|name| {
                    let is_name = rest.get(..name.len()).is_some_and(|s| s.eq_ignore_ascii_case(name));
                    is_name && rest[name.len()..].starts_with([' ', '>', '\n', '\r', '\t', '/'])
                });
            }
        };
        let Some(end) = end else { return false };
        head = rest[end..].trim_start();
    }
}

/// What the first bytes say is no text at all, with its article; `None` if they may be text.
pub(crate) fn binary(head: &[u8]) -> Option<&'static str> {
    const MAGIC: &[(&[u8], &str)] = &[
        (b"%PDF", "a PDF file"),
        (b"PK\x03\x04", "an Office file or e-book"),
        (b"\x89PNG", "a PNG picture"),
        (b"\xff\xd8\xff", "a JPEG picture"),
        (b"GIF8", "a GIF picture"),
        (b"\xfd7zXZ", "an xz file"),
        (b"BZh", "a bzip2 file"),
        (b"7z\xbc\xaf", "a 7-Zip file"),
        (b"Rar!", "a RAR file"),
        (b"\xd0\xcf\x11\xe0", "an old Office file"),
        (b"{\\rtf", "an RTF file"),
        (b"SQLite format 3", "an SQLite file"),
        (b"PAR1", "a Parquet file"),
        (b"ARROW1", "an Arrow file"),
        (b"\xff\xff\xff\xff", "an Arrow stream"),
        (b"\x7fELF", "a program"),
        (b"OggS", "an Ogg file"),
        (b"ID3", "an MP3 file"),
        (b"RIFF", "a RIFF file"),
    ];
    if let Some((_, what)) = MAGIC.iter().find(|(magic, _)| head.starts_with(magic)) {
        return Some(what);
    }
    if encoding_rs::Encoding::for_bom(head).is_some_and(|(e, _)| e != encoding_rs::UTF_8) {
        return None;
    }
    if is_xml(head) {
        return Some("an XML file");
    }
    let n_control = head.iter().filter(|&&b| b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0c)).count();
    (head.contains(&0) || n_control * 10 > head.len()).then_some("binary data")
}

/// Whether it is XML but neither page nor feed.
fn is_xml(head: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&head[..head.len().min(1024)]).to_ascii_lowercase();
    let head = head.trim_start_matches('\u{feff}').trim_start();
    head.starts_with("<?xml")
        && !head.contains("<html")
        && !head.contains("<!doctype html")
        && !opens_feed(head)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell() {
        let cases = [
            ("a.txt", Some(Format::Text)),
            ("dir.d/a", None),
            ("C:\\wire\\A.HTM", Some(Format::Html)),
            ("a.json", Some(Format::Json)),
            ("a.jsonl", Some(Format::JsonLines)),
            (".txt", Some(Format::Text)),
            ("a.CSV", Some(Format::Csv)),
            ("a.tsv", Some(Format::Tsv)),
            ("a.rss", Some(Format::Feed)),
            ("a.xml", None),
            ("a.pdf", None),
        ];
        for (name, format) in cases {
            assert_eq!(Format::from_name(name), format, "{name}");
        }
    }

    #[test]
    fn first_bytes_tell() {
        let long = format!("{{\"text\": \"{}\"}}", "a ".repeat(4000));
        let cases: &[(&str, Format)] = &[
            ("HARROW BAY (Northwire) - It rained.", Format::Text),
            ("", Format::Text),
            (" \n<!DOCTYPE html><p>x", Format::Html),
            ("<!-- saved --><HTML lang=en>", Format::Html),
            ("<?xml version=\"1.0\"?>\n<!DOCTYPE html PUBLIC>", Format::Html),
            ("<p>It rained.</p>", Format::Html),
            ("<pre-war> prices fell", Format::Text),
            ("<!-- unclosed", Format::Text),
            ("{\"text\": \"x\"}", Format::Json),
            ("{\n \"text\": \"x\"\n}", Format::Json),
            ("{\"text\": \"x\"}\n{\"text\": \"y\"}\n", Format::JsonLines),
            ("{\"text\": \"x\"}\n\n  {\"te", Format::JsonLines),
            ("{not json}", Format::Text),
            ("[{\"text\": \"x\"}]", Format::Json),
            ("[REPORT] It rained.", Format::Text),
            (&long, Format::JsonLines),
            ("id;title;text\n1;x;y", Format::Csv),
            ("Text of the day, and its date\n", Format::Text),
            ("<rss version='2.0'><channel>", Format::Feed),
            ("<?xml version='1.0'?>\n<!-- x -->\n<feed xmlns='x'>", Format::Feed),
            ("<rdf:RDF><channel>", Format::Feed),
            ("From: Ada Lind <ada@n.example>\r\nDate: 1\r\nMessage-ID: <1>\r\n\r\nIt rained.", Format::Mail),
            ("From: Ada Lind\nSubject: Rain\n\nIt rained.", Format::Text),
        ];
        for (head, format) in cases {
            assert_eq!(Format::from_bytes(head.as_bytes()), *format, "{head:.60}");
            assert_eq!(Format::from_bytes(format!("\u{feff}{head}").as_bytes()), *format, "BOM {head:.60}");
        }
    }

    #[test]
    fn binary_files_are_told() {
        let cases: &[(&[u8], Option<&str>)] = &[
            (b"%PDF-1.7 ...", Some("a PDF file")),
            (b"ab\0cd", Some("binary data")),
            (b"\x01\x02\x03\x04abc", Some("binary data")),
            (b"<?xml version='1.0'?><ship/>", Some("an XML file")),
            (b"<?xml version='1.0'?>\n<!-- x --><rss>", None),
            (b"<?xml version='1.0'?><html>", None),
            (b"\xff\xfea\0b\0", None),
            (b"It rained.\r\n\tA lot.\x0c", None),
            (b"", None),
        ];
        for (head, what) in cases {
            assert_eq!(binary(head), *what, "{head:?}");
        }
    }
}
