//! How fast reports are linked, as a ledger grows.
//!
//! ```sh
//! cargo run --release -p ascribe-ledger --example links -- 100000 [shuffled] [FILE]
//! ```
//!
//! The reports are made by a generator (`ascribe_testkit::told`): an archive of ten years per million, with
//! stories whose sizes follow a power law, copies and quotations. They are added in slices, in the order
//! of their dates or shuffled, and each slice is linked as it is in; only linking is timed. The ledger is
//! removed in the end, unless a new FILE is named.
#![allow(clippy::print_stdout, reason = "a command talks to people")]
#![allow(clippy::disallowed_methods, reason = "a bench asks the clock")]

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use ascribe_ledger::{Entry, Filter, Hash, Incoming, Ledger, Linked, Listing, Sighting};
use ascribe_testkit::told;

/// Reports in a transaction of adding.
const BATCH: usize = 1000;
/// Slices that a ledger is filled in.
const SLICES: u64 = 10;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let n_reports: u64 = arguments.next().ok_or("usage: links REPORTS [shuffled] [FILE]")?.parse()?;
    let mut arguments = arguments.peekable();
    let is_shuffled = arguments.next_if(|word| word == "shuffled").is_some();
    let folder = tempfile::tempdir()?;
    let path = arguments.next().map_or_else(|| folder.path().join("links.db"), PathBuf::from);
    if path.exists() {
        return Err("links are timed as a ledger grows: name a new file".into());
    }
    let mut ledger = Ledger::open(&path)?;
    let mut order: Vec<u64> = (0..n_reports).collect();
    if is_shuffled {
        // Steps of a prime go round all numbers, far apart.
        order = (0..n_reports).map(|n| n * 7_368_787 % n_reports).collect();
        order.sort_unstable();
        order.dedup();
        assert_eq!(order.len() as u64, n_reports, "give a number without the factor 7,368,787");
        order = (0..n_reports).map(|n| n * 7_368_787 % n_reports).collect();
    }
    let (mut all, mut all_cpu, mut all_linked) = (Duration::ZERO, 0.0, Linked::default());
    let mut grown = 0;
    for slice in order.chunks(n_reports.div_ceil(SLICES) as usize) {
        for batch in slice.chunks(BATCH) {
            ledger.add(&batch.iter().map(|n| entry(*n)).collect::<Vec<_>>())?;
        }
        let before = bytes(&path);
        let (began, began_cpu) = (Instant::now(), cpu_seconds());
        let linked = ledger.link(&mut |_, _| ())?;
        let (took, cpu) = (began.elapsed(), cpu_seconds() - began_cpu);
        grown += bytes(&path).saturating_sub(before);
        all += took;
        all_cpu += cpu;
        all_linked.reports += linked.reports;
        all_linked.again += linked.again;
        println!(
            "{:>9} reports: the last {} in {:.1} s, {cpu:.1} s of processor time, {} looked again",
            all_linked.reports,
            linked.reports,
            took.as_secs_f64(),
            linked.again
        );
    }
    let n = n_reports as f64;
    println!("{:.0} reports/s", n / all.as_secs_f64());
    // On a machine with other work this is the steadier number.
    println!("{:.0} reports per second of processor time", n / all_cpu);
    println!("{} looked again; {:.0} bytes a report for links", all_linked.again, grown as f64 / n);
    println!("{} MB of memory at most", peak_memory() / 1000);
    for (name, listing) in
        [("copies", Listing::Copies), ("stories", Listing::Stories), ("utterances", Listing::Quotes)]
    {
        let began = Instant::now();
        let mut n_lines = 0;
        ledger.list(listing, &Filter::default(), &mut |_| {
            n_lines += 1;
            true
        })?;
        println!("{n_lines} lines of {name}, listed in {:.2} s", began.elapsed().as_secs_f64());
    }
    Ok(())
}

fn entry(n: u64) -> Incoming {
    let mut made = told(n);
    made.reading.report.id = Hash::of(&made.bytes).to_string();
    let at = Sighting {
        path: format!("told/{}.jsonl", n / 1000),
        record: Some(n % 1000 + 1),
        obtained: "2026-01-12T08:00:00Z".to_owned(),
    };
    let entry = Entry::of(&made.bytes, &made.reading, "told 1", at);
    Incoming::Read(Box::new(entry.expect("the id was just made")))
}

fn bytes(path: &Path) -> u64 {
    std::fs::metadata(path).map_or(0, |file| file.len())
}

/// Processor time of all threads so far; 0 where `/proc` does not tell.
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The name, which may hold anything, ends with the last bracket; ticks are hundredths of a second.
    let fields = stat.rsplit_once(')').map_or("", |(_, fields)| fields).split_whitespace();
    fields.skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}

/// The most memory that the program had, in kilobytes; 0 where `/proc` does not tell.
fn peak_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}
