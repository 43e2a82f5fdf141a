//! Groups by joining each item to at most one before it.

/// From this probability on, two items are joined.
pub const LIKELY: f64 = 0.5;

/// The parent of each of `n` items, which are numbered in their order of time: of the items before it
/// that it is joined with by a probability of [`LIKELY`] or more, the most probable; of equal ones the
/// earliest. `None`: it is the first of its group.
///
/// `candidates` are pairs of items with a probability, each once, in any order and direction; an item
/// that is not below `n` is left out. The result does not depend on their order, and a pair can change
/// the parent of its later item alone: an item that is like two groups joins one of them, and the two
/// stay apart.
pub fn forest(n: usize, candidates: impl IntoIterator<Item = (usize, usize, f64)>) -> Vec<Option<usize>> {
    let mut best: Vec<Option<(f64, usize)>> = vec![None; n];
    for (a, b, probability) in candidates {
        let (earlier, later) = (a.min(b), a.max(b));
        if later >= n || earlier == later || probability.is_nan() || probability < LIKELY {
            continue;
        }
        let is_better =
            |&(most, parent): &(f64, usize)| probability > most || (probability == most && earlier < parent);
        if best[later].as_ref().is_none_or(is_better) {
            best[later] = Some((probability, earlier));
        }
    }
    best.into_iter().map(|found| found.map(|(_, parent)| parent)).collect()
}

/// The first item of each item's group, where `parents` are such as [`forest`] gives: every parent
/// stands before its item.
pub fn roots(parents: &[Option<usize>]) -> Vec<usize> {
    let mut roots: Vec<usize> = Vec::with_capacity(parents.len());
    for (item, parent) in parents.iter().enumerate() {
        let root = parent.and_then(|parent| roots.get(parent).copied()).unwrap_or(item);
        roots.push(root);
    }
    roots
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_joins_the_likeliest_before_it() {
        let pairs = [(0, 2, 0.6), (2, 1, 0.9), (3, 2, 0.7), (4, 0, 0.8), (1, 4, 0.8), (0, 1, 0.4)];
        let parents = forest(5, pairs);
        // 2 is like both 0 and 1 and joins 1 alone; of two alike 4 takes the earlier.
        assert_eq!(parents, [None, None, Some(1), Some(2), Some(0)]);
        assert_eq!(roots(&parents), [0, 1, 1, 1, 0]);
        let mut turned = pairs;
        turned.reverse();
        assert_eq!(forest(5, turned), parents);
    }

    #[test]
    fn what_is_no_pair_is_left_out() {
        assert_eq!(forest(2, [(0, 5, 0.9), (1, 1, 0.9), (0, 1, f64::NAN)]), [None, None]);
        assert!(roots(&forest(0, [])).is_empty());
    }

    proptest::proptest! {
        #[test]
        fn a_root_is_its_own(pairs in proptest::collection::vec((0usize..20, 0usize..20, 0.0f64..1.0), 0..80)) {
            let roots = roots(&forest(20, pairs));
            for (item, &root) in roots.iter().enumerate() {
                proptest::prop_assert!(root <= item && roots[root] == root);
            }
        }
    }
}
