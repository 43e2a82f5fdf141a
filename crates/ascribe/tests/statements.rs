//! Runs the cases of `tests/suite/statements.md`, which says how they are written.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod cases;

use ascribe::{Options, Reader, Reading, Statement};

const CASES: &str = include_str!("../../../tests/suite/statements.md");

#[test]
fn statements_of_the_suite() {
    let reader = Reader::new().unwrap();
    let cases = cases::of(CASES);
    let mut wrong = Vec::new();
    for case in &cases {
        let reading = read(&reader, &case.text);
        ascribe_testkit::check_reading(&reading);
        if let Some(message) = differs(&reading, &case.expected) {
            wrong.push(format!("line {}: {message}", case.line));
        }
    }
    assert!(wrong.is_empty(), "{} of {} cases fail\n{}", wrong.len(), cases.len(), wrong.join("\n"));
    assert!(cases.len() >= 20, "only {} cases were found", cases.len());
}

fn read(reader: &Reader, text: &str) -> Reading {
    let options = Options { date: Some("2026-01-14".to_owned()), ..Options::default() };
    ascribe::readings(reader, "case.txt", text.as_bytes(), &options).next().unwrap().unwrap()
}

fn differs(reading: &Reading, expected: &[&str]) -> Option<String> {
    let n_expected = if expected == ["none"] { 0 } else { expected.len() };
    let found: Vec<Vec<String>> = reading.statements.iter().map(fields).collect();
    let fits = |(wanted, found): (&&str, &Vec<String>)| {
        let mut wanted = wanted.split(" | ").map(str::trim);
        (0..3).all(|i| wanted.next() == found.get(i).map(String::as_str))
            && wanted.all(|field| found.iter().any(|f| f == field))
    };
    let same = found.len() == n_expected && (n_expected == 0 || expected.iter().zip(&found).all(fits));
    let told = |f: &Vec<String>| format!("\n    found    {}", f.join(" | "));
    (!same).then(|| {
        let wanted: String = expected.iter().map(|e| format!("\n    expected {e}")).collect();
        format!("{}{wanted}{}", reading.report.text, found.iter().map(told).collect::<String>())
    })
}

fn fields(s: &Statement) -> Vec<String> {
    let speaker = &s.speaker;
    let mut fields =
        vec![s.cue.text.clone(), speaker.name.clone().unwrap_or("-".to_owned()), s.act.to_string()];
    fields.push(format!("says {}", s.content.text));
    let mut add =
        |name: &str, value: &Option<String>| fields.extend(value.iter().map(|v| format!("{name} {v}")));
    add("role", &speaker.role);
    add("of", &speaker.affiliation);
    add("on", &s.said_on);
    add("within", &s.within.map(|id| id.0.to_string()));
    add("replies", &s.replies_to.map(|id| id.0.to_string()));
    add("via", &s.medium.as_ref().map(|m| format!("{} {}", m.kind, m.via.as_deref().unwrap_or("-"))));
    fields.extend(speaker.kind.map(|k| k.to_string()));
    fields.extend([speaker.naming.to_string(), s.certainty.to_string(), s.form.to_string()]);
    fields
}
