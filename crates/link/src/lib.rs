//! What two reports share: keys of one report, by which those it may be linked with are found, and
//! comparisons of two.

mod copy;
mod figure;
mod quotation;
mod rarity;
mod story;
mod word;

pub use copy::{Body, Shared, TextKeys};
pub use figure::{Count, FIGURE_SIGNALS, figure_signals};
pub use quotation::{Change, SameUtterance, Utterance, quoted};
pub use story::{STORY_SIGNALS, Topic, story_signals};
