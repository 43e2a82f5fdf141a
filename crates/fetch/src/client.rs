//! One request and what comes of it, redirects followed by hand so that each is looked at.

use std::collections::HashMap;
use std::io::Read;
use std::net::{IpAddr, SocketAddr, ToSocketAddrs};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use reqwest::blocking::{Client, Response};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::header::{self, HeaderMap, HeaderName};
use url::{Host, Url};

use crate::address::is_public;
use crate::time::retry_after;
use crate::{Error, ErrorKind};

/// What the program calls itself, in front of its version.
pub(crate) const AGENT: &str = "ascribe";

/// How far a request may go.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Bytes of the largest body, as it is sent.
    pub max_bytes: u64,
    /// The longest time that an answer may take, redirects included.
    pub max_time: Duration,
    /// Redirects that are followed.
    pub max_redirects: usize,
    /// Whether machines of private networks and this one may be asked.
    pub allow_private: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_bytes: 64 << 20,
            max_time: Duration::from_secs(60),
            max_redirects: 5,
            allow_private: false,
        }
    }
}

/// What a server gave with an answer, to be asked later whether there is a newer one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Validators {
    /// `ETag`.
    pub etag: Option<String>,
    /// `Last-Modified`.
    pub last_modified: Option<String>,
}

/// What was fetched.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The address that answered, behind all redirects.
    pub url: String,
    /// When it was asked.
    pub at: Timestamp,
    /// `Content-Type`; empty if the server gave none.
    pub content_type: String,
    /// To ask again with.
    pub validators: Validators,
    /// The body as it was sent; it may be packed in gzip.
    pub body: Vec<u8>,
}

/// What came of asking.
#[derive(Clone, Debug)]
pub enum Fetched {
    /// An answer.
    Answer(Box<Answer>),
    /// Nothing has changed since the answer that the validators came with.
    NotModified,
}

/// Fetches addresses one after the other.
pub struct Fetcher {
    client: Client,
    limits: Limits,
    resolved: Arc<Resolved>,
}

/// The addresses that the connection may be made to. Names that are not in it do not resolve.
#[derive(Default)]
struct Resolved(Mutex<HashMap<String, Vec<SocketAddr>>>);

impl Resolve for Resolved {
    fn resolve(&self, name: Name) -> Resolving {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let addresses = known.get(name.as_str()).cloned();
        let addresses = addresses.map(|addresses| Box::new(addresses.into_iter()) as Addrs);
        Box::pin(std::future::ready(addresses.ok_or_else(|| "the name was not looked up".into())))
    }
}

impl Fetcher {
    /// A fetcher that keeps to `limits`.
    ///
    /// # Errors
    /// If the machine has no certificates to check servers by.
    pub fn new(limits: Limits) -> Result<Self, Error> {
        // An error says that another part of the program has installed one.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let resolved = Arc::new(Resolved::default());
        let client = Client::builder()
            .user_agent(concat!("ascribe/", env!("CARGO_PKG_VERSION")))
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .referer(false)
            .connect_timeout(limits.max_time.min(Duration::from_secs(15)))
            .timeout(limits.max_time)
            .dns_resolver(Arc::clone(&resolved))
            .build()
            .map_err(|error| Error::new(ErrorKind::Later, causes(&error)))?;
        Ok(Self { client, limits, resolved })
    }

    /// The limits that it keeps to.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Fetches what stands at `url`, or nothing if that has not changed since `validators`.
    ///
    /// # Errors
    /// If the address or one that it leads to may not be fetched, or does not answer with status 200
    /// within the limits.
    pub fn get(&self, url: &str, validators: &Validators) -> Result<Fetched, Error> {
        self.get_until(parse(url)?, validators, &mut |_| Ok(()))
    }

