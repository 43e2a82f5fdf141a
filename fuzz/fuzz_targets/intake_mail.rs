//! Messages and mailboxes.
#![no_main]

use ascribe_fuzz::check_intake;
use ascribe_intake::Format;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    check_intake("a.eml", bytes, Some(Format::Mail));
    check_intake("a.mbox", bytes, Some(Format::Mbox));
});
