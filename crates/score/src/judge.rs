//! One article → which predictions match which gold attributions.

use std::collections::BTreeMap;

use crate::{Article, Attribution, Tokens};

/// From this Jaccard index on, two token sets are the same content or the same source.
pub(crate) const SAME: f64 = 0.5;

/// A part of an attribution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Who says it.
    Source,
    /// The saying word.
    Cue,
    /// What is said.
    Content,
}

impl Role {
    /// As the corpora write it: `source`, `cue`, `content`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Source => "source",
            Self::Cue => "cue",
            Self::Content => "content",
        }
    }
}

impl Role {
    /// In the order of the table.
    pub const ALL: [Self; 3] = [Self::Source, Self::Cue, Self::Content];
}

/// The token numbers of an attribution's parts, each ascending.
#[derive(Clone, Debug, Default)]
pub(crate) struct Covered {
    parts: [Vec<usize>; 3],
}

impl Covered {
    fn of(attribution: &Attribution, tokens: &Tokens) -> Self {
        Self { parts: Role::ALL.map(|role| tokens.covered(attribution.part(role))) }
    }

    pub(crate) fn part(&self, role: Role) -> &[usize] {
        &self.parts[role as usize]
    }

    pub(crate) fn source(&self) -> &[usize] {
        self.part(Role::Source)
    }

    pub(crate) fn cue(&self) -> &[usize] {
        self.part(Role::Cue)
    }

    pub(crate) fn content(&self) -> &[usize] {
        self.part(Role::Content)
    }
}

/// An article with its predictions matched to its gold.
pub(crate) struct Judged<'c> {
    pub(crate) article: &'c Article,
    pub(crate) tokens: Tokens,
    pub(crate) gold: Vec<Covered>,
    pub(crate) pred: Vec<Covered>,
    /// Gold number and predicted number of each match, best first.
    pub(crate) pairs: Vec<(usize, usize)>,
}

impl<'c> Judged<'c> {
    pub(crate) fn of(article: &'c Article) -> Self {
        let tokens = Tokens::of(&article.text);
        let cover = |all: &[Attribution]| all.iter().map(|a| Covered::of(a, &tokens)).collect::<Vec<_>>();
        let (gold, pred) = (cover(&article.gold), cover(&article.pred));
        let pairs = match_contents(&gold, &pred);
        Self { article, tokens, gold, pred, pairs }
    }

    /// Whether both have a source and it is the same.
    pub(crate) fn same_source(&self, (gold, pred): (usize, usize)) -> bool {
        jaccard(self.gold[gold].source(), self.pred[pred].source()) >= SAME
    }

    /// Whether both sources are the same, or both are empty.
    pub(crate) fn source_right(&self, pair: (usize, usize)) -> bool {
        let neither = self.gold[pair.0].source().is_empty() && self.pred[pair.1].source().is_empty();
        neither || self.same_source(pair)
    }

    /// The prediction matched to each gold attribution.
    pub(crate) fn by_gold(&self) -> Vec<Option<usize>> {
        let mut matched = vec![None; self.gold.len()];
        self.pairs.iter().for_each(|&(g, p)| matched[g] = Some(p));
        matched
    }

    /// The gold attribution matched to each prediction.
    pub(crate) fn by_pred(&self) -> Vec<Option<usize>> {
        let mut matched = vec![None; self.pred.len()];
        self.pairs.iter().for_each(|&(g, p)| matched[p] = Some(g));
        matched
    }
}

/// How many numbers two ascending lists share.
pub(crate) fn n_shared(a: &[usize], b: &[usize]) -> usize {
    a.iter().filter(|t| b.binary_search(t).is_ok()).count()
}

/// Shared over all; 0 for two empty lists, as the reference has it.
pub(crate) fn jaccard(a: &[usize], b: &[usize]) -> f64 {
    let shared = n_shared(a, b);
    let all = a.len() + b.len() - shared;
    if all == 0 { 0.0 } else { shared as f64 / all as f64 }
}

/// One-to-one pairs (gold number, predicted number) of the same content, taken greedily: highest
/// Jaccard index of the contents first, then of the sources, then of the cues, then in order.
fn match_contents(gold: &[Covered], pred: &[Covered]) -> Vec<(usize, usize)> {
    let mut candidates = candidates(gold, pred);
    candidates.sort_by(|(a, a_pair), (b, b_pair)| {
        let by_likeness = (0..3).map(|i| b[i].total_cmp(&a[i])).find(|o| o.is_ne());
        by_likeness.unwrap_or_else(|| a_pair.cmp(b_pair))
    });
    let (mut gold_free, mut pred_free) = (vec![true; gold.len()], vec![true; pred.len()]);
    let mut pairs = Vec::new();
    for (_, (g, p)) in candidates {
        if gold_free[g] && pred_free[p] {
            (gold_free[g], pred_free[p]) = (false, false);
            pairs.push((g, p));
        }
    }
    pairs
}

/// All pairs of the same content with the likeness of their contents, sources and cues.
fn candidates(gold: &[Covered], pred: &[Covered]) -> Vec<([f64; 3], (usize, usize))> {
    let mut owners: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (g, covered) in gold.iter().enumerate() {
        covered.content().iter().for_each(|&t| owners.entry(t).or_default().push(g));
    }
    let mut found = Vec::new();
    for (p, b) in pred.iter().enumerate() {
        let mut near: Vec<usize> =
            b.content().iter().filter_map(|t| owners.get(t)).flatten().copied().collect();
        near.sort_unstable();
        near.dedup();
        for g in near {
            let a = &gold[g];
            let content = jaccard(a.content(), b.content());
            if content >= SAME {
                found.push(([content, jaccard(a.source(), b.source()), jaccard(a.cue(), b.cue())], (g, p)));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn jaccard_of_sets() {
        assert_eq!(jaccard(&[], &[]), 0.0);
        assert_eq!(jaccard(&[1], &[]), 0.0);
        assert_eq!(jaccard(&[1, 2, 3], &[2, 3, 4]), 0.5);
        assert_eq!(jaccard(&[1, 2], &[1, 2]), 1.0);
    }

    #[test]
    fn the_better_content_wins_then_the_better_source() {
        let part = |source: &[usize], content: &[usize]| Covered {
            parts: [source.to_vec(), Vec::new(), content.to_vec()],
        };
        let gold = [part(&[1], &[5, 6, 7, 8]), part(&[2], &[5, 6, 7, 8])];
        assert_eq!(match_contents(&gold, &[part(&[2], &[5, 6, 7, 8])]), [(1, 0)]);
        let pred = [part(&[1], &[5, 6, 7]), part(&[9], &[5, 6, 7, 8])];
        assert_eq!(match_contents(&gold, &pred), [(0, 1), (1, 0)]);
    }
}
