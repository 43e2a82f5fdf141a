//! Links across reports against labels of our own: which figures count the same thing and how one
//! follows another, which texts share their words, which quotations are one utterance, which reports
//! tell one story. `docs/methods/links.md` has the rules of the labels and the form of predictions.
//!
//! [`LinkLabels`] are offsets and labels; [`LinkTexts`] brings the words and looks whether they are
//! those that were labelled; [`score_links`] judges [`LinkPredictions`], and [`baseline`] makes some.

mod agreement;
mod baseline;
mod collection;
mod fit;
mod judged;
mod labels;
mod linker;
mod metrics;
mod predictions;
mod score;
mod texts;

pub use agreement::links_agreement;
pub use baseline::baseline;
pub use collection::{FlagScore, FlagTally, flags_table, score_collection};
pub use fit::fit_links;
pub use judged::{Topic, score_judged};
pub use labels::{
    CopyLabel, Edge, FigureLabel, LinkLabels, Member, PairLabel, QuoteLabel, QuotePart, SeriesLabel, Sharing,
    TextRef, Wording,
};
pub use linker::link;
pub use metrics::{BCubed, adjusted_rand, b_cubed, components, kappa};
pub use predictions::LinkPredictions;
pub use score::{LinkScore, links_table, score_links};
pub use texts::{LinkTexts, StoryRecord};
