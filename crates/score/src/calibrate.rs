//! Weights of the confidence, fitted on labelled articles.

use std::path::Path;

use ascribe::{Options, Reader, SIGNALS, Signals};

use crate::card::told;
use crate::judge::Judged;
use crate::{Corpus, Document, Error};

/// The weights of the logistic curve over [`SIGNALS`] that turns them into the share that is right,
/// content and source; fitted on every second article by id, from the first, as `reader` reads the
/// articles of `text`.
///
/// Method: logistic regression by Newton's method, with a little ridge so that separable data have
/// finite weights.
///
/// # Errors
/// As [`Corpus::load`], or if a text is refused.
pub fn calibrate(reader: &Reader, text: &Path, gold: &Path) -> Result<Signals, String> {
    let read = |path: &Path| std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()));
    let [text_body, gold_body] = [read(text)?, read(gold)?];
    let [text, gold] = [text, gold].map(|path| path.display().to_string());
    let (mut lines, mut all) = (String::new(), Vec::new());
    for report in ascribe::reports(&text, text_body.as_bytes(), &Options::default()) {
        let (reading, signals) = reader.read_with_signals(report.map_err(|refusal| refusal.to_string())?);
        lines.push_str(&reading.to_json());
        lines.push('\n');
        all.push((reading.report.text, signals));
    }
    let pred = Document::new("the reading", &lines);
    let told_by = |e: Error| e.to_string();
    let corpus = Corpus::parse(Document::new(&text, &text_body), Document::new(&gold, &gold_body), pred)
        .map_err(told_by)?;
    let mut points: Vec<(Signals, bool)> = Vec::new();
    for article in corpus.articles.iter().step_by(2) {
        let signals = all.iter().find(|(text, _)| *text == article.text).map_or(&[][..], |(_, s)| s);
        points.extend(told(&Judged::of(article)).into_iter().map(|(p, _, right)| (signals[p], right)));
    }
    Ok(fit(&points))
}

const RIDGE: f64 = 1.0;

fn fit(points: &[(Signals, bool)]) -> Signals {
    let mut weights = [0.0; SIGNALS.len()];
    for _ in 0..60 {
        let step = newton_step(points, &weights);
        // A whole step may overshoot where the curve is flat: halve it until it helps.
        let tried = (0..40).map(|halvings| {
            let size = 0.5f64.powi(halvings);
            std::array::from_fn(|i| weights[i] - size * step[i])
        });
        match tried.into_iter().find(|next| loss(points, next) < loss(points, &weights)) {
            Some(next) => weights = next,
            None => break,
        }
    }
    weights
}

fn dot(a: &Signals, b: &Signals) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

/// The ridge on weight `i`: none on the first, which only sets the level.
fn ridge(i: usize) -> f64 {
    if i == 0 { 1e-6 } else { RIDGE }
}

fn newton_step(points: &[(Signals, bool)], weights: &Signals) -> Signals {
    const N: usize = SIGNALS.len();
    // The system `hessian · step = gradient`, the gradient in the last column.
    let mut rows = [[0.0; N + 1]; N];
    for (i, row) in rows.iter_mut().enumerate() {
        row[i] = ridge(i);
        row[N] = ridge(i) * weights[i];
    }
    for (x, right) in points {
        let p = 1.0 / (1.0 + (-dot(weights, x)).exp());
        let (error, weight) = (p - f64::from(u8::from(*right)), (p * (1.0 - p)).max(1e-9));
        for i in 0..N {
            for j in 0..N {
                rows[i][j] += weight * x[i] * x[j];
            }
            rows[i][N] += error * x[i];
        }
    }
    solve(rows)
}

/// Gauss–Jordan elimination; the matrix is positive definite, so that no pivot is zero.
fn solve<const N: usize, const M: usize>(mut rows: [[f64; M]; N]) -> [f64; N] {
    for i in 0..N {
        let pivot = rows[i][i];
        rows[i].iter_mut().for_each(|x| *x /= pivot);
        let own = rows[i];
        for (_, row) in rows.iter_mut().enumerate().filter(|(j, _)| *j != i) {
            let factor = row[i];
            row.iter_mut().zip(&own).for_each(|(x, y)| *x -= factor * y);
        }
    }
    rows.map(|row| row[N])
}

/// Negative log-likelihood with the ridge.
fn loss(points: &[(Signals, bool)], weights: &Signals) -> f64 {
    let of = |(x, right): &(Signals, bool)| {
        let z = dot(weights, x);
        let agree = if *right { z } else { -z };
        // ln(1 + e^-agree) without overflow.
        (-agree.abs()).exp().ln_1p() + (-agree).max(0.0)
    };
    let ridges = weights.iter().enumerate().map(|(i, w)| ridge(i) * w * w / 2.0).sum::<f64>();
    points.iter().map(of).sum::<f64>() + ridges
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fit_finds_the_curve_that_made_the_points() {
        // At each x, as many points right as the curve 2x - 1 says, of a thousand.
        let mut points = Vec::new();
        for i in -20..=20 {
            let x = f64::from(i) / 10.0;
            let share = 1.0 / (1.0 + (-(2.0 * x - 1.0)).exp());
            let n_right = (share * 1000.0).round() as usize;
            let signals = std::array::from_fn(|i| [1.0, x].get(i).copied().unwrap_or(0.0));
            points.extend((0..1000).map(|n| (signals, n < n_right)));
        }
        let weights = fit(&points);
        assert!((weights[1] - 2.0).abs() < 0.01 && (weights[0] + 1.0).abs() < 0.01, "{weights:?}");
        assert!(weights[2..].iter().all(|w| w.abs() < 1e-6));
    }

    #[test]
    fn a_system_of_two() {
        assert_eq!(solve([[2.0, 0.0, 4.0], [1.0, 1.0, 5.0]]), [2.0, 3.0]);
    }
}
