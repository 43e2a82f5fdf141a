use serde::{Deserialize, Serialize};

use crate::{Evidence, Note, Span, vocabulary};

/// One published item as received.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// SHA-256 of the captured bytes, lower-case hex. For a record of a file that holds many, of
    /// the record's own bytes.
    pub id: String,
    /// Where it was read from, as the user named it; `-` is standard input.
    pub path: Option<String>,
    /// The record's number in a file that holds many, from 1.
    pub record: Option<u64>,
    /// The record's own id, where it has one.
    #[serde(default)]
    pub record_id: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Author line.
    pub byline: Option<String>,
    /// The opening place, date and agency, where the text has them.
    pub dateline: Option<Dateline>,
    /// When it was published, as an EDTF date (ISO 8601-2:2019).
    pub published: Option<String>,
    /// How `published` was found; null with it.
    pub published_from: Option<PublishedFrom>,
    /// When it was last changed, as an EDTF date, where the metadata or the text say so.
    #[serde(default)]
    pub modified: Option<String>,
    /// The agencies that are credited, as worded: "Reuters" of a dateline, of "Additional reporting
    /// by Reuters" or of the byline.
    #[serde(default)]
    pub wire: Vec<String>,
    /// When the bytes were obtained, RFC 3339; comes from the capture, never from the clock here.
    pub captured_at: Option<String>,
    /// ISO 639-1 code, where the language could be told.
    pub language: Option<String>,
    /// What the captured bytes were.
    pub media_type: String,
    /// For plain text the decoded file, unchanged; for other formats the text a reader would see,
    /// paragraphs separated by blank lines.
    pub text: String,
    /// Where `title`, `byline`, `modified` and `wire` stand, if they stand in the text.
    #[serde(default)]
    pub evidence: Evidence,
    /// The captured bytes, where intake was asked to hand them on; else empty.
    #[serde(skip)]
    pub bytes: Vec<u8>,
    /// What was odd about the bytes or the text; the reading takes these over.
    #[serde(skip)]
    pub notes: Vec<Note>,
}

impl Report {
    /// A report of which only the text is known. Its `id` is empty: intake sets it.
    pub fn new(text: String, media_type: &str) -> Self {
        Self {
            id: String::new(),
            path: None,
            record: None,
            record_id: None,
            outlet: None,
            url: None,
            title: None,
            byline: None,
            dateline: None,
            published: None,
            published_from: None,
            modified: None,
            wire: Vec::new(),
            captured_at: None,
            language: None,
            media_type: media_type.to_owned(),
            text,
            evidence: Evidence::new(),
            bytes: Vec::new(),
            notes: Vec::new(),
        }
    }
}

/// The opening place and date: `HARROW BAY, Jan. 12 (Northwire) —`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dateline {
    /// Place as worded.
    pub place: Option<String>,
    /// EDTF date; an unknown year is `XXXX`.
    pub date: Option<String>,
    /// The agency in brackets.
    pub agency: Option<String>,
    /// Where it stands.
    pub spans: Vec<Span>,
}

vocabulary! {
    /// How the date of publication was found.
    PublishedFrom {
        /// It stands in the text: a date line or a dateline.
        Text = "text",
        /// The page's or record's metadata give it.
        Metadata = "metadata",
        /// The user gave it (`--date`).
        Option = "option",
        /// The file's name gives it.
        File = "file",
    }
}
