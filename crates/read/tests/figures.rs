//! Runs the cases of `tests/suite/figures.md`, which says how they are written.

use ascribe_read::{Setting, find_figures};
use ascribe_record::{Bound, Figure};

const CASES: &str = include_str!("../../../tests/suite/figures.md");
const PUBLISHED: &str = "2026-01-14";

#[test]
fn figures_of_the_suite() {
    let (mut n_cases, mut wrong) = (0, Vec::new());
    for (number, block) in blocks() {
        n_cases += 1;
        if let Some(message) = check(&block) {
            wrong.push(format!("line {number}: {message}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {n_cases} cases fail\n{}", wrong.len(), wrong.join("\n"));
    assert!(n_cases >= 120, "only {n_cases} cases were found");
}

/// The quoted text of each case with the lines of its figures, and the number of its first line.
fn blocks() -> Vec<(usize, (String, Vec<&'static str>))> {
    let mut blocks: Vec<(usize, (String, Vec<&str>))> = Vec::new();
    for (n, line) in CASES.lines().enumerate() {
        if let Some(text) = line.strip_prefix("> ") {
            blocks.push((n + 1, (text.to_owned(), Vec::new())));
        } else if let (Some(expected), Some((_, block))) = (line.strip_prefix("- "), blocks.last_mut()) {
            block.1.push(expected);
        }
    }
    blocks
}

fn check((text, expected): &(String, Vec<&str>)) -> Option<String> {
    let sentences = ascribe_text::sentences(text);
    let setting =
        Setting { text, sentences: &sentences, statements: &[], published: Some(PUBLISHED), dateline: None };
    let figures = find_figures(&setting);
    let none = expected.as_slice() == ["none"];
    let n_expected = if none { 0 } else { expected.len() };
    let same =
        figures.len() == n_expected && (none || expected.iter().zip(&figures).all(|(e, f)| fits(e, f)));
    let found: Vec<String> = figures.iter().map(|f| format!("\n    found    {}", written(f))).collect();
    let wanted: Vec<String> = expected.iter().map(|e| format!("\n    expected {e}")).collect();
    (!same).then(|| format!("{text}{}{}", wanted.concat(), found.concat()))
}

/// Whether the four columns are equal and every field named behind them is.
fn fits(expected: &str, figure: &Figure) -> bool {
    let written = written(figure);
    let mut found = written.split(" | ").map(str::trim);
    let mut wanted = expected.split(" | ").map(str::trim);
    let columns = (0..4).all(|_| wanted.next().unwrap_or("") == found.next().unwrap_or(""));
    let rest: Vec<&str> = found.collect();
    columns
        && wanted.all(|field| {
            rest.contains(&field) || field == "plain" && !figure.implicit && figure.part_of.is_none()
        })
}

fn written(f: &Figure) -> String {
    let mut fields = vec![f.words.text.clone(), value(f), f.measure.to_string(), f.counted.text.clone()];
    let mut add =
        |name: &str, value: &Option<String>| fields.extend(value.iter().map(|v| format!("{name} {v}")));
    add("on", &f.occurred);
    add("since", &f.since);
    add("as of", &f.as_of);
    add("place", &f.place);
    add("cause", &f.cause);
    add("part of", &f.part_of.map(|id| id.to_string()));
    fields.push(f.scope.to_string());
    fields.push(format!("[{}]", f.attributes.join(", ")));
    fields.extend(f.implicit.then(|| "implicit".to_owned()));
    fields.join(" | ")
}

fn value(f: &Figure) -> String {
    let low = f.lower.map(|v| v.to_string()).unwrap_or_default();
    let high = f.upper.map(|v| v.to_string()).unwrap_or_default();
    match f.bound {
        Bound::Exact => low,
        Bound::About => format!("~{low}"),
        Bound::AtLeast => format!(">={low}"),
        Bound::Over => format!(">{low}"),
        Bound::AtMost => format!("<={high}"),
        Bound::Under => format!("<{high}"),
        Bound::Range => format!("{low}..{high}"),
        Bound::Vague => "vague".to_owned(),
    }
}
