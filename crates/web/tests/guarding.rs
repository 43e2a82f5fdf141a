//! Who may come in, and what hostile clients cannot do.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test fails by panicking and says what it skips"
)]

mod common;

use std::io::Write;
use std::time::{Duration, Instant};

use ascribe_web::{Config, Role, Server, add_user, remove_user, users_path};
use common::{answer, fill, served, start};
use serde_json::json;

const SESSION: &str = "/api/v1/session";

#[test]
fn with_users_nobody_comes_in_without_a_password() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = folder.path().join("news.db");
    fill(&ledger, 2);
    let users = users_path(&ledger);
    add_user(&users, "Ada", Role::Reviewer, "a long password").unwrap();
    add_user(&users, "Bo", Role::Reader, "another password").unwrap();
    let mut served = start(Config { ledger, users: Some(users.clone()), intake: None });
    for path in
        ["/reports", "/facets", "/metrics", "/events", "/exports/reports.csv", "/decisions", "/stories"]
    {
        assert_eq!(served.get(&format!("/api/v1{path}")).problem(), (401, "login-required".into()), "{path}");
    }
    assert_eq!(served.get("/api/openapi.json").status, 401);
    assert_eq!(served.get("/").status, 200);
    let session = served.json(SESSION);
    assert_eq!(
        (&session["login"], &session["user"], &session["ledger"]["name"]),
        (&true.into(), &json!(null), &json!(null))
    );
    assert!(served.json("/api/v1/health")["reports"].is_null());
    assert_eq!(served.log_in(&json!({ "name": "Ada" })).problem(), (401, "wrong-login".into()));
    assert_eq!(served.log_in(&json!({ "name": "Cy", "password": "a long password" })).problem().0, 401);
    let cookie = served.log_in(&json!({ "name": "Ada", "password": "a long password" }));
    let cookie = cookie.header("set-cookie").unwrap().to_owned();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
    assert_eq!(served.json(SESSION)["can"]["decide"], true);
    let id = served.json("/api/v1/statements?limit=1")["items"][0]["id"].clone();
    let accept = json!({ "action": "accept", "target": id });
    assert_eq!(served.post("/api/v1/decisions", &accept).status, 201);
    // Who is taken out is out at once.
    remove_user(&users, "Ada").unwrap();
    assert_eq!(served.get("/api/v1/reports").status, 401);
    assert_eq!(served.log_in(&json!({ "name": "Bo", "password": "another password" })).status, 200);
    assert_eq!(served.json(SESSION)["can"]["decide"], false);
    assert_eq!(served.post("/api/v1/decisions", &accept).problem(), (403, "forbidden".into()));
    assert_eq!(served.post("/api/v1/intake/text", &json!({ "text": "x" })).problem().0, 403);
    served.cookie = Some("ascribe=0000".into());
    assert_eq!(served.get("/api/v1/reports").status, 401);
    served.cookie = None;
    for n in 0..10 {
        assert_eq!(served.log_in(&json!({ "name": "Bo", "password": format!("guess {n}") })).status, 401);
    }
    let refused = served.log_in(&json!({ "name": "Bo", "password": "another password" }));
    assert_eq!(refused.problem(), (429, "too-many".into()));
    assert!(refused.header("retry-after").is_some());
}

#[test]
fn other_sites_cannot_use_a_browser() {
    let (_folder, mut served) = served(2);
    for host in ["evil.example", "evil.example:80", "127.0.0.1.evil.example", ""] {
        let answer = served.ask("GET", "/api/v1/reports", &[&format!("Host: {host}")], b"");
        assert_eq!(answer.problem(), (403, "foreign-origin".into()), "{host}");
    }
    served.log_in(&json!({ "name": "Ada" }));
    let own = format!("Origin: http://{}", served.address);
    for (header, status) in [
        ("Origin: http://evil.example", 403),
        ("Origin: null", 403),
        ("Sec-Fetch-Site: cross-site", 403),
        ("Sec-Fetch-Site: same-site", 403),
        ("Sec-Fetch-Site: same-origin", 400),
        (own.as_str(), 400),
    ] {
        let headers = ["Content-Type: application/json", header];
        assert_eq!(served.ask("POST", "/api/v1/decisions", &headers, b"{}").status, status, "{header}");
    }
    // A form of another site can send no JSON.
    let form = ["Content-Type: text/plain"];
    assert_eq!(served.ask("POST", "/api/v1/decisions", &form, b"{}").problem(), (415, "media-type".into()));
}

