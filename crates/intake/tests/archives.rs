//! Packed files and archives as their users meet them: what is read, what is refused, what is kept.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use ascribe_intake::{Options, Reason, Refusal, reports};
use ascribe_record::Report;
use ascribe_testkit::archive::{Member, gzip, warc_answer, warc_record, zip, zstd};

const HTML: &[&str] = &["HTTP/1.1 200 OK", "Content-Type: text/html; charset=utf-8"];

fn read_with(path: &str, bytes: &[u8], options: &Options) -> Vec<Result<Report, Refusal>> {
    reports(path, bytes, options).collect()
}

fn read(path: &str, bytes: &[u8]) -> Vec<Result<Report, Refusal>> {
    read_with(path, bytes, &Options::default())
}

fn one(path: &str, bytes: &[u8]) -> Report {
    let mut all = read(path, bytes);
    assert_eq!(all.len(), 1, "{path}: {all:?}");
    all.remove(0).unwrap_or_else(|refusal| panic!("{refusal}"))
}

/// Every outcome as a line: where it is from and the text, or the refusal.
fn outcomes(path: &str, bytes: &[u8]) -> Vec<String> {
    let line = |outcome: Result<Report, Refusal>| match outcome {
        Ok(report) => match report.record {
            Some(record) => format!("{}, {record}: {}", report.path.unwrap(), report.text),
            None => format!("{}: {}", report.path.unwrap(), report.text),
        },
        Err(refusal) => refusal.to_string(),
    };
    read(path, bytes).into_iter().map(line).collect()
}

fn codes(report: &Report) -> Vec<&str> {
    report.notes.iter().map(|note| note.code.as_str()).collect()
}

fn page(text: &str) -> Vec<u8> {
    format!("<html><body><p>{text}</p></body></html>").into_bytes()
}

fn answer(n: usize, text: &str) -> Vec<u8> {
    warc_answer(&format!("https://n.example/{n}"), HTML, &page(text))
}

#[test]
fn what_is_packed_is_read_as_what_it_holds() {
    let lines = b"{\"text\":\"One.\"}\n{\"text\":\"Two.\"}\n";
    let expect = |path: &str| vec![format!("{path}, 1: One."), format!("{path}, 2: Two.")];
    assert_eq!(outcomes("a.jsonl.gz", &gzip(lines)), expect("a.jsonl.gz"));
    assert_eq!(outcomes("a.jsonl.zst", &zstd(lines)), expect("a.jsonl.zst"));
    assert_eq!(outcomes("a", &gzip(&zstd(lines))), expect("a"), "names do not matter");
    let plain = one("2023-11-14.txt", b"It rained.");
    let packed = one("2023-11-14.txt.gz", &gzip(b"It rained."));
    assert_eq!((plain.id, plain.text, plain.published), (packed.id, packed.text, packed.published));
    assert_eq!(outcomes("a.txt.gz", &gzip(b"")), ["a.txt.gz: empty: no bytes"]);
    assert_eq!(outcomes("a.txt.gz", &gzip(b"%PDF-1.7")), ["a.txt.gz: a PDF file, which is not read yet"]);
}

#[test]
fn what_is_cut_is_told_and_the_rest_is_kept() {
    let (one, two) = (gzip(b"{\"text\":\"One.\"}\n"), gzip(b"{\"text\":\"Two.\"}\n"));
    let cut = [&one[..], &two[..two.len() - 3]].concat();
    let expect = [
        "a.jsonl.gz, 1: One.",
        "a.jsonl.gz, 2: Two.",
        "a.jsonl.gz, record 3: damaged: gzip member 2: cut short",
    ];
    assert_eq!(outcomes("a.jsonl.gz", &cut), expect);
    let mut bad = one.clone();
    let at = bad.len() - 7;
    bad[at] ^= 1;
    let expect = [
        "a.jsonl.gz, 1: One.",
        "a.jsonl.gz, record 2: damaged: gzip member 1: corrupt",
        "a.jsonl.gz, 3: Two.",
    ];
    assert_eq!(outcomes("a.jsonl.gz", &[&bad[..], &two].concat()), expect);
    let page = gzip(&page("It rained."));
    let refused = outcomes("a.html.gz", &page[..page.len() - 1]);
    assert_eq!(refused, ["a.html.gz: damaged: gzip member 1: cut short"]);
}

