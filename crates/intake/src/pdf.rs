//! PDF files. Their text is read outside of this process, where a hostile file does no harm: by whatever
//! [`Options::pdf`](crate::Options::pdf) names. Without it they are refused.
//!
//! Title, author and day come from the document's properties where the text has none.

use ascribe_record::Note;

use crate::Reason;
use crate::input::{Peeked, read_whole};
use crate::item::{Fallback, Item, Outcomes, Source};

/// How every file begins.
pub(crate) const MAGIC: &[u8] = b"%PDF";

/// Reads the text of a PDF file, given its bytes and the longest text in bytes, or says why it cannot.
pub type PdfReader = fn(&[u8], usize) -> Result<PdfText, String>;

/// What was read from a PDF file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PdfText {
    /// Paragraphs separated by blank lines.
    pub text: String,
    /// The document's title.
    pub title: Option<String>,
    /// Its author.
    pub author: Option<String>,
    /// The day when it was made.
    pub made: Option<String>,
    /// Pages that could not be read.
    pub n_failed: usize,
}

/// The one report of a file.
pub(crate) fn read_pdf<'a>(source: Source<'a>, input: Peeked<'a>, reader: PdfReader) -> Outcomes<'a> {
    let bytes = match read_whole(input, source.options.max_bytes) {
        Ok(bytes) => bytes,
        Err(reason) => return source.refuse(None, reason),
    };
    let own = source.own(&bytes);
    let max_text = source.options.max_text;
    let item = reader(&bytes, max_text).map_err(Reason::Damaged).and_then(|found| item(found, max_text));
    Box::new(std::iter::once(source.report(item, own, None)))
}

fn item(found: PdfText, max_text: usize) -> Result<Item, Reason> {
    let PdfText { text, title, author, made, n_failed } = found;
    if text.len() > max_text {
        return Err(Reason::TooLong(max_text));
    }
    if text.trim().is_empty() {
        let what = "a PDF file without text: its pages may be pictures";
        return Err(Reason::NothingIn(what.to_owned()));
    }
    let note = |n| Note::new("pages_not_read", format!("{n} pages could not be read"));
    Ok(Item {
        text,
        media_type: "application/pdf",
        fallback: Fallback { title, byline: author, date: made },
        notes: (n_failed > 0).then(|| note(n_failed)).into_iter().collect(),
        ..Item::default()
    })
}
