//! What the fuzz targets hold their outcomes against; of the reader's rules, the check of its property tests.

use ascribe_intake::{Format, Options, reports};

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
