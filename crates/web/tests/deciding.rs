//! Decisions over HTTP, and two who decide at once.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use common::served;
use serde_json::{Value, json};

const DECISIONS: &str = "/api/v1/decisions";

#[test]
fn a_decision_has_a_name_and_shows() {
    let (_folder, mut served) = served(3);
    let item = served.json("/api/v1/statements?limit=1")["items"][0].clone();
    let accept = json!({ "action": "accept", "target": item["id"], "seen": item["version"] });
    assert_eq!(served.post(DECISIONS, &accept).problem(), (403, "name-required".into()));
    assert_eq!(served.log_in(&json!({ "name": " Ada Lind " })).json()["user"]["name"], "Ada Lind");
    let made = served.post(DECISIONS, &accept);
    assert_eq!(made.status, 201, "{made:?}");
    let made = made.json();
    assert_eq!(
        (&made["decision"]["author"], &made["item"]["status"]),
        (&"Ada Lind".into(), &"accepted".into())
    );
    let id = made["decision"]["id"].as_str().unwrap();
    let shown = served.json(&format!("/api/v1/statements/{}", item["id"].as_str().unwrap()));
    assert_eq!((&shown["status"], &shown["decisions"][0]["id"]), (&"accepted".into(), &id.into()));
    assert_eq!(
        served.json("/api/v1/decisions?author=Ada%20Lind&action=accept&state=holds")["items"][0]["id"],
        id
    );
    let undo = json!({ "action": "undo", "target": id, "seen": "holds" });
    let undone = served.post(DECISIONS, &undo).json();
    assert_eq!((&undone["item"]["status"], &undone["item"]["version"]), (&"open".into(), &item["version"]));
    assert_eq!(served.post(DECISIONS, &undo).problem(), (409, "conflict".into()));
    assert_eq!(served.ask("DELETE", "/api/v1/session", &[], b"").status, 204);
    assert_eq!(served.post(DECISIONS, &accept).problem().1, "name-required");
}

#[test]
fn who_saw_something_else_is_told_what_it_is_now() {
    let (_folder, mut served) = served(3);
    served.log_in(&json!({ "name": "Ada" }));
    let item = served.json("/api/v1/figures?limit=1")["items"][0].clone();
    let set = |value: &str, seen: &Value| json!({ "action": "correct", "target": item["id"], "seen": seen, "field": "lower", "value": value });
    let first = served.post(DECISIONS, &set("7", &item["version"]));
    assert_eq!(first.status, 201, "{first:?}");
    let late = served.post(DECISIONS, &set("8", &item["version"]));
    assert_eq!(late.problem(), (409, "conflict".into()));
    let current = &late.json()["current"];
    assert_eq!((&current["lower"], &current["status"]), (&7.0.into(), &"corrected".into()));
    assert_eq!(current["decisions"][0]["author"], "Ada");
    assert_eq!(served.post(DECISIONS, &set("8", &current["version"])).json()["item"]["lower"], 8.0);
}

#[test]
fn many_at_once_lose_nothing() {
    let (_folder, mut served) = served(2);
    served.log_in(&json!({ "name": "Ada" }));
    let item = served.json("/api/v1/statements?limit=1")["items"][0].clone();
    let decide = |action: &str| {
        served
            .post(DECISIONS, &json!({ "action": action, "target": item["id"], "seen": item["version"] }))
            .status
    };
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let tasks: Vec<_> = (0..8)
            .map(|n| scope.spawn(move || decide(if n % 2 == 0 { "accept" } else { "reject" })))
            .collect();
        tasks.into_iter().map(|task| task.join().unwrap()).collect()
    });
    assert_eq!(statuses.iter().filter(|status| **status == 201).count(), 1, "{statuses:?}");
    assert_eq!(statuses.iter().filter(|status| **status == 409).count(), 7, "{statuses:?}");
    assert_eq!(served.json("/api/v1/summary")["decisions"], 1);
}

