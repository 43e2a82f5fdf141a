//! How rare a word is in news, from a fixed table: what two reports are judged by must not depend on
//! what else a ledger holds.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::word::hash;

/// `word count` by line, the first the number of texts; made by `training/word_counts.py`.
const TABLE: &str = include_str!("rarity.txt");

struct Rarities {
    n_texts: f64,
    counts: HashMap<u64, u32>,
}

static RARITIES: LazyLock<Rarities> = LazyLock::new(|| {
    let mut lines = TABLE.lines().filter_map(|line| {
        let (word, count) = line.split_once(' ')?;
        Some((word, count.parse().expect("the table counts in whole numbers")))
    });
    let n_texts = lines.next().map_or(0, |(_, n): (_, u32)| n);
    Rarities {
        n_texts: f64::from(n_texts),
        counts: lines.map(|(word, n)| (hash(word.as_bytes()), n)).collect(),
    }
});

/// The inverse document frequency of a folded word, by its hash: `0..` in nats, about 1 for words of
/// every third text, 9 for those of none (K. Spärck Jones, "A statistical interpretation of term
/// specificity", 1972).
pub(crate) fn rarity(word: u64) -> f64 {
    let count = RARITIES.counts.get(&word).copied().unwrap_or(0);
    ((RARITIES.n_texts + 1.0) / (f64::from(count) + 0.5)).ln().max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_words_are_common() {
        let of = |word: &str| rarity(hash(word.as_bytes()));
        assert!(of("the") < 0.2);
        assert!(of("police") < of("ceasefire"));
        assert!(of("ceasefire") < of("harrowmere"));
        assert!((8.0..10.0).contains(&of("harrowmere")));
    }
}
