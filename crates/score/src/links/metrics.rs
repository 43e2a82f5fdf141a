//! Measures of groupings and of agreement. A grouping is one group number per item; the numbers
//! themselves mean nothing.

use std::collections::BTreeMap;

/// Precision and recall of a grouping by items.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct BCubed {
    /// Mean over the items: how much of an item's predicted group is of its true group, `0..=1`.
    pub precision: f64,
    /// Mean over the items: how much of an item's true group is in its predicted group, `0..=1`.
    pub recall: f64,
}

impl BCubed {
    /// Harmonic mean of the two, `0..=1`.
    pub fn f1(self) -> f64 {
        let sum = self.precision + self.recall;
        if sum > 0.0 { 2.0 * self.precision * self.recall / sum } else { 0.0 }
    }
}

/// B-cubed precision and recall of the grouping `pred` against `gold`, item by item.
///
/// **Method**: A. Bagga, B. Baldwin, "Entity-based cross-document coreferencing using the vector
/// space model", COLING-ACL 1998, with equal weights.
///
/// # Panics
/// If the two have not the same length.
pub fn b_cubed(gold: &[usize], pred: &[usize]) -> BCubed {
    assert_eq!(gold.len(), pred.len(), "two groupings of the same items");
    if gold.is_empty() {
        return BCubed::default();
    }
    let (n_gold, n_pred, n_both) = (sizes(gold.iter()), sizes(pred.iter()), sizes(gold.iter().zip(pred)));
    let (mut precision, mut recall) = (0.0, 0.0);
    for (g, p) in gold.iter().zip(pred) {
        let both = n_both[&(g, p)] as f64;
        precision += both / n_pred[p] as f64;
        recall += both / n_gold[g] as f64;
    }
    let n = gold.len() as f64;
    BCubed { precision: precision / n, recall: recall / n }
}

/// The Rand index of two groupings, adjusted for chance: 1 if they are the same, about 0 if they have
/// nothing to do with one another.
///
/// **Method**: L. Hubert, P. Arabie, "Comparing partitions", Journal of Classification 2, 1985.
///
/// # Panics
/// If the two have not the same length.
pub fn adjusted_rand(gold: &[usize], pred: &[usize]) -> f64 {
    assert_eq!(gold.len(), pred.len(), "two groupings of the same items");
    let pairs = |n: usize| (n * n.saturating_sub(1) / 2) as f64;
    let sum_gold: f64 = sizes(gold.iter()).into_values().map(pairs).sum();
    let sum_pred: f64 = sizes(pred.iter()).into_values().map(pairs).sum();
    let sum_both: f64 = sizes(gold.iter().zip(pred)).into_values().map(pairs).sum();
    let all = pairs(gold.len());
    let expected = if all > 0.0 { sum_gold * sum_pred / all } else { 0.0 };
    let most = f64::midpoint(sum_gold, sum_pred);
    // Both all apart or both all together: nothing is left to chance.
    if most == expected { 1.0 } else { (sum_both - expected) / (most - expected) }
}

/// The share of items that two labellings have alike, and Cohen's kappa, which leaves out what would
/// be alike by chance; 1 if both give one label to all.
///
/// **Method**: J. Cohen, "A coefficient of agreement for nominal scales", Educational and
/// Psychological Measurement 20, 1960.
pub fn kappa<T: Ord>(items: &[(T, T)]) -> (f64, f64) {
    if items.is_empty() {
        return (0.0, 0.0);
    }
    let n = items.len() as f64;
    let alike = items.iter().filter(|(a, b)| a == b).count() as f64 / n;
    let (first, second) = (sizes(items.iter().map(|(a, _)| a)), sizes(items.iter().map(|(_, b)| b)));
    let by_chance: f64 =
        first.iter().map(|(label, &m)| (m * second.get(label).copied().unwrap_or(0)) as f64 / (n * n)).sum();
    (alike, if by_chance == 1.0 { 1.0 } else { (alike - by_chance) / (1.0 - by_chance) })
}

