//! How far a second labelling agrees with the first.

use std::fmt::Write;
use std::path::Path;

use serde::Deserialize;

use super::labels::lines;
use super::metrics::kappa;

/// An item that was labelled twice.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Twice {
    id: String,
    first: String,
    second: String,
}

/// Share alike and Cohen's kappa of `agreement.jsonl` in `folder`: edges, same series or not, sharing
/// of texts, near-duplicate or not. As a table, with what differs below.
///
/// # Errors
/// If the file cannot be read or a line has another form.
pub fn links_agreement(folder: &Path) -> Result<String, String> {
    let all: Vec<Twice> = lines(&folder.join("agreement.jsonl"))?;
    let (pairs, copies): (Vec<&Twice>, Vec<&Twice>) = all.iter().partition(|t| t.id.starts_with('p'));
    let mut table = format!("{:32}{:>6}{:>8}{:>8}\n", "", "n", "alike", "kappa");
    let is_linked = |label: &str| label != "none";
    let is_same = |label: &str| is_linked(label) && label != "part_of";
    row(&mut table, "edge", &pairs, |label| label.to_owned());
    row(&mut table, "same series", &pairs, |label| is_same(label).to_string());
    row(&mut table, "sharing", &copies, |label| label.to_owned());
    row(&mut table, "near-duplicate", &copies, |label| is_linked(label).to_string());
    for item in all.iter().filter(|t| t.first != t.second) {
        let _ = writeln!(table, "{}  {} → {}", item.id, item.first, item.second);
    }
    Ok(table)
}

fn row(table: &mut String, name: &str, items: &[&Twice], label: impl Fn(&str) -> String) {
    let both: Vec<(String, String)> = items.iter().map(|t| (label(&t.first), label(&t.second))).collect();
    let (alike, kappa) = kappa(&both);
    let _ = writeln!(table, "{name:32}{:>6}{alike:>8.3}{kappa:>8.3}", both.len());
}
