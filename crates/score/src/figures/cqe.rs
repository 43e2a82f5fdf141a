//! `date_number_specs/cqe` NewsQuant: all quantities of news sentences.
//!
//! One person told without a number is no quantity here. A figure is right if a quantity of the sentence that no other figure has taken has its value and
//! bound. "up" and "down" tell a direction, which is no bound here; a vague word, which the corpus
//! spells as a power of ten ("millions" as 10^6 to 10^7), is right where the figure is vague. Rules
//! were fitted on the first half of the sentences.
//!
//! The baseline takes every run of digits for an exact quantity.

use std::path::Path;

use ascribe_record::{Bound, Figure};
use serde_json::Value;

use super::{Slice, Tally, array, baseline, line, read};

pub(super) fn score(data: &Path, slice: Slice, tally: &mut Tally) -> Result<(), String> {
    let all = array(&data.join("date_number_specs/cqe/NewsQuant.json"))?;
    let (fitted, rest) = all.split_at(all.len() / 2);
    for record in if slice == Slice::Fitted { fitted } else { rest } {
        let text = record["text"].as_str().unwrap_or("");
        let gold: Vec<Gold> =
            record["quantities"].as_array().into_iter().flatten().filter_map(Gold::of).collect();
        let mut figures = read(text, None);
        figures.retain(|f| !f.implicit);
        let mut open: Vec<&Gold> = gold.iter().collect();
        let (mut right, mut with_concept) = (0, 0);
        let mut made_up = Vec::new();
        for figure in &figures {
            match open.iter().position(|g| g.fits(figure)) {
                Some(at) => {
                    right += 1;
                    with_concept += usize::from(open.remove(at).counts(figure));
                }
                None => made_up.push(figure),
            }
        }
        tally.items("value and bound", gold.len(), figures.len(), right);
        tally.items("with what is counted", gold.len(), figures.len(), with_concept);
        let (given, hits) = plain(text, &gold);
        tally.items("value and bound, baseline", gold.len(), given, hits);
        if right < gold.len() || !made_up.is_empty() {
            tally.miss(|| {
                let missed: String = open.iter().map(|g| format!("\n    missed {g:?}")).collect();
                let extra: String = made_up.iter().map(|f| format!("\n    made up {}", line(f))).collect();
                format!("{text}{missed}{extra}")
            });
        }
    }
    Ok(())
}

/// A quantity of the corpus.
#[derive(Debug)]
struct Gold {
    low: f64,
    high: f64,
    change: String,
    words: String,
}

impl Gold {
    fn of(quantity: &Value) -> Option<Self> {
        let value = quantity["value"].as_str()?;
        let (low, high) = match value.split_once('-').filter(|(low, _)| !low.is_empty()) {
            Some((low, high)) => (low.parse().ok()?, high.parse().ok()?),
            None => (value.parse().ok()?, value.parse().ok()?),
        };
        let field = |name: &str| quantity[name].as_str().unwrap_or("").to_lowercase();
        let words = format!("{} {} {}", field("unit"), field("normalized_unit"), field("referred_concepts"));
        Some(Self { low, high, change: field("change"), words })
    }

    fn fits(&self, f: &Figure) -> bool {
        let near = |a: Option<f64>, b: f64| a.is_some_and(|a| (a - b).abs() <= 1e-6 * b.abs().max(1.0));
        let tens = self.high == self.low * 10.0;
        match f.bound {
            Bound::Vague => tens,
            Bound::Range => near(f.lower, self.low.min(self.high)) && near(f.upper, self.high.max(self.low)),
            _ if self.low != self.high => false,
            Bound::Exact => near(f.lower, self.low) && matches!(self.change.as_str(), "=" | "up" | "down"),
            Bound::About => near(f.lower, self.low) && matches!(self.change.as_str(), "~" | "up" | "down"),
            Bound::AtLeast | Bound::Over => {
                near(f.lower, self.low) && matches!(self.change.as_str(), ">" | "up" | "down")
            }
            Bound::AtMost | Bound::Under => {
                near(f.upper, self.low) && matches!(self.change.as_str(), "<" | "up" | "down")
            }
        }
    }

    /// Whether what is counted, or its unit, is among the words that the corpus gives.
    fn counts(&self, f: &Figure) -> bool {
        let sign = f.words.text.chars().any(|c| "$€£¥%₪".contains(c))
            && self.words.contains(['$', '€', '£', '¥', '%', '₪']);
        let counted = f.counted.text.to_lowercase();
        let head = counted.split_whitespace().next_back().unwrap_or("").to_owned();
        let unit = f.words.text.split_whitespace().next_back().unwrap_or("").to_lowercase();
        sign || !head.is_empty() && self.words.contains(&head)
            || !unit.is_empty() && unit.chars().all(char::is_alphabetic) && self.words.contains(&unit)
            || counted.is_empty() && self.words.trim().starts_with('-')
    }
}

/// How many numbers in digits there are, and how many of them are quantities of the corpus.
fn plain(text: &str, gold: &[Gold]) -> (usize, usize) {
    let mut open: Vec<&Gold> = gold.iter().collect();
    let values: Vec<f64> =
        text.split_whitespace().filter_map(|w| baseline::value(&w.to_lowercase())).collect();
    let mut right = 0;
    for value in &values {
        if let Some(at) = open.iter().position(|g| {
            g.low == *value && g.high == *value && matches!(g.change.as_str(), "=" | "up" | "down")
        }) {
            open.remove(at);
            right += 1;
        }
    }
    (values.len(), right)
}
