//! A corpus → the scorecard in Markdown: nothing in it depends on the clock or the machine.

use std::collections::BTreeSet;
use std::fmt::Write;

use ascribe_record::Form;

use crate::judge::{Covered, Judged};
use crate::resample::{add, intervals};
use crate::score::share;
use crate::{Article, Corpus, Count, Score, Tokens};

/// What a scorecard needs beside the corpus.
#[derive(Clone, Debug)]
pub struct CardOptions {
    /// What was scored: the model's name.
    pub label: Option<String>,
    /// The command line that makes the card again.
    pub command: String,
    /// How often the articles are resampled for the intervals; 0 leaves them out.
    pub n_samples: usize,
}

/// The scorecard of `corpus` in Markdown.
pub fn write_card(corpus: &Corpus, options: &CardOptions) -> String {
    let judged: Vec<Judged<'_>> = corpus.articles.iter().map(Judged::of).collect();
    let score = Score::of_judged(&judged, options.n_samples);
    let title = options.label.as_ref().map_or("Scorecard".to_owned(), |l| format!("Scorecard: {l}"));
    let mut out = format!("# {title}\n\n");
    write_counts(&mut out, corpus, &judged, &score);
    let _ = write!(out, "Made by\n\n```sh\n{}\n```\n", options.command);
    write_metrics(&mut out, &score, options.n_samples);
    write_breakdown(&mut out, corpus, &judged, options.n_samples);
    if corpus.has_readings {
        write_reliability(&mut out, &judged);
    }
    out
}