#[test]
fn bodies_that_are_too_large_or_end_half_way() {
    let (_folder, served) = served(2);
    let large = vec![b' '; 3 << 20];
    let answered = served.ask("POST", "/api/v1/decisions", &["Content-Type: application/json"], &large);
    assert_eq!(answered.problem(), (413, "too-large".into()));
    let head = format!(
        "POST /api/v1/decisions HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\n",
        served.address
    );
    // It says that a gigabyte comes, and sends nothing.
    let mut stream = served.connect();
    write!(stream, "{head}Content-Length: 1073741824\r\n\r\n").unwrap();
    stream.shutdown(std::net::Shutdown::Write).unwrap();
    assert_eq!(answer(&mut stream).problem().0, 413);
    // Without a length, and without an end.
    let mut stream = served.connect();
    write!(stream, "{head}Transfer-Encoding: chunked\r\n\r\n5\r\n{{\"act").unwrap();
    stream.shutdown(std::net::Shutdown::Write).unwrap();
    let half = answer(&mut stream);
    assert!(half.status == 0 || half.status == 400, "{half:?}");
    for garbage in ["\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "\u{0}\u{1}\u{2}\r\n\r\n"] {
        let mut stream = served.connect();
        stream.write_all(garbage.as_bytes()).unwrap();
        stream.shutdown(std::net::Shutdown::Write).unwrap();
        assert_ne!(answer(&mut stream).status, 200, "{garbage:?}");
    }
    assert_eq!(served.get("/api/v1/reports").status, 200);
}

#[test]
fn slow_clients_do_not_keep_others_out() {
    let (_folder, served) = served(2);
    let mut slow = Vec::new();
    for n in 0..900 {
        // The machine may have no more files to give; the more the better.
        let Ok(mut stream) = std::net::TcpStream::connect(served.address) else { break };
        let _ = stream.write_all(if n % 2 == 0 {
            b"GET / HT"
        } else {
            b"POST /api/v1/decisions HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n{"
        });
        slow.push(stream);
    }
    assert!(slow.len() > 600, "only {} connections", slow.len());
    let began = Instant::now();
    assert_eq!(served.get("/api/v1/reports").status, 200);
    assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
}

#[test]
fn an_open_address_needs_users() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = folder.path().join("news.db");
    let any = "0.0.0.0:0".parse().unwrap();
    let users = users_path(&ledger);
    for users in [None, Some(users.clone())] {
        let error = Server::open(Config { ledger: ledger.clone(), users, intake: None }, any).err().unwrap();
        assert!(error.to_string().contains("needs users"), "{error}");
    }
    add_user(&users, "Ada", Role::Admin, "a long password").unwrap();
    assert!(Server::open(Config { ledger, users: Some(users), intake: None }, any).is_ok());
}

#[cfg(unix)]
#[test]
fn a_ledger_that_may_only_be_read_is_read() {
    use std::os::unix::fs::PermissionsExt;

    let folder = tempfile::tempdir().unwrap();
    let ledger = folder.path().join("news.db");
    fill(&ledger, 2);
    let set = |mode| {
        std::fs::set_permissions(&ledger, std::fs::Permissions::from_mode(mode)).unwrap();
        std::fs::set_permissions(
            folder.path(),
            std::fs::Permissions::from_mode(if mode == 0o400 { 0o500 } else { 0o700 }),
        )
        .unwrap();
    };
    set(0o400);
    let is_root = std::fs::write(folder.path().join("x"), "").is_ok();
    if is_root {
        println!("SKIPPED: who runs this may write everywhere");
    } else {
        let mut served = start(Config { ledger: ledger.clone(), users: None, intake: None });
        served.log_in(&json!({ "name": "Ada" }));
        assert_eq!(served.json(SESSION)["can"]["decide"], false);
        let id = served.json("/api/v1/statements?limit=1")["items"][0]["id"].clone();
        let accept = json!({ "action": "accept", "target": id });
        assert_eq!(served.post("/api/v1/decisions", &accept).problem(), (503, "read-only".into()));
    }
    set(0o600);
}