    /// Fetches `url`; `allow` is asked about each address that another leads to.
    pub(crate) fn get_until(
        &self,
        mut url: Url,
        validators: &Validators,
        allow: &mut dyn FnMut(&Url) -> Result<(), Error>,
    ) -> Result<Fetched, Error> {
        let deadline = Instant::now() + self.limits.max_time;
        let at = Timestamp::now();
        let mut seen = vec![url.clone()];
        loop {
            let response = self.ask(&url, validators, deadline)?;
            let status = response.status();
            if status == 304 {
                return Ok(Fetched::NotModified);
            }
            let location = field(response.headers(), header::LOCATION);
            let Some(location) = location.filter(|_| matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308))
            else {
                return self.answer(&url, at, response, deadline).map(|a| Fetched::Answer(Box::new(a)));
            };
            let next = url.join(&location).map_err(|_| no_address(&location))?;
            url = checked(next)?;
            if seen.contains(&url) {
                return Err(Error::new(ErrorKind::Refused, "its redirects lead in a circle"));
            }
            if seen.len() > self.limits.max_redirects {
                let n = self.limits.max_redirects;
                return Err(Error::new(ErrorKind::Refused, format_args!("over {n} redirects, the limit")));
            }
            allow(&url)?;
            seen.push(url.clone());
        }
    }

    fn ask(&self, url: &Url, validators: &Validators, deadline: Instant) -> Result<Response, Error> {
        self.look_up(url, deadline)?;
        let mut request = self.client.get(url.clone()).header(header::ACCEPT_ENCODING, "gzip");
        let conditions = [
            (header::IF_NONE_MATCH, &validators.etag),
            (header::IF_MODIFIED_SINCE, &validators.last_modified),
        ];
        for (name, value) in conditions {
            if let Some(value) = value {
                request = request.header(name, value);
            }
        }
        request.timeout(left(deadline)?).send().map_err(|error| Error::new(ErrorKind::Later, causes(&error)))
    }

    /// Finds the machine's addresses, leaves out private ones, and has the connection made to the rest.
    fn look_up(&self, url: &Url, deadline: Instant) -> Result<(), Error> {
        let port = url.port_or_known_default().unwrap_or(80);
        let is_allowed = |address: &IpAddr| self.limits.allow_private || is_public(*address);
        let is_inside = || {
            let host = url.host_str().unwrap_or_default();
            let message = format!("{host} is in a private network; --allow-private lets it be asked");
            Error::new(ErrorKind::Address, message)
        };
        let name = match url.host() {
            Some(Host::Domain(name)) => name.to_owned(),
            Some(Host::Ipv4(address)) => {
                return is_allowed(&address.into()).then_some(()).ok_or_else(is_inside);
            }
            Some(Host::Ipv6(address)) => {
                return is_allowed(&address.into()).then_some(()).ok_or_else(is_inside);
            }
            None => return Err(no_address(url.as_str())),
        };
        let found = resolve(name.clone(), port, left(deadline)?)?;
        let public: Vec<SocketAddr> = found.into_iter().filter(|found| is_allowed(&found.ip())).collect();
        if public.is_empty() {
            return Err(is_inside());
        }
        self.resolved.0.lock().unwrap_or_else(PoisonError::into_inner).insert(name, public);
        Ok(())
    }

    fn answer(
        &self,
        url: &Url,
        at: Timestamp,
        response: Response,
        deadline: Instant,
    ) -> Result<Answer, Error> {
        let status = response.status();
        let headers = response.headers().clone();
        if status != 200 {
            let is_later = status.is_server_error() || matches!(status.as_u16(), 408 | 425 | 429);
            let kind = match status.as_u16() {
                410 => ErrorKind::Gone,
                _ if is_later => ErrorKind::Later,
                _ => ErrorKind::Refused,
            };
            let retry_after = field(&headers, header::RETRY_AFTER).and_then(|v| retry_after(&v, at));
            let error = Error::new(kind, format_args!("the server answered {status}"));
            return Err(Error { retry_after: retry_after.filter(|_| is_later), ..error });
        }
        let packing = field(&headers, header::CONTENT_ENCODING).unwrap_or_default();
        if !matches!(packing.to_ascii_lowercase().as_str(), "" | "identity" | "gzip" | "x-gzip") {
            let message = format!("it is packed as {packing}, which was not asked for");
            return Err(Error::new(ErrorKind::Refused, message));
        }
        Ok(Answer {
            url: url.to_string(),
            at,
            content_type: field(&headers, header::CONTENT_TYPE).unwrap_or_default(),
            validators: Validators {
                etag: field(&headers, header::ETAG),
                last_modified: field(&headers, header::LAST_MODIFIED),
            },
            body: self.body(response, deadline)?,
        })
    }

    fn body(&self, mut response: Response, deadline: Instant) -> Result<Vec<u8>, Error> {
        let limit = self.limits.max_bytes;
        let too_many =
            || Error::new(ErrorKind::Refused, format_args!("over {limit} bytes, the limit for one capture"));
        if response.content_length().is_some_and(|n| n > limit) {
            return Err(too_many());
        }
        let mut body = Vec::new();
        let mut buffer = vec![0; 1 << 16];
        loop {
            // A server that sends a byte now and then would never run into the time limit of one read.
            left(deadline)?;
            match response.read(&mut buffer) {
                Ok(0) => return Ok(body),
                Ok(n) => body.extend(&buffer[..n]),
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(error) => {
                    let n = body.len();
                    let message = format!("the answer breaks off after {n} bytes: {}", causes(&error));
                    return Err(Error::new(ErrorKind::Later, message));
                }
            }
            if body.len() as u64 > limit {
                return Err(too_many());
            }
        }
    }
}

