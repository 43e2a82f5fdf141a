//! What is fetched, refused and waited for, from servers on this machine.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::cell::RefCell;
use std::time::Duration;

use ascribe_fetch::{Answer, Error, ErrorKind, Fetched, Fetcher, Limits, Pace, Polite, Validators};
use ascribe_testkit::web::{Server, answer, page};

fn fetcher() -> Fetcher {
    Fetcher::new(Limits {
        allow_private: true,
        max_bytes: 1000,
        max_time: Duration::from_secs(10),
        ..Limits::default()
    })
    .unwrap()
}

fn get(url: &str) -> Result<Answer, Error> {
    fetcher().get(url, &Validators::default()).map(|fetched| match fetched {
        Fetched::Answer(answer) => *answer,
        Fetched::NotModified => panic!("nothing was known of it"),
    })
}

#[track_caller]
fn refused(url: &str, kind: ErrorKind, message: &str) {
    let error = get(url).unwrap_err();
    assert_eq!(error.kind, kind, "{error}");
    assert!(error.message.contains(message), "{error}");
}

#[test]
fn a_page_comes_with_what_the_server_says() {
    let server = Server::start(|_, _| {
        answer("200 OK", &["Content-Type: text/html; charset=koi8-r", "ETag: \"1\""], b"It rained.")
    });
    let found = get(&server.at("/a#part")).unwrap();
    assert_eq!((found.url, found.content_type), (server.at("/a"), "text/html; charset=koi8-r".to_owned()));
    assert_eq!(
        (found.body.as_slice(), found.validators.etag.as_deref()),
        (&b"It rained."[..], Some("\"1\""))
    );
}

#[test]
fn redirects_are_followed_so_far() {
    let server = Server::start(|path, _| {
        let to = |to: &str| answer("302 Found", &[&format!("Location: {to}")], b"");
        match path {
            "/circle" => to("/circle/2"),
            "/circle/2" => to("/circle"),
            "/self" => to("/self#again"),
            "/file" => to("file:///etc/hosts"),
            "/nowhere" => to("http://"),
            "/0" => page("It rained."),
            _ => {
                let n: usize = path[1..].parse().unwrap();
                to(&format!("/{}", n - 1))
            }
        }
    });
    assert_eq!(get(&server.at("/5")).unwrap().url, server.at("/0"));
    refused(&server.at("/6"), ErrorKind::Refused, "over 5 redirects, the limit");
    refused(&server.at("/circle"), ErrorKind::Refused, "its redirects lead in a circle");
    refused(&server.at("/self"), ErrorKind::Refused, "its redirects lead in a circle");
    refused(&server.at("/file"), ErrorKind::Address, "addresses that begin with file: are not fetched");
    refused(&server.at("/nowhere"), ErrorKind::Address, "http:// is no address of the web");
}

#[test]
fn machines_inside_are_not_asked() {
    let server = Server::start(|_, _| page("Inside."));
    let careful = Fetcher::new(Limits::default()).unwrap();
    let port = server.url.rsplit(':').next().unwrap();
    // By number, by name, in other notations, and as IPv4 inside of IPv6.
    for host in ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0"] {
        let error = careful.get(&format!("http://{host}:{port}/"), &Validators::default()).unwrap_err();
        assert_eq!(error.kind, ErrorKind::Address, "{host}: {error}");
        assert!(error.message.ends_with("--allow-private lets it be asked"), "{host}: {error}");
    }
    assert!(server.asked().is_empty());
    refused("ftp://n.example/a", ErrorKind::Address, "ftp: are not fetched");
    refused("http://ada:secret@n.example/", ErrorKind::Address, "name or password");
    refused("n.example/a", ErrorKind::Address, "no address of the web");
}

#[test]
fn names_are_looked_up_once_and_the_connection_is_made_there() {
    let server = Server::start(|_, _| page("It rained."));
    let url = server.at("/").replace("127.0.0.1", "localhost");
    assert!(get(&url).unwrap().body.ends_with(b"</html>"));
    refused("http://no-such-host.invalid/", ErrorKind::Later, "no-such-host.invalid is not found");
}

