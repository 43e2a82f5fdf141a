//! What a web server answered, as web archives keep it: the head, and the body with its packing undone.

use std::io::{BufRead, Read};
use std::rc::Rc;

use flate2::bufread::{DeflateDecoder, ZlibDecoder};

use crate::gzip::{self, Checked, Gzip};
use crate::input::{Budget, Input, Peeked, read_line, read_whole, reason_of, unpacked};
use crate::zstd::{self, Zstd};
use crate::{Format, Reason};

/// Bytes of the longest head.
const MAX_HEAD: u64 = 1 << 16;

/// Header fields, names in lower case.
#[derive(Debug, Default)]
pub(crate) struct Fields(Vec<(String, String)>);

impl Fields {
    /// Reads to the blank line, and over it.
    ///
    /// # Errors
    /// If reading breaks or there is no end in sight.
    pub(crate) fn read(input: &mut impl BufRead) -> Result<Self, Reason> {
        let mut fields: Vec<(String, String)> = Vec::new();
        let mut room = MAX_HEAD;
        loop {
            let line = match read_line(input, room) {
                Ok(Some(line)) => line,
                Ok(None) => return Err(Reason::Damaged("cut short in its head".to_owned())),
                Err(Reason::TooManyBytes(_)) => {
                    return Err(Reason::Damaged("its head has no end".to_owned()));
                }
                Err(reason) => return Err(reason),
            };
            if line.is_empty() {
                return Ok(Self(fields));
            }
            room = room.saturating_sub(line.len() as u64 + 2);
            let line = String::from_utf8_lossy(&line);
            match (line.starts_with([' ', '\t']), fields.last_mut(), line.split_once(':')) {
                // A folded line goes on with the one before.
                (true, Some((_, value)), _) => *value += &format!(" {}", line.trim()),
                (_, _, Some((name, value))) => {
                    fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
                }
                _ => {}
            }
        }
    }

    /// The first field of that name, if it says anything.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let value = self.0.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str());
        value.filter(|value| !value.is_empty())
    }
}

/// The head of an answer.
#[derive(Debug)]
pub(crate) struct Head {
    pub(crate) status: u16,
    pub(crate) fields: Fields,
}

impl Head {
    /// Reads the status line and the fields.
    ///
    /// # Errors
    /// If it is no head of an answer.
    pub(crate) fn read(input: &mut impl BufRead) -> Result<Self, Reason> {
        let line = read_line(input, MAX_HEAD)?.unwrap_or_default();
        let line = String::from_utf8_lossy(&line);
        let mut words = line.split_ascii_whitespace();
        let is_http = words.next().is_some_and(|word| word.starts_with("HTTP/"));
        let status = words.next().and_then(|word| word.parse().ok()).filter(|_| is_http);
        let status = status.ok_or_else(|| Reason::Damaged("no HTTP answer".to_owned()))?;
        Ok(Self { status, fields: Fields::read(input)? })
    }

    /// The page in `body`, its packing undone, and whether all of it is there.
    ///
    /// # Errors
    /// If it is packed in a way that is not known, or unpacks to over `limit` bytes.
    pub(crate) fn unpack(
        &self,
        body: Vec<u8>,
        limit: u64,
        budget: &Rc<Budget>,
    ) -> Result<(Vec<u8>, bool), Reason> {
        let told: Option<u64> = self.fields.get("content-length").and_then(|n| n.parse().ok());
        let mut is_whole = told.is_none_or(|told| told <= body.len() as u64);
        let mut body = body;
        if self.fields.get("transfer-encoding").is_some_and(|e| e.eq_ignore_ascii_case("chunked")) {
            // Some archives undo the chunks and leave the field.
            if let Some((content, has_end)) = join_chunks(&body) {
                (body, is_whole) = (content, has_end);
            }
        }
        let packings = self.fields.get("content-encoding").unwrap_or_default().to_ascii_lowercase();
        for packing in packings.split(',').rev() {
            body = unpack_as(packing.trim(), body, limit, budget)?;
        }
        Ok((body, is_whole))
    }
}

