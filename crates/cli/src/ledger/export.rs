//! `ascribe export`: a ledger for other programs, or with `--all` everything in it as open files in one
//! folder.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, bail};
use ascribe_ledger::{Filter, Hash, Kept, Ledger, Listing};
use serde::{Deserialize, Serialize};

use super::args::{ExportArguments, ListArguments, ListFormat};
use super::{exchange, open_to_read, show};
use crate::args::Colour;

pub(super) fn run(arguments: &ExportArguments) -> anyhow::Result<ExitCode> {
    let ledger = open_to_read(arguments.ledger.ledger.as_deref())?;
    match (&arguments.folder, arguments.format) {
        (Some(folder), None) => write_all(&ledger, folder),
        (None, Some(format)) => exchange::write(&ledger, format, arguments),
        _ => bail!("name a --format, or a folder for --all"),
    }?;
    Ok(ExitCode::SUCCESS)
}

fn write_all(ledger: &Ledger, folder: &Path) -> anyhow::Result<()> {
    fs::create_dir(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    write(&folder.join("captures.warc"), |to| {
        write(&folder.join("places.jsonl"), |places| {
            ledger.captures(|kept| {
                warc_record(to, &kept)?;
                Ok(writeln!(places, "{}", serde_json::to_string(&Place::of(&kept))?)?)
            })
        })
    })?;
    write(&folder.join("readings.jsonl"), |to| {
        write(&folder.join("models.jsonl"), |models| {
            ledger.readings(|model, json| {
                writeln!(models, "{}", serde_json::to_string(model)?)?;
                Ok(writeln!(to, "{json}")?)
            })
        })
    })?;
    write(&folder.join("decisions.jsonl"), |to| {
        for (id, chain, body) in ledger.decisions()? {
            let body = body.unwrap_or_else(|| "null".to_owned());
            writeln!(to, r#"{{"id":"{id}","chain":"{chain}","decision":{body}}}"#)?;
        }
        Ok(())
    })?;
    let formats = [
        ("jsonl", ListFormat::Jsonl),
        #[cfg(feature = "columnar")]
        ("parquet", ListFormat::Parquet),
    ];
    for (name, listing) in [
        ("reports", Listing::Reports),
        ("statements", Listing::Statements),
        ("figures", Listing::Figures),
        ("speakers", Listing::Speakers),
        ("refused", Listing::Refused),
    ] {
        for (ending, format) in formats {
            let output =
                ListArguments { format: Some(format), limit: None, width: None, color: Colour::Never };
            let path = folder.join(format!("{name}.{ending}"));
            write(&path, |to| show::list_to(ledger, listing, Filter::default(), &output, to))?;
        }
    }
    Ok(())
}

/// A capture at a place where it was obtained: a line of `places.jsonl`.
#[derive(Serialize, Deserialize)]
pub(super) struct Place {
    pub(super) sha256: String,
    pub(super) bytes: u64,
    pub(super) redacted: bool,
    pub(super) path: String,
    pub(super) record: Option<u64>,
    pub(super) obtained: String,
}

impl Place {
    fn of(kept: &Kept) -> Self {
        Self {
            sha256: kept.sha256.to_string(),
            bytes: kept.n_bytes,
            redacted: kept.bytes.is_none(),
            path: kept.path.clone(),
            record: kept.record,
            obtained: kept.obtained.clone(),
        }
    }
}

fn write(
    path: &Path,
    fill: impl FnOnce(&mut (dyn Write + Send)) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let failed = || format!("cannot write {}", path.display());
    let mut to = BufWriter::new(File::create(path).with_context(failed)?);
    fill(&mut to)?;
    to.into_inner()
        .map_err(io::IntoInnerError::into_error)
        .and_then(|file| file.sync_all())
        .with_context(failed)
}

/// A capture, if its bytes are kept, as a record of WARC 1.1 (ISO 28500:2017): `resource`, its bytes as they were obtained.
fn warc_record(to: &mut dyn Write, kept: &Kept) -> io::Result<()> {
    let Some(bytes) = &kept.bytes else { return Ok(()) };
    let record = kept.record.map(|record| format!("#record={record}")).unwrap_or_default();
    let target = if kept.path.contains("://") {
        format!("{}{record}", kept.path)
    } else {
        format!("file:{}{record}", percent(&kept.path))
    };
    // A name for the record that does not change: a hash of what it is and where it was.
    let hash = kept.sha256.to_string();
    let name = Hash::of(format!("{hash} {target}").as_bytes()).to_string();
    let uuid = [&name[..8], &name[8..12], &name[12..16], &name[16..20], &name[20..32]].join("-");
    let media_type = kept.media_type.as_deref().unwrap_or("application/octet-stream");
    write!(
        to,
        "WARC/1.1\r\nWARC-Type: resource\r\nWARC-Record-ID: <urn:uuid:{uuid}>\r\nWARC-Date: {}\r\n\
         WARC-Target-URI: {target}\r\nWARC-Payload-Digest: sha256:{hash}\r\nContent-Type: {media_type}\r\n\
         Content-Length: {}\r\n\r\n",
        kept.obtained,
        bytes.len()
    )?;
    to.write_all(bytes)?;
    to.write_all(b"\r\n\r\n")
}

/// A path as part of a URI: all but unreserved characters and `/` escaped (RFC 3986), so that no line
/// break in a file's name ends a header.
fn percent(path: &str) -> String {
    path.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                char::from(byte).to_string()
            }
            byte => format!("%{byte:02X}"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_tells_its_length_and_digest() {
        let bytes = b"It rained.\r\n".to_vec();
        let kept = Kept {
            sha256: Hash::of(&bytes),
            n_bytes: bytes.len() as u64,
            bytes: Some(bytes),
            path: "old files/r\r\nain.txt".into(),
            record: Some(3),
            obtained: "2026-01-12T08:00:00Z".into(),
            media_type: Some("text/plain".into()),
        };
        let mut record = Vec::new();
        warc_record(&mut record, &kept).unwrap();
        let record = String::from_utf8(record).unwrap();
        assert!(record.contains("WARC-Target-URI: file:old%20files/r%0D%0Aain.txt#record=3\r\n"), "{record}");
        assert!(record.contains(&format!("sha256:{}\r\n", kept.sha256)), "{record}");
        assert!(record.ends_with("Content-Length: 12\r\n\r\nIt rained.\r\n\r\n\r\n"), "{record}");
    }
}
