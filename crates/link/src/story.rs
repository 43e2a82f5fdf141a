//! Reports about the same incident or situation: which they may be (by keys), and how likely they
//! are (by comparison).

use std::collections::HashMap;

use unicode_segmentation::UnicodeSegmentation;

use crate::logistic::probability;
use crate::rarity::rarity;
use crate::weights;
use crate::word::{fold, hash};

/// Words of the body that are looked at: news tells what it is about first.
const BODY: usize = 400;
/// Words of the body that count in full; the others by half.
const LEAD: usize = 120;
/// A word of the title counts as two of the lead.
const TITLE: f64 = 2.0;
/// Words less rare than this tell nothing of what a report is about ("said", "people").
const COMMON: f64 = 1.5;
/// Terms that are kept of a report.
const TERMS: usize = 100;
/// Terms of which two make a key.
const KEY_TERMS: usize = 14;

/// In the choice of keys a term with a capital counts so much more: names stay the same from report to
/// report of one incident, other words less so.
const NAMED: f64 = 1.6;

/// How a term was written.
const CAPITAL: u8 = 1;
const IN_TITLE: u8 = 2;
const DIGITS: u8 = 4;

#[derive(Clone, Copy, Debug, PartialEq)]
struct Term {
    word: u64,
    weight: f64,
    marks: u8,
}

/// What a report is about: its rarest words, weighed.
#[derive(Clone, Debug, PartialEq)]
pub struct Topic {
    /// Ascending by word.
    terms: Vec<Term>,
    /// Words looked at in the body, at most [`BODY`].
    n_words: usize,
    /// Length of the vector of all terms, of those with capitals, of the title, of digits.
    norms: [f64; 4],
}

impl Topic {
    /// Of a report's title and text (which may hold the title again).
    pub fn of(title: &str, text: &str) -> Self {
        let mut found: HashMap<u64, (f64, u8)> = HashMap::new();
        let mut add = |word: &str, count: f64, marks: u8| {
            let folded = fold(word);
            if folded.len() > 1 {
                let digits = if word.starts_with(|c: char| c.is_ascii_digit()) { DIGITS } else { 0 };
                let entry = found.entry(hash(folded.as_bytes())).or_default();
                entry.0 += count;
                entry.1 |= marks | digits;
            }
        };
        title.unicode_words().for_each(|word| add(word, TITLE, IN_TITLE));
        let mut n_words = 0;
        for word in text.unicode_words().take(BODY) {
            let capital = if word.starts_with(char::is_uppercase) { CAPITAL } else { 0 };
            add(word, if n_words < LEAD { 1.0 } else { 0.5 }, capital);
            n_words += 1;
        }
        let mut terms: Vec<Term> = found
            .into_iter()
            .map(|(word, (count, marks))| (word, count, marks, rarity(word)))
            .filter(|&(_, _, _, rarity)| rarity > COMMON)
            .map(|(word, count, marks, rarity)| Term { word, weight: (1.0 + count.ln_1p()) * rarity, marks })
            .collect();
        terms.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.word.cmp(&b.word)));
        terms.truncate(TERMS);
        terms.sort_by_key(|term| term.word);
        let norms = [0, CAPITAL, IN_TITLE, DIGITS].map(|mark| {
            let squares = terms.iter().filter(|t| t.marks & mark == mark).map(|t| t.weight * t.weight);
            squares.sum::<f64>().sqrt()
        });
        Self { terms, n_words, norms }
    }

    /// The report's fourteen weightiest terms, where names weigh more, ascending. Two reports about one
    /// incident mostly share two of them.
    pub fn top(&self) -> Vec<u64> {
        let rank = |t: &Term| if t.marks & CAPITAL == CAPITAL { NAMED * t.weight } else { t.weight };
        let mut top: Vec<&Term> = self.terms.iter().collect();
        top.sort_by(|a, b| rank(b).total_cmp(&rank(a)).then(a.word.cmp(&b.word)));
        let mut top: Vec<u64> = top.into_iter().take(KEY_TERMS).map(|term| term.word).collect();
        top.sort_unstable();
        top
    }

    /// Keys of which two reports about one incident mostly share one: every two of [`top`](Self::top).
    /// Ascending.
    pub fn keys(&self) -> Vec<u64> {
        let top = self.top();
        let mut keys: Vec<u64> = (0..top.len())
            .flat_map(|i| (i + 1..top.len()).map(move |j| (i, j)))
            .map(|(i, j)| {
                let mut bytes = [0; 16];
                bytes[..8].copy_from_slice(&top[i].to_le_bytes());
                bytes[8..].copy_from_slice(&top[j].to_le_bytes());
                hash(&bytes)
            })
            .collect();
        keys.sort_unstable();
        keys
    }

    /// The cosine of two topics, over all terms and over those that both write with capitals, both
    /// have in the title, both have as digits.
    fn cosines(&self, other: &Self) -> [f64; 4] {
        let (mut sums, mut i, mut j) = ([0.0; 4], 0, 0);
        while let (Some(a), Some(b)) = (self.terms.get(i), other.terms.get(j)) {
            if a.word == b.word {
                let (product, marks) = (a.weight * b.weight, a.marks & b.marks);
                for (sum, mark) in sums.iter_mut().zip([0, CAPITAL, IN_TITLE, DIGITS]) {
                    if marks & mark == mark {
                        *sum += product;
                    }
                }
            }
            i += usize::from(a.word <= b.word);
            j += usize::from(b.word <= a.word);
        }
        std::array::from_fn(|k| {
            let norm = self.norms[k] * other.norms[k];
            if norm > 0.0 { sums[k] / norm } else { 0.0 }
        })
    }
}

