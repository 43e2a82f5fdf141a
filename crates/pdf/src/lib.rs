//! The text of PDF files (ISO 32000) and what they say of themselves, by `pdf-extract`.
//!
//! **To be run in a process of its own**, with limits on memory and time: the library below panics on
//! what it does not expect, which is caught here, and neither bounds what streams unpack to nor how
//! deep forms lie in forms, which cannot be. `ascribe` runs itself for it.
//!
//! What is left out: pictures of text, order of columns other than that in the file, running heads and
//! page numbers (they stand between the paragraphs).

use std::panic::{AssertUnwindSafe, catch_unwind};

use pdf_extract::{Document, Object, PlainTextOutput, decode_text_string, output_doc_page};

/// What a PDF file holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// Paragraphs separated by blank lines; empty if the pages are pictures.
    pub text: String,
    /// The document's title.
    pub title: Option<String>,
    /// Its author.
    pub author: Option<String>,
    /// The day when it was made: `2026-01-12`.
    pub made: Option<String>,
    /// Pages that could not be read.
    pub n_failed: usize,
}

/// Reads a file.
///
/// # Errors
/// Says why if it is none that can be read: damaged, or locked by a password.
pub fn read(bytes: &[u8]) -> Result<Text, String> {
    let loaded = guarded(|| {
        let mut document = Document::load_mem(bytes).map_err(|error| error.to_string())?;
        if document.is_encrypted() {
            // Many files are locked against printing only, with no password to read them.
            document.decrypt("").map_err(|_| "it is locked by a password".to_owned())?;
        }
        Ok(document)
    });
    let document = loaded.unwrap_or_else(|| Err("it is not built as a PDF file is".to_owned()))?;
    let (mut raw, mut n_failed) = (String::new(), 0);
    for number in guarded(|| document.get_pages()).unwrap_or_default().into_keys() {
        let mut page = String::new();
        let read = guarded(|| output_doc_page(&document, &mut PlainTextOutput::new(&mut page), number));
        n_failed += usize::from(!matches!(read, Some(Ok(()))));
        // A page ends a paragraph only if a sentence ends there; what was read of a broken page is kept.
        raw += &page;
        raw += if page.trim_end().ends_with(['.', '!', '?', '"', '”', ':']) { "\n\n" } else { "\n" };
    }
    let line = |name: &[u8]| guarded(|| property(&document, name)).flatten();
    Ok(Text {
        text: paragraphs(&raw),
        title: line(b"Title"),
        author: line(b"Author"),
        made: line(b"CreationDate").and_then(|date| day(&date)),
        n_failed,
    })
}

/// What `read` gives; `None` if it panics.
fn guarded<T>(read: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(read)).ok()
}

fn property(document: &Document, name: &[u8]) -> Option<String> {
    let info: &Object = document.trailer.get(b"Info").ok()?;
    let (_, info) = document.dereference(info).ok()?;
    let (_, value) = document.dereference(info.as_dict().ok()?.get(name).ok()?).ok()?;
    let words = decode_text_string(value).ok()?;
    let words: Vec<&str> = words.split_whitespace().collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// The day of `D:20260112080000+01'00'`.
fn day(date: &str) -> Option<String> {
    let digits = date.trim_start_matches("D:").get(..8)?;
    let is_day = digits.bytes().all(|b| b.is_ascii_digit());
    is_day.then(|| format!("{}-{}-{}", &digits[..4], &digits[4..6], &digits[6..]))
}

/// Joins lines that were broken at the margin: a blank line parts paragraphs.
fn paragraphs(raw: &str) -> String {
    let (mut all, mut paragraph) = (Vec::new(), String::new());
    for line in raw.lines().map(str::trim).chain([""]) {
        if line.is_empty() {
            if !paragraph.is_empty() {
                all.push(std::mem::take(&mut paragraph));
            }
            continue;
        }
        // Behind a hyphen nothing was parted but the line.
        if !paragraph.is_empty() && !paragraph.ends_with('-') {
            paragraph.push(' ');
        }
        paragraph.extend(line.chars().filter(|c| !c.is_control()));
    }
    all.join("\n\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_become_paragraphs() {
        let raw = "\n\nHarbour closed\n\n \nIt rained in the well-\nknown bay,\nshe said.\n\n\nA lot.\n";
        assert_eq!(paragraphs(raw), "Harbour closed\n\nIt rained in the well-known bay, she said.\n\nA lot.");
        assert_eq!(paragraphs(""), "");
    }

    #[test]
    fn days() {
        assert_eq!(day("D:20260112080000+01'00'").as_deref(), Some("2026-01-12"));
        assert_eq!(day("20260112").as_deref(), Some("2026-01-12"));
        for none in ["D:2026", "", "D:Januar 12", "D:日本日本日"] {
            assert_eq!(day(none), None, "{none}");
        }
    }
}
