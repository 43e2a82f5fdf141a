//! Runs the cases of `tests/suite/check.md`, which says how they are written.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod cases;

use ascribe::{FindingKind, Options, Reader, Span};

const CASES: &str = include_str!("../../../tests/suite/check.md");

#[test]
fn findings_of_the_suite() {
    let reader = Reader::new().unwrap();
    let options = Options { date: Some("2026-01-14".to_owned()), ..Options::default() };
    let cases = cases::of(CASES);
    let mut wrong = Vec::new();
    let mut of_kind = vec![0; FindingKind::ALL.len()];
    for case in &cases {
        let readings = ascribe::readings(&reader, "case.txt", case.text.as_bytes(), &options);
        let reading = readings.map(Result::unwrap).next().unwrap();
        let findings = ascribe::check(&reading);
        let found: Vec<String> = findings
            .iter()
            .map(|f| format!("{} | {}", f.kind.name(), f.span.of(&reading.report.text)))
            .collect();
        findings.iter().for_each(|f| of_kind[f.kind as usize] += 1);
        let expected = if case.expected == ["none"] { &[][..] } else { &case.expected[..] };
        if found != expected {
            wrong.push(format!(
                "line {}: {}\n    expected {expected:?}\n    found    {found:?}",
                case.line, case.text
            ));
        }
    }
    assert!(wrong.is_empty(), "{} of {} cases fail\n{}", wrong.len(), cases.len(), wrong.join("\n"));
    assert!(of_kind.iter().all(|n| *n > 0), "a kind without a case: {of_kind:?}");
}

#[test]
fn line_ends_of_windows_change_no_finding() {
    let reader = Reader::new().unwrap();
    let options = Options { date: Some("2026-01-14".to_owned()), ..Options::default() };
    let found = |text: &str| {
        let reading =
            ascribe::readings(&reader, "case.txt", text.as_bytes(), &options).next().unwrap().unwrap();
        let words = |span: Span| span.of(&reading.report.text).to_owned();
        ascribe::check(&reading).iter().map(|f| (f.kind, words(f.span))).collect::<Vec<_>>()
    };
    let text = "Some 300 people were injured on 31 June.\n\nAda Lind said: “We will go on.\n\nIt was dark.\n";
    assert_eq!(found(text).len(), 3);
    assert_eq!(found(text), found(&text.replace('\n', "\r\n")));
}
