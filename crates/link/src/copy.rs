//! Reports that share text: which they may be (by keys), and how much they share (by comparison).

use std::collections::HashSet;

use unicode_segmentation::UnicodeSegmentation;

use crate::logistic::sigmoid;
use crate::rarity::rarity;
use crate::word::{fold, grams, hash, least, numbers};

/// Keys of a text. Of texts that share a third of their runs of three words, sixteen least runs of
/// each have one in common but for one pair in a thousand.
const KEYS: usize = 16;

/// Words of a run.
const RUN: usize = 3;

/// Words that a text begins with, which tell its news.
const LEAD: usize = 30;

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
    /// One for each run of [`RUN`] words.
    runs: HashSet<u64>,
    /// Words that begin with a digit, by which a text of a pattern (a market table, a police notice)
    /// differs from the next one.
    digits: HashSet<u64>,
    words: HashSet<u64>,
    lead: HashSet<u64>,
}

impl Body {
    /// Of a report's text.
    pub fn of(text: &str) -> Self {
        let numbers = numbers(text);
        let digits = text.unicode_words().filter(|word| word.starts_with(|c: char| c.is_ascii_digit()));
        Self {
            whole: whole(&numbers),
            runs: grams(&numbers, RUN).collect(),
            digits: digits.map(|word| hash(fold(word).as_bytes())).collect(),
            words: numbers.iter().copied().collect(),
            lead: numbers.iter().take(LEAD).copied().collect(),
        }
    }

    /// What two texts share.
    pub fn shared(&self, other: &Self) -> Shared {
        let n = self.runs.intersection(&other.runs).count() as f64;
        let of = |all: usize| if all == 0 { 0.0 } else { n / all as f64 };
        Shared {
            same_words: self.whole == other.whole,
            first: of(self.runs.len()),
            second: of(other.runs.len()),
            first_lead: held(&self.lead, &other.words),
            second_lead: held(&other.lead, &self.words),
            digits: contained(&self.digits, &other.digits),
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
    /// Share of the first text's first words, by rarity, that the second has anywhere. A report that
    /// goes on with a story begins with what is new.
    pub first_lead: f64,
    /// The same of the second's.
    pub second_lead: f64,
    /// Share of the numbers of the text with fewer of them that the other has.
    pub digits: f64,
}

/// How two texts are one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CopyKind {
    /// All but a few words are the same.
    Exact,
    /// Edited again: a good part of each is the other's.
    Near,
    /// The shorter one stands in the longer one.
    Contained,
}

impl CopyKind {
    /// As it stands in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Near => "near",
            Self::Contained => "contained",
        }
    }
}

impl Shared {
    /// Probability that one is a copy of the other or both of a third, `0..=1`.
    ///
    /// A logistic curve; its weights were fitted on the labelled pairs for fitting
    /// (`docs/methods/links.md`) and rounded.
    pub fn probability(&self) -> f64 {
        if self.same_words {
            return 1.0;
        }
        let (share, lead) = (self.first.max(self.second), self.first_lead.min(self.second_lead));
        sigmoid(-15.3 + 6.5 * share + 2.4 * lead + 8.7 * self.digits)
    }

    /// How they are one, if the probability is half or more.
    pub fn kind(&self) -> Option<CopyKind> {
        let (less, more) = (self.first.min(self.second), self.first.max(self.second));
        (self.probability() >= 0.5).then_some(match () {
            () if self.same_words || less > 0.9 => CopyKind::Exact,
            () if more > 0.8 && more - less > 0.15 => CopyKind::Contained,
            () => CopyKind::Near,
        })
    }
}

/// Of the smaller set, the share that the other has; one more of each is thought to be shared, so that
/// one number in a short text does not decide.
fn contained(a: &HashSet<u64>, b: &HashSet<u64>) -> f64 {
    (a.intersection(b).count() + 1) as f64 / (a.len().min(b.len()) + 1) as f64
}

/// The share of the words of `a`, by their rarity, that `b` has.
fn held(a: &HashSet<u64>, b: &HashSet<u64>) -> f64 {
    let (mut all, mut common) = (0.0, 0.0);
    for word in a {
        let weight = rarity(*word);
        all += weight;
        common += if b.contains(word) { weight } else { 0.0 };
    }
    if all > 0.0 { common / all } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WIRE: &str = "HARROW BAY (Northwire) - The ferry Lind ran aground off Harrow Bay on Monday with 143 people \
        on board, the coast guard said. Boats brought 139 of them to the harbour by noon. Four were taken to a \
        hospital with broken bones, said its director, Ada Marsh. The ferry had left Dunmore at 6.40 a.m. in fog. \
        An inquiry has been opened. The line has three ferries, of which the Lind, built in 1988, is the oldest.";

    fn kind(a: &str, b: &str) -> Option<&'static str> {
        Body::of(a).shared(&Body::of(b)).kind().map(CopyKind::name)
    }

    #[test]
    fn copies() {
        assert_eq!(kind(WIRE, &WIRE.to_uppercase()), Some("exact"));
        let edited = WIRE
            .replace(" with broken bones, said its director, Ada Marsh", "")
            .replace("An inquiry", "Inquiries");
        assert_eq!(kind(WIRE, &edited), Some("near"));
        let more = "Trains on the coast line ran late all day, and the bridge at Ostley stayed shut until the evening. \
            Passengers waited for hours in the cold while crews looked at the rails, a spokesman of the railway told \
            the Gazette. It was the worst start of a week that anybody at the station could remember. ";
        assert_eq!(kind(WIRE, &format!("{WIRE} {more}")), Some("contained"));
        assert_eq!(kind(WIRE, more), None);
    }

    #[test]
    fn a_pattern_is_no_copy() {
        let notice = |day: &str, litres: &str, price: &str| {
            format!(
                "The milk board of Harrow sold {litres} litres at {price} crowns on {day}, the board said. The next \
                 auction will be held in a week, the board said."
            )
        };
        assert_eq!(kind(&notice("3 May", "4,200", "1.12"), &notice("10 May", "3,900", "1.19")), None);
    }

    #[test]
    fn copies_share_keys() {
        let shared = |a: &str, b: &str| {
            let (a, b) = (TextKeys::of(a), TextKeys::of(b));
            a.least.iter().filter(|key| b.least.contains(key)).count()
        };
        assert!(shared(WIRE, &WIRE[80..300]) > 0);
        assert_eq!(TextKeys::of("A b").least, [] as [u64; 0]);
        assert_eq!(TextKeys::of("Two men, said").whole, TextKeys::of("two MEN said").whole);
    }

    proptest::proptest! {
        #[test]
        fn any_texts_are_compared(a in ".{0,60}", b in ".{0,60}") {
            let (a, b) = (Body::of(&a), Body::of(&b));
            let (there, back) = (a.shared(&b), b.shared(&a));
            proptest::prop_assert_eq!((there.first, there.first_lead, there.digits), (back.second, back.second_lead, back.digits));
            proptest::prop_assert!((0.0..=1.0).contains(&there.probability()));
            proptest::prop_assert_eq!(there.kind(), back.kind());
        }
    }
}
