//! ZIP archives, whatever the bytes begin with.
#![no_main]

use ascribe_fuzz::check_intake;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    check_intake("a", bytes, None);
    check_intake("a", &[b"PK\x03\x04", bytes].concat(), None);
});
