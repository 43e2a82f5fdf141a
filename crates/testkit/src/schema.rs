use std::sync::OnceLock;

use ascribe_record::SCHEMA;
use jsonschema::Validator;
use serde_json::Value;

/// Fails the test unless `line` is one line of JSON that the published schema allows.
///
/// # Panics
/// If it is not; the message names each place that does not fit.
#[track_caller]
pub fn validate(line: &str) {
    let faults = faults(line);
    assert!(faults.is_empty(), "not of the schema:\n{}\n{line:.2000}", faults.join("\n"));
}

fn faults(line: &str) -> Vec<String> {
    static VALIDATOR: OnceLock<Validator> = OnceLock::new();
    let value: Value = match serde_json::from_str(line) {
        Ok(value) => value,
        Err(error) => return vec![error.to_string()],
    };
    let validator = VALIDATOR.get_or_init(|| {
        let schema: Value = serde_json::from_str(SCHEMA).expect("the schema is JSON");
        jsonschema::validator_for(&schema).expect("the schema is a schema")
    });
    let breaks = line.trim_end_matches('\n').contains('\n').then(|| "it has a line break inside".to_owned());
    validator.iter_errors(&value).map(|e| format!("{}: {e}", e.instance_path())).chain(breaks).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use ascribe_record::{Reading, Report};

    #[test]
    fn lines_are_told_from_others() {
        let mut report = Report::new("Ada Lind said no.".to_owned(), "text/plain");
        report.id = "0".repeat(64);
        let line = Reading::of(report).to_json();
        validate(&line);
        validate(&format!("{line}\n"));
        assert_eq!(faults(&line.replacen(',', ",\n", 1)), ["it has a line break inside"]);
        let faults = faults(&line.replace("\"path\":null", "\"path\":7"));
        assert!(faults.len() == 1 && faults[0].starts_with("/report/path: "), "{faults:?}");
        assert_eq!(super::faults("{").len(), 1);
    }
}
