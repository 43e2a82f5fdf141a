//! Reads a web archive that is made as it is read, and tells the pages a second and the memory:
//! `cargo run --release -p ascribe-intake --example warc -- 300 gzip` for 300 MB before packing.
//! Nothing is written; the archive may be larger than the memory.
#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a program for people that takes the time"
)]

use std::io::{self, BufReader, Read};
use std::time::Instant;

use ascribe_intake::{Options, reports};
use ascribe_testkit::archive::{gzip, warc, zstd};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let megabytes: usize = arguments.next().and_then(|n| n.parse().ok()).unwrap_or(300);
    let packing = arguments.next().unwrap_or_default();
    let pack: fn(&[u8]) -> Vec<u8> = match packing.as_str() {
        "gzip" => gzip,
        "zstd" => zstd,
        _ => <[u8]>::to_vec,
    };
    let n_sample = 1000;
    let n_sampled = io::copy(&mut warc(n_sample, <[u8]>::to_vec), &mut io::sink()).unwrap_or(1);
    let n_pages = megabytes * 1_000_000 / (n_sampled as usize / n_sample);

    let began = Instant::now();
    let n_bytes = io::copy(&mut warc(n_pages, pack), &mut io::sink()).unwrap_or(0);
    let making = began.elapsed();
    let options = Options::default();
    let began = Instant::now();
    let input = BufReader::new(warc(n_pages, pack));
    let (mut n_read, mut n_refused, mut n_text) = (0, 0, 0);
    for outcome in reports("made.warc", input, &options) {
        match outcome {
            Ok(report) => (n_read, n_text) = (n_read + 1, n_text + report.text.len()),
            Err(_) => n_refused += 1,
        }
    }
    // Reading makes the archive once more.
    let seconds = began.elapsed().saturating_sub(making).as_secs_f64();
    assert_eq!((n_read, n_refused), (n_pages, 0), "every page is one report");
    println!("{n_pages} pages in {n_bytes} bytes {packing}: {n_read} reports, {n_text} bytes of text");
    println!("{:.0} pages/s, peak memory {}", n_pages as f64 / seconds, peak_memory());
}

/// The most memory that the process had, where the system tells.
fn peak_memory() -> String {
    let mut status = String::new();
    let read = std::fs::File::open("/proc/self/status").and_then(|mut file| file.read_to_string(&mut status));
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.filter(|_| read.is_ok()).map_or("unknown".to_owned(), |line| line.trim().to_owned())
}
