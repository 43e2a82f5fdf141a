//! Scores to attributions: which words are the cue, the source and the content of one.

use ascribe_model::{Config, Network, Scores, States};

use crate::document::{Document, View, WordRange};
use crate::encoded::Encoded;
use crate::mend::mend;

/// One attribution as words of the document.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Attribution {
    pub(crate) cue: WordRange,
    pub(crate) source: Option<WordRange>,
    /// In text order; not empty.
    pub(crate) content: Vec<WordRange>,
    /// The mean log-probabilities of the labels of cue, source and content.
    pub(crate) scores: [f64; 3],
    /// By content part: the mean log-probability of its labels.
    pub(crate) part_scores: Vec<f64>,
    /// Of one that a pattern found: the share of the pattern's finds that are right, as counted.
    pub(crate) precision: Option<f64>,
}

/// The attributions of `document`, in order of their cues.
pub(crate) fn find_attributions(document: &Document<'_>, encoded: &Encoded<'_>) -> Vec<Attribution> {
    let Encoded { network, views, states, .. } = encoded;
    let config = network.config();
    let columns = Columns::of(config);
    let mut tags: Vec<Vec<f64>> = Vec::with_capacity(document.words.len());
    for (view, state) in views.iter().zip(states) {
        let scores = network.tags(state);
        for w in view.judged.clone() {
            let row = scores.row(w - view.words.start);
            let mut row: Vec<f64> = row.iter().map(|&x| f64::from(x)).collect();
            row[columns.cue] += f64::from(config.cue_bias);
            row[columns.cue + 1] += f64::from(config.cue_bias);
            tags.push(row);
        }
    }
    let path = best_path(&tags, &columns.tag_begins);
    let mut cues = joined(runs(&path, columns.cue));
    cues.extend(inner_cues(&tags, &path, &columns));
    cues.sort_by_key(|c| c.start);
    let mut found = Vec::new();
    for (view, state) in views.iter().zip(states) {
        let inside = |c: &&WordRange| view.judged.contains(&c.start) && c.end <= view.words.end;
        let cues: Vec<&WordRange> = cues.iter().filter(inside).collect();
        found.extend(attributions_of(network, &columns, view, state, &cues, &tags, &path));
    }
    settle(&mut found);
    for attribution in &mut found {
        mend(document, attribution);
    }
    found.retain(|a| !a.content.is_empty() && !asks_for_anonymity(document, a));
    share_sources(document, &mut found);
    found
}

/// "who asked not to be named": how a source wants to be shown is no statement.
fn asks_for_anonymity(document: &Document<'_>, a: &Attribution) -> bool {
    let first = a.content[0].start;
    let is = |at: usize, word: &str| document.words.get(at).is_some_and(|w| w.lower == word);
    is(first, "not")
        && is(first + 1, "to")
        && is(first + 2, "be")
        && ["named", "identified", "quoted"].iter().any(|word| is(first + 3, word))
}

/// A source that is nothing but the beginning of another's ("The | Northland army has acknowledged …,
/// but has not released …") is that whole one; a determiner alone is nobody.
fn share_sources(document: &Document<'_>, found: &mut [Attribution]) {
    let whole: Vec<WordRange> =
        found.iter().filter_map(|a| a.source.clone()).filter(|s| s.len() > 1).collect();
    for a in found {
        let Some(source) = a.source.clone().filter(|s| s.len() == 1) else { continue };
        if matches!(document.words[source.start].lower.as_str(), "the" | "a" | "an") {
            a.source = whole.iter().find(|w| w.start == source.start).cloned();
        }
    }
}

/// The least probability of the surest word of a cue inside a content.
const INNER_CUE: f64 = 0.4;

/// Cues of speech told inside other speech ("…, to which the front has responded by stating …"): the
/// best path gives their words to the outer content; here they are judged without it.
fn inner_cues(tags: &[Vec<f64>], path: &[usize], columns: &Columns) -> Vec<WordRange> {
    let [_, cue, content] = columns.tag_begins[..] else { return Vec::new() };
    let mut found = Vec::new();
    for part in runs(path, content) {
        let rows: Vec<Vec<f64>> =
            part.clone().map(|w| vec![tags[w][0], tags[w][cue], tags[w][cue + 1]]).collect();
        for run in runs(&best_path(&rows, &[1]), 1) {
            let probability = |t: usize| rows[t][1].exp() + rows[t][2].exp();
            let surest = run.clone().map(probability).fold(0.0, f64::max);
            if surest >= INNER_CUE {
                found.push(run.start + part.start..run.end + part.start);
            }
        }
    }
    found
}

