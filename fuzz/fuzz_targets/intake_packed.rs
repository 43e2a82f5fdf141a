//! gzip and Zstandard, whatever the bytes begin with.
#![no_main]

use ascribe_fuzz::check_intake;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    check_intake("a", bytes, None);
    for opening in [&b"\x1f\x8b\x08\0"[..], b"\x28\xb5\x2f\xfd"] {
        check_intake("a", &[opening, bytes].concat(), None);
    }
});
