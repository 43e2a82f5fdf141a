//! `ascribe import FOLDER`: what `ascribe export --all` wrote, into a ledger.

use std::collections::HashSet;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::iter::Peekable;
use std::path::Path;

use anyhow::{Context, anyhow, bail};
use ascribe_ledger::{Added, Capture, Entry, Hash, Incoming, Ledger, Sighting};
use serde::Deserialize;
use serde_json::Value;

use super::export::Place;

/// Bytes of captures in a transaction.
const BATCH_BYTES: usize = 8 << 20;

/// Returns how many reports and decisions came.
pub(super) fn import(ledger: &mut Ledger, folder: &Path) -> anyhow::Result<(u64, u64)> {
    let mut captures = open(folder, "captures.warc")?;
    let mut readings = readings(folder)?.peekable();
    let (mut batch, mut n_bytes, mut n_reports) = (Vec::new(), 0, 0);
    let mut last: Option<(String, Vec<u8>)> = None;
    for place in lines::<Place>(folder, "places.jsonl")? {
        let place = place?;
        let hash = hash_of(&place.sha256)?;
        let sighting = Sighting { path: place.path, record: place.record, obtained: place.obtained };
        if place.redacted {
            let gone = Capture::redacted(hash, place.bytes);
            // Of a report of which some words were redacted the rest is there.
            for left in taken(&mut readings, &place.sha256)? {
                let entry = Entry::of_rest(gone.clone(), &left.json, &left.model, sighting.clone())?;
                batch.push(Incoming::Read(Box::new(entry)));
            }
            batch.push(Incoming::Kept(gone, sighting));
            continue;
        }
        // Each place has a record of its own, with the same bytes.
        let bytes = record(&mut captures)?;
        n_bytes += bytes.len();
        let capture = Capture::of(&bytes)?;
        if capture.sha256() != hash {
            bail!("captures.warc: {hash} is expected, and the bytes hash to {}", capture.sha256());
        }
        let is_other = last.as_ref().is_none_or(|(sha256, _)| *sha256 != place.sha256);
        batch.push(Incoming::Kept(capture, sighting.clone()));
        if is_other {
            for before in taken(&mut readings, &place.sha256)? {
                let entry = Entry::of_json(&bytes, &before.json, &before.model, sighting.clone())?;
                batch.push(Incoming::Read(Box::new(entry)));
            }
            last = Some((place.sha256, bytes));
        }
        if n_bytes >= BATCH_BYTES {
            n_reports += put_in(ledger, &mut batch)?;
            n_bytes = 0;
        }
    }
    n_reports += put_in(ledger, &mut batch)?;
    if let Some(left) = readings.next() {
        let ReadBefore { report, .. } = left?;
        bail!("readings.jsonl: no bytes are kept of {report}");
    }
    refusals(ledger, folder)?;
    let n_decisions = ledger.take_over(&decisions(folder)?)?;
    Ok((n_reports, n_decisions))
}

/// A reading, the report that it is of, and the model that made it.
struct ReadBefore {
    report: String,
    model: String,
    json: String,
}

fn readings(folder: &Path) -> anyhow::Result<impl Iterator<Item = anyhow::Result<ReadBefore>>> {
    let models = lines::<String>(folder, "models.jsonl")?;
    let readings = open(folder, "readings.jsonl")?.lines();
    Ok(readings.zip(models).map(|(json, model)| {
        #[derive(Deserialize)]
        struct Line {
            report: Named,
        }
        #[derive(Deserialize)]
        struct Named {
            id: String,
        }
        let json = json.context("readings.jsonl")?;
        let line: Line = serde_json::from_str(&json).context("readings.jsonl")?;
        Ok(ReadBefore { report: line.report.id, model: model?, json })
    }))
}

/// The readings of the report with this hash, which are the next.
fn taken(
    readings: &mut Peekable<impl Iterator<Item = anyhow::Result<ReadBefore>>>,
    sha256: &str,
) -> anyhow::Result<Vec<ReadBefore>> {
    let is_next =
        |next: &anyhow::Result<ReadBefore>| next.as_ref().map_or(true, |next| next.report == sha256);
    std::iter::from_fn(|| readings.next_if(is_next)).collect()
}

