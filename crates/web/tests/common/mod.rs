//! A server over a ledger of invented reports, and a client that says exactly what it is told.
#![allow(clippy::unwrap_used, dead_code, reason = "each test uses a part, and fails by panicking")]

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::time::Duration;

use ascribe_ledger::{Entry, Hash, Incoming, Ledger, Sighting};
use ascribe_testkit::invented;
use ascribe_web::{Config, Intake, Server};
use serde_json::Value;

/// A server that lives as long as the test's process.
pub(crate) struct Served {
    pub(crate) address: SocketAddr,
    /// Sent with every request.
    pub(crate) cookie: Option<String>,
}

/// What was answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// In lower case, but for the values.
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Answer {
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }

    /// The problem's code, and that it is a whole problem.
    #[track_caller]
    pub(crate) fn problem(&self) -> (u16, String) {
        assert_eq!(self.header("content-type"), Some("application/problem+json"), "{self:?}");
        let problem = self.json();
        assert_eq!(problem["status"], self.status);
        assert!(problem["detail"].as_str().is_some_and(|detail| detail.ends_with('.')), "{problem}");
        (self.status, problem["code"].as_str().unwrap().to_owned())
    }
}

/// A ledger of `n` invented reports.
pub(crate) fn fill(path: &Path, n: u64) {
    let mut ledger = Ledger::open(path).unwrap();
    let entries = (0..n).map(|n| {
        let mut report = invented(n);
        report.reading.report.id = Hash::of(&report.bytes).to_string();
        let at = Sighting { path: format!("{n}.txt"), record: None, obtained: "2026-01-12T08:00:00Z".into() };
        Incoming::Read(Box::new(Entry::of(&report.bytes, &report.reading, "invented 1", at).unwrap()))
    });
    ledger.add(&entries.collect::<Vec<_>>()).unwrap();
}

/// A server without login, over `n` reports.
pub(crate) fn served(n: u64) -> (tempfile::TempDir, Served) {
    let folder = tempfile::tempdir().unwrap();
    let ledger = folder.path().join("news.db");
    fill(&ledger, n);
    let intake = Intake { options: ascribe::Options::default(), fetch: None, first: Vec::new() };
    let served = start(Config { ledger, users: None, intake: Some(intake) });
    (folder, served)
}

pub(crate) fn start(config: Config) -> Served {
    let server = Server::open(config, "127.0.0.1:0".parse().unwrap()).unwrap();
    let address = server.address().unwrap();
    std::thread::spawn(move || server.run());
    Served { address, cookie: None }
}

impl Served {
    #[track_caller]
    pub(crate) fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[], b"")
    }

    /// The JSON of an answer that must be there.
    #[track_caller]
    pub(crate) fn json(&self, path: &str) -> Value {
        let answer = self.get(path);
        assert_eq!(answer.status, 200, "{path}: {answer:?}");
        answer.json()
    }

    #[track_caller]
    pub(crate) fn post(&self, path: &str, body: &Value) -> Answer {
        self.ask("POST", path, &["Content-Type: application/json"], body.to_string().as_bytes())
    }

    #[track_caller]
    pub(crate) fn ask(&self, method: &str, path: &str, headers: &[&str], body: &[u8]) -> Answer {
        let mut head = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\n");
        if !headers.iter().any(|header| header.starts_with("Host:")) {
            head += &format!("Host: {}\r\n", self.address);
        }
        if let Some(cookie) = &self.cookie {
            head += &format!("Cookie: {cookie}\r\n");
        }
        for header in headers {
            head += &format!("{header}\r\n");
        }
        head += &format!("Content-Length: {}\r\n\r\n", body.len());
        let mut stream = self.connect();
        stream.write_all(head.as_bytes()).unwrap();
        // The server may answer and close before it has read all.
        let _ = stream.write_all(body);
        answer(&mut stream)
    }

    /// Says who decides, or logs in; whether it was taken.
    pub(crate) fn log_in(&mut self, body: &Value) -> Answer {
        let answer = self.post("/api/v1/session", body);
        if let Some(cookie) = answer.header("set-cookie") {
            self.cookie = cookie.split(';').next().map(str::to_owned);
        }
        answer
    }

    pub(crate) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        stream
    }
}

/// What comes until the connection is closed.
pub(crate) fn answer(stream: &mut TcpStream) -> Answer {
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes);
    let text = String::from_utf8_lossy(&bytes);
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
    let lines = head.lines().map(|line| match line.split_once(':') {
        Some((name, value)) => format!("{}:{value}\n", name.to_lowercase()),
        None => format!("{line}\n"),
    });
    let head: String = lines.collect();
    let is_chunked = head.contains("transfer-encoding: chunked");
    let body = if is_chunked { unchunked(body) } else { body.to_owned() };
    Answer { status, head, body }
}

/// A body that came in pieces.
fn unchunked(body: &str) -> String {
    let (mut rest, mut whole) = (body.as_bytes(), Vec::new());
    while let Some(end) = rest.windows(2).position(|pair| pair == b"\r\n") {
        let size =
            std::str::from_utf8(&rest[..end]).ok().and_then(|size| usize::from_str_radix(size, 16).ok());
        let Some(size) = size.filter(|size| *size > 0 && end + 2 + size <= rest.len()) else { break };
        whole.extend_from_slice(&rest[end + 2..end + 2 + size]);
        rest = rest.get(end + 4 + size..).unwrap_or_default();
    }
    String::from_utf8(whole).unwrap()
}
