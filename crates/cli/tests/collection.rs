//! The example collection and its truth file fit together: every report is in the truth, every word
//! string of the truth stands in its report as intake gives it, what refers to something finds it, and
//! the command reads the whole folder.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use ascribe::{Options, Report};
use assert_cmd::Command;
use serde_json::Value;

fn collection() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/collection")
}

fn truth() -> Value {
    serde_json::from_str(&fs::read_to_string(collection().join("truth.json")).unwrap()).unwrap()
}

/// The reports of the folder by file and number in it; files of one report have no number.
fn reports() -> BTreeMap<(String, Option<u64>), Report> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(collection().join("reports")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let bytes = fs::read(&path).unwrap();
        for report in ascribe::reports(&name, &bytes[..], &Options::default()) {
            let report = report.unwrap_or_else(|refusal| panic!("{refusal}"));
            assert!(found.insert((name.clone(), report.record), report).is_none(), "{name}");
        }
    }
    found
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value[key].as_array().unwrap_or_else(|| panic!("{key} is no list"))
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_else(|| panic!("{key} is no text in {value}"))
}

/// The reports of the truth, by their ids there.
fn by_id(truth: &Value) -> BTreeMap<&str, &Value> {
    list(truth, "reports").iter().map(|report| (text(report, "id"), report)).collect()
}

fn place(report: &Value) -> (String, Option<u64>) {
    (text(report, "file").to_owned(), report["record"].as_u64())
}

#[test]
fn every_report_is_in_the_truth_with_its_metadata() {
    let (truth, reports) = (truth(), reports());
    let told: BTreeSet<_> = list(&truth, "reports").iter().map(place).collect();
    assert_eq!(told.len(), list(&truth, "reports").len(), "a report is there twice");
    assert_eq!(told, reports.keys().cloned().collect());
    for entry in list(&truth, "reports") {
        let report = &reports[&place(entry)];
        assert_eq!(report.published.as_deref(), entry["published"].as_str(), "{entry}");
        // Plain texts do not say whose they are.
        assert!(report.outlet.is_none() || report.outlet.as_deref() == entry["outlet"].as_str(), "{entry}");
        match entry["wire"].as_str() {
            Some(wire) => assert!(report.wire.iter().any(|name| name.contains(wire)), "{entry}"),
            None => assert!(report.wire.is_empty(), "{entry}"),
        }
        let n_words = report.text.split_whitespace().count();
        assert!((100..=600).contains(&n_words), "{n_words} words: {entry}");
        assert!(report.notes.is_empty(), "{entry}: {:?}", report.notes);
    }
}

#[test]
fn every_word_of_the_truth_stands_once_in_its_report() {
    let (truth, reports) = (truth(), reports());
    let ids = by_id(&truth);
    let check = |report: &str, words: &str| {
        let found = reports[&place(ids[report])].text.matches(words).count();
        assert_eq!(found, 1, "{report}: {words:?}");
    };
    for figure in list(&truth, "series").iter().flat_map(|series| list(series, "figures")) {
        check(text(figure, "report"), text(figure, "quote"));
        assert_eq!(text(figure, "quote").matches(text(figure, "words")).count(), 1, "{figure}");
    }
    for group in list(&truth, "quotations").iter().chain(list(&truth, "claims")) {
        list(group, "members").iter().for_each(|member| check(text(member, "report"), text(member, "words")));
    }
    for flag in list(&truth, "flags").iter().chain(list(&truth, "never")) {
        assert!(!list(flag, "evidence").is_empty(), "{flag}");
        list(flag, "evidence").iter().for_each(|part| check(text(part, "report"), text(part, "words")));
    }
}