/// The format and the character encoding that a `Content-Type` tells; `None` if it is none of those
/// that are read from web archives.
pub(crate) fn served_format(content_type: &str) -> Option<(Format, Option<String>)> {
    let (media_type, charset) = media_type(content_type);
    let format = match media_type.as_str() {
        "text/html" | "application/xhtml+xml" => Format::Html,
        "text/plain" => Format::Text,
        "application/json" | "text/json" => Format::Json,
        other if other.ends_with("+json") => Format::Json,
        _ => return None,
    };
    Some((format, charset))
}

/// The media type in lower case, and the character encoding, that a `Content-Type` tells.
pub(crate) fn media_type(content_type: &str) -> (String, Option<String>) {
    let (media_type, parameters) = content_type.split_once(';').unwrap_or((content_type, ""));
    let charset = parameters.split(';').find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let value = value.trim().trim_matches(['"', '\'']);
        name.trim().eq_ignore_ascii_case("charset").then(|| value.to_owned())
    });
    (media_type.trim().to_ascii_lowercase(), charset)
}

/// The content of a chunked body (RFC 9112, section 7.1), and whether its last chunk is there; `None`
/// if it does not begin with a chunk.
fn join_chunks(body: &[u8]) -> Option<(Vec<u8>, bool)> {
    let mut content = Vec::new();
    let mut rest = body;
    loop {
        let line = rest.iter().take(1024).position(|&b| b == b'\n');
        let len = line.and_then(|end| {
            let digits = rest[..end].split(|&b| b == b';').next()?.trim_ascii();
            usize::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
        });
        let (Some(end), Some(len)) = (line, len) else {
            return if rest.len() == body.len() { None } else { Some((content, false)) };
        };
        rest = &rest[end + 1..];
        if len == 0 {
            return Some((content, true));
        }
        if len > rest.len() {
            content.extend(rest);
            return Some((content, false));
        }
        content.extend(&rest[..len]);
        rest = &rest[len..];
        rest = rest.strip_prefix(b"\r\n").or(rest.strip_prefix(b"\n")).unwrap_or(rest);
    }
}

/// Undoes one packing. Some archives undo it and leave the field, so the first bytes are asked too.
fn unpack_as(packing: &str, body: Vec<u8>, limit: u64, budget: &Rc<Budget>) -> Result<Vec<u8>, Reason> {
    let from = || Peeked::new(Box::new(body.as_slice()));
    let mut reader: Input<'_> = match packing {
        "gzip" | "x-gzip" if body.starts_with(gzip::MAGIC) => unpacked(Gzip::new(from()), budget.clone()),
        "zstd" if zstd::opens(&body) => {
            unpacked(Zstd::new(from()).map_err(|error| reason_of(&error))?, budget.clone())
        }
        // Servers disagree on whether it has zlib's two bytes in front.
        "deflate" if is_zlib(&body) => unpacked(Checked(ZlibDecoder::new(body.as_slice())), budget.clone()),
        "deflate" => unpacked(Checked(DeflateDecoder::new(body.as_slice())), budget.clone()),
        "br" => {
            let unpacker = brotli_decompressor::Decompressor::new(body.as_slice(), 4096);
            unpacked(Checked(unpacker), budget.clone())
        }
        "" | "identity" | "none" | "gzip" | "x-gzip" | "zstd" => return Ok(body),
        _ => return Err(Reason::Binary("a page packed in a way of its own")),
    };
    let outcome = read_whole(reader.by_ref(), limit);
    drop(reader);
    match outcome {
        // What was no such packing at all is taken as it stands.
        Err(Reason::Damaged(_)) if matches!(packing, "deflate" | "br") && is_text(&body) => Ok(body),
        outcome => outcome,
    }
}

fn is_zlib(body: &[u8]) -> bool {
    matches!(body, [a, b, ..] if a & 0x0f == 8 && (u16::from(*a) << 8 | u16::from(*b)) % 31 == 0)
}