#[test]
fn bombs_are_refused() {
    let zeros = vec![b' '; 40 << 20];
    let over = "unpacks to over 200 times its size, the limit for one file";
    for bomb in [gzip(&zeros), zstd(&zeros)] {
        assert_eq!(outcomes("a.txt.gz", &bomb), [format!("a.txt.gz: {over}")]);
    }
    for how in [Member::Deflated, Member::Streamed] {
        let files: &[(&str, &[u8])] =
            &[("a.txt", b"It rained."), ("b.txt", &zeros), ("c.txt", b"Not reached.")];
        let expect = ["a.zip!a.txt: It rained.".to_owned(), format!("a.zip!b.txt: {over}")];
        assert_eq!(outcomes("a.zip", &zip(files, how)), expect);
    }
    // A page's own packing counts too.
    let head = ["HTTP/1.1 200 OK", "Content-Type: text/html", "Content-Encoding: gzip"];
    let warc = warc_answer("https://n.example/1", &head, &gzip(&zeros));
    assert_eq!(outcomes("a.warc", &warc), [format!("a.warc, record 1: {over}")]);
}

#[test]
fn layers_are_limited() {
    let mut bytes = b"It rained.".to_vec();
    for _ in 0..4 {
        bytes = gzip(&bytes);
    }
    assert_eq!(outcomes("a", &bytes), ["a: It rained."]);
    assert_eq!(outcomes("a", &gzip(&bytes)), ["a: packed over 4 layers deep, the limit"]);
    let mut bytes = zip(&[("a.txt", b"It rained.")], Member::Stored);
    for _ in 0..3 {
        bytes = zip(&[("b.zip", &bytes)], Member::Deflated);
    }
    assert_eq!(outcomes("c", &bytes), ["c!b.zip!b.zip!b.zip!a.txt: It rained."]);
    let bytes = zip(&[("b.zip", &bytes), ("d.txt", b"A lot.")], Member::Deflated);
    let expect = ["c!b.zip!b.zip!b.zip!b.zip: packed over 4 layers deep, the limit", "c!d.txt: A lot."];
    assert_eq!(outcomes("c", &bytes), expect);
}

#[test]
fn members_of_an_archive() {
    let files: &[(&str, &[u8])] = &[
        ("news/", b""),
        ("news/2023-11-14.txt", b"It rained."),
        ("../../etc/\x1b[2Jname.txt", b"A lot."),
        (".hidden", b"x"),
        ("__MACOSX/._a", b"x"),
        ("a.png", b"\x89PNG...."),
        ("a.jsonl", b"{\"text\":\"One.\"}\n{}\n"),
        ("empty.txt", b""),
    ];
    let expect = [
        "a.zip!news/2023-11-14.txt: It rained.",
        "a.zip!../../etc/\u{fffd}[2Jname.txt: A lot.",
        "a.zip!a.png: a PNG picture, which is not read yet",
        "a.zip!a.jsonl, 1: One.",
        "a.zip!a.jsonl, record 2: no text in any of the fields text, body, content, article, maintext",
        "a.zip!empty.txt: empty: no bytes",
    ];
    for how in [Member::Stored, Member::Deflated] {
        assert_eq!(outcomes("a.zip", &zip(files, how)), expect, "{how:?}");
    }
    assert_eq!(outcomes("a.zip", &zip(&files[1..], Member::Streamed)), expect);
    let dates: Vec<_> = read("2022-02-02.zip", &zip(&files[1..3], Member::Stored))
        .into_iter()
        .map(|report| report.unwrap().published.unwrap())
        .collect();
    assert_eq!(dates, ["2023-11-14", "2022-02-02"], "the member's name, then the archive's");
    assert_eq!(
        outcomes("a.zip", &zip(&[], Member::Stored)),
        ["a.zip: nothing to read: an archive without files"]
    );
}

