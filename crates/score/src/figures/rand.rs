//! `rand_incidents`: coded fatalities and injuries of incident descriptions.
//!
//! The count that is read is the largest of its measure that is not part of another; zero where there
//! is none. Vague figures name no number; one with a single bound counts by it. Rules were fitted on
//! the first 6,000 records.

use std::path::Path;

use ascribe_record::Measure;

use super::{Slice, Tally, baseline, largest, largest_joint, line, read, records};

const FITTED: usize = 6000;

pub(super) fn score(data: &Path, slice: Slice, tally: &mut Tally) -> Result<(), String> {
    let all = records(&data.join("rand_incidents/incidents.jsonl"))?;
    let (fitted, rest) = all.split_at(FITTED.min(all.len()));
    let (from, chosen) = match slice {
        Slice::Fitted => (0, fitted),
        Slice::Untouched => (FITTED, rest),
    };
    for (n, record) in chosen.iter().enumerate() {
        let text = record["Description"].as_str().unwrap_or("");
        let figures = read(text, record["Date"].as_str());
        for (field, measure) in [("Fatalities", Measure::Killed), ("Injuries", Measure::Injured)] {
            let coded = record[field].as_f64().unwrap_or(0.0);
            let found = largest(&figures, measure);
            let plain = baseline::largest(text, measure);
            tally.answer(&format!("{field}, all"), found == coded, plain == coded);
            let joint = largest_joint(&figures, measure) == coded;
            tally.answer(&format!("{field}, all, sums"), joint, plain == coded);
            if coded != 0.0 {
                tally.answer(&format!("{field}, not zero, sums"), joint, plain == coded);
                tally.answer(&format!("{field}, not zero"), found == coded, plain == coded);
            }
            if found != coded {
                tally.miss(|| {
                    let list: String = figures.iter().map(|f| format!("\n    {}", line(f))).collect();
                    format!("#{} {field} {coded} read {found}\n  {text}{list}", from + n)
                });
            }
        }
    }
    Ok(())
}
