//! The example collection and its truth file fit together: every report is in the truth, every word
//! string of the truth stands in its report as intake gives it, what refers to something finds it, and
//! the command reads the whole folder and links it as far as it is told here.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(clippy::print_stderr, reason = "how much was found is worth knowing")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use ascribe::{Options, Report};
use ascribe_ledger::{Entry, Filter, Hash, Incoming, Ledger, Listing, Sighting};
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

/// The collection in a ledger, added once for all tests of its links.
fn added(folder: &Path) -> PathBuf {
    let path = folder.join("ledger.db");
    let outcome = Command::cargo_bin("ascribe")
        .unwrap()
        .args(["add", "--ledger"])
        .arg(&path)
        .arg(collection().join("reports"))
        .output()
        .unwrap();
    assert_eq!(outcome.status.code(), Some(0), "{}", String::from_utf8_lossy(&outcome.stderr));
    path
}

/// The lines of a command on a ledger.
fn listed(ledger: &Path, arguments: &[&str]) -> Vec<Value> {
    let outcome = Command::cargo_bin("ascribe")
        .unwrap()
        .args(arguments)
        .args(["-f", "jsonl", "--ledger"])
        .arg(ledger)
        .output()
        .unwrap();
    let errors = String::from_utf8(outcome.stderr).unwrap();
    assert_eq!((outcome.status.code(), &*errors), (Some(0), ""), "{arguments:?}");
    String::from_utf8(outcome.stdout)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// Every two of a group's members.
fn pairs(groups: impl IntoIterator<Item = Vec<String>>) -> BTreeSet<(String, String)> {
    let mut pairs = BTreeSet::new();
    for mut group in groups {
        group.sort();
        while let Some(last) = group.pop() {
            pairs.extend(group.iter().map(|other| (other.clone(), last.clone())));
        }
    }
    pairs
}

/// The values of one column, grouped by another.
fn grouped(lines: &[Value], by: &str, of: impl Fn(&Value) -> String) -> Vec<Vec<String>> {
    let mut groups: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    lines.iter().for_each(|line| groups.entry(text(line, by)).or_default().push(of(line)));
    groups.into_values().collect()
}

/// Floors of what was reached, so that a change that links worse is seen.
#[test]
#[cfg_attr(debug_assertions, ignore = "some minutes without optimisation")]
fn its_links_are_found() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = added(folder.path());
    let (truth, reports) = (truth(), reports());
    let ids = by_id(&truth);
    let hash = |id: &str| reports[&place(ids[id])].id.clone();

    // Copies: every two of one group.
    let mut originals: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for id in ids.keys() {
        let mut first = *id;
        while let Some(of) = ids[first]["copy"]["of"].as_str() {
            first = of;
        }
        originals.entry(hash(first)).or_default().push(hash(id));
    }
    let expected = pairs(originals.into_values());
    let copies = listed(&ledger, &["copies"]);
    let found = pairs(grouped(&copies, "origin", |line| text(line, "report").to_owned()));
    let n_right = found.intersection(&expected).count();
    eprintln!("copies: {n_right} of {} pairs right, of {}", found.len(), expected.len());
    assert!(n_right >= 6 && found.len() - n_right <= 1);

    // Stories: B-cubed; what is of neither is alone.
    let told: Vec<Value> = list(&truth, "reports")
        .iter()
        .map(|report| listed(&ledger, &["stories", &hash(text(report, "id"))]))
        .map(|lines| lines[0]["story"].clone())
        .collect();
    let label = |report: &Value| match text(report, "story") {
        "neither" => text(report, "id").to_owned(),
        story => story.to_owned(),
    };
    let labels: Vec<String> = list(&truth, "reports").iter().map(label).collect();
    let (mut precision, mut recall) = (0.0, 0.0);
    for i in 0..labels.len() {
        let n = |fits: &dyn Fn(usize) -> bool| (0..labels.len()).filter(|j| fits(*j)).count() as f64;
        let both = n(&|j| labels[i] == labels[j] && told[i] == told[j]);
        precision += both / n(&|j| told[i] == told[j]);
        recall += both / n(&|j| labels[i] == labels[j]);
    }
    let b_cubed = 2.0 * precision * recall / (precision + recall) / labels.len() as f64;
    eprintln!("stories: B-cubed {b_cubed:.3}");
    assert!(b_cubed >= 0.9);

    // Quotations: every two members of one, found by their words in the statements of the report.
    let quotes = listed(&ledger, &["quotes"]);
    let statement = |member: &Value| {
        let words = text(member, "words").trim_matches(|c: char| !c.is_alphanumeric());
        let report = hash(text(member, "report"));
        let holds = |line: &&Value| text(line, "report") == report && text(line, "content").contains(words);
        quotes.iter().find(holds)
    };
    let (mut n_pairs, mut n_linked) = (0, 0);
    for quotation in list(&truth, "quotations") {
        let members = list(quotation, "members");
        for (i, a) in members.iter().enumerate() {
            for b in &members[i + 1..] {
                n_pairs += 1;
                let same =
                    statement(a).zip(statement(b)).is_some_and(|(a, b)| a["utterance"] == b["utterance"]);
                n_linked += usize::from(same);
            }
            // Where the first is changed, the change is shown; what is verbatim has none.
            if let Some(line) = statement(a) {
                let relation = text(a, "relation");
                let has_drift = !list(line, "drift").is_empty();
                assert!(relation != "drift" || has_drift, "{line}");
                assert!(!matches!(relation, "verbatim" | "elision") || !has_drift, "{line}");
            }
        }
    }
    eprintln!("quotations: {n_linked} of {n_pairs} pairs");
    assert!(n_linked >= 15);
    let first = &quotes[0];
    let why = listed(&ledger, &["why", text(first, "statement")]);
    let steps: Vec<&str> = why.iter().map(|line| text(line, "step")).collect();
    for step in ["statement", "words", "report", "capture", "copy", "story"] {
        assert!(steps.contains(&step), "{steps:?}");
    }

    // The same readings in other orders and batches, linked after each.
    let whole = Ledger::open_read_only(&ledger).unwrap();
    let entries = entries(&whole);
    for (name, step, n_batch) in [("turned", entries.len() - 1, 9), ("far apart", 25, 5)] {
        let mut other = Ledger::open(&folder.path().join(format!("{name}.db"))).unwrap();
        let order: Vec<Incoming> =
            (0..entries.len()).map(|i| entries[(i + 1) * step % entries.len()].clone()).collect();
        for batch in order.chunks(n_batch) {
            other.add(batch).unwrap();
            other.link(&mut |_, _| ()).unwrap();
        }
        for listing in [Listing::Copies, Listing::Stories, Listing::Quotes, Listing::Series, Listing::Flags] {
            assert_eq!(all(&other, listing), all(&whole, listing), "{name}");
        }
    }
}

