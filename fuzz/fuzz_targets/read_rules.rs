//! Any text through the grammars of dates, numbers and figures.
#![no_main]

use ascribe_fuzz::check_rules;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| check_rules(text));
