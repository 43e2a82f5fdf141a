//! The number suites of Recognizers-Text and Duckling: what share of their cases is resolved equal.
//!
//! A case is equal if as many results are found as it has, in order, each with its value and words in
//! common with it. Values are compared to nine digits. Recognizers-Text writes a stretch ("20 to 30")
//! with its upper end open; that is its convention, and either end of a stretch is taken as closed
//! here. A case of Duckling is one example that has to be one number.

use std::path::Path;

use ascribe_read::{End, Interval, Origin, find_intervals, find_numbers, find_ordinals, find_percents};
use serde_json::Value;

use super::{Tally, array, baseline, records};

/// A result: its words as offsets in characters, and its value in the corpus' own notation.
type Found = (usize, usize, String);

/// What reads the results of one suite.
type Find = fn(&str) -> Vec<Found>;

pub(super) fn score(data: &Path, tally: &mut Tally) -> Result<(), String> {
    let folder = data.join("date_number_specs/recognizers_text/Number");
    let suites: [(&str, Find); 4] = [
        ("NumberModel.json", numbers),
        ("NumberRangeModel.json", intervals),
        ("OrdinalModel.json", ordinals),
        ("PercentModel.json", percents),
    ];
    for (name, find) in suites {
        for (n, case) in array(&folder.join(name))?.iter().enumerate() {
            let text = case["Input"].as_str().unwrap_or("");
            let wanted: Vec<Found> = case["Results"].as_array().into_iter().flatten().map(wanted).collect();
            let found = find(text);
            let equal = found.len() == wanted.len() && found.iter().zip(&wanted).all(|(f, w)| same(f, w));
            let plain = plain(text);
            let plain =
                plain.len() == wanted.len() && plain.iter().zip(&wanted).all(|(p, w)| value_equal(p, &w.2));
            tally.answer(name, equal, plain);
            if !equal {
                tally.miss(|| format!("{name} {n} {text:?}\n    wanted {wanted:?}\n    found  {found:?}"));
            }
        }
    }
    duckling(data, tally)
}

fn duckling(data: &Path, tally: &mut Tally) -> Result<(), String> {
    for (n, entry) in records(&data.join("date_number_specs/duckling_en.jsonl"))?.iter().enumerate() {
        let Some((kind, value)) = entry["value"].as_str().and_then(|v| v.split_once(' ')) else { continue };
        let value = value.trim_matches(['(', ')']);
        for (k, example) in entry["examples"].as_array().into_iter().flatten().enumerate() {
            let text = example.as_str().unwrap_or("");
            let (name, found) = match kind {
                "NumeralValue" => ("Duckling, Numeral", numbers(text)),
                "OrdinalData" => ("Duckling, Ordinal", ordinals(text)),
                _ => continue,
            };
            let equal = matches!(&found[..], [(_, _, one)] if value_equal(one, value));
            let plain = matches!(&plain(text)[..], [one] if value_equal(one, value));
            tally.answer(name, equal, plain);
            if !equal {
                tally.miss(|| format!("{name} {n}.{k} {text:?} wanted {value} found {found:?}"));
            }
        }
    }
    Ok(())
}

/// What a regular expression for runs of digits and single number words gives.
fn plain(text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    lower.split_whitespace().filter_map(baseline::value).map(|v| v.to_string()).collect()
}

fn wanted(result: &Value) -> Found {
    let at = |name: &str| result[name].as_u64().unwrap_or(0) as usize;
    let value = result["Resolution"]["value"].as_str().unwrap_or("null");
    (at("Start"), at("End") + 1, value.to_owned())
}

fn same(a: &Found, b: &Found) -> bool {
    a.0 < b.1 && b.0 < a.1 && value_equal(&a.2, &b.2)
}

/// Whether two values are equal in every number they hold; all else must be the same letters.
fn value_equal(a: &str, b: &str) -> bool {
    match (a.parse::<f64>(), b.parse::<f64>()) {
        (Ok(a), Ok(b)) => (a - b).abs() <= 1e-9 * b.abs().max(1e-12),
        _ => {
            let split = |v: &str| -> Vec<String> { v.split(',').map(str::to_owned).collect() };
            let (a, b) = (split(a), split(b));
            // The brackets of a stretch are a convention; see above.
            let clean = |part: &str| part.trim_matches(['[', ']', '(', ')']).to_owned();
            let number = |part: &str| clean(part).parse::<f64>().ok();
            a.len() == b.len()
                && a.iter().zip(&b).all(|(a, b)| match (number(a), number(b)) {
                    (Some(x), Some(y)) => {
                        (x - y).abs() <= 1e-9 * y.abs().max(1.0) && brackets(a) == brackets(b)
                    }
                    _ => a == b,
                })
        }
    }
}

fn brackets(part: &str) -> String {
    part.chars().filter(|c| "[]()".contains(*c)).collect()
}

/// Offsets in code points of a span of bytes.
fn points(text: &str, span: ascribe_record::Span) -> (usize, usize) {
    let count = |end: usize| text.get(..end).map_or(0, |t| t.chars().count());
    (count(span.begin), count(span.end))
}

fn numbers(text: &str) -> Vec<Found> {
    let found = find_numbers(text);
    found
        .into_iter()
        .map(|n| (points(text, n.span), n.value.to_string()))
        .map(|((a, b), v)| (a, b, v))
        .collect()
}

fn ordinals(text: &str) -> Vec<Found> {
    let found = find_ordinals(text);
    let value = |offset: f64, origin: Origin| match origin {
        Origin::Start => offset.to_string(),
        Origin::End => format!("end{offset:+}"),
        Origin::Current => format!("current{offset:+}"),
    };
    found
        .into_iter()
        .map(|o| (points(text, o.span), value(o.offset, o.origin)))
        .map(|((a, b), v)| (a, b, v))
        .collect()
}

fn intervals(text: &str) -> Vec<Found> {
    let found = find_intervals(text);
    found.into_iter().map(|i| (points(text, i.span), notation(&i))).map(|((a, b), v)| (a, b, v)).collect()
}

/// An interval as Recognizers-Text writes it.
fn notation(i: &Interval) -> String {
    let end = |end: Option<End>| end.map(|e| e.value.to_string()).unwrap_or_default();
    let open = |end: Option<End>| end.is_none_or(|e| !e.closed);
    let left = if open(i.lower) { '(' } else { '[' };
    let right = if open(i.upper) || i.stretch { ')' } else { ']' };
    format!("{left}{},{}{right}", end(i.lower), end(i.upper))
}

fn percents(text: &str) -> Vec<Found> {
    let found = find_percents(text);
    found
        .into_iter()
        .map(|n| (points(text, n.span), format!("{}%", n.value)))
        .map(|((a, b), v)| (a, b, v))
        .collect()
}
