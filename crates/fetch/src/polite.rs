//! Asking many times without being a burden.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use texting_robots::Robot;
use url::Url;

use crate::client::{AGENT, parse};
use crate::{Error, ErrorKind, Fetched, Fetcher, Validators};

/// No more of `robots.txt` is read (RFC 9309, section 2.5).
const MAX_ROBOTS: usize = 500 << 10;
/// For so long `robots.txt` holds (section 2.4).
const ROBOTS_HOLD: Duration = Duration::from_secs(24 * 3600);
/// No longer pause is kept, whatever `robots.txt` asks for.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);
/// The first time to stay away from a host that is busy and does not say how long; doubled each time.
const FIRST_BACK_OFF: Duration = Duration::from_secs(30);
/// The longest.
const LONGEST_BACK_OFF: Duration = Duration::from_secs(6 * 3600);

/// How much time is left between requests, and how it is waited.
pub struct Pace<'a> {
    /// Between two requests to one host, if its `robots.txt` does not ask for more.
    pub pause: Duration,
    /// Waits; false if the user wants to stop.
    pub wait: &'a dyn Fn(Duration) -> bool,
}

/// A fetcher that keeps to what hosts ask for.
pub struct Polite<'a> {
    fetcher: &'a Fetcher,
    pace: Pace<'a>,
    hosts: HashMap<String, Host>,
}

#[derive(Default)]
struct Host {
    robots: Option<(Instant, Rules)>,
    /// When it may be asked again.
    next: Option<Instant>,
    /// Times in a row that it was busy or broken.
    n_failed: u32,
}

enum Rules {
    /// It has none, or none that can be read.
    All,
    Some(Box<Robot>),
    /// They cannot be had now, so nothing is asked for.
    None(String),
}

impl<'a> Polite<'a> {
    /// Fetches with `fetcher`, at that pace.
    pub fn new(fetcher: &'a Fetcher, pace: Pace<'a>) -> Self {
        Self { fetcher, pace, hosts: HashMap::new() }
    }

    /// Fetches what stands at `url`, or nothing if that has not changed since `validators`. Waits for
    /// the host's pace.
    ///
    /// # Errors
    /// As [`Fetcher::get`]; also if `robots.txt` is against it, if the host asked to be left alone
    /// for longer than a pause, or if the user wants to stop.
    pub fn get(&mut self, url: &str, validators: &Validators) -> Result<Fetched, Error> {
        let url = parse(url)?;
        self.allow(&url)?;
        self.turn(&url)?;
        let fetcher = self.fetcher;
        // Pages on the way are pages of hosts too; their pace is kept by the time that the way takes.
        let outcome = fetcher.get_until(url.clone(), validators, &mut |next| self.allow(next));
        self.note(&url, outcome.as_ref().err());
        outcome
    }

    /// Whether `robots.txt` lets `url` be fetched; fetches it if it is not known.
    fn allow(&mut self, url: &Url) -> Result<(), Error> {
        let key = origin(url);
        let known = self.hosts.entry(key.clone()).or_default().robots.as_ref();
        if known.is_none_or(|(at, _)| at.elapsed() > ROBOTS_HOLD) {
            self.turn(url)?;
            let rules = self.rules(url);
            // What could not be had is asked for again when the host is.
            let host = self.hosts.entry(key.clone()).or_default();
            host.robots = Some((Instant::now(), rules));
        }
        let host = self.hosts.entry(key).or_default();
        let against = |message: &str| Err(Error::new(ErrorKind::Robots, message));
        match &host.robots {
            Some((_, Rules::Some(robot))) if !robot.allowed(url.as_str()) => {
                against("the host's robots.txt asks not to fetch it")
            }
            Some((_, Rules::None(why))) => {
                let message = format!("the host's robots.txt cannot be had: {why}");
                host.robots = None;
                Err(Error::new(ErrorKind::Later, message))
            }
            _ => Ok(()),
        }
    }

    fn rules(&mut self, url: &Url) -> Rules {
        let Ok(at) = url.join("/robots.txt") else { return Rules::All };
        let outcome = self.fetcher.get_until(at, &Validators::default(), &mut |_| Ok(()));
        self.note(url, outcome.as_ref().err());
        match outcome {
            Ok(Fetched::Answer(answer)) => {
                let head = &answer.body[..answer.body.len().min(MAX_ROBOTS)];
                Robot::new(AGENT, head).map_or(Rules::All, |robot| Rules::Some(Box::new(robot)))
            }
            Ok(Fetched::NotModified) => Rules::All,
            Err(error) if error.kind == ErrorKind::Later => Rules::None(error.message),
            Err(_) => Rules::All,
        }
    }

    /// Waits until the host may be asked.
    fn turn(&mut self, url: &Url) -> Result<(), Error> {
        let host = self.hosts.entry(origin(url)).or_default();
        let wait = host.next.map_or(Duration::ZERO, |next| next.saturating_duration_since(Instant::now()));
        if wait > LONGEST_PAUSE {
            let message = format!("the host is left alone for another {} s", wait.as_secs());
            let error = Error::new(ErrorKind::Later, message);
            return Err(Error { retry_after: Some(wait), ..error });
        }
        if !wait.is_zero() && !(self.pace.wait)(wait) {
            return Err(Error::new(ErrorKind::Stopped, "stopped"));
        }
        // Whatever comes of it, the next request waits.
        host.next = Some(Instant::now() + self.pace.pause);
        Ok(())
    }

    /// Notes how the host answered, and when it may be asked again.
    fn note(&mut self, url: &Url, error: Option<&Error>) {
        let host = self.hosts.entry(origin(url)).or_default();
        let asked = match &host.robots {
            Some((_, Rules::Some(robot))) => robot.delay.filter(|s| s.is_finite() && *s > 0.0),
            _ => None,
        };
        let asked =
            asked.map_or(Duration::ZERO, |s| Duration::from_secs_f32(s.min(3600.0)).min(LONGEST_PAUSE));
        let mut wait = self.pace.pause.max(asked);
        match error {
            Some(error) if error.kind == ErrorKind::Later => {
                let own = FIRST_BACK_OFF.saturating_mul(1 << host.n_failed.min(12)).min(LONGEST_BACK_OFF);
                host.n_failed = host.n_failed.saturating_add(1);
                wait = wait.max(error.retry_after.unwrap_or(own));
            }
            _ => host.n_failed = 0,
        }
        host.next = Some(Instant::now() + wait);
    }
}

/// Scheme, host and port: what one `robots.txt` is for.
fn origin(url: &Url) -> String {
    url.origin().ascii_serialization()
}