fn write_counts(out: &mut String, corpus: &Corpus, judged: &[Judged<'_>], score: &Score) {
    let n_words: usize = judged.iter().map(|j| j.tokens.as_slice().iter().filter(|t| t.word).count()).sum();
    let sum = |n: fn(&Article) -> usize| corpus.articles.iter().map(n).sum::<usize>();
    let (gold, pred) = (sum(|a| a.gold.len()), sum(|a| a.pred.len()));
    let (gold_without, pred_without) = score.without_content();
    let _ = writeln!(
        out,
        "{} articles of {n_words} words; {gold} gold attributions, {pred} predicted. Without content, \
         and so left out of the relations: {gold_without} gold, {pred_without} predicted.\n",
        corpus.articles.len()
    );
}

fn write_metrics(out: &mut String, score: &Score, n_samples: usize) {
    out.push_str("\n## Parts and relations\n\n");
    if n_samples > 0 {
        let _ = writeln!(out, "95 %: interval of F1, from {n_samples} resamples of the articles.\n");
    }
    out.push_str("| | P | R | F1 | 95 % | right | predicted | gold |\n|---|--:|--:|--:|--:|--:|--:|--:|\n");
    for (name, c, interval) in score.rows() {
        let interval = interval.map_or("–".to_owned(), |[low, high]| format!("{low:.3}–{high:.3}"));
        let _ = writeln!(
            out,
            "| {name} | {:.3} | {:.3} | **{:.3}** | {interval} | {} | {} | {} |",
            c.precision(),
            c.recall(),
            c.f1(),
            c.tp,
            c.pred,
            c.gold
        );
    }
    out.push_str(
        "\nexact: whole pieces of the text; overlap: words and marks; relation: contents alike (Jaccard \
         ≥ .5), one to one; relation+source: sources alike too, or both absent.\n",
    );
}

/// The rows of the breakdown; every attribution falls into one of each group.
const ROWS: [&str; 10] = [
    "source expressed",
    "no source",
    "direct",
    "mixed",
    "indirect",
    "content of up to 5 words",
    "6–10",
    "11–20",
    "21–40",
    "41 and more",
];

/// The greatest number of words of each class of length but the last.
const LENGTHS: [usize; 4] = [5, 10, 20, 40];

/// Cells of a row: gold found, the same with the right source, predictions right, the same with
/// the right source. The first two count in `gold`, the others in `pred`.
const N_CELLS: usize = 4;

fn write_breakdown(out: &mut String, corpus: &Corpus, judged: &[Judged<'_>], n_samples: usize) {
    let per_article: Vec<Vec<Count>> = judged.iter().map(break_down).collect();
    let mut sum = vec![Count::default(); ROWS.len() * N_CELLS];
    per_article.iter().for_each(|row| add(&mut sum, row));
    let between = intervals(&per_article, n_samples, share_of_cell);
    out.push_str("\n## By source, form and length\n\n");
    out.push_str("| | gold | found | found with source | predicted | right | right with source |\n");
    out.push_str("|---|--:|--:|--:|--:|--:|--:|\n");
    for (row, name) in ROWS.iter().enumerate() {
        let at = row * N_CELLS;
        let cell = |i: usize| {
            if sum[at + i].gold + sum[at + i].pred == 0 {
                return "–".to_owned();
            }
            let interval = between.get(at + i).map(|[low, high]| format!(" ({low:.2}–{high:.2})"));
            format!("{:.3}{}", share_of_cell(&sum[at + i]), interval.unwrap_or_default())
        };
        let (gold, pred) = (sum[at].gold, sum[at + 2].pred);
        let [found, with_source, right, right_source] = [0, 1, 2, 3].map(cell);
        let _ = writeln!(
            out,
            "| {name} | {gold} | {found} | {with_source} | {pred} | {right} | {right_source} |"
        );
    }
    let of_predictions = if corpus.has_readings { "is the reading's own" } else { "is told in the same way" };
    let _ = writeln!(
        out,
        "\nfound: share of the gold that a prediction matches (recall); right: share of the predictions \
         that match gold (precision). The form of gold is told by whether its words stand between double \
         quotation marks, that of predictions {of_predictions}."
    );
}

/// A cell counts either gold or predictions, so one of the two is 0.
fn share_of_cell(c: &Count) -> f64 {
    share(c.tp, c.gold + c.pred)
}

/// The cells of one article, row by row.
fn break_down(j: &Judged<'_>) -> Vec<Count> {
    let mut cells = vec![Count::default(); ROWS.len() * N_CELLS];
    let quoted = quoted_tokens(&j.article.text, &j.tokens);
    let by_gold = j.by_gold();
    for (g, covered) in j.gold.iter().enumerate().filter(|(_, a)| !a.content().is_empty()) {
        let found = by_gold[g].is_some();
        let with_source = by_gold[g].is_some_and(|p| j.source_right((g, p)));
        for row in rows_of(covered, form_by_marks(covered, &j.tokens, &quoted), &j.tokens) {
            let at = row * N_CELLS;
            cells[at] += Count { tp: found.into(), pred: 0, gold: 1 };
            cells[at + 1] += Count { tp: with_source.into(), pred: 0, gold: 1 };
        }
    }
    let by_pred = j.by_pred();
    for (p, covered) in j.pred.iter().enumerate().filter(|(_, a)| !a.content().is_empty()) {
        let right = by_pred[p].is_some();
        let with_source = by_pred[p].is_some_and(|g| j.source_right((g, p)));
        let form = j.article.pred[p].form.unwrap_or_else(|| form_by_marks(covered, &j.tokens, &quoted));
        for row in rows_of(covered, form, &j.tokens) {
            let at = row * N_CELLS;
            cells[at + 2] += Count { tp: right.into(), pred: 1, gold: 0 };
            cells[at + 3] += Count { tp: with_source.into(), pred: 1, gold: 0 };
        }
    }
    cells
}

/// The rows that an attribution falls into: one by source, one by form, one by length.
fn rows_of(covered: &Covered, form: Form, tokens: &Tokens) -> [usize; 3] {
    let by_source = usize::from(covered.source().is_empty());
    let by_form = match form {
        Form::Direct => 2,
        Form::Mixed => 3,
        Form::Indirect => 4,
    };
    let n_words = words(covered.content(), tokens).count();
    [by_source, by_form, 5 + LENGTHS.partition_point(|&most| most < n_words)]
}

fn words<'a>(covered: &'a [usize], tokens: &'a Tokens) -> impl Iterator<Item = usize> + 'a {
    covered.iter().copied().filter(|&t| tokens.as_slice()[t].word)
}

/// Direct if all words of the content stand in quotation marks, indirect if none.
fn form_by_marks(covered: &Covered, tokens: &Tokens, quoted: &[bool]) -> Form {
    let n_quoted = words(covered.content(), tokens).filter(|&t| quoted[t]).count();
    match words(covered.content(), tokens).count() {
        _ if n_quoted == 0 => Form::Indirect,
        n_words if n_words == n_quoted => Form::Direct,
        _ => Form::Mixed,
    }
}

/// Whether each token stands between double quotation marks.
///
/// A rule of its own, not the reader's: a measure must not lean on what it measures. Every
/// paragraph begins outside, so that a mark left open spoils one paragraph at most.
fn quoted_tokens(text: &str, tokens: &Tokens) -> Vec<bool> {
    let chars: Vec<char> = text.chars().collect();
    let (mut inside, mut behind) = (false, 0);
    let mut quoted = Vec::with_capacity(tokens.as_slice().len());
    for t in tokens.as_slice() {
        if chars[behind..t.begin].iter().filter(|&&c| c == '\n').count() > 1 {
            inside = false;
        }
        behind = t.end;
        inside = match chars[t.begin] {
            '“' => true,
            '”' => false,
            '"' => !inside,
            _ => inside,
        };
        quoted.push(inside);
    }
    quoted
}

/// The predictions of one step of confidence.
#[derive(Clone, Copy, Default)]
struct Bin {
    n: usize,
    n_right: usize,
    confidence: f64,
}

impl Bin {
    fn mean(&self) -> f64 {
        self.confidence / self.n as f64
    }

    /// How far the mean confidence lies from the share that is right.
    fn gap(&self) -> f64 {
        (self.mean() - share(self.n_right, self.n)).abs()
    }

    /// How far on average if the confidence is exactly right: the mean absolute deviation of a
    /// binomial share, by its normal approximation.
    fn gap_by_chance(&self) -> f64 {
        let p = self.mean();
        (2.0 * p * (1.0 - p) / (std::f64::consts::PI * self.n as f64)).sqrt()
    }
}

const N_BINS: usize = 10;

fn write_reliability(out: &mut String, judged: &[Judged<'_>]) {
    // The curve was fitted on the other half (see `calibrate`). A lone article has no other.
    let judged: Vec<&Judged<'_>> = match judged {
        [one] => vec![one],
        _ => judged.iter().skip(1).step_by(2).collect(),
    };
    let bins = fill_bins(&judged);
    out.push_str("\n## Confidence\n\n| confidence | predicted | mean confidence | right with source |\n");
    out.push_str("|---|--:|--:|--:|\n");
    for (i, bin) in bins.iter().enumerate() {
        let _ = write!(out, "| 0.{i}–{}.{} | {} | ", (i + 1) / N_BINS, (i + 1) % N_BINS, bin.n);
        let _ = match bin.n {
            0 => writeln!(out, "– | – |"),
            n => writeln!(out, "{:.3} | {:.3} |", bin.mean(), share(bin.n_right, n)),
        };
    }
    let n: usize = bins.iter().map(|b| b.n).sum();
    let mean_of = |gap: fn(&Bin) -> f64| -> f64 {
        bins.iter().filter(|b| b.n > 0).map(|b| gap(b) * share(b.n, n)).sum()
    };
    let (error, by_chance) = (mean_of(Bin::gap), mean_of(Bin::gap_by_chance));
    let _ = writeln!(
        out,
        "\nExpected calibration error: **{error:.3}** (mean gap between the last two columns, weighted by \
         the number predicted; predictions without content left out), over every second article by id; \
         the curve was fitted on the others. Exactly right confidences would show {by_chance:.3} on \
         average at this number of predictions."
    );
}

fn fill_bins(judged: &[&Judged<'_>]) -> [Bin; N_BINS] {
    let mut bins = [Bin::default(); N_BINS];
    for j in judged {
        for (_, confidence, right) in told(j) {
            let bin = &mut bins[((confidence * N_BINS as f64) as usize).min(N_BINS - 1)];
            bin.n += 1;
            bin.n_right += usize::from(right);
            bin.confidence += confidence;
        }
    }
    bins
}

/// Each prediction that has content: its index, its confidence, and whether content and source are right.
pub(crate) fn told(j: &Judged<'_>) -> Vec<(usize, f64, bool)> {
    let right: BTreeSet<usize> =
        j.pairs.iter().filter(|&&pair| j.source_right(pair)).map(|&(_, p)| p).collect();
    let with_content = j.pred.iter().enumerate().filter(|(_, a)| !a.content().is_empty());
    with_content.filter_map(|(p, _)| Some((p, j.article.pred[p].confidence?, right.contains(&p)))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Attribution;

    #[test]
    fn form_is_told_by_quotation_marks() {
        let text = "“We won,” she said. Bob called it \"a shame\" for all.\n\nHe left. “Open\n\nNo.";
        let tokens = Tokens::of(text);
        let quoted = quoted_tokens(text, &tokens);
        let form = |words: &str| {
            let begin = text[..text.find(words).expect("a part of the text")].chars().count();
            let content = vec![(begin, begin + words.chars().count())];
            let article = Article {
                gold: vec![Attribution { content, ..Attribution::default() }],
                ..Article::default()
            };
            let j = Judged::of(&Article { text: text.to_owned(), ..article }).gold[0].clone();
            form_by_marks(&j, &tokens, &quoted)
        };
        assert_eq!(form("“We won,”"), Form::Direct);
        assert_eq!(form("a shame"), Form::Direct);
        assert_eq!(form("it \"a shame\" for all"), Form::Mixed);
        assert_eq!(form("for all"), Form::Indirect);
        assert_eq!(form("Open"), Form::Direct);
        assert_eq!(form("No."), Form::Indirect);
    }

    #[test]
    fn calibration_is_the_weighted_gap() {
        let part = |confidence, right: bool| Attribution {
            source: vec![(0, 3)],
            cue: vec![(4, 8)],
            content: vec![if right { (9, 11) } else { (0, 3) }],
            confidence: Some(confidence),
            form: Some(Form::Indirect),
        };
        let article = |confidence, right| Article {
            text: "Ann said no".to_owned(),
            gold: vec![part(1.0, true)],
            pred: vec![part(confidence, right)],
            ..Article::default()
        };
        let fitted = || article(0.5, true);
        let articles = [article(0.82, true), article(0.88, false), article(1.0, true), article(0.3, false)];
        let articles = articles.into_iter().flat_map(|a| [fitted(), a]).collect();
        let corpus = Corpus { articles, has_readings: true };
        let options = CardOptions { label: None, command: String::new(), n_samples: 0 };
        let card = write_card(&corpus, &options);
        assert!(card.contains("| 0.3–0.4 | 1 | 0.300 | 0.000 |"), "{card}");
        assert!(card.contains("| 0.8–0.9 | 2 | 0.850 | 0.500 |"), "{card}");
        assert!(card.contains("| 0.9–1.0 | 1 | 1.000 | 1.000 |"), "{card}");
        assert!(card.contains("error: **0.250**"), "{card}");
        // Of a share p of n, √(2p(1−p)/πn): .366 of one at .3, .201 of two at .85, 0 of one at 1.
        assert!(card.contains("would show 0.192 on"), "{card}");
    }
}