fn is_text(body: &[u8]) -> bool {
    let head = &body[..body.len().min(512)];
    std::str::from_utf8(head).is_ok_and(|head| !head.chars().any(|c| c.is_control() && !c.is_whitespace()))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};

    use super::*;

    fn head(fields: &str) -> Head {
        Head::read(&mut format!("HTTP/1.1 200 OK\r\n{fields}\r\n\r\n").as_bytes()).unwrap()
    }

    fn unpack(fields: &str, body: &[u8]) -> Result<(String, bool), Reason> {
        let unpacked = head(fields).unpack(body.to_vec(), 1000, &Budget::new(10))?;
        Ok((String::from_utf8(unpacked.0).unwrap(), unpacked.1))
    }

    #[test]
    fn heads() {
        let head = head("Content-Type: text/html;\r\n charset=\"koi8-r\"\r\nno field\r\nX-Empty:");
        assert_eq!((head.status, head.fields.get("x-empty")), (200, None));
        let (format, charset) = served_format(head.fields.get("content-type").unwrap()).unwrap();
        assert_eq!((format, charset.as_deref()), (Format::Html, Some("koi8-r")));
        assert_eq!(served_format("image/png"), None);
        assert_eq!(served_format("application/ld+json").unwrap().0, Format::Json);
        let cut = Head::read(&mut b"HTTP/1.1 200 OK\r\nA: b".as_slice()).unwrap_err();
        assert_eq!(cut, Reason::Damaged("cut short in its head".to_owned()));
        assert!(Head::read(&mut b"GET / HTTP/1.1\r\n\r\n".as_slice()).is_err());
        let endless = [b"HTTP/1.1 200 OK\r\nA: ".as_slice(), &vec![b'a'; 100_000]].concat();
        let endless = Head::read(&mut endless.as_slice()).unwrap_err();
        assert_eq!(endless, Reason::Damaged("its head has no end".to_owned()));
    }

    #[test]
    fn chunks() {
        let chunked = "Transfer-Encoding: chunked";
        assert_eq!(
            unpack(chunked, b"5;x=y\r\nIt ra\r\n5\r\nined.\r\n0\r\n\r\n").unwrap(),
            ("It rained.".into(), true)
        );
        assert_eq!(unpack(chunked, b"5\r\nIt ra\r\n9\r\nin").unwrap(), ("It rain".into(), false));
        assert_eq!(unpack(chunked, b"It rained.").unwrap(), ("It rained.".into(), true));
        assert_eq!(unpack("Content-Length: 20", b"It rained.").unwrap(), ("It rained.".into(), false));
        assert!(unpack(chunked, b"ffffffffffffffff\r\nx").is_ok());
    }

    fn write(mut to: impl Write) {
        to.write_all(b"It rained. It rained.").unwrap();
    }

    #[test]
    fn packings() {
        let text = b"It rained. It rained.";
        let (mut gz, mut zl, mut raw) = (Vec::new(), Vec::new(), Vec::new());
        write(GzEncoder::new(&mut gz, Compression::fast()));
        write(ZlibEncoder::new(&mut zl, Compression::fast()));
        write(DeflateEncoder::new(&mut raw, Compression::fast()));
        // Brotli: an uncompressed meta-block of 21 bytes, then the last, empty one (RFC 7932, section 9.2).
        let br = [&[0x40, 0x01, 0x10][..], text, &[0x03]].concat();
        let cases: &[(&str, &[u8])] = &[
            ("gzip", &gz),
            ("deflate", &zl),
            ("deflate", &raw),
            ("br", &br),
            ("gzip", text),
            ("br", text),
            ("identity", text),
        ];
        for (packing, body) in cases {
            let found = unpack(&format!("Content-Encoding: {packing}"), body).unwrap();
            assert_eq!(found.0.as_bytes(), text, "{packing}");
        }
        assert_eq!(
            unpack("Content-Encoding: sdch", text),
            Err(Reason::Binary("a page packed in a way of its own"))
        );
        let cut = unpack("Content-Encoding: gzip", &gz[..12]).unwrap_err();
        assert_eq!(cut, Reason::Damaged("gzip member 1: cut short".to_owned()));
    }
}
