//! E-mail and Word files as their users meet them: what is read, what is refused, what is kept.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use ascribe_intake::{Options, Reason, Refusal, reports};
use ascribe_record::{PublishedFrom, Report};
use ascribe_testkit::archive::{Member, zip};
use ascribe_testkit::examples;

fn read_with(path: &str, bytes: &[u8], options: &Options) -> Vec<Result<Report, Refusal>> {
    reports(path, bytes, options).collect()
}

fn read(path: &str, bytes: &[u8]) -> Vec<Result<Report, Refusal>> {
    read_with(path, bytes, &Options::default())
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

fn example(name: &str) -> Vec<u8> {
    examples().into_iter().find(|(n, _)| *n == name).unwrap().1
}

#[test]
fn a_message_and_what_is_attached() {
    let mail = example("a.eml");
    let found = read("a.eml", &mail);
    let message = found[0].as_ref().unwrap();
    assert_eq!(message.text, "The café was closed.\n>From here on it rained.");
    assert_eq!(
        (message.title.as_deref(), message.byline.as_deref()),
        (Some("Café closed"), Some("Ada Lind"))
    );
    assert_eq!(
        (message.published.as_deref(), message.published_from),
        (Some("2026-01-12"), Some(PublishedFrom::Metadata))
    );
    assert_eq!(
        (message.record_id.as_deref(), message.media_type.as_str()),
        (Some("1@n.example"), "message/rfc822")
    );
    let attached = found[1].as_ref().unwrap();
    assert_eq!((attached.path.as_deref(), attached.text.as_str()), (Some("a.eml!a.csv"), "It snowed."));
    assert_eq!(found.len(), 2);
    let unnamed: Vec<String> = outcomes("a", &mail);
    assert_eq!(unnamed.len(), 2, "its head tells: {unnamed:?}");
}

#[test]
fn messages_of_other_make() {
    let mail = |rest: &str| {
        format!("From: ada@n.example\r\nMessage-ID: <1>\r\nMIME-Version: 1.0\r\n{rest}").into_bytes()
    };
    let html = mail("Content-Type: text/html; charset=utf-8\r\n\r\n<p>It <b>rain</b>ed.</p><p>A lot.</p>");
    assert_eq!(outcomes("a.eml", &html), ["a.eml: It rained.\n\nA lot."]);
    let both = mail(
        "Content-Type: multipart/alternative; boundary=y\r\n\r\n--y\r\nContent-Type: text/plain\r\n\r\nPlain.\r\n--y\r\n\
         Content-Type: text/html\r\n\r\n<p>Marked up.</p>\r\n--y--\r\n",
    );
    assert_eq!(outcomes("a.eml", &both), ["a.eml: Plain."]);
    let cover = mail(
        "Content-Type: multipart/mixed; boundary=y\r\n\r\n--y\r\nContent-Type: text/plain\r\n\r\n\r\n--y\r\n\
         Content-Type: application/pdf; name=a.bin\r\nContent-Disposition: attachment\r\n\
         Content-Transfer-Encoding: base64\r\n\r\nAAEC\r\n--y\r\n\
         Content-Type: image/png\r\nContent-Disposition: attachment\r\n\r\nx\r\n--y--\r\n",
    );
    assert_eq!(outcomes("a.eml", &cover), ["a.eml!a.bin: binary data, which is not read yet"]);
    assert_eq!(outcomes("a.eml", &mail("\r\n")), ["a.eml: empty: nothing but white space"]);
    assert_eq!(outcomes("a.eml", &mail("\r\nIt rained.")[..64]), ["a.eml: It ra"], "cut short");
}

#[test]
fn messages_in_messages() {
    let mut mail = b"From: a@n.example\nMessage-ID: <0>\nSubject: 0\n\nInnermost.".to_vec();
    for n in 1..=2 {
        let head = format!(
            "From: a@n.example\nMessage-ID: <{n}>\nSubject: {n}\nContent-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n\n\
             Level {n}.\n--b{n}\nContent-Type: message/rfc822\n\n"
        );
        mail = [head.as_bytes(), &mail, format!("\n--b{n}--\n").as_bytes()].concat();
    }
    let found = outcomes("a.eml", &mail);
    assert_eq!(found, ["a.eml: Level 2.", "a.eml!1.eml: Level 1.", "a.eml!1.eml!1.eml: Innermost."]);
    let shallow = Options { max_depth: 1, keep_bytes: true, ..Options::default() };
    let found = read_with("a.eml", &mail, &shallow);
    let refusal = found[1].as_ref().unwrap_err();
    assert_eq!(refusal.reason, Reason::TooNested(1));
    assert!(refusal.bytes.starts_with(b"From: a@n.example\nMessage-ID: <1>"), "its bytes are kept");
    // A million of them are not taken apart: dropping them would need as many frames of the stack.
    let deep = "From: a\nMIME-Version: 1.0\nContent-Type: message/rfc822\n\n".repeat(500_000);
    assert_eq!(outcomes("a.eml", deep.as_bytes()), ["a.eml: packed over 100 layers deep, the limit"]);
    let wide = format!(
        "From: a@n.example\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=y\n\n{}",
        "--y\nContent-Type: multipart/mixed; boundary=y\n\n".repeat(200_000)
    );
    assert_eq!(outcomes("a.eml", wide.as_bytes()).len(), 1);
}

#[test]
fn mailboxes() {
    let found = outcomes("a.mbox", &example("a.mbox"));
    let text = "The café was closed.\nFrom here on it rained.";
    let expect = [
        format!("a.mbox, 1: {text}"),
        "a.mbox!1!a.csv, 1: It snowed.".to_owned(),
        format!("a.mbox, 2: {text}"),
        "a.mbox!2!a.csv, 1: It snowed.".to_owned(),
    ];
    assert_eq!(found, expect, "quoted lines lose their mark");
    assert_eq!(outcomes("a", &example("a.mbox")), expect.map(|line| line.replace("a.mbox", "a")));
    let message = "From: a@n.example\nMessage-ID: <1>\nSubject: x\n\nIt rained.\n";
    let alone = read("a.eml", message.as_bytes()).remove(0).unwrap();
    let boxed = format!("From a\n{message}\nFrom b\n{}\n\nFrom c\n{message}", "x".repeat(2000));
    let options = Options { max_bytes: 1000, ..Options::default() };
    let found = read_with("a.mbox", boxed.as_bytes(), &options);
    assert_eq!(found[0].as_ref().unwrap().id, alone.id, "the message's own bytes");
    assert_eq!(found[1].as_ref().unwrap_err().reason, Reason::TooManyBytes(1000));
    assert_eq!((found[2].as_ref().unwrap().record, found.len()), (Some(3), 3));
    assert_eq!(outcomes("a.mbox", b"\n\n"), ["a.mbox: empty: nothing but white space"]);
}

#[test]
fn a_word_file() {
    let docx = example("a.docx");
    let report = read("a.docx", &docx).remove(0).unwrap();
    assert_eq!(report.text, "Harbour closed\n\nIt rained & rained.");
    assert_eq!(
        (report.title.as_deref(), report.byline.as_deref()),
        (Some("Harbour closed"), Some("Ada Lind"))
    );
    assert_eq!(
        (report.published.as_deref(), report.published_from),
        (Some("2026-01-12"), Some(PublishedFrom::Metadata))
    );
    assert_eq!(outcomes("a", &docx).len(), 1, "its first member tells");
    // What the text says counts before what the file says of itself.
    let dated = |text: &str| {
        let xml =
            format!("<w:document><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>");
        let core =
            b"<cp:coreProperties><dcterms:created>2026-01-12T08:00:00Z</dcterms:created></cp:coreProperties>";
        let parts: &[(&str, &[u8])] = &[("word/document.xml", xml.as_bytes()), ("docProps/core.xml", core)];
        read("2024-05-05.docx", &zip(parts, Member::Streamed)).remove(0).unwrap()
    };
    let report = dated("HARROW BAY, Jan. 12, 2023 (Northwire) — It rained.");
    assert_eq!(
        (report.published.as_deref(), report.published_from),
        (Some("2023-01-12"), Some(PublishedFrom::Text))
    );
    let report = dated("It rained.");
    assert_eq!(
        (report.published.as_deref(), report.published_from),
        (Some("2024-05-05"), Some(PublishedFrom::File))
    );
}

#[test]
fn word_files_that_are_refused() {
    let parts = |text: &[u8]| {
        zip(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", text)], Member::Deflated)
    };
    assert_eq!(outcomes("a.docx", &parts(b"<w:document/>")), ["a.docx: empty: nothing but white space"]);
    let sheet = zip(&[("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", b"<x/>")], Member::Deflated);
    assert_eq!(
        outcomes("a.xlsx", &sheet),
        ["a.xlsx: an Office file without text of Word, which is not read yet"]
    );
    let whole = example("a.docx");
    for n in [40, 120, whole.len() / 2] {
        let cut = outcomes("a.docx", &whole[..n]);
        assert_eq!(cut.len(), 1);
        assert!(cut[0].starts_with("a.docx: damaged: "), "{cut:?}");
    }
    let mut bad = whole.clone();
    let at = bad.windows(17).position(|w| w == b"word/document.xml").unwrap() + 30;
    bad[at] ^= 0x10;
    assert!(outcomes("a.docx", &bad)[0].starts_with("a.docx: damaged: "), "{:?}", outcomes("a.docx", &bad));
    let bomb = parts(&vec![b' '; 80 << 20]);
    assert_eq!(outcomes("a.docx", &bomb).len(), 1);
    assert!(outcomes("a.docx", &bomb)[0].contains("limit"), "{:?}", outcomes("a.docx", &bomb));
    let long = Options { max_text: 10, ..Options::default() };
    assert_eq!(read_with("a.docx", &whole, &long)[0].as_ref().unwrap_err().reason, Reason::TooLong(10));
}