#[test]
fn broken_archives() {
    let files: &[(&str, &[u8])] =
        &[("a.txt", b"It rained."), ("b.txt", b"A lot, and more."), ("c.txt", b"All day.")];
    let read = ["a.zip!a.txt: It rained.", "a.zip!b.txt: A lot, and more.", "a.zip!c.txt: All day."];
    for how in [Member::Stored, Member::Deflated, Member::Streamed] {
        let whole = zip(files, how);
        assert_eq!(outcomes("a.zip", &whole), read);
        let begin =
            |n: usize| whole.windows(4).enumerate().filter(|(_, w)| w == b"PK\x03\x04").nth(n).unwrap().0;
        let mut bad = whole.clone();
        bad[begin(1) + 36] ^= 0x10;
        let found = outcomes("a.zip", &bad);
        assert_eq!(
            (&found[0], &found[found.len() - 1]),
            (&read[0].to_owned(), &read[2].to_owned()),
            "{how:?}"
        );
        assert!(found[1].starts_with("a.zip!b.txt: damaged: "), "{found:?}");
        let cut = outcomes("a.zip", &whole[..begin(2) + 38]);
        assert_eq!(cut[..2], read[..2], "{how:?}");
        assert!(cut[2].starts_with("a.zip!c.txt: damaged: "), "{cut:?}");
        let missing = "a.zip: damaged: the archive is cut short: its directory is missing";
        assert_eq!(cut.last().map(String::as_str), Some(missing));
        let junk = [&whole[..begin(1)], b"junk", &whole[begin(1)..]].concat();
        let told = "a.zip: damaged: 4 bytes between members are none";
        assert_eq!(outcomes("a.zip", &junk), [read[0], told, read[1], read[2]]);
    }
    let mut locked = zip(files, Member::Deflated);
    locked[6] |= 1;
    assert_eq!(outcomes("a.zip", &locked)[0], "a.zip!a.txt: an encrypted file, which is not read yet");
}

#[test]
fn pages_of_a_web_archive() {
    let records = [
        warc_record(&["WARC-Type: warcinfo"], b"software: x\r\n"),
        warc_record(&["WARC-Type: request", "Content-Type: application/http"], b"GET / HTTP/1.1\r\n\r\n"),
        answer(1, "It rained."),
        warc_answer(
            "https://n.example/2",
            &["HTTP/1.1 404 Not Found", "Content-Type: text/html"],
            &page("Gone."),
        ),
        warc_answer("https://n.example/3", &["HTTP/1.1 200 OK", "Content-Type: image/png"], b"\x89PNG"),
        warc_answer(
            "https://n.example/4",
            &["HTTP/1.1 200 OK", "Content-Type: application/json"],
            b"{\"text\":\"Four.\"}",
        ),
        warc_answer(
            "https://n.example/5",
            &["HTTP/1.1 200 OK", "Content-Type: application/json"],
            b"[{\"text\":\"Five.\"},{}]",
        ),
        warc_record(
            &["WARC-Type: conversion", "WARC-Target-URI: https://n.example/6", "Content-Type: text/plain"],
            b"Six.",
        ),
        warc_record(
            &["WARC-Type: resource", "WARC-Target-URI: <https://n.example/7>", "Content-Type: text/html"],
            &page("Seven."),
        ),
        warc_answer("https://n.example/8", &["HTTP/1.1 200 OK", "Content-Type: text/html"], b"%PDF-1.7"),
    ];
    let expect = [
        "w, 3: It rained.",
        "w, 6: Four.",
        "w!7, 1: Five.",
        "w!7, record 2: no text in any of the fields text, body, content, article, maintext",
        "w, 8: Six.",
        "w, 9: Seven.",
        "w, record 10: a PDF file, which is not read yet",
    ];
    assert_eq!(outcomes("w", &records.concat()), expect);
    let packed: Vec<u8> = records.iter().flat_map(|record| gzip(record)).collect();
    assert_eq!(outcomes("w", &packed), expect);
    let packed: Vec<u8> = records.iter().flat_map(|record| zstd(record)).collect();
    assert_eq!(outcomes("w", &packed), expect);
    let report = read("2022-02-02.warc", &records.concat()).remove(0).unwrap();
    assert_eq!(report.url.as_deref(), Some("https://n.example/1"));
    assert_eq!(report.captured_at.as_deref(), Some("2023-11-15T10:00:00Z"));
    assert_eq!((report.published.as_deref(), report.media_type.as_str()), (None, "text/html"));
    assert_eq!(report.id, one("a.html", &page("It rained.")).id, "the page's own bytes");
    let nothing =
        ["w: nothing to read: 2 records, none a page, text or JSON that was served with status 200"];
    assert_eq!(outcomes("w", &records[..2].concat()), nothing);
}