/// An address that may be asked.
pub(crate) fn parse(url: &str) -> Result<Url, Error> {
    Url::parse(url).map_err(|_| no_address(url)).and_then(checked)
}

fn checked(mut url: Url) -> Result<Url, Error> {
    if !matches!(url.scheme(), "http" | "https") {
        let message = format!("addresses that begin with {}: are not fetched", url.scheme());
        return Err(Error::new(ErrorKind::Address, message));
    }
    if !url.username().is_empty() || url.password().is_some() {
        let message = "an address with a name or password in it is not fetched: it would be kept";
        return Err(Error::new(ErrorKind::Address, message));
    }
    url.set_fragment(None);
    Ok(url)
}

fn no_address(text: &str) -> Error {
    Error::new(ErrorKind::Address, format_args!("{text} is no address of the web"))
}

/// What the machine's resolver finds, within the time left: it has none of its own that could be set.
fn resolve(name: String, port: u16, wait: Duration) -> Result<Vec<SocketAddr>, Error> {
    let (to, from) = mpsc::channel();
    let lookup = name.clone();
    thread::spawn(move || {
        let found = (lookup.as_str(), port).to_socket_addrs().map(Iterator::collect::<Vec<_>>);
        // Nobody listens any more if the time was over.
        let _ = to.send(found);
    });
    let unknown = |why: String| Error::new(ErrorKind::Later, format_args!("{name} is not found: {why}"));
    match from.recv_timeout(wait) {
        Ok(Ok(found)) if !found.is_empty() => Ok(found),
        Ok(Ok(_)) => Err(unknown("it has no address".to_owned())),
        Ok(Err(error)) => Err(unknown(error.to_string())),
        Err(_) => Err(unknown("no answer in time".to_owned())),
    }
}

/// The time that is left.
fn left(deadline: Instant) -> Result<Duration, Error> {
    let left = deadline.saturating_duration_since(Instant::now());
    if left.is_zero() { Err(Error::new(ErrorKind::Later, "no whole answer in time")) } else { Ok(left) }
}

fn field(headers: &HeaderMap, name: HeaderName) -> Option<String> {
    let value = headers.get(name)?.to_str().ok()?.trim();
    (!value.is_empty()).then(|| value.to_owned())
}

/// An error with what it came from: the outer ones of HTTP clients say little.
fn causes(error: &dyn std::error::Error) -> String {
    let mut words: Vec<String> = Vec::new();
    let mut next = Some(error);
    while let Some(error) = next {
        let message = error.to_string();
        // Some repeat what they came from.
        if !words.iter().any(|before| before.contains(&message)) {
            words.push(message);
        }
        next = error.source();
    }
    words.join(": ")
}
