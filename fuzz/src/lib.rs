//! What the fuzz targets hold their outcomes against; of the reader's rules, the check of its property tests.

use ascribe_intake::{Format, Options, reports};

pub mod ledger;

#[path = "../../crates/read/tests/any_text/check.rs"]
mod rules;

pub use rules::check_rules;

/// What the targets of intake hold: reads `bytes` and fails unless every item is a whole report or a refusal that names the file.
/// Limits are low, so that what is slow by its size alone is not taken for a fault.
pub fn check_intake(path: &str, bytes: &[u8], format: Option<Format>) {
    let options =
        Options { format, max_bytes: 1 << 20, max_text: 1 << 18, max_ratio: 20, ..Options::default() };
    for outcome in reports(path, bytes, &options) {
        match outcome {
            Ok(report) => {
                assert!(!report.text.trim().is_empty());
                assert_eq!(report.id.len(), 64);
                assert_eq!(report.published.is_some(), report.published_from.is_some());
                let of_notes = report.notes.iter().flat_map(|note| &note.spans);
                for span in of_notes.chain(report.evidence.values().flatten()) {
                    assert!(!span.of(&report.text).is_empty());
                }
            }
            Err(refusal) => assert!(refusal.to_string().starts_with(path)),
        }
    }
}

/// A ZIP archive of one member, as it is, its checksum right.
pub fn stored(name: &str, content: &[u8]) -> Vec<u8> {
    let mut crc = flate2::Crc::new();
    crc.update(content);
    let [sum, n] = [crc.sum(), content.len() as u32].map(u32::to_le_bytes);
    let lengths = [(name.len() as u16).to_le_bytes(), [0, 0]].concat();
    let head = [&b"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0"[..], &sum, &n, &n, &lengths, name.as_bytes()].concat();
    [&head[..], content, b"PK\x05\x06", &[0; 18]].concat()
}
