//! Reading again what a ledger holds, without the files that it came from.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use ascribe_ledger::{Entry, Filter, Hash, Incoming, Ledger, Listing, Sighting, Verdict};
use assert_cmd::cargo::cargo_bin;
use serde_json::{Value, json};
use tempfile::TempDir;

const TEXT: &str = "Mayor Ada Lind said the harbour would stay closed. At least 12 people were injured.\n";

/// Status, output and messages of a command run in `folder`.
fn run(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(cargo_bin("ascribe"));
    command.args(arguments).current_dir(folder).env("ASCRIBE_LEDGER", "ledger.db").stdin(Stdio::null());
    let output = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn ids(ledger: &Ledger) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let text = |value: &ascribe_ledger::Value| match value {
        ascribe_ledger::Value::Text(text) => text.clone(),
        _ => String::new(),
    };
    ledger
        .list(Listing::Statements, &Filter::default(), &mut |row| {
            let column = |name: &str| text(&row.iter().find(|(column, _)| *column == name).unwrap().1);
            found.push((column("id"), column("content")));
            true
        })
        .unwrap();
    found
}

#[test]
fn what_an_older_model_read_is_read_again_from_the_ledger() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("storm.txt"), TEXT).unwrap();
    let (status, line, err) = run(folder.path(), &["read", "storm.txt", "-f", "jsonl"]);
    assert_eq!(status, 0, "{err}");
    let mut old: Value = serde_json::from_str(&line).unwrap();
    // The older model saw no figures, could not read something, and took "12 people" for a statement.
    let mut wrong = old["statements"][0].clone();
    let begin = TEXT.find("12 people").unwrap();
    wrong["id"] = json!("s9");
    wrong["content"] = json!({"text": "12 people", "spans": [[begin, begin + 9]]});
    old["statements"].as_array_mut().unwrap().push(wrong);
    old["figures"] = json!([]);
    old["notes"]
        .as_array_mut()
        .unwrap()
        .push(json!({"code": "not_read", "message": "too long", "spans": []}));

    let path = folder.path().join("ledger.db");
    let sighting =
        Sighting { path: "storm.txt".into(), record: None, obtained: "2026-01-12T08:00:00Z".into() };
    let entry = Entry::of_json(TEXT.as_bytes(), &old.to_string(), "old 1", sighting).unwrap();
    let mut ledger = Ledger::open(&path).unwrap();
    ledger.add(&[Incoming::Read(Box::new(entry))]).unwrap();
    let before = ids(&ledger);
    assert_eq!(before.len(), 2);
    let of = |content: &str| &before.iter().find(|(_, found)| found == content).unwrap().0;
    let kept = before.iter().find(|(_, content)| content != "12 people").unwrap();
    let set = Verdict::Set("role".into(), "harbour master".into());
    ledger.decide(&kept.0, &set, "Ida Lind", "2026-01-13", None).unwrap();
    ledger.decide(of("12 people"), &Verdict::Accept, "Ida Lind", "2026-01-13", None).unwrap();
    drop(ledger);

    fs::remove_file(folder.path().join("storm.txt")).unwrap();
    assert_eq!(run(folder.path(), &["reread"]).0, 2, "which reports must be said");
    assert_eq!(run(folder.path(), &["reread", "--all", "--pending"]).0, 2);
    let (status, _, err) = run(folder.path(), &["reread", "--pending"]);
    assert!(status == 0 && err.contains("0 new, 0 seen, 0 refused"), "{err}");
    let (status, _, err) = run(folder.path(), &["reread", "--all"]);
    assert!(status == 0 && err.contains("1 read again"), "{err}");
    assert!(err.contains("no longer fits what is read: 1 decision;"), "{err}");

    let (_, out, _) = run(folder.path(), &["statements"]);
    let lines: Vec<Value> = out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 1, "{out}");
    assert_eq!((&lines[0]["role"], &lines[0]["status"]), (&json!("harbour master"), &json!("corrected")));
    assert_eq!(lines[0]["id"], json!(kept.0));
    let (_, log, _) = run(folder.path(), &["review", "--log"]);
    let states: Vec<Value> =
        log.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["state"].clone()).collect();
    assert_eq!(states, ["holds", "orphaned"]);
    assert_eq!(run(folder.path(), &["figures"]).1.lines().count(), 1);

    // It is as if this model had read the file: all but what stands beside it of the older one.
    let ledger = Ledger::open_read_only(&path).unwrap();
    let mut readings = Vec::new();
    ledger
        .readings(|model, json| {
            readings.push((model.to_owned(), json.to_owned()));
            Ok::<_, ascribe_ledger::Error>(())
        })
        .unwrap();
    assert_eq!(readings[0].0, "old 1");
    assert_eq!(readings[1].1, line.trim_end());
    assert_eq!(ledger.bytes_of(Hash::of(TEXT.as_bytes())).unwrap().unwrap(), TEXT.as_bytes());
    let (status, out, _) = run(folder.path(), &["verify"]);
    assert!(status == 0 && out.contains("2 readings, 2 decisions"), "{out}");
    let (status, _, err) = run(folder.path(), &["reread", "--all"]);
    assert!(status == 0 && err.contains("0 new, 0 seen, 0 refused"), "{err}");
}
