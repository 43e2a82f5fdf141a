//! `airwars_gaza`: the least and the most killed, as an assessment states them.
//!
//! Assessments whose count is unknown are left out. Rules were fitted on the first half.

use std::path::Path;

use ascribe_record::{Bound, Figure, Measure};

use super::{Slice, Tally, baseline, line, read, records, wholes};

pub(super) fn score(data: &Path, slice: Slice, tally: &mut Tally) -> Result<(), String> {
    let all = records(&data.join("airwars_gaza/incidents.jsonl"))?;
    let (fitted, rest) = all.split_at(all.len() / 2);
    for record in if slice == Slice::Fitted { fitted } else { rest } {
        let Some(coded) = record["fields"]["Civilians reported killed"].as_str().and_then(bounds) else {
            continue;
        };
        let text = record["assessment"].as_str().unwrap_or("");
        let figures = read(text, None);
        let found = least_and_most(&figures);
        let plain = baseline::numbers(text, Measure::Killed);
        let plain = plain.iter().copied().reduce(f64::min).zip(plain.iter().copied().reduce(f64::max));
        let (right, plain) = (found == Some(coded), plain == Some(coded));
        tally.answer("killed, both bounds, all", right, plain);
        if stand(text, coded) {
            tally.answer("killed, both bounds stand", right, plain);
        }
        if !right {
            tally.miss(|| {
                let list: String = figures.iter().map(|f| format!("\n    {}", line(f))).collect();
                format!(
                    "#{} {coded:?} read {found:?} stands {}\n  {text}{list}\n",
                    record["code"],
                    stand(text, coded)
                )
            });
        }
    }
    Ok(())
}

/// "14 – 17" or "5" as bounds.
fn bounds(field: &str) -> Option<(f64, f64)> {
    let mut ends = field.split(['–', '-']).map(|end| end.trim().replace(',', "").parse::<f64>());
    let low = ends.next()?.ok()?;
    match ends.next() {
        Some(high) => Some((low, high.ok()?)),
        None => Some((low, low)),
    }
}

/// Whether both bounds stand in the text, in digits or as a word; 1 also as "a" and the like.
fn stand(text: &str, (low, high): (f64, f64)) -> bool {
    let lower = text.to_lowercase();
    let words: Vec<f64> = lower
        .split(|c: char| !c.is_alphanumeric() && c != '-' && c != ',')
        .filter_map(baseline::value)
        .collect();
    [low, high].iter().all(|n| *n == 1.0 || words.contains(n))
}

/// The bounds by the first count of two or more that is told with a number, else by the first of any
/// kind. Where it is open ("at least 12"), the other end is the largest that is told; where it is a
/// most ("up to 12"), the least is the smallest.
fn least_and_most(figures: &[Figure]) -> Option<(f64, f64)> {
    let told = |f: &&Figure| f.upper != Some(0.0) && f.bound != Bound::Vague;
    let all: Vec<&Figure> = wholes(figures, Measure::Killed).filter(told).collect();
    let low = |f: &Figure| f.lower.or(f.upper).unwrap_or(0.0);
    let high = |f: &Figure| f.upper.or(f.lower).unwrap_or(0.0);
    let numbers: Vec<&Figure> = all.iter().filter(|f| !f.implicit).copied().collect();
    let lead = numbers.iter().find(|f| high(f) >= 2.0).or(all.first())?;
    let smaller = numbers.iter().map(|f| low(f)).filter(|n| *n >= 2.0 && *n < high(lead)).reduce(f64::min);
    let most = numbers.iter().map(|f| high(f)).fold(high(lead), f64::max);
    let least = match lead.bound {
        Bound::AtMost | Bound::Under => smaller.unwrap_or(low(lead)),
        _ => low(lead),
    };
    let closed = matches!(lead.bound, Bound::Exact | Bound::Range);
    Some((least, if closed { high(lead) } else { most }))
}
