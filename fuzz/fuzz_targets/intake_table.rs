//! Tables parted by commas and by tabs.
#![no_main]

use ascribe_fuzz::check_intake;
use ascribe_intake::Format;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let table = [b"id,text\tdate\n", bytes].concat();
    for bytes in [bytes, &table] {
        check_intake("a", bytes, Some(Format::Csv));
        check_intake("a", bytes, Some(Format::Tsv));
    }
});
