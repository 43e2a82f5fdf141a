//! The published schema, the Rust types and the example of the design say the same.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::io::Write;

use ascribe_record::*;
use serde_json::Value;

fn schema() -> Value {
    serde_json::from_str(SCHEMA).expect("the schema is JSON")
}

/// The values of the `enum` at `pointer`, null left out.
fn allowed(pointer: &str) -> Vec<String> {
    let schema = schema();
    let values =
        schema.pointer(&format!("/$defs/{pointer}/enum")).expect(pointer).as_array().unwrap().clone();
    values.iter().filter_map(|v| v.as_str().map(str::to_owned)).collect()
}

#[test]
fn vocabularies_match_the_schema() {
    fn check(pointer: &str, names: Vec<&str>) {
        assert_eq!(allowed(pointer), names, "{pointer}");
    }
    macro_rules! names {
        ($t:ty) => {
            <$t>::ALL.iter().map(|v| v.name()).collect()
        };
    }
    check("report/properties/published_from", names!(PublishedFrom));
    check("statement/properties/form", names!(Form));
    check("statement/properties/act", names!(Act));
    check("statement/properties/certainty", names!(Certainty));
    check("speaker/properties/kind", names!(ActorKind));
    check("speaker/properties/naming", names!(Naming));
    check("medium/properties/kind", names!(MediumKind));
    check("figure/properties/bound", names!(Bound));
    check("figure/properties/measure", names!(Measure));
    check("figure/properties/scope", names!(Scope));
    check("mention/properties/type", names!(MentionType));
    check("actor/properties/kind", names!(ActorKind));
}

#[test]
fn the_schema_refuses_what_is_wrong() {
    let validator = jsonschema::validator_for(&schema()).unwrap();
    let mut report = Report::new("Ada Lind said no.".to_owned(), "text/plain");
    report.id = "0".repeat(64);
    let mut line: Value = serde_json::from_str(&Reading::of(report).to_json()).unwrap();
    assert!(validator.is_valid(&line));
    line["report"]["published"] = "yesterday".into();
    assert!(!validator.is_valid(&line));
    line["report"]["published"] = Value::Null;
    line["actors"] = serde_json::json!([{"id": "m1", "name": "x", "kind": "person"}]);
    assert!(!validator.is_valid(&line));
}

#[test]
fn example_of_the_design_validates_and_survives() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/reading-example.json");
    let Ok(example) = std::fs::read_to_string(path) else {
        // The harness swallows what passing tests print by the usual macros.
        let _ = writeln!(std::io::stderr(), "SKIPPED: no {path}");
        return;
    };
    let value: Value = serde_json::from_str(&example).unwrap();
    let validator = jsonschema::validator_for(&schema()).unwrap();
    let errors: Vec<String> = validator.iter_errors(&value).map(|e| e.to_string()).collect();
    assert!(errors.is_empty(), "{errors:?}");

    let reading = Reading::from_json(&example).unwrap();
    let again: Value = serde_json::from_str(&reading.to_json()).unwrap();
    assert!(validator.is_valid(&again));
    for s in &reading.statements {
        for part in [&s.source, &s.cue, &s.content] {
            assert_eq!(*part, Words::at(&reading.report.text, part.spans.clone()));
        }
    }
    assert_eq!(again["statements"][0]["content"], value["statements"][0]["content"]);
}