/// Writes what is in hand; returns how many reports were new.
fn put_in(ledger: &mut Ledger, batch: &mut Vec<Incoming>) -> anyhow::Result<u64> {
    let added = ledger.add(&std::mem::take(batch))?;
    Ok(added.iter().filter(|added| **added == Added::New).count() as u64)
}

/// What was refused there and is no report here. Last, as to see bytes at a place takes its refusal away.
fn refusals(ledger: &mut Ledger, folder: &Path) -> anyhow::Result<()> {
    #[derive(Deserialize)]
    struct Line {
        path: String,
        record: Option<u64>,
        reason: String,
        sha256: Option<String>,
    }
    let reports: HashSet<(String, Option<u64>)> = report_places(ledger)?;
    let mut refusals = Vec::new();
    for line in lines::<Line>(folder, "refused.jsonl")? {
        let Line { path, record, reason, sha256 } = line?;
        if reports.contains(&(path.clone(), record)) {
            continue;
        }
        let bytes = sha256.map(|hash| ledger.bytes_of(hash_of(&hash)?).map_err(anyhow::Error::from));
        let capture = bytes.transpose()?.flatten().map(|bytes| Capture::of(&bytes)).transpose()?;
        refusals.push(Incoming::Refused(Sighting { path, record, obtained: super::now() }, reason, capture));
    }
    ledger.add(&refusals)?;
    Ok(())
}

/// Where reports were obtained.
fn report_places(ledger: &Ledger) -> anyhow::Result<HashSet<(String, Option<u64>)>> {
    let mut places = HashSet::new();
    ledger.captures(|kept| {
        if kept.media_type.is_some() {
            places.insert((kept.path, kept.record));
        }
        Ok::<_, anyhow::Error>(())
    })?;
    Ok(places)
}

fn decisions(folder: &Path) -> anyhow::Result<Vec<(Hash, Option<String>)>> {
    #[derive(Deserialize)]
    struct Line {
        id: String,
        /// Written again it is as it was hashed, which is looked at.
        decision: Option<Value>,
    }
    let lines = lines::<Line>(folder, "decisions.jsonl")?.map(|line| {
        let Line { id, decision } = line?;
        Ok((hash_of(&id)?, decision.map(|body| body.to_string())))
    });
    lines.collect()
}

fn hash_of(hex: &str) -> anyhow::Result<Hash> {
    Hash::from_hex(hex).ok_or_else(|| anyhow!("'{hex}' is no SHA-256"))
}

fn open(folder: &Path, name: &str) -> anyhow::Result<BufReader<File>> {
    let path = folder.join(name);
    let file = File::open(&path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(BufReader::new(file))
}

/// The lines of a file of JSON Lines.
fn lines<T: serde::de::DeserializeOwned>(
    folder: &Path,
    name: &'static str,
) -> anyhow::Result<impl Iterator<Item = anyhow::Result<T>>> {
    let lines = open(folder, name)?.lines().zip(1..);
    Ok(lines.map(move |(line, n)| {
        serde_json::from_str(&line.context(name)?).with_context(|| format!("{name}, line {n}"))
    }))
}

/// The bytes of the next record of an archive that `export` wrote: nothing in it but length and bytes
/// is asked for, as `places.jsonl` tells the rest.
fn record(archive: &mut impl BufRead) -> anyhow::Result<Vec<u8>> {
    let mut n_bytes: Option<u64> = None;
    loop {
        let mut line = String::new();
        if archive.read_line(&mut line).context("captures.warc")? == 0 {
            bail!("captures.warc ends before places.jsonl does");
        }
        if line.trim().is_empty() {
            break;
        }
        n_bytes = line.strip_prefix("Content-Length: ").map_or(n_bytes, |n| n.trim().parse().ok());
    }
    let n_bytes = n_bytes.ok_or_else(|| anyhow!("captures.warc: a record tells no length"))?;
    let mut bytes = Vec::new();
    archive.by_ref().take(n_bytes).read_to_end(&mut bytes).context("captures.warc")?;
    let mut end = [0; 4];
    archive.read_exact(&mut end).context("captures.warc is cut short")?;
    if end != *b"\r\n\r\n" {
        bail!("captures.warc: a record is longer than it says");
    }
    Ok(bytes)
}
