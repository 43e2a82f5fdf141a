//! Times as servers tell them.

use std::time::Duration;

use jiff::Timestamp;

/// No server is believed that asks for more.
const LONGEST: Duration = Duration::from_secs(24 * 3600);

/// How long `Retry-After` asks to wait (RFC 9110, section 10.2.3): seconds, or a date to compare with `now`.
pub(crate) fn retry_after(value: &str, now: Timestamp) -> Option<Duration> {
    let value = value.trim();
    let wait = match value.parse::<u64>() {
        Ok(seconds) => Duration::from_secs(seconds),
        Err(_) => {
            // `GMT` stands for an offset that RFC 2822 knows too.
            let until = jiff::fmt::rfc2822::parse(value).ok()?.timestamp();
            Duration::try_from(until.duration_since(now)).unwrap_or_default()
        }
    };
    Some(wait.min(LONGEST))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits() {
        let now: Timestamp = "2026-01-12T08:00:00Z".parse().unwrap();
        let cases = [
            ("120", Some(120)),
            (" 0 ", Some(0)),
            ("Mon, 12 Jan 2026 08:01:30 GMT", Some(90)),
            ("Mon, 12 Jan 2026 07:00:00 GMT", Some(0)),
            ("99999999999", Some(24 * 3600)),
            ("soon", None),
            ("-5", None),
            ("", None),
        ];
        for (value, seconds) in cases {
            assert_eq!(retry_after(value, now), seconds.map(Duration::from_secs), "{value}");
        }
    }
}
