//! Whatever is broken in a file of any format: nothing panics, nothing hangs, and every item is a whole
//! report or a refusal that names the file.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use ascribe_intake::{Format, Options, reports};
use ascribe_record::Reading;
use ascribe_testkit::{check_reading, examples};
use proptest::prelude::*;

const FORMATS: [Option<Format>; 8] = [
    None,
    Some(Format::Text),
    Some(Format::Html),
    Some(Format::Json),
    Some(Format::JsonLines),
    Some(Format::Csv),
    Some(Format::Tsv),
    Some(Format::Feed),
];

/// How many reports there are, after looking at each.
fn check(path: &str, bytes: &[u8], format: Option<Format>) -> usize {
    let options = Options { format, ..Options::default() };
    let mut n = 0;
    // So many bytes cannot hold more items.
    for outcome in reports(path, bytes, &options).take(10_000 + bytes.len()) {
        match outcome {
            Ok(report) => {
                assert!(!report.text.trim().is_empty());
                assert!(report.path.as_deref().unwrap().starts_with(path));
                assert_eq!(report.id.len(), 64);
                check_reading(&Reading::of(report));
                n += 1;
            }
            Err(refusal) => assert!(refusal.to_string().starts_with(path), "{refusal}"),
        }
    }
    n
}

#[test]
fn every_example_is_read() {
    for (name, bytes) in examples() {
        assert!(check(name, &bytes, None) >= 1, "{name}");
        assert!(check("-", &bytes, None) >= 1, "{name} is told by its first bytes");
    }
}

#[test]
fn every_cut_ends_well() {
    for (name, bytes) in examples() {
        for n in (0..bytes.len()).step_by(7) {
            check(name, &bytes[..n], None);
        }
    }
}

/// What is done to the bytes of an example.
#[derive(Clone, Debug)]
enum Change {
    Set(prop::sample::Index, u8),
    Cut(prop::sample::Index, u8),
    Repeat(prop::sample::Index, u8),
    Insert(prop::sample::Index, Vec<u8>),
}

fn change() -> impl Strategy<Value = Change> {
    let at = any::<prop::sample::Index>;
    prop_oneof![
        (at(), any::<u8>()).prop_map(|(at, byte)| Change::Set(at, byte)),
        (at(), any::<u8>()).prop_map(|(at, n)| Change::Cut(at, n)),
        (at(), any::<u8>()).prop_map(|(at, n)| Change::Repeat(at, n)),
        (at(), prop::collection::vec(any::<u8>(), 0..20)).prop_map(|(at, bytes)| Change::Insert(at, bytes)),
    ]
}

fn apply(bytes: &mut Vec<u8>, change: Change) {
    if bytes.is_empty() {
        return;
    }
    let part = |at: prop::sample::Index, n: u8, len: usize| {
        let at = at.index(len);
        at..(at + usize::from(n)).min(len)
    };
    match change {
        Change::Set(at, byte) => *at.get_mut(bytes) = byte,
        Change::Cut(at, n) => drop(bytes.drain(part(at, n, bytes.len()))),
        Change::Repeat(at, n) => bytes.extend_from_within(part(at, n, bytes.len())),
        Change::Insert(at, more) => drop(bytes.splice(at.index(bytes.len()).., more)),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_end_well(bytes in prop::collection::vec(any::<u8>(), 0..300), opening in 0..6usize) {
        let opening = [&b""[..], b"WARC/1.0\r\n", b"PK\x03\x04", b"\x1f\x8b\x08\0", b"\x28\xb5\x2f\xfd", b"<rss>"][opening];
        let bytes = [opening, &bytes].concat();
        for format in FORMATS {
            check("a", &bytes, format);
        }
    }

    #[test]
    fn any_change_ends_well(
        which in any::<prop::sample::Index>(),
        changes in prop::collection::vec(change(), 1..6),
        format in prop::sample::select(FORMATS.to_vec()),
    ) {
        let examples = examples();
        let (name, mut bytes) = which.get(&examples).clone();
        for change in changes {
            apply(&mut bytes, change);
        }
        check(name, &bytes, None);
        check("a", &bytes, format);
    }
}
