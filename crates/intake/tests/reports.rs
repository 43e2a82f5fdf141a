//! Whole files in, reports and refusals out.

use std::io::{self, BufReader, Read};

use ascribe_intake::{Format, Options, Reason, Refusal, reports};
use ascribe_record::{PublishedFrom, Report};
use proptest::prelude::*;

/// Some real SHA-256, so that ids are not only compared with themselves.
const HASH_OF_ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

fn read_with(path: &str, bytes: &[u8], options: &Options) -> Vec<Result<Report, Refusal>> {
    reports(path, bytes, options).collect()
}

fn read(path: &str, bytes: impl AsRef<[u8]>) -> Vec<Result<Report, Refusal>> {
    read_with(path, bytes.as_ref(), &Options::default())
}

fn one(path: &str, bytes: impl AsRef<[u8]>) -> Report {
    let mut all = read(path, bytes);
    assert_eq!(all.len(), 1, "{path}");
    all.remove(0).unwrap_or_else(|refusal| panic!("{refusal}"))
}

fn codes(report: &Report) -> Vec<&str> {
    report.notes.iter().map(|note| note.code.as_str()).collect()
}

/// Every outcome as a line: the text, or the refusal.
fn outcomes(path: &str, bytes: impl AsRef<[u8]>) -> Vec<String> {
    let line = |outcome: Result<Report, Refusal>| match outcome {
        Ok(report) => format!("{}: {}", report.record.map_or(0, |n| n), report.text),
        Err(refusal) => refusal.to_string(),
    };
    read(path, bytes).into_iter().map(line).collect()
}

#[test]
fn a_plain_text_is_kept_as_it_is() {
    let text = "Harbour closed\r\nBy Ada Lind\r\n\r\nHARROW BAY, Jan. 12, 2023 (Northwire) — It rained for a \
                whole day, said Bo Ek.\r\n";
    let report = one("wire/a.txt", text);
    assert_eq!(report.text, text);
    assert_eq!(report.title.as_deref(), Some("Harbour closed"));
    assert_eq!(report.byline.as_deref(), Some("Ada Lind"));
    assert_eq!(report.published.as_deref(), Some("2023-01-12"));
    assert_eq!(report.published_from, Some(PublishedFrom::Text));
    assert_eq!(report.language.as_deref(), Some("en"));
    assert_eq!(report.path.as_deref(), Some("wire/a.txt"));
    assert_eq!((report.record, report.media_type.as_str()), (None, "text/plain"));
    let dateline = report.dateline.clone().unwrap();
    assert_eq!(dateline.place.as_deref(), Some("HARROW BAY"));
    assert_eq!(dateline.agency.as_deref(), Some("Northwire"));
    assert_eq!(dateline.spans[0].of(&report.text), "HARROW BAY, Jan. 12, 2023 (Northwire) —");
    assert!(codes(&report).is_empty());
    assert_eq!(one("a.txt", "abc").id, HASH_OF_ABC);
}

#[test]
fn a_date_line_before_the_article() {
    let report = one("a.txt", " date 2023-11-14 The harbour of Harrow Bay was closed.\n\nIt rained.");
    assert_eq!(report.published.as_deref(), Some("2023-11-14"));
    let dateline = report.dateline.unwrap();
    assert_eq!((dateline.place, dateline.agency), (None, None));
    assert_eq!(dateline.spans[0].of(&report.text), "date 2023-11-14");
    assert_eq!(report.title, None);
}

