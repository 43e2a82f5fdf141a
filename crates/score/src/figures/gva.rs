//! `gva_semeval2018t5`: killed and injured of the incident that an article is about.
//!
//! Asked where the coded number is not zero and stands, in digits or as a word, within 60 characters
//! of a word of harm. The title is read before the text. Rules were fitted on incidents with an even
//! number.

use std::collections::HashMap;
use std::path::Path;

use ascribe_record::{Figure, Measure, Scope};

use super::{Slice, Tally, baseline, counts, line, read, records};

pub(super) fn score(data: &Path, slice: Slice, tally: &mut Tally) -> Result<(), String> {
    let incidents: HashMap<String, [f64; 2]> = records(&data.join("gva_semeval2018t5/incidents.jsonl"))?
        .iter()
        .filter_map(|r| {
            let counts = [r["num_killed"].as_f64()?, r["num_injured"].as_f64()?];
            Some((r["incident"].as_str()?.to_owned(), counts))
        })
        .collect();
    for record in records(&data.join("gva_semeval2018t5/docs.jsonl"))? {
        let id = record["incident"].as_str().unwrap_or("");
        let even = id.parse::<u64>().unwrap_or(0) % 2 == 0;
        let Some(coded) = incidents.get(id).filter(|_| even == (slice == Slice::Fitted)) else { continue };
        let text = record["text"].as_str().unwrap_or("");
        let article = format!("{}\n\n{text}", record["title"].as_str().unwrap_or(""));
        let figures = read(&article, record["dct"].as_str());
        for (measure, &coded) in [Measure::Killed, Measure::Injured].iter().zip(coded) {
            if coded == 0.0 || !stands(text, coded, *measure) {
                continue;
            }
            let found = told(&figures, *measure);
            let plain = baseline::largest(text, *measure);
            tally.answer(&format!("{measure}"), found == coded, plain == coded);
            if found != coded {
                tally.miss(|| {
                    let list: String = figures.iter().map(|f| format!("\n    {}", line(f))).collect();
                    format!("#{id} {measure} {coded} read {found}\n  {}\n{text}{list}\n", record["title"])
                });
            }
        }
    }
    Ok(())
}

/// The count of the incident an article is about: the larger of the first two counts that are no sum
/// over time. Where nobody is told to be injured, those who were shot and not killed are.
fn told(figures: &[Figure], measure: Measure) -> f64 {
    let incident: Vec<Figure> = figures.iter().filter(|f| f.scope != Scope::Cumulative).cloned().collect();
    let first = |measure: Measure| {
        let told = counts(&incident, measure).into_iter().filter(|n| *n > 0.0);
        told.take(2).fold(0.0, f64::max)
    };
    match first(measure) {
        0.0 if measure == Measure::Injured => (first(Measure::Casualties) - first(Measure::Killed)).max(0.0),
        count => count,
    }
}

/// How far the number may stand from a word of harm, in bytes.
const NEAR: usize = 60;

/// Whether `count` stands near a word of harm.
fn stands(text: &str, count: f64, measure: Measure) -> bool {
    let lower = text.to_lowercase();
    let starts = |at: usize| !lower[..at].ends_with(char::is_alphanumeric);
    let harms: Vec<usize> = baseline::harm(measure)
        .iter()
        .flat_map(|h| lower.match_indices(h).map(|(at, _)| at).filter(|&at| starts(at)))
        .collect();
    let words = lower.split(|c: char| !c.is_alphanumeric() && c != '-' && c != ',');
    words.into_iter().filter(|w| baseline::value(w) == Some(count)).any(|w| {
        let at = w.as_ptr() as usize - lower.as_ptr() as usize;
        harms.iter().any(|h| h.abs_diff(at) <= NEAR)
    })
}
