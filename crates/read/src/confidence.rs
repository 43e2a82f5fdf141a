//! How likely a statement is right, relation and source: a logistic curve over a few signals, fitted
//! on labelled articles by `ascribe-score calibrate` and kept in the model file.

use ascribe_record::{Act, Form};

use crate::decode::Attribution;

/// What a statement's confidence is computed from, a number each.
pub type Signals = [f64; SIGNALS.len()];

/// What each of [`Signals`] is.
pub const SIGNALS: [&str; 11] = [
    "always 1",
    "mean log-probability of the cue's labels",
    "of the source's labels, or that there is none",
    "of the content's labels",
    "of the worst of the three",
    "direct speech",
    "partly direct speech",
    "no source",
    "a cue of plain saying",
    "logarithm of the content's number of words",
    "content in several parts",
];

/// The least log-probability that is told apart from lower ones.
const FLOOR: f64 = -5.0;

pub(crate) fn signals(a: &Attribution, form: Form, act: Act) -> Signals {
    let is = |yes: bool| f64::from(u8::from(yes));
    let [cue, source, content] = a.scores.map(|s| s.max(FLOOR));
    let words: usize = a.content.iter().map(ExactSizeIterator::len).sum();
    [
        1.0,
        cue,
        source,
        content,
        cue.min(source).min(content),
        is(form == Form::Direct),
        is(form == Form::Mixed),
        is(a.source.is_none()),
        is(act == Act::State),
        (words.max(1) as f64).ln(),
        is(a.content.len() > 1),
    ]
}

/// The probability, to three decimals. Signals without a weight count nothing.
pub(crate) fn confidence(weights: &[f64], signals: &Signals) -> f64 {
    let sum: f64 = weights.iter().zip(signals).map(|(w, s)| w * s).sum();
    rounded(1.0 / (1.0 + (-sum).exp()))
}

/// To three decimals, as every probability that leaves the program.
fn rounded(probability: f64) -> f64 {
    (probability * 1000.0).round() / 1000.0
}
