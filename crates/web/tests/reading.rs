//! What is listed, found, counted and exported, and what is asked for wrongly.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use std::collections::BTreeSet;
use std::io::{Read as _, Write as _};

use common::{Served, served};
use serde_json::Value;

/// All items of a list, two a page, and each once.
#[track_caller]
fn all(served: &Served, path: &str, limit: usize) -> Vec<Value> {
    let (mut items, mut cursor) = (Vec::new(), String::new());
    loop {
        let joint = if path.contains('?') { '&' } else { '?' };
        let page = served.json(&format!("/api/v1{path}{joint}limit={limit}&cursor={cursor}"));
        let of_page = page["items"].as_array().unwrap();
        assert!(of_page.len() <= limit);
        items.extend(of_page.iter().cloned());
        match page["next"].as_str() {
            Some(next) => cursor = next.to_owned(),
            None => return items,
        }
        assert!(items.len() < 5000, "{path} does not end");
    }
}

#[test]
fn pages_of_all_lists_are_the_whole_list() {
    let (_folder, served) = served(12);
    let speakers = all(&served, "/speakers", 500);
    let actor = speakers[0]["actor"].as_str().unwrap();
    let lists = [
        "/reports".to_owned(),
        "/reports?order=oldest".into(),
        format!("/reports?speaker={actor}"),
        "/reports?q=said".into(),
        "/statements".into(),
        "/statements?order=oldest".into(),
        format!("/statements?speaker={actor}"),
        format!("/statements?speaker={actor}&order=oldest"),
        "/statements?q=said".into(),
        "/figures".into(),
        "/figures?order=oldest&measure=killed".into(),
        "/speakers".into(),
        "/review".into(),
        "/review?by=oldest&kind=statements".into(),
        "/review?by=newest&kind=figures".into(),
    ];
    for list in lists {
        let whole = all(&served, &list, 500);
        for limit in [1, 3] {
            assert_eq!(all(&served, &list, limit), whole, "{list}");
        }
        let different: BTreeSet<String> = whole.iter().map(Value::to_string).collect();
        assert_eq!(different.len(), whole.len(), "{list}");
    }
    let n = |list: &str| all(&served, list, 500).len();
    assert_eq!((n("/reports"), n("/statements") > 20, n("/figures") > 5), (12, true, true));
    assert_eq!(n("/statements") + n("/figures"), n("/review"));
    let dates: Vec<Value> = all(&served, "/reports", 5).iter().map(|r| r["published"].clone()).collect();
    assert!(dates.windows(2).all(|pair| pair[0].as_str() >= pair[1].as_str()), "{dates:?}");
}

#[test]
fn filters_keep_what_fits() {
    let (_folder, served) = served(12);
    let statements = all(&served, "/statements", 500);
    let outlet = statements[0]["outlet"].as_str().unwrap().replace(' ', "%20");
    for (filter, name, value) in [
        ("act=deny".to_owned(), "act", "deny"),
        (format!("outlet={outlet}"), "outlet", statements[0]["outlet"].as_str().unwrap()),
    ] {
        let kept = all(&served, &format!("/statements?{filter}"), 500);
        let fits = statements.iter().filter(|item| item[name] == value).count();
        assert_eq!(kept.len(), fits, "{filter}");
    }
    let day = statements[0]["published"].as_str().unwrap();
    let of_day = all(&served, &format!("/statements?from={day}&to={day}"), 500);
    assert!(!of_day.is_empty() && of_day.iter().all(|item| item["published"] == day));
    let found = all(&served, &format!("/search?kind=statements&q=said&outlet={outlet}"), 500);
    assert!(
        found.iter().all(|item| item["outlet"] == statements[0]["outlet"] && item["snippet"].is_string())
    );
    let report = statements[0]["report"].as_str().unwrap();
    let of_report = all(&served, &format!("/statements?report={}", &report[..12]), 500);
    assert!(!of_report.is_empty() && of_report.iter().all(|item| item["report"] == report));
}

