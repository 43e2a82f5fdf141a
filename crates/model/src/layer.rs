use ndarray::{Array1, Array2, ArrayView2, Axis, linalg::general_mat_mul, s};

use crate::math;
use crate::weights::{Error, Weights};

/// `x W^T + b`.
pub(crate) struct Linear {
    /// `[out × in]`
    weight: Array2<f32>,
    bias: Array1<f32>,
}

impl Linear {
    pub(crate) fn load(weights: &Weights<'_>, name: &str, inner: usize, outer: usize) -> Result<Self, Error> {
        Ok(Self {
            weight: weights.matrix(&format!("{name}.weight"), outer, inner)?,
            bias: weights.vector(&format!("{name}.bias"), outer)?,
        })
    }

    /// `[n × in]` to `[n × out]`.
    pub(crate) fn apply(&self, x: ArrayView2<'_, f32>) -> Array2<f32> {
        let mut out = Array2::zeros((x.nrows(), self.bias.len()));
        out += &self.bias;
        general_mat_mul(1.0, &x, &self.weight.t(), 1.0, &mut out);
        out
    }
}

pub(crate) struct Norm {
    weight: Array1<f32>,
    bias: Array1<f32>,
    epsilon: f32,
}

impl Norm {
    pub(crate) fn load(weights: &Weights<'_>, name: &str, n: usize, epsilon: f32) -> Result<Self, Error> {
        Ok(Self {
            weight: weights.vector(&format!("{name}.weight"), n)?,
            bias: weights.vector(&format!("{name}.bias"), n)?,
            epsilon,
        })
    }

    pub(crate) fn apply(&self, x: &mut Array2<f32>) {
        let (weight, bias) = (contiguous(&self.weight), contiguous(&self.bias));
        let mut room = Vec::with_capacity(x.ncols());
        for row in flat(x).chunks_exact_mut(weight.len()) {
            math::normalise(row, weight, bias, self.epsilon, &mut room);
        }
    }
}

/// One post-norm transformer layer (Vaswani et al. 2017, <https://arxiv.org/abs/1706.03762>).
pub(crate) struct Layer {
    heads: usize,
    qkv: Linear,
    out: Linear,
    norm_attention: Norm,
    up: Linear,
    down: Linear,
    norm: Norm,
}

/// Sizes of a layer.
#[derive(Clone, Copy)]
pub(crate) struct LayerSize {
    pub(crate) hidden: usize,
    pub(crate) heads: usize,
    pub(crate) inner: usize,
    pub(crate) epsilon: f32,
}

impl Layer {
    pub(crate) fn load(weights: &Weights<'_>, name: &str, size: LayerSize) -> Result<Self, Error> {
        let LayerSize { hidden, heads, inner, epsilon } = size;
        Ok(Self {
            heads,
            qkv: Linear::load(weights, &format!("{name}.qkv"), hidden, 3 * hidden)?,
            out: Linear::load(weights, &format!("{name}.out"), hidden, hidden)?,
            norm_attention: Norm::load(weights, &format!("{name}.norm_attention"), hidden, epsilon)?,
            up: Linear::load(weights, &format!("{name}.up"), hidden, inner)?,
            down: Linear::load(weights, &format!("{name}.down"), inner, hidden)?,
            norm: Norm::load(weights, &format!("{name}.norm"), hidden, epsilon)?,
        })
    }

    /// `[n × hidden]` to the same.
    pub(crate) fn apply(&self, x: Array2<f32>) -> Array2<f32> {
        let attended = self.out.apply(self.attend(&x).view());
        let mut x = x + attended;
        self.norm_attention.apply(&mut x);
        let mut inner = self.up.apply(x.view());
        math::gelu(flat(&mut inner));
        x += &self.down.apply(inner.view());
        self.norm.apply(&mut x);
        x
    }

    fn attend(&self, x: &Array2<f32>) -> Array2<f32> {
        let (n, hidden) = x.dim();
        let width = hidden / self.heads;
        let qkv = self.qkv.apply(x.view());
        let mut scores = Array2::zeros((n, n));
        let mut out = Array2::zeros((n, hidden));
        let scale = 1.0 / (width as f32).sqrt();
        for head in 0..self.heads {
            let part = |which: usize| {
                let begin = which * hidden + head * width;
                qkv.slice(s![.., begin..begin + width])
            };
            general_mat_mul(scale, &part(0), &part(1).t(), 0.0, &mut scores);
            flat(&mut scores).chunks_exact_mut(n).for_each(math::softmax);
            let mut to = out.slice_mut(s![.., head * width..(head + 1) * width]);
            general_mat_mul(1.0, &scores, &part(2), 0.0, &mut to);
        }
        out
    }
}

/// The mean of rows `begin..end`.
pub(crate) fn mean_rows(x: &Array2<f32>, begin: usize, end: usize) -> Array1<f32> {
    x.slice(s![begin..end, ..]).sum_axis(Axis(0)) / (end - begin) as f32
}

/// All values of an array made here, which is always contiguous.
pub(crate) fn flat(x: &mut Array2<f32>) -> &mut [f32] {
    x.as_slice_mut().expect("arrays of this crate are contiguous")
}

fn contiguous(x: &Array1<f32>) -> &[f32] {
    x.as_slice().expect("arrays of this crate are contiguous")
}
