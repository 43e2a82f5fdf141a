//! The encoder: word pieces in, scores out. It knows nothing of news; what its tags and roles mean
//! is for the reader to say.
//!
//! A [`Network`] is made from one safetensors file ([`base`] is inside the binary). Weights are
//! stored as 8-bit integers with one scale per output channel and are widened to `f32` when they
//! are loaded; all arithmetic is `f32` and single-threaded, so that one input has one output.
//!
//! ```
//! use ascribe_model::{Network, Window};
//!
//! let network = Network::load(ascribe_model::base())?;
//! // "said": one word of one piece between the pieces that open and close a window.
//! let window = Window { pieces: vec![101, 2056, 102], shapes: vec![0; 3], gaps: vec![0, 3, 0], first: vec![1] };
//! let states = network.encode(&window)?;
//! assert_eq!(network.tags(&states).row(0).len(), network.config().tags.len());
//! # Ok::<(), ascribe_model::Error>(())
//! ```

mod layer;
mod math;
mod network;
mod weights;

pub use network::{Config, Network, Scores, States, Window};
pub use weights::{Error, ErrorKind};

/// The weights of the `base` model, which the binary carries.
pub fn base() -> &'static [u8] {
    include_bytes!("../../../models/base.safetensors")
}
