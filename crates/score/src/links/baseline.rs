//! What the plainest of linkers says, to be printed beside the score of another.

use std::collections::{BTreeMap, BTreeSet};

use super::labels::{Edge, FigureLabel, LinkLabels, Sharing, Wording};
use super::predictions::LinkPredictions;
use super::texts::LinkTexts;

/// The same number and the same measure in one story: the same count, repeated. Texts that share at
/// least half of their word 3-grams: near. The same words in quotation marks: one utterance. Every
/// report its own story.
pub fn baseline(labels: &LinkLabels, texts: &LinkTexts) -> LinkPredictions {
    let mut all = LinkPredictions::default();
    let key = |f: &FigureLabel| {
        // A vague quantity has no number: its words stand for it.
        let words = texts.words(&f.corpus, &f.record, f.span).to_lowercase();
        let number = f.lower.or(f.upper).map_or(words, |n| n.to_string());
        format!("{} {} {number}", f.story, f.measure)
    };
    let keys: BTreeMap<&String, String> = labels.figures.iter().map(|(id, f)| (id, key(f))).collect();
    for pair in &labels.pairs {
        let edge = if keys[&pair.a] == keys[&pair.b] { Edge::Repeats } else { Edge::None };
        all.edges.insert(pair.id.clone(), edge);
    }
    all.series = keys.into_iter().map(|(id, key)| (id.clone(), key)).collect();
    for pair in &labels.copies {
        let [a, b] = [&pair.a, &pair.b].map(|t| shingles(texts.text(&t.corpus, &t.record).unwrap_or("")));
        let (both, either) = (a.intersection(&b).count(), a.union(&b).count());
        let kind = if 2 * both >= either { Sharing::Near } else { Sharing::None };
        all.copies.insert(pair.id.clone(), kind);
    }
    for pair in &labels.quotes {
        let [a, b] = [&pair.a, &pair.b].map(|q| words(&texts.words(&q.corpus, &q.record, q.span)));
        all.quotes.insert(pair.id.clone(), if a == b { Wording::Same } else { Wording::Different });
    }
    all
}

fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

fn shingles(text: &str) -> BTreeSet<Vec<String>> {
    words(text).windows(3).map(<[String]>::to_vec).collect()
}
