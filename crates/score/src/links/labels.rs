//! The label files of `tests/labels/links/`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use ascribe_record::{Bound, Measure};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::{Points, Slice};

/// How the later of two figures stands to the earlier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Edge {
    /// The same count in the same state.
    Repeats,
    /// A later state of the same count.
    Updates,
    /// The same state, put right by the party that gave it.
    Corrects,
    /// The same state, told otherwise.
    Conflicts,
    /// One counts a part of what the other counts.
    PartOf,
    /// Neither.
    None,
}

impl Edge {
    /// Every value, in the order of the documentation.
    pub const ALL: [Self; 6] =
        [Self::Repeats, Self::Updates, Self::Corrects, Self::Conflicts, Self::PartOf, Self::None];

    /// The value as it stands in a file.
    pub fn name(self) -> &'static str {
        ["repeats", "updates", "corrects", "conflicts", "part_of", "none"][self as usize]
    }

    /// Whether two figures with this edge count the same thing.
    pub fn is_same(self) -> bool {
        self < Self::PartOf
    }
}

/// How two texts share their words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sharing {
    /// The same text, but for marks, case and slips.
    Copy,
    /// The same text, edited.
    Near,
    /// One stands whole in the other.
    Contained,
    /// Two texts.
    None,
}

impl Sharing {
    /// Every value, in the order of the documentation.
    pub const ALL: [Self; 4] = [Self::Copy, Self::Near, Self::Contained, Self::None];

    /// The value as it stands in a file.
    pub fn name(self) -> &'static str {
        ["copy", "near", "contained", "none"][self as usize]
    }
}

/// How two quotations stand to one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wording {
    /// One utterance, word for word as far as both go.
    Same,
    /// One utterance in other words.
    Drifted,
    /// Two utterances.
    Different,
}

/// A figure that pairs and series name. Spans are code points of the record's text.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FigureLabel {
    /// "f0001".
    pub id: String,
    /// A folder of the corpora.
    pub corpus: String,
    /// The text's name in it.
    pub record: String,
    /// Day of publication.
    pub published: String,
    /// The quantity's words with its bound words.
    pub span: Points,
    /// First 8 hexadecimal digits of the SHA-256 of these words.
    pub hash: String,
    /// The situation or incident.
    pub story: String,
    /// Looked at or kept; a story is in one half only.
    pub half: Slice,
    /// What it measures.
    pub measure: Measure,
    /// `None`: unbounded.
    pub lower: Option<f64>,
    /// `None`: unbounded.
    pub upper: Option<f64>,
    /// How the bounds are meant.
    pub bound: Bound,
}

/// Two figures of one story and how they stand to one another.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PairLabel {
    /// "p0001".
    pub id: String,
    /// A figure.
    pub a: String,
    /// Another.
    pub b: String,
    /// That of both.
    pub story: String,
    /// That of both.
    pub half: Slice,
    /// How they stand to one another.
    pub edge: Edge,
    /// Why it is hard, if it is.
    pub hard: Option<String>,
}

/// A figure in a series.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Member {
    /// The figure.
    pub figure: String,
    /// To the one before; `None` for the first.
    pub edge: Option<Edge>,
}

/// Figures that count the same thing, by the time of their state.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeriesLabel {
    /// "s001".
    pub id: String,
    /// That of all members.
    pub story: String,
    /// That of all members.
    pub half: Slice,
    /// Two or more.
    pub members: Vec<Member>,
}

/// A whole text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TextRef {
    /// A folder of the corpora.
    pub corpus: String,
    /// The text's name in it.
    pub record: String,
    /// First 8 hexadecimal digits of the SHA-256 of the text.
    pub hash: String,
}

/// Two texts and how they share their words.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CopyLabel {
    /// "c001".
    pub id: String,
    /// A text.
    pub a: TextRef,
    /// Another of the same corpus.
    pub b: TextRef,
    /// Looked at or kept; a text is in one half only.
    pub half: Slice,
    /// How they share their words.
    pub kind: Sharing,
    /// Why it is hard, if it is.
    pub hard: Option<String>,
}

