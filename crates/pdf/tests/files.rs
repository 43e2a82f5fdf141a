//! Files as their users have them: whole, broken, locked.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use ascribe_pdf::read;
use ascribe_testkit::archive::pdf;

#[test]
fn text_and_properties() {
    let file = pdf(&["Harbour closed", "", "It rained for a day,", "Ada Lind said."]);
    let found = read(&file).unwrap();
    assert_eq!(found.text, "Harbour closed\n\nIt rained for a day, Ada Lind said.");
    assert_eq!((found.title.as_deref(), found.author.as_deref()), (Some("Rain (1)"), Some("Ada Lind")));
    assert_eq!((found.made.as_deref(), found.n_failed), (Some("2026-01-12"), 0));
    assert_eq!(read(&pdf(&[])).unwrap().text, "", "pictures of text");
}

#[test]
fn broken_files_are_told() {
    let file = pdf(&["It rained for a day."]);
    assert!(read(b"%PDF-1.7").is_err());
    assert!(read(b"").is_err());
    for at in 0..file.len() {
        // Whatever becomes of them, they come back.
        let _ = read(&file[..at]);
        let mut bad = file.clone();
        bad[at] ^= 0x15;
        let _ = read(&bad);
    }
}