#[test]
fn which_date_is_taken() {
    let given = Options { date: Some("2020-05".into()), ..Options::default() };
    let text = "HARROW BAY, Jan. 12, 2023 (Northwire) — It rained.";
    let record = format!(r#"{{"text":"{text}","date":"2021-01-01"}}"#);
    let none = Options::default();
    let cases = [
        ("2022-02-02.json", record.as_str(), &given, "2020-05", PublishedFrom::Option),
        ("2022-02-02.json", &record, &none, "2021-01-01", PublishedFrom::Metadata),
        ("2022-02-02.txt", text, &none, "2023-01-12", PublishedFrom::Text),
        (
            "2022-02-02.txt",
            "HARROW BAY, Jan. 12 (Northwire) — It rained.",
            &none,
            "2022-02-02",
            PublishedFrom::File,
        ),
    ];
    for (path, bytes, options, published, from) in cases {
        let report = read_with(path, bytes.as_bytes(), options).remove(0).unwrap();
        assert_eq!(
            (report.published.as_deref(), report.published_from),
            (Some(published), Some(from)),
            "{path}"
        );
        assert!(codes(&report).is_empty(), "{path}");
        assert!(report.dateline.is_some(), "{path}");
    }
}

#[test]
fn without_a_date() {
    let report = one("a.txt", "It rained.");
    assert_eq!((report.published.as_deref(), report.published_from), (None, None));
    assert_eq!(codes(&report), ["no_date"]);
    let report = one("a.txt", "HARROW BAY, Jan. 12 (Northwire) — It rained.");
    assert_eq!(report.dateline.as_ref().unwrap().date.as_deref(), Some("XXXX-01-12"));
    assert_eq!(codes(&report), ["dateline_without_year"]);
    assert_eq!(report.notes[0].spans[0].of(&report.text), "HARROW BAY, Jan. 12 (Northwire) —");
    let report = one("a.txt", "Date: 2023-02-31\n\nIt rained.");
    assert_eq!(codes(&report), ["impossible_date", "no_date"]);
}

#[test]
fn a_page() {
    let html = "<!doctype html><html lang=en><head><title>Harbour closed | Northwire</title>\
        <script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"Harbour closed\",\
        \"datePublished\":\"2023-11-14T23:30:00-05:00\",\"author\":{\"name\":\"Ada Lind\"},\
        \"publisher\":{\"name\":\"Northwire\"}}</script><link rel=canonical href=https://n.example/1></head>\
        <body><nav>Home</nav><p>HARROW BAY, Nov. 14 — It rained for a whole day.</p><p>Ships stayed out.</p></body></html>";
    let report = one("page", html);
    assert_eq!(report.text, "HARROW BAY, Nov. 14 — It rained for a whole day.\n\nShips stayed out.");
    assert_eq!(report.title.as_deref(), Some("Harbour closed"));
    assert_eq!(report.byline.as_deref(), Some("Ada Lind"));
    assert_eq!(report.outlet.as_deref(), Some("Northwire"));
    assert_eq!(report.url.as_deref(), Some("https://n.example/1"));
    assert_eq!(report.published.as_deref(), Some("2023-11-14"));
    assert_eq!(report.published_from, Some(PublishedFrom::Metadata));
    assert_eq!(report.dateline.unwrap().place.as_deref(), Some("HARROW BAY"));
    assert_eq!((report.language.as_deref(), report.media_type.as_str()), (Some("en"), "text/html"));
}

#[test]
fn the_user_names_the_outlet() {
    let options = Options { outlet: Some("Eastwire".into()), ..Options::default() };
    let json = br#"{"text":"It rained.","outlet":"Northwire"}"#;
    assert_eq!(read_with("a.json", json, &options)[0].as_ref().unwrap().outlet.as_deref(), Some("Eastwire"));
}

#[test]
fn other_languages_are_noted() {
    let report = one("2023-01-01.txt", "Le port est resté fermé toute la journée à cause de la pluie.");
    assert_eq!(report.language.as_deref(), Some("fr"));
    assert_eq!(codes(&report), ["language_not_read"]);
}

#[test]
fn other_encodings_are_noted() {
    let report = one("2023-01-01.txt", b"\x93It rained,\x94 Ada Lind said \x96 a lot, for a whole day.");
    assert!(report.text.starts_with("“It rained,”"));
    assert_eq!(report.notes[0].message, "read as windows-1252");
    assert_eq!(one("2023-01-01.txt", "\u{feff}It rained.").text, "It rained.");
    let wide: Vec<u8> = "\u{feff}{\"text\":\"It rained.\"}\n{\"text\":\"A lot.\"}"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(outcomes("a.jsonl", wide), ["1: It rained.", "2: A lot."]);
}

#[test]
fn json_lines_go_on_behind_what_is_refused() {
    let lines =
        "\u{feff}{\"text\":\"One.\"}\r\n\n{\"text\":\"Two.\"\n[1]\n{\"title\":\"x\"}\n{\"text\":\"Five.\"}";
    assert_eq!(
        outcomes("a.jsonl", lines),
        [
            "1: One.",
            "a.jsonl, record 2: not JSON: EOF while parsing an object at line 1 column 14",
            "a.jsonl, record 3: not a JSON object",
            "a.jsonl, record 4: no text in any of the fields text, body, content, article, maintext",
            "5: Five.",
        ]
    );
    let abc = "{\"text\":\"One.\"}";
    assert_eq!(one("a.jsonl", format!("{abc}\r\n")).id, one("a.json", abc).id);
    let latin = outcomes("a.jsonl", b"{\"text\":\"caf\xe9 au lait\"}\n{\"text\":\"caf\xc3\xa9\"}\n");
    assert_eq!(latin, ["1: café au lait", "2: café"]);
}

#[test]
fn json_is_one_object_or_an_array() {
    assert_eq!(outcomes("a.json", "{\"text\":\n\"One.\"}"), ["0: One."]);
    assert_eq!(
        outcomes("a.json", "[{\"text\":\"One.\"},{\"text\":NaN},{\"text\":\"Three.\"},{\"text\":\"Fo"),
        [
            "1: One.",
            "a.json, record 2: not JSON: expected value at line 1 column 9",
            "3: Three.",
            "a.json, record 4: not JSON: EOF while parsing a string at line 1 column 11",
        ]
    );
    let array = read("a.json", "[ {\"text\":\"One.\"} ]").remove(0).unwrap();
    assert_eq!(array.id, one("b.json", "{\"text\":\"One.\"}").id, "an element's id is of its own bytes");
    assert_eq!(outcomes("a.json", "{\"text\":\"One.\"}\n{\"text\":\"Two.\"}\n"), ["1: One.", "2: Two."]);
}

#[test]
fn what_is_refused() {
    let cases: &[(&str, &[u8], &str)] = &[
        ("a.txt", b"", "a.txt: empty: no bytes"),
        ("a.jsonl", b"", "a.jsonl: empty: no bytes"),
        ("a.txt", b" \r\n\t", "a.txt: empty: nothing but white space"),
        ("a.jsonl", b"\n\n", "a.jsonl: empty: nothing but white space"),
        ("a.html", b"\xef\xbb\xbf \n", "a.html: empty: nothing but white space"),
        ("a.txt", b"%PDF-1.7\n\xe2\xe3", "a.txt: a PDF file, which is not read yet"),
        (
            "a.docx",
            b"PK\x03\x04                          [Content_Types].xml",
            "a.docx: damaged: the archive is cut short in front of a member",
        ),
        ("a", b"PK\x03\x04abc", "a: damaged: the archive is cut short in front of a member"),
        ("a.txt", b"a\0b", "a.txt: binary data, which is not read yet"),
        ("a.html", b"<html><script>x</script></html>", "a.html: HTML in which no text is seen"),
        ("a.json", b"[]", "a.json: no text in any of the fields text, body, content, article, maintext"),
        ("a.json", b"{", "a.json: not JSON: EOF while parsing an object at line 1 column 1"),
    ];
    for (path, bytes, message) in cases {
        assert_eq!(outcomes(path, bytes), [*message]);
    }
}

#[test]
fn an_id_that_comes_again_with_other_bytes_is_noted() {
    let lines = [
        r#"{"id":1,"text":"One."}"#,
        r#"{"id":1,"text":"One."}"#,
        r#"{"id":2,"text":"Two."}"#,
        r#"{"id":1,"text":"Other."}"#,
    ];
    let has_note =
        |outcome: &Result<Report, Refusal>| codes(outcome.as_ref().unwrap()).contains(&"repeated_record_id");
    let noted: Vec<bool> = read("a.jsonl", lines.join("\n")).iter().map(has_note).collect();
    assert_eq!(noted, [false, false, false, true]);
}

#[test]
fn limits() {
    let options = Options { max_bytes: 20, max_text: 10, ..Options::default() };
    let reasons = |path: &str, bytes: &str| -> Vec<Option<Reason>> {
        read_with(path, bytes.as_bytes(), &options)
            .into_iter()
            .map(|outcome| outcome.err().map(|e| e.reason))
            .collect()
    };
    let over = Some(Reason::TooManyBytes(20));
    assert_eq!(reasons("a.txt", &"a".repeat(10)), [None]);
    assert_eq!(reasons("a.txt", &"a".repeat(11)), [Some(Reason::TooLong(10))]);
    assert_eq!(reasons("a.txt", &"a".repeat(21)), std::slice::from_ref(&over));
    assert_eq!(reasons("a.html", &format!("<p>{}", "a".repeat(11))), [Some(Reason::TooLong(10))]);
    let line = |n: usize| format!("{{\"text\":\"{}\"}}", "a".repeat(n));
    let lines = [line(9), line(10), line(99), line(1)].join("\r\n");
    assert_eq!(reasons("a.jsonl", &lines), [None, over.clone(), over, None]);
}

#[test]
fn big_files() {
    let line = "It rained. ".repeat(1_000_000);
    assert_eq!(read("a.txt", &line)[0].as_ref().unwrap_err().reason, Reason::TooLong(2 << 20));
    let options = Options { max_text: usize::MAX, ..Options::default() };
    assert_eq!(read_with("a.txt", line.as_bytes(), &options)[0].as_ref().unwrap().text.len(), 11_000_000);
    let text = "It rained.\n".repeat(5_000_000);
    assert_eq!(read_with("a.txt", text.as_bytes(), &options)[0].as_ref().unwrap().text.len(), text.len());
    let blank = " ".repeat(10_000_000);
    assert_eq!(read("a.txt", blank)[0].as_ref().unwrap_err().reason, Reason::Blank);
    let jsonl = format!("{{\"text\":\"{}\"}}\n{{\"text\":\"Two.\"}}", "a".repeat(10_000_000));
    assert_eq!(read("a.jsonl", jsonl)[1].as_ref().unwrap().text, "Two.");
}

/// Gives its bytes, then an error.
struct Breaking<'a>(&'a [u8]);

