//! Runs the cases of `tests/suite/speakers.md`, which says how they are written.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod cases;

use ascribe::{Options, Reader, Statement};

const CASES: &str = include_str!("../../../tests/suite/speakers.md");

/// The heading above the cases that are wrong today.
const FAILING: &str = "## Known to fail";

#[test]
fn speakers_of_the_suite() {
    let reader = Reader::new().unwrap();
    let failing_from = CASES.lines().position(|l| l == FAILING).unwrap_or(usize::MAX);
    let cases = cases::of(CASES);
    let mut wrong = Vec::new();
    for case in &cases {
        let options = Options { date: Some("2026-01-14".to_owned()), ..Options::default() };
        let mut readings = ascribe::readings(&reader, "case.txt", case.text.as_bytes(), &options);
        let reading = readings.next().unwrap().unwrap();
        ascribe_testkit::check_reading(&reading);
        let found: Vec<Vec<String>> = reading.statements.iter().map(fields).collect();
        let fits = stand_in_order(&case.expected, &found);
        let line = case.line;
        if fits == (line > failing_from) {
            let expected = case.expected.join("\n    expected ");
            let told: String = found.iter().map(|f| format!("\n    found    {}", f.join(" | "))).collect();
            let mended = if fits { " is mended" } else { "" };
            wrong.push(format!("line {line}{mended}: {}\n    expected {expected}{told}", case.text));
        }
    }
    assert!(wrong.is_empty(), "{} of {} cases fail\n{}", wrong.len(), cases.len(), wrong.join("\n"));
    assert!(cases.len() >= 200, "only {} cases were found", cases.len());
}

/// Whether every line of `expected` fits a statement, in the order of both.
fn stand_in_order(expected: &[&str], found: &[Vec<String>]) -> bool {
    let mut found = found.iter();
    expected.iter().all(|line| {
        let wanted: Vec<&str> = line.split(" | ").map(str::trim).collect();
        found.any(|fields| fields[0] == wanted[0] && wanted.iter().all(|w| fields.iter().any(|f| f == w)))
    })
}

/// The speaker first, then all else that a case may name.
fn fields(s: &Statement) -> Vec<String> {
    let speaker = &s.speaker;
    let or_none = |value: &Option<String>| value.clone().unwrap_or("-".to_owned());
    let mut fields = vec![
        or_none(&speaker.name),
        format!("role {}", or_none(&speaker.role)),
        format!("of {}", or_none(&speaker.affiliation)),
        format!("on {}", or_none(&s.said_on)),
        format!("cue {}", s.cue.text),
        format!("says {}", s.content.text),
        s.act.to_string(),
        speaker.naming.to_string(),
    ];
    fields.extend(s.medium.as_ref().map(|m| format!("via {} {}", m.kind, or_none(&m.via))));
    fields.extend(speaker.kind.map(|k| k.to_string()));
    fields
}
