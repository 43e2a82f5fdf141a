//! Counts of what was right, kept apart by what is asked, with those of a baseline beside.

use std::collections::BTreeMap;
use std::fmt::Write;

/// What was asked and answered of one kind.
#[derive(Clone, Copy, Debug, Default)]
struct Row {
    asked: usize,
    right: usize,
    baseline: usize,
}

/// Precision and recall of one kind of item.
#[derive(Clone, Copy, Debug, Default)]
struct Found {
    gold: usize,
    given: usize,
    right: usize,
}

/// Rows by name, in the order of their names.
#[derive(Debug)]
pub(super) struct Tally {
    lists_misses: bool,
    rows: BTreeMap<String, Row>,
    found: BTreeMap<String, Found>,
    misses: String,
}

impl Tally {
    /// An empty tally; `lists_misses` if the misses are to be printed.
    pub(super) fn new(lists_misses: bool) -> Self {
        Self { lists_misses, rows: BTreeMap::new(), found: BTreeMap::new(), misses: String::new() }
    }

    /// Counts an answer, and whether the baseline has the right one.
    pub(super) fn answer(&mut self, row: &str, right: bool, baseline: bool) {
        let row = self.rows.entry(row.to_owned()).or_default();
        row.asked += 1;
        row.right += usize::from(right);
        row.baseline += usize::from(baseline);
    }

    /// Counts items: how many there are, how many were given, how many of them are right.
    pub(super) fn items(&mut self, row: &str, gold: usize, given: usize, right: usize) {
        let row = self.found.entry(row.to_owned()).or_default();
        row.gold += gold;
        row.given += given;
        row.right += right;
    }

    /// Notes a miss; `describe` is called only if misses are listed.
    pub(super) fn miss(&mut self, describe: impl FnOnce() -> String) {
        if self.lists_misses {
            self.misses.push_str(&describe());
            self.misses.push('\n');
        }
    }

    /// The misses, then the rows.
    pub(super) fn to_table(&self) -> String {
        let mut table = self.misses.clone();
        for (name, row) in &self.rows {
            let Row { asked, right, baseline } = *row;
            let (share, beside) = (share(right, asked), share(baseline, asked));
            let _ = writeln!(table, "{name:<32} {share:.3}  ({right} of {asked}; baseline {beside:.3})");
        }
        for (name, found) in &self.found {
            let Found { gold, given, right } = *found;
            let (p, r) = (share(right, given), share(right, gold));
            let f1 = if right == 0 { 0.0 } else { 2.0 * p * r / (p + r) };
            let _ = writeln!(
                table,
                "{name:<32} F1 {f1:.3}  P {p:.3}  R {r:.3}  ({right} right of {given} given, {gold} in the gold)"
            );
        }
        table
    }
}

fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}
