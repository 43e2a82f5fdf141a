//! PDF files, which are read by a process of their own.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::process::{Command, Stdio};

use ascribe_testkit::archive::{Member, pdf, pdf_of, zip};
use assert_cmd::cargo::cargo_bin;
use serde_json::Value;
use tempfile::TempDir;

const RAIN: [&str; 3] =
    ["HARROW BAY, Jan. 12, 2023 \\(Northwire\\) - Mayor Ada Lind said", "that the harbour was closed.", ""];

#[test]
fn pdf_files_are_read_and_hostile_ones_refused() {
    let folder = TempDir::new().unwrap();
    let write = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).unwrap();
    write("a-good.pdf", &pdf(&RAIN));
    write("b-cut.pdf", &pdf(&RAIN)[..400]);
    write("c-empty.pdf", &pdf(&[]));
    write("d-circle.pdf", &pdf_of("/X Do"));
    write("e.zip", &zip(&[("in.pdf", &pdf(&RAIN))], Member::Deflated));
    let output = Command::new(cargo_bin("ascribe"))
        .args(["read", ".", "--format", "jsonl"])
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let (out, err) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    assert_eq!(output.status.code(), Some(1), "{err}");
    let reports: Vec<Value> = out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(reports.len(), 2, "{err}");
    for reading in &reports {
        let report = &reading["report"];
        let text = "HARROW BAY, Jan. 12, 2023 (Northwire) - Mayor Ada Lind said that the harbour was closed.";
        assert_eq!((&report["text"], &report["media_type"]), (&text.into(), &"application/pdf".into()));
        assert_eq!((&report["published"], &report["published_from"]), (&"2023-01-12".into(), &"text".into()));
        assert_eq!((&report["title"], &report["byline"]), (&"Rain (1)".into(), &"Ada Lind".into()));
        assert_eq!(reading["statements"][0]["speaker"]["name"], "Ada Lind");
    }
    for told in [
        "b-cut.pdf: damaged: ",
        "c-empty.pdf: nothing to read: a PDF file without text: its pages may be pictures",
        "d-circle.pdf: damaged: it takes too much memory, or is built to bring its reader down",
    ] {
        assert!(err.contains(told), "{told}: {err}");
    }
}
