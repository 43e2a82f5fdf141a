//! What a report can be found by, and where it stands among all others.

use crate::hash::Hash;
use crate::write::day_number;
use crate::{Error, Result};

/// The keys of one report, each list ascending.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Keys {
    /// Of its text.
    pub(crate) text: Vec<u64>,
    /// Of what it is about.
    pub(crate) topic: Vec<u64>,
    /// Of what its statements quote, by the number of the statement.
    pub(crate) quotes: Vec<(u32, Vec<u64>)>,
}

impl Keys {
    /// As they are kept: each list led by its length in one byte, each quotation by its statement.
    pub(crate) fn to_blob(&self) -> Vec<u8> {
        let mut blob = Vec::new();
        let mut list = |lead: &[u8], keys: &[u64]| {
            blob.extend(lead);
            blob.push(u8::try_from(keys.len()).expect("keys are few"));
            keys.iter().for_each(|key| blob.extend(key.to_le_bytes()));
        };
        list(b"", &self.text);
        list(b"", &self.topic);
        self.quotes.iter().for_each(|(n, keys)| list(&n.to_le_bytes(), keys));
        blob
    }

    pub(crate) fn from_blob(mut blob: &[u8]) -> Result<Self> {
        let damaged = || Error::damaged("keys that are cut short");
        let list = |blob: &mut &[u8]| {
            let n = usize::from(*blob.split_off_first().ok_or_else(damaged)?);
            let bytes = blob.split_off(..8 * n).ok_or_else(damaged)?;
            let keys = bytes.chunks_exact(8).map(|key| {
                let key: [u8; 8] = key.try_into().expect("pieces are of eight bytes");
                u64::from_le_bytes(key)
            });
            Ok::<Vec<u64>, Error>(keys.collect())
        };
        let mut keys = Self { text: list(&mut blob)?, topic: list(&mut blob)?, quotes: Vec::new() };
        while let Some(lead) = blob.split_off(..4) {
            let n = u32::from_le_bytes(lead.try_into().expect("four bytes were split off"));
            keys.quotes.push((n, list(&mut blob)?));
        }
        if blob.is_empty() { Ok(keys) } else { Err(damaged()) }
    }
}

/// Bits of a place that are the beginning of the report's hash.
const HASH_BITS: u32 = 32;
/// And those that are its standing to agencies.
const STANDING_BITS: u32 = 2;
/// A report without a date is after all others, so that it is never taken for where something is from.
const UNDATED: i64 = 99_999_999;

/// A number that orders reports: by date, unknown parts of it first, then the agency itself, those that
/// credit nobody and those that credit one, then by hash. The same in every ledger.
pub(crate) fn place(published: Option<&str>, outlet: Option<&str>, wire: &[String], sha256: Hash) -> i64 {
    let day = match day_number(published.unwrap_or_default()) {
        0 => UNDATED,
        day => day,
    };
    let outlet = outlet.unwrap_or_default().to_lowercase();
    let is_outlet = |name: &String| {
        let name = name.to_lowercase();
        !outlet.is_empty() && !name.is_empty() && (outlet.contains(&name) || name.contains(&outlet))
    };
    let standing = match () {
        () if wire.iter().any(is_outlet) => 0,
        () if wire.is_empty() => 1,
        () => 2,
    };
    (day << STANDING_BITS | standing) << HASH_BITS | i64::from(sha256.head())
}

/// Days between the dates of two places; `None` if one has no whole date.
pub(crate) fn days_between(one: i64, other: i64) -> Option<u32> {
    let (one, other) = (day_of(one)?, day_of(other)?);
    u32::try_from(one.abs_diff(other)).ok()
}

/// The day of a place, counted from 1 March of year 0 in the Gregorian calendar.
///
/// Method: years that begin in March (E. G. Richards, "Calendars", in the Explanatory Supplement to the
/// Astronomical Almanac, 2013).
fn day_of(place: i64) -> Option<i64> {
    let number = place >> (HASH_BITS + STANDING_BITS);
    let (year, month, day) = (number / 10_000, number / 100 % 100, number % 100);
    if number == UNDATED || month == 0 || day == 0 {
        return None;
    }
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    Some(365 * year + leap_days + (153 * month + 2) / 5 + day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(published: &str, outlet: &str, wire: &[&str]) -> i64 {
        let wire: Vec<String> = wire.iter().map(|name| (*name).to_owned()).collect();
        place(Some(published), Some(outlet), &wire, Hash::of(b"x"))
    }

    #[test]
    fn keys_are_kept_as_they_are() {
        let keys =
            Keys { text: vec![1, u64::MAX], topic: Vec::new(), quotes: vec![(7, vec![3]), (9, vec![])] };
        assert_eq!(Keys::from_blob(&keys.to_blob()).unwrap(), keys);
        for cut in 0..keys.to_blob().len() {
            if let Ok(other) = Keys::from_blob(&keys.to_blob()[..cut]) {
                assert_ne!(other, keys);
            }
        }
    }

    #[test]
    fn the_agency_is_before_those_that_credit_it() {
        let wire = of("2026-03-06", "Northwire", &["Northwire"]);
        let own = of("2026-03-06", "The Courier", &[]);
        let copy = of("2026-03-06", "The Courier", &["Northwire"]);
        assert!(wire < own && own < copy && copy < of("2026-03-07", "Northwire", &["Northwire"]));
        assert!(of("2026-03", "", &[]) < wire && copy < of("", "", &[]));
    }

    #[test]
    fn days_are_counted() {
        let days = |one, other| days_between(of(one, "", &[]), of(other, "a", &["b"]));
        assert_eq!(days("2024-02-28", "2024-03-01"), Some(2));
        assert_eq!(days("2023-02-28", "2023-03-01"), Some(1));
        assert_eq!(days("2000-01-01", "1999-12-31"), Some(1));
        assert_eq!(days("2026-03-06", "2025-03-06"), Some(365));
        assert_eq!(days("2026-03", "2026-03-06"), None);
        assert_eq!(days("", "2026-03-06"), None);
    }
}
