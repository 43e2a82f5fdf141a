//! `muc4`: victims with their number and the effect on them.
//!
//! Of the filled templates, each victim with a plain number and the effect DEATH or INJURY is one
//! item, whatever the incident; of a reading, each figure of people killed or injured with a value.
//! Items match on effect and number inside a report. Fills that are optional ("?") or vague
//! ("PLURAL") are not asked for. Rules were fitted on DEV; TST1 and TST2 were kept untouched.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use ascribe_record::Measure;

use super::{Slice, Tally, baseline, line, named, read};

/// Effect and number, with the words of the victim in the key.
type Item = (Measure, f64);

pub(super) fn score(data: &Path, slice: Slice, tally: &mut Tally) -> Result<(), String> {
    let folder = data.join("muc4/raw");
    let mut texts = BTreeMap::new();
    let mut gold: HashMap<String, Vec<Item>> = HashMap::new();
    let mut names: Vec<_> = std::fs::read_dir(&folder)
        .map_err(|e| format!("{}: {e}", folder.display()))?
        .filter_map(|entry| entry.ok())
        .map(|entry| entry.path())
        .collect();
    names.sort();
    for path in names {
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let dev = name.contains("dev");
        if !(name.contains("dev") || name.contains("tst")) || dev != (slice == Slice::Fitted) {
            continue;
        }
        let bytes = std::fs::read(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        let text = String::from_utf8_lossy(&bytes);
        if name.starts_with("key") { keys(&text, &mut gold) } else { reports(&text, &mut texts) }
    }
    for (id, text) in &texts {
        let wanted = gold.remove(id).unwrap_or_default();
        let figures = read(text, None);
        let mut given: Vec<Item> = Vec::new();
        for figure in figures.iter().filter(|f| matches!(f.measure, Measure::Killed | Measure::Injured)) {
            let Some(value) = named(figure).filter(|n| *n > 0.0) else { continue };
            if !given.contains(&(figure.measure, value)) {
                given.push((figure.measure, value));
            }
        }
        let plain: Vec<Item> = [Measure::Killed, Measure::Injured]
            .iter()
            .flat_map(|&m| unique(baseline::numbers(text, m)).into_iter().map(move |n| (m, n)))
            .collect();
        for (row, items) in [("number with effect", &given), ("number with effect, baseline", &plain)] {
            let right = items.iter().filter(|item| wanted.contains(item)).count();
            tally.items(row, wanted.len(), items.len(), right);
        }
        if given.iter().any(|i| !wanted.contains(i)) || wanted.iter().any(|i| !given.contains(i)) {
            tally.miss(|| {
                let list: String = figures.iter().map(|f| format!("\n    {}", line(f))).collect();
                format!("#{id} wanted {wanted:?} given {given:?}\n{text}{list}\n")
            });
        }
    }
    Ok(())
}

fn unique(mut numbers: Vec<f64>) -> Vec<f64> {
    numbers.sort_by(f64::total_cmp);
    numbers.dedup();
    numbers
}

/// The reports of a file by their id, their lines joined.
fn reports(text: &str, texts: &mut BTreeMap<String, String>) {
    let mut id = String::new();
    for line in text.lines() {
        let head = line.split_whitespace().next().unwrap_or("");
        if (head.starts_with("DEV-MUC") || head.starts_with("TST")) && !line.starts_with(' ') {
            head.clone_into(&mut id);
        } else {
            let report: &mut String = texts.entry(id.clone()).or_default();
            let paragraph = line.trim().is_empty();
            report.push_str(if paragraph { "\n\n" } else { line.trim() });
            report.push(' ');
        }
    }
}

/// The items of the templates of a file: by report, each number of a victim joined to its effect.
fn keys(text: &str, gold: &mut HashMap<String, Vec<Item>>) {
    let mut id = String::new();
    let (mut slot, mut numbers): (u32, Vec<(f64, String)>) = (0, Vec::new());
    for line in text.lines() {
        let (head, value) = line.split_at_checked(36).unwrap_or((line, ""));
        if let Some(n) = head.split('.').next().and_then(|n| n.trim().parse().ok()) {
            slot = n;
        }
        match slot {
            0 if !value.trim().is_empty() => {
                id = value.split_whitespace().next().unwrap_or("").to_owned();
                numbers.clear();
            }
            21 => numbers.extend(number_fill(value)),
            23 => {
                let effect = match value.trim() {
                    v if v.starts_with("DEATH") => Measure::Killed,
                    v if v.starts_with("INJURY") => Measure::Injured,
                    _ => continue,
                };
                let items = gold.entry(id.clone()).or_default();
                let victims = quoted(value);
                for (number, victim) in &numbers {
                    if victims.contains(victim) && !items.contains(&(effect, *number)) {
                        items.push((effect, *number));
                    }
                }
            }
            _ => {}
        }
    }
}

/// `10: "UNION MEMBERS" / …` as 10 and the first words.
fn number_fill(value: &str) -> Option<(f64, String)> {
    let (number, words) = value.split_once(':')?;
    let number = number.trim().trim_start_matches('~').parse().ok()?;
    Some((number, quoted(words).into_iter().next()?))
}

fn quoted(value: &str) -> Vec<String> {
    value.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}