#[test]
fn what_the_truth_refers_to_is_there() {
    let truth = truth();
    let ids = by_id(&truth);
    let origins: BTreeSet<&str> = list(&truth, "origins").iter().map(|origin| text(origin, "id")).collect();
    for report in ids.values() {
        let others = [&report["copy"]["of"], &report["redates"], &report["corrects"]];
        for other in others.into_iter().filter_map(Value::as_str) {
            assert!(text(ids[other], "published") <= text(report, "published"), "{report}");
        }
    }
    let mut figures: BTreeMap<&str, (&str, &Value)> = BTreeMap::new();
    for series in list(&truth, "series") {
        for figure in list(series, "figures") {
            assert!(figures.insert(text(figure, "id"), (text(series, "id"), figure)).is_none(), "{figure}");
            assert!(figure["origin"].as_str().is_none_or(|origin| origins.contains(origin)), "{figure}");
        }
    }
    for series in list(&truth, "series") {
        for (figure, edge) in
            list(series, "figures").iter().flat_map(|f| list(f, "edges").iter().map(move |edge| (f, edge)))
        {
            let (of, other) = figures[text(edge, "to")];
            if text(edge, "type") != "part_of" {
                assert_eq!(of, text(series, "id"), "{figure}");
            }
            let values = |figure: &Value| (figure["lower"].as_f64(), figure["upper"].as_f64());
            match text(edge, "type") {
                "repeats" => assert!(values(figure).0 <= values(other).0, "{figure}"),
                "updates" => assert!(text(other, "as_of") <= text(figure, "as_of"), "{figure}"),
                "corrects" => assert_ne!(values(figure), values(other), "{figure}"),
                "conflicts" => assert_eq!(text(other, "as_of"), text(figure, "as_of"), "{figure}"),
                "part_of" => assert_eq!(text(other, "report"), text(figure, "report"), "{figure}"),
                kind => panic!("{kind} is no edge"),
            }
        }
    }
    for part in list(&truth, "flags").iter().chain(list(&truth, "never")).flat_map(|f| list(f, "evidence")) {
        if let Some(figure) = part["figure"].as_str() {
            assert_eq!(text(figures[figure].1, "report"), text(part, "report"), "{part}");
        }
    }
}

#[test]
fn the_counts_hold() {
    let (truth, counts) = (truth(), truth()["counts"].clone());
    let tally = |items: Vec<&str>| {
        let mut tally: BTreeMap<&str, u64> = BTreeMap::new();
        items.into_iter().for_each(|item| *tally.entry(item).or_default() += 1);
        serde_json::to_value(tally).unwrap()
    };
    let reports = list(&truth, "reports");
    let figures: Vec<&Value> = list(&truth, "series").iter().flat_map(|s| list(s, "figures")).collect();
    let files: BTreeSet<&str> = reports.iter().map(|report| text(report, "file")).collect();
    assert_eq!(counts["files"], files.len());
    assert_eq!(counts["reports"], reports.len());
    assert_eq!(counts["stories"], tally(reports.iter().map(|report| text(report, "story")).collect()));
    let kinds = reports.iter().filter_map(|report| report["copy"]["kind"].as_str()).collect();
    assert_eq!(counts["copies"], tally(kinds));
    assert_eq!(counts["series"], list(&truth, "series").len());
    assert_eq!(counts["figures"], figures.len());
    let edges = figures.iter().flat_map(|f| list(f, "edges")).map(|edge| text(edge, "type")).collect();
    assert_eq!(counts["edges"], tally(edges));
    for name in ["quotations", "claims"] {
        assert_eq!(counts[name], list(&truth, name).iter().map(|g| list(g, "members").len()).sum::<usize>());
    }
    for expect in ["must", "may"] {
        let flags = list(&truth, "flags").iter().filter(|flag| text(flag, "expect") == expect);
        assert_eq!(counts["flags"][expect], tally(flags.map(|flag| text(flag, "kind")).collect()));
    }
    assert_eq!(counts["never"], list(&truth, "never").len());
}

#[test]
#[cfg_attr(debug_assertions, ignore = "a minute without optimisation; refusals are intake's, tested above")]
fn the_command_reads_all_of_it() {
    let outcome = Command::cargo_bin("ascribe")
        .unwrap()
        .args(["read", "-f", "jsonl"])
        .arg(collection().join("reports"))
        .output()
        .unwrap();
    let errors = String::from_utf8(outcome.stderr).unwrap();
    assert_eq!(outcome.status.code(), Some(0), "{errors}");
    let n_reports = list(&truth(), "reports").len();
    assert!(errors.contains(&format!("{n_reports} reports read, 0 refused")), "{errors}");
    assert_eq!(String::from_utf8(outcome.stdout).unwrap().lines().count(), n_reports);
}
