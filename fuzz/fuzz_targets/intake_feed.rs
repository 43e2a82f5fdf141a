//! RSS and Atom.
#![no_main]

use ascribe_fuzz::check_intake;
use ascribe_intake::Format;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| check_intake("a", bytes, Some(Format::Feed)));
