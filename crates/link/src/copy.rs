//! Reports that share text: which they may be (by keys), and how much they share (by comparison).

use std::collections::{HashMap, HashSet};

use unicode_segmentation::UnicodeSegmentation;

use crate::word::{fold, grams, hash, least, numbers};

/// Keys of a text. Of texts that share a third of their runs of three words, sixteen least runs of
/// each have one in common but for one pair in a thousand.
const KEYS: usize = 16;

/// Words of a run.
const RUN: usize = 3;

/// What is kept of a text so that those it shares words with can be found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextKeys {
    /// Equal for texts of the same words in the same order; case, marks and layout aside.
    pub whole: u64,
    /// The least runs of words, ascending; fewer for a short text. Two texts of which one holds much
    /// of the other have some in common.
    pub least: Vec<u64>,
}

impl TextKeys {
    /// The keys of a report's text.
    pub fn of(text: &str) -> Self {
        let numbers = numbers(text);
        Self { whole: whole(&numbers), least: least(grams(&numbers, RUN), KEYS) }
    }
}

fn whole(numbers: &[u64]) -> u64 {
    let bytes: Vec<u8> = numbers.iter().flat_map(|n| n.to_le_bytes()).collect();
    hash(&bytes)
}

/// A text made ready to be compared with many others.
#[derive(Clone, Debug)]
pub struct Body {
    whole: u64,
    /// One for each run of [`RUN`] words, in order.
    runs: Vec<u64>,
    set: HashSet<u64>,
    /// Words with a capital or a digit: names, places, dates and numbers, by which a text of a
    /// pattern (a market table, a police notice) differs from the next one.
    details: HashSet<u64>,
    digits: HashSet<u64>,
}

impl Body {
    /// Of a report's text.
    pub fn of(text: &str) -> Self {
        let numbers = numbers(text);
        let runs: Vec<u64> = grams(&numbers, RUN).collect();
        let starting = |with: fn(char) -> bool| -> HashSet<u64> {
            let words = text.unicode_words().filter(|word| word.starts_with(with));
            words.map(|word| hash(fold(word).as_bytes())).collect()
        };
        Self {
            whole: whole(&numbers),
            set: runs.iter().copied().collect(),
            runs,
            details: starting(|c| c.is_uppercase() || c.is_ascii_digit()),
            digits: starting(|c| c.is_ascii_digit()),
        }
    }

    /// What two texts share.
    pub fn shared(&self, other: &Self) -> Shared {
        let n = self.set.intersection(&other.set).count() as f64;
        let of = |all: usize| if all == 0 { 0.0 } else { n / all as f64 };
        Shared {
            same_words: self.whole == other.whole,
            first: of(self.set.len()),
            second: of(other.set.len()),
            longest: longest_run(&self.runs, &other.runs),
            details: contained(&self.details, &other.details),
            digits: contained(&self.digits, &other.digits),
            n_shorter: self.runs.len().min(other.runs.len()),
        }
    }
}

/// What two texts share, as measures.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shared {
    /// The same words in the same order.
    pub same_words: bool,
    /// Share of the first text's runs of three words that the second has, `0..=1`.
    pub first: f64,
    /// Share of the second's that the first has.
    pub second: f64,
    /// Words of the longest stretch that both have.
    pub longest: usize,
    /// Share of the names and numbers of the text with fewer of them that the other has.
    pub details: f64,
    /// The same of numbers alone.
    pub digits: f64,
    /// Runs of the shorter text.
    pub n_shorter: usize,
}

/// Of the smaller set, the share that the other has; 1 if it is empty.
fn contained(a: &HashSet<u64>, b: &HashSet<u64>) -> f64 {
    let smaller = a.len().min(b.len());
    if smaller == 0 { 1.0 } else { a.intersection(b).count() as f64 / smaller as f64 }
}

/// Words of the longest stretch of runs that both have in the same order; 0 if there is none.
fn longest_run(a: &[u64], b: &[u64]) -> usize {
    let mut places: HashMap<u64, Vec<usize>> = HashMap::new();
    for (j, run) in b.iter().enumerate() {
        let at = places.entry(*run).or_default();
        // A run that comes again and again ends no stretch by itself; some of its places do.
        if at.len() < 8 {
            at.push(j);
        }
    }
    let (mut best, mut ending): (usize, HashMap<usize, usize>) = (0, HashMap::new());
    for run in a {
        let mut here = HashMap::new();
        for &j in places.get(run).map_or(&[][..], Vec::as_slice) {
            let length = 1 + j.checked_sub(1).and_then(|before| ending.get(&before)).copied().unwrap_or(0);
            here.insert(j, length);
            best = best.max(length);
        }
        ending = here;
    }
    if best == 0 { 0 } else { best + RUN - 1 }
}