#[test]
fn all_actions_are_taken() {
    let (_folder, mut served) = served(4);
    served.log_in(&json!({ "name": "Ada" }));
    let report = served.json("/api/v1/reports?limit=1")["items"][0]["report"].as_str().unwrap().to_owned();
    let text = served.get(&format!("/api/v1/reports/{report}/text")).body;
    let words: String = text.split_whitespace().take(2).collect::<Vec<_>>().join(" ");
    let add = json!({ "action": "add", "target": report, "kind": "figure", "fields": { "words": words, "lower": 3, "upper": "3" } });
    let added = served.post(DECISIONS, &add);
    assert_eq!(added.status, 201, "{added:?}");
    let item = added.json()["item"].clone();
    assert_eq!((&item["added"], &item["lower"]), (&true.into(), &3.0.into()));
    let other = text.trim_end().rsplit(' ').next().unwrap();
    let at = text.chars().count()
        - text.chars().rev().skip_while(|c| c.is_whitespace()).position(|c| c == ' ').unwrap()
        - text.chars().rev().take_while(|c| c.is_whitespace()).count();
    let last = |at: usize| json!({ "action": "add", "target": report, "kind": "figure", "fields": { "words": other }, "at": at });
    assert_eq!(served.post(DECISIONS, &last(at + 1)).problem().0, 422);
    let added_last = served.post(DECISIONS, &last(at)).json()["item"]["id"].clone();
    let page = served.json(&format!("/api/v1/reports/{report}"));
    let placed =
        page["figures"].as_array().unwrap().iter().find(|figure| figure["id"] == added_last).unwrap();
    assert_eq!(placed["spans"][0][0], at);
    let of_page =
        page["figures"].as_array().unwrap().iter().find(|figure| figure["id"] == item["id"]).unwrap();
    assert!(of_page["n"].is_null() && of_page["spans"][0][0].is_u64(), "{of_page}");
    let title = json!({ "action": "correct", "target": report, "field": "title", "value": "Another", "seen": page["report"]["version"] });
    assert_eq!(served.post(DECISIONS, &title).json()["item"]["title"], "Another");
    assert_eq!(served.post(DECISIONS, &title).problem().0, 409);
    let remark = json!({ "action": "comment", "target": item["id"], "comment": "<script>alert(1)</script>" });
    assert_eq!(served.post(DECISIONS, &remark).json()["decision"]["comment"], "<script>alert(1)</script>");
    let speakers = served.json("/api/v1/speakers?limit=2")["items"].clone();
    let (one, other) = (&speakers[0]["actor"], &speakers[1]["actor"]);
    let merged = served.post(DECISIONS, &json!({ "action": "merge", "target": one, "value": other }));
    assert_eq!((merged.status, &merged.json()["item"]), (201, &Value::Null));
    let profile = served.json(&format!("/api/v1/speakers/{}", one.as_str().unwrap()));
    assert_eq!((&profile["actor"], &profile["merged"][0]["actor"]), (other, one));
    assert_eq!(served.post(DECISIONS, &json!({ "action": "split", "target": one })).status, 201);
    let items = served.json("/api/v1/review?limit=3")["items"].clone();
    let bulk: Vec<Value> = items.as_array().unwrap().iter().map(|queued| {
        json!({ "action": "accept", "target": queued["item"]["id"], "seen": queued["item"]["version"] })
    }).chain([json!({ "action": "accept", "target": "ffffffff.s1" })]).collect();
    let results =
        served.post("/api/v1/decisions/bulk", &json!({ "decisions": bulk })).json()["results"].clone();
    assert!((0..3).all(|n| results[n]["item"]["status"] == "accepted"), "{results}");
    assert_eq!(results[3]["problem"]["code"], "not-found");
}

#[test]
fn what_makes_no_sense_is_refused() {
    let (_folder, mut served) = served(2);
    served.log_in(&json!({ "name": "Ada" }));
    let id = served.json("/api/v1/statements?limit=1")["items"][0]["id"].clone();
    let report = served.json("/api/v1/reports?limit=1")["items"][0]["report"].clone();
    for (body, status) in [
        (json!({ "action": "accept", "target": report }), 422),
        (json!({ "action": "correct", "target": id, "field": "act", "value": "lie" }), 422),
        (json!({ "action": "correct", "target": id, "field": "mood", "value": "bad" }), 422),
        (json!({ "action": "correct", "target": id, "field": "act" }), 400),
        (json!({ "action": "accept", "target": id, "value": "x" }), 400),
        (json!({ "action": "comment", "target": id }), 400),
        (
            json!({ "action": "add", "target": report, "kind": "figure", "fields": { "words": "not in it at all" } }),
            422,
        ),
        (json!({ "action": "add", "target": report, "kind": "figure", "fields": { "words": ["x"] } }), 400),
        (json!({ "action": "merge", "target": id, "value": id }), 422),
        (json!({ "action": "undo", "target": "ffffffffff" }), 404),
        (json!({ "action": "accept", "target": "ffffffffff.s1" }), 404),
        (json!({ "action": "accept", "target": "" }), 422),
        (json!({ "action": "accept", "target": "\u{202e}\0" }), 422),
        (json!({ "action": "judge", "target": id }), 400),
        (json!({ "action": "accept", "target": id, "more": 1 }), 400),
        (json!([]), 400),
    ] {
        let answer = served.post(DECISIONS, &body);
        assert_eq!(answer.problem().0, status, "{body}: {answer:?}");
    }
    assert_eq!(served.json("/api/v1/summary")["decisions"], 0);
    let too_many = json!({ "decisions": vec![json!({ "action": "accept", "target": id }); 501] });
    assert_eq!(served.post("/api/v1/decisions/bulk", &too_many).problem().0, 400);
}
