//! Scores the grammar of dates against three collections: TimeBank, the English cases of
//! Recognizers-Text, and the English corpus of Duckling.
//!
//! Every collection is cut in two by the position of its items: those at even positions are there
//! to fit rules on, the others only to measure.

mod duckling;
mod recognizers;
mod timebank;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

pub use duckling::duckling;
pub use recognizers::recognizers;
pub use timebank::timebank;

/// Cases that are not scored, each as the list names it: `DateParser 12`, `duckling 164/0`.
#[derive(Clone, Debug, Default)]
pub struct SetAside(BTreeSet<String>);

impl SetAside {
    /// Reads the list: a line `- DateParser 12, 40: reason` for each reason; other lines are prose.
    pub fn parse(list: &str) -> Self {
        let mut names = BTreeSet::new();
        for line in list.lines().filter_map(|line| line.strip_prefix("- ")) {
            let Some((cases, _)) = line.split_once(": ") else { continue };
            let Some((file, numbers)) = cases.split_once(' ') else { continue };
            names.extend(numbers.split(", ").map(|number| format!("{file} {number}")));
        }
        Self(names)
    }

    fn has(&self, name: &str) -> bool {
        self.0.contains(name)
    }
}

/// The cases of one file: how many were resolved, failed and set aside.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Tally {
    equal: usize,
    unequal: usize,
    aside: usize,
}

/// The outcome of a list of cases.
#[derive(Clone, Debug, Default)]
struct Outcome {
    files: BTreeMap<String, Tally>,
    failures: Vec<String>,
}

impl Outcome {
    fn count(&mut self, file: &str, equal: bool, failure: impl FnOnce() -> String) {
        let tally = self.files.entry(file.to_owned()).or_default();
        if equal {
            tally.equal += 1;
        } else {
            tally.unequal += 1;
            self.failures.push(failure());
        }
    }

    fn put_aside(&mut self, file: &str) {
        self.files.entry(file.to_owned()).or_default().aside += 1;
    }

    /// A table with a line for each file, and below it the failures if they are asked for.
    fn to_table(&self, with_failures: bool) -> String {
        let mut table = format!("{:24}{:>8}{:>8}{:>8}{:>8}\n", "", "cases", "aside", "equal", "share");
        let mut sum = Tally::default();
        let mut row = |name: &str, t: &Tally| {
            let n = t.equal + t.unequal;
            let share = t.equal as f64 / n.max(1) as f64;
            let _ = writeln!(table, "{name:24}{:>8}{:>8}{:>8}{share:>8.3}", n + t.aside, t.aside, t.equal);
        };
        for (name, tally) in &self.files {
            row(name, tally);
            sum.equal += tally.equal;
            sum.unequal += tally.unequal;
            sum.aside += tally.aside;
        }
        row("all", &sum);
        if with_failures {
            table.extend(self.failures.iter().map(|line| format!("{line}\n")));
        }
        table
    }
}

fn read(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))
}

/// The text without words and marks that belong to no expression of time in one convention and to
/// the expression in another: prepositions and articles at its ends.
fn core(text: &str) -> &str {
    const EDGES: &[&str] = &[
        "in",
        "on",
        "at",
        "the",
        "for",
        "of",
        "by",
        "during",
        "around",
        "about",
        "from",
        "and",
        "it",
        "it's",
        "@",
        "this is",
        "sometime",
        "sometimes",
    ];
    let mut core = text.trim();
    loop {
        let trimmed = core.trim_matches(|c: char| c.is_whitespace() || ".,!?;:\"'".contains(c));
        let lower = trimmed.to_lowercase();
        let edge =
            EDGES.iter().find(|edge| lower.strip_prefix(*edge).is_some_and(|rest| rest.starts_with(' ')));
        match edge.and_then(|edge| trimmed.get(edge.len()..)) {
            Some(rest) => core = rest,
            None => return trimmed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn set_aside_lists_are_read() {
        let list = SetAside::parse("Words.\n- DateParser 12, 40: no such day\n- duckling 3/1: a holiday\n");
        assert!(list.has("DateParser 12") && list.has("DateParser 40") && list.has("duckling 3/1"));
        assert!(!list.has("DateParser 1"));
    }

    #[test]
    fn prepositions_at_the_edge_do_not_count() {
        assert_eq!(core("on the 27th."), "27th");
        assert_eq!(core(" for Friday "), "Friday");
        assert_eq!(core(""), "");
    }
}
