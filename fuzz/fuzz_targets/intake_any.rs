//! Any bytes, told by themselves.
#![no_main]

use ascribe_fuzz::check_intake;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| check_intake("a", bytes, None));
