//! Addresses of the web among the inputs, and how they are asked.

use std::cell::OnceCell;
use std::sync::atomic::Ordering;
use std::thread::sleep;
use std::time::{Duration, Instant};

use ascribe::Served;
use ascribe_fetch::{Answer, Error, Fetched, Fetcher, Limits, Pace, Polite, Validators};
use url::Url;

use crate::args::OptionArguments;
use crate::source::STOP;

/// Between two requests to one host, where a program asks and not a person.
const PAUSE: Duration = Duration::from_secs(1);
/// How soon Ctrl-C is heeded in a pause.
const SLICE: Duration = Duration::from_millis(100);

/// Whether an input is an address and no file.
pub(crate) fn is_address(path: &str) -> bool {
    let begins = |scheme: &str| path.get(..scheme.len()).is_some_and(|s| s.eq_ignore_ascii_case(scheme));
    begins("http://") || begins("https://")
}

/// The address that `link` stands for on a page or in a feed at `base`; `None` if it is none to fetch.
pub(crate) fn linked(base: &str, link: &str) -> Option<String> {
    let joined = || Url::parse(base).ok()?.join(link).ok().map(String::from);
    if is_address(link) { Some(link.to_owned()) } else { joined().filter(|link| is_address(link)) }
}

/// The way to the web, opened when it is needed.
pub(crate) struct Web {
    limits: Limits,
    fetcher: OnceCell<Fetcher>,
}

impl Web {
    pub(crate) fn of(arguments: &OptionArguments) -> Self {
        let OptionArguments { max_bytes, allow_private, .. } = *arguments;
        Self { limits: Limits { max_bytes, allow_private, ..Limits::default() }, fetcher: OnceCell::new() }
    }

    /// What stands at an address that a person named.
    pub(crate) fn get(&self, url: &str) -> Result<Answer, Error> {
        self.fetcher()?.get(url, &Validators::default()).and_then(whole)
    }

    /// What asks for pages that nobody named, one after the other.
    pub(crate) fn polite(&self) -> Result<Polite<'_>, Error> {
        Ok(Polite::new(self.fetcher()?, Pace { pause: PAUSE, wait: &wait }))
    }

    fn fetcher(&self) -> Result<&Fetcher, Error> {
        if let Some(fetcher) = self.fetcher.get() {
            return Ok(fetcher);
        }
        let fetcher = Fetcher::new(self.limits.clone())?;
        Ok(self.fetcher.get_or_init(|| fetcher))
    }
}

/// The answer to a question without conditions.
pub(crate) fn whole(fetched: Fetched) -> Result<Answer, Error> {
    match fetched {
        Fetched::Answer(answer) => Ok(*answer),
        Fetched::NotModified => Err(Error {
            kind: ascribe_fetch::ErrorKind::Refused,
            message: "the server answered that nothing has changed, though nothing was known".to_owned(),
            retry_after: None,
        }),
    }
}

/// What intake is told of an answer.
pub(crate) fn served(answer: &Answer) -> Served {
    let Answer { url, at, content_type, .. } = answer;
    Served { url: url.clone(), captured_at: format!("{at:.0}"), content_type: content_type.clone() }
}

/// Waits; false if Ctrl-C was pressed.
pub(crate) fn wait(time: Duration) -> bool {
    let end = Instant::now() + time;
    while !STOP.load(Ordering::Relaxed) {
        let left = end.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return true;
        }
        sleep(left.min(SLICE));
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_files() {
        for address in ["https://n.example/a", "HTTP://n.example"] {
            assert!(is_address(address), "{address}");
        }
        for file in ["http", "http:/a", "ftp://n.example", "a/http://b", "-", "häfen"] {
            assert!(!is_address(file), "{file}");
        }
    }

    #[test]
    fn links_of_feeds() {
        let feed = "https://n.example/news/feed.xml";
        let cases = [
            ("https://m.example/1", Some("https://m.example/1")),
            ("/1", Some("https://n.example/1")),
            ("1?x", Some("https://n.example/news/1?x")),
            ("mailto:ada@n.example", None),
            ("file:///a", None),
        ];
        for (link, address) in cases {
            assert_eq!(linked(feed, link).as_deref(), address, "{link}");
        }
        assert_eq!(linked("feed.xml", "/1"), None);
    }
}
