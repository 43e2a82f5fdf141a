//! What two reports share: keys of one report, by which those it may be linked with are found, and
//! comparisons of two.

mod copy;
mod day;
mod edge;
mod evidence;
mod figure;
mod flag;
mod forest;
mod logistic;
mod origin;
mod party;
mod quotation;
mod rarity;
mod rule;
mod series;
mod sketch;
mod state;
mod story;
mod weights;
mod word;

pub use copy::{Body, COPY_SIGNALS, CopyKind, Shared, TextKeys, copy_signals};
pub use day::{day_name, day_number};
pub use edge::{Edge, edge, is_part};
pub use evidence::{FigureEvidence, ReportEvidence, StatementEvidence, StoryEvidence};
pub use figure::{Count, FIGURE_SIGNALS, figure_signals, same_count};
pub use flag::{Flag, FlagKind, Item, flags};
pub use forest::{LIKELY, forest, roots};
pub use origin::{Origin, OriginKind, Origins};
pub use quotation::{Change, SameUtterance, Utterance, quoted};
pub use rule::{Rule, RuleTable, rule_table};
pub use series::{Member, Series, series};
pub use sketch::held_share;
pub use state::{SeriesRow, StorySeries, story_series};
pub use story::{STORY_SIGNALS, Topic, same_story, story_signals};
