use ascribe_record::Reading;

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
    pub(crate) packed: Vec<u8>,
}

impl Capture {
    /// Packs `bytes`.
    ///
    /// # Errors
    /// If they cannot be compressed.
    pub fn of(bytes: &[u8]) -> Result<Self> {
        Ok(Self { sha256: Hash::of(bytes), n_bytes: bytes.len(), packed: pack(bytes, b"")? })
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
        let capture = Capture::of(bytes)?;
        if reading.report.id != capture.sha256.to_string() {
            let (id, hash) = (&reading.report.id, capture.sha256);
            return Err(Error::damaged(format!("the report's id is {id}, but its bytes hash to {hash}")));
        }
        let json = reading.to_json();
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
