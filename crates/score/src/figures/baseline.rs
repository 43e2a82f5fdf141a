//! What a regular expression reaches: a number and a word of harm a few words apart.

use ascribe_record::Measure;
use ascribe_text::{tens_word, unit_word};

/// The beginnings of words that tell deaths.
pub(super) const KILLED: &[&str] =
    &["kill", "dead", "died", "death", "fatal", "murder", "slain", "assassinat"];
/// The beginnings of words that tell injuries.
pub(super) const INJURED: &[&str] = &["injur", "wound", "hurt"];

/// The words of `measure`.
pub(super) fn harm(measure: Measure) -> &'static [&'static str] {
    if measure == Measure::Killed { KILLED } else { INJURED }
}

/// The numbers, "a" for one, that stand up to four words before a word of harm, or up to three behind one, in the
/// same sentence.
pub(super) fn numbers(text: &str, measure: Measure) -> Vec<f64> {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower.split_whitespace().collect();
    let is_harm = |w: &str| {
        harm(measure).iter().any(|h| w.trim_start_matches(|c: char| !c.is_alphanumeric()).starts_with(h))
    };
    let ends = |w: &str| w.ends_with(['.', ';', '!', '?']);
    let mut found = Vec::new();
    for (n, word) in words.iter().enumerate() {
        let article = matches!(*word, "a" | "an" | "another").then_some(1.0);
        let Some(value) = value(word).or(article) else { continue };
        let ahead = !ends(word)
            && words[n + 1..]
                .iter()
                .take(4)
                .scan(false, |end, w| {
                    let go = !*end;
                    *end = ends(w);
                    go.then_some(w)
                })
                .any(|w| is_harm(w));
        let behind = words[..n].iter().rev().take(3).take_while(|w| !ends(w)).any(|w| is_harm(w));
        if ahead || behind {
            found.push(value);
        }
    }
    found
}

/// The largest of [`numbers`]; 0 without one.
pub(super) fn largest(text: &str, measure: Measure) -> f64 {
    numbers(text, measure).into_iter().fold(0.0, f64::max)
}

/// The value of digits, or of a number word below a hundred.
pub(super) fn value(word: &str) -> Option<f64> {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    let below = |w: &str| unit_word(w).map(f64::from);
    let tens = |w: &str| tens_word(w).map(f64::from);
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        return word.replace(',', "").parse().ok();
    }
    below(word).or_else(|| tens(word)).or_else(|| {
        let (ten, unit) = word.split_once('-')?;
        Some(tens(ten)? + below(unit)?)
    })
}