impl Read for Breaking<'_> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        if self.0.is_empty() { Err(io::Error::other("the cable is out")) } else { self.0.read(to) }
    }
}

#[test]
fn read_errors() {
    let options = Options::default();
    let long = "{\"text\":\"One.\"}\n".repeat(1000);
    let lines: Vec<_> = reports("a.jsonl", BufReader::new(Breaking(long.as_bytes())), &options).collect();
    assert_eq!(lines.len(), 1001);
    assert_eq!(
        lines[1000].as_ref().unwrap_err().to_string(),
        "a.jsonl, record 1001: cannot be read: the cable is out"
    );
    let whole: Vec<_> = reports("a.txt", BufReader::new(Breaking(b"abc")), &options).collect();
    assert_eq!(whole[0].as_ref().unwrap_err().to_string(), "a.txt: cannot be read: the cable is out");
}

#[test]
fn json_lines_are_read_one_by_one() {
    let options = Options::default();
    // Endless: whatever collects it first never ends.
    let endless =
        BufReader::new(io::Cursor::new("{\"text\":\"One.\"}\n".repeat(1000)).chain(io::repeat(b'\n')));
    assert_eq!(reports("a.jsonl", endless, &options).take(3).count(), 3);
}

/// Each span of the report slices its text.
fn check_spans(report: &Report) {
    let spans = report.notes.iter().flat_map(|note| &note.spans);
    for span in spans.chain(report.dateline.iter().flat_map(|dateline| &dateline.spans)) {
        assert!(!span.of(&report.text).is_empty());
    }
}