#[test]
fn a_report_has_its_words_where_it_says() {
    let (_folder, served) = served(4);
    for item in all(&served, "/reports", 500) {
        let id = item["report"].as_str().unwrap();
        let page = served.json(&format!("/api/v1/reports/{id}"));
        let text: Vec<char> = page["reading"]["report"]["text"].as_str().unwrap().chars().collect();
        assert_eq!(
            served.get(&format!("/api/v1/reports/{}/text", &id[..10])).body,
            text.iter().collect::<String>()
        );
        assert_eq!(page["report"]["version"], item["version"]);
        let statements = page["statements"].as_array().unwrap();
        assert_eq!(statements.len() as i64, item["statements"].as_i64().unwrap());
        for (n, statement) in statements.iter().enumerate() {
            assert_eq!(statement["n"], format!("s{}", n + 1));
            let [begin, end] = [0, 1].map(|i| statement["spans"][0][i].as_u64().unwrap() as usize);
            let words: String = text[begin..end].iter().collect();
            let of_statement =
                ["content", "cue", "source"].iter().find_map(|name| statement[*name].as_str()).unwrap();
            assert!(words.starts_with(of_statement.split(' ').next().unwrap()), "{words} / {of_statement}");
            let shown = served.json(&format!("/api/v1/statements/{}", statement["id"].as_str().unwrap()));
            assert_eq!(
                (&shown["version"], &shown["context"]["quote"]),
                (&statement["version"], &words.into())
            );
        }
        for figure in page["figures"].as_array().unwrap() {
            let shown = served.json(&format!("/api/v1/figures/{}", figure["id"].as_str().unwrap()));
            assert_eq!(shown["words"], figure["words"]);
        }
        assert_eq!(page["places"].as_array().unwrap().len(), 1);
    }
}

#[test]
fn counts_are_those_of_the_lists() {
    let (_folder, served) = served(12);
    let summary = served.json("/api/v1/summary");
    let reports = all(&served, "/reports", 500);
    assert_eq!(summary["reports"], reports.len());
    assert_eq!(summary["statements"], all(&served, "/statements", 500).len());
    let open = summary["open"].as_i64().unwrap();
    assert_eq!(served.json("/api/v1/review/count")["open"], open);
    assert_eq!(open, summary["statements"].as_i64().unwrap() + summary["figures"].as_i64().unwrap());
    for by in ["day", "month", "year"] {
        let dates = served.json(&format!("/api/v1/dates?by={by}"));
        let n: i64 = dates["items"].as_array().unwrap().iter().map(|d| d["reports"].as_i64().unwrap()).sum();
        assert_eq!(n, reports.len() as i64);
    }
    let facets = served.json("/api/v1/facets");
    assert!(facets["acts"].as_array().unwrap().contains(&"deny".into()));
    assert_eq!(facets["fields"]["figure"][0]["rule"], "words");
    let speaker = &served.json("/api/v1/speakers?limit=1")["items"][0];
    let profile = served.json(&format!("/api/v1/speakers/{}", speaker["actor"].as_str().unwrap()));
    assert_eq!((&profile["statements"], &profile["reports"]), (&speaker["statements"], &speaker["reports"]));
    let n_acts: i64 = profile["acts"].as_array().unwrap().iter().map(|act| act["n"].as_i64().unwrap()).sum();
    assert_eq!(n_acts, profile["statements"].as_i64().unwrap());
}

#[test]
fn exports_are_the_lists() {
    let (_folder, served) = served(6);
    for name in ["reports", "statements", "figures", "speakers", "decisions"] {
        let n = all(&served, &format!("/{name}"), 500).len();
        let lines = served.get(&format!("/api/v1/exports/{name}.jsonl"));
        assert_eq!(lines.body.lines().count(), n, "{name}");
        assert!(lines.body.lines().all(|line| serde_json::from_str::<Value>(line).is_ok()));
        let csv = served.get(&format!("/api/v1/exports/{name}.csv"));
        assert!(csv.header("content-disposition").unwrap().contains(&format!("{name}.csv")));
        assert_eq!(csv.body.is_empty(), n == 0);
    }
    // A browser takes it packed; the packing asks once more behind the end.
    let mut stream = served.connect();
    let head = "Host: localhost\r\nConnection: close\r\nAccept-Encoding: gzip\r\n";
    write!(stream, "GET /api/v1/exports/reports.csv HTTP/1.1\r\n{head}\r\n").unwrap();
    let mut packed = Vec::new();
    stream.read_to_end(&mut packed).unwrap();
    assert!(String::from_utf8_lossy(&packed).contains("content-encoding: gzip"));
    assert!(packed.ends_with(b"\r\n0\r\n\r\n"), "it broke off");
    let some = served.get("/api/v1/exports/statements.jsonl?act=deny").body;
    assert_eq!(some.lines().count(), all(&served, "/statements?act=deny", 500).len());
}

