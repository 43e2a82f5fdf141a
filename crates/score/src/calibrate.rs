use crate::Corpus;
use crate::card::told;
use crate::judge::Judged;

/// Slope and intercept of the logistic curve `1 / (1 + e^-(slope x + intercept))` that turns the
/// logit `x` of the given confidences into the share that is right, content and source; fitted on
/// every second article by id, from the first. `None` where no prediction has a confidence.
///
/// Method: J. Platt, "Probabilistic outputs for support vector machines", 1999; Newton's method, with
/// a little ridge so that separable data have a finite slope.
pub fn calibrate(corpus: &Corpus) -> Option<[f64; 2]> {
    let fitted = corpus.articles.iter().step_by(2).map(Judged::of);
    let points: Vec<(f64, f64)> = fitted
        .flat_map(|j| told(&j))
        .map(|(confidence, right)| (logit(confidence), f64::from(u8::from(right))))
        .collect();
    (!points.is_empty()).then(|| fit(&points))
}

fn logit(p: f64) -> f64 {
    let p = p.clamp(0.0005, 0.9995);
    (p / (1.0 - p)).ln()
}

const RIDGE: f64 = 1e-3;

fn fit(points: &[(f64, f64)]) -> [f64; 2] {
    let mut curve = [0.0, 0.0];
    for _ in 0..100 {
        let step = newton_step(points, curve);
        // A whole step may overshoot where the curve is flat: halve it until it helps.
        let tried = (0..40).map(|halvings| {
            let size = 0.5f64.powi(halvings);
            [curve[0] - size * step[0], curve[1] - size * step[1]]
        });
        match tried.into_iter().find(|&next| loss(points, next) < loss(points, curve)) {
            Some(next) => curve = next,
            None => break,
        }
    }
    curve
}

fn newton_step(points: &[(f64, f64)], [slope, intercept]: [f64; 2]) -> [f64; 2] {
    let (mut g0, mut g1, mut h00, mut h01, mut h11) = (RIDGE * slope, 0.0, RIDGE, 0.0, RIDGE);
    for &(x, right) in points {
        let p = 1.0 / (1.0 + (-(slope * x + intercept)).exp());
        let (error, weight) = (p - right, (p * (1.0 - p)).max(1e-9));
        g0 += error * x;
        g1 += error;
        h00 += weight * x * x;
        h01 += weight * x;
        h11 += weight;
    }
    let determinant = h00 * h11 - h01 * h01;
    [(h11 * g0 - h01 * g1) / determinant, (h00 * g1 - h01 * g0) / determinant]
}

/// Negative log-likelihood with the ridge.
fn loss(points: &[(f64, f64)], [slope, intercept]: [f64; 2]) -> f64 {
    let of = |&(x, right): &(f64, f64)| {
        let z = slope * x + intercept;
        let agree = if right > 0.5 { z } else { -z };
        // ln(1 + e^-agree) without overflow.
        (-agree.abs()).exp().ln_1p() + (-agree).max(0.0)
    };
    points.iter().map(of).sum::<f64>() + RIDGE * slope * slope / 2.0
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
            points.extend((0..1000).map(|n| (x, f64::from(u8::from(n < n_right)))));
        }
        let [slope, intercept] = fit(&points);
        assert!((slope - 2.0).abs() < 0.01 && (intercept + 1.0).abs() < 0.01, "{slope} {intercept}");
    }
}
