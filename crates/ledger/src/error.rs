use std::fmt;

/// Why something could not be done with a ledger.
#[derive(Debug)]
pub struct Error {
    kind: ErrorKind,
    message: String,
    cause: Option<rusqlite::Error>,
}

/// What sort of error it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// Another program holds the ledger; trying again may help.
    Busy,
    /// No room is left on the disk, or a write failed; what was written before stands.
    Full,
    /// The file or its folder may not be written.
    ReadOnly,
    /// There is no such file, or it may not be opened.
    CannotOpen,
    /// The file is no ledger, or one of a newer version.
    NotALedger,
    /// Something in the file does not fit.
    Damaged,
    /// What was asked for makes no sense.
    Request,
    /// What was asked for is not there.
    NotFound,
    /// What a decision is about reads otherwise than when it was looked at.
    Conflict,
    /// None of these.
    Other,
}

/// What the functions of this crate return.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), cause: None }
    }

    pub(crate) fn request(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Request, message)
    }

    pub(crate) fn not_found(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::NotFound, message)
    }

    pub(crate) fn damaged(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Damaged, message)
    }

    /// What sort of error it is.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.cause.as_ref().map(|cause| cause as _)
    }
}

impl From<rusqlite::Error> for Error {
    fn from(cause: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as Code;
        let (kind, message) = match cause.sqlite_error_code() {
            Some(Code::DatabaseBusy | Code::DatabaseLocked) => {
                (ErrorKind::Busy, "another program is writing to the ledger; try again")
            }
            Some(Code::DiskFull) => (ErrorKind::Full, "the disk is full; what was added before is kept"),
            Some(Code::SystemIoFailure) => (ErrorKind::Full, "the disk could not be read or written"),
            Some(Code::ReadOnly) => (ErrorKind::ReadOnly, "the ledger may not be written"),
            Some(Code::CannotOpen) => (ErrorKind::CannotOpen, "the ledger cannot be opened"),
            Some(Code::NotADatabase) => (ErrorKind::NotALedger, "not a ledger: no SQLite file"),
            Some(Code::DatabaseCorrupt) => (ErrorKind::Damaged, "the file is damaged"),
            _ => (ErrorKind::Other, "the ledger could not be used"),
        };
        Self { kind, message: message.to_owned(), cause: Some(cause) }
    }
}
