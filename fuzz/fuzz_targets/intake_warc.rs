//! Web archives, whatever the bytes begin with.
#![no_main]

use ascribe_fuzz::check_intake;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    check_intake("a", bytes, None);
    let answer =
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: 400\r\n\r\n";
    check_intake("a", &[&answer[..], bytes].concat(), None);
});
