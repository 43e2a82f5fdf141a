//! The logistic curve.

/// The probability whose odds have the logarithm `z`.
pub(crate) fn sigmoid(z: f64) -> f64 {
    1.0 / (1.0 + (-z).exp())
}

/// The probability by weights and signals, one weight a signal.
pub(crate) fn probability<const N: usize>(weights: &[f64; N], signals: &[f64; N]) -> f64 {
    sigmoid(weights.iter().zip(signals).map(|(weight, signal)| weight * signal).sum())
}
