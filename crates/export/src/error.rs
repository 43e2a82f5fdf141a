use std::{error, fmt, io};

use rust_xlsxwriter::XlsxError;

/// Why an export failed.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The ledger could not be read.
    Ledger(ascribe_ledger::Error),
    /// The file could not be written.
    Write(io::Error),
    /// The spreadsheet could not be made.
    Sheet(XlsxError),
    /// More than so many lines of this sheet, which is all that a spreadsheet holds.
    TooManyRows(&'static str, u32),
}

/// What an export returns.
pub type Result<T> = std::result::Result<T, Error>;

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ledger(error) => error.fmt(f),
            Self::Write(error) => write!(f, "cannot write: {error}"),
            Self::Sheet(error) => write!(f, "cannot make the spreadsheet: {error}"),
            Self::TooManyRows(sheet, most) => {
                write!(
                    f,
                    "more than {most} {sheet}, which is all that a sheet holds: filter by date or outlet"
                )
            }
        }
    }
}

impl error::Error for Error {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self {
            Self::Ledger(error) => Some(error),
            Self::Write(error) => Some(error),
            Self::Sheet(error) => Some(error),
            Self::TooManyRows(..) => None,
        }
    }
}

impl From<ascribe_ledger::Error> for Error {
    fn from(error: ascribe_ledger::Error) -> Self {
        Self::Ledger(error)
    }
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        Self::Write(error)
    }
}

impl From<XlsxError> for Error {
    fn from(error: XlsxError) -> Self {
        Self::Sheet(error)
    }
}
