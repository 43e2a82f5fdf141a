//! Figures against coded counts and annotated quantities: one module a corpus, all in the folders
//! of `../shared/data`.
//!
//! Every corpus is split into a slice on which rules were fitted and one that was kept untouched;
//! a module says how. Beside every share stands that of a regular expression, where one is natural.
//! The texts are read without the encoder, for no measure here asks whose a figure is.

mod airwars;
mod baseline;
mod cqe;
mod gva;
mod muc;
mod numbers;
mod rand;
mod tally;

use std::path::Path;

use ascribe_read::{Setting, find_figures};
use ascribe_record::{Figure, Measure, Span};
use clap::ValueEnum;
use serde_json::Value;

use crate::Slice;
use tally::Tally;

/// What figures are scored on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FigureCorpus {
    /// Coded fatalities and injuries of incident descriptions: `rand_incidents`
    Rand,
    /// Killed and injured of the incident an article is about: `gva_semeval2018t5`
    Gva,
    /// Least and most killed as an assessment states them: `airwars_gaza`
    Airwars,
    /// Victims of incidents with their effect: `muc4`
    Muc,
    /// All quantities of news sentences: `date_number_specs/cqe`
    Cqe,
    /// Numbers, ranges and ordinals of Recognizers-Text and Duckling: `date_number_specs`
    Numbers,
}

/// The scores of `corpus`, whose data lie in `data`, as a table; with `misses`, each miss above it.
///
/// # Errors
///
/// A message that names the file if one cannot be read or is not in the form expected.
pub fn score_figures(
    corpus: FigureCorpus,
    data: &Path,
    slice: Slice,
    misses: bool,
) -> Result<String, String> {
    let mut tally = Tally::new(misses);
    match corpus {
        FigureCorpus::Rand => rand::score(data, slice, &mut tally)?,
        FigureCorpus::Gva => gva::score(data, slice, &mut tally)?,
        FigureCorpus::Airwars => airwars::score(data, slice, &mut tally)?,
        FigureCorpus::Muc => muc::score(data, slice, &mut tally)?,
        FigureCorpus::Cqe => cqe::score(data, slice, &mut tally)?,
        FigureCorpus::Numbers => numbers::score(data, &mut tally)?,
    }
    Ok(tally.to_table())
}

/// The figures of `text` without who gives them.
fn read(text: &str, published: Option<&str>) -> Vec<Figure> {
    let sentences = ascribe_text::sentences(text);
    find_figures(&Setting { text, sentences: &sentences, statements: &[], published, dateline: None })
}

/// The number that a figure names, for a count that must be one number: its lower bound, else its upper.
fn named(figure: &Figure) -> Option<f64> {
    figure.lower.or(figure.upper)
}

/// The figures of `measure` that are not part of another.
fn wholes(figures: &[Figure], measure: Measure) -> impl Iterator<Item = &Figure> {
    figures.iter().filter(move |f| f.measure == measure && f.part_of.is_none())
}

/// The largest number that figures of `measure` name which are not part of another; 0 without one.
fn largest(figures: &[Figure], measure: Measure) -> f64 {
    wholes(figures, measure).filter_map(named).fold(0.0, f64::max)
}

/// The counts of `measure`, in text order: figures that one word governs and of which none is a part
/// are one count, "four guards and two drivers were killed" six.
fn counts(figures: &[Figure], measure: Measure) -> Vec<f64> {
    let mut counts: Vec<(Option<&Vec<Span>>, f64)> = Vec::new();
    for figure in wholes(figures, measure) {
        let (word, value) = (figure.evidence.get("measure"), named(figure));
        match counts.iter_mut().find(|(other, _)| word.is_some() && *other == word) {
            Some((_, sum)) => *sum += value.unwrap_or(0.0),
            None => counts.extend(value.map(|value| (word, value))),
        }
    }
    counts.into_iter().map(|(_, sum)| sum).collect()
}

/// The largest of [`counts`]; 0 without one.
fn largest_joint(figures: &[Figure], measure: Measure) -> f64 {
    counts(figures, measure).into_iter().fold(0.0, f64::max)
}

/// The records of a JSON Lines file.
fn records(path: &Path) -> Result<Vec<Value>, String> {
    let named = |e: &dyn std::fmt::Display| format!("{}: {e}", path.display());
    let text = std::fs::read_to_string(path).map_err(|e| named(&e))?;
    text.lines().map(|line| serde_json::from_str(line).map_err(|e| named(&e))).collect()
}

/// The array in a JSON file.
fn array(path: &Path) -> Result<Vec<Value>, String> {
    let named = |e: &dyn std::fmt::Display| format!("{}: {e}", path.display());
    let text = std::fs::read_to_string(path).map_err(|e| named(&e))?;
    serde_json::from_str(&text).map_err(|e| named(&e))
}

/// One figure in a line, for lists of misses.
fn line(f: &Figure) -> String {
    let part = f.part_of.map(|id| format!(" part of {id}")).unwrap_or_default();
    let implicit = if f.implicit { " implicit" } else { "" };
    format!(
        "{} {:?} | {:?}..{:?} {} | {} | {}{part}{implicit}",
        f.id, f.words.text, f.lower, f.upper, f.bound, f.measure, f.counted.text
    )
}