/// Gives words that two attributions both take for their content to the surer one, unless one lies
/// inside the content of the other, as nested speech does.
fn settle(found: &mut [Attribution]) {
    for i in 0..found.len() {
        for j in i + 1..found.len() {
            // Contents reach no further than a window, and cues are in text order.
            if found[j].cue.start - found[i].cue.start > 1000 {
                break;
            }
            let nested = |a: &Attribution, b: &Attribution| {
                a.content.iter().any(|c| c.start <= b.cue.start && b.cue.end <= c.end)
            };
            if nested(&found[i], &found[j]) || nested(&found[j], &found[i]) {
                continue;
            }
            while let Some((a, b)) = clash(&found[i], &found[j]) {
                let (loser, part, winner) = if found[i].part_scores[a] < found[j].part_scores[b] {
                    (i, a, found[j].content[b].clone())
                } else {
                    (j, b, found[i].content[a].clone())
                };
                found[loser].cut(part, &winner);
            }
        }
    }
}

/// The first parts of two contents that share a word.
fn clash(a: &Attribution, b: &Attribution) -> Option<(usize, usize)> {
    let parts = |x: &Attribution| x.content.iter().cloned().enumerate().collect::<Vec<_>>();
    parts(a).into_iter().find_map(|(i, p)| {
        let shares = |q: &WordRange| q.start < p.end && p.start < q.end;
        b.content.iter().position(shares).map(|j| (i, j))
    })
}

impl Attribution {
    /// Takes the words of `other` out of a part, and the part away if none are left.
    fn cut(&mut self, part: usize, other: &WordRange) {
        let mine = self.content[part].clone();
        let (before, behind) = (mine.start..other.start.max(mine.start), other.end.min(mine.end)..mine.end);
        let longer = if before.len() >= behind.len() { before } else { behind };
        if longer.is_empty() {
            self.content.remove(part);
            self.part_scores.remove(part);
        } else {
            self.content[part] = longer;
        }
    }
}

/// Where in the scores each label stands.
pub(crate) struct Columns {
    cue: usize,
    /// `B-` columns of the tags; each `I-` column follows its `B-`.
    pub(crate) tag_begins: Vec<usize>,
    source: usize,
    content: usize,
    /// For every role the tag of the same name.
    tag_of_role: Vec<usize>,
}

impl Columns {
    pub(crate) fn of(config: &Config) -> Self {
        let at = |labels: &[String], name: &str| labels.iter().position(|l| l == name).unwrap_or(0);
        Self {
            cue: at(&config.tags, "B-cue"),
            tag_begins: ["B-source", "B-cue", "B-content"].map(|l| at(&config.tags, l)).to_vec(),
            source: at(&config.roles, "B-source"),
            content: at(&config.roles, "B-content"),
            tag_of_role: config.roles.iter().map(|r| at(&config.tags, r)).collect(),
        }
    }
}

fn attributions_of(
    network: &Network,
    columns: &Columns,
    view: &View,
    state: &States,
    cues: &[&WordRange],
    tags: &[Vec<f64>],
    tag_path: &[usize],
) -> Vec<Attribution> {
    let offset = view.words.start;
    let local: Vec<(usize, usize)> = cues.iter().map(|c| (c.start - offset, c.end - offset)).collect();
    let scores = network.roles(state, &local);
    let tag_weight = f64::from(network.config().tag_weight);
    let mut found = Vec::new();
    for (cue, scores) in cues.iter().zip(&scores) {
        let mut rows: Vec<Vec<f64>> = Vec::with_capacity(view.words.len());
        for (t, w) in view.words.clone().enumerate() {
            let (row, tag) = (scores.row(t), &tags[w]);
            let with_tag =
                |(role, &x): (usize, &f32)| f64::from(x) + tag_weight * tag[columns.tag_of_role[role]];
            let mut row: Vec<f64> = row.iter().enumerate().map(with_tag).collect();
            if cue.contains(&w) {
                row[1..].iter_mut().for_each(|x| *x -= FORBIDDEN);
            }
            rows.push(row);
        }
        let path = best_path(&rows, &[columns.source, columns.content]);
        let gain = |r: &WordRange| r.clone().map(|t| rows[t][path[t]] - rows[t][0]).sum::<f64>();
        let sources = runs(&path, columns.source);
        let source = sources.into_iter().max_by(|a, b| gain(a).total_cmp(&gain(b)));
        let content = runs(&path, columns.content);
        if content.is_empty() {
            continue;
        }
        let role_score = |r: &WordRange| {
            r.clone().map(|t| f64::from(scores.row(t)[path[t]])).sum::<f64>() / r.len() as f64
        };
        let cue_score = (cue.start..cue.end).map(|w| tags[w][tag_path[w]]).sum::<f64>() / cue.len() as f64;
        let words: f64 = content.iter().map(|r| r.len() as f64).sum();
        let content_score = content.iter().map(|r| role_score(r) * r.len() as f64).sum::<f64>() / words;
        let source_score = source.as_ref().map_or_else(|| no_source_score(scores, columns), role_score);
        let up = |r: WordRange| r.start + offset..r.end + offset;
        found.push(Attribution {
            cue: (*cue).clone(),
            source: source.map(up),
            part_scores: content.iter().map(role_score).collect(),
            content: content.into_iter().map(up).collect(),
            scores: [cue_score, source_score, content_score],
            precision: None,
        });
    }
    found
}

