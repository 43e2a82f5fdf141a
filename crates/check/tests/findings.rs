//! What holds for the findings of any text, and their line of JSON.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use ascribe_check::{Kind, check, to_json};
use ascribe_record::{Reading, Report};
use proptest::prelude::*;
use serde_json::Value;

fn draft(text: &str) -> Reading {
    let mut report = Report::new(text.to_owned(), "text/plain");
    report.published = Some("2026-01-14".to_owned());
    Reading::of(report)
}

#[test]
fn kinds_are_found_by_their_names() {
    for kind in Kind::ALL {
        assert_eq!(kind.name().parse::<Kind>(), Ok(*kind));
    }
    assert!("sums".parse::<Kind>().unwrap_err().contains("'sums' is none of figure-without-source"));
}

#[test]
fn json_counts_in_code_points() {
    let reading = draft("日\t😀\r\né: it fell on Monday, 31 June.");
    let line: Value = serde_json::from_str(&to_json(&reading.report, &check(&reading))).unwrap();
    let finding = &line["findings"][0];
    assert_eq!((&line["ascribe"], &line["report"]["published"]), (&1.into(), &"2026-01-14".into()));
    assert_eq!((&finding["line"], &finding["column"]), (&2.into(), &15.into()));
    assert_eq!(finding["spans"], serde_json::json!([[19, 34]]));
    assert_eq!(finding["words"], "Monday, 31 June");
    assert_eq!(
        (&finding["kind"], &finding["message"]),
        (&"impossible-date".into(), &"June has no day 31.".into())
    );
}

#[test]
fn a_draft_without_a_date_has_no_day_held_against_it() {
    let mut reading = draft("The attack of last Friday, 23 January, is over. It fell on Monday, 31 June.");
    assert_eq!(
        check(&reading).iter().map(|f| f.kind).collect::<Vec<_>>(),
        [Kind::FutureDate, Kind::ImpossibleDate]
    );
    for date in [None, Some("2026".to_owned()), Some("2026-01".to_owned()), Some("XXXX-01-14".to_owned())] {
        reading.report.published = date;
        assert_eq!(check(&reading).iter().map(|f| f.kind).collect::<Vec<_>>(), [Kind::ImpossibleDate]);
    }
}

proptest! {
    #[test]
    fn findings_of_any_text_lie_in_it(text in "([A-Z][a-z]{1,6} |said |“|”|\"|’|’s |, |\\. |\\n|\\r\\n|[0-9]{1,4} |(Jan|Feb)\\. |May |June |[0-9]{4}-0[0-9]-[0-9]{2} |Monday, |on |last |was |as of |é|日|😀|\u{301}|\\PC){0,60}") {
        let reading = draft(&text);
        let findings = check(&reading);
        prop_assert!(findings.is_sorted_by_key(|f| f.span));
        for finding in &findings {
            prop_assert!(!finding.span.of(&text).trim().is_empty());
            prop_assert!(finding.message.ends_with('.'));
        }
        prop_assert!(serde_json::from_str::<Value>(&to_json(&reading.report, &findings)).is_ok());
    }
}
