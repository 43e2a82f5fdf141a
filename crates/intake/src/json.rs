//! JSON records: where one ends and the next begins, and which field of a record holds what.

use std::ops::Range;

use ascribe_record::Note;
use serde_json::{Map, Value};

use crate::{FieldNames, Reason, date, html};

/// What was read from a record.
#[derive(Debug, Default)]
pub(crate) struct Record {
    pub(crate) text: String,
    pub(crate) title: Option<String>,
    pub(crate) byline: Option<String>,
    pub(crate) outlet: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) record_id: Option<String>,
    /// EDTF.
    pub(crate) published: Option<String>,
    pub(crate) notes: Vec<Note>,
}

/// Reads one record.
///
/// # Errors
/// If it is no JSON object, has no text, or too much.
pub(crate) fn read_record(json: &str, fields: &FieldNames, max_text: usize) -> Result<Record, Reason> {
    let value: Value = serde_json::from_str(json).map_err(|error| Reason::NotJson(error.to_string()))?;
    let Value::Object(object) = value else { return Err(Reason::NotAnObject) };
    let text =
        first(&object, &fields.text, paragraphs).ok_or_else(|| Reason::NoTextField(fields.text.clone()))?;
    let text = if looks_like_html(&text) { html::read_fragment(&text, max_text)? } else { text };
    if text.is_empty() {
        return Err(Reason::NoText);
    }
    if text.len() > max_text {
        return Err(Reason::TooLong(max_text));
    }
    let (published, notes) = published(&object, &fields.date);
    Ok(Record {
        text,
        title: first(&object, &fields.title, line),
        byline: first(&object, &fields.byline, names),
        outlet: first(&object, &fields.outlet, names),
        url: first(&object, &fields.url, line),
        record_id: first(&object, &fields.id, id),
        published,
        notes,
    })
}

/// What `read` makes of the first field that it makes something of.
fn first(
    object: &Map<String, Value>,
    fields: &[String],
    read: fn(&Value) -> Option<String>,
) -> Option<String> {
    fields.iter().filter_map(|name| field(object, name)).find_map(read)
}

/// The field of that name, else the one that a dotted name reaches.
fn field<'v>(object: &'v Map<String, Value>, name: &str) -> Option<&'v Value> {
    object.get(name).or_else(|| {
        let (outer, inner) = name.split_once('.')?;
        field(object.get(outer)?.as_object()?, inner)
    })
}

/// A string as it is, or a list of strings as paragraphs; `None` if nothing is seen in it.
fn paragraphs(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Array(values) => values.iter().map(Value::as_str).collect::<Option<Vec<_>>>()?.join("\n\n"),
        _ => return None,
    };
    (!text.trim().is_empty()).then_some(text)
}

fn line(value: &Value) -> Option<String> {
    let words: Vec<&str> = value.as_str()?.split_whitespace().collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// A string or a number.
fn id(value: &Value) -> Option<String> {
    value.as_number().map(ToString::to_string).or_else(|| line(value))
}

/// A name, an object with a `name`, or a list of such.
fn names(value: &Value) -> Option<String> {
    match value {
        Value::Object(object) => line(object.get("name")?),
        Value::Array(values) => {
            let names: Vec<String> = values.iter().filter(|v| !v.is_array()).filter_map(names).collect();
            (!names.is_empty()).then(|| names.join(", "))
        }
        _ => line(value).map(|name| name.strip_prefix("By ").map(str::to_owned).unwrap_or(name)),
    }
}

/// The first date that a field gives, and a note on each that the calendar does not have.
fn published(object: &Map<String, Value>, fields: &[String]) -> (Option<String>, Vec<Note>) {
    let mut notes = Vec::new();
    for value in fields.iter().filter_map(|name| field(object, name)) {
        let value = match value {
            Value::String(value) => value.clone(),
            // Seconds may have a fraction.
            Value::Number(number) => match number.as_f64().filter(|n| n.abs() < 1e15) {
                Some(number) => (number as i64).to_string(),
                None => continue,
            },
            _ => continue,
        };
        match date::from_field(&value) {
            Some(Ok(edtf)) => return (Some(edtf), notes),
            Some(Err(date::Impossible)) => notes.push(crate::opening::impossible(&value)),
            None => {}
        }
    }
    (None, notes)
}

/// Whether a field's text is a piece of a page, as feeds have it.
fn looks_like_html(text: &str) -> bool {
    let text = text.trim();
    let opens =
        text.strip_prefix('<').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic()));
    opens && (text.contains("</") || text.contains("<br"))
}

/// Where the records of a JSON text stand, in order.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Records {
    /// The whole text is one value.
    One(Range<usize>),
    /// The elements of an array, or values one behind the other.
    Many(Vec<Range<usize>>),
}

/// Finds the records of `json` by its brackets and strings alone, so that what is wrong inside one
/// record costs no other. What is cut off is the last record.
pub(crate) fn split_records(json: &str) -> Records {
    let trimmed = json.trim_end();
    let start = trimmed.len() - trimmed.trim_start().len();
    if trimmed.as_bytes().get(start) == Some(&b'[') {
        let end = trimmed.len() - usize::from(trimmed.len() > start + 1 && trimmed.ends_with(']'));
        return Records::Many(split(trimmed, start + 1, end));
    }
    match &split(trimmed, start, trimmed.len())[..] {
        [] => Records::One(start..start),
        [one] => Records::One(one.clone()),
        many => Records::Many(many.to_vec()),
    }
}