/// The group of each of `n` items when those that an edge joins are together, directly or through
/// others. An edge names two items below `n`.
pub fn components(n: usize, edges: impl IntoIterator<Item = (usize, usize)>) -> Vec<usize> {
    let mut above: Vec<usize> = (0..n).collect();
    let top = |above: &[usize], mut item: usize| {
        while above[item] != item {
            item = above[item];
        }
        item
    };
    for (a, b) in edges {
        let (a, b) = (top(&above, a), top(&above, b));
        above[a.max(b)] = a.min(b);
    }
    (0..n).map(|item| top(&above, item)).collect()
}

/// How often each label is there.
fn sizes<T: Ord>(labels: impl Iterator<Item = T>) -> BTreeMap<T, usize> {
    let mut sizes = BTreeMap::new();
    for label in labels {
        *sizes.entry(label).or_insert(0) += 1;
    }
    sizes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(a: f64, b: f64) {
        assert!((a - b).abs() < 1e-12, "{a} is not {b}");
    }

    /// Six items: true groups {0 1 2} {3 4} {5}, predicted {0 1} {2 3 4} {5}.
    const GOLD: [usize; 6] = [7, 7, 7, 3, 3, 9];
    const PRED: [usize; 6] = [1, 1, 2, 2, 2, 5];

    #[test]
    fn b_cubed_by_hand() {
        // precision: 0, 1: 2/2; 2: 1/3; 3, 4: 2/3; 5: 1/1. recall: 0, 1: 2/3; 2: 1/3; 3, 4: 2/2; 5: 1.
        let found = b_cubed(&GOLD, &PRED);
        close(found.precision, (1.0 + 1.0 + 1.0 / 3.0 + 2.0 / 3.0 + 2.0 / 3.0 + 1.0) / 6.0);
        close(found.recall, (2.0 / 3.0 + 2.0 / 3.0 + 1.0 / 3.0 + 1.0 + 1.0 + 1.0) / 6.0);
        close(found.f1(), 7.0 / 9.0);
    }

    #[test]
    fn b_cubed_of_the_extremes() {
        close(b_cubed(&GOLD, &GOLD).f1(), 1.0);
        let apart = b_cubed(&GOLD, &[0, 1, 2, 3, 4, 5]);
        close(apart.precision, 1.0);
        close(apart.recall, 0.5); // (3 · 1/3 + 2 · 1/2 + 1) / 6
        let together = b_cubed(&GOLD, &[0; 6]);
        close(together.precision, 14.0 / 36.0); // (3 · 3/6 + 2 · 2/6 + 1/6) / 6
        close(together.recall, 1.0);
        assert_eq!(b_cubed(&[], &[]).f1(), 0.0);
    }

    #[test]
    fn adjusted_rand_by_hand() {
        // Pairs together: 3 + 1 true, 1 + 3 predicted, 1 + 1 in both, 15 in all.
        let expected = 4.0 * 4.0 / 15.0;
        close(adjusted_rand(&GOLD, &PRED), (2.0 - expected) / (4.0 - expected));
        close(adjusted_rand(&GOLD, &GOLD), 1.0);
        close(adjusted_rand(&GOLD, &[0; 6]), 0.0);
        close(adjusted_rand(&[0, 1, 2], &[4, 5, 6]), 1.0);
        // Nothing alike is below chance: 0 together in both, 2 true, 2 predicted, 6 in all.
        close(adjusted_rand(&[0, 0, 1, 1], &[0, 1, 0, 1]), -0.5);
    }

    #[test]
    fn kappa_by_hand() {
        // Twenty of Cohen's form: 8 yes-yes, 2 yes-no, 3 no-yes, 7 no-no.
        let mut items = vec![(1, 1); 8];
        items.extend([(1, 0); 2]);
        items.extend([(0, 1); 3]);
        items.extend([(0, 0); 7]);
        let (alike, kappa_of_all) = kappa(&items);
        close(alike, 0.75);
        close(kappa_of_all, (0.75 - 0.5) / 0.5); // by chance: .5 · .55 + .5 · .45
        assert_eq!(kappa(&[(1, 1), (1, 1)]), (1.0, 1.0));
    }

    #[test]
    fn groups_joined_through_others() {
        assert_eq!(components(6, [(4, 5), (0, 2), (5, 2)]), [0, 1, 0, 3, 0, 0]);
    }
}
