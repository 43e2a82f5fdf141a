use std::fmt;
use std::time::Duration;

/// Why nothing was fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// What sort of reason it is.
    pub kind: ErrorKind,
    /// The reason in words, without the address.
    pub message: String,
    /// How long the server asks to be left alone.
    pub retry_after: Option<Duration>,
}

/// Sorts of reasons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The address is none, or none that may be fetched.
    Address,
    /// There is nothing of use: a status that says no, too many redirects, too many bytes.
    Refused,
    /// There is nothing any more, and there will not be (410).
    Gone,
    /// `robots.txt` does not want it fetched.
    Robots,
    /// It may work later: the server is busy or broken, or the way to it is.
    Later,
    /// The user wants to stop.
    Stopped,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, message: impl fmt::Display) -> Self {
        Self { kind, message: message.to_string(), retry_after: None }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}
