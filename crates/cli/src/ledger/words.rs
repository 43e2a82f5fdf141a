//! Lines of a ledger's listings in words.

use ascribe_ledger::{Listing, Step};
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
            ..Entry::default()
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
            ..Entry::default()
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
        Listing::Copies => copy(line),
        Listing::Stories => Entry {
            head: or(text("title"), "Untitled report".to_owned()),
            body: told_most(line),
            foot: vec![
                dates(&text("first"), &text("last")),
                counted(number("reports"), "report"),
                counted(number("texts"), "text"),
                counted(number("outlets"), "outlet"),
                cut(&text("story")),
            ],
            ..Entry::default()
        },
        Listing::StoryReports => Entry {
            head: or(text("title"), "Untitled report".to_owned()),
            foot: [
                &from()[..],
                &[
                    or_none(&text("copy"), |kind| copy_of(kind).to_owned()),
                    or_none(&text("decided"), |how| match how {
                        "join" => "put here by a person".to_owned(),
                        _ => "parted by a person".to_owned(),
                    }),
                    cut(&text("report")),
                ],
            ]
            .concat(),
            confidence: line.get("probability").and_then(Value::as_f64),
            ..Entry::default()
        },
        Listing::Quotes => quote(line),
        Listing::Series => state(line),
        Listing::Flags => Entry {
            head: label(&text("kind")),
            body: text("why"),
            foot: [
                &from()[..],
                &[
                    line.get("dismissed")
                        .and_then(Value::as_str)
                        .map_or(String::new(), |why| format!("dismissed: {why}")),
                    format!("on {}", text("target")),
                    format!("flag {}", text("id")),
                ],
            ]
            .concat(),
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

/// A step of a chain that no listing has: the words of a field, or where bytes were obtained.
pub(super) fn evidence(step: Step, line: &Map<String, Value>) -> Entry {
    let text = |name: &str| line.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let number = |name: &str| line.get(name).and_then(Value::as_u64);
    match step {
        Step::Words => Entry {
            head: text("field"),
            rest: format!("“{}”", text("words")),
            foot: vec![format!(
                "characters {} to {}",
                number("begin").unwrap_or_default(),
                number("end").unwrap_or_default()
            )],
            is_inset: true,
            ..Entry::default()
        },
        _ => Entry {
            head: "Captured".to_owned(),
            rest: format!("from {}", text("path")),
            foot: vec![
                number("record").map_or(String::new(), |n| format!("record {n}")),
                text("obtained"),
                if number("redacted") == Some(1) { "redacted".to_owned() } else { String::new() },
                format!("SHA-256 {}", text("sha256")),
            ],
            ..Entry::default()
        },
    }
}

/// A state of a count: what is counted above the first, the others below it.
fn state(line: &Map<String, Value>) -> Entry {
    let text = |name: &str| line.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let told = format!("{}  {}", or(text("holds"), "no day".to_owned()), text("words"));
    let edge = or_none(&text("edge"), |edge| format!("{}, ", label(edge)));
    let given = format!("{edge}{}", text("origin"));
    let foot = vec![text("outlet"), text("published"), text("figure")];
    if line.get("place").and_then(Value::as_u64) == Some(1) {
        let measure = text("measure");
        let measure = if measure == "other" { String::new() } else { format!(" {}", label(&measure)) };
        let classes = line.get("attributes").and_then(Value::as_array).into_iter().flatten();
        let classes: Vec<&str> = classes.filter_map(Value::as_str).collect();
        let counted = or(text("counted"), or(classes.join(", "), "people".to_owned()));
        let head = format!("{counted}{measure}");
        return Entry { head, body: format!("{told} – {given}"), foot, ..Entry::default() };
    }
    Entry { head: told, rest: format!("– {given}"), foot, is_inset: true, ..Entry::default() }
}

/// Where a text is first, or a copy below it.
fn copy(line: &Map<String, Value>) -> Entry {
    let text = |name: &str| line.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let from = [text("published"), text("outlet"), or_none(&text("credit"), |by| format!("credits {by}"))];
    if text("kind") == "origin" {
        let n_copies = line.get("copies").and_then(Value::as_u64).unwrap_or_default();
        let more = match n_copies {
            1 => "1 copy".to_owned(),
            n => format!("{n} copies"),
        };
        return Entry {
            head: or(text("title"), "Untitled report".to_owned()),
            foot: [&from[..], &[more, cut(&text("report"))]].concat(),
            ..Entry::default()
        };
    }
    let share = line.get("share").and_then(Value::as_f64).unwrap_or_default();
    let after = line.get("days").and_then(Value::as_i64).map_or(String::new(), later);
    Entry {
        head: copy_of(&text("kind")).to_owned(),
        rest: or_none(&text("title"), |title| format!("– {title}")),
        foot: [&from[..], &[after, format!("shares {:.0} %", share * 100.0), cut(&text("report"))]].concat(),
        confidence: line.get("probability").and_then(Value::as_f64),
        is_inset: true,
        ..Entry::default()
    }
}

fn copy_of(kind: &str) -> &str {
    match kind {
        "exact" => "the same text",
        "near" => "edited",
        "contained" => "one inside the other",
        kind => kind,
    }
}

/// "2 days later".
fn later(days: i64) -> String {
    match days {
        0 => "the same day".to_owned(),
        days if days < 0 => format!("{} earlier", counted(days.unsigned_abs(), "day")),
        days => format!("{} later", counted(days.unsigned_abs(), "day")),
    }
}

/// An utterance where it is first quoted, or again below it with the words that differ.
fn quote(line: &Map<String, Value>) -> Entry {
    let text = |name: &str| line.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let is_first = text("earlier").is_empty();
    let pairs = line.get("drift").and_then(Value::as_array).into_iter().flatten();
    let drift: Vec<String> = pairs
        .map(|pair| {
            let words = |i: usize| or(pair[i].as_str().unwrap_or_default().to_owned(), "–".to_owned());
            format!("[{} → {}]", words(0), words(1))
        })
        .collect();
    Entry {
        head: or(text("speaker"), "no source named".to_owned()),
        rest: drift.join(" "),
        body: text("content"),
        foot: vec![text("published"), text("outlet"), text("statement")],
        is_inset: !is_first,
        ..Entry::default()
    }
}

/// Who speaks most in a story, and which places are named most for its figures.
fn told_most(line: &Map<String, Value>) -> String {
    let names = |name: &str| -> String {
        let list = line.get(name).and_then(Value::as_array).into_iter().flatten();
        list.filter_map(Value::as_str).collect::<Vec<_>>().join(", ")
    };
    let parts = [("speak most: ", "speakers"), ("places: ", "places")];
    let told = parts.into_iter().map(|(lead, name)| or_none(&names(name), |names| format!("{lead}{names}")));
    told.filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ")
}

/// "2026-03-06 to 2026-03-09".
fn dates(first: &str, last: &str) -> String {
    if first == last || last.is_empty() { first.to_owned() } else { format!("{first} to {last}") }
}

/// The beginning of a hash.
fn cut(hash: &str) -> String {
    hash.chars().take(DIGITS).collect()
}

/// What `with` makes of words; nothing of none.
fn or_none(words: &str, with: impl Fn(&str) -> String) -> String {
    if words.is_empty() { String::new() } else { with(words) }
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