#[test]
fn what_is_asked_wrongly_is_told_so() {
    let (_folder, served) = served(3);
    for (path, status, code) in [
        ("/reports?colour=red", 400, "bad-request"),
        ("/reports?limit=0", 400, "bad-request"),
        ("/reports?limit=501", 400, "bad-request"),
        ("/reports?limit=many", 400, "bad-request"),
        ("/reports?cursor=nonsense", 400, "bad-request"),
        ("/reports?cursor=-1.-1", 400, "bad-request"),
        ("/reports?from=yesterday", 400, "bad-request"),
        ("/reports?to=2026-02-30", 400, "bad-request"),
        ("/reports?order=up", 400, "bad-request"),
        ("/reports?q=said&order=newest", 400, "bad-request"),
        ("/statements?act=lie", 400, "bad-request"),
        ("/statements?status=wrong", 400, "bad-request"),
        ("/statements?report=zzzz", 400, "bad-request"),
        ("/statements?report=ffffffff", 404, "not-found"),
        ("/figures?measure=%00", 400, "bad-request"),
        ("/figures?q=said", 400, "bad-request"),
        ("/reports/%00", 400, "bad-request"),
        ("/reports/..%2f..%2fetc%2fpasswd", 400, "bad-request"),
        ("/reports/%ff", 400, "bad-request"),
        ("/reports/ffffffffffff", 404, "not-found"),
        ("/statements/ffffffffffff.s1", 404, "not-found"),
        ("/statements/x", 404, "not-found"),
        ("/figures/ffff.féé", 404, "not-found"),
        ("/speakers/p0", 404, "not-found"),
        ("/speakers/p0000000000000000", 404, "not-found"),
        ("/speakers/pzzzzzzzzzzzzzzzz", 400, "bad-request"),
        ("/search", 400, "bad-request"),
        ("/search?q=a&kind=figures", 400, "bad-request"),
        ("/search?q=a&act=deny", 400, "bad-request"),
        ("/dates?by=hour", 400, "bad-request"),
        ("/review?max_confidence=2", 400, "bad-request"),
        ("/review?max_confidence=NaN", 400, "bad-request"),
        ("/review?by=newest", 400, "bad-request"),
        ("/review?cursor=1", 400, "bad-request"),
        ("/decisions?state=gone", 400, "bad-request"),
        ("/intake/none", 404, "not-found"),
        ("/exports/reports.xlsx", 404, "not-found"),
        ("/exports/all.csv", 404, "not-found"),
        ("/exports/figures.csv?act=deny", 400, "bad-request"),
        ("/nothing", 404, "not-found"),
        ("", 404, "not-found"),
    ] {
        let answer = served.get(&format!("/api/v1{path}").replace('é', "%C3%A9"));
        assert_eq!(answer.problem(), (status, code.to_owned()), "{path}");
    }
    assert_eq!(served.ask("PUT", "/api/v1/reports", &[], b"").problem(), (405, "method".into()));
    // Words of any kind are only words.
    for words in [
        "%22",
        "*",
        "%27%20OR%201=1--",
        "a%22%20NEAR%20b",
        "%E2%80%AE%D7%A9",
        "%F0%9F%8C%8A",
        "(",
        "-x",
        "a:b",
    ] {
        served.json(&format!("/api/v1/search?q={words}"));
        served.json(&format!("/api/v1/search?kind=statements&q={words}"));
        served.json(&format!("/api/v1/statements?speaker={words}"));
        served.json(&format!("/api/v1/figures?place={words}"));
    }
    assert_eq!(served.get("/api/v1/health").json()["ledger"], "ok");
}

#[test]
fn the_description_is_what_is_served() {
    let (_folder, served) = served(2);
    let spec = served.json("/api/openapi.json");
    let paths = spec["paths"].as_object().unwrap();
    assert!(paths.len() > 20);
    let schemas = spec["components"]["schemas"].as_object().unwrap();
    for part in spec.to_string().split("#/components/schemas/").skip(1) {
        let name = part.split('"').next().unwrap();
        assert!(schemas.contains_key(name), "nothing says what {name} is");
    }
    for (path, methods) in paths {
        let is_plain = !path.contains('{') && methods.get("get").is_some();
        if is_plain && !path.ends_with("/events") && !path.ends_with("/search") {
            assert_eq!(served.get(path).status, 200, "{path}");
        }
    }
    for page in ["/", "/stories/abc", "/api", "/api/api.js", "/api/api.css"] {
        let answer = served.get(page);
        assert_eq!(answer.status, 200, "{page}");
        assert!(answer.header("content-security-policy").unwrap().starts_with("default-src 'none'"));
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
        assert!(!answer.body.contains("style="), "{page} has style in it");
    }
    assert_eq!(served.get("/assets/none.js").status, 404);
    let metrics = served.get("/api/v1/metrics").body;
    assert!(
        metrics.contains("ascribe_request_seconds_count{path=\"/api/v1/reports\",status=\"200\"} 1"),
        "{metrics}"
    );
}
