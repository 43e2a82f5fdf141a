//! How much two sets share, guessed from the least members of each.

/// The share of one set that the other holds, of the two shares the larger, `0..=1`: guessed from their
/// least members, at most `most` of each, ascending; a list shorter than that is the whole set.
///
/// Up to the last member that both lists reach all is known of both sets, and hashed members are a sample
/// (A. Broder, "On the resemblance and containment of documents", 1997).
pub fn held_share(a: &[u64], b: &[u64], most: usize) -> f64 {
    let reach = |list: &[u64]| if list.len() < most { u64::MAX } else { list[list.len() - 1] };
    let limit = reach(a).min(reach(b));
    let known = |list: &[u64]| list.partition_point(|key| *key <= limit);
    let (n_a, n_b) = (known(a), known(b));
    let (mut i, mut j, mut n) = (0, 0, 0);
    while i < n_a && j < n_b {
        n += usize::from(a[i] == b[j]);
        let (x, y) = (a[i], b[j]);
        i += usize::from(x <= y);
        j += usize::from(y <= x);
    }
    let fewer = n_a.min(n_b);
    if fewer == 0 { 0.0 } else { n as f64 / fewer as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_held_by_the_whole() {
        let whole: Vec<u64> = (0..1600).map(|n| n * 1000).collect();
        let part: Vec<u64> = whole.iter().copied().filter(|n| n % 7 == 0).collect();
        let other: Vec<u64> = part.iter().map(|n| n + 1).collect();
        assert_eq!(held_share(&whole[..16], &part[..16], 16), 1.0);
        assert_eq!(held_share(&part[..16], &whole[..16], 16), 1.0);
        assert_eq!(held_share(&whole[..16], &other[..16], 16), 0.0);
        // Short lists are whole sets.
        assert_eq!(held_share(&[1, 2], &[1, 3, 5], 16), 0.5);
        assert_eq!(held_share(&[], &whole[..16], 16), 0.0);
    }
}
