//! Lines of a ledger's listings in words.

use ascribe_ledger::Listing;
use serde_json::{Map, Value};

use crate::render::Entry;

/// Digits of a report's id that a table shows; any command takes them.
const DIGITS: usize = 12;

/// A line of `listing` as people see it.
pub(super) fn entry(listing: Listing, line: &Map<String, Value>) -> Entry {
    let text = |name: &str| line.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let number = |name: &str| line.get(name).and_then(Value::as_u64).unwrap_or_default();
    let from = || [text("published"), text("outlet")];
    match listing {
        Listing::Statements | Listing::SearchStatements => Entry {
            head: or(text("speaker"), or(text("source"), "no source named".to_owned())),
            rest: said(line),
            body: or(text("snippet"), text("content")),
            foot: [&from()[..], &judged(line), &[text("id")]].concat(),
            confidence: line.get("confidence").and_then(Value::as_f64),
        },
        Listing::Figures => Entry {
            head: text("words"),
            rest: format!("{} [{}]", text("counted"), label(&text("measure"))).trim().to_owned(),
            body: [("in ", "place"), ("by ", "cause"), ("according to ", "speaker")]
                .into_iter()
                .filter(|(_, field)| !text(field).is_empty())
                .map(|(lead, field)| format!("{lead}{}", text(field)))
                .collect::<Vec<_>>()
                .join(", "),
            foot: [&from()[..], &judged(line), &[text("id")]].concat(),
            confidence: line.get("confidence").and_then(Value::as_f64),
        },
        Listing::Reports | Listing::SearchReports => Entry {
            head: or(text("title"), "Untitled report".to_owned()),
            body: text("snippet"),
            foot: [
                &from()[..],
                &[
                    counted(number("statements"), "statement"),
                    counted(number("figures"), "figure"),
                    text("report").chars().take(DIGITS).collect(),
                ],
            ]
            .concat(),
            ..Entry::default()
        },
        Listing::Speakers => Entry {
            head: text("speaker"),
            rest: Some(text("kind"))
                .filter(|kind| !kind.is_empty())
                .map_or(String::new(), |k| format!("({k})")),
            foot: vec![
                counted(number("statements"), "statement"),
                counted(number("reports"), "report"),
                text("actor"),
            ],
            ..Entry::default()
        },
        Listing::Refused => Entry {
            head: text("path"),
            rest: Some(number("record")).filter(|n| *n > 0).map_or(String::new(), |n| format!("record {n}")),
            body: text("reason"),
            foot: vec![text("sha256").chars().take(DIGITS).collect()],
            ..Entry::default()
        },
        Listing::Decisions => Entry {
            head: or(text("action"), "redacted".to_owned()),
            rest: decided(&text("field"), &text("value")),
            body: text("comment"),
            foot: vec![
                text("author"),
                text("time").chars().take("2026-01-12T08:00".len()).collect(),
                if text("state") == "holds" { String::new() } else { text("state") },
                format!("on {}", short(&text("target"))),
                format!("decision {}", text("id").chars().take(DIGITS).collect::<String>()),
            ],
            ..Entry::default()
        },
    }
}

/// Role, cue and act behind the speaker's name.
fn said(line: &Map<String, Value>) -> String {
    let text = |name: &str| line.get(name).and_then(Value::as_str).unwrap_or_default();
    let named = text("speaker").to_lowercase();
    let standing: Vec<&str> = [text("role"), text("affiliation")]
        .into_iter()
        .filter(|part| !part.is_empty() && !named.is_empty() && !named.contains(&part.to_lowercase()))
        .collect();
    let standing = if standing.is_empty() { String::new() } else { format!("({}) ", standing.join(", ")) };
    let cue = or(text("cue").to_owned(), "quotation marks only".to_owned());
    format!("{standing}– {cue} [{}]", label(text("act")))
}

/// "act = deny".
fn decided(field: &str, value: &str) -> String {
    match (field.is_empty(), value.is_empty()) {
        (true, true) => String::new(),
        (true, false) => format!("with {value}"),
        (false, _) => format!("{field} = {}", if value.is_empty() { "nothing" } else { value }),
    }
}

/// An id as people write it: the hash cut, the item's own letter and digits kept.
fn short(target: &str) -> String {
    let (hash, item) = target.split_once('.').unwrap_or((target, ""));
    let dot = if item.is_empty() { "" } else { "." };
    let digits = if hash.starts_with('p') { hash.len() } else { DIGITS };
    format!("{}{dot}{item}", hash.chars().take(digits).collect::<String>())
}

/// What people said of a statement or figure, and whether the reader found it or a person.
fn judged(line: &Map<String, Value>) -> [String; 2] {
    let status = line.get("status").and_then(Value::as_str).unwrap_or_default();
    let is_added = line.get("added").and_then(Value::as_u64) == Some(1);
    let status = if matches!(status, "open" | "added") { "" } else { status };
    [if is_added { "added by a person" } else { "" }.to_owned(), status.to_owned()]
}

fn label(name: &str) -> String {
    name.replace('_', " ")
}

fn counted(n: u64, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}

fn or(text: String, other: String) -> String {
    if text.trim().is_empty() { other } else { text }
}
