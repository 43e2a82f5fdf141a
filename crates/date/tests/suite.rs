//! Runs the cases of `tests/suite/dates.md`, which says how they are written.

use ascribe_date::{Expression, find_dates};
use jiff::civil::date;

const CASES: &str = include_str!("../../../tests/suite/dates.md");

#[test]
fn dates_of_the_suite() {
    let mut blocks: Vec<(usize, &str, Vec<&str>)> = Vec::new();
    for (n, line) in CASES.lines().enumerate() {
        if let Some(text) = line.strip_prefix("> ") {
            blocks.push((n + 1, text, Vec::new()));
        } else if let (Some(expected), Some((.., lines))) = (line.strip_prefix("- "), blocks.last_mut()) {
            lines.push(expected);
        }
    }
    let wrong: Vec<String> = blocks.iter().filter_map(|(n, text, lines)| check(*n, text, lines)).collect();
    assert!(wrong.is_empty(), "{} of {} cases fail\n{}", wrong.len(), blocks.len(), wrong.join("\n"));
    assert!(blocks.len() >= 90, "only {} cases were found", blocks.len());
}

/// What differs, or nothing.
fn check(n: usize, text: &str, expected: &[&str]) -> Option<String> {
    let found: Vec<String> =
        find_dates(text, Some(date(2026, 1, 14))).iter().map(|e| written(e, text)).collect();
    let same = found.len() == expected.len() && expected.iter().zip(&found).all(|(e, f)| fits(e, f));
    let none = expected == ["none"] && found.is_empty();
    let lines = |label: &str, lines: &[String]| {
        lines.iter().map(|line| format!("\n    {label} {line}")).collect::<String>()
    };
    let wanted: Vec<String> = expected.iter().map(|&e| e.to_owned()).collect();
    (!same && !none)
        .then(|| format!("line {n}: {text}{}{}", lines("expected", &wanted), lines("found   ", &found)))
}

/// Whether the words and the value are equal, and each further field that is named is there.
fn fits(expected: &str, found: &str) -> bool {
    let fields: Vec<&str> = found.split(" | ").collect();
    let mut wanted = expected.split(" | ");
    (0..3).all(|n| wanted.next() == fields.get(n).copied()) && wanted.all(|field| fields.contains(&field))
}

fn written(e: &Expression, text: &str) -> String {
    let mut fields =
        vec![e.span.of(text).to_owned(), format!("{:?}", e.kind).to_uppercase(), e.value.clone()];
    fields.extend(e.edtf.iter().map(|edtf| format!("edtf {edtf}")));
    fields.extend(e.modifier.map(|m| format!("{m:?}").to_lowercase()));
    fields.extend(e.precision.map(|p| format!("to the {}", format!("{p:?}").to_lowercase())));
    fields.extend(e.bounds.map(|b| format!("{} to {}", b.begin, b.end)));
    fields.join(" | ")
}
