//! Times what linking does a report and a pair: `cargo run --release -p ascribe-link --example bench`.
//!
//! The texts are made of invented words, 500 a report, every second one an edited copy of the one
//! before it.
#![allow(clippy::print_stdout, clippy::disallowed_methods)] // a bench prints, and asks the clock

use std::time::Instant;

use ascribe_link::{Body, TextKeys, Topic, forest, same_story};

/// Reports.
const N: usize = 100;
/// Each measure is taken so often.
const ROUNDS: usize = 99;
/// Words of one.
const WORDS: usize = 500;
/// Words there are.
const VOCABULARY: u64 = 20_000;

fn main() {
    let texts: Vec<String> = (0..N).map(text).collect();
    let least =
        timed("text keys, a report", N, || texts.iter().map(|t| TextKeys::of(t).least.len()).sum::<usize>());
    let topics = timed("topic, a report", N, || texts.iter().map(|t| Topic::of("", t)).collect::<Vec<_>>());
    let n_keys: usize = timed("topic keys, a report", N, || topics.iter().map(|t| t.keys().len()).sum());
    let bodies = timed("body, a report", N, || texts.iter().map(|t| Body::of(t)).collect::<Vec<_>>());
    let copies = timed("two bodies", N - 1, || {
        bodies.windows(2).filter(|two| two[0].shared(&two[1]).apart(Some(0)).kind().is_some()).count()
    });
    let likely: Vec<(usize, usize, f64)> = timed("two topics", N - 1, || {
        topics.windows(2).zip(1..).map(|(two, n)| (n - 1, n, same_story(&two[0], &two[1], Some(0)))).collect()
    });
    let joined =
        timed("a report in a forest", N, || forest(N, likely.iter().copied()).iter().flatten().count());
    println!("{least} text keys, {n_keys} topic keys, {copies} copies, {joined} reports joined");
    assert!(copies >= N / 2, "every second text is an edited copy");
}

/// What `run` gives, after a line that says how long it took for each of `n`: the least of its rounds,
/// as other work on the machine can only make them longer.
fn timed<T>(name: &str, n: usize, run: impl Fn() -> T) -> T {
    let round = || {
        let start = Instant::now();
        (run(), start.elapsed().as_secs_f64())
    };
    let (out, first) = round();
    let least = (1..ROUNDS).map(|_| round().1).fold(first, f64::min);
    println!("{name:24}{:8.1} µs", least * 1e6 / n as f64);
    out
}

/// The text of a report; an odd one is that before it, with every thirtieth word another.
fn text(report: usize) -> String {
    let mut state = (report - report % 2) as u64 * 7_919 + 1;
    let mut own = report as u64 + 1;
    let word = |n: usize| {
        let drawn = next(&mut state);
        let drawn = if report % 2 == 1 && n % 30 == 29 { next(&mut own) } else { drawn };
        // Low numbers are frequent, as low ranks of words are.
        let rank = (drawn % VOCABULARY) * (drawn / VOCABULARY % VOCABULARY) / VOCABULARY;
        let name: String =
            format!("{rank:05}").bytes().map(|digit| char::from(digit - b'0' + b'f')).collect();
        match n % 12 {
            0 => format!("{} ", rank % 900),
            5 => format!("{}{} ", name[..1].to_uppercase(), &name[1..]),
            11 => format!("{name}. "),
            _ => format!("{name} "),
        }
    };
    (0..WORDS).map(word).collect()
}

/// A number after another (G. Marsaglia, "Xorshift RNGs", 2003).
fn next(state: &mut u64) -> u64 {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    *state
}