/// All readings of a ledger, ready to be put into another.
fn entries(ledger: &Ledger) -> Vec<Incoming> {
    let mut entries = Vec::new();
    ledger
        .readings(|model, json| {
            let line: Value = serde_json::from_str(json).unwrap();
            let hash = Hash::from_hex(text(&line["report"], "id")).unwrap();
            let bytes = ledger.bytes_of(hash)?.unwrap();
            let at =
                Sighting { path: hash.to_string(), record: None, obtained: "2026-04-10T08:00:00Z".into() };
            entries.push(Incoming::Read(Box::new(Entry::of_json(&bytes, json, model, at)?)));
            Ok::<_, ascribe_ledger::Error>(())
        })
        .unwrap();
    entries
}

/// All lines of a listing.
fn all(ledger: &Ledger, listing: Listing) -> Vec<String> {
    let mut lines = Vec::new();
    ledger
        .list(listing, &Filter::default(), &mut |row| {
            lines.push(format!("{row:?}"));
            true
        })
        .unwrap();
    lines
}

/// Floors of what was reached. Flags are found again by the figures and reports that they rest on.
#[test]
#[cfg_attr(debug_assertions, ignore = "some minutes without optimisation")]
fn its_flags_are_found_and_can_be_dismissed() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = added(folder.path());
    let (truth, reports) = (truth(), reports());
    let ids = by_id(&truth);
    let hash = |id: &str| reports[&place(ids[id])].id.clone();

    // Of each of the truth's figures: the report, the words, and the first that gave the number.
    let mut states: BTreeMap<(String, String), BTreeSet<&str>> = BTreeMap::new();
    let mut first: BTreeMap<&str, &str> = BTreeMap::new();
    for figure in list(&truth, "series").iter().flat_map(|series| list(series, "figures")) {
        let repeats = list(figure, "edges").iter().find(|edge| edge["type"] == "repeats");
        let state = repeats.map_or(text(figure, "id"), |edge| text(edge, "to"));
        first.insert(text(figure, "id"), state);
        let words = text(figure, "words").to_lowercase();
        states.entry((hash(text(figure, "report")), words)).or_default().insert(state);
    }
    let figures: BTreeMap<String, Value> =
        listed(&ledger, &["figures"]).into_iter().map(|line| (text(&line, "id").to_owned(), line)).collect();
    let fits = |flag: &Value, told: &Value| {
        let named = list(flag, "other").iter().chain([&flag["target"]]).filter_map(Value::as_str);
        let named: Vec<&str> = named.collect();
        let n = named.iter().filter(|id| {
            let parts = list(told, "evidence");
            let Some(line) = figures.get(**id) else {
                return parts.iter().any(|part| hash(text(part, "report"))[..16] == id[..16]);
            };
            let place = (text(line, "report").to_owned(), text(line, "words").to_lowercase());
            let found = states.get(&place);
            let told = parts.iter().filter_map(|part| part["figure"].as_str());
            let known = |id: &str| found.is_some_and(|found| found.contains(first[id]));
            told.into_iter().any(known)
                || parts.iter().any(|part| {
                    text(part, "words").contains(text(line, "words")) && hash(text(part, "report")) == place.0
                })
        });
        n.count() >= named.len().min(2)
    };
    let flags = listed(&ledger, &["flags"]);
    for (kind, precision, recall) in [
        ("conflict", 0.9, 0.7),
        ("superseded", 0.85, 0.6),
        ("sum", 0.9, 0.9),
        ("stale", 0.9, 0.9),
        ("quote_drift", 0.9, 0.9),
        ("silence", 0.9, 0.5),
    ] {
        let found: Vec<&Value> = flags.iter().filter(|flag| flag["kind"] == kind).collect();
        let told: Vec<&Value> = list(&truth, "flags").iter().filter(|flag| flag["kind"] == kind).collect();
        let right = found.iter().filter(|flag| told.iter().any(|told| fits(flag, told))).count();
        let wanted = || told.iter().filter(|told| told["expect"] == "must");
        let n_found = wanted().filter(|told| found.iter().any(|flag| fits(flag, told))).count();
        let n_wanted = wanted().count();
        eprintln!("{kind}: {right} of {} right, {n_found} of {n_wanted} found", found.len());
        assert!(right as f64 >= precision * found.len() as f64, "{kind}");
        assert!(n_found as f64 >= recall * n_wanted as f64, "{kind}");
    }

    // What is dismissed is gone until the decision is taken back.
    let id = text(&flags[0], "id").to_owned();
    let decide = |arguments: &[&str]| {
        let outcome = Command::cargo_bin("ascribe")
            .unwrap()
            .args(arguments)
            .args(["--author", "Ada Lind", "--ledger"])
            .arg(&ledger)
            .output()
            .unwrap();
        assert_eq!(outcome.status.code(), Some(0), "{}", String::from_utf8_lossy(&outcome.stderr));
        let said = String::from_utf8(outcome.stderr).unwrap();
        said.trim().rsplit(' ').next().unwrap().to_owned()
    };
    let is_listed = |arguments: &[&str]| listed(&ledger, arguments).iter().any(|flag| flag["id"] == *id);
    let decision = decide(&["flags", "--dismiss", &id, "--reason", "looked at"]);
    assert!(!is_listed(&["flags"]));
    assert!(is_listed(&["flags", "--all"]));
    decide(&["review", &decision, "--undo"]);
    assert!(is_listed(&["flags"]));

    // Series hold together, and tables have the columns of their rule.
    let series = listed(&ledger, &["figures", "--series", "--measure", "killed"]);
    assert!(series.iter().any(|line| line["edge"] == "updates") && series[0]["edge"].is_null());
    let story = hash("dam-npa-04");
    let table = listed(&ledger, &["table", "--rule", "ucdp", "--story", &story]);
    let toll = table.iter().find(|line| line["high"] == "105").expect("the last toll");
    assert_eq!((&toll["best"], &toll["side_a"]), (&Value::from("105"), &Value::Null));
    assert!(text(toll, "rule_text").contains("UCDP"));
}
