//! What stands across reports, over the example collection.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use std::path::Path;
use std::time::{Duration, Instant};

use ascribe_web::{Config, Intake};
use common::{Served, start};
use serde_json::{Value, json};

const DECISIONS: &str = "/api/v1/decisions";

/// A server that has read and linked the example collection.
fn example() -> (tempfile::TempDir, Served) {
    let folder = tempfile::tempdir().unwrap();
    let ledger = folder.path().join("news.db");
    let options = ascribe::Options::default();
    let intake = Intake { options, fetch: None, first: files() };
    let mut served = start(Config { ledger, users: None, intake: Some(intake) });
    await_for(&served, |served| served.json("/api/v1/intake")["items"][0]["state"] == "done");
    settled(&served);
    served.log_in(&json!({ "name": "Ada" }));
    (folder, served)
}

/// The collection's files, in the order of their names.
fn files() -> Vec<(String, Vec<u8>)> {
    let reports = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/collection/reports");
    let mut files: Vec<_> = std::fs::read_dir(reports)
        .unwrap()
        .map(|file| file.unwrap().path())
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(&path).unwrap()))
        .collect();
    files.sort();
    files
}

/// Waits until all is linked.
fn settled(served: &Served) {
    let path = "/api/v1/summary";
    await_for(served, |served| {
        let summary = served.json(path);
        summary["unlinked"] == 0 && summary["stories"].as_i64() > Some(0)
    });
}

#[track_caller]
fn await_for(served: &Served, is_so: impl Fn(&Served) -> bool) {
    let began = Instant::now();
    while !is_so(served) {
        assert!(began.elapsed() < Duration::from_secs(120), "it does not come to be so");
        std::thread::sleep(Duration::from_millis(100));
    }
}

fn list(served: &Served, path: &str) -> Vec<Value> {
    served.json(&format!("/api/v1{path}"))["items"].as_array().unwrap().clone()
}

