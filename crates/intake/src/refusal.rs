use std::fmt;

/// Why bytes became no report, and which.
///
/// Displays as `wire.jsonl, record 3: not JSON: expected value at line 1 column 9`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The file, as the user named it.
    pub path: String,
    /// The record's number in a file that holds many, from 1.
    pub record: Option<u64>,
    /// What was wrong.
    pub reason: Reason,
    /// The bytes of a record or member that was refused, if
    /// [`Options::keep_bytes`](crate::Options::keep_bytes) asks for them and they were read and unpacked.
    /// Whole files are left to whoever opened them.
    pub bytes: Vec<u8>,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.record {
            Some(record) => write!(f, "{}, record {record}: {}", self.path, self.reason),
            None => write!(f, "{}: {}", self.path, self.reason),
        }
    }
}

impl std::error::Error for Refusal {}

/// What was wrong with bytes that became no report.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reason {
    /// There are no bytes.
    Empty,
    /// There is nothing but white space.
    Blank,
    /// The bytes are no text; says what they look like, with its article.
    Binary(&'static str),
    /// They are of a kind that only a program built with the feature `columnar` reads; says which.
    NotBuilt(&'static str),
    /// What a server sent is of a kind that is not read: its media type.
    MediaType(String),
    /// The capture has more bytes than [`Options::max_bytes`](crate::Options::max_bytes), given here.
    TooManyBytes(u64),
    /// The text has more bytes than [`Options::max_text`](crate::Options::max_text), given here.
    TooLong(usize),
    /// A page of more tags than the limit given here.
    TooManyTags(usize),
    /// A page in which a reader would see no text.
    NoText,
    /// Not JSON; says where and why.
    NotJson(String),
    /// JSON, but no object.
    NotAnObject,
    /// None of these fields is in the record, or each is empty or no text.
    NoTextField(Vec<String>),
    /// A row of a table that cannot be told apart from its neighbours; says why.
    BrokenRow(String),
    /// A feed's entry that cannot be read; says why.
    BrokenEntry(&'static str),
    /// Packed or archived bytes are damaged or missing; says which.
    Damaged(String),
    /// More than so many bytes come out of each that is read: see
    /// [`Options::max_ratio`](crate::Options::max_ratio).
    TooPacked(u32),
    /// Archives in archives deeper than [`Options::max_depth`](crate::Options::max_depth), given here.
    TooNested(usize),
    /// An archive or feed that holds nothing to read; says what it holds.
    NothingIn(String),
    /// Reading failed; says how.
    Read(String),
}

impl Reason {
    /// Whether nothing can come behind it.
    pub(crate) fn ends_input(&self) -> bool {
        matches!(self, Self::Read(_) | Self::TooPacked(_))
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("empty: no bytes"),
            Self::Blank => f.write_str("empty: nothing but white space"),
            Self::Binary(what) => write!(f, "{what}, which is not read yet"),
            Self::NotBuilt(what) => {
                write!(f, "{what}, which this program was built without (feature `columnar`)")
            }
            Self::MediaType(name) => write!(f, "served as {name}, which is not read"),
            Self::TooManyBytes(limit) => write!(f, "over {limit} bytes, the limit for one capture"),
            Self::TooLong(limit) => write!(f, "the text is over {limit} bytes, the limit for one report"),
            Self::TooManyTags(limit) => write!(f, "over {limit} HTML tags, the limit for one page"),
            Self::NoText => f.write_str("HTML in which no text is seen"),
            Self::NotJson(why) => write!(f, "not JSON: {why}"),
            Self::NotAnObject => f.write_str("not a JSON object"),
            Self::NoTextField(tried) => write!(f, "no text in any of the fields {}", tried.join(", ")),
            Self::BrokenRow(why) => write!(f, "broken row: {why}"),
            Self::BrokenEntry(why) => write!(f, "broken entry: {why}"),
            Self::Damaged(what) => write!(f, "damaged: {what}"),
            Self::TooPacked(limit) => {
                write!(f, "unpacks to over {limit} times its size, the limit for one file")
            }
            Self::TooNested(limit) => write!(f, "packed over {limit} layers deep, the limit"),
            Self::NothingIn(what) => write!(f, "nothing to read: {what}"),
            Self::Read(why) => write!(f, "cannot be read: {why}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_file_record_and_reason() {
        let mut refusal =
            Refusal { path: "a.jsonl".into(), record: Some(3), reason: Reason::Empty, bytes: Vec::new() };
        assert_eq!(refusal.to_string(), "a.jsonl, record 3: empty: no bytes");
        refusal.record = None;
        refusal.reason = Reason::Binary("a PDF file");
        assert_eq!(refusal.to_string(), "a.jsonl: a PDF file, which is not read yet");
        refusal.reason = Reason::NoTextField(vec!["text".into(), "body".into()]);
        assert_eq!(refusal.to_string(), "a.jsonl: no text in any of the fields text, body");
    }
}
