//! Word files: as archives, and the bytes as the document inside of one.
#![no_main]

use ascribe_fuzz::{check_intake, stored};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    check_intake("a.docx", bytes, None);
    check_intake("a.docx", &stored("word/document.xml", bytes), None);
});
