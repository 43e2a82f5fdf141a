//! Scores to attributions: which words are the cue, the source and the content of one.

use ascribe_model::{Config, Error, Network, Scores, States};
use ascribe_text::{Gap, Shape};

use crate::document::{Document, View, WordRange, views};

/// One attribution as words of the document.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Attribution {
    pub(crate) cue: WordRange,
    pub(crate) source: Option<WordRange>,
    /// In text order; not empty.
    pub(crate) content: Vec<WordRange>,
    /// Sum of the mean log-probabilities of the labels of cue, source and content.
    pub(crate) score: f64,
    /// By content part: the mean log-probability of its labels.
    pub(crate) part_scores: Vec<f64>,
}

/// The attributions of `document`, in order of their cues.
///
/// # Errors
/// As [`Network::encode`]; windows cut by [`views`] always fit.
pub(crate) fn find_attributions(
    network: &Network,
    document: &Document<'_>,
) -> Result<Vec<Attribution>, Error> {
    let config = network.config();
    let columns = Columns::of(config);
    let views = views(&document.pieces, config.window, config.context);
    let mut tags: Vec<Vec<f64>> = Vec::with_capacity(document.words.len());
    let mut states = Vec::with_capacity(views.len());
    for view in &views {
        let state = network.encode(&document.window(view))?;
        let scores = network.tags(&state);
        for w in view.judged.clone() {
            let row = scores.row(w - view.words.start);
            let mut row: Vec<f64> = row.iter().map(|&x| f64::from(x)).collect();
            row[columns.cue] += f64::from(config.cue_bias);
            row[columns.cue + 1] += f64::from(config.cue_bias);
            tags.push(row);
        }
        states.push(state);
    }
    let path = best_path(&tags, &columns.tag_begins);
    let cues = joined(runs(&path, columns.cue));
    let mut found = Vec::new();
    for (view, state) in views.iter().zip(&states) {
        let inside = |c: &&WordRange| view.judged.contains(&c.start) && c.end <= view.words.end;
        let cues: Vec<&WordRange> = cues.iter().filter(inside).collect();
        found.extend(attributions_of(network, &columns, view, state, &cues, &tags, &path));
    }
    settle(&mut found);
    for attribution in &mut found {
        mend(document, attribution);
    }
    found.retain(|a| !a.content.is_empty());
    Ok(found)
}

/// Gives words that two attributions both take for their content to the surer one, unless one lies
/// inside the content of the other, as nested speech does.
fn settle(found: &mut [Attribution]) {
    for i in 0..found.len() {
        for j in i + 1..found.len() {
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

/// Moves edges that no phrase of English has: inside "worst-case" or "5,200", and a source that
/// ends in "and" before the cue.
fn mend(document: &Document<'_>, attribution: &mut Attribution) {
    let lower = |i: usize| document.words[i].lower.as_str();
    // "have not | released any figures": the verb belongs to the cue.
    let last = attribution.cue.end - 1;
    let auxiliary = matches!(lower(last), "not" | "has" | "have" | "had" | "been" | "be" | "will" | "would");
    if auxiliary
        && let Some(first) = attribution.content.iter_mut().find(|c| c.start == last + 1 && c.len() > 1)
    {
        first.start += 1;
        attribution.cue.end += 1;
    }
    // "said in a | statement": a cue never ends before the noun it has begun.
    let noun = attribution.cue.end;
    let open = matches!(lower(noun - 1), "a" | "an" | "the" | "in") && noun < document.words.len();
    if open
        && attribution.cue.len() > 1
        && matches!(
            lower(noun),
            "statement" | "interview" | "letter" | "tweet" | "post" | "email" | "memo" | "speech"
        )
    {
        attribution.cue.end += 1;
    }
    let cue = attribution.cue.clone();
    if let Some(source) = &mut attribution.source {
        whole_words(document, source, &cue);
        let dangling = |i: usize| matches!(document.words[i].lower.as_str(), "and" | "or" | "," | "&");
        if dangling(source.end - 1) && source.end < cue.start && cue.start - source.end <= 3 {
            source.end = cue.start;
        }
        while source.len() > 1 && dangling(source.end - 1) {
            source.end -= 1;
        }
    }
    for part in &mut attribution.content {
        whole_words(document, part, &cue);
        // What runs from the title into the body belongs to the side that the cue is on.
        if part.start < document.n_title && document.n_title < part.end {
            *part = if cue.start < document.n_title {
                part.start..document.n_title
            } else {
                document.n_title..part.end
            };
        }
    }
    // A lone "that" or mark says nothing.
    let says =
        |i: usize| !document.words[i].is_mark() && !matches!(lower(i), "that" | "and" | "but" | "to" | "as");
    attribution.content.retain(|c| c.clone().any(says));
    attribution.content.dedup_by(|b, a| {
        let touch = b.start <= a.end;
        if touch {
            a.end = a.end.max(b.end);
        }
        touch
    });
}

/// Extends a part to whole words as they are written, hyphens and decimal marks inside, but never
/// over the cue.
fn whole_words(document: &Document<'_>, part: &mut WordRange, cue: &WordRange) {
    let words = &document.words;
    let glued = |i: usize| words.get(i).is_some_and(|w| w.gap == Gap::Glued);
    let joins = |i: usize| words.get(i).is_some_and(|w| matches!(w.lower.as_str(), "-" | "’" | "'"));
    let digits = |i: usize| words.get(i).is_some_and(|w| w.shape == Shape::Digit);
    let inside = |i: usize| {
        // Whether the border before word i runs through a written word.
        let letter = |j: usize| words.get(j).is_some_and(|w| !w.is_mark());
        let point = |j: usize| words.get(j).is_some_and(|w| matches!(w.lower.as_str(), "," | "."));
        i > 0
            && glued(i)
            && ((joins(i) && letter(i - 1) && glued(i + 1) && letter(i + 1))
                || (joins(i - 1) && letter(i) && i > 1 && glued(i - 1) && letter(i - 2))
                || (point(i) && digits(i - 1) && glued(i + 1) && digits(i + 1))
                || (point(i - 1) && digits(i) && i > 1 && glued(i - 1) && digits(i - 2)))
    };
    while part.start > 0 && inside(part.start) && !cue.contains(&(part.start - 1)) {
        part.start -= 1;
    }
    while part.end < words.len() && inside(part.end) && !cue.contains(&part.end) {
        part.end += 1;
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
            score: cue_score + source_score + content_score,
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
fn runs(path: &[usize], begin: usize) -> Vec<WordRange> {
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
        assert_eq!(runs(&path, 1), [0..2]);
        assert!(best_path(&[], &[1]).is_empty());
    }

    #[test]
    fn neighbouring_runs_stay_apart() {
        assert_eq!(runs(&[1, 2, 1, 0, 2, 1], 1), [0..2, 2..3, 5..6]);
    }
}
