//! What the fuzz targets hold the rules of the reader against: the check of its property tests.

#[path = "../../crates/read/tests/any_text/check.rs"]
mod rules;

pub use rules::check_rules;
