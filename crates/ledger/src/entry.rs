use ascribe_record::Reading;

use crate::add::reading_of;
use crate::hash::Hash;
use crate::pack::pack;
use crate::rows::{Rows, rows};
use crate::{Error, Result};

/// Where bytes were obtained, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sighting {
    /// The file or address, as the user named it.
    pub path: String,
    /// The record's number in a file that holds many, from 1.
    pub record: Option<u64>,
    /// RFC 3339; handed in, as no clock is asked here.
    pub obtained: String,
}

/// Bytes, packed to be kept.
#[derive(Clone, Debug)]
pub struct Capture {
    pub(crate) sha256: Hash,
    pub(crate) n_bytes: usize,
    /// None once they are redacted.
    pub(crate) packed: Option<Vec<u8>>,
}

/// The model of a reading that nothing was read for yet: only the report is in it.
pub const UNREAD: &str = "unread";

impl Capture {
    /// Packs `bytes`.
    ///
    /// # Errors
    /// If they cannot be compressed.
    pub fn of(bytes: &[u8]) -> Result<Self> {
        Ok(Self { sha256: Hash::of(bytes), n_bytes: bytes.len(), packed: Some(pack(bytes, b"")?) })
    }

    /// Bytes of this hash, so many, that were redacted in another ledger.
    pub fn redacted(sha256: Hash, n_bytes: u64) -> Self {
        Self { sha256, n_bytes: usize::try_from(n_bytes).unwrap_or(usize::MAX), packed: None }
    }

    /// What they hash to.
    pub fn sha256(&self) -> Hash {
        self.sha256
    }
}

/// A report that was read, with all that the ledger keeps of it. Making one is the costly part of
/// adding, touches no ledger, and so can be done on many threads.
#[derive(Clone, Debug)]
pub struct Entry {
    pub(crate) capture: Capture,
    pub(crate) sighting: Sighting,
    pub(crate) reading: PackedReading,
    pub(crate) rows: Rows,
    pub(crate) text: String,
}

#[derive(Clone, Debug)]
pub(crate) struct PackedReading {
    pub(crate) model: String,
    pub(crate) sha256: Hash,
    pub(crate) n_bytes: usize,
    pub(crate) packed: Vec<u8>,
}

impl Entry {
    /// The entry of a report that was made of `bytes`, as `model` read it.
    ///
    /// # Errors
    /// If the report's id is not the hash of `bytes`.
    pub fn of(bytes: &[u8], reading: &Reading, model: &str, sighting: Sighting) -> Result<Self> {
        Self::with_json(Capture::of(bytes)?, bytes, reading, &reading.to_json(), model, sighting)
    }

    /// The entry of a reading that was written as `json` before, which is kept as it is.
    ///
    /// # Errors
    /// If it is no reading, or one of other bytes.
    pub fn of_json(bytes: &[u8], json: &str, model: &str, sighting: Sighting) -> Result<Self> {
        let reading = reading_of(json.as_bytes())?;
        Self::with_json(Capture::of(bytes)?, bytes, &reading, json, model, sighting)
    }

    /// The entry of what is left of a report of which words were redacted in another ledger.
    ///
    /// # Errors
    /// If it is no reading, or one of other bytes.
    pub fn of_rest(capture: Capture, json: &str, model: &str, sighting: Sighting) -> Result<Self> {
        Self::with_json(capture, b"", &reading_of(json.as_bytes())?, json, model, sighting)
    }

    fn with_json(
        capture: Capture,
        bytes: &[u8],
        reading: &Reading,
        json: &str,
        model: &str,
        sighting: Sighting,
    ) -> Result<Self> {
        if reading.report.id != capture.sha256.to_string() {
            let (id, hash) = (&reading.report.id, capture.sha256);
            return Err(Error::damaged(format!("the report's id is {id}, but its bytes hash to {hash}")));
        }
        let packed = PackedReading {
            model: model.to_owned(),
            sha256: Hash::of(json.as_bytes()),
            n_bytes: json.len(),
            packed: pack(json.as_bytes(), bytes)?,
        };
        let (rows, text) = (rows(reading), reading.report.text.clone());
        Ok(Self { capture, sighting, reading: packed, rows, text })
    }
}