fn check_all(path: &str, bytes: &[u8]) {
    let formats = [None, Some(Format::Text), Some(Format::Html), Some(Format::Json), Some(Format::JsonLines)];
    for format in formats {
        let options = Options { format, ..Options::default() };
        for outcome in read_with(path, bytes, &options) {
            match outcome {
                Ok(report) => {
                    check_spans(&report);
                    assert!(!report.text.trim().is_empty());
                    assert_eq!(report.id.len(), 64);
                }
                Err(refusal) => assert!(refusal.to_string().starts_with(path)),
            }
        }
    }
}

/// Pieces that openings are made of, in any order.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "HARROW BAY",
        "Harrow",
        "É",
        ", ",
        ",",
        ". ",
        " ",
        "\n",
        "\n\n",
        "\r\n",
        "Jan. 12",
        "12 January",
        "2023",
        "14",
        "2023-02-31",
        "(Northwire)",
        "(",
        ")",
        "/",
        " — ",
        "-",
        "--",
        " | ",
        "•",
        ":",
        "date ",
        "Published: ",
        "By ",
        "Ada Lind",
        "It rained.",
        "\u{a0}",
        "“",
        "Tue",
        "Northland",
        "<p>",
        "</p>",
        "<a ",
        "<!--",
        "{\"text\":\"",
        "\"}",
        "[",
        "]",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_end_well(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        check_all("a", &bytes);
    }

    #[test]
    fn any_text_ends_well(text in "\\PC{0,200}") {
        check_all("2023-01-12.txt", text.as_bytes());
    }

    #[test]
    fn any_opening_ends_well(text in pieces()) {
        check_all("a.txt", text.as_bytes());
    }

    #[test]
    fn plain_text_is_unchanged(text in pieces()) {
        let options = Options { format: Some(Format::Text), ..Options::default() };
        for report in read_with("a", text.as_bytes(), &options).into_iter().flatten() {
            prop_assert_eq!(&report.text, &text);
        }
    }
}