#[test]
fn what_a_server_says_wrongly() {
    let served = |media_type: &str, body: &[u8]| {
        let head = ["HTTP/1.1 200 OK", &format!("Content-Type: {media_type}")];
        one("w", &warc_answer("https://n.example/1", &head, body))
    };
    let report = served("text/plain", b"<!doctype html><p>It rained.</p>");
    assert_eq!((report.text.as_str(), report.media_type.as_str()), ("It rained.", "text/html"));
    assert!(codes(&report).contains(&"media_type_differs"));
    let report = served("text/html", b"{\"text\": \"It rained.\"}");
    assert_eq!((report.text.as_str(), report.media_type.as_str()), ("It rained.", "application/json"));
    let report = served("text/html; charset=koi8-r", b"It rained: \xc4\xc1");
    assert_eq!(report.text, "It rained: да");
    let head = ["HTTP/1.1 200 OK", "Content-Type: text/html", "Transfer-Encoding: chunked"];
    let report = one("w", &warc_answer("https://n.example/1", &head, b"a\r\nIt rained.\r\n9\r\n A l"));
    assert_eq!(report.text, "It rained. A l");
    assert!(codes(&report).contains(&"page_cut_short"));
}

#[test]
fn dates_after_the_capture_are_noted() {
    let dated = |date: &str| {
        let html = format!("<meta name=date content={date}><p>It rained.</p>");
        one("w", &warc_answer("https://n.example/1", HTML, html.as_bytes()))
    };
    for (date, is_noted) in [
        ("2023-11-15", false),
        ("2023-11-16", false),
        ("2023-11-17", true),
        ("2099-01", true),
        ("2023", false),
    ] {
        assert_eq!(codes(&dated(date)).contains(&"published_after_capture"), is_noted, "{date}");
    }
    let options = Options { captured_at: Some("2020-01-01T00:00:00Z".into()), ..Options::default() };
    let report = read_with("2023-11-14.txt", b"It rained.", &options).remove(0).unwrap();
    assert_eq!(
        (codes(&report), &report.captured_at),
        (vec!["published_after_capture"], &options.captured_at)
    );
}

#[test]
fn broken_web_archives() {
    let (one, two, three) = (answer(1, "One."), answer(2, "Two."), answer(3, "Three."));
    let cut = &two[..two.len() - 30];
    let at_end = outcomes("w", &[&one[..], cut].concat());
    assert_eq!(at_end[0], "w, 1: One.");
    assert!(at_end[1].starts_with("w, record 2: damaged: the record is cut short: "), "{at_end:?}");
    let within = outcomes("w", &[&one[..], cut, &three].concat());
    assert!(within[1].starts_with("w, record 2: damaged: the record is cut short: "), "{within:?}");
    assert_eq!(within[2..], ["w, 3: Three."]);
    let junk = outcomes("w", &[&one[..], b"junk\r\n\r\n", &three].concat());
    assert_eq!(junk, ["w, 1: One.", "w: damaged: 8 bytes behind record 1 are no record", "w, 2: Three."]);
    let packed = [gzip(&one), gzip(&two), gzip(&three)];
    let mut bad = packed[1].clone();
    let at = bad.len() / 2;
    bad[at..at + 9].fill(0xff);
    let corrupt = outcomes("w", &[&packed[0][..], &bad, &packed[2]].concat());
    // How much of the damaged record comes out before the damage shows depends on the unpacking library, which
    // the features of a build choose. What does not: the neighbours are read, the member is named, once.
    assert!(corrupt[0] == "w, 1: One." && corrupt.last().unwrap().ends_with(": Three."), "{corrupt:?}");
    let named = corrupt.iter().filter(|line| line.contains("damaged: gzip member 2: corrupt")).count();
    let within = &corrupt[1..corrupt.len() - 1];
    assert!(named == 1 && within.iter().all(|line| line.contains("damaged: ")), "{corrupt:?}");
    let short = outcomes("w", &[&packed[0][..], &packed[2][..packed[2].len() - 12]].concat());
    assert_eq!(short[0], "w, 1: One.");
    assert!(short[1].contains("damaged: gzip member 2: cut short"), "{short:?}");
    let without = b"WARC/1.0\r\nWARC-Type: response\r\n\r\nHTTP/1.1 200 OK\r\n\r\n";
    let unlengthy = outcomes("w", &[&without[..], &one].concat());
    assert_eq!(unlengthy, ["w, record 1: damaged: the record tells no length", "w, 2: One."]);
}

