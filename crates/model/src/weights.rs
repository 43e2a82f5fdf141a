use std::fmt;

use ndarray::{Array1, Array2};
use safetensors::{Dtype, SafeTensors, tensor::TensorView};

/// What is wrong with a model file or a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The bytes are no safetensors file, or its `config` is missing or unreadable.
    Format,
    /// A tensor is missing or has another shape or type than the configuration says.
    Tensor,
    /// A window is longer than the model takes, or its parts do not fit together.
    Window,
}

/// An error of this crate.
#[derive(Clone, Debug)]
pub struct Error {
    kind: ErrorKind,
    message: String,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into() }
    }

    /// What went wrong.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}

/// The tensors of a model file by name.
pub(crate) struct Weights<'b>(pub(crate) SafeTensors<'b>);

impl Weights<'_> {
    fn tensor(&self, name: &str, shape: &[usize], dtype: Dtype) -> Result<TensorView<'_>, Error> {
        let bad = |what: String| Error::new(ErrorKind::Tensor, format!("tensor '{name}': {what}"));
        let tensor = self.0.tensor(name).map_err(|e| bad(e.to_string()))?;
        if tensor.shape() != shape {
            return Err(bad(format!("shape {:?} where {shape:?} is expected", tensor.shape())));
        }
        if tensor.dtype() != dtype {
            return Err(bad(format!("type {:?} where {dtype:?} is expected", tensor.dtype())));
        }
        Ok(tensor)
    }

    /// `[n]`, stored as `f32`.
    pub(crate) fn vector(&self, name: &str, n: usize) -> Result<Array1<f32>, Error> {
        Ok(floats(self.tensor(name, &[n], Dtype::F32)?.data()).collect())
    }

    /// `[rows × columns]`, stored as `i8` beside one `f32` scale a row (`NAME.scale`).
    pub(crate) fn matrix(&self, name: &str, rows: usize, columns: usize) -> Result<Array2<f32>, Error> {
        let quantised = self.tensor(name, &[rows, columns], Dtype::I8)?;
        let scales = self.vector(&format!("{name}.scale"), rows)?;
        let mut values = Vec::with_capacity(rows * columns);
        for (row, scale) in quantised.data().chunks_exact(columns).zip(&scales) {
            values.extend(row.iter().map(|&q| f32::from(q as i8) * scale));
        }
        Array2::from_shape_vec((rows, columns), values)
            .map_err(|e| Error::new(ErrorKind::Tensor, format!("tensor '{name}': {e}")))
    }
}

fn floats(bytes: &[u8]) -> impl Iterator<Item = f32> {
    bytes.as_chunks::<4>().0.iter().map(|&b| f32::from_le_bytes(b))
}
