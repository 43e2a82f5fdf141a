//! Reports that are sent, and what is told while they are read.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use std::io::{Read, Write};
use std::time::{Duration, Instant};

use common::{Served, served};
use serde_json::{Value, json};

/// The job when it is done.
#[track_caller]
fn done(served: &Served, job: &Value) -> Value {
    let path = format!("/api/v1/intake/{}", job["id"].as_str().unwrap());
    let began = Instant::now();
    loop {
        let job = served.json(&path);
        if job["state"] == "done" || job["state"] == "failed" {
            return job;
        }
        assert!(began.elapsed() < Duration::from_secs(120), "{job}");
        std::thread::sleep(Duration::from_millis(100));
    }
}

#[test]
fn a_text_becomes_a_report() {
    let (_folder, served) = served(1);
    let mut events = served.connect();
    write!(events, "GET /api/v1/events HTTP/1.1\r\nHost: {}\r\n\r\n", served.address).unwrap();
    let mut head = [0; 12];
    events.read_exact(&mut head).unwrap();
    assert_eq!(&head, b"HTTP/1.1 200");
    let text = json!({
        "text": "Ada Lind said that 12 boats had left the harbour at Ostra.\n",
        "title": "<b>Boats</b> \u{202e}leave",
        "outlet": "The Courier",
        "published": "2026-01-12"
    });
    let sent = served.post("/api/v1/intake/text", &text);
    assert_eq!(sent.status, 202, "{sent:?}");
    let job = done(&served, &sent.json());
    assert_eq!((&job["state"], &job["reports"][0]["added"]), (&"done".into(), &"new".into()), "{job}");
    let id = job["reports"][0]["report"].as_str().unwrap();
    let page = served.json(&format!("/api/v1/reports/{id}"));
    assert_eq!(
        (&page["report"]["outlet"], &page["report"]["published"]),
        (&"The Courier".into(), &"2026-01-12".into())
    );
    assert_eq!(page["report"]["title"], text["title"]);
    assert_eq!(page["statements"][0]["speaker"], "Ada Lind");
    assert_eq!(page["figures"][0]["lower"], 12.0);
    let again = done(&served, &served.post("/api/v1/intake/text", &text).json());
    assert_eq!(again["reports"][0]["added"], "seen");
    assert_eq!(served.json("/api/v1/intake")["items"].as_array().unwrap().len(), 2);
    let mut heard = String::new();
    let mut piece = [0; 4096];
    let began = Instant::now();
    while !(heard.contains("event: job") && heard.contains("event: ledger")) {
        assert!(began.elapsed() < Duration::from_secs(60), "{heard}");
        let n = events.read(&mut piece).unwrap();
        assert!(n > 0, "{heard}");
        heard += &String::from_utf8_lossy(&piece[..n]);
    }
}

#[test]
fn files_are_read_and_refused_by_record() {
    let (_folder, served) = served(1);
    let lines =
        "{\"text\": \"Mayor Ada Lind said the gates were open.\", \"date\": \"2026-01-12\"}\nno json\n";
    let sent = served.ask(
        "POST",
        "/api/v1/intake/file?name=..%2Fwire.jsonl&outlet=Northwire",
        &[],
        lines.as_bytes(),
    );
    let job = done(&served, &sent.json());
    assert_eq!(
        (&job["name"], &job["reports"].as_array().unwrap().len().into()),
        (&"wire.jsonl".into(), &json!(1)),
        "{job}"
    );
    assert_eq!(job["refused"][0]["record"], 2);
    let binary =
        served.ask("POST", "/api/v1/intake/file?name=a.bin", &[], &[0_u8, 159, 146, 150].repeat(100));
    let job = done(&served, &binary.json());
    assert_eq!(
        (job["reports"].as_array().unwrap().len(), job["refused"].as_array().unwrap().len()),
        (0, 1),
        "{job}"
    );
    for (path, status) in [("?name=", 400), ("?name=a.txt", 400), ("", 400), ("?name=a&date=soon", 400)] {
        assert_eq!(
            served.ask("POST", &format!("/api/v1/intake/file{path}"), &[], b"").problem().0,
            status,
            "{path}"
        );
    }
    for body in [json!({ "text": " \n" }), json!({ "text": "x", "published": "soon" }), json!({})] {
        assert_eq!(served.post("/api/v1/intake/text", &body).problem().0, 400, "{body}");
    }
    let url = json!({ "url": "https://n.example/" });
    assert_eq!(served.post("/api/v1/intake/url", &url).problem(), (403, "forbidden".into()));
}