/// What [`same_story`] goes by, in order.
pub const STORY_SIGNALS: [&str; 21] = [
    "one",
    "all",
    "names",
    "title",
    "digits",
    "days",
    "same_day",
    "long_after",
    "length",
    "all²",
    "names²",
    "title²",
    "digits²",
    "all·days",
    "all·same_day",
    "all·long_after",
    "all·length",
    "names·days",
    "names·same_day",
    "names·long_after",
    "names·length",
];

/// Probability that two reports, `days` apart, are about the same incident or situation, `0..=1`.
pub fn same_story(a: &Topic, b: &Topic, days: Option<u32>) -> f64 {
    probability(&weights::STORY, &story_signals(a, b, days))
}

/// The signals of two reports, `days` apart (unknown: as if half a month).
pub fn story_signals(a: &Topic, b: &Topic, days: Option<u32>) -> [f64; STORY_SIGNALS.len()] {
    let c = a.cosines(b);
    let days = f64::from(days.unwrap_or(15));
    let around = [
        days.ln_1p(),
        f64::from(u8::from(days <= 1.0)),
        f64::from(u8::from(days > 60.0)),
        a.n_words.min(b.n_words) as f64 / BODY as f64,
    ];
    let mut out = [1.0; STORY_SIGNALS.len()];
    let values = c.into_iter().chain(around).chain(c.map(|x| x * x));
    let joint = around.map(|x| c[0] * x).into_iter().chain(around.map(|x| c[1] * x));
    out[1..].iter_mut().zip(values.chain(joint)).for_each(|(slot, value)| *slot = value);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: &str = "HARROW BAY - Four people were killed when the ferry Lind ran aground off Harrow Bay on \
        Monday, the coast guard said. The ferry had come from Dunmore in fog.";
    const SECOND: &str = "Divers looked for two missing passengers of the Lind on Tuesday, a day after the ferry from \
        Dunmore hit rocks near Harrow Bay and four people died.";
    const OTHER: &str = "Four people were killed on Monday when a bus left the road near Ostley, the police said. \
        The bus had come from Marren in rain.";

    #[test]
    fn one_incident_or_two() {
        let [first, second, other] = [FIRST, SECOND, OTHER].map(|text| Topic::of("", text));
        assert!(same_story(&first, &second, Some(1)) > 0.5);
        assert!(same_story(&first, &other, Some(0)) < 0.5);
        assert!(same_story(&first, &second, Some(1)) > same_story(&first, &second, Some(400)));
        assert_eq!(same_story(&first, &other, None), same_story(&other, &first, None));
        assert!(first.keys().iter().any(|key| second.keys().contains(key)));
    }

    #[test]
    fn nothing_is_about_nothing() {
        let (empty, common) = (Topic::of("", ""), Topic::of("", "He said that it was the one."));
        assert!(empty.keys().is_empty());
        assert!(same_story(&empty, &common, Some(0)) < 0.5);
    }
}
