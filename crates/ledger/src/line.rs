//! Lines of listings for programs.

use rusqlite::types::Value;
use serde_json::{Map, Value as Json};

use crate::Row;

/// Columns that are kept as JSON and become lists again.
const LISTS: [&str; 5] = ["attributes", "drift", "speakers", "places", "other"];

/// A line as JSON: a list that is empty is there, and so are the fields of a decision.
pub fn json_line(row: &Row<'_>) -> Map<String, Json> {
    let value = |name: &str, value: &Value| match value {
        Value::Null if LISTS.contains(&name) => Json::Array(Vec::new()),
        Value::Text(text) if name == "fields" || LISTS.contains(&name) => {
            serde_json::from_str(text).unwrap_or(Json::Null)
        }
        Value::Null | Value::Blob(_) => Json::Null,
        Value::Integer(number) => (*number).into(),
        // Counts are whole numbers, and read as such.
        Value::Real(number) if number.fract() == 0.0 && number.abs() < 1e15 => (*number as i64).into(),
        Value::Real(number) => (*number).into(),
        Value::Text(text) => text.as_str().into(),
    };
    row.iter().map(|(name, v)| ((*name).to_owned(), value(name, v))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_json() {
        let row = [("n", Value::Real(12.0)), ("attributes", Value::Text("[\"women\"]".into()))];
        assert_eq!(Json::Object(json_line(&row)).to_string(), r#"{"n":12,"attributes":["women"]}"#);
    }
}