/// What stands between two quotation marks.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuotePart {
    /// A folder of the corpora.
    pub corpus: String,
    /// The text's name in it.
    pub record: String,
    /// The words inside the marks.
    pub span: Points,
    /// First 8 hexadecimal digits of the SHA-256 of these words.
    pub hash: String,
}

/// Two quotations and whether they are one utterance.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuoteLabel {
    /// "q001".
    pub id: String,
    /// A quotation.
    pub a: QuotePart,
    /// One of another text.
    pub b: QuotePart,
    /// Looked at or kept.
    pub half: Slice,
    /// How they stand to one another.
    pub label: Wording,
}

/// All labels, in the order of their files.
#[derive(Clone, Debug)]
pub struct LinkLabels {
    /// By id.
    pub figures: BTreeMap<String, FigureLabel>,
    /// Pairs of figures.
    pub pairs: Vec<PairLabel>,
    /// Figures in order.
    pub series: Vec<SeriesLabel>,
    /// Pairs of texts.
    pub copies: Vec<CopyLabel>,
    /// Pairs of quotations.
    pub quotes: Vec<QuoteLabel>,
}

impl LinkLabels {
    /// Reads the files in `folder` and looks whether they fit one another.
    ///
    /// # Errors
    /// If a file cannot be read, a line has another form, an id is there twice, or a pair or series
    /// names a figure that is not there or is of another story or half.
    pub fn load(folder: &Path) -> Result<Self, String> {
        let figures: Vec<FigureLabel> = lines(&folder.join("figures.jsonl"))?;
        let labels = Self {
            figures: figures.iter().map(|f| (f.id.clone(), f.clone())).collect(),
            pairs: lines(&folder.join("pairs.jsonl"))?,
            series: lines(&folder.join("series.jsonl"))?,
            copies: lines(&folder.join("copies.jsonl"))?,
            quotes: lines(&folder.join("quotes.jsonl"))?,
        };
        let mut seen = BTreeSet::new();
        let ids = figures.iter().map(|f| &f.id).chain(labels.pairs.iter().map(|p| &p.id));
        let ids = ids.chain(labels.series.iter().map(|s| &s.id)).chain(labels.copies.iter().map(|c| &c.id));
        for id in ids.chain(labels.quotes.iter().map(|q| &q.id)) {
            if !seen.insert(id) {
                return Err(format!("{}: {id} is there twice", folder.display()));
            }
        }
        for pair in &labels.pairs {
            labels.belongs(&pair.id, [&pair.a, &pair.b], &pair.story, pair.half)?;
        }
        for series in &labels.series {
            let figures = series.members.iter().map(|m| &m.figure);
            labels.belongs(&series.id, figures, &series.story, series.half)?;
            let edges: Vec<bool> = series.members.iter().map(|m| m.edge.is_some_and(Edge::is_same)).collect();
            if edges.len() < 2 || edges[0] || edges[1..].contains(&false) {
                return Err(format!("{}: every figure but the first needs an edge of a series", series.id));
            }
        }
        Ok(labels)
    }

    fn belongs<'a>(
        &self,
        id: &str,
        figures: impl IntoIterator<Item = &'a String>,
        story: &str,
        half: Slice,
    ) -> Result<(), String> {
        for name in figures {
            let figure = self.figures.get(name).ok_or_else(|| format!("{id}: no figure {name}"))?;
            if figure.story != story || figure.half != half {
                return Err(format!("{id}: {name} is of another story or half"));
            }
        }
        Ok(())
    }
}

/// The records of a JSON Lines file.
pub(super) fn lines<T: DeserializeOwned>(path: &Path) -> Result<Vec<T>, String> {
    let text = fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let filled = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    filled
        .map(|(n, line)| serde_json::from_str(line).map_err(|e| format!("{}:{}: {e}", path.display(), n + 1)))
        .collect()
}
