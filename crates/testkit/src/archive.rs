//! Archives, packed files and documents, made for tests: gzip, Zstandard, ZIP, WARC, PDF.

use std::io::{self, Cursor, Read, Write};

use flate2::write::{DeflateEncoder, GzEncoder};
use flate2::{Compression, Crc};

/// One gzip member.
pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).and_then(|()| encoder.finish()).expect("memory takes all")
}

/// One Zstandard frame, with its checksum.
pub fn zstd(bytes: &[u8]) -> Vec<u8> {
    let encoder = zstd::Encoder::new(Vec::new(), 1).and_then(|mut encoder| {
        encoder.include_checksum(true)?;
        encoder.write_all(bytes)?;
        encoder.finish()
    });
    encoder.expect("memory takes all")
}

/// A PDF file of one page with these lines, each at a line's distance; an empty one leaves a gap.
pub fn pdf(lines: &[&str]) -> Vec<u8> {
    let shown: String = lines.iter().map(|line| format!("({line}) Tj T*\n")).collect();
    pdf_of(&format!("BT /F1 12 Tf 14 TL 72 720 Td\n{shown}ET"))
}

/// A PDF file of one page with this content.
pub fn pdf_of(content: &str) -> Vec<u8> {
    let n = content.len();
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> \
         /XObject << /X 7 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {n} >>\nstream\n{content}\nendstream"),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
        "<< /Title (Rain \\(1\\)) /Author (Ada Lind) /CreationDate (D:20260112080000+01'00') >>".to_owned(),
        // A form that shows itself.
        "<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 7 0 R >> >> /Length 5 >>\n\
         stream\n/X Do\nendstream"
            .to_owned(),
    ];
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut table = String::from("0000000000 65535 f \n");
    for (object, number) in objects.iter().zip(1..) {
        table += &format!("{:010} 00000 n \n", file.len());
        file.extend(format!("{number} 0 obj\n{object}\nendobj\n").bytes());
    }
    let at = file.len();
    let n = objects.len() + 1;
    file.extend(
        format!(
            "xref\n0 {n}\n{table}trailer\n<< /Size {n} /Root 1 0 R /Info 6 0 R >>\nstartxref\n{at}\n%%EOF\n"
        )
        .bytes(),
    );
    file
}

/// How the members of a ZIP archive are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Member {
    /// As they are.
    Stored,
    /// Deflated, length and checksum in front.
    Deflated,
    /// Deflated, length and checksum behind, as writers do that cannot go back.
    Streamed,
}

/// A ZIP archive of files: names and contents.
pub fn zip(files: &[(&str, &[u8])], how: Member) -> Vec<u8> {
    let (mut archive, mut directory) = (Vec::new(), Vec::new());
    for (name, content) in files {
        let mut crc = Crc::new();
        crc.update(content);
        let packed = if how == Member::Stored { content.to_vec() } else { deflate(content) };
        let sizes = [crc.sum(), packed.len() as u32, content.len() as u32].map(u32::to_le_bytes).concat();
        let is_streamed = how == Member::Streamed;
        let flags: u16 = if is_streamed { 8 } else { 0 };
        let method: u16 = if how == Member::Stored { 0 } else { 8 };
        let mut head =
            [[20, flags], [method, 0]].concat().into_iter().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        head.extend([0, 0]);
        let lengths = [(name.len() as u16).to_le_bytes(), [0, 0]].concat();
        let offset = (archive.len() as u32).to_le_bytes();
        archive.extend(b"PK\x03\x04");
        archive.extend(&head);
        archive.extend(if is_streamed { &[0; 12][..] } else { &sizes });
        archive.extend(&lengths);
        archive.extend(name.as_bytes());
        archive.extend(&packed);
        if is_streamed {
            archive.extend(b"PK\x07\x08");
            archive.extend(&sizes);
        }
        directory.extend(b"PK\x01\x02\x14\0");
        directory.extend(&head);
        directory.extend(&sizes);
        directory.extend(&lengths);
        directory.extend([0; 10]);
        directory.extend(offset);
        directory.extend(name.as_bytes());
    }
    let n = (files.len() as u16).to_le_bytes();
    let begin = archive.len() as u32;
    archive.extend(&directory);
    archive.extend(b"PK\x05\x06\0\0\0\0");
    archive.extend([n, n].concat());
    archive.extend((directory.len() as u32).to_le_bytes());
    archive.extend(begin.to_le_bytes());
    archive.extend([0, 0]);
    archive
}

fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).and_then(|()| encoder.finish()).expect("memory takes all")
}

/// One record of a web archive; `fields` are lines without their ends, type first.
pub fn warc_record(fields: &[&str], block: &[u8]) -> Vec<u8> {
    let mut record = b"WARC/1.0\r\n".to_vec();
    for field in fields {
        record.extend(field.as_bytes());
        record.extend(b"\r\n");
    }
    record.extend(format!("Content-Length: {}\r\n\r\n", block.len()).as_bytes());
    record.extend(block);
    record.extend(b"\r\n\r\n");
    record
}

/// The record of a server's answer. `head` is its status and fields, without the ends of the lines.
pub fn warc_answer(url: &str, head: &[&str], body: &[u8]) -> Vec<u8> {
    let block = [head.join("\r\n").as_bytes(), b"\r\n\r\n", body].concat();
    let uri = format!("WARC-Target-URI: {url}");
    let kind = "Content-Type: application/http; msgtype=response";
    warc_record(&["WARC-Type: response", &uri, "WARC-Date: 2023-11-15T10:00:00Z", kind], &block)
}

/// A web archive of `n_pages` invented articles of some kilobytes, as it streams: for each a request, an
/// answer and a picture. `pack` packs each record.
pub fn warc(n_pages: usize, pack: fn(&[u8]) -> Vec<u8>) -> impl Read {
    let mut n = 0;
    let mut record = Cursor::new(Vec::new());
    Streamed(move |to: &mut [u8]| {
        while record.position() as usize == record.get_ref().len() && n < n_pages {
            n += 1;
            record = Cursor::new(page_records(n, pack));
        }
        record.read(to)
    })
}

struct Streamed<F>(F);

impl<F: FnMut(&mut [u8]) -> io::Result<usize>> Read for Streamed<F> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        (self.0)(to)
    }
}

fn page_records(n: usize, pack: fn(&[u8]) -> Vec<u8>) -> Vec<u8> {
    let url = format!("https://northwire.example/{n}");
    let request =
        warc_record(&["WARC-Type: request", &format!("WARC-Target-URI: {url}")], b"GET / HTTP/1.1\r\n\r\n");
    let html = ["HTTP/1.1 200 OK", "Content-Type: text/html; charset=utf-8"];
    let picture: Vec<u8> = (0..4000 + n % 1000).map(|at| (at * (n + 7) % 251) as u8).collect();
    let picture = warc_answer(&url, &["HTTP/1.1 200 OK", "Content-Type: image/png"], &picture);
    let page = warc_answer(&url, &html, article(n).as_bytes());
    [pack(&request), pack(&page), pack(&picture)].concat()
}

/// An invented page with what surrounds articles.
fn article(n: usize) -> String {
    let paragraph = |at: usize| {
        let (who, place, count) =
            (["Ada Lind", "Bo Ek", "Cy Holm"][(n + at) % 3], ["Harrow Bay", "Ems"][at % 2], n % 90 + at);
        format!(
            "<p>{who} of {place} said that {count} boats had stayed in the harbour on day {n}, and that nobody \
             knew how long it would rain, as the weather office had not said when the storm was to pass.</p>"
        )
    };
    let paragraphs: String = (1..6 + n % 9).map(paragraph).collect();
    let links = format!("<li><a href=/{n}>Another story about rain</a></li>").repeat(20);
    format!(
        "<!doctype html><html lang=en><head><title>Harbour closed, day {n}</title>\
         <meta property='article:published_time' content='2023-11-{:02}'></head><body><ul>{links}</ul>\
         <article><h1>Harbour closed, day {n}</h1>{paragraphs}</article><footer>Northwire</footer></body></html>",
        n % 14 + 1
    )
}
