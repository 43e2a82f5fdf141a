//! 95 % intervals by resampling articles.

use crate::Count;

/// Steele, Lea and Flood's SplitMix64 ("Fast splittable pseudorandom number generators", OOPSLA
/// 2014): enough for resampling, and the same on every machine.
#[derive(Clone, Debug)]
pub struct SplitMix64(u64);

impl SplitMix64 {
    /// A generator that always gives the same numbers for the same `seed`.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next 64 bits.
    pub fn next_u64(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number in `0..n`; `n` is not 0.
    pub fn below(&mut self, n: usize) -> usize {
        ((u128::from(self.next_u64()) * n as u128) >> 64) as usize
    }
}

/// The 95 % interval of `value` for every cell, over `n_samples` resamples of the articles.
///
/// `per_article`: one row an article, all of one length (the cells). Empty without samples or
/// articles. All cells share the resamples.
pub(crate) fn intervals(
    per_article: &[Vec<Count>],
    n_samples: usize,
    value: impl Fn(&Count) -> f64,
) -> Vec<[f64; 2]> {
    let Some(first) = per_article.first().filter(|_| n_samples > 0) else { return Vec::new() };
    let mut rng = SplitMix64::new(1);
    let mut samples = vec![Vec::with_capacity(n_samples); first.len()];
    for _ in 0..n_samples {
        let mut sum = vec![Count::default(); first.len()];
        for _ in per_article {
            add(&mut sum, &per_article[rng.below(per_article.len())]);
        }
        for (cell, count) in samples.iter_mut().zip(&sum) {
            cell.push(value(count));
        }
    }
    samples.into_iter().map(middle).collect()
}

/// Adds `row` to `sum`, cell by cell.
pub(crate) fn add(sum: &mut [Count], row: &[Count]) {
    for (cell, count) in sum.iter_mut().zip(row) {
        *cell += *count;
    }
}

/// The 2.5th and 97.5th percentile, by the reference's rule for their places.
fn middle(mut samples: Vec<f64>) -> [f64; 2] {
    samples.sort_by(f64::total_cmp);
    let n = samples.len() as f64;
    let high = (0.975 * n) as usize;
    [samples[(0.025 * n) as usize], samples[high.min(samples.len() - 1)]]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_generator_gives_the_published_numbers() {
        let mut rng = SplitMix64::new(1_234_567);
        let first: Vec<u64> = (0..3).map(|_| rng.next_u64()).collect();
        assert_eq!(first, [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]);
    }

    #[test]
    fn below_stays_below_and_reaches_all() {
        let mut rng = SplitMix64::new(7);
        let mut seen = [0; 5];
        for _ in 0..1000 {
            seen[rng.below(5)] += 1;
        }
        assert!(seen.iter().all(|&n| n > 150), "{seen:?}");
    }

    #[test]
    fn an_interval_holds_the_value_and_shrinks_with_more_articles() {
        let corpus = |n: usize| -> Vec<Vec<Count>> {
            (0..n).map(|i| vec![Count { tp: i % 2, pred: 1, gold: 1 }]).collect()
        };
        let [small, large] = [20, 500].map(|n| intervals(&corpus(n), 1000, Count::f1)[0]);
        assert!(small[0] < 0.5 && 0.5 < small[1] && large[0] < 0.5 && 0.5 < large[1]);
        assert!(large[1] - large[0] < small[1] - small[0]);
        assert!(intervals(&[], 10, Count::f1).is_empty());
        assert!(intervals(&corpus(3), 0, Count::f1).is_empty());
        assert_eq!(intervals(&corpus(2), 1, Count::f1).len(), 1);
    }
}