/// All lines, a few a page.
fn paged(served: &Served, path: &str, limit: usize) -> Vec<Value> {
    let (mut items, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = served.json(&format!("/api/v1{path}?limit={limit}&cursor={cursor}"));
        items.extend(page["items"].as_array().unwrap().iter().cloned());
        match page["next"].as_str() {
            Some(next) => cursor = next.to_owned(),
            None => return items,
        }
        assert!(items.len() < 5000);
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

#[test]
fn what_is_linked_is_told_and_can_be_followed_and_decided() {
    let (_folder, mut served) = example();
    assert_eq!(served.json("/api/v1/session")["ledger"]["links"], true);
    for path in ["/stories", "/series", "/copies", "/quotes", "/flags"] {
        let whole = list(&served, &format!("{path}?limit=500"));
        assert!(!whole.is_empty(), "{path}");
        for limit in [1, 3] {
            assert_eq!(paged(&served, path, limit), whole, "{path}");
        }
    }
    stories(&served);
    series_and_quotes(&served);
    copies(&served);
    queue(&served);
    dismissal(&mut served);
    joining(&served);
}

fn stories(served: &Served) {
    let all = list(served, "/stories");
    let largest = all.iter().max_by_key(|story| story["reports"].as_i64()).unwrap();
    let id = text(&largest["story"]);
    assert!(largest["reports"].as_i64() > Some(5) && largest["flags"].as_i64() > Some(0), "{largest}");
    assert!(!largest["figures"].as_array().unwrap().is_empty());
    let page = served.json(&format!("/api/v1/stories/{id}"));
    let members = page["members"].as_array().unwrap();
    assert_eq!(members.len() as i64, largest["reports"]);
    assert_eq!((&members[0]["report"], &members[0]["earlier"]), (&largest["story"], &Value::Null));
    // Any of its reports names it, and says that it is of it.
    let last = text(&members[members.len() - 1]["report"]);
    assert_eq!(served.json(&format!("/api/v1/stories/{}", &last[..12]))["story"], id);
    assert_eq!(served.json(&format!("/api/v1/reports/{last}"))["story"], id);
    let flags = page["flags"].as_array().unwrap();
    assert_eq!(flags.len() as i64, largest["flags"]);
    assert!(flags.iter().all(|flag| flag["story"] == id && text(&flag["why"]).ends_with('.')));
    assert!(!page["series"].as_array().unwrap().is_empty());
    for rule in ["verbatim", "ucdp", "acled", "ibc"] {
        let table = served.json(&format!("/api/v1/stories/{id}/table?rule={rule}"));
        let row = &table["rows"][0];
        assert_eq!(row["cells"]["series"], row["series"], "{rule}");
        for figure in row["rests_on"].as_array().unwrap() {
            served.json(&format!("/api/v1/figures/{}", text(figure)));
        }
    }
    let outlet = text(&members[0]["outlet"]).replace(' ', "%20");
    assert!(list(served, &format!("/stories?outlet={outlet}")).iter().any(|story| story["story"] == id));
    assert!(list(served, "/stories?q=dam").iter().any(|story| !text(&story["title"]).is_empty()));
    assert!(list(served, "/stories?from=2027").is_empty() && list(served, "/stories?to=2025").is_empty());
}

fn series_and_quotes(served: &Served) {
    for series in list(served, "/series?limit=500") {
        let page = served.json(&format!("/api/v1/series/{}", text(&series["series"])));
        let points = page["points"].as_array().unwrap();
        assert_eq!(
            (points.len() as i64, &page["figures"]),
            (series["figures"].as_i64().unwrap(), &series["figures"])
        );
        assert_eq!(points[0]["id"], series["series"]);
        for point in points {
            let sentence = text(&point["sentence"]);
            let word = text(&point["words"]).split_whitespace().next().unwrap();
            assert!(sentence.contains(word), "{sentence} / {word}");
            match (point["edge"].as_str(), point["prior"].as_str()) {
                (None, None) => {}
                // The whole is of a series of its own.
                (Some("part_of"), Some(whole)) => drop(served.json(&format!("/api/v1/figures/{whole}"))),
                (Some(_), Some(prior)) => assert!(points.iter().any(|other| other["id"] == prior)),
                _ => panic!("{point}"),
            }
        }
    }
    let story = text(&list(served, "/series?limit=1")[0]["story"]).to_owned();
    assert!(list(served, &format!("/series?story={story}")).iter().all(|series| series["story"] == story));
    assert!(list(served, "/series?measure=killed").iter().all(|series| series["measure"] == "killed"));
    let quotes = list(served, "/quotes?limit=500");
    for quote in &quotes {
        let page = served.json(&format!("/api/v1/quotes/{}", text(&quote["quote"])));
        let statements = page["statements"].as_array().unwrap();
        assert_eq!(statements.len() as i64, quote["statements"]);
        assert!(statements.iter().any(|statement| statement["id"] == quote["quote"]));
        let drifts = statements.iter().any(|statement| statement["drift"] == true);
        assert_eq!(quote["drift"], drifts);
        let of_second = text(&statements[1]["id"]);
        assert_eq!(served.json(&format!("/api/v1/quotes/{of_second}"))["quote"], quote["quote"]);
    }
    let drifting = quotes.iter().filter(|quote| quote["drift"] == true).count();
    assert_eq!(list(served, "/quotes?drift=true&limit=500").len(), drifting);
    assert!(drifting > 0);
    let speaker = quotes.iter().find_map(|quote| quote["speaker"].as_str()).unwrap().replace(' ', "%20");
    assert!(!list(served, &format!("/quotes?speaker={speaker}")).is_empty());
}

fn copies(served: &Served) {
    for copy in list(served, "/copies?limit=500") {
        let page = served.json(&format!("/api/v1/reports/{}", text(&copy["report"])));
        assert_eq!(page["copy_of"], copy);
        let root = text(&copy["root"]);
        assert!(list(served, &format!("/copies?report={root}")).contains(&copy));
        let of_root = served.json(&format!("/api/v1/reports/{root}"));
        assert!(of_root["copy_of"].is_null() && of_root["copies"].as_array().unwrap().contains(&copy));
    }
}

fn queue(served: &Served) {
    let story = list(served, "/stories?limit=1")[0]["story"].clone();
    let members = served.json(&format!("/api/v1/stories/{}", text(&story)))["members"].clone();
    let of_story = list(served, &format!("/review?story={}&kind=figures&limit=500", text(&story)));
    assert!(!of_story.is_empty());
    let is_member =
        |item: &Value| members.as_array().unwrap().iter().any(|m| m["report"] == item["item"]["report"]);
    assert!(of_story.iter().all(is_member));
    let count = served.json(&format!("/api/v1/review/count?story={}&kind=figures", text(&story)));
    assert_eq!(count["open"], of_story.len());
    let flags = list(served, "/flags?limit=500");
    let flag = flags.iter().find(|flag| text(&flag["target"]).contains(".f")).unwrap();
    let of_flag = list(served, &format!("/review?flag={}", text(&flag["flag"])));
    assert!(of_flag.iter().any(|item| item["item"]["id"] == flag["target"]), "{flag} {of_flag:?}");
    let of_kind = list(served, &format!("/review?flag={}&limit=500", text(&flag["kind"])));
    assert!(of_flag.iter().all(|item| of_kind.contains(item)));
    let by_date =
        list(served, &format!("/review?by=newest&kind=figures&flag={}&limit=500", text(&flag["kind"])));
    assert_eq!(by_date.len(), of_kind.iter().filter(|item| item["kind"] == "figure").count());
}

fn dismissal(served: &mut Served) {
    let flag = list(served, "/flags?status=open&limit=1")[0].clone();
    let is_in = |served: &Served, status: &str| {
        list(served, &format!("/flags?status={status}&limit=500"))
            .iter()
            .any(|one| one["flag"] == flag["flag"])
    };
    let dismiss = json!({ "action": "dismiss", "target": flag["flag"], "comment": "Known.", "seen": "open" });
    let made = served.post(DECISIONS, &dismiss);
    assert_eq!(made.status, 201, "{made:?}");
    let made = made.json();
    assert_eq!((&made["item"]["status"], &made["item"]["reason"]), (&"dismissed".into(), &"Known.".into()));
    settled(served);
    assert!(!is_in(served, "open") && is_in(served, "dismissed"));
    assert_eq!(served.post(DECISIONS, &dismiss).problem(), (409, "conflict".into()));
    let undo = json!({ "action": "undo", "target": made["decision"]["id"], "seen": "holds" });
    let undone = served.post(DECISIONS, &undo).json();
    assert_eq!(undone["item"]["status"], "open", "{undone}");
    settled(served);
    assert!(is_in(served, "open") && !is_in(served, "dismissed"));
    let no_flag = json!({ "action": "dismiss", "target": flag["report"] });
    assert_eq!(served.post(DECISIONS, &no_flag).problem().0, 422);
}

fn joining(served: &Served) {
    let all = list(served, "/stories?limit=500");
    let of = |report: &str| served.json(&format!("/api/v1/stories/{report}"))["story"].clone();
    let story = all.iter().max_by_key(|story| story["reports"].as_i64()).unwrap();
    let page = served.json(&format!("/api/v1/stories/{}", text(&story["story"])));
    let members = page["members"].as_array().unwrap();
    // One that none goes on from: it leaves alone.
    let last = members
        .iter()
        .rfind(|member| members.iter().all(|other| other["earlier"] != member["report"]))
        .map(|member| text(&member["report"]))
        .unwrap();
    let part = json!({ "decisions": [{ "action": "part", "target": last, "comment": "Another dam." }] });
    let parted = served.post("/api/v1/decisions/bulk", &part).json();
    assert_eq!(parted["results"][0]["decision"]["action"], "part", "{parted}");
    await_for(served, |_| of(last) == last);
    assert_eq!(served.json(&format!("/api/v1/reports/{last}"))["story"], Value::Null);
    let join = json!({ "action": "join", "target": last, "value": story["story"] });
    let joined = served.post(DECISIONS, &join);
    assert_eq!(joined.status, 201, "{joined:?}");
    await_for(served, |_| of(last) == story["story"]);
    let page = served.json(&format!("/api/v1/stories/{}", text(&story["story"])));
    let member = page["members"].as_array().unwrap().iter().find(|member| member["report"] == last).unwrap();
    assert_eq!(member["decided"], "join");
    let undo = json!({ "action": "undo", "target": joined.json()["decision"]["id"] });
    assert_eq!(served.post(DECISIONS, &undo).status, 201);
    await_for(served, |_| of(last) == last);
}

#[test]
fn what_is_no_link_is_told_so() {
    let (_folder, served) = common::served(4);
    for (path, status) in [
        ("/stories/ffffffffffff", 404),
        ("/stories/zz", 400),
        ("/stories/ffffffffffff/table", 404),
        ("/stories?from=yesterday", 400),
        ("/stories?colour=red", 400),
        ("/stories?cursor=x", 400),
        ("/series/ffffffffffff.f1", 404),
        ("/series?story=ffffffff", 404),
        ("/series?measure=weight", 400),
        ("/quotes/x", 404),
        ("/quotes?drift=maybe", 400),
        ("/copies?report=ffffffff", 404),
        ("/flags?kind=lie", 400),
        ("/flags?status=corrected", 400),
        ("/review?story=ffffffff", 404),
        ("/review?flag=lie", 400),
        ("/review?flag=ffffffff.g1", 404),
    ] {
        let answer = served.get(&format!("/api/v1{path}"));
        assert_eq!(answer.problem().0, status, "{path}: {answer:?}");
    }
}
