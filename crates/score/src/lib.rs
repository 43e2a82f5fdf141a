//! Scores attributions (who said what) against gold, by the rules of the project's reference
//! scorer `score.py`, to the same integers and the same printed table.
//!
//! [`Corpus`] holds texts, gold and predictions, checked against each other; [`Score::of`] counts;
//! [`write_card`] and [`list_errors`] are two further views of the same judgement. Predictions come
//! in the scorer's own form or as the lines that `ascribe read --format jsonl` prints.
//!
//! Offsets are Unicode **code points** throughout, as in the gold; a span covers every token
//! (`\w+|[^\w\s]`) it shares a character with. What counts as found is told at [`METRICS`].
//!
//! ```
//! use ascribe_score::{Corpus, Document, Score};
//!
//! let text = Document::new("t.jsonl", r#"{"id": "x", "text": "Ann Lee said no."}"#);
//! let gold = Document::new(
//!     "g.jsonl",
//!     r#"{"id": "x", "attributions": [{"source": [[0, 7]], "cue": [[8, 12]], "content": [[13, 15]]}]}"#,
//! );
//! let corpus = Corpus::parse(text, gold, gold)?;
//! assert_eq!(Score::of(&corpus, 0).metric("relation+source").f1(), 1.0);
//! # Ok::<(), ascribe_score::Error>(())
//! ```
//!
//! The other fields of a statement are scored against labels of our own by [`score_fields`], figures
//! against coded counts and annotated quantities by [`score_figures`], dates by [`timebank`],
//! [`recognizers`] and [`duckling`], links across reports by [`score_links`].

mod calibrate;
mod card;
mod cofenet;
mod dates;
mod error_list;
mod fields;
mod figures;
mod forms;
mod input;
mod judge;
mod labels;
mod links;
mod resample;
mod score;
mod slice;
mod speed;
mod tokens;

pub use calibrate::calibrate;
pub use card::{CardOptions, write_card};
pub use cofenet::{cofenet_table, score_cofenet};
pub use dates::{SetAside, duckling, recognizers, timebank};
pub use error_list::{ErrorOptions, error_kinds, list_errors};
pub use fields::{FIELDS, FieldScore, Miss, Tally, load_reader, read_labelled, score_fields};
pub use figures::{FigureCorpus, score_figures};
pub use forms::score_forms;
pub use input::{Article, Attribution, Corpus, Document, Error, Points};
pub use judge::Role;
pub use labels::{Label, LabelledText, Reference, load_labels};
pub use links::{
    BCubed, CopyLabel, Edge, FigureLabel, FlagScore, FlagTally, LinkLabels, LinkPredictions, LinkScore,
    LinkTexts, Member, PairLabel, QuoteLabel, QuotePart, SeriesLabel, Sharing, StoryRecord, TextRef, Topic,
    Wording, adjusted_rand, b_cubed, baseline, components, fit_links, flags_table, kappa, link,
    links_agreement, links_table, score_collection, score_judged, score_links,
};
pub use resample::SplitMix64;
pub use score::{Count, METRICS, Score};
pub use slice::Slice;
pub use speed::{Speed, measure};
pub use tokens::{Token, Tokens, is_space, is_word};
