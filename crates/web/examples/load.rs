//! How long a running server takes to answer what the page asks: `load ADDR:PORT [SECONDS]`, 50 requests a
//! second. Of this machine only, and for ten minutes at most.
#![allow(clippy::print_stdout, reason = "it is a command")]

use std::collections::BTreeMap;
use std::error::Error;
use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

/// Requests a second.
const RATE: u32 = 50;
const LONGEST: u64 = 600;
/// What the page asks for.
const PATHS: [&str; 19] = [
    "/reports",
    "/reports?q=said",
    "/statements",
    "/statements?act=deny",
    "/figures?measure=killed",
    "/figures",
    "/speakers",
    "/review",
    "/search?kind=statements&q=harbour",
    "/facets",
    "/dates?by=month",
    "/summary",
    "/stories",
    "/stories?q=harbour",
    "/flags",
    "/flags?kind=quote_drift",
    "/quotes",
    "/series?measure=killed",
    "/copies",
];

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let address: SocketAddr = arguments.next().ok_or("say where: ADDR:PORT")?.parse()?;
    let seconds: u64 = arguments.next().map_or(Ok(30), |seconds| seconds.parse())?;
    if !address.ip().is_loopback() {
        return Err("only a server on this machine is asked so often".into());
    }
    let n_requests = u32::try_from(seconds.min(LONGEST))? * RATE;
    let (sender, answers) = channel();
    let began = Instant::now();
    for n in 0..n_requests {
        // At its time, whatever became of those before.
        let due = began + Duration::from_secs(1) * n / RATE;
        std::thread::sleep(due.saturating_duration_since(Instant::now()));
        let (sender, path) = (sender.clone(), PATHS[n as usize % PATHS.len()]);
        std::thread::spawn(move || sender.send((path, ask(address, path), due.elapsed())));
    }
    drop(sender);
    let mut times: BTreeMap<&str, Vec<Duration>> = BTreeMap::new();
    let mut n_failed = 0;
    for (path, status, time) in answers {
        times.entry(path).or_default().push(time);
        times.entry("all").or_default().push(time);
        n_failed += u32::from(!matches!(status, Ok(200)));
    }
    println!("{:40} {:>8} {:>8} {:>8}", "milliseconds", "p50", "p95", "most");
    for (path, times) in &mut times {
        times.sort();
        let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1e3;
        println!("{path:40} {:8.1} {:8.1} {:8.1}", at(0.5), at(0.95), at(1.0));
    }
    println!("{n_requests} requests, {n_failed} not answered with 200");
    Ok(())
}

/// The status of the whole answer.
fn ask(address: SocketAddr, path: &str) -> io::Result<u16> {
    let mut stream = TcpStream::connect(address)?;
    write!(stream, "GET /api/v1{path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n")?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    let status = answer.get(9..12).and_then(|status| std::str::from_utf8(status).ok()?.parse().ok());
    status.ok_or_else(|| io::ErrorKind::InvalidData.into())
}