/// How sure it is that no word of the window is a source: the log-probability at the likeliest one.
fn no_source_score(scores: &Scores, columns: &Columns) -> f64 {
    let likeliest = (0..scores.n_rows()).map(|t| scores.row(t)[columns.source].exp()).fold(0.0f32, f32::max);
    f64::from((1.0 - likeliest).max(1e-6).ln())
}

const FORBIDDEN: f64 = 1e4;

/// The best path of labels through `scores`, where an `I-` label (its `B-` column plus one) follows
/// only its own `B-` or `I-`. Ties go to the lower label.
///
/// Method: Viterbi, "Error bounds for convolutional codes and an asymptotically optimum decoding
/// algorithm", 1967; transitions are allowed or forbidden, not learned.
pub(crate) fn best_path(scores: &[Vec<f64>], begins: &[usize]) -> Vec<usize> {
    let Some(first) = scores.first() else { return Vec::new() };
    let n_labels = first.len();
    // `needs[l]`: the B- label that an I- label continues.
    let mut needs = vec![None; n_labels];
    for &b in begins {
        needs[b + 1] = Some(b);
    }
    let mut best: Vec<f64> =
        (0..n_labels).map(|l| first[l] - if needs[l].is_some() { FORBIDDEN } else { 0.0 }).collect();
    let mut back: Vec<Vec<usize>> = Vec::with_capacity(scores.len());
    for row in &scores[1..] {
        let top = highest(&best, 0..n_labels);
        let from: Vec<usize> = (0..n_labels)
            .map(|l| match needs[l] {
                Some(b) => highest(&best, b..b + 2),
                None => top,
            })
            .collect();
        best = (0..n_labels).map(|l| best[from[l]] + row[l]).collect();
        back.push(from);
    }
    let mut path = vec![highest(&best, 0..n_labels)];
    for from in back.iter().rev() {
        path.push(from[path[path.len() - 1]]);
    }
    path.reverse();
    path
}

/// Cues that touch are one: "further" and "stated".
fn joined(cues: Vec<WordRange>) -> Vec<WordRange> {
    let mut out: Vec<WordRange> = Vec::with_capacity(cues.len());
    for cue in cues {
        match out.last_mut() {
            Some(last) if last.end == cue.start => last.end = cue.end,
            _ => out.push(cue),
        }
    }
    out
}

fn highest(values: &[f64], among: std::ops::Range<usize>) -> usize {
    among.reduce(|a, b| if values[b] > values[a] { b } else { a }).unwrap_or(0)
}

/// The runs of label `begin` followed by `begin + 1`.
pub(crate) fn runs(path: &[usize], begin: usize) -> Vec<WordRange> {
    let mut out: Vec<WordRange> = Vec::new();
    for (t, &label) in path.iter().enumerate() {
        match out.last_mut() {
            _ if label == begin => out.push(t..t + 1),
            Some(last) if label == begin + 1 && last.end == t => last.end = t + 1,
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_never_begins_inside() {
        // Label 2 continues label 1; it scores best everywhere, but something must begin it.
        let scores = vec![vec![0.0, -1.0, 5.0], vec![0.0, -1.0, 5.0], vec![3.0, 0.0, 0.0]];
        let path = best_path(&scores, &[1]);
        assert_eq!(path, [1, 2, 0]);
        assert_eq!(runs(&path, 1).first(), Some(&(0..2)));
        assert!(best_path(&[], &[1]).is_empty());
    }

    #[test]
    fn neighbouring_runs_stay_apart() {
        assert_eq!(runs(&[1, 2, 1, 0, 2, 1], 1), [0..2, 2..3, 5..6]);
    }
}