#[test]
fn what_is_too_much_or_too_little_is_refused() {
    let server = Server::start(|path, _| match path {
        "/told" => answer("200 OK", &[], &[b'a'; 1001]),
        "/untold" => [&b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"[..], &[b'a'; 5000]].concat(),
        "/cut" => b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\nConnection: close\r\n\r\nIt rain".to_vec(),
        "/chunks" => b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7\r\nIt rain\r\n".to_vec(),
        "/packed" => answer("200 OK", &["Content-Encoding: br"], b"x"),
        "/none" => Vec::new(),
        "/gone" => answer("410 Gone", &[], b""),
        _ => answer("429 Too Many Requests", &["Retry-After: 120"], b""),
    });
    refused(&server.at("/told"), ErrorKind::Refused, "over 1000 bytes, the limit for one capture");
    refused(&server.at("/untold"), ErrorKind::Refused, "over 1000 bytes, the limit for one capture");
    refused(&server.at("/cut"), ErrorKind::Later, "the answer breaks off after 7 bytes");
    refused(&server.at("/chunks"), ErrorKind::Later, "the answer breaks off after 7 bytes");
    refused(&server.at("/packed"), ErrorKind::Refused, "it is packed as br, which was not asked for");
    refused(&server.at("/none"), ErrorKind::Later, "");
    refused(&server.at("/gone"), ErrorKind::Gone, "the server answered 410 Gone");
    let busy = get(&server.at("/busy")).unwrap_err();
    assert_eq!((busy.kind, busy.retry_after), (ErrorKind::Later, Some(Duration::from_secs(120))));
}

#[test]
fn a_slow_server_runs_out_of_time() {
    let server = Server::start(|_, _| {
        std::thread::sleep(Duration::from_secs(2));
        page("Too late.")
    });
    let limits = Limits { allow_private: true, max_time: Duration::from_millis(300), ..Limits::default() };
    let error = Fetcher::new(limits).unwrap().get(&server.at("/"), &Validators::default()).unwrap_err();
    assert_eq!(error.kind, ErrorKind::Later, "{error}");
}

#[test]
fn what_has_not_changed_is_not_sent_again() {
    let server = Server::start(|_, head| {
        let known = head.to_ascii_lowercase().contains("if-none-match: \"7\"");
        if known { answer("304 Not Modified", &[], b"") } else { answer("200 OK", &["ETag: \"7\""], b"x") }
    });
    let found = get(&server.at("/")).unwrap();
    let again = fetcher().get(&server.at("/"), &found.validators).unwrap();
    assert!(matches!(again, Fetched::NotModified));
}

/// Asks politely for each path in turn; what was waited for comes beside it.
fn politely(server: &Server, paths: &[&str]) -> (Vec<Result<Fetched, Error>>, Vec<Duration>) {
    let fetcher = fetcher();
    let waits = RefCell::new(Vec::new());
    let wait = |time: Duration| {
        waits.borrow_mut().push(time);
        true
    };
    let mut polite = Polite::new(&fetcher, Pace { pause: Duration::from_secs(2), wait: &wait });
    let found = paths.iter().map(|path| polite.get(&server.at(path), &Validators::default())).collect();
    drop(polite);
    (found, waits.into_inner())
}

#[test]
fn robots_are_asked_once_and_obeyed() {
    let rules =
        b"User-agent: *\nDisallow: /private\n\nUser-agent: ascribe\nDisallow: /closed\nCrawl-delay: 9\n";
    let server = Server::start(move |path, _| match path {
        "/robots.txt" => answer("200 OK", &["Content-Type: text/plain"], rules),
        "/way" => answer("302 Found", &["Location: /closed/a"], b""),
        _ => page("It rained."),
    });
    let (found, waits) = politely(&server, &["/a", "/closed/a", "/private", "/way"]);
    assert!(found[0].is_ok() && found[2].is_ok(), "rules for this program stand for those for all");
    for outcome in [&found[1], &found[3]] {
        assert_eq!(outcome.as_ref().unwrap_err().kind, ErrorKind::Robots);
    }
    assert_eq!(server.asked(), ["/robots.txt", "/a", "/private", "/way"]);
    let seconds: Vec<u64> = waits.iter().map(|wait| wait.as_secs_f64().round() as u64).collect();
    assert_eq!(seconds, [2, 9, 9], "its pace, once it is known");
}

#[test]
fn a_host_that_is_busy_is_left_alone() {
    let server = Server::start(|path, _| match path {
        "/robots.txt" => answer("404 Not Found", &[], b""),
        "/busy" => answer("503 Service Unavailable", &["Retry-After: 300"], b""),
        _ => page("It rained."),
    });
    let (found, _) = politely(&server, &["/a", "/busy", "/a"]);
    assert!(found[0].is_ok());
    for outcome in &found[1..] {
        let error = outcome.as_ref().unwrap_err();
        assert_eq!(error.kind, ErrorKind::Later);
        assert!(error.retry_after.unwrap() > Duration::from_secs(290), "{error}");
    }
    assert_eq!(server.asked(), ["/robots.txt", "/a", "/busy"]);
}

#[test]
fn without_an_answer_on_robots_nothing_is_asked() {
    let server = Server::start(|path, _| match path {
        "/robots.txt" => answer("500 Internal Server Error", &[], b""),
        _ => page("It rained."),
    });
    let (found, _) = politely(&server, &["/a"]);
    let error = found[0].as_ref().unwrap_err();
    assert_eq!(error.kind, ErrorKind::Later);
    assert!(error.message.contains("robots.txt cannot be had"), "{error}");
    assert_eq!(server.asked(), ["/robots.txt"]);
}

#[test]
fn waiting_can_be_broken_off() {
    let server = Server::start(|_, _| page("It rained."));
    let fetcher = fetcher();
    let wait = |_| false;
    let mut polite = Polite::new(&fetcher, Pace { pause: Duration::from_secs(2), wait: &wait });
    let error = polite.get(&server.at("/a"), &Validators::default()).unwrap_err();
    assert_eq!(error.kind, ErrorKind::Stopped);
}
