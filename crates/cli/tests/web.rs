//! Addresses of the web among the inputs, and feeds that are watched: from servers on this machine.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::sleep;
use std::time::{Duration, Instant};

use ascribe_testkit::archive::{Member, gzip, zip};
use ascribe_testkit::web::{Server, answer, page};
use assert_cmd::cargo::cargo_bin;
use serde_json::Value;
use tempfile::TempDir;

const RAIN: &str =
    "HARROW BAY, Jan. 12, 2026 (Northwire) — Mayor Ada Lind said on Monday that the harbour was closed.";

struct Outcome {
    status: i32,
    out: String,
    err: String,
}

fn command(folder: &TempDir, arguments: &[&str]) -> Command {
    let mut command = Command::new(cargo_bin("ascribe"));
    command.args(arguments).current_dir(folder.path()).env("ASCRIBE_LEDGER", "ledger.db");
    command.stdin(Stdio::null());
    command
}

fn run_in(folder: &TempDir, arguments: &[&str]) -> Outcome {
    let output = command(folder, arguments).output().unwrap();
    Outcome {
        status: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

fn run(arguments: &[&str]) -> Outcome {
    run_in(&TempDir::new().unwrap(), arguments)
}

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn what_stands_at_an_address_is_read() {
    let server = Server::start(|path, _| match path {
        "/old" => answer("301 Moved Permanently", &["Location: /new"], b""),
        "/new" => page(RAIN),
        "/packed" => answer(
            "200 OK",
            &["Content-Type: text/plain; charset=windows-1252", "Content-Encoding: gzip"],
            &gzip(b"The caf\xe9 was closed on Jan. 12, 2026, Ada Lind said."),
        ),
        "/a.zip" => answer(
            "200 OK",
            &["Content-Type: application/octet-stream"],
            &zip(&[("a.txt", RAIN.as_bytes())], Member::Deflated),
        ),
        "/wrong" => {
            answer("200 OK", &["Content-Type: text/plain"], format!("<!doctype html><p>{RAIN}").as_bytes())
        }
        _ => answer("404 Not Found", &[], b""),
    });
    let at = |path: &str| server.at(path);
    let urls = [at("/old"), at("/packed"), at("/a.zip"), at("/wrong")];
    let mut arguments = vec!["read", "--allow-private", "--format", "jsonl"];
    arguments.extend(urls.iter().map(String::as_str));
    let outcome = run(&arguments);
    assert_eq!(outcome.status, 0, "{}", outcome.err);
    let reports: Vec<Value> = lines(&outcome.out).into_iter().map(|line| line["report"].clone()).collect();
    for line in outcome.out.lines() {
        ascribe_testkit::validate(line);
    }
    assert_eq!((&reports[0]["path"], &reports[0]["url"]), (&at("/old").into(), &at("/new").into()));
    assert_eq!((&reports[0]["text"], &reports[0]["published"]), (&RAIN.into(), &"2026-01-12".into()));
    let captured: jiff::Timestamp = reports[0]["captured_at"].as_str().unwrap().parse().unwrap();
    assert!(captured.duration_since(jiff::Timestamp::now()).abs() < jiff::SignedDuration::from_mins(5));
    assert!(reports[1]["text"].as_str().unwrap().starts_with("The café"));
    assert_eq!(reports[2]["path"], format!("{}!a.txt", at("/a.zip")));
    assert_eq!((&reports[3]["text"], &reports[3]["media_type"]), (&RAIN.into(), &"text/html".into()));
    let notes = lines(&outcome.out)[3]["notes"].to_string();
    assert!(notes.contains("media_type_differs"), "{notes}");
}

#[test]
fn what_cannot_be_fetched_is_refused_and_the_rest_is_read() {
    let server = Server::start(|path, _| match path {
        "/circle" => answer("302 Found", &["Location: /circle"], b""),
        "/picture" => answer("200 OK", &["Content-Type: image/png"], b"\x89PNG"),
        "/cut" => b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\nConnection: close\r\n\r\nIt rained.".to_vec(),
        "/bomb" => answer("200 OK", &["Content-Type: text/plain"], &gzip(&vec![b' '; 40 << 20])),
        "/rain" => page(RAIN),
        _ => answer("404 Not Found", &[], b""),
    });
    let paths = ["/circle", "/picture", "/cut", "/bomb", "/none", "/rain"];
    let urls = paths.map(|path| server.at(path));
    let mut arguments = vec!["read", "--allow-private", "--format", "jsonl"];
    arguments.extend(urls.iter().map(String::as_str));
    let outcome = run(&arguments);
    assert_eq!((outcome.status, lines(&outcome.out).len()), (1, 1), "{}", outcome.err);
    for (url, reason) in urls.iter().zip([
        "cannot be read: its redirects lead in a circle",
        "served as image/png, which is not read",
        "cannot be read: the answer breaks off after 10 bytes",
        "unpacks to over 200 times its size",
        "cannot be read: the server answered 404 Not Found",
    ]) {
        assert!(outcome.err.contains(&format!("refused: {url}: {reason}")), "{}", outcome.err);
    }
    let careful = run(&["read", &urls[5]]);
    assert_eq!(careful.status, 2);
    assert!(careful.err.contains("127.0.0.1 is in a private network"), "{}", careful.err);
    assert!(server.asked().len() == 6, "{:?}", server.asked());
}

/// A feed of these entries: numbers of pages.
fn feed(n: usize) -> Vec<u8> {
    let items: String = (0..n)
        .map(|i| {
            format!(
                "<item><title>Rain {i}</title><link>/{i}</link><pubDate>Mon, 12 Jan 2026 08:00:00 GMT</pubDate>\
                 <description>Rain came for the {i}. time, Mayor Ada Lind said.</description></item>"
            )
        })
        .collect();
    format!("<rss version='2.0'><channel><title>Northwire</title>{items}</channel></rss>").into_bytes()
}

/// A server of a feed that has `n` entries more at every look, and their pages but the second.
fn newsroom() -> Server {
    let n_looks = AtomicUsize::new(0);
    Server::start(move |path, head| match path {
        "/robots.txt" => answer("200 OK", &[], b"User-agent: *\nDisallow: /2\n"),
        "/feed" if head.contains("\"two\"") => answer("304 Not Modified", &[], b""),
        "/feed" => {
            let n = n_looks.fetch_add(1, Ordering::Relaxed) + 2;
            let tag = if n == 2 { "ETag: \"one\"" } else { "ETag: \"two\"" };
            answer("200 OK", &["Content-Type: application/rss+xml", tag], &feed(n))
        }
        "/busy" => answer("429 Too Many Requests", &["Retry-After: 7200"], b""),
        "/1" => answer("404 Not Found", &[], b""),
        path => page(&format!("{RAIN} This is the page {}.", &path[1..])),
    })
}

#[test]
fn feeds_are_asked_for_what_is_new() {
    let (server, folder) = (newsroom(), TempDir::new().unwrap());
    let feed = server.at("/feed");
    let watch = ["watch", "--once", "--allow-private", &feed];
    let first = run_in(&folder, &watch);
    assert_eq!(first.status, 0, "{}", first.err);
    assert!(first.err.contains("2 new, 0 seen, 0 refused"), "{}", first.err);
    let second = run_in(&folder, &watch);
    assert!(second.err.contains("1 new, 2 seen, 0 refused"), "{}", second.err);
    let third = run_in(&folder, &watch);
    assert!(third.err.contains("0 new, 0 seen, 0 refused"), "nothing was sent: {}", third.err);
    assert_eq!(server.asked().iter().filter(|path| *path == "/feed").count(), 3);
    let reports = lines(&run_in(&folder, &["reports"]).out);
    assert_eq!(reports.len(), 3);
    assert_eq!(reports[0]["outlet"], "Northwire");
    assert_eq!(run_in(&folder, &["verify"]).status, 0);
}

#[test]
fn linked_pages_are_fetched_once() {
    let (server, folder) = (newsroom(), TempDir::new().unwrap());
    let feed = server.at("/feed");
    let first = run_in(&folder, &["add", "--pages", "--allow-private", &feed]);
    assert!(first.err.contains("3 new, 0 seen, 1 refused"), "{}", first.err);
    let second = run_in(&folder, &["watch", "--once", "--pages", "--allow-private", &feed]);
    let robots = format!("refused: {}: cannot be read: the host's robots.txt asks not", server.at("/2"));
    assert!(second.err.contains(&robots), "{}", second.err);
    let asked = server.asked();
    let n_asked = |path: &str| asked.iter().filter(|asked| *asked == path).count();
    assert_eq!((n_asked("/0"), n_asked("/1"), n_asked("/2")), (1, 2, 0), "{asked:?}");
    let page = lines(&run_in(&folder, &["search", "page"]).out);
    assert_eq!((page.len(), &page[0]["url"]), (1, &server.at("/0").into()), "{page:?}");
    assert_eq!(run_in(&folder, &["verify"]).status, 0);
}

#[test]
fn what_was_fetched_and_refused_is_kept() {
    let server = Server::start(|path, _| match path {
        "/empty" => answer("200 OK", &["Content-Type: text/html"], b"<nav>Home</nav>"),
        _ => answer("500 Internal Server Error", &[], b""),
    });
    let folder = TempDir::new().unwrap();
    let outcome = run_in(&folder, &["add", "--allow-private", &server.at("/empty"), &server.at("/broken")]);
    assert_eq!(outcome.status, 2, "{}", outcome.err);
    let refused = lines(&run_in(&folder, &["refused"]).out);
    assert_eq!(refused.len(), 2);
    assert_eq!((&refused[0]["path"], &refused[0]["sha256"]), (&server.at("/broken").into(), &"".into()));
    assert_eq!(refused[1]["sha256"].as_str().unwrap().len(), 64, "{refused:?}");
    let again = run_in(&folder, &["refused", "--retry", "--allow-private"]);
    assert!(again.err.contains("HTML in which no text is seen"), "{}", again.err);
    assert_eq!(
        server.asked(),
        ["/empty", "/broken", "/broken", "/empty"],
        "what a server says belongs to it"
    );
}

#[test]
fn a_busy_server_is_said_and_left() {
    let (server, folder) = (newsroom(), TempDir::new().unwrap());
    let busy = server.at("/busy");
    let outcome = run_in(&folder, &["watch", "--once", "--allow-private", &busy, &server.at("/feed")]);
    assert_eq!(outcome.status, 2, "the host is left alone altogether: {}", outcome.err);
    assert!(
        outcome.err.contains(&format!("not fetched: {busy}: the server answered 429")),
        "{}",
        outcome.err
    );
    assert!(outcome.err.contains("the host is left alone for another"), "{}", outcome.err);
    assert_eq!(server.asked(), ["/robots.txt", "/busy"]);
    for wrong in [&["watch", "feed.xml"][..], &["watch", &busy, "--every", "1s"]] {
        assert_eq!(run_in(&folder, wrong).status, 2);
    }
}

#[cfg(unix)]
#[test]
fn watching_ends_well_at_ctrl_c() {
    let (server, folder) = (newsroom(), TempDir::new().unwrap());
    let mut watching = command(&folder, &["watch", "--allow-private", &server.at("/feed")]);
    let mut watching = watching.stderr(Stdio::null()).spawn().unwrap();
    let began = Instant::now();
    while !folder.path().join("ledger.db.feeds.json").exists() {
        assert!(began.elapsed() < Duration::from_secs(120), "no feed was added");
        sleep(Duration::from_millis(50));
    }
    let killed = Command::new("kill").args(["-INT", &watching.id().to_string()]).status().unwrap();
    assert!(killed.success());
    assert_eq!(watching.wait().unwrap().code(), Some(130));
    assert_eq!(lines(&run_in(&folder, &["reports"]).out).len(), 2);
    assert_eq!(run_in(&folder, &["verify"]).status, 0);
}
