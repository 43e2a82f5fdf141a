//! Element-wise functions, written out so that every processor gives the same bits: no fused
//! multiply-add, no platform `exp`.

/// e to the power `x`, within 2 units in the last place on `-87..=88` and clamped outside.
///
/// Method: Cody and Waite's reduction to `[-ln 2 / 2, ln 2 / 2]` and the polynomial of the Cephes
/// library's `expf` (S. Moshier, <https://www.netlib.org/cephes/>). Written without branches so
/// that loops over it become vector code.
#[expect(clippy::excessive_precision, reason = "the constants as they are published")]
pub(crate) fn exp(x: f32) -> f32 {
    let x = x.clamp(-87.0, 88.0);
    // Adding and taking away 1.5 * 2^23 rounds to the nearest integer.
    let n = (x * std::f32::consts::LOG2_E + 12_582_912.0) - 12_582_912.0;
    let r = x - n * 0.693_359_375 + n * 2.121_944_4e-4;
    let mut p = 1.987_569_15e-4;
    for c in [1.398_199_95e-3, 8.333_451_9e-3, 4.166_579_6e-2, 1.666_666_55e-1, 5.000_000_1e-1] {
        p = p * r + c;
    }
    let power = f32::from_bits(((n as i32 + 127) as u32) << 23);
    (p * r * r + r + 1.0) * power
}

/// GELU in its tanh form (Hendrycks and Gimpel 2016, <https://arxiv.org/abs/1606.08415>), in place.
pub(crate) fn gelu(values: &mut [f32]) {
    const TWICE_SQRT_2_OVER_PI: f32 = 1.595_769;
    for x in values {
        // x * (1 + tanh(u)) / 2 = x / (1 + e^-2u)
        let twice_u = TWICE_SQRT_2_OVER_PI * (*x + 0.044_715 * *x * *x * *x);
        *x /= 1.0 + exp(-twice_u);
    }
}

/// Turns scores into probabilities that sum to one, in place.
pub(crate) fn softmax(row: &mut [f32]) {
    let highest = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    for x in row.iter_mut() {
        *x = exp(*x - highest);
    }
    let total: f32 = sum(row);
    for x in row {
        *x /= total;
    }
}

/// The sum, in eight interleaved parts: vector code, and always in the same order.
pub(crate) fn sum(row: &[f32]) -> f32 {
    let chunks = row.chunks_exact(8);
    let rest: f32 = chunks.remainder().iter().sum();
    let mut parts = [0.0f32; 8];
    for chunk in chunks {
        for (part, x) in parts.iter_mut().zip(chunk) {
            *part += x;
        }
    }
    parts.iter().sum::<f32>() + rest
}

/// Layer normalisation of one row, in place (Ba et al. 2016, <https://arxiv.org/abs/1607.06450>).
pub(crate) fn normalise(row: &mut [f32], weight: &[f32], bias: &[f32], epsilon: f32, room: &mut Vec<f32>) {
    let n = row.len() as f32;
    let mean = sum(row) / n;
    room.clear();
    room.extend(row.iter().map(|x| (x - mean) * (x - mean)));
    let scale = 1.0 / (sum(room) / n + epsilon).sqrt();
    for ((x, w), b) in row.iter_mut().zip(weight).zip(bias) {
        *x = (*x - mean) * scale * w + b;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exp_is_near_the_real_one() {
        for i in -8700..=8800 {
            let x = i as f32 / 100.0;
            let (ours, real) = (f64::from(exp(x)), f64::from(x).exp());
            assert!(((ours - real) / real).abs() < 3e-7, "{x}: {ours} {real}");
        }
        assert!(exp(f32::NEG_INFINITY) < 1e-37 && exp(1e9).is_finite());
    }

    #[test]
    fn softmax_sums_to_one() {
        let mut row: Vec<f32> = (0..37).map(|i| (i as f32 * 0.7).sin() * 9.0).collect();
        softmax(&mut row);
        assert!((sum(&row) - 1.0).abs() < 1e-6);
    }

    #[test]
    fn gelu_of_known_values() {
        let mut x = [0.0, 1.0, -1.0, 20.0, -20.0];
        gelu(&mut x);
        // From the formula in double precision.
        for (got, want) in x.iter().zip([0.0, 0.841_192, -0.158_808, 20.0, 0.0]) {
            assert!((got - want).abs() < 1e-5, "{got} {want}");
        }
    }
}