/// Splits at commas, and behind each closed object, that are in no bracket and no string.
fn split(json: &str, begin: usize, end: usize) -> Vec<Range<usize>> {
    let (mut ranges, mut from) = (Vec::new(), begin);
    let (mut depth, mut in_string, mut is_escaped) = (0usize, false, false);
    let mut cut = |from: usize, to: usize| {
        let piece = &json[from..to];
        let blank = piece.len() - piece.trim_start().len();
        if blank < piece.len() {
            ranges.push(from + blank..from + piece.trim_end().len());
        }
    };
    for (at, byte) in json.bytes().enumerate().take(end).skip(begin) {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' if in_string => is_escaped = true,
            b'"' => in_string = !in_string,
            _ if in_string => {}
            b'{' | b'[' => depth += 1,
            b'}' | b']' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    cut(from, at + 1);
                    from = at + 1;
                }
            }
            b',' if depth == 0 => {
                cut(from, at);
                from = at + 1;
            }
            _ => {}
        }
    }
    cut(from, end);
    ranges
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Result<Record, Reason> {
        read_record(json, &FieldNames::default(), 1000)
    }

    #[test]
    fn fields_of_a_record() {
        let record = read(
            r#"{"body":"It rained.","headline":" Harbour\nclosed ","authors":["Ada Lind",{"name":"Bo Ek"}],
                "publisher":{"name":"Northwire"},"url":"https://n.example/1","date":null,"timestamp":1700000000.5}"#,
        )
        .unwrap();
        assert_eq!(record.text, "It rained.");
        assert_eq!(record.title.as_deref(), Some("Harbour closed"));
        assert_eq!(record.byline.as_deref(), Some("Ada Lind, Bo Ek"));
        assert_eq!(record.outlet.as_deref(), Some("Northwire"));
        assert_eq!(record.url.as_deref(), Some("https://n.example/1"));
        assert_eq!(record.published.as_deref(), Some("2023-11-14"));
    }

    #[test]
    fn texts_of_a_record() {
        let cases = [
            (r#"{"text":" It\r\nrained. "}"#, " It\r\nrained. "),
            (r#"{"text":"","content":["One.","Two."]}"#, "One.\n\nTwo."),
            (r#"{"text":"<p>It <b>rain</b>ed.</p><p>A lot.</p>"}"#, "It rained.\n\nA lot."),
            (r#"{"text":"<pre-war> prices"}"#, "<pre-war> prices"),
            (r#"{"text":7,"article":"It rained."}"#, "It rained."),
        ];
        for (json, text) in cases {
            assert_eq!(read(json).unwrap().text, text, "{json}");
        }
    }

    #[test]
    fn dotted_names() {
        let mut fields = FieldNames::default();
        fields.set("text=item.body,date=meta.pub.date,title=a.b").unwrap();
        let json =
            r#"{"item":{"body":"It rained."},"meta":{"pub":{"date":"14 Nov 2023"}},"a.b":"Harbour closed"}"#;
        let record = read_record(json, &fields, 1000).unwrap();
        assert_eq!(record.published.as_deref(), Some("2023-11-14"));
        assert_eq!(record.title.as_deref(), Some("Harbour closed"));
    }

    #[test]
    fn records_that_are_refused() {
        let names = FieldNames::default().text;
        let cases = [
            (r#"{"title":"x"}"#, Reason::NoTextField(names.clone())),
            (r#"{"text":"  "}"#, Reason::NoTextField(names)),
            (r#"{"text":"<p></p>"}"#, Reason::NoText),
            ("[]", Reason::NotAnObject),
            ("7", Reason::NotAnObject),
        ];
        for (json, reason) in cases {
            assert_eq!(read(json).map(|r| r.text), Err(reason), "{json}");
        }
        let long = format!(r#"{{"text":"{}"}}"#, "a".repeat(1001));
        assert_eq!(read(&long).map(|r| r.text), Err(Reason::TooLong(1000)));
        for json in ["{\"text\":\"x\"", "{\"text\":NaN}", "", &"[".repeat(100_000), "{\"text\":\"\\ud800\"}"]
        {
            assert!(matches!(read(json), Err(Reason::NotJson(_))), "{json:.40}");
        }
    }

    #[test]
    fn impossible_dates_are_noted_and_the_next_is_taken() {
        let record = read(r#"{"text":"x","date":"2023-02-31","published":"2023-03-01"}"#).unwrap();
        assert_eq!(record.published.as_deref(), Some("2023-03-01"));
        assert_eq!(record.notes[0].code, "impossible_date");
    }

    #[test]
    fn records_are_split_by_brackets() {
        let many = |json: &str| match split_records(json) {
            Records::Many(ranges) => ranges.into_iter().map(|r| json[r].to_owned()).collect::<Vec<_>>(),
            Records::One(range) => vec!["one".to_owned(), json[range].to_owned()],
        };
        let cases: &[(&str, &[&str])] = &[
            (r#" {"a":"}"} "#, &["one", r#"{"a":"}"}"#]),
            (r#"[{"a":[1,{}]}, {"b":"\"]}"} ,3]"#, &[r#"{"a":[1,{}]}"#, r#"{"b":"\"]}"}"#, "3"]),
            ("[]", &[]),
            ("[", &[]),
            (r#"[{"a":1}, {"b""#, &[r#"{"a":1}"#, r#"{"b""#]),
            (r#"[{"a":NaN},{"b":2}]"#, &[r#"{"a":NaN}"#, r#"{"b":2}"#]),
            ("{\"a\":1}\n{\"b\":2}\n", &[r#"{"a":1}"#, r#"{"b":2}"#]),
            ("", &["one", ""]),
            ("x", &["one", "x"]),
        ];
        for (json, expect) in cases {
            assert_eq!(many(json), *expect, "{json}");
        }
    }
}
