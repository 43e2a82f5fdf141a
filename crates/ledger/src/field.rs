//! The fields that a person may correct, and what may stand in them. Each is a column of its table and
//! a value of its row, in the order of these lists.

use ascribe_record::{Act, ActorKind, Bound, Certainty, Form, Measure, MediumKind, Naming, Scope};
use rusqlite::types::Value;

/// One column that a reading fills.
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) rule: Rule,
}

/// What a correction of a field may be.
pub(crate) enum Rule {
    /// Words of the report; they must stand in its text.
    Words,
    /// Any words.
    Free,
    /// A number.
    Number,
    /// An EDTF date.
    Date,
    /// One of a closed list.
    OneOf(fn() -> Vec<&'static str>),
    /// Nothing: it is computed.
    Fixed,
}

const fn field(name: &'static str, rule: Rule) -> Field {
    Field { name, rule }
}

macro_rules! names {
    ($vocabulary:ident) => {
        Rule::OneOf(|| $vocabulary::ALL.iter().map(|value| value.name()).collect())
    };
}

/// Of a report. `outlet` is kept in a table of its own.
pub(crate) const REPORT: &[Field] = &[
    field("outlet", Rule::Free),
    field("title", Rule::Free),
    field("byline", Rule::Free),
    field("url", Rule::Free),
    field("published", Rule::Date),
    field("language", Rule::Free),
    field("media_type", Rule::Fixed),
];

/// Of a statement. `speaker` and `kind` are kept as an actor.
pub(crate) const STATEMENT: &[Field] = &[
    field("speaker", Rule::Free),
    field("kind", names!(ActorKind)),
    field("role", Rule::Free),
    field("affiliation", Rule::Free),
    field("naming", names!(Naming)),
    field("act", names!(Act)),
    field("certainty", names!(Certainty)),
    field("form", names!(Form)),
    field("medium", names!(MediumKind)),
    field("via", Rule::Free),
    field("said_on", Rule::Date),
    field("source", Rule::Words),
    field("cue", Rule::Words),
    field("content", Rule::Words),
    field("confidence", Rule::Fixed),
];

/// Of a figure.
pub(crate) const FIGURE: &[Field] = &[
    field("words", Rule::Words),
    field("lower", Rule::Number),
    field("upper", Rule::Number),
    field("bound", names!(Bound)),
    field("measure", names!(Measure)),
    field("counted", Rule::Words),
    field("attributes", Rule::Fixed),
    field("cause", Rule::Words),
    field("scope", names!(Scope)),
    field("occurred", Rule::Date),
    field("since", Rule::Date),
    field("as_of", Rule::Date),
    field("place", Rule::Free),
    field("confidence", Rule::Fixed),
];

/// Where `name` stands in `fields`.
pub(crate) fn position(fields: &[Field], name: &str) -> Option<usize> {
    fields.iter().position(|field| field.name == name)
}

/// `text` as a value of the field, or why it can be none. Empty is null: the field is emptied.
pub(crate) fn parse(field: &Field, text: &str, of_report: &str) -> Result<Value, String> {
    let (name, text) = (field.name, text.trim());
    if let Rule::Fixed = field.rule {
        return Err(format!("'{name}' is computed and cannot be set"));
    }
    if text.is_empty() {
        return Ok(Value::Null);
    }
    match &field.rule {
        Rule::Words if !of_report.contains(text) => {
            Err(format!("'{name}' is words of the report, and “{text}” does not stand in it"))
        }
        Rule::Number => match text.replace(',', "").parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(Value::Real(number)),
            _ => Err(format!("'{name}' is a number, which “{text}” is not")),
        },
        Rule::Date if !is_edtf(text) => {
            Err(format!("'{name}' is a date such as 2023, 2023-11 or 2023-11-14, not “{text}”"))
        }
        Rule::OneOf(names) if !names().contains(&text) => {
            Err(format!("'{name}' is one of {}, not “{text}”", names().join(", ")))
        }
        _ => Ok(Value::Text(text.to_owned())),
    }
}

/// The characters that EDTF dates and intervals are written with, a year among them.
fn is_edtf(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit() || b"-/XYZTW:.~?%".contains(&b))
        && text.bytes().filter(|b| b.is_ascii_digit() || *b == b'X').count() >= 4
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(fields: &[Field], name: &str, text: &str) -> Result<Value, String> {
        parse(&fields[position(fields, name).unwrap()], text, "Ada Lind said 12 boats sank.")
    }

    #[test]
    fn values_fit_their_fields() {
        assert_eq!(set(STATEMENT, "act", "deny"), Ok(Value::Text("deny".into())));
        assert_eq!(set(STATEMENT, "content", " 12 boats sank "), Ok(Value::Text("12 boats sank".into())));
        assert_eq!(set(FIGURE, "upper", "1,200"), Ok(Value::Real(1200.0)));
        assert_eq!(set(FIGURE, "place", ""), Ok(Value::Null));
        assert_eq!(set(REPORT, "published", "2023-11"), Ok(Value::Text("2023-11".into())));
    }

    #[test]
    fn others_are_refused_in_words() {
        for (fields, name, text, says) in [
            (STATEMENT, "act", "lied", "one of state, claim"),
            (STATEMENT, "content", "13 boats", "does not stand in it"),
            (STATEMENT, "confidence", "1", "computed"),
            (FIGURE, "lower", "many", "a number"),
            (FIGURE, "lower", "inf", "a number"),
            (REPORT, "published", "soon", "a date"),
        ] {
            let error = set(fields, name, text).unwrap_err();
            assert!(error.contains(says), "{error}");
        }
    }
}
