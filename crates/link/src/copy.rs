//! Reports that share text: which they may be (by keys), and how much they share (by comparison).

use unicode_segmentation::UnicodeSegmentation;

use crate::logistic::probability;
use crate::rarity::rarity;
use crate::weights;
use crate::word::{fold, grams, hash, least, numbers};

/// Keys of a text. Of texts that share a third of their runs of three words, sixteen least runs of
/// each have one in common but for one pair in a thousand.
const KEYS: usize = 16;

/// Words of a run.
const RUN: usize = 3;

/// Words of a phrase.
const PHRASE: usize = 5;

/// Days from which on it does not matter how many more lie between two texts.
const WEEK: u32 = 7;

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
    /// Most runs that are kept.
    pub const MOST: usize = KEYS;

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
    /// One for each run of [`RUN`] words; ascending, once each, as are all below.
    runs: Vec<u64>,
    /// Runs of [`PHRASE`] words with the rarity of their words: a pattern's phrases ("the board said")
    /// weigh less than the words of one report.
    phrases: Vec<(u64, f64)>,
    /// Words that begin with a digit, by which a text of a pattern (a market table, a police notice)
    /// differs from the next one.
    digits: Vec<u64>,
    words: Vec<u64>,
    /// The first words, with their rarity.
    lead: Vec<(u64, f64)>,
}

impl Body {
    /// Of a report's text.
    pub fn of(text: &str) -> Self {
        let (mut numbers, mut digits) = (Vec::new(), Vec::new());
        for word in text.unicode_words() {
            let number = hash(fold(word).as_bytes());
            numbers.push(number);
            digits.extend(word.starts_with(|c: char| c.is_ascii_digit()).then_some(number));
        }
        let rarities: Vec<f64> = numbers.iter().map(|word| rarity(*word)).collect();
        let weights = rarities.windows(PHRASE).map(|words| words.iter().sum());
        Self {
            whole: whole(&numbers),
            runs: set(grams(&numbers, RUN)),
            phrases: weighed(grams(&numbers, PHRASE).zip(weights)),
            digits: set(digits.into_iter()),
            words: set(numbers.iter().copied()),
            lead: weighed(numbers.iter().copied().zip(rarities).take(LEAD)),
        }
    }

    /// What two texts share, `days` unknown.
    pub fn shared(&self, other: &Self) -> Shared {
        let n = common(&self.runs, &other.runs) as f64;
        let of = |all: usize| if all == 0 { 0.0 } else { n / all as f64 };
        let (ours, theirs) = (weight(&self.phrases), weight(&other.phrases));
        let less = ours.min(theirs);
        Shared {
            same_words: self.whole == other.whole,
            first: of(self.runs.len()),
            second: of(other.runs.len()),
            phrases: if less > 0.0 { common_weight(&self.phrases, &other.phrases) / less } else { 0.0 },
            first_lead: held(&self.lead, &other.words),
            second_lead: held(&other.lead, &self.words),
            digits: contained(&self.digits, &other.digits),
            days: None,
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
    /// Of the text with less of them, the share of the runs of five words that the other has, each
    /// weighed by the rarity of its words.
    pub phrases: f64,
    /// Days between the two; see [`Shared::apart`].
    pub days: Option<u32>,
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
    /// The same of two reports that were published `days` apart. A desk edits a text again within days;
    /// what is like it weeks later more often follows the same pattern.
    pub fn apart(self, days: Option<u32>) -> Self {
        Self { days, ..self }
    }

    /// Probability that one is a copy of the other or both of a third, `0..=1`.
    pub fn probability(&self) -> f64 {
        if self.same_words { 1.0 } else { probability(&weights::COPY, &copy_signals(self)) }
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

/// What [`Shared::probability`] goes by, in order.
pub const COPY_SIGNALS: [&str; 5] = ["one", "phrases", "lead", "digits", "days·changed"];

/// The signals of two texts that are not the same words. Of the texts' first words the share that is
/// found less counts; days count up to a week, unknown ones as one, and the more the less is shared: an
/// old text that is issued again is a copy whatever its date.
pub fn copy_signals(shared: &Shared) -> [f64; COPY_SIGNALS.len()] {
    let lead = shared.first_lead.min(shared.second_lead);
    let days = f64::from(shared.days.unwrap_or(1).min(WEEK)).ln_1p();
    [1.0, shared.phrases, lead, shared.digits, days * (1.0 - shared.phrases)]
}

/// Ascending and once each.
fn set(numbers: impl Iterator<Item = u64>) -> Vec<u64> {
    least(numbers, usize::MAX)
}

/// The same with weights; equal numbers have equal ones.
fn weighed(numbers: impl Iterator<Item = (u64, f64)>) -> Vec<(u64, f64)> {
    let mut all: Vec<(u64, f64)> = numbers.collect();
    all.sort_unstable_by_key(|(number, _)| *number);
    all.dedup_by_key(|(number, _)| *number);
    all
}

fn weight(all: &[(u64, f64)]) -> f64 {
    all.iter().map(|(_, weight)| weight).sum()
}

/// How many two sets have in common.
fn common(a: &[u64], b: &[u64]) -> usize {
    let (mut i, mut j, mut n) = (0, 0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        n += usize::from(x == y);
        i += usize::from(x <= y);
        j += usize::from(y <= x);
    }
    n
}

/// The weight of what two sets have in common.
fn common_weight(a: &[(u64, f64)], b: &[(u64, f64)]) -> f64 {
    let (mut i, mut j, mut sum) = (0, 0, 0.0);
    while let (Some((x, weight)), Some((y, _))) = (a.get(i), b.get(j)) {
        sum += if x == y { *weight } else { 0.0 };
        i += usize::from(x <= y);
        j += usize::from(y <= x);
    }
    sum
}

/// Of the smaller set, the share that the other has; one more of each is thought to be shared, so that
/// one number in a short text does not decide.
fn contained(a: &[u64], b: &[u64]) -> f64 {
    (common(a, b) + 1) as f64 / (a.len().min(b.len()) + 1) as f64
}

/// The share of the words of `lead`, by their rarity, that `words` has.
fn held(lead: &[(u64, f64)], words: &[u64]) -> f64 {
    let all = weight(lead);
    let found = lead.iter().filter(|(word, _)| words.binary_search(word).is_ok());
    if all > 0.0 { found.map(|(_, weight)| weight).sum::<f64>() / all } else { 1.0 }
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
    fn days_count_the_more_the_less_is_shared() {
        let apart =
            |other: &str, days| Body::of(WIRE).shared(&Body::of(other)).apart(Some(days)).probability();
        let again = WIRE.replace("on Monday", "on Tuesday");
        assert!(apart(&again, 40) > 0.5);
        let edited = WIRE
            .replace("with 143 people on board", "and was carrying 143 passengers")
            .replace("Four were taken to a hospital with broken bones", "Hospital beds were given to four");
        assert!(apart(&edited, 0) > 0.5 && apart(&edited, 0) > apart(&edited, 5));
        assert_eq!(apart(&edited, 7), apart(&edited, 70));
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
