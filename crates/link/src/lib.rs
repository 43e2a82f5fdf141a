//! What two reports share: keys of one report, by which those it may be linked with are found, and
//! comparisons of two.

mod copy;
mod figure;
mod logistic;
mod quotation;
mod rarity;
mod series;
mod story;
mod word;

pub use copy::{Body, CopyKind, Shared, TextKeys};
pub use figure::{Count, Edge, FIGURE_SIGNALS, edge, figure_signals, same_count};
pub use quotation::{Change, SameUtterance, Utterance, quoted};
pub use series::{Member, Series, series};
pub use story::{STORY_SIGNALS, Topic, same_story, story_signals};
