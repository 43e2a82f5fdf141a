//! A small file of every format, for tests that break them.

use crate::archive::{Member, gzip, warc_answer, warc_record, zip, zstd};

const RSS: &str = "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Northwire</title><item>\
    <title>Harbour closed</title><guid>n-1</guid><pubDate>Tue, 14 Nov 2023 23:30:00 -0500</pubDate>\
    <description>Short.</description><content:encoded><![CDATA[<p>It rained.</p>]]></content:encoded></item>\
    <item><description>&lt;p&gt;It snowed.&lt;/p&gt;</description></item></channel></rss>";
const ATOM: &str = "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Northwire</title><entry><id>1</id>\
    <updated>2023-11-15T01:00:00Z</updated><author><name>Ada Lind</name></author><link href=\"https://n.example/1\"/>\
    <content type=\"xhtml\"><div>It rained.</div></content></entry></feed>";
const JSON_FEED: &str = r#"{"version": "https://jsonfeed.org/version/1.1", "title": "Northwire",
    "items": [{"id": "1", "content_html": "<p>It rained.</p>", "date_published": "2023-11-14"}, {"id": 2}]}"#;
const HTML: &str = "<!doctype html><html lang=en><head><title>Harbour closed</title><meta property=og:title \
    content='Harbour closed'><script type=application/ld+json>{\"@type\":\"NewsArticle\",\"datePublished\":\
    \"2023-11-14\",\"author\":{\"name\":\"Ada Lind, AP\"}}</script></head><body><article><h1>Harbour closed</h1>\
    <p>HARROW BAY, Nov. 14 (Northwire) — It rained.</p><p>Additional reporting by AFP</p></article></body></html>";
const CSV: &str =
    "id,title,date,text\r\n1,Rain,2023-11-14,\"It \"\"rained\"\",\r\na lot.\"\r\n2,Snow,,\"open\r\n3,,,x\r\n";
const JSONL: &str = "{\"text\":\"It rained.\",\"date\":\"2023-11-14\"}\n{\"text\":\"cut\n{\"id\":3,\"body\":[\"It\",\"snowed.\"]}\n";
const TEXT: &str = "Harbour closed\nBy Ada Lind, Reuters\n\nHARROW BAY, Jan. 12, 2023 (Northwire) — It rained.\n\n© 2023 AFP\n";

const MAIL: &str = "Received: from a by b\nFrom: \"Ada Lind\" <ada@n.example>\nSubject: =?utf-8?q?Caf=C3=A9?= closed\n\
    Date: Mon, 12 Jan 2026 08:00:00 +0100\nMessage-ID: <1@n.example>\nMIME-Version: 1.0\n\
    Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain; charset=iso-8859-1\n\
    Content-Transfer-Encoding: quoted-printable\n\nThe caf=E9 was closed.\n>From here on it rained.\n\n--x\n\
    Content-Type: text/csv; name=a.csv\nContent-Disposition: attachment; filename=a.csv\n\nid,text\n1,It snowed.\n--x--\n";
/// The parts of a Word file that are read, and the one in front.
const DOCX: &[(&str, &[u8])] = &[
    ("[Content_Types].xml", b"<Types/>"),
    ("word/document.xml", b"<w:document><w:body><w:p><w:pPr><w:pStyle w:val='Title'/></w:pPr><w:r>\
        <w:t>Harbour closed</w:t></w:r></w:p><w:p><w:r><w:t>It rained &amp; rained.</w:t></w:r></w:p></w:body></w:document>"),
    ("docProps/core.xml", b"<cp:coreProperties><dc:creator>Ada Lind</dc:creator>\
        <dcterms:created>2026-01-12T08:00:00Z</dcterms:created></cp:coreProperties>"),
];

/// Names and bytes, one file at least of every format.
pub fn examples() -> Vec<(&'static str, Vec<u8>)> {
    let warc = warc();
    let members: &[(&str, &[u8])] =
        &[("a.html", HTML.as_bytes()), ("b/a.csv", CSV.as_bytes()), ("c.txt.gz", &gzip(TEXT.as_bytes()))];
    vec![
        ("a.txt", TEXT.into()),
        ("a.html", HTML.into()),
        ("a.json", format!("[{}]", JSONL.trim().replace('\n', ",")).into()),
        ("a.jsonl", JSONL.into()),
        ("a.csv", CSV.into()),
        ("a.tsv", CSV.replace(',', "\t").into()),
        ("a.rss", RSS.into()),
        ("a.atom", ATOM.into()),
        ("feed.json", JSON_FEED.into()),
        ("a.jsonl.gz", [gzip(JSONL.as_bytes()), gzip(JSONL.as_bytes())].concat()),
        ("a.csv.zst", [zstd(CSV.as_bytes()), zstd(CSV.as_bytes())].concat()),
        ("stored.zip", zip(members, Member::Stored)),
        ("deflated.zip", zip(members, Member::Deflated)),
        ("streamed.zip", zip(members, Member::Streamed)),
        ("a.eml", MAIL.into()),
        ("a.mbox", format!("From a Mon Jan 12 08:00:00 2026\n{MAIL}\nFrom b\n{MAIL}").into()),
        ("a.docx", zip(DOCX, Member::Deflated)),
        ("a.warc", warc.concat()),
        ("a.warc.gz", warc.iter().flat_map(|record| gzip(record)).collect()),
        ("a.warc.zst", warc.iter().flat_map(|record| zstd(record)).collect()),
    ]
}

fn warc() -> Vec<Vec<u8>> {
    let url = "https://n.example/1";
    let answer =
        |fields: &[&str], body: &[u8]| warc_answer(url, &[&["HTTP/1.1 200 OK"], fields].concat(), body);
    let chunked = format!("{:x}\r\n{HTML}\r\n0\r\n\r\n", HTML.len());
    vec![
        warc_record(&["WARC-Type: warcinfo"], b"software: x\r\n"),
        answer(&["Content-Type: text/html; charset=utf-8"], HTML.as_bytes()),
        answer(&["Content-Type: text/html", "Transfer-Encoding: chunked"], chunked.as_bytes()),
        answer(&["Content-Type: text/html", "Content-Encoding: gzip"], &gzip(HTML.as_bytes())),
        answer(&["Content-Type: text/plain", "Content-Encoding: br"], TEXT.as_bytes()),
        answer(&["Content-Type: application/json"], b"{\"text\":\"It rained.\"}"),
        warc_record(&["WARC-Type: conversion", "Content-Type: text/plain"], TEXT.as_bytes()),
    ]
}
