//! A ledger's file with bytes of it changed; or, behind a byte 255, any file.
#![no_main]

use ascribe_fuzz::ledger::{changed, file_of, use_all, whole};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let (_folder, path) = match bytes.split_first() {
        Some((255, file)) => file_of(file),
        _ => file_of(&changed(whole(), bytes)),
    };
    use_all(&path);
});