#[test]
fn large_pages_are_passed_over() {
    let options = Options { max_bytes: 400, ..Options::default() };
    let warc = [answer(1, "One."), answer(2, &"Two. ".repeat(500)), answer(3, "Three.")].concat();
    let found: Vec<_> =
        read_with("w", &warc, &options).into_iter().map(|outcome| outcome.map(|r| r.text)).collect();
    assert_eq!(found[1].as_ref().unwrap_err().reason, Reason::TooManyBytes(400));
    assert_eq!((found[0].as_deref(), found[2].as_deref()), (Ok("One."), Ok("Three.")));
    let files: &[(&str, &[u8])] = &[("a.txt", &[b'a'; 500]), ("b.txt", b"It rained.")];
    for how in [Member::Stored, Member::Deflated, Member::Streamed] {
        let found = read_with("a.zip", &zip(files, how), &options);
        assert_eq!(found[0].as_ref().unwrap_err().reason, Reason::TooManyBytes(400));
        assert_eq!(found[1].as_ref().unwrap().text, "It rained.");
    }
}

#[test]
fn what_is_refused_inside_keeps_its_bytes() {
    let (sheet, deep) = (b"\xd0\xcf\x11\xe0 a sheet".as_slice(), gzip(&gzip(b"It rained.")));
    let table = b"id,text\n1,\"open\n2,It rained.\n";
    let files: &[(&str, &[u8])] =
        &[("a.xls", sheet), ("b.gz", &deep), ("c.csv", table), ("d.jsonl", b"{\n"), ("e.html", b"<p></p>")];
    let options = Options { keep_bytes: true, max_depth: 2, ..Options::default() };
    let kept = |bytes: &[u8]| -> Vec<(String, Vec<u8>)> {
        let refused = read_with("a", bytes, &options).into_iter().filter_map(Result::err);
        refused.map(|refusal| (refusal.to_string(), refusal.bytes)).collect()
    };
    let found = kept(&zip(files, Member::Deflated));
    let expect: [&[u8]; 5] = [sheet, &deep, b"1,\"open\n", b"{", b"<p></p>"];
    assert_eq!(found.len(), 5, "{found:?}");
    for ((refusal, bytes), expect) in found.iter().zip(expect) {
        assert_eq!(bytes, expect, "{refusal}");
    }
    let served = |bytes: &[u8]| warc_answer("https://n.example/1", HTML, bytes);
    let found = kept(&[served(b"%PDF-1.7"), served(b"<nav>Home</nav>")].concat());
    assert_eq!(found[0], ("a, record 1: a PDF file, which is not read yet".to_owned(), b"%PDF-1.7".to_vec()));
    assert_eq!(found[1].1, b"<nav>Home</nav>");
    // Nobody asked: nothing is held twice.
    let found = read("a.zip", &zip(files, Member::Deflated));
    assert!(
        found.iter().filter_map(|outcome| outcome.as_ref().err()).all(|refusal| refusal.bytes.is_empty())
    );
}
