//! JSON records: where one ends and the next begins, and which field of a record holds what.

use std::ops::Range;

use ascribe_record::Note;
use serde_json::{Map, Value};

use crate::item::Item;
use crate::{FieldNames, Options, Reason, html};

/// Reads one record; `notes` are those on its decoding.
///
/// # Errors
/// If it is no JSON object, has no text, or too much.
pub(crate) fn read_record(json: &str, notes: Vec<Note>, options: &Options) -> Result<Item, Reason> {
    let item = read_object(&parse_object(json)?, &options.fields, options.max_text)?;
    Ok(Item { media_type: "application/json", notes: without_places(notes), ..item })
}

/// One JSON object.
///
/// # Errors
/// If it is none.
pub(crate) fn parse_object(json: &str) -> Result<Map<String, Value>, Reason> {
    match serde_json::from_str(json).map_err(|error| Reason::NotJson(error.to_string()))? {
        Value::Object(object) => Ok(object),
        _ => Err(Reason::NotAnObject),
    }
}

/// Whether the object has a field of one of these names.
pub(crate) fn has_any(object: &Map<String, Value>, names: &[String]) -> bool {
    names.iter().any(|name| field(object, name).is_some())
}

/// Reads the fields of one record, whatever it stood in.
///
/// # Errors
/// If it has no text, or too much.
pub(crate) fn read_object(
    object: &Map<String, Value>,
    fields: &FieldNames,
    max_text: usize,
) -> Result<Item, Reason> {
    let text =
        first(object, &fields.text, paragraphs).ok_or_else(|| Reason::NoTextField(fields.text.clone()))?;
    let text = if looks_like_html(&text) { html::read_fragment(&text, max_text)? } else { text };
    if text.is_empty() {
        return Err(Reason::NoText);
    }
    if text.len() > max_text {
        return Err(Reason::TooLong(max_text));
    }
    let dates = |names: &[String]| names.iter().filter_map(|name| date(field(object, name)?)).collect();
    Ok(Item {
        text,
        title: first(object, &fields.title, line),
        byline: first(object, &fields.byline, names),
        outlet: first(object, &fields.outlet, names),
        url: first(object, &fields.url, line),
        record_id: first(object, &fields.id, id),
        published: dates(&fields.date),
        modified: dates(&fields.modified),
        language: first(object, &["language".to_owned(), "lang".to_owned()], line),
        ..Item::default()
    })
}

/// Notes on a record without their places, which are not places of the report's text.
pub(crate) fn without_places(notes: Vec<Note>) -> Vec<Note> {
    notes.into_iter().map(|note| note.at(Vec::new())).collect()
}

/// What `read` makes of the first field that it makes something of.
fn first(
    object: &Map<String, Value>,
    fields: &[String],
    read: fn(&Value) -> Option<String>,
) -> Option<String> {
    fields.iter().filter_map(|name| field(object, name)).find_map(read)
}

/// The field of that name, else the one that a dotted name reaches, else one of that name in another
/// case.
fn field<'v>(object: &'v Map<String, Value>, name: &str) -> Option<&'v Value> {
    let reached = || {
        let (outer, inner) = name.split_once('.')?;
        field(object.get(outer)?.as_object()?, inner)
    };
    let in_other_case = || object.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, v)| v);
    object.get(name).or_else(reached).or_else(in_other_case)
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

/// A date as it is written, or seconds or milliseconds since 1970, which may have a fraction.
fn date(value: &Value) -> Option<String> {
    match value {
        Value::String(value) => Some(value.clone()),
        Value::Number(number) => {
            number.as_f64().filter(|n| n.abs() < 1e15).map(|number| (number as i64).to_string())
        }
        _ => None,
    }
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

/// Where the value of a member of the one object in `json` stands, found like records.
pub(crate) fn member(json: &str, name: &str) -> Option<Range<usize>> {
    let begin = json.find('{')? + 1;
    let end = json.rfind('}').filter(|end| *end > begin).unwrap_or(json.len());
    split(json, begin, end).into_iter().find_map(|range| {
        let rest = json[range.clone()].strip_prefix('"')?.strip_prefix(name)?.strip_prefix('"')?;
        let value = rest.trim_start().strip_prefix(':')?.trim_start();
        Some(range.end - value.len()..range.end)
    })
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

    fn read_with(json: &str, fields: FieldNames) -> Result<Item, Reason> {
        read_record(json, Vec::new(), &Options { fields, max_text: 1000, ..Options::default() })
    }

    fn read(json: &str) -> Result<Item, Reason> {
        read_with(json, FieldNames::default())
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
        assert_eq!(record.published, ["1700000000"]);
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
        let record = read_with(json, fields).unwrap();
        assert_eq!(record.published, ["14 Nov 2023"]);
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
    fn names_of_other_case() {
        let record =
            read(r#"{"TEXT":"It rained.","Title":"Rain","title":"Harbour closed","Modified":"2023-11-15"}"#);
        let record = record.unwrap();
        assert_eq!((record.text.as_str(), record.title.as_deref()), ("It rained.", Some("Harbour closed")));
        assert_eq!(record.modified, ["2023-11-15"]);
    }

    #[test]
    fn members_of_an_object() {
        let json = r#" {"a": [{"items": 1}, "}"], "title" : "x\"y", "items":[{"b":NaN}] } "#;
        let value = |name| member(json, name).map(|range| &json[range]);
        assert_eq!(value("items"), Some(r#"[{"b":NaN}]"#));
        assert_eq!(value("title"), Some(r#""x\"y""#));
        assert_eq!((value("b"), member("{\"a\":[", "a").is_some()), (None, true));
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
