use clap::ValueEnum;
use serde::Deserialize;

/// Which part of a corpus.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum, Deserialize)]
pub enum Slice {
    /// That on which rules were fitted
    #[serde(rename = "fit")]
    Fitted,
    /// That which was not looked at
    #[serde(rename = "kept")]
    Untouched,
}

/// Whether `slice` holds the item at `position`: the even ones are for fitting. `None` holds all.
pub(crate) fn holds(slice: Option<Slice>, position: usize) -> bool {
    slice.is_none_or(|s| position.is_multiple_of(2) == (s == Slice::Fitted))
}
