//! How fast a ledger takes invented reports, how it grows, and how long common queries take.
//!
//! ```sh
//! cargo run --release -p ascribe-ledger --example bench -- 100000 [FILE]
//! ```
//!
//! The readings are made by a generator, so that only the ledger is timed. The file is removed in the
//! end, unless it is named; one that is there is only asked, not filled.
#![allow(clippy::print_stdout, reason = "a command talks to people")]
#![allow(clippy::disallowed_methods, reason = "a bench asks the clock")]

use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use ascribe_ledger::{Entry, Filter, Hash, Incoming, Ledger, Listing, Sighting};
use ascribe_testkit::{Invented, invented};

/// Reports in a transaction.
const BATCH: u64 = 4000;
/// Reports after which the time is told.
const PART: u64 = 100_000;
/// Each query is asked so often, with other words.
const ROUNDS: u64 = 200;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let n_reports: u64 = arguments.next().ok_or("usage: bench REPORTS [FILE]")?.parse()?;
    let folder = tempfile::tempdir()?;
    let path = arguments.next().map_or_else(|| folder.path().join("bench.db"), PathBuf::from);
    let is_there = path.exists();
    let mut ledger = Ledger::open(&path)?;
    if !is_there {
        fill(&mut ledger, &path, n_reports)?;
    }
    for (name, listing, filter) in queries() {
        let mut took = Vec::new();
        let mut n_lines = 0;
        for round in 0..ROUNDS {
            let filter = filter(&invented(round * 7919 % n_reports));
            let began = Instant::now();
            ledger.list(listing, &filter, &mut |_| {
                n_lines += 1;
                true
            })?;
            took.push(began.elapsed());
        }
        assert!(n_lines > 0, "{name} finds nothing");
        took.sort_unstable();
        let at = |part: f64| millis(took[((took.len() - 1) as f64 * part) as usize]);
        let lines = n_lines / ROUNDS;
        println!("{name:26} median {:7.2} ms  p95 {:7.2} ms  ({lines} lines each)", at(0.5), at(0.95));
    }
    let began = Instant::now();
    let verified = ledger.verify(&mut |_| ())?.map_err(|fault| format!("does not verify: {fault}"))?;
    println!("verify: {} captures in {:.1} s", verified.captures, began.elapsed().as_secs_f64());
    Ok(())
}

/// Adds the reports: each batch is invented, which is not timed, and then prepared on one thread while the
/// one before it is written on another.
fn fill(ledger: &mut Ledger, path: &Path, n_reports: u64) -> Result<(), Box<dyn std::error::Error>> {
    let (mut all, mut write, mut part) = (Duration::ZERO, Duration::ZERO, Duration::ZERO);
    let mut part_cpu = 0.0;
    let mut ready: Vec<Incoming> = Vec::new();
    let mut cpu = 0.0;
    let (mut n_captured, mut n_text, mut n_statements) = (0, 0, 0);
    // One turn more than there are batches, as the last is written then.
    for first in (0..n_reports + BATCH).step_by(BATCH as usize) {
        let reports: Vec<Invented> = (first..n_reports.min(first + BATCH)).map(invented).collect();
        for Invented { bytes, reading } in &reports {
            n_captured += bytes.len();
            n_text += reading.report.text.len();
            n_statements += reading.statements.len();
        }
        let (began, began_cpu) = (Instant::now(), cpu_seconds());
        let (prepared, added) = thread::scope(|scope| {
            let prepared = scope.spawn(|| entries(&reports));
            let added = ledger.add(&ready);
            write += began.elapsed();
            (prepared.join(), added)
        });
        added?;
        ready = prepared.map_err(|_| "a thread panicked")?;
        all += began.elapsed();
        part += began.elapsed();
        cpu += cpu_seconds() - began_cpu;
        part_cpu += cpu_seconds() - began_cpu;
        if first > 0 && first.is_multiple_of(PART) {
            let seconds = part.as_secs_f64();
            println!(
                "{first:>9} reports: the last {PART} in {seconds:.1} s, {part_cpu:.1} s of processor time"
            );
            (part, part_cpu) = (Duration::ZERO, 0.0);
        }
    }
    let all = all.as_secs_f64();
    println!(
        "{:.0} reports/s ({:.0} written/s)",
        n_reports as f64 / all,
        n_reports as f64 / write.as_secs_f64()
    );
    // On a machine with other work this is the steadier number.
    println!("{:.0} reports per second of processor time", n_reports as f64 / cpu);
    let size = std::fs::metadata(path)?.len() / n_reports;
    println!(
        "{size} bytes a report, which has {} captured, {} of text and {:.1} statements",
        n_captured as u64 / n_reports,
        n_text as u64 / n_reports,
        n_statements as f64 / n_reports as f64
    );
    Ok(())
}

fn entries(reports: &[Invented]) -> Vec<Incoming> {
    let entry = |report: &Invented| {
        let mut reading = report.reading.clone();
        reading.report.id = Hash::of(&report.bytes).to_string();
        let sighting = Sighting {
            path: reading.report.path.clone().unwrap_or_default(),
            record: reading.report.record,
            obtained: "2026-01-12T08:00:00Z".to_owned(),
        };
        let entry = Entry::of(&report.bytes, &reading, "invented 1", sighting);
        Incoming::Read(Box::new(entry.expect("the id was just made")))
    };
    reports.iter().map(entry).collect()
}

type Ask = fn(&Invented) -> Filter;

/// The common queries, with words of some report.
fn queries() -> Vec<(&'static str, Listing, Ask)> {
    vec![
        ("statements by speaker", Listing::Statements, |report| Filter {
            speaker: report.reading.actors.first().map(|actor| actor.name.clone()),
            limit: Some(50),
            ..Filter::default()
        }),
        ("figures by measure, place", Listing::Figures, |report| {
            let figure = report.reading.figures.first();
            Filter {
                measure: Some(figure.map_or("killed", |figure| figure.measure.name()).to_owned()),
                place: figure.and_then(|figure| figure.place.clone()),
                limit: Some(50),
                ..Filter::default()
            }
        }),
        ("statements by act, date", Listing::Statements, |report| Filter {
            act: report.reading.statements.first().map(|statement| statement.act.name().to_owned()),
            from: report.reading.report.published.clone(),
            limit: Some(50),
            ..Filter::default()
        }),
        ("statements by rare act", Listing::Statements, |report| Filter {
            act: report.reading.statements.last().map(|_| "withhold".to_owned()),
            limit: Some(50),
            ..Filter::default()
        }),
        ("reports by outlet", Listing::Reports, |report| Filter {
            outlet: report.reading.report.outlet.clone(),
            limit: Some(50),
            ..Filter::default()
        }),
        ("words in reports", Listing::SearchReports, |report| words(report)),
        ("words in statements", Listing::SearchStatements, |report| words(report)),
        ("a report's statements", Listing::Statements, |report| Filter {
            id: Some(Hash::of(&report.bytes).to_string()),
            ..Filter::default()
        }),
    ]
}

/// Two words that a statement begins with: one is often frequent, one rare.
fn words(report: &Invented) -> Filter {
    let content = report.reading.statements.first().map_or("", |statement| &statement.content.text);
    let words: Vec<&str> = content.split_whitespace().take(2).collect();
    Filter { words: Some(words.join(" ")), limit: Some(20), ..Filter::default() }
}

/// Processor time of all threads so far; 0 where `/proc` does not tell.
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The name, which may hold anything, ends with the last bracket; ticks are hundredths of a second.
    let fields = stat.rsplit_once(')').map_or("", |(_, fields)| fields).split_whitespace();
    fields.skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}

fn millis(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}
