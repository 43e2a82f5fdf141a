//! The English date and time cases of Recognizers-Text.
//!
//! A case of an `…Extractor` is equal if the same words are found; prepositions and articles at their
//! ends do not count. A case of a `…Parser` is equal if what is found there means the same: one of
//! the two resolutions, past or future, that the case gives, or, where it gives none or one by hours
//! and days that are its own convention (the start, middle and end of a period), the same TIMEX value
//! and modifier. A period's end may be given as its last day or the day behind it, as the cases do.
//! Each file asks for one type; expressions of other types are not looked at.

use std::path::Path;

use ascribe_date::{Expression, Kind, Modifier, Order, Precision, Register, Setting, find};
use ascribe_record::Span;
use jiff::civil::{Date, DateTime};
use serde_json::Value;

use super::{Outcome, SetAside, core, read};
use crate::Slice;
use crate::slice::holds;

/// The files, and the type that each asks for.
const FILES: &[(&str, Type)] = &[
    ("DateExtractor", Type::Date),
    ("DateParser", Type::Date),
    ("DatePeriodExtractor", Type::Period),
    ("DatePeriodParser", Type::Period),
    ("DurationExtractor", Type::Duration),
    ("DurationParser", Type::Duration),
];

/// Files beside the measure: sets and times of day, which the issue leaves open.
const OTHERS: &[(&str, Type)] = &[
    ("DateTimeParser", Type::Time),
    ("SetExtractor", Type::Set),
    ("SetParser", Type::Set),
    ("TimeParser", Type::Time),
    ("TimePeriodParser", Type::Time),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Type {
    Date,
    Period,
    Duration,
    Set,
    Time,
}

/// The tables for the files of a folder: dates, periods and durations, then sets and times of day.
///
/// # Errors
/// If a file cannot be read or is no list of cases.
pub fn recognizers(
    folder: &Path,
    slice: Option<Slice>,
    aside: &SetAside,
    with_failures: bool,
) -> Result<String, String> {
    let mut tables = String::new();
    for files in [FILES, OTHERS] {
        let mut outcome = Outcome::default();
        for &(file, asked) in files {
            let path = folder.join(format!("{file}.json"));
            let source = read(&path)?;
            let cases: Vec<Value> = serde_json::from_str(source.trim_start_matches('\u{feff}'))
                .map_err(|e| format!("{}: {e}", path.display()))?;
            for (n, case) in cases.iter().enumerate().filter(|(n, _)| holds(slice, *n)) {
                if aside.has(&format!("{file} {n}")) {
                    outcome.put_aside(file);
                    continue;
                }
                let (equal, found) = judge(case, asked, file.ends_with("Parser"));
                outcome.count(file, equal, || {
                    format!("{file} {n}\t{}\t{}\t{found}", case["Input"], wanted(case))
                });
            }
        }
        tables += &outcome.to_table(with_failures);
    }
    Ok(tables)
}

fn wanted(case: &Value) -> String {
    let results = case["Results"].as_array().into_iter().flatten();
    results
        .map(|r| format!("[{}] {}", r["Text"].as_str().unwrap_or_default(), r["Value"]))
        .collect::<Vec<_>>()
        .join(" ")
}

fn judge(case: &Value, asked: Type, resolve: bool) -> (bool, String) {
    let text = case["Input"].as_str().unwrap_or_default();
    let reference = case["Context"]["ReferenceDateTime"].as_str();
    let reference = reference.and_then(|r| r.get(..19)?.parse::<DateTime>().ok());
    let fallback = Date::constant(2016, 11, 7).at(0, 0, 0, 0);
    let setting = Setting {
        reference: Some(reference.unwrap_or(fallback)),
        register: Register::Request,
        order: Some(Order::MonthFirst),
        ranges: true,
        whole_units: false,
    };
    let mut found = find(text, Span::new(0, text.len()), &setting);
    found.retain(|e| type_of(e) == asked);
    let results: Vec<&Value> = case["Results"].as_array().into_iter().flatten().collect();
    let fits = |(result, e): (&&Value, &Expression)| {
        let words = result["Text"].as_str().unwrap_or_default();
        if resolve {
            means(e, &result["Value"])
        } else {
            core(&words.to_lowercase()) == core(&e.span.of(text).to_lowercase())
        }
    };
    let impossible = |r: &&Value| r["Value"]["FutureResolution"]["date"] == "0001-01-01";
    let equal = found.len() == results.len() && results.iter().zip(&found).all(fits)
        || found.is_empty() && !results.is_empty() && results.iter().all(impossible);
    let shown = found.iter().map(|e| {
        format!("[{}] {} {:?}", e.span.of(text), e.value, e.bounds.map(|b| (b.begin, b.last, b.end)))
    });
    (equal, shown.collect::<Vec<_>>().join(" "))
}

fn type_of(e: &Expression) -> Type {
    match e.kind {
        Kind::Set => Type::Set,
        Kind::Time => Type::Time,
        Kind::Duration if e.bounds.is_some() => Type::Period,
        // "More than two weeks before today" is open to one side.
        Kind::Date if matches!(e.modifier, Some(Modifier::MoreThan | Modifier::LessThan)) => Type::Period,
        Kind::Duration => Type::Duration,
        Kind::Date if e.value.ends_with("_REF") => Type::Time,
        Kind::Date if e.precision == Some(Precision::Day) && !e.value.contains('/') => Type::Date,
        Kind::Date => Type::Period,
    }
}

/// Whether an expression means what a case gives as its value.
fn means(e: &Expression, value: &Value) -> bool {
    let timex = value["Timex"].as_str().unwrap_or_default();
    let modifier = value["Mod"].as_str();
    let same_modifier = match modifier {
        Some("start") => e.modifier == Some(Modifier::Start),
        Some("mid") => e.modifier == Some(Modifier::Mid),
        Some("end") => e.modifier == Some(Modifier::End),
        _ => true,
    };
    let part = matches!(modifier, Some("start" | "mid" | "end"));
    let bare = |value: &str| value.trim_start_matches("XXXX-").trim_end_matches(":00").to_owned();
    let same_timex = bare(timex) == bare(&e.value);
    if matches!(e.kind, Kind::Set) || e.kind == Kind::Duration && e.bounds.is_none() {
        return same_timex;
    }
    let resolutions = [&value["PastResolution"], &value["FutureResolution"]];
    let empty = resolutions.iter().all(|r| r.as_object().is_none_or(serde_json::Map::is_empty));
    same_modifier && ((empty || part) && same_timex || resolutions.iter().any(|r| resolved(e, r)))
}

fn resolved(e: &Expression, resolution: &Value) -> bool {
    let Some(bounds) = e.bounds else { return false };
    let moment =
        |key: &str| resolution[key].as_str().and_then(|v| v.replace(' ', "T").parse::<DateTime>().ok());
    let day = |key: &str| resolution[key].as_str().and_then(|v| v.parse::<Date>().ok());
    if let Some(date) = day("date") {
        return bounds.begin.date() == date && e.precision == Some(Precision::Day);
    }
    if let (Some(start), Some(end)) = (day("startDate"), day("endDate")) {
        return bounds.begin.date() == start && (bounds.last.date() == end || bounds.end.date() == end);
    }
    if let Some(one_end) = day("startDate").or(day("endDate")) {
        return bounds.begin.date() == one_end;
    }
    if let Some(at) = moment("dateTime") {
        return bounds.begin == at || e.value.ends_with("_REF");
    }
    let clock = |at: DateTime| at.time().to_string();
    if let Some(time) = resolution["time"].as_str() {
        return clock(bounds.begin) == time;
    }
    match (resolution["startTime"].as_str(), resolution["endTime"].as_str()) {
        (Some(start), Some(end)) => {
            clock(bounds.begin) == start && (clock(bounds.last) == end || clock(bounds.end) == end)
        }
        _ => false,
    }
}
