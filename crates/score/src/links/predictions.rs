//! What a linker says about the labelled items.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::Deserialize;

use super::labels::{Edge, LinkLabels, Sharing, Wording, lines};

/// Answers by id. What is not answered counts as no link.
#[derive(Clone, Debug, Default)]
pub struct LinkPredictions {
    /// Pair of figures → how they stand to one another.
    pub edges: BTreeMap<String, Edge>,
    /// Figure → the name of its series.
    pub series: BTreeMap<String, String>,
    /// Pair of texts → how they share their words.
    pub copies: BTreeMap<String, Sharing>,
    /// Pair of quotations → how they stand to one another.
    pub quotes: BTreeMap<String, Wording>,
    /// Corpus and record → the name of its story.
    pub stories: BTreeMap<(String, String), String>,
}

/// A line of a file of predictions: one of five forms.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    pair: Option<String>,
    edge: Option<Edge>,
    kind: Option<Sharing>,
    wording: Option<Wording>,
    figure: Option<String>,
    series: Option<String>,
    corpus: Option<String>,
    record: Option<String>,
    story: Option<String>,
}

impl LinkPredictions {
    /// Reads a file of predictions.
    ///
    /// # Errors
    /// If the file cannot be read, a line has another form, or something is answered that is not
    /// asked or twice.
    pub fn load(path: &Path, labels: &LinkLabels) -> Result<Self, String> {
        let mut all = Self::default();
        for (n, line) in lines::<Line>(path)?.into_iter().enumerate() {
            all.take(line).map_err(|e| format!("{}, prediction {}: {e}", path.display(), n + 1))?;
        }
        all.asked(labels).map_err(|e| format!("{}: {e}", path.display()))?;
        Ok(all)
    }

    fn take(&mut self, line: Line) -> Result<(), String> {
        let (name, is_new) = match line {
            Line { pair: Some(id), edge: Some(edge), kind: None, wording: None, .. } => {
                (id.clone(), self.edges.insert(id, edge).is_none())
            }
            Line { pair: Some(id), kind: Some(kind), wording: None, .. } => {
                (id.clone(), self.copies.insert(id, kind).is_none())
            }
            Line { pair: Some(id), wording: Some(wording), .. } => {
                (id.clone(), self.quotes.insert(id, wording).is_none())
            }
            Line { figure: Some(id), series: Some(name), .. } => {
                (id.clone(), self.series.insert(id, name).is_none())
            }
            Line { corpus: Some(corpus), record: Some(record), story: Some(name), .. } => {
                (format!("{corpus} {record}"), self.stories.insert((corpus, record), name).is_none())
            }
            _ => return Err("none of the forms of a prediction".to_owned()),
        };
        if is_new { Ok(()) } else { Err(format!("{name} is answered twice")) }
    }

    fn asked(&self, labels: &LinkLabels) -> Result<(), String> {
        let pairs: BTreeSet<&String> = labels.pairs.iter().map(|p| &p.id).collect();
        let copies: BTreeSet<&String> = labels.copies.iter().map(|c| &c.id).collect();
        let quotes: BTreeSet<&String> = labels.quotes.iter().map(|q| &q.id).collect();
        let unknown = self.edges.keys().find(|id| !pairs.contains(id));
        let unknown = unknown.or_else(|| self.copies.keys().find(|id| !copies.contains(id)));
        let unknown = unknown.or_else(|| self.quotes.keys().find(|id| !quotes.contains(id)));
        let unknown = unknown.or_else(|| self.series.keys().find(|id| !labels.figures.contains_key(*id)));
        unknown.map_or(Ok(()), |id| Err(format!("nothing that is labelled is called {id}")))
    }
}
