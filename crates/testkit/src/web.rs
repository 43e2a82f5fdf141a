//! A web server on this machine, for as long as a test runs.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

/// A server: what it answers is decided by a function of the request's head.
pub struct Server {
    /// Its address, without a slash at the end.
    pub url: String,
    heads: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Starts a server. `answer` gets the request's head, its lines as they were sent, and gives all
    /// bytes of the answer; the connection is closed behind them.
    pub fn start(answer: impl Fn(&str, &str) -> Vec<u8> + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("it is bound"));
        let heads = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&heads);
        thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                let mut head = String::new();
                let Ok(input) = stream.try_clone() else { continue };
                let mut lines = BufReader::new(input);
                while lines.read_line(&mut head).is_ok_and(|n| n > 2) {}
                let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
                lock(&kept).push(head.clone());
                // A client that has seen enough may be gone.
                let _ = stream.write_all(&answer(&path, &head));
            }
        });
        Self { url, heads }
    }

    /// The address of a page.
    pub fn at(&self, path: &str) -> String {
        format!("{}{path}", self.url)
    }

    /// The paths that were asked for so far.
    pub fn asked(&self) -> Vec<String> {
        lock(&self.heads).iter().map(|head| head.split(' ').nth(1).unwrap_or_default().to_owned()).collect()
    }
}

/// An answer with a length and these fields.
pub fn answer(status: &str, fields: &[&str], body: &[u8]) -> Vec<u8> {
    let fields: String = fields.iter().map(|field| format!("{field}\r\n")).collect();
    let n = body.len();
    let head = format!("HTTP/1.1 {status}\r\nContent-Length: {n}\r\nConnection: close\r\n{fields}\r\n");
    [head.as_bytes(), body].concat()
}

/// A page.
pub fn page(text: &str) -> Vec<u8> {
    let html = format!("<html><body><p>{text}</p></body></html>");
    answer("200 OK", &["Content-Type: text/html; charset=utf-8"], html.as_bytes())
}

fn lock(heads: &Mutex<Vec<String>>) -> MutexGuard<'_, Vec<String>> {
    heads.lock().unwrap_or_else(PoisonError::into_inner)
}
